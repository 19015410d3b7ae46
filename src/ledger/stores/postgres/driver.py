"""The way to a server: a connection that does not wait for ever, and the server's clock.

libpq reads the URL as it is, but for `ledger_wait`. What the URL leaves open is set here: how long to wait for a
server, and how soon a network that is gone is noticed.
"""

import re
import time
from collections.abc import Generator
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

import psycopg
from psycopg import conninfo

from ledger.stores.errors import BadUrl
from ledger.stores.postgres.arrays import register
from ledger.stores.postgres.faults import is_unprepared, unconnected
from ledger.stores.urls import SERVERS, shown

CONNECT_SECONDS = 10
"""How long to wait for one server to let a connection in, and to answer the first questions."""
CLOCK_SECONDS = 60.0
"""How long the server's clock is known without asking again."""
_KEEPALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 30_000}
"""Settings of libpq where the URL has none: a network that is gone is noticed within a minute (the last in ms)."""
_WAIT = re.compile(r"(?<=[?&])ledger_wait=([^&#]*)&?")
_MAX_WAIT = 86_400
T = TypeVar("T")


class RawConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that does not wait for ever: a network that swallows packets tells neither side."""

    answer_seconds: float = CONNECT_SECONDS
    """How long to wait for any answer; a statement has a limit on the server, which is to end it first."""

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **kwargs: Any) -> T:
        """Wait for an answer, and note in an error for how long. Raises psycopg.Error."""
        begun = time.monotonic()
        try:
            return super().wait(self._bounded(gen, begun + self.answer_seconds), *args, **kwargs)
        except psycopg.Error as error:
            vars(error)["waited"] = time.monotonic() - begun
            if is_unprepared(error):
                self.prepare_threshold = None  # from now on nothing is prepared
            raise

    def _bounded(self, gen: Generator[Any, Any, T], end: float) -> Generator[Any, Any, T]:
        try:
            state = next(gen)
            while True:
                ready = yield state
                if not ready and time.monotonic() > end:
                    gen.close()
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server does not answer any more")
                state = gen.send(ready)
        except StopIteration as done:
            result: T = done.value
            return result


Cursor = psycopg.Cursor[tuple[Any, ...]]


class ServerClock:
    """The clock of a server, as it was read last: what a client's own clock says does not count."""

    def __init__(self, seconds: float) -> None:
        """Take `seconds` since 1970 as the present time of the server."""
        self._ahead = seconds - _running()
        self._read = _running()

    @property
    def is_old(self) -> bool:
        """Whether it was read so long ago that the two machines may have gone apart."""
        return _running() - self._read > CLOCK_SECONDS

    def now(self) -> datetime:
        """Return the present time of the server."""
        return datetime.fromtimestamp(_running() + self._ahead, UTC)


def _running() -> float:
    """Return seconds of a clock that nobody sets, and that goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


def checked(url: str) -> str:
    """Return the URL if libpq can read it. Raises BadUrl."""
    if urlsplit(url).scheme not in SERVERS or "\0" in url:
        raise BadUrl(shown(url))
    try:
        given = conninfo.conninfo_to_dict(_for_libpq(url))
    except psycopg.ProgrammingError as error:
        raise BadUrl(shown(url)) from error
    # Messages of libpq print the host and the port, which may be parts of a password with a slash or an @ in it.
    if "@" in str(given.get("host", "")) or not str(given.get("port", "0")).replace(",", "").isdecimal():
        raise BadUrl(shown(url))
    wait = wait_of(url)
    if wait is not None and not (wait.isascii() and wait.isdecimal() and int(wait) <= _MAX_WAIT):
        raise BadUrl(shown(url))
    return url


def wait_of(url: str) -> str | None:
    """Return the value of `ledger_wait` in a URL: seconds to wait for a server, or None."""
    found = _WAIT.search(url)
    return None if found is None else found[1]


def has_several_hosts(url: str) -> bool:
    """Return whether a URL names several servers, of which one may take the place of another."""
    return "," in str(conninfo.conninfo_to_dict(_for_libpq(url)).get("host", ""))


def _for_libpq(url: str) -> str:
    return _WAIT.sub("", url).rstrip("?&") if "ledger_wait=" in url else url


def connect(url: str, seconds: int = CONNECT_SECONDS) -> RawConnection:
    """Return a connection; wait `seconds` for a server that does not answer, unless the URL says how long.

    Raises NoServer, NotAdmitted, TlsRefused, NoDatabase, BadUrl.
    """
    given = conninfo.conninfo_to_dict(_for_libpq(checked(url)))
    defaults: dict[str, Any] = {"connect_timeout": seconds, "application_name": "ledger", **_KEEPALIVE}
    more = {name: value for name, value in defaults.items() if name not in given}
    try:
        db = RawConnection.connect(_for_libpq(url), autocommit=True, **more)
    except psycopg.Error as error:
        raise unconnected(url, error) from error
    register(db)
    return db
