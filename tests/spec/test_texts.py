"""Texts in entries: all scripts, no controls or overrides, within the size of an entry."""

import pytest

from ledger.application.request import Request, command_from
from ledger.domain.engagement.oversight.outcomes import RecordOutcome
from ledger.domain.fields import BadReference
from ledger.domain.kernel import Command
from ledger.domain.party.party import AddAlias, PartyAliasAdded, PartyRegistered, RegisterParty
from ledger.format.entry import BadText, EmptyText, EntryTooLarge
from tests.spec.scenario import Scenario
from tests.spec.stories import ALPHA, PARTIES, SIGNED


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a\x00b", "character 2 is U+0000"),
        ("a\x1bb", "character 2 is U+001B"),
        ("a\x7fb", "character 2 is U+007F"),
        ("a\x85b", "character 2 is U+0085"),
        ("a\tb", "character 2 is U+0009"),
        ("a\u202eb", "character 2 is U+202E"),
        ("a\u2066b", "character 2 is U+2066"),
        ("a\u2028b", "character 2 is U+2028"),
        ("a\ufeffb", "character 2 is U+FEFF"),
        ("a\ufffeb", "character 2 is U+FFFE"),
        ("a\ufdd0b", "character 2 is U+FDD0"),
        ("a\ud800b", "character 2 is U+D800"),
        ("a\nb", "has a line feed"),
    ],
)
def test_texts_that_cannot_be(spec: Scenario, text: str, why: str) -> None:
    """Controls, overrides, lone surrogates, noncharacters and line feeds in a line are refused by name."""
    _refuse(spec, f"name{' ' if 'U+' not in why else ': '}{why}", RegisterParty(name=text))
    _refuse(spec, f"actor{' ' if 'U+' not in why else ': '}{why}", ALPHA, actor=text)
    _refuse(spec, f"id{' ' if 'U+' not in why else ': '}{why}", ALPHA, id=text)


@pytest.mark.parametrize("text", ["", " \n"])
def test_empty_texts(spec: Scenario, text: str) -> None:
    """An empty text is refused; the error names the member of the command or the envelope."""
    for command, members, name in (
        (RegisterParty(name=text), {}, "Name"),
        (ALPHA, {"actor": text}, "Actor"),
        (ALPHA, {"id": text}, "Id"),
        (ALPHA, {"reason": text}, "Reason"),
    ):
        with pytest.raises(EmptyText, match=f"{name} is empty"):
            spec.ledger.record(Request(**{"commands": (_tidied(command),), "actor": "staff/1", **members}))  # type: ignore[arg-type]


def _refuse(spec: Scenario, why: str, command: Command, **members: str) -> None:
    with pytest.raises(BadText) as caught:
        spec.ledger.record(Request(**{"commands": (_tidied(command),), "actor": "staff/1", **members}))  # type: ignore[arg-type]
    assert why in caught.value.sentence
    assert 1 == spec.size


def _tidied(command: Command) -> Command:
    return command_from({"command": command.tag(), **{n: getattr(command, n) for n in command.__struct_fields__}})


@pytest.mark.parametrize(
    "text", ["Ünïted", "世界気象機関", "नेपाल\u200dक", "می\u200cخواهم", "👩 1", 'say "x" \\ /', "a\u0301b"]
)
def test_texts_of_all_scripts(spec: Scenario, text: str) -> None:
    """All scripts are accepted, with joiners between their letters, and stored in NFC."""
    spec.given(RegisterParty(name=f"  {text}\n"))
    event = spec.entry(2).event
    assert isinstance(event, PartyRegistered)
    assert text.replace("a\u0301", "\u00e1") == event.name


def test_long_texts_have_lines(spec: Scenario) -> None:
    """Line feeds are kept in long texts; CR LF becomes LF."""
    spec.given(*PARTIES, *SIGNED)
    spec.given(RecordOutcome(engagement="E1", summary="one\r\ntwo\nthree"))
    assert "one\ntwo\nthree" == spec.state("engagement/E1").outcomes["O1"].reached.value.summary


def test_an_entry_has_its_size(spec: Scenario) -> None:
    """65,535 bytes are accepted and one more is refused; the next command is recorded."""
    room = 65_535 - len(spec.store.entry(_alias(spec, "x")) or b"") + 1
    spec.when(AddAlias(party="ALPHA", alias="y" * (room + 1))).then_refused(
        EntryTooLarge, "65536 bytes; the limit is 65535"
    )
    spec.when(AddAlias(party="ALPHA", alias="z" * room)).then(PartyAliasAdded(alias="z" * room))
    assert 65_535 == len(spec.store.entry(spec.size) or b"")


def _alias(spec: Scenario, alias: str) -> int:
    spec.given(ALPHA)
    spec.ledger.record(spec.request(AddAlias(party="ALPHA", alias=alias), effective_on=None))
    return spec.size


@pytest.mark.parametrize("name", ["a;b", "a=b", "a  b", "x" * 129])
def test_names_of_actors_and_ids(spec: Scenario, name: str) -> None:
    """Actors and command ids must be valid references."""
    for members in ({"actor": name}, {"id": name}):
        with pytest.raises(BadReference):
            spec.ledger.record(Request(**{"commands": (ALPHA,), "actor": "staff/1", **members}))  # type: ignore[arg-type]
    assert 1 == spec.size
