"""Publishing a document: its files and their list, the disclosure, and what a reader can find out afterwards."""

import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from projections.papers.read_back.any_form import content_digest
from tests.transcripts.terminal import Terminal

COUNCIL = "ledger report council --from 2026-01-01 --to 2026-11-23 --symbol C26/47 --dated 2026-11-23"
BEGINNING = (
    "ledger init --origin example.org/ledger --currency USD --organization 'Example Organisation (illustrative)'",
    "ledger setting change governing-body Council",
    "ledger party register 'Alpha University (illustrative)' --type Academia --membership none",
    "ledger engagement sign E-1 --title Skills --kind 'partnership agreement' --party P00001 --effective 2026-02-01",
    "ledger contribution commit E-1 P00001 'USD 1200000.00' --effective 2026-02-01",
    "ledger materiality assess E-1 --financial yes --strategic no --why Large --effective 2026-02-01",
    "ledger order issue E-1 SO-1 --subject 'A course' --vendor P00001 --amount 'USD 40000.00' --effective 2026-03-01",
)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal with a ledger whose report to the Council was published."""
    made = Terminal(tmp_path, monkeypatch)
    for line in (*BEGINNING, f"{COUNCIL} --publish"):
        answer, code = made.type(line)
        assert 0 == code, answer
    return made


def test_the_files_are_listed_and_disclosed(terminal: Terminal) -> None:
    """Given a document published, then its list has the digests of its files, and the disclosure has them all."""
    folder = Path("C26-47")
    listed = json.loads((folder / "edition.json").read_text("utf-8"))
    assert ["C26-47.docx", "C26-47.pdf", "C26-47.html"] == [file["file"] for file in listed["files"]]
    for file in listed["files"]:
        data = (folder / file["file"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert file["content"] == content_digest(data)
    assert {"engagement-ledger", "typst", "lxml"} <= listed["made_by"].keys()
    shown, _ = terminal.type("ledger disclosure show C26/47")
    for path in folder.iterdir():
        assert hashlib.sha256(path.read_bytes()).hexdigest() in re.sub(r"\s", "", shown)
    covered, _ = terminal.type("ledger disclosures --engagement E-1")
    assert "C26/47" in covered


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_one_character_is_found(form: str, terminal: Terminal) -> None:
    """Given a published file, when one character of it is changed, then it is none that was published."""
    path = Path("C26-47") / f"C26-47.{form}"
    answer, code = terminal.type(f"ledger report verify {path}")
    assert (0, True) == (code, "that was published as C26/47 on 2026-11-23" in answer)
    data = path.read_bytes()
    middle = len(data) // 2
    path.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :])
    answer, code = terminal.type(f"ledger disclosure check {path}")
    assert (1, True) == (code, "published  no" in answer)


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_made_again_as_known_then(form: str, terminal: Terminal) -> None:
    """Given a published document, when more is recorded, then the same document can be made as known then."""
    path = Path("C26-47") / f"C26-47.{form}"
    known_at = json.loads(Path("C26-47/edition.json").read_text("utf-8"))["as_of"]["known_at"]
    terminal.type("ledger order issue E-1 SO-2 --subject More --vendor P00001 --amount 'USD 5.00'")
    answer, code = terminal.type(f"{COUNCIL} --known-at {known_at} --on 2026-11-23 -o again.{form}")
    assert 0 == code, answer
    assert path.read_bytes() == Path(f"again.{form}").read_bytes()
    answer, _ = terminal.type(f"ledger report verify {path}")
    assert "byte for byte" in answer


def test_an_edited_word_file(terminal: Terminal) -> None:
    """Given a Word file, when words are changed all figures are right; when a digit is changed, its place is named."""
    _edit("words.docx", "third parties", "external partners")
    answer, code = terminal.type("ledger report verify words.docx")
    assert (0, True) == (code, "figures are those of the ledger" in answer), answer
    _edit("digit.docx", "1,200,000.00", "1,300,000.00")
    answer, code = terminal.type("ledger report verify digit.docx")
    assert 1 == code
    assert "Table 1" in answer
    assert "it reads '1,300,000.00', the ledger gives '1,200,000.00'" in answer


def _edit(name: str, before: str, after: str) -> None:
    """Write the published Word file under another name with one text replaced, compressed anew."""
    with (
        zipfile.ZipFile("C26-47/C26-47.docx") as source,
        zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for part in source.namelist():
            data = source.read(part)
            if part == "word/document.xml":
                assert before in data.decode()
                data = data.replace(before.encode(), after.encode(), 1)
            target.writestr(part, data)


def test_another_compression_is_the_same_content(terminal: Terminal) -> None:
    """Given a Word file, when it is only compressed otherwise, then its content digest stays."""
    _edit("same.docx", "Council", "Council")
    published = Path("C26-47/C26-47.docx").read_bytes()
    assert published != Path("same.docx").read_bytes()
    assert content_digest(published) == content_digest(Path("same.docx").read_bytes())


def test_what_was_published_is_not_overwritten(terminal: Terminal) -> None:
    """A second publication under the same symbol is refused, and so is a folder that is there; nothing is written."""
    before = sorted(path.name for path in Path().rglob("*"))
    answer, code = terminal.type(f"{COUNCIL} --publish -o other")
    assert (2, True) == (code, "symbol-taken" in answer)
    shutil.copytree("C26-47", "C26-48")
    answer, code = terminal.type(f"{COUNCIL.replace('C26/47', 'C26/48')} --publish")
    assert (2, True) == (code, "folder-there" in answer)
    shutil.rmtree("C26-48")
    assert before == sorted(path.name for path in Path().rglob("*"))


def test_all_is_checked_before_anything_is_made(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A symbol that is taken is refused with all else that must be mended, before a file is rendered."""
    monkeypatch.setattr("projections.reports.documents.edition.rendered_document", None)
    answer, code = terminal.type(f"{COUNCIL} --dated 2026-11-22 --publish -o other")
    assert 2 == code
    assert "not-ready" in answer
    assert "dated-too-early, symbol-taken" in answer


def test_what_has_no_corrigendum(terminal: Terminal) -> None:
    """A draft, a corrigendum and a report that is no document are refused by name."""
    terminal.type(f"{COUNCIL.replace('--symbol C26/47', '')} -o draft.docx")
    answer, code = terminal.type("ledger report corrigendum draft.docx")
    assert (2, True) == (code, "it is a draft" in answer), answer
    terminal.type(
        "ledger order issue E-1 SO-2 --subject More --vendor P00001 --amount 'USD 5.00' --effective 2026-05-01"
    )
    terminal.type("ledger report corrigendum C26-47/C26-47.docx -o cor.docx")
    answer, code = terminal.type("ledger report corrigendum cor.docx")
    assert (2, True) == (code, "it is a corrigendum to C26/47" in answer), answer
    terminal.type("ledger report council -o council.md")
    assert 2 == terminal.type("ledger report corrigendum council.md")[1]


def test_another_root_on_a_page(terminal: Terminal) -> None:
    """The root that a page prints is what readers keep: another one is a finding, though it is no figure."""
    with zipfile.ZipFile("C26-47/C26-47.docx") as package:
        (root,) = {found for name in package.namelist() if "footer" in name
                   for found in re.findall("root ([^<]{12})", package.read(name).decode())}  # fmt: skip
        footers = [name for name in package.namelist() if "footer" in name]
    with zipfile.ZipFile("C26-47/C26-47.docx") as source, zipfile.ZipFile("other.docx", "w") as target:
        for part in source.namelist():
            data = source.read(part)
            target.writestr(part, data.replace(root.encode(), root[::-1].encode()) if part in footers else data)
    answer, code = terminal.type("ledger report verify other.docx")
    assert (1, True) == (code, "altered-file: the root of the log" in answer), answer
