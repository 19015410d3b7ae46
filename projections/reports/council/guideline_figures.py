"""The figures of the council report on guidelines: what is material, verdicts, waivers, requests for information."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ledger.domain.dates import days_between
from ledger.domain.money import from_minor
from projections.compliance.versions import Version
from projections.projectors.money import MEASURES
from projections.queries.figures import Figure, FigureTree, figure
from projections.queries.oversight import RequestRecord
from projections.reports.council.data import CouncilData
from projections.reports.council.judgement import Count, Judgement
from projections.reports.model import NOT_RECORDED
from projections.reports.verdict_words import COUNTED, member

MEMBERS = ("guidelines", "materiality", "others", "verdicts", "compliance", "waivers", "information")
"""The members of the figures that are made by guidelines."""


def guideline_figures(source: CouncilData) -> dict[str, FigureTree]:
    """Return the figures that guidelines give; none where none are adopted."""
    judgement = source.judgement
    if judgement is None:
        return {}
    return {
        "guidelines": _guidelines(source, judgement),
        "materiality": _materiality(source, judgement),
        "others": _others(source, judgement),
        "verdicts": {member(status): _counted(judgement.totals.get(status)) for status in COUNTED},
        "compliance": {
            version.symbol: {
                rule.id: _verdicts(judgement, version.symbol, rule.id)
                for rule in version.guidelines.rules
                if judgement.has_counted(version, rule)
            }
            for version in judgement.shown_versions(source.on)
        },
        "waivers": figure(len(source.waivers), "count", "count", [row["position"] for row in source.waivers]),
        "information": _information(source),
    }


def in_force(source: CouncilData, judgement: Judgement) -> list[Version]:
    """Return the version of each set that is in force on the date of the report."""
    versions = judgement.versions
    binding = (versions.in_force(name, source.on) for name in versions.by_set)
    return [version for version in binding if version is not None]


def changes(source: CouncilData, judgement: Judgement) -> list[tuple[Version, Version | None]]:
    """Return the versions that began to bind in the period, each with the version before it in its set."""
    pairs: list[tuple[Version, Version | None]] = []
    for versions in judgement.versions.by_set.values():
        for before, version in zip((None, *versions), versions, strict=False):
            if source.period.holds(version.guidelines.binds_from) and version.guidelines.binds_from <= source.on:
                pairs.append((version, before))
    return pairs


def repealed(source: CouncilData, judgement: Judgement) -> list[Version]:
    """Return the versions that were repealed in the period."""
    return [version for version in judgement.versions.all() if source.period.holds(version.repealed_on)]


def _guidelines(source: CouncilData, judgement: Judgement) -> dict[str, FigureTree]:
    chosen = in_force(source, judgement)
    begun = [version for version, _ in changes(source, judgement)]
    ended = repealed(source, judgement)
    return {
        "in_force": figure(len(chosen), "count", "count", _entries(chosen)),
        "begun": figure(len(begun), "count", "count", [version.entry for version in begun]),
        "repealed": figure(len(ended), "count", "count", _entries(ended)),
    }


def _entries(versions: Iterable[Version]) -> list[int]:
    return [entry for version in versions for entry in version.entries]


def _materiality(source: CouncilData, judgement: Judgement) -> dict[str, FigureTree]:
    def count(*, holds: bool | None) -> Figure:
        refs = [ref for ref, answer in judgement.materiality.items() if answer.holds is holds]
        return figure(len(refs), "count", "count", _bases(source, judgement, refs))

    return {"material": count(holds=True), "not_known": count(holds=None), "others": count(holds=False)}


def _bases(source: CouncilData, judgement: Judgement, refs: Iterable[str]) -> list[int]:
    """Return the entries that make engagements count, and material or not."""
    return [entry for ref in refs for entry in (*source.base(ref), *judgement.materiality[ref].entries)]


def _others(source: CouncilData, judgement: Judgement) -> dict[str, FigureTree]:
    by_kind: dict[str, list[str]] = {}
    for ref in source.others:
        by_kind.setdefault(source.engagements[ref].get("kind") or NOT_RECORDED, []).append(ref)
    kinds = sorted(by_kind, key=lambda kind: (-len(by_kind[kind]), kind))
    return {
        "by_kind": {kind: _kind(source, judgement, by_kind[kind]) for kind in kinds},
        "money": _money(source, judgement, source.others),
    }


def _kind(source: CouncilData, judgement: Judgement, refs: list[str]) -> dict[str, FigureTree]:
    entries = _bases(source, judgement, refs)
    entries += [entry for ref in refs for entry in source.engagements[ref].entry("kind")]
    return {
        "engagements": figure(len(refs), "count", "count", entries),
        "money": _money(source, judgement, refs, "kind"),
    }


def _money(source: CouncilData, judgement: Judgement, refs: list[str], *facts: str) -> dict[str, FigureTree]:
    sums: dict[str, FigureTree] = {}
    for measure in MEASURES:
        rows = source.rows(refs, measure)
        currencies = sorted({row.currency for row in rows})
        if rows:
            sums[measure] = {
                currency: _sum(source, judgement, [row for row in rows if row.currency == currency], currency, facts)
                for currency in currencies
            }
    return sums


def _sum(source: CouncilData, judgement: Judgement, rows: list[Any], currency: str, facts: tuple[str, ...]) -> Figure:
    refs = dict.fromkeys(row.engagement for row in rows)
    entries = [row.entry for row in rows] + _bases(source, judgement, refs)
    entries += [entry for ref in refs for fact in facts for entry in source.engagements[ref].entry(fact)]
    value = Decimal(from_minor(currency, sum(row.minor for row in rows)).value)
    return figure(value, currency, "sum", entries)


def _verdicts(judgement: Judgement, symbol: str, rule: str) -> dict[str, FigureTree]:
    return {member(status): _counted(judgement.counts.get((symbol, rule, status))) for status in COUNTED}


def _counted(count: Count | None) -> Figure:
    return figure(0, "count", "count") if count is None else figure(count.number, "count", "count", count.entries)


def days_to_answer(source: CouncilData, request: RequestRecord) -> int:
    """Return the days from a request to its answer, or to the date of the report while it is open."""
    return days_between(request.requested_on, request.provided_on or source.on)


def _information(source: CouncilData) -> dict[str, FigureTree]:
    def count(requests: Iterable[RequestRecord]) -> Figure:
        chosen = list(requests)
        return figure(len(chosen), "count", "count", [entry for request in chosen for entry in request.entries])

    days: dict[str, Any] = {}
    for request in source.requests:
        own = figure(days_to_answer(source, request), "days", "count", request.entries)
        days.setdefault(request.engagement, {})[request.request] = own
    return {
        "requests": count(source.requests),
        "answered": count(request for request in source.requests if request.provided_on),
        "open": count(request for request in source.requests if not request.provided_on),
        "late": count(request for request in source.requests if (request.provided_on or source.on) > request.due_on),
        "days": days,
    }
