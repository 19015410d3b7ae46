"""A paper as PDF: what is printed is in it, as it is; equal papers are equal files; its figures are read back."""

import hashlib
import re
import shutil
import subprocess
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from projections.papers import printed
from projections.papers.glyphs import MissingGlyphs
from projections.papers.house import BadHouse
from projections.papers.layout import laid_out
from projections.papers.look import Look
from projections.papers.model import Masthead
from projections.papers.read_back import pdf as back
from projections.papers.read_back.errors import NotReadable
from projections.papers.render.pdf import breakable, rendered
from tests.papers import sample
from tests.papers.printable import THAI, bare, elsewhere, layout, texts

needs_reader = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
PROGRAM = """
import hashlib, json, resource
from projections.papers.look import Look
from projections.papers.render.pdf import rendered
from tests.papers.printable import layout
file = rendered(layout(count={count}), Look())
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([hashlib.sha256(file).hexdigest(), used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, len(file)]))
"""


@pytest.fixture(scope="module")
def file() -> bytes:
    """Return the sample as PDF."""
    return rendered(layout(), Look())


def read_text(file: bytes, folder: Path, order: str = "-raw") -> str:
    """Return the text of a PDF as a reader copies it."""
    (folder / "paper.pdf").write_bytes(file)
    command = ["pdftotext", order, str(folder / "paper.pdf"), "-"]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()


@needs_reader
def test_each_text_is_in_the_file(file: bytes, tmp_path: Path) -> None:
    """Every line of the layout can be copied out of the PDF, names that look like markup among them."""
    text = bare(read_text(file, tmp_path))
    lines = [line for line in texts(layout()) if not printed.is_rtl(line)]
    assert [] == [line for line in lines if bare(line) not in text]
    for name in sample.HOSTILE[:6]:
        assert bare(name) in text


@needs_reader
def test_names_of_other_scripts_keep_their_order(file: bytes, tmp_path: Path) -> None:
    """An Arabic name is neither reordered nor does it reorder the name after it."""
    text = re.sub("[\u202a-\u202e\u2066-\u2069]", "", read_text(file, tmp_path, "-layout"))
    assert "شركة المثال للتقنية" in text
    assert "长桥市示例科技有限公司" in text
    assert "ООО «Пример»; Example Institute" in text
    assert "\N{REPLACEMENT CHARACTER}" not in text


@needs_reader
def test_foot_and_symbol_are_on_each_page(file: bytes, tmp_path: Path) -> None:
    """The foot, the symbol and the number of the page stand on every page, the head of a long table on each of its."""
    pages = read_text(file, tmp_path).removesuffix("\f").split("\f")
    for number, page in enumerate(pages, 1):
        assert "As of 31 December 2024, position 711" in page
        assert f"{number}/{len(pages)}" in page
    assert all("Signed on" in page for page in pages[2:])
    assert len(pages) > 4


def test_it_says_which_standards_it_follows(file: bytes) -> None:
    """The metadata name PDF/A-3a and PDF/UA-1, the language and the title."""
    for said in (b"<pdfaid:part>3<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<", b"/Lang", b"/Outlines"):
        assert said in file, said
    assert b"Partnerships and resource mobilization 2024" in file


@pytest.mark.slow
def test_equal_papers_are_equal_files(file: bytes) -> None:
    """The bytes depend on no time, zone, language or order of hashes."""
    digest, *_ = elsewhere(PROGRAM.format(count=60), zone="Pacific/Kiritimati", language="ar_EG.UTF-8", seed="7")
    assert hashlib.sha256(file).hexdigest() == digest


def test_a_character_without_glyph_is_named() -> None:
    """No file is made with an empty box: the error names the texts and the characters."""
    with pytest.raises(MissingGlyphs, match=r"No font has ง \(U\+0E07\), .*, in 'มหาวิทยาลัยตัวอย่าง'\.") as caught:
        rendered(sample.layout(), Look())
    assert (THAI,) == caught.value.texts
    assert set(THAI) == set(caught.value.characters)


def test_glyphs_of_masthead_and_charts_are_checked_too() -> None:
    """A character of the masthead is no other than one of a name."""
    head = replace(sample.paper().masthead, session="第三十二届会议 ก")
    with pytest.raises(MissingGlyphs, match=r"No font has ก \(U\+0E01\), in '第三十二届会议 ก'\."):
        rendered(layout(masthead=head), Look())


def test_a_house_must_have_the_fonts_that_it_names() -> None:
    """A family without a file is refused: the paper would look like another house."""
    with pytest.raises(BadHouse, match="no file in fonts/ has the family 'No Such Font'"):
        rendered(layout(count=1), Look(pdf_fonts=("No Such Font", "Noto Sans")))


def test_fonts_of_the_ledger_follow_those_of_the_house() -> None:
    """A house that names one family still prints Arabic and Chinese names."""
    assert rendered(layout(count=12), Look(pdf_fonts=("Noto Sans",))).startswith(b"%PDF-")


def test_a_logo_stands_in_the_masthead(tmp_path: Path) -> None:
    """A logo of the house is drawn; one that cannot be read, or a template that fails, is refused by name."""
    logo = tmp_path / "logo.svg"
    logo.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>')
    assert rendered(layout(count=1), Look(logo=logo)) != rendered(layout(count=1), Look())
    logo.write_text("no image")
    with pytest.raises(BadHouse, match=r"logo\.svg cannot be used: Typst says"):
        rendered(layout(count=1), Look(logo=logo))
    template = tmp_path / "house.typ"
    template.write_text("#panic()")
    with pytest.raises(BadHouse, match=r"house\.typ cannot be used: Typst says 'panicked'"):
        rendered(layout(count=1), Look(typst=template))


def test_figures_are_read_back_with_their_pages(file: bytes) -> None:
    """The attached data lists each figure as it is printed, in the order of reading, with its page."""
    read = back.read_pdf(file)
    expected = [(run.pointer, run.text) for run in printed.figures(layout())]
    assert expected == [(mark.pointer, mark.now) for mark in read.marks]
    pages = [int(mark.place.removeprefix("page ")) for mark in read.marks]
    assert pages == sorted(pages)
    assert (1, 2) == (pages[0], max(pages))
    assert {"report": "partnerships", "parameters": {"year": 2024}} == read.data["manifest"]
    assert ("2025-05-02", "TDAG-25/5-E") == (read.data["dated"], read.data["symbol"])


def test_broken_files_are_refused(file: bytes) -> None:
    """A file that is cut, changed or large ends in a sentence, never in a traceback."""
    for data in (
        b"",
        b"%PDF-1.7",
        b"PK\x03\x04",
        file[: len(file) // 2],
        file.replace(b"/EmbeddedFile", b"/Embeddedfile"),
    ):
        with pytest.raises(NotReadable):
            back.read_pdf(data)
    found = re.search(rb"/Type\s?/EmbeddedFile", file)
    assert found
    for at in range(found.start(), found.start() + 600, 7):
        changed = bytearray(file)
        changed[at] ^= 0x55
        try:
            back.read_pdf(bytes(changed))
        except NotReadable:
            continue


def test_a_bomb_is_not_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    """An attachment that would take much memory is refused when it passes the limit."""
    monkeypatch.setattr(back, "LARGEST_PDF", 1_000_000)
    packed = zlib.compress(b"0" * 5_000_000)
    head = b"%%PDF-1.7\n1 0 obj\n<</Type /EmbeddedFile /Filter /FlateDecode /Length %d>>\nstream\n" % len(packed)
    with pytest.raises(NotReadable, match="more than 1,000,000 bytes"):
        back.read_pdf(head + packed + b"\nendstream\nendobj\n")


@needs_reader
def test_a_paper_from_right_to_left(tmp_path: Path) -> None:
    """In Arabic the numbers and the Latin names are as they are, and the page is laid out from the right."""
    given = layout(language="ar", direction="rtl", masthead=_arabic())
    file = rendered(given, Look())
    assert [run.text for run in printed.figures(given)] == [mark.now for mark in back.read_pdf(file).marks]
    text = re.sub("[\u200b\u202a-\u202e\u2066-\u2069]", "", read_text(file, tmp_path, "-layout"))
    assert "31,140,000" in text
    assert "ООО «Пример»" in text
    assert re.search(r"-1\.50", text)


def _arabic() -> Masthead:
    return replace(sample.paper().masthead, organization="منظمة المثال", title=sample.words("الشراكات وتعبئة الموارد"))


def test_an_empty_paper_is_a_file() -> None:
    """A paper without boxes, parts and annexes has its masthead."""
    paper = replace(sample.paper(), boxes=(), parts=(), annexes=(), figures={})
    file = rendered(laid_out(paper, sample.TERMS, sample.ENGLISH), Look())
    assert () == back.read_pdf(file).marks


def test_only_a_word_longer_than_its_line_may_break() -> None:
    """A zero-width space stands within a very long word only."""
    assert "a short text" == breakable("a short text", 60, 10)
    assert "\u200b" in breakable("x" * 200, 60, 10)
    assert "长桥市示例科技有限公司" == breakable("长桥市示例科技有限公司", 20, 10)
