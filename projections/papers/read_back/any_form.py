"""Reading a document back, whatever its form: Word, workbook, PDF or web page, by its first bytes."""

import hashlib
import json
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from projections.papers.read_back.docx import read_word
from projections.papers.read_back.errors import NotReadable
from projections.papers.read_back.html import read_page
from projections.papers.read_back.marks import ReadBack
from projections.papers.read_back.pdf import read_pdf
from projections.papers.read_back.xlsx import read_workbook

READERS = {"docx": read_word, "xlsx": read_workbook, "pdf": read_pdf, "html": read_page}
"""The forms of documents that can be read back, each with what reads it."""


def form_of(data: bytes) -> str:
    """Return the form of a document: docx, xlsx, pdf or html. Raises NotReadable for any other file."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK"):
        return _office_form(data)
    if b"<html" in data[:1_000].lower():
        return "html"
    raise NotReadable("The file is no Word document, workbook, PDF or web page.")


def _office_form(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
    except (BadZipFile, ValueError, NotImplementedError):
        raise NotReadable("The file is damaged: its parts cannot be listed.") from None
    for form, part in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")):
        if part in names:
            return form
    raise NotReadable("The file is no Word document and no workbook.")


def read_document(data: bytes) -> tuple[str, ReadBack]:
    """Return the form of a document, and what is read back out of it. Raises NotReadable."""
    form = form_of(data)
    return form, READERS[form](data)


def content_digest(data: bytes) -> str:
    """Return the SHA-256 of the content of a file, in hexadecimal.

    That of a Word document or workbook is over its parts: for each, in the order of their names, the name, a line feed,
    and the SHA-256 of the part uncompressed. That of a PDF is over the data of its paper and its figures. Of any other
    file, such as a web page, it is the SHA-256 of its bytes.
    """
    try:
        form = form_of(data)
    except NotReadable:
        form = ""
    digest = hashlib.sha256()
    if form in ("docx", "xlsx"):
        with ZipFile(BytesIO(data)) as package:
            for name in sorted(package.namelist()):
                digest.update(f"{name}\n".encode() + hashlib.sha256(package.read(name)).digest())
    elif form == "pdf":
        carried = read_document(data)[1]
        digest.update(json.dumps([carried.data, carried.marks], sort_keys=True, separators=(",", ":")).encode())
    else:
        digest.update(data)
    return digest.hexdigest()
