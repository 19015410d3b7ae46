"""Decode a CSV file to lines of text: detect other types of file, check the encoding, and hash the bytes."""

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
"""The first bytes of files that people mistake for CSV, and what the files are."""
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""Byte order marks, and their encodings."""
CHUNK = 1024 * 1024


class Digest(Protocol):
    """An incremental hash."""

    def update(self, data: bytes, /) -> None:
        """Add more bytes."""

    def hexdigest(self) -> str:
        """Return the hash of all bytes in hexadecimal."""


def checked_encoding(file: BinaryIO, declared: str) -> str:
    """Return the encoding of a text file, and rewind the file. Raises NotCsv, WrongEncoding."""
    start = file.read(CHUNK)
    for mark, what in BINARY.items():
        if start.startswith(mark):
            raise NotCsv(what)
    marked = next((name for mark, name in BOMS.items() if start.startswith(mark)), None)
    encoding = marked if marked == "utf-8-sig" else declared
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
        raise _decoding_error(file.read(), encoding, wide=wide, marked=marked)
    if has_nul:
        raise NotCsv("it holds the character NUL")
    return encoding


def _decoding_error(data: bytes, encoding: str, *, wide: bool, marked: str | None) -> NotCsv | WrongEncoding:
    """Return the error for bytes that are not valid in an encoding."""
    if b"\0" in data and not wide:
        return NotCsv("it holds the byte NUL", "If it is UTF-16, name that encoding in the profile, under [file].")
    start = 0
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        start = error.start
    except UnicodeError:
        pass
    return WrongEncoding(encoding, start, data.count(b"\n", 0, start) + 1, marked or _likely_encoding(data))


def _likely_encoding(data: bytes) -> str | None:
    for encoding in ("utf-8", "cp1252"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


class _Hashed(RawIOBase):
    """A file whose bytes are hashed while they are read, so that the digest is that of the bytes that were used."""

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
    """Return the lines of a text file with their line ends; reading them adds the bytes to `digest`."""
    return TextIOWrapper(BufferedReader(_Hashed(file, digest), CHUNK), encoding, newline="")
