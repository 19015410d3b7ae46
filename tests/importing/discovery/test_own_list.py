"""`ledger import FILE` without a profile: at a terminal, in a script, and what it leaves behind."""

import shlex
import tomllib
from pathlib import Path

import pytest

from tests.cli.person import LEDGER, Person
from tests.importing.discovery.lists import write_lists
from tests.transcripts.terminal import Terminal


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in a folder with a new ledger and the six lists."""
    terminal = Terminal(tmp_path, monkeypatch)
    terminal.type("ledger init --origin example.org/ledger --currency USD")
    write_lists(tmp_path)
    return terminal


def _person(folder: Path, line: str) -> Person:
    return Person(folder, str(LEDGER), *shlex.split(line))


def test_the_line_that_is_shown_does_the_same(terminal: Terminal, tmp_path: Path) -> None:
    """The profile that was written and the command line that was shown import the same rows: all are unchanged."""
    person = _person(tmp_path, "import partners.xlsx")
    for question, answer in (("Number [1]:", ""), ("Number [1]:", ""), ("the fields:", ""), ("Number [2]:", "")):
        person.answers(question, answer)
    person.reads("As a single command, with the profile that is written now:")
    line = person.reads("\nWrite the profile").strip()
    person.answers("[Y/n]", "")
    assert 0 == person.ends()[1]
    answer, code = _person(tmp_path, line.removeprefix("ledger ")).ends()
    assert (0, True) == (code, "0 signed, 0 amended, 0 corrected, 4 unchanged" in answer)


@pytest.mark.parametrize("before", [0, 1, 2, 3])
def test_ctrl_c_leaves_nothing(terminal: Terminal, tmp_path: Path, before: int) -> None:
    """At each question Ctrl-C ends it: nothing is recorded, and no profile is written."""
    person = _person(tmp_path, "import arabic.csv")
    for question in ["Number [1]:", "the fields:", "Number [2]:"][:before]:
        person.answers(question, "")
    person.leaves(["Number [1]: ", "the fields: ", "Number [2]: ", "[Y/n]: "][before], "c")
    assert 130 == person.ends()[1]
    assert not (tmp_path / "arabic.toml").exists()
    assert "no results" in terminal.type("ledger engagement list")[0]


def test_a_no_leaves_nothing(terminal: Terminal, tmp_path: Path) -> None:
    """Who does not confirm gets neither entries nor a profile."""
    person = _person(tmp_path, "import arabic.csv")
    for question, answer in (("Number [1]:", ""), ("the fields:", ""), ("Number [2]:", ""), ("[Y/n]", "n")):
        person.answers(question, answer)
    rest, code = person.ends()
    assert (130, True) == (code, "nothing recorded." in rest)
    assert not (tmp_path / "arabic.toml").exists()


def test_columns_are_corrected(terminal: Terminal, tmp_path: Path) -> None:
    """A column is given another field by its number, or none; what does not exist is refused and asked again."""
    person = _person(tmp_path, "import american.csv --dry-run")
    person.answers("Number [1]:", "")
    person.answers("the fields:", "9=title 3=colour x")
    refused = person.reads("the fields:")
    assert "'9=title' names no column" in refused
    assert "'colour' is not a field of agreements" in refused
    person.at.sendline("3=purpose, 6=title, 5=-")
    person.answers("the fields:", "")
    asked = person.answers("Number, or another text:", "memorandum")
    assert "the column Status" in asked
    person.answers("Number [1]:", "")
    rest, code = person.ends()
    assert 0 == code
    assert "title: active" in rest
    assert "purpose: Open data" in rest
    assert "partner_amount" not in rest
    assert "would be recorded" in rest
    assert not (tmp_path / "american.toml").exists()


def test_a_name_of_a_profile_that_is_taken(terminal: Terminal, tmp_path: Path) -> None:
    """A profile is never written over: the next free name is used."""
    (tmp_path / "arabic.toml").write_text("mine", "utf-8")
    person = _person(tmp_path, "import arabic.csv")
    for question in ("Number [1]:", "the fields:", "Number [2]:"):
        person.answers(question, "")
    assert "Write the profile to arabic-2.toml" in person.reads("[Y/n]")
    person.at.sendline("y")
    assert 0 == person.ends()[1]
    assert "mine" == (tmp_path / "arabic.toml").read_text("utf-8")


def test_words_of_the_ledger_stand_for_themselves(terminal: Terminal, tmp_path: Path) -> None:
    """Where some kinds of a list are translated, those that are the ledger's own already are accepted as well."""
    terminal.type("ledger setting change list.kinds consultancy 'service contract'")
    rows = "A-1,Alpha,Study,Consultancy,2026-03-04,100.00,USD\nA-2,Beta,Lift,service contract,2026-03-05,200.00,USD\n"
    (tmp_path / "l.csv").write_text(f"Ref,Partner,Title,Contract type,Signed,Value,Cur\n{rows}", "utf-8")
    person = _person(tmp_path, "import l.csv")
    questions = ("Number [1]:", "the fields:", "Number [3]:", "Number [1]:", "[consultant]:", "[vendor]:", "[Y/n]")
    for question in questions:
        person.answers(question, "")
    rest, code = person.ends()
    assert (0, True) == (code, "2 signed" in rest), rest
    codes = tomllib.loads((tmp_path / "l.toml").read_text("utf-8"))["codes"]["kind"]
    assert {"Consultancy": "consultancy", "service contract": "service contract"} == codes


def test_a_file_is_asked_for(terminal: Terminal, tmp_path: Path) -> None:
    """`ledger import` alone asks for the file; one that does not exist is an error."""
    person = _person(tmp_path, "import")
    person.answers("Which file", "nowhere.csv")
    rest, code = person.ends()
    assert (2, True) == (code, "nowhere.csv cannot be read" in rest)


def test_a_new_profile_in_a_script(terminal: Terminal, tmp_path: Path) -> None:
    """A script gets the profile with its open questions as comments, and nothing is overwritten."""
    answer, code = terminal.type("ledger import --new-profile partners.xlsx -o own.toml")
    assert (0, True) == (code, "3 questions are open" in answer)
    text = (tmp_path / "own.toml").read_text("utf-8")
    assert ("agreements", 3) == (tomllib.loads(text)["kind"], text.count("# QUESTION: "))
    assert 'partner_amount = "Contribution Amount"  # the partner gives it' in text
    answer, code = terminal.type("ledger import own.toml partners.xlsx")
    assert (0, True) == (code, "4 signed" in answer)
    answer, code = terminal.type("ledger import --new-profile partners.xlsx -o own.toml")
    assert (2, True) == (code, "cannot-write" in answer)


def test_a_template_of_a_profile(terminal: Terminal, tmp_path: Path) -> None:
    """The workbook to fill in is written beside the list, or where --output says; nothing is overwritten."""
    assert (0, True) == (terminal.type("ledger import --template tdag25")[1], (tmp_path / "tdag25.xlsx").exists())
    assert 2 == terminal.type("ledger import --template tdag25")[1]
    assert 0 == terminal.type("ledger import --template tdag25 -o other.xlsx")[1]


def test_a_consultant_who_gives_is_noted(terminal: Terminal, tmp_path: Path) -> None:
    """Also with a profile: a party in a paid role that would give money is noted, and nothing else is."""
    rows = "R,T,K,P,S,C,A\nC-1,Audit,consultancy,Firm,2025-01-01,USD,500\nC-2,Data,MoU,Fund,2025-01-01,USD,500\n"
    (tmp_path / "list.csv").write_text(rows, "utf-8")
    fields = ("reference", "title", "kind", "parties", "signed_on", "currency", "partner_amount")
    columns = "\n".join(f'{field} = "{head}"' for field, head in zip(fields, "RTKPSCA", strict=True))
    profile = f'kind = "agreements"\n[columns]\n{columns}\n[roles]\nconsultancy = "consultant"\n'
    (tmp_path / "own.toml").write_text(profile, "utf-8")
    answer, _ = terminal.type("ledger import own.toml list.csv --dry-run")
    assert "note: row 1, Firm: gives USD 500.00 as consultant, who is paid" in answer
    assert "Fund: gives" not in answer


def test_equal_rows_without_a_reference_are_noted(terminal: Terminal, tmp_path: Path) -> None:
    """Nothing tells whether two equal rows are one agreement or two: a note names their lines."""
    row = "Firm,Audit,MoU,2025-01-01\n"
    (tmp_path / "twice.csv").write_text(f"Partner,Title,Kind,Signed\n{row}Fund,Data,MoU,2025-01-01\n{row}", "utf-8")
    person = _person(tmp_path, "import twice.csv --dry-run")
    person.answers("Number [1]:", "")
    person.answers("the fields:", "")
    rest, code = person.ends()
    assert (0, True) == (code, "note: lines 2, 4 are equal, and are 2 agreements" in rest)


def test_a_list_without_days_asks_for_that_of_its_document(terminal: Terminal, tmp_path: Path) -> None:
    """The day is typed as people write it, asked again if it is none, and stands in the command line."""
    (tmp_path / "days.csv").write_text("Ref,Partner,Title,Kind\nA-1,Firm,Audit,MoU\n", "utf-8")
    person = _person(tmp_path, "import days.csv --dry-run")
    person.answers("Number [1]:", "")
    person.answers("the fields:", "")
    person.answers("Number [1]:", "")
    person.answers("date of the document", "soon")
    assert "'soon' is not a date" in person.answers("date of the document", "1/12/2023")
    rest, code = person.ends()
    assert (0, True) == (code, "ledger import days.toml days.csv --effective 2023-12-01" in rest)
