"""Lists for screen readers, pagers and colours: when each is used."""

from pathlib import Path

import pytest

from tests.cli.person import LEDGER, Person
from tests.transcripts.terminal import Terminal

TABLES = (
    "party list", "engagement list", "contribution list", "order list", "setting list", "status", "log",
    "totals --by party --measure ordered", "disclosures --undisclosed", "engagement show E-1", "party show EY",
    "show 2",
)  # fmt: skip
PAGER = "sed 's/^/paged: /'"


@pytest.mark.parametrize("line", TABLES)
def test_every_table_has_a_list_form(terminal: Terminal, line: str) -> None:
    """A list has no alignment and no rules: each line is a label and a value, a number, or a sentence."""
    answer, code = terminal.type(f"ledger {line} --list")
    assert 0 == code, answer
    *lines, stamp = [text for text in answer.splitlines() if not text.startswith("note: ")]
    assert stamp.startswith("as of ")
    assert [] == [text for text in lines if "  " in text or "---" in text]
    assert (answer, 0) == terminal.type(f"ledger {line} --format list")


def test_a_list_numbers_its_rows(terminal: Terminal) -> None:
    """Each row is a block that states its number and the number of rows; a total is a block of its own."""
    blocks = terminal.type("ledger order list --list")[0].split("\n\n")
    assert ["1 of 2", "2 of 2"] == [block.splitlines()[0] for block in blocks[:2]]
    assert "subject: Inception report" in blocks[0].splitlines()
    answer = terminal.type("ledger totals --by party --measure ordered --list")[0]
    assert "\n\ntotal\nparty: total\n" in answer


def test_a_list_says_what_is_not_recorded_and_that_nothing_is_shown(terminal: Terminal) -> None:
    """A value that is not recorded reads 'not recorded'; a table without rows prints a sentence."""
    assert "type: not recorded" in terminal.type("ledger party list --list")[0]
    assert terminal.type("ledger payment list --list")[0].startswith("no results\n")


def test_a_receipt_can_be_a_list(terminal: Terminal) -> None:
    """A receipt as a list has a line for each of its values."""
    answer, code = terminal.type("ledger party register Delta --list")
    assert (0, ["recorded at 9 as P00004", "log size: 9"]) == (code, answer.splitlines()[:2])
    assert answer.splitlines()[2].startswith("root: ")


def test_the_environment_and_the_settings_ask_for_lists(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LEDGER_FORMAT and ledger.toml make lists the default; an option has precedence."""
    listed = terminal.type("ledger party list --list")[0]
    table = terminal.type("ledger party list")[0]
    (tmp_path / "ledger.toml").write_text("format = 'list'\n", "utf-8")
    assert listed == terminal.type("ledger party list")[0]
    assert table == terminal.type("ledger party list --format table")[0]
    monkeypatch.setenv("LEDGER_FORMAT", "table")
    assert table == terminal.type("ledger party list")[0]


def _shown(folder: Path, *words: str, **environ: str) -> str:
    rest, code = Person(folder, str(LEDGER), *words, **environ).ends()
    assert 0 == code, rest
    return rest


@pytest.fixture
def many(terminal: Terminal, tmp_path: Path) -> Path:
    """Return the folder of a ledger with more parties than a screen has lines."""
    lines = "".join(f'{{"command": "party register", "name": "Body {number}"}}\n' for number in range(40))
    (tmp_path / "many.jsonl").write_text(lines, "utf-8")
    assert 0 == terminal.type("ledger record many.jsonl")[1]
    return tmp_path


@pytest.mark.parametrize("name", ["PAGER", "LEDGER_PAGER"])
def test_long_tables_are_paged(many: Path, name: str) -> None:
    """On a terminal, a long table goes through the pager, and a short one only on request."""
    pager = {name: PAGER}
    assert "paged: as of" in _shown(many, "party", "list", **pager)
    assert "paged: " not in _shown(many, "engagement", "list", **pager)
    assert "paged: as of" in _shown(many, "engagement", "list", "--pager", **pager)
    assert "paged: " not in _shown(many, "party", "list", "--no-pager", **pager)


@pytest.mark.parametrize("environ", [{"PAGER": ""}, {"PAGER": "cat"}, {"PAGER": PAGER, "TERM": "dumb"}, {"PAGER": "'"}])
def test_no_pager_where_none_is_wanted_or_possible(many: Path, environ: dict[str, str]) -> None:
    """With an empty PAGER, `cat`, a dumb terminal or an unknown program, the text is printed without a pager."""
    shown = _shown(many, "party", "list", **environ)
    assert ("Body 39" in shown, False) == (True, "paged: " in shown)


def test_the_ledgers_own_pager_goes_first(many: Path) -> None:
    """LEDGER_PAGER has precedence over PAGER; less leaves short texts, colours and the screen as they are."""
    assert "paged: " in _shown(many, "party", "list", PAGER="cat", LEDGER_PAGER=PAGER)
    assert "options FRX" in _shown(many, "party", "list", PAGER="sh -c 'echo options $LESS'")


def test_nothing_is_paged_into_a_pipe(many: Path) -> None:
    """Into a pipe, a result is printed without a pager, even with --pager."""
    person = Person(many, "sh", "-c", f"'{LEDGER}' party list --pager | cat", PAGER=PAGER)
    shown, _ = person.ends()
    assert ("Body 39" in shown, False) == (True, "paged: " in shown)


def test_errors_are_coloured_on_a_terminal_only(folder: Path, terminal: Terminal) -> None:
    """`error:` is red on a terminal; not with NO_COLOR, on a dumb terminal or in a file."""

    def raw(**environ: str) -> str:
        person = Person(folder, str(LEDGER), "party", "show", "nobody", **environ)
        person.reads("nobody")
        return str(person.at.before)

    assert "\x1b[31m" in raw()
    assert "\x1b" not in raw(NO_COLOR="1")
    assert "\x1b" not in raw(TERM="dumb")
    assert "\x1b" not in terminal.type("ledger party show nobody")[0]


def test_a_year_is_a_period_of_the_council_report(terminal: Terminal) -> None:
    """`--year` is from January to December; with a day of its own it is refused."""
    report = "ledger report council --format json"
    year, code = terminal.type(f"{report} --year 2026")
    assert (0, year) == (code, terminal.type(f"{report} --from 2026-01-01 --to 2026-12-31")[0])
    assert 0 == terminal.type("ledger explain council /engagements --year 2026")[1]
    answer, code = terminal.type(f"{report} --year 2026 --to 2026-06-30")
    assert (2, True) == (code, "--year does not go with --from and --to." in answer)
