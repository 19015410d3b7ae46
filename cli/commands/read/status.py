"""`ledger status`: an overview of engagements, money and undisclosed facts."""

import json

import click

from cli.options.as_of import reading, viewing
from cli.output.tables import Column, show_rows, table_text
from cli.session import Session, pass_session
from cli.terminal import say

COLUMNS = [Column("status"), Column("engagements", right=True), Column("signed", right=True)]


@click.command()
@reading()
@pass_session
def status(session: Session, on: str | None, known_at: str | None, form: str | None) -> None:
    """Show an overview: engagements by status, money by measure, what is not disclosed.

    \b
    Example:
      ledger status --on 2024-12-31
    """
    from projections.queries.overview import by_status, summary

    with viewing(session, on, known_at, form) as view, view.queries() as queries:
        facts, rows = summary(queries), by_status(queries)
        if view.form == "json":
            document = {"as_of": view.stamp().plain(), "ledger": facts, "statuses": rows}
            say(json.dumps(document, ensure_ascii=False, indent=2))
            return
        if view.form == "table":
            lines = [{"what": label, "value": value} for label, value in facts.items()]
            say(table_text(lines, [Column("what"), Column("value", right=True)]))
            say()
        show_rows([row | {"signed": row["signed"] or "none"} for row in rows], COLUMNS, view.form, view.stamp())
