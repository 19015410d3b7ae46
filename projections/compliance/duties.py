"""Duties that guidelines give: what is due or not met, with the command that does it and the rule that asks for it."""

from collections.abc import Iterator

from ledger.domain.dates import days_between
from ledger.domain.engagement.state import ABANDONED
from ledger.domain.guidelines.language import Need
from projections.compliance.outcomes import DUE, NOT_MET
from projections.compliance.verdicts import Court, Verdict
from projections.compliance.versions import Versions
from projections.queries.bitemporal import Queries
from projections.queries.due import OPEN, CommandLine, Due

WHAT = "guidelines"
"""What is due, in lists of what is due."""


def duties(queries: Queries, within: int) -> Iterator[Due]:
    """Yield the duties that are not met, or due within a number of days, of engagements that came about."""
    versions = Versions.recorded(queries)
    if not versions:
        return
    court = Court(queries, versions)
    for some in queries.by_engagement():
        engagements = some.engagements()
        refs = sorted(ref for ref, engagement in engagements.items() if engagement.get("status") not in ABANDONED)
        for verdict in court.verdicts(refs):
            days = days_between(queries.as_of.on, verdict.due_on) if verdict.due_on else None
            if verdict.status == NOT_MET or (verdict.status == DUE and days is not None and days <= within):
                ref, due_on = verdict.engagement, verdict.due_on or None
                yield Due(
                    engagements[ref].get("unit"), WHAT, ref, None, verdict.rule.id, _summary(verdict), due_on, days,
                    command_of(verdict),
                )  # fmt: skip


def _summary(verdict: Verdict) -> str:
    case = f" ({verdict.case.key})" if verdict.case.key else ""
    return f"{verdict.rule.id} of {verdict.engagement}{case}, {verdict.version.symbol}: {verdict.said}"


def command_of(verdict: Verdict) -> CommandLine:
    """Return the command that does what a rule asks for; without one, that which explains the verdict."""
    need = verdict.rule.need
    while need.fact == "any":
        need = need.parts[0]
    command = _commands(verdict, need).get(need.fact)
    case = (verdict.case.key,) if verdict.case.key else ()
    return command or ("compliance", "explain", verdict.engagement, verdict.rule.id, *case)


def _commands(verdict: Verdict, need: Need) -> dict[str, CommandLine]:
    """Return the commands that record facts that a rule can need, by the fact."""
    ref, order = verdict.engagement, verdict.case.order
    kind = need.kinds[0] if need.kinds else OPEN
    facets = ",".join(need.facets)
    return {
        "analysis": ("analysis", "record", ref, OPEN),
        "materiality": ("materiality", "assess", ref, "--strategic", OPEN, "--why", OPEN),
        "risk": ("risk", "assess", ref, kind, "--likelihood", OPEN, "--impact", OPEN),
        "conflict": ("conflict", "assess", ref, OPEN, OPEN),
        "approval": ("approval", "evidence", ref, OPEN),
        "review": ("review", "hold", ref, OPEN),
        "outcome-planned": ("outcome", "plan", ref, OPEN),
        "outcome": ("outcome", "record", ref, OPEN),
        "document": ("document", "attach", ref, OPEN, "--title", OPEN),
        "basis": ("engagement", "amend", ref, "--basis", OPEN),
        "objective": ("engagement", "amend", ref, "--objective", OPEN),
        "ends_on": ("engagement", "amend", ref, "--ends-on", OPEN),
        "ceiling": ("engagement", "amend", ref, "--ceiling", OPEN),
        "disclosed": (
            "disclosure", "publish", OPEN, "--body", need.to, "--as-of-on", OPEN, "--cover",
            f"{ref}={facets}" if not order else f"{ref}=service-orders",
        ),
    }  # fmt: skip
