"""Which entries of a log a reader asks for, and the conditions in SQL that select them by columns and indexes."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

LAST = 2**62
"""A position beyond every log."""
LONGEST_TEXT = 1000
"""The longest text, in characters, that the database looks for: SQLite limits the length of what LIKE compares."""


class SelectedEntry(NamedTuple):
    """An entry as stored: its position, leaf hash and bytes, and the database login that appended it, if known."""

    position: int
    leaf: bytes
    data: bytes
    login: str | None


class Wanted(NamedTuple):
    """Which entries to select; what is not given selects all.

    `about` are streams: entries of theirs, and entries that mention one of them. `text` is a part of the bytes,
    compared by case folding; `effective_by` is the last effective date.
    """

    first: int = 1
    last: int = LAST
    types: Sequence[str] = ()
    actor: str | None = None
    stream: str | None = None
    about: Sequence[str] = ()
    effective_by: str | None = None
    text: str = ""
    positions: Sequence[int] | None = None

    @property
    def is_range(self) -> bool:
        """Whether every entry from `first` to `last` is wanted."""
        return self == Wanted(self.first, self.last)

    def has_text(self, data: bytes) -> bool:
        """Return whether the bytes of an entry contain the text."""
        return not self.text or self.text.casefold() in data.decode(errors="replace").casefold()


class Condition(NamedTuple):
    """A condition in SQL, with the values of its place-holders."""

    sql: str
    values: Sequence[object] = ()


Containing = Callable[[str], Condition | None]
"""Returns a condition that holds of all bytes with a text in them, given case-folded, and perhaps of others."""


def conditions(wanted: Wanted, mark: str, containing: Containing) -> Condition:
    """Return the condition on columns of `entries` for all that is wanted but `about`; `mark` is a place-holder."""
    # The index on the stream is to be used, not the range of positions, which may be the whole log.
    position = "position" if wanted.stream is None and wanted.positions is None else "position + 0"
    parts = [Condition(f"{position} BETWEEN {mark} AND {mark}", (wanted.first, min(wanted.last, LAST)))]
    if wanted.positions is not None:
        parts.append(_among("position", wanted.positions, mark))
    if wanted.types:
        parts.append(_among("type", wanted.types, mark))
    if wanted.stream is not None:
        parts.append(Condition(f"stream = {mark}", (wanted.stream,)))
    if wanted.actor is not None:
        parts.append(Condition(f"actor = {mark}", (wanted.actor,)))
    if wanted.effective_by is not None:
        parts.append(Condition(f"effective_on <= {mark}", (wanted.effective_by,)))
    if wanted.text and (has_text := containing(wanted.text.casefold())) is not None:
        parts.append(has_text)
    return Condition(" AND ".join(part.sql for part in parts), [value for part in parts for value in part.values])


def is_plain(text: str) -> bool:
    """Return whether the database can look for a text in plain ASCII: `LONGEST_TEXT` is not exceeded."""
    return text.isascii() and text.isprintable() and len(text) <= LONGEST_TEXT


def order_of(wanted: Wanted, *, newest_first: bool) -> str:
    """Return the order of positions in SQL: in one stream that of versions, which its index has."""
    column = "position" if wanted.stream is None or wanted.positions is not None else "version"
    return f"{column} DESC" if newest_first else column


def candidates(stream: str, wanted: Wanted, mark: str, schema: str, *, newest_first: bool, count: int) -> Condition:
    """Return the query for the next positions, at most `count`, of entries of a stream and of those that mention it."""
    way = " DESC" if newest_first else ""
    within = f"BETWEEN {mark} AND {mark}"
    query = (
        f"SELECT * FROM (SELECT position FROM {schema}mentions WHERE target = {mark} "  # noqa: S608 - place-holders
        f"AND position {within} ORDER BY position{way} LIMIT {mark}) AS mentioned "
        f"UNION SELECT * FROM (SELECT position FROM {schema}entries WHERE stream = {mark} "
        f"AND position + 0 {within} ORDER BY version{way} LIMIT {mark}) AS own "
        f"ORDER BY position{way} LIMIT {mark}"
    )
    values = stream, wanted.first, min(wanted.last, LAST), count
    return Condition(query, (*values, *values, count))


def _among(column: str, values: Sequence[object], mark: str) -> Condition:
    return Condition(f"{column} IN ({', '.join([mark] * len(values))})", list(values))
