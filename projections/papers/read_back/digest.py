"""The digest of what a file says, however it was compressed."""

import hashlib
import json
from io import BytesIO
from zipfile import ZipFile

from projections.papers.read_back import any_form
from projections.papers.read_back.errors import NotReadable


def content_digest(data: bytes) -> str:
    """Return the SHA-256 of the content of a file, in hexadecimal.

    That of a Word document or workbook is over its parts: for each, in the order of their names, the name, a line feed,
    and the SHA-256 of the part uncompressed. That of a PDF is over the data of its paper. Of any other file, such as a
    web page, it is the SHA-256 of its bytes.
    """
    try:
        form = any_form.form_of(data)
    except NotReadable:
        form = ""
    digest = hashlib.sha256()
    if form in ("docx", "xlsx"):
        with ZipFile(BytesIO(data)) as package:
            for name in sorted(package.namelist()):
                digest.update(f"{name}\n".encode() + hashlib.sha256(package.read(name)).digest())
    elif form == "pdf":
        carried = any_form.read(data)[1].data
        digest.update(json.dumps(carried, sort_keys=True, separators=(",", ":")).encode())
    else:
        digest.update(data)
    return digest.hexdigest()
