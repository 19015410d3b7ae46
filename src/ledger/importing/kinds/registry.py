"""The registry of the kinds of row: for each kind, the row class, its reader and its planner."""

from collections.abc import Callable
from typing import Any, NamedTuple

from ledger.domain.kernel import Event
from ledger.importing.kinds import agreements, orders, parties, payments, receipts
from ledger.importing.kinds.agreement_rows import AgreementRow, read_agreement
from ledger.importing.kinds.planner import Planner
from ledger.importing.source.row_mapper import RecordCells
from ledger.importing.source.rows import RegisterRow


class Kind(NamedTuple):
    """A kind of row; profile.row_schema lists its fields.

    `read` makes a row of the cells of a record. `field_of` maps the code of a refusal to the field that it is about,
    for refusals that do not carry the field. `row_key` returns the key of the row that records an event, given the
    reference of the engagement; None if no row records such events.
    """

    row: type[RegisterRow]
    read: Callable[[RecordCells], RegisterRow]
    planner: type[Planner[Any]]
    field_of: dict[str, str]
    row_key: Callable[[str, Event], str | None]


def _reference_key(ref: str, _: Event) -> str:
    return ref


def _no_key(_: str, __: Event) -> None:
    return None


KINDS = {
    "agreements": Kind(AgreementRow, read_agreement, agreements.AgreementPlanner, agreements.FIELD_OF, _reference_key),
    "parties": Kind(parties.PartyRow, parties.read_party, parties.PartyPlanner, parties.FIELD_OF, _no_key),
    "orders": Kind(orders.OrderRow, orders.read_order, orders.OrderPlanner, orders.FIELD_OF, orders.order_row_key),
    "payments": Kind(
        payments.PaymentRow, payments.read_payment, payments.PaymentPlanner, payments.FIELD_OF, payments.payment_row_key
    ),
    "receipts": Kind(receipts.ReceiptRow, receipts.read_receipt, receipts.ReceiptPlanner, receipts.FIELD_OF, _no_key),
}
"""All kinds of row, by the `kind` of a profile."""
