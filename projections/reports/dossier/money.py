"""What a dossier says of money: by measure, payer and currency, in kind, the ceiling, and each service order."""

import json
from collections.abc import Iterator

from projections.queries.figures import escaped
from projections.queries.queries import Entity
from projections.reports.cells import Cells, counted, said, saying
from projections.reports.dossier.data import Case
from projections.reports.model import NOT_DISCLOSED, NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.wording import MEASURE_WORDS, amount, period_of

WHAT = (Column("What"), Column("As recorded"))


def money(cells: Cells, case: Case) -> Section:
    """Return the financial implication."""
    rows = []
    for measure, payer, currency in case.sums():
        by = "under service orders"
        place = f"/money/{measure}/{currency}"
        if payer:
            by = case.organization if payer == "organization" else case.name(payer)
            place = f"/money/{measure}/{escaped(payer)}/{currency}"
        rows.append((Cell(MEASURE_WORDS[measure]), Cell(by), Cell(currency), cells.cell(place)))
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
            (Cell(row.item), Cell(case.name(row.party)), Cell(row.what), said(row.basis), Cell(row.effective_on))
            for row in case.gifts
        ),
    )
    ceiling = _ceiling(cells)
    withheld = "financials" in case.withheld
    absent = NOT_DISCLOSED if withheld else NOT_RECORDED
    if not rows:
        prose = f"Amounts are {absent}{' by the source' if withheld else ''}."
        return Section("money", "Financial implication", (prose, ceiling), (gifts,) if case.gifts else ())
    prose = "The source does not disclose amounts but for those that are recorded here." if withheld else ""
    told = tuple(filter(None, (prose, ceiling)))
    return Section("money", "Financial implication", told, (table, *([gifts] if case.gifts else [])))


def _ceiling(cells: Cells) -> str:
    if "/ceiling" not in cells.known:
        return f"A ceiling of what may be ordered is {NOT_RECORDED}."
    held = cells.known["/ceiling"]
    return f"Service orders may add up to {held.unit} {cells.cell('/ceiling').text} at the most."


def orders(cells: Cells, case: Case) -> Section:
    """Return the service orders: in a table, then each with its deliverables, acceptances and payments."""
    if not case.orders:
        withheld = "service-orders" in case.withheld
        told = f"Service orders are {NOT_DISCLOSED} by the source." if withheld else "No service order is recorded."
        return Section("orders", "Service orders", (told,))
    columns = (
        Column("Order"), Column("Subject and vendor"), Column("Ordered", right=True), Column("Accepted", right=True),
        Column("Paid", right=True),
    )  # fmt: skip
    rows = tuple(
        (Cell(number), Cell(f"{order.get('subject')} ({case.name(order.get('vendor') or '')})"),
         *(_amount(cells, number, measure) for measure in ("ordered", "accepted", "paid")))
        for number, order in case.orders
    )  # fmt: skip
    table = Table("orders", "Amounts of service orders", columns, rows)
    prose = f"{counted(len(case.orders), 'service order')}: what was ordered, accepted and paid."
    below = tuple(_order(case, number, order) for number, order in case.orders)
    return Section("orders", "Service orders", (prose,), (table,), below=below)


def _amount(cells: Cells, number: str, measure: str) -> Cell:
    place = f"/orders/{escaped(number)}/{measure}"
    if place not in cells.known:
        return Cell(NOT_RECORDED)
    cell = cells.cell(place)
    return Cell(f"{cells.known[place].unit} {cell.text}", cell.figure, place)


def _order(case: Case, number: str, order: Entity) -> Section:
    told = case.disclosed_in("service-orders", number)
    rows = [
        (Cell("State"), said(order.get("status"))),
        (Cell("Issued on"), Cell(order.facts["vendor"].on)),
        (Cell("Period"), Cell(period_of(order))),
        (Cell("Deliverables"), saying(json.loads(order.get("deliverables") or "[]"))),
        (Cell("Accepted"), saying(_acceptances(case, number))),
        (Cell("Paid"), saying(_payments(case, number))),
        (Cell("Disclosed in"), saying(told, "not yet disclosed")),
    ]
    table = Table(f"order {number}", "", WHAT, tuple(rows))
    key = "order-" + "".join(char if char.isalnum() else "-" for char in number)
    return Section(key, f"{number}: {order.get('subject')}", (), (table,))


def _acceptances(case: Case, number: str) -> Iterator[str]:
    for row in case.acceptances:
        if row.order_number == number:
            more = ", ".join(filter(None, (row.deliverable, row.evidence)))
            told = f"{row.effective_on}: {amount(row.currency, row.minor)}"
            yield f"{told} ({more})" if more else told


def _payments(case: Case, number: str) -> Iterator[str]:
    for row in case.payments:
        if row.order_number == number:
            reversed_ = " (reversed)" if row.status == "reversed" else ""
            yield f"{row.effective_on}: {amount(row.currency, row.minor)}{reversed_}"
