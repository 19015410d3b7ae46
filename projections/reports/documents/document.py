"""The documents of a report: composed as papers, laid out, and rendered as DOCX, PDF or XLSX.

Importing this loads the libraries of the optional extra `documents`; nothing else of the product does.
"""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import cast

from projections.papers.house import House
from projections.papers.layout import Layout, laid_out
from projections.papers.look import Look
from projections.papers.model import Paper
from projections.reports.documents.composing import Composer, UnknownTextPart
from projections.reports.documents.occasion import Occasion
from projections.reports.model import Report
from projections.reports.registry import DOCUMENT_FORMS, REPORTS

MODULES = {**DOCUMENT_FORMS, "html": "projections.papers.render.html"}
"""The forms of a document, each with the module that renders it."""
ANY = "projections.reports.documents.as_paper"
"""Composes the paper of a report that has none of its own."""


def composed(report: Report, house: House, language: str, occasion: Occasion) -> tuple[Layout, ...]:
    """Return the document of a report, and after it its information documents, laid out.

    Raises UnknownLanguage, BadHouse, UnknownFigureInText, UnknownTextPart.
    """
    composer = Composer(report, house, language, occasion)
    module = import_module(REPORTS[report.name].paper or ANY)
    papers = cast("Callable[[Composer], tuple[Paper, ...]]", module.papers)(composer)
    for part in occasion.texts:
        if part.rpartition(": ")[2] not in composer.text_parts:
            raise UnknownTextPart(part, tuple(composer.text_parts))
    numbered = (replace(paper, data={**paper.data, "paper": number}) for number, paper in enumerate(papers))
    return tuple(laid_out(paper, composer.terms(), composer.messages.style) for paper in numbered)


def rendered_document(layout: Layout, look: Look, form: str) -> bytes:
    """Return a document as docx, pdf, xlsx or html; equal papers give equal bytes. Raises KeyError, MissingGlyphs."""
    made = cast("Callable[[Layout, Look], bytes | str]", import_module(MODULES[form]).rendered)(layout, look)
    return made.encode() if isinstance(made, str) else made
