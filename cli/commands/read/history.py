"""`ledger history REF`: what changed, from what to what, by whom, when, in words."""

import json
from typing import Any

import click

from cli.nouns.changed import plain, said
from cli.nouns.party_names import find_party, party_names
from cli.options.as_of import View, reading, viewing
from cli.output.presentation import show_text
from cli.output.tables import Column, csv_text
from cli.session import Session, pass_session
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

    \b
    Example:
      ledger history BDT-2024-001
    """
    from projections.history.changes import changes
    from projections.history.party_names import mentioned_parties

    with viewing(session, on, known_at, form) as view:
        stream = _stream(view, ref)
        found = list(changes(view.ledger, stream, view.known_at, on and view.on))
        names, refs = party_names(view), mentioned_parties(change.entry.event for change in found)
        told = [plain(change, names, refs) for change in found]
        if view.form == "json":
            document = {"as_of": view.stamp().plain(), "stream": stream, "changes": told}
            click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        elif view.form == "csv":
            click.echo(csv_text([_line(one) for one in told], COLUMNS), nl=False)
        else:
            show_text("\n".join([f"history of {stream}", *(_words(one) for one in told), view.stamp().words(), ""]))


def _stream(view: View, ref: str) -> str:
    store = view.ledger.store
    if ref == "ledger":
        return ref
    for kind in ("engagement", "party", "disclosure", "rate"):
        if store.stream(f"{kind}/{ref}", view.known_at):
            return f"{kind}/{ref}"
    try:
        return f"party/{find_party(view, ref)}"
    except UnknownParty:
        refs = [one.partition("/")[2] for kind in ("engagement", "disclosure") for one in store.streams(kind)]
        raise UnknownReference(ref, near_names(ref, refs, least=85)) from None


def _line(one: dict[str, Any]) -> dict[str, Any]:
    told = "; ".join(said(change) for change in one["changes"])
    return {**{name: one[name] for name in one if name not in ("changes", "source")}, "changes": told}


def _words(one: dict[str, Any]) -> str:
    recorded = one["recorded_at"][:16].replace("T", " ")
    told = f"(position {one['position']}, recorded {recorded} UTC by {one['actor']})"
    lines = [f"\n{one['effective_on']}  {one['type']}  {told}"]
    if one["voids"]:
        lines.append(f"    voids position {one['voids']}")
    if one["reason"]:
        lines.append(f"    reason: {one['reason']}")
    if one["source"]:
        lines.append(f"    from row {one['source']['row']} of the file with SHA-256 {one['source']['sha256'][:16]}…")
    lines += [f"    {said(change)}" for change in one["changes"]] or ["    changed nothing that counts"]
    return "\n".join(lines)
