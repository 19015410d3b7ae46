"""Any bytes of a file or a profile lead to a result or an error of the ledger."""

import os
import tempfile
from contextlib import closing, suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.domain.errors import LedgerError
from ledger.importing.errors import BadProfile, EmptyFile, NotCsv
from ledger.importing.profile.load import load_profile, read_profile
from ledger.importing.read import Reading, read_file
from ledger.importing.rejects import is_reject_file, reject_bytes
from tests.importing.workspace import COLUMNS, Workspace, row, sheet

SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
MANY = settings(max_examples=5000 if SWEEP else 150, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=1000 if SWEEP else 25, deadline=None, suppress_health_check=list(HealthCheck))
TDAG25 = load_profile("tdag25")
GOOD = sheet(
    row(), row(reference="A-2", partners="Beta Agency", region="AFR=60; AMS=40"), row(reference="", title="Ünï")
)

CELLS = st.one_of(
    st.sampled_from(
        ["", "A-1", "USD", "JPY", "100.00", "-0.00", "0", "1e9", "2024-03-01", "9999-12-31", "AFR=50; AMS=50"]
    ),
    st.sampled_from(
        ["Alpha Institute; Beta", ";", "=", "a\u0301", "\u202e", "\ud7ff\uffff", "A\nB", "A\r\nB", "\x00", "'"]
    ),
    st.text(max_size=12),
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {"reference": st.sampled_from(["", "A-1", "A-2", "A|3", "x" * 200])}, optional=dict.fromkeys(COLUMNS[1:], CELLS)
    ),
    max_size=5,
)


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """Return a register with some of its bytes replaced, removed or inserted."""
    data = bytearray(GOOD)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data) - 1))
        data[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(data)


def read_and_reject(data: bytes) -> None:
    """Read a file, and its rejects again; an error of the ledger is a valid result."""
    with suppress(LedgerError), closing(read_file(BytesIO(data), TDAG25)) as reading:
        assert {fault.row for fault in reading.faults}.isdisjoint(row.number for row in reading.rows)
        if reading.faults:
            check_rejects(reading)


def check_rejects(reading: Reading) -> None:
    """Check that all rejected rows come back, row for row."""
    with closing(read_file(BytesIO(reject_bytes(reading, TDAG25, reading.faults)), TDAG25)) as again:
        assert is_reject_file(again.table)
        assert len({fault.row for fault in reading.faults}) == again.spool.records


@MANY
@given(st.one_of(st.binary(max_size=300), mangled(), st.binary(max_size=60).map(lambda tail: GOOD + tail)))
def test_bytes_of_a_file(data: bytes) -> None:
    """Any bytes are a register or an error of the ledger, and rejected rows can be read again, row for row."""
    read_and_reject(data)


@MANY
@given(ROWS)
def test_cells_of_rows(rows: list[dict[str, str]]) -> None:
    """Any cells are rows or faults."""
    read_and_reject(sheet(*rows).replace(b"\x00", b""))


@MANY
@given(st.one_of(st.binary(max_size=80), st.text(alphabet='kind="agrmtscolu[].{}\n =0', max_size=80).map(str.encode)))
def test_bytes_of_a_profile(data: bytes) -> None:
    """Any bytes are a profile or an error of the ledger."""
    with suppress(BadProfile):
        read_profile("own", data)


@pytest.mark.slow
@FEW
@given(ROWS, st.lists(ROWS, max_size=2), st.booleans())
def test_importing_anything(first: list[dict[str, str]], then: list[list[dict[str, str]]], correct: bool) -> None:
    """Files of any cells in sequence: valid rows are recorded, and a second import of each adds nothing."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        for number, rows in enumerate([[row(), *first], *then]):
            path = workspace.write(sheet(*(row(**cells) for cells in rows)).replace(b"\x00", b""), f"{number}.csv")
            with suppress(EmptyFile, NotCsv):
                workspace.import_rows(path=path, keep_going=True, correct=correct)
                size = workspace.size
                workspace.import_rows(path=path, keep_going=True, correct=correct)
                assert size == workspace.size
        workspace.ledger.close()
