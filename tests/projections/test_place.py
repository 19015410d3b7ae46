"""The place of the projections of a ledger in a file: a private cache, whatever lies next to the ledger."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.stores.errors import Damaged
from projections.runner.cache import NoProjections, cache_path
from projections.runner.location import open_at, open_projections, place_for
from projections.runner.place import Place, engine_at
from projections.runner.verify import compare
from tests.projections.small_ledger import record, small_ledger

COUNT = "SELECT count(*) FROM engagement_facts"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of the private cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "engagement-ledger"


def path_of_projections(ledger: Ledger) -> Path:
    """Return the file of the projections."""
    place = place_for(ledger.store.url)
    assert isinstance(place, Place)
    return place.path


def counted(ledger: Ledger) -> int:
    """Return the number of facts in the projections, at the end of the log."""
    engine = open_projections(ledger)
    with engine.connect() as db:
        count: int = db.exec_driver_sql(COUNT).scalar_one()
    engine.dispose()
    return count


def test_in_a_private_cache(tmp_path: Path, cache: Path) -> None:
    """Nobody else may write them, each ledger has its own, and none is written next to the ledger."""
    ledger = small_ledger(tmp_path)
    place = place_for(ledger.store.url)
    assert isinstance(place, Place)
    assert cache == place.path.parent
    assert cache_path(f"sqlite:///{tmp_path}/two.db") != place.path
    counted(ledger)
    assert 0o700 == cache.stat().st_mode & 0o777
    assert ["cache", "ledger.db"] == sorted(path.name for path in tmp_path.iterdir() if "-" not in path.name)
    ledger.close()


def test_rows_planted_next_to_a_ledger_are_not_read(tmp_path: Path) -> None:
    """A file of projections that comes with a ledger is not used, whatever is in it."""
    ledger = small_ledger(tmp_path)
    due = counted(ledger)
    with closing(sqlite3.connect(path_of_projections(ledger))) as db:
        db.execute("VACUUM INTO ?", (str(tmp_path / "ledger.projections.db"),))
    with closing(sqlite3.connect(tmp_path / "ledger.projections.db")) as db, db:
        assert db.execute("DELETE FROM engagement_facts").rowcount == due
    assert due == counted(ledger)
    ledger.close()


def test_projections_of_another_log_are_made_anew(tmp_path: Path) -> None:
    """A log may have the same last entry but others before it: the trees over all of them are compared."""
    ledger = small_ledger(tmp_path)
    due = counted(ledger)
    path = path_of_projections(ledger)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DELETE FROM engagement_facts")
        db.execute("UPDATE tracking SET hashes = zeroblob(length(hashes))")
    assert due == counted(ledger)
    ledger.close()


def test_nothing_is_shown_that_does_not_give_the_root(tmp_path: Path) -> None:
    """Entries that were changed without the tree give another root than the log states: nothing is folded from them."""
    ledger = small_ledger(tmp_path)
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as db, db:
        db.execute("DROP TRIGGER entries_stay")
        db.execute("UPDATE entries SET data = CAST(replace(data, 'Party A', 'Party Z') AS BLOB) WHERE position = 2")
    with pytest.raises(Damaged, match="do not give the root that it states"):
        open_projections(ledger)
    ledger.close()


def test_a_trigger_in_the_cache_is_never_run(tmp_path: Path) -> None:
    """Projections have no triggers and no views: a file that has one is made anew."""
    ledger = small_ledger(tmp_path)
    due = counted(ledger)
    path = path_of_projections(ledger)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TRIGGER t AFTER INSERT ON party_facts BEGIN DELETE FROM engagement_facts; END")
    record(ledger, "party register", "2024-01-02", name="Party E", ref="E")
    assert due == counted(ledger)
    assert [] == compare(ledger)
    ledger.close()


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON money BEGIN INSERT INTO money SELECT * FROM money; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE more (x)",
        "DROP INDEX money_measure",
    ],
)
def test_a_changed_schema_is_a_finding(tmp_path: Path, statement: str) -> None:
    """Step 16 compares the tables, indexes and triggers of the projections, too."""
    ledger = small_ledger(tmp_path)
    counted(ledger)
    with closing(sqlite3.connect(path_of_projections(ledger))) as db, db:
        db.execute(statement)
    (finding,) = compare(ledger)
    assert ("projection-differs", None) == (finding.code, finding.position)
    assert "is not as it was made" in finding.what
    ledger.close()


@pytest.mark.parametrize("name", ["a?b", "ledger.db?x", "a#b", "50%", "%3F", "a b", "ä", "a&b=c", ":memory:"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    """The file is the one that the path names: nothing is written to another file next to it."""
    (tmp_path / name).mkdir()
    ledger = small_ledger(tmp_path / name)
    place = Place(tmp_path / name / "projections.db")
    open_at(place, ledger).dispose()
    assert place.path.is_file()
    with engine_at(place.path).connect() as db:
        assert db.exec_driver_sql(COUNT).scalar_one() > 0
    assert {name} >= {path.name for path in tmp_path.iterdir()} - {"cache"}
    ledger.close()


def test_a_cache_that_others_may_write_is_not_used(tmp_path: Path, cache: Path) -> None:
    """A folder that others may write to gives NoProjections, with advice."""
    cache.mkdir(parents=True)
    cache.chmod(0o777)
    with pytest.raises(NoProjections, match="others may write to that folder"):
        cache_path(f"sqlite:///{tmp_path}/one.db")


def test_files_that_nobody_opens_are_removed(tmp_path: Path, cache: Path) -> None:
    """A ledger that is gone leaves its file in the cache; it goes when another is made, after 90 days."""
    cache.mkdir(parents=True, mode=0o700)
    for name, days in (("old", 91), ("young", 89)):
        (cache / f"{name}.db").touch()
        os.utime(cache / f"{name}.db", (0, os.stat(tmp_path).st_mtime - days * 86400))  # noqa: PTH116
    place_for(f"sqlite:///{tmp_path}/one.db")
    assert ["young.db"] == [path.name for path in cache.iterdir()]


def test_no_cache_to_be_had(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder that cannot be created gives NoProjections, with advice, and no traceback."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(NoProjections, match="cannot be read or built"):
        cache_path(f"sqlite:///{tmp_path}/one.db")
