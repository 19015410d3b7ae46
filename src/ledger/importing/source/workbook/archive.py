"""Read the parts of a workbook, a zip archive of XML, within bounds.

The zip directory declares the unpacked size of each part. An archive that declares too much is refused before
unpacking, and no part is unpacked beyond its declared size. A document type declaration, which could define entities,
is refused: ECMA-376 part 2 §8.1.4 forbids it.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from xml.parsers import expat

from ledger.importing.errors import NotXlsx, TooLarge

MAX_BYTES = 64 * 1024 * 1024
"""The unpacked size of all parts of a workbook together."""
MAX_PARTS = 10_000
MAX_DEPTH = 64
MAX_TAG = 1024 * 1024
"""The size of a tag with its attributes, in bytes."""
MAX_ELEMENTS = 500_000
"""The number of elements in a part that is read as a whole (styles, the list of sheets)."""
ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of older office files, and of newer ones with a password (MS-CFB §2.2)."""
CHUNK = 64 * 1024

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]


def is_workbook(data: bytes, suffix: str = "") -> bool:
    """Return whether a file is a workbook, by its first bytes or by the suffix of its name."""
    return data.startswith((ZIP, OLE)) or suffix.lower() in (".xlsx", ".xlsm")


def open_parts(data: bytes) -> "Parts":
    """Return the parts of a workbook. Raises NotXlsx, TooLarge."""
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise NotXlsx("it is protected by a password", "Save it without a password.")
        raise NotXlsx("it is of an older office program (.xls, .doc)", "Save it as .xlsx, or as CSV.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise NotXlsx("it is damaged, or not a workbook") from error
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_PARTS:
        raise TooLarge(f"{len(entries):,} parts", f"{MAX_PARTS:,}")
    if size > MAX_BYTES:
        raise TooLarge(f"{size:,} bytes when it is unpacked", f"{MAX_BYTES:,}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotXlsx("it is protected by a password", "Save it without a password.")
    return Parts(archive)


class Parts:
    """The parts of one workbook, by their paths in it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Read from an archive whose declared sizes are within bounds."""
        self._archive = archive
        # A leading slash does not matter, nor does the case of part names (ECMA-376-2 §6.2.2).
        self._names = {entry.filename.lstrip("/").lower(): entry for entry in archive.infolist()}

    def has(self, path: str) -> bool:
        """Return whether there is a part at this path."""
        return path.lower() in self._names

    def parse(self, path: str, start: Start, end: End, text: Callable[[str], None]) -> None:
        """Parse a part, and call `start` and `end` with the local name of each element, `text` with each text.

        Raises NotXlsx, TooLarge.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        depth = fed = 0

        def begin(name: str, given: Attributes) -> None:
            nonlocal depth
            depth += 1
            if depth > MAX_DEPTH:
                raise TooLarge(f"elements within elements in {path}", f"{MAX_DEPTH} deep")
            start(_local(name), given)

        def finish(name: str) -> None:
            nonlocal depth
            depth -= 1
            end(_local(name))

        parser.StartElementHandler, parser.EndElementHandler = begin, finish
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            with self._opened(path) as chunks:
                for chunk in chunks:
                    parser.Parse(chunk, False)  # noqa: FBT003 - expat takes positional arguments only
                    fed += len(chunk)
                    # expat scans an unfinished tag again with each chunk: a tag of megabytes would take minutes.
                    if fed - parser.CurrentByteIndex > MAX_TAG:
                        raise TooLarge(f"a very long tag in {path}", f"{MAX_TAG:,} bytes")
                parser.Parse(b"", True)  # noqa: FBT003
        except (expat.ExpatError, LookupError) as error:  # LookupError: unknown declared encoding
            raise NotXlsx(f"its part {path} is not XML: {error}") from error

    @contextmanager
    def _opened(self, path: str) -> Iterator[Iterator[bytes]]:
        entry = self._names.get(path.lower())
        if entry is None:
            raise NotXlsx(f"it has no part {path}")
        try:
            # zipfile returns no more bytes than the directory declares.
            with self._archive.open(entry) as part:
                yield iter(lambda: part.read(CHUNK), b"")
        except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise NotXlsx(f"its part {path} is damaged") from error
        except Exception as error:
            # Each compression has its own error: zlib.error, lzma.LZMAError.
            if type(error).__module__ in ("zlib", "_lzma", "lzma"):
                raise NotXlsx(f"its part {path} is damaged") from error
            raise

    def elements(self, path: str) -> list[tuple[str, Attributes]]:
        """Return the elements of a small part, with their attributes, in order. Raises NotXlsx, TooLarge."""
        elements: list[tuple[str, Attributes]] = []

        def add(name: str, given: Attributes) -> None:
            if len(elements) == MAX_ELEMENTS:
                raise TooLarge(f"more elements in {path}", f"{MAX_ELEMENTS:,}")
            elements.append((name, given))

        self.parse(path, add, _ignore, _ignore)
        return elements

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """Return the relationships of a part: identifier to type and path of the target. Raises NotXlsx."""
        home = PurePosixPath(path)
        rels = str(home.parent / "_rels" / f"{home.name}.rels")
        return {
            given.get("Id", ""): (given.get("Type", "").rpartition("/")[2], _path(home.parent, given.get("Target", "")))
            for name, given in self.elements(rels)
            if name == "Relationship" and given.get("TargetMode") != "External"
        }


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _ignore(_: str) -> None:
    pass


def _refuse_doctype(*_: object) -> None:
    raise NotXlsx("it declares a document type, which no workbook does", "Save it again with a spreadsheet program.")


def _path(folder: PurePosixPath, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    steps: list[str] = list(folder.parts)
    for step in PurePosixPath(target).parts:
        if step == "..":
            steps = steps[:-1]
        else:
            steps.append(step)
    return "/".join(steps)
