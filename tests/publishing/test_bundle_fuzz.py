"""Published folders that chance has damaged: whatever was done is found, and nothing ends in an exception."""

import os
import random
import shutil
from pathlib import Path

import pytest

from ledger.opening import open_ledger
from ledger.publishing import publish
from ledger.replay import replay_entries
from ledger.verify.bundle import entries_in, verify_bundle
from ledger.verify.findings import Finding
from tests.attacks.forger import STORY, record
from tests.attacks.notary import ONE, POLICY, TWO, keep, note_of
from tests.publishing.logs import files_of

SEED = int(os.environ.get("LEDGER_SEED", "20261123"))
IS_SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
STEP = 1 if IS_SWEEP else 12
"""Of so many bytes, one is flipped."""
MUTATIONS = 10_000 if IS_SWEEP else 250


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of a log of 13 entries, cosigned by both witnesses, with partial tiles of 9 beside them."""
    folder = tmp_path_factory.mktemp("source")
    record(f"sqlite:///{folder}/ledger.db", STORY)
    keep(folder / "ledger.db", *(note_of(folder / "ledger.db", size, witnesses=(ONE, TWO)) for size in (9, 13)))
    ledger = open_ledger(f"sqlite:///{folder}/ledger.db")
    for size in (9, 13):
        publish(ledger, folder / "out", size)
    ledger.close()
    return files_of(folder / "out")


def found(folder: Path) -> list[Finding]:
    """Return all that is found in a folder."""
    result = verify_bundle(folder, policy=POLICY)
    return [*result.findings, *replay_entries(entries_in(folder, result.size))]


def write(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files to a folder; return it."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def test_flipped_bits(source: dict[str, bytes], tmp_path: Path) -> None:
    """A bit that is flipped, in whichever file, is found; there is no byte on which nothing depends."""
    chance = random.Random(f"{SEED}/flips")  # noqa: S311 - repeatable, not secret
    folder = write(tmp_path / "out", source)
    assert [] == found(folder)
    for name, data in source.items():
        for at in range(chance.randrange(STEP), len(data), STEP):
            bit = chance.randrange(8)
            (folder / name).write_bytes(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
            assert found(folder), f"bit {bit} of byte {at} of {name}"
        (folder / name).write_bytes(data)


def mutate(folder: Path, chance: random.Random) -> None:
    """Do one thing to one file or two."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    one, other = chance.choice(paths), chance.choice(paths)
    data = one.read_bytes()
    at, end = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
    match chance.randrange(8):
        case 0:
            one.write_bytes(data[:at] + chance.randbytes(chance.randrange(1, 9)) + data[end:])
        case 1:
            one.write_bytes(data[:at])
        case 2:
            one.unlink()
        case 3:
            one.write_bytes(other.read_bytes())
        case 4:
            one.rename(one.with_name(chance.choice(["000", "13", "9", "1", "checkpoint", "x000", "\udcff", "a\tb"])))
        case 5:
            one.unlink()
            one.symlink_to(other)
        case 6:
            one.unlink()
            one.mkdir()
        case _:
            one.write_bytes(data.replace(chance.randbytes(1), chance.randbytes(2)))


def test_mutations(source: dict[str, bytes], tmp_path: Path) -> None:
    """Whatever chance does to files ends in findings, unless it has undone itself or taken a former partial tile."""
    chance = random.Random(f"{SEED}/mutations")  # noqa: S311 - repeatable, not secret
    needed = {name: data for name, data in source.items() if not name.endswith("/9")}
    for number in range(MUTATIONS):
        folder = write(tmp_path / f"out{number}", source)
        for _ in range(chance.randrange(1, 4)):
            mutate(folder, chance)
        told = found(folder)
        plain = {path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}
        left = {path.relative_to(folder).as_posix(): path.read_bytes() for path in plain}
        is_sound = needed.items() <= left.items() <= source.items()
        assert is_sound or told, f"seed {SEED}, round {number}"
        shutil.rmtree(folder)
