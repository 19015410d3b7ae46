"""The lookups that completion and suggestions make in a ledger, by the beginning or a part of a reference or name."""

from collections.abc import Callable
from typing import Any, Protocol

LAST = "\U0010ffff"
"""Sorts after every text: a prefix followed by it ends the range of texts that begin with the prefix."""

Rows = Callable[..., list[tuple[Any, ...]]]
"""Runs a query with its values and returns all rows."""


class Lookup(Protocol):
    """A ledger in which references and names can be looked up. An open store returns one by `LogReader.lookup`."""

    def streams(self, prefix: str, limit: int) -> list[str]:
        """Return up to `limit` streams whose name begins with `prefix`, in order of name."""

    def streams_with(self, kind: str, part: str, limit: int) -> list[str]:
        """Return up to `limit` streams of a kind whose name contains `part`; the case of ASCII letters is ignored."""

    def named(self, prefix: str, limit: int) -> list[str]:
        """Return up to `limit` parties that were given a name whose key begins with `prefix`, in order of that key."""

    def named_with(self, part: str, limit: int) -> list[str]:
        """Return up to `limit` parties that were given a name whose key contains `part`, in order of that key."""

    def bearers(self, key: str) -> list[str]:
        """Return the parties that were ever given the name with this key."""

    def stream(self, stream: str) -> list[bytes]:
        """Return the entries of a stream in order."""
