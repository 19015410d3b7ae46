"""The package of a Word document: its parts, what they are, and how they refer to each other."""

from dataclasses import dataclass, field

from projections.papers.render.normal_zip import zipped
from projections.papers.render.word.xml import DECLARATION, escaped

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
PROPERTIES = "application/vnd.openxmlformats-package.core-properties+xml"
CUSTOM = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
DEFAULTS = {
    "png": "image/png",
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
}
FIGURES = "{5D0D8F25-4C4E-5B5F-9C0B-2E5B9C3B7A11}"
"""The name by which Word keeps the part of figures."""
NAMESPACE = "urn:engagement-ledger:document"
"""The namespace of the part that names the figures of a document."""


@dataclass(slots=True)
class Package:
    """Collects the parts of a document."""

    parts: dict[str, bytes] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    related: list[tuple[str, str]] = field(default_factory=list)
    charts: int = 0

    def add(self, name: str, data: bytes, kind: str, relation: str) -> str:
        """Add a part that the document part refers to, and return the id of the reference."""
        self.parts[f"word/{name}"] = data
        if kind:
            self.kinds[f"/word/{name}"] = kind
        return self.relate(relation, name)

    def relate(self, relation: str, target: str) -> str:
        """Return the id of a reference from the document part."""
        self.related.append((f"{OFFICE}/{relation}", target))
        return f"rId{len(self.related)}"

    def chart(self, chart: bytes, workbook: bytes) -> str:
        """Add a chart with the workbook that it draws, and return the id of the reference."""
        self.charts += 1
        book = f"embeddings/Microsoft_Excel_Sheet{self.charts}.xlsx"
        self.parts[f"word/{book}"] = workbook
        to_book = [(f"{OFFICE}/package", f"../{book}")]
        self.parts[f"word/charts/_rels/chart{self.charts}.xml.rels"] = _relations(to_book)
        return self.add(f"charts/chart{self.charts}.xml", chart, CHART, "chart")

    def figures(self, part: bytes) -> None:
        """Add the part that names the figures."""
        self.parts["customXml/item1.xml"] = part
        schema = f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs>'
        names = 'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"'
        item = f'{DECLARATION}<ds:datastoreItem ds:itemID="{FIGURES}" {names}>{schema}</ds:datastoreItem>'
        self.parts["customXml/itemProps1.xml"] = item.encode()
        self.kinds["/customXml/itemProps1.xml"] = CUSTOM
        to_properties = [(f"{OFFICE}/customXmlProps", "itemProps1.xml")]
        self.parts["customXml/_rels/item1.xml.rels"] = _relations(to_properties)
        self.relate("customXml", "../customXml/item1.xml")

    def finished(self, document: bytes, *, title: str, creator: str, language: str, dated: str) -> bytes:
        """Return the file. Its times are the date of the document."""
        self.parts["word/document.xml"] = document
        self.kinds["/word/document.xml"] = f"{WORD}.document.main+xml"
        self.parts["word/_rels/document.xml.rels"] = _relations(self.related)
        self.parts["docProps/core.xml"] = _core(title, creator, language, dated)
        self.kinds["/docProps/core.xml"] = PROPERTIES
        core = f"{PACKAGE}/relationships/metadata/core-properties"
        first = [(f"{OFFICE}/officeDocument", "word/document.xml"), (core, "docProps/core.xml")]
        self.parts["_rels/.rels"] = _relations(first)
        self.parts["[Content_Types].xml"] = self._types()
        return zipped(self.parts)

    def _types(self) -> bytes:
        used = {name.rpartition(".")[2] for name in self.parts}
        types = [
            f'<Default Extension="{ending}" ContentType="{kind}"/>'
            for ending, kind in DEFAULTS.items()
            if ending in used
        ]
        types += [f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in sorted(self.kinds.items())]
        return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{"".join(types)}</Types>'.encode()


def _relations(related: list[tuple[str, str]]) -> bytes:
    inside = "".join(
        f'<Relationship Id="rId{index}" Type="{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(related, 1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'.encode()


def _core(title: str, creator: str, language: str, dated: str) -> bytes:
    names = (
        f'xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{dated}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
    )
    said = (
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>{escaped(creator)}</dc:creator>"
        f"<dc:language>{escaped(language)}</dc:language>"
    )
    return f"{DECLARATION}<cp:coreProperties {names}>{said}{times}</cp:coreProperties>".encode()
