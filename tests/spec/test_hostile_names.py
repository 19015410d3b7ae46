"""Names made to be taken for others, or for none: refused with the character, or questioned with the party."""

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ledger.application.open import make_ledger, open_ledger
from ledger.application.party_lookup import MAX_FOLLOWED
from ledger.application.request import Request, tidy
from ledger.characters.assigned import is_assigned
from ledger.characters.hidden import hidden_fault
from ledger.characters.lookalikes import look_alike, script_fault
from ledger.domain.disclosure.commands import PublishDisclosure
from ledger.domain.errors import LedgerError
from ledger.domain.fields import BadReference, Identifier
from ledger.domain.kernel import Command
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.names import DuplicateParty, LooksLikeParty, NoName
from ledger.domain.party.party import AddAlias, AddIdentifier, RegisterParty, RenameParty
from ledger.domain.registry import EVENTS
from ledger.format.canonical import NotCanonical, check, text_fault
from ledger.format.entry import BadText, EmptyText, Entry, encode
from ledger.replay.values import value_fault
from tests.spec.examples import EXAMPLES
from tests.spec.hostile_names import LIKE_NOTHING, LIKE_UNICEF, PLAIN, YOUNGER
from tests.spec.scenario import Scenario
from tests.spec.stories import party, signature

QUESTIONED = (BadText, DuplicateParty, LooksLikeParty)


def _refused(spec: Scenario, command: Command, *errors: type[LedgerError], **envelope: Any) -> LedgerError:
    size = spec.size
    with pytest.raises(errors) as caught:
        spec.ledger.record(msgspec.structs.replace(spec.request(tidy(command)), **envelope))
    assert size == spec.size
    return caught.value


def test_there_are_enough_of_them() -> None:
    """60 names look like UNICEF, and 30 like nothing."""
    assert 60 <= len(set(LIKE_UNICEF))
    assert 30 <= len(set(LIKE_NOTHING))


@pytest.mark.parametrize("name", [*LIKE_UNICEF, *PLAIN], ids=ascii)
def test_a_party_that_looks_like_another(spec: Scenario, name: str) -> None:
    """A name that looks like a registered one is refused, as a name, an alias and a new name."""
    spec.given(party("P1", "UNICEF"), party("P2", "Another"))
    for command in (
        RegisterParty(name=name),
        RegisterParty(name="Something else", aliases=(name,)),
        RenameParty(party="P2", name=name),
        AddAlias(party="P2", alias=name),
    ):
        error = _refused(spec, command, *QUESTIONED)
        assert "P1" in error.sentence or "U+" in error.sentence


@pytest.mark.parametrize("name", LIKE_UNICEF, ids=ascii)
def test_the_one_that_looks_like_another_came_first(spec: Scenario, name: str) -> None:
    """The real name is questioned if one that looks like it is registered."""
    if hidden_fault(name) or text_fault(name):
        pytest.skip("it cannot be recorded")
    if "\u03f9" in name:
        pytest.skip("the key of a name turns this letter into a sigma")
    spec.given(party("P1", name))
    _refused(spec, RegisterParty(name="UNICEF"), *QUESTIONED)


@pytest.mark.parametrize("name", LIKE_UNICEF, ids=ascii)
def test_a_reference_that_looks_like_another(spec: Scenario, name: str) -> None:
    """As reference of a party, an engagement or a document, as identifier and as actor, its letters are refused."""
    spec.given(party("ALPHA", "Alpha"), party("BETA", "Beta"))
    for command in (
        RegisterParty(ref=name, name="Gamma"),
        signature(name),
        PublishDisclosure(as_of_on="2026-01-15", document=name, body="Council"),
    ):
        _refused(spec, command, BadText, BadReference)
    _refused(spec, RegisterParty(name="Gamma"), BadText, BadReference, actor=name)
    _refused(spec, RegisterParty(name="Gamma"), BadText, BadReference, id=name)
    with pytest.raises((BadText, BadReference)):
        _refused(spec, AddIdentifier(party="ALPHA", identifier=Identifier.parse(f"LEI={name}")), BadText)


@pytest.mark.parametrize("name", LIKE_NOTHING, ids=ascii)
def test_a_name_that_looks_like_nothing(spec: Scenario, name: str) -> None:
    """It is refused everywhere: as name, alias, reference, actor, title and reason."""
    spec.given(party("ALPHA", "Alpha"), party("BETA", "Beta"))
    nothing = (BadText, EmptyText, BadReference)
    for command in (
        RegisterParty(name=name),
        AddAlias(party="ALPHA", alias=name),
        RegisterParty(ref=name, name="Gamma"),
        signature(name),
        signature(title=name),
        PublishDisclosure(as_of_on="2026-01-15", document=name, body="Council"),
        PublishDisclosure(as_of_on="2026-01-15", document="C26/1", body="Council", title=name),
    ):
        _refused(spec, command, *nothing)
    _refused(spec, RegisterParty(name="Gamma"), *nothing, actor=name)
    _refused(spec, RegisterParty(name="Gamma"), *nothing, reason=name)


@pytest.mark.parametrize("name", ["-", "…", "—", ". .", "(?)", "€", "★"])
def test_a_party_has_a_name(spec: Scenario, name: str) -> None:
    """A name has a letter or a digit."""
    _refused(spec, RegisterParty(name=name), NoName)


def test_a_namesake_is_confirmed(spec: Scenario) -> None:
    """With `namesake` a name that looks like another one is recorded, and then found by its own characters."""
    cyrillic = "\u0421\u0415\u0412\u0415\u0420"
    spec.given(party("P1", "Modern"), party("P2", "CEBEP"), party("P5", "Another"))
    _refused(spec, RegisterParty(name=cyrillic), LooksLikeParty)
    spec.given(party("P3", "Modem", namesake=True), party("P4", cyrillic, namesake=True))
    spec.given(AddAlias(party="P5", alias="M\u043edern", namesake=True))
    assert "P4" == _refused(spec, RegisterParty(name=cyrillic), DuplicateParty).sentence.split()[3]


def test_another_process_registered_it(tmp_path: Path) -> None:
    """What another process registered since, one name or very many, is compared too."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    make_ledger(url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1")
    first, second = open_ledger(url), open_ledger(url)
    try:
        for count in (1, MAX_FOLLOWED + 1):
            first.record(Request(commands=(RegisterParty(name=f"Begin {count}"),), actor="staff/1"))
            names = [f"UNICEF {count}", *(f"Filler {count}/{number}" for number in range(count))]
            commands = tuple(RegisterParty(ref=f"F-{count}-{at}", name=name) for at, name in enumerate(names))
            second.record(Request(commands=commands, actor="staff/2"))
            with pytest.raises(LooksLikeParty, match=f"F-{count}-0"):
                first.record(Request(commands=(RegisterParty(name=f"UNI\u0421EF {count}"),), actor="staff/1"))
    finally:
        first.close()
        second.close()


@pytest.mark.parametrize(
    "names",
    [
        ("Ministry of Health", "Ministry of Wealth"), ("Région 1", "Région 2"), ("ILO", "IMO"),
        ("Институт", "Institut"),
        ("世界気象機関", "世界銀行"), ("جامعة", "جامع"), ("Åland", "Öland"), ("ITU-D", "ITU-R"), ("Fiat", "Flat"),
    ],
)  # fmt: skip
def test_names_that_can_be_told_apart(spec: Scenario, names: tuple[str, str]) -> None:
    """Names that differ visibly are registered without a question."""
    spec.given(*(RegisterParty(name=name) for name in names))
    assert not look_alike(*names)


@pytest.mark.parametrize(
    "ref",
    [
        "Договор-12",
        "契約-BDT-2024",
        "N.º 45/2024",
        "عقد-٢٠٢٤",
        "Ünïted",
        "προς-7",
        "ｶﾀｶﾅ",
        "계약서 3",
        "m²",
        "अनुबध",
    ],
)
def test_references_of_all_scripts(ref: str) -> None:
    """Letters of one script, Latin ones among East Asian ones, and ordinals are accepted in references."""
    assert script_fault(ref) is None


# One place for all texts: whatever an event holds.


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _leaves(member, (*path, name))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _leaves(member, (*path, index))
    elif isinstance(value, str) and path != ("event", "type"):
        yield path


def _with(value: Any, path: tuple[Any, ...], text: str) -> Any:
    if not path:
        return value + text
    if isinstance(value, dict):
        return value | {path[0]: _with(value[path[0]], path[1:], text)}
    return [_with(member, path[1:], text) if index == path[0] else member for index, member in enumerate(value)]


@pytest.mark.parametrize("tag", EVENTS)
def test_no_text_of_an_event_hides_a_character(spec: Scenario, tag: str) -> None:
    """In every text of every event and its envelope a hidden character is refused when written and found when read."""
    given, command = EXAMPLES[tag]
    if tag != "ledger.opened":
        spec.given(*given)
        spec.given(command)
    entry = spec.entry(spec.size)
    plain = msgspec.to_builtins(msgspec.structs.replace(entry, reason="why"))
    paths = [path for path in _leaves(plain) if path[0] not in ("recorded_at", "effective_on")]
    assert ("stream",) in paths
    for path in paths:
        for hidden in ("\u200b", "\u3164", "\u2800", "\u200e", "\U000e0041", "\ue000"):
            changed = msgspec.convert(_with(plain, path, f"a{hidden}b"), Entry)
            with pytest.raises(BadText, match=f"U\\+{ord(hidden):04X}"):
                encode(changed)
            assert value_fault(changed, spec.size), path


@pytest.mark.parametrize("text", YOUNGER, ids=ascii)
def test_younger_characters(spec: Scenario, text: str) -> None:
    """What a later Unicode assigned is refused by every Python, by its name and before its form is looked at."""
    error = _refused(spec, RegisterParty(name=text), BadText)
    assert "which Unicode 14.0 does not have" in error.sentence
    with pytest.raises(NotCanonical, match=r"which Unicode 14\.0 does not have"):
        check(f'"{text}"'.encode())


def test_every_python_knows_the_characters() -> None:
    """What the table calls assigned is assigned for this Python, and for Python 3.11 nothing else is."""
    is_oldest = unicodedata.unidata_version == "14.0.0"
    for code in range(sys.maxunicode + 1):
        if 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE:
            continue
        is_known = unicodedata.category(chr(code)) != "Cn"
        assert is_known or not is_assigned(chr(code)), f"U+{code:04X}"
        assert is_assigned(chr(code)) or not (is_known and is_oldest), f"U+{code:04X}"


def test_the_hidden_characters_are_those_of_unicode() -> None:
    """Format characters, private use, and what Unicode says is ignorable are hidden; letters that people write not."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in ("Cf", "Co") and is_assigned(char) and text_fault(char) is None:
            assert hidden_fault(f"a{char}b"), f"U+{code:04X}"
        elif unicodedata.category(char)[0] in "LN" and not unicodedata.name(char, "").endswith("FILLER"):
            assert not hidden_fault(f"a{char}b"), f"U+{code:04X}"
