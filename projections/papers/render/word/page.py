"""The pages of a Word document: size, masthead, header from page 2, footer on every page, drawings, settings."""

import struct
from dataclasses import dataclass, field
from pathlib import Path

from projections.papers.layout import Layout
from projections.papers.look import Look
from projections.papers.render.word.package import OFFICE, WORD, Package
from projections.papers.render.word.styles import tag
from projections.papers.render.word.template import Margins
from projections.papers.render.word.xml import escaped, paragraph, part, run, runs, w

EMU = 635
"""English metric units in a twentieth of a point."""
PIXEL = 9525
"""English metric units in a pixel, of which an inch has 96."""
SIZES = {"A4": (11906, 16838), "letter": (12240, 15840)}
LOGO = 620_000
"""The height of a logo, in English metric units: 1.7 cm."""
CHARTS = "http://schemas.openxmlformats.org/drawingml/2006/chart"
PICTURES = "http://schemas.openxmlformats.org/drawingml/2006/picture"
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(slots=True)
class Pages:
    """The sections of a document, with their headers and footers."""

    package: Package
    layout: Layout
    look: Look
    margins: Margins
    parts: dict[str, str] = field(default_factory=dict)

    def room(self, *, wide: bool) -> int:
        """Return the width of the text, in twentieths of a point."""
        return SIZES[self.look.paper][wide] - self.margins.left - self.margins.right

    def section(self, *, wide: bool, is_first: bool) -> str:
        """Return the properties of a section. The first has no header on its first page, where the masthead stands."""
        high, across = SIZES[self.look.paper][::-1] if not wide else SIZES[self.look.paper]
        footer = self._footer(wide=wide)
        references = [_reference("header", "default", self._header("header1.xml", self.layout.paper.masthead.symbol))]
        if is_first:
            references.append(_reference("header", "first", self._header("header2.xml", "")))
            references.append(_reference("footer", "first", footer))
        references.append(_reference("footer", "default", footer))
        edges = self.margins
        size = w("pgSz", w=across, h=high, **({"orient": "landscape"} if wide else {}))
        margins = w(
            "pgMar",
            top=edges.top,
            right=edges.right,
            bottom=edges.bottom,
            left=edges.left,
            header=709,
            footer=567,
            gutter=0,
        )
        first = w("titlePg") if is_first else ""
        side = w("bidi") if self.layout.paper.direction == "rtl" else ""
        return w("sectPr", *references, w("type", val="nextPage"), size, margins, first, side)

    def _header(self, name: str, text: str) -> str:
        if name not in self.parts:
            inside = paragraph("Header", runs(text, self.layout.paper.direction))
            self.parts[name] = self.package.add(name, part("hdr", inside), f"{WORD}.header+xml", "header")
        return self.parts[name]

    def _footer(self, *, wide: bool) -> str:
        name = "footer2.xml" if wide else "footer1.xml"
        if name not in self.parts:
            paper = self.layout.paper
            stop = w("tabs", w("tab", val="right", pos=self.room(wide=wide)))
            symbol = f"\t{paper.masthead.symbol}\N{EM SPACE}" if paper.masthead.symbol else "\t"
            left, right = runs(paper.foot, paper.direction), runs(symbol, paper.direction)
            inside = paragraph("Footer", left, right, _field("PAGE"), run("/"), _field("NUMPAGES"), properties=stop)
            self.parts[name] = self.package.add(name, part("ftr", inside), f"{WORD}.footer+xml", "footer")
        return self.parts[name]


def _reference(kind: str, pages: str, relation: str) -> str:
    return f'<w:{kind}Reference w:type="{pages}" r:id="{relation}"/>'


def _field(name: str) -> str:
    return w("fldSimple", run("1"), instr=f" {name} ")


def masthead(layout: Layout, look: Look, package: Package, pages: Pages) -> list[str]:
    """Return who tables what to whom: two columns without rules, then the source and the title."""
    head, side = layout.paper.masthead, layout.paper.direction
    room = pages.room(wide=False)
    wide = round(room * 0.64), room - round(room * 0.64)
    logo = _logo(look.logo, package) if look.logo else ""
    left = [paragraph("Organization", logo, runs(head.organization, side))]
    left += [paragraph("Masthead", runs(text, side)) for text in (head.body, head.session, head.agenda) if text]
    bold = "<w:b/><w:bCs/>"
    end = w("jc", val="right")
    right = [paragraph("Masthead", runs(head.symbol, side, bold), properties=end)]
    right += [
        paragraph("Masthead", runs(text, side), properties=end)
        for text in (head.date, head.original, head.distribution)
        if text
    ]
    cells = "".join(
        w("tc", w("tcPr", w("tcW", w=part_wide, type_="dxa")), *texts)
        for part_wide, texts in zip(wide, (left, right), strict=True)
    )
    rule = w("tblBorders", w("bottom", val="single", sz=8, space=0, color=look.accent.lstrip("#")))
    properties = w(
        "tblPr",
        w("bidiVisual") if side == "rtl" else "",
        w("tblW", w=room, type_="dxa"),
        rule,
        w("tblLayout", type_="fixed"),
        w("tblCellMar", w("left", w=0, type_="dxa"), w("right", w=0, type_="dxa")),
    )
    block = w("tbl", properties, w("tblGrid", *(w("gridCol", w=part_wide) for part_wide in wide)), w("tr", cells))
    source = [paragraph("Source", runs(head.source, side))] if head.source else []
    title = "".join(runs(text.text, side) for text in head.title if hasattr(text, "text"))
    return [block, *source, paragraph("Title", title)]


def _logo(path: Path, package: Package) -> str:
    # Word draws SVG only next to a PNG of it: a logo in another format is for the other forms.
    data = path.read_bytes()
    if not data.startswith(PNG):
        return ""
    across, high = struct.unpack(">II", data[16:24])
    relation = package.add("media/logo.png", data, "", "image")
    wide = LOGO * across // max(high, 1)
    shape = f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{LOGO}"/></a:xfrm><a:prstGeom prst="rect"/>'
    names = '<pic:nvPicPr><pic:cNvPr id="0" name="logo"/><pic:cNvPicPr/></pic:nvPicPr>'
    fill = f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    inside = f'<pic:pic xmlns:pic="{PICTURES}">{names}{fill}<pic:spPr>{shape}</pic:spPr></pic:pic>'
    picture = f'<a:graphicData uri="{PICTURES}">{inside}</a:graphicData>'
    return drawing(picture, wide, LOGO, 1000, "Logo", "Logo") + w("r", w("br"))


def chart(relation: str) -> str:
    """Return the reference to a chart, for a drawing."""
    names = f'xmlns:c="{CHARTS}" xmlns:r="{OFFICE}"'
    return f'<a:graphicData uri="{CHARTS}"><c:chart {names} r:id="{relation}"/></a:graphicData>'


def drawing(inside: str, wide: int, high: int, ident: int, name: str, alternative: str) -> str:
    """Return a drawing in the line, with its text for readers who cannot see it."""
    described = f'<wp:docPr id="{ident}" name="{escaped(name)}" descr="{escaped(alternative)}"/>'
    size = f'<wp:extent cx="{wide}" cy="{high}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
    frame = f'<wp:inline distT="0" distB="0" distL="0" distR="0">{size}{described}<wp:cNvGraphicFramePr/>'
    return f"<w:r><w:drawing>{frame}<a:graphic>{inside}</a:graphic></wp:inline></w:drawing></w:r>"


def settings(language: str) -> bytes:
    """Return the part of settings: how Word lays the document out, and the separators of footnotes."""
    notes = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
    uri = "http://schemas.microsoft.com/office/word"
    modern = w("compat", w("compatSetting", name="compatibilityMode", uri=uri, val=15))
    return part(
        "settings",
        w("zoom", percent=100),
        w("defaultTabStop", val=567),
        notes,
        modern,
        w("themeFontLang", val=tag(language)),
    )


def footnotes(notes: list[str]) -> bytes:
    """Return the part of footnotes."""
    plain = w("pPr", w("spacing", after=0, line=240, lineRule="auto"))
    line = w("footnote", w("p", plain, w("r", w("separator"))), type_="separator", id=-1)
    more = w("footnote", w("p", plain, w("r", w("continuationSeparator"))), type_="continuationSeparator", id=0)
    return part("footnotes", line, more, *notes)
