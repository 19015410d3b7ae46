"""One column of amounts that are fees in some kinds of agreement and gifts in others."""

from pathlib import Path

import pytest

from ledger.importing.profile.load import check_profile
from tests.transcripts.terminal import Terminal

PROFILE = """
kind = "agreements"
[amounts]
ceiling_of = "consultancy"
[columns]
reference = "R"
title = "T"
kind = "K"
parties = "P"
signed_on = "S"
currency = "C"
partner_amount = "A"
"""
ROWS = "R,T,K,P,S,C,A\nC-1,Audit,consultancy,Firm,2025-01-01,USD,500.00\nC-2,Data,MoU,Fund,2025-01-01,USD,70.00\n"


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in a folder with a ledger, a profile and its list."""
    terminal = Terminal(tmp_path, monkeypatch)
    terminal.type("ledger init --origin example.org/ledger --currency USD")
    (tmp_path / "own.toml").write_text(PROFILE, "utf-8")
    (tmp_path / "list.csv").write_text(ROWS, "utf-8")
    return terminal


def test_a_fee_is_a_ceiling_and_a_gift_a_contribution(terminal: Terminal) -> None:
    """The amount of a consultancy limits its orders and is given by nobody; that of another kind is given."""
    answer, code = terminal.type("ledger import own.toml list.csv")
    assert (0, True) == (code, "2 signed" in answer)
    audit, data = (terminal.type(f"ledger engagement show {ref} --format json")[0] for ref in ("C-1", "C-2"))
    assert ('"USD 500.00"' in audit, '"USD 500.00"' in data) == (True, False)
    given = terminal.type("ledger contribution list --format csv")[0]
    assert ("70.00" in given, "500.00" in given) == (True, False)


def test_the_same_list_again_adds_nothing(terminal: Terminal, tmp_path: Path) -> None:
    """A row that states the same is unchanged, and another amount of a consultancy amends its ceiling."""
    terminal.type("ledger import own.toml list.csv")
    assert "2 unchanged" in terminal.type("ledger import own.toml list.csv")[0]
    (tmp_path / "list.csv").write_text(ROWS.replace("500.00", "600.00"), "utf-8")
    answer, _ = terminal.type("ledger import own.toml list.csv")
    assert "row 1, C-1: ceiling: USD 500.00 → USD 600.00" in answer


def test_it_needs_the_column_that_it_is_about() -> None:
    """Without columns.partner_amount there is nothing that could be a ceiling."""
    _, mistakes = check_profile("own", PROFILE.replace('partner_amount = "A"', "").encode())
    assert ["amounts.ceiling_of is for agreements with a columns.partner_amount"] == [str(one) for one in mistakes]
