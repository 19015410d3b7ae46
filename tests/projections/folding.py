"""Compare the tables at a date and position with a plain fold of the entries, which uses no tables."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from ledger.application.ledger import Ledger
from ledger.domain.engagement.description import NAMES
from ledger.domain.engagement.money.acceptances import DeliverableAccepted
from ledger.domain.engagement.money.payments import PaymentMade, PaymentReversed
from ledger.domain.engagement.oversight.approvals import ApprovalEvidenced
from ledger.domain.engagement.oversight.risks import RiskAssessed
from ledger.domain.engagement.state import IN_FORCE, Engagement
from ledger.domain.kernel import BEGINNING, Event, Fact, Keyed
from ledger.domain.party.due_diligence import SCREENING
from ledger.domain.party.merging import PartyMerged, of_survivors
from ledger.domain.party.party import Party, PartyReclassified, PartyRegistered, PartyRenamed
from ledger.domain.registry import new_state
from ledger.domain.voiding import unvoided
from projections.projectors.engagements import value_text
from projections.queries import oversight
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries

Values = dict[tuple[str, ...], Any]


def check_fold(ledger: Ledger, queries: Queries) -> None:
    """Assert that tables and entries agree on status, classes, money, orders and oversight."""
    states = dict(_states(ledger, queries.as_of))
    engagements = {ref: state for (kind, ref), state in states.items() if kind == "engagement"}
    parties = {ref: state for (kind, ref), state in states.items() if kind == "party"}
    _check_engagements(engagements, queries)
    _check_parties(parties, queries)
    assert {key: minor for key, minor in _money(engagements).items() if minor} == {
        key: minor for key, minor in _sums(queries).items() if minor
    }
    assert _oversight_of_entries(engagements) == _oversight_of_tables(queries)


def _states(ledger: Ledger, as_of: BitemporalPoint) -> Iterator[tuple[tuple[str, str], Any]]:
    # In order of effective date, then of entry: a later fact supersedes an earlier one.
    facts: dict[tuple[str, str], list[tuple[str, int, Event]]] = {}
    merged = _merged(ledger, as_of.known_at)
    for kind in ("engagement", "party"):
        for stream in ledger.store.streams(kind):
            ref = stream.partition("/")[2]
            for fact in unvoided(ledger.facts(stream, as_of.known_at)):
                on = BEGINNING if fact.event.timeless else fact.effective_on
                position = ledger.position(stream, fact.version)
                for event in _counting(fact.event, ref if kind == "party" else "", merged):
                    facts.setdefault((kind, merged(ref) if kind == "party" else ref), []).append((on, position, event))
    for (kind, ref), dated in facts.items():
        state = new_state(f"{kind}/{ref}")
        for on, position, event in sorted(dated, key=_in_order):
            if on <= as_of.on:
                event.evolve(state, Fact(position, on, event))
        if state.exists:
            yield (kind, ref), state


def _in_order(dated: tuple[str, int, Event]) -> tuple[bool, str, int]:
    # What was accepted and paid comes after all orders: ex post facto, it may be dated before its own.
    on, position, event = dated
    return isinstance(event, DeliverableAccepted | PaymentMade | PaymentReversed), on, position


def _merged(ledger: Ledger, known_at: int) -> Callable[[str], str]:
    into = {
        stream.partition("/")[2]: fact.event.into
        for stream in ledger.store.streams("party")
        for fact in unvoided(ledger.facts(stream, known_at))
        if isinstance(fact.event, PartyMerged)
    }

    def stays(ref: str) -> str:
        return stays(into[ref]) if ref in into else ref

    return stays


def _counting(event: Event, party: str, stays: Callable[[str], str]) -> Iterator[Event]:
    # What the merged party is called, and how it is classified, does not count.
    if stays(party) == party or not isinstance(event, PartyRegistered | PartyRenamed | PartyReclassified | PartyMerged):
        yield of_survivors(event, stays)


def _check_engagements(states: dict[str, Engagement], queries: Queries) -> None:
    entities = queries.engagements()
    assert set(states) == set(entities)
    for ref, state in states.items():
        entity = entities[ref]
        status = entity.get("status")
        assert state.status == status or (status == "expired" and state.status in IN_FORCE)
        assert {name: value_text(fact.value) for name, fact in state.facts.items() if name in NAMES} == {
            name: fact.value for name, fact in entity.facts.items() if name in NAMES
        }
        for label, name in (("strategic analysis", "analysis"), ("materiality", "materiality")):
            assert (label in state.facts) == (name in entity.facts)


def _check_parties(states: dict[str, Party], queries: Queries) -> None:
    classes = ("name", "type", "membership", "country")
    entities = queries.parties()
    assert {ref: {name: state.get(name) for name in classes} for ref, state in states.items()} == {
        ref: {name: entity.get(name) for name in classes} for ref, entity in entities.items()
    }
    assert {(ref, key): (flag.value, state.lifted.get(key, "")) for ref, state in states.items()
            for key, flag in state.flags.items()} == {
        (flag.party, flag.flag): (flag.what, flag.why) for flag in oversight.flags(queries)
    }  # fmt: skip
    values = {
        (ref, affiliate): relation
        for ref, state in states.items()
        for affiliate, relation in state.affiliations().items()
    }
    groups = oversight.AffiliationGroups(queries)
    assert {frozenset(pair) for pair in values if pair[0] != pair[1]} == {
        frozenset((party, affiliate)) for party, affiliates in groups.links.items() for affiliate in affiliates
    }
    checked = {
        (ref, name.key)
        for ref, state in states.items()
        for name in state.facts
        if isinstance(name, Keyed) and name.section == SCREENING
    }
    assert checked == {(check.party, check.name) for check in oversight.checks(queries) if check.kind == "screening"}


def _money(states: dict[str, Engagement]) -> Values:
    values: Values = {}
    for ref, state in states.items():
        for (payer, currency), contribution in state.balances.contributions.items():
            values[ref, "signed", payer, "", currency] = contribution.committed
            values[ref, "received", payer, "", currency] = contribution.received
            values[ref, "refunded", payer, "", currency] = contribution.refunded
        for gift in state.balances.in_kind.values():
            key = (ref, "in-kind", gift.by, "", gift.currency)
            values[key] = values.get(key, 0) + gift.value.total
        for number, order in state.balances.orders.items():
            values[ref, "ordered", "", number, order.currency] = order.ordered
            values[ref, "accepted", "", number, order.currency] = order.accepted
            values[ref, "paid", "", number, order.currency] = order.paid
    return values


def _sums(queries: Queries) -> Values:
    sums: Values = {}
    orders = queries.orders()
    for row in queries.money(("signed", "received", "refunded", "in-kind", "ordered", "accepted", "paid")):
        if row.order_number and (row.engagement, row.order_number) not in orders:
            continue  # ex post facto: its order is later than the day
        key = (row.engagement, row.measure, row.party, row.order_number, row.currency)
        sums[key] = sums.get(key, 0) + row.minor
    return sums


def _oversight_of_entries(states: dict[str, Engagement]) -> Values:
    values: Values = {}
    for ref, state in states.items():
        for number, order in state.balances.orders.items():
            values["order", ref, number] = (order.subject, order.vendor, order.ended or "issued")
        values |= {("gift", ref, item): (gift.by, gift.what) for item, gift in state.balances.in_kind.items()}
        for key, outcome in state.outcomes.items():
            values |= {("reached", ref, key): outcome.reached.value.summary} if outcome.reached else {}
            values |= {("planned", ref, key): outcome.planned.value.summary} if outcome.planned else {}
        for key, conflict in state.conflicts.items():
            values["conflict", ref, key] = (conflict.between, conflict.nature, conflict.outcome, conflict.measures)
        for key, review in state.reviews.items():
            values["review", ref, key] = (review.due_on, review.subject, review.held_on, review.findings)
        for key, action in state.actions.items():
            values["action", ref, key] = (action.what, action.due_on or "", action.how)
        values |= {("information", ref, key): msgspec.structs.astuple(of) for key, of in state.information.items()}
        for key, document in state.documents.items():
            values["document", ref, key] = (document.title, document.content.sha256, document.content.size)
        for fact in state.facts.values():
            values |= {("risk", ref, fact.value.risk): None} if isinstance(fact.value, RiskAssessed) else {}
            if isinstance(fact.value, ApprovalEvidenced):
                values["approval", ref, fact.value.authority] = fact.on, fact.value.document or ""
    return values


def _oversight_of_tables(queries: Queries) -> Values:
    values: Values = {
        ("order", ref, number): (entity.get("subject"), entity.get("vendor"), entity.get("status"))
        for (ref, number), entity in queries.orders().items()
    }
    values |= {("gift", row.engagement, row.item): (row.party, row.what) for row in oversight.gifts(queries)}
    for status in ("reached", "planned"):
        values |= {(status, row.engagement, row.outcome): row.summary for row in queries.outcomes(status)}
    for conflict in oversight.conflicts(queries):
        members = (tuple(conflict.between), conflict.nature, conflict.outcome, conflict.measures)
        values["conflict", conflict.engagement, conflict.conflict] = members
    for review in oversight.reviews(queries):
        key = ("review", review.engagement, review.review)
        values[key] = (review.due_on, review.subject, review.held_on, review.findings)
    for action in oversight.actions(queries):
        values["action", action.engagement, action.action] = (action.what, action.due_on, action.how)
    for row in oversight.approvals(queries):
        values["approval", row.engagement, row.authority] = row.effective_on, row.document
    for asked in oversight.information_requests(queries):
        said = (asked.by, asked.what, asked.due_on, asked.requested_on)
        values["information", asked.engagement, asked.request] = (*said, asked.provided_on, asked.document)
    for row in oversight.documents(queries):
        values["document", row.engagement, row.document] = (row.title, row.sha256, row.size)
    return values | {("risk", risk.engagement, risk.risk): None for risk in oversight.risks(queries)}
