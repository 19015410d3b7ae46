"""The fast path confirms sound logs, and never a log in which the sequential pass has findings."""

import random
import shutil
import sqlite3
from contextlib import closing, suppress
from operator import methodcaller
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.domain.errors import LedgerError
from ledger.tlog.proof import root_at
from tests.attacks.forger import Forger
from tests.attacks.mutations import by_sql
from tests.attacks.tampering import Attack, all_of, mended, sql
from tests.attacks.test_verify_log import ATTACKS, SCHEMAS
from tests.attacks.tree_attacks import TILES
from tests.attacks.verify_paths import verified_fast, verified_in_parallel, verified_sequentially

SEED = 20261128
ROUNDS = 40


FAR = 2**62
SEAMS: dict[str, Attack] = {
    # Entries of the tiled ledger: 1 opened, 2 party A, then an alias each; a segment has 256 entries.
    **{
        f"swap {places[0]} and {places[1]}": mended(methodcaller("renumber", *places))
        for places in ((255, 256), (256, 257), (257, 258), (100, 400))
    },
    "skip a version at a seam": mended(lambda forger: forger.change(257, version=900)),
    "take a version away that another piece needs": mended(
        all_of(lambda forger: forger.change(300, stream="party/B"), lambda forger: forger.change(300, version=1))
    ),
    "go back in time at a seam": mended(lambda forger: forger.change(257, recorded_at="2026-01-15T12:00:02.000000Z")),
    "claim a second part at a seam": mended(lambda forger: forger.change(257, part=[2, 2], command="c-255")),
    "claim a part to come at a seam": mended(lambda forger: forger.change(256, part=[1, 2])),
    "claim a part to come at the end": mended(lambda forger: forger.change(520, part=[1, 2])),
    "use a command of another piece again": mended(lambda forger: forger.change(300, command="c-20")),
    "take away a row of commands": sql("DELETE FROM commands WHERE first = 256"),
    "add a row of commands": sql("INSERT INTO commands VALUES ('more', x'', 256, 1)"),
    "count a command as two": sql("UPDATE commands SET count = 2 WHERE first = 256"),
    "move a row of commands": sql("UPDATE commands SET first = 257 WHERE first = 256"),
    "let the column before a seam hold a number": sql(
        "CREATE TABLE loose AS SELECT * FROM entries", "DROP TABLE entries", "ALTER TABLE loose RENAME TO entries",
        "UPDATE entries SET recorded_at = 7 WHERE position = 256",
    ),
    "state a size beyond all": sql(f"UPDATE head SET size = {FAR}"),  # noqa: S608 - a constant
    "put an entry far beyond": sql(
        f"UPDATE entries SET position = {FAR} WHERE position = 520", f"UPDATE head SET size = {FAR}",  # noqa: S608
    ),
}  # fmt: skip
AGAINST_PIECES = {**SEAMS, **{name: work for name, (work, _) in TILES.items()}}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_makes_it_unsure(forger: Forger, attack: str) -> None:
    """The fast path confirms an attacked log only if the sequential pass has no findings."""
    work, expected = ATTACKS[attack]
    with forger.unguarded():
        work(forger)
    assert bool(expected) == (_fast_result(forger) is None)


@pytest.mark.parametrize("attack", AGAINST_PIECES)
def test_an_attack_on_several_segments_makes_it_unsure(tile_forger: Forger, attack: str) -> None:
    """Attacks across segments are noticed: the order of times, parts of a command, versions, ids, tiles."""
    with tile_forger.unguarded():
        AGAINST_PIECES[attack](tile_forger)
    assert verified_sequentially(tile_forger.url).findings
    assert _fast_result(tile_forger) is None


@pytest.mark.parametrize("attack", SCHEMAS)
def test_another_schema_makes_it_unsure(forger: Forger, attack: str) -> None:
    """The fast path does not confirm a store with a changed schema."""
    forger.sql(*SCHEMAS[attack][0])
    assert _fast_result(forger) is None


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_a_sound_log_gives_the_same_observations(tile_forger: Forger, processes: int) -> None:
    """With any number of processes: origin, size, root, the requested roots and times, and late entries."""
    sizes = (0, 1, 2, 100, 255, 256, 257, 300, 511, 512, 513, 519, 520, 600)
    ledger = open_ledger(tile_forger.url)
    result = verified_fast(ledger.store, processes, sizes)
    assert result is not None
    assert "example.org/attacked" == result.origin
    assert (520, ledger.store.head().root) == (result.size, result.root)
    assert {size: root_at(size, ledger.store) for size in sizes if size <= 520} == dict(result.roots)
    times = {row.position: row.recorded_at for row in ledger.store.rows()}
    watched = {size + step for size in sizes for step in (0, 1)} & times.keys()
    assert {position: times[position] for position in watched} == dict(result.moments)
    ledger.close()


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_a_sound_log_gives_the_same_result(tile_forger: Forger, processes: int) -> None:
    """With any number of processes: size, root, no findings, and the late entries."""
    result, expected = verified_in_parallel(tile_forger.url, processes), verified_sequentially(tile_forger.url)
    assert expected[:3] == result[:3]
    assert [] == result.findings
    assert (519, 0) == (result.backdating.recorded, result.backdating.imported)
    assert expected.backdating.entries == result.backdating.entries


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS)
def test_parallel_findings_are_the_same(forger: Forger, attack: str) -> None:
    """Two processes give the findings of the sequential pass, in the same order."""
    work, _ = ATTACKS[attack]
    with forger.unguarded():
        work(forger)
    assert verified_sequentially(forger.url).findings == verified_in_parallel(forger.url).findings


@pytest.mark.slow
def test_findings_are_the_same_after_random_damage(tiled: Path, tmp_path: Path) -> None:
    """Random changes by SQL, without triggers: the same findings, and no confirmation if there are any."""
    chance = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.db"
        shutil.copy(tiled, path)
        with suppress(sqlite3.Error), closing(sqlite3.connect(path, isolation_level=None)) as db:
            by_sql(chance, db)
        url = f"sqlite:///{path}"
        try:
            expected = verified_sequentially(url)
        except LedgerError:  # it can no longer be opened
            continue
        assert expected.findings == verified_in_parallel(url).findings, f"seed {SEED}, round {number}"


def _fast_result(forger: Forger) -> object:
    ledger = open_ledger(forger.url)
    try:
        return verified_fast(ledger.store)
    finally:
        ledger.close()
