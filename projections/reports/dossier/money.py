"""Money in a dossier: by measure, payer and currency, gifts in kind, the ceiling, and each service order."""

import json
from collections.abc import Iterator

from projections.queries.asserted import Entity
from projections.queries.figures import escaped
from projections.reports.cells import FigureCells, counted, list_cell, text_cell
from projections.reports.dossier.data import Dossier
from projections.reports.dossier.words import NOT_YET_DISCLOSED, in_role, in_state, on_day
from projections.reports.model import NOT_DISCLOSED, NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.phrases import Phrase, title
from projections.reports.wording import MEASURE_LABELS, amount, period_of

WHAT = (Column("What"), Column("As recorded"))
AMOUNTS_WITHHELD = Phrase(
    "The source does not disclose amounts but for those that are recorded here.", "amounts-withheld"
)


def money(cells: FigureCells, dossier: Dossier) -> Section:
    """Return the section on the financial implication."""
    rows = []
    for measure, payer, currency in dossier.sums():
        by: str = Phrase("under service orders", "under-service-orders")
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
        note=Phrase("Measures are never added up.", "measures-not-added"),
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
    if not rows:
        amounts = Phrase(f"Amounts are {NOT_RECORDED}.", "no-amounts-recorded")
        if withheld:
            amounts = Phrase(f"Amounts are {NOT_DISCLOSED} by the source.", "no-amounts-disclosed")
        return Section("money", "Financial implication", (amounts, ceiling), (gifts,) if dossier.gifts else ())
    prose = (AMOUNTS_WITHHELD, ceiling) if withheld else (ceiling,)
    return Section("money", "Financial implication", prose, (table, *([gifts] if dossier.gifts else [])))


def _ceiling(cells: FigureCells) -> str:
    if "/ceiling" not in cells.known:
        return Phrase(f"A ceiling of what may be ordered is {NOT_RECORDED}.", "no-ceiling")
    ceiling = cells.known["/ceiling"]
    text = f"Service orders may add up to {ceiling.unit} {cells.cell('/ceiling').text} at the most."
    return Phrase(text, "ceiling-at-most")


def orders(cells: FigureCells, dossier: Dossier) -> Section:
    """Return the service orders: a table, then a section for each with deliverables, acceptances and payments."""
    if not dossier.orders:
        prose = Phrase("No service order is recorded.", "no-orders-recorded")
        if "service-orders" in dossier.withheld:
            prose = Phrase(f"Service orders are {NOT_DISCLOSED} by the source.", "no-orders-disclosed")
        return Section("orders", "Service orders", (prose,))
    columns = (
        Column("Order"), Column("Subject and vendor"), Column("Ordered", right=True), Column("Accepted", right=True),
        Column("Paid", right=True),
    )  # fmt: skip
    rows = tuple(
        (Cell(number), Cell(in_role(f"{order.get('subject')}", dossier.name(order.get("vendor") or ""))),
         *(_amount(cells, number, measure) for measure in ("ordered", "accepted", "paid")))
        for number, order in dossier.orders
    )  # fmt: skip
    table = Table("orders", "Amounts of service orders", columns, rows)
    text = f"{counted(len(dossier.orders), 'service order')}: what was ordered, accepted and paid."
    prose = Phrase(text, "orders-counted", number=len(dossier.orders))
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
        (Cell(title("State")), Cell(in_state(order.get("status") or NOT_RECORDED))),
        (Cell(title("Issued on")), Cell(order.facts["vendor"].on)),
        (Cell(title("Period")), Cell(period_of(order))),
        (Cell(title("Deliverables")), list_cell(json.loads(order.get("deliverables") or "[]"))),
        (Cell(title("Accepted")), list_cell(_acceptances(dossier, number))),
        (Cell(title("Paid")), list_cell(_payments(dossier, number))),
        (Cell(title("Disclosed in")), list_cell(documents, NOT_YET_DISCLOSED)),
    ]
    table = Table(f"order {number}", "", WHAT, tuple(rows))
    key = "order-" + "".join(char if char.isalnum() else "-" for char in number)
    return Section(key, f"{number}: {order.get('subject')}", (), (table,))


def _acceptances(dossier: Dossier, number: str) -> Iterator[str]:
    for row in dossier.acceptances:
        if row.order_number == number:
            more = ", ".join(filter(None, (row.deliverable, row.evidence)))
            text = on_day(row.effective_on, amount(row.currency, row.minor))
            yield in_role(text, more) if more else text


def _payments(dossier: Dossier, number: str) -> Iterator[str]:
    for row in dossier.payments:
        if row.order_number == number:
            text = on_day(row.effective_on, amount(row.currency, row.minor))
            yield in_role(text, Phrase("reversed", "payment-reversed")) if row.status == "reversed" else text
