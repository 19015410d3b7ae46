"""`ledger log`: lists entries of the log by filters."""

import json
from collections.abc import Iterator
from typing import Any

import click

from cli.nouns.party_names import find_party
from cli.options.as_of import View, moment, reading, viewing
from cli.output.tables import Column, csv_text, show_rows
from cli.session import Session, pass_session
from cli.terminal import say

COLUMNS = [
    Column("position", right=True), Column("recorded_at", "recorded"), Column("effective_on", "effective"),
    Column("type"), Column("stream"), Column("actor"), Column("reason"),
]  # fmt: skip
SCREEN = [
    Column("position", right=True), Column("recorded_at", "recorded"), Column("effective_on", "effective"),
    Column("entry", "event and stream"), Column("actor"), Column("reason"),
]  # fmt: skip


@click.command()
@click.option("--type", "types", multiple=True, metavar="TYPE", help="Only this type of event, like order.issued.")
@click.option("--actor", metavar="ACTOR", help="Only what this actor recorded.")
@click.option("--stream", metavar="STREAM", help="Only this stream, like engagement/BDT-2024-001.")
@click.option("--party", metavar="PARTY", help="Only entries of this party, or that mention it.")
@click.option("--since", metavar="MOMENT", help="Only entries recorded then or later.")
@click.option("--until", metavar="MOMENT", help="Only entries recorded then or earlier.")
@click.option("--text", metavar="TEXT", help="Only entries that contain this text.")
@click.option("--limit", type=click.IntRange(min=1), metavar="NUMBER", help="Only the last NUMBER entries.")
@reading()
@pass_session
def log(session: Session, /, on: str | None, known_at: str | None, form: str | None, **filters: Any) -> None:
    """List entries of the log, in order of position.

    With --on, entries that are effective later are left out. JSON is a list of entries with their positions,
    and CSV and JSON of a ledger on a server have the database login that appended each.

    \b
    Example:
      ledger log --type order.issued --since 2026-11-01
    """
    with viewing(session, on, known_at, form) as view:
        rows = list(_rows(view, on, **{name: value for name, value in filters.items() if name != "limit"}))
        rows = rows[-filters["limit"] :] if filters["limit"] else rows
        logins = view.ledger.store.logins(rows[0]["position"], rows[-1]["position"]) if rows else {}
        rows = [row | {"login": logins[row["position"]]} if row["position"] in logins else row for row in rows]
        if view.form == "json":
            say(json.dumps(rows, ensure_ascii=False, indent=2))
        elif view.form == "csv":
            flat = [row | {"event": json.dumps(row["event"], ensure_ascii=False)} for row in rows]
            columns = [*COLUMNS, Column("version"), Column("command"), Column("event")]
            say(csv_text(flat, [*columns, Column("login")] if logins else columns), nl=False)
        else:
            shown = [_on_screen(row) for row in rows]
            used = ", ".join(f"{name} {_filter_text(value)}" for name, value in filters.items() if value)
            show_rows(shown, SCREEN if any(row["reason"] for row in shown) else SCREEN[:-1], "table", view.stamp(used))


def _filter_text(value: Any) -> str:
    return " or ".join(value) if isinstance(value, tuple) else str(value)


def _on_screen(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "recorded_at": row["recorded_at"][:10],
        "entry": f"{row['type']}\n{row['stream']}",
        "reason": row.get("reason") or row["event"].get("reason", ""),
    }


def _rows(
    view: View,
    on: str | None,
    *,
    types: tuple[str, ...],
    actor: str | None,
    stream: str | None,
    party: str | None,
    since: str | None,
    until: str | None,
    text: str | None,
) -> Iterator[dict[str, Any]]:
    from ledger.format.entry import read

    store = view.ledger.store
    last = min(view.known_at, store.moment_position(moment(until))) if until else view.known_at
    first = store.moment_position(_just_before(since)) + 1 if since else 1
    ref = find_party(view, party) if party else None
    of_party = set(store.referrers(f"party/{ref}")) if ref else set()
    for position, data in store.entries(first, last):
        read(data)  # what is damaged is no entry, and has no members to show
        entry = json.loads(data)
        if (
            (not types or entry["event"]["type"] in types)
            and (actor is None or entry["actor"] == actor)
            and (stream is None or entry["stream"] == stream)
            and (ref is None or position in of_party or entry["stream"] == f"party/{ref}")
            and (on is None or entry["effective_on"] <= view.on)
            and (text is None or text.casefold() in data.decode().casefold())
        ):
            yield {"position": position, "type": entry["event"]["type"], **entry}


def _just_before(since: str) -> str:
    # Here a day means its start. The store searches for 'at or before', so pass the next lower text.
    start = f"{since}T00:00:00.000000Z" if len(since) == len("2026-11-23") else moment(since)
    moment(since)
    return start[:-1]
