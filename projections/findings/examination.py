"""The examination of a ledger: which facts are recorded, and what the controls find in one pass over engagements."""

from collections.abc import Callable, Iterable, Iterator

from ledger.application.ledger import Ledger
from projections.compliance.records import Batch, Shared
from projections.findings import hands, order_of_time, parties, results, thresholds
from projections.findings.controls import SEVERITIES, Control, Finding
from projections.findings.dealings import Dealings
from projections.findings.in_force import in_force
from projections.findings.orders import Examined
from projections.findings.recording import Sources
from projections.queries.bitemporal import Queries
from projections.tables import named as schema
from projections.tables.noted import ColumnElement, Table, select

OfEngagement = Callable[[Examined, Control], Iterator[Finding]]
OfLedger = Callable[[Dealings, Control], Iterator[Finding]]

OF_ENGAGEMENT: dict[str, OfEngagement] = {
    **order_of_time.OF_ENGAGEMENT, **thresholds.OF_ENGAGEMENT, **hands.OF_ENGAGEMENT, **parties.OF_ENGAGEMENT,
    **results.OF_ENGAGEMENT,
}  # fmt: skip
"""Controls that look at engagements one by one."""
OF_LEDGER: dict[str, OfLedger] = {
    **order_of_time.OF_LEDGER, **thresholds.OF_LEDGER, **hands.OF_LEDGER, **parties.OF_LEDGER,
}  # fmt: skip
"""Controls that look at what all engagements show together."""

_status = schema.engagement_facts.c.fact == "status"
_step, _order, _money = schema.engagement_facts.c.value, schema.order_facts.c.fact, schema.money.c.measure
FACTS: dict[str, tuple[tuple[Table, tuple[ColumnElement[bool], ...]], ...]] = {
    "entries": ((schema.engagement_facts, ()),),
    "signatures": ((schema.engagement_facts, (schema.engagement_facts.c.fact == "signed_on",)),),
    "approvals": ((schema.engagement_facts, (_status, _step == "approved")), (schema.approvals, ())),
    "approval steps": ((schema.engagement_facts, (_status, _step == "approved")),),
    "proposals": ((schema.engagement_facts, (_status, _step == "proposed")),),
    "completions": ((schema.engagement_facts, (_status, _step == "completed")),),
    "ends": ((schema.engagement_facts, (schema.engagement_facts.c.fact == "ends_on",)),),
    "bases": ((schema.engagement_facts, (schema.engagement_facts.c.fact == "basis",)),),
    "orders": ((schema.order_facts, (_order == "vendor",)),),
    "acceptances": ((schema.acceptances, ()),),
    "payments": ((schema.payments, ()),),
    "amounts": ((schema.money, ()), (schema.engagement_facts, (schema.engagement_facts.c.fact == "ceiling",))),
    "contributions": ((schema.money, (_money.in_(("signed", "in-kind")),)),),
    "receipts": ((schema.money, (_money == "received",)),),
    "screenings": ((schema.checks, (schema.checks.c.kind == "screening",)),),
    "flags": ((schema.flags, ()),),
    "outcomes": ((schema.outcomes, ()),),
    "planned outcomes": ((schema.outcomes, (schema.outcomes.c.status == "planned",)),),
}
"""Where each fact is recorded, if it is; documents, a threshold and money that was voided are looked for elsewhere."""


class Examination:
    """What the controls find at the as-of of the queries."""

    def __init__(self, queries: Queries, ledger: Ledger, wanted: Iterable[Control] | None = None) -> None:
        """Examine with some controls, or with all."""
        self.in_force = in_force(queries)
        """The controls as they are in force, and the version that says so."""
        own = self.in_force.controls
        self.controls = list(own.values()) if wanted is None else [own[control.id] for control in wanted]
        self._queries = queries
        self._sources = Sources(queries, ledger, own["recorded-late"].number("days"))
        self._recorded: dict[str, bool] = {}

    def missing(self, control: Control) -> list[str]:
        """Return the facts without which a control can find nothing, and which are recorded nowhere."""
        return [fact for fact in control.facts if not self._is_recorded(fact)]

    def findings(self) -> list[Finding]:
        """Return what the controls find of which the facts are recorded: the gravest first, then by control and key."""
        able = [control for control in self.controls if not self.missing(control)]
        singly = [(OF_ENGAGEMENT[control.id], control) for control in able if control.id in OF_ENGAGEMENT]
        together = [(OF_LEDGER[control.id], control) for control in able if control.id in OF_LEDGER]
        competitive = self.in_force.controls["no-competition"].words("competitive")
        dealings = Dealings(self._queries, self._sources, competitive)
        findings: list[Finding] = []
        for own in self._engagements():
            for look, control in singly:
                findings += look(own, control)
            if together:
                dealings.add(own)
        for gather, control in together:
            findings += gather(dealings, control)
        order = list(self.in_force.controls)
        findings.sort(key=lambda finding: (_gravity(finding), order.index(finding.control.id), finding.key))
        return findings

    def _engagements(self) -> Iterator[Examined]:
        for limited in self._queries.in_batches(sorted(self._queries.statuses())):
            shared = Shared(self._queries)  # the parties of one batch only: those of all would fill the memory
            batch = Batch(limited, shared)
            every = [Examined(batch.record(ref), self._sources) for ref in limited.limits["engagement"]]
            shared.read_parties(party for own in every for party in _parties(own))  # together: a query each would cost
            yield from (own for own in every if own.record.held("status"))

    def _is_recorded(self, fact: str) -> bool:
        if fact not in self._recorded:
            self._recorded[fact] = self._look_for(fact)
        return self._recorded[fact]

    def _look_for(self, fact: str) -> bool:
        if fact == "threshold":
            return self._sources.threshold.is_recorded()
        if fact == "payments or acceptances":
            return self._sources.recording.has_money()
        if fact == "documents":
            return bool(self._queries.disclosures())
        return any(self._has(table, where) for table, where in FACTS[fact])

    def _has(self, table: Table, where: tuple[ColumnElement[bool], ...]) -> bool:
        query = select(table.c.entry).where(self._queries.asserted(table), *where).limit(1)
        return self._queries.run(query).first() is not None


def _parties(own: Examined) -> Iterator[str]:
    """Yield the parties of an engagement and of its orders."""
    yield from (order.vendor for order in own.orders.values())
    for roles in own.record.held("parties"):
        yield from (party for party, _ in own.record.decoded(roles))


def _gravity(finding: Finding) -> int:
    return SEVERITIES.index(finding.control.severity)
