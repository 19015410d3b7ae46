"""The engagements that a document reports one by one, in short: what the Council asked for of each."""

from collections.abc import Iterator
from typing import NamedTuple

from ledger.domain.engagement.oversight.risks import LEVELS, RISKS
from projections.projectors.money import MEASURES
from projections.queries.figures import Figure, FigureTree, escaped, figure
from projections.reports.assessment import is_material
from projections.reports.council.data import CouncilData
from projections.reports.council.figures import DETAILS

FEW = 10
"""Where no guidelines say what is material, this many engagements that were never assessed are reported one by one."""
INDIVIDUALLY = "individually"
"""The member of the figures on the engagements that are reported one by one."""


class EngagementInShort(NamedTuple):
    """An engagement: members that are not recorded are empty.

    `parties` are names with roles, `money` measures with pointers, `orders` numbers with the pointer of the amount and
    the documents that disclosed them, `outcomes` what they are and whether they were reached, `risk` the kind and
    rating of the highest risk, `told` the days and documents that first disclosed something of it. It may be
    reported only because a fact is missing that would decide whether it is material (`is_unknown`).
    """

    ref: str
    is_unknown: bool
    title: str
    purpose: str
    kind: str
    unit: str
    parties: tuple[tuple[str, str], ...]
    starts_on: str
    ends_on: str
    money: tuple[tuple[str, str], ...]
    withholds_amounts: bool
    withholds_orders: bool
    orders: tuple[tuple[str, str, tuple[str, ...]], ...]
    outcomes: tuple[tuple[str, bool], ...]
    planned: int
    reached: int
    risk: tuple[str, str] | None
    analysed_on: str
    reviewed_on: str
    told: tuple[tuple[str, str], ...]


def individual(source: CouncilData) -> list[str]:
    """Return the engagements that are reported one by one: material, or of which that is not known."""
    judgement = source.judgement
    if judgement is not None and judgement.deciding:
        return [ref for ref in source.engagements if judgement.materiality[ref].holds is not False]
    assessed = [ref for ref, known in source.engagements.items() if is_material(known)]
    unknown = [ref for ref, known in source.engagements.items() if known.get("materiality") is None]
    return sorted([*assessed, *(unknown if len(unknown) <= FEW else [])])


def in_short(source: CouncilData) -> tuple[EngagementInShort, ...]:
    """Return the engagements that are reported one by one."""
    return tuple(_in_short(source, ref) for ref in individual(source))


def _in_short(source: CouncilData, ref: str) -> EngagementInShort:
    known = source.engagements[ref]
    answer = source.judgement.materiality.get(ref) if source.judgement else None
    return EngagementInShort(
        ref=ref,
        is_unknown=answer is not None and answer.holds is None,
        title=known.get("title") or "",
        purpose=known.get("purpose") or "",
        kind=known.get("kind") or "",
        unit=known.get("unit") or "",
        parties=tuple((source.name(party), role) for party, role in known.pairs("parties")),
        starts_on=known.get("starts_on") or "",
        ends_on=known.get("ends_on") or "",
        money=tuple(_money(source, ref)),
        withholds_amounts=source.withholds_amounts(ref) or "financials" in source.withheld(ref),
        withholds_orders="service-orders" in source.withheld(ref),
        orders=tuple(_orders(source, ref)),
        outcomes=tuple(_outcomes(source, ref)),
        planned=len(source.planned.get(ref, ())),
        reached=len(source.reached.get(ref, ())),
        risk=_highest_risk(source, ref),
        analysed_on=known.facts["analysis"].on if "analysis" in known.facts else "",
        reviewed_on=max((review.held_on for review in source.reviews.get(ref, ())), default=""),
        told=tuple(dict.fromkeys((row.disclosed_on, row.document) for row in source.first_disclosures.get(ref, ()))),
    )


def _money(source: CouncilData, ref: str) -> Iterator[tuple[str, str]]:
    rows = source.money.get(ref, ())
    for measure in MEASURES:
        for currency in sorted({row.currency for row in rows if row.measure == measure}):
            yield measure, f"/{DETAILS}/{escaped(ref)}/money/{measure}/{currency}"


def _orders(source: CouncilData, ref: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for number, _ in source.orders.get(ref, ()):
        documents = source.disclosed_in(ref, "service-orders", number)
        yield number, f"/{DETAILS}/{escaped(ref)}/orders/{escaped(number)}/ordered", tuple(documents)


def _outcomes(source: CouncilData, ref: str) -> Iterator[tuple[str, bool]]:
    planned = {row.outcome: row.summary for row in source.planned.get(ref, ())}
    reached = {row.outcome: row.summary for row in source.reached.get(ref, ())}
    for outcome in sorted({*planned, *reached}):
        yield planned.get(outcome) or reached[outcome], outcome in reached


def _highest_risk(source: CouncilData, ref: str) -> tuple[str, str] | None:
    risks = source.risks.get(ref, [])
    if not risks:
        return None
    highest = max(risks, key=lambda risk: (LEVELS.index(risk.rating), -RISKS.index(risk.risk)))
    return highest.risk, highest.rating


def individual_figures(source: CouncilData) -> dict[str, FigureTree]:
    """Return the counts of the engagements that are reported one by one, and of what is recorded of them."""
    refs = individual(source)
    kinds = sorted({source.engagements[ref].get("kind") or "" for ref in refs})
    return {
        "engagements": _count(source, refs, "materiality"),
        "by_kind": {
            kind: _count(source, [ref for ref in refs if source.engagements[ref].get("kind") == kind], "kind")
            for kind in kinds
        },
        "analysed": _count(source, [ref for ref in refs if "analysis" in source.engagements[ref].facts], "analysis"),
        "reviewed": _reviewed(source, refs),
    }


def _count(source: CouncilData, refs: list[str], fact: str) -> Figure:
    entries = [entry for ref in refs for entry in (*source.base(ref), *source.engagements[ref].entry(fact))]
    entries += _versions(source)
    return figure(len(refs), "count", "count", entries)


def _versions(source: CouncilData) -> list[int]:
    # What is material, the guidelines in force say.
    judgement = source.judgement
    return [version.entry for version in judgement.deciding] if judgement else []


def _reviewed(source: CouncilData, refs: list[str]) -> Figure:
    held = {ref: [row for row in source.reviews.get(ref, ()) if row.held_on] for ref in refs}
    chosen = [ref for ref, rows in held.items() if rows]
    entries = [entry for ref in chosen for row in held[ref] for entry in row.entries]
    entries += [entry for ref in chosen for entry in source.base(ref)]
    return figure(len(chosen), "count", "count", [*entries, *_versions(source)])
