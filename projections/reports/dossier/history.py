"""The history of an engagement in words: every entry, also those that were taken back, in order of recording."""

from collections.abc import Iterator
from itertools import takewhile

from ledger.domain.voiding import voided
from projections.history.changes import EntryChange, StateDifference
from projections.reports.cells import counted, saying
from projections.reports.dossier.data import Case
from projections.reports.model import Cell, Column, Section, Table
from projections.reports.wording import begun


def history(case: Case) -> Section:
    """Return the annex with the full history."""
    gone = voided([change.entry.fact for change in case.history])
    by = {change.voids: change.position for change in case.history if change.entry.version not in gone}
    rows = tuple(
        (Cell(f"{change.position:,}"), Cell(change.entry.effective_on), _what(case, change, by.get(change.position)),
         Cell(change.entry.recorded_at[:16].replace("T", " ")), Cell(change.entry.actor), saying(_why(change)))
        for change in case.history
    )  # fmt: skip
    columns = (
        Column("Position", right=True), Column("Effective"), Column("What changed"),
        Column("Recorded (UTC)"), Column("By"), Column("Why, and from where"),
    )  # fmt: skip
    prose = f"{counted(len(rows), 'entry', 'entries')} of the log, in the order in which they were recorded."
    return Section("history", "Full history", (prose,), (Table("history", "", columns, rows),))


def _what(case: Case, change: EntryChange, taken_back: int | None) -> Cell:
    named = [case.name.add_to_difference(one, case.mentioned, keep_refs=False) for one in change.differences]
    told = _words(named) or "changed nothing that counts"
    event = begun(change.entry.event.tag().replace(".", " ").replace("_", " "))
    if change.voids is not None:
        event = f"Correction: takes back position {change.voids:,}"
    mark = f" [taken back at position {taken_back:,}]" if taken_back else ""
    return Cell(f"{event}{mark}. {begun(told)}")


def _words(differences: list[StateDifference]) -> str:
    """Return differences in words; what all of them are about, like a service order, is said once."""
    labels = zip(*(one.what.split() for one in differences), strict=False)
    about = " ".join(words[0] for words in takewhile(lambda words: len(words) > 1 == len(set(words)), labels))
    told = "; ".join(one._replace(what=one.what.removeprefix(f"{about} ")).words() for one in differences)
    return f"{about}: {told}" if about else told


def _why(change: EntryChange) -> Iterator[str]:
    entry = change.entry
    reason = entry.reason or getattr(entry.event, "reason", None)
    if reason:
        yield reason
    if entry.source:
        yield f"row {entry.source.row} of the file with SHA-256 {entry.source.sha256[:16]}…"
