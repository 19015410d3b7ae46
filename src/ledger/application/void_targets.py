"""Which entries are taken back by a range of positions, a command, an import, or the last act of an actor.

Entries that are voided already are left out, and so is a void whose target is among the chosen: what is left are the
entries whose voids make the log count as if none of the chosen had been recorded.
"""

import re
import shlex
from collections.abc import Iterable, Iterator

from ledger.application.ledger import Ledger
from ledger.domain.disclosure.commands import BeyondHead
from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.voiding import EntryVoided, voided
from ledger.format.entry import Entry, read

UNDO = "undo:"
"""What the ids of commands begin with that took something back: the next undo passes over them."""
LEAST_DIGITS = 8
"""The fewest digits of a SHA-256 that name a file."""
_CHUNK = 500
_LINE = re.compile(r"(?P<file>.+):[0-9]+")
"""The id of a command that was recorded as one of several lines."""
_POSITIONS = re.compile(r"[\d\s,-]*")
_RANGE = re.compile(r"([0-9]{1,15})(?:-([0-9]{1,15}))?")


class BadPosition(LedgerError):
    """A text is neither a position nor a range of positions."""

    code = "bad-position"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text`."""
        super().__init__(
            f"'{text}' is neither a position nor a range of positions.",
            "Give a position like 17, or a range like 17-21; 'ledger log' shows them."
            + ("" if _POSITIONS.fullmatch(text) else f" A record has 'ledger history {shlex.quote(text)}'."),
        )


class NothingStands(LedgerError):
    """What was named has no entries that could be voided."""

    code = "nothing-stands"

    def __init__(self, what: str) -> None:
        """Say that nothing of `what` stands."""
        super().__init__(f"Nothing {what} stands that could be voided.", "'ledger log' shows what was recorded.")


def positions_of(text: str, size: int) -> range:
    """Return the positions in a text, `17` or `17-21`, of a log of `size`. Raises BadPosition, BeyondHead."""
    match = _RANGE.fullmatch(text.strip())
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not match or last < first:
        raise BadPosition(text)
    if not 0 < first <= last <= size:
        raise BeyondHead(last if first else first, size)
    return range(first, last + 1)


def of_command(ledger: Ledger, command: str) -> range:
    """Return the positions of a command by its id. Raises NothingStands."""
    recorded = ledger.store.recorded(command)
    if recorded is None or not recorded.count:
        raise NothingStands(f"of a command {command}")
    return range(recorded.first, recorded.first + recorded.count)


def of_import(ledger: Ledger, sha256: str) -> list[int]:
    """Return the positions of entries from the file whose SHA-256 begins with `sha256`. Raises NothingStands."""
    found: dict[str, list[int]] = {}
    for position, data in ledger.store.entries():
        if b'"source":{' in data and (source := read(data).source) is not None and source.sha256.startswith(sha256):
            found.setdefault(source.sha256, []).append(position)
    if len(found) != 1 or len(sha256) < LEAST_DIGITS:
        raise NothingStands(f"of one file with the SHA-256 {sha256}")
    return next(iter(found.values()))


class Standing:
    """Whether entries of a ledger stand; each stream is read once."""

    def __init__(self, ledger: Ledger) -> None:
        """Look at the present log."""
        self._ledger = ledger
        self._voided: dict[str, set[int]] = {}

    def __contains__(self, entry: Entry) -> bool:
        """Return whether no void in force cancels an entry."""
        if entry.stream not in self._voided:
            self._voided[entry.stream] = voided(self._ledger.facts(entry.stream))
        return entry.version not in self._voided[entry.stream]

    def of(self, positions: Iterable[int]) -> list[int]:
        """Return the entries to void, so that none of `positions` counts."""
        chosen = set(positions)
        kept = []
        for position in sorted(chosen):
            entry = self._ledger.entry(position)
            if entry in self and target_of(self._ledger, entry) not in chosen:
                kept.append(position)
        return kept


def of_last_act(ledger: Ledger, actor: str) -> list[int]:
    """Return the entries of the last act of an actor that stands, to be voided; what undid something is no act.

    An act is a command, a file of commands, or an import. Raises NothingStands.
    """
    standing, act, positions = Standing(ledger), None, []
    for position, entry in _backwards(ledger):
        if entry.actor != actor or entry.command.startswith(UNDO):
            continue
        if act is None and entry in standing:
            act = _act(entry)
        if act is not None and _act(entry) != act:
            break
        if act is not None:
            positions.append(position)
    if not positions:
        raise NothingStands(f"that {actor} recorded")
    return standing.of(positions)


def target_of(ledger: Ledger, entry: Entry) -> int:
    """Return the position of the entry that a void takes back; 0 if the entry is no void."""
    return ledger.position(entry.stream, entry.event.version) if isinstance(entry.event, EntryVoided) else 0


def _act(entry: Entry) -> str:
    if entry.source is not None:
        return entry.source.sha256
    line = _LINE.fullmatch(entry.command)
    return line["file"] if line else entry.command


def _backwards(ledger: Ledger) -> Iterator[tuple[int, Entry]]:
    last = ledger.store.head().size
    while last > 0:
        first = max(1, last - _CHUNK + 1)
        for position, data in reversed([*ledger.store.entries(first, last)]):
            yield position, read(data)
        last = first - 1
