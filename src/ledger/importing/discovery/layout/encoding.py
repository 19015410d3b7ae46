"""Guess the encoding of a text file, and say whether the guess is certain.

Marks and valid UTF-8 are certain. Texts that are mostly ASCII, with single letters above it, are western:
charset-normalizer takes such short texts for Central European as often as not. Other scripts it tells apart well.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ledger.importing.errors import NotCsv
from ledger.importing.source.csv_text import BINARY

SAMPLE = 256 * 1024
"""The number of bytes that a guess reads."""
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CANDIDATES = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "gb18030", "big5", "shift_jis", "euc_kr",
    "mac_roman",
)  # fmt: skip
"""The encodings of lists that are neither UTF-8 nor UTF-16, as Python names them."""
WESTERN = "cp1252"
_MOST_SAMPLES, _WORDS, _LONGEST = 4, 6, 70
_BREAK = re.compile(rb"[\s;,|\"]+")
_MOST_ABOVE = 0.25
"""The share of letters above ASCII in a western text."""


class EncodingGuess(NamedTuple):
    """An encoding, as Python names it. If it is not certain, `others` can decode the file as well."""

    name: str
    is_certain: bool = True
    others: tuple[str, ...] = ()


def guess_encoding(data: bytes) -> EncodingGuess:
    """Return the likely encoding of a text file. Raises NotCsv for a file that is no text."""
    for mark, what in BINARY.items():
        if data.startswith(mark):
            raise NotCsv(what)
    for mark, name in MARKS.items():
        if data.startswith(mark):
            return EncodingGuess("utf-8" if name == "utf-8-sig" else name)
    if b"\0" in data:
        return EncodingGuess(_wide(data))
    if _decodes(data, "utf-8"):
        return EncodingGuess("utf-8")
    return _legacy(data)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _wide(data: bytes) -> str:
    """Return the variant of UTF-16 without a mark: digits, spaces and separators have a zero on one side."""
    sample = data[:SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    name = "utf-16-be" if even > odd else "utf-16-le"
    if len(data) % 2 or max(even, odd) < 8 * min(even, odd) or not _decodes(data, name):
        raise NotCsv("it holds the byte NUL", "Save it as CSV (UTF-8).")
    return name


def _legacy(data: bytes) -> EncodingGuess:
    able = [name for name in CANDIDATES if _decodes(data, name)]
    if not able:
        raise NotCsv("its text is in no known encoding", "Save it as CSV (UTF-8).")
    best = WESTERN if WESTERN in able and _is_western(data) else next(_by_script(data, able), able[0])
    return EncodingGuess(best, is_certain=False, others=tuple(name for name in able if name != best))


def _is_western(data: bytes) -> bool:
    sample = data[:SAMPLE]
    above = sum(byte > 0x7F for byte in sample)
    letters = above + sum(chr(byte).isalpha() for byte in sample if byte < 0x80)
    return above <= _MOST_ABOVE * letters


def _by_script(data: bytes, able: list[str]) -> Iterator[str]:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only texts in old encodings need it

    for match in from_bytes(data[:SAMPLE], cp_isolation=able):
        if match.encoding in able:
            yield match.encoding


def encoding_samples(path: Path, guess: EncodingGuess) -> list[tuple[str, str]]:
    """Return encodings, each with words of the file that all others write in another way; the guess is first.

    Raises OSError.
    """
    with path.open("rb") as file:
        data = file.read(SAMPLE)
    names = (guess.name, *guess.others)
    words = {word for word in _BREAK.split(data) if any(byte > 0x7F for byte in word)}
    # The words that most encodings write in different ways tell them apart best.
    telling = sorted(words, key=lambda word: (-len({word.decode(name, "replace") for name in names}), word))
    samples: dict[str, str] = {}
    for name in names:
        text = ", ".join(word.decode(name, "replace").strip() for word in telling[:_WORDS])
        if text not in samples.values() and text.isprintable() and "\ufffd" not in text:
            samples[name] = text
    return [(name, text[:_LONGEST]) for name, text in list(samples.items())[:_MOST_SAMPLES]]
