"""The result of an import: counts, changed fields, notices for a person, and faults."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import msgspec

from ledger.domain.errors import LedgerError
from ledger.importing.errors import TooManyFaults

ROW_OUTCOMES = {
    "agreements": ("signed", "amended", "corrected", "unchanged"),
    "parties": ("registered", "amended", "corrected", "unchanged"),
    "orders": ("issued", "amended", "corrected", "unchanged"),
    "payments": ("paid", "refunded", "corrected", "unchanged"),
    "receipts": ("received", "refunded", "corrected", "unchanged"),
}
"""The possible outcomes of a row, by its kind."""
COUNTS = (
    *dict.fromkeys(outcome for outcomes in ROW_OUTCOMES.values() for outcome in outcomes),
    "parties",
    "reclassified",
    "accepted",
)
"""The names of all counts."""
MAX_FAULTS = 100_000
"""How many faults of a file are reported; with more, it is refused as a whole."""


class Tally(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The counts of one row: its outcome, and how many parties and acceptances it recorded."""

    outcome: str
    parties: int = 0
    reclassified: int = 0
    accepted: int = 0


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """A fault of a row. `row` 1 is the first below the header; an empty `column` means the whole row."""

    row: int
    line: int
    column: str
    value: str
    code: str
    reason: str
    hint: str

    @classmethod
    def of(cls, error: LedgerError, row: int, line: int, column: str = "", value: str = "") -> "Fault":
        """Return the fault that `error` describes."""
        return cls(
            row=row, line=line, column=column, value=value, code=error.code, reason=error.sentence, hint=error.hint
        )


class FaultList(list[Fault]):
    """The faults of a file, at most MAX_FAULTS: each takes half a kilobyte."""

    def append(self, fault: Fault) -> None:
        """Add a fault. Raises TooManyFaults."""
        if len(self) >= MAX_FAULTS:
            raise TooManyFaults(MAX_FAULTS, fault.row)
        super().append(fault)

    def extend(self, faults: Iterable[Fault]) -> None:
        """Add faults. Raises TooManyFaults."""
        for fault in faults:
            self.append(fault)


class FieldChange(msgspec.Struct, frozen=True, kw_only=True):
    """A field that a row changes. `was` and `becomes` are texts, empty for no value; `subject` is a reference."""

    row: int
    subject: str
    field: str
    was: str
    becomes: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """A hint for a person about a row that was not refused. `row` 0 means the whole file."""

    row: int
    subject: str
    text: str


@dataclass(slots=True)
class ImportResult:
    """The result of an import of rows of one `kind`.

    `left_out` counts the rows that the profile does not import, which are not among `rows`. Counts are of rows, except
    `parties` and `reclassified`, which count third parties, and `accepted`, which counts acceptances recorded with
    payments.
    """

    profile: str
    kind: str
    sha256: str
    rows: int = 0
    left_out: int = 0
    signed: int = 0
    registered: int = 0
    issued: int = 0
    paid: int = 0
    received: int = 0
    refunded: int = 0
    amended: int = 0
    corrected: int = 0
    unchanged: int = 0
    parties: int = 0
    reclassified: int = 0
    accepted: int = 0
    entries: int = 0
    faults: FaultList = field(default_factory=FaultList)
    changes: list[FieldChange] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    positions: list[tuple[int, int]] = field(default_factory=list)
    size: int = 0
    root: bytes = b""
    rejects: str | None = None

    @property
    def done(self) -> dict[str, int]:
        """The number of rows by outcome."""
        return {outcome: getattr(self, outcome) for outcome in ROW_OUTCOMES[self.kind]}

    @property
    def places(self) -> str:
        """The positions of the recorded entries as text: `2-704`, `5, 9-12`, or `none`."""
        ranges = (str(first) if first == last else f"{first}-{last}" for first, last in self.positions)
        return ", ".join(ranges) or "none"

    @property
    def faulty(self) -> set[int]:
        """The numbers of the refused rows."""
        return {fault.row for fault in self.faults}

    def add(self, tally: Tally, entries: int, first: int = 0) -> None:
        """Count a row and its entries. `first` is the position of the first recorded entry; 0 if none is recorded."""
        setattr(self, tally.outcome, getattr(self, tally.outcome) + 1)
        self.parties += tally.parties
        self.reclassified += tally.reclassified
        self.accepted += tally.accepted
        self.add_entries(first, entries)

    def add_entries(self, first: int, count: int) -> None:
        """Count entries, recorded at `first` and following positions. Adjacent ranges of positions are joined."""
        self.entries += count
        if not (first and count):
            return
        if self.positions and self.positions[-1][1] == first - 1:
            self.positions[-1] = (self.positions[-1][0], first + count - 1)
        else:
            self.positions.append((first, first + count - 1))
