"""What a killed command leaves: the whole thing or nothing, and the same command again makes and clears the rest."""

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.application.open import make_ledger, open_ledger
from ledger.application.rollback_guard import Guard, GuardExists
from ledger.domain.organisation.settings import OpenLedger
from ledger.files.attachments import Attachments, content_of
from ledger.files.unfinished import clear_leftovers, unfinished_file, unfinished_folder
from ledger.keys.keyring import Keyring
from ledger.maintenance.backup import BackupExists, back_up
from ledger.maintenance.copy import copy_ledger
from ledger.maintenance.restore import restore
from ledger.replay.procedure import replay_log
from ledger.stores.errors import LedgerExists
from ledger.tlog.keys import COSIGNER
from ledger.transparency.publish import publish
from ledger.verify.bundle import verify_bundle
from ledger.verify.procedure import verify_log
from ledger.witness.errors import WitnessThere
from ledger.witness.state import WitnessState
from tests.faults.processes import new_ledger, request
from tests.faults.stops import kills
from tests.proof.reports import check_both
from tests.transcripts.terminal import Terminal
from tests.transparency.logs import POLICY, grow, new_log, sign

OPEN = OpenLedger(origin="example.org/ledger", reporting_currency="USD")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the URL of a ledger with an attached file."""
    folder = tmp_path_factory.mktemp("source")
    url = new_ledger(folder)
    (folder / "terms.txt").write_text("Terms (illustrative)")
    ledger = open_ledger(url)
    assert ledger.attachments is not None
    content = content_of(folder / "terms.txt")
    ledger.attachments.keep(folder / "terms.txt", content)
    members = {"sha256": content.sha256, "size": content.size, "media_type": content.media_type}
    ledger.record(request("d", command="document attach", engagement="E", content=members, title="Terms"))
    ledger.close()
    return url


@pytest.fixture(scope="module")
def backup(source: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a backup of that ledger."""
    target = tmp_path_factory.mktemp("backup") / "monday.zip"
    _back_up(source, target)
    return target


def _back_up(url: str, target: Path) -> None:
    ledger = open_ledger(url, reads=True)
    try:
        back_up(ledger, target)
    finally:
        ledger.close()


def _copy(source: str, target: str) -> None:
    ledger = open_ledger(source, reads=True)
    try:
        copy_ledger(ledger, target, None, Attachments(Path(target.removeprefix("sqlite:///")).with_name("attachments")))
    finally:
        ledger.close()


def _size(url: str) -> int:
    """Return the size of a ledger without findings."""
    ledger = open_ledger(url, reads=True)
    try:
        assert ([], []) == (verify_log(ledger.store).findings, replay_log(ledger))
        return ledger.store.head().size
    finally:
        ledger.close()


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("left", ["nothing", "an empty file"])
def test_init(tmp_path: Path, left: str) -> None:
    """There is no ledger or one with its first entry and the guard is made last; `init` again makes or finds it."""
    url, folder = f"sqlite:///{tmp_path}/here/ledger.db", tmp_path / "here"
    guard = Guard(tmp_path / "here" / "guard")

    def prepare() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if left == "an empty file":
            (folder / "ledger.db").touch()

    prepare()
    for number in kills(lambda: make_ledger(url, OPEN, "staff/1", guard=guard), folder):
        made = (folder / "ledger.db").exists() and (folder / "ledger.db").stat().st_size > 0
        try:
            make_ledger(url, OPEN, "staff/1", guard=guard)
        except (LedgerExists, GuardExists):
            assert made, number
            if not guard.path.exists():
                ledger = open_ledger(url)
                guard.start(ledger.origin, ledger.store)
                ledger.close()
        assert 1 == _size(url)
        assert {"ledger.db", "guard"} == _names(folder), number
        prepare()


@pytest.mark.parametrize("make", ["copy", "restore"])
def test_copies(source: str, backup: Path, tmp_path: Path, make: str) -> None:
    """There is no copy or a whole one, with its files; the same command again makes or finds it."""
    folder = tmp_path / "here"
    url = f"sqlite:///{folder}/ledger.db"
    works: dict[str, Callable[[], object]] = {
        "copy": lambda: _copy(source, url), "restore": lambda: restore(url, backup)
    }  # fmt: skip
    size = _size(source)
    folder.mkdir()
    for number in kills(works[make], folder):
        if (folder / "ledger.db").exists():
            assert size == _size(url), number
            with pytest.raises(LedgerExists):
                works[make]()
        else:
            works[make]()
        assert size == _size(url), number
        assert {"ledger.db", "attachments"} == _names(folder), number
        assert 1 == len(_names(folder / "attachments"))
        shutil.rmtree(folder)
        folder.mkdir()


def test_backup(source: str, tmp_path: Path) -> None:
    """There is no backup or a whole one; the same command again makes or finds it, and clears the rest."""
    folder = tmp_path / "here"
    folder.mkdir()
    for number in kills(lambda: _back_up(source, folder / "monday.zip"), folder):
        if (folder / "monday.zip").exists():
            with pytest.raises(BackupExists):
                _back_up(source, folder / "monday.zip")
        else:
            _back_up(source, folder / "monday.zip")
        restored = restore(f"sqlite:///{tmp_path}/r{number}.db", folder / "monday.zip", dry_run=True)
        assert 0 == restored.missing
        assert {"monday.zip"} == _names(folder), number
        (folder / "monday.zip").unlink()


def test_a_backup_of_another_day(source: str, tmp_path: Path) -> None:
    """What a kill left of a backup is cleared by the next one, whatever its name; what others keep there stays."""
    folder = tmp_path / "here"
    folder.mkdir()
    for number in kills(lambda: _back_up(source, folder / f"on-{len(_names(folder))}.zip"), folder):
        (folder / ".cache-0123456789abcdef").mkdir()
        (folder / ".cache-0123456789abcdef" / "other").touch()
        _back_up(source, folder / "tuesday.zip")
        names = {name for name in _names(folder) if not name.startswith("on-")}
        assert {"tuesday.zip", ".cache-0123456789abcdef"} == names, number
        shutil.rmtree(folder)
        folder.mkdir()


def test_publish(tmp_path: Path) -> None:
    """Publishing again completes the folder, and removes what does not belong to its log."""
    ledger = new_log(tmp_path / "ledger.db")
    for size in (200, 300):
        grow(ledger, size)
        sign(ledger)
    also = {"verify_ledger.py.sha256": b"0" * 64 + b"  verify_ledger.py\n"}
    folder = tmp_path / "out"
    publish(ledger, folder, 200)
    shutil.copytree(folder, tmp_path / "before")

    def work() -> None:
        own = open_ledger(f"sqlite:///{tmp_path}/ledger.db", reads=True)
        publish(own, folder, 300, also=also)

    for number in kills(work, folder, 11):
        publish(ledger, folder, 300, also=also)
        findings = verify_bundle(folder, policy=POLICY).findings
        assert [] == [finding for finding in findings if finding.step in (1, 2, 6, 18, 19)], number
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / "before", folder)
    ledger.close()


def test_a_report_with_its_proof(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no folder or a whole one, which both verifiers confirm; the same command again makes or finds it."""
    (tmp_path / "here").mkdir()
    terminal = Terminal(tmp_path / "here", monkeypatch)
    for line in ("init --origin example.org/ledger --currency USD", "key new", "definitions adopt partnerships",
                 "checkpoint"):  # fmt: skip
        assert 0 == terminal.type(f"ledger {line}")[1], line
    folder = tmp_path / "here" / "out"
    folder.mkdir()
    report = f"ledger report partnerships --proof {folder}/report"
    for number in kills(lambda: terminal.type(report), folder, 31):
        is_made = (folder / "report").exists()
        answer, code = terminal.type(report)
        assert (is_made, 2 if is_made else 0) == ("folder-there" in answer, code), (number, answer)
        assert ([], []) == tuple(check_both(folder / "report")), number
        assert {"report"} == _names(folder)
        shutil.rmtree(folder / "report")


def test_attachments(tmp_path: Path) -> None:
    """A file is stored whole or not; storing it again clears what was half written."""
    (tmp_path / "terms.txt").write_text("Terms (illustrative)" * 1000)
    content = content_of(tmp_path / "terms.txt")
    kept = Attachments(tmp_path / "attachments")
    for number in kills(lambda: kept.keep(tmp_path / "terms.txt", content), kept.folder):
        assert not kept.has(content.sha256) or kept.fault(content) is None, number
        kept.keep(tmp_path / "terms.txt", content)
        assert (None, {content.sha256}) == (kept.fault(content), _names(kept.folder)), number
        shutil.rmtree(kept.folder)


def test_keys(tmp_path: Path) -> None:
    """A key is stored whole, readable by its owner alone, or not; the next one clears what was half written."""
    keyring = Keyring(tmp_path / "keys", lambda: None)
    for _ in kills(lambda: keyring.make("example.org/ledger"), keyring.folder):
        made = keyring.make("example.org/ledger")
        keyring.load(made.verifier())
        for path in keyring.folder.iterdir():
            assert (".pem", 0o600) == (path.suffix, path.stat().st_mode & 0o777)
            assert path.read_bytes().rstrip().endswith(b"-----END PRIVATE KEY-----")


def test_witness(tmp_path: Path) -> None:
    """A witness is made, or `witness init` again makes it."""
    key = Keyring(tmp_path / "keys", lambda: None).make("witness.example.org", COSIGNER).verifier(COSIGNER)
    state = WitnessState(tmp_path / "witness")
    for number in kills(lambda: state.make(key), state.folder):
        try:
            state.make(key)
        except WitnessThere:
            assert key == state.keys().key
        assert {"logs", "policy"} == _names(state.folder), number
        assert key == state.keys().key
        shutil.rmtree(state.folder)


def test_what_a_running_process_makes_stays(source: str, tmp_path: Path) -> None:
    """What another process is making at the same place is left alone, also by one that finds a leftover there."""
    target = tmp_path / "monday.zip"
    (tmp_path / ".monday.zip-0123456789abcdef").mkdir()
    (tmp_path / ".monday.zip-0123456789abcdee").touch()
    (tmp_path / ".monday.zip-notes").touch()
    with unfinished_folder(target) as folder, unfinished_file(target) as file:
        clear_leftovers(target)
        _back_up(source, target)
        assert {".monday.zip-notes", "monday.zip", folder.name, file.name} == _names(tmp_path)
    assert {".monday.zip-notes", "monday.zip"} == _names(tmp_path)


def test_a_folder_is_removed_though_one_call_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No descriptor is left when the folder is opened to be removed; the next call finds one again."""
    opened, failed = os.open, list[str]()

    def full_once(path: str, *args: Any, **kwargs: Any) -> int:
        if not Path(path).name.startswith(".ledger.db-") or failed:
            return opened(path, *args, **kwargs)
        failed.append(str(path))
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    with unfinished_folder(tmp_path / "ledger.db") as folder:
        (folder / "half").touch()
        monkeypatch.setattr(os, "open", full_once)
    assert [str(folder)] == failed
    assert [] == list(tmp_path.iterdir())
