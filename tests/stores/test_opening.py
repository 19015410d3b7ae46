"""Opening and creating a SQLite ledger: only creating makes a file, and opening reports what it found instead."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request
from ledger.domain.errors import LedgerError
from ledger.domain.money import UnknownCurrency
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import RegisterParty
from ledger.stores.errors import (
    BadUrl,
    Damaged,
    LedgerExists,
    NewerFormat,
    NoFolder,
    NoLedger,
    NotALedger,
    OlderFormat,
    ReadOnly,
)
from ledger.stores.sqlite import creation
from ledger.stores.sqlite.creation import create
from ledger.stores.urls import path_of

OPEN = OpenLedger(origin="example.org/ledger", reporting_currency="USD")
ALPHA = Request(commands=(RegisterParty(name="Alpha"),), actor="staff/1")


def url(path: Path) -> str:
    """Return the URL of a file."""
    return f"sqlite:///{path}"


@pytest.fixture
def created(tmp_path: Path) -> Path:
    """Return the file of a ledger with its first entry."""
    make_ledger(url(tmp_path / "ledger.db"), OPEN, "staff/1")
    return tmp_path / "ledger.db"


# Places.


@pytest.mark.parametrize(
    ("text", "path", "only_read"),
    [
        ("sqlite:///ledger.db", "ledger.db", False),
        ("sqlite:////srv/ledger.db", "/srv/ledger.db", False),
        ("sqlite:///a b/ä.db", "a b/ä.db", False),
        ("sqlite:///ledger.db?mode=ro", "ledger.db", True),
        ("sqlite:///ledger.db?mode=rw", "ledger.db", False),
    ],
)
def test_urls(text: str, path: str, only_read: bool) -> None:
    """Three slashes begin a relative path, four an absolute one; `mode=ro` opens for reading only."""
    assert (Path(path), only_read) == path_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "ledger.db", "sqlite:", "sqlite://", "sqlite:///", "sqlite://host/ledger.db", "mysql:///ledger.db",
        "sqlite:///a#b.db", "sqlite:///a?b.db", "sqlite:///a?mode=memory", "sqlite:///a?", "sqlite:///a\0b", "sqlite:///a#",
    ],
)  # fmt: skip
def test_urls_that_cannot_be(text: str) -> None:
    """URLs that name no file, or could be read as another file than they name, are refused."""
    for function in (create, open_ledger):
        with pytest.raises(BadUrl):
            function(text)


# What is found instead of a ledger.


def _text(path: Path) -> None:
    path.write_text("This is not a ledger, but a text that is long enough to be taken for a file with a header. " * 9)


def _short_text(path: Path) -> None:
    path.write_text("hello")


def _empty(path: Path) -> None:
    path.touch()


def _folder(path: Path) -> None:
    path.mkdir()


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _other(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE entries (position INTEGER PRIMARY KEY)")
    db.close()


def _newer(path: Path) -> None:
    make_ledger(url(path), OPEN, "staff/1")
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()


def _older(path: Path) -> None:
    make_ledger(url(path), OPEN, "staff/1")
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 1")
    db.close()


def _without_head(path: Path) -> None:
    make_ledger(url(path), OPEN, "staff/1")
    db = sqlite3.connect(path)
    db.execute("DROP TABLE head")
    db.close()


def _nothing(path: Path) -> None:
    pass


NO_LEDGERS: list[tuple[Callable[[Path], None], type[LedgerError], str]] = [
    (_nothing, NoLedger, "There is no ledger at"),
    (_folder, NotALedger, "it is not a file"),
    (_pipe, NotALedger, "it is not a file"),
    (_empty, NotALedger, "it is empty"),
    (_text, NotALedger, "it is not an SQLite file"),
    (_short_text, NotALedger, "it is not an SQLite file"),
    (_other, NotALedger, "an SQLite file of another application"),
    (_older, OlderFormat, "has store format 1, from before the first release"),
    (_newer, NewerFormat, "has store format 99; this software knows up to 2"),
    (_without_head, Damaged, "is damaged"),
]


@pytest.mark.parametrize(("make", "error", "part"), NO_LEDGERS)
@pytest.mark.parametrize("mode", ["", "?mode=ro"])
def test_places_without_a_ledger(
    tmp_path: Path, make: Callable[[Path], None], error: type[LedgerError], part: str, mode: str
) -> None:
    """Each case has its own error, which names the place; nothing is created or changed there."""
    path = tmp_path / "ledger.db"
    make(path)
    before = _contents(tmp_path)
    with pytest.raises(error) as caught:
        open_ledger(url(path) + mode)
    assert part in caught.value.sentence
    assert str(path) in caught.value.sentence
    assert before == _contents(tmp_path)


def _contents(folder: Path) -> dict[str, bytes | None]:
    # Beside a file that it reads SQLite may leave its shared memory, which holds nothing of the log.
    paths = [path for path in folder.iterdir() if not path.name.endswith(("-shm", "-wal"))]
    return {path.name: path.read_bytes() if path.is_file() else None for path in paths}


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    """A path through a file is no ledger, and none can be created there."""
    (tmp_path / "file").touch()
    with pytest.raises(NoLedger):
        open_ledger(url(tmp_path / "file" / "ledger.db"))
    with pytest.raises(NoFolder):
        create(url(tmp_path / "file" / "ledger.db"))


def test_names_that_no_file_system_takes(tmp_path: Path) -> None:
    """File names that the system refuses raise errors of the ledger."""
    with pytest.raises(NotALedger, match="cannot be accessed"):
        open_ledger(url(tmp_path / ("x" * 300)))
    with pytest.raises(ReadOnly):
        create(url(tmp_path / ("x" * 300)))


@pytest.mark.parametrize("pages", [1, 3, 10])
def test_a_truncated_file(created: Path, pages: int) -> None:
    """A truncated file raises an error on opening or when it is checked, and no other exception."""
    ledger = open_ledger(url(created))
    with ledger.recording() as unit:
        for number in range(200):
            unit.perform(Request(commands=(RegisterParty(name=f"Party {number}"),), actor="staff/1"))
    ledger.close()
    os.truncate(created, pages * 4096)
    try:
        ledger = open_ledger(url(created))
    except (Damaged, NotALedger):
        return
    with pytest.raises(Damaged):
        list(ledger.store.rows())
    assert "damaged-file" in [code for code, _ in ledger.store.faults()]
    ledger.close()


# Making.


def test_creating(tmp_path: Path) -> None:
    """A ledger is created once, with its first entry, and can be opened repeatedly."""
    receipt = make_ledger(url(tmp_path / "ledger.db"), OPEN, "staff/1")
    assert ("1", 1) == (receipt.positions, receipt.size)
    for _ in range(2):
        ledger = open_ledger(url(tmp_path / "ledger.db"))
        assert receipt.root == ledger.store.head().root
        ledger.close()
    assert ["ledger.db"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize("make", [_folder, _text, _other])
def test_nothing_is_overwritten(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """An existing file or folder is left as it is, ledger or not."""
    make(tmp_path / "ledger.db")
    before = _contents(tmp_path)
    with pytest.raises(LedgerExists):
        make_ledger(url(tmp_path / "ledger.db"), OPEN, "staff/1")
    assert before == _contents(tmp_path)


def test_an_existing_ledger_is_not_replaced(created: Path) -> None:
    """A second `init` leaves the first ledger as it is."""
    with pytest.raises(LedgerExists):
        make_ledger(url(created), OPEN, "staff/2")
    ledger = open_ledger(url(created))
    assert "staff/1" == ledger.entry(1).actor
    ledger.close()


def test_no_folder(tmp_path: Path) -> None:
    """Missing folders are not created."""
    with pytest.raises(NoFolder):
        make_ledger(url(tmp_path / "folder" / "ledger.db"), OPEN, "staff/1")
    assert [] == list(tmp_path.iterdir())


def test_nothing_is_left_of_a_ledger_that_could_not_be_opened(tmp_path: Path) -> None:
    """If the first entry is refused, the file is removed."""
    with pytest.raises(UnknownCurrency):
        make_ledger(url(tmp_path / "ledger.db"), OpenLedger(origin="x", reporting_currency="XXX"), "staff/1")
    assert [] == list(tmp_path.iterdir())


def test_two_creators(tmp_path: Path) -> None:
    """Of two processes that create a ledger at one place, one is refused, and leaves that of the other as it is."""
    place = url(tmp_path / "ledger.db")
    with pytest.raises(LedgerExists), creation.created(place):
        make_ledger(place, OPEN, "staff/2")
    ledger = open_ledger(place)
    assert (1, "staff/2") == (ledger.store.head().size, ledger.entry(1).actor)
    ledger.close()
    assert ["ledger.db"] == [path.name for path in tmp_path.iterdir()]


# Reading only.


def test_mode_ro(created: Path) -> None:
    """`?mode=ro` reads and refuses to record."""
    ledger = open_ledger(url(created) + "?mode=ro")
    assert not ledger.store.writable
    assert 1 == ledger.store.head().size
    with pytest.raises(ReadOnly, match="cannot be written"):
        ledger.record(ALPHA)
    ledger.close()


def test_reading_only_next_to_a_writer(created: Path) -> None:
    """A reader sees all that the writer committed, also entries that are only in the write-ahead log."""
    writer = open_ledger(url(created))
    writer.record(ALPHA)
    reader = open_ledger(url(created) + "?mode=ro")
    assert 2 == reader.store.head().size
    writer.record(Request(commands=(RegisterParty(name="Beta"),), actor="staff/1"))
    assert 3 == reader.store.head().size
    reader.close()
    writer.close()


def test_closing_twice(created: Path) -> None:
    """Closing a closed ledger does nothing."""
    ledger: Ledger = open_ledger(url(created))
    ledger.close()
    ledger.close()
