"""Import a file: rehearse every row, then record the decisions."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from ledger.application.ledger import Ledger
from ledger.domain.code_lists import check_codes
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import DecisionContext
from ledger.domain.organisation.actors import PATTERN_SETTING, check_actor
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
from ledger.importing.result import ImportResult, Notice
from ledger.importing.row_errors import At
from ledger.importing.source.rows import RegisterRow

LISTS = ("list.kinds", "list.roles", "list.regions", "list.priorities", "list.party-types", "list.memberships")
"""Settings with the code lists that are checked before any row is planned."""
Tick = Callable[[int, int], None]
"""Called after each row with the number of completed steps and the number of all steps."""
Settled = Callable[[int], None]
"""Called after each part that was recorded, with the number of rows recorded so far."""


def run_import(
    ledger: Ledger,
    profile: Profile,
    path: Path,
    options: Options,
    *,
    keep_going: bool = False,
    dry_run: bool = False,
    tick: Tick | None = None,
    settled: Settled | None = None,
) -> ImportResult:
    """Import a file and return the result. If any row has a fault, nothing is recorded unless `keep_going`.

    Raises NoSourceDate, BadActor, CannotRead, RejectsInTheWay, CannotWriteRejects, ChangedMeanwhile, the errors of
    ledger.importing.source.table.read_table, and those of the store.
    """
    if profile.dates.signed_on == "source" and options.effective_on is None:
        raise NoSourceDate(profile.name)
    check_actor(options.actor, ledger.fold("ledger")[0].get(PATTERN_SETTING))
    with closing(read_path(path, profile)) as reading:
        run = _Run(ledger, ImportJob(profile, reading, options), tick, settled)
        return run.run(path, keep_going=keep_going, dry_run=dry_run)


class _CodeLists:
    """The code lists in force, as far as they restrict values of rows."""

    def __init__(self, context: DecisionContext) -> None:
        """Find out whether there is `any` list; without one, every value is accepted."""
        self._world = context
        self.any = any(context.setting(name) for name in LISTS)

    def check(self, row: RegisterRow) -> None:
        """Raise At for the first cell with a value that is not in its code list."""
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
    def __init__(self, ledger: Ledger, job: ImportJob, tick: Tick | None, settled: Settled | None) -> None:
        self.ledger, self.job = ledger, job
        self.profile, self.reading = job.profile, job.reading
        self._tick, self._settled = tick, settled
        self._done = 0

    def run(self, path: Path, *, keep_going: bool, dry_run: bool) -> ImportResult:
        result = self.check()
        if dry_run or (result.faults and not keep_going):
            return result
        if result.faults:
            target = rejects_path(path)
            write_rejects(target, reject_bytes(self.reading, self.profile, result.faults))
            result.rejects = str(target)
        Recorder(self.ledger, self.job, self._advance, self._settled).record(result)
        return result

    def check(self) -> ImportResult:
        """Rehearse all rows, keep the decisions in the spool, and return the expected result."""
        result = ImportResult(
            self.profile.name, self.profile.kind, self.reading.sha256, rows=self.reading.spool.records
        )
        result.left_out = self.reading.table.row_filter.left_out.total()
        result.notices.extend(Notice(row=0, subject="the file", text=text) for text in self.reading.table.notes())
        result.faults.extend(self.reading.faults)
        with rehearsing(self.ledger) as unit:
            result.vanished = list(vanished(unit, self.profile, self.reading))
            self._check_codes(_CodeLists(unit), result)
            self._rehearse(unit, result)
            head = self.ledger.store.head()
            result.size, result.root = head.size, head.root
        result.faults.sort(key=lambda fault: fault.row)
        return result

    def _check_codes(self, lists: _CodeLists, result: ImportResult) -> None:
        if not lists.any:
            return
        for row in self.reading.rows:
            try:
                lists.check(row)
            except At as error:
                result.faults.append(self.job.fault(error, row))

    def _rehearse(self, unit: Rehearsal, result: ImportResult) -> None:
        refused = result.faulty
        planner = self.job.planner(unit, self._rows(refused))
        known_names: SimilarNames | None = None
        for row in self._rows(refused):
            try:
                plan, _ = apply_row(planner, row)
            except (At, LedgerError) as error:
                unit.undo()
                result.faults.append(self.job.fault(error, row))
                continue
            finally:
                if planner.one_row_per_engagement:
                    unit.forget(f"engagement/{row.reference}")
                self._advance()
            if plan.registered:
                known_names = known_names or SimilarNames(self.ledger.store.names())
                result.notices.extend(similar_name_notices(known_names, planner.parties, row, plan.registered))
            result.changes.extend(plan.changes)
            result.notices.extend(plan.notices)
            decided = DecidedRow(row.number, plan.tally, unit.take_decided())
            result.add(decided.tally, decided.entry_count)
            if plan.requests:
                self.reading.spool.add_decision(decided)
        result.notices.extend(planner.parties.notices)

    def _rows(self, refused: set[int]) -> Iterator[RegisterRow]:
        return (row for row in self.reading.rows if row.number not in refused)

    def _advance(self) -> None:
        self._done += 1
        if self._tick is not None:
            self._tick(self._done, 2 * self.reading.spool.rows)
