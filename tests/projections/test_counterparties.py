"""Totals by counterparty: what the organisation commits itself goes to the other side of the engagement."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.totals import ITSELF, SEVERAL, Totals
from tests.importing.workspace import Workspace, row


def test_totals_by_counterparty(tmp_path: Path, projected: Callable[..., Engine]) -> None:
    """One party on the other side is named, several are `several parties`; a party's own money stays its own."""
    workspace = Workspace(tmp_path)
    own = {"partner_amount": "", "currency": "USD"}
    workspace.import_rows(
        row(), row(reference="A-2", partners="Beta", itu_amount="70.00", **own),
        row(reference="A-3", partners="Alpha Institute; Beta", itu_amount="30.00", **own),
    )  # fmt: skip
    with projected(workspace.ledger).connect() as db:
        totals = Totals(Queries(db, BitemporalPoint("2026-12-31", workspace.size)), "signed")
        found = {dimension: {each.group: each.reported for each in totals.by(dimension)}
                 for dimension in ("party", "counterparty")}  # fmt: skip
    workspace.ledger.close()
    assert {"Alpha Institute": 10000, ITSELF: 10000} == found["party"]
    assert {"Alpha Institute": 10000, "Beta": 7000, SEVERAL: 3000} == found["counterparty"]
