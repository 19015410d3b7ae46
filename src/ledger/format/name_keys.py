"""Comparison of party names: equal keys mean the same name; similar names are suggested, never merged."""

import unicodedata
from collections.abc import Iterable


def name_key(text: str) -> str:
    """Return the lookup key of a name; it ignores compatibility forms, case, quotes and spacing."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def near_names(text: str, names: Iterable[str], most: int = 3, least: float = 80.0) -> list[str]:
    """Return the names most like `text`, best first: a similarity of `least` per cent or more."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - loaded only when a lookup fails

    key = name_key(text)
    matches = process.extract(
        key, {name: name_key(name) for name in names}, scorer=fuzz.WRatio, limit=most, score_cutoff=least
    )
    return [name for _, _, name in matches]
