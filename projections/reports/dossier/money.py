"""Money in a dossier: by measure, payer and currency, gifts in kind, the ceiling, and each service order."""

import json
from collections.abc import Iterator

from projections.queries.asserted import Entity
from projections.queries.figures import escaped
from projections.reports.cells import FigureCells, counted, list_cell, text_cell
from projections.reports.dossier.data import Dossier
from projections.reports.model import NOT_DISCLOSED, NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.wording import MEASURE_LABELS, amount, period_of

WHAT = (Column("What"), Column("As recorded"))


def money(cells: FigureCells, dossier: Dossier) -> Section:
    """Return the section on the financial implication."""
    rows = []
    for measure, payer, currency in dossier.sums():
        by = "under service orders"
        place = f"/money/{measure}/{currency}"
        if payer:
            by = dossier.organization if payer == "organization" else dossier.name(payer)
            place = f"/money/{measure}/{escaped(payer)}/{currency}"
        rows.append((Cell(MEASURE_LABELS[measure]), Cell(by), Cell(currency), cells.cell(place)))
    table = Table(
        "money",
        "Money by measure, payer and currency",
        (Column("Measure"), Column("By"), Column("Currency"), Column("Amount", right=True)),
        tuple(rows),
        note="Measures are never added up.",
    )
    gifts = Table(
        "gifts",
        "Given in kind",
        (Column("Item"), Column("By"), Column("What"), Column("Valued on the basis of"), Column("Stated on")),
        tuple(
            (
                Cell(row.item),
                Cell(dossier.name(row.party)),
                Cell(row.what),
                text_cell(row.basis),
                Cell(row.effective_on),
            )
            for row in dossier.gifts
        ),
    )
    ceiling = _ceiling(cells)
    withheld = "financials" in dossier.withheld
    absent = NOT_DISCLOSED if withheld else NOT_RECORDED
    if not rows:
        amounts = f"Amounts are {absent}{' by the source' if withheld else ''}."
        return Section("money", "Financial implication", (amounts, ceiling), (gifts,) if dossier.gifts else ())
    exception = "The source does not disclose amounts but for those that are recorded here." if withheld else ""
    prose = tuple(filter(None, (exception, ceiling)))
    return Section("money", "Financial implication", prose, (table, *([gifts] if dossier.gifts else [])))


def _ceiling(cells: FigureCells) -> str:
    if "/ceiling" not in cells.known:
        return f"A ceiling of what may be ordered is {NOT_RECORDED}."
    ceiling = cells.known["/ceiling"]
    return f"Service orders may add up to {ceiling.unit} {cells.cell('/ceiling').text} at the most."


def orders(cells: FigureCells, dossier: Dossier) -> Section:
    """Return the service orders: a table, then a section for each with deliverables, acceptances and payments."""
    if not dossier.orders:
        withheld = "service-orders" in dossier.withheld
        prose = f"Service orders are {NOT_DISCLOSED} by the source." if withheld else "No service order is recorded."
        return Section("orders", "Service orders", (prose,))
    columns = (
        Column("Order"), Column("Subject and vendor"), Column("Ordered", right=True), Column("Accepted", right=True),
        Column("Paid", right=True),
    )  # fmt: skip
    rows = tuple(
        (Cell(number), Cell(f"{order.get('subject')} ({dossier.name(order.get('vendor') or '')})"),
         *(_amount(cells, number, measure) for measure in ("ordered", "accepted", "paid")))
        for number, order in dossier.orders
    )  # fmt: skip
    table = Table("orders", "Amounts of service orders", columns, rows)
    prose = f"{counted(len(dossier.orders), 'service order')}: what was ordered, accepted and paid."
    below = tuple(_order(dossier, number, order) for number, order in dossier.orders)
    return Section("orders", "Service orders", (prose,), (table,), below=below)


def _amount(cells: FigureCells, number: str, measure: str) -> Cell:
    place = f"/orders/{escaped(number)}/{measure}"
    if place not in cells.known:
        return Cell(NOT_RECORDED)
    cell = cells.cell(place)
    return Cell(f"{cells.known[place].unit} {cell.text}", cell.figure, place)


def _order(dossier: Dossier, number: str, order: Entity) -> Section:
    documents = dossier.disclosed_in("service-orders", number)
    rows = [
        (Cell("State"), text_cell(order.get("status"))),
        (Cell("Issued on"), Cell(order.facts["vendor"].on)),
        (Cell("Period"), Cell(period_of(order))),
        (Cell("Deliverables"), list_cell(json.loads(order.get("deliverables") or "[]"))),
        (Cell("Accepted"), list_cell(_acceptances(dossier, number))),
        (Cell("Paid"), list_cell(_payments(dossier, number))),
        (Cell("Disclosed in"), list_cell(documents, "not yet disclosed")),
    ]
    table = Table(f"order {number}", "", WHAT, tuple(rows))
    key = "order-" + "".join(char if char.isalnum() else "-" for char in number)
    return Section(key, f"{number}: {order.get('subject')}", (), (table,))


def _acceptances(dossier: Dossier, number: str) -> Iterator[str]:
    for row in dossier.acceptances:
        if row.order_number == number:
            more = ", ".join(filter(None, (row.deliverable, row.evidence)))
            text = f"{row.effective_on}: {amount(row.currency, row.minor)}"
            yield f"{text} ({more})" if more else text


def _payments(dossier: Dossier, number: str) -> Iterator[str]:
    for row in dossier.payments:
        if row.order_number == number:
            reversed_ = " (reversed)" if row.status == "reversed" else ""
            yield f"{row.effective_on}: {amount(row.currency, row.minor)}{reversed_}"
