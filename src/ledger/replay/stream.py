"""Fast path for steps 12 to 14 and 17: replay stream by stream, and confirm that every entry was possible.

Whether an entry is possible depends on its own stream, except for its references. So several processes replay streams
one after the other, and memory holds one stream at a time. The index of references says where other streams refer to
this one; it is checked to have the references of all entries, and no others.

The result is None unless everything is provably valid. Then the replay in order of position (ledger.replay.procedure)
reports what is wrong.

Consecutive voids of one command are checked together, once the last of them is applied.
"""

from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from ledger.domain.dates import day_after
from ledger.domain.engagement.oversight.documents import DocumentAttached
from ledger.domain.engagement.parts import Content
from ledger.domain.kernel import Event, Fact, State
from ledger.domain.party.merging import PartyMerged, leads_back
from ledger.domain.registry import new_state
from ledger.domain.voiding import EntryVoided, StandingFacts, fold, unvoided
from ledger.files.attachments import Attachments
from ledger.format.entry import Entry, decode
from ledger.format.name_keys import name_key
from ledger.replay.attachments import check_attached
from ledger.replay.keys import KeyCheck
from ledger.replay.refold import Refolds
from ledger.replay.values import place_fault, value_fault
from ledger.stores.log_auditor import LogAuditor
from ledger.verify.findings import Finding

END = "\x01"
"""`name + END` sorts after `name` and before any longer name: no name holds a control character."""

MAX_PARTS = 1 << 31
"""More parts than any command has: what states more is left to the checks of its envelope."""


class ReplayRequest(NamedTuple):
    """A task: replay the streams from name `first` until before `last`, up to position `size`."""

    first: str
    last: str
    size: int
    attachments: Attachments | None


class ReplayResult(NamedTuple):
    """The result for valid streams: counts to compare with the whole log, and findings on attached files."""

    entries: int
    names: int
    mentions: int
    """References that their entries make."""
    mentioned: int
    """References to them, from any entry."""
    findings: list[Finding]


class NotProvablyValid(Exception):  # never leaves this module
    """The streams cannot be confirmed as valid."""


def replay_streams(request: ReplayRequest, store: LogAuditor) -> ReplayResult | None:
    """Return the result for a range of streams, or None unless all are provably valid. Raises read errors."""
    totals = _Totals()
    try:
        with closing(store.by_stream(request.first, request.last, request.size)) as rows:
            for name, stream_rows in groupby(rows, itemgetter(0)):
                stream = _Stream(name, store, request.size)
                stream.replay(stream_rows)
                totals.add(stream)
    except NotProvablyValid:
        return None
    return totals.result(request.attachments, store)


class _Totals:
    """What remains of streams that are done: their index rows, attachments and counts."""

    def __init__(self) -> None:
        self.names: list[tuple[str, str, int]] = []
        self.mentions: list[tuple[str, int]] = []
        self.attached: list[tuple[int, Content, bool]] = []
        self.entries = self.mentioned = 0

    def add(self, stream: "_Stream") -> None:
        self.names += stream.names
        self.mentions += stream.mentions
        self.attached += stream.attached()
        self.entries += len(stream.facts)
        self.mentioned += len(stream.mentioned)

    def result(self, attachments: Attachments | None, store: LogAuditor) -> ReplayResult | None:
        indexed = store.names_found(self.names), store.mentions_found(self.mentions)
        if indexed != (len(self.names), len(self.mentions)):  # 14
            return None
        findings: list[Finding] = []
        check_attached(self.attached, attachments, lambda *what: findings.append(Finding.of(*what)))  # 15
        return ReplayResult(self.entries, len(self.names), len(self.mentions), self.mentioned, findings)


class _Stream:
    """One stream in replay."""

    def __init__(self, name: Any, store: LogAuditor, size: int) -> None:
        self.name, self.store = name, store
        self.state = _new_state(name)
        self.facts: list[Fact] = []
        self.standing = StandingFacts()
        self.refolds = Refolds()
        self.positions: list[int] = []
        self.names: list[tuple[str, str, int]] = []
        self.mentions: list[tuple[str, int]] = []
        self.mentioned = store.mentioned(name, size)
        self.checked_mentions = 0
        self.key_check = KeyCheck()
        self.voiding: _Voiding | None = None
        self.size = size
        self.referable: set[str] = set()
        """What could be referred to before any of the voids."""

    def replay(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Replay all entries. Raises NotProvablyValid."""
        for _, version, position, data in rows:
            entry = _decoded(position, data)  # 12
            if (entry.stream, entry.version, version) != (self.name, len(self.facts) + 1, entry.version):
                raise NotProvablyValid
            self._check_mentions(position)
            if isinstance(entry.event, EntryVoided):
                self._void(position, entry)
            else:
                self._settle_voids()
                self._apply(entry)
                self._check_merge(entry.event, position - 1)
            self._note(position, entry)
        self._check_mentions(None)
        self._settle_voids()
        self._check_gone()

    def _note(self, position: int, entry: Entry) -> None:
        if self.positions and position <= self.positions[-1]:
            raise NotProvablyValid
        self.facts.append(entry.fact)
        gone, back = self.standing.add(entry.fact)
        if self.voiding is not None:
            self.voiding.back.update(back)
            self.voiding.back.difference_update(gone)
        self.positions.append(position)
        self.names += {(name_key(name), self.name, position) for name in entry.event.names()}
        self.mentions += {(target, position) for target in entry.event.mentions()}

    def _apply(self, entry: Entry) -> None:
        event, fact = entry.event, entry.fact
        self.refolds.clear()
        try:
            if not event.ahead and entry.effective_on > day_after(entry.recorded_at[:10]):  # 13
                raise NotProvablyValid  # noqa: TRY301 - handled like any impossible entry
            event.validate(self.state, fact)
            event.evolve(self.state, fact)
        except Exception as error:  # what no rule foresaw is not possible either
            raise NotProvablyValid from error
        if self.key_check.fault(event):  # 17
            raise NotProvablyValid

    # References.

    def _check_mentions(self, before: int | None) -> None:
        """Check the references to this stream from positions before `before`. Raises NotProvablyValid."""
        while self.checked_mentions < len(self.mentioned):
            position, target = self.mentioned[self.checked_mentions]
            if before is not None and position >= before:
                return
            self._settle_voids()
            if not _exists(self.state, target):
                raise NotProvablyValid
            self.checked_mentions += 1

    # Voids.

    def _void(self, position: int, entry: Entry) -> None:
        assert isinstance(entry.event, EntryVoided)
        if self.voiding is not None and self.voiding.end < position:
            self._settle_voids()
        if self.voiding is None:
            end = _end_of_voids(position, entry, self.store)
            self.voiding = _Voiding(end, _referable(self.name, self.state), set())
            self.refolds.keep(self.standing, self.state, [])
        version = entry.event.version
        if not 0 < version <= len(self.facts):
            raise NotProvablyValid
        if self.facts[version - 1].event.unvoidable or self.standing.is_voided(version):
            raise NotProvablyValid

    def _settle_voids(self) -> None:
        """Check the stream without what a command voided. Raises NotProvablyValid."""
        before, self.voiding = self.voiding, None
        if before is None:
            return
        try:
            self.state, broken = self.refolds.state(self.standing, _new_state(self.name))
        except Exception as error:  # what no rule foresaw is not possible either
            raise NotProvablyValid from error
        if broken:
            raise NotProvablyValid
        self.referable.update(before.referable)
        for version in before.back:
            self._check_merge(self.facts[version - 1].event, before.end)
            for target in self.facts[version - 1].event.mentions():
                if not self._existed(target, before.end):
                    raise NotProvablyValid

    def _check_gone(self) -> None:
        """Check that nothing that counts refers to what was voided and not recorded again. Raises NotProvablyValid."""
        gone = self.referable - _referable(self.name, self.state)
        for position, target in self.mentioned if gone else ():
            if target in gone and self._counts(position, self.size):
                raise NotProvablyValid

    def _check_merge(self, event: Event, end: int) -> None:
        """Check that merges in the log up to `end` do not lead back to this party. Raises NotProvablyValid."""

        def state_of(name: str) -> State:
            return self.state if name == self.name else fold(_new_state(name), self._facts_of(name, end))

        if isinstance(event, PartyMerged) and leads_back(self.name, state_of):
            raise NotProvablyValid

    def _counts(self, position: int, end: int) -> bool:
        """Return whether the entry at `position` counts in the log up to `end`. Raises NotProvablyValid."""
        (row,) = self.store.indexed(position, position)
        entry = _decoded(position, row[-1])
        return entry.version in {fact.version for fact in unvoided(self._facts_of(entry.stream, end))}

    def _existed(self, target: str, end: int) -> bool:
        """Return whether the target of a reference exists in the log up to `end`. Raises NotProvablyValid."""
        name = target.partition("|")[0]
        return _exists(fold(_new_state(name), self._facts_of(name, end)), target)

    def _facts_of(self, name: str, end: int) -> list[Fact]:
        if name == self.name:
            return self.facts
        return [_decoded(position, data).fact for _, _, position, data in self.store.by_stream(name, name + END, end)]

    def attached(self) -> Iterator[tuple[int, Content, bool]]:
        """Yield the documents that were attached: position, content, and whether the entry counts."""
        for fact, position in zip(self.facts, self.positions, strict=True):
            if isinstance(fact.event, DocumentAttached):
                yield position, fact.event.content, fact.version in self.standing


class _Voiding(NamedTuple):
    """Consecutive voids: the last position, the names that could be referred to before, and what counts again."""

    end: int
    referable: set[str]
    back: set[int]


def _decoded(position: int, data: Any) -> Entry:
    if type(data) is not bytes:
        raise NotProvablyValid
    try:
        entry = decode(data)
        new_state(entry.stream)
    except Exception as error:
        raise NotProvablyValid from error
    if place_fault(entry) or value_fault(entry, position):
        raise NotProvablyValid
    return entry


def _new_state(name: Any) -> State:
    try:
        return new_state(name)
    except Exception as error:
        raise NotProvablyValid from error


def _referable(name: str, state: State) -> set[str]:
    return {name, *(f"{name}|{part}" for part in state.parts())} if state.exists else set()


def _exists(state: State, target: str) -> bool:
    _, _, part = target.partition("|")
    return state.exists and (not part or part in state.parts())


def _end_of_voids(position: int, entry: Entry, store: LogAuditor) -> int:
    """Return the position of the last of the consecutive voids in a command. Raises NotProvablyValid."""
    number, count = entry.part
    last = position - number + count
    if not 0 < number <= count < MAX_PARTS:
        raise NotProvablyValid
    rest = [_decoded(place, row[-1]) for place, row in enumerate(store.indexed(position, last), position)]
    if len(rest) != last - position + 1 or any(part.command != entry.command for part in rest):
        raise NotProvablyValid
    next_facts = (place for place, part in enumerate(rest, position) if type(part.event) is not EntryVoided)
    return next(next_facts, last + 1) - 1
