"""How names of parties are compared: the same key means the same name; near names are suggested, never merged."""

import unicodedata
from collections.abc import Iterable


def name_key(text: str) -> str:
    """Return the key under which a name is found: compatibility forms, case, quotes and spacing make no difference."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", text).casefold().replace("\u2019", "'").replace("\u2018", "'")
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def near_names(text: str, names: Iterable[str], most: int = 3, least: float = 80.0) -> list[str]:
    """Return the names most like `text`, best first: a similarity of `least` per cent or more."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a miss pays for it

    key = name_key(text)
    found = process.extract(
        key, {name: name_key(name) for name in names}, scorer=fuzz.WRatio, limit=most, score_cutoff=least
    )
    return [name for _, _, name in found]
