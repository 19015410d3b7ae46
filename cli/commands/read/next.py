"""`ledger next`: due tasks by unit, with the days left and the command that completes each."""

import shlex
from typing import TYPE_CHECKING, Any

import click

from cli.options.as_of import View, reading, to_body, viewing
from cli.options.unit import NO_UNIT, check_units, is_of_unit
from cli.output.presentation import show_text
from cli.output.tables import Column, Stamp, show_rows, table_text
from cli.session import Session, current, pass_session

if TYPE_CHECKING:
    from projections.queries.bitemporal import Queries
    from projections.queries.due import Due

SCREEN = [Column("due_on", "due"), Column("days", right=True), Column("summary", "what and how")]
LISTED = [Column("unit"), Column("due_on", "due"), Column("days"), Column("summary", "what"), Column("command")]


@click.command("next")
@click.option(
    "--within", type=click.IntRange(min=0), default=30, show_default=True, metavar="DAYS", help="How far ahead to look."
)
@click.option("--unit", "units", multiple=True, metavar="UNIT", help="Only of this unit; may be repeated.")
@to_body()
@reading()
@pass_session
def next_(
    session: Session,
    within: int,
    units: tuple[str, ...],
    body: str | None,
    on: str | None,
    known_at: str | None,
    form: str | None,
) -> None:
    """Show what is due, by unit, and the command that does it; the most urgent first.

    Covers reviews, planned outcomes, actions, ends of agreements, what is not disclosed or not paid, checks of parties
    that expire, risks to review, conflicts of interest to assess, and risk flags. Days are the days left; below zero it
    is overdue. The command shows … where you have to fill in a value.

    \b
    Example:
      ledger next --within 60 --unit IDS
    """
    from projections.queries.due import due

    with viewing(session, on, known_at, form) as view, view.to(body).queries() as queries:
        check_units(queries, units)
        items = due(queries, within, _planned(view, queries))
        rows = [_row(item) for item in items if not units or is_of_unit(item.unit, units)]
        stamp = view.stamp("; ".join([f"within {within} days", *(f"unit {unit}" for unit in units), *_told(queries)]))
        if view.form != "table":
            show_rows(rows, [Column(key) for key in PLAIN], view.form, stamp)
        elif current().listing:
            show_rows(rows, LISTED, view.form, stamp)
        else:
            show_text(_screen(rows, stamp))


def _planned(view: View, queries: "Queries") -> dict[str, list[str]]:
    # Only the stream of a document in preparation has its planned coverage.
    from projections.queries.oversight import preparations

    return {row.document: list(view.state(f"disclosure/{row.document}").planned) for row in preparations(queries)}


def _told(queries: "Queries") -> list[str]:
    # Only where a body is named: for most ledgers a disclosure to any body counts.
    return [f"disclosed to {queries.body()}"] if queries.body() else []


PLAIN = ("unit", "what", "engagement", "party", "key", "summary", "due_on", "days", "command")
"""Members in JSON, and columns in CSV."""


def _row(item: "Due") -> dict[str, Any]:
    from projections.queries.due import OPEN

    typed = " ".join(word if word == OPEN else shlex.quote(word) for word in item.command)
    return {name: getattr(item, name) for name in PLAIN[:-1]} | {"command": f"ledger {typed}"}


def _screen(rows: list[dict[str, Any]], stamp: Stamp) -> str:
    lines = [] if rows else ["nothing is due", ""]
    for unit in dict.fromkeys(row["unit"] for row in rows):
        own = [_line(row) for row in rows if row["unit"] == unit]
        lines += [f"unit: {unit or NO_UNIT}", table_text(own, SCREEN), ""]
    return "\n".join([*lines, stamp.words(), ""])


def _line(row: dict[str, Any]) -> dict[str, Any]:
    day = {"due_on": "no day set", "days": ""} if row["due_on"] is None else {}
    return {**row, **day, "summary": f"{row['summary']}\n{row['command']}"}
