"""`ledger compliance explain`: why a verdict is what it is, down to the entries."""

from typing import TYPE_CHECKING, Any

import click

from cli.nouns.party_names import engagement_state
from cli.options.as_of import View, reading, viewing
from cli.output.tables import Column, show_rows
from cli.session import Session, pass_session
from ledger.domain.errors import USAGE, LedgerError, listed
from ledger.domain.guidelines.vocabulary import MOMENTS
from ledger.domain.guidelines.wording import condition_words, need_words

if TYPE_CHECKING:
    from ledger.domain.guidelines.language import Condition
    from projections.compliance.answers import Answer
    from projections.compliance.verdicts import Verdict

COLUMNS = [Column("step"), Column("text", "what"), Column("entries", right=True)]
HOLDS = {True: "holds", False: "does not hold", None: "is not known"}


class NoSuchCase(LedgerError):
    """A rule has no such case in an engagement."""

    code = "no-such-case"
    exit = USAGE

    def __init__(self, engagement: str, rule: str, case: str | None, known: list[str]) -> None:
        """Refuse the case; the rule has the cases `known` there."""
        what = f"no case '{case}'" if case else "no case"
        super().__init__(
            f"The rule {rule} has {what} in {engagement}.",
            f"It has {listed(known, 'and')}." if known else "Its moment did not come, or no guidelines were in force.",
        )


@click.command()
@click.argument("engagement")
@click.argument("rule")
@click.argument("case", required=False)
@reading()
@pass_session
def explain(
    session: Session,
    /,
    engagement: str,
    rule: str,
    case: str | None,
    on: str | None,
    known_at: str | None,
    form: str | None,
) -> None:
    """Say why a verdict is what it is: version and rule, what each condition found, what was required by when.

    CASE is the number of a service order, the reference of a payment or acceptance, or @POSITION; without it the
    last case is explained. For what is missing, the streams are named that were searched, with their size.

    \b
    Example:
      ledger compliance explain IDS-2026-001 analysis
    """
    from projections.compliance.verdicts import Court
    from projections.compliance.versions import NoGuidelines, Versions

    with viewing(session, on, known_at, form) as view, view.queries() as queries:
        engagement_state(view, engagement)
        versions = Versions.recorded(queries)
        if not versions:
            raise NoGuidelines
        versions.check_known(rule)
        verdicts = list(Court(queries, versions, is_thorough=True).verdicts([engagement], rule_id=rule))
        named = [verdict for verdict in verdicts if case in (None, verdict.case.key, verdict.case.moment)]
        if not named:
            raise NoSuchCase(engagement, rule, case, [verdict.case.key or verdict.case.moment for verdict in verdicts])
        _show(named[-1], view, others=len(named) - 1)


def _show(verdict: "Verdict", view: View, others: int) -> None:
    rows = [*_head(verdict), *_conditions(verdict.rule.when, verdict.answer, 0), *_need(verdict, view)]
    if view.form == "json":
        total: dict[str, Any] | None = {
            "engagement": verdict.engagement, "symbol": verdict.version.symbol, "rule": verdict.rule.id,
            "case": verdict.case.key or None, "moment": verdict.case.moment, "on": verdict.case.on,
            "status": verdict.status, "due_on": verdict.due_on or None, "missing": list(verdict.missing),
            "entries": list(verdict.entries), "text": rule_text(verdict.version.text, verdict.rule.line),
        }  # fmt: skip
    else:
        total = None
        for row in rows:
            row["entries"] = ", ".join(map(str, row["entries"]))
    note = f"entries of the verdict: {', '.join(map(str, verdict.entries))}"
    note += f"\n{others} earlier cases; name one to see it" if others else ""
    note += (
        f"\n\nThe rule, from line {verdict.rule.line} of {verdict.version.symbol} (SHA-256 {verdict.version.sha256}):"
    )
    note += f"\n\n{rule_text(verdict.version.text, verdict.rule.line)}\n"
    show_rows(rows, COLUMNS, view.form, view.stamp(), total=total, note=note)


def _line(step: str, text: str, entries: tuple[int, ...] = ()) -> dict[str, Any]:
    return {"step": step, "text": text, "entries": list(entries)}


def _head(verdict: "Verdict") -> list[dict[str, Any]]:
    version, rule, case = verdict.version, verdict.rule, verdict.case
    days = f"in force from {version.guidelines.binds_from}"
    days += f", repealed from {version.repealed_on}" if version.repealed_on else ""
    day = case.on if case.is_dated else f"{case.on} at the latest, its day is not recorded"
    return [
        _line("verdict", verdict.status.upper()),
        _line("guidelines", f"{version.symbol}, {days}", version.entries),
        _line("rule", f"{rule.id}: {rule.title} (severity {rule.severity})"),
        _line("source", rule.source),
        _line(
            "case", f"{MOMENTS[case.moment].partition(';')[0]} {case.key} on {day}".replace("  ", " "), (case.entry,)
        ),
    ]


def _conditions(condition: "Condition", answer: "Answer", depth: int) -> list[dict[str, Any]]:
    if not condition.parts:
        if condition.word == "all":
            return [_line("condition", "none: the rule applies always")]
        return _leaf(condition, answer, depth)
    if condition.word == "all" and depth == 0:
        return [row for part, own in zip(condition.parts, answer.parts, strict=False)
                for row in _conditions(part, own, depth)]  # fmt: skip
    if len(condition.parts) == 1 and condition.word != "not":
        return _conditions(condition.parts[0], answer.parts[0], depth)
    rows = [_line("condition", f"{'  ' * depth}{NAMES[condition.word]}: {HOLDS[answer.holds]}")]
    for part, own in zip(condition.parts, answer.parts, strict=False):
        rows += _conditions(part, own, depth + 1)
    return rows


NAMES = {"all": "all of", "any": "one of", "not": "not"}


def _leaf(condition: "Condition", answer: "Answer", depth: int) -> list[dict[str, Any]]:
    from projections.compliance.verdicts import leaves

    said = "; ".join(dict.fromkeys(leaves(answer)))
    text = f"{'  ' * depth}{condition_words(condition)}: {HOLDS[answer.holds]} ({said})"
    return [_line("condition", text, answer.entries)]


def _need(verdict: "Verdict", view: View) -> list[dict[str, Any]]:
    rule, outcome = verdict.rule, verdict.outcome
    required = need_words(rule.need)
    if outcome is None:
        rows = [_line("required", f"{required} (not judged)")]
    else:
        until = f"; by {outcome.due_on}" if outcome.due_on else ""
        rows = [_line("required", f"{required}{until}"), _line("found", outcome.said, outcome.entries)]
        rows += [_line("searched", _searched(view, stream)) for stream in outcome.searched]
    rows += [_line("missing", text) for text in verdict.missing]
    if verdict.waiver is not None:
        rows.append(_line("waiver", verdict.said, (verdict.waiver.entry,)))
    return rows


def _searched(view: View, stream: str) -> str:
    if not view.ledger.store.stream(stream):
        return stream
    count = len(view.ledger.facts(stream, view.known_at))
    return f"{stream}, {count} {'entry' if count == 1 else 'entries'}"


def rule_text(text: str, line: int) -> str:
    """Return the lines of a rule in the text of its guidelines."""
    lines = text.split("\n")[line - 1 :]
    end = next((place for place, content in enumerate(lines[1:], 1) if content.startswith(("[", "#"))), len(lines))
    return "\n".join(lines[:end]).strip()
