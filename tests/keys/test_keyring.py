"""Key files: readable only by their owner, never overwritten, and removed if nothing was recorded."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from ledger.keys.keyring import (
    BadKeyFile,
    CannotKeepKey,
    KeyExposed,
    KeyMismatch,
    Keyring,
    KeysBesideData,
    NoKeyFile,
    PassphraseNeeded,
    WrongPassphrase,
    default_folder,
    shown,
)
from ledger.tlog.keys import COSIGNER, LOG
from tests.spec.signing import ORIGIN, signing_key


def test_a_key_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    """Its file has mode 0600 and its folder 0700, with any umask; it is loaded by its id and signs as before."""
    before = os.umask(0)
    try:
        made = Keyring(tmp_path / "a" / "keys").make(ORIGIN)
    finally:
        os.umask(before)
    ring = Keyring(tmp_path / "a" / "keys")
    path = ring.path(made.verifier())
    assert f"{made.verifier().id.hex()}.pem" == path.name
    assert (0o600, 0o700) == (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode))
    assert path.read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----\n")
    assert made.sign(b"text") == ring.load(made.verifier()).sign(b"text")


def test_a_key_is_never_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If the same secret is generated twice, the second is refused, and the first file is unchanged."""
    monkeypatch.setattr("ledger.keys.keyring.new_secret", lambda: signing_key(1).secret)
    ring = Keyring(tmp_path)
    held = ring.path(ring.make(ORIGIN, passphrase=b"one").verifier()).read_bytes()
    with pytest.raises(CannotKeepKey, match="File exists"):
        ring.make(ORIGIN)
    assert held == ring.path(signing_key(1).verifier()).read_bytes()


def test_a_key_for_each_kind_of_signature(tmp_path: Path) -> None:
    """A witness's key has another id than a log's, even with the same secret."""
    ring = Keyring(tmp_path)
    made = ring.make("witness.example/one", COSIGNER)
    assert ring.has(made.verifier(COSIGNER))
    assert not ring.has(made.verifier(LOG))


def test_encrypted_keys(tmp_path: Path) -> None:
    """An encrypted key is opened by its passphrase only."""
    made = Keyring(tmp_path).make(ORIGIN, passphrase=b"correct horse").verifier()
    assert Keyring(tmp_path, lambda: b"correct horse").load(made).verifier() == made
    with pytest.raises(WrongPassphrase):
        Keyring(tmp_path, lambda: b"wrong horse").load(made)
    for nothing in (None, b""):
        with pytest.raises(PassphraseNeeded):
            Keyring(tmp_path, lambda nothing=nothing: nothing).load(made)  # type: ignore[misc]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610, 0o601, 0o620])
def test_a_key_that_others_may_use(tmp_path: Path, mode: int) -> None:
    """Any permission of others is refused."""
    ring = Keyring(tmp_path)
    made = ring.make(ORIGIN).verifier()
    ring.path(made).chmod(mode)
    with pytest.raises(KeyExposed, match=f"{mode:04o}"):
        ring.load(made)


def test_invalid_key_files(tmp_path: Path) -> None:
    """A missing file, no key, a key of another kind and another key have different errors."""
    ring, key = Keyring(tmp_path), signing_key(1).verifier()
    with pytest.raises(NoKeyFile):
        ring.load(key)
    other = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for content in (b"", b"\xff\xfe", b"-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----\n", other):
        ring.path(key).write_bytes(content)
        ring.path(key).chmod(0o600)
        with pytest.raises(BadKeyFile):
            ring.load(key)
    ring.path(key).unlink()
    held = ring.path(ring.make(ORIGIN).verifier())
    held.rename(ring.path(key))
    with pytest.raises(KeyMismatch):
        ring.load(key)


def test_keys_are_apart_from_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key folder is not allowed in the folder of the ledger, below it, or by a link; a home folder may have both."""
    data = tmp_path / "data"
    data.mkdir()
    (tmp_path / "link").symlink_to(data)
    for folder in (data, data / "keys", data / "a" / "b", tmp_path / "link", tmp_path / "link" / "keys"):
        with pytest.raises(KeysBesideData):
            Keyring(folder).check_apart(data)
    for folder in (tmp_path, tmp_path / "keys", tmp_path / "data-keys"):
        Keyring(folder).check_apart(data)
    monkeypatch.setenv("HOME", str(tmp_path))
    Keyring(tmp_path / ".config" / "keys").check_apart(tmp_path)
    with pytest.raises(KeysBesideData):
        Keyring(tmp_path).check_apart(tmp_path)


def test_default_folder_of_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default keys are in the folder of the user's settings."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert default_folder().is_relative_to(tmp_path)
    assert shown(default_folder()).startswith("~/")
