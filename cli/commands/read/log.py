"""`ledger log`: lists entries of the log by filters, with what each says and whether it stands."""

import json
from collections.abc import Sequence
from typing import Any

import click

from cli.commands.read.log_rows import COLUMNS, Named, Row, entries, entry_rows, flat, stored
from cli.filters.columns import ListColumn
from cli.nouns.party_names import LedgerNames
from cli.options.as_of import View, reading, viewing
from cli.options.listing import Asked, Selection, list_options, show_list
from cli.output.tables import Column, show_rows
from cli.session import Session, pass_session
from cli.terminal import say

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
@list_options(COLUMNS, limit="Only the last NUMBER entries; with --sort, the first.")
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
      ledger log --where "amount>100k USD" --where "days_late>30" --where imported=no
    """
    named = Named(**{name: given.pop(name) for name in Named._fields})
    asked = Asked(**given)
    asked.check_output(form)
    with viewing(session, on, known_at, form) as view:
        selection = Selection(asked._replace(limit=None), COLUMNS, view.on, LedgerNames(view))
        found = list(entries(view, on, named))
        if asked.limit and not asked.where and not asked.sort:
            found = found[-asked.limit :]
        limited = f"limit {asked.limit}" if asked.limit else ""
        show_entries(view, found, selection, asked.limit, ", ".join(filter(None, (named.in_words(), limited))))


def show_entries(
    view: View, found: Sequence[tuple[int, bytes]], selection: Selection, limit: int | None, words: str, note: str = ""
) -> None:
    """Show entries as rows, as far as the filters of `selection` let them through; of `limit`, the last."""
    rows_of = entry_rows(view)
    whole = {position: rows_of.row(position, data) for position, data in found}
    rows = selection.of(map(flat, whole.values()))
    if limit:
        rows = rows[:limit] if selection.sort else rows[-limit:]
    positions = [row["position"] for row in rows]
    logins = view.ledger.store.logins(min(positions), max(positions)) if positions else {}
    if logins:
        rows = [row | {"login": logins.get(row["position"])} for row in rows]
        selection.chosen = selection.chosen if view.form == "table" or selection.named else [*selection.shown, LOGIN]
    if view.form == "json" and selection.asked.output is None:
        plain = [
            stored(whole[row["position"]], [column.key for column in selection.named], row, logins) for row in rows
        ]
        say(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    stamp = view.stamp("; ".join(filter(None, (words, selection.asked.in_words))))

    def screen(rows: list[Row]) -> None:
        shown = [_on_screen(row, whole[row["position"]]["event"]) for row in rows]
        columns = SCREEN if any(row["reason"] for row in shown) else SCREEN[:-1]
        below = "; ".join(filter(None, (note, selection.note(rows))))
        show_rows(shown, columns, "table", stamp, note=below)

    show_list(rows, selection, view.form, stamp, screen)


def _on_screen(row: Row, event: Row) -> Row:
    says = row["says"] if len(row["says"]) <= MOST_SHOWN else f"{row['says'][:MOST_SHOWN]}…"
    voided = "" if row["voided_by"] is None else f"\ntaken back by entry {row['voided_by']}"
    return {
        **row,
        "entry": f"{row['type']}\n{row['stream']}\n{says}{voided}",
        "reason": row["reason"] or event.get("reason", ""),
    }
