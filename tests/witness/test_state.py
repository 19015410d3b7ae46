"""The state of a witness: never less than it cosigned, and never silently empty."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from ledger.tlog.cosignature import cosign
from ledger.witness.errors import (
    BadLogKey,
    BadWitnessName,
    BadWitnessState,
    CannotKeepState,
    NotSigned,
    NotTrusted,
    NoWitness,
    OtherSize,
    UnknownLog,
    WitnessBusy,
    WitnessThere,
)
from ledger.witness.state import WitnessState, check_name
from tests.spec.signing import ORIGIN, signing_key
from tests.witness.logs import NAME, Log, Witness, numbered


def test_a_newly_trusted_log_is_empty(log: Log, witness: Witness) -> None:
    """A newly trusted log has a file that states size 0, so that a missing file is noticed."""
    assert (0, None) == (witness.size(), witness.state.last_cosigned(ORIGIN, witness.vkey).time)
    assert witness.state.path_of(ORIGIN).exists()


@pytest.mark.parametrize("cosigned", [False, True])
def test_a_missing_file_is_noticed(log: Log, witness: Witness, cosigned: bool) -> None:
    """Without the file of a log nothing is cosigned for it, and trusting it again does not create the file."""
    if cosigned:
        witness.cosign(log.body(0))
    witness.state.path_of(ORIGIN).unlink()
    with pytest.raises(BadWitnessState):
        witness.cosign(log.body(0))
    with pytest.raises(BadWitnessState):
        witness.state.trust(log.vkey)
    with pytest.raises(BadWitnessState):
        witness.state.trust(Log(2).vkey)


@pytest.mark.parametrize("gone", ["logs", "policy"])
def test_a_missing_part_of_the_folder_is_noticed(log: Log, witness: Witness, gone: str) -> None:
    """A witness's folder with parts missing is not taken for an empty one."""
    witness.cosign(log.body(0))
    place = witness.state.folder / gone
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    with pytest.raises(BadWitnessState):
        witness.cosign(log.body(5))
    with pytest.raises(WitnessThere):
        witness.state.make(witness.vkey)


def test_every_byte_of_the_stored_note_counts(log: Log, witness: Witness) -> None:
    """A flipped bit in the note is noticed, except in the log's own signature, which was verified on arrival."""
    witness.cosign(log.body(0))
    path = witness.state.path_of(ORIGIN)
    data = path.read_bytes()
    line = data.index(str(log.note().signatures[0]).encode())
    others = range(line, line + len(str(log.note().signatures[0]).encode()) - 1)
    for place in range(len(data)):
        if place in others:
            continue
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(BadWitnessState):
            witness.state.last_cosigned(ORIGIN, witness.vkey)


def test_a_note_of_another_witness_is_refused(log: Log, witness: Witness, tmp_path: Path) -> None:
    """A stored note without this witness's cosignature, or of another log, is refused."""
    other = Witness(tmp_path / "other", log, key=12)
    other.cosign(log.body(0))
    path = witness.state.path_of(ORIGIN)
    shutil.copy(other.state.path_of(ORIGIN), path)
    with pytest.raises(BadWitnessState):
        witness.cosign(log.body(0))
    elsewhere = Log(2, "example.org/other").grow(b"one")
    third = Witness(tmp_path / "third", elsewhere)
    third.cosign(elsewhere.body(0))
    shutil.copy(third.state.path_of("example.org/other"), path)
    with pytest.raises(BadWitnessState):
        witness.cosign(log.body(0))


def test_a_published_checkpoint_restores_the_state(log: Log, witness: Witness) -> None:
    """The newest checkpoint with the witness's cosignature may be restored, whatever other cosignatures it has."""
    witness.cosign(log.body(0))
    path = witness.state.path_of(ORIGIN)
    ours = path.read_bytes()
    theirs = cosign(log.note().text, signing_key(12, "witness.example/two"), 1)
    path.unlink()
    path.write_bytes(ours + str(theirs).encode())
    witness.cosign(log.grow(b"more").body(5))
    assert 6 == witness.size()


@pytest.mark.parametrize(
    "text",
    [
        b"", b"\0", b"nonsense\n", b"quorum none\n", b"\xff\n",
        b"witness w " + str(signing_key(11, NAME).verifier(4)).encode() + b"\nquorum w\n",
        b"witness " + f"{NAME} {signing_key(11, NAME).verifier(4)}".encode() + b"\nquorum none\n",
        b"quorum none\n" * 100_000,
    ],
)  # fmt: skip
def test_an_invalid_policy_is_noticed(log: Log, witness: Witness, text: bytes) -> None:
    """A policy that the witness's program did not write is refused."""
    (witness.state.folder / "policy").write_bytes(text)
    with pytest.raises(BadWitnessState):
        witness.cosign(log.body(0))


@pytest.mark.parametrize("name", ["policy", "log"])
def test_folders_in_the_place_of_files(log: Log, witness: Witness, name: str) -> None:
    """A file that cannot be read is reported as such."""
    path = witness.state.folder / "policy" if name == "policy" else witness.state.path_of(ORIGIN)
    path.unlink()
    path.mkdir()
    with pytest.raises(BadWitnessState):
        witness.cosign(log.body(0))


def test_no_witness(tmp_path: Path, log: Log) -> None:
    """A folder without a witness, or a missing folder, is reported as having none."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoWitness):
            WitnessState(folder).keys()
        with pytest.raises(NoWitness):
            WitnessState(folder).trust(log.vkey)


def test_already_exists(tmp_path: Path, witness: Witness) -> None:
    """A witness is created in an empty or a new folder, never in one that has files."""
    (tmp_path / "file").write_text("something")
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    (tmp_path / "empty").mkdir()
    for place in (witness.state.folder, tmp_path / "file", tmp_path / "link", tmp_path):
        with pytest.raises(WitnessThere):
            WitnessState(place).make(witness.vkey)
    WitnessState(tmp_path / "empty").make(witness.vkey)


def test_state_survives_the_end_of_trust(log: Log, witness: Witness) -> None:
    """A log that is no longer trusted is unknown; if trusted again, it continues from the stored state."""
    witness.cosign(log.body(0))
    witness.state.distrust(log.vkey)
    with pytest.raises(UnknownLog):
        witness.cosign(log.body(5))
    witness.state.trust(log.vkey)
    with pytest.raises(OtherSize):
        witness.cosign(log.fork(0, *numbered(0, 9, "other")).body(0))
    assert 5 == witness.size()


def test_trust_in_a_key_that_was_replaced(log: Log, witness: Witness) -> None:
    """If the new key is trusted and the old one is not, the log continues with the new key only."""
    new = Log(2).grow(*log.tree.entries)
    witness.cosign(log.body(0))
    witness.state.trust(new.vkey)
    witness.state.distrust(log.key.verifier().id.hex())
    with pytest.raises(NotSigned):
        witness.cosign(log.grow(b"more").body(5))
    witness.cosign(new.grow(b"more").body(5))


def test_trust_twice_is_trust_once(log: Log, witness: Witness) -> None:
    """Trusting a trusted key again changes nothing, in any form of the key."""
    before = (witness.state.folder / "policy").read_bytes()
    assert log.key.verifier() == witness.state.trust(f"log {log.vkey}")
    assert before == (witness.state.folder / "policy").read_bytes()


def test_keys_that_no_log_can_have(log: Log, witness: Witness) -> None:
    """A witness's key, half a key, and another log's key under a new name are refused."""
    renamed = Log(1, "example.org/other").vkey
    low = "example.org/ledger+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    hidden = Log(3, "example.org/\u202eledger").vkey
    for text in (str(witness.vkey), log.vkey[:-4], "", renamed, low, hidden, log.vkey.replace("ledger", "Ledger")):
        with pytest.raises(BadLogKey):
            witness.state.trust(text)
    assert (log.key.verifier(),) == witness.state.keys().logs


def test_distrust_of_nobody(witness: Witness) -> None:
    """A key that is not trusted cannot be removed."""
    for text in ("", "00000000", ORIGIN, Log(2).vkey):
        with pytest.raises(NotTrusted):
            witness.state.distrust(text)


@pytest.mark.parametrize("name", ["", "none", "one two", "one+two", "one\n", "one\x7f", "\u202eeno", "one\u00a0two"])
def test_names_that_no_witness_can_have(name: str) -> None:
    """A name must be valid in a key and in a policy, and have no invisible characters."""
    with pytest.raises(BadWitnessName):
        check_name(name)


def test_a_full_disk(log: Log, witness: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the state cannot be stored, nothing is cosigned."""

    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("ledger.witness.state.replace_file", full)
        with pytest.raises(CannotKeepState):
            witness.cosign(log.body(0))
    assert 0 == witness.size()
    witness.cosign(log.body(0))


def test_busy(log: Log, witness: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another process holds the lock, this one waits, and then reports it."""
    monkeypatch.setattr("ledger.witness.state.WAIT_SECONDS", 0.05)
    with witness.state.locked(), pytest.raises(WitnessBusy):
        witness.cosign(log.body(0))
    witness.cosign(log.body(0))


def test_the_policy_is_one_that_readers_can_use(log: Log, witness: Witness) -> None:
    """The witness stores a valid policy: its logs, itself, and itself as the quorum."""
    expected = f"log {log.vkey}\nwitness {NAME} {witness.vkey}\nquorum {NAME}\n"
    assert expected == (witness.state.folder / "policy").read_text("utf-8")
