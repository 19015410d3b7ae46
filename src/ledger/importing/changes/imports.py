"""The imports of a ledger: which files came in, what of them still stands, and what takes one back.

An import is what one person recorded from one file by one profile. One that was interrupted and continued is one;
where a row of the file was recorded again, after another file had changed it or the import was undone, another begins.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ledger.application import request
from ledger.application.ledger import Ledger
from ledger.application.void_targets import UNDO_IMPORT, Standing
from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.party.party import PartyRegistered
from ledger.domain.voiding import EntryVoided
from ledger.format.entry import Entry, read
from ledger.stores.log_reader import EntryRow

MARK = "import:"
"""What the ids of commands begin with that come from rows of a file."""
PARTS = 3
"""The least number of colons in such an id."""
CHUNK = 10_000
"""How many entries are read at once."""
DIGEST = 32
"""The number of digits of a file's SHA-256 in the ids of commands."""


class UnknownImport(LedgerError):
    """The ledger has no import with this number."""

    code = "unknown-import"
    exit = USAGE

    def __init__(self, number: int, last: int) -> None:
        """Refuse `number`, where `last` is the number of the last import."""
        has = f"the last one is {last}" if last else "nothing was imported yet"
        super().__init__(f"There is no import {number}: {has}.", "'ledger imports' lists them.")


class ImportUndone(LedgerError):
    """Nothing of an import stands any more."""

    code = "import-undone"

    def __init__(self, number: int) -> None:
        """Refuse to undo import `number` again."""
        super().__init__(
            f"Nothing of import {number} stands any more.",
            "Undone, its file may be imported again; if it was voided by hand, void those voids, then undo it.",
        )


@dataclass(slots=True)
class FileImport:
    """One import, numbered from 1 in the order of the log. `standing` counts its entries that are not voided."""

    number: int
    first: int
    recorded_at: str
    actor: str
    profile: str
    sha256: str
    rows: int = 0
    entries: int = 0
    standing: int = 0
    ranges: list[tuple[int, int]] = field(default_factory=list)

    @property
    def positions(self) -> Iterator[int]:
        """The positions of its entries, in order."""
        return (position for first, last in self.ranges for position in range(first, last + 1))

    @property
    def places(self) -> str:
        """The positions of its entries as text, such as `2-704, 709`."""
        return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in self.ranges)

    def add(self, position: int, *, is_standing: bool) -> None:
        """Count an entry."""
        self.entries += 1
        self.standing += is_standing
        if self.ranges and self.ranges[-1][1] == position - 1:
            self.ranges[-1] = (self.ranges[-1][0], position)
        else:
            self.ranges.append((position, position))


class _Id:
    """The parts of the id of a command that came from a row: `import:PROFILE:DIGEST:ROW[/PART][:COUNT]`."""

    __slots__ = ("file", "profile", "row", "row_part")

    def __init__(self, command: str) -> None:
        _, self.profile, digest, self.row_part, *_ = f"{command}:".split(":")
        self.file = f"{self.profile}:{digest}"
        self.row = self.row_part.partition("/")[0]


class _Collector:
    """Sorts entries of the log into imports, in order of position."""

    def __init__(self, voided: dict[str, set[int]]) -> None:
        self.found: list[FileImport] = []
        self._voided = voided
        self._open: dict[str, tuple[FileImport, set[str]]] = {}
        self._last: tuple[str, str, str] = ("", "", "")
        self._commands: dict[str, str] = {}
        """The commands of the row that is being read, by its parts."""

    def add(self, entry: EntryRow) -> None:
        if entry.command.startswith(UNDO_IMPORT):
            self._open.pop(":".join(entry.command.removeprefix(UNDO_IMPORT).split(":")[:2]), None)
        elif entry.command.startswith(MARK) and entry.command.count(":") >= PARTS:
            self._add_row(entry, _Id(entry.command))

    def _add_row(self, entry: EntryRow, given: _Id) -> None:
        place = (given.file, given.row, entry.recorded_at)
        is_same = place == self._last and self._commands.get(given.row_part, entry.command) == entry.command
        found, rows = self._open.get(given.file, (None, set[str]()))
        if not is_same:
            self._last, self._commands = place, {}
            if found is None or given.row in rows or found.actor != entry.actor:
                found, rows = self._start(entry, given), set()
                self._open[given.file] = found, rows
            rows.add(given.row)
            found.rows += 1
        self._commands[given.row_part] = entry.command
        assert found is not None
        found.add(entry.position, is_standing=entry.version not in self._voided.get(entry.stream, ()))

    def _start(self, entry: EntryRow, given: _Id) -> FileImport:
        source = read(entry.data).source
        sha256 = source.sha256 if source else ""
        number = len(self.found) + 1
        started = FileImport(number, entry.position, entry.recorded_at, entry.actor, given.profile, sha256)
        self.found.append(started)
        return started


def imports(ledger: Ledger) -> list[FileImport]:
    """Return all imports of a ledger, in the order of the log. Raises BadEntry."""
    collector = _Collector(_voided(ledger))
    for entry in _rows(ledger):
        collector.add(entry)
    return collector.found


def _rows(ledger: Ledger) -> Iterator[EntryRow]:
    size = ledger.store.head().size
    for first in range(1, size + 1, CHUNK):
        yield from ledger.store.rows(first, min(size, first + CHUNK - 1))


def find_import(ledger: Ledger, number: int) -> FileImport:
    """Return the import with this number. Raises UnknownImport, BadEntry."""
    found = imports(ledger)
    if not 0 < number <= len(found):
        raise UnknownImport(number, len(found))
    return found[number - 1]


def undo_id(profile: str, sha256: str) -> str:
    """Return a new id for the command that takes back an import of this file by this profile."""
    return f"{UNDO_IMPORT}{profile}:{sha256[:DIGEST]}:{request.new_id()}"


def undo_id_of(ledger: Ledger, positions: Iterable[int]) -> str | None:
    """Return the id of the command that takes these entries back, if all of them are of one import; else None."""
    entries = map(ledger.entry, positions)
    files = {(_Id(entry.command).profile, entry.source.sha256) if _is_row(entry) and entry.source else None
             for entry in entries}  # fmt: skip
    file = files.pop() if len(files) == 1 else None
    return undo_id(*file) if file else None


def _is_row(entry: Entry) -> bool:
    return entry.source is not None and entry.command.startswith(MARK)


def to_undo(ledger: Ledger, chosen: FileImport) -> tuple[list[int], list[str]]:
    """Return the positions to void, so that an import no longer counts, and the parties that stay registered.

    A party stays if entries that are not of the import refer to it. Raises ImportUndone.
    """
    standing = Standing(ledger)
    targets = standing.of(chosen.positions)
    if not targets:
        raise ImportUndone(chosen.number)
    own, kept, void = set(targets), [], []
    for position in targets:
        entry = ledger.entry(position)
        if isinstance(entry.event, PartyRegistered) and _is_referred(ledger, standing, entry.stream, own):
            kept.append(entry.stream.partition("/")[2])
        else:
            void.append(position)
    if not void:
        raise ImportUndone(chosen.number)
    return void, kept


def _is_referred(ledger: Ledger, standing: Standing, stream: str, own: set[int]) -> bool:
    others = (position for position in ledger.store.referrers(stream) if position not in own)
    return any(entry in standing for entry in map(ledger.entry, others) if not isinstance(entry.event, EntryVoided))


def _voided(ledger: Ledger) -> dict[str, set[int]]:
    """Return the versions of each stream that a void in force cancels."""
    voids: dict[str, list[tuple[int, int]]] = {}
    for row in _rows(ledger):
        if row.type == EntryVoided.tag():
            event = read(row.data).event
            assert isinstance(event, EntryVoided)
            voids.setdefault(row.stream, []).append((row.version, event.version))
    gone: dict[str, set[int]] = {}
    for stream, of_stream in voids.items():
        taken_back = gone[stream] = set[int]()
        for version, target in reversed(of_stream):
            if version not in taken_back:
                taken_back.add(target)
    return gone
