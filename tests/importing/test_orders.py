"""Registers of service orders: issued once, amended where rows differ, refused as a whole if a row is wrong."""

from collections.abc import Callable

import pytest

from ledger.domain.engagement.money.balances import Order
from ledger.importing.profile.load import read_profile
from tests.importing.workspace import TODAY, Workspace, faults, table

PROFILE = """
kind = "orders"
[lists]
separator = "|"
[columns]
engagement = "contract"
number = "order no"
subject = "subject"
vendor = "vendor"
currency = "cur"
amount = "amount"
issued_on = "issued"
starts_on = "from"
ends_on = "to"
deliverables = "deliverables"
wind_down = "decision"
ex_post_facto = "came first"
reason = "remark"
"""
ROW = {
    "contract": "A-1", "order no": "SO-1", "subject": "Report", "vendor": "Alpha", "cur": "USD", "amount": "100.00",
    "issued": "2024-02-01", "from": "2024-02-01", "to": "2024-06-30", "deliverables": "Draft | Report", "decision": "",
    "came first": "", "remark": "",
}  # fmt: skip
Take = Callable[..., object]


def order(**cells: str) -> dict[str, str]:
    """Return the cells of a valid row, with these values replaced."""
    return ROW | {name.replace("_", " "): text for name, text in cells.items()}


@pytest.fixture
def orders(workspace: Workspace) -> Workspace:
    """Return a workspace with an engagement of two parties, and the profile of orders."""
    workspace.sign("A-1", "Alpha", "Beta", ceiling={"currency": "USD", "value": "250.00"})
    workspace.profile = read_profile("orders", PROFILE.encode())
    return workspace


def current_order(workspace: Workspace, number: str = "SO-1") -> Order:
    """Return the current state of an order."""
    return workspace.engagement().balances.orders[number]


def test_row_issues_an_order(orders: Workspace) -> None:
    """A row issues its order on its day, with file and row as the source; a second import adds nothing."""
    outcome = orders.import_rows(data=table(order(remark="by letter"), order(order_no="SO-2", vendor="P00002")))
    assert (2, 2, []) == (outcome.rows, outcome.issued, outcome.faults)
    first, second = orders.entries()[-2:]
    assert ("order.issued", "2024-02-01", "by letter") == (first.event.tag(), first.effective_on, first.reason)
    assert first.source is not None
    assert (outcome.sha256, 1) == (first.source.sha256, first.source.row)
    assert f"import:orders:{outcome.sha256[:32]}:2" == second.command
    issued = current_order(orders)
    assert ("Report", "P00001", 10000, ("Draft", "Report")) == (
        issued.subject, issued.vendor, issued.ordered, issued.deliverables,
    )  # fmt: skip
    size = orders.size
    assert (
        2
        == orders.import_rows(data=table(order(remark="by letter"), order(order_no="SO-2", vendor="P00002"))).unchanged
    )
    assert size == orders.size


def test_vendor_may_be_left_out(orders: Workspace) -> None:
    """An engagement with one party needs no vendor; one with two does."""
    orders.sign("A-2", "Alpha")
    outcome = orders.import_rows(data=table(order(contract="A-2", vendor=""), order(order_no="SO-2", vendor="")))
    assert [(2, "vendor", "missing-field")] == faults(outcome)
    assert 1 == orders.import_rows(data=table(order(contract="A-2", vendor=""))).issued
    assert 1 == orders.import_rows(data=table(order(contract="A-2", vendor=""))).unchanged


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"contract": "A-9"}, "contract", "unknown-engagement"),
        ({"contract": ""}, "contract", "empty-cell"),
        ({"order_no": ""}, "order no", "empty-cell"),
        ({"order_no": "a|b"}, "order no", "bad-reference"),
        ({"subject": ""}, "subject", "empty-cell"),
        ({"amount": ""}, "amount", "empty-cell"),
        ({"amount": "much"}, "amount", "not-an-amount"),
        ({"amount": "0"}, "amount", "not-positive"),
        ({"amount": "-1"}, "amount", "negative-amount"),
        ({"amount": "250.01"}, "amount", "over-ceiling"),
        ({"cur": ""}, "amount", "amount-without-currency"),
        ({"cur": "EUR"}, "cur", "wrong-currency"),
        ({"issued": ""}, "issued", "empty-cell"),
        ({"issued": "2031-01-01"}, "issued", "not-signed-yet"),
        ({"issued": "2023-12-31"}, "contract", "forbidden-transition"),
        ({"to": "2024-01-31"}, "to", "ends-before-start"),
        ({"vendor": "Gamma"}, "vendor", "unknown-party"),
    ],
)
def test_row_that_is_wrong(orders: Workspace, cells: dict[str, str], column: str, code: str) -> None:
    """Each fault names its column, and nothing of the file is recorded."""
    size = orders.size
    outcome = orders.import_rows(data=table(order(order_no="SO-0"), order(**cells)))
    assert [(2, column, code)] == faults(outcome)
    assert size == orders.size


def test_stranger_is_no_vendor(orders: Workspace) -> None:
    """A vendor must be a party of the engagement."""
    orders.record("party register", "2024-01-01", name="Gamma")
    assert [(1, "vendor", "not-a-party-here")] == faults(orders.import_rows(data=table(order(vendor="Gamma"))))


def test_ceiling_is_judged_over_all_rows(orders: Workspace) -> None:
    """Each row is rehearsed on the rows before it: the row that exceeds the ceiling of the engagement is refused."""
    rows = [order(), order(order_no="SO-2"), order(order_no="SO-3", issued="2024-03-01")]
    outcome = orders.import_rows(data=table(*rows))
    assert [(3, "amount", "over-ceiling")] == faults(outcome)
    again = orders.import_rows(data=table(*rows), keep_going=True)
    assert (2, {3}) == (again.issued, again.faulty)
    mended = (orders.folder / "register.csv.rejects.csv").read_bytes().replace(b"100.00", b"50.00")
    assert 1 == orders.import_rows(path=orders.write(mended, "mended.csv")).issued


def test_row_after_one_that_is_refused(orders: Workspace) -> None:
    """A refused row does not undo the rows before it: the next row is validated against them as well."""
    rows = [
        order(amount="200.00"),
        order(order_no="SO-2"),
        order(order_no="SO-3"),
        order(order_no="SO-4", amount="50.00"),
    ]
    outcome = orders.import_rows(data=table(*rows), keep_going=True)
    assert (2, {2, 3}) == (outcome.issued, outcome.faulty)


def test_number_twice(orders: Workspace) -> None:
    """Each order has one row; the same number under another engagement is another order."""
    orders.sign("A-2", "Alpha")
    rows = [order(), order(contract="A-2"), order(subject="Again")]
    assert [(3, "order no", "repeated-reference")] == faults(orders.import_rows(data=table(*rows)))
    assert 2 == orders.import_rows(data=table(*rows[:2])).issued


def test_changed_row_amends(orders: Workspace) -> None:
    """Changed fields are amended from today, money by the difference; other fields are not repeated."""
    orders.import_rows(data=table(order()))
    outcome = orders.import_rows(data=table(order(amount="80.00", deliverables="Draft", to="2024-07-31")))
    assert [("amount", "USD 100.00", "USD 80.00"), ("ends_on", "2024-06-30", "2024-07-31"),
            ("deliverables", "Draft; Report", "Draft")] == [
        (change.field, change.was, change.becomes) for change in outcome.changes
    ]  # fmt: skip
    last = orders.entries()[-1]
    assert ("order.amended", TODAY) == (last.event.tag(), last.effective_on)
    assert (8000, "2024-07-31", ("Draft",)) == (
        current_order(orders).ordered,
        current_order(orders).ends_on,
        current_order(orders).deliverables,
    )
    assert 1 == orders.import_rows(data=table(order(amount="80.00", deliverables="Draft", to="2024-07-31"))).unchanged


def test_amendment_from_a_day(orders: Workspace) -> None:
    """`--effective` sets the effective date of an amendment."""
    orders.import_rows(data=table(order()))
    orders.import_rows(data=table(order(subject="Draft")), effective_on="2024-03-01")
    assert "2024-03-01" == orders.entries()[-1].effective_on


def test_what_staff_changed_stays_while_the_row_is_the_same(orders: Workspace) -> None:
    """An unchanged row adds nothing, whatever staff amended; a row that overrides staff causes a notice."""
    orders.import_rows(data=table(order()))
    orders.record("order amend", engagement="A-1", number="SO-1", subject="Study",
              amount={"currency": "USD", "value": "120.00"})  # fmt: skip
    assert 1 == orders.import_rows(data=table(order())).unchanged
    outcome = orders.import_rows(data=table(order(subject="Paper")))
    assert ["subject was changed in the ledger after the last import, and changes again"] == [
        notice.text for notice in outcome.notices
    ]
    assert ("Paper", 12000) == (current_order(orders).subject, current_order(orders).ordered)


def test_order_of_staff_is_compared(orders: Workspace) -> None:
    """A row for an order that staff issued amends the differing fields; without any, it adds nothing."""
    orders.record("order issue", "2024-02-01", engagement="A-1", number="SO-1", subject="Report", vendor="Alpha",
              amount={"currency": "USD", "value": "100.00"}, starts_on="2024-02-01", ends_on="2024-06-30",
              deliverables=["Draft", "Report"])  # fmt: skip
    assert 1 == orders.import_rows(data=table(order())).unchanged
    assert 1 == orders.import_rows(data=table(order(subject="Study"))).amended
    assert 1 == orders.import_rows(data=table(order(subject="Study", vendor="Alpha"))).unchanged


def test_empty_cell_amends_nothing(orders: Workspace) -> None:
    """A newly empty cell causes a notice, and its old value stays."""
    orders.import_rows(data=table(order()))
    outcome = orders.import_rows(data=table(order(to="", deliverables="")))
    assert (1, 2) == (outcome.unchanged, len(outcome.notices))
    assert "2024-06-30 stays" in outcome.notices[0].text


@pytest.mark.parametrize(
    ("cells", "column"), [({"vendor": "Beta"}, "vendor"), ({"issued": "2024-02-02"}, "issued"), ({"cur": "EUR"}, "cur")]
)
def test_what_an_order_is_is_not_amended(orders: Workspace, cells: dict[str, str], column: str) -> None:
    """Vendor, day and currency cannot be amended: the row is refused, and the hint suggests a correction."""
    orders.import_rows(data=table(order()))
    outcome = orders.import_rows(data=table(order(**cells)))
    assert [(1, column, "order-differs")] == faults(outcome)
    assert "--as correction" in outcome.faults[0].hint


def test_correction_issues_again(orders: Workspace) -> None:
    """A correction voids the order with its amendments, and issues it as the row states."""
    orders.import_rows(data=table(order()))
    orders.import_rows(data=table(order(subject="Study")))
    outcome = orders.import_rows(data=table(order(subject="Study", vendor="Beta", issued="2024-02-02")), correct=True)
    assert (1, []) == (outcome.corrected, outcome.faults)
    assert ["entry.voided", "entry.voided", "order.issued"] == orders.tags()[-3:]
    assert ("P00002", "2024-02-02", "Study") == (
        current_order(orders).vendor,
        current_order(orders).issued_on,
        current_order(orders).subject,
    )
    assert 1 == orders.import_rows(data=table(order(subject="Study", vendor="Beta", issued="2024-02-02"))).unchanged


def test_correction_of_an_amendment(orders: Workspace) -> None:
    """A wrong amendment is voided and the right value recorded from its day, even if there are acceptances."""
    orders.import_rows(data=table(order()))
    orders.import_rows(data=table(order(amount="150.00", subject="Study")), effective_on="2024-03-01")
    orders.record(
        "order accept", "2024-04-01", engagement="A-1", number="SO-1", amount={"currency": "USD", "value": "90.00"}
    )
    outcome = orders.import_rows(data=table(order(amount="140.00", subject="Study")), correct=True)
    assert (1, []) == (outcome.corrected, outcome.faults)
    assert (14000, "Study", "2024-03-01") == (
        current_order(orders).ordered,
        current_order(orders).subject,
        orders.entries()[-1].effective_on,
    )


def test_correction_that_something_stands_on(orders: Workspace) -> None:
    """An order with acceptances cannot be voided; the row is refused, and the hint suggests an amendment."""
    orders.import_rows(data=table(order()))
    orders.record(
        "order accept", "2024-04-01", engagement="A-1", number="SO-1", amount={"currency": "USD", "value": "90.00"}
    )
    outcome = orders.import_rows(data=table(order(vendor="Beta")), correct=True)
    assert [(1, "order no", "cannot-correct")] == faults(outcome)


def test_two_corrections_in_one_engagement(orders: Workspace) -> None:
    """Each correction is rehearsed on the ones before it: the first makes room for the second."""
    orders.import_rows(data=table(order(amount="200.00"), order(order_no="SO-2", amount="50.00")))
    outcome = orders.import_rows(
        data=table(order(amount="50.00"), order(order_no="SO-2", amount="200.00")), correct=True
    )
    assert (2, []) == (outcome.corrected, outcome.faults)
    assert (5000, 20000) == (current_order(orders).ordered, current_order(orders, "SO-2").ordered)


def test_order_that_was_voided(orders: Workspace) -> None:
    """A void by staff stays in force: an unchanged row adds nothing, a changed one is refused."""
    orders.import_rows(data=table(order()))
    orders.record("void", positions=[orders.size], reason="Recorded by mistake")
    assert 1 == orders.import_rows(data=table(order())).unchanged
    assert [(1, "order no", "taken-back")] == faults(orders.import_rows(data=table(order(subject="Study"))))


def test_orders_that_vanished(orders: Workspace) -> None:
    """Orders of earlier files of this profile that are missing from this one are listed, and left unchanged."""
    orders.import_rows(data=table(order(), order(order_no="SO-2")))
    orders.record("order issue", engagement="A-1", number="OWN", subject="x", vendor="Alpha",
              amount={"currency": "USD", "value": "1.00"})  # fmt: skip
    assert ["A-1; SO-2"] == orders.import_rows(data=table(order())).vanished
    assert ["A-1; SO-1"] == orders.import_rows(data=table(order(order_no="SO-2", amount="bad"))).vanished


def test_wind_down(orders: Workspace) -> None:
    """While the engagement is suspended, a row needs the decision that allows its order."""
    orders.record("engagement suspend", "2024-01-15", engagement="A-1")
    assert [(1, "contract", "forbidden-transition")] == faults(orders.import_rows(data=table(order())))
    assert 1 == orders.import_rows(data=table(order(decision="Decision 7"))).issued


def test_ex_post_facto(orders: Workspace) -> None:
    """An order from before the signature needs a reason in its row."""
    early = order(issued="2019-06-01")
    assert [(1, "contract", "forbidden-transition")] == faults(orders.import_rows(data=table(early)))
    assert 1 == orders.import_rows(data=table(early | {"came first": "Urgent"})).issued
    assert "Urgent" == orders.engagement().balances.orders["SO-1"].ex_post_facto


def test_one_engagement_for_the_whole_file(orders: Workspace) -> None:
    """A profile can name the one engagement of all its rows."""
    text = PROFILE.replace('engagement = "contract"\n', "") + '[empty]\nengagement = "A-1"\nvendor = "Alpha"\n'
    orders.profile = read_profile("one", text.encode())
    rows = [order(vendor=""), order(order_no="SO-1", subject="Again")]
    assert [(2, "order no", "repeated-reference")] == faults(orders.import_rows(data=table(*rows)))
    assert 1 == orders.import_rows(data=table(rows[0])).issued
