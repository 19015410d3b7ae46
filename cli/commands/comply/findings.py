"""`ledger findings`: what the controls find in the whole history."""

import sys
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from cli.filters.columns import Kind, ListColumn
from cli.nouns.list_columns import ENGAGEMENT
from cli.nouns.party_names import LedgerNames
from cli.options.as_of import View, reading, viewing
from cli.options.listing import Asked, Selection, list_options, show_list
from cli.output.presentation import show_text
from cli.output.tables import Column, Stamp, show_rows, table_text
from cli.session import Session, pass_session
from cli.terminal import is_terminal

if TYPE_CHECKING:
    from projections.findings.assessed import AssessedFinding
    from projections.findings.in_force import InForce
    from projections.history.party_names import PartyNames

STATUSES = ("open", "confirmed", "remedied", "dismissed")
"""What a finding may be."""
COLUMNS = (
    ListColumn("finding"), ListColumn("control"), ListColumn("group"),
    ListColumn("severity", Kind.CHOICE, values=("high", "medium", "low")),
    ListColumn("status", Kind.CHOICE, values=STATUSES), ENGAGEMENT, ListColumn("party", Kind.PARTY, of="party_ref"),
    ListColumn("found"), ListColumn("on", Kind.DAY), ListColumn("amount", Kind.AMOUNT), ListColumn("why"),
    ListColumn("assessed_by"), ListColumn("assessed_on", Kind.DAY), ListColumn("until", Kind.DAY),
    ListColumn("reopened"), ListColumn("looks_for"), ListColumn("entries", Kind.TEXTS),
    ListColumn("party_ref", Kind.PARTY, of="party_ref"),
)  # fmt: skip
SCREEN = [Column("finding"), Column("status"), Column("found", "what was found")]
COUNTS = [
    Column("control"), Column("severity"), Column("open", right=True), Column("findings", right=True),
]  # fmt: skip
MANY = 50
"""More findings are counted by control on a terminal, unless somebody asks for some of them."""
FIRST = 20
"""How many of many are shown after the counts."""


@click.command()
@click.option("--control", metavar="ID", help="Only what this control finds.")
@click.option("--open", "open_", is_flag=True, help="Only what is open: not assessed, or open again.")
@list_options(COLUMNS)
@reading()
@pass_session
def findings(
    session: Session,
    /,
    control: str | None,
    open_: bool,
    on: str | None,
    known_at: str | None,
    form: str | None,
    **asked: Any,
) -> None:
    """List what the controls find in the whole history, the gravest first, and what became of it.

    What was dismissed stays listed, with who dismissed it and why. 'ledger controls' says what is looked for, and of
    which controls the facts are not recorded. On a terminal, many findings are counted by control, and the first of
    them are shown; --control and --limit show others. A file and a pipe have all.

    \b
    Example:
      ledger findings --open --where 'severity=high'
    """
    from projections.findings import assessed, controls, examination

    wanted = Asked(**asked)
    wanted.check_output(form)
    only = None if control is None else [controls.control(control)]
    with viewing(session, on, known_at, form) as view, view.queries() as queries:
        looked = examination.Examination(queries, view.ledger, only)
        items = [
            item for item in assessed.assessed(queries, looked.findings()) if not open_ or item.status == assessed.OPEN
        ]
        names = queries.names()
        unable = {able.id: facts for able in looked.controls if (facts := looked.missing(able))}
        selection = Selection(wanted, COLUMNS, view.on, LedgerNames(view))
        words = (f"control {control}" if control else "", "open" if open_ else "", wanted.in_words)
        stamp = view.stamp("; ".join(filter(None, words)))
        is_brief = len(items) > MANY and is_terminal(sys.stdout) and not (control or wanted.narrows or wanted.columns)
        screen = _screen(view, stamp, unable, looked.in_force, _counts(items) if is_brief else None)
        rows = selection.of(lambda: (_row(view, item, names) for item in items))
        show_list(rows, selection, view.form, stamp, screen, FIRST if is_brief else None)


def _row(view: View, item: "AssessedFinding", names: "PartyNames") -> dict[str, Any]:
    finding, last = item.finding, item.assessment
    refs = {finding.party, *finding.subjects} - {""}
    return {
        "finding": finding.key, "control": finding.control.id, "group": finding.control.group,
        "severity": finding.control.severity, "status": item.status, "engagement": finding.engagement or None,
        "party": names(finding.party) if finding.party else None, "found": names.add_to(finding.said, refs),
        "on": finding.on or None, "amount": [str(amount) for amount in finding.amounts],
        "why": last and last.why, "assessed_by": last and view.ledger.entry(last.entry).actor,
        "assessed_on": last and last.on, "until": (last and last.until) or None, "reopened": item.why_open or None,
        "looks_for": finding.control.looks_for, "entries": list(finding.entries), "party_ref": finding.party or None,
    }  # fmt: skip


def _screen(
    view: View,
    stamp: Stamp,
    unable: dict[str, list[str]],
    own: "InForce",
    counts: list[dict[str, Any]] | None,
) -> Callable[[list[dict[str, Any]]], None]:
    """Return what prints findings; of many, their `counts` by control stand first."""

    def show(rows: list[dict[str, Any]]) -> None:
        parts = []
        if counts is None:
            number = Counter(row["status"] for row in rows)
            parts = [f"{number[status]} {status}" for status in STATUSES if number[status]]
        if unable:
            controls = "1 control" if len(unable) == 1 else f"{len(unable)} controls"
            parts.append(f"of {controls} the facts are not recorded ('ledger controls')")
        parts += [own.said] if own.adopted else []
        shown = [row | {"found": _found(row), "status": f"{row['status']}\n{row['severity']}"} for row in rows]
        if counts is None:
            show_rows(shown, SCREEN, view.form, stamp, note="; ".join(parts))
            return
        most = max(counts, key=lambda row: row["findings"])["control"]
        total = {name: sum(row[name] for row in counts) for name in ("open", "findings")}
        texts = (
            table_text(counts, COUNTS, {"control": "all", "severity": "", **total}),
            f"\nThe first {len(shown)} follow; --control {most} shows those of one control.\n",
            table_text(shown, SCREEN), *parts, stamp.words(), "",
        )  # fmt: skip
        show_text("\n".join(texts))

    return show


def _counts(items: "list[AssessedFinding]") -> list[dict[str, Any]]:
    """Return how many findings each control has, in their order."""
    counts: dict[str, dict[str, Any]] = {}
    for item in items:
        control = item.finding.control
        first = {"control": control.id, "severity": control.severity, "open": 0, "findings": 0}
        counted = counts.setdefault(control.id, first)
        counted["findings"] += 1
        counted["open"] += item.status == STATUSES[0]
    return list(counts.values())


def _found(row: dict[str, Any]) -> str:
    lines = [row["found"]]
    if row["reopened"]:
        lines.append(f"Open again: {row['reopened']}")
    elif row["why"]:
        until = f" until {row['until']}" if row["until"] else ""
        lines.append(f"{row['status'].capitalize()}{until} by {row['assessed_by']}: {row['why']}")
    return "\n".join(lines)
