"""What `show` tells of the parts of an engagement: money, orders, outcomes, risks, conflicts, reviews, documents."""

from collections.abc import Iterable
from typing import Any

from cli.nouns.party_names import party_names, party_refs
from cli.options.as_of import View
from ledger.domain.engagement.money.acceptances import DeliverableAccepted
from ledger.domain.engagement.money.payments import UnknownPayment
from ledger.domain.engagement.oversight.analysis import AnalysisRecorded, MaterialityAssessed
from ledger.domain.engagement.oversight.conflicts import UnknownConflict
from ledger.domain.engagement.oversight.outcomes import OutcomePlanned, OutcomeRecorded
from ledger.domain.engagement.oversight.reviews import ReviewHeld
from ledger.domain.engagement.oversight.risks import RiskAssessed, rating
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError, listed
from ledger.domain.kernel import Event, Fact
from ledger.domain.money import from_minor
from ledger.domain.refusals import UnknownEngagement
from ledger.format.name_keys import near_names

Facts = dict[str, Any]


class UnknownOutcome(LedgerError):
    """The engagement has no outcome with this key."""

    code = "unknown-outcome"

    def __init__(self, key: str, known: list[str]) -> None:
        """Refuse `key`; the outcomes there are, are `known`."""
        super().__init__(
            f"There is no outcome '{key}'.", f"There is {listed(known, 'and')}." if known else "There is none."
        )


class NotThere(LedgerError):
    """The engagement has no such part: no analysis, risk, review, action or document of this key."""

    code = "not-there"

    def __init__(self, engagement: str, what: str, known: Iterable[str] = ()) -> None:
        """Refuse `what` of an engagement, which has those that are `known`."""
        has = listed(known, "and")
        super().__init__(f"{engagement} has no {what}.", f"There is {has}." if has else "None is recorded.")


def engagement_state(view: View, ref: str) -> Engagement:
    """Return the engagement at the as-of. Raises UnknownEngagement."""
    state = view.state(f"engagement/{ref}")
    if not state.exists:
        refs = (stream.partition("/")[2] for stream in view.ledger.store.streams("engagement"))
        raise UnknownEngagement(ref, (near for near in near_names(ref, refs, least=85) if near != ref))
    assert isinstance(state, Engagement)
    return state


def named(view: View, state: Engagement, facts: Facts) -> Facts:
    """Return facts with the names of parties behind their references, where people read them."""
    if view.form == "json":
        # Programs know parties by their references, which never change; names are for people.
        return facts
    names, refs = party_names(view), party_refs(state)
    return {names.add_to(label, refs): names.add_to(str(value), refs) for label, value in facts.items()}


def _facts(view: View, engagement: str, *kinds: type[Event], **members: str) -> list[Fact]:
    """Return the standing facts of these kinds of event, whose members are these."""
    return [
        fact
        for fact in view.facts(f"engagement/{engagement}")
        if isinstance(fact.event, kinds) and all(getattr(fact.event, name) == text for name, text in members.items())
    ]


def _latest(facts: list[Fact]) -> Fact | None:
    # What is effective later counts, in whatever order it was recorded.
    return max(facts, key=lambda fact: (fact.effective_on, fact.version), default=None)


def _told(fact: Fact) -> Facts:
    """Return the members of an event that say something, and when it was so."""
    held = {name: getattr(fact.event, name) for name in fact.event.__struct_fields__}
    plain = {name.replace("_", " "): _plain(value) for name, value in held.items() if value}
    return {**plain, "on": fact.effective_on}


def _plain(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def contribution(view: View, engagement: str) -> Facts:
    """Return what was committed, paid in, refunded and given in kind."""
    state = engagement_state(view, engagement)
    told = {
        f"{measure} by {payer} in {currency}": str(from_minor(currency, minor))
        for (payer, currency), pot in state.balances.pots.items()
        for measure in ("committed", "received", "refunded")
        if (minor := getattr(pot, measure))
    }
    for item, gift in state.balances.gifts.items():
        told[f"in kind {item} by {gift.by}"] = f"{gift.what}, valued at {from_minor(gift.currency, gift.value.total)}"
    return {"engagement": engagement, **named(view, state, told)}


def order(view: View, engagement: str, number: str) -> Facts:
    """Return a service order, with what was accepted under it."""
    state = engagement_state(view, engagement)
    held = state.order(number, engagement)
    own = {"status": held.ended or "issued", "subject": held.subject, "vendor": held.vendor}
    own |= {"amount": str(from_minor(held.currency, held.ordered))}
    own |= {label: day for label, day in (("starts on", held.starts_on), ("ends on", held.ends_on)) if day}
    sums = {"accepted": held.accepted, "paid": held.paid}
    own |= {label: str(from_minor(held.currency, minor)) for label, minor in sums.items() if minor}
    own |= {"deliverables": "; ".join(held.deliverables)} if held.deliverables else {}
    for fact in _facts(view, engagement, DeliverableAccepted, order=number):
        event = fact.event
        assert isinstance(event, DeliverableAccepted)
        parts = [str(event.amount), *filter(None, (event.deliverable, event.evidence)), f"on {fact.effective_on}"]
        own[f"acceptance {event.acceptance}"] = "; ".join(parts)
    return {"engagement": engagement, "number": number, **named(view, state, own)}


def payment(view: View, engagement: str, ref: str) -> Facts:
    """Return a payment, made or reversed. Raises UnknownPayment."""
    state = engagement_state(view, engagement)
    held = state.balances.payments.get(ref)
    if held is None:
        raise UnknownPayment(ref, list(state.balances.payments))
    amount = from_minor(state.balances.orders[held.order].currency, held.minor)
    told = {"payment": ref, "order": held.order, "amount": str(amount), "on": held.on}
    return {"engagement": engagement, **told, "status": "reversed" if held.reversed else "made"}


def outcome(view: View, engagement: str, key: str) -> Facts:
    """Return an outcome: what is planned, and beside it what was reached. Raises UnknownOutcome."""
    state = engagement_state(view, engagement)
    if key not in state.outcomes:
        raise UnknownOutcome(key, list(state.outcomes))
    plan = _latest(_facts(view, engagement, OutcomePlanned, outcome=key))
    done = _latest(_facts(view, engagement, OutcomeRecorded, outcome=key))
    facts: Facts = {"engagement": engagement, "outcome": key, "status": _status(view, plan, done)}
    if plan:
        told = {label: value for label, value in _told(plan).items() if label != "outcome"}
        facts |= {f"planned {label}": value for label, value in told.items()}
    return facts | (_told(done) if done else {})


def _status(view: View, plan: Fact | None, done: Fact | None) -> str:
    due_on = getattr(plan.event, "due_on", None) if plan else None
    is_late = due_on is not None and due_on < (done.effective_on if done else view.on)
    if done:
        return "reached late" if is_late else "reached"
    return "late" if is_late else "planned"


def analysis(view: View, engagement: str) -> Facts:
    """Return the strategic analysis that counts. Raises NotThere."""
    return _last(view, engagement, "strategic analysis", AnalysisRecorded)


def materiality(view: View, engagement: str) -> Facts:
    """Return how material the engagement was last found to be. Raises NotThere."""
    return _last(view, engagement, "assessment of its materiality", MaterialityAssessed)


def _last(view: View, engagement: str, what: str, kind: type[Event]) -> Facts:
    engagement_state(view, engagement)
    last = _latest(_facts(view, engagement, kind))
    if last is None:
        raise NotThere(engagement, what)
    return {"engagement": engagement, **_told(last)}


def risk(view: View, engagement: str, kind: str) -> Facts:
    """Return a risk as last assessed. Raises NotThere."""
    engagement_state(view, engagement)
    found = _facts(view, engagement, RiskAssessed)
    last = _latest(_facts(view, engagement, RiskAssessed, risk=kind))
    if last is None:
        known = dict.fromkeys(str(getattr(fact.event, "risk", "")) for fact in found)
        raise NotThere(engagement, f"'{kind}' risk that was assessed", known)
    event = last.event
    assert isinstance(event, RiskAssessed)
    return {"engagement": engagement, "risk": kind, "rating": rating(event.likelihood, event.impact), **_told(last)}


def conflict(view: View, engagement: str, key: str) -> Facts:
    """Return a conflict of interest. Raises UnknownConflict."""
    state = engagement_state(view, engagement)
    held = state.conflicts.get(key)
    if held is None:
        raise UnknownConflict(key, state.conflicts)
    told = {"between": "; ".join(held.between), "nature": held.nature, "declared on": held.declared_on}
    told |= {"outcome": held.outcome or "not assessed"} | ({"measures": held.measures} if held.measures else {})
    return {"engagement": engagement, "conflict": key, **named(view, state, told)}


def review(view: View, engagement: str, key: str) -> Facts:
    """Return a review, with what it asked for. Raises NotThere."""
    state = engagement_state(view, engagement)
    held = state.reviews.get(key)
    if held is None:
        raise NotThere(engagement, f"review '{key}'", state.reviews)
    status = "held" if held.held_on else "overdue" if held.due_on < view.on else "due"
    told = {"status": status, "due on": held.due_on, "subject": held.subject, "held on": held.held_on}
    facts = {"engagement": engagement, "review": key} | {label: text for label, text in told.items() if text}
    facts |= {"findings": held.findings} if held.findings else {}
    for fact in _facts(view, engagement, ReviewHeld, review=key):
        assert isinstance(fact.event, ReviewHeld)
        facts |= {f"action {one.action}": str(state.actions[one.action]) for one in fact.event.actions}
    return facts


def action(view: View, engagement: str, key: str) -> Facts:
    """Return what a review asked for, and how it was done. Raises NotThere."""
    state = engagement_state(view, engagement)
    held = state.actions.get(key)
    if held is None:
        raise NotThere(engagement, f"action '{key}'", state.actions)
    status = "closed" if held.how else "overdue" if held.due_on and held.due_on < view.on else "open"
    told = {"status": status, "what": held.what, "asked on": held.asked_on, "due on": held.due_on, "how": held.how}
    return {"engagement": engagement, "action": key} | {label: text for label, text in told.items() if text}


def document(view: View, engagement: str, key: str) -> Facts:
    """Return what is recorded of an attached document, and whether its file is kept. Raises NotThere."""
    state = engagement_state(view, engagement)
    held = state.documents.get(key)
    if held is None:
        raise NotThere(engagement, f"document '{key}'", state.documents)
    kept = view.ledger.attachments
    is_kept = kept is not None and kept.has(held.content.sha256, held.content.size)
    told = {"title": held.title, "sha256": held.content.sha256, "size": held.content.size}
    told |= {"media type": held.content.media_type, "file": "kept" if is_kept else "not there"}
    return {"engagement": engagement, "document": key, **told}
