"""Guess the character between the cells of a text file."""

import csv
import re
from collections import Counter

DELIMITERS = ",;\t|"
"""The characters that spreadsheet programs write between cells."""
_LINES = 50
_NAMED = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)


def guess_delimiter(text: str) -> str:
    """Return the delimiter of a text: the one that gives the most lines the same number of cells, at least two.

    A first line such as `sep=;`, which spreadsheet programs heed, decides. `csv.Sniffer` is asked only when lines
    disagree: it takes letters for delimiters, and commas in names.
    """
    if (named := _NAMED.match(text)) is not None:
        return named[1]
    scores = {delimiter: _score(text, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best] > (0, 0):
        return best
    try:
        return csv.Sniffer().sniff(text[: 64 * 1024], DELIMITERS).delimiter
    except csv.Error:
        return ","


def _score(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many lines share the most usual number of cells, and that number; zero for a single cell."""
    widths: Counter[int] = Counter()
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                widths[len(cells)] += 1
            if widths.total() == _LINES:
                break
    except csv.Error:
        return 0, 0
    several = [(lines, width) for width, lines in widths.items() if width > 1]
    return max(several, default=(0, 0))
