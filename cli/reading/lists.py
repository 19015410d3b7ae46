"""The verb `list` of each noun: rows from the projections, with a filter on any column."""

from collections.abc import Iterable
from typing import Any

import click

from cli.asof import reading, viewing
from cli.nouns import LISTS
from cli.output import Column, show_rows
from cli.session import Session, pass_session
from ledger.domain.errors import USAGE, LedgerError, listed

COLUMNS: dict[str, tuple[str, ...]] = {
    "party": ("party", "name", "type", "membership", "country", "engagements>"),
    "engagement": ("engagement", "title", "parties", "status", "signed_on", "signed>"),
    "contribution": ("engagement", "payer", "currency", "signed>", "received>", "refunded>"),
    "order": ("engagement", "number", "subject", "vendor", "status", "ordered>", "paid>", "disclosed_in"),
    "payment": ("engagement", "order", "payment", "status", "on", "currency", "amount>", "position>"),
    "outcome": ("engagement", "outcome", "on", "summary", "indicator", "actual", "evidence"),
    "disclosure": ("document", "body", "published_on", "shows_on", "shows_position>", "engagements>", "orders>"),
    "rate": ("base", "quote", "rate>", "on", "source"),
    "setting": ("name", "value", "since_position>"),
}
"""What a table shows of each noun; a `>` stands for numbers. JSON and CSV have every member."""
SOURCES = {
    "party": "parties", "engagement": "engagements", "contribution": "contributions", "order": "orders",
    "payment": "payments", "outcome": "outcomes", "disclosure": "documents", "rate": "rates", "setting": "settings",
}  # fmt: skip
EMPTY = {"signed": "none", "ordered": "none", "paid": "none", "disclosed_in": "not disclosed"}


class BadFilter(LedgerError):
    """A filter does not name a column."""

    code = "bad-filter"
    exit = USAGE

    def __init__(self, text: str, columns: Iterable[str]) -> None:
        """Refuse the filter `text`."""
        super().__init__(f"'{text}' is not a filter.", f"Write COLUMN=TEXT; the columns are {listed(columns, 'and')}.")


def _matching(rows: list[dict[str, Any]], filters: Iterable[str], known: tuple[str, ...]) -> list[dict[str, Any]]:
    for text in filters:
        name, found, wanted = text.partition("=")
        names = tuple(rows[0]) if rows else known
        if not found or name not in names:
            raise BadFilter(text, names)
        rows = [row for row in rows if wanted.casefold() in str(row[name] or "not recorded").casefold()]
    return rows


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {name: EMPTY.get(name, value) if value == [] else value for name, value in row.items()}


def _list_command(noun: str) -> click.Command:
    columns = [Column(name.rstrip(">"), right=name.endswith(">")) for name in COLUMNS[noun]]

    @click.command("list", help=LISTS[noun])
    @click.option("--where", multiple=True, metavar="COLUMN=TEXT", help="Only rows whose column holds the text.")
    @reading()
    @pass_session
    def command(
        session: Session, where: tuple[str, ...], on: str | None, known_at: str | None, form: str | None
    ) -> None:
        from projections import lists  # noqa: PLC0415 - help loads no database

        with viewing(session, on, known_at, form) as view, view.queries() as queries:
            rows = list(getattr(lists, SOURCES[noun])(queries))
            rows = _matching(rows, where, tuple(column.key for column in columns))
            shown = list(columns)
            if view.form != "table" and rows:
                shown = [Column(key) for key in rows[0]]
            elif view.form == "table":
                rows = [_shown(row) for row in rows]
            show_rows(rows, shown, view.form, view.stamp("; ".join(where)))

    return command


def __getattr__(name: str) -> click.Command:
    if name in COLUMNS:
        return _list_command(name)
    raise AttributeError(name)
