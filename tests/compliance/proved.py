"""Proofs of council reports that judge by guidelines, and both programs that check their verdicts."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from cli.main import root
from ledger.tlog.policy import parse as parse_policy
from projections.proof.shipped_definitions import document_bytes
from projections.proof.verdicts import DIGEST, VERDICTS, differences
from projections.proof.verify_report import verify_report

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
NAMES = (VERDICTS, DIGEST)


class Desk:
    """A folder with a ledger, whose commands are typed, and its keys in another folder."""

    def __init__(self, folder: Path) -> None:
        """Use an empty folder."""
        self.folder = folder
        (folder / "data").mkdir()
        env = {"LEDGER_KEYS": str(folder / "keys"), "LEDGER_URL": f"sqlite:///{folder}/data/ledger.db"}
        self.runner = CliRunner(env=env)

    def run(self, *words: str) -> str:
        """Run a command; return what it prints."""
        done = self.runner.invoke(root, list(words), catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return str(done.stdout)

    def prove(self, on: str = "2024-12-31") -> Path:
        """Sign the log, and return the folder of the council report of 2024 with its proof."""
        lines = self.run("key", "new").splitlines()
        key = next(line for line in lines if line.startswith("log "))
        (self.folder / "policy.txt").write_text(f"{key}\nquorum none\n")
        self.run("definitions", "adopt", "council")
        self.run("checkpoint", "--output", str(self.folder / "signed.checkpoint"))
        proof = self.folder / "proof"
        words = ("--from", "2024-01-01", "--to", "2024-12-31", "--on", on, "--proof", str(proof))
        self.run("report", "council", *words)
        return proof


def stated(proof: Path) -> dict[str, Any]:
    """Return the content of verdicts.json."""
    document: dict[str, Any] = json.loads((proof / "verdicts.json").read_bytes())
    return document


def state(proof: Path, document: dict[str, Any]) -> None:
    """Write other verdicts, in the form that they have."""
    (proof / "verdicts.json").write_bytes(document_bytes(document))


def check(proof: Path, capsys: pytest.CaptureFixture[str], honest: Path | None = None) -> tuple[list[str], list[str]]:
    """Return the codes of what the product finds, and of what the program finds, in their order.

    With an `honest` proof of the same log, the product compares the verdicts with those there, which takes less time.
    """
    if honest is not None:
        found = list(differences(*({name: (at / name).read_bytes() for name in NAMES} for at in (proof, honest))))
    else:
        policy = parse_policy((proof.parent / "policy.txt").read_bytes())
        found = verify_report(proof, policy).findings
    by_product = [finding.code for finding in found]
    code = PROGRAM.main([str(proof), "--policy", str(proof.parent / "policy.txt")])
    lines = [line.split(": ") for line in capsys.readouterr().out.splitlines()]
    by_program = [words[1] for words in lines if words[0] == "finding"]
    assert bool(code) == bool(by_program)
    return list(dict.fromkeys(by_product)), list(dict.fromkeys(by_program))
