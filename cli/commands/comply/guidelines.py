"""`ledger guidelines check|try|diff|show`: the reading verbs of guidelines."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from cli.commands.comply.faults import show_faults
from cli.messages import print_message
from cli.nouns.show import guideline_text, guidelines_facts
from cli.options.as_of import reading, viewing
from cli.output.files import text_of
from cli.output.presentation import shown_as
from cli.output.tables import Column, show_facts, show_rows
from cli.session import Session, pass_session
from cli.terminal import say
from ledger.domain.errors import LedgerError, listed
from ledger.domain.guidelines.adoption import read_guidelines, text_digest
from ledger.domain.guidelines.reading import BadGuidelines, unused_words
from ledger.domain.guidelines.vocabulary import MOMENTS
from ledger.domain.guidelines.wording import differences

if TYPE_CHECKING:
    from projections.compliance.trial import Change

CHANGES = [Column("engagement"), Column("rule"), Column("case"), Column("before"), Column("after"), Column("found")]


@click.command()
@click.argument("file", metavar="FILE")
@shown_as
@pass_session
def check(session: Session, file: str, form: str | None) -> None:
    """Check a file of guidelines: every fault with its line, rule and member.

    Of a file without faults it says which words no rule uses, and which moments no rule is of.

    \b
    Example:
      ledger guidelines check guidelines.toml
    """
    text, shape = text_of(file), form or session.format
    try:
        version = read_guidelines(text)
    except BadGuidelines as error:
        show_faults(error.faults, "rule", shape)
        raise Faulty(file, len(error.faults)) from None
    unused, unreached = unused_words(text), [at for at in MOMENTS if at not in {rule.at for rule in version.rules}]
    facts: dict[str, Any] = {
        "file": file, "guidelines": f"{version.symbol}: {version.title}", "set": version.set,
        "in force": f"from {version.binds_from}", "rules": len(version.rules), "faults": 0,
        "words that no rule uses": unused, "cases that no rule is of": unreached, "SHA-256": text_digest(text),
    }  # fmt: skip
    if shape == "table":
        facts |= {name: listed(facts[name], "and") or "none" for name in facts if isinstance(facts[name], list)}
    show_facts(facts, shape, None, "")


class Faulty(LedgerError):
    """A file of guidelines has faults, which were shown."""

    code = "faulty-guidelines"

    def __init__(self, file: str, count: int) -> None:
        """Say how many faults the file has."""
        super().__init__(
            f"{file} has {count} {'fault' if count == 1 else 'faults'}.", "docs/guidelines.md explains every word."
        )


@click.command("try")
@click.argument("file", metavar="FILE")
@click.option("--count", "is_counted", is_flag=True, help="Count the verdicts only, without listing them.")
@reading()
@pass_session
def try_(session: Session, file: str, is_counted: bool, on: str | None, known_at: str | None, form: str | None) -> None:
    """Say what a draft of guidelines would change if it were adopted: each verdict that would be another.

    \b
    Example:
      ledger guidelines try draft.toml --on 2026-12-31
    """
    from projections.compliance.trial import trial

    with viewing(session, on, known_at, form) as view, view.queries() as queries:
        text = text_of(file)
        symbol = read_guidelines(text).symbol
        changes = list(trial(queries, text))
        count = Counter((change.before, change.after) for change in changes)
        rows = [] if is_counted else [_changed(change) for change in changes]
        counts = [f"{number} from {was} to {becomes}" for (was, becomes), number in sorted(count.items())]
        many = "1 verdict" if count.total() == 1 else f"{count.total()} verdicts"
        note = f"{symbol} would change {many}" + (f": {'; '.join(counts)}" if counts else "")
        show_rows(rows, CHANGES, view.form, view.stamp(f"draft {symbol}"), note=note)


def _changed(change: "Change") -> dict[str, Any]:
    verdict = change.verdict
    return {
        "engagement": verdict.engagement, "rule": verdict.rule.id, "case": verdict.case.key or verdict.case.moment,
        "before": change.before, "after": change.after, "found": verdict.said,
    }  # fmt: skip


@click.command()
@click.argument("old", metavar="SYMBOL")
@click.argument("new", metavar="SYMBOL|FILE")
@reading()
@pass_session
def diff(session: Session, old: str, new: str, on: str | None, known_at: str | None, form: str | None) -> None:
    """Say in words how a version of guidelines differs from another one, or from a file.

    \b
    Example:
      ledger guidelines diff MODEL-GL/1 MODEL-GL/2
    """
    from pathlib import Path

    with viewing(session, on, known_at, form) as view:
        before = read_guidelines(guideline_text(view, old))
        after = read_guidelines(text_of(new) if Path(new).is_file() else guideline_text(view, new))
        rows = [{"what": what, "before": was, "after": now} for what, was, now in differences(before, after)]
        columns = [Column("what"), Column("before", old), Column("after", after.symbol)]
        if not rows and view.form == "table":
            print_message("note", f"{before.symbol} and {after.symbol} have the same rules.")
        show_rows(rows, columns, view.form, view.stamp())


@click.command()
@click.argument("symbol", metavar="SYMBOL")
@click.option("--text", "is_text", is_flag=True, help="Print the text of the file, byte for byte, and nothing else.")
@reading()
@pass_session
def show(session: Session, symbol: str, is_text: bool, on: str | None, known_at: str | None, form: str | None) -> None:
    """Show a version of guidelines: its rules in words, or the text that was adopted.

    \b
    Example:
      ledger guidelines show MODEL-GL/1 --text
    """
    with viewing(session, on, known_at, form) as view:
        if is_text:
            say(guideline_text(view, symbol))
        else:
            show_facts(guidelines_facts(view, symbol), view.form, view.stamp(), f"guidelines {symbol}")
