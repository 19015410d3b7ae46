"""Verdicts, given what is recorded and a rule: met, late, due, not met, waived, not to be judged, not to apply."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.compliance.world import World, guidelines, rule, usd, world

Course = Callable[[World], Any]


def analysed(on: str) -> Course:
    """Record an analysis on a day."""
    return lambda own: own.do("analysis record", on, engagement="E1", conclusion="Needed")


def reviewed(*days: str) -> Course:
    """Hold reviews on these days."""
    return lambda own: [own.do("review hold", day, engagement="E1", findings="On track") for day in days]


def reached(on: str) -> Course:
    """Record an outcome on a day."""
    return lambda own: own.do("outcome record", on, engagement="E1", summary="Plan delivered")


def checked(on: str, **members: Any) -> Course:
    """Complete a due diligence of party A on a day."""
    given = {"party": "A", "outcome": "accepted", "level": "standard", **members}
    return lambda own: own.do("party diligence", on, **given)


def told(on: str, as_of: str, body: str = "Council") -> Course:
    """Publish a document that discloses the parties of E1."""
    cover = [{"engagement": "E1", "facets": ["parties"]}]
    return lambda own: own.do(
        "disclosure publish", on, document="C/1", body=body, as_of_on=as_of, cover=cover
    )  # fmt: skip


def nothing(_: World) -> None:
    """Record nothing more."""


ANALYSIS, REVIEW = '{ fact = "analysis" }', '{ fact = "review", every_days = 365 }'
OUTCOME = '{ fact = "outcome", after_days = 100 }'
TOLD = '{ disclosed = ["parties"], to = "Council", within_days = 30 }'
CHECK = '{ fact = "diligence", where = { outcome = "accepted", level = ">= standard" } }'
YEAR = {"starts_on": "2024-03-01", "ends_on": "2025-02-28"}

NEEDS: dict[str, tuple[str, str, dict[str, Any], Course, str, str]] = {
    "a fact on the day": (ANALYSIS, "signed", {}, analysed("2024-03-01"), "2026-01-01", "met"),
    "a fact a day later": (ANALYSIS, "signed", {}, analysed("2024-03-02"), "2026-01-01", "late"),
    "a later fact, seen before": (ANALYSIS, "signed", {}, analysed("2024-03-02"), "2024-03-01", "not met"),
    "no fact": (ANALYSIS, "signed", {}, nothing, "2026-01-01", "not met"),
    "a term on its last day": (OUTCOME, "ended", YEAR, reached("2025-06-08"), "2026-01-01", "met"),
    "a term missed by a day": (OUTCOME, "ended", YEAR, reached("2025-06-09"), "2026-01-01", "late"),
    "a term that runs": (OUTCOME, "ended", YEAR, nothing, "2025-06-08", "due"),
    "a term that ran out": (OUTCOME, "ended", YEAR, nothing, "2025-06-09", "not met"),
    "reviews in time": (REVIEW, "in-force", {}, reviewed("2025-03-01", "2025-12-01"), "2026-01-01", "met"),
    "a review a day late": (REVIEW, "in-force", {}, reviewed("2025-03-02"), "2026-01-01", "late"),
    "no review yet": (REVIEW, "in-force", {}, nothing, "2025-03-01", "due"),
    "no review": (REVIEW, "in-force", {}, nothing, "2025-03-02", "not met"),
    "over before a review was due": (REVIEW, "in-force", YEAR, nothing, "2026-01-01", "met"),
    "examined in depth": (CHECK, "signed", {}, checked("2024-02-01"), "2026-01-01", "met"),
    "examined too little": (CHECK, "signed", {}, checked("2024-02-01", level="basic"), "2026-01-01", "not met"),
    "refused": (CHECK, "signed", {}, checked("2024-02-01", outcome="refused"), "2026-01-01", "not met"),
    "run out": (CHECK, "signed", {}, checked("2024-02-01", valid_until="2024-02-29"), "2026-01-01", "not met"),
    "valid to the day": (CHECK, "signed", {}, checked("2024-02-01", valid_until="2024-03-01"), "2026-01-01", "met"),
    "told in time": (TOLD, "signed", {}, told("2024-03-31", "2024-03-02"), "2026-01-01", "met"),
    "told late": (TOLD, "signed", {}, told("2024-04-01", "2024-03-02"), "2026-01-01", "late"),
    "told to others": (TOLD, "signed", {}, told("2024-03-31", "2024-03-02", "TDAG"), "2026-01-01", "not met"),
    "still to be told": (TOLD, "signed", {}, nothing, "2024-03-31", "due"),
}


@pytest.mark.parametrize("name", NEEDS)
def test_a_need(name: str) -> None:
    """What a rule needs is met, late, due or not met, to the day."""
    need, at, members, course, on, expected = NEEDS[name]
    with world() as own:
        own.adopt(guidelines(rule(need, at=at)))
        own.sign(**members)
        course(own)
        assert [expected] == own.statuses(on)


def _ordered(own: World, *amounts: str) -> None:
    for number, amount in enumerate(amounts, 1):
        own.do("order issue", "2024-04-01", engagement="E1", number=f"S{number}", subject="Report", amount=usd(amount))


def _gives(own: World) -> None:
    own.do("contribution commit", "2024-03-01", engagement="E1", payer="A", amount=usd("5.00"))


def _risk(level: str) -> Course:
    return lambda own: own.do(
        "risk assess", "2024-03-01", engagement="E1", risk="access", likelihood=level, impact="high"
    )


def _flag(own: World) -> None:
    own.do("party flag", "2024-02-01", party="A", what="A court case")


def _lifted(own: World) -> None:
    _flag(own)
    own.do("party unflag", "2024-02-02", party="A", flag="F1", why="Dismissed")


AT_50 = '{ %s = "USD 50.00" }'
PAID = {"parties": [{"party": "A", "role": "consultant"}]}
HOLDS, NOT, UNKNOWN = "not met", "does not apply", "cannot be judged"
CONDITIONS: dict[str, tuple[str, str, dict[str, Any], Course, list[str]]] = {
    "a kind": ('{ kind = "consultancy" }', "signed", {}, nothing, [HOLDS]),
    "another kind": ('{ kind = "grant" }', "signed", {}, nothing, [NOT]),
    "a basis that is not recorded": ('{ basis = "direct" }', "signed", {}, nothing, [UNKNOWN]),
    "a party of a type": ('{ party = { type = "Private sector" } }', "signed", {}, nothing, [HOLDS]),
    "no party of a type": ('{ party = { not_type = "Private sector" } }', "signed", {}, nothing, [NOT]),
    "no member": ('{ party = { membership = "none" } }', "signed", {}, nothing, [HOLDS]),
    "all that is said of one party": (
        '{ party = { type = "Private sector", role = "donor" } }', "signed", {}, nothing, [NOT],
    ),
    "an amount reached": (AT_50 % "signed", "signed", {"contributions": [{"by": "A", "amount": usd("50.00")}]},
                          nothing, [HOLDS]),
    "a cent less": (AT_50 % "signed", "signed", {"contributions": [{"by": "A", "amount": usd("49.99")}]},
                    nothing, [NOT]),
    "nothing recorded is nought": (AT_50 % "signed", "signed", {}, nothing, [NOT]),
    "withheld is unknown": (AT_50 % "signed", "signed", {"withheld": ["financials"]}, nothing, [UNKNOWN]),
    "withheld, and reached": (
        AT_50 % "signed", "signed",
        {"withheld": ["financials"], "contributions": [{"by": "A", "amount": usd("50.00")}]}, nothing, [HOLDS],
    ),
    "no rate is unknown": (
        AT_50 % "signed", "signed",
        {"contributions": [{"by": "A", "amount": {"currency": "EUR", "value": "60.00"}}]}, nothing, [UNKNOWN],
    ),
    "each order": (AT_50 % "order", "ordered", {}, lambda own: _ordered(own, "49.99", "50.00"), [NOT, HOLDS]),
    "orders together": (
        '{ cumulative = { from = "USD 90.00", days = 30 } }', "ordered", {},
        lambda own: _ordered(own, "45.00", "45.00"), [HOLDS, HOLDS],
    ),
    "orders together, a cent less": (
        '{ cumulative = { from = "USD 90.00", days = 30 } }', "ordered", {},
        lambda own: _ordered(own, "45.00", "44.99"), [NOT, NOT],
    ),
    "strategic, never assessed": ("{ strategic = true }", "signed", {}, nothing, [UNKNOWN]),
    "another kind is not strategic": ("{ strategic = true }", "signed", {"kind": "grant"}, nothing, [NOT]),
    "a high risk": ('{ risk = { kinds = ["access"], at_least = "high" } }', "signed", {}, _risk("high"), [HOLDS]),
    "a low risk": ('{ risk = { kinds = ["access"], at_least = "high" } }', "signed", {}, _risk("low"), [NOT]),
    "a risk never assessed": ('{ risk = { at_least = "low" } }', "signed", {}, nothing, [UNKNOWN]),
    "a year": ("{ lasts_days = 365 }", "signed", YEAR, nothing, [HOLDS]),
    "a day less than asked": ("{ lasts_days = 366 }", "signed", YEAR, nothing, [NOT]),
    "a flag": ("{ flagged = true }", "signed", {}, _flag, [HOLDS]),
    "a flag that was lifted": ("{ flagged = true }", "signed", {}, _lifted, [NOT]),
    "paid and giving": ("{ interest = true }", "signed", PAID, _gives, [HOLDS]),
    "paid only": ("{ interest = true }", "signed", PAID, nothing, [NOT]),
    "the opposite": ('{ not = { kind = "grant" } }', "signed", {}, nothing, [HOLDS]),
    "unknown or true": ('{ any = [{ basis = "x" }, { kind = "consultancy" }] }', "signed", {}, nothing, [HOLDS]),
    "unknown and false": ('{ basis = "x", kind = "grant" }', "signed", {}, nothing, [NOT]),
    "unknown and true": ('{ basis = "x", kind = "consultancy" }', "signed", {}, nothing, [UNKNOWN]),
}  # fmt: skip


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition(name: str) -> None:
    """A condition holds, does not, or cannot be told, as things stood on the day of the case."""
    when, at, members, course, expected = CONDITIONS[name]
    with world() as own:
        own.adopt(guidelines(rule(ANALYSIS, when=when, at=at), more='[materiality]\nstrategic_kinds = "consultancy"\n'))
        own.sign(**members)
        course(own)
        assert expected == own.statuses()


def test_growth_of_an_order() -> None:
    """Growth by 20 per cent is allowed, a cent more is not; what the end of an order releases is no change."""
    with world() as own:
        own.adopt(guidelines(rule("{ at_most_percent = 20 }", at="order-amended")))
        own.sign()
        _ordered(own, "100.00", "100.00")
        own.do("order amend", "2024-05-01", engagement="E1", number="S1", amount=usd("120.00"))
        own.do("order amend", "2024-05-01", engagement="E1", number="S2", amount=usd("120.01"))
        own.do("order cancel", "2024-05-02", engagement="E1", number="S1")
        assert ["met", "not met"] == own.statuses()


def test_what_is_asked_of_orders_is_answered_for_each_case() -> None:
    """An acceptance and a payment with one reference, on one day, may be of two orders: one reaches the amount."""
    when, need = '{ order = "USD 100.00" }', '{ fact = "analysis" }'
    with world() as own:
        rules = [rule(need, when=when, at=at, rule_id=at) for at in ("accepted", "paid")]
        own.adopt(guidelines("\n".join(rules)))
        own.sign()
        _ordered(own, "30.00", "200.00")
        own.do("order accept", "2024-04-20", engagement="E1", number="S2", amount=usd("200.00"), acceptance="Y")
        own.do("order accept", "2024-05-01", engagement="E1", number="S1", amount=usd("30.00"), acceptance="X")
        own.do("payment make", "2024-05-01", engagement="E1", number="S2", amount=usd("200.00"), payment="X")
        assert ["not met", "does not apply", "not met"] == own.statuses()


def test_a_day_of_signature_that_is_not_recorded() -> None:
    """A term that counts from it can be known to be missed, never to be kept."""
    for course, expected in ((nothing, "not met"), (analysed("2024-03-02"), "late"), (analysed("2024-03-01"), UNKNOWN)):
        with world() as own:
            own.adopt(guidelines(rule(ANALYSIS)))
            own.sign(undated=True)
            course(own)
            assert [expected] == own.statuses()


class TestVersions:
    """The version in force on the day of the case judges it."""

    def test_before_the_first_nothing_is_judged(self) -> None:
        """A case before the first version has no verdict; nor has one after a repeal."""
        with world() as own:
            own.adopt(guidelines(rule(ANALYSIS), adopted="2024-01-01", binds="2024-03-02"))
            own.sign("E1", "2024-03-01")
            own.sign("E2", "2024-03-02")
            own.sign("E3", "2024-06-01")
            own.do("guidelines repeal", "2024-06-01", symbol="GL/1")
            assert ["E2"] == [verdict.engagement for verdict in own.verdicts()]

    def test_no_earlier_version_returns_after_a_repeal(self) -> None:
        """When the later version is repealed, none is in force."""
        with world() as own:
            own.adopt(guidelines(rule(ANALYSIS)))
            own.adopt(guidelines(rule(ANALYSIS), symbol="GL/2", adopted="2024-01-01"))
            own.sign("E1", "2024-05-31")
            own.sign("E2", "2024-06-01")
            own.do("guidelines repeal", "2024-06-01", symbol="GL/2")
            assert [("E1", "GL/2")] == [(verdict.engagement, verdict.version.symbol) for verdict in own.verdicts()]

    def test_one_that_is_recorded_late_binds_from_its_day(self) -> None:
        """As known before it was recorded, the earlier version judges."""
        with world() as own:
            own.adopt(guidelines(rule(ANALYSIS)))
            own.sign()
            size = own.ledger.store.head().size
            own.adopt(guidelines(rule(OUTCOME, at="signed"), symbol="GL/2", adopted="2024-02-01"))
            assert ["GL/2"] == [verdict.version.symbol for verdict in own.verdicts()]
            assert ["GL/1"] == [verdict.version.symbol for verdict in own.verdicts(known_at=size)]

    def test_a_void_takes_an_adoption_back(self) -> None:
        """After a void of the adoption, and after a void of the void."""
        with world() as own:
            adoption = own.adopt(guidelines(rule(ANALYSIS)))
            own.sign()
            void = own.do("void", positions=[adoption], reason="The wrong file")
            assert [] == own.verdicts()
            own.do("void", positions=[void], reason="It was the right one")
            assert ["not met"] == own.statuses()


class TestWaivers:
    """An authority allows a deviation."""

    @pytest.mark.parametrize(
        ("members", "expected"),
        [
            ({}, "waived"),
            ({"case": "signed"}, "waived"),
            ({"case": "S1"}, "not met"),
            ({"until": "2025-03-01"}, "waived"),
        ],
    )
    def test_a_waiver(self, members: dict[str, Any], expected: str) -> None:
        """A waiver counts for every case, or for the one that it names."""
        with world() as own:
            own.adopt(guidelines(rule(ANALYSIS)))
            own.sign()
            given = {"engagement": "E1", "rule": "r", "why": "Urgent", "approved_by": "Director", **members}
            own.do("deviation waive", "2024-04-01", **given)
            (verdict,) = own.verdicts()
            assert expected == verdict.status
            assert verdict.waiver is None or verdict.waiver.afterwards

    def test_it_does_not_hide_what_is_met(self) -> None:
        """What is met stays met."""
        with world() as own:
            own.adopt(guidelines(rule(ANALYSIS)))
            own.sign()
            analysed("2024-03-01")(own)
            own.do("deviation waive", engagement="E1", rule="r", why="Urgent", approved_by="Director")
            assert ["met"] == own.statuses()
