"""The plain form of names: those of one organisation, written with and without marks, `and` or a legal form, share it.

Traditional and simplified Chinese characters are not compared: that takes a table of thousands of them.
"""

import re
import unicodedata

_MARKS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Accents, the points of Hebrew, the vowel signs of Arabic and its lengthening stroke."""
_LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "\u0451": "\u0435",
        "\u0649": "\u064a", "\u06cc": "\u064a", "\u0629": "\u0647", "\u06a9": "\u0643", "\u0671": "\u0627",
        "\u200c": "", "\u200d": "",
    }
)  # fmt: skip
"""Letters with a plainer one that is typed in their place and that no normalisation gives; joiners."""
_JOINED = (".", "'", "\u2019")
"""Signs within a word."""
_SIGNS = str.maketrans(dict.fromkeys('!"#$%()*,/:;<=>?@[\\]^_`{|}~-', " "))
_OTHER_SIGNS = re.compile("[\xa1-\xbf\u060c\u061b\u061f\u2010-\u205e\u3001-\u3003\u3008-\u3020\u30fb\uff01-\uff0f]+")
_AND = tuple(f" {word} " for word in ("and", "&", "et", "und", "y", "e", "og", "och", "en", "\u0438"))
_ARTICLES = frozenset(("the", "la", "le", "les", "el", "der", "die", "das"))
_RUSSIAN_FORMS = frozenset(
    ("\u043e\u043e\u043e", "\u043e\u0430\u043e", "\u0437\u0430\u043e", "\u043f\u0430\u043e", "\u0430\u043e")
)
_FIRST = _ARTICLES | _RUSSIAN_FORMS
"""Words that do not count at the beginning."""
_LAST = _RUSSIAN_FORMS.union(
    "ltd limited inc incorporated corp corporation co company llc llp lp plc pty pte pvt gmbh ag kg ug sa sas sarl srl "
    "spa sl bv nv ab oy oyj as asa aps ltda".split()
)
"""Legal forms, which do not count at the end."""
_FORM_OF_EAST_ASIA = re.compile(
    "^株式会社 ?(?=\\w)|(?<=\\w) ?(?:(?:股份)?有限(?:责任|責任)?公司|株式会社)$", re.MULTILINE
)


def plain_names(keys: str) -> str:
    """Return the plain form of a key of a name, in lower case, or of several, each on a line."""
    if not keys.isascii():
        keys = _MARKS.sub("", unicodedata.normalize("NFKD", keys)).translate(_LETTERS)
        keys = _OTHER_SIGNS.sub(" ", unicodedata.normalize("NFC", keys))
    # Replacing in all at once, and one after another, takes a fraction of the time of expressions.
    for sign in _JOINED:
        keys = keys.replace(sign, "")
    keys = keys.replace("&", " & ").replace("+", " & ").translate(_SIGNS)
    while "  " in keys:
        keys = keys.replace("  ", " ")
    for word in _AND:
        keys = keys.replace(word, " ")
    if not keys.isascii():
        keys = _FORM_OF_EAST_ASIA.sub("", keys)
    return "\n".join(map(_bare, keys.split("\n")))


def _bare(name: str) -> str:
    name = name.strip()
    while (parts := name.rpartition(" "))[0] and parts[2] in _LAST:
        name = parts[0]
    if name in _LAST:  # a legal form alone says nothing about who it is
        return ""
    first, _, rest = name.partition(" ")
    return rest if rest and first in _FIRST else name
