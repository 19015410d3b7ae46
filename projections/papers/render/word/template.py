"""The template of a house: its styles, theme and margins take the place of those of the ledger.

Styles are known by their names, since Word translates their identifiers. A style that the template does not have is
taken from the ledger. Lists of the template are left out: the document has its own.
"""

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree

from projections.papers.house import BadHouse
from projections.papers.render.word.xml import part

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REFERRING = ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle")


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of a page, in twentieths of a point."""

    top: int = 1191
    right: int = 1134
    bottom: int = 1134
    left: int = 1134


@dataclass(frozen=True, slots=True)
class Template:
    """What a document takes from a template."""

    styles: bytes
    theme: bytes = b""
    margins: Margins = Margins()


def read(path: Path | None, own: str) -> Template:
    """Return the template of a house, or that of the ledger, whose styles are `own`. Raises BadHouse."""
    ours = part("styles", own)
    if path is None:
        return Template(ours)
    try:
        with ZipFile(path) as package:
            names = set(package.namelist())
            theme = package.read("word/theme/theme1.xml") if "word/theme/theme1.xml" in names else b""
            styles, body = _parsed(package.read("word/styles.xml")), _parsed(package.read("word/document.xml"))
    except (OSError, KeyError, BadZipFile, etree.XMLSyntaxError) as error:
        raise BadHouse(str(path), f"it is no Word document that can be read: {error}") from error
    _add_missing(styles, _parsed(ours))
    return Template(
        etree.tostring(styles, xml_declaration=True, encoding="UTF-8", standalone=True), theme, _margins(body)
    )


def _parsed(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _add_missing(theirs: etree._Element, ours: etree._Element) -> None:
    for listed in list(theirs.iter(f"{_W}numPr")):
        parent = listed.getparent()
        if parent is not None:
            parent.remove(listed)
    known = {_name(style): style for style in theirs.iter(f"{_W}style")}
    given = {_name(style): style for style in ours.iter(f"{_W}style")}
    renamed = {
        style.get(f"{_W}styleId", ""): given[name].get(f"{_W}styleId", "")
        for name, style in known.items()
        if name in given
    }
    for style in known.values():
        ident = style.get(f"{_W}styleId", "")
        style.set(f"{_W}styleId", renamed.get(ident, ident))
        for kind in _REFERRING:
            for reference in style.iter(f"{_W}{kind}"):
                value = reference.get(f"{_W}val", "")
                reference.set(f"{_W}val", renamed.get(value, value))
    for name, style in given.items():
        if name not in known:
            style.attrib.pop(f"{_W}default", None)
            theirs.append(style)


def _name(style: etree._Element) -> str:
    name = style.find(f"{_W}name")
    return "" if name is None else name.get(f"{_W}val", "").casefold()


def _margins(body: etree._Element) -> Margins:
    own = Margins()
    found = list(body.iter(f"{_W}pgMar"))
    if not found:
        return own
    sides = {side: found[-1].get(f"{_W}{side}", "") for side in ("top", "right", "bottom", "left")}
    return Margins(**{side: int(value) if value.isdigit() else getattr(own, side) for side, value in sides.items()})
