"""What every command shares: which ledger, who acts, what time it is, and whether the terminal is a person's."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ledger.domain.errors import USAGE, LedgerError

if TYPE_CHECKING:
    from ledger.application import Clock, Ledger

DEFAULT_URL = "sqlite:///ledger.db"
SETTINGS_FILE = "ledger.toml"


class BadSettingsFile(LedgerError):
    """The file ledger.toml is not as it should be."""

    code = "bad-settings-file"
    exit = USAGE

    def __init__(self, why: str) -> None:
        """Refuse the file because `why`."""
        super().__init__(
            f"{SETTINGS_FILE} cannot be used: {why}.",
            "It may set url, actor and format, each as text: url = 'sqlite:///ledger.db'.",
        )


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Session:
    """Connection and presentation, from `ledger.toml`, the environment and options, in rising order."""

    url: str | None = None
    actor: str | None = None
    clock: "Clock" = field(default=_utc_now)
    _file: dict[str, str] | None = None

    def _from_file(self, name: str) -> str | None:
        if self._file is None:
            self._file = _read_settings(Path(SETTINGS_FILE))
        return self._file.get(name)

    @property
    def ledger_url(self) -> str:
        """Where the ledger is."""
        return self.url or os.environ.get("LEDGER_URL") or self._from_file("url") or DEFAULT_URL

    @property
    def acting(self) -> str:
        """Who acts: a staff id; without one the number of the account, which names nobody."""
        uid = os.getuid() if hasattr(os, "getuid") else 0
        return self.actor or os.environ.get("LEDGER_ACTOR") or self._from_file("actor") or f"os-account/{uid}"

    @property
    def format(self) -> str:
        """How results are shown when no option says it."""
        return os.environ.get("LEDGER_FORMAT") or self._from_file("format") or "table"

    @property
    def today(self) -> str:
        """The date, UTC."""
        return self.clock().astimezone(UTC).date().isoformat()

    @contextmanager
    def ledger(self) -> Iterator["Ledger"]:
        """Open the ledger for one command."""
        from ledger.opening import open_ledger  # noqa: PLC0415 - help and completion do not open anything

        ledger = open_ledger(self.ledger_url, self.clock)
        try:
            yield ledger
        finally:
            ledger.close()


def _read_settings(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    import tomllib  # noqa: PLC0415 - only where there is such a file

    try:
        found: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadSettingsFile(str(error)) from error
    for name, value in found.items():
        if name not in ("url", "actor", "format") or not isinstance(value, str):
            raise BadSettingsFile(f"'{name}' is not one of url, actor and format with a text")
    return found


pass_session = click.make_pass_decorator(Session, ensure=True)


def is_person() -> bool:
    """Return whether somebody sits at a terminal and can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()
