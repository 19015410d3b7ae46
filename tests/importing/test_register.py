"""The real register is imported completely, to the cent, once."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.domain.engagement.lifecycle import EngagementSigned
from ledger.domain.engagement.money.contributions import ContributionCommitted
from ledger.domain.fields import ORGANIZATION
from ledger.domain.party.party import PartyRegistered
from tests.importing.workspace import Workspace

REGISTER = Path(__file__).parents[2] / "demo" / "data" / "register.csv"
# The trend 2020-2024 of the ITU document on ITU-D partnerships and resource mobilization (TDAG-25): agreements signed,
# and US dollars of partners and of ITU.
TREND = {
    "2020": (42, "12400000.00", "3100000.00"),
    "2021": (72, "15600000.00", "3900000.00"),
    "2022": (75, "9000000.00", "1000000.00"),
    "2023": (88, "22200000.00", "2100000.00"),
    "2024": (89, "31100000.00", "2726190.48"),
}


def trend(workspace: Workspace) -> dict[str, tuple[int, str, str]]:
    """Return the number of agreements and the sums of commitments by year, computed from entries."""
    agreements: defaultdict[str, int] = defaultdict(int)
    money: defaultdict[tuple[str, bool], Decimal] = defaultdict(Decimal)
    for entry in workspace.entries():
        year = entry.effective_on[:4]
        if isinstance(entry.event, EngagementSigned):
            agreements[year] += 1
        if isinstance(entry.event, ContributionCommitted):
            assert entry.event.amount.currency == "USD"
            money[year, entry.event.by == ORGANIZATION] += Decimal(entry.event.amount.value)
    return {year: (agreements[year], str(money[year, False]), str(money[year, True])) for year in sorted(agreements)}


def test_totals_are_those_that_were_published(workspace: Workspace) -> None:
    """Agreements and commitments by year, partners' and the organisation's, equal the published trend to the cent."""
    workspace.import_rows(path=REGISTER)
    assert TREND == trend(workspace)


def test_counts(workspace: Workspace) -> None:
    """366 agreements are signed and 73 parties registered, without notices, and the log has nothing else."""
    outcome = workspace.import_rows(path=REGISTER)
    assert (366, 366, 73) == (outcome.rows, outcome.signed, outcome.parties)
    assert ([], [], [], []) == (outcome.faults, outcome.notices, outcome.changes, outcome.vanished)
    assert [(2, workspace.size)] == outcome.positions
    assert outcome.entries == workspace.size - 1


def test_every_cell_arrives(workspace: Workspace) -> None:
    """Each engagement has the values of its row; an empty cell is not recorded."""
    workspace.import_rows(path=REGISTER)
    with REGISTER.open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file):
            state = workspace.engagement(cells["reference"])
            for name, column in (("title", "title"), ("kind", "kind"), ("unit", "itu_unit"), ("basis", "basis"),
                                 ("starts_on", "starts_on"), ("ends_on", "ends_on")):  # fmt: skip
                assert (cells[column] or None) == state.get(name)
            for name, column in (("regions", "region"), ("priorities", "priority")):
                assert [cells[column]] * bool(cells[column]) == [str(share) for share in state.get(name) or ()]
            assert cells["signed_on"] == state.life[0].on


def test_party_without_membership_is_no_member(workspace: Workspace) -> None:
    """An empty membership is recorded as none, which is not the same as not recorded."""
    workspace.import_rows(path=REGISTER)
    registered = {
        entry.event.name: entry.event for entry in workspace.entries() if isinstance(entry.event, PartyRegistered)
    }
    assert 73 == len(registered)
    assert "none" == registered["World Meteorological Organization"].membership
    assert "Member State" == registered["Ministry of Science and ICT, Korea Rep."].membership
    assert "KR" == registered["Ministry of Science and ICT, Korea Rep."].country
    assert registered["World Meteorological Organization"].country is None


def test_party_is_registered_on_the_first_day_that_the_file_knows_it(workspace: Workspace) -> None:
    """Rows are imported by date, so no party is named before it is registered."""
    workspace.import_rows(path=REGISTER)
    registered = {}
    for entry in workspace.entries():
        if isinstance(entry.event, PartyRegistered):
            registered[entry.stream.partition("/")[2]] = entry.effective_on
        if isinstance(entry.event, EngagementSigned):
            assert all(registered[role.party] <= entry.effective_on for role in entry.event.parties or ())


def test_entries_name_their_row(workspace: Workspace) -> None:
    """Each entry carries the digest of the file and the number of its row, and one row is one command."""
    outcome = workspace.import_rows(path=REGISTER)
    with REGISTER.open(encoding="utf-8", newline="") as file:
        references = [cells["reference"] for cells in csv.DictReader(file)]
    for entry in workspace.entries():
        assert entry.source is not None
        assert outcome.sha256 == entry.source.sha256
        assert f"import:tdag25:{outcome.sha256[:32]}:{entry.source.row}" == entry.command
        if entry.stream.startswith("engagement/"):
            assert f"engagement/{references[entry.source.row - 1]}" == entry.stream


def test_again_records_nothing(workspace: Workspace) -> None:
    """A second import of the same file leaves the log unchanged."""
    workspace.import_rows(path=REGISTER)
    before = workspace.ledger.store.head().root
    outcome = workspace.import_rows(path=REGISTER)
    assert (366, 0, []) == (outcome.unchanged, outcome.signed, outcome.positions)
    assert before == workspace.ledger.store.head().root == outcome.root


@pytest.mark.shared_data
def test_copy_is_the_register() -> None:
    """The project's copy of the register equals the original."""
    shared = Path(__file__).parents[3] / "shared" / "data" / "tdag25" / "register.csv"
    if not shared.exists():
        pytest.skip("the folder shared is not next to the project")
    assert shared.read_bytes() == REGISTER.read_bytes()
