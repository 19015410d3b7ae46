"""What is damaged is not signed: head, tiles, indexes, checkpoints and the entries since the last checkpoint."""
# ruff: noqa: S608 - the names of tables are constants

import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.domain.errors import LedgerError
from ledger.maintenance.copy import copy_ledger
from ledger.stores.sqlite.schema import TRIGGERS
from ledger.tlog.checkpoint import parse
from ledger.transparency.checkpoints import sign_head
from ledger.transparency.hashed_head import UnsoundLog
from tests.attacks.forger import STORY, record
from tests.attacks.signing_damage import FORMER, SIZE, Damage, damages
from tests.spec.signing import signing_key

KEY = signing_key(1, "example.org/attacked")
LEAST = 200
"""How many kinds of damage there are at least."""


def signed_ledger(folder: Path) -> Path:
    """Create a ledger of SIZE entries with two checkpoints, the last of FORMER entries."""
    path = folder / "ledger.db"
    record(f"sqlite:///{path}", [*STORY, ("key add", {"vkey": str(KEY.verifier())})])
    ledger = open_ledger(f"sqlite:///{path}")
    sign_head(ledger, [KEY])
    size = ledger.store.head().size
    ledger.close()
    aliases = [("party alias", {"party": "A", "alias": f"Alias {number}"}) for number in range(size, SIZE - 30)]
    record(f"sqlite:///{path}", aliases[: FORMER - size], make=False)
    ledger = open_ledger(f"sqlite:///{path}")
    sign_head(ledger, [KEY])
    ledger.close()
    record(f"sqlite:///{path}", aliases[FORMER - size :], make=False)
    parties = [("party register", {"ref": f"Q{number}", "name": f"Quorate {number}"}) for number in range(10)]
    agreements: list[tuple[str, dict[str, Any]]] = [
        ("engagement sign", {**STORY[1][1], "engagement": f"E-{number}", "parties": [{"party": f"Q{number}"}]})
        for number in range(5)
    ]
    alone = [{**members, "contributions": []} for _, members in agreements]
    record(f"sqlite:///{path}", [*parties, *(("engagement sign", members) for members in alone)], make=False)
    ledger = open_ledger(f"sqlite:///{path}")
    size = ledger.store.head().size
    ledger.close()
    more = [("party alias", {"party": "B", "alias": f"Other {number}"}) for number in range(SIZE - size)]
    record(f"sqlite:///{path}", more, make=False)
    return path


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of the ledger, which tests must not change."""
    return signed_ledger(tmp_path_factory.mktemp("signed"))


def kinds_of(path: Path) -> list[Damage]:
    """Return the kinds of damage to a ledger."""
    db = sqlite3.connect(path)
    found = list(damages(lambda query, *values: db.execute(query, values).fetchall()))
    db.close()
    return found


def is_signed(ledger: Ledger) -> bool:
    """Return whether the head is signed; a refusal stores nothing, and has a code, a sentence and a hint."""
    before = list(ledger.store.side_rows("checkpoints"))
    try:
        sign_head(ledger, [KEY])
    except LedgerError as error:
        refusal = error
    else:
        return True
    assert before == list(ledger.store.side_rows("checkpoints"))
    assert (True, True) == (bool(refusal.code and refusal.hint), refusal.sentence.endswith("."))
    return False


def signed_in_files(sound: Path, folder: Path, kinds: Iterable[Damage]) -> tuple[list[str], int]:
    """Damage copies of a file; return the kinds that were signed nevertheless, and the number that could be done."""
    signed, done = [], 0
    for damage in kinds:
        path = folder / "ledger.db"
        shutil.copy(sound, path)
        db = sqlite3.connect(path, isolation_level=None)
        for name in TRIGGERS:
            db.execute(f"DROP TRIGGER {name}")
        try:
            for statement, given in damage.statements:
                db.execute(statement, given)
        except sqlite3.IntegrityError:  # the table itself does not allow it
            continue
        finally:
            db.close()
        done += 1
        try:
            ledger = open_ledger(f"sqlite:///{path}")
        except LedgerError:
            continue
        if is_signed(ledger):
            signed.append(damage.name)
        ledger.close()
    return signed, done


def test_the_sound_log_is_signed(sound: Path, tmp_path: Path) -> None:
    """Without damage the head is signed, with the root that it has."""
    shutil.copy(sound, tmp_path / "ledger.db")
    ledger = open_ledger(f"sqlite:///{tmp_path}/ledger.db")
    head = ledger.store.head()
    stated = parse(sign_head(ledger, [KEY]).text)
    ledger.close()
    assert (SIZE, head.root) == (stated.size, stated.root)


def test_the_place_is_named(sound: Path, tmp_path: Path) -> None:
    """The refusal says what does not come out."""
    shutil.copy(sound, tmp_path / "ledger.db")
    db = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
    db.execute("UPDATE head SET root = zeroblob(32)")
    db.close()
    ledger = open_ledger(f"sqlite:///{tmp_path}/ledger.db")
    with pytest.raises(UnsoundLog, match=f"the root that its head states is not what its {SIZE} entries give"):
        sign_head(ledger, [KEY])
    ledger.close()


def test_some_damage_is_not_signed(sound: Path, tmp_path: Path) -> None:
    """A tenth of the kinds, of every table."""
    assert [] == signed_in_files(sound, tmp_path, kinds_of(sound)[::10])[0]


@pytest.mark.slow
def test_no_damage_is_signed(sound: Path, tmp_path: Path) -> None:
    """Every kind of damage in a file is refused before the key signs."""
    signed, done = signed_in_files(sound, tmp_path, kinds_of(sound))
    assert [] == signed
    assert done >= LEAST


@pytest.mark.slow
def test_no_damage_on_a_server_is_signed(sound: Path, postgres_url: str) -> None:
    """The owner of a database, who can turn the triggers off, does not get a false root signed either."""
    source = open_ledger(f"sqlite:///{sound}")
    copy_ledger(source, postgres_url)
    source.close()
    kinds = kinds_of(sound)[::6]
    signed = []
    with psycopg.connect(postgres_url, autocommit=True) as db:
        db.execute("SET search_path = ledger")
        db.execute("SET session_replication_role = replica")
        tables = ("head", "tiles", "commands", "names", "mentions", "checkpoints", "entries")
        for name in tables:
            db.execute(f"CREATE TABLE public.sound_{name} AS SELECT * FROM {name}".encode())
        for damage in kinds:
            try:
                for statement, given in damage.statements:
                    db.execute(statement.replace("?", "%s").encode(), given)
            except psycopg.Error:
                pass
            else:
                ledger = open_ledger(postgres_url)
                if is_signed(ledger):
                    signed.append(damage.name)
                ledger.close()
            for name in tables:
                db.execute(f"DELETE FROM {name}".encode())
                db.execute(f"INSERT INTO {name} SELECT * FROM public.sound_{name}".encode())
    assert [] == signed


def test_a_checkpoint_costs_what_was_recorded_since(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the log before the last checkpoint, only the entries of its last tile are read again."""
    shutil.copy(sound, tmp_path / "ledger.db")
    ledger = open_ledger(f"sqlite:///{tmp_path}/ledger.db")
    sign_head(ledger, [KEY])
    ledger.close()
    record(f"sqlite:///{tmp_path}/ledger.db", [("party alias", {"party": "B", "alias": "One more"})], make=False)
    ledger = open_ledger(f"sqlite:///{tmp_path}/ledger.db")
    read: list[tuple[int, int]] = []
    indexed = ledger.store.indexed

    def counting(first: int, last: int) -> list[tuple[Any, ...]]:
        read.append((first, last))
        return indexed(first, last)

    monkeypatch.setattr(ledger.store, "indexed", counting)
    sign_head(ledger, [KEY])
    ledger.close()
    tile = SIZE // 256 * 256
    assert [(tile, tile), (tile + 1, SIZE + 1), (SIZE + 1, SIZE + 1)] == read
