"""`ledger report corrigendum FILE`: the document that corrects one that was published, from what the log says now."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from cli.commands.report.verify import NotComparable, body_of, request_of
from cli.nouns.publication import MAX_REPORT, OtherLog, is_of_log
from cli.options.as_of import View, viewing
from cli.options.documents import loading
from cli.options.report import build
from cli.output.files import bytes_of, put
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.domain.dates import checked_date
from projections.reports.registry import DOCUMENT_FORMS

if TYPE_CHECKING:
    from projections.reports.documents.corrigendum import Corrigendum
    from projections.reports.documents.differences import TextChange
    from projections.reports.manifest import Manifest
    from projections.reports.model import Report

MOST_COVERED = 8
"""The most engagements that the command of the hint names."""


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--output", "-o", metavar="FILE", help="Where to write it: a name that ends in .docx, .pdf, .xlsx or .html."
)
@click.option("--number", default="1", metavar="N", help="The number of the corrigendum; 1 if not given.")
@click.option("--dated", metavar="DATE", help="The date that it carries; today if not given.")
@click.option("--house", metavar="DIR", help="The folder with the form of your house.")
@click.option("--known-at", metavar="POSITION|MOMENT", help="What was recorded by then; all of it if not given.")
@pass_session
def corrigendum(
    session: Session,
    file: str,
    output: str | None,
    number: str,
    dated: str | None,
    house: str | None,
    known_at: str | None,
) -> int:
    """List what a document reads otherwise than it would now, and write the corrigendum to it.

    The document is compared with what the ledger says of the same day, as known now. With --output the corrigendum is
    written as Word, PDF, workbook or web page. The exit code is 1 if there is something to correct.

    \b
    Example:
      ledger report corrigendum C26-47/C26-47.docx -o C26-47-Cor.1.docx
    """
    from projections.reports.manifest import manifest_of

    form = _form(output)
    with viewing(session, None, known_at, None) as opened:
        data = bytes_of(file, MAX_REPORT)
        manifest = manifest_of(file, data)
        occasion = manifest.occasion
        if occasion is None:
            raise NotComparable(file, "Only a document can have a corrigendum, and it is none.")
        if not occasion.number:
            hint = "Give the document that was published, under its symbol."
            raise NotComparable(file, "It has no symbol, so it is a draft.", hint)
        if not is_of_log(opened.ledger, manifest):
            raise OtherLog(file, manifest.as_of.known_at)
        view = replace(opened, on=checked_date(manifest.as_of.on), body=body_of(manifest, None))
        now = _built(view, manifest)
        printed = _built(replace(view, known_at=manifest.as_of.known_at), manifest)
        made = loading(lambda: _made(file, printed, now, data, house, number, dated or session.today))
        if made is None:
            say_line(f"{file}: it still reads so, as known at position {view.known_at}")
            return 0
        for change in made.changes:
            say_line(_sentence(change))
        if output is not None:
            put(output, loading(lambda: _rendered(made, house, form)))
        _say_command(view, manifest, made)
    return 1


def _form(output: str | None) -> str:
    suffix = Path(output or "x.docx").suffix.lower().removeprefix(".")
    if suffix not in (*DOCUMENT_FORMS, "html"):
        raise click.UsageError("A corrigendum is written as docx, pdf, xlsx or html: name a file that ends so.")
    return suffix


def _built(view: View, manifest: "Manifest") -> "Report":
    with view.queries() as queries:
        return build(view, queries, manifest.report, request_of(manifest)).for_documents()


def _made(
    file: str, printed: "Report", now: "Report", data: bytes, house: str | None, number: str, dated: str
) -> "Corrigendum | None":
    from projections.papers.house import read_house
    from projections.papers.read_back import any_form
    from projections.papers.read_back.errors import NotReadable
    from projections.reports.documents.check import carried_by
    from projections.reports.documents.corrigendum import corrigendum as made

    try:
        carried = carried_by(any_form.read(data)[1])
    except NotReadable as error:
        raise NotComparable(file, str(error)) from None
    folder = read_house(Path(house) if house else None)
    return made(printed, now, folder, carried.language, carried.occasion, number, checked_date(dated))


def _sentence(change: "TextChange") -> str:
    from projections.papers.layout import plain

    place, reads, should = (plain(line) for line in (change.place, change.reads, change.should))
    return f"{place}: reads '{reads}', should read '{should}'"


def _rendered(made: "Corrigendum", house: str | None, form: str) -> bytes:
    from projections.papers.house import read_house
    from projections.reports.documents.document import rendered_document

    return rendered_document(made.layout, read_house(Path(house) if house else None).look, form)


def _say_command(view: View, manifest: "Manifest", made: "Corrigendum") -> None:
    """Print the command that records the corrigendum once it is published."""
    streams = {view.ledger.entry(position).stream for position in made.entries}
    engagements = sorted(stream.partition("/")[2] for stream in streams if stream.startswith("engagement/"))
    shown = {coverage.engagement for coverage in manifest.discloses}
    covered = [ref for ref in engagements if ref in shown]
    listed = " ".join(f"--cover {quote(ref)}" for ref in covered[:MOST_COVERED]) or "--cover ENGAGEMENT"
    more = f" (and {len(covered) - MOST_COVERED} more)" if len(covered) > MOST_COVERED else ""
    say_line(
        f"once it is published: ledger disclosure correct {quote(made.corrects)} {quote(made.symbol)} --what 'Figures' "
        f"--as-of-on {view.on} --as-of-position {view.known_at} {listed}{more}"
    )
