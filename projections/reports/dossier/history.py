"""The history of an engagement in words: every entry, voided ones included, in order of recording."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import takewhile

from ledger.domain.voiding import voided
from projections.history.changes import EntryChange, StateDifference
from projections.reports.cells import counted, list_cell
from projections.reports.dossier.data import Dossier
from projections.reports.dossier.words import in_state
from projections.reports.model import Cell, Column, Section, Table
from projections.reports.phrases import Number, Phrase, capitalized, joined

OF_ORDER = ("subject", "vendor", "amount", "starts on", "ends on", "ex post facto", "accepted", "paid", "closed",
            "cancelled")  # fmt: skip
"""What the description of an engagement says of a service order."""


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
    text = f"{counted(len(rows), 'entry', 'entries')} of the log, in the order in which they were recorded."
    prose = Phrase(text, "history-entries")
    return Section("history", "Full history", (prose,), (Table("history", "", columns, rows),))


def _what(dossier: Dossier, change: EntryChange, taken_back: int | None) -> Cell:
    named = [
        dossier.name.add_to_difference(difference, dossier.mentioned, keep_refs=False)
        for difference in change.differences
    ]
    tag = change.entry.event.tag()
    event = Phrase(tag.replace(".", " ").replace("_", " ").capitalize(), f"event-{re.sub('[._]', '-', tag)}")
    if change.voids is not None:
        event = Phrase(
            f"Correction: takes back position {change.voids:,}",
            "takes-back",
            position=Number(Decimal(change.voids), "count"),
        )
    mark = ""
    if taken_back:
        mark = Phrase(
            f" [taken back at position {taken_back:,}]", "taken-back", position=Number(Decimal(taken_back), "count")
        )
    text = capitalized(_describe(named) or Phrase("changed nothing that counts", "changed-nothing"))
    return Cell(joined((event, mark, ". ", text), ""))


def _describe(differences: list[StateDifference]) -> str:
    """Return differences in words; a subject that all of them share, such as a service order, is written once."""
    labels = zip(*(difference.what.split() for difference in differences), strict=False)
    about = " ".join(words[0] for words in takewhile(lambda words: len(words) > 1 == len(set(words)), labels))
    text = joined(
        _difference(difference._replace(what=difference.what.removeprefix(f"{about} "))) for difference in differences
    )
    return joined((_label(about), text), ": ") if about else text


def _difference(difference: StateDifference) -> str:
    text = difference.describe()
    what, before, after = (_label(difference.what), *map(_value(difference.what), difference[1:3]))
    if not difference.before:
        return Phrase(text, "changed-to", what=what, after=after)
    if not difference.after:
        return Phrase(text, "changed-no-longer", what=what, before=before)
    return Phrase(text, "changed-from-to", what=what, before=before, after=after)


def _value(label: str) -> Callable[[str], str]:
    return in_state if label == "status" else str


LABELS = (
    (re.compile("(?P<measure>committed|received|refunded) by (?P<by>.+) in (?P<currency>[A-Z]{3})"), "label-money"),
    (re.compile("in kind (?P<item>.+) by (?P<by>.+)"), "label-in-kind"),
    (re.compile(f"service order (?P<number>.+?)(?: (?P<what>{'|'.join(OF_ORDER)}))?"), "label-order"),
    (re.compile("outcome (?P<key>.+) planned"), "label-outcome-planned"),
    (re.compile("approval by (?P<by>.+)"), "label-approval-by"),
    (re.compile("waiver of (?P<rule>.+?) in (?P<place>.+)"), "label-waiver-in"),
    (re.compile("waiver of (?P<rule>.+)"), "label-waiver-of"),
    (re.compile("(?P<section>outcome|conflict of interest|review|action|request|document) (?P<key>.+)"),
     "label-part"),
)  # fmt: skip
"""How the description of an engagement labels what it says of parts, with the message for it."""


def _label(label: str) -> str:
    """Return a label of the description of an engagement."""
    for pattern, message in LABELS:
        if match := pattern.fullmatch(label):
            given: dict[str, str] = {name: text for name, text in match.groupdict().items() if text}
            for name in {"measure", "what", "section"} & given.keys():
                given[name] = Phrase(given[name], f"label-{given[name].replace(' ', '-')}")
            is_alone = message == "label-order" and "what" not in given
            return Phrase(label, "label-order-alone" if is_alone else message, **given)
    return Phrase(label, f"label-{label.replace(' ', '-')}")


def _why(change: EntryChange) -> Iterator[str]:
    entry = change.entry
    reason = entry.reason or getattr(entry.event, "reason", None)
    if reason:
        yield reason
    if entry.source:
        row, digest = f"{entry.source.row}", f"{entry.source.sha256[:16]}…"
        yield Phrase(f"row {row} of the file with SHA-256 {digest}", "row-of-file", row=row, digest=digest)
