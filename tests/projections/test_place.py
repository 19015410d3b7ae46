"""The place of the projections: next to the ledger, or in a private cache."""

from pathlib import Path

import pytest

from projections.runner.location import FilePlace, cache_path, default_path, place_for
from projections.runner.place import NoProjections
from tests.projections.histories import play


def test_beside_the_ledger(tmp_path: Path) -> None:
    """A user who may write next to the ledger has them there."""
    ledger = play([], tmp_path)
    place = place_for(ledger.store.url)
    assert isinstance(place, FilePlace)
    assert (default_path(ledger.store.url), False) == (place.path, place.is_private)
    ledger.close()


def test_a_private_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who only reads keeps them in a cache of their own, another file for each ledger."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    place = place_for(f"sqlite:///{tmp_path}/one.db?mode=ro")
    assert isinstance(place, FilePlace)
    assert (True, tmp_path / "cache") == (place.is_private, place.path.parents[1])
    assert place.path != cache_path(f"sqlite:///{tmp_path}/two.db")


def test_no_cache_to_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder that cannot be created gives NoProjections, with advice, and no traceback."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(NoProjections, match="cannot be read or built"):
        cache_path(f"sqlite:///{tmp_path}/one.db")
