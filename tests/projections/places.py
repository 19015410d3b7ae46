"""Places of projections on which the same properties are tested: a file, and a database."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import psycopg

from projections.runner.location import FilePlace
from projections.runner.place import Place
from projections.runner.postgres import ServerPlace

MakePlace = Callable[[Path], AbstractContextManager[Place]]
"""Creates an empty place; the argument is a folder that it may use."""


@contextmanager
def in_file(folder: Path) -> Iterator[Place]:
    """Create a place in a file."""
    yield FilePlace(folder / "followed.db")


def on_server(url: str) -> MakePlace:
    """Return a factory of places in the database at `url`; each call empties it first."""

    @contextmanager
    def make(_: Path) -> Iterator[Place]:
        with psycopg.connect(url, autocommit=True) as db:
            db.execute("DROP SCHEMA IF EXISTS projections, projections_beside CASCADE")
        yield ServerPlace(url)

    return make
