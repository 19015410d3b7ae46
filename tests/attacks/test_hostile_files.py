"""Hostile files of at most 1 MB: each ends within 5 seconds and 300 MB, in a finding or a sentence."""

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from projections.proof import verify_ledger
from tests.attacks.forger import STORY, record
from tests.attacks.hostile_files import KINDS, MAX_BYTES, NAMES
from tests.proof.bundle import POLICY, Bundle
from tests.proof.reports import proved
from tests.transcripts.terminal import Terminal

pytestmark = pytest.mark.slow

SECONDS, MEGABYTES, MAX_OUTPUT = 5, 300, 2 * MAX_BYTES
COMMANDS: dict[str, tuple[str, ...]] = {
    "ledger": ("verify", "status", "report partnerships --year 2025"),
    "report": ("verify-report hostile --policy policy", "verify_ledger.py hostile --policy policy"),
    "site": (
        "verify --bundle hostile --policy policy", "verify --bundle hostile",
        "verify_ledger.py hostile --policy policy",
        "--url sqlite:///new.db restore --published hostile",
    ),
    "policy": ("verify --bundle sound --policy hostile", "verify_ledger.py sound --policy hostile"),
    "backup": ("--url sqlite:///new.db restore hostile",),
    "settings": ("status", "verify --bundle sound"),
}  # fmt: skip
"""What is typed in a folder that holds the file `hostile` (a ledger is `ledger.db`, settings are `ledger.toml`)."""
PLACES = {"ledger": "ledger.db", "settings": "ledger.toml"}
HARMLESS = {
    ("settings", "verify --bundle sound"): "it needs no settings",
    ("policy", "a policy of a thousand keys"): "a key may be repeated",
    ("policy", "groups of groups of groups"): "one witness is enough, and it cosigned",
}


class Ended(NamedTuple):
    """How a process ended: its exit code, what it printed, its processor time, and the memory that it took at most."""

    code: int
    output: str
    seconds: float
    megabytes: float


def run(words: list[str], folder: Path) -> Ended:
    """Run the command `ledger`, or the program that stands alone, in a folder, as a process with limits."""

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
        resource.setrlimit(resource.RLIMIT_FSIZE, (512 << 20, 512 << 20))

    settings = {
        "LEDGER_ACTOR": "staff/1",
        "XDG_CACHE_HOME": str(folder / ".cache"),
        "HOME": str(folder),
        "COLUMNS": "80",
    }
    paths = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    command = [sys.executable, "-c", "import sys; from cli.main import run; sys.exit(run())", *words]
    if words[0] == "verify_ledger.py":
        command = [sys.executable, "-I", verify_ledger.__file__, *words[1:]]
    with (folder / "output").open("w+b") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=paths | settings, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            preexec_fn=limits,  # noqa: PLW1509 - the tests start no threads
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    return Ended(process.returncode, text, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a sound file of each kind."""
    place = tmp_path_factory.mktemp("sound")
    record(f"sqlite:///{place}/ledger", STORY)
    Bundle().write(place / "site")
    (place / "site-policy").write_text(POLICY, "utf-8")
    (place / "reports" / "desk").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patched, proved(Terminal(place / "reports" / "desk", patched)) as folders:
        shutil.copytree(folders["partnerships"], place / "report")
        shutil.copy(place / "reports" / "policy", place / "report-policy")
    return place


@pytest.fixture
def folder(sound: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Return a folder with the hostile file, and what the commands need next to it."""
    kind, name = request.param
    place = tmp_path / PLACES.get(kind, "hostile")
    if kind in ("ledger", "report"):
        (shutil.copytree if kind == "report" else shutil.copy)(sound / kind, place)
    elif kind == "site":
        place.mkdir()
    KINDS[kind][name](place)
    shutil.copytree(sound / "site", tmp_path / "sound")
    shutil.copy(sound / ("report-policy" if kind == "report" else "site-policy"), tmp_path / "policy")
    return tmp_path


@pytest.mark.parametrize(("folder", "case"), [(case, case) for case in NAMES], indirect=["folder"], ids=map(str, NAMES))
def test_ends_in_a_finding_or_a_sentence(folder: Path, case: tuple[str, str]) -> None:
    """No command hangs, fills memory, prints without end or fails as a defect; what is hostile is told."""
    kind, _ = case
    place = folder / PLACES.get(kind, "hostile")
    changed = [path for path in (place.rglob("*") if place.is_dir() else [place]) if path.is_file()]
    assert MAX_BYTES >= max(path.stat().st_size for path in changed)
    for words in COMMANDS[kind]:
        ended = run(words.split(), folder)
        told = f"{words}: {ended.code}, {ended.seconds:.1f} s, {ended.megabytes:.0f} MB\n{ended.output[:2000]}"
        assert ended.code in (0, 1, 2, 3, 4, 5), told
        assert SECONDS >= ended.seconds, told
        assert MEGABYTES >= ended.megabytes, told
        assert MAX_OUTPUT >= len(ended.output), told
        assert "Traceback" not in ended.output, told
        is_harmless = (kind, words) in HARMLESS or case in HARMLESS or (kind == "ledger" and not words.startswith("v"))
        assert is_harmless or ended.code != 0, told
