"""The word at the cursor of a shell's command line: its text, and how to insert a completion of it."""

import re
from dataclasses import dataclass

_SPECIAL = re.compile(r"([^\w@%+=:,./-])")
_SPECIAL_IN_DOUBLE = re.compile(r'([\\$"`])')


@dataclass(frozen=True)
class Word:
    """A word: `text` is the part to complete, `head` the part before it in the same word (`--party=`).

    `kept` is how much of the word bash leaves on the line as it is (up to a character where it breaks words), `quote`
    the quotation mark that is open, if any.
    """

    text: str
    head: str = ""
    kept: str = ""
    quote: str = ""

    @classmethod
    def split(cls, whole: str, kept: str = "", quote: str = "") -> "Word":
        """Return the word; in `--name=value`, the part to complete is the value."""
        name, equals, value = whole.partition("=")
        if equals and name.startswith("--"):
            return cls(value, f"{name}=", kept, quote)
        return cls(whole, "", kept, quote)

    def inserted(self, value: str) -> str | None:
        """Return the text that bash inserts for a value; None if the value does not begin with `kept`."""
        whole = self.head + value
        if not whole.startswith(self.kept):
            return None
        rest = whole[len(self.kept) :]
        if self.quote == '"':
            return _SPECIAL_IN_DOUBLE.sub(r"\\\1", rest)
        if self.quote == "'":
            return rest.replace("'", "'\\''")
        return _SPECIAL.sub(r"\\\1", rest)

    def begins(self, inserted: str) -> bool:
        """Return whether an inserted text begins with the typed text that it replaces, regardless of case."""
        typed = self.inserted(self.text) or ""
        return inserted.casefold().startswith(typed.casefold())


class _Line:
    """A command line as bash reads it, character by character."""

    def __init__(self, breaks: str) -> None:
        self.breaks = breaks
        self.words = [""]
        self.kept = ""
        self.quote = ""
        self.inside = False

    def take(self, char: str, escaped: bool) -> None:
        if escaped:
            self.words[-1] += char
        elif self.quote:
            if char != self.quote:
                self.words[-1] += char
                return
            self.quote = ""
        elif char in "\"'":
            self.quote, self.kept = char, self.words[-1]
        elif char.isspace():
            if self.inside:
                self.words.append("")
            self.kept, self.inside = "", False
            return
        else:
            self.words[-1] += char
            if char in self.breaks:
                self.kept = self.words[-1]
        self.inside = True


def bash_word(line: str, breaks: str) -> tuple[list[str], Word]:
    """Return the words of a command line between the first and the last, and the last as a Word."""
    reader, escaped = _Line(breaks), False
    for char in line:
        if char == "\\" and not escaped and reader.quote != "'":
            escaped = True
            continue
        reader.take(char, escaped)
        escaped = False
    return reader.words[1:-1], Word.split(reader.words[-1], reader.kept, reader.quote)
