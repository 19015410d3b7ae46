"""What the pass over the entries (ledger.verify.sequential) is told, and what it notes for those who ask later."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

COLUMNS = ("stream", "version", "recorded_at", "effective_on", "actor", "command", "type")
"""The columns that repeat a member of the envelope; the last repeats that of the event."""
SHARED = ("recorded_at", "effective_on", "actor", "command")
"""The members that all entries of a command have in common."""
OPENING = "ledger.opened"
VOID = "entry.voided"
KEY_EVENTS = {
    "key.added": (("vkey", "was added", False),),
    "key.rotated": (("old", "was replaced", True), ("new", "was added", False)),
    "key.retired": (("vkey", "was retired", True),),
    "key.revoked": (("vkey", "was revoked", True),),
}
"""What entries say of keys: in which member, and whether the key signs no more."""
OBSERVED_TYPES = frozenset((OPENING, VOID, *KEY_EVENTS))
"""Types of event that say something to verification itself."""


class StoredHead(NamedTuple):
    """The head as it is stored, unchecked."""

    size: int
    recorded_at: str
    hashes: bytes
    root: bytes


class Bound(NamedTuple):
    """Entries up to `size` were recorded by `until` at the latest, as `why` tells."""

    size: int
    until: str
    why: str


class KeyStatement(NamedTuple):
    """What an entry says of a key: which, in words what became of it, and whether it signs no more."""

    position: int
    key: str
    what: str
    ends: bool


class Observations(NamedTuple):
    """What was seen of a log: what it calls itself, how long it is, and what was asked for besides."""

    origin: str | None
    size: int
    root: bytes
    roots: Mapping[int, bytes]
    """The root of the log at the sizes that were asked for, as far as the log has them."""
    moments: Mapping[int, str]
    """When the entries at these sizes, and those after them, were recorded."""
    keys: list[KeyStatement]


class PreviousEntry(NamedTuple):
    """Of the entry before: its position, its part of its command, and what the entries of that have in common."""

    position: int
    part: tuple[int, int]
    shared: tuple[str, ...]


def tightest_bounds(bounds: Iterable[Bound]) -> list[Bound]:
    """Return, from the largest size down, only what is tighter than what holds already; the smallest size is last."""
    found: list[Bound] = []
    for one in sorted(bounds, key=lambda bound: (-bound.size, bound.until)):
        if not found or one.until < found[-1].until:
            found.append(one)
    return found


def key_statements(position: int, event: dict[str, Any]) -> Iterator[KeyStatement]:
    """Yield what an event says of keys."""
    for member, what, ends in KEY_EVENTS.get(event["type"], ()):
        if isinstance(event.get(member), str):
            yield KeyStatement(position, event[member], what, ends)


def origin_of(event: dict[str, Any]) -> str | None:
    """Return what the event that opens a ledger calls it, if it says so."""
    origin = event.get("origin")
    return origin if isinstance(origin, str) else None


def is_void_of_earlier(event: dict[str, Any], version: int) -> bool:
    """Return whether a void, of this version of its stream, names an earlier one (step 11)."""
    target = event.get("version")
    return type(target) is int and 0 < target < version
