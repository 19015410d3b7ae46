"""The demonstration of `make demo` runs: every command succeeds, and the ledger verifies."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT


@pytest.mark.slow
def test_the_demonstration_runs_to_its_end(tmp_path: Path) -> None:
    """In a copy of its folder and the program, from the start; the last sentence on the ledger is that it verifies."""
    shutil.copytree(ROOT / "demo", tmp_path / "demo", ignore=shutil.ignore_patterns("out"))
    (tmp_path / "projections" / "proof").mkdir(parents=True)
    shutil.copy(ROOT / "projections" / "proof" / "verify_ledger.py", tmp_path / "projections" / "proof")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    env = {name: value for name, value in os.environ.items() if not name.startswith("LEDGER_")} | {"PATH": path}
    done = subprocess.run(
        ["/bin/sh", tmp_path / "demo" / "demo.sh"], env=env, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stdout[-2000:] + done.stderr[-2000:]
    assert "no findings" in done.stdout
    assert list((tmp_path / "demo" / "out").glob("*.html"))
