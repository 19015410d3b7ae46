"""Projections on a PostgreSQL server: staged rebuilds, concurrent followers and readers, and broken tables."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, func, select, update

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.stores.errors import Busy, ConnectionLost, DiskFull
from projections.runner import follow
from projections.runner.location import FilePlace, open_at, place_for
from projections.runner.place import NoProjections, NotWritable
from projections.runner.postgres import MARK, ServerPlace
from projections.tables.schema import ASSERTIONS, VERSION, party_facts, tracking
from tests.postgres.server import wait_until
from tests.projections.histories import play, record_step, steps

STORY = steps(("party rename", "engagement amend", "void", "void", "contribution receive"), 1, 2, 3, 4)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return a ledger with a story."""
    ledger = play(STORY, tmp_path)
    yield ledger
    ledger.close()


def _tables(engine: Engine) -> dict[str, list[Any]]:
    with engine.connect() as db:
        rows = {
            table.name: [tuple(row) for row in db.execute(select(table).order_by(*table.primary_key))]
            for table in ASSERTIONS
        }
    engine.dispose()
    return rows


def _followed(url: str, ledger: Ledger) -> dict[str, list[Any]]:
    return _tables(ServerPlace(url).open_at_end(ledger, None))


def _rebuilt(folder: Path, ledger: Ledger) -> dict[str, list[Any]]:
    return _tables(FilePlace(folder / "rebuilt.db").open_at_end(ledger, None))


def _run(url: str, *texts: str) -> None:
    with psycopg.connect(url, autocommit=True) as db:
        for text in texts:
            db.execute(text)


def _as_role(url: str, role: str) -> str:
    return f"{url}?options=-crole%3D{role}"


@pytest.fixture
def role(postgres_url: str) -> Iterator[str]:
    """Return a role that may read the database and create nothing in it."""
    name = f"reader_{postgres_url[-12:]}"
    _run(postgres_url, f"CREATE ROLE {name}")
    yield name
    _run(postgres_url, f"REASSIGN OWNED BY {name} TO postgres", f"DROP OWNED BY {name}", f"DROP ROLE {name}")


def test_the_rows_are_those_of_a_file(ledger: Ledger, postgres_url: str, tmp_path: Path) -> None:
    """Rebuilt or followed in steps, the tables have the same rows as those in a file."""
    assert _rebuilt(tmp_path, ledger) == _followed(postgres_url, ledger)
    for step in STORY:
        record_step(ledger, step)
        _followed(postgres_url, ledger)
    assert _rebuilt(tmp_path, ledger) == _followed(postgres_url, ledger)


def test_many_follow_at_once(
    ledger: Ledger, postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If several processes start at the same time, one creates the tables and each entry is applied once."""
    monkeypatch.setattr(follow, "BATCH", 3)

    def follow_once(_: int) -> dict[str, list[Any]]:
        own = open_ledger(ledger.store.url)
        try:
            return _followed(postgres_url, own)
        finally:
            own.close()

    with ThreadPoolExecutor(4) as pool:
        tables = list(pool.map(follow_once, range(4)))
    assert [_rebuilt(tmp_path, ledger)] * 4 == tables


def test_an_interrupted_rebuild_continues(ledger: Ledger, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupted rebuild leaves the old tables, and the next rebuild continues where it stopped."""
    before = _followed(postgres_url, ledger)
    monkeypatch.setattr(follow, "BATCH", 3)
    _run(postgres_url, "UPDATE projections.tracking SET hashes = 'another log'")
    positions: list[int] = []

    def stop(position: int) -> None:
        positions.append(position)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ServerPlace(postgres_url).open_at_end(ledger, stop)
    with psycopg.connect(postgres_url) as db:
        assert (b"another log",) == db.execute("SELECT hashes FROM projections.tracking").fetchone()
    ServerPlace(postgres_url).open_at_end(ledger, positions.append).dispose()
    assert sorted(positions) == positions
    assert before == _followed(postgres_url, ledger)


def test_a_reader_has_one_state(ledger: Ledger, postgres_url: str) -> None:
    """A reader sees the tables as they were when it began, even if another process follows meanwhile."""
    engine = ServerPlace(postgres_url).open_at_end(ledger, None)
    with engine.connect() as db:
        count = db.execute(select(func.count()).select_from(party_facts)).scalar()
        assert record_step(ledger, ("party rename", 0, 1, 9, 9))
        assert len(_followed(postgres_url, ledger)["party_facts"]) > (count or 0)
        assert count == db.execute(select(func.count()).select_from(party_facts)).scalar()
    engine.dispose()


def test_a_reader_never_meets_empty_tables(ledger: Ledger, postgres_url: str) -> None:
    """Tables are replaced only while no reader holds a lock; a reader that waited reads the new tables."""
    whole = _followed(postgres_url, ledger)
    place = ServerPlace(postgres_url)
    reader = place.engine()
    with psycopg.connect(postgres_url) as writer, ThreadPoolExecutor(1) as pool:
        writer.execute("LOCK TABLE projections.tracking IN ACCESS EXCLUSIVE MODE")
        writer.execute("CREATE SCHEMA copied")
        waiting = pool.submit(_tables, reader)
        with psycopg.connect(postgres_url, autocommit=True) as watcher:
            query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%LOCK TABLE%'"
            wait_until(lambda: watcher.execute(query).fetchone() != (0,), "the reader waits")
        tables = [table.name for table in (*ASSERTIONS, tracking)]
        for name in tables:
            writer.execute(f"CREATE TABLE copied.{name} (LIKE projections.{name} INCLUDING ALL)")
            writer.execute(f"INSERT INTO copied.{name} SELECT * FROM projections.{name}")  # noqa: S608 - of ours
        writer.execute("DROP SCHEMA projections CASCADE")
        writer.execute("ALTER SCHEMA copied RENAME TO projections")
        writer.commit()
        assert whole == waiting.result()


BREAKAGES = {
    "a table gone": "DROP TABLE projections.money",
    "a column gone": "ALTER TABLE projections.party_facts DROP COLUMN value",
    "a column too many": "ALTER TABLE projections.party_facts ADD COLUMN more text NOT NULL DEFAULT 'x'",
    "another table": "DROP TABLE projections.money; CREATE VIEW projections.money AS SELECT 1 AS entry",
    "rows that come again": "UPDATE projections.tracking SET position = 1, hashes = 'x'",
    "no position": "DELETE FROM projections.tracking",
    "all gone": "DROP SCHEMA projections CASCADE",
    "half of a rebuild": "CREATE SCHEMA projections_beside; DROP TABLE projections.tracking",
}


@pytest.mark.parametrize("breakage", BREAKAGES.values(), ids=BREAKAGES)
def test_broken_tables_are_rebuilt(ledger: Ledger, postgres_url: str, breakage: str, tmp_path: Path) -> None:
    """Broken tables of any kind are dropped and rebuilt from the log."""
    _followed(postgres_url, ledger)
    _run(postgres_url, breakage)
    assert record_step(ledger, ("party rename", 0, 1, 9, 9))
    assert _rebuilt(tmp_path, ledger) == _tables(_read(postgres_url, ledger))


def _read(url: str, ledger: Ledger) -> Engine:
    # The way of commands that read.
    return open_at(place_for(url), ledger)


def test_a_role_without_the_right_to_write(
    ledger: Ledger, postgres_url: str, role: str, tmp_path: Path, monkeypatch: Any
) -> None:
    """A role that may not create the schema uses the private cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    place = place_for(_as_role(postgres_url, role))
    assert (FilePlace, True) == (type(place), place.is_private)
    _followed(postgres_url, ledger)
    assert place_for(_as_role(postgres_url, role)).is_private
    assert not place_for(postgres_url).is_private


def test_members_of_the_owner_share_the_tables(ledger: Ledger, postgres_url: str, role: str, tmp_path: Path) -> None:
    """Roles that are members of the owner of the schema follow, rebuild and read the same tables."""
    owner = f"owner_{role}"
    database = postgres_url.rpartition("/")[2]
    _run(
        postgres_url, f"CREATE ROLE {owner}", f"GRANT CREATE ON DATABASE {database} TO {owner}",
        f"GRANT {owner} TO {role}", f"CREATE SCHEMA projections AUTHORIZATION {owner}",
    )  # fmt: skip
    shared = _as_role(postgres_url, role)
    assert _rebuilt(tmp_path, ledger) == _followed(shared, ledger)
    _run(postgres_url, "DELETE FROM projections.tracking")
    assert _followed(shared, ledger) == _followed(postgres_url, ledger)
    with psycopg.connect(postgres_url) as db:
        owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'projections'"
        assert [(owner,)] == db.execute(owners).fetchall()
    _run(postgres_url, f"REASSIGN OWNED BY {owner} TO postgres", f"DROP OWNED BY {owner}", f"DROP ROLE {owner}")


def test_a_foreign_schema_is_not_touched(ledger: Ledger, postgres_url: str) -> None:
    """A schema with the name of ours and other content is neither used nor dropped."""
    _run(postgres_url, "CREATE SCHEMA projections CREATE TABLE budget (amount bigint)")
    with pytest.raises(NotWritable):
        ServerPlace(postgres_url)
    _run(postgres_url, f"COMMENT ON SCHEMA projections IS '{MARK}'")
    _followed(postgres_url, ledger)


def test_tables_of_newer_software_are_not_touched(ledger: Ledger, postgres_url: str) -> None:
    """Two versions of the software with one ledger do not rebuild the tables in turn."""
    engine = ServerPlace(postgres_url).open_at_end(ledger, None)
    with engine.execution_options(write=True).begin() as db:
        db.execute(update(tracking).values(version=VERSION + 1))
    engine.dispose()
    with pytest.raises(NotWritable):
        _followed(postgres_url, ledger)


def test_another_follower_holds_the_lock(ledger: Ledger, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that does not get the lock reports Busy, and does not drop the tables of the other."""
    _followed(postgres_url, ledger)
    monkeypatch.setattr("ledger.stores.postgres.connection.BUSY_SECONDS", 0.2)
    assert record_step(ledger, ("party rename", 0, 1, 9, 9))
    holder = ServerPlace(postgres_url).engine()
    with holder.execution_options(write=True).begin(), pytest.raises(Busy, match="schema projections"):
        _read(postgres_url, ledger)
    holder.dispose()
    _read(postgres_url, ledger).dispose()


def test_a_full_disk(ledger: Ledger, postgres_url: str) -> None:
    """A full disk on the server is reported as DiskFull."""
    _followed(postgres_url, ledger)
    _run(
        postgres_url,
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE 'no room' USING ERRCODE = 'disk_full'; END $$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON projections.party_facts EXECUTE FUNCTION full_disk()",
    )
    assert record_step(ledger, ("party rename", 0, 1, 9, 9))
    with pytest.raises(DiskFull):
        _read(postgres_url, ledger)


def test_a_lost_connection(ledger: Ledger, postgres_url: str) -> None:
    """A connection that is lost while a command reads is reported as ConnectionLost."""
    engine = ServerPlace(postgres_url).open_at_end(ledger, None)
    connections = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with engine.connect() as db:
        db.execute(select(tracking))
        _run(postgres_url, f"SELECT pg_terminate_backend(pid) {connections}")
        with pytest.raises(ConnectionLost):
            db.execute(select(tracking))
    engine.dispose()


def test_projections_that_cannot_be_built(ledger: Ledger, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the rebuild fails as well, NoProjections is raised with the message of the server."""
    monkeypatch.setattr("projections.runner.follow.add", lambda db, *_: db.exec_driver_sql("SELECT 1 FROM nothing"))
    with pytest.raises(NoProjections, match='relation "nothing" does not exist'):
        _read(postgres_url, ledger)
