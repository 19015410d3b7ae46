"""Facts that `show` prints of parts of an engagement: money, orders, outcomes, risks, conflicts, reviews, documents."""

from collections.abc import Iterable
from typing import Any

from cli.nouns.party_names import party_names, party_refs
from cli.options.as_of import View
from ledger.domain.engagement.description import describe_money
from ledger.domain.engagement.money.payments import UnknownPayment
from ledger.domain.engagement.oversight.analysis import ANALYSIS, MATERIALITY
from ledger.domain.engagement.oversight.conflicts import UnknownConflict
from ledger.domain.engagement.oversight.risks import RiskAssessed, rating
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError, listed
from ledger.domain.kernel import Dated
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
            f"There is no outcome '{key}'.", f"Outcomes: {listed(known, 'and')}." if known else "There is none."
        )


class NotThere(LedgerError):
    """The engagement has no analysis, risk, review, action or document with this key."""

    code = "not-there"

    def __init__(self, engagement: str, what: str, known: Iterable[str] = ()) -> None:
        """Refuse `what` of an engagement, which has those that are `known`."""
        has = listed(known, "and")
        super().__init__(f"{engagement} has no {what}.", f"It has {has}." if has else "None is recorded.")


def engagement_state(view: View, ref: str) -> Engagement:
    """Return the state of an engagement at the as-of. Raises UnknownEngagement."""
    state = view.state(f"engagement/{ref}")
    if not state.exists:
        refs = (stream.partition("/")[2] for stream in view.ledger.store.streams("engagement"))
        raise UnknownEngagement(ref, (near for near in near_names(ref, refs, least=85) if near != ref))
    assert isinstance(state, Engagement)
    return state


def named(view: View, state: Engagement, facts: Facts) -> Facts:
    """Return facts with the name of each party after its reference; for JSON, return them unchanged."""
    if view.form == "json":
        # Programs identify parties by their references, which never change; names are for people.
        return facts
    names, refs = party_names(view), party_refs(state)
    return {names.add_to(label, refs): names.add_to(str(value), refs) for label, value in facts.items()}


def _members(fact: Dated) -> Facts:
    """Return the non-empty members of the event that states a fact, and its effective date."""
    event = fact.value
    members = {name: getattr(event, name) for name in event.__struct_fields__}
    plain = {name.replace("_", " "): _plain(value) for name, value in members.items() if value}
    return {**plain, "on": fact.on}


def _plain(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def contribution(view: View, engagement: str) -> Facts:
    """Return what was committed, paid in, refunded and given in kind."""
    state = engagement_state(view, engagement)
    lines = [line for line in describe_money(state.balances) if line.section in ("contribution", "in kind")]
    return {"engagement": engagement, **named(view, state, {line.label: line.value for line in lines})}


def order(view: View, engagement: str, number: str) -> Facts:
    """Return a service order, with what was accepted under it."""
    state = engagement_state(view, engagement)
    issued = state.order(number, engagement)
    own = {"status": issued.ended or "issued", "subject": issued.subject, "vendor": issued.vendor}
    own |= {"amount": str(from_minor(issued.currency, issued.ordered))}
    own |= {label: day for label, day in (("starts on", issued.starts_on), ("ends on", issued.ends_on)) if day}
    sums = {"accepted": issued.accepted, "paid": issued.paid}
    own |= {label: str(from_minor(issued.currency, minor)) for label, minor in sums.items() if minor}
    own |= {"deliverables": "; ".join(issued.deliverables)} if issued.deliverables else {}
    for ref, accepted in state.balances.acceptances.items():
        if accepted.order == number:
            amount = str(from_minor(issued.currency, accepted.minor))
            parts = [amount, *filter(None, (accepted.deliverable, accepted.evidence)), f"on {accepted.on}"]
            own[f"acceptance {ref}"] = "; ".join(parts)
    return {"engagement": engagement, "number": number, **named(view, state, own)}


def payment(view: View, engagement: str, ref: str) -> Facts:
    """Return a payment, made or reversed. Raises UnknownPayment."""
    state = engagement_state(view, engagement)
    recorded = state.balances.payments.get(ref)
    if recorded is None:
        raise UnknownPayment(ref, list(state.balances.payments))
    amount = from_minor(state.balances.orders[recorded.order].currency, recorded.minor)
    facts = {"payment": ref, "order": recorded.order, "amount": str(amount), "on": recorded.on}
    return {"engagement": engagement, **facts, "status": "reversed" if recorded.reversed else "made"}


def outcome(view: View, engagement: str, key: str) -> Facts:
    """Return an outcome: the plan and the result. Raises UnknownOutcome."""
    state = engagement_state(view, engagement)
    if key not in state.outcomes:
        raise UnknownOutcome(key, list(state.outcomes))
    plan, result = state.outcomes[key].planned, state.outcomes[key].reached
    facts: Facts = {"engagement": engagement, "outcome": key, "status": _status(view, plan, result)}
    if plan:
        facts |= {f"planned {label}": value for label, value in _members(plan).items() if label != "outcome"}
    return facts | (_members(result) if result else {})


def _status(view: View, plan: Dated | None, result: Dated | None) -> str:
    due_on = plan.value.due_on if plan else None
    is_late = due_on is not None and due_on < (result.on if result else view.on)
    if result:
        return "reached late" if is_late else "reached"
    return "late" if is_late else "planned"


def analysis(view: View, engagement: str) -> Facts:
    """Return the strategic analysis in force. Raises NotThere."""
    return _fact(view, engagement, ANALYSIS, "strategic analysis")


def materiality(view: View, engagement: str) -> Facts:
    """Return the last assessment of materiality. Raises NotThere."""
    return _fact(view, engagement, MATERIALITY, "assessment of its materiality")


def _fact(view: View, engagement: str, name: str, what: str) -> Facts:
    fact = engagement_state(view, engagement).facts.get(name)
    if fact is None:
        raise NotThere(engagement, what)
    return {"engagement": engagement, **_members(fact)}


def risk(view: View, engagement: str, kind: str) -> Facts:
    """Return a risk as last assessed. Raises NotThere."""
    facts = engagement_state(view, engagement).facts.values()
    risks = {fact.value.risk: fact for fact in facts if isinstance(fact.value, RiskAssessed)}
    if kind not in risks:
        raise NotThere(engagement, f"'{kind}' risk that was assessed", risks)
    level = rating(risks[kind].value.likelihood, risks[kind].value.impact)
    return {"engagement": engagement, "risk": kind, "rating": level, **_members(risks[kind])}


def conflict(view: View, engagement: str, key: str) -> Facts:
    """Return a conflict of interest. Raises UnknownConflict."""
    state = engagement_state(view, engagement)
    declared = state.conflicts.get(key)
    if declared is None:
        raise UnknownConflict(key, state.conflicts)
    facts = {"between": "; ".join(declared.between), "nature": declared.nature, "declared on": declared.declared_on}
    facts |= {"outcome": declared.outcome or "not assessed"}
    facts |= {"measures": declared.measures} if declared.measures else {}
    return {"engagement": engagement, "conflict": key, **named(view, state, facts)}


def review(view: View, engagement: str, key: str) -> Facts:
    """Return a review, with what it asked for. Raises NotThere."""
    state = engagement_state(view, engagement)
    recorded = state.reviews.get(key)
    if recorded is None:
        raise NotThere(engagement, f"review '{key}'", state.reviews)
    status = "held" if recorded.held_on else "overdue" if recorded.due_on < view.on else "due"
    members = {"status": status, "due on": recorded.due_on, "subject": recorded.subject, "held on": recorded.held_on}
    facts = {"engagement": engagement, "review": key} | {label: text for label, text in members.items() if text}
    facts |= {"findings": recorded.findings} if recorded.findings else {}
    return facts | {f"action {ref}": str(action) for ref, action in state.actions.items() if action.review == key}


def action(view: View, engagement: str, key: str) -> Facts:
    """Return what a review asked for, and how it was done. Raises NotThere."""
    state = engagement_state(view, engagement)
    requested = state.actions.get(key)
    if requested is None:
        raise NotThere(engagement, f"action '{key}'", state.actions)
    status = "closed" if requested.how else "overdue" if requested.due_on and requested.due_on < view.on else "open"
    facts = {
        "status": status,
        "what": requested.what,
        "asked on": requested.asked_on,
        "due on": requested.due_on,
        "how": requested.how,
    }
    return {"engagement": engagement, "action": key} | {label: text for label, text in facts.items() if text}


def document(view: View, engagement: str, key: str) -> Facts:
    """Return what is recorded of an attached document, and whether its file is kept. Raises NotThere."""
    state = engagement_state(view, engagement)
    attached = state.documents.get(key)
    if attached is None:
        raise NotThere(engagement, f"document '{key}'", state.documents)
    kept = view.ledger.attachments
    is_kept = kept is not None and kept.has(attached.content.sha256, attached.content.size)
    facts = {"title": attached.title, "sha256": attached.content.sha256, "size": attached.content.size}
    facts |= {"media type": attached.content.media_type, "file": "kept" if is_kept else "not there"}
    return {"engagement": engagement, "document": key, **facts}
