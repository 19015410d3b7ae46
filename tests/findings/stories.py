"""A story of each control: what it finds, what lies a day or a cent away from it, and evidence that joins later."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.findings.world import History, usd

Course = Callable[[History], Any]


class Story(NamedTuple):
    """What a control finds, with the subjects of its key; what it just does not find; and what joins the finding."""

    subjects: str
    finds: Course
    misses: Course
    joins: Course


def _approval(on: str) -> Course:
    def course(own: History) -> None:
        own.sign("E0")
        own.do("approval evidence", "2024-03-01", engagement="E0", authority="Council")
        own.sign()
        if on:
            own.do("approval evidence", on, engagement="E1", authority="Council")

    return course


def _resigned(own: History) -> None:
    own.do("approval evidence", "2024-03-05", engagement="E1", authority="Director")
    own.void_first("approval.evidenced", "engagement/E1")


def _early(on: str) -> Course:
    def course(own: History) -> None:
        own.sign()
        own.order("S1", "10.00", on, ex_post_facto="Urgent" if on < "2024-03-01" else None)

    return course


def _late(on: str) -> Course:
    def course(own: History) -> None:
        own.sign(ends_on="2024-06-30")
        own.order("S1", "10.00", on)

    return course


def _extended(on: str) -> Course:
    def course(own: History) -> None:
        own.sign(ends_on="2024-06-30")
        own.do("engagement extend", on, engagement="E1", ends_on="2024-12-31")

    return course


def _recorded(on: str) -> Course:
    return lambda own: own.sign(on=on)


def _after_document(on: str) -> Course:
    def course(own: History) -> None:
        own.sign("E0", "2025-01-01")
        own.do(
            "disclosure publish", "2025-12-31", document="C/1", body="Council", as_of_on="2025-11-30",
            as_of_position=own.ledger.store.head().size, cover=[{"engagement": "E0", "facets": ["parties"]}],
        )  # fmt: skip
        own.sign("E1", on)

    return course


def split(value: str, on: str = "2024-06-30") -> Course:
    """Order twice: 50.00, and this much on another day."""

    def course(own: History) -> None:
        own.threshold()
        own.sign()
        own.order("S1", "50.00", "2024-04-01")
        own.order("S2", value, on)

    return course


def just_below(value: str) -> Course:
    """Order this much under a threshold of 100.00."""

    def course(own: History) -> None:
        own.threshold()
        own.sign()
        own.order("S1", value)

    return course


def _raised(*values: str) -> Course:
    def course(own: History) -> None:
        own.sign()
        own.order("S1", "100.00")
        for value in values:
            own.do("order amend", "2024-05-01", engagement="E1", number="S1", amount=usd(value))

    return course


def _direct(value: str, on: str) -> Course:
    def course(own: History) -> None:
        own.threshold()
        own.sign(basis="direct award")
        own.order("S1", "60.00")
        own.order("S2", value, on)

    return course


def cancelled(own: History) -> None:
    """Cancel an order of two that reach the threshold together."""
    split("50.00")(own)
    own.do("order cancel", "2024-07-01", engagement="E1", number="S2")


def competed(own: History) -> None:
    """Order above the threshold after a request for proposals."""
    own.threshold()
    own.sign(basis="Request for proposals")
    own.order("S1", "150.00")


def corrected(own: History) -> None:
    """Record in time, and correct long after it: the entry is voided and recorded again together."""
    position = own.sign(on="2025-12-31")
    own.wait(100)
    given = {"title": "Data platform", "kind": "consultancy", "parties": [{"party": "A"}]}
    own.do_together(
        "2025-12-31", {"command": "void", "positions": [position], "reason": "A mistake"},
        {"command": "engagement sign", "engagement": "E1", **given},
    )  # fmt: skip


def _hands(approver: str) -> Course:
    def course(own: History) -> None:
        given: dict[str, Any] = {"title": "Data platform", "kind": "consultancy", "parties": [{"party": "A"}]}
        own.do("engagement propose", "2024-01-01", engagement="E1", **given)
        own.do("engagement approve", "2024-02-01", engagement="E1", actor=approver)

    return course


def returned(own: History) -> None:
    """Propose, and let the reviewer return the proposal and approve it in the end."""
    given: dict[str, Any] = {"title": "Data platform", "kind": "consultancy", "parties": [{"party": "A"}]}
    own.do("engagement propose", "2024-01-01", engagement="E1", **given)
    own.do("engagement submit", "2024-01-02", engagement="E1")
    own.do("engagement return", "2024-01-03", engagement="E1", actor="staff/2")
    own.do("engagement approve", "2024-02-01", engagement="E1", actor="staff/2")


def _proposed_again(own: History) -> None:
    own.void_first("engagement.approved", "engagement/E1")
    own.do("engagement approve", "2024-02-02", engagement="E1")


def _same(payer: str) -> Course:
    def course(own: History) -> None:
        own.sign()
        own.order("S1", "10.00")
        own.accept("S1", "5.00")
        own.do("payment make", "2024-04-01", engagement="E1", number="S1", amount=usd("5.00"), actor=payer)

    return course


def _voided(days: int) -> Course:
    def course(own: History) -> None:
        own.sign()
        own.order("S1", "10.00")
        position = own.pay("S1", "5.00", payment="V1")
        own.wait(days)
        own.void(position)

    return course


def _voided_again(own: History) -> None:
    position = own.do("payment make", "2024-04-01", engagement="E1", number="S1", amount=usd("5.00"), payment="V1")
    own.wait(31)
    own.void(position)


def _giving(giver: str) -> Course:
    def course(own: History) -> None:
        own.sign(parties=[{"party": "A", "role": "consultant"}])
        own.sign("E2", parties=[{"party": giver, "role": "donor"}])
        own.do("contribution commit", "2024-03-01", engagement="E2", payer=giver, amount=usd("5.00"))

    return course


def _screened(until: str) -> Course:
    def course(own: History) -> None:
        own.do("party screen", "2024-01-01", party="A", list="UN list", result="clear", valid_until=until)
        own.sign()
        own.order("S1", "10.00")

    return course


def _flagged(lifted: str) -> Course:
    def course(own: History) -> None:
        own.do("party flag", "2024-02-01", party="A", what="A court case")
        own.do("party unflag", lifted, party="A", flag="F1", why="Dismissed")
        own.sign()

    return course


def _share(value: str) -> Course:
    def course(own: History) -> None:
        own.sign(parties=[{"party": "A"}])
        own.sign("E2", parties=[{"party": "B"}])
        own.order("S1", value)
        own.order("S2", "50.00", ref="E2")

    return course


def _twice(on: str) -> Course:
    def course(own: History) -> None:
        own.sign()
        own.order("S1", "100.00")
        own.pay("S1", "5.00")
        own.pay("S1", "5.00", on)

    return course


def _alike(name: str) -> Course:
    def course(own: History) -> None:
        own.party("P1", "Delta Consulting")
        own.do("party register", ref="P2", name=name, party_type="Private sector", namesake=True)
        for ref, party in (("E1", "P1"), ("E2", "P2")):
            own.sign(ref, parties=[{"party": party}])
            own.order("S1", "10.00", ref=ref)
            own.pay("S1", "5.00", ref=ref)

    return course


def _paid(value: str) -> Course:
    def course(own: History) -> None:
        own.sign("E0")
        own.do("outcome record", "2024-05-01", engagement="E0", summary="Done")
        own.sign()
        own.order("S1", "10.00")
        own.pay("S1", value)

    return course


def _planned(reached: str, completed: str = "2025-05-01") -> Course:
    def course(own: History) -> None:
        own.sign()
        own.do("outcome plan", "2024-05-01", engagement="E1", summary="A network", outcome="O1")
        own.do("engagement complete", completed, engagement="E1")
        if reached:
            own.do("outcome record", reached, engagement="E1", summary="A network", outcome="O1")

    return course


def _plan_again(own: History) -> None:
    own.do("outcome plan", "2024-05-02", engagement="E1", summary="A wide network", outcome="O1")


def _committed(on: str) -> Course:
    def course(own: History) -> None:
        own.sign("E0", contributions=[{"by": "B", "amount": usd("5.00")}], parties=[{"party": "B"}])
        own.do("contribution receive", "2024-05-01", engagement="E0", payer="B", amount=usd("5.00"))
        own.sign("E1", on, contributions=[{"by": "A", "amount": usd("50.00")}])

    return course


def of_another_unit(own: History) -> None:
    """Receipts are recorded of the engagements of one unit; another commits, and records none."""
    _committed("2024-03-01")(own)
    own.do("engagement amend", "2024-03-01", engagement="E0", unit="IDS")
    own.do("engagement amend", "2024-03-01", engagement="E1", unit="CAP")


def received_later(own: History) -> None:
    """Record the first receipt on a day after the term of a commitment."""
    _committed("2020-03-01")(own)


def of_one_form(own: History) -> None:
    """Two parties whose names differ in a word that is not alike, and share all others."""
    for number, name in enumerate(("Altawick Illustrative Consulting LLP", "Fairwick Illustrative Consulting LLP")):
        own.party(f"N{number}", name)
        own.sign(f"E{number}", parties=[{"party": f"N{number}"}])
        own.order("S1", "5.00", ref=f"E{number}")
        own.pay("S1", "5.00", ref=f"E{number}")


def _expired(ends: str) -> Course:
    return lambda own: own.sign(ends_on=ends)


def _completed(paid: str) -> Course:
    def course(own: History) -> None:
        own.sign()
        own.order("S1", "100.00")
        own.pay("S1", paid)
        own.do("engagement complete", "2025-05-01", engagement="E1")

    return course


STORIES: dict[str, Story] = {
    "signed-without-approval": Story("E1", _approval("2024-03-02"), _approval("2024-03-01"), _resigned),
    "before-signature": Story(
        "E1", _early("2024-02-29"), _early("2024-03-01"),
        lambda own: own.order("S2", "1.00", "2024-02-28", ex_post_facto="Urgent"),
    ),
    "after-end": Story(
        "E1", _late("2024-07-01"), _late("2024-06-30"), lambda own: own.order("S2", "1.00", "2024-07-02"),
    ),
    "extended-after-end": Story(
        "E1", _extended("2024-07-01"), _extended("2024-06-30"),
        lambda own: own.do("engagement extend", "2025-01-01", engagement="E1", ends_on="2025-12-31"),
    ),
    "recorded-late": Story(
        "E1", _recorded("2025-12-01"), _recorded("2025-12-02"),
        lambda own: own.do("outcome record", "2025-12-01", engagement="E1", summary="Done"),
    ),
    "recorded-after-disclosure": Story(
        "E1", _after_document("2025-11-30"), _after_document("2025-12-01"),
        lambda own: own.do("outcome record", "2025-11-30", engagement="E1", summary="Done"),
    ),
    "split-orders": Story("A", split("50.00"), split("49.99"), lambda own: own.order("S3", "1.00", "2024-05-01")),
    "just-below": Story("E1/S1", just_below("95.00"), just_below("94.99"), lambda own: own.threshold("99.00")),
    "sharp-increase": Story(
        "E1/order/S1", _raised("120.01"), _raised("120.00"),
        lambda own: own.do("order amend", "2024-05-02", engagement="E1", number="S1", amount=usd("121.00")),
    ),
    "many-increases": Story(
        "E1/order/S1", _raised("101.00", "102.00", "103.00"), _raised("101.00", "102.00", "101.00"),
        lambda own: own.do("order amend", "2024-05-02", engagement="E1", number="S1", amount=usd("121.00")),
    ),
    "no-competition": Story(
        "A", _direct("40.00", "2025-04-01"), _direct("40.00", "2025-04-02"),
        lambda own: own.order("S3", "1.00", "2024-05-01"),
    ),
    "proposed-and-approved": Story("E1", _hands("staff/1"), _hands("staff/2"), _proposed_again),
    "same-hand": Story("E1/S1", _same("staff/1"), _same("staff/2"), lambda own: own.pay("S1", "1.00", "2024-05-01")),
    "voided-late": Story("E1/payment:V1", _voided(31), _voided(30), _voided_again),
    "paid-and-giving": Story(
        "E1/A", _giving("A"), _giving("B"),
        lambda own: own.do("contribution amend", "2024-05-01", engagement="E2", payer="A", amount=usd("6.00")),
    ),
    "screening": Story(
        "E1/A", _screened("2024-03-31"), _screened("2024-04-01"), lambda own: own.order("S2", "1.00", "2024-05-01"),
    ),
    "flagged": Story(
        "E1/A", _flagged("2024-03-02"), _flagged("2024-03-01"),
        lambda own: own.do("party flag", "2024-02-02", party="A", what="Another case"),
    ),
    "concentration": Story(
        "A/ordered/2024", _share("50.01"), _share("50.00"), lambda own: own.order("S3", "1.00", "2024-05-01"),
    ),
    "same-amount": Story(
        "A/USD:5.00", _twice("2024-04-08"), _twice("2024-04-09"), lambda own: own.pay("S1", "5.00", "2024-04-10"),
    ),
    "similar-names": Story(
        "P1/P2", _alike("Delta Consultings"), _alike("Dalton Consultants"),
        lambda own: own.do("party rename", "2024-05-01", party="P2", name="Delta Consultinga", namesake=True),
    ),
    "paid-without-outcome": Story(
        "E1", _paid("10.00"), _paid("9.99"),
        lambda own: (own.order("S2", "1.00", "2024-05-01"), own.pay("S2", "1.00", "2024-05-01")),
    ),
    "outcome-missing": Story("E1/O1", _planned(""), _planned("2025-05-01"), _plan_again),
    "receipts": Story(
        "E1/A/USD", _committed("2025-07-05"), _committed("2025-07-06"),
        lambda own: own.do("contribution amend", "2025-08-01", engagement="E1", payer="A", amount=usd("60.00")),
    ),
    "expired": Story(
        "E1", _expired("2025-07-05"), _expired("2025-07-06"),
        lambda own: own.do("engagement amend", "2025-01-01", engagement="E1", ends_on="2025-07-01"),
    ),
    "open-orders": Story(
        "E1/S1", _completed("99.99"), _completed("100.00"),
        lambda own: own.do("order amend", "2025-05-01", engagement="E1", number="S1", amount=usd("101.00")),
    ),
}  # fmt: skip
"""For each control its story."""
