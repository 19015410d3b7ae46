"""The import of a file: every row is rehearsed first, then recorded, a part of the file in each transaction."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledger.application import Ledger
from ledger.domain.errors import REFUSED, LedgerError
from ledger.domain.voiding import VoidBreaks, VoidReferred
from ledger.importing.asides import near_names, vanished
from ledger.importing.asking import Options
from ledger.importing.code_lists import CodeLists
from ledger.importing.errors import CannotRead, ChangedMeanwhile, NoSourceDate
from ledger.importing.kinds import KINDS
from ledger.importing.near import NearNames
from ledger.importing.outcome import COUNTS, Fault, Outcome
from ledger.importing.parties import Parties
from ledger.importing.plan import Planner, Step
from ledger.importing.profile import Profile
from ledger.importing.reading import Reading, read_file
from ledger.importing.rehearsal import rehearsing
from ledger.importing.rejects import reject_bytes, rejects_path, write_rejects
from ledger.importing.row_errors import At, CannotCorrect
from ledger.importing.rows import Row
from ledger.unit import Unit

PART = 1000
"""Rows a transaction: as many as an interrupted import loses, and as long as others wait."""

Tick = Callable[[int, int], None]
"""Told after each row: how many steps are done, of how many."""


def read_path(path: Path) -> bytes:
    """Return the bytes of a file. Raises CannotRead."""
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise CannotRead(str(path), getattr(error, "strerror", None) or str(error)) from error


def run_import(
    ledger: Ledger,
    profile: Profile,
    path: Path,
    options: Options,
    *,
    keep_going: bool = False,
    dry_run: bool = False,
    tick: Tick | None = None,
) -> Outcome:
    """Take a file in, and return what came of it; with faults and without `keep_going` nothing is recorded.

    Raises NoSourceDate, CannotRead, RejectsInTheWay, CannotWriteRejects, ChangedMeanwhile, what
    ledger.importing.table.read_table raises, and what the store raises.
    """
    if profile.dates.signed_on == "source" and options.effective_on is None:
        raise NoSourceDate(profile.name)
    reading = read_file(read_path(path), profile, path.suffix)
    with _kept():
        return _Run(ledger, profile, reading, options, tick).run(path, keep_going=keep_going, dry_run=dry_run)


@contextmanager
def _kept() -> Iterator[None]:
    """Keep the collector of garbage from looking at the rows again and again: they stay (a third of the time)."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class _Run:
    def __init__(self, ledger: Ledger, profile: Profile, reading: Reading, options: Options, tick: Tick | None) -> None:
        self.ledger, self.profile, self.reading, self.options = ledger, profile, reading, options
        self._tick = tick
        self._done = 0

    def run(self, path: Path, *, keep_going: bool, dry_run: bool) -> Outcome:
        outcome, todo = self.check()
        if dry_run or (outcome.faults and not keep_going):
            return outcome
        if outcome.faults:
            target = rejects_path(path)
            write_rejects(target, reject_bytes(self.reading.table, self.profile, outcome.faults))
            outcome.rejects = str(target)
        self.record(todo, outcome)
        return outcome

    def check(self) -> tuple[Outcome, list[Row]]:
        """Rehearse all rows; return what would come of it, and the rows that record something."""
        outcome = Outcome(
            self.profile.name, self.profile.kind, self.reading.sha256, rows=len(self.reading.table.records)
        )
        outcome.faults.extend(self.reading.faults)
        todo: list[Row] = []
        with rehearsing(self.ledger) as unit:
            outcome.vanished = list(vanished(unit, self.profile, self.reading))
            rows = list(self._coded(CodeLists(unit), outcome))
            planner = self._planner(unit, rows)
            near: NearNames | None = None
            for row in rows:
                try:
                    step = _take(planner, row, outcome)
                except (At, LedgerError) as error:
                    outcome.faults.append(self._fault(error, row))
                    continue
                finally:
                    if planner.keeps_to_itself:
                        unit.forget(f"engagement/{row.reference}")
                    self._advance()
                if step.registered:
                    near = near or NearNames(self.ledger.store.names())
                    outcome.notices.extend(near_names(near, planner.parties, row, step.registered))
                if step.requests:
                    todo.append(row)
                outcome.changes.extend(step.changes)
                outcome.notices.extend(step.notices)
            outcome.notices.extend(planner.parties.notices)
        outcome.faults.sort(key=lambda fault: fault.row)
        head = self.ledger.store.head()
        outcome.size, outcome.root = head.size, head.root
        return outcome, todo

    def _coded(self, lists: CodeLists, outcome: Outcome) -> Iterator[Row]:
        for row in self.reading.rows:
            try:
                lists.check(row)
            except At as error:
                outcome.faults.append(self._fault(error, row))
            else:
                yield row

    def record(self, rows: Sequence[Row], outcome: Outcome) -> None:
        """Take the rows in for good, a part at a time: what is interrupted goes on with the next import."""
        counted = Outcome(outcome.profile, outcome.kind, outcome.sha256)
        planner: Planner[Any] | None = None
        for part in _parts(rows):
            with self.ledger.recording() as unit:
                planner = planner or self._planner(unit, rows)
                planner.parties.unit = unit
                for row in part:
                    try:
                        _take(planner, row, counted)
                    except (At, LedgerError) as error:
                        fault = self._fault(error, row)
                        raise ChangedMeanwhile(row.number, fault.reason) from error
                    self._advance()
        for name in {*COUNTS, "entries"} - {"unchanged"}:
            setattr(outcome, name, getattr(counted, name))
        head = self.ledger.store.head()
        outcome.positions, outcome.size, outcome.root = counted.positions, head.size, head.root

    def _planner(self, unit: Unit, rows: Sequence[Row]) -> Planner[Any]:
        return KINDS[self.profile.kind].planner(self.profile, self.reading.sha256, self.options, Parties(unit, rows))

    def _advance(self) -> None:
        self._done += 1
        if self._tick is not None:
            self._tick(self._done, 2 * len(self.reading.rows))

    def _fault(self, error: At | LedgerError, row: Row) -> Fault:
        """Return what refuses a row. Raises the error again if it is not about the row."""
        mapping = self.reading.mapping
        if isinstance(error, At):
            return Fault.of(error.error, row.number, row.line, mapping.column(error.field), error.value)
        if error.exit > REFUSED:
            raise error
        field = KINDS[self.profile.kind].field_of.get(error.code, "")
        record = next(record for record in self.reading.table.records if record.number == row.number)
        return Fault.of(error, row.number, row.line, mapping.column(field), mapping.cell(record, field))


def _take(planner: Planner[Any], row: Row, outcome: Outcome) -> Step:
    """Plan a row, perform what it asks, and count it. Raises At and what refuses it."""
    step = planner.plan(row)
    for request in step.requests:
        try:
            receipt = planner.unit.perform(request)
        except (VoidBreaks, VoidReferred) as error:
            raise CannotCorrect(error.sentence, [request.effective_on] if request.effective_on else []) from error
        outcome.entries += receipt.count
        if receipt.first:
            outcome.add_positions(receipt.first, receipt.count)
    for new in step.registered:
        planner.parties.registered(new)
    setattr(outcome, step.what, getattr(outcome, step.what) + 1)
    outcome.parties += len(step.registered)
    outcome.reclassified += step.reclassified
    outcome.accepted += step.accepted
    return step


def _parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for start in range(0, len(rows), PART):
        yield rows[start : start + PART]
