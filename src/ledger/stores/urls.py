"""URLs of ledgers: the kind of store, the file, and the form without a password."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from ledger.stores.errors import BadUrl

DEFAULT_URL = "sqlite:///ledger.db"
"""The ledger in the current folder, if no URL is given."""
_FILE = "sqlite:///"
SERVERS = ("postgresql", "postgres")
"""URL schemes of ledgers on a PostgreSQL server."""


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
    is_name = name and not _NO_NAME.search(last) and (not mark or query in ("mode=ro", "mode=rw"))
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


def file_of(url: str) -> Path | None:
    """Return the file of a ledger; None for one on a server. Raises BadUrl."""
    return None if is_on_server(url) else path_of(url)[0]


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
