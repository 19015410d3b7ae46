"""Attacks on documents by their names, and a desk with sound documents and their proof.

`ledger report verify` and verify_documents.py are run against each of them. Not compared is how things look: colours,
fonts, sizes, pictures that are no charts.
"""

import json
import re
from pathlib import Path
from shlex import quote
from typing import Any

import pytest

from tests.papers import office
from tests.papers.forgeries import (
    DOCUMENT,
    STRINGS,
    Attack,
    Files,
    attached_at,
    attached_changed,
    data_changed,
    exchanged,
    in_page,
    in_part,
    nested,
    replaced,
    rows_swapped,
    with_word_data,
    word_data,
)
from tests.papers.test_publish import BEGINNING
from tests.transcripts.terminal import Terminal

REGISTER = Path(__file__).parents[2] / "demo" / "data" / "register.csv"
FORMS = ("docx", "xlsx", "html", "pdf")
OPTIONS = "--symbol C25/61 --dated 2025-05-02"
YEARS = {"register": "partnerships --year 2024", "earlier": "partnerships --year 2023",
         "council": "council --from 2024-01-01 --to 2024-12-31"}  # fmt: skip
OLDER = 400
"""A position before the last."""
SMALL = "council --from 2026-01-01 --to 2026-11-23"


class Desk:
    """The folder of a ledger, and its documents as they were made."""

    def __init__(self, terminal: Terminal, files: Files) -> None:
        """Keep the sound documents."""
        self.terminal, self.files = terminal, files

    def verified(self, data: bytes, form: str, options: str = "") -> tuple[str, int]:
        """Return what `ledger report verify` says of a file, and its exit code."""
        Path(f"forged.{form}").write_bytes(data)
        return self.terminal.type(f"ledger report verify forged.{form} {options}")


PROVING = (
    "ledger key new",
    "ledger definitions adopt partnerships",
    "ledger checkpoint -o signed.checkpoint",
)


def laid(place: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk in a new folder, with the register of 366 agreements and documents of this and of a small ledger.

    Its log has a checkpoint, so that the reports can be proved.
    """
    place.mkdir()
    terminal = Terminal(place, monkeypatch)
    for line in BEGINNING:
        _typed(terminal, line.replace("ledger ", "ledger --url sqlite:///small.db ", 1))
    _typed(terminal, f"ledger --url sqlite:///small.db report {SMALL} {OPTIONS} -o small.docx")
    _typed(terminal, "ledger init --origin example.org/ledger --currency USD --organization 'Example Organisation'")
    _typed(terminal, f"ledger import tdag25 {quote(str(REGISTER))}")
    for line in PROVING:
        _typed(terminal, line)
    for name, asked in YEARS.items():
        for form in FORMS if name == "register" else ("docx", "pdf"):
            _typed(terminal, f"ledger report {asked} {OPTIONS} -o {name}.{form}")
    house = Path("house")
    (house / "texts").mkdir(parents=True)
    (house / "house.toml").write_text("")
    (house / "texts" / "en.ftl").write_text("summary = Abstract\n")
    _typed(terminal, f"ledger report {YEARS['register']} {OPTIONS} --house house -o house.docx")
    files = {path.name: path.read_bytes() for path in place.iterdir() if path.suffix.removeprefix(".") in FORMS}
    shown = _typed(terminal, f"ledger report {YEARS['register']} --known-at {OLDER} --on 2026-11-23 --format json")
    files["older root"] = json.loads(shown)["as_of"]["root"].encode()
    return Desk(terminal, files)


def proved(desk: Desk, folder: str, form: str) -> Path:
    """Write the document of the register with its proof to a new folder of a desk, and return it."""
    _typed(desk.terminal, f"ledger report {YEARS['register']} {OPTIONS} --proof {folder} --format {form}")
    return Path(folder).absolute()


def _typed(terminal: Terminal, line: str) -> str:
    answer, code = terminal.type(line)
    assert 0 == code, f"{line}\n{answer}"
    return answer


ROW = "<w:tr>(?:(?!</w:tr>).)*?</w:tr>"
SHEET = "xl/worksheets/sheet2.xml"
FIGURES = "xl/worksheets/sheet11.xml"


def _older(data: dict[str, Any]) -> None:
    data["manifest"]["as_of"]["known_at"] = OLDER


def _as_known_before(files: Files) -> bytes:
    root = files["older root"].decode()
    return data_changed(lambda data: data["manifest"]["as_of"].update(known_at=OLDER, root=root))(files)


def _of_other_report(name: str) -> Attack:
    def attack(files: Files) -> bytes:
        given = office.parts(files["register.docx"])
        return office.packed(with_word_data(given, word_data(office.parts(files[name]))))

    return attack


def _pointers_exchanged(files: Files) -> bytes:
    given = office.parts(files["register.docx"])
    part = "customXml/item1.xml"
    given[part] = exchanged(given[part].decode(), 'pointer="[^"]*"', 1, 2).encode()
    return office.packed(given)


def _other_paper(files: Files) -> bytes:
    data, (_, _, other) = files["register.pdf"], attached_at(files["earlier.pdf"])
    start, end, packed = attached_at(data)
    at = data.rindex(f"/Length {len(packed)}".encode(), 0, start)
    head = data[:start].replace(data[at:start], data[at:start].replace(b"%d" % len(packed), b"%d" % len(other), 1))
    return head + other + data[end:]


def _cells_exchanged(files: Files) -> bytes:
    given = office.parts(files["register.xlsx"])
    given[SHEET] = exchanged(given[SHEET].decode(), '(?<=<v>)[0-9]+(?=</v></c><c r="C[0-9]" s="17">)', 0, 1).encode()
    return office.packed(given)


def _data_of_earlier_page(files: Files) -> bytes:
    page = files["register.html"].decode()
    return replaced(page, '\\\\?"year\\\\?":"?2024"?', '"year":"2023"').encode()


WORDS = "altered-words"
ATTACKS: dict[str, tuple[str, Attack]] = {
    # Word
    "a digit in a sentence": ("altered-figure", in_part("register.docx", DOCUMENT, ">89<", ">98<")),
    "a word of a message": (WORDS, in_part("register.docx", DOCUMENT, "approximately", "exactly")),
    "a sentence added": (WORDS, in_part("register.docx", DOCUMENT, "(?= partnership agreements were)", " excellent")),
    "a row left out": ("figure-left-out", in_part(
        "register.docx", DOCUMENT, f"{ROW}(?=<w:tr>(?:(?!</w:tr>).)*UN organizations)", "")),
    "two rows exchanged": ("moved-figure", rows_swapped("register.docx", DOCUMENT, ROW, 2, 3)),
    "the total and the row over it exchanged": ("moved-figure", rows_swapped("register.docx", DOCUMENT, ROW, 7, 8)),
    "the label of a row": (WORDS, in_part("register.docx", DOCUMENT, ">UN organizations<", ">Private sector<")),
    "the head of a column": (WORDS, in_part("register.docx", DOCUMENT, ", USD<", ", EUR<")),
    "a figure under another pointer": ("moved-figure", _pointers_exchanged),
    "a figure under a pointer that the report has not": ("unknown-figure", in_part(
        "register.docx", "customXml/item1.xml", 'pointer="/agreements"', 'pointer="/other"')),
    "the value of a figure in the data": ("altered-figure", in_part(
        "register.docx", "customXml/item1.xml", 'value="89"', 'value="98"')),
    "the bookmarks of two figures exchanged": ("altered-figure", lambda files: office.packed({
        name: exchanged(part.decode(), '(?<=w:name=")f[23](?=")', 0, 1).encode() if name == DOCUMENT else part
        for name, part in office.parts(files["register.docx"]).items()})),
    "a bookmark moved to another sentence": ("figure-left-out", in_part(
        "register.docx", DOCUMENT, '<w:bookmarkStart w:id="2" w:name="f2"/>(.*?)<w:bookmarkEnd w:id="2"/>',
        r'\1<w:bookmarkStart w:id="2" w:name="f2"/><w:bookmarkEnd w:id="2"/>')),
    "a bookmark taken away, and the digit changed": ("figure-left-out", in_part(
        "register.docx", DOCUMENT, '<w:bookmarkStart w:id="2" w:name="f2"/>(.*?)>89<', r"\1>98<")),
    "a figure hidden, and another one shown": ("figure-left-out", in_part(
        "register.docx", DOCUMENT, '(w:name="f2"/>)<w:r>(.*?</w:r><w:bookmarkEnd w:id="2"/>)',
        r"\1<w:r><w:rPr><w:vanish/></w:rPr>\2<w:r><w:t>98</w:t></w:r>")),
    "a sentence hidden": (WORDS, in_part(
        "register.docx", DOCUMENT, "<w:r>(?=<w:t[^>]*> partnership agreements were)",
        "<w:r><w:rPr><w:vanish/></w:rPr>")),
    "a digit as a tracked change": ("altered-figure", in_part(
        "register.docx", DOCUMENT, "<w:r><w:t([^>]*)>89</w:t></w:r>",
        r'<w:del w:id="900" w:author="A"><w:r><w:delText\1>89</w:delText></w:r></w:del>'
        r'<w:ins w:id="901" w:author="A"><w:r><w:t\1>98</w:t></w:r></w:ins>')),
    "a word as a tracked change": (WORDS, in_part(
        "register.docx", DOCUMENT, "(<w:r><w:t[^>]*> partnership agreements were(?:(?!</w:r>).)*</w:r>)",
        r'<w:del w:id="900" w:author="A">\1</w:del>')),
    "a footnote": (WORDS, in_part("register.docx", "word/footnotes.xml", "full list", "short list")),
    "a field that shows a text": (WORDS, in_part(
        "register.docx", DOCUMENT, '(?=<w:bookmarkStart w:id="2")',
        '<w:fldSimple w:instr="QUOTE 1"><w:r><w:t>1</w:t></w:r></w:fldSimple>')),
    "a number before each number of a list": (WORDS, in_part(
        "register.docx", "word/numbering.xml", 'w:lvlText w:val="', 'w:lvlText w:val="1')),
    "the values of a chart": (WORDS, in_part(
        "register.docx", "word/charts/chart1.xml", "<c:v>32.0</c:v>", "<c:v>92.0</c:v>")),
    "the workbook of a chart": (WORDS, nested(
        "register.docx", "word/embeddings/Microsoft_Excel_Sheet1.xlsx", "xl/worksheets/sheet1.xml", ">32<", ">92<")),
    "the symbol on each page": (WORDS, in_part("register.docx", "word/header1.xml", "C25/61", "C25/62")),
    "the as-of on each page": (WORDS, in_part("register.docx", "word/footer1.xml", "position 7", "position 8")),
    "the data of the document of another year": ("moved-figure", _of_other_report("earlier.docx")),
    "the data of another report": ("unknown-figure", _of_other_report("council.docx")),
    "the document of another ledger": ("other-log", lambda files: files["small.docx"]),
    "another catalogue": (WORDS, lambda files: files["house.docx"]),
    "another language in the data": ("altered-figure", data_changed(lambda data: data.update(language="fr"))),
    "no language in the data": ("not-comparable", data_changed(lambda data: data.update(language=""))),
    "a language that does not exist": ("unknown-language", data_changed(lambda data: data.update(language="xx"))),
    "another as-of": ("altered-figure", data_changed(
        lambda data: data["manifest"]["as_of"].update(on="2024-06-30"))),
    "an older position": ("other-log", data_changed(_older)),
    "an older position with its root": ("altered-figure", _as_known_before),
    "another root": ("other-log", data_changed(
        lambda data: data["manifest"]["as_of"].update(root="A" * 43 + "="))),
    "another symbol in the data": ("altered-file", data_changed(lambda data: data.update(symbol="C25/62"))),
    "another occasion": ("altered-file", data_changed(
        lambda data: data["manifest"]["occasion"].update(number="C25/62"))),
    "an engagement not disclosed": ("altered-file", data_changed(lambda data: data["manifest"]["discloses"].pop())),
    "a text of the secretariat in the data": ("moved-figure", data_changed(
        lambda data: data["manifest"]["occasion"].update(texts={"background": ["We thank all partners."]}))),
    # Workbook
    "a cell beside an unchanged sheet of figures": (
        "altered-figure", in_part("register.xlsx", SHEET, "<v>32</v>", "<v>92</v>")),
    "the sheet of figures beside an unchanged cell": (
        "altered-figure", in_part("register.xlsx", FIGURES, "<v>32</v>", "<v>92</v>")),
    "a cell and the sheet of figures": ("altered-figure", lambda files: in_part(
        "file", SHEET, "<v>32</v>", "<v>92</v>")({"file": in_part(
            "register.xlsx", FIGURES, "<v>32</v>", "<v>92</v>")(files)})),
    "two cells exchanged": ("altered-figure", _cells_exchanged),
    "a formula in a cell": ("altered-figure", in_part("register.xlsx", SHEET, "<v>32</v>", "<f>90+2</f><v>32</v>")),
    "a format that prints other digits": ("altered-figure", in_part(
        "register.xlsx", "xl/styles.xml", 'formatCode="[^"]*"', 'formatCode="&quot;92&quot;"')),
    "a hidden row": (WORDS, in_part("register.xlsx", SHEET, '<row r="5"', '<row r="5" hidden="1"')),
    "the label of a row of a sheet": (WORDS, in_part("register.xlsx", STRINGS, ">UN organizations<", ">Academia 2<")),
    "the cells of a chart": (WORDS, in_part("register.xlsx", "xl/charts/chart1.xml", r"\$B\$4", "$$C$$4")),
    "a digit in a text of a cell": (
        "altered-figure", in_part("register.xlsx", STRINGS, "89 partnership", "98 partnership")),
    # Page
    "a digit of a page": ("altered-figure", in_page(">89</a>", ">98</a>")),
    "a word of a page": (WORDS, in_page("approximately", "exactly")),
    "the value that a page states": ("altered-figure", in_page('data-value="89"', 'data-value="98"')),
    "the value in the closing table": ("altered-figure", in_page("<bdi>89</bdi>", "<bdi>98</bdi>")),
    "the entries in the closing table": ("altered-figure", in_page(
        '(?<=<td dir="ltr">)([0-9]+)(?=.{0,400}</td></tr>\n<tr id="figure-9")', "1")),
    "a share of a row of a page": ("altered-figure", in_page("43.8</td>", "93.8</td>")),
    "a pointer of a page": ("moved-figure", in_page('(data-pointer=)"/partners"', r'\1"/agreements"')),
    "two rows of a page exchanged": ("moved-figure", lambda files: exchanged(
        files["register.html"].decode(), '<tr>\n?<th scope="row">.*?</tr>', 0, 1).encode()),
    "a paragraph of a page hidden": (WORDS, in_page('<p id="paragraph-2"', '<p hidden id="paragraph-2"')),
    "a rule of style that hides": (WORDS, in_page("</style>", "#paragraph-2 { display: none }</style>")),
    "a script": (WORDS, in_page("</body>", '<script src="https://example.org/x.js"></script></body>')),
    "a bar of a chart": (WORDS, in_page('(<rect[^>]* width=")[0-9]', r"\g<1>9")),
    "a figure that leads to the entries of another one": (WORDS, in_page('href="#figure-2"', 'href="#figure-3"')),
    "the data of another year": ("moved-figure", _data_of_earlier_page),
    # PDF
    "a digit in the paper that is attached": ("altered-figure", attached_changed(
        lambda data: replaced(data.decode(), '"text":"89"', '"text":"98"').encode())),
    "the paper of another document attached": ("", _other_paper),
    "a byte of a page": ("altered-file", lambda files: re.sub(
        rb"(?s)(.{2000}stream\n.{60}).", b"\\1?", files["register.pdf"], count=1)),
}  # fmt: skip
"""Attack, and the code of a finding; the code of words stands for what is a note but with `--words`."""
FORM = {"PK": "docx", "%P": "pdf", "<!": "html"}


def form_of(data: bytes) -> str:
    """Return the form of a document by its first bytes."""
    return "xlsx" if b"xl/workbook.xml" in data else FORM[data[:2].decode()]
