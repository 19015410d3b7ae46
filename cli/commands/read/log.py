"""`ledger log`: lists entries of the log by filters, with what each says and whether it stands."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

import click

from cli.commands.read.log_rows import COLUMNS, Entries, LogRows, Named, Row, flat, stored
from cli.filters.columns import ListColumn
from cli.nouns.party_names import LedgerNames
from cli.options.as_of import View, reading, viewing
from cli.options.listing import Asked, Selection, list_options, show_list, write_list
from cli.output.json_pieces import list_pieces
from cli.output.spreadsheets import csv_pieces
from cli.output.tables import Column, show_rows
from cli.session import Session, pass_session
from cli.terminal import say, say_pieces

SCREEN = [
    Column("position", right=True), Column("recorded_on", "recorded"), Column("effective_on", "effective"),
    Column("entry", "what it says"), Column("actor"), Column("reason"),
]  # fmt: skip
MOST_SHOWN = 200
"""How much of what an entry says a table shows, in characters; `ledger show` has all of it."""
LOGIN = ListColumn("login")
"""The database login that appended an entry, on a server."""


@click.command()
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only this type of event, like order.issued.")
@click.option("--actor", metavar="ACTOR", help="Only what this actor recorded.")
@click.option("--stream", metavar="STREAM", help="Only this stream, like engagement/BDT-2024-001.")
@click.option("--party", metavar="PARTY", help="Only entries of this party, or that mention it.")
@click.option("--since", metavar="MOMENT", help="Only entries recorded then or later.")
@click.option("--until", metavar="MOMENT", help="Only entries recorded then or earlier.")
@click.option("--text", metavar="TEXT", help="Only entries that contain this text.")
@click.option("--after", type=click.IntRange(min=0), metavar="POSITION", help="Only entries after this position.")
@list_options(COLUMNS, limit="Only the last NUMBER entries; with --after or --sort, the first.")
@reading()
@pass_session
def log(session: Session, /, on: str | None, known_at: str | None, form: str | None, **given: Any) -> None:
    """List entries of the log, in order of position: what each says, and whether it stands.

    With --on, entries that are effective later are left out. JSON is a list of entries with their positions,
    and CSV and JSON of a ledger on a server have the database login that appended each. --where also takes
    amount, engagement, party, days_late, imported, imported_from, stands and recorded_on (docs/finding.md).

    \b
    Examples:
      ledger log --type order.issued --since 2026-11-01
      ledger log --limit 100 --after 500
      ledger log --where "amount>100k USD" --where "days_late>30" --where imported=no
    """
    named = Named(**{name: given.pop(name) for name in Named._fields})
    asked = Asked(**given)
    asked.check_output(form)
    with viewing(session, on, known_at, form) as view:
        selection = Selection(asked._replace(limit=None), COLUMNS, view.on, LedgerNames(view))
        entries, rows = Entries(view, on, named), LogRows(view, selection)
        limited = f"limit {asked.limit}" if asked.limit else ""
        words = ", ".join(filter(None, (named.in_words(), limited)))
        if selection.sort:
            positions: Sequence[int] | None = rows.in_order(rows.passing(entries.__iter__))[: asked.limit]
        elif asked.limit and named.after is None:
            positions = rows.last(entries, asked.limit)
        else:
            positions = None
        show_entries(view, entries, positions, rows, selection, words, asked.limit)


def show_entries(
    view: View, entries: Entries, positions: Sequence[int] | None, rows: LogRows, selection: Selection, words: str,
    limit: int | None = None,
) -> None:  # fmt: skip
    """Show entries as they are read: those at some positions, or (None) the first that the filters let through."""
    found = islice(rows.passing(entries.__iter__), limit) if positions is None else entries.at(positions)
    shown = map(rows.whole, found)
    output = selection.asked.output
    if view.form == "json" and output is None:
        chosen = {column.key for column in selection.named}
        say_pieces(list_pieces(stored(row, chosen) for row in shown))
        return
    if view.form != "table" and not selection.named and rows.have_login(entries, positions, limit):
        selection.chosen = [*selection.shown, LOGIN]
    stamp = view.stamp("; ".join(filter(None, (words, selection.asked.in_words))))
    if view.form == "csv" and output is None:
        say_pieces(csv_pieces(map(flat, shown), selection.shown))
        say(stamp.words(), err=True)
    elif output is not None:
        write_list(map(flat, shown), output, selection, stamp)
    elif selection.chosen:
        kept = {name for column in selection.shown for name in (column.key, column.of)}
        cells = [{name: value for name, value in flat(row).items() if name in kept} for row in shown]
        show_list(iter(cells), selection, view.form, stamp, lambda _: None)
    else:
        cells = [_on_screen(row) for row in shown]
        columns = SCREEN if any(row["reason"] for row in cells) else SCREEN[:-1]
        show_rows(cells, columns, "table", stamp, note=selection.note(cells))


def _on_screen(row: Row) -> Row:
    says = row["says"] if len(row["says"]) <= MOST_SHOWN else f"{row['says'][:MOST_SHOWN]}…"
    voided = "" if row["voided_by"] is None else f"\ntaken back by entry {row['voided_by']}"
    return {
        **{name: row[name] for name in ("position", "recorded_on", "effective_on", "actor")},
        "entry": f"{row['type']}\n{row['stream']}\n{says}{voided}",
        "reason": row.get("reason") or row["event"].get("reason", ""),
    }
