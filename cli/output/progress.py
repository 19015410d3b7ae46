"""Bars on stderr for what takes over a second; none where nobody watches."""

import sys
import time
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from ledger.application.ledger import Ledger


class Bar:
    """Shows how far something is once it has taken a second, if somebody watches."""

    def __init__(self, label: str, total: int) -> None:
        """Know what is done and how much of it there is."""
        self.label = label
        self.total = max(total, 1)
        self._began = time.monotonic()
        self._shown = -1

    def __call__(self, done: int) -> None:
        """Say how much is done."""
        percent = min(100, 100 * done // self.total)
        if not sys.stderr.isatty() or percent == self._shown or time.monotonic() - self._began < 1:
            return
        self._shown = percent
        click.echo(f"\r{self.label} {percent:3}% ", nl=False, err=True)

    def end(self) -> None:
        """Take the bar away."""
        if self._shown >= 0:
            click.echo(f"\r{' ' * (len(self.label) + 6)}\r", nl=False, err=True)


def bar(label: str, total: int) -> Bar:
    """Return a bar."""
    return Bar(label, total)


def following(ledger: "Ledger") -> "Engine":
    """Return the projections of a ledger, brought to the end of its log, saying so when they are in a private cache."""
    from projections.runner.location import open_projections

    shown = bar("reading the log", ledger.store.head().size)
    engine, is_private = open_projections(ledger, shown)
    shown.end()
    if is_private:
        click.echo(
            "note: the projections are kept in your own cache, since you may not write beside the ledger.", err=True
        )
    return engine
