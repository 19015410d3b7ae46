"""The quick way through steps 12 to 14 and 17: whether every entry was surely possible, stream by stream.

What may happen, its own stream decides, but for what it refers to. So streams are replayed one after the other, and by
several processes; nothing has to be kept of a stream that is done. Where others refer to a stream, the index of
references tells: it has those of all entries, and no others.

It says that all is sound, or nothing: then the replay in order of position (ledger.replay.procedure) finds what is
wrong.

Voids that stand together in one command are judged together, from the last of them on.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from ledger.domain.dates import day_after
from ledger.domain.engagement.oversight.documents import DocumentAttached
from ledger.domain.engagement.parts import Content
from ledger.domain.kernel import Fact, State
from ledger.domain.registry import new_state
from ledger.domain.voiding import EntryVoided, fold, judged_fold, standing, voided
from ledger.files.attachments import Attachments
from ledger.format.entry import Entry, decode
from ledger.format.name_keys import name_key
from ledger.replay.attachments import check_attached
from ledger.replay.keys import KeyCheck
from ledger.replay.values import place_fault, value_fault
from ledger.verify.findings import Finding

END = "\x01"
"""Follows a name in order before any other name that begins with it: no name holds a control character."""


class Replayable(Protocol):
    """What streams are replayed from (see LogStore)."""

    def by_stream(self, first: str, last: str, size: int) -> Generator[tuple[Any, ...], None, None]:
        """Yield stream, version, position and bytes, stream by stream in order of version."""

    def mentioned(self, stream: str, size: int) -> list[tuple[Any, ...]]:
        """Return where a stream or a part of it is mentioned, up to the position `size`: position, and what is."""

    def indexed(self, first: int, last: int) -> list[tuple[Any, ...]]:
        """Return entries, the bytes last."""

    def names_found(self, rows: Sequence[tuple[str, str, int]]) -> int:
        """Return how many of these the index of names has."""

    def mentions_found(self, rows: Sequence[tuple[str, int]]) -> int:
        """Return how many of these the index of mentions has."""


class ReplayRequest(NamedTuple):
    """Streams from the name `first` on and before `last`, up to the position `size`; and where files are kept."""

    first: str
    last: str
    size: int
    kept: Attachments | None


class ReplayResult(NamedTuple):
    """What is told of streams that are sound: how much there is, and what is wrong with files alone."""

    entries: int
    names: int
    mentions: int
    """Made by their entries."""
    mentioned: int
    """Made of them by whichever."""
    findings: list[Finding]


class NotProvablyValid(Exception):  # never leaves this module
    """Something is not surely sound."""


def replay_streams(asked: ReplayRequest, store: Replayable) -> ReplayResult | None:
    """Return what is told of some streams, or None unless they are surely sound. Raises what reading raises."""
    share = _Share()
    try:
        with closing(store.by_stream(asked.first, asked.last, asked.size)) as rows:
            for name, of_stream in groupby(rows, itemgetter(0)):
                stream = _Stream(name, store, asked.size)
                stream.replay(of_stream)
                share.take(stream)
    except NotProvablyValid:
        return None
    return share.told(asked.kept, store)


class _Share:
    """What is kept of streams that are done."""

    def __init__(self) -> None:
        self.names: list[tuple[str, str, int]] = []
        self.mentions: list[tuple[str, int]] = []
        self.attached: list[tuple[int, Content, bool]] = []
        self.entries = self.mentioned = 0

    def take(self, stream: "_Stream") -> None:
        self.names += stream.names
        self.mentions += stream.mentions
        self.attached += stream.attached()
        self.entries += len(stream.facts)
        self.mentioned += len(stream.mentioned)

    def told(self, kept: Attachments | None, store: Replayable) -> ReplayResult | None:
        found = store.names_found(self.names), store.mentions_found(self.mentions)
        if found != (len(self.names), len(self.mentions)):  # 14
            return None
        findings: list[Finding] = []
        check_attached(self.attached, kept, lambda *what: findings.append(Finding.of(*what)))  # 15
        return ReplayResult(self.entries, len(self.names), len(self.mentions), self.mentioned, findings)


class _Stream:
    """One stream as replayed."""

    def __init__(self, name: Any, store: Replayable, size: int) -> None:
        self.name, self.store = name, store
        self.state = _new_state(name)
        self.facts: list[Fact] = []
        self.positions: list[int] = []
        self.names: list[tuple[str, str, int]] = []
        self.mentions: list[tuple[str, int]] = []
        self.mentioned = store.mentioned(name, size)
        self.answered = 0
        self.key_check = KeyCheck()
        self.voiding: _Voiding | None = None

    def replay(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Take in all entries. Raises Unsure."""
        for _, version, position, data in rows:
            entry = _decoded(position, data)  # 12
            if (entry.stream, entry.version, version) != (self.name, len(self.facts) + 1, entry.version):
                raise NotProvablyValid
            self._answer(position)
            if isinstance(entry.event, EntryVoided):
                self._void(position, entry)
            else:
                self._settle()
                self._judge(entry)
            self._note(position, entry)
        self._answer(None)
        self._settle()

    def _note(self, position: int, entry: Entry) -> None:
        if self.positions and position <= self.positions[-1]:
            raise NotProvablyValid
        self.facts.append(entry.fact)
        self.positions.append(position)
        self.names += {(name_key(name), self.name, position) for name in entry.event.names()}
        self.mentions += {(target, position) for target in entry.event.mentions()}

    def _judge(self, entry: Entry) -> None:
        event, fact = entry.event, entry.fact
        try:
            if not event.ahead and entry.effective_on > day_after(entry.recorded_at[:10]):  # 13
                raise NotProvablyValid  # noqa: TRY301 - as what cannot be
            event.validate(self.state, fact)
            event.evolve(self.state, fact)
        except Exception as error:  # what no rule foresaw is not possible either
            raise NotProvablyValid from error
        if self.key_check.fault(event):  # 17
            raise NotProvablyValid

    # References.

    def _answer(self, before: int | None) -> None:
        """Look whether what others mention stands, at the positions before this one. Raises Unsure."""
        while self.answered < len(self.mentioned):
            position, target = self.mentioned[self.answered]
            if before is not None and position >= before:
                return
            self._settle()
            if not _exists(self.state, target):
                raise NotProvablyValid
            self.answered += 1

    # Voids.

    def _void(self, position: int, entry: Entry) -> None:
        assert isinstance(entry.event, EntryVoided)
        if self.voiding is not None and self.voiding.end < position:
            self._settle()
        if self.voiding is None:
            end = _end_of_voids(position, entry, self.store)
            self.voiding = _Voiding(end, _referable(self.name, self.state), self._counted())
        version = entry.event.version
        if not 0 < version <= len(self.facts):
            raise NotProvablyValid
        if self.facts[version - 1].event.unvoidable or version in voided(self.facts):
            raise NotProvablyValid

    def _settle(self) -> None:
        """Judge what is left after the voids of a command. Raises Unsure."""
        before, self.voiding = self.voiding, None
        if before is None:
            return
        try:
            self.state, broken = judged_fold(_new_state(self.name), self.facts)
        except Exception as error:  # what no rule foresaw is not possible either
            raise NotProvablyValid from error
        if broken:
            raise NotProvablyValid
        gone = before.referable - _referable(self.name, self.state)
        for position, target in self.mentioned:
            if target in gone and position <= before.end and self._counts(position, before.end):
                raise NotProvablyValid
        for version in self._counted() - before.counted:
            for target in self.facts[version - 1].event.mentions():
                if not self._stood(target, before.end):
                    raise NotProvablyValid

    def _counted(self) -> set[int]:
        return {fact.version for fact in standing(self.facts)}

    def _counts(self, position: int, end: int) -> bool:
        """Return whether the entry at a position counts when `end` is the last. Raises Unsure."""
        (row,) = self.store.indexed(position, position)
        entry = _decoded(position, row[-1])
        return entry.version in {fact.version for fact in standing(self._facts_of(entry.stream, end))}

    def _stood(self, target: str, end: int) -> bool:
        """Return whether what an entry mentions stands when `end` is the last. Raises Unsure."""
        name = target.partition("|")[0]
        return _exists(fold(_new_state(name), self._facts_of(name, end)), target)

    def _facts_of(self, name: str, end: int) -> list[Fact]:
        if name == self.name:
            return self.facts
        return [_decoded(position, data).fact for _, _, position, data in self.store.by_stream(name, name + END, end)]

    def attached(self) -> Iterator[tuple[int, Content, bool]]:
        """Yield the documents that were attached: position, content, and whether the entry counts."""
        counted: set[int] | None = None
        for fact, position in zip(self.facts, self.positions, strict=True):
            if isinstance(fact.event, DocumentAttached):
                counted = self._counted() if counted is None else counted
                yield position, fact.event.content, fact.version in counted


class _Voiding(NamedTuple):
    """Voids that stand together: the last position, what others could refer to before, and which versions counted."""

    end: int
    referable: set[str]
    counted: set[int]


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


def _end_of_voids(position: int, entry: Entry, store: Replayable) -> int:
    """Return the position of the last void of those that stand together in a command from one on. Raises Unsure."""
    number, count = entry.part
    last = position - number + count
    found = [_decoded(place, row[-1]) for place, row in enumerate(store.indexed(position, last), position)]
    if len(found) != last - position + 1 or any(one.command != entry.command for one in found):
        raise NotProvablyValid
    others = (place for place, one in enumerate(found, position) if type(one.event) is not EntryVoided)
    return next(others, last + 1) - 1
