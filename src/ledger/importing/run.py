"""The import of a file: every row is rehearsed first, then what was decided is recorded."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from ledger.application.ledger import Ledger
from ledger.domain.code_lists import check_codes
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import DecisionContext
from ledger.domain.party.party import NO_MEMBERSHIP
from ledger.importing.apply_row import ImportJob, apply_row
from ledger.importing.decision import DecidedRow
from ledger.importing.errors import NoSourceDate
from ledger.importing.notices import SimilarNames, similar_name_notices, vanished
from ledger.importing.profile.model import Profile
from ledger.importing.read import read_path
from ledger.importing.record import Recorder
from ledger.importing.rehearsal import Rehearsal, rehearsing
from ledger.importing.rejects import reject_bytes, rejects_path, write_rejects
from ledger.importing.requests import Options
from ledger.importing.result import ImportResult
from ledger.importing.row_errors import At
from ledger.importing.source.rows import RegisterRow

LISTS = ("list.kinds", "list.roles", "list.regions", "list.priorities", "list.party-types", "list.memberships")
"""Settings with the code lists that are checked against rows before anything is made of them."""
Tick = Callable[[int, int], None]
"""Told after each row: how many steps are done, of how many."""


def run_import(
    ledger: Ledger,
    profile: Profile,
    path: Path,
    options: Options,
    *,
    keep_going: bool = False,
    dry_run: bool = False,
    tick: Tick | None = None,
) -> ImportResult:
    """Take a file in, and return what came of it; with faults and without `keep_going` nothing is recorded.

    Raises NoSourceDate, CannotRead, RejectsInTheWay, CannotWriteRejects, ChangedMeanwhile, what
    ledger.importing.source.table.read_table raises, and what the store raises.
    """
    if profile.dates.signed_on == "source" and options.effective_on is None:
        raise NoSourceDate(profile.name)
    with closing(read_path(path, profile)) as reading:
        run = _Run(ledger, ImportJob(profile, reading, options), tick)
        return run.run(path, keep_going=keep_going, dry_run=dry_run)


class _CodeLists:
    """The lists that a ledger has in force for what rows give."""

    def __init__(self, context: DecisionContext) -> None:
        """Look which lists there are; where there is not `any`, all is accepted."""
        self._world = context
        self.any = any(context.setting(name) for name in LISTS)

    def check(self, row: RegisterRow) -> None:
        """Raise At for the first cell whose value a list in force does not hold."""
        if not self.any:
            return
        for setting, field, value in row.coded_values():
            if (setting, value) == ("list.memberships", NO_MEMBERSHIP):
                continue
            try:
                check_codes(self._world, setting, [value])
            except LedgerError as error:
                raise At(error, field, value) from error


class _Run:
    def __init__(self, ledger: Ledger, taking: ImportJob, tick: Tick | None) -> None:
        self.ledger, self.taking = ledger, taking
        self.profile, self.reading = taking.profile, taking.reading
        self._tick = tick
        self._done = 0

    def run(self, path: Path, *, keep_going: bool, dry_run: bool) -> ImportResult:
        outcome = self.check()
        if dry_run or (outcome.faults and not keep_going):
            return outcome
        if outcome.faults:
            target = rejects_path(path)
            write_rejects(target, reject_bytes(self.reading, self.profile, outcome.faults))
            outcome.rejects = str(target)
        Recorder(self.ledger, self.taking, self._advance).record(outcome)
        return outcome

    def check(self) -> ImportResult:
        """Rehearse all rows; return what would come of it, and keep what is decided."""
        outcome = ImportResult(
            self.profile.name, self.profile.kind, self.reading.sha256, rows=self.reading.spool.records
        )
        outcome.faults.extend(self.reading.faults)
        with rehearsing(self.ledger) as unit:
            outcome.vanished = list(vanished(unit, self.profile, self.reading))
            self._check_codes(_CodeLists(unit), outcome)
            self._rehearse(unit, outcome)
            head = self.ledger.store.head()
            outcome.size, outcome.root = head.size, head.root
        outcome.faults.sort(key=lambda fault: fault.row)
        return outcome

    def _check_codes(self, lists: _CodeLists, outcome: ImportResult) -> None:
        if not lists.any:
            return
        for row in self.reading.rows:
            try:
                lists.check(row)
            except At as error:
                outcome.faults.append(self.taking.fault(error, row))

    def _rehearse(self, unit: Rehearsal, outcome: ImportResult) -> None:
        refused = outcome.faulty
        planner = self.taking.planner(unit, self._rows(refused))
        near: SimilarNames | None = None
        for row in self._rows(refused):
            try:
                step, _ = apply_row(planner, row)
            except (At, LedgerError) as error:
                unit.undo()
                outcome.faults.append(self.taking.fault(error, row))
                continue
            finally:
                if planner.one_row_per_engagement:
                    unit.forget(f"engagement/{row.reference}")
                self._advance()
            if step.registered:
                near = near or SimilarNames(self.ledger.store.names())
                outcome.notices.extend(similar_name_notices(near, planner.parties, row, step.registered))
            outcome.changes.extend(step.changes)
            outcome.notices.extend(step.notices)
            decided = DecidedRow(row.number, step.tally, unit.take_decided())
            outcome.add(decided.tally, decided.entry_count)
            if step.requests:
                self.reading.spool.add_decision(decided)
        outcome.notices.extend(planner.parties.notices)

    def _rows(self, refused: set[int]) -> Iterator[RegisterRow]:
        return (row for row in self.reading.rows if row.number not in refused)

    def _advance(self) -> None:
        self._done += 1
        if self._tick is not None:
            self._tick(self._done, 2 * self.reading.spool.rows)
