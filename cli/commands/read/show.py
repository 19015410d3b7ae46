"""`ledger show POSITION …`: prints entries in words, or one as its exact bytes."""

import json
from collections.abc import Iterable
from typing import Any

import click
import msgspec

from cli.nouns.party_names import party_names
from cli.options.as_of import View, reading, viewing
from cli.output.files import put_raw
from cli.output.tables import show_facts
from cli.session import Session, pass_session
from cli.terminal import say, say_line
from ledger.domain.disclosure.commands import BeyondHead

MOST = 1_000
"""The number of entries that one command shows."""


@click.command()
@click.argument("positions", nargs=-1, required=True, metavar="POSITION…")
@click.option("--raw", is_flag=True, help="Write its exact bytes to stdout, its leaf hash to stderr.")
@reading()
@pass_session
def show(
    session: Session, positions: tuple[str, ...], raw: bool, on: str | None, known_at: str | None, form: str | None
) -> None:
    """Show entries of the log, in words; or one as its exact bytes.

    \b
    Examples:
      ledger show 17
      ledger show 17 20-25
      ledger show 17 --raw | sha256sum
    """
    from ledger.tlog.merkle import leaf_hash

    with viewing(session, on, known_at, form) as view:
        wanted = _positions(positions, view.known_at)
        if raw and len(wanted) > 1:
            raise click.UsageError("--raw shows one entry.")
        read = [(position, _bytes(view, position)) for position in wanted]
        if raw:
            put_raw(read[0][1])
            say_line(f"leaf hash {leaf_hash(read[0][1]).hex()}", err=True)
            return
        facts = [_facts(view, position, data) for position, data in read]
        if view.form == "json" and len(facts) > 1:
            document = {"as_of": view.stamp().plain(), "rows": facts}
            say(json.dumps(document, ensure_ascii=False, indent=2))
            return
        for each in facts:
            show_facts(each, view.form, view.stamp(), f"entry {each['position']}")


def _positions(texts: Iterable[str], size: int) -> list[int]:
    from ledger.application.void_targets import positions_of

    ranges = [positions_of(text, size) for text in texts]
    if sum(map(len, ranges)) > MOST:
        raise click.UsageError(f"At most {MOST} entries are shown at once; 'ledger log' lists more.")
    return [position for each in ranges for position in each]


def _bytes(view: View, position: int) -> bytes:
    from projections.history.checked import checked_bytes

    data = checked_bytes(view.ledger.store, position) if 0 < position <= view.known_at else None
    if data is None:
        raise BeyondHead(position, view.known_at)
    return data


def _facts(view: View, position: int, data: bytes) -> dict[str, Any]:
    from ledger.domain.voiding import EntryVoided
    from ledger.format.entry import read
    from ledger.tlog.merkle import leaf_hash
    from projections.history.entry_rows import EntryRows, in_words, stated
    from projections.history.party_names import KnownReferences, mentioned_parties

    entry, envelope, names = read(data), json.loads(data), party_names(view)
    rows = EntryRows(view.ledger, view.known_at, names)
    members = {name: value for name, value in msgspec.to_builtins(entry.event).items() if name != "type"}
    meaning = " ".join((entry.event.__doc__ or "").split())
    kept = {name: envelope[name] for name in envelope if name not in ("event", "v")}
    voided_by = rows.voided_by(position, entry)
    stands: dict[str, Any] = {"stands": "yes" if voided_by is None else _voided(view, voided_by)}
    leaf = {"leaf hash": leaf_hash(data).hex()}
    if view.form == "json":
        facts = {"position": position, "what": meaning, **kept, "type": entry.event.tag(), **members, **leaf, **stands}
        return facts | {"says": rows.says(entry), "voided_by": voided_by}
    refs = KnownReferences(mentioned_parties([entry.event]))
    shown = (
        {"says": rows.says(entry)}
        if isinstance(entry.event, EntryVoided)
        else {label: names.add_to(in_words(value), refs) for label, value in stated(entry.event).items()}
    )
    envelope_shown = {label: in_words(value) for label, value in kept.items()}
    facts = {"position": str(position), "type": entry.event.tag(), **shown, **stands, **envelope_shown}
    return facts | {"meaning": meaning, **leaf}


def _voided(view: View, position: int) -> str:
    void = view.ledger.entry(position)
    reason = getattr(void.event, "reason", "")
    return f"no: it is voided by entry {position}, {void.recorded_at[:10]}, {void.actor}: {reason}"
