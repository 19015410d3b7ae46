"""The terminal: whether a stream is one, whether a person sits at it, whether it shows colours, and what is printed.

What is printed repeats what is in files, and a file may have been altered or come from a stranger. So everything goes
through `say` and `say_line`, which print what a terminal would obey, or not show, as an escape.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TextIO

import click

AT_ONCE = 8192
"""How many characters of a text that is printed piece by piece are printed together."""
PLAIN_TERMINALS = ("dumb", "emacs")
"""Values of TERM that mean: no pager, no colour."""


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; it may be closed, or not be there."""
    return stream is not None and not stream.closed and stream.isatty()


def is_person() -> bool:
    """Return whether somebody sits at a terminal and can be asked."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def terminal_width() -> int:
    """Return the number of columns of the terminal; 80 where there is none."""
    # Like shutil.get_terminal_size, without importing shutil, which imports every compression module.
    width = os.environ.get("COLUMNS", "")
    if width.isdecimal() and int(width):
        return int(width)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or 80  # type: ignore[union-attr]
    except (AttributeError, ValueError, OSError):
        return 80


def is_plain() -> bool:
    """Return whether the terminal shows neither colours nor a pager (TERM)."""
    return os.environ.get("TERM") in PLAIN_TERMINALS


def colours() -> bool | None:
    """Return False where no colour is wanted (NO_COLOR, TERM=dumb), else None: only terminals get any."""
    return False if os.environ.get("NO_COLOR") or is_plain() else None


@cache
def _unseen() -> re.Pattern[str]:
    # Controls but the tab, the line feed and the end of a CSV line; what turns the direction of writing or is not seen;
    # and what is no text at all. The joiners that some scripts need stay.
    return re.compile(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e"
        "\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]|\r(?!\n)"
    )


def visible(text: str) -> str:
    """Return a text with what a terminal would obey or not show as `\\uXXXX`, as in JSON; line feeds and tabs stay."""
    if text.isascii() and text.replace("\n", " ").isprintable():
        return text
    return _unseen().sub(lambda match: _escape(ord(match[0])), text)


def visible_line(text: str) -> str:
    """Return a text as `visible` does, on one line."""
    return visible(text).replace("\r", "").replace("\n", "\\n")


def _escape(code: int) -> str:
    if code < 1 << 16:
        return f"\\u{code:04x}"
    high, low = divmod(code - (1 << 16), 1 << 10)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


class Printed:
    """Whether anything was printed on stdout: a command that printed is not run again by itself."""

    any = False


class OutputFault(OSError):
    """Standard output cannot be written: its disk is full, or fails."""


@contextmanager
def writing_output() -> Iterator[None]:
    """Tell faults of standard output from those of other files. Raises OutputFault, BrokenPipeError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputFault(error.errno, error.strerror) from error


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a text, which may have several lines. Raises OutputFault, BrokenPipeError."""
    Printed.any |= not err
    with writing_output():
        click.echo(visible(text), err=err, nl=nl)


def say_pieces(pieces: Iterable[str]) -> None:
    """Print a text that is made piece by piece, at least a line each, while it is made.

    Raises OutputFault, and BrokenPipeError as soon as nobody reads on.
    """
    waiting: list[str] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece)
        if size >= AT_ONCE:
            say("".join(waiting), nl=False)
            waiting, size = [], 0
    say("".join(waiting), nl=False)


def say_line(text: str, *, err: bool = False) -> None:
    """Print a line; line feeds in it are printed as `\\n`, so that a value cannot imitate another line."""
    say(visible_line(text), err=err)
