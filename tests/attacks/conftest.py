"""Fixtures: a copy of a recorded ledger for each attack."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.forger import STORY, Forger, record


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a ledger that tests must not change."""
    path = tmp_path_factory.mktemp("recorded") / "ledger.db"
    record(f"sqlite:///{path}", STORY)
    return path


@pytest.fixture(scope="session")
def tiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a ledger of 520 entries with two tile hashes, which tests must not change."""
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
    """Return a forger of a copy of the ledger."""
    yield from _forger(recorded, tmp_path)


@pytest.fixture
def tile_forger(tiled: Path, tmp_path: Path) -> Iterator[Forger]:
    """Return a forger of a copy of the ledger with tiles."""
    yield from _forger(tiled, tmp_path)
