"""The program of the standard library makes every verdict again that the product states, from the entries alone."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.commands.report.proof import NotProved
from ledger.application.ledger import Ledger
from ledger.application.request import Request, command_from
from projections.compliance import listing
from projections.compliance.verdicts import Court
from projections.compliance.versions import Versions
from projections.proof import verdicts
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from tests.compliance.drawn import drawn, every_word
from tests.compliance.proved import PLACE, PROGRAM, Desk, check, state, stated
from tests.compliance.world import FILES
from tests.projections.histories import histories, play

SWEEP = bool(os.environ.get("LEDGER_SWEEP"))


class Log:
    """The entries of a log as the program reads them."""

    def __init__(self, ledger: Ledger) -> None:
        """Read all entries."""
        self.entries = [(position, json.loads(data)) for position, data in ledger.store.entries(1, None)]
        self.size = len(self.entries)


def by_product(ledger: Ledger, folder: Path, on: str, known_at: int) -> dict[tuple[str, ...], dict[str, Any]]:
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
                "entries": list(verdict.entries),
            }
            for verdict in Court(queries, Versions.recorded(queries)).verdicts(sorted(queries.statuses()))
        }
    engine.dispose()
    return found


@settings(max_examples=25, deadline=None)
@given(story=histories, seed=st.integers(0, 10**6))
def test_both_agree_on_random_guidelines_and_histories(story: Any, seed: int) -> None:
    """At two as-ofs, and as known in the middle, both give the same verdicts, by the same entries."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        ledger = play(story, folder)
        texts = [
            drawn(seed + number, f"X/{number}", f"2024-0{number}-01").replace('set = "test"', 'set = "drawn"')
            for number in (1, 2)
        ]
        for text in (*texts, every_word("X/3", "2024-01-01", seed % 19)):
            ledger.record(Request(commands=(command_from({"command": "guidelines adopt", "text": text}),), actor="s/1"))
        log = Log(ledger)
        for on, known_at in (("2024-08-01", log.size), ("2026-06-30", log.size), ("2026-06-30", log.size - 1)):
            own = dict(PROGRAM.verdicts(PROGRAM.World(log, on, known_at)))
            assert by_product(ledger, folder, on, known_at) == own
        ledger.close()


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the proof of a council report on the registers of the demo."""
    desk = Desk(tmp_path_factory.mktemp("register"))
    desk.run("init", "--origin", "example.org/ledger", "--currency", "USD")
    desk.run("import", "tdag25", str(FILES.parent / "register.csv"))
    desk.run("import", "cwg-fhr", str(FILES.parent / "engagements.csv"), "--effective", "2023-12-01")
    desk.run("guidelines", "adopt", str(FILES / "model-third-parties-1.toml"))
    desk.run("guidelines", "adopt", str(FILES / "model-third-parties-2.toml"))
    desk.run("deviation", "waive", "BDT-2024-071", "risks", "--why", "Urgent", "--approved-by", "Director",
             "--effective", "2024-12-01")  # fmt: skip
    return desk.prove()


def test_a_register_is_judged_again_without_the_product(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run by itself, on the report on a register of 369 engagements, it finds nothing wrong; neither does the product.

    It says how many verdicts it made, and what it does not judge.
    """
    words = [str(register), "--policy", str(register.parent / "policy.txt")]
    done = subprocess.run([sys.executable, "-I", "-S", str(PLACE), *words], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr), done.stdout
    told = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert (told["findings"], told["not judged"]) == ("0", PROGRAM.NOT_JUDGED)
    assert int(told["verdicts"]) > 2000
    assert ([], []) == check(register, capsys)


def test_a_list_is_judged_again(register: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """So are the verdicts that `ledger compliance list` writes: they have the form of those in a proof."""
    document = stated(register)
    counts = document.pop("compliance")
    assert 18 == counts["MODEL-GL/1"]["risks"]["not_met"]
    (tmp_path / "verdicts.json").write_text(json.dumps(document), "utf-8")
    words = [str(register), "--policy", str(register.parent / "policy.txt")]
    assert 0 == PROGRAM.main([*words, "--verdicts", str(tmp_path / "verdicts.json")])
    assert "findings: 0" in capsys.readouterr().out


Attack = Callable[[dict[str, Any]], None]


def of(status: str, /, **members: Any) -> Attack:
    """Return the attack that changes the first verdict of a status."""
    return lambda stated: _row(stated, status).update(members)


def entries(status: str, change: Callable[[list[int]], list[int]]) -> Attack:
    """Return the attack that changes the entries of the first verdict of a status."""
    return lambda stated: _row(stated, status).update(entries=change(_row(stated, status)["entries"]))


ATTACKS: dict[str, Attack] = {
    "a verdict": of("not met", status="met"),
    "a due one made met": of("due", status="met"),
    "a waived one made met": of("waived", status="met"),
    "what cannot be judged": of("cannot be judged", status="does not apply"),
    "a term": of("due", due_on="2026-12-31"),
    "the day of a case": of("not met", on="2024-12-30"),
    "another version": of("not met", symbol="MODEL-GL/1"),
    "another rule": of("not met", rule="outcomes"),
    "another set": of("not met", set="other"),
    "another engagement": of("not met", engagement="BDT-2020-001"),
    "another case": of("not met", case="@7"),
    "an entry left out": entries("not met", lambda own: own[1:]),
    "an entry too many": entries("not met", lambda own: sorted({*own, 2})),
    "another entry": entries("met", lambda own: [*own[:-1], own[-1] + 1]),
    "the entry of a waiver": entries("waived", lambda own: own[:-1]),
    "no entries": entries("cannot be judged", lambda _: []),
    "entries that are none": of("not met", entries="718"),
    "a verdict left out": lambda stated: stated["rows"].remove(_row(stated, "not met")),
    "a waiver left out": lambda stated: stated["rows"].remove(_row(stated, "waived")),
    "a verdict twice": lambda stated: stated["rows"].append(_row(stated, "not met")),
    "a verdict made up": lambda stated: stated["rows"].append({**_row(stated, "not met"), "engagement": "NONE"}),
    "a rule left out": lambda stated: stated.update(rows=[row for row in stated["rows"] if row["rule"] != "risks"]),
    "a count": lambda stated: stated["compliance"]["MODEL-GL/1"]["risks"].update(not_met=17, met=1),
    "the counts of a version left out": lambda stated: stated["compliance"].pop("MODEL-GL/1"),
    "no counts": lambda stated: stated.pop("compliance"),
    "another day": lambda stated: stated["as_of"].update(on="2024-12-30"),
    "known before a version": lambda stated: stated["as_of"].update(known_at=stated["as_of"]["known_at"] - 3),
    "known before a waiver": lambda stated: stated["as_of"].update(known_at=stated["as_of"]["known_at"] - 2),
    "known beyond the log": lambda stated: stated["as_of"].update(known_at=10**6),
    "the root of another log": lambda stated: stated["as_of"].update(root="A" * 44),
    "no rows": lambda stated: stated.pop("rows"),
    "rows that are none": lambda stated: stated.update(rows=7),
}


def _row(stated: dict[str, Any], status: str) -> dict[str, Any]:
    row: dict[str, Any] = next(row for row in stated["rows"] if row["status"] == status)
    return row


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_found(attack: str, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another verdict, term, entry, case, version, rule, count or as-of than the log gives is found by both.

    Without a sweep the product compares with the honest files: that they are what the log gives, another test says.
    """
    proof = _copy(register, tmp_path)
    document = stated(proof)
    ATTACKS[attack](document)
    state(proof, document)
    for codes in check(proof, capsys, honest=None if SWEEP else register):
        assert codes
        assert {*codes} <= {"verdict-differs", "bad-verdicts"}


def test_a_proof_that_the_program_does_not_confirm_gets_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the product states another verdict than the log gives, nothing is handed out, and nothing is left."""

    def row(*given: Any) -> dict[str, Any]:
        return {**listing.row(*given), "status": "met"}

    monkeypatch.setattr(verdicts, "row", row)
    with pytest.raises(NotProved, match=r"verify_guidelines\.py does not confirm the report 'council'"):
        small_proof(tmp_path)
    assert {"data", "guidelines.toml", "keys", "policy.txt", "signed.checkpoint"} == {
        path.name for path in tmp_path.iterdir()
    }


def _copy(proof: Path, folder: Path) -> Path:
    shutil.copytree(proof, folder / "proof")
    shutil.copy(proof.parent / "policy.txt", folder)
    return folder / "proof"


def test_files_that_are_missing_or_no_json(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of verdicts that is no JSON, or lacks, is found; so is a digest that is none, by the product."""
    proof = _copy(register, tmp_path)
    (proof / "verdicts.json").write_text("{", "utf-8")
    assert (["bad-verdicts"], ["bad-verdicts"]) == check(proof, capsys)
    (proof / "verdicts.json").unlink()
    assert (["missing-file"], ["missing-file", "bad-verdicts"]) == check(proof, capsys)
    shutil.copy(register / "verdicts.json", proof)
    (proof / "verify_guidelines.py.sha256").write_text("run evil.py\n", "utf-8")
    assert (["unexpected-file"], ["unexpected-file"]) == check(proof, capsys)


TEXT = """language = 1

[guidelines]
set = "third-parties"
symbol = "{symbol}"
title = "Guidelines"
adopted_by = "Council"
adopted_on = 2024-06-14
in_force_on = {in_force_on}

[materiality]
financial = "{amount}"
measures = ["signed"]

[[rule]]
id = "{rule}"
title = "Risks are assessed before what is material is signed"
facet = "risks"
source = "C24/99, paragraph 4"
at = "signed"
when = {{ material = true }}
need = {{ fact = "risk" }}
"""
HONEST = {
    "symbol": "C24/99", "in_force_on": "2024-07-01", "amount": "USD 200000.00", "rule": "risks",
    "signed": "USD 200000.00", "assessed_on": "2024-09-01", "waived_until": "2024-12-31",
}  # fmt: skip
OTHER_LOGS = {
    "a rule's amount": {"amount": "USD 200000.01"},
    "a date of entry into force": {"in_force_on": "2024-09-03"},
    "a waiver's end": {"waived_until": "2024-09-01"},
    "the day of an evidence": {"assessed_on": "2024-09-03"},
    "an amount of an engagement": {"signed": "USD 199999.99"},
    "a rule's name": {"rule": "risk"},
    "a version's symbol": {"symbol": "C24/100"},
}


def small_proof(folder: Path, **given: str) -> Path:
    """Return the proof of a report on two engagements, one with its risks assessed and one with a waiver."""
    told = {**HONEST, **given}
    (folder / "guidelines.toml").write_text(TEXT.format(**told), "utf-8")
    desk = Desk(folder)
    desk.run("init", "--origin", "example.org/ledger", "--currency", "USD")
    desk.run("party", "register", "Alpha University (illustrative)")
    desk.run("guidelines", "adopt", str(folder / "guidelines.toml"))
    for ref, amount in (("E-1", told["signed"]), ("E-2", "USD 300000.00")):
        words = ("--title", "Skills", "--kind", "partnership agreement", "--party", "P00001")
        desk.run("engagement", "sign", ref, *words, "--contribution", f"P00001={amount}",
                 "--effective", "2024-09-02")  # fmt: skip
    desk.run("risk", "assess", "E-1", "access", "--likelihood", "low", "--impact", "low",
             "--effective", told["assessed_on"])  # fmt: skip
    desk.run("deviation", "waive", "E-2", told["rule"], "--why", "Urgent", "--approved-by", "Director",
             "--until", told["waived_until"], "--effective", "2024-08-01")  # fmt: skip
    return desk.prove()


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the verdicts of the log as it was."""
    return stated(small_proof(tmp_path_factory.mktemp("honest")))


@pytest.mark.parametrize("attack", OTHER_LOGS)
def test_verdicts_of_another_log(
    attack: str, honest: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Verdicts that a log with one other amount, day, rule or version would give are found by both."""
    proof = small_proof(tmp_path, **OTHER_LOGS[attack])
    assert ([], []) == check(proof, capsys)
    state(proof, {**honest, "as_of": stated(proof)["as_of"]})
    assert (["verdict-differs"], ["verdict-differs"]) == check(proof, capsys)


def test_the_program_alone_says_what_it_needs(register: Path, tmp_path: Path) -> None:
    """Without verify_ledger.py next to it, and on a report without verdicts, it says so in a sentence."""
    alone, proof = shutil.copy(PLACE, tmp_path), _copy(register, tmp_path)
    run = [sys.executable, "-I", str(alone), str(proof), "--policy", str(register.parent / "policy.txt")]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.stderr.startswith("verify_guidelines.py: put verify_ledger.py next to it")
    assert 1 == done.returncode
    shutil.copy(PLACE.with_name("verify_ledger.py"), tmp_path)
    (proof / "verdicts.json").unlink()
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert (1, "") == (done.returncode, done.stderr)
    assert (
        "finding: bad-verdicts: verdicts.json: none: a report by guidelines has them; or --verdicts FILE" in done.stdout
    )
