"""The manifest of a report: what it discloses, and as of when, for the program that records its publication.

JSON has the members of the manifest among its own. HTML and Markdown end with it, as a comment in one line; its JSON is
ASCII, without any character that could end the comment. Word documents, workbooks, PDF and web pages of a document
carry it among the data of their paper. CSV has none: a line of it is a cell.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from ledger.domain.disclosure.disclosure import AsOf, Coverage
from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.facets import FACETS
from projections.papers.read_back.errors import NotReadable
from projections.queries.disclosure.content import DisclosableContent
from projections.reports.documents.occasion import Occasion
from projections.reports.model import Report

_COMMENT = re.compile(rb"^<!-- ledger-report (\{.*\}) -->$", re.MULTILINE)


class NoManifest(LedgerError):
    """A file is no report of this program in a form that says what it discloses."""

    code = "no-manifest"
    exit = USAGE

    def __init__(self, path: str, why: str) -> None:
        """Refuse the file at `path`, because `why`."""
        super().__init__(
            f"{path} does not say what it discloses: {why}.",
            "Give what 'ledger report' wrote, in any form but CSV; or leave --report out, and give --as-of-on and "
            "--cover.",
        )


class ReportAsOfRoot(msgspec.Struct, frozen=True):
    """The as-of of a report: the date, the position, and the root of the log there in base64."""

    on: str
    known_at: int
    root: str


class Manifest(msgspec.Struct, frozen=True):
    """What a report says of itself: its name, its title, its parameters, its as-of, and what it discloses."""

    report: str
    title: str
    parameters: dict[str, Any]
    as_of: ReportAsOfRoot
    discloses: tuple[Coverage, ...]
    occasion: Occasion | None = None
    """Of a document: to whom it went, under which symbol, of which date, with whose text."""
    corrects: str = ""
    """Of a corrigendum: the symbol of the document that it corrects."""

    @property
    def shown(self) -> AsOf:
        """The state that the report shows, as a disclosure records it."""
        return AsOf(self.as_of.on, self.as_of.known_at)


class ReportFile(NamedTuple):
    """A report in a file: the path as it was given, the SHA-256 of the bytes, and the manifest."""

    path: str
    sha256: str
    manifest: Manifest


def everything(content: DisclosableContent, refs: Iterable[str]) -> tuple[Coverage, ...]:
    """Return the coverage of all that stands of these engagements; those that are not signed are left out."""
    return tuple(_all_of(content, ref) for ref in refs if ref in content.engagements)


def _all_of(content: DisclosableContent, ref: str) -> Coverage:
    found = [(facet.facet, facet.number) for facet in content.facets(ref)]
    facets = {facet for facet, _ in found}
    return Coverage(
        ref, tuple(facet for facet in FACETS if facet in facets), tuple(number for _, number in found if number)
    )


def members(report: Report) -> dict[str, Any]:
    """Return the manifest of a report as members of JSON."""
    own: dict[str, Any] = {
        "report": report.name,
        "title": report.title,
        "parameters": report.parameters,
        "as_of": {"on": report.as_of.on, "known_at": report.as_of.known_at, "root": report.as_of.root},
        "discloses": discloses(report.discloses),
    }
    return own


def discloses(covered: Iterable[Coverage]) -> list[dict[str, Any]]:
    """Return what a report or corrigendum discloses, by engagement, as values of JSON."""
    return [
        {"engagement": coverage.engagement, "facets": list(coverage.facets), "orders": list(coverage.orders)}
        for coverage in covered
    ]


def comment(report: Report) -> str:
    """Return the manifest as a comment of HTML and Markdown, in one line."""
    text = json.dumps(members(report), ensure_ascii=True, separators=(",", ":"))
    # Within its strings, JSON writes any character as an escape; outside of them it has none of these.
    safe = re.sub(r"[<>&`|]|--", lambda match: "".join(f"\\u{ord(char):04x}" for char in match[0]), text)
    return f"<!-- ledger-report {safe} -->"


def read_report(path: str, data: bytes) -> ReportFile:
    """Return the report in a file. Raises NoManifest."""
    return ReportFile(path, hashlib.sha256(data).hexdigest(), manifest_of(path, data))


def manifest_of(path: str, data: bytes) -> Manifest:
    """Return the manifest in the bytes of a file. Raises NoManifest."""
    try:
        if is_document(data):
            return msgspec.convert(_carried(path, data), type=Manifest)
        if data.lstrip()[:1] == b"{":
            return _decoded(data)
        comments = _COMMENT.findall(data.replace(b"\r\n", b"\n"))
        if len(comments) == 1:
            return _decoded(comments[0])
    except msgspec.MsgspecError as error:
        raise NoManifest(path, f"its manifest cannot be read ({error})") from None
    if path.lower().endswith(".csv"):
        raise NoManifest(path, "a CSV has a cell in each line, and no place for it")
    raise NoManifest(path, "it has no manifest" if not comments else "it has several manifests")


def is_document(data: bytes) -> bool:
    """Whether a file is a document: Word, workbook, PDF, or the web page of one."""
    return data.startswith((b"PK", b"%PDF-")) or b"<!-- ledger-paper " in data


def _carried(path: str, data: bytes) -> Any:
    from projections.papers.read_back.any_form import read_document  # noqa: PLC0415 - most files are no documents

    try:
        return read_document(data)[1].data.get("manifest")
    except NotReadable as error:
        raise NoManifest(path, str(error).rstrip(".")) from None


def _decoded(data: bytes) -> Manifest:
    return msgspec.json.decode(data, type=Manifest)
