"""State that all commands share: the ledger, the actor, the clock, and the output format."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.messages import print_warning
from cli.terminal import is_person
from ledger.domain.errors import USAGE, LedgerError, listed

if TYPE_CHECKING:
    from cli.settings import Settings
    from ledger.application.ledger import Clock, Ledger
    from ledger.application.rollback_guard import Guard
    from ledger.domain.engagement.parts import Content
    from ledger.files.attachments import Attachments

FORMATS = ("table", "list", "json", "csv")
"""Output formats. A list prints a table line by line, for screen readers and narrow terminals."""

MOST_SECONDS = 86_400.0
"""The longest wait for another writer that can be set, in seconds."""


class UnknownFormat(LedgerError):
    """LEDGER_FORMAT or ledger.toml names a format that does not exist."""

    code = "unknown-format"
    exit = USAGE

    def __init__(self, name: str) -> None:
        """Refuse the format `name`."""
        super().__init__(f"There is no format '{name}'.", f"LEDGER_FORMAT and ledger.toml take {listed(FORMATS)}.")


class BadBusySeconds(LedgerError):
    """LEDGER_BUSY_SECONDS is no number of seconds."""

    code = "bad-busy-seconds"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text`."""
        super().__init__(
            f"LEDGER_BUSY_SECONDS is '{text}'.",
            "Give the seconds to wait for another writer, up to 86400; 30 is the default.",
        )


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Session:
    """Settings of connection and output. Options override the environment, which overrides `ledger.toml`."""

    url: str | None = None
    actor: str | None = None
    read_url: str | None = None
    guard_path: str | None = None
    clock: "Clock" = field(default=_utc_now)
    no_input: bool = False
    """Never prompt (`--no-input`)."""
    as_list: bool | None = None
    """Show tables as lists; None without an option."""
    pager: bool | None = None
    """Show results in a pager; None without an option."""
    files: "dict[Content, Path]" = field(default_factory=dict)
    """Paths of the files that the command attaches, by content."""
    _settings: "Settings | None" = None
    _guard: "Guard | None" = None

    def _from_file(self, name: str) -> str | None:
        if self._settings is None:
            from cli.settings import Settings

            self._settings = Settings.read()
        return self._settings.get(name)

    @property
    def ledger_url(self) -> str:
        """The URL of the ledger."""
        named = self.url or os.environ.get("LEDGER_URL") or self._from_file("url")
        if named:
            return named
        from ledger.stores.urls import DEFAULT_URL

        return DEFAULT_URL

    @property
    def reading_url(self) -> str:
        """The URL for reading commands: that of a standby if named, else of the ledger."""
        named = self.read_url or os.environ.get("LEDGER_READ_URL") or self._from_file("read_url")
        return named or self.ledger_url

    @property
    def guard(self) -> "Guard | None":
        """The rollback guard, if one is named; recording checks the log against it."""
        path = self.guard_path or os.environ.get("LEDGER_GUARD") or self._from_file("guard")
        if path and self._guard is None:
            from ledger.application.rollback_guard import Guard

            self._guard = Guard(Path(path))
        return self._guard

    @property
    def attachments(self) -> "Attachments | None":
        """The store of attached files: the named folder, or one next to the ledger. Raises BadUrl."""
        from ledger.application.open import attachments_of

        named = os.environ.get("LEDGER_ATTACHMENTS") or self._from_file("attachments")
        return attachments_of(self.ledger_url, Path(named) if named else None)

    @property
    def busy_seconds(self) -> float | None:
        """How long recording waits for another writer, in seconds; None for the default. Raises BadBusySeconds."""
        text = os.environ.get("LEDGER_BUSY_SECONDS")
        if not text:
            return None
        if not text.isascii() or not text.replace(".", "", 1).isdigit() or float(text) > MOST_SECONDS:
            raise BadBusySeconds(text)
        return float(text)

    @property
    def acting(self) -> str:
        """The actor: a staff id, else the number of the OS account, which identifies no person."""
        uid = os.getuid() if hasattr(os, "getuid") else 0
        return self.actor or os.environ.get("LEDGER_ACTOR") or self._from_file("actor") or f"os-account/{uid}"

    @property
    def format(self) -> str:
        """The output format without an option; "table" for a list (see `listing`). Raises UnknownFormat."""
        preferred = self._preferred_format
        return "table" if preferred == "list" else preferred

    @property
    def listing(self) -> bool:
        """Whether tables are printed line by line. Raises UnknownFormat."""
        return self._preferred_format == "list" if self.as_list is None else self.as_list

    @property
    def _preferred_format(self) -> str:
        from cli.settings import BadSettingsFile

        preferred = os.environ.get("LEDGER_FORMAT")
        try:
            preferred = preferred or self._from_file("format") or "table"
        except BadSettingsFile as error:
            # Commands that need no other setting work nevertheless; those that do stop at the same error.
            print_warning(error)
            return "table"
        if preferred not in FORMATS:
            raise UnknownFormat(preferred)
        return preferred

    @property
    def asks(self) -> bool:
        """Whether the command may prompt for missing values: never in a script, nor with `--no-input`."""
        return is_person() and not self.no_input and os.environ.get("LEDGER_NO_INPUT", "0") in ("", "0")

    @property
    def today(self) -> str:
        """The current date, UTC."""
        return self.clock().astimezone(UTC).date().isoformat()

    @contextmanager
    def ledger(self, *, reads: bool = False, audits: bool = False) -> Iterator["Ledger"]:
        """Open the ledger for one command; afterwards print the warnings of its rollback guard, if any.

        With `reads`, a standby may answer. A standby may lag behind, so the guard does not check it. With `audits`, a
        file with tables or triggers of others is opened nevertheless, as long as they do not run.
        """
        from ledger.application.open import open_ledger

        seconds = self.busy_seconds
        attachments, url = self.attachments, self.reading_url if reads else self.ledger_url
        guard = self.guard if url == self.ledger_url else None
        ledger = open_ledger(url, self.clock, guard, attachments.folder if attachments else None, reads=reads)
        ledger.store.busy_seconds = seconds
        ledger.by_last = os.environ.get("LEDGER_CLOCK") == "last"
        try:
            if not audits:
                ledger.store.check_schema()
            yield ledger
            _heed_guard(ledger)
        finally:
            _tell_lag(ledger)
            ledger.close()


def _heed_guard(ledger: "Ledger") -> None:
    # Recording has checked the guard already; reading continues with a warning.
    if ledger.guard is None or ledger.guard.is_checked:
        return
    try:
        ledger.check_guard()
    except LedgerError as error:
        print_warning(error)


def _tell_lag(ledger: "Ledger") -> None:
    if ledger.guard is not None and ledger.guard.lag is not None:
        print_warning(ledger.guard.lag)


def current() -> Session:
    """Return the session of the running command, or a new one outside of commands."""
    context = click.get_current_context(silent=True)
    return (context.find_object(Session) if context else None) or Session()


pass_session = click.make_pass_decorator(Session, ensure=True)
