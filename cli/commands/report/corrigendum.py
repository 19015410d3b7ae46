"""`ledger report corrigendum FILE`: the document that corrects one that was published, from what the log says now."""

import hashlib
from functools import cache
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from cli.commands.report.verify import NotComparable, body_of, request_of
from cli.nouns.publication import MAX_REPORT, OtherLog, is_of_log, published_as, published_documents
from cli.options.as_of import View, viewing
from cli.options.documents import loading
from cli.options.report import build
from cli.output.files import bytes_of, put
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.domain.dates import checked_date
from projections.reports.registry import DOCUMENT_FORMS

if TYPE_CHECKING:
    from projections.papers.house import House
    from projections.reports.documents.check import Carried
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
    form = _form(output)

    def correct() -> int:
        with viewing(session, None, known_at, None) as opened:
            return _correct(opened, file, output, form, house, number, checked_date(dated or session.today))

    return int(loading(correct))


def _correct(opened: View, file: str, output: str | None, form: str, house: str | None, number: str, dated: str) -> int:
    from projections.papers.house import read_house
    from projections.reports.documents.corrigendum import Correcting, correcting, document_symbols
    from projections.reports.manifest import manifest_of

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
    carried, folder = _carried(file, data), read_house(Path(house) if house else None)
    view = replace(opened, on=checked_date(manifest.as_of.on), body=body_of(manifest, None))
    printed = _built(replace(view, known_at=manifest.as_of.known_at), manifest)
    # What the document itself discloses is no news: it counts for others, not where it is compared.
    own = document_symbols(printed, folder, occasion)
    published = published_as(published_documents(opened), hashlib.sha256(data).hexdigest())
    now = _built(replace(view, without=(*own, *(published[:1] if published else ()))), manifest)
    paper = Correcting(folder, carried.language, occasion, number, dated)
    made = correcting(printed, now, paper, cache(lambda position: view.ledger.entry(position).stream))
    if made is None:
        say_line(f"{file}: it still reads so, as known at position {view.known_at}")
        return 0
    for change in made.changes:
        say_line(_sentence(change))
    if output is not None:
        put(output, _rendered(made, folder, form))
    _say_command(view, made, output)
    return 1


def _form(output: str | None) -> str:
    suffix = Path(output or "x.docx").suffix.lower().removeprefix(".")
    if suffix not in (*DOCUMENT_FORMS, "html"):
        raise click.UsageError("A corrigendum is written as docx, pdf, xlsx or html: name a file that ends so.")
    return suffix


def _built(view: View, manifest: "Manifest") -> "Report":
    with view.queries() as queries:
        return build(view, queries, manifest.report, request_of(manifest)).for_documents()


def _carried(file: str, data: bytes) -> "Carried":
    """Return how a document was made. Raises NotComparable, also for a corrigendum."""
    from projections.papers.read_back import any_form
    from projections.papers.read_back.errors import NotReadable
    from projections.reports.documents.check import carried_by

    try:
        return carried_by(any_form.read_document(data)[1])
    except NotReadable as error:
        raise NotComparable(file, str(error)) from None


def _sentence(change: "TextChange") -> str:
    from projections.papers.layout import plain

    place, reads, should = (plain(line) for line in (change.place, change.reads, change.should))
    return f"{place}: reads '{reads}', should read '{should}'"


def _rendered(made: "Corrigendum", house: "House", form: str) -> bytes:
    from projections.reports.documents.document import rendered_document

    return rendered_document(made.layout, house.look, form)


def _say_command(view: View, made: "Corrigendum", output: str | None) -> None:
    """Print the command that records the corrigendum once it is published; its file says what it shows."""
    refs = [coverage.engagement for coverage in made.discloses]
    shown = [] if output else [f"--as-of-on {view.on}", f"--as-of-position {view.known_at}"]
    if output is None or not refs:
        shown += [f"--cover {quote(ref)}" for ref in refs[:MOST_COVERED]] or ["--cover ENGAGEMENT"]
        shown += [f"(and {len(refs) - MOST_COVERED} more)"] if len(refs) > MOST_COVERED else []
    given = [f"--report {quote(output)}", *shown] if output else shown
    say_line(
        f"once it is published: ledger disclosure correct {quote(made.corrects)} {quote(made.symbol)} --what 'Figures' "
        f"{' '.join(given)}"
    )
