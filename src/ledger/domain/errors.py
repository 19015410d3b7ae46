"""The base of all errors that users see: a class for each case, with a code, a sentence and a hint at the next step.

The classes are defined in the modules that raise them. Exit codes are those of the command line: 2 usage, 3 refused by
a rule, 4 conflict or busy, 5 integrity.
"""

from collections.abc import Iterable
from typing import ClassVar

USAGE, REFUSED, CONFLICT, INTEGRITY = 2, 3, 4, 5


class LedgerError(Exception):
    """Something that a person can act on: code, sentence, hint. The docstring of a subclass says when it occurs."""

    code: ClassVar[str] = ""
    exit: ClassVar[int] = REFUSED

    def __init__(self, sentence: str, hint: str = "") -> None:
        """Keep the `sentence` that says what is wrong and the `hint` that says what to do next."""
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


def catalogue() -> list[type[LedgerError]]:
    """Return every error class that has a code, of the modules imported so far, by exit code and code."""
    classes: set[type[LedgerError]] = set()
    todo = [LedgerError]
    while todo:
        cls = todo.pop()
        todo.extend(cls.__subclasses__())
        if cls.code:
            classes.add(cls)
    return sorted(classes, key=lambda cls: (cls.exit, cls.code))


def listed(words: Iterable[str], last: str = "or") -> str:
    """Return words as they are listed in a sentence: `a, b or c`; a long list is cut after eight."""
    items = list(words)
    if len(items) > 8:
        return f"{', '.join(items[:8])} and {len(items) - 8} more"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def did_you_mean(near: Iterable[str]) -> str:
    """Return the hint for a word that is not known, from the words that are near it."""
    names = list(near)
    return f"Did you mean {listed(names)}?" if names else ""
