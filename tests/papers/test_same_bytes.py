"""Equal papers give equal bytes: in another process, time zone, language and order of hashes."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from shlex import quote

import pytest

from projections.papers.look import Look
from projections.papers.read_back.any_form import content_digest
from projections.papers.render import docx, xlsx
from tests.papers.forgeries import packed_again
from tests.papers.sample import layout
from tests.transcripts.terminal import Terminal

PROGRAM = """
import hashlib, sys
from importlib import import_module
from projections.papers.look import Look
from tests.papers.sample import layout
module = import_module(f"projections.papers.render.{sys.argv[1]}")
print(hashlib.sha256(module.rendered(layout(count=int(sys.argv[2])), Look())).hexdigest())
"""


@pytest.mark.parametrize(("form", "count"), [("docx", 60), ("xlsx", 60), ("xlsx", 2_001)])
def test_another_process_writes_the_same_bytes(form: str, count: int) -> None:
    """Neither the clock nor the surroundings leave a trace, also where rows are not held."""
    module = {"docx": docx, "xlsx": xlsx}[form]
    here = hashlib.sha256(module.rendered(layout(count=count), Look())).hexdigest()
    elsewhere = {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "4242"}
    command = [sys.executable, "-c", PROGRAM, form, str(count)]
    there = subprocess.run(command, env=os.environ | elsewhere, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here


PLACES = (
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
    {"TZ": "America/St_Johns", "LC_ALL": "C", "LANG": "ar_EG.UTF-8", "PYTHONHASHSEED": "1", "LANGUAGE": "fr"},
)
REPORTS = {
    "partnerships": "partnerships --year 2024",
    "council": "council --from 2024-01-01 --to 2024-12-31",
    "disclosures": "disclosures",
    "dossier": "engagement CWG-2023-003",
}
FORMS = ("docx", "xlsx", "html", "pdf")
LATER = """
import datetime, sys
real = datetime.datetime
class Later(real):
    @classmethod
    def now(cls, tz=None):
        return real(2031, 2, 28, 23, 59, 59, tzinfo=datetime.UTC).astimezone(tz)
datetime.datetime = Later
import time
time.time = lambda: 1930000000.5
from cli.main import run
for line in sys.stdin.read().splitlines():
    code = run(line.split())
    assert not code, (line, code)
"""
"""Runs commands, one a line, in a process whose clock is years ahead."""
DEMO = Path(__file__).parents[2] / "demo" / "data"


@pytest.mark.slow
def test_each_form_of_each_report_is_the_same_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As known at one position, every file is the same in another process, folder, day, zone, locale and hash seed."""
    (tmp_path / "desk").mkdir()
    terminal = Terminal(tmp_path / "desk", monkeypatch)
    for line in (
        "init --origin example.org/ledger --currency USD --organization Example",
        f"import tdag25 {quote(str(DEMO / 'register.csv'))}",
        f"import cwg-fhr {quote(str(DEMO / 'engagements.csv'))} --effective 2023-12-01",
    ):
        answer, code = terminal.type(f"ledger {line}")
        assert 0 == code, answer
    size = json.loads(terminal.type("ledger status --format json")[0])["as_of"]["known_at"]
    asked = f"--known-at {size} --on 2025-03-31 --symbol C25/61 --dated 2025-05-02"
    names = {f"{name}.{form}": f"report {of} {asked} -o" for name, of in REPORTS.items() for form in FORMS}
    for name, line in names.items():
        answer, code = terminal.type(f"ledger {line} {name}")
        assert 0 == code, answer
    here = {name: Path(name).read_bytes() for name in names}
    terminal.type("ledger party register Later --membership none")
    for number, place in enumerate(PLACES):
        folder = tmp_path / f"another folder {number}" / "of the same ledger"
        folder.mkdir(parents=True)
        shutil.copy("ledger.db", folder)
        lines = "\n".join(f"{line} {name}" for name, line in names.items())
        command = [sys.executable, "-c", LATER]
        members = os.environ | place | {"PYTHONPATH": os.pathsep.join(sys.path)}
        done = subprocess.run(
            command, env=members, cwd=folder, input=lines, capture_output=True, text=True, check=False
        )
        assert 0 == done.returncode, done.stderr
        assert [] == [name for name, data in here.items() if (folder / name).read_bytes() != data]
    for name in names:
        if name.endswith(("docx", "xlsx")):
            again = packed_again(here[name])
            assert again != here[name]
            assert content_digest(again) == content_digest(here[name])
