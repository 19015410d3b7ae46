"""Value types that the passes over a log take and return (ledger.verify.sequential, ledger.verify.fast_path)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

COLUMNS = ("stream", "version", "recorded_at", "effective_on", "actor", "command", "type")
"""The columns that repeat a member of the envelope; the last repeats that of the event."""
SHARED = ("recorded_at", "effective_on", "actor", "command")
"""The members that all entries of a command have in common."""
OPENING = "ledger.opened"
VOID = "entry.voided"
REVOKED = "was revoked"
KEY_EVENTS = {
    "key.added": (("vkey", "was added", False),),
    "key.rotated": (("old", "was replaced", True), ("new", "was added", False)),
    "key.retired": (("vkey", "was retired", True),),
    "key.revoked": (("vkey", REVOKED, True),),
}
"""Key statements by event type: the member with the key, what happened to it, and whether it stops signing."""
OBSERVED_TYPES = frozenset((OPENING, VOID, *KEY_EVENTS))
"""Event types that verification itself interprets."""


AHEAD = timedelta(days=1)
"""Largest accepted time, of an entry or of a cosignature, ahead of the clock of who verifies."""


def written(moment: datetime) -> str:
    """Return a moment as entries have it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def latest_moment() -> str:
    """Return the latest time of recording that is accepted now."""
    now = datetime.now(UTC)
    end = datetime.max.replace(tzinfo=UTC)
    return written(end if now > end - AHEAD else now + AHEAD)


class StoredHead(NamedTuple):
    """The head as it is stored, not yet verified."""

    size: int
    recorded_at: str
    hashes: bytes
    root: bytes


class Bound(NamedTuple):
    """Entries up to `size` were recorded by `until` at the latest; `why` names the evidence."""

    size: int
    until: str
    why: str


class KeyStatement(NamedTuple):
    """A statement of an entry about a key: the key, what happened to it, and whether it stops signing."""

    position: int
    key: str
    what: str
    ends: bool


class Observations(NamedTuple):
    """The observations of a pass: the log's origin, size and root, and what the checkpoints need."""

    origin: str | None
    size: int
    root: bytes
    roots: Mapping[int, bytes]
    """The root of the log at each requested size that the log reached."""
    moments: Mapping[int, str]
    """Recording times of the entries at these sizes, and of the entries after them."""
    keys: list[KeyStatement]


class PreviousEntry(NamedTuple):
    """The previous entry: position, (part, parts), and the envelope members that its command shares."""

    position: int
    part: tuple[int, int]
    shared: tuple[str, ...]


def tightest_bounds(bounds: Iterable[Bound]) -> list[Bound]:
    """Return the bounds that are earlier than every bound of a larger size, from the largest size down."""
    tight: list[Bound] = []
    for bound in sorted(bounds, key=lambda bound: (-bound.size, bound.until)):
        if not tight or bound.until < tight[-1].until:
            tight.append(bound)
    return tight


def key_statements(position: int, event: dict[str, Any]) -> Iterator[KeyStatement]:
    """Yield the statements of an event about keys."""
    for member, what, ends in KEY_EVENTS.get(event["type"], ()):
        if isinstance(event.get(member), str):
            yield KeyStatement(position, event[member], what, ends)


def origin_of(event: dict[str, Any]) -> str | None:
    """Return the origin in an opening event, if it has one."""
    origin = event.get("origin")
    return origin if isinstance(origin, str) else None


def is_void_of_earlier(event: dict[str, Any], version: int) -> bool:
    """Return whether a void, at this version of its stream, names an earlier version (step 11)."""
    target = event.get("version")
    return type(target) is int and 0 < target < version
