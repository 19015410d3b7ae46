"""The hint of an unknown outcome, pasted: everything is recorded once, whether the lost commit had arrived or not."""

import io
import json
import shlex
from pathlib import Path

import pytest

from cli.main import run
from cli.outcome import Outcome
from ledger.application.open import open_ledger
from ledger.stores.errors import OutcomeUnknown
from tests.faults.processes import new_ledger
from tests.postgres import shared
from tests.postgres.proxy import Proxy, through_proxy

LINES = "".join(json.dumps({"command": "party register", "name": f"Party {number}"}) + "\n" for number in range(5))
REGISTER = "demo/data/register.csv"
ROOT = Path(__file__).parents[2]
KINDS = {
    "a command": (["party", "register", "Alone (illustrative)"], 1),
    "a file": (["record", "five.jsonl"], 5),
    "a file, line by line": (["record", "--each", "five.jsonl"], 5),
    "standard input": (["record", "-"], 5),
    "an import": (["import", "tdag25", str(ROOT / REGISTER)], 703),
}


def _size(url: str) -> int:
    ledger = open_ledger(url)
    size = ledger.store.head().size
    ledger.close()
    return size


def _cut_at_the_commit(proxy: Proxy, monkeypatch: pytest.MonkeyPatch, *, delivers: bool) -> None:
    begins = Outcome.begins

    def cut(self: Outcome, *args: object) -> None:
        begins(self, *args)  # type: ignore[arg-type]
        proxy.delivers, proxy.chance = delivers, 1.0

    monkeypatch.setattr(Outcome, "begins", cut)


@pytest.mark.parametrize("delivers", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_hint_of_an_unknown_outcome(
    postgres_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    delivers: bool,
) -> None:
    """The command line in the hint records what was not recorded, and nothing twice."""
    words, entries = KINDS[kind]
    new_ledger(tmp_path, postgres_url)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEDGER_ACTOR", "staff/1")
    (tmp_path / "five.jsonl").write_text(LINES)
    before = _size(postgres_url)
    with monkeypatch.context() as patched, through_proxy(postgres_url, shared.server().port, 1) as (proxy, url):
        patched.setenv("LEDGER_URL", url)
        patched.setattr("ledger.stores.postgres.connection.RECONNECT_SECONDS", 0.0)
        patched.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))
        _cut_at_the_commit(proxy, patched, delivers=delivers)
        assert OutcomeUnknown.exit == run(words)
    told = capsys.readouterr().err
    assert "error: outcome-unknown: It is not known whether the command " in told
    line = told.split("it is recorded once: ")[1].splitlines()[0].removesuffix(" (with the same input)")
    monkeypatch.setenv("LEDGER_URL", postgres_url)
    for _ in range(2):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))
        assert 0 == run(shlex.split(line)[1:]), capsys.readouterr().err
        assert before + entries == _size(postgres_url)
