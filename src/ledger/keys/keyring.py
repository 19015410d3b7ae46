"""The keyring: signing keys, each in a private file of its own, apart from the data, in PKCS#8 (RFC 5958)."""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.domain.errors import INTEGRITY, USAGE, LedgerError
from ledger.files.atomic import make_folder, new_file
from ledger.files.unfinished import clear_matching
from ledger.tlog.keys import LOG, SigningKey, VerifierKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

APPLICATION = "engagement-ledger"
MAX_BYTES = 1 << 16
OTHERS = 0o077
"""The mode bits that give anyone but the owner access."""

_HALF_KEY = re.compile(r"\.[0-9a-f]+\.pem-[0-9a-f]{16}")
"""Names of keys that were being written: a killed process chose a key that nobody will make again."""

Passphrase = Callable[[], bytes | None]
"""Returns the passphrase of an encrypted key when it is needed, or None if there is none."""


class KeysBesideData(LedgerError):
    """The folder of keys is inside the folder of the data."""

    code = "keys-beside-data"
    exit = USAGE

    def __init__(self, folder: Path) -> None:
        """Refuse `folder`."""
        super().__init__(
            f"{shown(folder)} is inside the folder of the ledger: a copy of the data would include the keys.",
            "Name another folder with --keys or LEDGER_KEYS.",
        )


class NoKeyFile(LedgerError):
    """The file of a key does not exist."""

    code = "no-key-file"
    exit = USAGE

    def __init__(self, path: Path) -> None:
        """Say where it was looked for."""
        super().__init__(
            f"There is no key at {shown(path)}.", "Name the folder of the keys with --keys or LEDGER_KEYS."
        )


class CannotKeepKey(LedgerError):
    """A key cannot be written or read."""

    code = "cannot-keep-key"
    exit = USAGE

    def __init__(self, path: Path, why: str) -> None:
        """Say why `path` cannot be used."""
        super().__init__(f"{shown(path)} cannot be used: {why}.", "Check the folder of the keys and its permissions.")


class KeyExposed(LedgerError):
    """Users other than its owner may read or write the file of a key."""

    code = "key-exposed"
    exit = INTEGRITY

    def __init__(self, path: Path, mode: int) -> None:
        """Say what the file's mode is."""
        super().__init__(
            f"Others may use the key at {shown(path)}: its mode is {mode:04o}.",
            f"If nobody did: chmod 600 {shown(path)}. If somebody may have: 'ledger key rotate', or 'key revoke'.",
        )


class BadKeyFile(LedgerError):
    """A file is not an Ed25519 key in PKCS#8."""

    code = "bad-key-file"
    exit = INTEGRITY

    def __init__(self, path: Path, why: str) -> None:
        """Say why the file is no key."""
        super().__init__(f"{shown(path)} is not a key: {why}.", "Put the right file back, or make a new key.")


class PassphraseNeeded(LedgerError):
    """A key is encrypted, and there is no terminal to ask for its passphrase."""

    code = "passphrase-needed"
    exit = USAGE

    def __init__(self, path: Path) -> None:
        """Ask for the passphrase of the key at `path`."""
        super().__init__(
            f"The key at {shown(path)} is encrypted.",
            "Name a file whose first line is its passphrase: --passphrase-file.",
        )


class WrongPassphrase(LedgerError):
    """The passphrase does not open the key."""

    code = "wrong-passphrase"
    exit = USAGE

    def __init__(self, path: Path) -> None:
        """Say which key it does not open."""
        super().__init__(f"The passphrase does not open {shown(path)}.", "Try again with another.")


class KeyMismatch(LedgerError):
    """The file of a key holds another key."""

    code = "key-mismatch"
    exit = INTEGRITY

    def __init__(self, path: Path, key: VerifierKey) -> None:
        """Say which key it should hold."""
        super().__init__(f"{shown(path)} holds another key than {key}.", "Put the right file back.")


def default_folder() -> Path:
    """Return the default folder of keys."""
    from platformdirs import user_config_path  # noqa: PLC0415 - only where keys are used

    return user_config_path(APPLICATION, appauthor=False) / "keys"


def shown(path: Path) -> str:
    """Return a path for display: with ~ for the home folder."""
    try:
        return str(Path("~") / path.absolute().relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


def new_secret() -> "Ed25519PrivateKey":
    """Return a new secret key from the system's random source."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    return Ed25519PrivateKey.generate()


class Keyring:
    """A folder of keys."""

    def __init__(self, folder: Path, passphrase: Passphrase = lambda: None) -> None:
        """Use `folder`, which is created with the first key."""
        self.folder = folder
        self._passphrase = passphrase

    def check_apart(self, data: Path) -> None:
        """Raise KeysBesideData if the folder of keys is within that of the data.

        If the data are in the home folder itself, or above it, the settings folder below it does not count as theirs.
        """
        keys, data = self.folder.resolve(), data.resolve()
        if keys == data or (keys.is_relative_to(data) and not Path.home().resolve().is_relative_to(data)):
            raise KeysBesideData(self.folder)

    def path(self, key: VerifierKey) -> Path:
        """Return the path of a key's file, which need not exist."""
        return self.folder / f"{key.id.hex()}.pem"

    def has(self, key: VerifierKey) -> bool:
        """Return whether a key's file exists."""
        return self.path(key).exists()

    def make(self, name: str, kind: int = LOG, passphrase: bytes | None = None) -> SigningKey:
        """Create a key and store it; it is on disk when this returns. Raises CannotKeepKey, BadKey."""
        from cryptography.hazmat.primitives import serialization as form  # noqa: PLC0415

        key = SigningKey(name, new_secret())
        encryption = form.BestAvailableEncryption(passphrase) if passphrase else form.NoEncryption()
        data = key.secret.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, encryption)
        path = self.path(key.verifier(kind))
        try:
            make_folder(self.folder, 0o700, parents=True)
            clear_matching(self.folder, _HALF_KEY)
            # The mode: never readable by others, even for a moment. And never in place of another key.
            new_file(path, data, 0o600)
        except FileExistsError as error:
            raise CannotKeepKey(path, error.strerror or str(error)) from error
        except BaseException as error:
            # It may have its name already, and nobody will know whose key it is.
            with suppress(OSError):
                if path.read_bytes() == data:
                    path.unlink()
            if isinstance(error, OSError):
                raise CannotKeepKey(path, error.strerror or str(error)) from error
            raise
        return key

    def discard(self, key: VerifierKey) -> None:
        """Delete a key that was created but not recorded."""
        self.path(key).unlink(missing_ok=True)

    def load(self, key: VerifierKey) -> SigningKey:
        """Load the secret half of a key.

        Raises NoKeyFile, CannotKeepKey, KeyExposed, BadKeyFile, PassphraseNeeded, WrongPassphrase, KeyMismatch.
        """
        path = self.path(key)
        loaded = SigningKey(key.name, self._secret(path, _read_private(path)))
        if loaded.verifier(key.kind) != key:
            raise KeyMismatch(path, key)
        return loaded

    def _secret(self, path: Path, data: bytes) -> "Ed25519PrivateKey":
        from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415
        from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

        passphrase = None
        if b"ENCRYPTED" in data:
            passphrase = self._passphrase()
            if not passphrase:
                raise PassphraseNeeded(path)
        try:
            secret = load_pem_private_key(data, passphrase)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            if passphrase:
                raise WrongPassphrase(path) from error
            raise BadKeyFile(path, "it is not a key in PKCS#8") from error
        if not isinstance(secret, Ed25519PrivateKey):
            raise BadKeyFile(path, "it is a key of another kind than Ed25519")
        return secret


def _read_private(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode & 0o7777
            if os.name == "posix" and mode & OTHERS:
                raise KeyExposed(path, mode)
            return file.read(MAX_BYTES)
    except FileNotFoundError:
        raise NoKeyFile(path) from None
    except OSError as error:
        raise CannotKeepKey(path, error.strerror or str(error)) from error
