"""Samples of a file in several encodings, for people who can read it."""

from pathlib import Path

from ledger.importing.discovery.encoding import SAMPLE, EncodingGuess

_MOST = 4
_LONGEST = 70


def encoding_samples(path: Path, guess: EncodingGuess) -> list[tuple[str, str]]:
    """Return encodings, each with lines of the file that are written in another way by all others; the guess is first.

    Raises OSError.
    """
    with path.open("rb") as file:
        data = file.read(SAMPLE)
    lines = [line for line in data.splitlines() if any(byte > 0x7F for byte in line)] or [data]
    samples: dict[str, str] = {}
    for name in (guess.name, *guess.others):
        text = " … ".join(line.decode(name, "replace").strip() for line in lines[:3])
        if text not in samples.values() and text.isprintable():
            samples[name] = text
    return [(name, text[:_LONGEST]) for name, text in list(samples.items())[:_MOST]]
