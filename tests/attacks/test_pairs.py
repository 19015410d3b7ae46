"""Pairs of numbers by text, beside a dictionary of all of them."""

import errno
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.main import run
from cli.session import Session
from ledger.verify.pairs import Pairs
from tests.faults.disk import small_disk

TEXTS = st.text("abé\n", max_size=2)
NUMBERS = st.integers(-(2**63), 2**63 - 1)
STEPS = st.lists(st.tuples(st.sampled_from(["put", "get", "pop"]), TEXTS, st.tuples(NUMBERS, NUMBERS)), max_size=60)


@given(steps=STEPS, most=st.integers(0, 9))
def test_as_a_dictionary(steps: list[tuple[str, str, tuple[int, int]]], most: int) -> None:
    """However few stand in memory: what was put last is got, what was taken away is gone, the rest comes in order."""
    pairs, expected = Pairs(most), dict[str, tuple[int, int]]()
    for step, text, pair in steps:
        if step == "put":
            pairs.put(text, pair)
            expected[text] = pair
        elif step == "get":
            assert expected.get(text) == pairs.get(text)
        else:
            assert expected.pop(text, None) == pairs.pop(text)
    assert sorted(expected.values()) == [*pairs.pairs()]


FILL = """
from ledger.verify.pairs import Pairs
pairs = Pairs(1_000)
try:
    for one in range(200_000):
        pairs.put(f"command {one}", (one, -one))
    assert [(one, -one) for one in range(200_000)] == [*pairs.pairs()]
    print("all of them")
except OSError as error:
    print(error.strerror)
"""


@pytest.mark.parametrize(("room", "told"), [("16k", "no room for"), ("3m", "no room for"), ("90m", "all of them")])
def test_no_room_for_the_file(tmp_path: Path, room: str, told: str) -> None:
    """Where a temporary file cannot be made, or cannot grow any more, an error of the system says so."""
    with small_disk(tmp_path / "disk", room) as folder:
        env = os.environ | {"SQLITE_TMPDIR": str(folder)}  # SQLite looks at it once, when it starts
        done = subprocess.run([sys.executable, "-c", FILL], env=env, check=True, capture_output=True, text=True)
    assert told in done.stdout


def test_no_room_is_told(
    recorded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a ledger that is not surely sound, `ledger verify` says that there is no room, with a code and a hint."""

    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "no room for a temporary file")

    shutil.copy(recorded, tmp_path / "ledger.db")
    db = sqlite3.connect(tmp_path / "ledger.db")
    db.execute("DROP TRIGGER head_lasts")
    db.close()
    assert 1 == run(["verify", "--log-only"], Session(url=f"sqlite:///{tmp_path}/ledger.db"))
    monkeypatch.setattr(Pairs, "__init__", full)
    assert 4 == run(["verify", "--log-only"], Session(url=f"sqlite:///{tmp_path}/ledger.db"))
    assert "error: disk-full: There is no room left to write a temporary file" in capsys.readouterr().err
