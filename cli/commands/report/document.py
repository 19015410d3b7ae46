"""`ledger report NAME` as Word, PDF or Excel: a document to be tabled, with its information documents."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from cli.options.as_of import View, say_verified, viewing
from cli.options.documents import DocumentRequest, loading
from cli.options.report import build, dated
from cli.output.files import put
from cli.session import Session
from cli.terminal import is_terminal, say_line
from projections.reports.registry import ReportRequest

if TYPE_CHECKING:
    from projections.papers.house import House
    from projections.papers.layout import Layout
    from projections.reports.documents.occasion import Occasion
    from projections.reports.model import Report


@dataclass(frozen=True, slots=True)
class ReportRun:
    """What `ledger report NAME` was asked: the report, its options, those of documents, and the view."""

    session: Session
    name: str
    request: ReportRequest
    given: DocumentRequest
    output: str | None
    on: str | None
    known_at: str | None
    body: str | None

    @contextmanager
    def built(self) -> Iterator[tuple[View, "Report", "House", "Occasion"]]:
        """Build the report; give it with its view, the house, and the occasion. Raises the errors of the report."""
        from projections.papers.house import read_house

        with viewing(self.session, self.on, self.known_at, None) as opened:
            view = dated(opened, self.on, self.request).to(self.body)
            with view.queries() as queries:
                report = build(view, queries, self.name, self.request).for_documents()
                body = queries.body() or ""
            yield view, report, read_house(self.given.folder), self.given.occasion(body)

    def languages(self, house: "House") -> tuple[str, ...]:
        """Return the languages in which the document is made: the one asked for, or those of the house."""
        document = house.document
        return (self.given.language,) if self.given.language else (*(document.languages or (document.language,)),)


def write_document(run: ReportRun, form: str) -> None:
    """Write the document of a report; its information documents lie next to it, if it is a file.

    Raises NotInstalled, CannotWrite, BadHouse, UnknownLanguage, and the errors of the report.
    """
    if run.output in (None, "-") and is_terminal(sys.stdout):
        raise click.UsageError(f"A {form} is no text for a terminal: name a file with --output.")
    loading(lambda: _write(run, form))


def _write(run: ReportRun, form: str) -> None:
    from projections.reports.documents.document import composed, rendered_document

    with run.built() as (view, report, house, occasion):
        main, *information = composed(report, house, run.given.language or house.document.language, occasion)
        put(run.output, rendered_document(main, house.look, form))
        if run.output in (None, "-"):
            return
        for number, layout in enumerate(information, 1):
            for suffix in house.report(run.name).information_as:
                path = Path(str(run.output)).with_suffix(f".information-{number}.{suffix}")
                put(str(path), rendered_document(layout, house.look, suffix))
        say_verified(view)


def check_document(run: ReportRun) -> int:
    """Print what to look at before the document is published; return 1 if it cannot be published with it."""

    def check() -> bool:
        with run.built() as built:
            return bool(checked(run, *built)[1])

    return int(loading(check))


def checked(
    run: ReportRun, view: View, report: "Report", house: "House", occasion: "Occasion"
) -> "tuple[dict[str, tuple[Layout, ...]], list[str]]":
    """Compose a document in its languages, and print what to look at before it is published.

    Return the document by language, and the codes of what it cannot be published with.
    """
    from cli.nouns.publication import published_documents
    from projections.reports.documents.document import composed
    from projections.reports.documents.readiness import ReadinessPoint, points

    documents = {language: composed(report, house, language, occasion) for language in run.languages(house)}
    listed: dict[ReadinessPoint, None] = {}
    for layouts in documents.values():
        listed |= dict.fromkeys(points(report, layouts, house, occasion))
    symbol = next(iter(documents.values()))[0].paper.masthead.symbol
    newest = replace(view, known_at=view.ledger.store.head().size, on=run.session.today)
    if occasion.number and symbol in published_documents(newest):
        taken = f"A document was published as {symbol}: give another --symbol."
        listed[ReadinessPoint("symbol-taken", taken, is_blocking=True)] = None
    for point in listed:
        say_line(f"{'must be mended' if point.is_blocking else 'to look at'}: {point.code}: {point.what}")
    count = f"{len(listed)} to look at" if listed else "nothing to look at"
    say_line(f"checked the document on '{report.name}' ({', '.join(documents)}): {count}")
    return documents, [point.code for point in listed if point.is_blocking]
