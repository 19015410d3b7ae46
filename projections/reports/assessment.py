"""The assessment of an engagement in words: its materiality and its strategic analysis."""

import json

from projections.queries.queries import Entity
from projections.reports.model import NOT_RECORDED
from projections.reports.wording import sentence, separated


def is_material(engagement: Entity) -> bool:
    """Return whether an engagement was assessed as material, for its money or by its strategic weight."""
    assessment = json.loads(engagement.get("materiality") or "{}")
    return "yes" in (assessment.get("financial"), assessment.get("strategic"))


def materiality(engagement: Entity) -> str:
    """Return the materiality of an engagement and why, in words."""
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
    """Return for what an engagement is material, in a word or two."""
    text = engagement.get("materiality")
    if text is None:
        return NOT_RECORDED
    assessment = json.loads(text)
    return " and ".join(name for name in ("financial", "strategic") if assessment[name] == "yes") or "no"


def analysis(engagement: Entity) -> str:
    """Return the strategic analysis: conclusion, options, and where it can be read."""
    text = engagement.get("analysis")
    if text is None:
        return NOT_RECORDED
    assessment = json.loads(text)
    sentences = [sentence(assessment["conclusion"], assessment["document"])]
    if assessment["options"]:
        sentences.append(sentence(f"Options: {'; '.join(assessment['options'])}"))
    return " ".join(sentences)
