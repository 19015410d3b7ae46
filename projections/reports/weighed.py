"""How engagements weigh: materiality and risks, in words and as counts."""

import json

from ledger.domain.engagement.risks import LEVELS, RISKS
from projections.figures import FigureTree, figure
from projections.queries import Thing
from projections.reports.model import NOT_RECORDED
from projections.reports.register import Register
from projections.reports.wording import sentence, separated
from projections.watched import Risk

HEAVY = "high"
"""The rating from which a risk is named in the body of a report."""


def is_material(thing: Thing) -> bool:
    """Return whether an engagement was assessed as material, for its money or by its strategic weight."""
    held = json.loads(thing.get("materiality") or "{}")
    return "yes" in (held.get("financial"), held.get("strategic"))


def materiality(thing: Thing) -> str:
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


def material_in_short(thing: Thing) -> str:
    """Return for what an engagement is material, in a word or two."""
    text = thing.get("materiality")
    if text is None:
        return NOT_RECORDED
    held = json.loads(text)
    return " and ".join(name for name in ("financial", "strategic") if held[name] == "yes") or "no"


def analysis(thing: Thing) -> str:
    """Return the strategic analysis: conclusion, options, and where it can be read."""
    text = thing.get("analysis")
    if text is None:
        return NOT_RECORDED
    held = json.loads(text)
    told = [sentence(held["conclusion"], held["document"])]
    if held["options"]:
        told.append(sentence(f"Options: {'; '.join(held['options'])}"))
    return " ".join(told)


def risk_counts(source: Register) -> dict[str, FigureTree]:
    """Return how many engagements have each kind of risk at each level; kinds that were never assessed are left out."""
    counts: dict[str, FigureTree] = {}
    for kind in RISKS:
        found = [risk for ref in source.engagements for risk in source.risks.get(ref, ()) if risk.risk == kind]
        if found:
            counts[kind] = {level: _at(source, found, level) for level in LEVELS}
    return counts


def _at(source: Register, risks: list[Risk], level: str) -> FigureTree:
    chosen = [risk for risk in risks if risk.rating == level]
    entries = [entry for risk in chosen for entry in (risk.entry, *source.base(risk.engagement))]
    return figure(len(chosen), "count", "count", entries)


def heavy_risks(source: Register) -> list[Risk]:
    """Return the risks that are rated high, by kind and engagement."""
    found = [risk for ref in source.engagements for risk in source.risks.get(ref, ()) if risk.rating == HEAVY]
    return sorted(found, key=lambda risk: (RISKS.index(risk.risk), risk.engagement))
