"""Samples of a file in several encodings, for people who can read it."""

import re
from pathlib import Path

from ledger.importing.discovery.encoding import SAMPLE, EncodingGuess

_MOST = 4
_WORDS = 6
_BREAK = re.compile(rb"[\s;,|\"]+")
_LONGEST = 70


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
    return [(name, text[:_LONGEST]) for name, text in list(samples.items())[:_MOST]]
