"""The edition of a document: its files in all forms and languages, as they are published, and the list of them."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any, NamedTuple

from projections.papers.house import House
from projections.papers.layout import Layout
from projections.papers.read_back.any_form import content_digest
from projections.reports.documents.document import rendered_document
from projections.reports.model import Report

LIST = "edition.json"
"""The file that lists the others."""
LIBRARIES = ("babel", "fluent.runtime", "jinja2", "lxml", "typst", "xlsxwriter")
"""The libraries that make the bytes of documents."""


class Edition(NamedTuple):
    """The symbol of the document, its title, and its files by name."""

    symbol: str
    title: str
    files: dict[str, bytes]

    @property
    def stem(self) -> str:
        """The symbol as the name of a folder or file."""
        return _stem(self.symbol)

    @property
    def digests(self) -> tuple[str, ...]:
        """The SHA-256 of the files, in their order."""
        return tuple(hashlib.sha256(data).hexdigest() for data in self.files.values())


def edition_of(report: Report, house: House, documents: Mapping[str, tuple[Layout, ...]]) -> Edition:
    """Return the edition of a document that was composed in these languages. Raises BadHouse, MissingGlyphs."""
    head = next(iter(documents.values()))[0].paper.masthead
    files: dict[str, bytes] = {}
    described: list[dict[str, Any]] = []
    for language, papers in documents.items():
        for name, form, layout in _files(report, house, papers, language if len(documents) > 1 else ""):
            data = files[name] = rendered_document(layout, house.look, form)
            described.append(
                {
                    "file": name,
                    "form": form,
                    "language": language,
                    "symbol": layout.paper.masthead.symbol,
                    "sha256": hashlib.sha256(data).hexdigest(),
                    "content": content_digest(data),
                }
            )
    files[LIST] = _list(report, described)
    title = "".join(getattr(run, "text", "") for run in head.title)
    return Edition(head.symbol, title, files)


def _files(report: Report, house: House, layouts: Sequence[Layout], language: str) -> Iterator[tuple[str, str, Layout]]:
    form = house.report(report.name)
    of_language = f"-{language}" if language else ""
    for number, layout in enumerate(layouts):
        stem = _stem(layout.paper.masthead.symbol) + of_language
        for suffix in form.information_as if number else form.forms:
            yield f"{stem}.{suffix}", suffix, layout


def _stem(symbol: str) -> str:
    return re.sub(r"[^\w.()-]+", "-", symbol).strip("-.") or "document"


def _list(report: Report, described: list[dict[str, Any]]) -> bytes:
    as_of = report.as_of
    versions = {"engagement-ledger": report.version} | {library: version(library) for library in LIBRARIES}
    plain = {
        "report": report.name,
        "parameters": report.parameters,
        "as_of": {"on": as_of.on, "known_at": as_of.known_at, "root": as_of.root},
        "made_by": versions,
        "files": described,
    }
    return (json.dumps(plain, ensure_ascii=False, indent=2) + "\n").encode()
