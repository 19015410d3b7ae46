"""`kill -9` while a document is attached: stored files are whole, recorded files are stored, and it can be repeated."""

import hashlib
import os
import random
import signal
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.domain.engagement.parts import Content
from ledger.files.attachments import Attachments, content_of
from ledger.replay.procedure import replay_log
from ledger.verify.procedure import verify_log
from tests.faults.processes import drained, forked, killed, new_ledger, request

ROUNDS = 5 if os.environ.get("LEDGER_SWEEP") else 1
KILLS = 15
SEED = int(os.environ.get("LEDGER_SEED", "20261123"))


def _place(ledger: Ledger) -> Attachments:
    assert ledger.attachments is not None
    return ledger.attachments


def _attach(ledger: Ledger, name: str, content: Content) -> None:
    members = {"sha256": content.sha256, "size": content.size, "media_type": content.media_type}
    ledger.record(request(name, command="document attach", engagement="E", content=members, title=name))


def _check(url: str, acknowledged: dict[str, str]) -> None:
    """Assert that the ledger is whole: files match their names, and every acknowledged document is recorded."""
    ledger = open_ledger(url)
    assert [] == [*verify_log(ledger.store).findings, *replay_log(ledger)]
    folder = _place(ledger).folder
    for file in folder.iterdir() if folder.exists() else ():
        if not file.name.startswith(".half-"):
            assert file.name == hashlib.sha256(file.read_bytes()).hexdigest()
    documents = {document.content.sha256 for document in ledger.fold("engagement/E")[0].documents.values()}  # type: ignore[attr-defined]
    assert set() == set(acknowledged.values()) - documents
    ledger.close()


def _attach_for_ever(url: str, name: str, folder: Path, writing: int) -> None:
    """Attach files of some size, each a different one; print the id of each after its receipt."""
    ledger = open_ledger(url)
    for number in count():
        file = folder / f"{name}-{number}.bin"
        file.write_bytes(f"{name}-{number} ".encode() * 50_000)
        content = content_of(file)
        _place(ledger).keep(file, content)
        _attach(ledger, f"{name}:{number}", content)
        os.write(writing, f"{name}:{number} {content.sha256}\n".encode())
        file.unlink()


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_kill_while_attaching(tmp_path: Path, round_: int) -> None:
    """Processes are killed at random, one after the other, and each leaves a whole ledger to the next."""
    chance = random.Random(f"{SEED}/attach/{round_}")  # noqa: S311 - a seed that can be given again
    url = new_ledger(tmp_path)
    acknowledged: dict[str, str] = {}
    for kill in range(KILLS):
        child, reading = forked(lambda writing, kill=kill: _attach_for_ever(url, f"k{kill}", tmp_path, writing))  # type: ignore[misc]
        time.sleep(chance.uniform(0, 0.08))
        killed(child)
        for line in drained(reading).splitlines():
            name, _, sha256 = line.partition(" ")
            acknowledged[name] = sha256
        _check(url, acknowledged)
    assert acknowledged, f"no process lived long enough to attach (seed {SEED}/attach/{round_})"


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _before_it_is_on_disk(ledger: Ledger, file: Path) -> None:
    os.fsync = _die  # type: ignore[assignment]
    _place(ledger).keep(file, content_of(file))


def _before_it_has_its_name(ledger: Ledger, file: Path) -> None:
    Path.replace = _die  # type: ignore[method-assign,assignment]
    _place(ledger).keep(file, content_of(file))


def _before_it_is_recorded(ledger: Ledger, file: Path) -> None:
    _place(ledger).keep(file, content_of(file))
    _die()


@pytest.mark.parametrize(
    ("dying", "is_stored"), [(_before_it_is_on_disk, 0), (_before_it_has_its_name, 0), (_before_it_is_recorded, 1)]
)
def test_kill_at_the_worst_moments(tmp_path: Path, dying: Callable[[Ledger, Path], None], is_stored: int) -> None:
    """A partial file never has a final name; a stored file without an entry is harmless; a retry succeeds."""
    url, file = new_ledger(tmp_path), tmp_path / "agreement.pdf"
    file.write_bytes(b"An agreement" * 100_000)
    child, reading = forked(lambda _: dying(open_ledger(url), file))
    os.close(reading)
    assert signal.SIGKILL == os.waitpid(child, 0)[1]
    _check(url, {})
    ledger, content = open_ledger(url), content_of(file)
    assert (is_stored, 3) == (int(_place(ledger).has(content.sha256)), ledger.store.head().size)
    _place(ledger).keep(file, content)
    _attach(ledger, "again", content)
    ledger.close()
    _check(url, {"again": content.sha256})
