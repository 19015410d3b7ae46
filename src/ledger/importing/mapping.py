"""A row's cells become values, by the profile; whatever cannot be is a fault with its column, and reading goes on."""

from collections.abc import Callable

from ledger.importing.cells import Cells
from ledger.importing.forms import CLASSES
from ledger.importing.outcome import Fault
from ledger.importing.profile_model import Profile
from ledger.importing.row_errors import ERROR_TEXTS, UNCALCULATED, ErrorCell, RaggedRow, Uncalculated
from ledger.importing.rows import Row
from ledger.importing.style import Style
from ledger.importing.table import Record, Table

Read = Callable[[Cells], Row]


class Mapping:
    """Reads the rows of one table by one profile."""

    def __init__(self, profile: Profile, table: Table, read: Read) -> None:
        """Prepare the styles of the profile; `read` makes a row of a record's cells."""
        self.profile = profile
        self.table = table
        self.style = Style(profile)
        self.assumed = {field: profile.empty[field] for field in CLASSES if field in profile.empty}
        self._read = read
        self.fields = profile.columns.keys() | profile.empty.keys()
        """The fields that the profile gives, by a column or for all rows."""
        self._places = list(table.columns.items())
        nothing = {field: {code for code, ours in codes.items() if not ours} for field, codes in profile.codes.items()}
        self._nothing = [(field, codes) for field, codes in nothing.items() if codes]
        """Fields with the codes that mean nothing."""

    def column(self, field: str) -> str:
        """Return the name of the column that gives a field; empty if none does."""
        return self.profile.columns.get(field, "")

    def cell(self, record: Record, field: str) -> str:
        """Return what a record holds for a field, right or wrong; empty if it has none."""
        place = self.table.columns.get(field)
        return record.cells[place].strip() if place is not None and place < len(record.cells) else ""

    def key(self, record: Record) -> str:
        """Return what tells a record from others, as far as it gives that; empty if it does not."""
        cells = [self.cell(record, field) or self.profile.empty.get(field, "") for field in self.profile.form.key]
        return "; ".join(cells) if all(cells) else ""

    def content(self, record: Record) -> str:
        """Return all cells of a record that the profile reads, as one text."""
        places = sorted(self.table.columns.items())
        return "\x1f".join(f"{field}={record.cells[place].strip()}" for field, place in places)

    def read(self, record: Record) -> tuple[Row | None, list[Fault]]:
        """Return the row that a record is, or what is wrong with it."""
        if len(record.cells) != len(self.table.header):
            error = RaggedRow(len(record.cells), len(self.table.header))
            return None, [Fault.of(error, record.number, record.line)]
        given = record.cells
        texts = {field: text for field, place in self._places if (text := given[place].strip())}
        cells = Cells(self, record, texts)
        if not ERROR_TEXTS.isdisjoint(texts.values()):
            self._check_errors(cells)
        for field, nothing in self._nothing:
            if texts.get(field) in nothing:
                del texts[field]
        row = self._read(cells)
        return (None, cells.faults) if cells.faults else (row, [])

    def _check_errors(self, cells: Cells) -> None:
        for field, text in list(cells.filled.items()):
            if text in ERROR_TEXTS:
                cells.fault(field, text, Uncalculated() if text == UNCALCULATED else ErrorCell(text))
                del cells.filled[field]
