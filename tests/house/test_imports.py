"""What a command imports: help is light, and recording needs no projections. Lists of modules are tested, not times."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.house.tree import ROOT

DOCUMENTS = ("babel", "fluent", "fontTools", "lxml", "typst")
HEAVY = ("sqlalchemy", "eventsourcing", "tabulate", "jinja2", *DOCUMENTS)

RUN = """
import json, sys
from cli.main import run
code = 0
try:
    code = run(json.loads(sys.argv[1]))
except SystemExit as left:
    code = left.code or 0
loaded = {name.partition(".")[0] for name in sys.modules}
print("\\n" + json.dumps({"code": code, "loaded": sorted(loaded.intersection(json.loads(sys.argv[2])))}))
"""


def _loads(
    folder: Path, *args: str, of: tuple[str, ...] = HEAVY, environ: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(args), json.dumps(of)],
        cwd=folder,
        env={"PATH": "", "LEDGER_ACTOR": "staff/1", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert 0 == result["code"], done.stderr
    loaded: list[str] = result["loaded"]
    return loaded


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a ledger that has a party and an engagement."""
    path = tmp_path_factory.mktemp("ledger")
    _loads(path, "init", "--origin", "example.org/ledger", "--currency", "USD")
    _loads(path, "party", "register", "Alpha University", "--ref", "ALPHA")
    _loads(path, *"engagement propose E-1 --title Pilot --kind consultancy --party ALPHA".split())
    return path


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["-h"], ["party", "--help"], ["engagement", "-h"]])
def test_help_is_light(tmp_path: Path, args: list[str]) -> None:
    """Help and version load no database, no event store, no tables and no templates."""
    assert [] == _loads(tmp_path, *args)


@pytest.mark.parametrize("verb", [["party", "register"], ["engagement", "list"], ["import"], ["report"], ["verify"]])
def test_help_of_a_verb_is_light(tmp_path: Path, verb: list[str]) -> None:
    """The help of a command imports no more than that of the program."""
    assert [] == _loads(tmp_path, *verb, "--help")


@pytest.mark.parametrize(
    "typed", ["ledger ", "ledger par", "ledger party ", "ledger party register --", "ledger report "]
)
def test_completion_is_light(tmp_path: Path, typed: str) -> None:
    """Completion in a shell imports nothing heavy, since it runs at every tab key."""
    number = str(len(typed.split(" ")) - 1)
    variables = {"_LEDGER_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": number}
    assert [] == _loads(tmp_path, environ=variables)


@pytest.mark.parametrize(
    "args",
    [
        ["party", "register", "Beta Institute", "--dry-run"],
        ["party", "register", "Gamma Foundation"],
        ["engagement", "approve", "E-1"],
        ["record", "commands.jsonl"],
    ],
)
def test_recording_needs_no_projections(folder: Path, args: list[str]) -> None:
    """Recording loads no SQLAlchemy: projections that are broken or missing never stop it."""
    line = {"command": "party register", "name": "Delta Agency", "id": "delta"}
    (folder / "commands.jsonl").write_text(json.dumps(line), "utf-8")
    assert [] == _loads(folder, *args, of=("sqlalchemy", "jinja2", *DOCUMENTS))


@pytest.mark.parametrize("form", ["markdown", "html", "csv", "json"])
def test_other_forms_of_reports_need_no_libraries_of_documents(folder: Path, form: str) -> None:
    """A report that is no document loads none of the optional libraries."""
    words = ["report", "council", "--from", "2026-01-01", "--to", "2026-12-31", "--format", form, "--output", "out"]
    assert [] == _loads(folder, *words, of=DOCUMENTS)


def test_a_document_loads_what_it_needs(folder: Path) -> None:
    """A Word document loads no typst: this test can see imports of the optional libraries."""
    words = ["report", "partnerships", "--format", "docx", "--output", "out.docx"]
    assert ["babel", "fluent", "lxml"] == _loads(folder, *words, of=DOCUMENTS)


@pytest.mark.parametrize(
    "args",
    [
        ["show", "1"],
        ["show", "1", "--raw"],
        ["party", "show", "ALPHA"],
        ["engagement", "show", "E-1"],
        ["engagement", "show", "E-1", "--format", "json"],
    ],
)
def test_showing_an_entity_folds_its_stream(folder: Path, args: list[str]) -> None:
    """Showing one entry or entity loads no SQLAlchemy: it reads the log itself."""
    assert [] == _loads(folder, *args, of=("sqlalchemy", "jinja2"))


def test_a_list_loads_sqlalchemy(folder: Path) -> None:
    """A list that has to follow the log loads SQLAlchemy, and one that is too wide tabulate: imports can be seen."""
    _loads(folder, "party", "register", "Epsilon Institute")
    assert ["eventsourcing", "sqlalchemy"] == _loads(folder, "engagement", "list")
    narrow = {"COLUMNS": "40"}
    assert ["tabulate"] == _loads(folder, "engagement", "list", environ=narrow)


def test_completing_a_command_loads_no_entries(folder: Path) -> None:
    """The names of commands are completed without the classes of events."""
    variables = {"_LEDGER_COMPLETE": "bash_complete", "COMP_WORDS": "ledger eng", "COMP_CWORD": "1"}
    assert [] == _loads(folder, of=("msgspec", *HEAVY), environ=variables)
