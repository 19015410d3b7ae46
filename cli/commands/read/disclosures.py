"""`ledger disclosures`: disclosures, undisclosed facts, and changes since a disclosure."""

from collections.abc import Sequence
from typing import Any

import click

from cli.nouns.party_names import engagement_state
from cli.options.as_of import reading, to_body, viewing
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


@click.command()
@click.option("--undisclosed", is_flag=True, help="Show what no document has covered, with the days since it happened.")
@click.option("--changed-since", is_flag=True, help="Show what has changed since the last document that covered it.")
@click.option("--engagement", metavar="ENGAGEMENT", help="Only of this engagement.")
@to_body()
@reading()
@pass_session
def disclosures(
    session: Session,
    undisclosed: bool,
    changed_since: bool,
    engagement: str | None,
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
        records: Sequence[Any]
        if engagement is not None:
            engagement_state(view, engagement)
        queries = every if engagement is None else every.within([engagement])
        if changed_since:
            records, columns = state.changed_since(queries), CHANGED
        elif undisclosed:
            records, columns = state.undisclosed(queries), UNDISCLOSED
        else:
            records, columns = state.first_disclosures(queries), DISCLOSED
        rows = [record._asdict() for record in records]
        if view.form == "table" and not session.listing:
            rows, columns = [_with_order(row) for row in rows], [each for each in columns if each.key != "number"]
        what = "changes since disclosure" if changed_since else "undisclosed facts" if undisclosed else ""
        show_rows(
            rows,
            columns,
            view.form,
            view.stamp("; ".join(filter(None, (what, f"to {queries.body()}" if queries.body() else "")))),
        )


def _with_order(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose facet names the order below it: in columns of their own, references would be broken."""
    return row | {"facet": "\n".join(filter(None, (row["facet"], row["number"])))}
