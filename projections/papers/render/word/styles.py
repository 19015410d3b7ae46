"""The styles and lists of a Word document, where a house has no template of its own."""

from collections.abc import Iterator

from projections.papers.look import Look
from projections.papers.render.word.xml import w

INK = "1d2733"
QUIET = "5b6673"
INDENT, HEADING = 567, 737
"""A centimetre, in twentieths of a point: the room of a paragraph's number."""
BODY_LINE, TABLE_LINE = 240, 216
"""The heights of a line, in 240ths of what the font asks for: Noto Sans asks for much, for scripts with marks."""
LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES", "ru": "ru-RU", "ar": "ar-SA", "zh": "zh-CN"}
"""The language tags by which Word checks spelling."""
LIST, ANNEX_LIST = 1, 2
"""The lists of the numbered paragraphs, and of subparagraphs below paragraphs without a number."""


def tag(language: str) -> str:
    """Return the language tag that Word knows."""
    return LANGUAGES.get(language, language)


def styles(look: Look, language: str, direction: str) -> str:
    """Return the contents of the part of styles: defaults and every style that a document uses."""
    accent = look.accent.lstrip("#")
    return "".join([_defaults(look, language), *_texts(accent, direction), *_table_texts(direction), _table(accent)])


def _defaults(look: Look, language: str) -> str:
    east = language if language in ("zh", "ja", "ko") else "zh"
    right = language if language in ("ar", "he", "fa", "ur") else "ar"
    fonts = w("rFonts", ascii=look.word_font, hAnsi=look.word_font, eastAsia=look.word_east_asian, cs=look.word_complex)
    known = w("lang", val=tag(language), eastAsia=tag(east), bidi=tag(right))
    return w(
        "docDefaults",
        w("rPrDefault", w("rPr", fonts, w("color", val=INK), *_size(10.5), known)),
        w("pPrDefault", w("pPr", w("spacing", after=120, line=BODY_LINE, lineRule="auto"))),
    )


def _size(points: float) -> tuple[str, str]:
    return w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))


def _style(
    ident: str, name: str, paragraph: str = "", letters: str = "", *, base: str = "Normal", then: str = ""
) -> str:
    return w(
        "style",
        w("name", val=name),
        w("basedOn", val=base) if base else "",
        w("next", val=then) if then else "",
        w("qFormat"),
        w("pPr", paragraph) if paragraph else "",
        w("rPr", letters) if letters else "",
        type_="paragraph",
        styleId=ident,
        **({"default": 1} if not base else {}),
    )


def _bold(points: float, color: str = "") -> str:
    return "".join([w("b"), w("bCs"), w("color", val=color) if color else "", *_size(points)])


def _texts(accent: str, direction: str) -> Iterator[str]:
    sized = {points: "".join(_size(points)) for points in (8, 8.5, 9.5)}
    keep = w("keepNext") + w("keepLines")
    border = "".join(w(side, val="single", sz=6, space=6, color=accent) for side in ("top", "left", "bottom", "right"))
    yield _style("Normal", "Normal", w("bidi") if direction == "rtl" else "", base="")
    centred = w("jc", val="center")
    yield _style(
        "Title", "Title", keep + w("spacing", before=200, after=240) + centred, _bold(17, accent), then="Normal"
    )
    yield _style("Source", "Source", keep + w("spacing", before=240, after=60) + centred, _bold(10.5))
    yield _style("Masthead", "Masthead", w("spacing", after=20, line=240, lineRule="auto"), sized[9.5])
    yield _style("Organization", "Organization", "", _bold(13), base="Masthead")
    yield _style("Box", "Box", w("keepLines") + w("pBdr", border) + w("ind", left=142, right=142))
    for level, points in ((1, 13), (2, 11.5), (3, 10.5)):
        tabs = w("tabs", w("tab", val="left", pos=HEADING))
        space = w("spacing", before=300 if level == 1 else 220, after=100)
        outline = w("outlineLvl", val=level - 1)
        heading = keep + tabs + space + w("ind", left=HEADING, hanging=HEADING) + outline
        yield _style(f"Heading{level}", f"heading {level}", heading, _bold(points, accent), then="Numberedparagraph")
    yield _style("Annexheading", "Annex heading", w("ind", left=0, firstLine=0), base="Heading1", then="Normal")
    yield _style("Numberedparagraph", "Numbered paragraph")
    yield _style("Subparagraph", "Subparagraph", w("ind", left=2 * INDENT, hanging=INDENT))
    # LibreOffice mirrors the letters of a chart in a paragraph from right to left; the chart has its own direction.
    side = w("bidi", val=0) if direction == "rtl" else ""
    yield _style("Picture", "Picture", side + w("spacing", after=200, line=240, lineRule="auto"))
    yield _style("Closingrule", "Closing rule", _closing(), sized[8])
    yield _style("Header", "header", w("spacing", after=0) + w("jc", val="right"), sized[9.5])
    rule = w("pBdr", w("top", val="single", sz=4, space=4, color="c3cad2"))
    yield _style("Footer", "footer", rule + w("spacing", after=0), w("color", val=QUIET) + sized[8])
    yield _style("FootnoteText", "footnote text", w("spacing", after=40, line=240, lineRule="auto"), sized[8.5])
    raised = w("rPr", w("vertAlign", val="superscript"))
    name = w("name", val="footnote reference")
    yield w("style", name, w("qFormat"), raised, type_="character", styleId="FootnoteReference")


def _closing() -> str:
    # A short rule in the middle of the line: it ends the text.
    rule = w("pBdr", w("top", val="single", sz=6, space=1, color=INK))
    return rule + w("spacing", before=240, after=0)


def _table_texts(direction: str) -> Iterator[str]:
    # Word takes "left" for the side where a line begins: numbers stand at the right also where that is the left.
    right = w("jc", val="left" if direction == "rtl" else "right")
    space = w("spacing", before=20, after=20, line=TABLE_LINE, lineRule="auto")
    yield _style("Tabletext", "Table text", space, "".join(_size(8.5)))
    yield _style("Tablenumber", "Table number", right, base="Tabletext")
    yield _style("Tablehead", "Table head", w("keepNext"), w("b") + w("bCs"), base="Tabletext")
    yield _style("Tableheadnumber", "Table head of numbers", right, base="Tablehead")
    above = w("keepNext") + w("keepLines") + w("spacing", before=240, after=80)
    yield _style("Caption", "caption", above, _bold(9.5), then="Tabletext")
    below = w("keepLines") + w("spacing", before=40, after=40, line=240, lineRule="auto")
    yield _style(
        "Tableend", "Table end", w("spacing", before=0, after=0, line=120, lineRule="exact"), "".join(_size(4))
    )
    yield _style("Tablenote", "Table note", below, "".join(_size(8)))


def _table(accent: str) -> str:
    # Rules at the top, under the heads and at the bottom (United Nations Editorial Manual, tables).
    top, bottom = (w(side, val="single", sz=8, space=0, color=accent) for side in ("top", "bottom"))
    plain = w(
        "style",
        w("name", val="Normal Table"),
        w("tblPr", w("tblCellMar", w("left", w=70, type_="dxa"), w("right", w=70, type_="dxa"))),
        type_="table",
        default=1,
        styleId="TableNormal",
    )
    heads = w("tblStylePr", w("tcPr", w("tcBorders", bottom)), type_="firstRow")
    ruled = w(
        "style",
        w("name", val="Ledger table"),
        w("basedOn", val="TableNormal"),
        w("qFormat"),
        w("tblPr", w("tblBorders", top, bottom)),
        heads,
        type_="table",
        styleId="Ledgertable",
    )
    return plain + ruled


def lists(language: str, restarts: int) -> str:
    """Return the contents of the part of lists. `restarts` is the number of lists that begin with (a) once more."""
    letter = "%2)" if language in ("fr", "es") else "(%2)"  # United Nations Editorial Manual, paragraphs
    number = w("pPr", w("tabs", w("tab", val="num", pos=INDENT)), w("ind", left=0, firstLine=0))
    sub = w("pPr", w("ind", left=2 * INDENT, hanging=INDENT))

    def level(index: int, form: str, text: str, properties: str) -> str:
        begin = w("start", val=1) + w("numFmt", val=form)
        return w("lvl", begin, w("lvlText", val=text), w("lvlJc", val="left"), properties, ilvl=index)

    def kind(ident: int) -> str:
        levels = level(0, "decimal", "%1.", number) + level(1, "lowerLetter", letter, sub)
        return w("abstractNum", w("multiLevelType", val="multilevel"), levels, abstractNumId=ident)

    first = w("num", w("abstractNumId", val=LIST), numId=LIST)
    begin = w("lvlOverride", w("startOverride", val=1), ilvl=1)
    more = [w("num", w("abstractNumId", val=ANNEX_LIST), begin, numId=ANNEX_LIST + index) for index in range(restarts)]
    return kind(LIST) + kind(ANNEX_LIST) + first + "".join(more)
