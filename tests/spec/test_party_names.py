"""Party lookup by reference, name, former name, alias or identifier; similar names are only suggested."""

import pytest

from ledger.domain.fields import Identifier
from ledger.domain.party.party import AddAlias, AddIdentifier, PartyRegistered, RenameParty
from ledger.domain.refusals import AmbiguousParty, UnknownParty
from ledger.domain.voiding import VoidEntries
from ledger.format.name_keys import name_key, near_names
from tests.spec.scenario import Scenario
from tests.spec.stories import ALPHA, BETA, party


def reference_of(spec: Scenario, text: str) -> str:
    """Return the reference under which an alias for `text` is recorded."""
    spec.given(AddAlias(party=text, alias=f"found {spec.size}"))
    return spec.entry(spec.size).stream.partition("/")[2]


@pytest.mark.parametrize(
    "text",
    [
        "ALPHA",
        "Alpha Institute",
        "Alpha University",
        "alpha  INSTITUTE",
        "AU",
        "au",
        "LEI=5493",
        "lei=5493",
        "  ALPHA ",
    ],
)
def test_all_that_means_a_party(spec: Scenario, text: str) -> None:
    """Each of them identifies the party, whatever its case and spacing."""
    spec.given(ALPHA, BETA, RenameParty(party="ALPHA", name="Alpha Institute"), AddAlias(party="ALPHA", alias="AU"))
    spec.given(AddIdentifier(party="ALPHA", identifier=Identifier("LEI", "5493")))
    assert "ALPHA" == reference_of(spec, text)


def test_a_reference_comes_before_a_name(spec: Scenario) -> None:
    """A reference takes precedence over another party's equal name."""
    spec.given(ALPHA, party("B2", "ALPHA"))
    assert "ALPHA" == reference_of(spec, "ALPHA")
    assert "B2" == reference_of(spec, "alpha")


def test_two_parties_of_one_name(spec: Scenario) -> None:
    """A name of two parties is refused and the error lists both references, which still work."""
    spec.given(ALPHA, party("A2", "alpha university", namesake=True))
    spec.when(AddAlias(party="Alpha University", alias="AU"))
    spec.then_refused(AmbiguousParty, "'Alpha University' could be A2 or ALPHA", "reference instead of its name")
    assert "A2" == reference_of(spec, "A2")


def test_near_names_are_suggested(spec: Scenario) -> None:
    """The error for an unknown name suggests similar ones as they are written, with their references."""
    spec.given(ALPHA, BETA)
    spec.when(AddAlias(party="Alfa Univercity", alias="AU"))
    spec.then_refused(
        UnknownParty, "No party is known as 'Alfa Univercity'", "Did you mean 'Alpha University' (ALPHA)?"
    )


def test_voided_names_mean_nobody(spec: Scenario) -> None:
    """The names of a voided registration are free, and are not suggested."""
    spec.given(ALPHA, VoidEntries(positions=(2,), reason="Registered twice"))
    spec.when(AddAlias(party="Alpha University", alias="AU")).then_refused(UnknownParty, "ledger party list")
    spec.when(party("A2", "Alpha University")).then(PartyRegistered(name="Alpha University"))
    assert "A2" == reference_of(spec, "Alpha University")


def test_a_voided_rename_gives_the_name_back(spec: Scenario) -> None:
    """The voided name identifies no party; the former one is current again."""
    spec.given(ALPHA, RenameParty(party="ALPHA", name="Alpha Institute"), VoidEntries(positions=(3,), reason="Not yet"))
    spec.when(AddAlias(party="Alpha Institute", alias="AU")).then_refused(UnknownParty)
    assert "Alpha University" == spec.state("party/ALPHA").name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("O\u2019Brien", "O'Brien"),
        ("Ａlpha", "alpha"),
        (" a\u00a0 b ", "A B"),
        ("E\u0301cole", "école"),
        ("ﬁnance", "FINANCE"),
    ],
)
def test_the_same_key(one: str, other: str) -> None:
    """Case, compatibility forms, quotes and spacing do not distinguish names."""
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Ecole", "École"), ("UNDP", "UNEP"), ("A-B", "A B"), ("1", "I")])
def test_another_key(one: str, other: str) -> None:
    """Accents, letters and signs distinguish names."""
    assert name_key(one) != name_key(other)


def test_near_names_are_the_best_first() -> None:
    """At most three similar names, the most similar first."""
    names = [
        "Alpha University",
        "Alpha University of Arts",
        "Beta Foundation",
        "Alpha Universities",
        "Alphan University",
    ]
    near = near_names("Alpha Univercity", names)
    assert "Alpha University" == near[0]
    assert 3 == len(near)
    assert [] == near_names("Zeta", names)
