"""Rules for every event type: it is documented, has an example, and can be voided or states why not."""

import re

import pytest

from ledger.domain.registry import COMMANDS, EVENTS, KINDS, new_state
from ledger.domain.voiding import EntryVoided, NotVoidable, VoidEntries, fold
from tests.spec.examples import EXAMPLES
from tests.spec.scenario import Scenario

# The events that issues 2 to 4 ask for, by their names on the wire, which last for ever.
ASKED = {
    "ledger": "opened",
    "setting": "changed",
    "key": "added rotated retired revoked",
    "definitions": "adopted",
    "party": "registered renamed reclassified alias_added identifier_added screened due_diligence_completed "
    "flag_raised flag_lifted affiliated separated merged",
    "engagement": "proposed submitted returned approved rejected cancelled signed activated amended extended suspended "
    "resumed terminated completed closed reopened",
    "approval": "evidenced",
    "analysis": "recorded",
    "materiality": "assessed",
    "risk": "assessed",
    "conflict": "declared assessed",
    "contribution": "committed received refunded valued",
    "order": "issued amended cancelled closed",
    "deliverable": "accepted",
    "payment": "made reversed",
    "outcome": "planned recorded",
    "review": "scheduled held",
    "action": "closed",
    "information": "requested provided",
    "document": "attached",
    "disclosure": "prepared published covered corrected",
    "guidelines": "adopted repealed",
    "deviation": "waived",
    "finding": "assessed",
    "controls": "adopted",
    "rate": "recorded",
    "entry": "voided",
}


def test_the_event_types_are_those_specified() -> None:
    """The event types are exactly those of the specification."""
    assert {f"{noun}.{verb}" for noun, verbs in ASKED.items() for verb in verbs.split()} == set(EVENTS)


def test_tags_are_unique() -> None:
    """Every event class in the code is in the registry, under its own tag."""
    assert len(EVENTS) == len(set(EVENTS.values())) == len({cls.__name__ for cls in EVENTS.values()})
    assert all(tag == cls.tag() for tag, cls in EVENTS.items())


@pytest.mark.parametrize("tag", EVENTS)
def test_an_event_says_what_it_is(tag: str) -> None:
    """Its tag is a noun and a past participle; its docstring is a sentence; it names its correction."""
    cls = EVENTS[tag]
    assert re.fullmatch(r"[a-z]+\.[a-z]+(_[a-z]+)*(\.[0-9]+)?", tag)
    assert re.match(r"[A-Z].*[a-z`].*\.", cls.__doc__ or "")
    assert cls.corrected_by


@pytest.mark.parametrize("tag", COMMANDS)
def test_a_command_says_what_it_does(tag: str) -> None:
    """Its docstring is a sentence, and it writes to an existing kind of stream."""
    cls = COMMANDS[tag]
    assert re.match(r"[A-Z].*[a-z`].*\.", cls.__doc__ or "")
    assert cls.stream_kind in KINDS or tag == "void"


def test_every_event_has_an_example() -> None:
    """Every event type in the registry has an example."""
    assert set(EVENTS) == set(EXAMPLES)


@pytest.mark.parametrize("tag", [tag for tag in EXAMPLES if tag != "ledger.opened"])
def test_the_example_makes_the_event(spec: Scenario, tag: str) -> None:
    """The last event of the example's command has this type."""
    given, command = EXAMPLES[tag]
    spec.given(*given).given(command)
    assert EVENTS[tag] is type(spec.entry(spec.size).event)


@pytest.mark.parametrize("tag", EXAMPLES)
def test_an_event_can_be_voided_or_says_why_not(spec: Scenario, tag: str) -> None:
    """A void restores the previous description, and voiding the void restores the one with the event."""
    given, command = EXAMPLES[tag]
    spec.given(*given).given(command)
    target = spec.size
    if EVENTS[tag].unvoidable:
        spec.when(VoidEntries(positions=(target,), reason="x")).then_refused(NotVoidable, EVENTS[tag].unvoidable)
        return
    stream, version = spec.entry(target).stream, spec.entry(target).version
    known_with = vars(spec.state(stream))
    known_without = vars(fold(new_state(stream), spec.ledger.facts(stream, target - 1)))
    spec.when(VoidEntries(positions=(target,), reason="x")).then(EntryVoided(version=version, reason="x"))
    assert known_without == vars(spec.state(stream))
    spec.when(VoidEntries(positions=(spec.size,), reason="x")).then(EntryVoided(version=version + 1, reason="x"))
    assert known_with == vars(spec.state(stream))
