"""Files named on the command line: read up to a size limit, written atomically."""

import sys
from collections.abc import Iterable, Iterator
from hashlib import file_digest, sha256
from pathlib import Path

from cli.session import current
from cli.terminal import Printed, is_terminal, say, say_line, writing_output
from ledger.domain.errors import USAGE, LedgerError
from ledger.files.atomic import replace_file
from ledger.importing.errors import CannotRead


class CannotWrite(LedgerError):
    """A file cannot be written."""

    code = "cannot-write"
    exit = USAGE

    def __init__(self, path: str, why: str) -> None:
        """Say that `path` cannot be written because `why`."""
        super().__init__(f"{path} cannot be written: {why}.", "Check the folder, or give another --output.")


def bytes_of(path: str, limit: int) -> bytes:
    """Return the content of a file (`-`: of standard input), or its first `limit` + 1 bytes. Raises CannotRead."""
    try:
        if path == "-":
            return sys.stdin.buffer.read(limit + 1)
        if not Path(path).is_file():
            raise CannotRead(path, "it is not a file" if Path(path).exists() else "there is no such file")
        with Path(path).open("rb") as file:
            return file.read(limit + 1)
    except (OSError, ValueError) as error:
        raise CannotRead(path, getattr(error, "strerror", None) or str(error)) from error


MOST_TEXT = 1 << 20
"""The greatest size in bytes of a file whose text a command takes; what it holds may have a smaller limit."""


def text_of(path: str) -> str:
    """Return the text of a file, without the line feed at its end. Raises CannotRead."""
    try:
        text = bytes_of(path, MOST_TEXT).decode()
    except UnicodeDecodeError as error:
        raise CannotRead(path, f"byte {error.start + 1} is not UTF-8") from None
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n").rstrip("\n")


def write_whole(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file atomically; write directly to a device or a pipe. Raises CannotWrite."""
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                file.writelines((data,) if isinstance(data, bytes) else data)
        else:
            replace_file(path, data)
    except (OSError, ValueError) as error:
        raise CannotWrite(str(path), getattr(error, "strerror", None) or str(error)) from error


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.is_file() and path.read_bytes() == data
    except (OSError, ValueError):
        return False


def put_raw(data: bytes) -> None:
    """Write exact bytes to standard output; to a terminal, what it would obey is written as an escape."""
    if is_terminal(sys.stdout):
        say(data.decode("utf-8", "backslashreplace"), nl=False)
        return
    Printed.any = True
    with writing_output():
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def put(output: str | None, data: bytes) -> None:
    """Write bytes to a file and report it on stderr, or write them to standard output. Raises CannotWrite."""
    if output is None or output == "-":
        put_raw(data)
        return
    path = Path(output)
    with current().outcome.making(f"the file {output}", lambda: _holds(path, data)):
        write_whole(path, data)
    say_line(f"wrote {output}", err=True)


class _Hashed:
    """Pieces of a file, hashed as they are written."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = pieces
        self._hash = sha256()
        self._is_complete = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._hash.update(piece)
            yield piece
        self._is_complete = True

    def are_in(self, path: Path) -> bool:
        """Return whether a file holds all of them."""
        if not self._is_complete:
            return False
        try:
            with path.open("rb") as file:
                return path.is_file() and file_digest(file, "sha256").digest() == self._hash.digest()
        except (OSError, ValueError):
            return False


def put_pieces(output: str, pieces: Iterable[bytes]) -> None:
    """Write a file piece by piece, as they are made, and report it on stderr. Raises CannotWrite."""
    path, hashed = Path(output), _Hashed(pieces)
    with current().outcome.making(f"the file {output}", lambda: hashed.are_in(path)):
        write_whole(path, hashed)
    say_line(f"wrote {output}", err=True)
