"""`ledger disclosures`: disclosures, undisclosed facts, and changes since a disclosure."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import click

from cli.nouns.party_names import engagement_state
from cli.options.as_of import reading, to_body, viewing
from cli.options.listing import following, on_screen, page_options, say_left_out
from cli.output.tables import Column, show_rows
from cli.session import Session, pass_session

DISCLOSED = [
    Column("disclosed_on", "disclosed"), Column("document"), Column("body"), Column("engagement"), Column("facet"),
    Column("number", "order"), Column("happened_on", "happened"), Column("days", right=True),
]  # fmt: skip
UNDISCLOSED = [
    Column("engagement"), Column("title"), Column("facet"), Column("number", "order"), Column("since"),
    Column("days", right=True),
]  # fmt: skip
CHANGED = [
    Column("engagement"), Column("facet"), Column("number", "order"), Column("document"),
    Column("then", "as disclosed"), Column("now", "now"),
]  # fmt: skip
KEYS = ("document", "engagement", "facet", "number")
"""The columns that name a row; what is not disclosed has no document."""


@click.command()
@click.option("--undisclosed", is_flag=True, help="Show what no document has covered, with the days since it happened.")
@click.option("--changed-since", is_flag=True, help="Show what has changed since the last document that covered it.")
@click.option("--engagement", metavar="ENGAGEMENT", help="Only of this engagement.")
@page_options(KEYS)
@to_body()
@reading()
@pass_session
def disclosures(
    session: Session,
    undisclosed: bool,
    changed_since: bool,
    engagement: str | None,
    limit: int | None,
    after: str | None,
    body: str | None,
    on: str | None,
    known_at: str | None,
    form: str | None,
) -> None:
    """Show what was disclosed to whom and how many days after it happened.

    \b
    Example:
      ledger disclosures --undisclosed --on 2026-12-31
    """
    from projections.queries.disclosure import state

    with viewing(session, on, known_at, form) as view, view.to(body).queries() as every:
        records: Iterator[Any]
        if engagement is not None:
            engagement_state(view, engagement)
        queries = every if engagement is None else every.within([engagement])
        if changed_since:
            records, columns, what = state.changed_by_engagement(queries), CHANGED, "changes since disclosure"
        elif undisclosed:
            records, columns, what = state.longest_wait_first(queries), UNDISCLOSED, "undisclosed facts"
        else:
            records, columns, what = state.by_publication(queries), DISCLOSED, ""
        rows: Iterator[dict[str, Any]] = (record._asdict() for record in records)
        keys = KEYS[1:] if undisclosed and not changed_since else KEYS
        if after is not None:
            rows = following(rows, after, keys)
        rows = islice(rows, limit)
        words = (what, f"to {queries.body()}" if queries.body() else "", *_page(limit, after))
        stamp = view.stamp("; ".join(filter(None, words)))
        if view.form != "table":
            show_rows(rows, columns, view.form, stamp)
            return
        first, left = on_screen(rows, limit)
        if not session.listing:
            columns = [column for column in columns if column.key != "number"]
        show_rows(first if session.listing else map(_with_order, first), columns, view.form, stamp)
        say_left_out(first, left, keys)


def _page(limit: int | None, after: str | None) -> Iterator[str]:
    if after is not None:
        yield f"after {after}"
    if limit is not None:
        yield f"at most {limit} row{'' if limit == 1 else 's'}"


def _with_order(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose facet names the order below it: in columns of their own, references would be broken."""
    return row | {"facet": "\n".join(filter(None, (row["facet"], row["number"])))}
