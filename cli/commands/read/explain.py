"""`ledger explain REPORT FIGURE`: the entries behind a figure."""

from typing import TYPE_CHECKING, Any

import click

from cli.nouns.party_names import party_names
from cli.options.as_of import View, reading, say_verified, viewing
from cli.options.report import build, dated, report_options, requested
from cli.output.findings import entries as counted
from cli.output.tables import Column, show_rows
from cli.session import Session, pass_session
from ledger.domain.errors import USAGE, LedgerError, did_you_mean
from projections.history.journal import Journal

if TYPE_CHECKING:
    from projections.queries.figures import Figure

COLUMNS = [
    Column("position", right=True), Column("effective_on", "effective"), Column("type"), Column("stream"),
    Column("details"),
]  # fmt: skip
SCREEN = [
    Column("position", right=True), Column("effective_on", "effective"), Column("entry", "event and stream"),
    Column("details"),
]  # fmt: skip


class UnknownFigure(LedgerError):
    """The report has no such figure."""

    code = "unknown-figure"
    exit = USAGE

    def __init__(self, path: str, near: tuple[str, ...]) -> None:
        """Refuse `path`, suggesting what is near it."""
        hint = did_you_mean(near) or "The report as JSON lists all of them under 'provenance'."
        super().__init__(f"The report has no figure '{path}'.", hint)


@click.command()
@click.argument("report")
@click.argument("figure", metavar="[FIGURE]", required=False)
@report_options
@reading()
@pass_session
def explain(
    session: Session,
    /,
    report: str,
    figure: str | None,
    on: str | None,
    known_at: str | None,
    form: str | None,
    **given: Any,
) -> None:
    """List the entries behind a figure of a report: added up again, they give the figure.

    A figure is named as in the JSON form of the report: /regions/AFR/usd, or regions.AFR.usd. Without a FIGURE the
    figures of the report are listed.

    \b
    Example:
      ledger explain partnerships regions.AFR.usd --year 2024
    """
    from projections.queries.figures import find, walk

    request = requested(report, **given)
    with viewing(session, on, known_at, form) as opened, (view := dated(opened, on, request)).queries() as queries:
        tree = build(view, queries, report, request).figures
        if figure is None:
            _show_figures(view, report, dict(walk(tree)))
            return
        try:
            pointer, source = find(tree, figure)
        except KeyError as error:
            raise UnknownFigure(figure, error.args) from error
        known = dict(walk(tree))
        parts = {of: known[of] for of in source.of}
        entries = source.entries or tuple(sorted({entry for part in parts.values() for entry in part.entries}))
        rows = [_row(view, position) for position in entries]
        made = "".join(f"; {of} is {part.plain}" for of, part in parts.items())
        note = f"{pointer} is {source.plain} {source.unit} ({source.kind} of {counted(len(rows))}{made})"
        plain = {
            "pointer": pointer,
            "value": source.plain,
            "unit": source.unit,
            "kind": source.kind,
            "of": list(source.of),
        }
        if view.form == "table":
            rows = [row | {"entry": f"{row['type']}\n{row['stream']}"} for row in rows]
        columns = SCREEN if view.form == "table" else COLUMNS
        show_rows(
            rows,
            columns,
            view.form,
            view.stamp(f"{report} {pointer}"),
            total=plain if view.form == "json" else None,
            note=note,
        )
        say_verified(view)


def _show_figures(view: View, report: str, figures: "dict[str, Figure]") -> None:
    rows = [
        {"figure": pointer, "value": figure.plain, "unit": figure.unit, "kind": figure.kind}
        for pointer, figure in figures.items()
    ]
    columns = [Column("figure"), Column("value", right=True), Column("unit"), Column("kind")]
    show_rows(rows, columns, view.form, view.stamp(report), note=f"'ledger explain {report} FIGURE' lists the entries")


def _row(view: View, position: int) -> dict[str, Any]:
    entry = Journal(view.ledger, view.known_at).entry(position)
    details = _details(entry.event)
    refs = set(details.split()) | {getattr(entry.event, "by", "")}
    return {
        "position": position,
        "effective_on": entry.effective_on,
        "type": entry.event.tag(),
        "stream": entry.stream,
        "details": party_names(view).add_to(
            details, {ref for ref in refs if ref and view.ledger.store.stream(f"party/{ref}")}
        ),
    }


def _details(event: Any) -> str:
    # Only the members that determine figures: amounts, classes, names; 'ledger show' prints all of them.
    single = (
        "by", "number", "order", "amount", "difference", "released", "kind", "name", "party_type", "membership", "rate",
        "reporting_currency", "value", "outcome", "review", "risk", "likelihood", "impact", "due_on", "ends_on",
        "document", "into", "symbol", "strategic", "request",
    )  # fmt: skip
    parts = [
        str(value) if name == "amount" else f"{name.replace('_', ' ')} {value}"
        for name in single
        if (value := getattr(event, name, None))
    ]
    listed = ("parties", "regions", "priorities", "withheld")
    parts += [f"{name} {'; '.join(map(str, value))}" for name in listed if (value := getattr(event, name, None))]
    return ", ".join(parts)
