"""`ledger correct` at a terminal and on a life of many entries."""

import json
from pathlib import Path

from tests.cli.person import LEDGER, Person
from tests.transcripts.terminal import Terminal


def test_a_person_sees_and_confirms(folder: Path) -> None:
    """What is recorded again is shown before it is recorded; whoever says no has recorded nothing."""
    words = ["correct", "7", "--set", "amount=USD 12.00", "--reason", "Twelve"]
    person = Person(folder, str(LEDGER), *words)
    shown = person.answers("Record this? [Y/n]", "n")
    assert "amount: from USD 10.00 to USD 12.00" in shown
    assert (130, True) == ((ended := person.ends())[1], "nothing recorded." in ended[0])
    rest, code = Person(folder, str(LEDGER), *words, "--yes").ends()
    assert (0, True) == (code, "recorded at 9-10;" in rest), rest


def test_a_wrong_date_at_the_beginning_is_one_command(terminal: Terminal) -> None:
    """The day of approval is corrected under nine later entries, with nothing typed again, and reason and all kept."""
    for line in (
        "engagement propose E-2 --title 'Survey' --kind consultancy --party EY=consultant --effective 2026-01-05",
        "engagement approve E-2 --effective 2026-03-03",
        "engagement sign E-2 --effective 2026-03-04 --contribution 'organization=USD 100.00'",
        "engagement activate E-2 --effective 2026-03-05",
        "order issue E-2 SO-1 --subject Report --amount 'USD 60.00' --effective 2026-03-06",
        "order accept E-2 SO-1 --effective 2026-04-01 --reason 'As ordered'",
        "payment make E-2 SO-1 'USD 60.00' --effective 2026-04-02",
        "order close E-2 SO-1 --effective 2026-04-03",
        "engagement suspend E-2 --effective 2026-05-01 --reason 'Audit finding'",
        "engagement resume E-2 --effective 2026-05-02",
        "engagement complete E-2 --effective 2026-06-01",
    ):
        answer, code = terminal.type(f"ledger {line}")
        assert 0 == code, answer
    before = terminal.type("ledger engagement show E-2")[0]
    answer, code = terminal.type("ledger correct 10 --effective 2026-02-03 --reason 'February, not March'")
    assert 0 == code, answer
    stamp = "as of "
    assert before.partition(stamp)[0] == terminal.type("ledger engagement show E-2")[0].partition(stamp)[0]
    history = json.loads(terminal.type("ledger history E-2 --format json")[0])["changes"]
    approved = [entry for entry in history if entry["type"] == "engagement.approved"][-1]
    accepted = [entry for entry in history if entry["type"] == "deliverable.accepted"][-1]
    assert ("2026-02-03", "As ordered") == (approved["effective_on"], accepted["reason"])
    assert "no findings" in terminal.type("ledger verify")[0]
    assert 0 == terminal.type("ledger undo")[1]
    assert before.partition(stamp)[0] == terminal.type("ledger engagement show E-2")[0].partition(stamp)[0]


def test_what_others_refer_to_stays(terminal: Terminal) -> None:
    """A number that a published document names cannot be corrected away, and nothing is recorded."""
    terminal.type(
        "ledger disclosure publish D-1 --body Council --as-of-on 2026-06-01 --cover E-1 --effective 2026-06-01"
    )
    size = json.loads(terminal.type("ledger show 1 --format json")[0])["as_of"]["known_at"]
    answer, code = terminal.type("ledger correct 7 --set number=SO-9 --reason Wrong")
    assert (3, True) == (code, "void-referred" in answer), answer
    assert size == json.loads(terminal.type("ledger show 1 --format json")[0])["as_of"]["known_at"]


def test_a_day_is_that_of_all_that_one_command_recorded(terminal: Terminal) -> None:
    """The day of signature moves the commitment that was recorded with it, earlier or later, and no other."""
    terminal.type(
        "ledger engagement sign E-2 --title Survey --kind consultancy --party EY --effective 2026-05-10"
        " --contribution 'EY=USD 100.00'"
    )
    terminal.type("ledger order issue E-2 SO-1 --subject Report --amount 'USD 60.00' --effective 2026-06-10")
    for position, day in ((9, "2026-05-01"), (15, "2026-05-20")):
        answer, code = terminal.type(f"ledger correct {position} --effective {day} --reason 'The wrong day'")
        assert (0, 1) == (code, answer.count(f"to {day} (with entry {position}: one command recorded both)")), answer
        history = json.loads(terminal.type("ledger history E-2 --format json")[0])["changes"]
        days = {entry["type"]: entry["effective_on"] for entry in history if entry["type"] != "entry.voided"}
        assert (day, day) == (days["engagement.signed"], days["contribution.committed"]), answer
        assert "2026-06-10" == days["order.issued"]
    answer, code = terminal.type("ledger correct 22 --effective 2026-05-21 --reason 'Committed a day later'")
    assert (0, False) == (code, "one command" in answer), answer


def test_a_wrong_party_is_replaced_with_its_orders_and_money(terminal: Terminal) -> None:
    """What stood on the wrong party is that of the right one; two parties are replaced one after the other."""
    for line in (
        "engagement sign E-2 --title Map --kind consultancy --party EY=consultant --party CIT --effective 2026-05-01",
        "contribution commit E-2 CIT 'USD 100.00' --effective 2026-05-10",
        "order issue E-2 SO-1 --subject Report --vendor EY --amount 'USD 60.00' --effective 2026-06-10",
        "order accept E-2 SO-1 --effective 2026-06-11",
        "contribution receive E-2 CIT 'USD 10.00' --effective 2026-06-12",
        "contribution amend E-2 CIT 'USD 50.00' --effective 2026-06-13",
        "party register 'Example Fund (illustrative)' --ref FUND",
    ):
        answer, code = terminal.type(f"ledger {line}")
        assert 0 == code, answer
    answer, code = terminal.type("ledger correct 9 --set parties=P00002 --set parties=FUND --reason 'Wrong ones'")
    assert (3, True) == (code, "Replace one party by one other at a time" in answer), answer
    answer, code = terminal.type("ledger correct 9 --set parties=EY=consultant --set parties=FUND --reason 'Payer'")
    assert (0, True) == (code, "by: from P00003 to FUND" in answer), answer
    history = json.loads(terminal.type("ledger history E-2 --format json")[0])["changes"]
    signed = [entry["position"] for entry in history if entry["type"] == "engagement.signed"][-1]
    answer, code = terminal.type(
        f"ledger correct {signed} --set parties=P00002=consultant --set parties=FUND --reason 'Wrong vendor'"
    )
    assert (0, True) == (code, "vendor: from P00001 to P00002" in answer), answer
    shown = json.loads(terminal.type("ledger contribution list --where engagement=E-2 --format json")[0])
    rows = [(row["payer_ref"], row["signed"], row["received"]) for row in shown["rows"]]
    assert [("FUND", "50.00", "10.00")] == rows
    assert "no findings" in terminal.type("ledger verify")[0]
