"""Zip files of which equal contents give equal bytes: fixed times and attributes, and parts in a fixed order.

Office packages are such files. Their first parts are those by which a program recognizes them.
"""

import io
import shutil
from collections.abc import Callable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIRST = "[Content_Types].xml", "_rels/.rels"
TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can hold."""
LEVEL = 6
"""The level of compression: a higher one is slow for long tables and hardly smaller."""


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return a package of parts by their names."""
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=LEVEL) as package:
        for name in sorted(parts, key=_rank):
            package.writestr(_part(name), parts[name], compresslevel=LEVEL)
    return made.getvalue()


def normal(given: bytes, changed: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """Return a package with the same parts, of which equal contents give equal bytes.

    `changed` returns what stands in the place of a part of charts; other parts can be too long to be held at once.
    """
    made = io.BytesIO()
    with ZipFile(io.BytesIO(given)) as read, ZipFile(made, "w", ZIP_DEFLATED, compresslevel=LEVEL) as package:
        for name in sorted(read.namelist(), key=_rank):
            if changed and "/charts/" in name:
                package.writestr(_part(name), changed(name, read.read(name)), compresslevel=LEVEL)
                continue
            with read.open(name) as source, package.open(_part(name), "w") as target:
                shutil.copyfileobj(source, target)
    return made.getvalue()


def _rank(name: str) -> tuple[bool, str]:
    return name not in FIRST, name


def _part(name: str) -> ZipInfo:
    part = ZipInfo(name, TIME)
    part.compress_type, part.external_attr, part.create_system = ZIP_DEFLATED, 0o600 << 16, 0
    return part
