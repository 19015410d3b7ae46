"""The example of the design, read at every as-of: 100 in March, 80 from July, then a void, then a void of the void."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.application.ledger import Ledger
from ledger.application.request import Request, command_from
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from tests.projections.histories import play

SIGNED, AMENDED, VOIDED, BACK = 4, 5, 6, 7
"""Positions: the commitment of 100, the difference of -20, its void, the void of the void."""

READINGS = [
    # on, known at, amount signed in cents
    ("2024-02-29", BACK, 0),
    ("2024-03-01", SIGNED, 10_000),
    ("2024-06-30", SIGNED, 10_000),
    ("2024-07-01", SIGNED, 10_000),
    ("2024-06-30", AMENDED, 10_000),
    ("2024-07-01", AMENDED, 8_000),
    ("2026-01-01", AMENDED, 8_000),
    ("2024-06-30", VOIDED, 10_000),
    ("2024-07-01", VOIDED, 10_000),
    ("2026-01-01", VOIDED, 10_000),
    ("2024-06-30", BACK, 10_000),
    ("2024-07-01", BACK, 8_000),
    ("2026-01-01", BACK, 8_000),
    ("2026-01-01", 3, 0),
]


def _story(folder: Path) -> Ledger:
    ledger = play([], folder)
    amount = {"currency": "USD", "value": "100"}
    signing = {"engagement": "E1", "title": "T", "kind": "memorandum", "parties": [{"party": "A"}]}
    commands: list[tuple[str, dict[str, object]]] = [
        ("2024-01-01", {"command": "party register", "ref": "A", "name": "Alpha"}),
        ("2024-03-01", {"command": "engagement sign", **signing, "contributions": [{"by": "A", "amount": amount}]}),
        ("2024-07-01", {"command": "contribution amend", "engagement": "E1", "payer": "A",
                        "amount": {"currency": "USD", "value": "80"}}),
        ("2025-01-01", {"command": "void", "positions": [AMENDED], "reason": "never agreed"}),
        ("2025-01-02", {"command": "void", "positions": [VOIDED], "reason": "it was agreed after all"}),
    ]  # fmt: skip
    for day, members in commands:
        ledger.record(Request(commands=(command_from(members),), actor="staff/1", effective_on=day))
    return ledger


@pytest.mark.parametrize(("on", "known_at", "cents"), READINGS)
def test_every_date_from_every_position(
    tmp_path: Path, projected: Callable[..., Engine], on: str, known_at: int, cents: int
) -> None:
    """The amount signed is the one that was known at the position and effective on the date."""
    ledger = _story(tmp_path)
    with projected(ledger).connect() as db:
        rows = Queries(db, BitemporalPoint(on, known_at)).money(["signed"])
        assert cents == sum(row.minor for row in rows)


def test_a_restored_row_keeps_its_entry(tmp_path: Path, projected: Callable[..., Engine]) -> None:
    """The void of the void adds a second row: the first is closed by the void, the second is known from then on."""
    ledger = _story(tmp_path)
    with projected(ledger).connect() as db:
        rows = db.exec_driver_sql("SELECT entry, known_from, known_to, minor FROM money ORDER BY known_from").fetchall()
        assert [(SIGNED, SIGNED, None, 10_000), (AMENDED, AMENDED, VOIDED, -2_000), (AMENDED, BACK, None, -2_000)] == [
            tuple(row) for row in rows
        ]
