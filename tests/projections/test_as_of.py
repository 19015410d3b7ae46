"""The example of the design: 100 in March, 80 from July, then voided, then the void voided, read from everywhere."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from ledger.application.ledger import Ledger
from ledger.application.request import Request, command_from
from projections.queries.queries import BitemporalPoint, Queries
from tests.projections.histories import play

SIGNED, AMENDED, VOIDED, BACK = 4, 5, 6, 7
"""Positions: the commitment of 100, the difference of -20, its void, the void of the void."""

READINGS = [
    # on, known at: what was signed, in cents
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
    """What was signed reads as it was known then, on the date asked for."""
    ledger = _story(tmp_path)
    with projected(ledger).connect() as db:
        rows = Queries(db, BitemporalPoint(on, known_at)).money(["signed"])
        assert cents == sum(row.minor for row in rows)


def test_a_row_brought_back_keeps_its_entry(tmp_path: Path, projected: Callable[..., Engine]) -> None:
    """After the void of the void the row is there twice: closed when voided, and again from the second void on."""
    ledger = _story(tmp_path)
    with projected(ledger).connect() as db:
        found = db.exec_driver_sql(
            "SELECT entry, known_from, known_to, minor FROM money ORDER BY known_from"
        ).fetchall()
        assert [(SIGNED, SIGNED, None, 10_000), (AMENDED, AMENDED, VOIDED, -2_000), (AMENDED, BACK, None, -2_000)] == [
            tuple(row) for row in found
        ]
