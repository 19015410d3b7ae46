"""Histories of any size from a seed: a story (see stories/), copied for many organizations.

Each entry of the story is split at the names that identify an organization. Joined again with the tag of a copy, it is
an entry of that copy. This way millions of entries are written as fast as a store accepts them, and the log verifies.
Entries that a log has only once (settings, rates, keys) are not copied.
"""

import shutil
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.domain.organisation.settings import OpenLedger
from ledger.format.entry import read
from ledger.format.name_keys import name_key
from ledger.stores.log_reader import EntryRow
from ledger.stores.log_writer import StoredEntry
from ledger.stores.sqlite.creation import create
from stories import record

YEARS = range(2021, 2026)
MARK = "\ue000"
"""The placeholder for the tag of a copy; no story has it (it is a private-use character)."""
PLACE = 4_503_599_627_370_496
"""The placeholder for a position in a copy."""
COPIED = ("party", "engagement", "disclosure")
BATCH = 10_000


class Cut(NamedTuple):
    """A text or bytes, split where the tag of a copy belongs."""

    parts: list[Any]

    def of(self, tag: Any) -> Any:
        """Return the text or bytes with the tag of a copy."""
        return tag.join(self.parts)


class Template(NamedTuple):
    """An entry of the story, ready to be copied."""

    position: int
    stream: Cut
    version: int
    type: str
    recorded_at: str
    effective_on: str
    actor: str
    command: Cut
    data: Cut
    names: list[Cut]
    mentions: list[Cut]
    place: int
    """The position that the entry refers to; 0 if there is none."""
    is_copied: bool

    def entry(self, tag: str, place: int) -> StoredEntry:
        """Return the entry of a copy; `place` is the position that it refers to."""
        data: bytes = self.data.of(tag.encode())
        if self.place:
            data = data.replace(str(PLACE).encode(), str(place).encode())
        return StoredEntry(
            self.stream.of(tag), self.version, self.type, data, self.recorded_at, self.effective_on, self.actor,
            self.command.of(tag), tuple(cut.of(tag) for cut in self.names), tuple(cut.of(tag) for cut in self.mentions),
        )  # fmt: skip


class _Cutter:
    """Splits entries at the names that identify an organization."""

    def __init__(self, streams: Iterable[str]) -> None:
        kinds = (stream.partition("/") for stream in streams)
        self.refs = {name for kind, _, name in kinds if kind in COPIED}

    def template(self, row: EntryRow) -> Template:
        entry = msgspec.json.decode(row.data)
        is_copied = row.stream.partition("/")[0] in COPIED
        place = 0
        if is_copied:
            entry["stream"] += MARK
            entry["command"] += MARK
            entry["event"] = self._marked(entry["event"], row.type.startswith("party."))
            if "as_of" in entry["event"]:
                place, entry["event"]["as_of"]["position"] = entry["event"]["as_of"]["position"], PLACE
        data = msgspec.json.encode(entry, order="sorted")
        event = read(data).event
        return Template(
            row.position, _cut(entry["stream"]), row.version, row.type, row.recorded_at, row.effective_on, row.actor,
            _cut(entry["command"]), Cut(data.split(MARK.encode())),
            [_cut(name_key(name)) for name in dict.fromkeys(event.names())],
            [_cut(target) for target in dict.fromkeys(event.mentions())],
            place, is_copied,
        )  # fmt: skip

    def _marked(self, value: Any, of_party: bool, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self._marked(member, of_party, key) for key, member in value.items()}
        if isinstance(value, list):
            return [self._marked(member, of_party, name) for member in value]
        is_name = isinstance(value, str) and (
            value in self.refs or name == "correction" or (of_party and name in ("name", "alias", "id"))
        )
        return value + MARK if is_name else value


def _cut(text: str) -> Cut:
    return Cut(text.split(MARK))


def grow(folder: Path, entries: int, seed: int = 1, engagements: int = 400) -> str:
    """Create a ledger of at least `entries` entries in `folder`, unless it exists, and return its URL."""
    folder.mkdir(parents=True, exist_ok=True)
    path, done = (
        folder / f"history-{seed}-{engagements}-{entries}.db",
        folder / f"history-{seed}-{engagements}-{entries}.done",
    )
    url = f"sqlite:///{path}"
    if done.exists():
        return url
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    templates = _templates(folder, seed, engagements)
    create(url)
    _fill(url, templates, entries)
    done.touch()
    return url


def _templates(folder: Path, seed: int, engagements: int) -> list[Template]:
    story = folder / f"story-{seed}-{engagements}.db"
    if not story.exists():
        half = folder / "half"
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        record(f"sqlite:///{half}/story.db", seed, engagements, YEARS)
        shutil.copytree(half / "attachments", folder / "attachments", dirs_exist_ok=True)
        (half / "story.db").rename(story)
    ledger = open_ledger(f"sqlite:///{story}")
    try:
        rows = list(ledger.store.rows())
    finally:
        ledger.close()
    cutter = _Cutter(row.stream for row in rows)
    return [cutter.template(row) for row in rows]


def _fill(url: str, templates: list[Template], entries: int) -> None:
    once = sum(1 for template in templates if not template.is_copied)
    copies = max(1, -(-(entries - once) // (len(templates) - once)))
    tags = [f".{copy}" for copy in range(copies)]
    ledger = open_ledger(url)
    try:
        waiting: list[list[StoredEntry]] = []
        size = 0
        for command in _copies(templates, tags):
            waiting.append(command)
            size += len(command)
            if size >= BATCH:
                _write(ledger, waiting)
                waiting, size = [], 0
        _write(ledger, waiting)
    finally:
        ledger.close()


def _copies(templates: list[Template], tags: list[str]) -> Iterator[list[StoredEntry]]:
    """Yield the entries of each command, copy by copy."""
    positions: dict[int, int] = {}
    position = 0
    for _, group in groupby(templates, attrgetter("command")):
        command = list(group)
        for tag in tags if command[0].is_copied else ("",):
            yield [template.entry(tag, positions.get(template.place, 0)) for template in command]
            position += len(command)
            positions.update({template.position: position for template in command})


def _write(ledger: Ledger, commands: list[list[StoredEntry]]) -> None:
    with ledger.store.writing():
        first = ledger.store.head().size + 1
        ledger.store.append([entry for command in commands for entry in command])
        for command in commands:
            ledger.store.remember(command[0].command, b"", first, len(command))
            first += len(command)


def opening() -> OpenLedger:
    """Return the first command of a ledger in which a row of the benchmarks records."""
    return OpenLedger(origin="example.org/benchmark", reporting_currency="USD", organization="Benchmark Organization")
