"""The program of the standard library makes every verdict again that the product states, from the entries alone."""

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.commands.comply.compliance import STATUSES
from cli.main import root
from ledger.application.ledger import Ledger
from ledger.application.request import Request, command_from
from projections.compliance.verdicts import Court
from projections.compliance.versions import Versions
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from tests.compliance.drawn import drawn
from tests.compliance.world import FILES
from tests.projections.histories import histories, play

PLACE = Path(__file__).parents[2] / "projections" / "proof" / "verify_guidelines.py"


def loaded() -> ModuleType:
    """Return the program as a module."""
    spec = importlib.util.spec_from_file_location("verify_guidelines", PLACE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verify_guidelines"] = module
    spec.loader.exec_module(module)
    return module


PROGRAM = loaded()


class Log:
    """The entries of a log as the program reads them."""

    def __init__(self, ledger: Ledger) -> None:
        """Read all entries."""
        self.entries = [(position, json.loads(data)) for position, data in ledger.store.entries(1, None)]
        self.size = len(self.entries)


def stated(ledger: Ledger, folder: Path, on: str, known_at: int) -> dict[tuple[str, ...], dict[str, Any]]:
    """Return the verdicts of the product."""
    engine = engine_at(folder / "tables.db")
    catch_up(ledger, engine)
    with engine.connect() as db:
        queries = Queries(db, BitemporalPoint(on, known_at))
        found: dict[tuple[str, ...], dict[str, Any]] = {
            (verdict.engagement, verdict.key[0], verdict.version.symbol, *verdict.key[1:]): {
                "on": verdict.case.on,
                "status": verdict.status,
                "due_on": verdict.due_on or None,
            }
            for verdict in Court(queries, Versions.recorded(queries)).verdicts(sorted(queries.statuses()))
        }
    engine.dispose()
    return found


@settings(max_examples=25, deadline=None)
@given(story=histories, seed=st.integers(0, 10**6))
def test_both_agree_on_random_guidelines_and_histories(story: Any, seed: int) -> None:
    """At two as-ofs, and as known in the middle, both give the same verdicts."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        ledger = play(story, folder)
        for number in (1, 2):
            text = drawn(seed + number, f"X/{number}", f"2024-0{number}-01").replace('set = "test"', 'set = "drawn"')
            ledger.record(Request(commands=(command_from({"command": "guidelines adopt", "text": text}),), actor="s/1"))
        log = Log(ledger)
        for on, known_at in (("2024-08-01", log.size), ("2026-06-30", log.size), ("2026-06-30", log.size - 1)):
            own = dict(PROGRAM.verdicts(PROGRAM.World(log, on, known_at)))
            assert stated(ledger, folder, on, known_at) == own
        ledger.close()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a published ledger, the policy of a reader, and a file of its verdicts."""
    folder = tmp_path_factory.mktemp("published")
    keys = {"LEDGER_KEYS": str(tmp_path_factory.mktemp("keys")), "LEDGER_URL": f"sqlite:///{folder}/ledger.db"}
    every = [word for status in STATUSES for word in ("--status", status)]
    runner = CliRunner(env=keys)

    def run(*words: str) -> str:
        done = runner.invoke(root, list(words), catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return str(done.stdout)

    run("init", "--origin", "example.org/ledger", "--currency", "USD")
    run("import", "tdag25", str(FILES.parent / "register.csv"))
    run("import", "cwg-fhr", str(FILES.parent / "engagements.csv"), "--effective", "2023-12-01")
    run("guidelines", "adopt", str(FILES / "model-third-parties-1.toml"))
    run("guidelines", "adopt", str(FILES / "model-third-parties-2.toml"))
    run("deviation", "waive", "BDT-2024-071", "risks", "--why", "Urgent", "--approved-by", "Director",
        "--effective", "2024-12-01")  # fmt: skip
    lines = run("key", "new").splitlines()
    (folder / "policy.txt").write_text(
        "\n".join([next(line for line in lines if line.startswith("log ")), "quorum none", ""])
    )
    run("checkpoint", "--output", str(folder / "signed.checkpoint"))
    run("publish", str(folder / "public"), "--policy", str(folder / "policy.txt"))
    stated = run("compliance", "list", *every, "--on", "2024-12-31", "--format", "json")
    (folder / "verdicts.json").write_text(stated, "utf-8")
    return folder


def check(folder: Path, verdicts: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Return exit code and output of the program."""
    code = PROGRAM.main([str(folder / "public"), "--policy", str(folder / "policy.txt"), "--verdicts", str(verdicts)])
    return code, capsys.readouterr().out


def test_a_register_is_judged_again_without_the_product(published: Path) -> None:
    """Run by itself, on the published register of 369 engagements, it finds nothing wrong."""
    words = [str(published / "public"), "--policy", str(published / "policy.txt")]
    words += ["--verdicts", str(published / "verdicts.json")]
    done = subprocess.run([sys.executable, "-I", "-S", str(PLACE), *words], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr), done.stdout
    assert done.stdout.splitlines()[-1] == "findings: 0"
    assert int(done.stdout.splitlines()[-2].removeprefix("verdicts: ")) > 2000


ATTACKS: dict[str, Callable[[dict[str, Any]], None]] = {
    "a verdict": lambda stated: _row(stated, "not met").update(status="met"),
    "a late one made met": lambda stated: _row(stated, "due").update(status="met"),
    "a waived one made met": lambda stated: _row(stated, "waived").update(status="met"),
    "what cannot be judged": lambda stated: _row(stated, "cannot be judged").update(status="does not apply"),
    "a term": lambda stated: _row(stated, "due").update(due_on="2026-12-31"),
    "the day of a case": lambda stated: _row(stated, "not met").update(on="2024-12-30"),
    "another version": lambda stated: _row(stated, "not met").update(symbol="MODEL-GL/1"),
    "another rule": lambda stated: _row(stated, "not met").update(rule="outcomes"),
    "another set": lambda stated: _row(stated, "not met").update(set="other"),
    "another engagement": lambda stated: _row(stated, "not met").update(engagement="BDT-2020-001"),
    "another case": lambda stated: _row(stated, "not met").update(case="@7"),
    "a verdict left out": lambda stated: stated["rows"].remove(_row(stated, "not met")),
    "a waiver left out": lambda stated: stated["rows"].remove(_row(stated, "waived")),
    "a verdict twice": lambda stated: stated["rows"].append(_row(stated, "not met")),
    "a verdict made up": lambda stated: stated["rows"].append({**_row(stated, "not met"), "engagement": "NONE"}),
    "a rule left out": lambda stated: stated.update(rows=[row for row in stated["rows"] if row["rule"] != "risks"]),
    "another day": lambda stated: stated["as_of"].update(on="2024-12-30"),
    "known before a version": lambda stated: stated["as_of"].update(known_at=stated["as_of"]["known_at"] - 3),
    "known before a waiver": lambda stated: stated["as_of"].update(known_at=stated["as_of"]["known_at"] - 2),
    "known beyond the log": lambda stated: stated["as_of"].update(known_at=10**6),
    "the root of another log": lambda stated: stated["as_of"].update(root="A" * 44),
    "no rows": lambda stated: stated.pop("rows"),
}


def _row(stated: dict[str, Any], status: str) -> dict[str, Any]:
    return next(row for row in stated["rows"] if row["status"] == status)


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_found(attack: str, published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another verdict, term, case, version, rule or as-of than the entries give is a finding."""
    stated = json.loads((published / "verdicts.json").read_bytes())
    ATTACKS[attack](stated)
    changed = tmp_path / "verdicts.json"
    changed.write_text(json.dumps(stated), "utf-8")
    code, out = check(published, changed, capsys)
    assert code == 1, out
    assert re.search("^finding: (verdict-differs|bad-verdicts)", out, re.MULTILINE)
