"""`ledger import` as people type it: what it prints, where, and how it ends."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.main import run
from cli.session import Session
from ledger.importing.errors import TooManyFaults
from tests.importing.workspace import Workspace, row, sheet

Typed = Callable[..., tuple[int, str, str]]


@pytest.fixture
def typed(workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Return a function that types `ledger import` and returns exit code, stdout and stderr."""
    monkeypatch.chdir(workspace.folder)
    for name in ("LEDGER_URL", "LEDGER_ACTOR", "LEDGER_FORMAT", "LEDGER_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def type_in(*args: str | Path) -> tuple[int, str, str]:
        session = Session(url=workspace.ledger.store.url, actor="staff/2", clock=workspace.ledger.clock)
        code = run(["import", *map(str, args)], session)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return type_in


def test_what_came_of_it(workspace: Workspace, typed: Typed) -> None:
    """The result is on stdout, with the receipt at the end."""
    workspace.write(sheet(row(), row(reference="A-2", itu_amount="5.00")))
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


def test_changes_vanished_and_notes(workspace: Workspace, typed: Typed) -> None:
    """Changes show old and new value, vanished rows are listed, and notes are on stderr."""
    workspace.import_rows(row(itu_unit="Unit A"), row(reference="A-2"), row(reference="A-3"))
    workspace.write(sheet(row(title="Data hub"), row(reference="A-4", partners="Alpha Institut")))
    code, out, err = typed("tdag25", "register.csv", "--dry-run")
    assert 0 == code
    assert "row 1, A-1: title: Data platform → Data hub" in out.splitlines()
    assert "no longer in the file, and left unchanged: 2: A-2, A-3" in out.splitlines()
    assert "4 entries would be recorded; log size 8" in out
    assert "note: row 1, A-1: the row no longer gives unit: Unit A stays" in err
    assert "note: row 2, Alpha Institut: is new as P00002, and similar to Alpha Institute (P00001)" in err
    assert 8 == workspace.size


def test_bad_rows(workspace: Workspace, typed: Typed) -> None:
    """Faults are on stderr with row, line, column, value, reason and hint; exit 3, nothing recorded."""
    workspace.write(sheet(row(), row(reference="A-2", signed_on="20\x1b24")))
    code, out, err = typed("tdag25", "register.csv")
    assert 3 == code
    assert "row 2, line 3, column signed_on, value '20<U+001B>24': not-a-date: '20<U+001B>24' is not a date." in err
    assert "  hint: The profile's dates are written YYYY-MM-DD" in err
    assert "error: rows-refused: 1 of 2 rows cannot be imported, and nothing was recorded." in err
    assert "agreements: 0 signed" in out
    assert "nothing recorded; log size 1" in out


def test_keep_going(workspace: Workspace, typed: Typed) -> None:
    """Valid rows are recorded, the reject file is named, and the exit code reports the rejected rows."""
    workspace.write(sheet(row(), row(reference="A-2", title="")))
    code, out, err = typed("tdag25", "register.csv", "--keep-going")
    assert 3 == code
    assert "rows rejected: 1" in out
    assert "error: rows-rejected: 1 of 2 rows were not imported; they are in register.csv.rejects.csv." in err
    assert Path("register.csv.rejects.csv").exists()


def test_json(workspace: Workspace, typed: Typed) -> None:
    """JSON has everything: counts, faults, changes, notices, vanished, positions, size and root."""
    workspace.write(sheet(*(row(reference=f"A-{number}", title="") for number in range(30))))
    code, out, _ = typed("tdag25", "register.csv", "--format", "json")
    answer = json.loads(out)
    assert (3, 30, 30, 0) == (code, answer["rejected"], len(answer["faults"]), answer["entries"])
    assert {"row": 1, "line": 2, "column": "title", "value": "", "code": "empty-cell"}.items() <= answer["faults"][
        0
    ].items()
    workspace.write(sheet(row()))
    answer = json.loads(typed("tdag25", "register.csv", "--format", "json")[1])
    assert ([[2, 4]], 4, 3, 1) == (answer["positions"], answer["size"], answer["entries"], answer["signed"])


def test_csv(workspace: Workspace, typed: Typed) -> None:
    """CSV has one line of counts."""
    workspace.write(sheet(row()))
    _, out, _ = typed("tdag25", "register.csv", "--format", "csv")
    header, counts = out.splitlines()
    assert (
        "rows,signed,amended,corrected,unchanged,parties,reclassified,rejected,vanished,positions,size,root,dry_run"
        == header
    )
    assert counts.startswith("1,1,0,0,0,1,0,0,0,2-4,4,")


def test_first_faults_on_a_terminal(workspace: Workspace, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal shows the first faults and the number of the rest."""
    cells = [{"title": ""}, {"kind": ""}, {"partners": ""}, {"signed_on": "x"}, {"currency": "XXY"}]
    workspace.write(sheet(*(row(reference=f"A-{number}") | wrong for number, wrong in enumerate(cells))))
    monkeypatch.setattr("cli.commands.write.import_faults.MAX_SHOWN", 2)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    _, _, err = typed("tdag25", "register.csv")
    assert 2 == err.count("empty-cell")
    assert "… and 3 more faults; --format json has them all." in err


def test_faults_of_one_sort_are_one(workspace: Workspace, typed: Typed) -> None:
    """Given many dates in two wrong styles, when imported, then one text counts them and shows one of each style."""
    dates = [f"{day}.3.2024" for day in range(11, 31)] + ["3 March 2024", "5 April 2024"]
    workspace.write(sheet(*(row(reference=f"A-{number}", signed_on=day) for number, day in enumerate(dates))))
    _, _, err = typed("tdag25", "register.csv")
    assert err.startswith(
        "column signed_on, 22 rows: not-a-date: '11.3.2024' is not a date.\n"
        "  20 like '11.3.2024': rows 1, 2, 3, …; line 2\n"
        "  2 like '3 March 2024': rows 21, 22; line 22\n"
        "  hint: The profile's dates are written YYYY-MM-DD, from 1865 to 2199.\n"
    )
    answer = json.loads(typed("tdag25", "register.csv", "--format", "json")[1])
    assert 22 == len(answer["faults"])


def test_faults_come_before_notes(workspace: Workspace, typed: Typed) -> None:
    """Given a row with a fault and one with a note, when imported, then the fault stands first."""
    workspace.write(sheet(row(partners="Alpha Institute"), row(reference="A-2", partners="Alpha Institutes"), row(
        reference="A-3", title="")))  # fmt: skip
    _, _, err = typed("tdag25", "register.csv")
    assert -1 < err.index("empty-cell") < err.index("note: row 2")


def test_correction_has_no_day_of_its_own(workspace: Workspace, typed: Typed) -> None:
    """A correction is effective on the day of what it corrects."""
    workspace.write(sheet(row()))
    code, _, err = typed("tdag25", "register.csv", "--as", "correction", "--effective", "2024-01-01")
    assert 2 == code
    assert "--effective is for amendments" in err


def test_options_reach_the_entries(workspace: Workspace, typed: Typed) -> None:
    """Entries have the given actor, reason and effective date."""
    workspace.import_rows(row())
    workspace.write(sheet(row(title="Data hub")))
    assert (
        0
        == typed(
            "tdag25", "register.csv", "--actor", "staff/9", "--reason", "Mid-term review", "--effective", "2025-01-31"
        )[0]
    )
    last = workspace.entries()[-1]
    assert ("staff/9", "Mid-term review", "2025-01-31") == (last.actor, last.reason, last.effective_on)


@pytest.mark.parametrize(
    ("args", "code", "expected"),
    [
        (["tdag25", "nowhere.csv"], 2, "error: cannot-read: nowhere.csv cannot be read: No such file or directory."),
        (["tdag25", "."], 2, "error: cannot-read: . cannot be read"),
        (["tdag24", "register.csv"], 2, "error: unknown-profile: There is no import profile 'tdag24'."),
        (["tdag25"], 2, "error: usage: Missing argument 'FILE'."),
        (["tdag25", "register.csv", "--effective", "soon"], 2, "error: bad-date"),
        (["tdag25", "register.csv"], 3, "error: empty-file: The file has no text in it."),
    ],
)
def test_what_cannot_be_imported(workspace: Workspace, typed: Typed, args: list[str], code: int, expected: str) -> None:
    """Every error is a code, a sentence and a hint."""
    workspace.write(b"")
    ended, out, err = typed(*args)
    assert (code, "") == (ended, out)
    assert expected in err
    assert "hint: " in err


def test_interrupted(workspace: Workspace, typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends the command without a traceback, and says that nothing was recorded."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    workspace.write(sheet(row()))
    monkeypatch.setattr("cli.output.progress.ProgressBar.__call__", interrupt)
    code, out, err = typed("tdag25", "register.csv")
    assert (130, "") == (code, out)
    assert "interrupted: nothing was recorded.\n" == err
    assert 1 == workspace.size


@pytest.mark.parametrize("more", [[], ["--keep-going"], ["--dry-run"]])
def test_too_many_faults(workspace: Workspace, typed: Typed, monkeypatch: pytest.MonkeyPatch, more: list[str]) -> None:
    """A file of another kind is refused as a whole; the hint shows how it is read."""
    monkeypatch.setattr("ledger.importing.result.MAX_FAULTS", 10)
    workspace.write(sheet(*(row(signed_on="yesterday", reference=f"R-{number}") for number in range(12))))
    code, out, err = typed("tdag25", "register.csv", *more)
    assert (TooManyFaults.exit, "") == (code, out)
    assert err.startswith(
        "error: too-many-faults: The file has more than 10 faults up to row 11; nothing was recorded."
    )
    assert 1 == workspace.size
    assert " import --check-profile PROFILE FILE'" in err
    code, out, err = typed("--check-profile", "tdag25", "register.csv")
    assert (3, True) == (code, "'yesterday'" in out), err
