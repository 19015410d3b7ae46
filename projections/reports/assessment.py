"""The materiality and the strategic analysis of an engagement, as reports print them."""

import json

from projections.queries.asserted import Entity
from projections.reports.model import NOT_RECORDED
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
    parts = [f"{name}: {assessment[name] or NOT_RECORDED}" for name in ("financial", "strategic")]
    against = ""
    if assessment["threshold"]:
        against = f" ({separated(assessment['value'])} against a threshold of {separated(assessment['threshold'])})"
    return f"{', '.join(parts)}{against}. {assessment['why']}"


def material_in_short(engagement: Entity) -> str:
    """Return `financial`, `strategic`, both, or `no`."""
    text = engagement.get("materiality")
    if text is None:
        return NOT_RECORDED
    assessment = json.loads(text)
    return " and ".join(name for name in ("financial", "strategic") if assessment[name] == "yes") or "no"


def analysis(engagement: Entity) -> str:
    """Return the strategic analysis: conclusion, reference of the document, and options."""
    text = engagement.get("analysis")
    if text is None:
        return NOT_RECORDED
    assessment = json.loads(text)
    sentences = [sentence(assessment["conclusion"], assessment["document"])]
    if assessment["options"]:
        sentences.append(sentence(f"Options: {'; '.join(assessment['options'])}"))
    return " ".join(sentences)
