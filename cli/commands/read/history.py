"""`ledger history REF`: the changes of one stream as text, with old and new values, actor and time."""

import json
from typing import Any

import click

from cli.nouns.changed import change_plain, difference_text, indented
from cli.nouns.party_names import find_party, party_names
from cli.options.as_of import View, reading, viewing
from cli.output.presentation import show_text
from cli.output.tables import Column, csv_text
from cli.session import Session, pass_session
from cli.terminal import say
from ledger.domain.errors import LedgerError
from ledger.domain.refusals import UnknownParty
from ledger.format.name_keys import near_names

COLUMNS = [
    Column("position"), Column("type"), Column("effective_on"), Column("recorded_at"), Column("actor"),
    Column("reason"), Column("voids"), Column("changes"),
]  # fmt: skip


class UnknownReference(LedgerError):
    """Nothing has this reference: no engagement, disclosure, rate or party."""

    code = "unknown-reference"

    def __init__(self, ref: str, near: list[str]) -> None:
        """Refuse `ref`, suggesting what is near it."""
        meant = (
            f"Did you mean {' or '.join(near)}?" if near else "See 'ledger engagement list' and 'ledger party list'."
        )
        super().__init__(f"Nothing has the reference '{ref}'.", meant)


@click.command()
@click.argument("ref")
@reading()
@pass_session
def history(session: Session, ref: str, on: str | None, known_at: str | None, form: str | None) -> None:
    """Show what changed in an engagement, party, disclosure, pair of currencies (EUR-USD) or the ledger itself.

    Also in a set of guidelines, by its name, in the assessments of a finding, by its key, and in parameters of the
    controls, by their symbol.

    \b
    Example:
      ledger history BDT-2024-001
    """
    from projections.history.changes import changes
    from projections.history.party_names import KnownReferences, mentioned_parties

    with viewing(session, on, known_at, form) as view:
        stream = _stream(view, ref)
        records = view.records(stream.partition("/")[2]) if stream.startswith("party/") else []
        streams = [stream, *(f"party/{record}" for record in records[1:])]
        entries = [change for name in streams for change in changes(view.ledger, name, view.known_at, on and view.on)]
        entries.sort(key=lambda change: change.position)
        refs = KnownReferences(mentioned_parties(change.entry.event for change in entries))
        names = party_names(view)
        rendered = [
            {**change_plain(change, names, refs), **({"stream": of} if (of := change.entry.stream) != stream else {})}
            for change in entries
        ]
        if view.form == "json":
            document = {"as_of": view.stamp().plain(), "stream": stream, "changes": rendered}
            say(json.dumps(document, ensure_ascii=False, indent=2))
        elif view.form == "csv":
            say(csv_text([_line(entry) for entry in rendered], COLUMNS), nl=False)
        else:
            show_text(
                "\n".join([f"history of {stream}", *(_words(entry) for entry in rendered), view.stamp().words(), ""])
            )


def _stream(view: View, ref: str) -> str:
    store = view.ledger.store
    if ref == "ledger":
        return ref
    for kind in ("engagement", "party", "disclosure", "guidelines", "finding", "controls", "rate"):
        if store.stream(f"{kind}/{ref}", view.known_at):
            return f"{kind}/{ref}"
    try:
        return f"party/{find_party(view, ref)}"
    except UnknownParty:
        refs = [stream.partition("/")[2] for kind in ("engagement", "disclosure") for stream in store.streams(kind)]
        raise UnknownReference(ref, near_names(ref, refs, least=85)) from None


def _line(entry: dict[str, Any]) -> dict[str, Any]:
    texts = "; ".join(difference_text(change) for change in entry["changes"])
    return {**{name: entry[name] for name in entry if name not in ("changes", "source", "stream")}, "changes": texts}


def _words(entry: dict[str, Any]) -> str:
    recorded = entry["recorded_at"][:16].replace("T", " ")
    origin = f"(position {entry['position']}, recorded {recorded} UTC by {entry['actor']})"
    of = f" of {entry['stream']}" if "stream" in entry else ""
    lines = [f"\n{entry['effective_on']}  {entry['type']}{of}  {origin}"]
    if entry["voids"]:
        lines.append(f"    voids position {entry['voids']}")
    if entry["reason"]:
        lines.append(indented(f"reason: {entry['reason']}"))
    if entry["source"]:
        lines.append(
            f"    from row {entry['source']['row']} of the file with SHA-256 {entry['source']['sha256'][:16]}…"
        )
    lines += [indented(difference_text(change)) for change in entry["changes"]] or ["    changed nothing"]
    return "\n".join(lines)
