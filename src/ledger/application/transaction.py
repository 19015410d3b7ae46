"""Unit of work: it loads streams, lets commands decide, and appends the entries in one transaction.

A unit exists inside `store.writing()`. Its loaded streams stay current because no other writer can append, or because
the store refuses the commit if a stream that was read has changed.
"""

from collections.abc import Container, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from ledger.application import party_lookup
from ledger.application.party_numbers import PartyNumbers
from ledger.application.receipt import Receipt
from ledger.application.recording_time import recording_time
from ledger.application.request import CommandReused, Request, new_id, tidy_envelope
from ledger.application.void_rules import decide_voids
from ledger.domain.dates import checked_date, day_after
from ledger.domain.engagement.state import Engagement
from ledger.domain.kernel import Command, Event, Fact, State
from ledger.domain.organisation.actors import PATTERN_SETTING, check_actor
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.refusals import InTheFuture, UnknownEngagement
from ledger.domain.registry import new_state
from ledger.domain.voiding import EntryVoided, VoidEntries, fold_as_of, voided
from ledger.format.entry import VERSION, Entry
from ledger.format.name_keys import name_key, near_names
from ledger.stores.errors import EmptyLog

if TYPE_CHECKING:
    from ledger.files.attachments import Attachments
    from ledger.stores.log_reader import LogHead, RecordedCommand
    from ledger.stores.log_store import LogStore

SHA256_DIGITS = 64


class WritableLedger(Protocol):
    """The part of `Ledger` that a unit of work and an import use; a protocol, because `Ledger` imports this module."""

    store: "LogStore"
    attachments: "Attachments | None"
    mapper: Any
    by_last: bool
    skew: timedelta
    name_index: party_lookup.NameIndex

    def entry(self, position: int) -> Entry:
        """Return the entry at a position that the log has."""

    def command_at(self, position: int) -> range:
        """Return the positions of the command to which a position belongs that the log has."""

    def position(self, stream: str, version: int) -> int:
        """Return the position of a version that the stream has."""

    def facts(self, stream: str, last: int | None = None) -> list[Fact]:
        """Return the facts of a stream in order, up to position `last`."""

    def fold(self, stream: str) -> tuple[State, int]:
        """Return the state of a stream and its last version."""

    def receipt(self, command: str, first: int, count: int, *, repeated: bool = False) -> Receipt:
        """Return the receipt of entries that are in the log."""

    def save(self, *objs: Any) -> Any:
        """Append entries within the transaction."""


class LoadedStream:
    """A loaded stream: its state and its last version."""

    __slots__ = ("state", "version")

    def __init__(self, state: State, version: int) -> None:
        """Store a state and the last version that it includes."""
        self.state = state
        self.version = version


class UnitOfWork:
    """One transaction: the context in which commands decide, and the entries that they append."""

    def __init__(self, ledger: WritableLedger, now: datetime, known: dict[str, LoadedStream] | None = None) -> None:
        """Start a unit. `known` caches folded streams; the unit takes ownership of it.

        Raises ClockSetBack, and BadDate if the clock is at a day that no entry can have.
        """
        self.ledger, self.store = ledger, ledger.store
        self.today = self.effective_on = checked_date(now.date().isoformat())
        head = self.store.head()
        self._first_size = head.size
        self.name_indexes = party_lookup.NameIndexes(ledger.name_index, self.store, head.size)
        self.recorded_at = recording_time(now, head.recorded_at, by_last=ledger.by_last, skew=ledger.skew)
        """Recording time of every entry of this unit."""
        self._known = {} if known is None else known
        self._loaded: dict[str, LoadedStream] = {}
        self.appended = 0
        """Number of entries that this unit appended."""
        self.committed_head: LogHead | None = None
        """The end of the log right after this unit was committed; None before, and if the store does not know it."""
        self._named: dict[str, list[str]] = {}
        self.pending: list[tuple[str, Fact]] = []
        self.notes: list[str] = []
        """What commands tell the user about what they record."""
        self._is_from_file = False
        self._numbers = PartyNumbers(self.store, self.has_taken)

    # The DecisionContext of commands (ledger.domain.kernel).

    def load(self, stream: str) -> LoadedStream:
        """Return a stream, folded once. New entries of this unit are folded in as they are decided."""
        loaded = self._loaded.get(stream)
        if loaded is None:
            loaded = self._known.pop(stream, None)
            if loaded is None:
                loaded = LoadedStream(*self.ledger.fold(stream))
            else:
                self.store.note_read(stream, loaded.version)
            self._loaded[stream] = loaded
        return loaded

    def recorded_version(self, stream: str) -> int:
        """Return the last version of a stream that is in the log, with what this unit appended."""
        return self.load(stream).version

    def folded_streams(self) -> dict[str, LoadedStream]:
        """Return the streams that were folded, up to the last entry of this unit."""
        return self._known | self._loaded

    def facts(self, stream: str) -> list[Fact]:
        """Return the facts of a stream, including those that this request has added so far."""
        return self.ledger.facts(stream) + [fact for of, fact in self.pending if of == stream]

    def exists(self, stream: str) -> bool:
        """Return whether `stream` has entries that count."""
        return self.load(stream).state.exists

    def states(self, kind: str) -> dict[str, State]:
        """Return the states of all recorded streams of a kind, by name."""
        names = [stream.partition("/")[2] for stream in self.store.streams(kind)]
        return {name: self.load(f"{kind}/{name}").state for name in names}

    def size(self) -> int:
        """Return the size of the log before this command."""
        self.store.note_read(None)
        return self.store.head().size

    def command_at(self, position: int) -> range:
        """Return the positions of the recorded command to which a position belongs."""
        return self.ledger.command_at(position)

    def has_file(self, sha256: str, size: int) -> bool:
        """Return whether the ledger has a file with this SHA-256 and size."""
        kept = self.ledger.attachments
        return kept is not None and len(sha256) == SHA256_DIGITS and sha256.isalnum() and kept.has(sha256, size)

    def note(self, text: str) -> None:
        """Tell the user something about what is recorded nevertheless."""
        self.notes.append(text)

    def key_fault(self, text: str) -> str | None:
        """Return why a text is not a verifier key of this ledger, or None."""
        from ledger.keys.rotation import key_fault  # noqa: PLC0415 - loaded where something is signed

        return key_fault(self.origin, text)

    def rotation_fault(self, old: str, new: str, statement: str) -> str | None:
        """Return why a statement does not prove a rotation of keys, or None."""
        from ledger.keys.rotation import rotation_fault  # noqa: PLC0415

        return rotation_fault(self.origin, old, new, statement)

    @property
    def origin(self) -> str:
        """The ledger's name."""
        return str(self.load("ledger").state.get("origin"))

    def setting(self, name: str, on: str | None = None) -> Any:
        """Return the value of a setting, the latest or that in force on a day, or None."""
        state = self.load("ledger").state
        return state.get(name) if on is None else state.on(name, on)

    def namesakes(self, name: str) -> list[str]:
        """Return the references of parties with exactly this name, alias or identifier."""
        return party_lookup.namesakes(name, self.store, self._state, self._named)

    def party(self, text: str) -> str:
        """Return the party that a text names, or into which that is merged. Raises UnknownParty, AmbiguousParty."""
        ref = party_lookup.find_party(text, self.store, self._state, self._named)
        if text != ref and self.exists(f"party/{text}") and (said := f"{text} is merged into {ref}.") not in self.notes:
            self.note(said)
        return ref

    def named_party(self, text: str) -> str:
        """Return the party that a text names, merged or not. Raises UnknownParty, AmbiguousParty."""
        return party_lookup.named_party(text, self.store, self._state, self._named)

    def survivor(self, ref: str) -> str:
        """Return the party into which a party was merged; itself if it was not."""
        return party_lookup.survivor_of(ref, self._state)

    def records(self, ref: str) -> dict[str, Any]:
        """Return the states of a party and of those that were merged into it, by reference, its own first."""
        added = {stream for stream, _ in self.pending if stream.startswith("party/")}
        return party_lookup.records_of(ref, self.store, self._state, added)

    def as_known(self, text: str, refs: Iterable[str]) -> list[str]:
        """Return those of `refs` that are of the party that a text names, its own first; its own if none is."""
        party = self.party(text)
        known = [ref for ref in refs if self.survivor(ref) == party]
        return sorted(known, key=lambda ref: ref != party) or [party]

    def lookalikes(self, name: str) -> list[tuple[str, str]]:
        """Return the parties with a name that looks like this one without being the same: reference and that name."""
        return party_lookup.lookalikes(name, self.name_indexes.both(self._named), self.store, self._state, self._named)

    def near_duplicates(self, name: str) -> list[tuple[str, str]]:
        """Return the parties with a name that differs in marks, `and` or a legal form only: reference and that name."""
        if self._is_from_file:  # the import says what is similar, and goes on
            return []
        return party_lookup.near_duplicates(
            name, self.name_indexes.both(self._named), self.store, self._state, self._named
        )

    def _state(self, stream: str) -> State:
        return self.load(stream).state

    def new_party(self, after: int = 0, used: Container[str] = ()) -> str:
        """Return the next free reference for a party, with a number beyond `after`, and not in `used`."""
        ref = self._numbers.next(after, used)
        stream = f"party/{ref}"
        if stream not in self._loaded and stream not in self._known:
            # The store was asked for a number that is free, so the stream need not be read.
            self._loaded[stream] = LoadedStream(self.new_state(stream), 0)
        return ref

    def has_taken(self, stream: str) -> bool:
        """Return whether a stream that the store may not have yet has entries in this unit."""
        loaded = self._loaded.get(stream) or self._known.get(stream)
        return loaded is not None and loaded.version > 0

    def engagement(self, text: str) -> Engagement:
        """Return the state of the engagement with this reference. Raises UnknownEngagement."""
        state = self.load(f"engagement/{text}").state
        if not isinstance(state, Engagement) or not state.exists:
            refs = (stream.partition("/")[2] for stream in self.store.streams("engagement"))
            raise UnknownEngagement(text, (near for near in near_names(text, refs, least=85) if near != text))
        return state

    def engagements(self) -> list[str]:
        """Return the references of all engagements that are recorded, in order."""
        refs = (stream.partition("/")[2] for stream in self.store.streams("engagement"))
        return sorted(ref for ref in refs if self.exists(f"engagement/{ref}"))

    def engagement_as_of(self, text: str, on: str, position: int) -> Engagement:
        """Return the state of the engagement on a day, as known at a position. Raises UnknownEngagement."""
        self.engagement(text)
        state = fold_as_of(Engagement(), self.ledger.facts(f"engagement/{text}", position), on)
        assert isinstance(state, Engagement)
        return state

    # Performing requests.

    def perform(self, request: Request) -> Receipt:
        """Record a request: all of its entries, or none if a rule refuses it. A repeated id returns its receipt.

        Raises CommandReused, EmptyLog, and the error of the rule.
        """
        request = tidy_envelope(request)
        if request.id is not None:
            earlier = self.store.recorded(request.id)
            if earlier is not None:
                if not self._is_again(request, earlier):
                    raise CommandReused(request.id, earlier.first)
                receipt = self.ledger.receipt(request.id, earlier.first, earlier.count, repeated=True)
                return receipt.of(request.commands, self.ledger.entry(earlier.first))
        return self.perform_new(request)

    def perform_new(self, request: Request) -> Receipt:
        """Record a normalised request whose id is known to be new.

        Raises EmptyLog, BadActor, and the error of the rule that refuses it.
        """
        if not self._first_size + self.appended and not isinstance(request.commands[0], OpenLedger):
            raise EmptyLog
        self.check_actor(request.actor)
        self.effective_on = checked_date(request.effective_on) if request.effective_on else self.today
        self._is_from_file = request.source is not None
        touched: dict[str, None] = {}
        try:
            for command in request.commands:
                self.pending += self._decide(command, touched)
            self.check_actor(request.actor)  # again: a pattern that shuts its own author out could not be taken back
            return self._append(self._in_envelopes(request, self.pending), request)
        except BaseException:
            for stream in touched:
                self._loaded.pop(stream, None)
            raise
        finally:
            self.pending = []

    def check_actor(self, actor: str) -> None:
        """Check that an actor is a staff id of the organisation. Raises BadActor."""
        check_actor(actor, self.setting(PATTERN_SETTING))

    def _is_again(self, request: Request, earlier: "RecordedCommand") -> bool:
        """Return whether a request is the one that was recorded under its id.

        A ledger restored from entries alone has no digests (docs/decisions/0002). Then actor, effective date, reason
        and streams of the request must agree with its entries.
        """
        if earlier.digest:
            return earlier.digest == request.digest
        entries = [self.ledger.entry(earlier.first + number) for number in range(earlier.count)]
        envelopes = {
            # The entry of a void has no reason: it is in the event.
            (entry.actor, entry.effective_on, request.reason if isinstance(entry.event, EntryVoided) else entry.reason)
            for entry in entries
        }
        is_same = envelopes == {(request.actor, request.effective_on or entries[0].recorded_at[:10], request.reason)}
        return is_same and self._streams(request) <= {entry.stream for entry in entries}

    def _streams(self, request: Request) -> set[str]:
        # A party registered without a reference would get the next free one, so its stream identifies nothing.
        commands = [command for command in request.commands if not isinstance(command, VoidEntries)]
        return {stream for command in commands if self.exists(stream := command.stream(self))}

    def append(self, request: Request, facts: list[tuple[str, Fact]]) -> Receipt:
        """Append facts that were decided and checked already, as one command in the envelope of a request."""
        return self._append(self._in_envelopes(request, facts), request)

    def _append(self, entries: list[Entry], request: Request) -> Receipt:
        self.ledger.save(*entries)
        self.appended += len(entries)
        if not entries:
            return self.ledger.receipt("", 0, 0)
        first = self.store.head().size - len(entries) + 1
        self.store.remember(entries[0].command, request.digest, first, len(entries))
        return self.ledger.receipt(entries[0].command, first, len(entries)).of(request.commands, entries[0])

    def _decide(self, command: Command, touched: dict[str, None]) -> Iterable[tuple[str, Fact]]:
        if isinstance(command, VoidEntries):
            yield from decide_voids(self, command, touched)
            return
        stream = command.stream(self)
        loaded = self.load(stream)
        for event in command.decide(loaded.state, self):
            fact = Fact(loaded.version + 1, self.effective_on, event)
            self._check_date(event)
            event.validate(loaded.state, fact)
            touched[stream] = None  # from here on, a refusal leaves its state changed
            event.evolve(loaded.state, fact)
            loaded.version += 1
            for name in event.names():
                self._named.setdefault(name_key(name), []).append(stream)
                self.name_indexes.add(name_key(name))
            yield stream, fact

    def _check_date(self, event: Event) -> None:
        # One day ahead is allowed: in another time zone it may be tomorrow.
        if not event.ahead and self.effective_on > day_after(self.today):
            raise InTheFuture(event.tag(), self.effective_on, self.today)

    def _in_envelopes(self, request: Request, facts: list[tuple[str, Fact]]) -> list[Entry]:
        command = request.id or new_id()
        return [
            Entry(
                v=VERSION,
                stream=stream,
                version=fact.version,
                recorded_at=self.recorded_at,
                effective_on=fact.effective_on,
                actor=request.actor,
                command=command,
                part=(number, len(facts)),
                event=fact.event,
                reason=None if isinstance(fact.event, EntryVoided) else request.reason,
                source=request.source,
            )
            for number, (stream, fact) in enumerate(facts, 1)
        ]

    def replace(self, stream: str, state: State, version: int) -> None:
        """Replace the state of a stream with the one after a void."""
        self._loaded[stream] = LoadedStream(state, version)

    def new_state(self, stream: str) -> State:
        """Return the empty state of a stream."""
        return new_state(stream)

    def is_voided(self, position: int) -> bool:
        """Return whether the entry at a position is voided by a recorded void."""
        entry = self.ledger.entry(position)
        return entry.version in voided(self.ledger.facts(entry.stream))
