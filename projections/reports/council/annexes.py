"""The annexes of the council report: the register of engagements, and each engagement with all that is recorded."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from projections.projectors.money import MEASURES
from projections.queries.figures import Figure, escaped
from projections.queries.queries import Entity
from projections.reports.assessment import analysis, material_in_short, materiality
from projections.reports.cells import Cells, said, saying
from projections.reports.council.data import Register
from projections.reports.council.disclosure_tables import everything_undisclosed
from projections.reports.council.figures import DETAILS
from projections.reports.model import NOT_DISCLOSED, NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.wording import FACET_WORDS, MEASURE_WORDS, amounts, begun, ended, period_of, sentence

Rows = tuple[tuple[Cell, ...], ...]


def annexes(cells: Cells, source: Register) -> tuple[Section, ...]:
    """Return the register, all that is not disclosed, and a section for each engagement."""
    return (_register(source), everything_undisclosed(source), _each(cells, source))


def _register(source: Register) -> Section:
    columns = (
        Column("Reference"), Column("Title"), Column("Third parties"), Column("Kind"), Column("State"),
        Column("Period"), Column("Material"), Column("Signed", right=True), Column("Ordered", right=True),
        Column("Paid", right=True),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(ref), said(thing.get("title")), Cell(source.names(ref)), said(thing.get("kind")),
            said(thing.get("status")), Cell(period_of(thing)), Cell(material_in_short(thing)),
            _total(source, ref, "signed", "financials"), _total(source, ref, "ordered", "service-orders"),
            _total(source, ref, "paid", "service-orders"),
        )
        for ref, thing in source.engagements.items()
    )  # fmt: skip
    return Section("engagements", "Register of engagements", (), (Table("engagements", "", columns, rows),))


def _total(source: Register, ref: str, measure: str, facet: str) -> Cell:
    rows = [row for row in source.money.get(ref, ()) if row.measure == measure]
    if not rows:
        return Cell(NOT_DISCLOSED if facet in source.withheld(ref) else NOT_RECORDED)
    return Cell(amounts(rows))


def _each(cells: Cells, source: Register) -> Section:
    below = tuple(_engagement(cells, source, ref) for ref in source.engagements)
    return Section("each", "Each engagement", below=below)


def _engagement(cells: Cells, source: Register, ref: str) -> Section:
    thing = source.engagements[ref]
    facts = Table(f"engagement {ref}", "", (Column("What"), Column("As recorded")), tuple(_facts(source, ref, thing)))
    tables = [facts, _money(cells, source, ref), _orders(cells, source, ref), _outcomes(source, ref)]
    tables += [_risks(source, ref), _disclosures(source, ref)]
    key = "engagement-" + "".join(char if char.isalnum() else "-" for char in ref)
    return Section(key, f"{ref}: {thing.get('title')}", (), tuple(table for table in tables if table.rows))


def _gathered(facts: Iterable[tuple[Cell, Cell]]) -> Rows:
    """Return the facts, with what was never recorded in one row at their end: it is said, and takes no room."""
    told = list(facts)
    missing = [label.text for label, value in told if value.text == NOT_RECORDED]
    rows = [row for row in told if row[1].text != NOT_RECORDED]
    return (*rows, *([(Cell(NOT_RECORDED.capitalize()), saying(missing))] if missing else []))


def _facts(source: Register, ref: str, thing: Entity) -> Iterator[tuple[Cell, Cell]]:
    organization = source.queries.settings()["organization"].value
    yield Cell("Third parties"), Cell("; ".join(_parties(source, thing)))
    yield Cell("For the organization"), Cell(f"{organization}, {thing.get('unit') or f'unit {NOT_RECORDED}'}")
    yield Cell("Kind and state"), Cell(f"{thing.get('kind')}; {thing.get('status')}")
    for label, fact in (("Purpose", "purpose"), ("Objective", "objective")):
        yield Cell(label), said(thing.get(fact))
    yield Cell("Materiality and why"), Cell(materiality(thing))
    yield Cell("Strategic analysis"), Cell(analysis(thing))
    yield Cell("Selection or basis"), said(thing.get("basis"))
    yield Cell("Duration"), Cell(_duration(source, ref, thing))
    withheld = source.withheld(ref)
    if ref not in source.money:
        yield Cell("Financial implication"), Cell(NOT_DISCLOSED if "financials" in withheld else NOT_RECORDED)
    elif source.keeps_amounts(ref):
        yield Cell("Financial implication"), Cell(f"{NOT_DISCLOSED}, but for what is recorded of service orders")
    if ref not in source.orders:
        yield Cell("Service orders"), Cell(NOT_DISCLOSED if "service-orders" in withheld else NOT_RECORDED)
    for label, found in (("Outcomes", [*source.planned.get(ref, ()), *source.reached.get(ref, ())]),
                         ("Risks", source.risks.get(ref, ()))):  # fmt: skip
        if not found:
            facet = NOT_DISCLOSED if label.lower() in withheld else NOT_RECORDED
            yield Cell(label), Cell(facet)
    yield from _reviews(source, ref)
    for one in source.conflicts.get(ref, ()):
        parties = " and ".join(map(source.name, one.between))
        told = f"{parties}: {sentence(one.nature)} {one.outcome.capitalize() or 'Not assessed'}"
        yield Cell("Conflict of interest"), Cell(f"{told}: {one.measures}" if one.measures else told)
    if documents := source.documents.get(ref):
        yield Cell("Documents"), Cell("; ".join(row.title for row in documents))


def _parties(source: Register, thing: Entity) -> Iterator[str]:
    for party, role in thing.pairs("parties"):
        held = source.parties.get(party)
        classes = [held.get("type"), held.get("country")] if held else []
        told = ", ".join([role, *filter(None, classes)])
        yield f"{source.name(party)} ({told})"


def _duration(source: Register, ref: str, thing: Entity) -> str:
    signed = source.signed_on(ref)
    day = thing.facts["signed_on"].on
    told = [period_of(thing), f"signed {signed}" if signed else f"day of signature {NOT_RECORDED}, by {day}"]
    ends = source.ends.get(ref, [])
    told += [
        f"end moved from {before.value} to {after.value} on {after.on}"
        for before, after in pairwise(ends)
        if before.value != after.value
    ]
    return "; ".join(told)


def _reviews(source: Register, ref: str) -> Iterator[tuple[Cell, Cell]]:
    reviews = source.reviews.get(ref, [])
    held = sorted((one for one in reviews if one.held_on), key=lambda one: one.held_on)
    due = sorted(one.due_on for one in reviews if not one.held_on)
    yield Cell("Last review"), Cell(f"{held[-1].held_on}: {held[-1].findings}" if held else NOT_RECORDED)
    yield Cell("Next review"), Cell(due[0] if due else NOT_RECORDED)
    actions = [one for one in source.actions.get(ref, ()) if not one.how]
    if actions:
        told = (f"{one.what} (due {one.due_on})" if one.due_on else one.what for one in actions)
        yield Cell("Actions open"), saying(told)


def _with_unit(cell: Cell) -> Cell:
    held: Figure | None = cell.figure
    return Cell(f"{held.unit} {cell.text}", held, cell.pointer) if held else cell


def _money(cells: Cells, source: Register, ref: str) -> Table:
    place = f"/{DETAILS}/{escaped(ref)}/money"
    rows = []
    for measure in MEASURES:
        of = [row for row in source.money.get(ref, ()) if row.measure == measure]
        payers = dict.fromkeys(_payer(source, row) for row in of)
        for currency in sorted({row.currency for row in of}):
            amount = _with_unit(cells.cell(f"{place}/{measure}/{currency}"))
            rows.append((Cell(MEASURE_WORDS[measure]), amount, Cell("; ".join(payers))))
    columns = (Column("Financial implication"), Column("Amount", right=True), Column("By"))
    return Table(f"money {ref}", "", columns, tuple(rows))


def _payer(source: Register, row: Any) -> str:
    # What is ordered, accepted and paid names no payer: it is the organization's.
    return "the organization" if row.party in ("", "organization") else source.name(row.party)


def _orders(cells: Cells, source: Register, ref: str) -> Table:
    place = f"/{DETAILS}/{escaped(ref)}/orders"
    rows = []
    for number, order in source.orders.get(ref, ()):
        amounts = [f"{place}/{escaped(number)}/{measure}" for measure in ("ordered", "accepted", "paid")]
        held = [_with_unit(cells.held(amount)) for amount in amounts]
        told = source.disclosed_in(ref, "service-orders", number)
        rows.append(
            (Cell(number), Cell(f"{order.get('subject')}{ended(order)}"), Cell(period_of(order)), *held,
             Cell("; ".join(told) or "not yet disclosed"))
        )  # fmt: skip
    columns = (
        Column("Service order"), Column("Subject"), Column("Period"), Column("Amount", right=True),
        Column("Accepted", right=True), Column("Paid", right=True), Column("Disclosed in"),
    )  # fmt: skip
    return Table(f"orders {ref}", "", columns, tuple(rows))


def _outcomes(source: Register, ref: str) -> Table:
    planned = {row.outcome: row for row in source.planned.get(ref, ())}
    reached = {row.outcome: row for row in source.reached.get(ref, ())}
    rows = tuple(
        (Cell(key), Cell(_plan(planned.get(key))), said(planned[key].due_on if key in planned else None),
         Cell(_result(source, reached.get(key))))
        for key in sorted({*planned, *reached})
    )  # fmt: skip
    columns = (Column("Outcome"), Column("Planned"), Column("Due on"), Column("Reached"))
    return Table(f"outcomes {ref}", "", columns, rows)


def _plan(row: Any) -> str:
    if row is None:
        return NOT_RECORDED
    more = [f"{label}: {text}" for label, text in (("indicator", row.indicator), ("target", row.target)) if text]
    return f"{row.summary} ({'; '.join(more)})" if more else str(row.summary)


def _result(source: Register, row: Any) -> str:
    if row is None:
        return NOT_RECORDED
    more = [f"{label}: {text}" for label, text in (("actual", row.actual), ("evidence", row.evidence)) if text]
    signed = source.engagements[row.engagement].facts["signed_on"]
    # What a source tells together with a signature that it does not date, it does not date either.
    by = "by " if source.signed_on(row.engagement) is None and row.effective_on == signed.on else ""
    told = f"{by}{row.effective_on}: {row.summary}"
    return f"{told.removesuffix('.')} ({'; '.join(more)})" if more else told


def _risks(source: Register, ref: str) -> Table:
    rows = tuple(
        (Cell(one.risk.capitalize()), Cell(f"{one.rating} (likelihood {one.likelihood}, impact {one.impact})"),
         said(one.mitigation), said(one.owner), said(one.review_on))
        for one in source.risks.get(ref, ())
    )  # fmt: skip
    columns = (
        Column("Risk"), Column("Rating"), Column("Mitigation"), Column("Answers for it"), Column("Looked at again"),
    )  # fmt: skip
    return Table(f"risks {ref}", "", columns, rows)


def _disclosures(source: Register, ref: str) -> Table:
    told = {(one.facet, one.number): one for one in source.first_disclosures.get(ref, ())}
    rows, missing = [], []
    for facet in source.content.facets(ref):
        held = told.get((facet.facet, facet.number))
        what = f"service order {facet.number}" if facet.number else FACET_WORDS[facet.facet]
        if held is None:
            missing.append(what)
        else:
            number = Cell(NOT_RECORDED if held.days is None else f"{held.days:,}")
            rows.append((Cell(begun(what)), Cell(f"{held.disclosed_on}, {held.document} ({held.body})"), number))
    if missing:
        rows.append((Cell(begun("; ".join(missing))), Cell("not yet disclosed"), Cell("none yet")))
    columns = (Column("Facet"), Column("First disclosed"), Column("Days after it happened", right=True))
    return Table(f"disclosures {ref}", "", columns, tuple(rows))
