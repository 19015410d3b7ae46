"""`ledger report NAME` as Word, PDF or Excel: a document to be tabled, with its information documents."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options.as_of import say_verified, viewing
from cli.options.documents import DocumentRequest, loading
from cli.options.report import build, dated
from cli.output.files import put
from cli.session import Session
from cli.terminal import is_terminal
from projections.reports.registry import ReportRequest

if TYPE_CHECKING:
    from projections.papers.house import House
    from projections.papers.layout import Layout


def write_document(
    session: Session,
    name: str,
    request: ReportRequest,
    given: DocumentRequest,
    form: str,
    output: str | None,
    on: str | None,
    known_at: str | None,
    body: str | None,
) -> None:
    """Write the document of a report; its information documents lie next to it, if it is a file.

    Raises NotInstalled, CannotWrite, BadHouse, UnknownLanguage, and the errors of the report.
    """
    if output in (None, "-") and is_terminal(sys.stdout):
        raise click.UsageError(f"A {form} is no text for a terminal: name a file with --output.")
    with viewing(session, on, known_at, None) as opened:
        view = dated(opened, on, request).to(body)
        with view.queries() as queries:
            report = build(view, queries, name, request)
            told = queries.body() or ""
        house, layouts = loading(lambda: _composed(report, given, told))
        main, *information = layouts
        put(output, loading(lambda: _rendered(main, house, form)))
        if output in (None, "-"):
            return
        for number, layout in enumerate(information, 1):
            for other in house.report(name).information_as:
                path = Path(output).with_suffix(f".information-{number}.{other}")
                put(str(path), _rendered(layout, house, other))
        say_verified(view)


def _composed(report: object, given: DocumentRequest, body: str) -> "tuple[House, tuple[Layout, ...]]":
    from projections.papers.house import read_house
    from projections.reports.documents import composed
    from projections.reports.model import Report

    assert isinstance(report, Report)
    house = read_house(given.folder)
    language = given.language or house.document.language
    return house, composed(report, house, language, given.occasion(body))


def _rendered(layout: "Layout", house: "House", form: str) -> bytes:
    from projections.reports.documents import rendered_document

    return rendered_document(layout, house.look, form)
