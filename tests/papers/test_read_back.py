"""Figures read back out of a file: as they were printed, after an editor, after one digit changed, after damage."""

import random
import shutil
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from projections.papers import carried
from projections.papers.look import Look
from projections.papers.read_back import any_form
from projections.papers.read_back.alike import is_same as is_same_value
from projections.papers.read_back.errors import NotReadable
from projections.papers.read_back.marks import Mark, ReadBack
from projections.papers.render import docx, xlsx
from projections.reports.documents.document import rendered_document
from tests.papers import office, printable
from tests.papers.sample import layout

FORMS: dict[str, ModuleType] = {"docx": docx, "xlsx": xlsx}
MUTATIONS = 300


@cache
def made(form: str) -> bytes:
    """Return the sample as a file."""
    data: bytes = FORMS[form].rendered(layout(), Look())
    return data


def read(form: str, data: bytes) -> ReadBack:
    """Return what is read out of a file."""
    return any_form.READERS[form](data)


def differing(back: ReadBack) -> list[Mark]:
    """Return the figures that read otherwise now."""
    return [mark for mark in back.marks if mark.now != mark.stated]


@pytest.mark.parametrize("form", FORMS)
def test_every_figure_is_read_as_it_was_printed(form: str) -> None:
    """Each printed figure is there with its pointer, and the data of the paper."""
    back = read(form, made(form))
    assert sorted((mark.pointer, mark.now) for mark in back.marks if mark.pointer) == office.figures(layout())
    assert not differing(back)
    assert len({mark.ident for mark in back.marks}) == len(back.marks)
    assert back.data["manifest"] == layout().paper.data
    assert back.data["foot"] == layout().paper.foot


def test_a_digit_changed_in_a_paragraph_is_named_with_its_number() -> None:
    """The paragraph is the one that the document numbers."""
    text = '<w:t xml:space="preserve">92\N{NO-BREAK SPACE}per'
    data = office.changed(made("docx"), "word/document.xml", text, text.replace("92", "93"))
    (mark,) = differing(read("docx", data))
    assert (mark.pointer, mark.place) == ("/share", "paragraph 2")
    assert (mark.stated, mark.now) == (
        "92\N{NO-BREAK SPACE}per\N{NO-BREAK SPACE}cent",
        "93\N{NO-BREAK SPACE}per\N{NO-BREAK SPACE}cent",
    )


def test_a_digit_changed_in_a_table_is_named_with_its_cell() -> None:
    """A cell is named by table, row and column."""
    data = office.changed(made("docx"), "word/document.xml", ">22,200,000<", ">22,200,001<")
    (mark,) = differing(read("docx", data))
    assert (mark.place, mark.stated, mark.now) == ("Table 2, row 2, column 2", "22,200,000", "22,200,001")


def test_a_figure_that_was_removed_is_named_where_it_stood() -> None:
    """Its text now is empty."""
    given = office.parts(made("docx"))
    text = given["word/document.xml"].decode()
    start = text.index('w:name="f5"')
    given["word/document.xml"] = text.replace('w:name="f5"', 'w:name="other"').encode()
    assert start
    (mark,) = differing(read("docx", office.packed(given)))
    assert (mark.ident, mark.now, mark.place) == ("f5", "", "paragraph 2")


def test_text_that_is_struck_as_a_tracked_change_is_no_text_now() -> None:
    """What stands in a document is what it reads with all changes accepted."""
    given = office.parts(made("docx"))
    text = given["word/document.xml"].decode()
    run = '<w:r><w:t xml:space="preserve">89</w:t></w:r>'
    assert run in text
    struck = f'<w:del w:id="900" w:author="A">{run.replace("w:t", "w:delText")}</w:del>'
    added = f'<w:ins w:id="901" w:author="A">{run.replace("89", "98")}</w:ins>'
    given["word/document.xml"] = text.replace(run, struck + added).encode()
    assert {(mark.stated, mark.now) for mark in differing(read("docx", office.packed(given)))} == {("89", "98")}


def test_a_number_changed_in_a_cell_is_named() -> None:
    """The value that the cell holds now is given."""
    data = office.changed(made("xlsx"), "xl/worksheets/sheet3.xml", "<v>22200000</v>", "<v>22200001</v>")
    (mark,) = differing(read("xlsx", data))
    assert (mark.place, mark.stated, mark.now) == ("Table 2!B5", "22,200,000", "22200001")


def test_a_day_changed_in_a_cell_is_named() -> None:
    """Days are given as ISO dates."""
    data = office.changed(made("xlsx"), "xl/worksheets/sheet5.xml", "<v>45320</v>", "<v>45321</v>")
    (mark,) = differing(read("xlsx", data))
    assert (mark.place, mark.now) == ("Table 4!F4", "2024-01-30")


def test_a_figure_changed_within_the_text_of_a_cell_is_named() -> None:
    """The texts around it say where it stands."""
    given = office.parts(made("xlsx"))
    text = given["xl/sharedStrings.xml"].decode()
    given["xl/sharedStrings.xml"] = text.replace("with 92", "with 93", 1).encode()
    (mark,) = differing(read("xlsx", office.packed(given)))
    assert (mark.pointer, mark.now) == ("/share", "93\N{NO-BREAK SPACE}per\N{NO-BREAK SPACE}cent")


def test_words_changed_around_a_figure_of_a_cell_leave_it() -> None:
    """Only figures are compared."""
    given = office.parts(made("xlsx"))
    text = given["xl/sharedStrings.xml"].decode()
    given["xl/sharedStrings.xml"] = text.replace(
        " agreements were signed, totalling", " were signed and come to"
    ).encode()
    assert not differing(read("xlsx", office.packed(given)))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_an_editor_leaves_every_figure(form: str, tmp_path: Path) -> None:
    """LibreOffice opens and saves the file, and all figures are found and right."""
    office_program = shutil.which("soffice")
    if office_program is None:
        pytest.skip("LibreOffice is not installed")
    path, saved = tmp_path / f"paper.{form}", tmp_path / "saved"
    path.write_bytes(made(form))
    command = [office_program, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to"]
    subprocess.run([*command, form, "--outdir", str(saved), str(path)], check=True, capture_output=True, timeout=180)
    back = read(form, (saved / path.name).read_bytes())
    assert not differing(back)
    assert [mark.ident for mark in back.marks] == [mark.ident for mark in read(form, made(form)).marks]
    assert back.data["manifest"] == layout().paper.data


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_damaged_files_end_in_one_error(form: str) -> None:
    """Bytes of a file or of its parts are changed, left out, doubled: a sentence or figures, but no traceback."""
    chance = random.Random(16)  # noqa: S311 - the same damage each time
    whole = made(form)
    for number in range(MUTATIONS):
        data = bytearray(whole)
        if number % 3:
            given = office.parts(whole)
            name = chance.choice(sorted(given))
            given[name] = bytes(_damaged(bytearray(given[name]), chance))
            data = bytearray(office.packed(given))
        else:
            data = _damaged(data, chance)
        with suppress(NotReadable):
            read(form, bytes(data))


def _damaged(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(3):
            case 0:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[at : at + chance.randint(1, 60)]
            case _:
                data[at:at] = data[max(0, at - 40) : at]
    return data


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("data", [b"", b"PK", b"%PDF-1.7", b"x" * 1_000])
def test_other_files_are_refused(form: str, data: bytes) -> None:
    """What is no package is refused."""
    with pytest.raises(NotReadable, match="cannot be read as"):
        read(form, data)


MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


@pytest.mark.parametrize("form", FORMS)
def test_entities_are_refused(form: str) -> None:
    """A document type is refused where it begins."""
    given = office.parts(made(form))
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    given[MAIN[form]] = given[MAIN[form]].replace(b"?>", b"?>" + bomb, 1)
    with pytest.raises(NotReadable, match="document type"):
        read(form, office.packed(given))


@pytest.mark.parametrize("form", FORMS)
def test_files_larger_than_a_document_are_refused(form: str) -> None:
    """A part of 250 MB, and more parts than any document has, are not read."""
    given = office.parts(made(form))
    with pytest.raises(NotReadable, match="holds more than a document can"):
        read(form, office.packed(given | {f"x/{index}.xml": b"" for index in range(2_001)}))
    nested = b"<a>" * 300 + b"</a>" * 300
    with pytest.raises(NotReadable, match="too deep"):
        read(form, office.packed(given | {MAIN[form]: nested}))


@pytest.mark.parametrize("form", FORMS)
def test_a_file_of_another_program_is_refused(form: str) -> None:
    """Without the names of the figures nothing can be compared."""
    given = office.parts(made(form))
    if form == "docx":
        del given["customXml/item1.xml"]
    else:
        given["xl/workbook.xml"] = given["xl/workbook.xml"].replace(b'"Manifest"', b'"Other"')
    with pytest.raises(NotReadable, match="does not name its figures"):
        read(form, office.packed(given))


def test_each_form_carries_the_same_data() -> None:
    """Word documents, workbooks, PDF and web pages say in the same way how they were made."""
    paper = printable.layout()
    data = {form: any_form.read_document(rendered_document(paper, Look(), form))[1].data for form in any_form.READERS}
    assert [carried.data_of(paper.paper)] * len(data) == list(data.values())


@pytest.mark.parametrize(
    ("reads", "should", "is_same"),
    [
        ("43.8", "43.8", True),
        ("43.799999999999997", "43.8", True),
        ("3.38E+7", "33800000", True),
        ("33826190.48", "33826190.47", False),
        ("12345678901234567.01", "12345678901234567.02", False),  # one double
        ("1_0", "10", False),
        ("\u0661", "1", False),
        ("nan", "nan ", True),  # the same text
        ("inf", "Infinity", False),
    ],
)
def test_numbers_that_are_the_same(reads: str, should: str, is_same: bool) -> None:
    """An editor writes a number in its own way; another digit is another number, however long it is."""
    assert is_same is is_same_value(reads, should)
