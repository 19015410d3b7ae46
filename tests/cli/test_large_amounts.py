"""Sums of money beyond 64 bits are exact, on every screen and in every report."""

import json
from pathlib import Path

import pytest

from cli.main import run
from projections.runner.cache import cache_path

LARGEST = "999999999999999.999"
"""The largest amount of one entry, in a currency with three decimals: 10**18 - 1 minor units."""
COUNT = 12
WHOLE = "11999999999999999.988"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the URL of a ledger with amounts whose sum has more than 64 bits."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    monkeypatch.setenv("LEDGER_URL", url)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    amount = {"currency": "KWD", "value": LARGEST}
    commands: list[dict[str, object]] = [{"command": "party register", "ref": "A", "name": "Alpha"}]
    for number in range(COUNT):
        ref = f"E{number // 3}"
        if number % 3 == 0:
            signing = {"title": "T", "kind": "memorandum", "parties": [{"party": "A"}]}
            commands.append({"command": "engagement sign", "engagement": ref, "effective": "2026-01-05", **signing})
        commit = {"command": "contribution commit", "engagement": ref, "payer": "A", "amount": amount}
        commands.append({**commit, "effective": "2026-02-01"})
    lines = tmp_path / "lines"
    lines.write_text("\n".join(map(json.dumps, commands)))
    assert [0, 0] == [run("init --origin example.org/x --currency KWD".split()), run(["record", str(lines)])]
    return url


@pytest.mark.parametrize("words", ["status", "totals --measure signed --by region"])
def test_sums_are_exact(ledger: str, capsys: pytest.CaptureFixture[str], words: str) -> None:
    """The sum is the exact one, and the projections are not rebuilt for it."""
    assert 0 == run("engagement list".split())
    before = cache_path(ledger).stat().st_ino
    capsys.readouterr()
    assert 0 == run([*words.split(), "--format", "json"])
    assert WHOLE in capsys.readouterr().out
    assert before == cache_path(ledger).stat().st_ino


@pytest.mark.parametrize(
    "words",
    [
        "engagement list", "party list", "contribution list", "next",
        "changes --since 0", "engagement show E0", "history E0", "totals --measure signed --by year",
        "report partnerships --year 2026", "report council --from 2026-01-01 --to 2026-12-31", "report engagement E0",
        "verify", "disclosures",
    ],
)  # fmt: skip
def test_nothing_fails(ledger: str, words: str) -> None:
    """No screen and no report fails for such sums."""
    assert 0 == run(words.split())
