"""The verb `list` of each noun: rows from the projections, filtered and sorted by any column."""

import importlib
from collections.abc import Callable, Iterator
from typing import Any

import click

from cli.noun_registry import NOUNS
from cli.nouns.list_columns import COLUMNS, KEYS, RECORDED
from cli.nouns.party_names import LedgerNames
from cli.options.as_of import View, reading, viewing
from cli.options.listing import Asked, Selection, list_options, show_list
from cli.output.tables import Column, readable, show_rows
from cli.session import Session, current, pass_session


def _shown(noun: str, row: dict[str, Any]) -> dict[str, Any]:
    shown = readable(row, COLUMNS[noun])
    return shown if current().listing else shown | (SUMMED_UP[noun](row) if noun in SUMMED_UP else {})


def _lines(**parts: Any) -> str:
    # Parts that are too wide for columns of their own share one, line by line.
    return "\n".join(f"{label} {value}".strip() for label, value in parts.items() if value)


def _order(row: dict[str, Any]) -> dict[str, str]:
    money = {name: "; ".join(row[name]) or "none" for name in ("ordered", "accepted", "paid")}
    money["open"] = "; ".join(row["open"])
    return {"subject": f"{row['subject']}\nby {row['vendor']}", "money": _lines(**money)}


def _payment(row: dict[str, Any]) -> dict[str, str]:
    is_named = row["payment"].startswith(f"{row['order']}/")
    payment = row["payment"] if is_named else f"{row['payment']}\nof {row['order']}"
    return {"payment": payment, "paid": f"{row['currency']} {row['amount']}"}


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
        "result": _lines(**result) if row["on"] else "not reached" if row["status"] == "late" else "not yet",
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
    "payment": _payment,
    "deviation": lambda row: {"case": row["case"] or "every case", "until": row["until"] or "no day"},
    "document": lambda row: {"sha256": f"{row['sha256'][:12]}…"},
}
"""The columns of tables that combine several members."""


def _rows(noun: str, view: View, queries: Any, after: str | None) -> Iterator[dict[str, Any]]:
    from projections.queries.in_order import InOrder

    module, _, name = NOUNS[noun].rows.partition(".")
    function = getattr(importlib.import_module(f"projections.queries.{module}"), name)
    # Lists in order of reference begin with that of the row after which they are asked for.
    starts = isinstance(function, InOrder) and after is not None
    rows = iter(function(queries, (after or "").partition(" ")[0]) if starts else function(queries))
    return (_counted(view, row) for row in rows) if noun == "disclosure" else rows


def _counted(view: View, row: dict[str, Any]) -> dict[str, Any]:
    # Only its own stream holds the planned coverage of a document in preparation.
    if row["status"] == "published":
        return row
    planned = view.state(f"disclosure/{row['document']}").planned.values()
    return row | {"engagements": len(planned), "orders": sum(len(coverage.orders) for coverage in planned)}


def _recorded(view: View, row: dict[str, Any]) -> dict[str, Any]:
    if row["position"] is None:
        return row | dict.fromkeys(("recorded_on", "actor"))
    entry = view.ledger.entry(row["position"])
    return row | {"recorded_on": entry.recorded_at[:10], "actor": entry.actor}


def _list_command(noun: str) -> click.Command:
    columns, keys = COLUMNS[noun], KEYS.get(noun, NOUNS[noun].keys)
    screen = [Column(name.rstrip(">"), right=name.endswith(">")) for name in NOUNS[noun].columns]
    spoken = [Column(name) for name in NOUNS[noun].spoken] or screen

    @click.command("list", help=NOUNS[noun].list_help)
    @list_options(columns, keys=keys)
    @reading()
    @pass_session
    def command(session: Session, /, on: str | None, known_at: str | None, form: str | None, **asked: Any) -> None:
        wanted = Asked(**asked)
        wanted.check_output(form)
        with viewing(session, on, known_at, form) as view, view.queries() as queries:
            selection = Selection(wanted, columns, view.on, LedgerNames(view), keys)
            is_recorded = any(selection.needs(column.key) for column in RECORDED)

            def read() -> Iterator[dict[str, Any]]:
                rows = _rows(noun, view, queries, wanted.after)
                return (_recorded(view, row) for row in rows) if is_recorded else rows

            stamp = view.stamp(wanted.in_words)

            def show(rows: list[dict[str, Any]]) -> None:
                shown = [_shown(noun, row) for row in rows]
                note = selection.note(rows)
                show_rows(shown, spoken if current().listing else screen, "table", stamp, note=note)

            show_list(selection.of(read), selection, view.form, stamp, show)

    return command


def __getattr__(name: str) -> click.Command:
    if name in NOUNS:
        return _list_command(name)
    raise AttributeError(name)
