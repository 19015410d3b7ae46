"""Whether an engagement, or a service order, was disclosed to a body within a number of days from a case."""

from ledger.domain.dates import days_after
from ledger.domain.errors import listed
from ledger.domain.guidelines.language import Need
from projections.compliance.cases import Case
from projections.compliance.outcomes import DUE, LATE, MET, NOT_MET, UNKNOWN, Outcome, every
from projections.compliance.records import Record
from projections.queries.disclosure.coverage import grounds
from projections.tables import named as schema


def disclosed(record: Record, case: Case, need: Need) -> Outcome:
    """Return the outcome of disclosing each facet that is recorded, or that the source withholds, to the body."""
    outcomes = [_facet(record, case, need, facet) for facet in need.facets]
    told = [outcome for outcome in outcomes if outcome is not None]
    if not told:
        said = f"nothing of {' and '.join(need.facets)} is recorded"
        return Outcome(MET, days_after(case.on, need.within_days), said, (), (), (f"engagement/{record.ref}",))
    outcome = every(told)
    untold = [facet for facet, own in zip(need.facets, outcomes, strict=True) if own is not None and not own.entries]
    is_plain = len(untold) > 1 and outcome.status in (DUE, NOT_MET)
    return outcome._replace(said=f"{listed(untold, 'and')} not disclosed to {need.to}") if is_plain else outcome


def _facet(record: Record, case: Case, need: Need, facet: str) -> Outcome | None:
    number = case.order if facet == "service-orders" else ""
    what = f"service order {number}" if number else facet
    deadline = days_after(case.on, need.within_days)
    rows = [
        row for row in record.coverage(facet)
        if (row.number == number or (facet == "service-orders" and not number))
        and record.batch.shared.body_of(row.document) == need.to
    ]  # fmt: skip
    if not rows and not number and not _is_recorded(record, facet):
        return None
    first = min(rows, key=lambda row: (row.published_on, row.published_at), default=None)
    if first is None:
        status = DUE if record.on <= deadline else NOT_MET
        return Outcome(status, deadline, f"{what} not disclosed to {need.to}", (), (), (f"disclosures to {need.to}",))
    said = f"{what} disclosed by {first.correction or first.document} on {first.published_on}"
    entries = tuple(sorted(set(grounds(first))))
    if first.published_on > deadline:
        return Outcome(LATE, deadline, said, entries)
    if not case.is_dated:
        missing = "the day of signature, which is not recorded"
        return Outcome(UNKNOWN, deadline, said, (*entries, case.entry), (missing,))
    return Outcome(MET, deadline, said, entries)


def _is_recorded(record: Record, facet: str) -> bool:
    if any(row.facet == facet for row in record.rows(schema.facets)):
        return True
    return facet in record.withheld(record.on)[0]
