"""Apply a row: plan it, perform its requests, and turn a refusal into a fault of a cell."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from ledger.application.receipt import Receipt
from ledger.application.transaction import UnitOfWork
from ledger.domain.errors import REFUSED, LedgerError
from ledger.domain.voiding import VoidBreaks, VoidReferred
from ledger.importing.changes.party_resolver import PartyResolver
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.kinds.registry import KINDS
from ledger.importing.profile.model import Profile
from ledger.importing.read import Reading
from ledger.importing.requests import Options
from ledger.importing.result import Fault
from ledger.importing.row_errors import At, CannotCorrect
from ledger.importing.source.rows import RegisterRow


class ImportJob(NamedTuple):
    """The input of an import: the profile, the file as it was read, and the options."""

    profile: Profile
    reading: Reading
    options: Options

    def planner(self, unit: UnitOfWork, rows: Iterable[RegisterRow]) -> Planner[Any]:
        """Return the planner of rows within a unit of work."""
        kind = KINDS[self.profile.kind]
        return kind.planner(self.profile, self.reading.sha256, self.options, PartyResolver(unit, rows))

    def fault(self, error: At | LedgerError, row: RegisterRow) -> Fault:
        """Return the fault of a refused row. Raises the error again if it is not about the row."""
        mapper = self.reading.mapper
        if isinstance(error, At):
            return Fault.of(error.error, row.number, row.line, mapper.column(error.field), error.value)
        if error.exit > REFUSED:
            raise error
        field = KINDS[self.profile.kind].field_of.get(error.code, "")
        value = mapper.cell(self.reading.spool.record(row.number), field)
        return Fault.of(error, row.number, row.line, mapper.column(field), value)


def apply_row(planner: Planner[Any], row: RegisterRow) -> tuple[RowPlan, list[Receipt]]:
    """Plan a row and perform its requests. Raises At, and the LedgerError that refuses the row."""
    plan = planner.plan(row)
    receipts = []
    for request in plan.requests:
        try:
            receipts.append(planner.unit.perform_new(request))
        except (VoidBreaks, VoidReferred) as error:
            raise CannotCorrect(error.sentence, [request.effective_on] if request.effective_on else []) from error
    for party in plan.registered:
        planner.parties.registered(party)
    return plan, receipts
