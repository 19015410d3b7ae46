"""Shells complete commands, references and names from the ledger; without a ledger, nothing is printed."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.completion.candidates import MAX_CANDIDATES, Candidates
from cli.completion.shell_words import Word, bash_word
from ledger.stores.sqlite.lookup import opened_lookup
from tests.cli.person import LEDGER, Person, environment
from tests.transcripts.terminal import Terminal

BREAKS = " \t\n\"'@><=;|&(:"


def _offered(folder: Path, typed: str, shell: str = "bash", **environ: str) -> list[str]:
    variables = {
        "_LEDGER_COMPLETE": f"{shell}_complete",
        "COMP_LINE": typed,
        "COMP_WORDBREAKS": BREAKS,
        "COMP_TYPE": "9",
    }
    variables |= {"COMP_WORDS": typed, "COMP_WORD": "" if typed.endswith(" ") else typed.rpartition(" ")[2]}
    done = subprocess.run(
        [LEDGER],
        cwd=folder,
        env=environment(folder, **variables, **environ),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (0, "") == (done.returncode, done.stderr)
    return [line for line in done.stdout.splitlines() if line]


def test_a_document_is_offered_where_changes_begin(folder: Path, terminal: Terminal) -> None:
    """`changes --since` completes the symbols of documents; `log --since`, which takes a point in time, does not.

    `changes --after` completes engagements.
    """
    publish = (
        "ledger disclosure publish C26/4 --body Council --title T --cover E-1"
        " --effective 2026-04-01 --as-of-on 2026-04-01"
    )
    assert 0 == terminal.type(publish)[1]
    assert ["C26/4"] == [line.split("\t")[1] for line in _offered(folder, "ledger changes --since C")]
    assert [] == _offered(folder, "ledger log --since C")
    assert ["E-1"] == [line.split("\t")[1] for line in _offered(folder, "ledger changes --after E")]


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("engagement show ", ["E-1"]),
        ("engagement show e", ["E-1"]),
        ("order show E-1 ", ["SO-1", "SO-2"]),
        ("payment make E-1 SO-2", ["SO-2"]),
        ("party show EY", ["EY", r"EYGS\ LLP"]),
        ("party show ey", ["EY", r"EYGS\ LLP"]),
        ("party show P00002", ["P00002"]),
        ("party show telecom", [r"Côte\ d\'Ivoire\ Telecom\ \(illustrative\)"]),
        ("party show 'EYGS", ["EYGS LLP"]),
        ('party show "côte', ["Côte d'Ivoire Telecom (illustrative)"]),
        ("party show 'côte", [r"Côte d'\''Ivoire Telecom (illustrative)"]),
        ("party show CI", ["CIT"]),
        ("log --party=EYG", [r"EYGS\ LLP"]),
        ("engagement propose E-2 --kind k", [r"knowledge\ partnership"]),
        ("engagement propose E-2 --party EYG", [r"EYGS\ LLP"]),
        ("engagement propose E-2 --withheld dur", ["duration"]),
        ("disclosure publish X --cover E-1=parties,fin", ["parties,financials"]),
        ("setting change list.k", ["list.kinds"]),
        ("setting show partn", ["partnerships.kinds"]),
        ("explain partn", ["partnerships"]),
        ("totals --by party-", ["party-type"]),
        ("engagement list --where sta", ["status=", "starts_on="]),
        ("engagement list --where status=s", ["signed", "suspended"]),
        ("engagement list --columns title,en", ["title,engagement", "title,ends_on"]),
        ("engagement propose ", []),
        ("engagement show E-9", []),
        ("order show E-9 ", []),
        ("nonsense ", []),
    ],
)
def test_what_bash_is_offered(folder: Path, typed: str, values: list[str]) -> None:
    """Candidates fit the words before them, and are quoted for bash."""
    assert values == [line.split("\t")[1] for line in _offered(folder, f"ledger {typed}")]


def test_files_are_left_to_the_shell(folder: Path) -> None:
    """For a file, the shell completes file names; for a profile, the built-in names are offered as well."""
    assert ["file\t\t"] == _offered(folder, "ledger import tdag25 ", "fish")
    offered = _offered(folder, "ledger import ", "fish")
    assert ["plain\tcwg-fhr\t", "plain\tecb\t", "plain\ttdag25\t", "file\t\t"] == offered


def test_zsh_and_fish_get_descriptions(folder: Path) -> None:
    """For zsh and fish, which quote by themselves, values are not quoted; each has a description."""
    for shell in ("zsh", "fish"):
        assert ["plain\tE-1\tData platform"] == _offered(folder, "ledger engagement show ", shell)
        assert ["plain\tEYGS LLP\tP00002"] == _offered(folder, "ledger party show EYG", shell)
        assert ["plain\t--party=EYGS LLP\tP00002"] == _offered(folder, "ledger log --party=EYG", shell)
        assert "plain\tSO-1\tInception report" in _offered(folder, "ledger order show E-1 ", shell)


def test_bash_lists_descriptions(folder: Path) -> None:
    """When bash lists candidates, each has its description."""
    variables = {"COMP_LINE": "ledger order show E-1 ", "COMP_TYPE": "63", "_LEDGER_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [LEDGER], cwd=folder, env=environment(folder, **variables), capture_output=True, text=True, check=True
    )
    assert ["plain\tSO-1  (Inception report)", "plain\tSO-2  (Final report)"] == done.stdout.splitlines()


def test_what_was_typed_is_never_replaced_by_something_else(terminal: Terminal, tmp_path: Path) -> None:
    """If candidates share a beginning that was not typed, a blank keeps bash from inserting it."""
    for name in ("Institute of Maps", "Institute of Mapping"):
        terminal.words(["party", "register", name])
    values = [line.split("\t")[1] for line in _offered(tmp_path, "ledger party show map")]
    assert ["Institute\\ of\\ Mapping", "Institute\\ of\\ Maps", " "] == values


@pytest.mark.parametrize("url", ["sqlite:///none.db", "sqlite:///text.db", "sqlite:///other.db", "nonsense", ""])
def test_without_a_ledger_nothing_is_offered(tmp_path: Path, url: str) -> None:
    """Without a ledger, with a file that is not one, or with a bad URL, nothing is offered, printed or created."""
    (tmp_path / "text.db").write_text("no database\n" * 200, "utf-8")
    (tmp_path / "other.db").write_bytes(b"")
    assert [] == _offered(tmp_path, "ledger engagement show ", LEDGER_URL=url)
    assert ["other.db", "text.db"] == sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".db")


def test_broken_settings_offer_nothing(folder: Path) -> None:
    """Completion ignores a ledger.toml that cannot be read; commands report it."""
    (folder / "ledger.toml").write_text("url = [", "utf-8")
    assert [] == _offered(folder, "ledger engagement show ")


def test_a_ledger_that_is_being_written_is_not_waited_for(folder: Path, terminal: Terminal) -> None:
    """While another process holds the lock, completion reads the committed entries; it leaves no file behind."""
    import sqlite3  # noqa: PLC0415 - only here another process is played

    before = sorted(path.name for path in folder.iterdir())
    assert ["plain\tE-1"] == _offered(folder, "ledger engagement show ")
    assert before == sorted(path.name for path in folder.iterdir())
    connection = sqlite3.connect(folder / "ledger.db", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    assert ["plain\tE-1"] == _offered(folder, "ledger engagement show ")
    connection.execute("ROLLBACK")
    connection.close()
    assert "E-2" not in terminal.type("ledger engagement list")[0]


def test_an_ambiguous_name_becomes_a_reference(terminal: Terminal, tmp_path: Path) -> None:
    """If a name is ambiguous, the reference of the party is offered."""
    terminal.type("ledger party register 'EYGS LLP' --namesake")
    assert ["plain\tP00002\tEYGS LLP", "plain\tP00004\tEYGS LLP"] == _offered(tmp_path, "ledger party show EYG", "zsh")


def test_what_was_voided_is_not_offered(terminal: Terminal, tmp_path: Path) -> None:
    """A party whose registration was voided is not offered."""
    terminal.type("ledger void 3 --reason 'Registered twice'")
    assert ["plain\tEY"] == _offered(tmp_path, "ledger party show E")


def test_no_more_than_a_hundred_are_offered(terminal: Terminal, tmp_path: Path) -> None:
    """Of many candidates the first hundred are offered; they are found by the indexes of the log."""
    lines = [
        f'{{"command": "party register", "name": "Body {n:03}", "ref": "B-{n:03}"}}\n'
        for n in range(MAX_CANDIDATES + 20)
    ]
    (tmp_path / "many.jsonl").write_text("".join(lines), "utf-8")
    assert 0 == terminal.type("ledger record many.jsonl")[1]
    with opened_lookup("sqlite:///ledger.db") as lookup:
        assert lookup is not None
        assert MAX_CANDIDATES == len(Candidates(lookup).parties("bod")) == len(Candidates(lookup).parties("B-"))
        for query in ("stream >= 'engagement/E' AND stream < 'engagement/F' AND version = 1",):
            plan = lookup.rows(f"EXPLAIN QUERY PLAN SELECT stream FROM entries WHERE {query}")  # noqa: S608
            assert ["SEARCH"] == [row[3].partition(" ")[0] for row in plan]


@pytest.mark.parametrize(
    ("line", "words", "word"),
    [
        ("ledger party show ", ["party", "show"], Word("")),
        ("ledger party show EY", ["party", "show"], Word("EY")),
        (r"ledger party show EYGS\ L", ["party", "show"], Word("EYGS L")),
        ('ledger party alias "EYGS LLP" x', ["party", "alias", "EYGS LLP"], Word("x")),
        ('ledger party show "EYGS L', ["party", "show"], Word("EYGS L", quote='"')),
        ("ledger x --party=EY", ["x"], Word("EY", head="--party=", kept="--party=")),
        ("ledger x --party='E Y", ["x"], Word("E Y", head="--party=", kept="--party=", quote="'")),
        ("ledger x P1=le", ["x"], Word("P1=le", kept="P1=")),
    ],
)
def test_a_line_of_bash_is_read_as_bash_reads_it(line: str, words: list[str], word: Word) -> None:
    """Quotes and backslashes are removed, and the part that bash leaves on the line is determined."""
    assert (words, word) == bash_word(line, BREAKS)


def test_completing_references_is_light(folder: Path) -> None:
    """Completion of references and names imports no event store, no projections and no similarity search."""
    code = (
        "import sys; from cli.main import run; run([]); "
        "print(sorted({name.partition('.')[0] for name in sys.modules} & set(sys.argv[1:])))"
    )
    heavy = ("sqlalchemy", "eventsourcing", "tabulate", "jinja2", "rapidfuzz")
    variables = {"COMP_LINE": "ledger party show EYG", "_LEDGER_COMPLETE": "bash_complete"}
    done = subprocess.run(
        [sys.executable, "-c", code, *heavy], cwd=folder, env=environment(folder, **variables), capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert ["plain\tEYGS\\ LLP", "[]"] == done.stdout.splitlines()


def _shell(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed here")
    return path


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ledger party sh\tEYG\t", "P00002"),
        ('ledger party show "EYGS L\t', "P00002"),
        ("ledger party show --format=js\t telecom\t", '"party": "P00003"'),
        ("ledger engagement show E\t", "Data platform"),
        ("ledger order show E-1 SO-2\t", "Final report"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_in_a_real_shell(folder: Path, shell: str, typed: str, shown: str) -> None:
    """The tab key completes commands, references, and names with blanks; the command accepts the completed line."""
    program = _shell(shell)
    plain = {"bash": ["--norc", "--noprofile", "-i"], "zsh": ["-f", "-i"], "fish": ["--no-config", "-i"]}[shell]
    load = {
        "bash": "source <(ledger completion bash)",
        "zsh": "autoload -Uz compinit; compinit -u -D; source <(ledger completion zsh)",
        "fish": "ledger completion fish | source",
    }[shell]
    person = Person(folder, program, *plain, PS1="> ")
    person.at.sendline(f"{load}; echo rea''dy")
    person.reads("ready")
    person.at.send(f"{typed}; echo do''ne\r")
    assert shown in person.reads("done")
    person.at.close(force=True)
