"""The bytes of a CSV file as lines of text: what it is instead, its encoding, and what is no text in that."""

import codecs
from collections.abc import Iterable
from io import BufferedReader, RawIOBase, TextIOWrapper
from typing import Any, BinaryIO, Protocol

from ledger.importing.errors import NotCsv, WrongEncoding

BINARY = {
    b"%PDF": "it is a PDF",
    b"\x1f\x8b": "it is compressed",
    b"SQLite format 3\x00": "it is a database",
}
"""How files that people take for CSV begin, and what they are."""
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""Byte order marks, and the encodings that read them."""
CHUNK = 1024 * 1024


class Digest(Protocol):
    """A hash of bytes that come one after the other."""

    def update(self, data: bytes, /) -> None:
        """Take in more bytes."""

    def hexdigest(self) -> str:
        """Return the hash of all of them, in hexadecimal."""


def checked_encoding(file: BinaryIO, declared: str) -> str:
    """Return the encoding of a file of text, and go back to its beginning. Raises NotCsv, WrongEncoding."""
    start = file.read(CHUNK)
    for mark, what in BINARY.items():
        if start.startswith(mark):
            raise NotCsv(what)
    found = next((name for mark, name in BOMS.items() if start.startswith(mark)), None)
    encoding = found if found == "utf-8-sig" else declared
    wide = codecs.lookup(declared).name.startswith(("utf-16", "utf-32"))
    decoder = codecs.getincrementaldecoder(encoding)()
    chunk, is_text, has_nul = start, True, False
    while is_text:
        if b"\0" in chunk and not wide:
            raise NotCsv("it holds the byte NUL", "If it is UTF-16, name that encoding in the profile, under [file].")
        try:
            has_nul |= "\0" in decoder.decode(chunk, final=not chunk)
        except UnicodeError:
            is_text = False
        if not chunk:
            break
        chunk = file.read(CHUNK)
    file.seek(0)
    if not is_text:
        raise _wrong(file.read(), encoding, wide=wide, found=found)
    if has_nul:
        raise NotCsv("it holds the character NUL")
    return encoding


def _wrong(data: bytes, encoding: str, *, wide: bool, found: str | None) -> NotCsv | WrongEncoding:
    """Return what is wrong with bytes that are no text in an encoding."""
    if b"\0" in data and not wide:
        return NotCsv("it holds the byte NUL", "If it is UTF-16, name that encoding in the profile, under [file].")
    start = 0
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        start = error.start
    except UnicodeError:
        pass
    return WrongEncoding(encoding, start, data.count(b"\n", 0, start) + 1, found or _likely(data))


def _likely(data: bytes) -> str | None:
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


class _Hashed(RawIOBase):
    """A file whose bytes are hashed while they are read: what is told of it is what was read."""

    def __init__(self, file: BinaryIO, digest: Digest) -> None:
        self._file, self._digest = file, digest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        data = self._file.read(len(view))
        self._digest.update(data)
        view[: len(data)] = data
        return len(data)


def read_lines(file: BinaryIO, encoding: str, digest: Digest) -> Iterable[str]:
    """Return the lines of a file of text, with what ends them; `digest` takes in its bytes."""
    return TextIOWrapper(BufferedReader(_Hashed(file, digest), CHUNK), encoding, newline="")
