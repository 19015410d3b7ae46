"""The kinds of row: for each, how a record is read as a row, and what a row asks of the ledger."""

from collections.abc import Callable
from typing import Any, NamedTuple

from ledger.domain.kernel import Event
from ledger.importing.kinds import agreements, orders, parties, payments
from ledger.importing.kinds.agreement_rows import AgreementRow, read_agreement
from ledger.importing.kinds.planner import Planner
from ledger.importing.source.row_mapper import RecordCells
from ledger.importing.source.rows import RegisterRow


class Kind(NamedTuple):
    """One kind of row, which `read` makes of a record; profile.row_schema lists its fields.

    `field_of` leads from the code of a refusal to the field of the row that it is about, where the refusal itself does
    not know. `row_key` returns, for an engagement and an event in its stream, the row that tells of it, if rows do.
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
}
"""The kinds of row that there are, by the name that a profile gives as its `kind`."""
