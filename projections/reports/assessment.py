"""The materiality and the strategic analysis of an engagement, as reports print them."""

import json

from projections.queries.asserted import Entity
from projections.reports.model import NOT_RECORDED
from projections.reports.phrases import Phrase, joined
from projections.reports.wording import sentence, separated


def is_material(engagement: Entity) -> bool:
    """Return whether an engagement was assessed as financially or strategically material."""
    assessment = json.loads(engagement.get("materiality") or "{}")
    return "yes" in (assessment.get("financial"), assessment.get("strategic"))


def materiality(engagement: Entity) -> str:
    """Return the materiality of an engagement, the threshold compared with, and the reason."""
    text = engagement.get("materiality")
    if text is None:
        return NOT_RECORDED
    assessment = json.loads(text)
    parts = joined((_answered(name, assessment[name] or NOT_RECORDED) for name in ("financial", "strategic")), ", ")
    against = ""
    if assessment["threshold"]:
        value, limit = separated(assessment["value"]), separated(assessment["threshold"])
        text = f" ({value} against a threshold of {limit})"
        against = Phrase(text, "assessed-against", value=value, threshold=limit)
    return joined((parts, against, f". {assessment['why']}"), "")


def _answered(name: str, answer: str) -> str:
    given = Phrase(answer, f"material-{answer.replace(' ', '-')}")
    return Phrase(f"{name}: {answer}", f"assessed-{name}", answer=given)


def material_in_short(engagement: Entity) -> str:
    """Return `financial`, `strategic`, both, or `no`."""
    text = engagement.get("materiality")
    if text is None:
        return NOT_RECORDED
    assessment = json.loads(text)
    names = [name for name in ("financial", "strategic") if assessment[name] == "yes"]
    return Phrase(" and ".join(names) or "no", f"material-{'-and-'.join(names) or 'no'}")


def analysis(engagement: Entity) -> str:
    """Return the strategic analysis: conclusion, reference of the document, and options."""
    text = engagement.get("analysis")
    if text is None:
        return NOT_RECORDED
    assessment = json.loads(text)
    sentences = [sentence(assessment["conclusion"], assessment["document"])]
    if assessment["options"]:
        options = "; ".join(assessment["options"])
        sentences.append(Phrase(sentence(f"Options: {options}"), "analysis-options", options=sentence(options)))
    return joined(sentences, " ")
