"""What may be right and is more often a slip is recorded with a note."""

from pathlib import Path

import pytest

from tests.transcripts.terminal import Terminal

FILE = Path(__file__).parents[2] / "demo" / "data" / "guidelines" / "us-far-services-1.toml"
SIGN = "ledger engagement sign E-{0} --title T --kind consultancy --party A=consultant --effective 2026-03-01"


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal with a ledger and a party."""
    made = Terminal(tmp_path, monkeypatch)
    made.type("ledger init --origin example.org/ledger --currency USD")
    made.type("ledger party register 'Alpha (illustrative)' --ref A")
    return made


def test_an_end_before_the_signature(terminal: Terminal) -> None:
    """An engagement that ended before it was signed is noted; one that ended on the day is not."""
    answer, code = terminal.type(f"{SIGN.format(1)} --ends-on 2026-02-28")
    assert (0, True) == (code, "It ended on 2026-02-28, before it was signed on 2026-03-01" in answer), answer
    answer, code = terminal.type(f"{SIGN.format(2)} --ends-on 2026-03-01")
    assert (0, False) == (code, "before it was signed" in answer), answer


def test_a_waiver_of_no_case(terminal: Terminal, tmp_path: Path) -> None:
    """A waiver of an order that is not recorded is noted; of one that is, or of every case, it is not."""
    text = FILE.read_text("utf-8")
    (tmp_path / "g.toml").write_text(text, "utf-8")  # a name without the spaces that the path here may have
    answer, code = terminal.type("ledger guidelines adopt g.toml")
    assert 0 == code, answer
    terminal.type(SIGN.format(1))
    terminal.type("ledger order issue E-1 SO-1 --subject S --amount 'USD 5.00' --effective 2026-03-02")
    rule = text.partition('id = "')[2].partition('"')[0]
    waive = f"ledger deviation waive E-1 {rule} --approved-by D --why W"
    for case, is_noted in (("--case SO-7", True), ("--case SO-1", False), ("", False)):
        answer, code = terminal.type(f"{waive} {case}")
        assert (0, is_noted) == (code, "No order, acceptance or payment of E-1" in answer), answer


@pytest.mark.parametrize("step", ["suspend", "terminate", "complete"])
def test_an_order_after_the_end(terminal: Terminal, step: str) -> None:
    """A step after which nothing is ordered notes the orders that are dated after it, and no others."""
    terminal.type(SIGN.format(1))
    for number, day in (("SO-1", "2026-03-31"), ("SO-2", "2026-04-02")):
        terminal.type(f"ledger order issue E-1 {number} --subject S --amount 'USD 5.00' --effective {day}")
    answer, code = terminal.type(f"ledger engagement {step} E-1 --effective 2026-04-01")
    assert (0, False) == (code, "order SO-1" in answer), answer
    assert "Service order SO-2 is dated after 2026-04-01" in answer


def test_orders_above_the_commitment(terminal: Terminal) -> None:
    """The order that brings orders above what is committed is noted, unless a ceiling limits them or none is."""
    sign = "ledger engagement sign E-{0} --title T --kind consultancy --party A=consultant --effective 2026-03-01"
    terminal.type(f"{sign.format(1)} --contribution 'organization=USD 50000'")
    terminal.type(f"{sign.format(2)} --contribution 'organization=USD 50000' --ceiling 'USD 2000000'")
    terminal.type(sign.format(3))
    order = "ledger order issue E-{0} {1} --subject {1} --amount 'USD {2}' --effective 2026-03-02"
    for number, ref, amount, is_noted in (
        (1, "SO-1", 50_000, False), (1, "SO-2", 910_000, True), (1, "SO-3", 1, False),
        (2, "SO-1", 960_000, False), (3, "SO-1", 960_000, False),
    ):  # fmt: skip
        answer, code = terminal.type(order.format(number, ref, amount))
        said = "The orders come to USD 960000.00, more than the USD 50000.00 that is committed"
        assert (0, is_noted) == (code, said in answer.replace("\n", " ")), answer


def test_a_document_to_a_misspelt_body(terminal: Terminal) -> None:
    """A body whose name is nearly that of the governing body is noted; another body is not."""
    terminal.type("ledger setting change governing-body Council --effective 2026-03-01")
    terminal.type(SIGN.format(1))
    publish = "ledger disclosure publish C/{0} --body '{1}' --cover E-1 --as-of-on 2026-03-02 --effective 2026-03-03"
    for number, (body, is_noted) in enumerate(
        (("Counicl", True), ("council", True), ("Council", False), ("Group", False))
    ):
        answer, code = terminal.type(publish.format(number, body))
        assert (0, is_noted) == (code, f"published to '{body}'; the governing body is 'Council'" in answer), answer


def test_a_document_that_shows_a_later_day(terminal: Terminal) -> None:
    """A document that is dated before the day that it shows is noted; one of the same day is not."""
    terminal.type(SIGN.format(1))
    publish = "ledger disclosure publish C/{0} --body B --cover E-1 --as-of-on {1} --effective 2026-03-03"
    for day, is_noted in (("2026-03-04", True), ("2026-03-03", False)):
        answer, code = terminal.type(publish.format(day, day))
        assert (0, is_noted) == (code, "It shows 2026-03-04, after 2026-03-03, its own day" in answer), answer
