"""Base classes of events, commands and aggregates.

An event class contains its own rule: `validate` checks the fact against the state, `evolve` applies it. A command class
contains its decision: `decide` yields events for a state. Each kind of fact is one class in one module.
"""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar, NamedTuple, Protocol

import msgspec

BEGINNING = "0000-00-00"
"""Before every date: the date of facts without one."""


class Event(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    forbid_unknown_fields=True,
    tag_field="type",
    gc=False,
):
    """One fact that happened, past tense, immutable. Its tag is its name on the wire for ever."""

    life: ClassVar[bool] = False
    """A step in the life cycle of the engagement: the effective dates of such entries never go back."""
    ahead: ClassVar[bool] = False
    """May be dated in the future (an extension from next month); other facts have happened."""
    timeless: ClassVar[bool] = False
    """Holds for all time, unless a dated fact says otherwise."""
    corrected_by: ClassVar[str] = "`ledger void POSITION --reason …`, then the command again with the right values."
    """How this fact is corrected, for the generated reference."""
    recorded_by: ClassVar[tuple[str, ...]] = ()
    """The commands that record it, if its own tag does not name them."""
    unvoidable: ClassVar[str] = ""
    """Why an entry of this type cannot be voided; empty when it can."""

    def validate(self, state: Any, fact: "Fact") -> None:
        """Raise the error for this fact if `state` forbids it."""

    def evolve(self, state: Any, fact: "Fact") -> None:
        """Apply the fact to `state` in place; a fold owns its state."""

    def restated(self, was: Any, now: Any, on: str) -> "Event | None":
        """Return this event as it would have been recorded on a day in the state `now` instead of `was`.

        Members that follow from the state are computed again; a difference keeps the total that it led to. None if
        nothing would have been recorded, since it changes nothing.
        """
        return self

    def mentions(self) -> Iterable[str]:
        """Return the references to other streams: a stream, or `stream|part:name`."""
        return ()

    def names(self) -> Iterable[str]:
        """Return the names by which lookups find the party after this event."""
        return ()

    @classmethod
    def tag(cls) -> str:
        """Return the tag of this event type in entries."""
        return str(cls.__struct_config__.tag)


class Fact(msgspec.Struct, frozen=True, gc=False):
    """An event with its version and effective date: the part of an entry that a fold needs."""

    version: int
    effective_on: str
    event: Event


class Dated(msgspec.Struct, frozen=True, gc=False):
    """A value that holds from a date on, as asserted by the entry with that version."""

    on: str
    version: int
    value: Any


class Keyed(NamedTuple):
    """The name of one of several facts of a kind, such as the screening against one list; as text it is a label."""

    section: str
    key: str

    def __str__(self) -> str:
        return f"{self.section} {self.key}"


FactName = str | Keyed


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line of a description: a label and a value for people, and for code what the line is about.

    `section` and `key` name the part that the line describes; both are empty for a fact of the aggregate itself. The
    flags say where the text contains references of parties.
    """

    label: str
    value: str
    section: str = ""
    key: str = ""
    label_has_parties: bool = False
    value_has_parties: bool = False


class State:
    """The state of one stream; the base class of the aggregates."""

    kind: ClassVar[str] = ""
    exists: bool = False

    def __init__(self) -> None:
        """Create the state of an empty stream."""
        self.facts: dict[FactName, Dated] = {}
        self.assertions: dict[FactName, list[Dated]] = {}
        self._latest: dict[str, tuple[str, int]] = {}

    def put(self, name: FactName, value: Any, fact: Fact) -> None:
        """Assert `name` from the date of the fact on. The latest date counts; on one date, the latest entry."""
        on = BEGINNING if fact.event.timeless else fact.effective_on
        assertion = Dated(on, fact.version, value)
        self.assertions.setdefault(name, []).append(assertion)
        current = self.facts.get(name)
        if current is None or (current.on, current.version) <= (on, fact.version):
            self.facts[name] = assertion

    def is_last(self, name: str, fact: Fact) -> bool:
        """Return whether a fact is the latest about `name`: the latest date counts; on one date, the latest entry."""
        order = (fact.effective_on, fact.version)
        if order < self._latest.get(name, order):
            return False
        self._latest[name] = order
        return True

    def get(self, name: FactName) -> Any:
        """Return the current value of `name`, or None if it was never recorded."""
        current = self.facts.get(name)
        return None if current is None else current.value

    def on(self, name: FactName, day: str) -> Any:
        """Return the value of `name` on a day, or None if no assertion is dated on or before that day."""
        until = [assertion for assertion in self.assertions.get(name, ()) if assertion.on <= day]
        return max(until, key=lambda assertion: (assertion.on, assertion.version)).value if until else None

    def parts(self) -> set[str]:
        """Return the parts of this stream that other streams may refer to, as `part:name`."""
        return set()

    def describe(self) -> list[Line]:
        """Return the lines that describe the state to people, in reading order."""
        return []


class DecisionContext(Protocol):
    """The queries that a decision may make outside its own stream."""

    today: str
    effective_on: str

    def party(self, text: str) -> str:
        """Return the reference of the party with this reference, name, alias or identifier.

        Of a party that was merged into another one, it is the reference of that one. Raises UnknownParty,
        AmbiguousParty.
        """

    def named_party(self, text: str) -> str:
        """Return the reference of the party that a text names, whether or not it was merged into another one.

        Raises UnknownParty, AmbiguousParty.
        """

    def survivor(self, ref: str) -> str:
        """Return the reference of the party into which a party was merged; its own if it was not."""

    def records(self, ref: str) -> dict[str, Any]:
        """Return the states of a party and of those that were merged into it, by reference, its own first."""

    def as_known(self, text: str, refs: Iterable[str]) -> list[str]:
        """Return those of `refs` that are of the party that a text names, its own first; its own if none is.

        What an engagement knows under a reference goes on under it, whatever is merged later, or parted again. Raises
        UnknownParty, AmbiguousParty.
        """

    def engagement(self, text: str) -> Any:
        """Return the state of the engagement with this reference. Raises UnknownEngagement."""

    def engagements(self) -> Iterable[str]:
        """Return the references of all engagements that are recorded, in order."""

    def engagement_as_of(self, text: str, on: str, position: int) -> Any:
        """Return the state of the engagement on a day, as known at a position. Raises UnknownEngagement."""

    def namesakes(self, name: str) -> list[str]:
        """Return the references of parties with exactly this name, alias or identifier."""

    def lookalikes(self, name: str) -> list[tuple[str, str]]:
        """Return the parties with a name that looks like this one without being the same: reference and that name."""

    def near_duplicates(self, name: str) -> list[tuple[str, str]]:
        """Return the parties with a name that differs in marks, `and` or a legal form only: reference and that name.

        None are returned for a row of a file, of which the import says what is similar.
        """

    def exists(self, stream: str) -> bool:
        """Return whether `stream` has entries that count."""

    def states(self, kind: str) -> dict[str, Any]:
        """Return the states of all recorded streams of a kind, by name."""

    def setting(self, name: str, on: str | None = None) -> Any:
        """Return the value of a setting, the latest or that in force on a day, or None."""

    def new_party(self) -> str:
        """Return the next free reference for a party."""

    def size(self) -> int:
        """Return the size of the log before this command."""

    def command_at(self, position: int) -> range:
        """Return the positions of the recorded command to which a position belongs."""

    def has_file(self, sha256: str, size: int) -> bool:
        """Return whether the ledger has a file with this SHA-256 (hexadecimal) and size."""

    def note(self, text: str) -> None:
        """Tell the user something about what is recorded nevertheless: one sentence."""

    def key_fault(self, text: str) -> str | None:
        """Return why a text is not a verifier key that may sign this ledger's checkpoints, or None."""

    def rotation_fault(self, old: str, new: str, statement: str) -> str | None:
        """Return why a statement does not prove that both keys signed the rotation, or None."""


class Command(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, tag_field="command"
):
    """Something that staff ask for. Its tag is the noun and the verb that they type."""

    stream_kind: ClassVar[str] = ""
    key: ClassVar[str] = ""
    example: ClassVar[str] = ""
    """One line of arguments that works, for the command's page."""
    offered: ClassVar[tuple[str, ...]] = ()
    """Members that may be left out and are asked for where people are asked: what matters to the record."""
    numbered: ClassVar[str] = ""
    """The member with a reference that the ledger gives if it is left out, like the next P number."""

    def stream(self, context: DecisionContext) -> str:
        """Return the stream that this command writes to. Raises the error for a reference that does not exist."""
        name = getattr(self, self.key)
        return f"{self.stream_kind}/{context.party(name) if self.stream_kind == 'party' else name}"

    def decide(self, state: Any, context: DecisionContext) -> Iterator[Event]:
        """Yield the events of this command for `state`; none if nothing changes. Raises the error that refuses it."""
        raise NotImplementedError

    def reference(self, stream: str, event: Event) -> str | None:
        """Return the reference of what this command recorded, by its first event; None if it gives none."""
        if not self.numbered:
            return None
        made = stream.partition("/")[2] if self.numbered == self.key else getattr(event, self.numbered, None)
        return getattr(self, self.numbered) or made

    @classmethod
    def tag(cls) -> str:
        """Return the noun and verb of this command."""
        return str(cls.__struct_config__.tag)
