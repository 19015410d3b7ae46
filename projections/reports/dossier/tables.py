"""The sections of a dossier, except those on money, parties and history."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Any

from projections.queries.figures import escaped
from projections.reports.assessment import analysis, material_in_short, materiality
from projections.reports.cells import FigureCells, list_cell, text_cell
from projections.reports.dossier.data import Dossier
from projections.reports.dossier.words import NO_DOCUMENT, NOT_YET_DISCLOSED, absent, in_role, in_state, on_day
from projections.reports.model import NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.phrases import Number, Phrase, capitalized, joined, title
from projections.reports.wording import FACET_LABELS, difference_from, facet_label, period_of, since

WHAT = (Column("What"), Column("As recorded"))
NOT_ASSESSED = Phrase("not assessed", "not-assessed")
OVERDUE, NOT_YET_HELD = Phrase("overdue", "review-overdue"), Phrase("not yet held", "review-not-yet-held")
NOTHING_SIGNED = Phrase("Nothing was signed yet, so that there is nothing to disclose.", "nothing-signed")
DAYS_RUN = Phrase("Of what is not yet disclosed, the days run to the date of this report.", "days-run")


def overview(dossier: Dossier) -> Section:
    """Return the summary of the engagement."""
    engagement = dossier.engagement
    unit = engagement.get("unit") or Phrase(f"unit {NOT_RECORDED}", "unit-not-recorded")
    ours = joined((dossier.organization, unit), ", ")
    rows = (
        (Cell(title("Kind")), text_cell(engagement.get("kind"))),
        (Cell(title("State")), Cell(_state(dossier))),
        (Cell(title("Third parties")), list_cell(in_role(dossier.name(party), role) for party, role in dossier.roles)),
        (Cell(title("For the organization")), Cell(ours)),
        (Cell(title("Signed on")), Cell(_signed(dossier))),
        (Cell(title("Period")), Cell(period_of(engagement))),
        (Cell(title("Material")), Cell(material_in_short(engagement))),
        (Cell(title("Regions")), list_cell(_shares(engagement.pairs("regions")))),
        (Cell(title("Priorities")), list_cell(_shares(engagement.pairs("priorities")))),
        (
            Cell(title("Not disclosed by the source")),
            list_cell((FACET_LABELS[facet] for facet in dossier.withheld), Phrase("nothing", "nothing-withheld")),
        ),
    )
    return Section("overview", "In short", (), (Table("overview", "", WHAT, rows),))


def _state(dossier: Dossier) -> str:
    status = dossier.engagement.facts["status"]
    return Phrase(f"{status.value} since {status.on}", "state-since", state=in_state(status.value), day=status.on)


def _signed(dossier: Dossier) -> str:
    if dossier.signed_on:
        return dossier.signed_on
    signed = dossier.engagement.facts.get("signed_on")
    if signed is None:
        return NOT_RECORDED
    return Phrase(f"{NOT_RECORDED}; {signed.on} or before", "signed-on-or-before", day=signed.on)


def _shares(pairs: Iterable[Any]) -> list[str]:
    known = list(pairs)
    return [str(code) if len(known) == 1 else _share(code, Decimal(f"{parts / 10_000:g}")) for code, parts in known]


def _share(code: str, percent: Decimal) -> str:
    return Phrase(f"{code} {percent} %", "share-of", code=code, percent=Number(percent, "percent"))


def matter(dossier: Dossier) -> Section:
    """Return the purpose of the engagement, its strategic analysis and its materiality."""
    engagement = dossier.engagement
    rows = (
        *((Cell(title(label)), text_cell(engagement.get(fact))) for label, fact in
          (("Purpose", "purpose"), ("Objective", "objective"), ("Selection or basis", "basis"))),
        (Cell(title("Strategic analysis")), Cell(_dated(dossier, "analysis", analysis(engagement)))),
        (Cell(title("Materiality and why")), Cell(_dated(dossier, "materiality", materiality(engagement)))),
    )  # fmt: skip
    return Section("matter", "Purpose, analysis and materiality", (), (Table("matter", "", WHAT, rows),))


def _dated(dossier: Dossier, fact: str, text: str) -> str:
    asserted = dossier.engagement.facts.get(fact)
    return text if asserted is None else on_day(asserted.on, text)


def duration(dossier: Dossier) -> Section:
    """Return the period, and each entry that changed its end."""
    if period_of(dossier.engagement) == NOT_RECORDED:
        return Section("duration", "Duration", (absent(dossier, "duration", "The period is", "no-period"),))
    moved = [(before, after) for before, after in pairwise(dossier.ends) if before.value != after.value]
    rows = []
    for before, after in moved:
        entry = dossier.journal.entry(after.entry)
        rows.append(
            (Cell(after.on), Cell(before.value), Cell(after.value), Cell(dossier.journal.recorded_on(after.entry)),
             Cell(entry.actor), text_cell(entry.reason or getattr(entry.event, "reason", None)))
        )  # fmt: skip
    columns = (
        Column("From the day"), Column("Was to end on"), Column("Ends on"), Column("Recorded on"), Column("By"),
        Column("Why"),
    )  # fmt: skip
    times = "was never moved" if not moved else "was moved once" if len(moved) == 1 else f"was moved {len(moved)} times"
    period = capitalized(period_of(dossier.engagement))
    prose = Phrase(f"{period}. The end {times}.", "engagement-period", period=period, number=len(moved))
    table = Table("extensions", "Extensions and other changes of the end", columns, tuple(rows))
    return Section("duration", "Duration", (prose,), (table,) if rows else ())


def outcomes(dossier: Dossier) -> Section:
    """Return the planned and the reached outcomes."""
    rows = tuple(
        (Cell(key), *_plan(dossier.planned.get(key)), *_result(dossier.reached.get(key)))
        for key in sorted({*dossier.planned, *dossier.reached})
    )
    if not rows:
        return Section("outcomes", "Outcomes", (absent(dossier, "outcomes", "Outcomes are", "no-outcomes"),))
    columns = (
        Column("Outcome"), Column("Planned"), Column("Due on"), Column("Reached"), Column("Evidence"),
    )  # fmt: skip
    return Section("outcomes", "Outcomes", (), (Table("outcomes", "", columns, rows),))


def _plan(row: Any) -> tuple[Cell, Cell]:
    if row is None:
        return Cell(NOT_RECORDED), Cell(NOT_RECORDED)
    labels = (("indicator", row.indicator), ("target", row.target))
    more = joined(Phrase(f"{label}: {text}", f"plan-{label}", text=text) for label, text in labels if text)
    return Cell(in_role(row.summary, more) if more else row.summary), text_cell(row.due_on)


def _result(row: Any) -> tuple[Cell, Cell]:
    if row is None:
        return Cell(NOT_RECORDED), Cell(NOT_RECORDED)
    summary = row.summary
    if row.actual:
        text = summary.removesuffix(".")
        summary = Phrase(f"{text} (actual: {row.actual})", "reached-actually", text=text, actual=row.actual)
    return Cell(on_day(row.effective_on, summary)), text_cell(row.evidence)


def risks(dossier: Dossier) -> Section:
    """Return the risks and the declared conflicts of interest."""
    rows = tuple(
        (Cell(capitalized(risk.risk)), Cell(_rated(risk)),
         text_cell(risk.mitigation), text_cell(risk.owner), Cell(risk.on), text_cell(risk.review_on))
        for risk in dossier.risks
    )  # fmt: skip
    conflicts = tuple(
        (Cell("; ".join(map(dossier.name, conflict.between))), Cell(conflict.nature), Cell(conflict.declared_on),
         Cell(on_day(conflict.assessed_on, conflict.outcome) if conflict.outcome else NOT_ASSESSED),
         text_cell(conflict.measures))
        for conflict in dossier.conflicts
    )  # fmt: skip
    assessed = Table(
        "risks",
        "Risks as last assessed",
        (Column("Risk"), Column("Rating"), Column("Mitigation"), Column("Answers for it"), Column("Assessed on"),
         Column("Looked at again")),
        rows,
    )  # fmt: skip
    declared = Table(
        "conflicts",
        "Conflicts of interest that were declared",
        (Column("Between"), Column("Nature"), Column("Declared on"), Column("Assessment"), Column("Measures")),
        conflicts,
    )
    names = ((rows, "Risks", "no-risks"), (conflicts, "Conflicts of interest", "no-conflicts"))
    prose = tuple(Phrase(f"{name} are {NOT_RECORDED}.", message) for recorded, name, message in names if not recorded)
    tables = tuple(table for table in (assessed, declared) if table.rows)
    return Section("risks", "Risks and conflicts of interest", prose, tables)


def _rated(risk: Any) -> str:
    text = f"{risk.rating} (likelihood {risk.likelihood}, impact {risk.impact})"
    given = {"likelihood": _level(risk.likelihood), "impact": _level(risk.impact)}
    return Phrase(text, "risk-rated", rating=_level(risk.rating), **given)


def _level(level: str) -> str:
    return Phrase(level, f"short-rating-{level}")


def reviews(dossier: Dossier) -> Section:
    """Return the reviews and their actions."""
    if not dossier.reviews:
        return Section("reviews", "Reviews", (Phrase(f"Reviews are {NOT_RECORDED}.", "no-reviews"),))
    on = dossier.queries.as_of.on
    rows = tuple(
        (Cell(review.review), text_cell(review.subject), text_cell(review.due_on),
         Cell(review.held_on or (OVERDUE if review.due_on < on else NOT_YET_HELD)), text_cell(review.findings))
        for review in dossier.reviews
    )  # fmt: skip
    actions = tuple(
        (Cell(action.action), Cell(action.what), Cell(f"{action.review}, {action.opened_on}"), text_cell(action.due_on),
         Cell(on_day(action.closed_on, action.how) if action.how else Phrase("open", "action-open")))
        for action in dossier.actions
    )  # fmt: skip
    tables = (
        Table("reviews", "Reviews", (Column("Review"), Column("Subject"), Column("Due on"), Column("Held on"),
                                     Column("Findings")), rows),
        Table("actions", "What the reviews asked for", (Column("Action"), Column("What"), Column("Asked for by"),
                                                        Column("Due on"), Column("Closed")), actions),
    )  # fmt: skip
    return Section("reviews", "Reviews", (), tuple(table for table in tables if table.rows))


def documents(dossier: Dossier) -> Section:
    """Return the attached documents, with their SHA-256."""
    if not dossier.documents:
        return Section("papers", "Documents", (Phrase(f"Documents are {NOT_RECORDED}.", "no-documents"),))
    rows = tuple(
        (Cell(row.title), Cell(row.effective_on), Cell(f"{row.size:,}"), Cell(row.sha256)) for row in dossier.documents
    )
    columns = (Column("Document"), Column("Attached on"), Column("Bytes", right=True), Column("SHA-256"))
    return Section("papers", "Documents", (), (Table("papers", "", columns, rows),))


def disclosed(cells: FigureCells, dossier: Dossier) -> Section:
    """Return the disclosure of each facet and service order, and the changes since."""
    if not dossier.is_disclosable:
        return Section("disclosed", "Disclosure", (NOTHING_SIGNED,))
    rows = []
    for item in dossier.timeline:
        facet, place = item.facet, f"/disclosed/{escaped(item.key)}"
        documents = dossier.disclosed_in(facet.facet, facet.number)
        what = facet_label(facet.facet, facet.number)
        rows.append(
            (Cell(what), since(facet.since, item.days), Cell(item.recorded_on),
             Cell(item.disclosure.disclosed_on if item.disclosure else NOT_YET_DISCLOSED),
             list_cell(documents, NO_DOCUMENT),
             cells.cell(f"{place}/since_happened") if item.days is not None else Cell(NOT_RECORDED),
             cells.cell(f"{place}/since_recorded"))
        )  # fmt: skip
    table = Table(
        "disclosed",
        "What was disclosed, and after how many days",
        (Column("What"), Column("Happened on"), Column("Recorded on"), Column("First disclosed on"), Column("In"),
         Column("Days", right=True), Column("Days since recorded", right=True)),
        tuple(rows),
        note=DAYS_RUN,
    )  # fmt: skip
    changed = Table(
        "changed",
        "Changed since disclosed",
        (Column("What"), Column("Last disclosed in"), Column("What it said"), Column("What is so now")),
        tuple(
            (Cell(facet_label(change.facet, change.number)),
             Cell(f"{change.document}, {change.disclosed_on}"), Cell(difference_from(change.then, change.now)),
             Cell(difference_from(change.now, change.then)))
            for change in dossier.changed
        ),
    )  # fmt: skip
    return Section("disclosed", "Disclosure", (), (table, changed))
