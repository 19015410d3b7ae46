"""The entries of a verdict are those that give it: without one it is another verdict, or rests on another entry."""

from typing import Any

from ledger.domain.errors import LedgerError
from projections.compliance.verdicts import Verdict
from tests.compliance.world import World, guidelines, rule, usd, world

RULES = (
    rule('{ fact = "analysis" }',
         when='{ kind = "consultancy", any = [{ strategic = true }, { value = "USD 100.00" }] }'),
    rule('{ fact = "risk", kinds = ["access"], age_days = 365 }', when="{ material = true }", rule_id="risks"),
    rule('{ fact = "diligence", where = { level = ">= standard" } }', when='{ party = { membership = "none" } }',
         rule_id="diligence"),
    rule('{ fact = "review", every_days = 200 }', at="in-force", rule_id="review"),
    rule('{ fact = "outcome", after_days = 90 }', at="ended", rule_id="outcome"),
    rule('{ disclosed = ["parties", "financials"], to = "Council", within_days = 60 }', rule_id="told", facet="told"),
    rule('{ disclosed = ["service-orders"], to = "Council", within_days = 60 }', at="ordered", rule_id="told-orders",
         facet="told", when='{ order = "USD 50.00" }'),
    rule("{ at_most_percent = 20 }", at="order-amended", rule_id="rise"),
    rule('{ fact = "approval", where = { authority = "Board" } }', rule_id="approval"),
    rule('{ any = [{ fact = "basis" }, { fact = "document" }] }', rule_id="basis"),
)  # fmt: skip
MATERIALITY = (
    '[materiality]\nfinancial = "USD 100.00"\nmeasures = ["signed", "ordered"]\nstrategic_kinds = "consultancy"\n'
)


def record(own: World) -> None:
    """Record engagements that meet, miss and are excused from the rules."""
    own.adopt(guidelines("".join(RULES), more=MATERIALITY))
    own.do("party register", ref="B", name="Beta (illustrative)", party_type="Academia", membership="none")
    own.do("party diligence", "2024-01-10", party="B", outcome="accepted", level="standard")
    period = {"starts_on": "2024-03-01", "ends_on": "2025-02-28"}
    own.sign(
        "E1",
        contributions=[{"by": "A", "amount": usd("60.00")}, {"by": "organization", "amount": usd("50.00")}],
        **period,
    )
    own.sign("E2", parties=[{"party": "B"}], basis="invitation to bid", **period)
    own.sign("E3", kind="grant", contributions=[{"by": "A", "amount": usd("90.00")}])
    own.do("approval evidence", "2024-02-20", engagement="E1", authority="Board")
    own.do("analysis record", "2024-02-01", engagement="E1", conclusion="Needed")
    own.do("materiality assess", "2024-02-02", engagement="E2", why="Large", strategic="yes")
    own.do("risk assess", "2024-02-03", engagement="E1", risk="access", likelihood="low", impact="low")
    own.do("review hold", "2024-08-01", engagement="E1", findings="On track")
    own.do("review hold", "2025-01-01", engagement="E1", findings="On track")
    own.do("outcome record", "2025-03-01", engagement="E1", summary="Plan delivered")
    for number, amount in (("S1", "60.00"), ("S2", "40.00")):
        own.do("order issue", "2024-04-01", engagement="E1", number=number, subject="Report", amount=usd(amount))
    own.do("order amend", "2024-05-01", engagement="E1", number="S1", amount=usd("80.00"))
    cover = [{"engagement": "E1", "facets": ["parties", "financials", "service-orders"]}]
    own.do("disclosure publish", "2024-04-20", document="C/1", body="Council", as_of_on="2024-04-02", cover=cover)
    own.do("deviation waive", "2024-06-01", engagement="E2", rule="r", why="Urgent", approved_by="Director")
    own.sign("E4", withheld=["financials"])
    own.do("outcome record", "2025-07-01", engagement="E2", summary="Plan delivered")  # fmt: skip


def told(verdict: Verdict) -> tuple[Any, ...]:
    """Return what tells a verdict from another."""
    return verdict.status, verdict.due_on, verdict.said, verdict.entries


def verdicts(own: World, known_at: int | None = None) -> dict[tuple[str, ...], Verdict]:
    """Return the verdicts by what they are on."""
    return {(verdict.engagement, *verdict.key): verdict for verdict in own.verdicts(known_at=known_at)}


def test_every_entry_of_a_verdict_counts() -> None:
    """Voiding an entry changes the verdict, voiding the void brings it back, and what was known then stays."""
    with world() as own:
        record(own)
        size = own.ledger.store.head().size
        first = verdicts(own)
        statuses = {verdict.status for verdict in first.values()}
        assert {"met", "late", "not met", "waived", "does not apply", "cannot be judged"} == statuses
        voided = 0
        for entry in sorted({entry for verdict in first.values() for entry in verdict.entries}):
            try:
                void = own.do("void", positions=[entry], reason="To see what rests on it")
            except LedgerError:
                continue  # what stands on it keeps it: the signature of an engagement with orders
            voided += 1
            without = verdicts(own)
            for key, verdict in first.items():
                if entry in verdict.entries:
                    assert _is_another(verdict, without.get(key), entry), (entry, key, told(verdict))
            own.do("void", positions=[void], reason="It was right")
            assert {key: told(verdict) for key, verdict in first.items()} == {
                key: told(verdict) for key, verdict in verdicts(own).items()
            }
            known = verdicts(own, size)
            assert {key: told(verdict) for key, verdict in first.items()} == {
                key: told(verdict) for key, verdict in known.items()
            }
        assert voided > 12


def _is_another(verdict: Verdict, after: Verdict | None, entry: int) -> bool:
    if after is None or (after.status, after.answer.holds) != (verdict.status, verdict.answer.holds):
        return True
    if entry in after.entries:
        return verdict.rule.facet == "told"  # what a document showed at its as-of it showed, whatever is voided later
    # The same verdict stands on others: another entry says it, or an amount reaches its limit without this one, or
    # does not reach it with it either.
    is_of_amount = any(word in verdict.said + after.said for word in ("reaches", "less than", "grown by"))
    return bool(set(after.entries) - set(verdict.entries)) or is_of_amount or after.said != verdict.said
