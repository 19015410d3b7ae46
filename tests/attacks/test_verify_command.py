"""`ledger verify` on a tampered file: it lists all findings, exits with 1, and shows no traceback."""

import json

import pytest

from cli.main import run
from cli.session import Session
from tests.attacks.forger import Forger


def _verify(forger: Forger, *options: str) -> int:
    return run(["verify", *options], Session(url=forger.url))


def test_all_findings_are_lines(forger: Forger, capsys: pytest.CaptureFixture[str]) -> None:
    """Each finding of verification and replay is a line with code and position; the last line counts them."""
    with forger.unguarded():
        forger.sql("UPDATE entries SET actor = 'mallory' WHERE position = 7", "DELETE FROM names WHERE position = 2")
    assert 1 == _verify(forger)
    lines = capsys.readouterr().out.splitlines()
    assert (
        "finding: column-differs: position 7: the column actor is 'mallory', in the entry it is 'staff/1'" == lines[0]
    )
    assert "finding: names-differ: position 2: the index lacks 'alpha university'" == lines[1]
    assert lines[2].startswith("2 findings in 13 entries; ")
    assert 3 == len(lines)


def test_findings_as_json(forger: Forger, capsys: pytest.CaptureFixture[str]) -> None:
    """In JSON a finding has its code, its position or null, its step, a description and the meaning of the code."""
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
def test_no_damage_stops_it(forger: Forger, capsys: pytest.CaptureFixture[str], statement: str) -> None:
    """Any damage to the file is a finding: the command continues to its last line."""
    with forger.unguarded():
        forger.sql("DROP TRIGGER IF EXISTS entries_grow")
        forger.sql(statement)
        if "DROP TABLE entries" in statement:
            forger.sql("CREATE TABLE entries (position, stream, version, type, recorded_at)")
    assert 1 == _verify(forger)
    last = capsys.readouterr().out.splitlines()[-1]
    assert "the root computed from the entries is" in last


def test_findings_do_not_control_the_terminal(forger: Forger, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters in tampered data are shown as escapes."""
    with forger.unguarded():
        forger.change(13, event={"type": "\x07party.renamed", "name": "x"})
        forger.change(12, stream="party/\x07")
        forger.sql("INSERT INTO names VALUES ('\x07', 'party/A', 2)", "UPDATE commands SET id = '\x07' WHERE first = 2")
        forger.insert(0, {**forger.entry(11), "stream": "party/\x07"})
    assert 1 == _verify(forger)
    assert "\x07" not in capsys.readouterr().out
