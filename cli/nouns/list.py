"""The verb `list` of each noun: rows from the projections, with a filter on any column."""

import importlib
from collections.abc import Callable, Iterable
from typing import Any

import click

from cli.noun_registry import NOUNS
from cli.options.as_of import View, reading, viewing
from cli.output.tables import NOT_RECORDED, Column, show_rows
from cli.session import Session, current, pass_session
from ledger.domain.errors import USAGE, LedgerError, listed

NOT_DISCLOSED = "not disclosed"
"""The text in place of a value that the source withholds."""
EMPTY = {
    "signed": "none", "ordered": "none", "accepted": "none", "paid": "none", "disclosed_in": NOT_DISCLOSED,
    "flags": "none", "corrected_by": "none", "options": NOT_RECORDED,
}  # fmt: skip
"""The text that a table shows for an empty list."""


class BadFilter(LedgerError):
    """A filter does not name a column."""

    code = "bad-filter"
    exit = USAGE

    def __init__(self, text: str, columns: Iterable[str]) -> None:
        """Refuse the filter `text`."""
        super().__init__(f"'{text}' is not a filter.", f"Write COLUMN=TEXT; the columns are {listed(columns, 'and')}.")


def _matching(
    noun: str, rows: list[dict[str, Any]], filters: Iterable[str], known: tuple[str, ...]
) -> list[dict[str, Any]]:
    for text in filters:
        name, equals, wanted = text.partition("=")
        names = tuple(_wide(noun, rows[0])) if rows else known
        if not equals or name not in names:
            raise BadFilter(text, names)
        rows = [row for row in rows if wanted.casefold() in _cell(name, _wide(noun, row)).casefold()]
    return rows


def _wide(noun: str, row: dict[str, Any]) -> dict[str, Any]:
    return _summed_up(noun, row) | row


def _summed_up(noun: str, row: dict[str, Any]) -> dict[str, str]:
    return SUMMED_UP[noun](row) if noun in SUMMED_UP else {}


def _cell(name: str, row: dict[str, Any]) -> str:
    value = row[name]
    return (_empty(name, row) or NOT_RECORDED) if value == [] else NOT_RECORDED if value is None else str(value)


def _shown(noun: str, row: dict[str, Any]) -> dict[str, Any]:
    shown = {name: _empty(name, row) if value == [] else value for name, value in row.items()}
    return shown if current().listing else shown | _summed_up(noun, row)


def _empty(name: str, row: dict[str, Any]) -> str:
    is_withheld = name == "signed" and "financials" in row.get("withheld", ())
    return NOT_DISCLOSED if is_withheld else EMPTY.get(name, "")


def _lines(**parts: Any) -> str:
    # Parts that are too wide for columns of their own share one, line by line.
    return "\n".join(f"{label} {value}".strip() for label, value in parts.items() if value)


def _order(row: dict[str, Any]) -> dict[str, str]:
    money = {name: "; ".join(row[name]) or "none" for name in ("ordered", "accepted", "paid")}
    return {"subject": f"{row['subject']}\nby {row['vendor']}", "money": _lines(**money)}


def _materiality(row: dict[str, Any]) -> dict[str, str]:
    against = f"\nagainst {row['threshold']}" if row["threshold"] else ""
    return {"weighed": f"{row['value']}{against}" if row["value"] else "not weighed"}


def _risk(row: dict[str, Any]) -> dict[str, str]:
    return {"level": f"{row['rating']}\nlikelihood {row['likelihood']}\nimpact {row['impact']}"}


def _outcome(row: dict[str, Any]) -> dict[str, str]:
    plan = {"": row["planned"], "indicator:": row["indicator"], "target:": row["target"], "due:": row["due_on"]}
    result = {"": row["summary"], "on": row["on"], "actual:": row["actual"], "evidence:": row["evidence"]}
    return {
        "plan": _lines(**plan) if row["planned"] else "not planned",
        "result": _lines(**result) if row["on"] else "not reached",
    }


def _disclosure(row: dict[str, Any]) -> dict[str, str]:
    if row["status"] == "published":
        shows = f"{row['shows_on']}, position {row['shows_position']}"
        return {"when": f"published {row['published_on']}", "shows": shows}
    day = f" for {row['planned_on']}" if row["planned_on"] else ", day not recorded"
    return {"when": f"planned{day}", "shows": "nothing yet"}


SUMMED_UP: dict[str, Callable[[dict[str, Any]], dict[str, str]]] = {
    "materiality": _materiality,
    "risk": _risk,
    "order": _order,
    "outcome": _outcome,
    "disclosure": _disclosure,
    "document": lambda row: {"sha256": f"{row['sha256'][:12]}…"},
}
"""The columns of tables that combine several members."""


def _rows(noun: str, view: View, queries: Any) -> list[dict[str, Any]]:
    module, _, function = NOUNS[noun].rows.partition(".")
    rows = list(getattr(importlib.import_module(f"projections.queries.{module}"), function)(queries))
    return [_counted(view, row) for row in rows] if noun == "disclosure" else rows


def _counted(view: View, row: dict[str, Any]) -> dict[str, Any]:
    # Only its own stream holds the planned coverage of a document in preparation.
    if row["status"] == "published":
        return row
    planned = view.state(f"disclosure/{row['document']}").planned.values()
    return row | {"engagements": len(planned), "orders": sum(len(coverage.orders) for coverage in planned)}


def _list_command(noun: str) -> click.Command:
    columns = [Column(name.rstrip(">"), right=name.endswith(">")) for name in NOUNS[noun].columns]
    spoken = [Column(name) for name in NOUNS[noun].spoken] or columns

    def offered(_: click.Context, __: click.Parameter, text: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        from cli.completion.candidates import matching

        names = matching([f"{column.key}=" for column in columns], text)
        return [CompletionItem(name.value, help=name.help, open=True) for name in names]

    @click.command("list", help=NOUNS[noun].list_help)
    @click.option(
        "--where", multiple=True, metavar="COLUMN=TEXT", shell_complete=offered,
        help="Only rows whose COLUMN contains TEXT.",
    )  # fmt: skip
    @reading()
    @pass_session
    def command(
        session: Session, where: tuple[str, ...], on: str | None, known_at: str | None, form: str | None
    ) -> None:
        with viewing(session, on, known_at, form) as view, view.queries() as queries:
            rows = _matching(noun, _rows(noun, view, queries), where, tuple(column.key for column in columns))
            shown = list(spoken if current().listing else columns)
            if view.form != "table" and rows:
                shown = [Column(key) for key in rows[0]]
            elif view.form == "table":
                rows = [_shown(noun, row) for row in rows]
            show_rows(rows, shown, view.form, view.stamp("; ".join(where)))

    return command


def __getattr__(name: str) -> click.Command:
    if name in NOUNS:
        return _list_command(name)
    raise AttributeError(name)
