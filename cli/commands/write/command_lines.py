"""The lines of `ledger record`: read from a file or from standard input, and turned into requests with ids.

A line without an id of its own gets one from a prefix and its number. For a file the prefix follows from its content,
so that giving the same command again records nothing twice, whatever happened to the first. What comes from standard
input cannot be distinguished from new lines that read alike: its prefix is drawn, and named where it is needed.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import file_digest
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import msgspec

from cli.nouns.attachments import attach
from cli.session import Session
from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.fields import checked_reference
from ledger.importing.errors import CannotRead

if TYPE_CHECKING:
    from ledger.application.request import Request

LONGEST = 1 << 24
"""The most bytes of a line: what has no line feed may have no end."""
AT_ONCE = 65_536
"""How many bytes are read at once."""
TOGETHER = 40
"""How many lines are recorded together: others wait no longer than these take."""
ENVELOPE = ("effective", "actor", "reason", "id")
STDIN = "-"


class BadLine(LedgerError):
    """A line is not a JSON object that states a command."""

    code = "bad-line"
    exit = USAGE

    def __init__(self, why: str) -> None:
        """Refuse a line because `why`."""
        super().__init__(
            f"The line is not a JSON object: {why}.",
            'Write one object a line: {"command": "party register", "name": "…", "effective": "2026-11-01"}.',
        )


class CommandLines:
    """The lines of a file with a request each, and the prefix of their ids."""

    def __init__(self, session: Session, file: str, defaults: dict[str, str | None]) -> None:
        """Open a file, or standard input for `-`; `defaults` apply to lines that do not say. Raises CannotRead."""
        from ledger.application.request import new_id

        self._session, self._file, self._defaults = session, file, defaults
        self._stream = cast("BufferedReader", sys.stdin.buffer) if file == STDIN else self._opened()
        given = defaults["command_id"]
        self.prefix = given or (self._content_id() if self.is_file else new_id())
        """What the ids of lines begin with."""

    def _opened(self) -> BufferedReader:
        try:
            return open(self._file, "rb")  # noqa: PTH123 - `__iter__` closes it
        except (OSError, ValueError) as error:
            raise CannotRead(self._file, getattr(error, "strerror", None) or str(error)) from error

    @property
    def is_file(self) -> bool:
        """Whether the lines can be read again: not those of standard input, nor of a pipe with a name."""
        return self._file != STDIN and Path(self._file).is_file()

    def _content_id(self) -> str:
        with Path(self._file).open("rb") as stream:
            digest = file_digest(stream, "sha256").hexdigest()
        return f"record:{digest[:32]}"

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Yield the number and the bytes of each line that is not empty. Raises CannotRead."""
        with self._reading():
            lines = iter(partial(self._stream.readline, LONGEST + 1), b"")
            for number, line in enumerate(lines, 1):
                self._check_length(number, line)
                if line.strip():
                    yield number, line

    def as_they_come(self) -> Iterator[list[tuple[int, bytes]]]:
        """Yield what `__iter__` does, at most TOGETHER lines that have come at a time. Raises CannotRead."""
        number, rest = 1, bytearray()
        with self._reading():
            while chunk := self._stream.read1(AT_ONCE):
                rest += chunk
                if b"\n" in chunk:
                    *lines, last = bytes(rest).split(b"\n")
                    yield from _groups(number, lines)
                    number, rest = number + len(lines), bytearray(last)
                self._check_length(number, rest)
            yield from _groups(number, [bytes(rest)])

    def _check_length(self, number: int, line: bytes | bytearray) -> None:
        if len(line) > LONGEST:
            raise CannotRead(self._file, f"line {number} has more than {LONGEST:,} bytes")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        with self._stream:
            try:
                yield
            except OSError as error:
                raise CannotRead(self._file, error.strerror or str(error)) from error

    def request(self, number: int, line: bytes) -> "Request":
        """Return the request of a line, with its id. Raises BadLine, BadCommand, BadText, BadReference, BadDate."""
        from ledger.application.request import Request, command_from, tidy_text
        from ledger.domain.dates import checked_date

        members = _object(line)
        _digest(self._session, members)
        is_void = members.get("command") == "void"  # its reason is a member of its own
        given = {name: members.pop(name, None) for name in ENVELOPE if name != "reason" or not is_void}
        for name, value in given.items():
            if value is not None and not isinstance(value, str):
                raise BadLine(f"'{name}' is not a text")
        effective = given["effective"] or self._defaults["effective"]
        reason = given.get("reason") or (self._defaults["reason"] if "reason" in given else None)
        return Request(
            commands=(command_from(members),),
            actor=checked_reference(given["actor"] or self._session.acting),
            effective_on=checked_date(effective) if effective else None,
            reason=tidy_text(reason, "reason", long=True) if reason else None,
            id=checked_reference(given["id"] or f"{self.prefix}:{number}"),
        )


def _groups(first: int, lines: list[bytes]) -> Iterator[list[tuple[int, bytes]]]:
    numbered = ((number, line) for number, line in enumerate(lines, first) if line.strip())
    while group := list(islice(numbered, TOGETHER)):
        yield group


def _digest(session: Session, members: dict[str, Any]) -> None:
    # Input names a file by its path; the entry records its digest.
    match members:
        case {"content": {"file": str(path), **more}} if not more:
            members["content"] = msgspec.to_builtins(attach(session, path))


def _object(line: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(line, object_pairs_hook=_members)
    except (ValueError, RecursionError) as error:
        raise BadLine(str(error)) from error
    if not isinstance(parsed, dict):
        raise BadLine("it is another kind of JSON value")
    return parsed


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is given twice")
    return members
