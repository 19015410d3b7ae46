"""Entries built without the domain: a store knows only streams, versions, columns and the form of an entry."""

import json

from ledger.stores.log_store import LogStore
from ledger.stores.log_writer import StoredEntry


def row(stream: str, version: int, text: str = "", **members: object) -> StoredEntry:
    """Return an entry; the values that are not given follow from stream and version."""
    given: dict[str, object] = {
        "topic": "party.registered" if version == 1 else "party.renamed",
        "recorded_at": "2026-01-15T12:00:00.000000Z",
        "effective_on": "2026-01-01",
        "actor": "staff/1",
        "command": "c-1",
        **members,
    }
    given.setdefault("state", written(stream, version, text, **given))
    return StoredEntry(originator_id=stream, originator_version=version, **given)  # type: ignore[arg-type]


def written(stream: str, version: int, text: str, **columns: object) -> bytes:
    """Return the bytes of an entry with these columns, whose event is its type and a text."""
    envelope = {name: columns[name] for name in ("recorded_at", "effective_on", "actor", "command")}
    event = {"text": text, "type": columns["topic"]}
    entry = {**envelope, "event": event, "part": [1, 1], "stream": stream, "v": 1, "version": version}
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def rows(stream: str, first: int, last: int) -> list[StoredEntry]:
    """Return consecutive versions of a stream."""
    return [row(stream, version) for version in range(first, last + 1)]


SIDE = ("names", "mentions", "commands", "tiles")


def everything(store: LogStore) -> dict[str, object]:
    """Return the whole content of a store, to compare before and after."""
    head = store.head()
    return {
        "head": (head.size, head.recorded_at, head.root, head.tree.to_bytes()),
        "rows": list(store.rows()),
        **{table: list(store.side_rows(table)) for table in SIDE},
    }
