"""`ledger log` reads what it shows, counted in entries and in pages of the file, and prints rows as they come."""

import contextlib
import io
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from cli.ending import CLOSED_PIPE
from cli.filters.columns import ListColumn
from cli.main import run
from cli.output.json_pieces import list_pieces
from cli.output.spreadsheets import json_pieces
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.stores.selection import SelectedEntry, Wanted
from ledger.stores.sqlite.reader import SQLiteReader
from tests.cli.test_damaged import change
from tests.projections.small_ledger import small_ledger

Row = dict[str, Any]
PARTIES = 4000
PAGE = 4096
"""The size of a page of a SQLite file."""


@pytest.fixture(scope="module")
def long_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a ledger with 4,001 entries, each of a stream of its own."""
    path = tmp_path_factory.mktemp("long") / "ledger.db"
    make_ledger(f"sqlite:///{path}", OpenLedger(origin="example.org/x", reporting_currency="USD"), "staff/1")
    ledger = open_ledger(f"sqlite:///{path}")
    parties = tuple(RegisterParty(name=f"Party number {n} {'x' * 300}") for n in range(PARTIES))
    ledger.record(Request(commands=parties, actor="staff/2"))
    ledger.close()
    return path


@pytest.fixture
def entries(long_log: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Let commands read the long log, and return a list to which the number of entries of each query is added."""
    monkeypatch.setenv("LEDGER_URL", f"sqlite:///{long_log}")
    counts: list[int] = []
    page_of = SQLiteReader.page

    def counting(store: SQLiteReader, wanted: Wanted, *, newest_first: bool, count: int) -> list[SelectedEntry]:
        page = page_of(store, wanted, newest_first=newest_first, count=count)
        counts.append(len(page))
        return page

    monkeypatch.setattr(SQLiteReader, "page", counting)
    return counts


def _printed(words: list[str]) -> str:
    """Return what a command prints on standard output; it must succeed."""
    text = io.StringIO()
    with contextlib.redirect_stdout(text), contextlib.redirect_stderr(io.StringIO()):
        assert 0 == run(words)
    return text.getvalue()


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_reader_that_goes_away_ends_the_reading(
    entries: list[int], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Given a long log, when the pipe is closed after ten lines, then a tenth of the log was not read."""
    reading, writing = os.pipe()

    def read_ten() -> None:
        with open(reading, encoding="utf-8") as lines:  # noqa: PTH123 - a number of a file
            for _ in range(10):
                lines.readline()

    reader = threading.Thread(target=read_ten)
    reader.start()
    with open(writing, "w", encoding="utf-8") as pipe, monkeypatch.context() as patched:  # noqa: PTH123
        patched.setattr("sys.stdout", pipe)
        code = run(["log", "--format", form])
    reader.join()
    assert CLOSED_PIPE == code
    # A pipe holds 64 KiB that nobody read, and a page of the store was begun.
    assert 10 <= sum(entries) < PARTIES / 10


def _pages_of(words: list[str]) -> int:
    """Return how many pages of a file a command reads, at most: what it imports and finds out once is read before."""
    _printed(words)
    before = _bytes_read()
    _printed(words)
    return (_bytes_read() - before) // PAGE


def _bytes_read() -> int:
    line = next(line for line in Path("/proc/self/io").read_text("ascii").splitlines() if line.startswith("rchar"))
    return int(line.split()[1])


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="only Linux counts what a process reads")
@pytest.mark.parametrize(
    "options",
    [
        "--limit 10", "--limit 10 --after 2000", "--stream party/P02000", "--party P02000", "--text PARTY --limit 10",
        "--type party.registered --limit 10", "--actor staff/2 --limit 10", "--where stands=yes --limit 10",
        "--limit 10 --format csv", "--limit 10 --format table", "--since 2000-01-01 --limit 3",
    ],
)  # fmt: skip
def test_pages_that_are_read(entries: list[int], long_log: Path, options: str) -> None:
    """What is asked for a few entries reads at most a hundred pages of the file; its pages are many more."""
    form = [] if "--format" in options else ["--format", "json"]
    assert long_log.stat().st_size // PAGE > 400
    assert _pages_of(["log", *options.split(), *form]) <= 100
    assert sum(entries) <= 2 * 100


def _rows(words: str, *more: str) -> list[Row]:
    rows: list[Row] = json.loads(_printed(["log", "--format", "json", *words.split(), *more]))
    return rows


def test_paging_by_position(entries: list[int]) -> None:
    """Pages of `--limit` after the last position of the page before are the whole log, with filters as well."""
    for words in ("", "--actor staff/2", "--where position>1700", "--text NUMBER"):
        whole = _rows(words)
        position, pages = 0, []
        while page := _rows(words, "--limit", "900", "--after", str(position)):
            pages += page
            position = page[-1]["position"]
        assert whole == pages
    assert [*range(501, 511)] == [row["position"] for row in _rows("--limit 10 --after 500")]
    assert [] == _rows(f"--after {PARTIES + 1}")
    assert [PARTIES + 1] == [row["position"] for row in _rows(f"--after {PARTIES}")]


TEXTS = [chr(code) for code in (*range(0x300), 0x2028, 0xFEFF, 0xFFFD, 0x1F600)]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{}],
        [{"a": 1, "b": None, "c": True, "d": -(2**53) + 1, "e": 10**30}, {"a": [], "b": {}, "c": [1, [2, {"d": []}]]}],
        [{"text": text, text: "key"} for text in TEXTS],
        [{"all": "".join(TEXTS), "path": "a/b\\c", "quote": '"', "lines": "a\nb\r\nc"}] * 2,
    ],
)
def test_json_that_is_made_row_by_row(rows: list[Row]) -> None:
    """A list that is written row by row has the bytes that it has as a whole."""
    assert json.dumps(rows, ensure_ascii=False, indent=2) + "\n" == "".join(list_pieces(rows))
    columns, as_of = [ListColumn(key) for key in (rows[0] if rows else {})], {"on": "2026-01-01", "known_at": 7}
    document = {"as_of": as_of, "rows": rows[:1]}
    made = "".join(json_pieces(rows[:1], columns, as_of))
    assert json.dumps(document, ensure_ascii=False, indent=2) + "\n" == made


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a small ledger of its own, which commands read."""
    monkeypatch.setenv("LEDGER_URL", f"sqlite:///{tmp_path}/ledger.db")
    small_ledger(tmp_path).close()
    return tmp_path / "ledger.db"


def test_files_that_are_written_piece_by_piece(
    entries: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file holds the rows that are printed; what is cut off leaves no file, or says that the whole one is there."""
    file = tmp_path / "log.csv"
    words = ["log", "--after", "3900", "--output", str(file)]
    assert 0 == run(words)
    printed = _printed([*words[:3], "--format", "csv"])
    assert b"\xef\xbb\xbf" + printed.encode() == file.read_bytes()
    file.unlink()

    def cut_off(_: object) -> None:
        raise KeyboardInterrupt

    for broken, is_there in (("csv.writer", False), ("ledger.files.atomic.fsync_folder", True)):
        with monkeypatch.context() as patched:
            patched.setattr(broken, cut_off)
            assert 130 == run(words)
        assert is_there is file.exists()
        assert is_there is (f"recorded: the file {file}" in capsys.readouterr().err)


CARTY = "data = CAST(replace(CAST(data AS TEXT), 'Party', 'Carty') AS BLOB)"


@pytest.mark.parametrize(
    ("damage", "words", "said"),
    [
        ("actor = 'staff/7'", "--actor staff/7", "the columns of the entry at position 3 are not its own"),
        ("type = 'payment.made'", "--type payment.made", "the columns of the entry at position 3 are not its own"),
        ("effective_on = '2000-01-01'", "--on 2001-01-01", "the columns of the entry at position 3 are not its own"),
        (CARTY, "", "the entry at position 3 is not the one"),
        (CARTY, "--text carty", "the entry at position 3 is not the one"),
        ("position = 99", "", "the entry at position 3 is missing"),
        ("position = 99", "--limit 99", "the entry at position 3 is missing"),
    ],
)
def test_what_was_altered_is_not_shown(
    damaged: Path, capsys: pytest.CaptureFixture[str], damage: str, words: str, said: str
) -> None:
    """Entries whose bytes or columns were altered are not shown as what they are not, nor is one left out silently."""
    change(damaged, f"UPDATE entries SET {damage} WHERE position = 3")  # noqa: S608 - a constant
    assert 0 != run(["log", "--format", "json", *words.split()])
    assert said in capsys.readouterr().err


def test_the_last_entry_is_missed(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A log that ends before its head says is not shown as if it were whole."""
    change(damaged, "DELETE FROM entries WHERE position = (SELECT size FROM head)")
    assert 0 != run(["log", "--format", "json"])
    assert "is missing" in capsys.readouterr().err
