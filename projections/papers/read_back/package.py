"""The parts of an Office package within limits, and their XML as events: no tree is built, no entity is expanded."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import ParseError, XMLParser
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - an exception

from projections.papers.read_back.errors import NotReadable

LARGEST = 128 * 1024 * 1024
"""The size in bytes up to which a file is read."""
MEMBERS = 2_000
"""The most parts that a package has: a document has some 30, and three for each chart."""
PART_BYTES = 200_000_000
"""The most bytes of a part: the sheet of 20,000 agreements has some 20 million."""
ALL_BYTES = 500_000_000
PIECE = 65_536
DEPTH = 200
"""The deepest nesting of elements: an Office program nests some 30."""
FIGURES = 300_000
"""The most figures of a file: a list of 20,000 agreements has some 100,000 values."""


class Events:
    """Receives the XML of a part in its order. A subclass says what it does at the start, the end and in the text."""

    depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Enter an element."""
        self.depth += 1
        if self.depth > DEPTH:
            raise NotReadable("The file nests its elements too deep.")
        self.entered(tag, attributes)

    def end(self, tag: str) -> None:
        """Leave an element."""
        self.depth -= 1
        self.left(tag)

    def data(self, text: str) -> None:
        """Take a piece of text."""

    def entered(self, tag: str, attributes: dict[str, str]) -> None:
        """Do what an element asks for where it begins."""

    def left(self, tag: str) -> None:
        """Do what an element asks for where it ends."""

    def close(self) -> None:
        """End the part."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        """Refuse a document type: Office programs write none, and entities can grow without limit."""
        raise NotReadable("The file declares a document type, which no Office program writes.")


def local(tag: str) -> str:
    """Return the name of an element without its namespace."""
    return tag.rpartition("}")[2]


class Package:
    """The parts of a package. Raises NotReadable for one that is larger than a document can be."""

    def __init__(self, data: bytes) -> None:
        """Read the list of parts."""
        if len(data) > LARGEST:
            raise NotReadable(f"The file has more than {LARGEST:,} bytes.")
        self._zip = ZipFile(io.BytesIO(data))
        parts = self._zip.infolist()
        if len(parts) > MEMBERS or sum(part.file_size for part in parts) > ALL_BYTES:
            raise NotReadable("The file holds more than a document can.")
        self._parts = {part.filename: part for part in parts}
        if len(self._parts) != len(parts):
            raise NotReadable("The file holds a part twice.")

    def names(self, start: str, end: str) -> list[str]:
        """Return the names of parts that begin and end like this, in their order."""
        return sorted(name for name in self._parts if name.startswith(start) and name.endswith(end))

    def read(self, name: str, target: Events) -> None:
        """Send the XML of a part to a target. Raises NotReadable."""
        parser = XMLParser(target=target)  # noqa: S314 - `doctype` refuses entities, and sizes are limited
        for piece in self._pieces(name):
            parser.feed(piece)
        parser.close()

    def content(self, name: str) -> bytes:
        """Return the bytes of a part. Raises NotReadable."""
        return b"".join(self._pieces(name))

    def has(self, name: str) -> bool:
        """Return whether there is such a part."""
        return name in self._parts

    def _pieces(self, name: str) -> Iterator[bytes]:
        part = self._part(name)
        if part.file_size > PART_BYTES:
            raise NotReadable(f"The part '{name}' of the file is larger than that of a document can be.")
        with self._zip.open(part) as source:  # no more than the size that the list of parts gives is read
            while piece := source.read(PIECE):
                yield piece

    def _part(self, name: str) -> ZipInfo:
        if name not in self._parts:
            raise NotReadable(f"The file has no part '{name}'.")
        part = self._parts[name]
        if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or part.flag_bits & 1:
            raise NotReadable(f"The part '{name}' of the file is encrypted, or packed as Office packs none.")
        return part


@contextmanager
def readable(kind: str) -> Iterator[None]:
    """Turn what a damaged file makes the standard library raise into NotReadable."""
    try:
        yield
    except NotReadable:
        raise
    except (BadZipFile, ZlibError, ParseError, EOFError, OSError, ValueError) as error:
        raise NotReadable(f"The file cannot be read as {kind}: {error}.") from error
    except (LookupError, RuntimeError, ArithmeticError) as error:
        raise NotReadable(f"The file cannot be read as {kind}: a part of it is damaged.") from error
