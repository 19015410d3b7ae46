"""URLs of ledgers: the kind of store, the file, and the form without a password."""

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

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
    if rest == url or not name or "#" in last or "\0" in url or (mark and query not in ("mode=ro", "mode=rw")):
        raise BadUrl(url)
    return Path(folder + slash + name), query == "mode=ro"


def url_of(path: Path) -> str:
    """Return the URL of a file, for any path whose last part has neither `?` nor `#`."""
    return f"{_FILE}{path.absolute()}"


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
