"""Forged documents: what somebody could do to a file, by its form."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Callable
from html import escape, unescape
from typing import Any

from tests.papers import office

Files = dict[str, bytes]
"""Sound documents by their names."""
Attack = Callable[[Files], bytes]
DOCUMENT, DATA, STRINGS = "word/document.xml", "customXml/item1.xml", "xl/sharedStrings.xml"


def in_part(file: str, part: str, old: str, new: str) -> Attack:
    """Return the attack that replaces the first match of a pattern in a part of a package."""

    def attack(files: Files) -> bytes:
        given = office.parts(files[file])
        given[part] = replaced(given[part].decode(), old, new).encode()
        return office.packed(given)

    return attack


def replaced(text: str, old: str, new: str) -> str:
    """Return a text with the first match of a pattern replaced; it must be another text."""
    changed = re.sub(old, new, text, count=1, flags=re.DOTALL)
    assert changed != text, old
    return changed


def in_page(old: str, new: str, file: str = "register.html") -> Attack:
    """Return the attack that replaces the first match of a pattern in a page."""
    return lambda files: replaced(files[file].decode(), old, new).encode()


def rows_swapped(file: str, part: str, row: str, first: int, second: int) -> Attack:
    """Return the attack that exchanges two rows, counted from 0."""

    def attack(files: Files) -> bytes:
        given = office.parts(files[file])
        given[part] = exchanged(given[part].decode(), row, first, second).encode()
        return office.packed(given)

    return attack


def exchanged(text: str, pattern: str, first: int, second: int) -> str:
    """Return a text with two matches of a pattern exchanged."""
    found = list(re.finditer(pattern, text, re.DOTALL))
    one, other = found[first], found[second]
    assert one[0] != other[0]
    return text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def data_changed(change: Callable[[dict[str, Any]], Any]) -> Attack:
    """Return the attack that changes the data of the Word file of the register, by which it is made again."""

    def attack(files: Files) -> bytes:
        given = office.parts(files["register.docx"])
        data = word_data(given)
        change(data)
        return office.packed(with_word_data(given, data))

    return attack


def word_data(given: Files) -> dict[str, Any]:
    """Return the data of the paper of a Word file."""
    found = re.search("<data>(.*?)</data>", given[DATA].decode())
    assert found
    data: dict[str, Any] = json.loads(unescape(found[1]))
    return data


def with_word_data(given: Files, data: dict[str, Any]) -> Files:
    """Return the parts of a Word file with other data."""
    text = given[DATA].decode()
    start, end = text.index("<data>") + len("<data>"), text.index("</data>")
    return given | {DATA: (text[:start] + escape(json.dumps(data)) + text[end:]).encode()}


def attached_changed(change: Callable[[bytes], bytes], file: str = "register.pdf") -> Attack:
    """Return the attack that changes the file that a PDF carries, with its length and all that follows moved."""

    def attack(files: Files) -> bytes:
        data = files[file]
        start, end, packed = attached_at(data)
        changed = change(zlib.decompress(packed))
        new = zlib.compress(changed)
        head = data[:start]
        at = head.rindex(f"/Length {len(packed)}".encode())
        head = head[:at] + f"/Length {len(new)}".encode() + head[at + len(f"/Length {len(packed)}") :]
        return head + new + data[end:]

    return attack


def attached_at(data: bytes) -> tuple[int, int, bytes]:
    """Return where the stream of the file that a PDF carries begins and ends, and its bytes as packed."""
    found = re.search(rb"/Type\s?/EmbeddedFile\b", data)
    assert found
    begun = re.search(rb"stream\r?\n", data[found.start() :])
    assert begun
    start = found.start() + begun.end()
    lengths = re.findall(rb"/Length ([0-9]+)", data[max(0, found.start() - 300) : start])
    end = start + int(lengths[-1])
    return start, end, data[start:end]


def nested(file: str, name: str, part: str, old: str, new: str) -> Attack:
    """Return the attack that replaces a text in a part of a package within a package."""

    def attack(files: Files) -> bytes:
        given = office.parts(files[file])
        inner = office.parts(given[name])
        inner[part] = replaced(inner[part].decode(), old, new).encode()
        return office.packed(given | {name: office.packed(inner)})

    return attack


def packed_again(data: bytes) -> bytes:
    """Return a package with the same parts, packed in another way."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, part in office.parts(data).items():
            package.writestr(name, part)
    return made.getvalue()
