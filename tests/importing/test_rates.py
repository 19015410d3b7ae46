"""Registers of rates of exchange: one rate a day and pair, in rows of their own or with a column a currency."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import StaticPool, create_engine

from ledger.domain.organisation.exchange_rate import Rate
from ledger.importing.profile.load import load_profile, read_profile
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.conversion import Converter
from projections.runner.follow import Follower, create_tables
from tests.importing.workspace import Workspace, faults, table

PROFILE = """
kind = "rates"
[columns]
base = "from"
quote = "to"
rate = "price"
published_on = "day"
[empty]
source = "United Nations operational rates"
"""
ROW = {"from": "EUR", "to": "USD", "price": "1.0850", "day": "2024-03-01"}
WIDE = b"Date,USD,CYP,CHF,\n2024-03-04,1.0846,N/A,0.9600,\n2024-03-01,1.0813,,0.9582,\n"
"""The layout of the European Central Bank."""


def rate(**cells: str) -> dict[str, str]:
    """Return the cells of a valid row, with these values replaced."""
    return ROW | cells


@pytest.fixture
def rates(workspace: Workspace) -> Workspace:
    """Return a workspace with the profile of rates."""
    workspace.profile = read_profile("rates", PROFILE.encode())
    return workspace


def by_day(workspace: Workspace, pair: str = "EUR-USD") -> dict[str, str]:
    """Return the rates of a pair."""
    state = workspace.ledger.fold(f"rate/{pair}")[0]
    assert isinstance(state, Rate)
    return state.by_day


def test_rates_are_recorded_once(rates: Workspace) -> None:
    """Each row is a rate from its day on, as published; the same file again adds nothing."""
    rows = table(rate(), rate(day="2024-03-04", price="1.09"), rate(to="CHF", price="0.95"))
    outcome = rates.import_rows(data=rows)
    assert (3, 3, "2-4") == (outcome.recorded, outcome.entries, outcome.places)
    assert {"2024-03-01": "1.0850", "2024-03-04": "1.09"} == by_day(rates)
    entry = rates.entries()[-1]
    assert ("2024-03-04", "rate/EUR-USD") == (entry.effective_on, entry.stream)
    again = rates.import_rows(data=rows)
    assert (3, 0) == (again.unchanged, again.entries)


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"from": "EUX"}, "from", "unknown-currency"),
        ({"to": "USX"}, "to", "unknown-currency"),
        ({"to": "EUR"}, "price", "bad-rate"),
        ({"price": "0"}, "price", "bad-rate"),
        ({"price": "1e3"}, "price", "bad-rate"),
        ({"price": ""}, "price", "empty-cell"),
        ({"day": "2031-01-01"}, "day", "not-signed-yet"),
        ({"day": "1 March"}, "day", "not-a-date"),
    ],
)
def test_row_that_is_wrong(rates: Workspace, cells: dict[str, str], column: str, code: str) -> None:
    """Each fault names its column, and nothing of the file is recorded."""
    outcome = rates.import_rows(data=table(rate(day="2024-01-01"), rate(**cells)))
    assert ([(2, column, code)], 1) == (faults(outcome), rates.size)


def test_a_rate_that_changes(rates: Workspace) -> None:
    """Another rate for a day supersedes it; as a correction, what was wrong is voided."""
    rates.import_rows(data=table(rate()))
    outcome = rates.import_rows(data=table(rate(price="1.0860")))
    assert (1, [("rate", "1.0850", "1.0860")]) == (
        outcome.amended, [(change.field, change.was, change.becomes) for change in outcome.changes]
    )  # fmt: skip
    corrected = rates.import_rows(data=table(rate(price="1.0870")), correct=True)
    assert (1, ["entry.voided", "entry.voided", "rate.recorded"]) == (corrected.corrected, rates.tags(4))
    assert {"2024-03-01": "1.0870"} == by_day(rates)
    assert 1 == rates.import_rows(data=table(rate(price="1.0870"))).unchanged


def test_what_staff_changed_stays(rates: Workspace) -> None:
    """A row that states the same as before adds nothing, whatever staff recorded or voided in between."""
    rates.import_rows(data=table(rate(), rate(day="2024-03-04")))
    rates.record("rate record", "2024-03-01", base="EUR", quote="USD", rate="1.1", source="Treasury")
    rates.record("void", positions=[3], reason="Not published")
    assert 2 == rates.import_rows(data=table(rate(), rate(day="2024-03-04"))).unchanged
    assert {"2024-03-01": "1.1"} == by_day(rates)
    outcome = rates.import_rows(data=table(rate(price="1.2"), rate(day="2024-03-04", price="1.2")))
    assert [(2, "price", "taken-back")] == faults(outcome)


def test_decimal_comma(rates: Workspace) -> None:
    """The decimal sign of the profile holds for rates as well."""
    profile = PROFILE + '[amounts]\ndecimal = ","\n[file]\ndelimiter = ";"\n'
    rates.profile = read_profile("rates", profile.encode())
    rates.import_rows(data=b"from;to;price;day\nEUR;USD;1,0850;2024-03-01\n")
    assert {"2024-03-01": "1.0850"} == by_day(rates)


def test_a_column_for_each_currency(workspace: Workspace) -> None:
    """In the wide layout each cell under a currency is a row; gaps are none, and a column without a name is ignored."""
    workspace.profile = load_profile("ecb")
    outcome = workspace.import_rows(data=WIDE)
    assert (4, 4) == (outcome.rows, outcome.recorded)
    assert {"2024-03-01": "1.0813", "2024-03-04": "1.0846"} == by_day(workspace)
    assert {"2024-03-01": "0.9582", "2024-03-04": "0.9600"} == by_day(workspace, "EUR-CHF")
    assert [3, 4, 1, 2] == [entry.source.row for entry in workspace.entries() if entry.source]


def test_rejected_cells_of_a_wide_file(workspace: Workspace) -> None:
    """Wrong cells go to a file with a row each, which is imported with the same profile once it is corrected."""
    workspace.profile = load_profile("ecb")
    path = workspace.write(WIDE.replace(b"0.9582", b"O.9582").replace(b"2024-03-04,1.0846,N/A", b"2024-03-04,1.0846"))
    outcome = workspace.import_rows(path=path, keep_going=True)
    assert [(1, "", "ragged-row"), (3, "value", "bad-rate")] == faults(outcome)
    assert {"2024-03-01": "1.0813"} == by_day(workspace)
    rejects = workspace.folder / "register.csv.rejects.csv"
    header, _, wrong = rejects.read_text("utf-8-sig").splitlines()
    mended = f"{header}\n{wrong.replace('O.', '0.')}\n".encode()
    assert 1 == workspace.import_rows(data=mended).recorded
    assert {"2024-03-01": "0.9582"} == by_day(workspace, "EUR-CHF")


def _ecb() -> Path:
    path = Path(__file__).parents[3] / "shared" / "data" / "fx" / "eurofxref-hist.csv"
    if not path.exists():
        pytest.skip("the folder shared is not next to the project")
    return path


@pytest.mark.shared_data
def test_rates_of_two_years_serve_a_ledger_in_dollars(workspace: Workspace) -> None:
    """Francs and pounds convert across the euro: expected values computed by hand from the rates in the file."""
    header, *days = _ecb().read_text("ascii").splitlines(keepends=True)
    years = [line for line in days if line.startswith(("2016-06", "2024-03"))]
    workspace.profile = load_profile("ecb")
    workspace.import_rows(data="".join([header, *years]).encode())
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as db:
        create_tables(db)
        follower = Follower(workspace.ledger, db)
        for position, data in list(workspace.ledger.store.entries()):
            follower.apply(position, data)
        follower.flush()
        converter = Converter(Queries(db, BitemporalPoint("2026-05-04", workspace.size)))
    # 1,000.00 / 0.9582 * 1.0813; 26 June 2016 was a Sunday, so 2,500.00 / 0.8075 * 1.1066 as on the Friday.
    assert 112_847 == converter.worth("CHF", 100_000, "2024-03-01")
    assert 342_601 == converter.worth("GBP", 250_000, "2016-06-26")


@pytest.mark.shared_data
@pytest.mark.slow
def test_the_whole_file_in_little_memory(tmp_path: Path) -> None:
    """All 217,555 rates are imported in less than 150 MB."""
    program = (
        "import sys\nfrom pathlib import Path\nfrom cli.main import run\n"
        "run(['init', '--origin', 'example.org/ledger', '--currency', 'USD'])\n"
        "run(['import', 'ecb', sys.argv[1]])\n"
        # Not the resource usage: that of a new process begins with the peak of the one that started it.
        "print(*(line.split()[1] for line in Path('/proc/self/status').read_text().splitlines() if 'VmHWM' in line))\n"
    )
    command = [sys.executable, "-c", program, str(_ecb())]
    ended = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "LEDGER_ACTOR": "staff/1"}, capture_output=True, text=True, check=True
    )
    assert "rates: 217555 recorded, 0 amended, 0 corrected, 0 unchanged" in ended.stdout
    assert int(ended.stdout.splitlines()[-1]) < 150_000
