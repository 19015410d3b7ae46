"""Facts that `show` prints of guidelines, of waivers and of findings."""

from typing import TYPE_CHECKING, Any

from cli.nouns.party_names import engagement_state
from cli.nouns.show_parts import NotThere
from cli.options.as_of import View
from ledger.domain.guidelines.adoption import STREAM_KIND, GuidelineSet, UnknownGuidelines, read_guidelines
from ledger.domain.guidelines.wording import rule_words

if TYPE_CHECKING:
    from projections.findings.assessed import AssessedFinding
    from projections.queries.bitemporal import Queries

MOST_ENTRIES = 20
"""How many entries of a finding are shown in words."""


def guideline_text(view: View, symbol: str) -> str:
    """Return the text of a version of guidelines as known at the as-of. Raises UnknownGuidelines."""
    texts: dict[str, str] = {}
    for stream in view.ledger.store.streams(STREAM_KIND):
        state = view.state(stream)
        if isinstance(state, GuidelineSet):
            texts |= state.texts
    if symbol not in texts:
        import difflib

        raise UnknownGuidelines(symbol, tuple(difflib.get_close_matches(symbol, texts)))
    return texts[symbol]


def guidelines_facts(view: View, symbol: str) -> dict[str, Any]:
    """Return a version of guidelines with its rules in words. Raises UnknownGuidelines."""
    version = read_guidelines(guideline_text(view, symbol))
    names = ("set", "symbol", "title", "adopted_by", "adopted_on", "in_force_on")
    facts = {name.replace("_", " "): getattr(version, name) for name in names}
    worth = version.materiality
    if worth.financial is not None:
        facts["financially material"] = f"from {worth.financial} on, by the greatest of {', '.join(worth.measures)}"
    if worth.strategic_kinds:
        facts["strategic weight"] = f"is assessed of {', '.join(worth.strategic_kinds)}"
    return facts | {f"rule {rule.id}": f"{rule.title}: {rule_words(rule)} [{rule.source}]" for rule in version.rules}


def waiver_facts(view: View, engagement: str, rule: str) -> dict[str, Any]:
    """Return the waivers of a rule. Raises UnknownEngagement, NotThere."""
    state = engagement_state(view, engagement)
    waivers = {str(name): held for name, held in state.facts.items() if str(name).startswith("waiver of ")}
    own = {name: held for name, held in waivers.items() if held.value.rule == rule}
    if not own:
        raise NotThere(engagement, f"waiver of '{rule}'", [held.value.rule for held in waivers.values()])
    facts = {f"{name}, {held.on}": str(held.value) for name, held in own.items()}
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


def finding_facts(view: View, finding: str) -> dict[str, Any]:
    """Return a finding with the entries it rests on and its assessment. Raises UnknownControl, UnknownFinding."""
    with view.queries() as queries:
        item = found(view, queries, finding)
        own, last, names = item.finding, item.assessment, queries.names()
        facts: dict[str, Any] = {
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
