"""Record the decided rows of a file, a part of the file in each transaction."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

from ledger.application.ledger import Ledger
from ledger.application.transaction import UnitOfWork
from ledger.domain.errors import LedgerError
from ledger.importing.apply_row import ImportJob, apply_row
from ledger.importing.decision import DecidedRow
from ledger.importing.errors import ChangedMeanwhile
from ledger.importing.kinds.planner import Planner
from ledger.importing.result import COUNTS, ImportResult
from ledger.importing.row_errors import At

PART = 1000
"""The number of rows in a transaction: an interrupted import loses this much work, and other writers wait so long."""


class Recorder:
    """Records the decided rows of a file. After an interruption, importing the file again continues from there.

    Decided rows are appended unchanged as long as nobody else appended to the log since the rehearsal. From then on,
    each row is decided again.
    """

    def __init__(
        self, ledger: Ledger, job: ImportJob, advance: Callable[[], None], settled: Callable[[int], None] | None = None
    ) -> None:
        """Record in a ledger; call `advance` after each row, and `settled` with the number of rows after each part."""
        self._ledger, self._job, self._advance, self._settled = ledger, job, advance, settled
        self._planner: Planner[Any] | None = None
        """Set as soon as rows have to be decided again."""

    def record(self, result: ImportResult) -> None:
        """Record the decisions of a rehearsal; set counts and positions in the result. Raises ChangedMeanwhile."""
        counted = ImportResult(result.profile, result.kind, result.sha256)
        size, rows = result.size, 0
        for part in self._job.reading.spool.decisions(PART):
            with self._ledger.recording() as unit:
                if self._planner is None and unit.size() == size:
                    self._append(unit, part, counted)
                    size = unit.size()
                else:
                    self._decide_again(unit, part, result, counted)
            rows += len(part)
            if self._settled is not None:
                self._settled(rows)
        for name in {*COUNTS, "entries"} - {"unchanged"}:
            setattr(result, name, getattr(counted, name))
        head = self._ledger.store.head()
        result.positions, result.size, result.root = counted.positions, head.size, head.root

    def _append(self, unit: UnitOfWork, part: Sequence[DecidedRow], counted: ImportResult) -> None:
        requests = [request for row in part for request in row.requests]
        moment, first = unit.recorded_at, unit.size() + 1
        unit.store.append([entry for request in requests for entry in request.recorded_at(moment)])
        ends = accumulate((len(request.entries) for request in requests), initial=first)
        unit.store.remember_all(
            (request.command, request.digest, position, len(request.entries))
            for request, position in zip(requests, ends, strict=False)
        )
        for decided in part:
            counted.add(decided.tally, decided.entry_count, first)
            first += decided.entry_count
            self._advance()

    def _decide_again(
        self, unit: UnitOfWork, part: Sequence[DecidedRow], result: ImportResult, counted: ImportResult
    ) -> None:
        job = self._job
        if self._planner is None:
            refused = result.faulty
            self._planner = job.planner(unit, (row for row in job.reading.rows if row.number not in refused))
        self._planner.parties.unit = unit
        for decided in part:
            row = job.reading.spool.row(decided.row)
            assert row is not None
            try:
                step, receipts = apply_row(self._planner, row)
            except (At, LedgerError) as error:
                raise ChangedMeanwhile(row.number, job.fault(error, row).reason) from error
            counted.add(step.tally, 0)
            for receipt in receipts:
                counted.add_entries(receipt.first, receipt.count)
            self._advance()
