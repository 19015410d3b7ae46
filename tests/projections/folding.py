"""What the tables say of a date and a position, beside a plain fold of the entries, which knows no tables."""

from collections.abc import Iterator
from typing import Any

from ledger.application.ledger import Ledger
from ledger.domain.engagement.oversight.risks import RiskAssessed
from ledger.domain.engagement.particulars import NAMES
from ledger.domain.engagement.state import IN_FORCE, Engagement
from ledger.domain.kernel import BEGINNING, Fact, Keyed
from ledger.domain.party.due_diligence import SCREENING
from ledger.domain.party.party import Party
from ledger.domain.registry import new_state
from ledger.domain.voiding import standing
from projections.projectors.engagements import value_text
from projections.queries import oversight
from projections.queries.queries import BitemporalPoint, Queries

Told = dict[tuple[str, ...], Any]


def check_fold(ledger: Ledger, queries: Queries) -> None:
    """Hold what the tables say to be what the entries say: life, classes, money, orders, and all that watches."""
    states = dict(_states(ledger, queries.as_of))
    engagements = {ref: state for (kind, ref), state in states.items() if kind == "engagement"}
    parties = {ref: state for (kind, ref), state in states.items() if kind == "party"}
    _check_engagements(engagements, queries)
    _check_parties(parties, queries)
    assert {key: minor for key, minor in _money(engagements).items() if minor} == {
        key: minor for key, minor in _sums(queries).items() if minor
    }
    assert _watched(engagements) == _shown(queries)


def _states(ledger: Ledger, as_of: BitemporalPoint) -> Iterator[tuple[tuple[str, str], Any]]:
    # In the order of dates: of two statements the later date counts, then the later entry.
    def order(fact: Fact) -> tuple[str, int]:
        return BEGINNING if fact.event.timeless else fact.effective_on, fact.version

    for kind in ("engagement", "party"):
        for stream in ledger.store.streams(kind):
            state = new_state(stream)
            for fact in sorted(standing(ledger.facts(stream, as_of.known_at)), key=order):
                if order(fact)[0] <= as_of.on:
                    fact.event.evolve(state, fact)
            if state.exists:
                yield (kind, stream.partition("/")[2]), state


def _check_engagements(states: dict[str, Engagement], queries: Queries) -> None:
    shown = queries.engagements()
    assert set(states) == set(shown)
    for ref, state in states.items():
        thing = shown[ref]
        status = thing.get("status")
        assert state.status == status or (status == "expired" and state.status in IN_FORCE)
        assert {name: value_text(held.value) for name, held in state.facts.items() if name in NAMES} == {
            name: held.value for name, held in thing.facts.items() if name in NAMES
        }
        for label, name in (("strategic analysis", "analysis"), ("materiality", "materiality")):
            assert (label in state.facts) == (name in thing.facts)


def _check_parties(states: dict[str, Party], queries: Queries) -> None:
    classes = ("name", "type", "membership", "country")
    shown = queries.parties()
    assert {ref: {name: state.get(name) for name in classes} for ref, state in states.items()} == {
        ref: {name: thing.get(name) for name in classes} for ref, thing in shown.items()
    }
    assert {(ref, key): (flag.value, state.lifted.get(key, "")) for ref, state in states.items()
            for key, flag in state.flags.items()} == {
        (one.party, one.flag): (one.what, one.why) for one in oversight.flags(queries)
    }  # fmt: skip
    told = {
        (ref, affiliate): relation
        for ref, state in states.items()
        for affiliate, relation in state.affiliations().items()
    }
    groups = oversight.AffiliationGroups(queries)
    assert {frozenset(pair) for pair in told} == {
        frozenset((party, other)) for party, others in groups.links.items() for other in others
    }
    checked = {
        (ref, name.key)
        for ref, state in states.items()
        for name in state.facts
        if isinstance(name, Keyed) and name.section == SCREENING
    }
    assert checked == {(one.party, one.name) for one in oversight.checks(queries) if one.kind == "screening"}


def _money(states: dict[str, Engagement]) -> Told:
    told: Told = {}
    for ref, state in states.items():
        for (payer, currency), pot in state.balances.pots.items():
            told[ref, "signed", payer, "", currency] = pot.committed
            told[ref, "received", payer, "", currency] = pot.received
            told[ref, "refunded", payer, "", currency] = pot.refunded
        for gift in state.balances.gifts.values():
            key = (ref, "in-kind", gift.by, "", gift.currency)
            told[key] = told.get(key, 0) + gift.value.total
        for number, order in state.balances.orders.items():
            told[ref, "ordered", "", number, order.currency] = order.ordered
            told[ref, "accepted", "", number, order.currency] = order.accepted
            told[ref, "paid", "", number, order.currency] = order.paid
    return told


def _sums(queries: Queries) -> Told:
    sums: Told = {}
    for row in queries.money(("signed", "received", "refunded", "in-kind", "ordered", "accepted", "paid")):
        key = (row.engagement, row.measure, row.party, row.order_number, row.currency)
        sums[key] = sums.get(key, 0) + row.minor
    return sums


def _watched(states: dict[str, Engagement]) -> Told:
    told: Told = {}
    for ref, state in states.items():
        for number, order in state.balances.orders.items():
            told["order", ref, number] = (order.subject, order.vendor, order.ended or "issued")
        told |= {("gift", ref, item): (gift.by, gift.what) for item, gift in state.balances.gifts.items()}
        for key, outcome in state.outcomes.items():
            told |= {("reached", ref, key): outcome.reached.value.summary} if outcome.reached else {}
            told |= {("planned", ref, key): outcome.planned.value.summary} if outcome.planned else {}
        for key, conflict in state.conflicts.items():
            told["conflict", ref, key] = (conflict.between, conflict.nature, conflict.outcome, conflict.measures)
        for key, review in state.reviews.items():
            told["review", ref, key] = (review.due_on, review.subject, review.held_on, review.findings)
        for key, action in state.actions.items():
            told["action", ref, key] = (action.what, action.due_on or "", action.how)
        for key, document in state.documents.items():
            told["document", ref, key] = (document.title, document.content.sha256, document.content.size)
        for fact in state.facts.values():
            told |= {("risk", ref, fact.value.risk): None} if isinstance(fact.value, RiskAssessed) else {}
    return told


def _shown(queries: Queries) -> Told:
    told: Told = {
        ("order", ref, number): (thing.get("subject"), thing.get("vendor"), thing.get("status"))
        for (ref, number), thing in queries.orders().items()
    }
    told |= {("gift", row.engagement, row.item): (row.party, row.what) for row in oversight.gifts(queries)}
    for status in ("reached", "planned"):
        told |= {(status, row.engagement, row.outcome): row.summary for row in queries.outcomes(status)}
    for conflict in oversight.conflicts(queries):
        held = (tuple(conflict.between), conflict.nature, conflict.outcome, conflict.measures)
        told["conflict", conflict.engagement, conflict.conflict] = held
    for one in oversight.reviews(queries):
        told["review", one.engagement, one.review] = (one.due_on, one.subject, one.held_on, one.findings)
    for action in oversight.actions(queries):
        told["action", action.engagement, action.action] = (action.what, action.due_on, action.how)
    for row in oversight.documents(queries):
        told["document", row.engagement, row.document] = (row.title, row.sha256, row.size)
    return told | {("risk", risk.engagement, risk.risk): None for risk in oversight.risks(queries)}
