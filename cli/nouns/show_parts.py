"""Facts that `show` prints of parts of an engagement: money, orders, outcomes, risks, conflicts, reviews, documents."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cli.nouns.party_names import engagement_state, party_names, party_refs
from cli.options.as_of import View
from ledger.domain.engagement.description import describe_money
from ledger.domain.engagement.money.payments import UnknownPayment
from ledger.domain.engagement.oversight.analysis import ANALYSIS, MATERIALITY
from ledger.domain.engagement.oversight.approvals import APPROVAL
from ledger.domain.engagement.oversight.conflicts import UnknownConflict
from ledger.domain.engagement.oversight.risks import RiskAssessed, rating
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError, listed
from ledger.domain.kernel import Dated, Keyed
from ledger.domain.money import from_minor
from projections.history.party_names import KnownReferences

if TYPE_CHECKING:
    from projections.findings.assessed import AssessedFinding
    from projections.queries.bitemporal import Queries

Facts = dict[str, Any]
MOST_ENTRIES = 20
"""How many entries of a finding are shown in words."""


class UnknownOutcome(LedgerError):
    """The engagement has no outcome with this key."""

    code = "unknown-outcome"

    def __init__(self, key: str, known: list[str]) -> None:
        """Refuse `key`; the outcomes there are, are `known`."""
        super().__init__(
            f"There is no outcome '{key}'.", f"Outcomes: {listed(known, 'and')}." if known else "There is none."
        )


class NotThere(LedgerError):
    """The engagement has no approval, analysis, risk, review, action, request or document with this key."""

    code = "not-there"

    def __init__(self, engagement: str, what: str, known: Iterable[str] = ()) -> None:
        """Refuse `what` of an engagement, which has those that are `known`."""
        has = listed(known, "and")
        super().__init__(f"{engagement} has no {what}.", f"It has {has}." if has else "None is recorded.")


def with_names(view: View, state: Engagement, facts: Facts) -> Facts:
    """Return facts with the name of each party after its reference; for JSON, return them unchanged."""
    if view.form == "json":
        # Programs identify parties by their references, which never change; names are for people.
        return facts
    names, refs = party_names(view), KnownReferences(party_refs(state))
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
    return {"engagement": engagement, **with_names(view, state, {line.label: line.value for line in lines})}


def order(view: View, engagement: str, number: str) -> Facts:
    """Return a service order, with what was accepted under it."""
    state = engagement_state(view, engagement)
    record = state.order(number, engagement)
    own = {"status": record.ended or "issued", "subject": record.subject, "vendor": record.vendor}
    own |= {"amount": str(from_minor(record.currency, record.ordered))}
    own |= {label: day for label, day in (("starts on", record.starts_on), ("ends on", record.ends_on)) if day}
    own |= {"ex post facto": record.ex_post_facto} if record.ex_post_facto else {}
    sums = {"accepted": record.accepted, "paid": record.paid}
    own |= {label: str(from_minor(record.currency, minor)) for label, minor in sums.items() if minor}
    own |= {"deliverables": "; ".join(record.deliverables)} if record.deliverables else {}
    for ref, acceptance in state.balances.acceptances.items():
        if acceptance.order == number:
            amount = str(from_minor(record.currency, acceptance.minor))
            parts = [amount, *filter(None, (acceptance.deliverable, acceptance.evidence)), f"on {acceptance.on}"]
            parts += [f"ex post facto: {acceptance.ex_post_facto}"] if acceptance.ex_post_facto else []
            own[f"acceptance {ref}"] = "; ".join(parts)
    return {"engagement": engagement, "number": number, **with_names(view, state, own)}


def payment(view: View, engagement: str, ref: str) -> Facts:
    """Return a payment, made or reversed. Raises UnknownPayment."""
    state = engagement_state(view, engagement)
    record = state.balances.payments.get(ref)
    if record is None:
        raise UnknownPayment(ref, list(state.balances.payments))
    amount = from_minor(state.balances.orders[record.order].currency, record.minor)
    facts = {"payment": ref, "order": record.order, "amount": str(amount), "on": record.on}
    facts |= {"ex post facto": record.ex_post_facto} if record.ex_post_facto else {}
    return {"engagement": engagement, **facts, "status": "reversed" if record.reversed else "made"}


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


def approval(view: View, engagement: str) -> Facts:
    """Return the approvals that were given elsewhere, by authority. Raises NotThere."""
    facts = engagement_state(view, engagement).facts
    given = {str(name): facts[name] for name in facts if isinstance(name, Keyed) and name.section == APPROVAL}
    if not given:
        raise NotThere(engagement, "approval that was given elsewhere")
    return {"engagement": engagement, **{label: f"{fact.value} on {fact.on}" for label, fact in given.items()}}


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
    record = state.conflicts.get(key)
    if record is None:
        raise UnknownConflict(key, state.conflicts)
    facts = {"between": "; ".join(record.between), "nature": record.nature, "declared on": record.declared_on}
    facts |= {"outcome": record.outcome or "not assessed"}
    facts |= {"measures": record.measures} if record.measures else {}
    return {"engagement": engagement, "conflict": key, **with_names(view, state, facts)}


def review(view: View, engagement: str, key: str) -> Facts:
    """Return a review, with what it asked for. Raises NotThere."""
    state = engagement_state(view, engagement)
    record = state.reviews.get(key)
    if record is None:
        raise NotThere(engagement, f"review '{key}'", state.reviews)
    status = "held" if record.held_on else "overdue" if record.due_on < view.on else "due"
    members = {"status": status, "due on": record.due_on, "subject": record.subject, "held on": record.held_on}
    facts = {"engagement": engagement, "review": key} | {label: text for label, text in members.items() if text}
    facts |= {"findings": record.findings} if record.findings else {}
    return facts | {f"action {ref}": str(action) for ref, action in state.actions.items() if action.review == key}


def action(view: View, engagement: str, key: str) -> Facts:
    """Return what a review asked for, and how it was done. Raises NotThere."""
    state = engagement_state(view, engagement)
    record = state.actions.get(key)
    if record is None:
        raise NotThere(engagement, f"action '{key}'", state.actions)
    status = "closed" if record.how else "overdue" if record.due_on and record.due_on < view.on else "open"
    facts = {
        "status": status,
        "what": record.what,
        "asked on": record.asked_on,
        "due on": record.due_on,
        "how": record.how,
    }
    return {"engagement": engagement, "action": key} | {label: text for label, text in facts.items() if text}


def information(view: View, engagement: str, key: str) -> Facts:
    """Return a request for information, and when it was provided. Raises NotThere."""
    state = engagement_state(view, engagement)
    record = state.information.get(key)
    if record is None:
        raise NotThere(engagement, f"request '{key}'", state.information)
    status = "provided" if record.provided_on else "overdue" if record.due_on < view.on else "open"
    facts = {"status": status, "by": record.by, "what": record.what, "requested on": record.requested_on}
    facts |= {"due on": record.due_on, "provided on": record.provided_on, "document": record.document}
    return {"engagement": engagement, "request": key} | {label: text for label, text in facts.items() if text}


def document(view: View, engagement: str, key: str) -> Facts:
    """Return what is recorded of an attached document, and whether its file is kept. Raises NotThere."""
    state = engagement_state(view, engagement)
    record = state.documents.get(key)
    if record is None:
        raise NotThere(engagement, f"document '{key}'", state.documents)
    attachments = view.ledger.attachments
    is_kept = attachments is not None and attachments.has(record.content.sha256, record.content.size)
    facts = {"title": record.title, "sha256": record.content.sha256, "size": record.content.size}
    facts |= {"media type": record.content.media_type, "file": "kept" if is_kept else "not there"}
    return {"engagement": engagement, "document": key, **facts}


def waiver(view: View, engagement: str, rule: str) -> Facts:
    """Return the waivers of a rule. Raises UnknownEngagement, NotThere."""
    state = engagement_state(view, engagement)
    waivers = {str(name): fact for name, fact in state.facts.items() if str(name).startswith("waiver of ")}
    own = {name: fact for name, fact in waivers.items() if fact.value.rule == rule}
    if not own:
        raise NotThere(engagement, f"waiver of '{rule}'", [waiver.value.rule for waiver in waivers.values()])
    facts = {f"{name}, {fact.on}": str(fact.value) for name, fact in own.items()}
    return {"engagement": engagement, **facts}


def found(view: View, queries: "Queries", key: str) -> "AssessedFinding":
    """Return the finding of this key at the as-of, with what became of it. Raises UnknownControl, UnknownFinding."""
    from projections.findings.assessed import UnknownFinding, assessed
    from projections.findings.controls import control
    from projections.findings.examination import Examination

    findings = Examination(queries, view.ledger, [control(key.partition("/")[0])]).findings()
    for item in assessed(queries, findings):
        if item.finding.key == key:
            return item
    raise UnknownFinding(key, [finding.key for finding in findings])


def finding_facts(view: View, finding: str) -> Facts:
    """Return a finding with the entries it rests on and its assessment. Raises UnknownControl, UnknownFinding."""
    with view.queries() as queries:
        item = found(view, queries, finding)
        own, last, names = item.finding, item.assessment, queries.names()
        facts: Facts = {
            "finding": own.key, "control": own.control.title, "looks for": own.control.looks_for,
            "severity": own.control.severity, "found": names.add_to(own.said, {own.party, *own.subjects} - {""}),
            "on": own.on, "amount": "; ".join(map(str, own.amounts)), "engagement": own.engagement,
            "party": names(own.party) if own.party else "", "status": item.status,
        }  # fmt: skip
        if last is not None:
            actor, until = view.ledger.entry(last.entry).actor, f", until {last.until}" if last.until else ""
            facts["assessed"] = f"{last.outcome} on {last.on}{until} by {actor}: {last.why}"
        facts["open again"] = item.why_open
        facts = {label: value for label, value in facts.items() if value}
        if view.form == "json":
            return facts | {"entries": list(own.entries)}
        for position in own.entries[:MOST_ENTRIES]:
            entry = view.ledger.entry(position)
            said = f"{entry.event.tag()} in {entry.stream}, of {entry.effective_on}"
            facts[f"entry {position}"] = f"{said}, recorded {entry.recorded_at[:10]} by {entry.actor}"
        more = len(own.entries) - MOST_ENTRIES
        return facts | ({"more entries": more} if more > 0 else {})


def resting_on(view: View, finding: str) -> tuple[int, ...]:
    """Return the entries that a finding rests on. Raises UnknownControl, UnknownFinding."""
    with view.queries() as queries:
        return found(view, queries, finding).finding.entries
