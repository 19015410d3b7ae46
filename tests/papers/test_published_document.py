"""The document on partnership agreements of 2024: its figures, read back out of each form, are those published."""

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from cli.main import run
from projections.papers.read_back import any_form
from projections.queries.figures import escaped

ROOT = Path(__file__).parents[2]
REGISTER = ROOT / "demo" / "data" / "register.csv"
EXPECTED = ROOT.parent / "shared" / "data" / "tdag25" / "expected.json"
FORMS = ("docx", "pdf", "xlsx", "html")
SENTENCES = (
    "In 2024, 89 partnership agreements were signed, of which 53 included financial contributions totalling",
    "approximately USD 33.8 million, with 92 per cent contributed by partners and 8 per cent by the organization",
    "73 partners",
    "USD 31.1 million",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, bytes]]:
    """Return the document in each form, written by documented commands."""
    folder, before = tmp_path_factory.mktemp("document"), Path.cwd()
    os.chdir(folder)
    try:
        assert 0 == run(["init", "--origin", "example.org/ledger", "--currency", "USD"])
        assert 0 == run(["import", "tdag25", str(REGISTER)])
        for form in FORMS:
            words = ["report", "partnerships", "--year", "2024", "--symbol", "C25/61", "--dated", "2025-05-02"]
            assert 0 == run([*words, "-o", f"document.{form}"])
        yield {form: Path(f"document.{form}").read_bytes() for form in FORMS}
    finally:
        os.chdir(before)


def _figures(data: bytes) -> dict[str, str]:
    """Return the texts of the figures of a file by pointer, the longest where one is printed in several styles."""
    found: dict[str, str] = {}
    for mark in any_form.read_document(data)[1].marks:
        if mark.pointer and len(mark.now) >= len(found.get(mark.pointer, "")):
            found[mark.pointer] = mark.now
    return found


def _number(text: str) -> Decimal:
    return Decimal(re.sub(r"[^0-9.]", "", text))


def _expected(published: dict[str, Any]) -> Iterator[tuple[str, str | int]]:
    for name in ("agreements", "agreements_with_contribution", "partners", "partners_with_contribution", "total_usd",
                 "partner_usd"):  # fmt: skip
        yield f"/{name}", published[name]
    for area in ("partners_by_type", "partners_by_membership"):
        yield from ((f"/{area}/{escaped(name)}", number) for name, number in published[area].items())
    for rank, (name, amount) in enumerate(published["top10"]):
        yield from ((f"/top10/{rank}/0", name), (f"/top10/{rank}/1", amount))
    for area in ("regions", "priorities", "trend"):
        for name, values in published[area].items():
            yield from ((f"/{area}/{escaped(name)}/{member}", value) for member, value in values.items())


@pytest.mark.shared_data
@pytest.mark.parametrize("form", FORMS)
def test_each_published_figure_is_read_back(form: str, files: dict[str, bytes]) -> None:
    """Every published total, share of a type, rank, region, priority and year stands in the file, by its mark."""
    if not EXPECTED.is_file():
        pytest.skip("the shared data folder is not beside the project")
    figures = _figures(files[form])
    expected = dict(_expected(json.loads(EXPECTED.read_text("utf-8"))))
    assert [] == [pointer for pointer in expected if pointer not in figures]
    for pointer, value in expected.items():
        if re.fullmatch("/top10/[0-9]+/0", pointer):
            assert str(value) == figures[pointer]
        elif "million" not in figures[pointer]:
            assert Decimal(value) == _number(figures[pointer]), pointer
    assert len(expected) > 70


@pytest.mark.parametrize("form", FORMS)
def test_the_sentences_can_be_read(form: str, files: dict[str, bytes], tmp_path: Path) -> None:
    """What the model of the report says in sentences stands in the visible text of each form."""
    text = " ".join(visible(form, files[form], tmp_path).replace("\N{NO-BREAK SPACE}", " ").split())
    for sentence in SENTENCES:
        assert sentence in text, sentence
    for number in ("19,820,000.00", "17,142,242.79", "3,908,433.76", "33,826,190.48", "31,100,000.00"):
        assert number in text or number.replace(",", "").rstrip("0").rstrip(".") in text, number


def visible(form: str, data: bytes, folder: Path) -> str:
    """Return the text that a reader of a file sees."""
    if form == "html":
        return _Text(data.decode()).text
    if form == "pdf":
        if shutil.which("pdftotext") is None:
            pytest.skip("pdftotext is not installed")
        (folder / "document.pdf").write_bytes(data)
        command = ["pdftotext", str(folder / "document.pdf"), "-"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()
    (folder / "file").write_bytes(data)
    with zipfile.ZipFile(folder / "file") as package:
        wanted = ("word/document.xml",) if form == "docx" else tuple(
            name for name in package.namelist() if re.match("xl/(sharedStrings|worksheets/sheet[0-9]+)", name)
        )  # fmt: skip
        texts = [package.read(name).decode() for name in wanted]
    # Within a paragraph or cell runs follow one another; between them there is a space.
    return _Text(re.sub("</(w:p|si|c)>", " ", " ".join(texts))).text


class _Text(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.is_style = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self.is_style = False
        self.text += " " if tag in ("p", "td", "th", "li", "h2", "h3", "caption") else ""

    def handle_data(self, data: str) -> None:
        self.text += "" if self.is_style else data
