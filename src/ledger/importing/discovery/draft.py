"""The draft of a profile for one list: what was found, what was answered, and what follows from both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ledger.importing.discovery import amounts, dates
from ledger.importing.discovery.columns import Column, columns_of, items
from ledger.importing.discovery.guess_fields import (
    AMOUNTS,
    DATES,
    Guess,
    guess_fields,
    guess_rows,
    head_currency,
    named_unit,
)
from ledger.importing.discovery.layout.grid import Grid, read_grid_of
from ledger.importing.discovery.layout.header import Header, find_header, repeated
from ledger.importing.discovery.layout.totals import Split, split_rows
from ledger.importing.discovery.money import (
    BY_KIND,
    CEILING,
    DIRECTIONS,
    NOTHING,
    PARTNER,
    Leaning,
    leaning,
    paid_among,
)
from ledger.importing.profile.row_schema import ROW_SCHEMAS, RowSchema

ROWS, HIDDEN, UNIT, DAY_FIRST, DECIMAL, CURRENCY, SEPARATOR, SIGNED, EFFECTIVE, OF_YEAR, OF_MONTH = (
    "rows", "hidden", "unit", "day first", "decimal", "currency", "separator", "signed_on", "effective", "of_year",
    "of_month",
)  # fmt: skip
"""Keys of answers. Others are `money:`, `sure:`, `need:`, `role:`, `sign:`, `blank:`, `code:`, and what it is about."""
SKIP, READ, DAY, MONTH, SOURCE, ONE, BLANK, ASIDE = "skip read day month source one blank aside".split()
"""Answers that are no texts of the list."""
COLUMN = "column:"
"""The beginning of an answer that names a column by its number."""


@dataclass
class Draft:
    """A list and the answers about it, by key; answers come from people, guesses stand until they do.

    `given` are columns that people gave to fields, by field; None for a field that no column has.
    """

    path: Path
    grid: Grid
    header: Header
    split: Split
    columns: list[Column]
    answers: dict[str, str] = field(default_factory=dict)
    given: dict[str, Column | None] = field(default_factory=dict)

    @cached_property
    def doubled(self) -> set[str]:
        """The names that several columns have: a profile cannot name such a column."""
        return repeated(self.header.names)

    @property
    def rows(self) -> str:
        """The kind of the rows: as answered, or guessed."""
        return self.answers.get(ROWS) or guess_rows(self.columns)

    @property
    def schema(self) -> RowSchema:
        """The schema of the rows."""
        return ROW_SCHEMAS[self.rows]

    @property
    def readable(self) -> list[Column]:
        """The columns that a profile can name; hidden ones only if they are read."""
        reads_hidden = self.answers.get(HIDDEN, SKIP) == READ
        return [
            column
            for column in self.columns
            if column.name and column.name not in self.doubled and (reads_hidden or not column.is_hidden)
        ]

    def _guess(self) -> Guess:
        return guess_fields(self.rows, self.readable)

    @property
    def money(self) -> list[Column]:
        """The columns with amounts of which people have to say where the money goes."""
        guess = self._guess()
        asked = [column for column in guess.money if column.place not in self._given_places()]
        partner = guess.fields.get(PARTNER)
        if partner is not None and self.paid_kinds and PARTNER not in self.given:
            # A contribution by somebody who is paid is questioned.
            asked.append(partner)
        return asked

    def _given_places(self) -> set[int]:
        return {column.place for column in self.given.values() if column is not None}

    @property
    def fields(self) -> dict[str, Column]:
        """The column of each field: as guessed, corrected and answered."""
        taken = self._given_places()
        fields = {
            name: column
            for name, column in self._guess().fields.items()
            if name not in self.given and column.place not in taken
        }
        for column in self.money:
            fields = {name: holder for name, holder in fields.items() if holder is not column}
            direction = self.answers.get(f"money:{column.place}", self.leaning(column).field)
            if self.answers.get(f"sure:{column.place}") == "no":
                direction = CEILING
            direction = PARTNER if direction == BY_KIND else direction
            if direction in DIRECTIONS and direction != NOTHING and direction not in fields:
                fields[direction] = column
        fields |= {name: column for name, column in self.given.items() if column is not None}
        for name in self.schema.needed:
            answer = self.answers.get(SIGNED if name == "signed_on" else f"need:{name}", "")
            if answer.startswith(COLUMN):
                fields[name] = self.column(int(answer.removeprefix(COLUMN)))
        return fields

    def column(self, place: int) -> Column:
        """Return the column at a place."""
        return next(column for column in self.columns if column.place == place)

    def texts(self, name: str) -> list[str]:
        """Return the different texts of a field's column, the most frequent first."""
        column = self._guess().fields.get(name) if name not in self.given else self.given[name]
        return [text for text, _ in column.values.most_common()] if column else []

    @property
    def kinds(self) -> list[str]:
        """The kinds of agreement in the list, and the roles, as far as columns or answers give them."""
        answered = [self.answers[key] for key in ("need:kind",) if key in self.answers]
        return [*answered, *self.texts("kind"), *self.texts("roles")]

    @property
    def paid_kinds(self) -> list[str]:
        """The kinds and roles of parties that the organisation pays."""
        return paid_among(self.kinds)

    @property
    def is_mixed(self) -> bool:
        """Whether some kinds of agreement are of parties that are paid, and others are not."""
        kinds = set(self.texts("kind"))
        return 0 < len(kinds & set(self.paid_kinds)) < len(kinds)

    @property
    def ceiling_kinds(self) -> list[str]:
        """The kinds of agreement, in the words of the ledger, of which the amounts are ceilings and others are not."""
        by_kind = any(answer == BY_KIND for key, answer in self.answers.items() if key.startswith("money:"))
        paid = [kind for kind in self.texts("kind") if kind in self.paid_kinds] if by_kind else []
        return list(dict.fromkeys(self.answers.get(f"code:kind:{kind}", kind) for kind in paid))

    def leaning(self, column: Column) -> Leaning:
        """Return where the money of a column seems to go."""
        if self.is_mixed:
            return Leaning(BY_KIND)
        return leaning(column.name, self.kinds, [readable.name for readable in self.readable])

    # Dates and amounts.

    def _texts_of(self, names: Iterable[str], *kinds: str) -> list[str]:
        fields = self.fields
        columns = {column.place: column for name in names if (column := fields.get(name))}
        cells = [cell for column in columns.values() for cell in column.cells]
        return [text for cell in cells if cell.kind in kinds for text in items(cell.text)]

    @property
    def date_styles(self) -> dates.DateStyles:
        """The styles of all dates that are read; the answer decides whether days come first."""
        return self.date_styles_of(DATES)

    def date_styles_of(self, names: Iterable[str]) -> dates.DateStyles:
        """Return the styles of the dates of some fields."""
        answer = self.answers.get(DAY_FIRST)
        day_first = None if answer is None else answer == DAY
        return dates.styles_of(self._texts_of(names, "text", "number"), day_first=day_first)

    @property
    def amount_styles(self) -> amounts.AmountStyles:
        """The styles of all amounts that are read, without those that the file holds as numbers."""
        return amounts.styles_of(self._texts_of(AMOUNTS, "text"))

    @property
    def amount_columns(self) -> list[Column]:
        """The columns of the amounts that are read."""
        fields = self.fields
        return [fields[name] for name in AMOUNTS if name in fields]

    @property
    def currency(self) -> str:
        """The currency of amounts that have none: as answered, or as their head names it."""
        named = {head_currency(column) for column in self.amount_columns} - {""}
        return self.answers.get(CURRENCY, named.pop() if len(named) == 1 else "")

    @property
    def unit(self) -> int:
        """The unit of the amounts: as answered, or as the heads or the titles above them name it."""
        return int(self.answers.get(UNIT, self.named_unit))

    @property
    def named_unit(self) -> int:
        """The unit of amounts that their heads name, or else the titles above the head."""
        titles = [cell.text for row in self.grid.rows[: self.header.upper] for cell in row.cells]
        heads = {named_unit(column.name) for column in self.amount_columns}
        return max([*heads] if heads != {1} else map(named_unit, titles), default=1)

    @property
    def lacks_currency(self) -> bool:
        """Whether some amounts have no currency in a column, in their cells or in their head."""
        if not self.amount_columns or "currency" in self.fields or self.currency:
            return False
        cells = [cell for column in self.amount_columns for cell in column.cells]
        shapes = [amounts.shape(cell.text.strip()) for cell in cells if cell.kind == "text"]
        return len(shapes) < len(cells) or any(shape is not None and not shape.money for shape in shapes)


def draft_of(path: Path, *, sheet: str = "", encoding: str = "", delimiter: str = "", row: int = 0) -> Draft:
    """Look at a file, and return the draft of its profile; an empty sheet, encoding or delimiter is guessed.

    `row` is the row of the head, 0 to find it. Raises CannotRead, EmptyFile, NotCsv, NotXlsx, TooLarge, NoSuchSheet.
    """
    grid = read_grid_of(path, sheet=sheet, encoding=encoding, delimiter=delimiter)
    header = find_header(grid, row)
    split = split_rows(grid, header)
    return Draft(path, grid, header, split, columns_of(grid, header, split.records))
