"""The assessment of an engagement in words: its materiality and its strategic analysis."""

import json

from projections.queries.queries import Entity
from projections.reports.model import NOT_RECORDED
from projections.reports.wording import sentence, separated


def is_material(thing: Entity) -> bool:
    """Return whether an engagement was assessed as material, for its money or by its strategic weight."""
    held = json.loads(thing.get("materiality") or "{}")
    return "yes" in (held.get("financial"), held.get("strategic"))


def materiality(thing: Entity) -> str:
    """Return the materiality of an engagement and why, in words."""
    text = thing.get("materiality")
    if text is None:
        return NOT_RECORDED
    held = json.loads(text)
    told = [f"{name}: {held[name] or NOT_RECORDED}" for name in ("financial", "strategic")]
    against = ""
    if held["threshold"]:
        against = f" ({separated(held['value'])} against a threshold of {separated(held['threshold'])})"
    return f"{', '.join(told)}{against}. {held['why']}"


def material_in_short(thing: Entity) -> str:
    """Return for what an engagement is material, in a word or two."""
    text = thing.get("materiality")
    if text is None:
        return NOT_RECORDED
    held = json.loads(text)
    return " and ".join(name for name in ("financial", "strategic") if held[name] == "yes") or "no"


def analysis(thing: Entity) -> str:
    """Return the strategic analysis: conclusion, options, and where it can be read."""
    text = thing.get("analysis")
    if text is None:
        return NOT_RECORDED
    held = json.loads(text)
    told = [sentence(held["conclusion"], held["document"])]
    if held["options"]:
        told.append(sentence(f"Options: {'; '.join(held['options'])}"))
    return " ".join(told)
