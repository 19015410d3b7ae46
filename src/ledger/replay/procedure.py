"""The steps of the auditor's procedure that need to know what entries mean (the others: ledger.verify.procedure).

- 12. Each entry is an event that this software knows, in its one encoding, in a stream of its kind; its values are in
  their forms.
- 13. Each entry was possible in the state that the entries before it give, and what it refers to existed. After each
  command's voids, the remaining entries of the streams are possible, and none of them refers to a voided entry.
- 14. The indexes of names and references match the entries.
- 15. The content of every attached document is stored, and matches its SHA-256.
- 17. The keys in entries are keys of this ledger, and both keys signed each rotation.

A fast path in several processes comes first (ledger.replay.parallel). Only if it cannot confirm the log, apart from
attached files, does a replay of the whole log in order of position report what is wrong.
"""

from collections.abc import Callable, Iterable
from typing import Any

from ledger.application.ledger import Ledger
from ledger.domain.dates import day_after
from ledger.domain.engagement.oversight.documents import DocumentAttached
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Event, Fact, State
from ledger.domain.party.merging import PartyMerged, leads_back
from ledger.domain.registry import new_state
from ledger.domain.voiding import EntryVoided, StandingFacts
from ledger.files.attachments import Attachments
from ledger.format.entry import Entry, decode
from ledger.format.name_keys import name_key
from ledger.replay.attachments import check_attached
from ledger.replay.keys import KeyCheck
from ledger.replay.parallel import replay_fast
from ledger.replay.refold import Refolds
from ledger.replay.values import place_fault, value_fault
from ledger.verify.findings import Finding
from ledger.verify.log_source import readable


class _ReplayedStream:
    """A replayed stream: its state, and its facts with their positions, by version."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.state: State = new_state(name)
        self.facts: dict[int, Fact] = {}
        self.standing = StandingFacts()
        self.refolds = Refolds()
        self.positions: dict[int, int] = {}
        self.broken: set[int] = set()
        self.back: set[int] = set()
        """What counts again since the first of the voids that are settled together."""

    def referable(self) -> set[str]:
        """Return the names that entries may refer to: the stream and its parts, if it exists."""
        return {self.name, *(f"{self.name}|{part}" for part in self.state.parts())} if self.state.exists else set()

    def add(self, fact: Fact) -> None:
        """Add a fact, which counts until it is voided."""
        gone, back = self.standing.add(fact)
        self.facts[fact.version] = fact
        self.back.difference_update(gone)
        self.back.update(back)


class _Replay:
    """The replay of the whole log, with the facts of all streams in memory."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.names: set[tuple[str, str, int]] = set()
        self.mentions: set[tuple[str, int]] = set()
        self.unknown: set[int] = set()
        self._streams: dict[str, _ReplayedStream] = {}
        self._referrers: dict[str, list[tuple[_ReplayedStream, int]]] = {}
        self._attached: list[tuple[int, _ReplayedStream, Fact]] = []
        self._key_check = KeyCheck()
        self._command = ""
        self._voiding: dict[str, set[str]] = {}
        self._referable: dict[str, set[str]] = {}
        """What could be referred to in a stream before any of its voids."""
        self._broken_mentions: set[tuple[int, str]] = set()

    def report(self, code: str, position: int | None, what: str) -> None:
        """Record a finding."""
        self.findings.append(Finding.of(code, position, what))

    def add(self, position: int, data: bytes) -> None:
        """Replay one entry: steps 12 and 13."""
        entry = self._decoded(position, data)
        if entry is None:
            self.unknown.add(position)
            return
        if entry.command != self._command or not isinstance(entry.event, EntryVoided):
            self.settle_voids()
        self._command = entry.command
        self._note(position, entry)
        stream = self._streams.get(entry.stream)
        if stream is None:
            stream = self._streams[entry.stream] = _ReplayedStream(entry.stream)
        if isinstance(entry.event, EntryVoided):
            self._void(position, stream, entry.event.version)
        else:
            self._apply(position, stream, entry)
        stream.add(entry.fact)
        stream.positions[entry.version] = position
        if isinstance(entry.event, DocumentAttached):
            self._attached.append((position, stream, entry.fact))

    def _decoded(self, position: int, data: bytes) -> Entry | None:
        if type(data) is not bytes:  # a table that was created again may lack types
            self.report("unknown-entry", position, "its bytes are missing")
            return None
        try:
            entry = decode(data)  # 12
            new_state(entry.stream)
        except (LedgerError, KeyError) as error:
            self.report("unknown-entry", position, str(error))
            return None
        if fault := place_fault(entry):
            self.report("unknown-entry", position, fault)
            return None
        if fault := value_fault(entry, position):
            self.report("bad-value", position, f"{entry.event.tag()}: {fault}")
            return None
        return entry

    def _apply(self, position: int, stream: _ReplayedStream, entry: Entry) -> None:
        tag, fact = entry.event.tag(), entry.fact
        stream.refolds.clear()
        try:
            if not entry.event.ahead and entry.effective_on > day_after(entry.recorded_at[:10]):  # 13
                self.report("impossible", position, f"{tag}: {entry.effective_on} is after the day it was recorded")
            entry.event.validate(stream.state, fact)
            entry.event.evolve(stream.state, fact)
        except Exception as error:  # noqa: BLE001 - what no rule foresaw is not possible either
            stream.broken.add(entry.version)
            self.report("impossible", position, f"{tag}: {_sentence(error)}")
        if fault := self._key_check.fault(entry.event):  # 17
            self.report("bad-key-entry", position, f"{tag}: {fault}")
        self._check_merge(position, stream, entry.event)
        for target in dict.fromkeys(entry.event.mentions()):
            self._referrers.setdefault(target, []).append((stream, entry.version))
            if not self._exists(target):
                self.report("mention-of-nothing", position, f"{tag} refers to {target}, which is not in force")

    def _check_merge(self, position: int, stream: _ReplayedStream, event: Event) -> None:
        if isinstance(event, PartyMerged) and leads_back(stream.name, self._state):
            self.report("impossible", position, f"{event.tag()}: {stream.name} would be merged into itself")

    def _state(self, name: str) -> State:
        return self._streams[name].state if name in self._streams else new_state(name)

    def _void(self, position: int, stream: _ReplayedStream, version: int) -> None:
        if stream.name not in self._voiding:
            self._voiding[stream.name] = stream.referable()
            stream.back.clear()
        target = stream.facts.get(version)
        if target is None:  # step 11 found that
            return
        if target.event.unvoidable:
            self.report("impossible", position, f"{target.event.tag()} cannot be voided: {target.event.unvoidable}")
        elif stream.standing.is_voided(version):
            self.report("impossible", position, f"version {version} of {stream.name} is voided already")

    def settle_voids(self) -> None:
        """Check the streams without what a command voided; the voids of one command are checked together."""
        voiding, self._voiding = self._voiding, {}
        for name in voiding:
            self._check_rest(self._streams[name])
        for name, referable in voiding.items():
            stream = self._streams[name]
            self._referable.setdefault(name, set()).update(referable)
            for version in sorted(stream.back):
                self._check_merge(stream.positions[version], stream, stream.facts[version].event)
                for target in dict.fromkeys(stream.facts[version].event.mentions()):
                    if not self._exists(target):
                        self._report_mention(stream, version, target)

    def settle_mentions(self) -> None:
        """Check that nothing that counts refers to what was voided and not recorded again, as a correction does."""
        self.settle_voids()
        for name, referable in self._referable.items():
            for target in sorted(referable - self._streams[name].referable()):
                for referrer, version in self._referrers.get(target, ()):
                    if version in referrer.standing:
                        self._report_mention(referrer, version, target)

    def _report_mention(self, stream: _ReplayedStream, version: int, target: str) -> None:
        position, tag = stream.positions[version], stream.facts[version].event.tag()
        if (position, target) not in self._broken_mentions:
            self._broken_mentions.add((position, target))
            self.report("mention-of-nothing", position, f"{tag} refers to {target}, which was voided")

    def _check_rest(self, stream: _ReplayedStream) -> None:
        try:
            stream.state, broken = stream.refolds.state(stream.standing, new_state(stream.name))
        except Exception as error:  # noqa: BLE001 - what no rule foresaw is not possible either
            last = max(stream.positions.values())
            self.report(
                "impossible", last, f"without what was voided, {stream.name} is not possible: {_sentence(error)}"
            )
            return
        for fact, why in broken:
            if fact.version not in stream.broken:
                what = f"{fact.event.tag()}: without what was voided, it is not possible: {why}"
                self.report("impossible", stream.positions[fact.version], what)
        stream.broken = {fact.version for fact, _ in broken}

    def _exists(self, target: str) -> bool:
        name, _, part = target.partition("|")
        stream = self._streams.get(name)
        return stream is not None and stream.state.exists and (not part or part in stream.state.parts())

    def _note(self, position: int, entry: Entry) -> None:
        self.names.update((name_key(name), entry.stream, position) for name in entry.event.names())
        self.mentions.update((target, position) for target in entry.event.mentions())

    def check_attached(self, attachments: Attachments | None) -> None:
        """Check the stored files of attached documents."""
        attached = [  # 15
            (position, fact.event.content, fact.version in stream.standing)
            for position, stream, fact in self._attached
            if isinstance(fact.event, DocumentAttached)
        ]
        check_attached(attached, attachments, self.report)

    def process(self, entries: Iterable[tuple[int, bytes]], progress: Callable[[int], None] | None) -> None:
        """Replay entries in order of position; `progress` receives the number done."""
        for position, data in entries:
            self.add(position, data)
            if progress and not position % 1000:
                progress(position)
        self.settle_mentions()

    def compare(self, table: str, rows: Iterable[tuple[Any, ...]], expected: set[Any]) -> None:
        """Compare a side table with the entries. Rows of unknown entries are not compared."""
        stored = {row for row in rows if row[-1] not in self.unknown}  # 14
        for row in sorted(stored ^ expected, key=lambda row: (_position(row) or 0, repr(row))):
            what = f"the index lacks {row[0]!r}" if row in expected else f"the index has {row[0]!r}, the log does not"
            self.report(f"{table}-differ", _position(row), what)


def _position(row: tuple[Any, ...]) -> int | None:
    return row[-1] if type(row[-1]) is int else None


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, LedgerError) else f"{type(error).__name__}: {error}"


def replay_log(
    ledger: Ledger, progress: Callable[[int], None] | None = None, processes: int | None = None
) -> list[Finding]:
    """Check, in one snapshot, that every entry was possible, and that the indexes match the entries.

    A large log uses as many `processes` as there are cores, unless a number is given; the findings are the same.
    """
    with ledger.store.reading():
        findings = replay_fast(ledger.store, ledger.attachments, processes, progress)
        return _replay_in_order(ledger, progress) if findings is None else findings


def _replay_in_order(ledger: Ledger, progress: Callable[[int], None] | None) -> list[Finding]:
    replay, store = _Replay(), ledger.store
    replay.process(readable(store, store.entries(), "the entries from here on", replay.report), progress)
    replay.compare("names", readable(store, store.side_rows("names"), "the table names", replay.report), replay.names)
    mentions = readable(store, store.side_rows("mentions"), "the table mentions", replay.report)
    replay.compare("mentions", mentions, replay.mentions)
    replay.check_attached(ledger.attachments)
    return replay.findings


def replay_entries(
    entries: Iterable[tuple[int, bytes]], progress: Callable[[int], None] | None = None
) -> list[Finding]:
    """Check that every entry of a published log was possible: steps 12, 13 and 17, which need only entries."""
    replay = _Replay()
    replay.process(entries, progress)
    return replay.findings
