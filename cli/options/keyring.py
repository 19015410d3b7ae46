"""The key folder and the passphrase of keys: the options `--keys`, `--encrypt` and `--passphrase-file`."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.output.files import bytes_of
from cli.output.presentation import with_options
from cli.session import Session
from cli.terminal import is_person
from ledger.domain.errors import USAGE, LedgerError

if TYPE_CHECKING:
    from ledger.keys.keyring import Keyring

MAX_PASSPHRASE = 1024


class NoPassphrase(LedgerError):
    """A new passphrase is needed, but none was given."""

    code = "no-passphrase"
    exit = USAGE

    def __init__(self, why: str) -> None:
        """Say why the passphrase is missing."""
        super().__init__(
            f"There is no passphrase: {why}.", "Name a file whose first line is the passphrase: --passphrase-file."
        )


def key_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for the key folder and the passphrase: the arguments `keys` and `passphrase_file`."""
    return with_options(
        function,
        click.Option(["--keys"], metavar="DIR", help="The folder of the keys (LEDGER_KEYS), separate from the data."),
        click.Option(
            ["--passphrase-file"], metavar="FILE",
            help="A file whose first line is the passphrase of the keys (LEDGER_PASSPHRASE_FILE).",
        ),
    )  # fmt: skip


def keyring(session: Session, keys: str | None, passphrase_file: str | None, *, data: Path | None = None) -> "Keyring":
    """Return the keyring; `data` is the folder of what its keys sign, by default that of the ledger.

    Raises KeysBesideData, BadUrl.
    """
    from ledger.keys.keyring import Keyring, default_folder
    from ledger.stores.urls import file_of

    named = keys or os.environ.get("LEDGER_KEYS")
    ring = Keyring(Path(named) if named else default_folder(), lambda: _passphrase(session, passphrase_file))
    file = file_of(session.ledger_url)
    if data or file:
        ring.check_apart(data or file.parent)  # type: ignore[union-attr]  # one of them is set
    return ring


def _passphrase(session: Session, file: str | None) -> bytes | None:
    if named := file or os.environ.get("LEDGER_PASSPHRASE_FILE"):
        return first_line(named)
    if is_person() and session.asks:
        return str(click.prompt("Passphrase of the key", hide_input=True, err=True)).encode()
    return None


def new_passphrase(session: Session, file: str | None, *, encrypt: bool) -> bytes | None:
    """Return the passphrase that a new key is encrypted with, or None. Raises NoPassphrase, CannotRead."""
    if named := file or os.environ.get("LEDGER_PASSPHRASE_FILE"):
        return first_line(named)
    if not encrypt:
        return None
    if not session.asks or not sys.stdin.isatty():
        raise NoPassphrase("nobody can be asked")
    return str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True)).encode()


def first_line(path: str) -> bytes:
    """Return the first line of a file, which is a passphrase. Raises CannotRead, NoPassphrase."""
    line = bytes_of(path, MAX_PASSPHRASE).split(b"\n")[0].rstrip(b"\r")
    if not line or len(line) > MAX_PASSPHRASE:
        raise NoPassphrase(f"the first line of {path} is {'too long' if line else 'empty'}")
    return line
