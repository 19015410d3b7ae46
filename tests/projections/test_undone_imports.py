"""An import that is undone leaves nothing behind: importing the right file then is the same as importing it once."""

import json
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from ledger.application.request import Request
from ledger.domain.voiding import VoidEntries
from ledger.importing.changes.imports import find_import, imports, to_undo, undo_id
from ledger.importing.profile.load import read_profile
from projections.queries import lists
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from tests.importing.test_payments import ACCEPTING, paid
from tests.importing.workspace import Workspace, row, sheet, table

Project = Callable[..., Engine]
Cells = dict[str, str]
EXAMPLES = 400 if os.environ.get("LEDGER_SWEEP") else 12
WORDS = {
    "reference": ["A-1", "A-2", "A-3"], "partners": ["Alpha", "Beta", "Gamma; Delta"], "title": ["Data", "Water"],
    "partner_types": ["", "Academia"], "signed_on": ["2024-03-01", "2024-05-01"], "ends_on": ["", "2025-12-31"],
    "itu_amount": ["", "10.00", "20.00"],
}  # fmt: skip
"""The values that cells of random rows have."""
RANDOM = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def agreements() -> st.SearchStrategy[list[Cells]]:
    """Return a strategy of registers of agreements; a reference occurs once."""
    cells = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in WORDS.items()})
    plain = {"partner_amount": ""}
    return st.lists(cells.map(lambda some: row(**some, **plain)), min_size=1, max_size=3, unique_by=_reference)


def _reference(cells: Cells) -> str:
    return cells["reference"]


def undo(workspace: Workspace, number: int = 0) -> None:
    """Undo an import by its number, or the last one."""
    chosen = find_import(workspace.ledger, number or len(imports(workspace.ledger)))
    positions, _ = to_undo(workspace.ledger, chosen)
    voids = VoidEntries(positions=tuple(positions), reason="The wrong file")
    id_of_command = undo_id(chosen.profile, chosen.sha256)
    workspace.ledger.record(Request(commands=(voids,), actor="staff/2", id=id_of_command))


def projection(project: Project, workspace: Workspace) -> list[str]:
    """Return the rows of all lists as texts, with names in place of references of parties, and without positions."""
    with project(workspace.ledger).connect() as db:
        queries = Queries(db, BitemporalPoint("2026-12-31", workspace.size))
        names = {ref: str(party.get("name")) for ref, party in queries.parties().items()}
        found = [
            (kind, each)
            for kind in ("parties", "engagements", "contributions", "orders", "payments")
            for each in getattr(lists, kind)(queries)
        ]
    texts = [f"{kind} {json.dumps(_bare(each), sort_keys=True)}" for kind, each in found]
    return sorted(re.sub(r"P\d{5}", lambda ref: names[ref[0]], text) for text in texts)


def _bare(each: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in each.items() if "position" not in name}


@RANDOM
@given(agreements(), agreements(), agreements(), st.booleans())
def test_undone_and_imported_again(
    projected: Project, before: list[Cells], wrong: list[Cells], right: list[Cells], correct: bool
) -> None:
    """Whatever the wrong file changed of what an earlier one had stated, nothing of it is left."""
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        once, twice = Workspace(Path(one)), Workspace(Path(other))
        for workspace in (once, twice):
            workspace.import_rows(*before)
        found = projection(projected, twice)
        if twice.import_rows(path=_file(twice, wrong), keep_going=True, correct=correct).positions:
            undo(twice)
            assert found == projection(projected, twice)
        expected = once.import_rows(path=_file(once, right), keep_going=True)
        again = twice.import_rows(path=_file(twice, right, "again.csv"), keep_going=True)
        assert expected.done == again.done
        assert projection(projected, once) == projection(projected, twice)
        for workspace in (once, twice):
            workspace.ledger.close()


def _file(workspace: Workspace, rows: Sequence[Cells], name: str = "right.csv") -> Path:
    return workspace.write(sheet(*rows), name)


def test_payments_undone_and_imported_again(projected: Project, tmp_path: Path) -> None:
    """So are payments with their acceptances: the mended file is imported as if it were the first."""
    workspace = Workspace(tmp_path)
    workspace.sign("A-1", "Alpha")
    workspace.record("order issue", "2024-02-01", engagement="A-1", number="SO-1", subject="Report", vendor="Alpha",
            amount={"currency": "USD", "value": "100.00"})  # fmt: skip
    workspace.profile = read_profile("payments", ACCEPTING.encode())
    before = projection(projected, workspace)
    workspace.import_rows(data=table(paid(), paid(voucher="PV-2", amount="50.00")))
    undo(workspace)
    assert before == projection(projected, workspace)
    mended = table(paid(amount="41.00"), paid(voucher="PV-2", amount="50.00"))
    assert 2 == workspace.import_rows(data=mended).paid
    size = workspace.size
    assert (2, size) == (workspace.import_rows(data=mended).unchanged, workspace.size)
    assert 9100 == workspace.engagement().balances.orders["SO-1"].paid
