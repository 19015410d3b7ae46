"""The base class of errors that users see. Each error has a class, a code, a sentence and a hint.

An error class is defined in the module that raises it. `exit` is the exit code of the command line: 2 usage, 3 refused
by a rule, 4 conflict or busy, 5 integrity.
"""

from collections.abc import Iterable
from typing import ClassVar

USAGE, REFUSED, CONFLICT, INTEGRITY = 2, 3, 4, 5


class LedgerError(Exception):
    """An error that a person can act on. The docstring of a subclass says when it occurs."""

    code: ClassVar[str] = ""
    exit: ClassVar[int] = REFUSED

    def __init__(self, sentence: str, hint: str = "") -> None:
        """Store the `sentence`, which says what is wrong, and the `hint`, which says what to do next."""
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint


def catalogue() -> list[type[LedgerError]]:
    """Return the error classes of all imported modules that have a code, sorted by exit code and code."""
    classes: set[type[LedgerError]] = set()
    todo = [LedgerError]
    while todo:
        cls = todo.pop()
        todo.extend(cls.__subclasses__())
        if cls.code:
            classes.add(cls)
    return sorted(classes, key=lambda cls: (cls.exit, cls.code))


def listed(words: Iterable[str], last: str = "or") -> str:
    """Join words for a sentence: `a, b or c`. A list of more than eight is cut."""
    items = list(words)
    if len(items) > 8:
        return f"{', '.join(items[:8])} and {len(items) - 8} more"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def did_you_mean(near: Iterable[str]) -> str:
    """Return a hint that suggests similar words, or an empty text if there are none."""
    names = list(near)
    return f"Did you mean {listed(names)}?" if names else ""
