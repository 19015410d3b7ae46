"""`ledger verify` on a file that was tampered with: all findings are listed, exit code 1, no traceback."""

import json

import pytest

from cli.main import run
from cli.session import Session
from tests.attacks.forger import Forger


def _verify(forger: Forger, *options: str) -> int:
    return run(["verify", *options], Session(url=forger.url))


def test_all_findings_are_lines(forger: Forger, capsys: pytest.CaptureFixture[str]) -> None:
    """Findings of the bytes and of the replay stand one a line, with code and position; the last line counts them."""
    with forger.unguarded():
        forger.sql("UPDATE entries SET actor = 'mallory' WHERE position = 7", "DELETE FROM names WHERE position = 2")
    assert 1 == _verify(forger)
    lines = capsys.readouterr().out.splitlines()
    assert "finding: column-differs: position 7: the column actor reads 'mallory', the entry 'staff/1'" == lines[0]
    assert "finding: names-differ: position 2: the index lacks 'alpha university'" == lines[1]
    assert lines[2].startswith("2 findings in 13 entries; ")
    assert 3 == len(lines)


def test_findings_as_data(forger: Forger, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON a finding has its code, its position or null, its step, what was found and what the code means."""
    with forger.unguarded():
        forger.sql("UPDATE head SET root = zeroblob(32)")
    assert 1 == _verify(forger, "--format", "json")
    told = json.loads(capsys.readouterr().out)
    assert 13 == told["size"]
    (finding,) = told["findings"]
    assert {"code", "position", "step", "what", "meaning"} == set(finding)
    assert ("root-differs", None, 6) == (finding["code"], finding["position"], finding["step"])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM head",
        "UPDATE head SET size = 7",
        "UPDATE head SET size = -1",
        "UPDATE head SET hashes = x'00'",
        "UPDATE entries SET actor = CAST(x'ff' AS TEXT)",
        "DELETE FROM entries",
        "DROP TABLE commands",
        "DROP TABLE names",
        "DROP TABLE mentions",
        "DROP TABLE tiles",
        "DROP TABLE entries",
        "UPDATE entries SET data = x'00'",
        "UPDATE entries SET data = CAST(replace(data, 'USD', 'ABC') AS BLOB)",
        "UPDATE entries SET data = CAST(replace(data, '.00', '') AS BLOB)",
        "UPDATE entries SET data = CAST(replace(data, 'engagement', 'party') AS BLOB)",
    ],
)
def test_nothing_stops_it(forger: Forger, capsys: pytest.CaptureFixture[str], statement: str) -> None:
    """Whatever is wrong with the file is a finding: the command goes on to its last line."""
    with forger.unguarded():
        forger.sql("DROP TRIGGER IF EXISTS entries_grow")
        forger.sql(statement)
        if "DROP TABLE entries" in statement:
            forger.sql("CREATE TABLE entries (position, stream, version, type, recorded_at)")
    assert 1 == _verify(forger)
    last = capsys.readouterr().out.splitlines()[-1]
    assert "the root computed from the entries is" in last


def test_what_is_found_cannot_write_on_the_terminal(forger: Forger, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters in what was tampered with are shown as escapes."""
    with forger.unguarded():
        forger.change(13, event={"type": "\x07party.renamed", "name": "x"})
        forger.change(12, stream="party/\x07")
        forger.sql("INSERT INTO names VALUES ('\x07', 'party/A', 2)", "UPDATE commands SET id = '\x07' WHERE first = 2")
        forger.insert(0, {**forger.entry(11), "stream": "party/\x07"})
    assert 1 == _verify(forger)
    assert "\x07" not in capsys.readouterr().out
