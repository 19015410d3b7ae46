"""Places of projections on which the same properties are tested: a file."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from projections.runner.place import Place

MakePlace = Callable[[Path], AbstractContextManager[Place]]
"""Creates an empty place; the argument is a folder that it may use."""


@contextmanager
def in_file(folder: Path) -> Iterator[Place]:
    """Create a place in a file."""
    yield Place(folder / "followed.db")
