"""`ledger report verify FILE`: whether a report in a file says what the ledger says, also after somebody edited it."""

import difflib
import hashlib
import json
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from msgspec.structs import replace

from cli.nouns.publication import MAX_REPORT, OtherLog, is_of_log, published_as, published_documents
from cli.options.as_of import viewing
from cli.options.documents import loading
from cli.options.report import build
from cli.output.files import bytes_of
from cli.session import Session, pass_session
from cli.terminal import say, say_line
from ledger.domain.dates import checked_date
from ledger.domain.errors import USAGE, LedgerError
from ledger.importing.errors import CannotRead
from projections.reports.registry import FORMS, ReportRequest, render

if TYPE_CHECKING:
    from projections.reports.documents.check import CheckedDocument
    from projections.reports.manifest import Manifest
    from projections.reports.model import Report

MOST_LINES = 20
"""How many findings are shown to people."""
MOST_COMPARED = 2_000
"""How many lines are compared from the first one that differs."""


GIVE_A_DOCUMENT = "Give a document that 'ledger report' wrote; what an editor saved must keep the data of the document."


class NotComparable(LedgerError):
    """A document cannot be compared with the ledger."""

    code = "not-comparable"
    exit = USAGE

    def __init__(self, path: str, why: str, hint: str = GIVE_A_DOCUMENT) -> None:
        """Refuse the file at `path`, because `why`."""
        super().__init__(
            f"{path} cannot be compared with the ledger: {why[:1].lower()}{why[1:]}",
            hint,
        )


class FileFinding(NamedTuple):
    """What is not the ledger's: a code, a sentence for people, and the particulars."""

    code: str
    what: str
    place: str = ""
    pointer: str = ""
    reads: str = ""
    should: str = ""


class FileResult(NamedTuple):
    """What was found about a file: its form, figures checked, findings, and whether it is what the ledger makes."""

    form: str
    figures: int | None
    findings: tuple[FileFinding, ...] = ()
    is_as_made: bool = False
    words: tuple[FileFinding, ...] = ()


@click.command()
@click.argument("file", metavar="FILE")
@click.option("--house", metavar="DIR", help="The folder with the form of your house, if it was made with one.")
@click.option("--body", metavar="BODY", help="The body that the report counted disclosures to, if another than now.")
@click.option("--words", "is_wording", is_flag=True, help="Take words that differ as findings, too, and not as notes.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="How the result is shown.")
@pass_session
def verify(session: Session, file: str, house: str | None, body: str | None, is_wording: bool, form: str | None) -> int:
    """Compare a report in a file with the ledger, which makes it again: figures that differ are listed.

    It is made as of its own date and position. Any form but CSV is taken; of a Word document, workbook or web page that
    somebody edited or translated, each figure is compared, and words that differ are noted. Of a corrigendum it only
    shows whether it was published. The exit code is 1 if a figure differs; with --words, also if words do.

    \b
    Example:
      ledger report verify council-2026.docx
    """
    from projections.papers.read_back import any_form
    from projections.reports.manifest import manifest_of

    if Path(file).is_dir():
        raise CannotRead(file, "it is a folder; 'ledger verify-report' checks a report with its proof")
    data = bytes_of(file, MAX_REPORT)
    manifest = manifest_of(file, data)
    with viewing(session, None, None, form) as now:
        if not is_of_log(now.ledger, manifest):
            raise OtherLog(file, manifest.as_of.known_at)
        published = published_as(published_documents(now), hashlib.sha256(data).hexdigest())
        on = checked_date(manifest.as_of.on)
        if manifest.corrects and published:
            result = FileResult(any_form.read_document(data)[0], None)
        else:
            view = replace(now, on=on, known_at=manifest.as_of.known_at, body=body_of(manifest, body))
            with view.queries() as queries:
                report = build(view, queries, manifest.report, request_of(manifest))
                report = report if manifest.occasion is None else report.for_documents()
            result = _result(report, file, data, house)
    findings, notes = (result.findings + result.words, ()) if is_wording else (result.findings, result.words)
    facts: dict[str, Any] = {"file": file, "report": manifest.report, "form": result.form}
    if (form or session.format) == "json":
        facts |= {"as_of": {"on": on, "known_at": manifest.as_of.known_at}, "published_as": published and published[0]}
        facts |= {"figures": result.figures, "is_as_made": result.is_as_made}
        facts |= {"findings": [finding._asdict() for finding in findings], "notes": [note._asdict() for note in notes]}
        say(json.dumps(facts, ensure_ascii=False, indent=2))
    else:
        facts |= {"as of": f"{on}, position {manifest.as_of.known_at}"}
        facts |= {"published": published[1] if published else "no published document has this file"}
        facts |= {"content": _content(result, manifest.corrects)}
        for label, text in facts.items():
            say_line(f"{label}: {text}")
        for kind, listed in (("finding", findings), ("note", notes)):
            for finding in listed[:MOST_LINES]:
                say_line(f"{kind}: {finding.code}: {finding.what}")
            if len(listed) > MOST_LINES:
                say_line(f"and {len(listed) - MOST_LINES:,} more; --format json lists all of them")
    return 1 if findings else 0


def body_of(manifest: "Manifest", body: str | None) -> str | None:
    """Return the body to which disclosures counted; None for that of the setting."""
    if body is not None or manifest.occasion is None:
        return body
    from projections.queries.bitemporal import ANY_BODY

    return manifest.occasion.body or ANY_BODY


def request_of(manifest: "Manifest") -> ReportRequest:
    """Return the request that makes the report of a manifest again."""
    given = {name: str(value) for name, value in manifest.parameters.items()}
    return ReportRequest(
        given.get("year"), given.get("from"), given.get("to"), given.get("engagement"), whole=given.get("all") == "yes"
    )


def _content(result: FileResult, corrects: str) -> str:
    if corrects:
        return f"it is a corrigendum to {corrects}; 'ledger report corrigendum' makes it again"
    if result.is_as_made:
        return "it is what the ledger makes, byte for byte"
    if result.findings:
        return "it differs from what the ledger makes"
    words = f"of its words, {len(result.words)} texts differ" if result.words else "so are its words"
    return f"it was edited or packed again; its {result.figures} figures are those of the ledger, {words}"


def _result(report: "Report", file: str, data: bytes, house: str | None) -> FileResult:
    from projections.reports.manifest import is_document

    if is_document(data):
        checked = loading(lambda: _checked(report, file, data, house))
        findings, words = (
            tuple(FileFinding(difference.code, str(difference), *difference[1:]) for difference in listed)
            for listed in (checked.differences, checked.words)
        )
        return FileResult(checked.form, checked.figures, findings, checked.is_as_made, words)
    form, again = _nearest(report, data)
    if again == data:
        return FileResult(form, None, is_as_made=True)
    return FileResult(form, None, tuple(_lines(data, again)))


def _checked(report: "Report", file: str, data: bytes, house: str | None) -> "CheckedDocument":
    from projections.papers.house import read_house
    from projections.papers.read_back.errors import NotReadable
    from projections.reports.documents.check import check_document

    folder: Path | None = Path(house) if house else None
    try:
        return check_document(report, read_house(folder), data)
    except NotReadable as error:
        raise NotComparable(file, str(error)) from None


def _nearest(report: "Report", data: bytes) -> tuple[str, bytes]:
    """Return the text form that a file has, and the report in it."""
    start = data.lstrip()[:1]
    form = "json" if start == b"{" else "html" if start == b"<" else "markdown"
    assert form in FORMS
    return form, render(report, form).encode()


def _lines(data: bytes, again: bytes) -> list[FileFinding]:
    """Return the lines that differ, the first of them if there are many."""
    from projections.papers.read_back.alike import apart

    reads, should = (text.decode("utf-8", "replace").splitlines() for text in (data, again))
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(reads, should, strict=False))))
    reads, should = reads[same : same + MOST_COMPARED], should[same : same + MOST_COMPARED]
    findings: list[FileFinding] = []
    for tag, start, end, made_start, made_end in difflib.SequenceMatcher(None, reads, should).get_opcodes():
        if tag != "equal":
            is_, gives = apart(" ".join(reads[start:end]), " ".join(should[made_start:made_end]))
            place = f"line {same + start + 1}"
            what = f"{place}: it reads '{is_}', the ledger gives '{gives}'"
            findings.append(FileFinding("altered-line", what, place, "", is_, gives))
    return findings or [FileFinding("altered-line", "its line ends are not those that the ledger writes")]
