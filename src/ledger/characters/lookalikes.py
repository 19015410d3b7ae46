"""Texts that look alike: the skeletons of UTS #39, and the scripts that a reference mixes.

Two texts are confusable if their skeletons are equal. Skeletons are computed when something is recorded and stored
nowhere, so newer data of Unicode (confusables.txt next to this module) may find more.
"""

import re
import unicodedata
from functools import cache

_NEUTRAL = ("MODIFIER", "FEMININE", "MASCULINE", "SUPERSCRIPT")
"""How the names of letters begin that are used with any script, like the ordinal indicators."""
_SAME = {
    "ARABIC-INDIC": "ARABIC", "EXTENDED": "ARABIC", "MICRO": "GREEK",
    "CJK": "EAST ASIAN", "HIRAGANA": "EAST ASIAN", "KATAKANA": "EAST ASIAN", "KATAKANA-HIRAGANA": "EAST ASIAN",
    "HANGUL": "EAST ASIAN", "BOPOMOFO": "EAST ASIAN", "IDEOGRAPHIC": "EAST ASIAN", "VERTICAL": "EAST ASIAN",
}  # fmt: skip
"""Scripts that are written together, by the first words of the names of their characters."""


@cache
def _prototypes() -> dict[int, str]:
    from importlib.resources import files  # noqa: PLC0415 - loaded only when names are compared

    lines = files("ledger.characters").joinpath("confusables.txt").read_text("utf-8").splitlines()
    pairs = (line.split(";") for line in lines if line[:1] != "#")
    return {int(char, 16): "".join(chr(int(code, 16)) for code in codes.split()) for char, codes in pairs}


def skeleton(text: str) -> str:
    """Return the skeleton of a text (UTS #39, section 4): texts that look alike have the same one."""
    decomposed = text if text.isascii() else unicodedata.normalize("NFD", text)
    replaced = decomposed.translate(_prototypes())
    return replaced if replaced.isascii() else unicodedata.normalize("NFD", replaced)


def look_alike(one: str, other: str) -> bool:
    """Return whether two names look alike as written, or with case ignored; joiners and spacing do not count."""
    return not _skeletons(one).isdisjoint(_skeletons(other))


def _skeletons(name: str) -> set[str]:
    # Compatibility forms are compared by their plain form and by their own looks.
    texts = {" ".join(name.split()), " ".join(_plain(name).split())}
    return {skeleton(text) for text in texts} | {skeleton(text.casefold()) for text in texts}


def rough_skeletons(key: str) -> set[str]:
    """Return some texts of which the keys (in lower case) of names that look alike share one, and some others do.

    A key no longer shows which letters were capitals: I looks like l, so i and l are one here, and m and rn are, too.
    Capitals and small letters of other scripts may look like different Latin letters.
    """
    if key.isascii():
        return {rough_plain(key)}
    texts = {key, key.upper(), _plain(key), _plain(key).upper()}
    return {rough_plain(skeleton(text).casefold()) for text in texts}


def rough_plain(keys: str) -> str:
    """Return the rough skeleton of a key in ASCII, or of several, each on a line."""
    # Replacing the few characters one after another is faster than a table of thousands.
    for char, prototype in _ascii_prototypes():
        keys = keys.replace(char, prototype)
    return keys.replace("i", "l").replace("rn", "m")


@cache
def _ascii_prototypes() -> list[tuple[str, str]]:
    pairs = [(chr(code), text.lower()) for code, text in _prototypes().items() if code < 128]
    return [(char, text) for char, text in pairs if char == char.lower() and char != "m"]


def _plain(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", re.sub("[\u200c\u200d]", "", text))


def script_fault(reference: str) -> str | None:
    """Return why the letters of a reference may be taken for others, or None.

    Letters of two scripts do not stand together, but for Latin letters and digits in East Asian references. Letters of
    another script that all look like Latin ones are to be written as these.
    """
    if reference.isascii():
        return None
    groups: dict[str, list[str]] = {}
    for char in filter(str.isalnum, reference):
        groups.setdefault(_script(char), []).append(char)
    mixed = {script for script, chars in groups.items() if script and any(map(str.isalpha, chars))}
    if len(mixed - {"EAST ASIAN"}) > 1 or (len(mixed) > 1 and "LATIN" not in mixed):
        return f"it mixes {' and '.join(sorted(script.capitalize() for script in mixed))} letters"
    for script, chars in groups.items():
        foreign = [char for char in chars if not char.isascii() and script]
        plain = [char for char in foreign if skeleton(_plain(char)).isascii()]
        if plain and (script == "LATIN" or len(plain) == len(foreign)):
            return f"U+{ord(plain[0]):04X} looks like a plain letter or sign"
    return None


def _script(char: str) -> str:
    # The name of a character never changes (Unicode's policy of stability), and begins with its script.
    if char.isascii():
        return "LATIN" if char.isalpha() else ""
    words = unicodedata.name(char, "UNNAMED").split()
    script = words[1] if words[0] in ("FULLWIDTH", "HALFWIDTH") and len(words) > 1 else words[0]
    return "" if script in _NEUTRAL else _SAME.get(script, script)
