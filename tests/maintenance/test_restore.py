"""Restoring gives the same log, byte for byte, and verifies it; sources that do not agree are refused."""

import hashlib
import shutil
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.application.request import CommandReused, Request
from ledger.domain.party.party import AddAlias, RegisterParty
from ledger.domain.voiding import VoidEntries
from ledger.maintenance.restore import Restored, restore
from ledger.replay.procedure import replay_log
from ledger.tlog.policy import Policy
from ledger.transparency.published_log import BadPublished
from ledger.verify.procedure import verify_log
from tests.attacks.forger import STORY, record
from tests.maintenance.conftest import log_of
from tests.maintenance.publishing import publish
from tests.spec.signing import signing_key, vkey

ORIGIN = "example.org/attacked"


def findings(url: str) -> list[tuple[str, int | None]]:
    """Return the findings of verification, steps 1 to 15."""
    ledger = open_ledger(url)
    try:
        return [
            (finding.code, finding.position) for finding in (*verify_log(ledger.store).findings, *replay_log(ledger))
        ]
    finally:
        ledger.close()


def test_from_a_backup(backup: Path, url: str, target: str) -> None:
    """A backup restores the log of its time, with its files."""
    result = restore(target, backup)
    assert (14, 14, 0) == (result.size, result.from_backup, result.missing)
    assert log_of(url)[:14] == log_of(target)
    assert [] == findings(target)


def test_from_a_backup_and_what_was_published_later(backup: Path, published: Path, url: str, target: str) -> None:
    """With the published folder the whole log is restored; a file attached after the backup is reported as missing."""
    result = restore(target, backup, published)
    ledger = open_ledger(url)
    assert Restored(17, ledger.store.head().root, 14, 1, trusted=False) == result
    assert log_of(url) == log_of(target)
    assert [("attachment-missing", 15)] == findings(target)
    assert ledger.attachments is not None
    late = ledger.attachments.place(hashlib.sha256(b"Late").hexdigest())
    shutil.copy(late, Path(target.removeprefix("sqlite:///")).parent / "attachments")
    assert [] == findings(target)
    ledger.close()


def test_from_published_entries_alone(published: Path, url: str, target: str) -> None:
    """Entry bundles alone restore a whole ledger: the same log, with side tables."""
    result = restore(target, None, published)
    assert (17, 0, 2) == (result.size, result.from_backup, result.missing)
    assert log_of(url) == log_of(target)
    assert {("attachment-missing", 14), ("attachment-missing", 15)} == set(findings(target))


def test_files_next_to_the_new_place_are_found(published: Path, url: str, tmp_path: Path) -> None:
    """A ledger restored next to the old one has the files in that folder."""
    assert 0 == restore(f"sqlite:///{tmp_path}/again.db", None, published).missing
    assert [] == findings(f"sqlite:///{tmp_path}/again.db")


def test_from_the_file_of_a_ledger(url: str, backup: Path, target: str) -> None:
    """The file of a ledger is accepted in place of a backup, with the attachments next to it."""
    path = Path(url.removeprefix("sqlite:///"))
    result = restore(target, path)
    assert (17, 17, 0) == (result.size, result.from_backup, result.missing)
    assert [] == findings(target)


def test_a_long_log(tmp_path: Path, target: str) -> None:
    """Bundles are read in order, full ones and the partial last one; a full one may have replaced a partial one."""
    url = f"sqlite:///{tmp_path}/long.db"
    aliases = [("party alias", {"party": "A", "alias": f"Alias {number}"}) for number in range(518)]
    record(url, [STORY[0], *aliases])
    folder = publish(url, tmp_path / "published", 300)
    entries = publish(url, tmp_path / "later") / "tile" / "entries" / "001"
    assert 300 == restore(target, None, folder).size
    shutil.rmtree(folder / "tile" / "entries" / "001.p")
    shutil.copy(entries, folder / "tile" / "entries" / "001")
    assert 300 == restore(f"sqlite:///{tmp_path}/again.db", None, folder).size
    result = restore(f"sqlite:///{tmp_path}/more.db", Path(target.removeprefix("sqlite:///")), tmp_path / "later")
    assert (520, 300) == (result.size, result.from_backup)


def test_a_published_log_that_is_behind(url: str, backup: Path, target: str, tmp_path: Path) -> None:
    """If the backup has more entries than were published, none is added; the published log must be its beginning."""
    assert 14 == restore(target, backup, publish(url, tmp_path / "old", 9)).size


def test_recording_goes_on(published: Path, target: str) -> None:
    """In a restored ledger the next command is recorded as usual."""
    restore(target, None, published)
    record(target, [("party register", {"ref": "D", "name": "Delta"})], make=False)
    assert 18 == len(log_of(target))


def test_a_dry_run_leaves_no_file(backup: Path, published: Path, target: str) -> None:
    """A dry run does and verifies everything, and leaves no file."""
    assert 17 == restore(target, backup, published, dry_run=True).size
    assert [] == list(Path(target.removeprefix("sqlite:///")).parent.iterdir())


# Commands that were recorded, and whose digest is not known.


def repeat(ledger: Ledger, *commands: object, **members: object) -> bool:
    """Return whether a request with a recorded id is accepted as a repetition."""
    values = {"actor": "staff/1", "effective_on": "2025-03-01", **members}
    request = Request(commands=commands, **values)  # type: ignore[arg-type]
    try:
        return ledger.record(request).repeated
    except CommandReused:
        return False


def test_a_command_is_known_again(published: Path, target: str) -> None:
    """The same id returns the first receipt if actor, time, reason and subject agree; other requests are refused."""
    restore(target, None, published)
    ledger = open_ledger(target)
    ledger.by_last = True
    gamma, void = RegisterParty(ref="C", name="Gamma"), VoidEntries(positions=(16,), reason="x")
    assert (True, True) == (repeat(ledger, gamma, id="c-16"), repeat(ledger, void, id="c-17"))
    refused = (
        repeat(ledger, gamma, id="c-16", actor="staff/2"),
        repeat(ledger, gamma, id="c-16", effective_on="2025-03-02"),
        repeat(ledger, gamma, id="c-16", effective_on=None),
        repeat(ledger, gamma, id="c-16", reason="y"),
        repeat(ledger, AddAlias(party="A", alias="Other"), id="c-16"),
    )
    assert (False,) * 5 == refused
    assert 17 == ledger.store.head().size
    ledger.close()


# Whose checkpoint it is.


def test_with_a_policy_the_checkpoint_must_be_signed(url: str, published: Path, target: str, tmp_path: Path) -> None:
    """A key of the policy must have signed; if the log names the key too, the checkpoint is stored."""
    for number, name in ((2, ORIGIN), (1, "example.org/other")):
        with pytest.raises(BadPublished, match="signed it"):
            restore(target, None, published, Policy((signing_key(number, name).verifier(),), {}, {}, "none"))
    policy = Policy((signing_key(1, ORIGIN).verifier(),), {}, {}, "none")
    assert restore(target, None, published, policy, dry_run=True).trusted
    record(url, [("key add", {"vkey": vkey(1, ORIGIN)})], make=False)
    later = publish(url, tmp_path / "later")
    assert restore(target, None, later, policy).trusted
    ledger = open_ledger(target)
    assert [(18, (later / "checkpoint").read_bytes())] == list(ledger.store.checkpoints())
    ledger.close()


def test_without_a_policy_no_checkpoint_is_stored(published: Path, target: str) -> None:
    """Without a policy the checkpoint is not stored, since its signature was not verified."""
    restore(target, None, published)
    ledger = open_ledger(target)
    assert [] == list(ledger.store.checkpoints())
    ledger.close()
