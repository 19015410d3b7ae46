"""The history of an engagement in words: every entry, voided ones included, in order of recording."""

from collections.abc import Iterator
from itertools import takewhile

from ledger.domain.voiding import voided
from projections.history.changes import EntryChange, StateDifference
from projections.reports.cells import counted, list_cell
from projections.reports.dossier.data import Dossier
from projections.reports.model import Cell, Column, Section, Table
from projections.reports.wording import capitalized


def history(dossier: Dossier) -> Section:
    """Return the annex with the full history."""
    gone = voided([change.entry.fact for change in dossier.history])
    by = {change.voids: change.position for change in dossier.history if change.entry.version not in gone}
    rows = tuple(
        (Cell(f"{change.position:,}"), Cell(change.entry.effective_on), _what(dossier, change, by.get(change.position)),
         Cell(change.entry.recorded_at[:16].replace("T", " ")), Cell(change.entry.actor), list_cell(_why(change)))
        for change in dossier.history
    )  # fmt: skip
    columns = (
        Column("Position", right=True), Column("Effective"), Column("What changed"),
        Column("Recorded (UTC)"), Column("By"), Column("Why, and from where"),
    )  # fmt: skip
    prose = f"{counted(len(rows), 'entry', 'entries')} of the log, in the order in which they were recorded."
    return Section("history", "Full history", (prose,), (Table("history", "", columns, rows),))


def _what(dossier: Dossier, change: EntryChange, taken_back: int | None) -> Cell:
    named = [
        dossier.name.add_to_difference(difference, dossier.mentioned, keep_refs=False)
        for difference in change.differences
    ]
    text = _describe(named) or "changed nothing that counts"
    event = capitalized(change.entry.event.tag().replace(".", " ").replace("_", " "))
    if change.voids is not None:
        event = f"Correction: takes back position {change.voids:,}"
    mark = f" [taken back at position {taken_back:,}]" if taken_back else ""
    return Cell(f"{event}{mark}. {capitalized(text)}")


def _describe(differences: list[StateDifference]) -> str:
    """Return differences in words; a subject that all of them share, such as a service order, is written once."""
    labels = zip(*(difference.what.split() for difference in differences), strict=False)
    about = " ".join(words[0] for words in takewhile(lambda words: len(words) > 1 == len(set(words)), labels))
    text = "; ".join(
        difference._replace(what=difference.what.removeprefix(f"{about} ")).describe() for difference in differences
    )
    return f"{about}: {text}" if about else text


def _why(change: EntryChange) -> Iterator[str]:
    entry = change.entry
    reason = entry.reason or getattr(entry.event, "reason", None)
    if reason:
        yield reason
    if entry.source:
        yield f"row {entry.source.row} of the file with SHA-256 {entry.source.sha256[:16]}…"
