"""What a dossier says of an engagement, section by section."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from projections.queries.figures import escaped
from projections.reports.assessment import analysis, material_in_short, materiality
from projections.reports.cells import Cells, said, saying
from projections.reports.dossier.data import Case
from projections.reports.model import NOT_DISCLOSED, NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.wording import FACET_WORDS, begun, beside, period_of, since

WHAT = (Column("What"), Column("As recorded"))


def overview(case: Case) -> Section:
    """Return the engagement in short."""
    thing = case.thing
    rows = (
        (Cell("Kind"), said(thing.get("kind"))),
        (Cell("State"), Cell(_state(case))),
        (Cell("Third parties"), saying(f"{case.name(party)} ({role})" for party, role in case.roles)),
        (Cell("For the organization"), Cell(f"{case.organization}, {thing.get('unit') or f'unit {NOT_RECORDED}'}")),
        (Cell("Signed on"), Cell(_signed(case))),
        (Cell("Period"), Cell(period_of(thing))),
        (Cell("Material"), Cell(material_in_short(thing))),
        (Cell("Regions"), saying(_shares(thing.pairs("regions")))),
        (Cell("Priorities"), saying(_shares(thing.pairs("priorities")))),
        (Cell("Not disclosed by the source"), saying((FACET_WORDS[facet] for facet in case.withheld), "nothing")),
    )
    return Section("overview", "In short", (), (Table("overview", "", WHAT, rows),))


def _state(case: Case) -> str:
    held = case.thing.facts["status"]
    return f"{held.value} since {held.on}"


def _signed(case: Case) -> str:
    if case.signed_on:
        return case.signed_on
    held = case.thing.facts.get("signed_on")
    return NOT_RECORDED if held is None else f"{NOT_RECORDED}; {held.on} or before"


def _shares(pairs: Iterable[Any]) -> list[str]:
    known = list(pairs)
    return [str(code) if len(known) == 1 else f"{code} {parts / 10_000:g} %" for code, parts in known]


def matter(case: Case) -> Section:
    """Return what the engagement is for, and how it was weighed."""
    thing = case.thing
    rows = (
        *((Cell(label), said(thing.get(fact))) for label, fact in
          (("Purpose", "purpose"), ("Objective", "objective"), ("Selection or basis", "basis"))),
        (Cell("Strategic analysis"), Cell(_dated(case, "analysis", analysis(thing)))),
        (Cell("Materiality and why"), Cell(_dated(case, "materiality", materiality(thing)))),
    )  # fmt: skip
    return Section("matter", "Purpose, analysis and materiality", (), (Table("matter", "", WHAT, rows),))


def _dated(case: Case, fact: str, text: str) -> str:
    held = case.thing.facts.get(fact)
    return text if held is None else f"{held.on}: {text}"


def duration(case: Case) -> Section:
    """Return the period, and each entry that moved its end."""
    if period_of(case.thing) == NOT_RECORDED:
        withheld = "duration" in case.withheld
        return Section("duration", "Duration", (f"The period is {NOT_DISCLOSED if withheld else NOT_RECORDED}.",))
    moved = [(before, after) for before, after in pairwise(case.ends) if before.value != after.value]
    rows = []
    for before, after in moved:
        entry = case.journal.entry(after.entry)
        rows.append(
            (Cell(after.on), Cell(before.value), Cell(after.value), Cell(case.journal.recorded_on(after.entry)),
             Cell(entry.actor), said(entry.reason or getattr(entry.event, "reason", None)))
        )  # fmt: skip
    columns = (
        Column("From the day"), Column("Was to end on"), Column("Ends on"), Column("Recorded on"), Column("By"),
        Column("Why"),
    )  # fmt: skip
    times = "was never moved" if not moved else "was moved once" if len(moved) == 1 else f"was moved {len(moved)} times"
    prose = f"{begun(period_of(case.thing))}. The end {times}."
    table = Table("extensions", "Extensions and other changes of the end", columns, tuple(rows))
    return Section("duration", "Duration", (prose,), (table,) if rows else ())


def outcomes(case: Case) -> Section:
    """Return the outcomes, planned and reached."""
    rows = tuple(
        (Cell(key), *_plan(case.planned.get(key)), *_result(case.reached.get(key)))
        for key in sorted({*case.planned, *case.reached})
    )
    if not rows:
        withheld = "outcomes" in case.withheld
        return Section("outcomes", "Outcomes", (f"Outcomes are {NOT_DISCLOSED if withheld else NOT_RECORDED}.",))
    columns = (
        Column("Outcome"), Column("Planned"), Column("Due on"), Column("Reached"), Column("Evidence"),
    )  # fmt: skip
    return Section("outcomes", "Outcomes", (), (Table("outcomes", "", columns, rows),))


def _plan(row: Any) -> tuple[Cell, Cell]:
    if row is None:
        return Cell(NOT_RECORDED), Cell(NOT_RECORDED)
    more = [f"{label}: {text}" for label, text in (("indicator", row.indicator), ("target", row.target)) if text]
    return Cell(f"{row.summary} ({'; '.join(more)})" if more else row.summary), said(row.due_on)


def _result(row: Any) -> tuple[Cell, Cell]:
    if row is None:
        return Cell(NOT_RECORDED), Cell(NOT_RECORDED)
    told = f"{row.effective_on}: {row.summary}"
    return Cell(f"{told.removesuffix('.')} (actual: {row.actual})" if row.actual else told), said(row.evidence)


def risks(case: Case) -> Section:
    """Return the risks and the conflicts of interest."""
    rows = tuple(
        (Cell(begun(one.risk)), Cell(f"{one.rating} (likelihood {one.likelihood}, impact {one.impact})"),
         said(one.mitigation), said(one.owner), Cell(one.on), said(one.review_on))
        for one in case.risks
    )  # fmt: skip
    conflicts = tuple(
        (Cell("; ".join(map(case.name, one.between))), Cell(one.nature), Cell(one.declared_on),
         Cell(f"{one.assessed_on}: {one.outcome}" if one.outcome else "not assessed"), said(one.measures))
        for one in case.conflicts
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
    absent = ((rows, "Risks"), (conflicts, "Conflicts of interest"))
    prose = tuple(f"{name} are {NOT_RECORDED}." for found, name in absent if not found)
    tables = tuple(table for table in (assessed, declared) if table.rows)
    return Section("risks", "Risks and conflicts of interest", prose, tables)


def reviews(case: Case) -> Section:
    """Return the reviews, and what they asked for."""
    if not case.reviews:
        return Section("reviews", "Reviews", (f"Reviews are {NOT_RECORDED}.",))
    on = case.queries.as_of.on
    held = tuple(
        (Cell(one.review), said(one.subject), said(one.due_on),
         Cell(one.held_on or ("overdue" if one.due_on < on else "not yet held")), said(one.findings))
        for one in case.reviews
    )  # fmt: skip
    actions = tuple(
        (Cell(one.action), Cell(one.what), Cell(f"{one.review}, {one.opened_on}"), said(one.due_on),
         Cell(f"{one.closed_on}: {one.how}" if one.how else "open"))
        for one in case.actions
    )  # fmt: skip
    tables = (
        Table("reviews", "Reviews", (Column("Review"), Column("Subject"), Column("Due on"), Column("Held on"),
                                     Column("Findings")), held),
        Table("actions", "What the reviews asked for", (Column("Action"), Column("What"), Column("Asked for by"),
                                                        Column("Due on"), Column("Closed")), actions),
    )  # fmt: skip
    return Section("reviews", "Reviews", (), tuple(table for table in tables if table.rows))


def documents(case: Case) -> Section:
    """Return the documents that are attached, with their SHA-256."""
    if not case.documents:
        return Section("papers", "Documents", (f"Documents are {NOT_RECORDED}.",))
    rows = tuple(
        (Cell(row.title), Cell(row.effective_on), Cell(f"{row.size:,}"), Cell(row.sha256)) for row in case.documents
    )
    columns = (Column("Document"), Column("Attached on"), Column("Bytes", right=True), Column("SHA-256"))
    return Section("papers", "Documents", (), (Table("papers", "", columns, rows),))


def disclosed(cells: Cells, case: Case) -> Section:
    """Return when each facet and service order was disclosed, and what changed since."""
    if not case.is_disclosable:
        return Section("disclosed", "Disclosure", ("Nothing was signed yet, so that there is nothing to disclose.",))
    rows = []
    for one in case.tellings:
        facet, place = one.facet, f"/disclosed/{escaped(one.key)}"
        told = case.disclosed_in(facet.facet, facet.number)
        what = f"service order {facet.number}" if facet.number else FACET_WORDS[facet.facet]
        rows.append(
            (Cell(what), since(facet.since, one.days), Cell(one.recorded_on),
             Cell(one.disclosure.disclosed_on if one.disclosure else "not yet disclosed"), saying(told, "no document"),
             cells.cell(f"{place}/since_happened") if one.days is not None else Cell(NOT_RECORDED),
             cells.cell(f"{place}/since_recorded"))
        )  # fmt: skip
    table = Table(
        "disclosed",
        "What was disclosed, and after how many days",
        (Column("What"), Column("Happened on"), Column("Recorded on"), Column("First disclosed on"), Column("In"),
         Column("Days", right=True), Column("Days since recorded", right=True)),
        tuple(rows),
        note="Of what is not yet disclosed, the days run to the date of this report.",
    )  # fmt: skip
    changed = Table(
        "changed",
        "Changed since disclosed",
        (Column("What"), Column("Last disclosed in"), Column("What it said"), Column("What is so now")),
        tuple(
            (Cell(f"service order {one.number}" if one.number else FACET_WORDS[one.facet]),
             Cell(f"{one.document}, {one.disclosed_on}"), Cell(beside(one.then, one.now)),
             Cell(beside(one.now, one.then)))
            for one in case.changed
        ),
    )  # fmt: skip
    return Section("disclosed", "Disclosure", (), (table, changed))
