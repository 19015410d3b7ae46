"""The documents of a proof: the files, the paper that they were made from, and what names the program that checks them.

The paper is data (`paper.json`): each line with its figures, names and words. It names the SHA-256 of figures.json, so
that it belongs to one proof, and says what files of each form say of drawings, which have no text in the paper.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from projections.papers.against_paper.comparison import TEXTS, drawings_of
from projections.papers.against_paper.proof_folder import DOCUMENTS, PAPER
from projections.papers.house import House
from projections.papers.layout import Layout
from projections.papers.paper_data import paper_data
from projections.proof.bundle import FIGURES
from projections.proof.joined_program import DIGEST, digest_file
from projections.proof.shipped_definitions import document_bytes
from projections.reports.documents.document import composed, rendered_document
from projections.reports.documents.occasion import Occasion
from projections.reports.model import Report

FORMAT = 1


class DocumentPlan(NamedTuple):
    """Which documents of a report are made: the form of the house, the language, the occasion, and the form."""

    house: House
    language: str
    occasion: Occasion
    form: str


def document_files(report: Report, plan: DocumentPlan, proved: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the documents by name; `report` is one for documents, `proved` are the files of its proof.

    Raises UnknownLanguage, BadHouse, UnknownFigureInText, UnknownTextPart, MissingGlyphs.
    """
    layouts = composed(report, plan.house, plan.language, plan.occasion)
    made: dict[str, bytes] = {}
    listed: list[dict[str, Any]] = []
    for number, (name, form) in _names(report.name, plan, len(layouts)):
        data = made[f"{DOCUMENTS}/{name}"] = rendered_document(layouts[number], plan.house.look, form)
        listed.append({"file": name, "paper": number, "sha256": hashlib.sha256(data).hexdigest()})
    made[PAPER] = paper_bytes(report, plan.house, layouts, listed, proved[FIGURES])
    return made | {DIGEST: digest_file()}


def paper_bytes(
    report: Report, house: House, layouts: Sequence[Layout], listed: Sequence[Mapping[str, Any]], figures: bytes
) -> bytes:
    """Return paper.json; `listed` are the files, and `figures` is figures.json."""
    as_of = report.as_of
    papers = []
    for number, layout in enumerate(layouts):
        written = {file["file"].rpartition(".")[2] for file in listed if file["paper"] == number}
        # A reader may have got the document in another form than the folder has; lists can be very long.
        forms = [form for form in TEXTS if number == 0 or form in written]
        papers.append({"paper": paper_data(layout), "drawings": _drawings(layout, house, forms)})
    return document_bytes(
        {
            "format": FORMAT,
            "report": report.name,
            "as_of": {"on": as_of.on, "known_at": as_of.known_at, "root": as_of.root},
            "figures": hashlib.sha256(figures).hexdigest(),
            "papers": papers,
            "files": list(listed),
        }
    )


def _names(report: str, plan: DocumentPlan, count: int) -> Iterator[tuple[int, tuple[str, str]]]:
    yield 0, (f"{report}.{plan.form}", plan.form)
    for number in range(1, count):
        for suffix in plan.house.report(report).information_as:
            yield number, (f"{report}.information-{number}.{suffix}", suffix)


def _drawings(layout: Layout, house: House, forms: Sequence[str]) -> dict[str, list[list[str]]]:
    return {
        form: [[drawn.place, drawn.text] for drawn in drawings_of(rendered_document(layout, house.look, form))]
        for form in forms
    }
