"""A real ledger for each attack: recorded once, and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.forger import STORY, Forger, record


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger that nobody writes to."""
    path = tmp_path_factory.mktemp("recorded") / "ledger.db"
    record(f"sqlite:///{path}", STORY)
    return path


@pytest.fixture(scope="session")
def tiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger of 520 entries, that has two tile hashes; nobody writes to it."""
    path = tmp_path_factory.mktemp("tiled") / "ledger.db"
    aliases = [("party alias", {"party": "A", "alias": f"Alias {number}"}) for number in range(518)]
    record(f"sqlite:///{path}", [STORY[0], *aliases])
    return path


def _forger(original: Path, folder: Path) -> Iterator[Forger]:
    path = folder / "ledger.db"
    shutil.copy(original, path)
    forger = Forger(path)
    yield forger
    forger.close()


@pytest.fixture
def forger(recorded: Path, tmp_path: Path) -> Iterator[Forger]:
    """Return somebody at a copy of the ledger."""
    yield from _forger(recorded, tmp_path)


@pytest.fixture
def tile_forger(tiled: Path, tmp_path: Path) -> Iterator[Forger]:
    """Return somebody at a copy of the ledger that has tiles."""
    yield from _forger(tiled, tmp_path)
