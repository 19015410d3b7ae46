"""A paper as a Word document: all its texts, styles that Word knows, figures as bookmarks, native charts."""

import io
from dataclasses import replace
from functools import cache

import docx as python_docx
import pytest

from projections.papers.layout import TableItem, laid_out, plain
from projections.papers.look import Look
from projections.papers.model import Grid, Noted, Printed
from projections.papers.render import docx
from tests.papers import office
from tests.papers.office import MARKS, W
from tests.papers.sample import ENGLISH, HOSTILE, TERMS, layout, paper

DOCUMENT = "word/document.xml"


@cache
def made() -> bytes:
    """Return the sample as a file."""
    return docx.rendered(layout(), Look())


def test_every_text_is_in_the_document() -> None:
    """Each line stands in one paragraph as it is, and each note in the footnotes."""
    texts = office.paragraphs(made()) + office.paragraphs(made(), "word/footnotes.xml")
    whole = "\n".join(texts)
    missing = [plain(line) for line in office.lines(layout()) if plain(line).translate(MARKS) not in whole]
    assert not missing


def test_the_masthead_is_on_the_first_page() -> None:
    """Organization, body, session, symbol, date and language stand before the first section."""
    texts = "\n".join(office.paragraphs(made()))
    head = layout().paper.masthead
    above, _, _ = texts.partition("Background")
    for text in (head.organization, head.body, head.session, head.symbol, head.date, head.original):
        assert text in above


@pytest.mark.parametrize("name", HOSTILE)
def test_names_print_as_they_are(name: str) -> None:
    """No name is read as markup, and none is changed."""
    assert any(name in text for text in office.paragraphs(made()))


def test_all_parts_are_well_formed() -> None:
    """Each part is XML, and each chart has its workbook."""
    given = office.parts(made())
    for name, part in given.items():
        if name.endswith((".xml", ".rels")):
            office.tree(part)
    charts = [name for name in given if name.startswith("word/charts/chart")]
    books = [part for name, part in given.items() if name.endswith(".xlsx")]
    assert len(charts) == len(books) == 3
    assert all("xl/workbook.xml" in office.parts(book) for book in books)


def test_another_reader_opens_it() -> None:
    """Headings have the levels of Word, paragraphs are of a list, and the tables are tables."""
    opened = python_docx.Document(io.BytesIO(made()))
    styles = [(text.style.name, text.text) for text in opened.paragraphs if text.style]
    assert ("Heading 1", "II.\tResults in 2024") in styles
    assert ("Heading 2", "A.\tNames") in styles
    assert len(opened.tables) == sum(isinstance(item, TableItem) for flow in layout().flows for item in flow.items) + 1
    assert opened.core_properties.created is not None
    assert opened.core_properties.created.date().isoformat() == layout().paper.dated


def test_paragraphs_are_numbered_by_a_list() -> None:
    """No digit is typed before a paragraph, so that Word renumbers."""
    tree = office.tree(office.parts(made())[DOCUMENT])
    numbered = [block for block in tree.iter(f"{W}p") if block.find(f"{W}pPr/{W}numPr") is not None]
    texts = ["".join(text.text or "" for text in block.iter(f"{W}t")) for block in numbered]
    assert texts[0] == "The Conference asked for a report."
    assert "the first, by type;" in texts


def test_rows_stay_on_a_page_and_heads_are_repeated() -> None:
    """No row is broken, and each table with heads repeats them."""
    tree = office.tree(office.parts(made())[DOCUMENT])
    captioned = [table for table in tree.iter(f"{W}tbl") if table.find(f"{W}tblPr/{W}tblCaption") is not None]
    assert len(captioned) == 4
    for table in captioned:
        rows = table.findall(f"{W}tr")
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)


def test_references_lead_to_bookmarks() -> None:
    """Each link has its target, and no bookmark has the name of another."""
    tree = office.tree(office.parts(made())[DOCUMENT])
    names = [mark.get(f"{W}name") for mark in tree.iter(f"{W}bookmarkStart")]
    assert len(set(names)) == len(names)
    links = [link.get(f"{W}anchor") for link in tree.iter(f"{W}hyperlink")]
    assert len(links) == 3
    assert set(links) <= set(names)


def test_a_note_of_a_table_has_a_letter_and_no_footnote() -> None:
    """Footnotes belong to the text; notes of tables stand below them."""
    given = paper()
    part = given.parts[1]
    grid = part.blocks[2]
    assert isinstance(grid, Grid)
    noted = replace(grid, title=(*grid.title, Noted((Printed("/share", "92", 92, "percent"),))))
    results = replace(part, blocks=tuple(noted if block is grid else block for block in part.blocks))
    laid = laid_out(replace(given, parts=(given.parts[0], results)), TERMS, ENGLISH)
    data = docx.rendered(laid, Look())
    assert "a 92" in office.paragraphs(data)
    assert len(office.paragraphs(data, "word/footnotes.xml")) == len(office.paragraphs(made(), "word/footnotes.xml"))


def test_right_to_left() -> None:
    """Paragraphs, tables and sections run from right to left; Latin names keep their direction."""
    laid = laid_out(replace(paper(language="ar"), direction="rtl"), TERMS, ENGLISH)
    given = office.parts(docx.rendered(laid, Look()))
    assert b"<w:bidi/>" in given["word/styles.xml"]
    assert b"<w:bidiVisual/>" in given[DOCUMENT]
    assert b'<w:pPr><w:bidi w:val="0"/>' in given["word/styles.xml"]  # charts: LibreOffice would mirror their letters
    assert b'w:bidi="ar' in given["word/styles.xml"]
    assert "شركة المثال للتقنية" in "\n".join(office.paragraphs(office.packed(given)))
