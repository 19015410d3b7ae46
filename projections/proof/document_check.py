"""The documents of a proof checked with the product: their paper is made again from the log, and each file compared.

verify_documents.py compares the files with the paper, and the figures of the paper with those of the proof. Only the
product can say whether the paper has the words, rows and values of lists that the log gives, and what a PDF shows.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger.domain.errors import LedgerError
from ledger.verify.findings import CODES, Finding
from projections.papers.against_paper.proof_folder import DOCUMENT_NAME, DOCUMENTS, PAPER, Documents
from projections.papers.read_back.errors import NotReadable
from projections.papers.read_back.marks import ReadBack
from projections.proof.joined_program import DIGEST, DIGEST_FORM
from projections.reports.model import Report

if TYPE_CHECKING:
    from projections.papers.house import House
    from projections.papers.layout import Layout

MAX_DEPTH = 50
"""How deep a difference between two papers is looked for."""
LONGEST_DIGEST = 1 << 10


def names_of_documents(folder: Path) -> list[str]:
    """Return the names of the files of documents in the folder of a proof, as far as they are such names."""
    below = folder / DOCUMENTS
    listed = sorted(path.name for path in below.iterdir()) if below.is_dir() and not below.is_symlink() else []
    own = PAPER.rpartition("/")[2]
    names = [f"{DOCUMENTS}/{name}" for name in listed if name == own or DOCUMENT_NAME.fullmatch(name)]
    return [*names, DIGEST]


def has_documents(folder: Path) -> bool:
    """Whether a folder has documents, or says of the program that checks some."""
    return any(os.path.lexists(folder / name) for name in (DOCUMENTS, DIGEST))


def document_findings(folder: Path, report: Report, house: Path | None, figures: bytes) -> Iterator[Finding]:
    """Yield what is wrong with the documents; `report` is one for documents, `figures` is figures.json.

    Raises BadHouse, ModuleNotFoundError without the libraries of documents.
    """
    yield from _of_digest(folder)
    documents = Documents(folder)
    documents.check()
    for finding in documents.findings:
        code = finding.code if finding.code in CODES and finding.code != "altered-file" else "document-differs"
        kind = "" if code == finding.code else f"{finding.code}: "
        yield Finding.of(code, None, f"{finding.place}: {kind}{finding.what}")
    if documents.papers is not None:
        yield from _of_paper(folder, documents, report, house, figures)


def _of_digest(folder: Path) -> Iterator[Finding]:
    path = folder / DIGEST
    data = path.read_bytes()[:LONGEST_DIGEST] if path.is_file() and not path.is_symlink() else b""
    if not data:
        yield Finding.of("missing-file", None, f"{DIGEST}: the report has documents")
    elif not DIGEST_FORM.fullmatch(data):
        what = "it is not the SHA-256 of a program, as sha256sum writes it"
        yield Finding.of("unexpected-file", None, f"{DIGEST}: {what}")


def _of_paper(
    folder: Path, documents: Documents, report: Report, house: Path | None, figures: bytes
) -> Iterator[Finding]:
    from projections.papers.house import read_house  # noqa: PLC0415 - the same
    from projections.proof.documents import paper_bytes  # noqa: PLC0415 - it needs the libraries of documents
    from projections.reports.documents.check import carried_by  # noqa: PLC0415 - the same
    from projections.reports.documents.document import composed  # noqa: PLC0415 - the same

    assert documents.papers is not None
    form = read_house(house)
    try:
        carried = carried_by(ReadBack((), documents.papers.papers[0].data))
        layouts = composed(report, form, carried.language, carried.occasion)
        listed = [file._asdict() for file in documents.papers.files]
        listed = [{"file": file.pop("name"), **file} for file in listed]
        again = json.loads(paper_bytes(report, form, layouts, listed, figures))
    except (NotReadable, LedgerError, IndexError, ValueError) as error:
        reason = error.sentence if isinstance(error, LedgerError) else str(error)
        yield Finding.of("bad-paper", None, f"{PAPER}: it does not say how it was made: {reason}")
        return
    stated = json.loads((folder / PAPER).read_bytes())
    if stated != again:
        place, is_, gives = first_difference(stated, again)
        what = f"{place}: it has {is_}, and the log gives {gives}"
        yield Finding.of("paper-differs", None, f"{PAPER}{what}")
        return
    for file in documents.papers.files:
        if file.name.endswith(".pdf") and not _is_as_made(folder / DOCUMENTS / file.name, layouts[file.paper], form):
            what = "it is not the PDF that this software makes; what its pages show is not known"
            yield Finding.of("document-differs", None, f"{DOCUMENTS}/{file.name}: {what}")


def _is_as_made(path: Path, layout: "Layout", house: "House") -> bool:
    from projections.reports.documents.document import rendered_document  # noqa: PLC0415 - as above

    return not path.is_file() or path.read_bytes() == rendered_document(layout, house.look, "pdf")


def first_difference(stated: Any, due: Any, place: str = "") -> tuple[str, str, str]:
    """Return where two values of JSON differ first, and what they have there, in short."""
    if isinstance(stated, dict) and isinstance(due, dict) and place.count("/") < MAX_DEPTH:
        for name in sorted(stated.keys() | due.keys()):
            if stated.get(name) != due.get(name):
                return first_difference(stated.get(name), due.get(name), f"{place}/{name}")
    if isinstance(stated, list) and isinstance(due, list) and place.count("/") < MAX_DEPTH:
        for index in range(max(len(stated), len(due))):
            pair = [values[index] if index < len(values) else None for values in (stated, due)]
            if pair[0] != pair[1]:
                return first_difference(pair[0], pair[1], f"{place}/{index}")
    return place, _short(stated), _short(due)


def _short(value: Any) -> str:
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= 100 else f"{text[:100]}…"
