"""URLs of ledgers: the kind of store, the file, and the form without a password."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from ledger.domain.errors import USAGE, LedgerError
from ledger.stores.errors import BadUrl

DEFAULT_URL = "sqlite:///ledger.db"
"""The ledger in the current folder, if no URL is given."""
_FILE = "sqlite:///"
ONE_HOST = "hosts=one"
"""The query of a URL that says that one machine alone opens a file, although it is on a network file system."""
_QUERIES = ("mode=ro", "mode=rw", ONE_HOST)
SERVERS = ("postgresql", "postgres")
"""URL schemes of ledgers on a PostgreSQL server."""


class HostNotVerified(LedgerError):
    """The URL of a server on another machine does not ask for its certificate to be verified (a warning)."""

    code = "host-not-verified"
    exit = USAGE

    def __init__(self, url: str, host: str) -> None:
        """Say that anybody between here and `host` could read and change what is sent to `url`."""
        super().__init__(
            f"Nothing shows that the server at {url} is {host}: its certificate is not verified.",
            "Add sslmode=verify-full and sslrootcert=FILE to the URL (docs/postgresql.md).",
        )


def is_on_server(url: str) -> bool:
    """Return whether a URL names a ledger on a PostgreSQL server."""
    return url.partition(":")[0] in SERVERS


def path_of(url: str) -> tuple[Path, bool]:
    """Return the file of `sqlite:///relative` or `sqlite:////absolute`, and whether the URL has `mode=ro`.

    Raises BadUrl.
    """
    rest = url.removeprefix(_FILE)
    folder, slash, last = rest.rpartition("/")
    name, mark, query = last.partition("?")
    # A `?` or `#` in a file name would cut the name off, and the URL would name another file. Before the last slash
    # there is no query, so that a folder may have any name.
    is_name = name and not _NO_NAME.search(last) and (not mark or query in _QUERIES)
    if rest == url or not is_name or "\0" in url:
        raise BadUrl(shown(url))
    return Path(folder + slash + name), query == "mode=ro"


_NO_NAME = re.compile(r"[#\x00-\x1f\x7f-\x9f]")
"""What no name of a ledger has: a `#`, and controls, which a screen does not show."""


def uri_of(path: Path, mode: str) -> str:
    """Return the URI by which SQLite opens exactly this file, whatever bytes its path has."""
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"


def url_of(path: Path) -> str:
    """Return the URL of a file, for any path whose last part has neither `?` nor `#`."""
    return f"{_FILE}{path.absolute()}"


def private_url_of(path: Path) -> str:
    """Return the URL of a file in a folder that one process made for itself, on whatever file system."""
    return f"{url_of(path)}?{ONE_HOST}"


def has_one_host(url: str) -> bool:
    """Return whether a URL says that one machine alone opens the file."""
    return url.endswith(f"?{ONE_HOST}")


def real_path_of(url: str) -> Path:
    """Return the file that a URL names; if that is a symbolic link, the file to which it leads. Raises BadUrl.

    SQLite keeps the write-ahead log next to that file, and so attachments and projections belong to it, too.
    """
    path = path_of(url)[0]
    return Path(os.path.realpath(path)) if os.path.islink(path) else path  # noqa: PTH114 - it never raises


def file_of(url: str) -> Path | None:
    """Return the file of a ledger, the same by each of its symbolic links; None on a server. Raises BadUrl."""
    return None if is_on_server(url) else real_path_of(url)


def shown(url: str) -> str:
    """Return a URL without its password, for messages: of any scheme, and of none."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        return _without_password(_SECRET.sub(r"\1\2…", url))
    if scheme.casefold() == "sqlite" and rest.startswith("/"):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return f"{scheme}://…"
    host = parts.netloc.rpartition("@")[2]
    if "@" in parts.path + parts.fragment or ("@" in parts.netloc + url.partition("?")[2] and _NO_PORT.search(host)):
        # A password with a slash or a question mark in it, which should have been written %2F or %3F.
        return f"{scheme}://{_without_password(rest)}"
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = [(name, value) for name, value in pairs if not _SECRET.search(f"{name}=")]
    netloc = _without_password(parts.netloc)
    return urlunsplit((scheme, netloc, parts.path, urlencode(query, safe="/"), ""))


_SECRET = re.compile(r"""(password|passwd|pwd|secret|token)(\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&]*)""", re.IGNORECASE)
_NO_PORT = re.compile(r":[^\]]*[^0-9,\]]")
"""What follows a colon in the part for the host where it is no port: the beginning of a password."""


def _without_password(text: str) -> str:
    before, at, hosts = text.rpartition("@")
    return before.partition(":")[0] + at + hosts


_HERE = re.compile(r"|localhost|127\..*|::1|/.*|@.*", re.IGNORECASE)
"""Hosts that no network is between: this machine, and sockets in its file system."""


def unverified(url: str) -> HostNotVerified | None:
    """Return a warning if a URL names a server on another machine whose certificate it does not have verified."""
    parts = urlsplit(url)
    given = dict(parse_qsl(parts.query))
    named = given.get("host") or unquote(parts.netloc.rpartition("@")[2])
    hosts = [re.sub(r"^\[(.*)\](:\d*)?$|:\d*$", r"\1", host) for host in named.split(",")]
    elsewhere = [host for host in hosts if not _HERE.fullmatch(host)]
    is_verified = given.get("sslmode") == "verify-full" or given.get("sslrootcert") == "system" or "service" in given
    return HostNotVerified(shown(url), elsewhere[0]) if elsewhere and not is_verified else None
