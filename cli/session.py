"""State that all commands share: the ledger, the actor, the clock, and the output format."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.messages import print_warning
from cli.outcome import Outcome
from cli.terminal import is_person
from ledger.domain.errors import USAGE, LedgerError, listed

if TYPE_CHECKING:
    from cli.actor import Actor
    from cli.settings import Settings
    from ledger.application.ledger import Clock, Ledger
    from ledger.application.opened_log import OpenedLog
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


_COMMAND = re.compile("'ledger(?= [a-z])(?! (?:init|copy|restore|witness)\\b)")
"""The beginning of a command in a hint, unless its options name other ledgers, or it needs none."""


@dataclass
class Session:
    """Settings of connection and output. Options override the environment, which overrides `ledger.toml`."""

    url: str | None = None
    actor: str | None = None
    read_url: str | None = None
    guard_path: str | None = None
    clock: "Clock | None" = None
    """A clock in place of the machine's and of the server's."""
    no_input: bool = False
    """Never prompt (`--no-input`)."""
    as_list: bool | None = None
    """Show tables as lists; None without an option."""
    pager: bool | None = None
    """Show results in a pager; None without an option."""
    files: "dict[Content, Path]" = field(default_factory=dict)
    """Paths of the files that the command attaches, by content."""
    words: list[str] = field(default_factory=list)
    """The words of the command line, after `ledger`."""
    outcome: Outcome = field(default_factory=Outcome)
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

        return attachments_of(self.ledger_url, self._named_attachments)

    @property
    def _named_attachments(self) -> Path | None:
        named = os.environ.get("LEDGER_ATTACHMENTS") or self._from_file("attachments")
        return Path(named) if named else None

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
        """The actor: a staff id. Without one it is asked for at a terminal. Raises NoActor, BadSettingsFile, Abort."""
        found = self.named_actor
        if found is not None:
            return found.name
        from cli.actor import NoActor, ask_actor

        if not self.asks:
            raise NoActor
        self.actor = ask_actor(self.staff_id)
        return self.actor

    @property
    def named_actor(self) -> "Actor | None":
        """The actor that an option, the environment or a file names, with its source. Raises BadSettingsFile."""
        from cli.actor import Actor

        if self.actor:
            return Actor(self.actor, "--actor")
        if name := os.environ.get("LEDGER_ACTOR"):
            return Actor(name, "LEDGER_ACTOR")
        name = self._from_file("actor")
        return Actor(name, self._settings.place("actor")) if name and self._settings else None

    def staff_id(self, text: str) -> str:
        """Return a text that the ledger takes as an actor; without a ledger, the rule by default counts.

        Raises BadActor, BadReference, BadText, EmptyText.
        """
        from ledger.application.request import tidy_text
        from ledger.domain.fields import checked_reference
        from ledger.domain.organisation.actors import PATTERN_SETTING, check_actor

        actor, patterns = checked_reference(tidy_text(text, "actor")), None
        with suppress(LedgerError), self.ledger(reads=True) as ledger:
            patterns = ledger.fold("ledger")[0].get(PATTERN_SETTING)
        check_actor(actor, patterns)
        return actor

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

    def now(self) -> datetime:
        """Return the present time of this machine."""
        return (self.clock or _utc_now)()

    @property
    def recording_clock(self) -> "Clock | None":
        """The clock at which entries are recorded; None for that of the store, which is compared with others."""
        is_right = os.environ.get("LEDGER_CLOCK") == "right" and not self._is_on_server
        return self.clock or (_utc_now if is_right else None)

    @property
    def _is_on_server(self) -> bool:
        from ledger.stores.urls import is_on_server

        return is_on_server(self.ledger_url)

    @property
    def today(self) -> str:
        """The current date, UTC."""
        return self.now().astimezone(UTC).date().isoformat()

    def pasteable(self, hint: str) -> str:
        """Return a hint whose commands mean the same ledger and guard as this one, where options named them."""
        from shlex import quote

        from ledger.stores.urls import shown

        options = {"--url": self.url, "--read-url": self.read_url, "--guard": self.guard_path}
        given = "".join(f" {name} {quote(shown(value))}" for name, value in options.items() if value)
        return _COMMAND.sub(lambda match: match[0] + given, hint)

    @contextmanager
    def ledger(self, *, reads: bool = False, audits: bool = False) -> Iterator["Ledger"]:
        """Open the ledger for one command; afterwards print the warnings of its rollback guard, if any.

        With `reads`, a standby may answer. A standby may lag behind, so the guard does not check it. With `audits`, a
        file with tables or triggers of others is opened nevertheless, as long as they do not run.
        """
        with self.log(reads=reads, audits=audits) as log:
            yield log.ledger

    @contextmanager
    def log(self, *, reads: bool = True, audits: bool = False) -> Iterator["OpenedLog"]:
        """Open the log of the ledger, as `ledger` does; what decodes entries is loaded when its ledger is asked for."""
        from ledger.application.opened_log import OpenedLog
        from ledger.stores.open import open_store
        from ledger.stores.urls import is_on_server, unverified

        seconds = self.busy_seconds
        named, url = self._named_attachments, self.reading_url if reads else self.ledger_url
        guard = self.guard if url == self.ledger_url else None
        self.outcome.writes |= not reads
        store = open_store(url, reads=reads)
        store.watcher, store.busy_seconds = self.outcome, seconds

        def made() -> "Ledger":
            from ledger.application.ledger import Ledger
            from ledger.application.open import attachments_of

            attachments = attachments_of(self.ledger_url, named) or attachments_of(url)
            ledger = Ledger(store, self.recording_clock, attachments, guard)
            ledger.by_last = os.environ.get("LEDGER_CLOCK") == "last"
            return ledger

        log = OpenedLog(store, made)
        if is_on_server(url) and "PGSSLMODE" not in os.environ and (warning := unverified(url)) is not None:
            print_warning(warning)
        try:
            if not audits:
                store.check_schema()
            yield log
            if guard is not None:
                self._heed_guard(log.ledger)
        finally:
            if guard is not None and guard.lag is not None:
                self.warn(guard.lag)
            log.close()

    def _heed_guard(self, ledger: "Ledger") -> None:
        # Recording has checked the guard already; reading continues with a warning.
        if ledger.guard is None or ledger.guard.is_checked:
            return
        try:
            ledger.check_guard()
        except LedgerError as error:
            self.warn(error)

    def warn(self, error: LedgerError) -> None:
        """Print a warning, with a hint that can be pasted."""
        error.hint = self.pasteable(error.hint)
        print_warning(error)


def current() -> Session:
    """Return the session of the running command, or a new one outside of commands."""
    context = click.get_current_context(silent=True)
    return (context.find_object(Session) if context else None) or Session()


pass_session = click.make_pass_decorator(Session, ensure=True)
