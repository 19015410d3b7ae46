"""A ledger to back up: 13 entries, and a document whose file is attached."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from ledger.application.open import open_ledger
from ledger.application.request import Request, command_from
from ledger.files.attachments import content_of
from ledger.maintenance.backup import back_up
from tests.attacks.forger import STORY, SteadyClock, record
from tests.maintenance.publishing import publish


@pytest.fixture(scope="session")
def ledger_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a ledger of 14 entries; tests only read it."""
    folder = tmp_path_factory.mktemp("made")
    url = f"sqlite:///{folder}/ledger.db"
    record(url, STORY)
    file = folder / "agreement.pdf"
    file.write_bytes(b"An agreement")
    attach(url, file)
    return folder


def attach(url: str, file: Path) -> None:
    """Store a file and record it as a document of engagement E1."""
    ledger = open_ledger(url)
    content = content_of(file)
    assert ledger.attachments is not None
    ledger.attachments.keep(file, content)
    members = {"sha256": content.sha256, "size": content.size, "media_type": content.media_type}
    command = {"command": "document attach", "engagement": "E1", "content": members, "title": file.name}
    ledger.clock = SteadyClock.after(ledger.store.head().recorded_at)
    ledger.record(Request(commands=(command_from(command),), actor="staff/1", effective_on="2025-03-01", id=file.name))
    ledger.close()


@pytest.fixture
def url(ledger_folder: Path, tmp_path: Path) -> str:
    """Return the path of a copy of that ledger, with its file."""
    shutil.copytree(ledger_folder, tmp_path, dirs_exist_ok=True)
    return f"sqlite:///{tmp_path}/ledger.db"


@pytest.fixture
def backup(url: str, tmp_path: Path) -> Path:
    """Return a backup of the ledger of 14 entries; three more were recorded after it."""
    ledger = open_ledger(url)
    back_up(ledger, tmp_path / "b.zip")
    ledger.close()
    (tmp_path / "late.txt").write_bytes(b"Late")
    attach(url, tmp_path / "late.txt")
    later: list[tuple[str, dict[str, Any]]] = [
        ("party register", {"ref": "C", "name": "Gamma"}),
        ("void", {"positions": [16], "reason": "x"}),
    ]
    record(url, later, make=False)
    return tmp_path / "b.zip"


@pytest.fixture
def published(backup: Path, url: str, tmp_path: Path) -> Path:
    """Return a published folder of all 17 entries."""
    return publish(url, tmp_path / "published")


@pytest.fixture
def target(tmp_path: Path) -> str:
    """Return the path to restore to: another folder, without attachments."""
    (tmp_path / "new").mkdir()
    return f"sqlite:///{tmp_path}/new/ledger.db"


def log_of(url: str) -> list[bytes]:
    """Return the entries of a ledger."""
    ledger = open_ledger(url)
    try:
        return [data for _, data in ledger.store.entries()]
    finally:
        ledger.close()
