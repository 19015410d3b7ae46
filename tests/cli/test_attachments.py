"""An attached file is stored when its entry is recorded, and only then."""

import hashlib
from pathlib import Path

import pytest

from cli.nouns.write import command_for
from cli.session import Session
from ledger.domain.engagement.oversight.documents import AttachDocument
from ledger.domain.errors import LedgerError
from tests.transcripts.terminal import Terminal


def _attach(terminal: Terminal, *words: str) -> None:
    command = command_for(AttachDocument, "attach")
    command.main([*words], "ledger document attach", standalone_mode=False, obj=Session(clock=terminal.clock))


@pytest.fixture
def file(folder: Path) -> Path:
    """Return a file in the folder of the ledger."""
    (folder / "agreement.txt").write_text("signed\n", "utf-8")
    return folder / "agreement.txt"


def _stored(folder: Path) -> list[str]:
    return [path.read_text("utf-8") for path in (folder / "attachments").glob("*")]


def test_an_attached_file_is_stored(terminal: Terminal, folder: Path, file: Path) -> None:
    """The file is stored in `attachments` under its digest, and the engagement lists it."""
    _attach(terminal, "E-1", str(file), "--title", "Agreement")
    assert ["signed\n"] == _stored(folder)
    assert "Agreement" in terminal.type("ledger engagement show E-1")[0]


def test_a_dry_run_stores_nothing(terminal: Terminal, folder: Path, file: Path) -> None:
    """A dry run prints the entry and stores no file."""
    _attach(terminal, "E-1", str(file), "--title", "Agreement", "--dry-run")
    assert [] == _stored(folder)


def test_a_refused_command_stores_nothing(terminal: Terminal, folder: Path, file: Path) -> None:
    """A refused command stores no file."""
    with pytest.raises(LedgerError, match="No engagement"):
        _attach(terminal, "E-9", str(file), "--title", "Agreement")
    assert [] == _stored(folder)


def test_a_missing_file_is_refused(terminal: Terminal) -> None:
    """A missing file is refused in one sentence."""
    with pytest.raises(LedgerError, match="cannot be stored"):
        _attach(terminal, "E-1", "nowhere.pdf", "--title", "Agreement")


def test_a_file_is_known_by_its_content(terminal: Terminal, file: Path) -> None:
    """The entry has the digest, the size and the media type."""
    _attach(terminal, "E-1", str(file), "--title", "Agreement")
    answer, _ = terminal.type("ledger show 9 --format json")
    assert f'"sha256": "{hashlib.sha256(file.read_bytes()).hexdigest()}"' in answer
    assert '"size": 7' in answer
    assert '"media_type": "text/plain"' in answer
