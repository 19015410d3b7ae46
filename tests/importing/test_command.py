"""`ledger import` as people type it: what it prints, where, and how it ends."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.main import run
from cli.session import Session
from tests.importing.desk import Desk, row, sheet

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Return a function that types `ledger import` and returns exit code, stdout and stderr."""
    monkeypatch.chdir(desk.folder)
    for name in ("LEDGER_URL", "LEDGER_ACTOR", "LEDGER_FORMAT", "LEDGER_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def type_in(*args: str | Path) -> tuple[int, str, str]:
        session = Session(url=desk.ledger.store.url, actor="staff/2", clock=desk.ledger.clock)
        code = run(["import", *map(str, args)], session)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return type_in


def test_what_came_of_it(desk: Desk, typed: Typed) -> None:
    """The result is on stdout, with the receipt at the end."""
    desk.write(sheet(row(), row(reference="A-2", itu_amount="5.00")))
    code, out, err = typed("tdag25", "register.csv")
    lines = out.splitlines()
    assert (0, "") == (code, err)
    assert [
        "2 rows, by the profile tdag25",
        "agreements: 2 signed, 0 amended, 0 corrected, 0 unchanged",
        "parties: 1 registered, 0 reclassified",
        "rows rejected: 0",
    ] == lines[:-1]
    assert lines[-1].startswith("recorded at 2-7; log size 7, root ")


def test_changes_vanished_and_notes(desk: Desk, typed: Typed) -> None:
    """What changed is told from what to what, what vanished is listed, and notes are on stderr."""
    desk.take(row(itu_unit="Unit A"), row(reference="A-2"), row(reference="A-3"))
    desk.write(sheet(row(title="Data hub"), row(reference="A-4", partners="Alpha Institut")))
    code, out, err = typed("tdag25", "register.csv", "--dry-run")
    assert 0 == code
    assert "row 1, A-1: title: Data platform → Data hub" in out.splitlines()
    assert "no longer in the file, and left as they are: 2: A-2, A-3" in out.splitlines()
    assert "4 entries would be recorded; log size 8" in out
    assert "note: row 1, A-1: the row no longer gives unit: Unit A stays" in err
    assert "note: row 2, Alpha Institut: is new as P00002, and much like Alpha Institute (P00001)" in err
    assert 8 == desk.size


def test_bad_rows(desk: Desk, typed: Typed) -> None:
    """Faults are on stderr with row, line, column, value, reason and hint; exit 3, nothing recorded."""
    desk.write(sheet(row(), row(reference="A-2", signed_on="20\x1b24")))
    code, out, err = typed("tdag25", "register.csv")
    assert 3 == code
    assert "row 2, line 3, column signed_on, value '20<U+001B>24': not-a-date: '20<U+001B>24' is not a date." in err
    assert "  hint: The profile's dates are written YYYY-MM-DD" in err
    assert "error: rows-refused: 1 of 2 rows cannot be imported, and nothing was recorded." in err
    assert "agreements: 0 signed" in out
    assert "nothing recorded; log size 1" in out


def test_keep_going(desk: Desk, typed: Typed) -> None:
    """Good rows are recorded, the reject file is named, and the exit code still says that not all went well."""
    desk.write(sheet(row(), row(reference="A-2", title="")))
    code, out, err = typed("tdag25", "register.csv", "--keep-going")
    assert 3 == code
    assert "rows rejected: 1" in out
    assert "error: rows-rejected: 1 of 2 rows were not imported; they are in register.csv.rejects.csv." in err
    assert Path("register.csv.rejects.csv").exists()


def test_json(desk: Desk, typed: Typed) -> None:
    """JSON has everything: counts, faults, changes, notices, vanished, positions, size and root."""
    desk.write(sheet(*(row(reference=f"A-{number}", title="") for number in range(30))))
    code, out, _ = typed("tdag25", "register.csv", "--format", "json")
    told = json.loads(out)
    assert (3, 30, 30, 0) == (code, told["rejected"], len(told["faults"]), told["entries"])
    assert {"row": 1, "line": 2, "column": "title", "value": "", "code": "empty-cell"}.items() <= told["faults"][
        0
    ].items()
    desk.write(sheet(row()))
    told = json.loads(typed("tdag25", "register.csv", "--format", "json")[1])
    assert ([[2, 4]], 4, 3, 1) == (told["positions"], told["size"], told["entries"], told["signed"])


def test_csv(desk: Desk, typed: Typed) -> None:
    """CSV has one line of counts."""
    desk.write(sheet(row()))
    _, out, _ = typed("tdag25", "register.csv", "--format", "csv")
    header, counts = out.splitlines()
    assert (
        "rows,signed,amended,corrected,unchanged,parties,reclassified,rejected,vanished,positions,size,root,dry_run"
        == header
    )
    assert counts.startswith("1,1,0,0,0,1,0,0,0,2-4,4,")


def test_first_faults_on_a_terminal(desk: Desk, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal twenty faults are shown, and how many more there are."""
    desk.write(sheet(*(row(reference=f"A-{number}", title="") for number in range(30))))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, _, err = typed("tdag25", "register.csv")
    assert 20 == err.count("empty-cell")
    assert "… and 10 more faults; --format json has them all." in err


def test_correction_has_no_day_of_its_own(desk: Desk, typed: Typed) -> None:
    """A correction counts from the day of what it corrects."""
    desk.write(sheet(row()))
    code, _, err = typed("tdag25", "register.csv", "--as", "correction", "--effective", "2024-01-01")
    assert 2 == code
    assert "--effective is for amendments" in err


def test_options_reach_the_entries(desk: Desk, typed: Typed) -> None:
    """Actor, reason and effective date are those that were given."""
    desk.take(row())
    desk.write(sheet(row(title="Data hub")))
    assert (
        0
        == typed(
            "tdag25", "register.csv", "--actor", "staff/9", "--reason", "Mid-term review", "--effective", "2025-01-31"
        )[0]
    )
    last = desk.entries()[-1]
    assert ("staff/9", "Mid-term review", "2025-01-31") == (last.actor, last.reason, last.effective_on)


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["tdag25", "nowhere.csv"], 2, "error: cannot-read: nowhere.csv cannot be read: No such file or directory."),
        (["tdag25", "."], 2, "error: cannot-read: . cannot be read"),
        (["tdag24", "register.csv"], 2, "error: unknown-profile: There is no import profile 'tdag24'."),
        (["tdag25"], 2, "error: usage: Missing argument 'FILE'."),
        (["tdag25", "register.csv", "--effective", "soon"], 2, "error: bad-date"),
        (["tdag25", "register.csv"], 3, "error: empty-file: The file has no text in it."),
    ],
)
def test_what_cannot_be_imported(desk: Desk, typed: Typed, args: list[str], code: int, told: str) -> None:
    """Every error is a code, a sentence and a hint."""
    desk.write(b"")
    ended, out, err = typed(*args)
    assert (code, "") == (ended, out)
    assert told in err
    assert "hint: " in err


def test_interrupted(desk: Desk, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the command without a traceback, and it is told how to go on."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    desk.write(sheet(row()))
    monkeypatch.setattr("cli.output.progress.Bar.__call__", interrupt)
    code, out, err = typed("tdag25", "register.csv")
    assert (130, "") == (code, out)
    assert "import the file again" in err
    assert 1 == desk.size
