"""Ways to rewrite the entries of a published folder, with right tiles, and to sign its checkpoint afterwards."""

import json
from collections.abc import Callable
from typing import Any

from tests.attacks.forger import canonical
from tests.attacks.notary import STOLEN
from tests.attacks.site import Attack, Change, Site

Signing = Callable[[Site, str], object]
"""Writes the checkpoint after the entries changed, given its new text."""


def kept(site: Site, text: str) -> None:
    """Leave the checkpoint unchanged."""


def with_old_signatures(site: Site, text: str) -> None:
    """Write the new text above the old signatures."""
    site.state(text, site.signatures)


def by_a_stranger(site: Site, text: str) -> None:
    """Sign with a key of the same name that no reader knows."""
    site.sign(text, STOLEN)


def by_a_thief(site: Site, text: str) -> None:
    """Sign with the stolen key of the log; no witness cosigns."""
    site.sign(text, witnesses=())


def with_old_cosignatures(site: Site, text: str) -> None:
    """Sign with the stolen key, above the old cosignatures."""
    old = site.signatures[1:]
    site.sign(text, witnesses=())
    site.state(text, [*site.signatures, *old])


def by_all(site: Site, text: str) -> None:
    """Let everybody sign."""
    site.sign(text)


def rewritten(change: Change, signing: Signing) -> Attack:
    """Change entries, and compute all tiles again."""

    def work(site: Site) -> None:
        entries = site.entries()
        change(entries)
        signing(site, site.put(entries))

    return work


def edited(position: int, old: bytes, new: bytes) -> Change:
    """Exchange bytes of an entry."""

    def change(entries: list[bytes]) -> None:
        assert old in entries[position - 1]
        entries[position - 1] = entries[position - 1].replace(old, new, 1)

    return change


def members(position: int, **exchanged: Any) -> Change:
    """Exchange members of an entry; None removes one."""

    def change(entries: list[bytes]) -> None:
        entry = {**_read(entries[position - 1]), **exchanged}
        entries[position - 1] = canonical({name: value for name, value in entry.items() if value is not None})

    return change


def appended(*events: dict[str, Any], **exchanged: Any) -> Change:
    """Append entries to the stream of party B, or of another, each in a command of its own."""

    def change(entries: list[bytes]) -> None:
        for event in events:
            last = _read(entries[-1])
            stream = exchanged.get("stream", "party/B")
            version = sum(_read(entry)["stream"] == stream for entry in entries) + 1
            entry = {**last, "stream": stream, "version": version, "command": f"forged-{len(entries)}", "part": [1, 1]}
            entries.append(canonical({**entry, "event": event, **exchanged}))

    return change


def _read(data: bytes) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads(data)
    return entry


def swap(first: int, second: int) -> Change:
    """Exchange two entries."""

    def change(entries: list[bytes]) -> None:
        entries[first - 1], entries[second - 1] = entries[second - 1], entries[first - 1]

    return change


def delete(first: int, last: int) -> Change:
    """Remove entries; later ones move up."""
    return lambda entries: entries.__delitem__(slice(first - 1, last))


def double(position: int) -> Change:
    """Duplicate an entry."""
    return lambda entries: entries.insert(position, entries[position - 1])


def wrong(change: Change) -> Attack:
    """Change entries, and let everybody sign."""
    return rewritten(change, by_all)
