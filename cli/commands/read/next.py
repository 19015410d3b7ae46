"""`ledger next`: due tasks by period, with the days left and the command that completes each."""

import shlex
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import click

from cli.filters.columns import Kind, ListColumn
from cli.filters.errors import UnknownChoice
from cli.nouns.party_names import LedgerNames
from cli.options.as_of import View, reading, to_body, viewing
from cli.options.listing import Asked, Selection, list_options, show_list
from cli.options.unit import check_units, is_of_unit
from cli.output.presentation import show_text
from cli.output.tables import Column, Stamp, show_rows, table_text
from cli.session import Session, current, pass_session

if TYPE_CHECKING:
    from projections.queries.bitemporal import Queries
    from projections.queries.due import Due

SCREEN = [Column("due_on", "due"), Column("days", right=True), Column("summary", "what and how")]
LISTED = [Column("unit"), Column("due_on", "due"), Column("days"), Column("summary", "what"), Column("command")]
ALWAYS = date.max.toordinal()
"""More days than there are."""
SOON = 30
"""How many days ahead to look, unless somebody says it."""
MANY = 3
"""More items of one kind in one period are counted, not listed, unless `--what` asks for them."""


KINDS = (
    "review", "outcome", "action", "information", "order", "end", "undisclosed facets", "undisclosed orders",
    "disclosure", "screening", "due diligence", "risk flag", "risk", "conflict of interest", "payment",
    "guidelines",
)  # fmt: skip
"""What can be due."""
COLUMNS = (
    ListColumn("unit"), ListColumn("what", Kind.CHOICE, values=KINDS), ListColumn("engagement", Kind.ENGAGEMENT),
    ListColumn("party", Kind.PARTY, of="party"), ListColumn("key"), ListColumn("summary"),
    ListColumn("due_on", Kind.DAY), ListColumn("days", Kind.NUMBER), ListColumn("command"),
)  # fmt: skip
"""The members in JSON."""
DAYS = ("due_on", "days")
"""The columns whose filters say how far ahead to look."""
KEYS = ("what", "engagement", "party", "key", "unit", "command")
"""The columns that name a row."""


@click.command("next")
@click.option(
    "--within", type=click.IntRange(min=0), metavar="DAYS",
    help=f"How far ahead to look.  [default: {SOON}; as far as it asks with a filter on due or days]",
)  # fmt: skip
@click.option("--unit", "units", multiple=True, metavar="UNIT", help="Only of this unit; may be repeated.")
@click.option("--what", "kinds", multiple=True, metavar="WHAT", help="Only this, like review or end; each is listed.")
@click.option("--overdue/--no-overdue", default=None, help="Only what is past its day, or only what is not.")
@list_options(COLUMNS, keys=KEYS)
@to_body()
@reading()
@pass_session
def next_(
    session: Session,
    /,
    within: int | None,
    units: tuple[str, ...],
    kinds: tuple[str, ...],
    overdue: bool | None,
    body: str | None,
    on: str | None,
    known_at: str | None,
    form: str | None,
    **given: Any,
) -> None:
    """Show what is due: this week, this month, and what is older, with the command that does it.

    Covers reviews, planned outcomes, actions, requests for information, service orders that end before all is accepted,
    ends of agreements, what is not disclosed or not paid, checks of parties that expire, risks to review, conflicts of
    interest to assess, risk flags, and duties by guidelines. Days are the days left; below zero it is overdue. The
    command shows … where you have to fill in a value. Many items of one kind are counted; --what lists them.

    \b
    Examples:
      ledger next --within 60 --unit IDS
      ledger next --what end,review --no-overdue
      ledger next --where due=2027-01
    """
    from projections.compliance.duties import duties
    from projections.queries.due import due

    asked = Asked(**given)
    asked.check_output(form)
    wanted = [name.strip() for text in kinds for name in text.split(",")]
    for name in wanted:
        if name not in KINDS:
            raise UnknownChoice(name, COLUMNS[1])
    with viewing(session, on, known_at, form) as view, view.to(body).queries() as queries:
        check_units(queries, units)
        selection = Selection(asked, COLUMNS, view.on, LedgerNames(view), KEYS)
        is_dated = any(column.key in DAYS for column in selection.filtered)
        ahead = (ALWAYS if is_dated else SOON) if within is None else within

        def read() -> Iterator[dict[str, Any]]:
            for item in due(queries, ahead, _planned(view, queries), duties(queries, ahead)):
                is_asked = (not units or is_of_unit(item.unit, units)) and (not wanted or item.what in wanted)
                if is_asked and overdue in (None, item.days is not None and item.days < 0):
                    yield _row(item)

        words = [f"within {ahead} days"] if ahead != ALWAYS else []
        words += [*(f"unit {unit}" for unit in units), *wanted, *_told(queries), asked.in_words]
        stamp = view.stamp("; ".join(filter(None, words)))

        def screen(rows: list[dict[str, Any]]) -> None:
            if current().listing:
                show_rows(rows, LISTED, view.form, stamp)
            else:
                show_text(_screen(rows, view.on, stamp, most=None if wanted or asked.where else MANY))

        show_list(selection.of(read), selection, view.form, stamp, screen)


def _planned(view: View, queries: "Queries") -> dict[str, list[str]]:
    # Only the stream of a document in preparation has its planned coverage.
    from projections.queries.oversight import preparations

    return {row.document: list(view.state(f"disclosure/{row.document}").planned) for row in preparations(queries)}


def _told(queries: "Queries") -> list[str]:
    # Only where a body is named: for most ledgers a disclosure to any body counts.
    return [f"disclosed to {queries.body()}"] if queries.body() else []


def _row(item: "Due") -> dict[str, Any]:
    from projections.queries.due import OPEN

    typed = " ".join(word if word == OPEN else shlex.quote(word) for word in item.command)
    return {column.key: getattr(item, column.key) for column in COLUMNS[:-1]} | {"command": f"ledger {typed}"}


def _screen(rows: list[dict[str, Any]], on: str, stamp: Stamp, most: int | None) -> str:
    lines = [] if rows else ["nothing is due", ""]
    for period, own in _by_period(rows, on).items():
        lines += [period, table_text(list(_lines(own, most)), SCREEN), ""]
    return "\n".join([*lines, stamp.words(), ""])


def _by_period(rows: list[dict[str, Any]], on: str) -> dict[str, list[dict[str, Any]]]:
    """Return rows by the period in which they are due, the most urgent first in each."""
    today = date.fromisoformat(on)
    week = (today + timedelta(days=min(6 - today.weekday(), (date.max - today).days))).isoformat()
    month = today.replace(day=monthrange(today.year, today.month)[1]).isoformat()
    periods: dict[str, list[dict[str, Any]]] = {
        f"this week (to {week})": [], f"this month (to {month})": [], "later": [], "older": [], "no day set": [],
    }  # fmt: skip
    by_name = list(periods.values())
    for row in sorted(rows, key=lambda row: (row["due_on"] or "", row["what"], row["engagement"] or "")):
        day = row["due_on"]
        late = day is not None and day < on
        by_name[4 if day is None else 3 if late else 0 if day <= week else 1 if day <= month else 2].append(row)
    return {name: own for name, own in periods.items() if own}


def _lines(rows: list[dict[str, Any]], most: int | None) -> Iterator[dict[str, Any]]:
    # What is many is one line: where the first stands, how many there are, and how to list them.
    counts = Counter(row["what"] for row in rows)
    for row in rows:
        count = counts[row["what"]]
        if most is None or 0 < count <= most:
            unit = "" if row["unit"] is None else f" ({row['unit']})"
            yield _line({**row, "summary": f"{row['summary']}{unit}\n{row['command']}"})
        elif count > 0:
            listing = f"ledger next --what {shlex.quote(row['what'])}"
            yield _line({**row, "summary": f"{row['what']}: {count}, the first of {row['due_on']}\n{listing}"})
            counts[row["what"]] = -1


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **({"due_on": "no day set", "days": ""} if row["due_on"] is None else {})}
