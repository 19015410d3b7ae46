"""What an error of PostgreSQL, or of the way to it, means: each becomes a LedgerError with a sentence.

Only what PostgreSQL itself calls corrupt is damage. A time-out, a limit, a pooler or a server that is shut down passes.
"""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg

from ledger.domain.errors import USAGE, LedgerError
from ledger.stores.errors import (
    Busy,
    ClockDiffers,
    ConnectionLost,
    Damaged,
    DiskFull,
    EntryRefused,
    NoDatabase,
    NoServer,
    NotAdmitted,
    NotAllowed,
    ReadOnly,
    StoreError,
    in_seconds,
)
from ledger.stores.urls import shown


class TlsRefused(LedgerError):
    """The encrypted connection to the PostgreSQL server is refused: a certificate does not fit, or is missing."""

    code = "tls-refused"
    exit = USAGE

    def __init__(self, url: str, why: str, hint: str) -> None:
        """Say `why` no encrypted connection to `url` is made; `hint` is the setting to look at."""
        super().__init__(f"No encrypted connection to {url}: {why}.", hint)


class NotPrepared(ConnectionLost):
    """A pooler gave the session to other clients, so that statements are not as they were prepared."""

    code = "not-prepared"

    def __init__(self, url: str, why: str) -> None:
        """Say what the server at `url` said. A single command is decided again, as after a lost connection."""
        LedgerError.__init__(
            self,
            f"The session at {url} was given to others: {why}; nothing of the current step was recorded.",
            "Try again; let the pooler pool sessions, or use PgBouncer 1.21 or later with max_prepared_statements.",
        )


# 57P01 to 57P05: shutdown, crash, starting up, database dropped, idle session. 25P03, 25P04: time-outs of a
# transaction; the class of psycopg's error differs between them, so the state decides.
_ENDS = ("57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04")
_UNPREPARED = ("42P05", "26000")
"""A prepared statement exists already, or does not exist: a pooler gave the session to another client meanwhile."""
_SLOW = "Try again; statement_timeout, of the role or in the options of the URL, says how long a statement may take."


_SIMPLE: dict[str, Callable[[str, str], LedgerError]] = {
    "XX001": Damaged,
    "XX002": Damaged,
    "42P01": Damaged,
    "42703": Damaged,
    "42883": Damaged,
    "P0002": lambda place, _: Damaged(place, "the head of the tree is missing"),
    "P0003": lambda place, _: Damaged(place, "the head of the tree is there twice"),
    "LG004": EntryRefused,
    "53100": lambda place, _: DiskFull(place),
    "53300": NoServer,
    "25006": lambda place, _: ReadOnly(place),
    "42501": NotAllowed,
}
"""What a state means, given the place and the server's message. Of class 42: tables and functions of the ledger are
gone. P0002 and P0003 are raised by its functions, which read one head."""


def in_words(url: str, error: psycopg.Error) -> LedgerError:
    """Return the LedgerError that corresponds to an error of PostgreSQL."""
    place, message, state = shown(url), " ".join(str(error).split("\n")[0].split()).rstrip("."), error.sqlstate or ""
    if state in _SIMPLE:
        return _SIMPLE[state](place, message)
    if is_lost(error):
        return ConnectionLost(place)
    if state == "LG003":
        return ClockDiffers(place, *(error.diag.message_detail or "? ?").split(" ", 1))
    if state in ("55P03", "40P01"):
        return Busy(place, waited(error))
    if state == "57014":
        return StoreError(place, f"{message}, after {in_seconds(waited(error))}", _SLOW)
    return NotPrepared(place, message) if is_unprepared(error) else StoreError(place, message)


def is_lost(error: psycopg.Error) -> bool:
    """Return whether an error means that the connection is gone."""
    state = error.sqlstate
    if state is None:
        return isinstance(error, psycopg.OperationalError)
    return state in _ENDS or state.startswith("08")


def is_unprepared(error: psycopg.Error) -> bool:
    """Return whether a pooler mixed up the prepared statements of several clients."""
    return error.sqlstate in _UNPREPARED


def waited(error: psycopg.Error) -> float:
    """Return for how many seconds the client waited for the answer that was this error."""
    return float(vars(error).get("waited", 0.0))


# Connecting.

_STARTING = re.compile(r"the database system is (starting up|shutting down|in recovery mode|not \w+ ?accepting)")
_NOT_ADMITTED = (
    r"password authentication failed|no password supplied|permission denied for database|no pg_hba.conf entry|"
    r"role .*does not exist"
)
_BY_CA = "Name the certificate of the authority that signed the server's: sslrootcert=FILE in the URL."
_BY_DATE = "Compare the clock of this machine with the dates of the server's certificate; have it renewed."
_BY_NAME = "Use the name in LEDGER_URL that is in the certificate, and check that it is the right server."
_BY_CLIENT = "Name a certificate and its key that the server accepts: sslcert=FILE and sslkey=FILE in the URL."
_BY_MODE = "Compare sslmode in the URL with what the server offers and asks for; verify-full is recommended."
_TLS = (
    (r"alert|client certificate|certificate authentication|certificate present|private key", _BY_CLIENT),
    (r"expired|not yet valid", _BY_DATE),
    (r"certificate verify failed|root certificate|system root|self-signed|issuer", _BY_CA),
    (r"server certificate for|host name must be|server's host name", _BY_NAME),
    (r"SSL|sslmode|no encryption", _BY_MODE),
)
"""Words of libpq, OpenSSL and the server about a connection that is not encrypted as asked, and where to look."""
_ABOUT_TLS = re.compile(
    r"SSL error: (?!unexpected eof)[^|]+|root certificate file [^|]+|could not (read|load) (root|system) [^|]+"
    r"|server certificate for [^|]+"
    r"|host name must be [^|]+|server does not support SSL[^|]*|[^|:]*client certificate[^|]*"
    r"|certificate authentication failed[^|]*|certificate present, but [^|]+|[^|:]*private key file [^|]+"
)
_PLACE = re.compile(r'connection to server at "([^"]+)"(?: \(([^)]+)\))?, port (\d+) failed')
_PROBE_SECONDS = 5


def unconnected(url: str, error: psycopg.Error) -> LedgerError:
    """Return the LedgerError for an attempt to connect that failed."""
    message = " ".join(str(error).replace("\n", " | ").split())
    if (tls := _about_tls(url, message)) is not None:
        return tls
    if re.search(_NOT_ADMITTED, message):
        return NotAdmitted(shown(url), _reason(message))
    if "database " in message and "does not exist" in message:
        return NoDatabase(shown(url), database_of(url))
    refused = NoServer(shown(url), _reason(message))
    refused.is_starting = _STARTING.search(message) is not None
    return refused


def _about_tls(url: str, message: str) -> TlsRefused | None:
    found = _ABOUT_TLS.search(message)
    if found is None and re.search("sslmode=(disable|allow)", url):
        # A server that wants encryption says the same of a user whom it does not know.
        found = re.search(r"no pg_hba.conf entry [^|]+, no encryption", message)
    if found is None:
        return None
    why = found[0].strip().rstrip(".").removeprefix("SSL error: ")
    if "certificate verify failed" in why:
        why = f"{why} ({_unverified(url, message)})"
    return TlsRefused(shown(url), why, next(hint for words, hint in _TLS if re.search(words, found[0] + why)))


def _unverified(url: str, message: str) -> str:
    """Return what is wrong with the certificate of a server: libpq does not say, so it is fetched and checked again."""
    import socket  # noqa: PLC0415 - only where a certificate was refused
    import ssl  # noqa: PLC0415

    places = _PLACE.findall(message)
    file = dict(parse_qsl(urlsplit(url).query)).get("sslrootcert")
    try:
        name, address, port = places[-1]
        context = ssl.create_default_context(cafile=None if file == "system" else file)
        context.check_hostname = False  # libpq found no fault with the name yet
        with socket.create_connection((address or name, int(port)), _PROBE_SECONDS) as plain:
            plain.sendall(bytes.fromhex("0000000804d2162f"))  # SSLRequest
            if plain.recv(1) == b"S":
                context.wrap_socket(plain, server_hostname=name).close()
    except ssl.SSLCertVerificationError as error:
        return str(error.verify_message)
    except (OSError, ValueError, IndexError):
        pass
    return "the authority that signed it is not known here, or its dates do not fit"


def database_of(url: str) -> str:
    """Return the name of the database that a URL means."""
    return unquote(urlsplit(url).path[1:]) or "of that user's name"


def _reason(message: str) -> str:
    # The server's own message, or the system's if no server answers; of several hosts, that of the last.
    _, fatal, reason = message.rpartition("FATAL: ")
    reason = reason if fatal else message.removeprefix("connection failed: ").partition("Is the server running")[0]
    return reason.partition(" | ")[0].strip(" |").rstrip(".")
