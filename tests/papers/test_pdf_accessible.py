"""Two independent checkers of PDF/UA-1 find nothing in the PDF of any report: pdfua and page.

pdfua is built on pikepdf, page on a reader of its own, which also checks PDF/A-3a. Both check what a machine can.
"""

import io
from pathlib import Path

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen

from projections.papers.look import Look
from projections.papers.render.pdf import rendered
from tests.papers.every_report import FEW, MANY, REPORTS, layout_of

pdfua = pytest.importorskip("pdfua", reason="pdfua is not installed")
page = pytest.importorskip("page", reason="page-validation is not installed")
pikepdf = pytest.importorskip("pikepdf", reason="pikepdf is not installed")
pytestmark = pytest.mark.slow

WIDTHS = ("PDFUA1-FONT-GLYPH-WIDTH-001", "PDFA3A-TRUETYPE-GLYPH-WIDTH-001")
"""The rule that widths in a font are those of its program. page 0.11 applies the matrix of a CID-keyed font twice where
its parts have none of their own, and finds 0 for each character of the Chinese font; `_widths` checks it instead."""


def _widths(path: Path) -> list[str]:
    """Return the Chinese fonts of a PDF with a character whose width is not that of the font's program: 1 em."""
    wrong = []
    with pikepdf.open(path) as file:
        for own in file.objects:
            if isinstance(own, pikepdf.Dictionary) and "/FontFile3" in own:
                fonts = CFFFontSet()
                fonts.decompile(io.BytesIO(own.FontFile3.read_bytes()), None, isCFF2=False)
                for glyph in fonts.topDictIndex[0].CharStrings.values():
                    glyph.draw(NullPen())
                    wrong += [str(own.FontName)] * (glyph.width != 1000)
    return wrong


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("engagements", [FEW, MANY])
@pytest.mark.parametrize("name", REPORTS)
def test_both_checkers_find_nothing(name: str, engagements: int, language: str, tmp_path: Path) -> None:
    """The PDF is what its metadata say: PDF/UA-1 and PDF/A-3a."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(rendered(layout_of(name, engagements, language), Look()))
    assert [] == [f"{found.rule_id}: {found.message}" for found in pdfua.validate(path).findings]
    failures = [
        failure
        for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A)
        for failure in page.validate_pdf_bytes(path.read_bytes(), profile=profile).failures
    ]
    assert [] == [failure.message for failure in failures if failure.rule_id not in WIDTHS]
    assert all("CIDFontType0C" in failure.message for failure in failures)
    assert [] == _widths(path)


def test_they_would_find_something(tmp_path: Path) -> None:
    """A PDF without its language and its title is found out by both."""
    path = tmp_path / "paper.pdf"
    with pikepdf.open(io.BytesIO(rendered(layout_of("engagement", FEW, "en"), Look()))) as file:
        del file.Root.Lang
        del file.Root.StructTreeRoot
        file.save(path)
    assert pdfua.validate(path).findings
    assert not page.validate_pdf_bytes(path.read_bytes(), profile=page.ValidationProfile.PDF_UA_1).is_compliant
