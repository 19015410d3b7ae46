"""A laid-out paper as a Word document: styles, a list of paragraphs, footnotes, charts with their workbooks.

Each figure is a bookmark, and a part of its own names them all, so that a program can read the figures back out of the
document after an editor has been through it. Equal papers give equal bytes.
"""

from dataclasses import dataclass, field
from datetime import datetime

from projections.papers.carried import as_json, data_of
from projections.papers.layout import ChartItem, Flow, Heading, Item, Layout, TableItem, Text, plain
from projections.papers.look import Look
from projections.papers.model import Box, Line
from projections.papers.render import native_chart
from projections.papers.render.word import page, styles, template, theme
from projections.papers.render.word.lines import Lines, anchors, start_of
from projections.papers.render.word.package import NAMESPACE, THEME, WORD, Package
from projections.papers.render.word.tables import caption, table
from projections.papers.render.word.xml import DECLARATION, escaped, paragraph, part, run, runs, w

CLOSING = 1700
"""The length of the rule below the text, in twentieths of a point."""


def rendered(layout: Layout, look: Look) -> bytes:
    """Return a paper as DOCX. Raises BadHouse if the template of the house cannot be read."""
    paper = layout.paper
    given = template.read(look.word, styles.styles(look, paper.language, paper.direction))
    package = Package()
    package.add("styles.xml", given.styles, f"{WORD}.styles+xml", "styles")
    package.add("theme/theme1.xml", given.theme or theme.theme(look), THEME, "theme")
    package.add("fontTable.xml", theme.fonts(look), f"{WORD}.fontTable+xml", "fontTable")
    pages = page.Pages(package, layout, look, given.margins)
    lines = Lines(paper.direction, anchors(layout))
    body = _Body(layout, look, package, pages, lines)
    document = part("document", w("body", *body.blocks()))
    package.add(
        "numbering.xml",
        part("numbering", styles.lists(paper.language, body.restarts)),
        f"{WORD}.numbering+xml",
        "numbering",
    )
    package.add("settings.xml", page.settings(paper.language), f"{WORD}.settings+xml", "settings")
    package.add("footnotes.xml", page.footnotes(lines.footnotes), f"{WORD}.footnotes+xml", "footnotes")
    package.figures(_manifest(layout, lines))
    head = paper.masthead
    return package.finished(
        document,
        title=plain(head.title),
        creator=head.organization,
        language=styles.tag(paper.language),
        dated=paper.dated,
    )


def _manifest(layout: Layout, lines: Lines) -> bytes:
    marks = "".join(
        f'<figure id="{mark.ident}" pointer="{escaped(mark.pointer)}" text="{escaped(mark.text)}" '
        f'value="{escaped(mark.value)}" unit="{escaped(mark.unit)}" place="{escaped(mark.place)}"/>'
        for mark in lines.marks.marks
    )
    data = f"<data>{escaped(as_json(data_of(layout.paper)))}</data>"
    return f'{DECLARATION}<document xmlns="{NAMESPACE}">{data}<figures>{marks}</figures></document>'.encode()


@dataclass(slots=True)
class _Body:
    """Writes the blocks of the document, from the masthead to the rule below the last."""

    layout: Layout
    look: Look
    package: Package
    pages: page.Pages
    lines: Lines
    restarts: int = 0
    drawings: int = field(default=0)

    def blocks(self) -> list[str]:
        blocks = [*page.masthead(self.layout, self.look, self.package, self.pages), *map(self._box, self.layout.boxes)]
        flows = self.layout.flows or (Flow(wide=False, is_new=False, items=()),)
        for index, flow in enumerate(flows):
            room = self.pages.room(wide=flow.wide)
            blocks += [block for item in flow.items for block in self._item(item, room)]
            is_last = index == len(flows) - 1
            if is_last:
                beside = (room - CLOSING) // 2
                blocks.append(paragraph("Closingrule", properties=w("ind", left=beside, right=beside)))
            section = self.pages.section(wide=flow.wide, is_first=not index)
            if is_last:
                blocks.append(section)
            else:
                # A section ends with the properties of its last paragraph.
                blocks[-1] = blocks[-1].replace("</w:pPr>", f"{section}</w:pPr>", 1)
        return blocks

    def _box(self, box: Box) -> str:
        label = runs(box.label, self.lines.base, "<w:b/><w:bCs/>")
        return paragraph("Box", label, run("\n"), self.lines.line(box.line, box.label))

    def _item(self, item: Item, room: int) -> list[str]:
        if isinstance(item, Heading):
            return [self._heading(item)]
        if isinstance(item, Text):
            return self._text(item)
        if isinstance(item, TableItem):
            return table(self.lines, item, room)
        return self._chart(item, room)

    def _heading(self, item: Heading) -> str:
        is_annex = item.number.startswith(f"{self.layout.terms.annex} ")
        number = runs(item.number, self.lines.base) + run(" " if is_annex else "\t")
        text = self.lines.line(item.line, start_of(item.line))
        style = "Annexheading" if is_annex else f"Heading{min(item.level, 3)}"
        return paragraph(style, self.lines.anchored(item.key, number + text))

    def _text(self, item: Text) -> list[str]:
        place = f"paragraph {item.number}" if item.number else start_of(item.line)
        written = self.lines.line(item.line, place)
        if item.number:
            blocks = [paragraph("Numberedparagraph", written, properties=_listed(0, styles.LIST))]
            ident = styles.LIST
        else:
            blocks = [paragraph("Normal", written)]
            self.restarts += bool(item.items)
            ident = styles.ANNEX_LIST + self.restarts - 1
        for index, line in enumerate(item.items):
            blocks.append(self._subparagraph(line, f"{place} ({chr(ord('a') + index)})", ident))
        return blocks

    def _subparagraph(self, line: Line, place: str, ident: int) -> str:
        return paragraph("Subparagraph", self.lines.line(line, place), properties=_listed(1, ident))

    def _chart(self, item: ChartItem, room: int) -> list[str]:
        self.drawings += 1
        given = native_chart.drawing(item.chart, self.layout)
        made = datetime.fromisoformat(self.layout.paper.dated)
        relation = self.package.chart(*native_chart.for_word(given, self.look, made))
        drawn = page.drawing(
            page.chart(relation),
            room * page.EMU,
            round(given.high * page.PIXEL),
            self.drawings,
            item.label,
            item.alternative,
        )
        return [caption(self.lines, item.picture.key, item.label, item.picture.title), paragraph("Picture", drawn)]


def _listed(level: int, ident: int) -> str:
    return w("numPr", w("ilvl", val=level), w("numId", val=ident))
