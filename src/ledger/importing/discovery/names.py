"""What the heads of columns mean, by the words that lists use for them: `heads.toml` has them."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

COUNTER, REFERENCE = "row number", "reference"
"""The concepts of a column that counts the rows, and of one that names what they are about."""
NOT_READ = {
    COUNTER: "it counts the rows",
    "person": "it names persons, which the ledger does not hold",
    "status": "the field status reads it",
}
"""Why a column of such a meaning is not read."""
MAX_REMEMBERED = 10_000
"""The size of a cache of heads and other texts."""
_MARK = re.compile(r"[^\w#]+")
_FILLERS = frozenset(
    "usd chf eur gbp jpy cny us k 000 in approx est estimated total of the de du la le des l d itu uit".split()
)
"""Words that do not change what a head means."""


@lru_cache(MAX_REMEMBERED)
def normal(text: str) -> str:
    """Return a head in small letters, without accents, punctuation and repeated spaces."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(char))
    return _MARK.sub(" ", plain.replace("_", " ")).strip()


@cache
def _by_head() -> dict[str, str]:
    concepts = tomllib.loads((files(__package__) / "heads.toml").read_text("utf-8"))
    return {normal(head): concept for concept, heads in concepts.items() for head in heads}


def is_known_head(text: str) -> bool:
    """Return whether a text is the head of a column that many lists have."""
    return len(text) <= 60 and bool(meanings(text))


@lru_cache(MAX_REMEMBERED)
def meanings(head: str) -> dict[str, float]:
    """Return the concepts that a head may mean, each with how likely that is, up to 1."""
    text = normal(head)
    known = _by_head()
    if text in known:
        return {known[text]: 1.0}
    bare = " ".join(word for word in text.split() if word not in _FILLERS)
    if bare in known:
        return {known[bare]: 0.9}
    found: dict[str, float] = {}
    words = text.split()
    if not words:
        return {}
    for known_head, concept in known.items():
        parts = known_head.split()
        if (len(known_head) > 3 and _has(words, parts)) or (len(known_head) > 1 and words[-1] == known_head):
            # The more of the head the known words cover, the likelier; the last words of a head of two rows count more.
            share = len(parts) / len(words)
            ends = words[-len(parts) :] == parts
            found[concept] = max(found.get(concept, 0.0), 0.45 + 0.3 * share + 0.1 * ends)
        elif not known_head.isascii() and len(known_head) > 1 and known_head in text:
            found[concept] = max(found.get(concept, 0.0), 0.45 + 0.3 * len(known_head) / len(text))
    return found


def _has(words: list[str], parts: list[str]) -> bool:
    return any(words[start : start + len(parts)] == parts for start in range(len(words) - len(parts) + 1))
