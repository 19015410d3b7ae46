"""Progress bars on stderr for work of over a second; only on a terminal."""

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from ledger.application.opened_log import OpenedLog


class ProgressBar:
    """Shows progress after the first second, if stderr is a terminal."""

    def __init__(self, label: str, total: int) -> None:
        """Begin with a label and the total amount of work."""
        self.label = label
        self.total = max(total, 1)
        self._began = time.monotonic()
        self._shown = -1

    def __call__(self, done: int) -> None:
        """Show the amount of work done."""
        percent = min(100, 100 * done // self.total)
        if not sys.stderr.isatty() or percent == self._shown or time.monotonic() - self._began < 1:
            return
        self._shown = percent
        click.echo(f"\r{self.label} {percent:3}% ", nl=False, err=True)

    def end(self) -> None:
        """Remove the bar."""
        if self._shown >= 0:
            click.echo(f"\r{' ' * (len(self.label) + 6)}\r", nl=False, err=True)


def bar(label: str, total: int) -> ProgressBar:
    """Return a bar."""
    return ProgressBar(label, total)


@contextmanager
def following(log: "OpenedLog", position: int) -> "Iterator[Connection | sqlite3.Connection]":
    """Yield the projections of a ledger, at least up to a position of its log, as they are at one moment."""
    from projections.runner.at_end import at_end

    with at_end(log.store) as found:
        if found is not None:
            yield found
            return
    from projections.runner.location import snapshot

    shown = bar("reading the log", log.store.head().size)
    with snapshot(log.ledger, position, shown) as db:
        shown.end()
        yield db
