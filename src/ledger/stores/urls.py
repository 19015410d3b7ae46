"""URLs of ledgers: the kind of store, the file, and the form without a password."""

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from ledger.stores.errors import BadUrl

DEFAULT_URL = "sqlite:///ledger.db"
"""The ledger in the current folder, if no URL is given."""
SERVERS = ("postgresql", "postgres")
"""URL schemes of ledgers on a PostgreSQL server."""


def is_on_server(url: str) -> bool:
    """Return whether a URL names a ledger on a PostgreSQL server."""
    return url.partition(":")[0] in SERVERS


def path_of(url: str) -> tuple[Path, bool]:
    """Return the file of `sqlite:///relative` or `sqlite:////absolute`, and whether the URL has `mode=ro`.

    Raises BadUrl.
    """
    parts = urlsplit(url)
    if parts.scheme != "sqlite" or parts.netloc or not parts.path.startswith("/") or len(parts.path) < 2:
        raise BadUrl(url)
    # A `?` or `#` in a file name would cut the name off, and the URL would name another file.
    if parts.query not in ("", "mode=ro", "mode=rw") or url.endswith("?") or "#" in url or "\0" in url:
        raise BadUrl(url)
    return Path(parts.path[1:]), parts.query == "mode=ro"


def file_of(url: str) -> Path | None:
    """Return the file of a ledger; None for one on a server. Raises BadUrl."""
    return None if is_on_server(url) else path_of(url)[0]


def shown(url: str) -> str:
    """Return a URL without its password, for messages."""
    if not is_on_server(url):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.partition("://")[0] + "://…"
    before, at, hosts = parts.netloc.rpartition("@")
    query = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if "password" not in name]
    user = before.partition(":")[0]
    return urlunsplit((parts.scheme, user + at + hosts, parts.path, urlencode(query, safe="/"), ""))
