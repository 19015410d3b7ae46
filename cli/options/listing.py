"""`--where`, `--sort`, `--columns`, `--limit`, `--output`: the options of lists, and what they make of rows."""

import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cli.filters.columns import Kind, ListColumn, column_named, standing
from cli.filters.errors import UnknownColumn, near_words
from cli.messages import print_message
from cli.output.presentation import with_options
from cli.output.spreadsheets import FILES, csv_pieces, file_of, json_pieces
from cli.output.tables import Column, readable, show_rows
from cli.terminal import is_terminal, say, say_pieces
from ledger.domain.errors import USAGE, LedgerError, did_you_mean, listed

if TYPE_CHECKING:
    from cli.filters.expression import Condition, Filter, Resolver
    from cli.output.tables import Stamp

Row = dict[str, Any]
MOST_SHOWN = 500
"""How many rows a terminal shows if no number is asked for."""
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


class NoSuchRow(LedgerError):
    """No row of a list has the key after which rows are asked for."""

    code = "no-such-row"
    exit = USAGE

    def __init__(self, key: str, columns: Sequence[str]) -> None:
        """Refuse `key`; the `columns` of a row are its key."""
        between = ", with blanks between" if len(columns) > 1 else ""
        super().__init__(
            f"No row of the list has the key '{key}'.", f"Give the {listed(columns, 'and')} of a row{between}."
        )


class Asked(NamedTuple):
    """What a person asked of a list."""

    where: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    limit: int | None = None
    output: str | None = None
    after: str | None = None

    @property
    def narrows(self) -> bool:
        """Whether some of the rows are asked for, or another order."""
        return bool(self.where or self.sort or self.limit or self.after)

    @property
    def in_words(self) -> str:
        """What was asked, for the line below a table."""
        parts = [*self.where]
        parts += [f"sorted by {', '.join(self.sort)}"] if self.sort else []
        parts += [f"after {self.after}"] if self.after is not None else []
        counted = "1 row" if self.limit == 1 else f"{self.limit} rows"
        return "; ".join([*parts, *([f"at most {counted}"] if self.limit else [])])

    def check_output(self, form: str | None) -> None:
        """Raise UnknownFileForm, or a usage error if the file has another form than `--format` says."""
        if self.after is not None and self.sort:
            raise click.UsageError("--after is for lists in their own order, without --sort.")
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

    def __init__(
        self, asked: Asked, columns: Sequence[ListColumn], today: str, resolver: "Resolver", keys: Sequence[str] = ()
    ) -> None:
        """Parse the options; relative days count from `today`. Raises UnknownColumn, and what filters raise.

        `keys` are the columns that name a row, for lists with `--after`.
        """
        self.asked = asked
        self.keys = keys
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
        return [*self.filtered, *(column for column, _ in self.sort)]

    @property
    def filtered(self) -> list[ListColumn]:
        """The columns that a filter names."""
        return [condition.column for condition in self._conditions()]

    def _conditions(self) -> "Iterator[Condition]":
        return (each for alternatives in self.filters for conditions in alternatives for each in conditions)

    @property
    def shown(self) -> list[ListColumn]:
        """The columns that were chosen, or else those that rows always have."""
        return self.chosen or list(standing(self.columns))

    def note(self, rows: Sequence[Row]) -> str:
        """Return what stands below a table of some rows: how many they are and what they add up to."""
        return summary(rows, self.shown) if self.filters and rows else ""

    def of(self, read: Callable[[], Iterable[Row]]) -> Iterator[Row]:
        """Yield the rows that the filters let through, in order, at most as many as asked for, as they are read."""
        rows = iter(read())
        if self.asked.after is not None:
            rows = following(rows, self.asked.after, self.keys)
        if self.filters:
            rows = self._passing(rows, read)
        if self.sort:
            from cli.filters.evaluate import ordered

            rows = iter(ordered(list(rows), self.sort))
        return islice(rows, self.asked.limit)

    def _passing(self, rows: Iterator[Row], read: Callable[[], Iterable[Row]]) -> Iterator[Row]:
        from cli.filters.evaluate import matches

        is_empty = True
        for row in rows:
            if matches(self.filters, row):
                is_empty = False
                yield row
        if is_empty:
            self.explain(read)

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


def following(rows: Iterable[Row], key: str, keys: Sequence[str]) -> Iterator[Row]:
    """Yield the rows after the one with a key. Raises NoSuchRow if there is none."""
    left = iter(rows)
    is_met = False
    for row in left:
        is_key = key_of(row, keys) == key
        if is_met and not is_key:
            yield row
            break
        is_met |= is_key
    if not is_met:
        raise NoSuchRow(key, keys)
    yield from left


def key_of(row: Row, keys: Sequence[str]) -> str:
    """Return the key of a row, by which `--after` names it."""
    parts = (row[name] for name in keys if row[name])
    return " ".join(" ".join(part) if isinstance(part, list) else str(part) for part in parts)


def _named(name: str, columns: Sequence[ListColumn]) -> ListColumn:
    column = column_named(name, columns)
    if column is None:
        raise UnknownColumn(name, columns)
    return column


def list_options(
    columns: Sequence[ListColumn], limit: str = "At most NUMBER rows.", keys: Sequence[str] = ()
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the decorator that adds the options of lists to a command, for a list with these columns.

    `limit` is the help of `--limit`; an empty text leaves that option out. `keys` are the columns that name a row: with
    them there is `--after`.
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
            *([_limit(limit)] if limit else []),
            *([_after(keys)] if keys else []),
            click.Option(
                ["--output", "-o"], metavar="FILE", help="Write a file instead: FILE.csv, FILE.xlsx or FILE.json."
            ),
        )  # fmt: skip

    return decorate


def page_options(keys: Sequence[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the decorator that adds `--limit` and `--after` to a command whose rows these columns name."""
    return lambda function: with_options(function, _limit("At most NUMBER rows."), _after(keys))


def _limit(help_text: str) -> click.Option:
    return click.Option(["--limit"], type=click.IntRange(min=1), metavar="NUMBER", help=help_text)


def _after(keys: Sequence[str]) -> click.Option:
    return click.Option(
        ["--after"], metavar="KEY", help=f"Only rows after the one with this key: its {listed(keys, 'and')}."
    )


def show_list(
    rows: Iterator[Row],
    selection: Selection,
    form: str,
    stamp: "Stamp",
    screen: "Callable[[list[Row]], None]",
    most: int | None = None,
) -> None:
    """Write rows to the file that was asked for, or print them as they come: JSON and CSV here, tables by `screen`.

    A terminal shows `most` rows, or MOST_SHOWN, unless a number was asked for, and says how many more there are.
    """
    if selection.asked.output is not None:
        write_list(rows, selection.asked.output, selection, stamp)
    elif form == "json":
        say_pieces(json_pieces(rows, selection.shown, stamp.plain()))
    elif form == "csv":
        say_pieces(csv_pieces(rows, selection.shown))
        say(stamp.words(), err=True)
    else:
        first, left = on_screen(rows, selection.asked.limit, most)
        if selection.chosen:
            shown = [readable(row, selection.chosen) for row in first]
            show_rows(shown, _screen_columns(selection.chosen), form, stamp, note=selection.note(first))
        else:
            screen(first)
        say_left_out(first, left, () if selection.sort else selection.keys)


def on_screen(rows: Iterator[Row], limit: int | None, most: int | None = None) -> tuple[list[Row], int]:
    """Return the rows that a table shows, and how many more there are.

    A terminal shows `most` rows without a limit, or MOST_SHOWN.
    """
    shown = (most or MOST_SHOWN) if limit is None and is_terminal(sys.stdout) else None
    return list(islice(rows, shown)), sum(1 for _ in rows)


def say_left_out(shown: Sequence[Row], left: int, keys: Sequence[str]) -> None:
    """Print a note if rows were left out: how many, and how to see them."""
    if left:
        counted = "1 more row is" if left == 1 else f"{left} more rows are"
        goes_on = f"--after {shlex.quote(key_of(shown[-1], keys))} goes on, " if keys else ""
        print_message("note", f"{counted} not shown; {goes_on}--limit {len(shown) + left} shows all.")


def write_list(rows: Iterable[Row], output: str, selection: Selection, stamp: "Stamp") -> None:
    """Write rows to the file that was asked for; CSV and JSON as they come. Raises CannotWrite."""
    from cli.output.files import put_pieces

    put_pieces(output, file_of(PurePath(output).suffix.lower(), rows, selection.shown, stamp.plain()))


def _screen_columns(columns: Iterable[ListColumn]) -> list[Column]:
    return [Column(column.key, right=column.kind.is_ordered and column.kind is not Kind.DAY) for column in columns]
