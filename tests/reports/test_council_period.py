"""The council report on a period: engagements in force, suspended, over; money after the end; rates; overdue items."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reports.council_ledger import Line, ReportDocument, Secretariat, usd

Agreement = Callable[..., None]


@pytest.fixture
def agreement(secretariat: Secretariat) -> Agreement:
    """Return a function that signs a consultancy with a party Alpha, and records commands on it."""
    secretariat.do("party register 'Alpha (illustrative)' --ref A")

    def sign(ref: str, signed: str, *more: Line, **members: Any) -> None:
        commands = {"title": f"Work {ref}", "kind": "consultancy", "parties": [{"party": "A", "role": "consultant"}]}
        first: Line = {"command": "engagement sign", "effective": signed, **commands, **members}
        secretariat.record(*({"engagement": ref, **line} for line in (first, *more)))

    return sign


def _refs(report: ReportDocument) -> dict[str, str]:
    return {row["Reference"]: row["State"] for row in report.table("engagements")}


def test_the_states_of_a_life(secretariat: Secretariat, agreement: Agreement) -> None:
    """Engagements in force, suspended or ended in the period count; those over before or signed after it do not."""
    agreement("RUNS", "2020-05-01")
    agreement("SUSPENDED", "2023-05-01", {"command": "engagement suspend", "effective": "2023-06-01"})
    agreement("ENDED", "2023-05-01", {"command": "engagement terminate", "effective": "2024-01-01"})
    agreement("OVER", "2023-05-01", {"command": "engagement terminate", "effective": "2023-12-31"})
    agreement("DONE", "2023-05-01", {"command": "engagement complete", "effective": "2024-12-31"})
    agreement("NEW", "2024-12-31")
    agreement("NEXT", "2025-01-01")
    report = secretariat.report("--on 2025-06-30")
    expected = {"DONE": "completed", "ENDED": "terminated", "NEW": "signed", "RUNS": "signed", "SUSPENDED": "suspended"}
    assert expected == _refs(report)
    assert (5, 1) == (report.figures["engagements"], report.figures["signed_in_period"])
    assert {"signed": 2, "completed": 1, "suspended": 1, "terminated": 1} == report.figures["by_status"]


def test_an_end_is_an_end(secretariat: Secretariat, agreement: Agreement) -> None:
    """An engagement that expired on the day before the period is over; one day later it counts, and so if extended."""
    agreement("EVE", "2023-05-01", ends_on="2023-12-31")
    agreement("FIRST", "2023-05-01", ends_on="2024-01-01")
    extended: Line = {"command": "engagement extend", "ends_on": "2025-12-31", "effective": "2023-11-01"}
    agreement("EXTENDED", "2023-05-01", extended, ends_on="2023-12-31")
    report = secretariat.report()
    assert {"EXTENDED": "signed", "FIRST": "expired"} == _refs(report)
    assert "end moved from 2023-12-31 to 2025-12-31 on 2023-11-01" in report.facts("EXTENDED")["Duration"]


def test_closing_the_books_is_no_new_end(secretariat: Secretariat, agreement: Agreement) -> None:
    """Closing the books in the period does not make a completed engagement count; reopening it does."""
    done: Line = {"command": "engagement complete", "effective": "2023-06-30"}
    closed: Line = {"command": "engagement close", "effective": "2024-02-01"}
    agreement("DONE", "2023-05-01", done, closed)
    agreement("AGAIN", "2023-05-01", done, {"command": "engagement reopen", "effective": "2024-02-01"})
    assert {"AGAIN": "signed"} == _refs(secretariat.report())
    assert {"AGAIN": "signed", "DONE": "closed"} == _refs(secretariat.report(starts="2023-06-30"))


def test_money_after_the_end(secretariat: Secretariat, agreement: Agreement) -> None:
    """An engagement that was over counts if money moved in the period; its earlier money is shown, too."""
    issued: Line = {"command": "order issue", "number": "S1", "subject": "Work", "amount": usd("90")}
    order = [issued | {"effective": "2023-05-02"},
             {"command": "order accept", "number": "S1", "amount": usd("90"), "effective": "2023-05-03"},
             {"command": "engagement complete", "effective": "2023-06-01"}]  # fmt: skip
    agreement("PAID", "2023-05-01", *order, {"command": "payment make", "number": "S1", "amount": usd("40"),
                                             "effective": "2024-01-01"})  # fmt: skip
    agreement("OVER", "2023-05-01", *order)
    report = secretariat.report()
    assert {"PAID": "completed"} == _refs(report)
    commands = report.figures["money"]
    assert ("40.00", "40.00") == (commands["paid"]["USD"]["in_period"], commands["paid"]["USD"]["to_date"])
    assert ("0.00", "90.00") == (commands["ordered"]["USD"]["in_period"], commands["ordered"]["USD"]["to_date"])
    assert secretariat.last("payment.made") in report.positions("/money/ordered/USD/to_date")


def test_an_order_of_what_is_over_is_still_not_disclosed(secretariat: Secretariat, agreement: Agreement) -> None:
    """Orders in force are counted with the undisclosed ones; orders of engagements that were over are counted apart."""
    order: Line = {"command": "order issue", "number": "S1", "subject": "Work", "amount": usd("90")}
    agreement("OVER", "2023-05-01", order | {"effective": "2023-05-02"},
              {"command": "engagement terminate", "effective": "2023-06-01"})  # fmt: skip
    agreement("RUNS", "2024-05-01", order | {"effective": "2024-05-02"})
    report = secretariat.report()
    assert {"all": 1, "undisclosed": 1} == report.figures["orders"]
    assert 2 == report.figures["undisclosed_orders"]
    assert ["OVER", "RUNS"] == [row["Engagement"] for row in report.table("undisclosed_orders")]
    assert ["90.00", "90.00"] == [str(row["Amount"]).removeprefix("USD ") for row in report.table("undisclosed_orders")]


def test_what_is_not_yet_signed_is_counted_apart(secretariat: Secretariat, agreement: Agreement) -> None:
    """Proposed and approved engagements are counted by state, and are not in force."""
    for ref, verbs in (("P1", ()), ("P2", ()), ("P3", ("approve",)), ("P4", ("cancel",))):
        secretariat.do(f"engagement propose {ref} --title T --kind consultancy --party A --effective 2024-02-01")
        for verb in verbs:
            secretariat.do(f"engagement {verb} {ref} --effective 2024-03-01")
    figures = secretariat.report().figures
    assert (0, {"approved": 1, "proposed": 2}) == (figures["engagements"], figures["coming"])


def test_amounts_are_converted_at_the_rate_of_their_day(secretariat: Secretariat, agreement: Agreement) -> None:
    """The latest rate on or before the day counts, in either direction, half to even; a note counts the rest."""
    for day, cents in (("2024-01-10", "0.09"), ("2024-03-10", "0.09"), ("2024-05-10", "0.10")):
        agreement(f"E{day}", day, contributions=[{"by": "A", "amount": {"currency": "EUR", "value": cents}}])
    secretariat.do("rate record USD EUR 1.2 --source Example --effective 2024-03-01")  # 7.5 cents, to the even 8
    secretariat.do("rate record EUR USD 1.05 --source Example --effective 2024-05-10")  # 10.5 cents, to the even 10
    report = secretariat.report()
    expected = {"in_period": "0.28", "to_date": "0.28", "to_date_converted": "0.18"}
    assert expected == report.figures["money"]["signed"]["EUR"]
    assert ["1 movement of money has no rate to USD and is not in the converted sums."] == report.document["notes"]
    secretariat.do("setting change rates.max-age-days 5 --effective 2024-01-01")
    assert "0.10" == secretariat.report().figures["money"]["signed"]["EUR"]["to_date_converted"]


def test_what_is_overdue(secretariat: Secretariat, agreement: Agreement) -> None:
    """Items due before the date of the report and not done are overdue; those due on it, done or closed are not."""
    agreement(
        "E1", "2023-05-01",
        {"command": "review schedule", "due_on": "2024-12-30", "subject": "Yearly review", "effective": "2024-01-01"},
        {"command": "review schedule", "due_on": "2024-12-31", "effective": "2024-01-01"},
        {"command": "review hold", "review": "R9", "findings": "On track", "effective": "2024-03-01",
         "actions": [{"what": "Ask again", "due_on": "2024-06-30"}, {"what": "Tell", "due_on": "2024-06-30"}]},
        {"command": "action close", "action": "A2", "how": "Told", "effective": "2024-07-01"},
        {"command": "outcome plan", "summary": "Twelve plans", "due_on": "2024-11-30", "effective": "2024-01-01"},
        {"command": "outcome plan", "summary": "A report", "due_on": "2024-11-30", "effective": "2024-01-01"},
        {"command": "outcome record", "summary": "A report", "outcome": "O2", "effective": "2024-12-01"},
    )  # fmt: skip
    secretariat.do("party screen A 'Consolidated list' clear --valid-until 2024-10-31 --effective 2023-11-01")
    secretariat.do("party diligence A accepted --level basic --valid-until 2025-10-31 --effective 2023-11-01")
    report = secretariat.report()
    expected = [("action", "Ask again", "184"),
                ("screening", "Screening of Alpha (illustrative) against Consolidated list ran out", "61"),
                ("outcome", "Twelve plans", "31"), ("review", "Yearly review", "1")]  # fmt: skip
    assert expected == [(row["What"], row["Which"], row["Days"]) for row in report.table("overdue")]
    assert {"review": 1, "outcome": 1, "action": 1, "screening": 1} == report.figures["overdue"]
    secretariat.do("party screen A 'Consolidated list' clear --valid-until 2025-10-31 --effective 2024-11-01")
    secretariat.do("review hold E1 'All well' --review R1 --effective 2024-12-31")
    assert {"review": 0, "outcome": 1, "action": 1, "screening": 0} == secretariat.report().figures["overdue"]
    assert "2024-12-31: All well" == secretariat.report().facts("E1")["Last review"]


def test_the_published_year(secretariat: Secretariat) -> None:
    """On the register of 366 agreements the council report on 2024 gives the counts that TDAG-25 publishes."""
    register = Path(__file__).parents[2] / "demo" / "data" / "register.csv"
    secretariat.do(f"import tdag25 '{register}'")
    figures = secretariat.report().figures
    assert (89, "33826190.48") == (figures["signed_in_period"], figures["money"]["signed"]["USD"]["in_period"])
