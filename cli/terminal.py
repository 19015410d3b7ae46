"""The terminal: whether a stream is one, whether a person sits at it, and whether it shows colours."""

import os
import sys
from typing import TextIO

PLAIN_TERMINALS = ("dumb", "emacs")
"""Values of TERM that mean: no pager, no colour."""


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal; it may be closed, or not be there."""
    return stream is not None and not stream.closed and stream.isatty()


def is_person() -> bool:
    """Return whether somebody sits at a terminal and can be asked."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def is_plain() -> bool:
    """Return whether the terminal shows neither colours nor a pager (TERM)."""
    return os.environ.get("TERM") in PLAIN_TERMINALS


def colours() -> bool | None:
    """Return False where no colour is wanted (NO_COLOR, TERM=dumb), else None: only terminals get any."""
    return False if os.environ.get("NO_COLOR") or is_plain() else None
