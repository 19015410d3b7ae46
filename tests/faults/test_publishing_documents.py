"""`ledger report … --publish` in a process that is killed at any of its writes, and on a full disk."""

import hashlib
import json
import os
import shlex
import shutil
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.domain.disclosure.disclosure import Disclosure
from ledger.verify.procedure import verify_log
from tests.faults.disk import small_disk
from tests.faults.shim import APPLIES, Shim, typed

HISTORY = (
    "init --origin example.org/ledger --currency USD --organization Example",
    "setting change governing-body Council --effective 2026-01-01",
    "party register Alpha --ref A --type Academia --membership none",
    "engagement sign E-1 --title Skills --kind memorandum --party A --effective 2026-02-01",
)
PUBLISH = "report council --from 2026-01-01 --to 2026-11-23 --symbol C26/47 --dated 2026-11-23 --publish --house house"
IS_SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
KILLS = 12
FOLDER, FILES = "C26-47", {"C26-47.docx", "C26-47.html", "edition.json"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a ledger of one engagement, and with a house that publishes Word files and pages."""
    root = tmp_path_factory.mktemp("prepared") / "root"
    for name in ("desk/house", "home", "cache", "keys"):
        (root / name).mkdir(parents=True)
    for line in HISTORY:
        done = typed(shlex.split(line), root)
        assert 0 == done.code, done
    (root / "desk/house/house.toml").write_text('[reports.council]\nforms = ["docx", "html"]\n')
    return root


def _published(desk: Path) -> bool:
    """Return whether the disclosure is recorded; nothing may be there in part, and no disclosure without its files."""
    folder = desk / FOLDER
    if folder.exists():
        assert FILES == {path.name for path in folder.iterdir()}
        for file in json.loads((folder / "edition.json").read_text("utf-8"))["files"]:
            assert file["sha256"] == hashlib.sha256((folder / file["file"]).read_bytes()).hexdigest()
    ledger = open_ledger(f"sqlite:///{desk}/ledger.db", reads=True)
    try:
        assert [] == verify_log(ledger.store).findings
        state, _ = ledger.fold("disclosure/C26/47")
    finally:
        ledger.close()
    assert isinstance(state, Disclosure)
    if state.files:
        assert set(state.files) == {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return bool(state.files)


@pytest.mark.slow
def test_killed(prepared: Path, tmp_path: Path) -> None:
    """After a kill the folder is there whole or not at all, and so is the disclosure, which never is there alone."""
    shim, outcomes = Shim(tmp_path), []

    def copied(name: str) -> Path:
        return Path(shutil.copytree(prepared, tmp_path / name))

    shim.calls(shlex.split(PUBLISH), copied("first"))  # which makes what later ones find: compiled modules, caches
    calls = shim.calls(shlex.split(PUBLISH), copied("whole"))
    assert _published(tmp_path / "whole" / "desk")
    places = [number for number, call in enumerate(calls, 1) if call in APPLIES["kill"].split()]
    for number in places if IS_SWEEP else places[:: max(1, len(places) // KILLS)] + places[-24:]:
        root = copied(f"killed-{number}")
        run = shim.run(shlex.split(PUBLISH), root, "kill", number)
        if run.code == 0:  # it made fewer calls than the whole run, and ended before its end
            assert _published(root / "desk")
            continue
        assert -signal.SIGKILL == run.code, run
        outcomes.append(((root / "desk" / FOLDER).exists(), _published(root / "desk")))
        if outcomes[-1] == (False, False):
            again = typed(shlex.split(PUBLISH), root)
            assert (0, True) == (again.code, _published(root / "desk")), again
            assert not [path.name for path in (root / "desk").iterdir() if "unfinished" in path.name]
        shutil.rmtree(root)
    assert {(False, False), (True, False)} <= set(outcomes)


@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 10_000, 30_000])
def test_a_full_disk(room: int, prepared: Path, tmp_path: Path) -> None:
    """On a full disk a sentence says so; nothing is recorded, and no folder has the name."""
    with small_disk(tmp_path / "disk", "1m") as disk:
        with (disk / "ballast").open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x" * 512)
        os.truncate(disk / "ballast", (disk / "ballast").stat().st_size - room)
        root = Path(shutil.copytree(prepared, tmp_path / "root"))
        run = typed([*shlex.split(PUBLISH), "-o", f"{disk}/out"], root)
        assert run.code not in (0, 70), run
        assert "Traceback" not in run.err
        assert "space" in run.err, run
        assert ["ballast"] == [path.name for path in disk.iterdir()]
        assert not _published(root / "desk")
