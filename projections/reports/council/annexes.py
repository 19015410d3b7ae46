"""The annexes of the council report: the register of engagements, and a section for each engagement."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from projections.projectors.money import MEASURES
from projections.queries.asserted import Entity
from projections.queries.figures import Figure, escaped
from projections.reports.assessment import analysis, material_in_short, materiality
from projections.reports.cells import FigureCells, counted, list_cell, text_cell
from projections.reports.council.data import CouncilData
from projections.reports.council.disclosure_tables import everything_undisclosed
from projections.reports.council.figures import DETAILS
from projections.reports.model import NOT_DISCLOSED, NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.phrases import capitalized, joined
from projections.reports.verdict_words import material_reasons, material_words
from projections.reports.wording import MEASURE_LABELS, amounts, facet_label, order_ending, period_of, sentence

Rows = tuple[tuple[Cell, ...], ...]


def annexes(cells: FigureCells, source: CouncilData, refs: list[str]) -> tuple[Section, ...]:
    """Return the register, the full list of undisclosed facets, and a section for each of the engagements `refs`."""
    return (_register(source, refs), everything_undisclosed(source), _each(cells, source, refs))


def _register(source: CouncilData, refs: list[str]) -> Section:
    basis = "Material by guidelines" if source.materiality_is_asked else "Assessed as material"
    columns = (
        Column("Reference"), Column("Title"), Column("Third parties"), Column("Kind"), Column("State"),
        Column("Period"), Column(basis), Column("Signed", right=True), Column("Ordered", right=True),
        Column("Paid", right=True),
    )  # fmt: skip
    rows = tuple(
        (
            Cell(ref), text_cell(engagement.get("title")), Cell(source.names(ref)), text_cell(engagement.get("kind")),
            text_cell(engagement.get("status")), Cell(period_of(engagement)), Cell(_material(source, ref)),
            _total(source, ref, "signed", "financials"), _total(source, ref, "ordered", "service-orders"),
            _total(source, ref, "paid", "service-orders"),
        )
        for ref in refs
        if (engagement := source.engagements[ref])
    )  # fmt: skip
    left = len(source.engagements) - len(refs)
    others = f"{counted(left, 'engagement')} of the period that are not material by the guidelines"
    prose = (f"{others}: see the table by kind.",) if left else ()
    return Section("engagements", "Register of engagements", prose, (Table("engagements", "", columns, rows),))


def _material(source: CouncilData, ref: str) -> str:
    judgement = source.judgement
    if judgement is None or ref not in judgement.materiality:
        return material_in_short(source.engagements[ref])
    return material_words(judgement.materiality[ref])


def _total(source: CouncilData, ref: str, measure: str, facet: str) -> Cell:
    rows = [row for row in source.money.get(ref, ()) if row.measure == measure]
    if not rows:
        return Cell(NOT_DISCLOSED if facet in source.withheld(ref) else NOT_RECORDED)
    return Cell(amounts(rows))


def _each(cells: FigureCells, source: CouncilData, refs: list[str]) -> Section:
    below = tuple(_engagement(cells, source, ref) for ref in refs)
    return Section("each", "Each engagement", below=below)


def _engagement(cells: FigureCells, source: CouncilData, ref: str) -> Section:
    engagement = source.engagements[ref]
    facts = Table(
        f"engagement {ref}", "", (Column("What"), Column("As recorded")), tuple(_facts(source, ref, engagement))
    )
    tables = [facts, _money(cells, source, ref), _orders(cells, source, ref), _outcomes(source, ref)]
    tables += [_risks(source, ref), _disclosures(source, ref)]
    key = "engagement-" + "".join(char if char.isalnum() else "-" for char in ref)
    return Section(key, f"{ref}: {engagement.get('title')}", (), tuple(table for table in tables if table.rows))


def _gathered(facts: Iterable[tuple[Cell, Cell]]) -> Rows:
    """Return the facts; those that were never recorded are collected in one last row, to save space."""
    pairs = list(facts)
    missing = [label.text for label, value in pairs if value.text == NOT_RECORDED]
    rows = [row for row in pairs if row[1].text != NOT_RECORDED]
    return (*rows, *([(Cell(NOT_RECORDED.capitalize()), list_cell(missing))] if missing else []))


def _facts(source: CouncilData, ref: str, engagement: Entity) -> Iterator[tuple[Cell, Cell]]:
    organization = source.queries.settings()["organization"].value
    yield Cell("Third parties"), Cell("; ".join(_parties(source, engagement)))
    yield Cell("For the organization"), Cell(f"{organization}, {engagement.get('unit') or f'unit {NOT_RECORDED}'}")
    yield Cell("Kind and state"), Cell(f"{engagement.get('kind')}; {engagement.get('status')}")
    for label, fact in (("Purpose", "purpose"), ("Objective", "objective")):
        yield Cell(label), text_cell(engagement.get(fact))
    judgement = source.judgement
    if judgement is not None and ref in judgement.materiality:
        reasons = material_reasons(judgement.deciding, judgement.materiality[ref])
        yield Cell("Material by the guidelines"), Cell(capitalized(reasons))
    yield Cell("Materiality and why"), Cell(materiality(engagement))
    yield Cell("Strategic analysis"), Cell(analysis(engagement))
    yield Cell("Selection or basis"), text_cell(engagement.get("basis"))
    yield Cell("Duration"), Cell(_duration(source, ref, engagement))
    withheld = source.withheld(ref)
    if ref not in source.money:
        yield Cell("Financial implication"), Cell(NOT_DISCLOSED if "financials" in withheld else NOT_RECORDED)
    elif source.withholds_amounts(ref):
        yield Cell("Financial implication"), Cell(f"{NOT_DISCLOSED}, but for what is recorded of service orders")
    if ref not in source.orders:
        yield Cell("Service orders"), Cell(NOT_DISCLOSED if "service-orders" in withheld else NOT_RECORDED)
    for label, rows in (("Outcomes", [*source.planned.get(ref, ()), *source.reached.get(ref, ())]),
                         ("Risks", source.risks.get(ref, ()))):  # fmt: skip
        if not rows:
            facet = NOT_DISCLOSED if label.lower() in withheld else NOT_RECORDED
            yield Cell(label), Cell(facet)
    yield from _reviews(source, ref)
    for conflict in source.conflicts.get(ref, ()):
        parties = " and ".join(map(source.name, conflict.between))
        text = f"{parties}: {sentence(conflict.nature)} {conflict.outcome.capitalize() or 'Not assessed'}"
        yield Cell("Conflict of interest"), Cell(f"{text}: {conflict.measures}" if conflict.measures else text)
    if documents := source.documents.get(ref):
        yield Cell("Documents"), Cell("; ".join(row.title for row in documents))


def _parties(source: CouncilData, engagement: Entity) -> Iterator[str]:
    for party, role in engagement.pairs("parties"):
        known = source.parties.get(party)
        classes = [known.get("type"), known.get("country")] if known else []
        text = ", ".join([role, *filter(None, classes)])
        yield f"{source.name(party)} ({text})"


def _duration(source: CouncilData, ref: str, engagement: Entity) -> str:
    signed = source.signed_on(ref)
    day = engagement.facts["signed_on"].on
    parts = [period_of(engagement), f"signed {signed}" if signed else f"day of signature {NOT_RECORDED}, by {day}"]
    ends = source.ends.get(ref, [])
    parts += [
        f"end moved from {before.value} to {after.value} on {after.on}"
        for before, after in pairwise(ends)
        if before.value != after.value
    ]
    return "; ".join(parts)


def _reviews(source: CouncilData, ref: str) -> Iterator[tuple[Cell, Cell]]:
    reviews = source.reviews.get(ref, [])
    past = sorted((review for review in reviews if review.held_on), key=lambda review: review.held_on)
    due = sorted(review.due_on for review in reviews if not review.held_on)
    yield Cell("Last review"), Cell(f"{past[-1].held_on}: {past[-1].findings}" if past else NOT_RECORDED)
    yield Cell("Next review"), Cell(due[0] if due else NOT_RECORDED)
    actions = [action for action in source.actions.get(ref, ()) if not action.how]
    if actions:
        texts = (f"{action.what} (due {action.due_on})" if action.due_on else action.what for action in actions)
        yield Cell("Actions open"), list_cell(texts)


def _with_unit(cell: Cell) -> Cell:
    figure: Figure | None = cell.figure
    return Cell(f"{figure.unit} {cell.text}", figure, cell.pointer) if figure else cell


def _money(cells: FigureCells, source: CouncilData, ref: str) -> Table:
    place = f"/{DETAILS}/{escaped(ref)}/money"
    rows = []
    for measure in MEASURES:
        of = [row for row in source.money.get(ref, ()) if row.measure == measure]
        payers = dict.fromkeys(_payer(source, row) for row in of)
        for currency in sorted({row.currency for row in of}):
            amount = _with_unit(cells.cell(f"{place}/{measure}/{currency}"))
            rows.append((Cell(MEASURE_LABELS[measure]), amount, Cell("; ".join(payers))))
    columns = (Column("Financial implication"), Column("Amount", right=True), Column("By"))
    return Table(f"money {ref}", "", columns, tuple(rows))


def _payer(source: CouncilData, row: Any) -> str:
    # Ordered, accepted and paid amounts name no payer: the organization pays service orders.
    return "the organization" if row.party in ("", "organization") else source.name(row.party)


def _orders(cells: FigureCells, source: CouncilData, ref: str) -> Table:
    place = f"/{DETAILS}/{escaped(ref)}/orders"
    rows = []
    for number, order in source.orders.get(ref, ()):
        amounts = [f"{place}/{escaped(number)}/{measure}" for measure in ("ordered", "accepted", "paid")]
        measured = [_with_unit(cells.optional_cell(amount)) for amount in amounts]
        documents = source.disclosed_in(ref, "service-orders", number)
        subject = joined((f"{order.get('subject')}", order_ending(order)), "")
        rows.append(
            (Cell(number), Cell(subject), Cell(period_of(order)), *measured,
             Cell("; ".join(documents) or "not yet disclosed"))
        )  # fmt: skip
    columns = (
        Column("Service order"), Column("Subject"), Column("Period"), Column("Amount", right=True),
        Column("Accepted", right=True), Column("Paid", right=True), Column("Disclosed in"),
    )  # fmt: skip
    return Table(f"orders {ref}", "", columns, tuple(rows))


def _outcomes(source: CouncilData, ref: str) -> Table:
    planned = {row.outcome: row for row in source.planned.get(ref, ())}
    reached = {row.outcome: row for row in source.reached.get(ref, ())}
    rows = tuple(
        (Cell(key), Cell(_plan(planned.get(key))), text_cell(planned[key].due_on if key in planned else None),
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


def _result(source: CouncilData, row: Any) -> str:
    if row is None:
        return NOT_RECORDED
    more = [f"{label}: {text}" for label, text in (("actual", row.actual), ("evidence", row.evidence)) if text]
    signed = source.engagements[row.engagement].facts["signed_on"]
    # A result that a source reports together with an undated signature is undated, too.
    by = "by " if source.signed_on(row.engagement) is None and row.effective_on == signed.on else ""
    text = f"{by}{row.effective_on}: {row.summary}"
    return f"{text.removesuffix('.')} ({'; '.join(more)})" if more else text


def _risks(source: CouncilData, ref: str) -> Table:
    rows = tuple(
        (Cell(risk.risk.capitalize()), Cell(f"{risk.rating} (likelihood {risk.likelihood}, impact {risk.impact})"),
         text_cell(risk.mitigation), text_cell(risk.owner), text_cell(risk.review_on))
        for risk in source.risks.get(ref, ())
    )  # fmt: skip
    columns = (
        Column("Risk"), Column("Rating"), Column("Mitigation"), Column("Answers for it"), Column("Looked at again"),
    )  # fmt: skip
    return Table(f"risks {ref}", "", columns, rows)


def _disclosures(source: CouncilData, ref: str) -> Table:
    disclosed = {(first.facet, first.number): first for first in source.first_disclosures.get(ref, ())}
    rows, missing = [], []
    for facet in source.content.facets(ref):
        first = disclosed.get((facet.facet, facet.number))
        what = facet_label(facet.facet, facet.number)
        if first is None:
            missing.append(what)
        else:
            number = Cell(NOT_RECORDED if first.days is None else f"{first.days:,}")
            document = Cell(f"{first.disclosed_on}, {first.document} ({first.body})")
            rows.append((Cell(capitalized(what)), document, number))
    if missing:
        rows.append((Cell(capitalized(joined(missing))), Cell("not yet disclosed"), Cell("none yet")))
    columns = (Column("Facet"), Column("First disclosed"), Column("Days after it happened", right=True))
    return Table(f"disclosures {ref}", "", columns, tuple(rows))
