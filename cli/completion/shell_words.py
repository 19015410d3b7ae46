"""The word that is being typed on a shell's command line: its text, and how what completes it is inserted."""

import re
from dataclasses import dataclass

_SPECIAL = re.compile(r"([^\w@%+=:,./-])")
_SPECIAL_IN_DOUBLE = re.compile(r'([\\$"`])')


@dataclass(frozen=True)
class Word:
    """A word: `text` is what is completed, `head` what stands before it in the same word (`--party=`).

    `kept` is how much of the word bash leaves on the line as it is (up to a character where it breaks words), `quote`
    the quotation mark that is open, if any.
    """

    text: str
    head: str = ""
    kept: str = ""
    quote: str = ""

    @classmethod
    def split(cls, whole: str, kept: str = "", quote: str = "") -> "Word":
        """Return the word; of `--name=value` the value is what is completed."""
        name, found, value = whole.partition("=")
        if found and name.startswith("--"):
            return cls(value, f"{name}=", kept, quote)
        return cls(whole, "", kept, quote)

    def inserted(self, value: str) -> str | None:
        """Return what bash is to insert for a value; None if it cannot stand behind what stays on the line."""
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
        """Return whether a text that is inserted begins as what was typed in its place does, in whatever case."""
        typed = self.inserted(self.text) or ""
        return inserted.casefold().startswith(typed.casefold())


class _Line:
    """A command line as bash reads it, one character after the other."""

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
    """Return the words of a command line up to the cursor, without its first and last, and the last as a Word."""
    reading, escaped = _Line(breaks), False
    for char in line:
        if char == "\\" and not escaped and reading.quote != "'":
            escaped = True
            continue
        reading.take(char, escaped)
        escaped = False
    return reading.words[1:-1], Word.split(reading.words[-1], reading.kept, reading.quote)
