"""Facts that `show` prints of guidelines and of waivers."""

from typing import Any

from cli.nouns.party_names import engagement_state
from cli.nouns.show_parts import NotThere
from cli.options.as_of import View
from ledger.domain.guidelines.adoption import STREAM_KIND, GuidelineSet, UnknownGuidelines, read_guidelines
from ledger.domain.guidelines.wording import rule_words


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
