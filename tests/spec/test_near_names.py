"""Names that are nearly the same are questioned: marks, `and`, an article or legal form make no other organisation."""

import msgspec
import pytest

from ledger.characters.plain_names import plain_names
from ledger.domain.party.merging import MergeParty
from ledger.domain.party.names import NearParty
from ledger.domain.party.party import AddAlias, PartyAliasAdded, PartyRegistered, PartyRenamed, RenameParty
from ledger.format.entry import BadText
from tests.spec.scenario import Scenario
from tests.spec.stories import party

NEAR = [
    ("Ernst & Young", "Ernst and Young"),
    ("Ernst & Young", "Ernst & Young Ltd"),
    ("Ernst & Young GmbH & Co. KG", "Ernst und Young"),
    ("Université de Genève", "Universite de Geneve"),
    ("The World Bank", "World Bank"),
    ("L'Oréal S.A.", "L\u2019Oreal"),
    ("Smith, Jones & Co.", "Smith Jones"),
    ("Politechnika Łódzka", "Politechnika Lodzka"),
    ("جَامِعَة القَاهِرَة", "جامعة القاهرة"),
    ("جامعة القاهرة", "جامعه القاهره"),
    ("אוּנִיבֶרְסִיטָה", "אוניברסיטה"),
    ("ООО Пример", "Пример"),
    ("华为技术有限公司", "华为技术"),
    ("株式会社 例", "例"),
]
APART = [
    ("Ernst & Young", "Ernst & Younger"), ("Party E", "Party Y"), ("Co", "Ltd"), ("ガス", "カス"), ("कि", "का"),
    ("University of Geneva", "University of Genoa"), ("Sa", "Ag"), ("Example 1", "Example 2"), ("-- Ltd", "Ltd Co"),
    ("]] Ltd Co", "-- Ltd Co"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [*NEAR, *((other, one) for one, other in NEAR)])
def test_near_names_are_questioned(spec: Scenario, one: str, other: str) -> None:
    """A registration under nearly the name of another party is refused, whichever was first; --namesake lets it be."""
    spec.given(party("A", one))
    spec.when(party("B", other)).then_refused(NearParty, f"nearly '{one}'", "party A", "--namesake")
    spec.when(party("B", other, namesake=True)).then(PartyRegistered(name=other))


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_names_are_not(spec: Scenario, one: str, other: str) -> None:
    """Names with another word, digit, or letter of any script are other names."""
    spec.given(party("A", one)).when(party("B", other)).then(PartyRegistered(name=other))


def test_names_of_one_party(spec: Scenario) -> None:
    """A party may take nearly its own name, and that of one that was merged into it, but not that of another one."""
    spec.given(party("A", "Ernst & Young"), party("B", "Example"), party("C", "Sample Ltd"))
    spec.when(RenameParty(party="A", name="Ernst and Young")).then(PartyRenamed(name="Ernst and Young"))
    spec.when(AddAlias(party="B", alias="Ernst & Young Inc.")).then_refused(NearParty, "party A")
    spec.given(MergeParty(party="C", into="B"))
    spec.when(AddAlias(party="B", alias="Sample")).then(PartyAliasAdded(alias="Sample"))
    spec.when(party("D", "Sample Inc")).then_refused(NearParty, "party B")


def test_names_of_one_request(spec: Scenario) -> None:
    """Parties of one request are compared with each other."""
    spec.when(party("A", "Example Ltd"), party("B", "Example Inc")).then_refused(NearParty, "party A")


def test_names_in_bulk() -> None:
    """The plain forms of many names are those of each alone."""
    names = [name.casefold() for pair in (*NEAR, *APART) for name in pair]
    assert [plain_names(name) for name in names] == plain_names("\n".join(names)).split("\n")


@pytest.mark.parametrize("char", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200c", "\u202e"])
def test_characters_without_width_are_refused(spec: Scenario, char: str) -> None:
    """A name with a character that nobody sees is refused; a joiner is one between letters that have no other form."""
    for command in (party("A", f"Ex{char}ample"), party("A", "Example", aliases=(f"Ex{char}ample",))):
        with pytest.raises(BadText):
            spec.request(msgspec.structs.replace(command))
