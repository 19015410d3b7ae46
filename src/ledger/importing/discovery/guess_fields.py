"""Guess what a list has in its rows, and which column holds which field: by the heads, and by what is below them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger.domain.currencies import DECIMALS
from ledger.importing.discovery.columns import Column
from ledger.importing.discovery.names import NOT_READ, normal
from ledger.importing.profile.row_schema import ROW_SCHEMAS

FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "agreements": {
        "reference": ("reference",), "title": ("title",), "kind": ("kind",), "purpose": ("purpose",),
        "objective": ("objective",), "unit": ("unit",), "basis": ("basis",), "parties": ("party", "vendor"),
        "identifiers": ("identifier",), "roles": ("role",), "party_types": ("party_type",),
        "memberships": ("membership",), "countries": ("country",), "region": ("region",), "priority": ("priority",),
        "signed_on": ("signed",), "starts_on": ("starts",), "ends_on": ("ends",), "currency": ("currency",),
        "partner_amount": ("partner_amount",), "organization_amount": ("organization_amount",),
        "ceiling": ("ceiling",), "outcomes": ("outcomes",), "reason": ("remark",),
    },
    "parties": {
        "reference": ("reference",), "name": ("party", "vendor", "title"), "type": ("party_type", "kind"),
        "membership": ("membership",), "country": ("country",), "identifiers": ("identifier",),
        "aliases": ("alias",), "reason": ("remark",),
    },
    "orders": {
        "engagement": ("engagement",), "number": ("order", "reference"), "subject": ("title", "purpose"),
        "vendor": ("vendor", "party"), "currency": ("currency",), "amount": ("amount", "ceiling"),
        "issued_on": ("issued", "signed"), "starts_on": ("starts",), "ends_on": ("ends",),
        "deliverables": ("deliverables", "outcomes"), "reason": ("remark",),
    },
    "payments": {
        "engagement": ("engagement",), "order": ("order",), "payment": ("payment", "reference"),
        "currency": ("currency",), "amount": ("amount",), "paid_on": ("paid", "signed"), "accepted_on": ("accepted",),
        "acceptance": ("acceptance",), "reason": ("remark",),
    },
    "receipts": {
        "engagement": ("engagement",), "payer": ("party", "vendor"), "receipt": ("receipt", "reference"),
        "currency": ("currency",), "amount": ("amount", "partner_amount"), "received_on": ("received", "signed"),
        "reason": ("remark",),
    },
}  # fmt: skip
"""The meanings of heads that each field of a kind of row can have, the likeliest first."""
DATES = ("signed_on", "starts_on", "ends_on", "issued_on", "paid_on", "accepted_on", "received_on", "status_on")
AMOUNTS = ("partner_amount", "organization_amount", "ceiling", "amount")
NUMBERS = ("reference", "number", "order", "payment", "engagement", "acceptance", "receipt")
"""Fields that may hold numbers."""
_THOUSANDS = frozenset("thousands thousand 000 k kusd kchf keur milliers miles tausend 千元".split())
_MILLIONS = frozenset("millions million mio millones millionen".split())
_LEAST = 0.5
"""The score from which a guess is made."""


class Guess(NamedTuple):
    """The columns of fields, by field; `money` are the columns with amounts whose direction nothing tells."""

    fields: dict[str, Column]
    money: list[Column]


def guess_rows(columns: Iterable[Column]) -> str:
    """Return the kind of the rows of a list: one of those of profiles."""
    found = {concept: score for column in columns for concept, score in column.meanings.items() if score > 0.7}
    if "received" in found:
        return "receipts"
    if "payment" in found and ("paid" in found or "order" in found):
        return "payments"
    if "order" in found and ("engagement" in found or "issued" in found):
        return "orders"
    has_money_or_days = any((column.is_amounts and not column.is_counting) or column.is_dates for column in columns)
    if not has_money_or_days and not found.keys() & {"kind", "signed", "starts", "amount", "ceiling"}:
        return "parties"
    return "agreements"


def guess_fields(rows: str, columns: list[Column]) -> Guess:
    """Return the likeliest column of each field of this kind of rows; a column holds one field."""
    readable = [column for column in columns if column.name]
    scored = [
        (score, -order, column.place, field, column)
        for field, concepts in FIELDS[rows].items()
        if field in ROW_SCHEMAS[rows].fields
        for order, concept in enumerate(concepts)
        for column in readable
        if (score := _score(field, concept, column) - 0.05 * order) >= _LEAST
    ]
    fields: dict[str, Column] = {}
    taken: set[int] = set()
    for _, _, place, field, column in sorted(scored, key=lambda item: (-item[0], -item[1], item[2])):
        if field not in fields and place not in taken:
            fields[field] = column
            taken.add(place)
    free = [column for column in readable if column.place not in taken]
    money = [column for column in free if _is_money(column)] if rows == "agreements" else []
    for field, column in _by_content(rows, free):
        if field not in fields and column not in money and column.place not in taken:
            fields[field] = column
            taken.add(column.place)
    return Guess(fields, money)


def _score(field: str, concept: str, column: Column) -> float:
    """Return how likely a column holds a field: by its head, and less if its values are of another kind."""
    score = column.meanings.get(concept, 0.0)
    if not score or not column.cells:
        return score and score - 0.3
    if not fits(field, column):
        return 0.0
    if field == "reference" and (column.is_counting or not column.is_distinct):
        return score - 0.35
    return score


def fits(field: str, column: Column) -> bool:
    """Return whether the values of a column are of the kind that a field holds."""
    if field in DATES:
        return column.is_dates or column.is_years
    if field in AMOUNTS:
        return column.is_amounts
    if field == "currency":
        return column.is_currencies
    return not column.is_dates and (field in NUMBERS or not column.is_amounts)


def _is_money(column: Column) -> bool:
    """Return whether a column has amounts of money whose direction its head leaves open."""
    found = column.meanings
    if not column.is_amounts or column.is_counting or found.keys() & NOT_READ.keys():
        return False
    if "amount" in found or found.keys() & {"partner_amount", "organization_amount", "ceiling"}:
        return True
    has_currency = any(any(char.isalpha() or char in "€£$¥" for char in text) for text in column.texts)
    return has_currency or any(word.upper() in DECIMALS for word in normal(column.name).split())


def _by_content(rows: str, columns: list[Column]) -> Iterable[tuple[str, Column]]:
    """Yield fields whose values give them away, whatever the head says."""
    for column in columns:
        if column.meanings.keys() & NOT_READ.keys():
            continue
        if column.is_currencies:
            yield "currency", column
        elif column.is_dates and rows == "agreements":
            yield "signed_on", column


def head_currency(column: Column) -> str:
    """Return the currency that a head names, as in `Amount (CHF)`; empty if it names none."""
    words = [word.upper() for word in normal(column.name).split()]
    named = [word.removeprefix("K") for word in words if word.removeprefix("K") in DECIMALS]
    return named[0] if len(set(named)) == 1 else ""


def named_unit(text: str) -> int:
    """Return the unit of amounts that a head or a title names: 1000 for `in thousands` or `kUSD`, else 1."""
    words = set(normal(text).split())
    if words & _THOUSANDS:
        return 1000
    return 1_000_000 if words & _MILLIONS else 1


def unread(columns: Iterable[Column], used: Mapping[str, Column]) -> list[Column]:
    """Return the columns that no field reads."""
    places = {column.place for column in used.values()}
    return [column for column in columns if column.place not in places]
