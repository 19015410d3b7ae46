"""What an import reports: counts, what changed from what to what, what a person should look at, and what is wrong."""

from dataclasses import dataclass, field

import msgspec

from ledger.domain.errors import LedgerError

ROW_OUTCOMES = {
    "agreements": ("signed", "amended", "corrected", "unchanged"),
    "parties": ("registered", "amended", "corrected", "unchanged"),
    "orders": ("issued", "amended", "corrected", "unchanged"),
    "payments": ("paid", "corrected", "unchanged"),
}
"""What can become of a row, by its kind."""
COUNTS = (
    *dict.fromkeys(what for whats in ROW_OUTCOMES.values() for what in whats),
    "parties",
    "reclassified",
    "accepted",
)
"""All that is counted."""


class Tally(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What is counted of one row: what became of it, and of how many parties and acceptances it told."""

    outcome: str
    parties: int = 0
    reclassified: int = 0
    accepted: int = 0


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a row. `row` 1 is the first below the header; no `column` is the whole row."""

    row: int
    line: int
    column: str
    value: str
    code: str
    reason: str
    hint: str

    @classmethod
    def of(cls, error: LedgerError, row: int, line: int, column: str = "", value: str = "") -> "Fault":
        """Return what `error` says of a cell."""
        return cls(
            row=row, line=line, column=column, value=value, code=error.code, reason=error.sentence, hint=error.hint
        )


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """One field that a row changes: `was` and `becomes` in words, empty for nothing; `subject` is a reference."""

    row: int
    subject: str
    field: str
    was: str
    becomes: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was not refused, and that a person should look at. `row` 0 is the whole file."""

    row: int
    subject: str
    text: str


@dataclass(slots=True)
class ImportResult:
    """The result of an import of rows of one `kind`.

    Counts are of rows, except `parties` and `reclassified`, which are of third parties, and `accepted`, which is of
    acceptances that came with payments.
    """

    profile: str
    kind: str
    sha256: str
    rows: int = 0
    signed: int = 0
    registered: int = 0
    issued: int = 0
    paid: int = 0
    amended: int = 0
    corrected: int = 0
    unchanged: int = 0
    parties: int = 0
    reclassified: int = 0
    accepted: int = 0
    entries: int = 0
    faults: list[Fault] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    positions: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0
    root: bytes = b""
    rejects: str | None = None

    @property
    def done(self) -> dict[str, int]:
        """What became of its rows, in the words of their kind."""
        return {what: getattr(self, what) for what in ROW_OUTCOMES[self.kind]}

    @property
    def places(self) -> str:
        """Where entries were recorded, in words: `2-704`, `5, 9-12`, or `none`."""
        told = (str(first) if first == last else f"{first}-{last}" for first, last in self.positions)
        return ", ".join(told) or "none"

    @property
    def faulty(self) -> set[int]:
        """The numbers of the rows that are refused."""
        return {fault.row for fault in self.faults}

    def add(self, tally: Tally, entries: int, first: int = 0) -> None:
        """Count a row, and the entries that it makes; they stand from position `first` on, if they are recorded."""
        setattr(self, tally.outcome, getattr(self, tally.outcome) + 1)
        self.parties += tally.parties
        self.reclassified += tally.reclassified
        self.accepted += tally.accepted
        self.add_entries(first, entries)

    def add_entries(self, first: int, count: int) -> None:
        """Count entries. Where they are recorded, from `first` on, what follows on joins the range before it."""
        self.entries += count
        if not (first and count):
            return
        if self.positions and self.positions[-1][1] == first - 1:
            self.positions[-1] = (self.positions[-1][0], first + count - 1)
        else:
            self.positions.append((first, first + count - 1))
