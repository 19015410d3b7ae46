"""What every command shares: which ledger, who acts, what time it is, and how results are shown."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.messages import warn
from cli.terminal import is_person
from ledger.domain.errors import USAGE, LedgerError, listed

if TYPE_CHECKING:
    from ledger.application.ledger import Clock, Ledger
    from ledger.application.rollback_guard import Guard
    from ledger.domain.engagement.parts import Content
    from ledger.files.attachments import Attachments

SETTINGS_FILE = "ledger.toml"
SETTINGS = ("url", "read_url", "guard", "attachments", "actor", "format")
FORMATS = ("table", "list", "json", "csv")
"""How results can be shown; a list is a table told line by line, for screen readers and narrow terminals."""


class BadSettingsFile(LedgerError):
    """The file ledger.toml is not valid."""

    code = "bad-settings-file"
    exit = USAGE

    def __init__(self, why: str) -> None:
        """Refuse the file because `why`."""
        super().__init__(
            f"{SETTINGS_FILE} cannot be used: {why}.",
            f"It may set {listed(SETTINGS, 'and')}, each as text: url = 'sqlite:///ledger.db'.",
        )


class UnknownFormat(LedgerError):
    """LEDGER_FORMAT or ledger.toml names a format that does not exist."""

    code = "unknown-format"
    exit = USAGE

    def __init__(self, name: str) -> None:
        """Refuse the format `name`."""
        super().__init__(f"There is no format '{name}'.", f"LEDGER_FORMAT and ledger.toml take {listed(FORMATS)}.")


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Session:
    """Connection and presentation, from `ledger.toml`, the environment and options, in rising order."""

    url: str | None = None
    actor: str | None = None
    read_url: str | None = None
    guard_path: str | None = None
    clock: "Clock" = field(default=_utc_now)
    no_input: bool = False
    """Ask for nothing, as `--no-input` says."""
    as_list: bool | None = None
    """Show tables as lists; None if no option says it."""
    pager: bool | None = None
    """Show results in a pager; None if no option says it."""
    files: "dict[Content, Path]" = field(default_factory=dict)
    """Files that the command would attach, by their content."""
    _file: dict[str, str] | None = None
    _guard: "Guard | None" = None

    def _from_file(self, name: str) -> str | None:
        if self._file is None:
            self._file = _read_settings(Path(SETTINGS_FILE))
        return self._file.get(name)

    @property
    def ledger_url(self) -> str:
        """Where the ledger is."""
        named = self.url or os.environ.get("LEDGER_URL") or self._from_file("url")
        if named:
            return named
        from ledger.stores.urls import DEFAULT_URL

        return DEFAULT_URL

    @property
    def reading_url(self) -> str:
        """Where what only reads is sent: a standby, if one is named, else where the ledger is."""
        named = self.read_url or os.environ.get("LEDGER_READ_URL") or self._from_file("read_url")
        return named or self.ledger_url

    @property
    def guard(self) -> "Guard | None":
        """The rollback guard that recording is held to, if one is named."""
        path = self.guard_path or os.environ.get("LEDGER_GUARD") or self._from_file("guard")
        if path and self._guard is None:
            from ledger.application.rollback_guard import Guard

            self._guard = Guard(Path(path))
        return self._guard

    @property
    def attachments(self) -> "Attachments | None":
        """The files that are kept: in the folder that is named, or beside the ledger. Raises BadUrl."""
        from ledger.application.open import attachments_of

        named = os.environ.get("LEDGER_ATTACHMENTS") or self._from_file("attachments")
        return attachments_of(self.ledger_url, Path(named) if named else None)

    @property
    def acting(self) -> str:
        """Who acts: a staff id; without one the number of the account, which names nobody."""
        uid = os.getuid() if hasattr(os, "getuid") else 0
        return self.actor or os.environ.get("LEDGER_ACTOR") or self._from_file("actor") or f"os-account/{uid}"

    @property
    def format(self) -> str:
        """How results are shown when no option says it; a list is a table (see `listing`). Raises UnknownFormat."""
        found = self._preferred_format
        return "table" if found == "list" else found

    @property
    def listing(self) -> bool:
        """Whether tables are told line by line. Raises UnknownFormat."""
        return self._preferred_format == "list" if self.as_list is None else self.as_list

    @property
    def _preferred_format(self) -> str:
        found = os.environ.get("LEDGER_FORMAT") or self._from_file("format") or "table"
        if found not in FORMATS:
            raise UnknownFormat(found)
        return found

    @property
    def asks(self) -> bool:
        """Whether a person can be asked for what is missing: never in a script, and not where it is not wanted."""
        return is_person() and not self.no_input and os.environ.get("LEDGER_NO_INPUT", "0") in ("", "0")

    @property
    def today(self) -> str:
        """The date, UTC."""
        return self.clock().astimezone(UTC).date().isoformat()

    @contextmanager
    def ledger(self, *, reads: bool = False) -> Iterator["Ledger"]:
        """Open the ledger for one command; at its end, say what its rollback guard, if it has one, finds.

        What only `reads` may be answered by a standby. It may be a moment behind, so that it is held to no guard.
        """
        from ledger.application.open import open_ledger

        kept, url = self.attachments, self.reading_url if reads else self.ledger_url
        guard = self.guard if url == self.ledger_url else None
        ledger = open_ledger(url, self.clock, guard, kept.folder if kept else None)
        ledger.by_last = os.environ.get("LEDGER_CLOCK") == "last"
        try:
            yield ledger
            _heed_guard(ledger)
        finally:
            _tell_lag(ledger)
            ledger.close()


def _heed_guard(ledger: "Ledger") -> None:
    # What records was held to the guard already; what reads goes on, and says it.
    if ledger.guard is None or ledger.guard.is_checked:
        return
    try:
        ledger.check_guard()
    except LedgerError as error:
        warn(error)


def _tell_lag(ledger: "Ledger") -> None:
    if ledger.guard is not None and ledger.guard.lag is not None:
        warn(ledger.guard.lag)


def _read_settings(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    import tomllib

    try:
        found: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise BadSettingsFile(str(error)) from error
    for name, value in found.items():
        if name not in SETTINGS or not isinstance(value, str):
            raise BadSettingsFile(f"'{name}' is not one of {listed(SETTINGS, 'and')} with a text")
    return found


def current() -> Session:
    """Return the session of the command that runs now, or a fresh one where none does."""
    context = click.get_current_context(silent=True)
    return (context.find_object(Session) if context else None) or Session()


pass_session = click.make_pass_decorator(Session, ensure=True)
