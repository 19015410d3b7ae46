"""Recording what was decided, a part of the file in each transaction."""

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
"""Rows a transaction: as many as an interrupted import loses, and as long as others wait."""


class Recorder:
    """Records a file for good: what is interrupted goes on with the next import.

    What was decided is appended as it is while the log is the one that it was decided on. From where somebody else
    recorded in between, it is decided again.
    """

    def __init__(self, ledger: Ledger, taking: ImportJob, advance: Callable[[], None]) -> None:
        """Record in a ledger; each row is told to `advance`."""
        self._ledger, self._taking, self._advance = ledger, taking, advance
        self._planner: Planner[Any] | None = None
        """Decides again, where it has to be."""

    def record(self, outcome: ImportResult) -> None:
        """Record what a rehearsal came to, and let the outcome say where it stands. Raises ChangedMeanwhile."""
        counted = ImportResult(outcome.profile, outcome.kind, outcome.sha256)
        size = outcome.size
        for part in self._taking.reading.spool.decisions(PART):
            with self._ledger.recording() as unit:
                if self._planner is None and unit.size() == size:
                    self._append(unit, part, counted)
                    size = unit.size()
                else:
                    self._decide_again(unit, part, outcome, counted)
        for name in {*COUNTS, "entries"} - {"unchanged"}:
            setattr(outcome, name, getattr(counted, name))
        head = self._ledger.store.head()
        outcome.positions, outcome.size, outcome.root = counted.positions, head.size, head.root

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
        self, unit: UnitOfWork, part: Sequence[DecidedRow], outcome: ImportResult, counted: ImportResult
    ) -> None:
        taking = self._taking
        if self._planner is None:
            refused = outcome.faulty
            self._planner = taking.planner(unit, (row for row in taking.reading.rows if row.number not in refused))
        self._planner.parties.unit = unit
        for decided in part:
            row = taking.reading.spool.row(decided.row)
            assert row is not None
            try:
                step, receipts = apply_row(self._planner, row)
            except (At, LedgerError) as error:
                raise ChangedMeanwhile(row.number, taking.fault(error, row).reason) from error
            counted.add(step.tally, 0)
            for receipt in receipts:
                counted.add_entries(receipt.first, receipt.count)
            self._advance()
