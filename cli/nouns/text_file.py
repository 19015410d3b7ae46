"""Files whose whole text a command records."""

from cli.output.files import bytes_of
from ledger.importing.errors import CannotRead

MOST = 1 << 20
"""The greatest size of such a file in bytes; what it holds may have a smaller limit of its own."""


def text_of(path: str) -> str:
    """Return the text of a file, without the line feed at its end. Raises CannotRead."""
    try:
        text = bytes_of(path, MOST).decode()
    except UnicodeDecodeError as error:
        raise CannotRead(path, f"byte {error.start + 1} is not UTF-8") from None
    return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").replace("\r\n", "\n").rstrip("\n")
