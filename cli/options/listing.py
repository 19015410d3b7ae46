"""`--where`, `--sort`, `--columns`, `--limit`, `--output`: the options of lists, and what they make of rows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cli.filters.columns import Kind, ListColumn, column_named, standing
from cli.filters.errors import UnknownColumn, near_words
from cli.messages import print_message
from cli.output.files import put_pieces
from cli.output.presentation import with_options
from cli.output.spreadsheets import FILES, csv_text, file_of, json_pieces
from cli.output.tables import Column, readable, show_rows
from cli.terminal import say, say_pieces
from ledger.domain.errors import USAGE, LedgerError, did_you_mean, listed

if TYPE_CHECKING:
    from cli.filters.expression import Condition, Filter, Resolver
    from cli.output.tables import Stamp

Row = dict[str, Any]
MOST_COMPARED = 10_000
"""How many texts are compared at once with one that no row has."""


class UnknownFileForm(LedgerError):
    """The name of a file to write does not end in that of a form there is."""

    code = "unknown-file-form"
    exit = USAGE

    def __init__(self, name: str, forms: Iterable[str]) -> None:
        """Refuse the file `name`; files end in `forms`."""
        near = did_you_mean(near_words(PurePath(name).suffix, forms))
        super().__init__(f"'{name}' does not end in {listed(forms)}.", f"{near} The end says what is written.".strip())


class Asked(NamedTuple):
    """What a person asked of a list."""

    where: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    limit: int | None = None
    output: str | None = None

    @property
    def in_words(self) -> str:
        """What was asked, for the line below a table."""
        parts = [*self.where]
        parts += [f"sorted by {', '.join(self.sort)}"] if self.sort else []
        return "; ".join([*parts, *([f"at most {self.limit} rows"] if self.limit else [])])

    def check_output(self, form: str | None) -> None:
        """Raise UnknownFileForm, or a usage error if the file has another form than `--format` says."""
        if self.output is None:
            return
        suffix = PurePath(self.output).suffix.lower()
        if suffix not in FILES:
            raise UnknownFileForm(self.output, FILES)
        if form not in (None, "table", suffix[1:]):
            raise click.UsageError(
                f"--format {form} does not fit --output {self.output}: the file's name says its form."
            )


class Selection:
    """The parsed options of one list: which rows and columns it shows, in which order."""

    def __init__(self, asked: Asked, columns: Sequence[ListColumn], today: str, resolver: "Resolver") -> None:
        """Parse the options; relative days count from `today`. Raises UnknownColumn, and what filters raise."""
        self.asked = asked
        self.columns = columns
        self.filters: list[Filter] = []
        if asked.where:
            from cli.filters.expression import parse

            self.filters = [parse(text, columns, today, resolver) for text in asked.where]
        named = [name.strip() for text in asked.sort for name in text.split(",")]
        self.sort = [(_named(name.removeprefix("-"), columns), name.startswith("-")) for name in named]
        chosen = [name.strip() for text in asked.columns for name in text.split(",")]
        everything = [column for name in chosen if name == "all" for column in columns]
        self.named = everything or [_named(name, columns) for name in chosen]
        """The columns that the person named."""
        self.chosen = self.named

    def needs(self, key: str) -> bool:
        """Return whether a filter, an order or the choice of columns names a column."""
        return any(column.key == key for column in (*self.compared, *self.chosen))

    @property
    def compared(self) -> list[ListColumn]:
        """The columns that a filter or an order names."""
        return [condition.column for condition in self._conditions()] + [column for column, _ in self.sort]

    def _conditions(self) -> "Iterator[Condition]":
        return (each for alternatives in self.filters for conditions in alternatives for each in conditions)

    @property
    def shown(self) -> list[ListColumn]:
        """The columns that were chosen, or else those that rows always have."""
        return self.chosen or list(standing(self.columns))

    def note(self, rows: Sequence[Row]) -> str:
        """Return what stands below a table of some rows: how many they are and what they add up to."""
        return summary(rows, self.shown) if self.filters and rows else ""

    def of(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows that the filters let through, in order, at most as many as asked for."""
        found = list(rows)
        if self.filters:
            from cli.filters.evaluate import matches

            every, found = found, [row for row in found if matches(self.filters, row)]
            if not found and every:
                self.explain(lambda: every)
        if self.sort:
            from cli.filters.evaluate import ordered

            found = ordered(found, self.sort)
        return found[: self.asked.limit] if self.asked.limit else found

    def explain(self, rows: Callable[[], Iterable[Row]]) -> None:
        """Print a note for each exact text of the filters that none of the rows has; `rows` yields them each time."""
        # A text that no row has may be a slip, which "no results" alone would hide.
        for condition in self._conditions():
            column, value = condition.column, condition.value
            is_exact = condition.operator == "=" and isinstance(value, str) and column.kind in (Kind.TEXT, Kind.TEXTS)
            if is_exact and (near := _near_texts(condition, rows())) is not None:
                hint = did_you_mean(near) or f"'{column.key}~{value}' finds parts of texts."
                print_message("note", f"no row has {column.key} '{value}'. {hint}")


def _near_texts(condition: "Condition", rows: Iterable[Row]) -> list[str] | None:
    """Return the texts most like that of a condition which no row meets; None if one does."""
    from cli.filters.evaluate import matches, texts

    known: set[str] = set()
    for row in rows:
        if matches([((condition._replace(is_negated=False),),)], row):
            return None
        known.update(texts(condition.column, row))
        if len(known) >= MOST_COMPARED:
            known = set(near_words(str(condition.value), known))
    return near_words(str(condition.value), known)


def summary(rows: Sequence[Row], columns: Iterable[ListColumn]) -> str:
    """Return the number of rows, and the sum of each column of amounts by currency, as one line."""
    from cli.filters.evaluate import values
    from ledger.domain.money import from_minor

    parts = [f"{len(rows)} {'row' if len(rows) == 1 else 'rows'}"]
    for column in (column for column in columns if column.kind.is_amount):
        sums: dict[str, int] = {}
        for row in rows:
            # A reversal is listed with the amount that came back.
            sign = -1 if row.get("status") == "reversed" else 1
            for minor, currency in values(column, row):
                sums[currency] = sums.get(currency, 0) + sign * minor
        amounts = "; ".join(str(from_minor(currency, minor)) for currency, minor in sorted(sums.items()) if minor)
        parts += [f"{column.name} {amounts}"] if amounts else []
    return ", ".join(parts)


def _named(name: str, columns: Sequence[ListColumn]) -> ListColumn:
    column = column_named(name, columns)
    if column is None:
        raise UnknownColumn(name, columns)
    return column


def list_options(
    columns: Sequence[ListColumn], limit: str = "At most NUMBER rows."
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the decorator that adds the options of lists to a command, for a list with these columns.

    `limit` is the help of `--limit`; an empty text leaves that option out.
    """

    def offered(_: click.Context, parameter: click.Parameter, text: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        is_filter = parameter.name == "where"
        before, comma, word = ("", "", text) if is_filter else text.rpartition(",")
        keys = [f"{column.key}{'=' * is_filter}" for column in columns]
        if is_filter and "=" in text:
            keys = [f"{column.key}={value}" for column in columns for value in column.values]
        found = (f"{before}{comma}{key}" for key in keys if key.startswith(word))
        return [CompletionItem(value, open=value.endswith("=")) for value in found]

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        return with_options(
            function,
            click.Option(
                ["--where"], multiple=True, metavar="FILTER", shell_complete=offered,
                help="Only these rows: 'ordered>100000 USD', 'ends<=+90d', 'party=EY', 'title~school' "
                "(docs/finding.md); all of several.",
            ),
            click.Option(
                ["--sort"], multiple=True, metavar="COLUMN", shell_complete=offered,
                help="In the order of this column, of -COLUMN from the highest; may be repeated.",
            ),
            click.Option(
                ["--columns"], multiple=True, metavar="COLUMNS", shell_complete=offered,
                help="Only these columns, separated by commas; 'all' for all.",
            ),
            *([click.Option(["--limit"], type=click.IntRange(min=1), metavar="NUMBER", help=limit)] if limit else []),
            click.Option(
                ["--output", "-o"], metavar="FILE", help="Write a file instead: FILE.csv, FILE.xlsx or FILE.json."
            ),
        )  # fmt: skip

    return decorate


def show_list(
    rows: list[Row], selection: Selection, form: str, stamp: "Stamp", screen: "Callable[[list[Row]], None]"
) -> None:
    """Write rows to the file that was asked for, or print them: JSON and CSV here, tables by `screen`."""
    if selection.asked.output is not None:
        write_list(rows, selection.asked.output, selection, stamp)
    elif form == "json":
        say_pieces(json_pieces(rows, selection.shown, stamp.plain()))
    elif form == "csv":
        say(csv_text(rows, selection.shown), nl=False)
        say(stamp.words(), err=True)
    elif selection.chosen:
        shown = [readable(row, selection.chosen) for row in rows]
        show_rows(shown, _screen_columns(selection.chosen), form, stamp, note=selection.note(rows))
    else:
        screen(rows)


def write_list(rows: Iterable[Row], output: str, selection: Selection, stamp: "Stamp") -> None:
    """Write rows to the file that was asked for; CSV and JSON as they come. Raises CannotWrite."""
    put_pieces(output, file_of(PurePath(output).suffix.lower(), rows, selection.shown, stamp.plain()))


def _screen_columns(columns: Iterable[ListColumn]) -> list[Column]:
    return [Column(column.key, right=column.kind.is_ordered and column.kind is not Kind.DAY) for column in columns]
