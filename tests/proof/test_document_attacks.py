"""Attacks on documents that were handed out with their proof: verify_documents.py finds each, without the ledger.

Those on single files are the attacks on which `ledger report verify` is tried; those on the folder also change the
paper, so that file and paper agree. What the program cannot know then, `ledger verify-report` finds.
"""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from projections.proof.shipped_definitions import document_bytes
from projections.proof.verify_documents import main
from tests.papers.attacks import ATTACKS, Desk, form_of, laid, proved
from tests.papers.forgeries import DOCUMENT, in_part, packed_again

PAPER = "documents/paper.json"
WORD = "documents/partnerships.docx"
AS_DATA = ("moved-figure", "unknown-figure", "other-log", "not-comparable", "unknown-language")
"""Codes of `ledger report verify` for files whose data is not that of the paper: nothing else has to differ."""


class Reader:
    """Somebody with the folders of a proof, with a Word file and a PDF, and with documents that came by another way."""

    def __init__(self, desk: Desk) -> None:
        """Write the folders."""
        self.desk = desk
        self.folder, self.with_pdf = proved(desk, "proof", "docx"), proved(desk, "proof-pdf", "pdf")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Return a reader of the register's document."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        yield Reader(laid(tmp_path_factory.mktemp("document-attacks") / "desk", monkeypatch))


def codes_of(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """Return the codes of what the program finds; its exit code is 1 if there are some."""
    code = main([*words, "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert code == int(bool(found))
    return [finding["code"] for finding in found]


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str, reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that came by another way is compared with the paper: whatever was done to it is a finding."""
    due, attack = ATTACKS[name]
    data = attack(reader.desk.files)
    path = Path(f"forged.{form_of(data)}")
    path.write_bytes(data)
    codes = codes_of(capsys, str(reader.folder), str(path))
    assert codes
    assert due in codes or not due or due in AS_DATA or "altered-file" in codes, codes


@pytest.mark.slow
@pytest.mark.parametrize("form", ["docx", "xlsx", "html", "pdf"])
def test_sound_files(form: str, reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    """The document is sound in each form, in whichever it was handed out; of a PDF, only the same bytes are known."""
    path = Path(f"sound.{form}")
    path.write_bytes(reader.desk.files[f"register.{form}"])
    assert [] == codes_of(capsys, str(reader.with_pdf), str(path))
    assert (["altered-file"] if form == "pdf" else []) == codes_of(capsys, str(reader.folder), str(path))
    if form in ("docx", "xlsx"):
        path.write_bytes(packed_again(path.read_bytes()))
        assert [] == codes_of(capsys, str(reader.folder), str(path))


Change = Callable[[dict[str, Any]], None]


def _line(paper: dict[str, Any], message: str) -> list[Any]:
    items = paper["papers"][0]["paper"]["items"]
    return next(item["line"] for item in items if item.get("message") == message)


def _runs(given: Any) -> Iterator[dict[str, Any]]:
    """Yield each printed value of a paper."""
    if isinstance(given, dict) and "figure" in given:
        yield given
    values = given.values() if isinstance(given, dict) else given if isinstance(given, list) else ()
    for value in values:
        yield from _runs(value)


def _with_pointer(paper: dict[str, Any], pointer: str) -> list[dict[str, Any]]:
    return [run for run in _runs(paper["papers"][0]["paper"]["items"]) if run["figure"] == pointer]


def _figures(paper: dict[str, Any]) -> dict[str, Any]:
    figures: dict[str, Any] = paper["papers"][0]["paper"]["figures"]
    return figures


def _text(pointer: str, text: str) -> Change:
    def change(paper: dict[str, Any]) -> None:
        for run in _with_pointer(paper, pointer):
            run["text"] = text

    return change


def _value(paper: dict[str, Any]) -> None:
    _figures(paper)["/agreements"]["value"] = 98
    for run in _with_pointer(paper, "/agreements"):
        run |= {"text": "98", "value": 98}


def _other_pointer(paper: dict[str, Any]) -> None:
    for run in _with_pointer(paper, "/agreements"):
        run["figure"] = "/partners"


ON_PAPER: dict[str, tuple[str, Change]] = {
    "a digit of a text": ("altered-figure", _text("/agreements", "98")),
    "another rounding": ("altered-figure", _text("/partner_usd", "USD\u00a031.2\u00a0million")),
    "thousands for millions": ("altered-figure", _text("/partner_usd", "USD\u00a031.1\u00a0thousand")),
    "another currency": ("altered-figure", _text("/partner_usd", "EUR\u00a031.1\u00a0million")),
    "a number in words": ("altered-figure", _text("/agreements", "nine")),
    "two numbers in one figure": ("altered-figure", _text("/agreements", "89 98")),
    "a figure and its text": ("altered-figure", _value),
    "a figure under another pointer": ("altered-figure", _other_pointer),
    "a value of a figure": ("altered-figure", lambda paper: _figures(paper)["/agreements"].update(value=98)),
    "a unit of a figure": ("altered-figure", lambda paper: _figures(paper)["/agreements"].update(unit="EUR")),
    "entries of a figure": ("altered-figure", lambda paper: _figures(paper)["/agreements"].update(entries=[[1, 2]])),
    "true for 1": ("bad-paper", lambda paper: _figures(paper)["/agreements"].update(value=True)),
    "a figure that is not listed": ("altered-figure", lambda paper: _figures(paper).pop("/agreements") and None),
    "a day": ("altered-figure", lambda paper: next(
        run for run in _runs(paper["papers"]) if run["unit"] == "day").update(value="2020-02-03")),
    "another as-of": ("bad-paper", lambda paper: paper["as_of"].update(on="2024-01-01")),
    "another position": ("bad-paper", lambda paper: paper["as_of"].update(known_at=3)),
    "another report": ("bad-paper", lambda paper: paper.update(report="council")),
    "figures of another proof": ("bad-paper", lambda paper: paper.update(figures="0" * 64)),
    "the root at the foot": ("bad-paper", lambda paper: paper["papers"][0]["paper"]["data"].update(foot="As of today")),
    "parameters": ("bad-paper", lambda paper: paper["papers"][0]["paper"]["data"]["manifest"]["parameters"].update(
        year=2023)),
    "a further member": ("bad-paper", lambda paper: paper.update(more=1)),
    "another format": ("bad-paper", lambda paper: paper.update(format=2)),
    "no paper": ("bad-paper", lambda paper: paper.update(papers=[])),
    "a run of no kind": ("bad-paper", lambda paper: _line(paper, "partnerships-background").append({"bold": "x"})),
    "a file outside of the folder": ("bad-paper", lambda paper: paper["files"][0].update(file="../figures.html")),
    "a file under no paper": ("bad-paper", lambda paper: paper["files"][0].update(paper=7)),
    "another SHA-256": ("altered-file", lambda paper: paper["files"][0].update(sha256="0" * 64)),
    "a file that is not there": ("missing-file", lambda paper: paper["files"].append(
        {"file": "more.pdf", "paper": 0, "sha256": ""})),
    "a file that is not listed": ("unexpected-file", lambda paper: paper["files"].clear()),
    "a row left out": ("moved-figure", lambda paper: next(
        item for item in paper["papers"][0]["paper"]["items"] if item["is"] == "table")["rows"].pop(0) and None),
    "rows in another order": ("moved-figure", lambda paper: next(
        item for item in paper["papers"][0]["paper"]["items"] if item["is"] == "table")["rows"].reverse()),
    "a word": ("altered-words", lambda paper: _line(paper, "check").append("Trust us.")),
    "a drawing": ("altered-words", lambda paper: paper["papers"][0]["drawings"]["docx"].pop() and None),
}  # fmt: skip
"""Attacks on the paper alone, with the code of a finding: figures are compared with the proof, words with the file."""


@pytest.mark.slow
@pytest.mark.parametrize("name", ON_PAPER)
def test_attack_on_the_paper(name: str, reader: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the paper says otherwise than the proof or the file is a finding."""
    due, change = ON_PAPER[name]
    folder = shutil.copytree(reader.folder, tmp_path / "proof")
    paper = json.loads((folder / PAPER).read_bytes())
    change(paper)
    (folder / PAPER).write_bytes(document_bytes(paper))
    assert due in codes_of(capsys, str(folder))


def _linked(folder: Path) -> None:
    (folder / WORD).rename(folder / "elsewhere")
    (folder / WORD).symlink_to(folder / "elsewhere")


@pytest.mark.slow
def test_attacks_on_the_folder(reader: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file exchanged, added, taken away, damaged, or a link; a paper with other spaces, or none."""

    def found(change: Callable[[Path], object]) -> set[str]:
        folder = shutil.copytree(reader.folder, tmp_path / str(len(list(tmp_path.iterdir()))))
        change(folder)
        return set(codes_of(capsys, str(folder)))

    other = reader.desk.files["council.docx"]
    assert {"altered-file", "moved-figure"} <= found(lambda folder: (folder / WORD).write_bytes(other))
    assert {"unexpected-file"} == found(lambda folder: (folder / "documents" / "x.docx").write_bytes(other))
    assert {"missing-file"} == found(lambda folder: (folder / WORD).unlink())
    assert {"missing-file"} == found(lambda folder: (folder / PAPER).unlink())
    assert {"missing-file"} == found(_linked)
    assert {"altered-file", "not-readable"} == found(lambda folder: (folder / WORD).write_bytes(b"PK\3\4"))
    spaced = (reader.folder / PAPER).read_bytes() + b" "
    assert {"bad-paper"} == found(lambda folder: (folder / PAPER).write_bytes(spaced))
    assert {"bad-paper"} == found(lambda folder: (folder / PAPER).write_bytes(b"[" * 1_000_000))
    figures = (reader.folder / "figures.json").read_bytes().replace(b'"value": 89', b'"value": 98')
    assert {"bad-paper", "altered-figure"} <= found(lambda folder: (folder / "figures.json").write_bytes(figures))


def _agreeing(folder: Path, old: str, new: str) -> None:
    """Write a word to the Word file and to the paper, with the digest: both agree."""
    word = in_part(WORD, DOCUMENT, old, new)({WORD: (folder / WORD).read_bytes()})
    (folder / WORD).write_bytes(word)
    paper = json.loads(re.sub(old, new, (folder / PAPER).read_text("utf-8"), count=1))
    paper["files"][0]["sha256"] = hashlib.sha256(word).hexdigest()
    (folder / PAPER).write_bytes(document_bytes(paper))


@pytest.mark.slow
def test_words_that_file_and_paper_agree_on(reader: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Given a word that was changed in both, the program finds nothing, and says so; the product finds it."""
    folder = shutil.copytree(reader.folder, tmp_path / "proof")
    _agreeing(folder, "approximately", "exactly")
    assert [] == codes_of(capsys, str(folder))
    main([str(folder)])
    assert "not judged: whether the paper says in its words what the ledger would say" in capsys.readouterr().out
    Path("policy.txt").write_text(_policy(reader), "utf-8")
    assert 0 == reader.desk.terminal.type(f"ledger verify-report {reader.folder} --policy policy.txt")[1]
    answer, code = reader.desk.terminal.type(f"ledger verify-report {folder} --policy policy.txt")
    assert (1, True) == (code, "finding: paper-differs: documents/paper.json/papers/0/paper/items" in answer), answer


@pytest.mark.slow
def test_the_product_finds_altered_documents(reader: Reader, tmp_path: Path) -> None:
    """A digit of a Word file, a byte of a PDF, a file too many and a bad digest are findings of `verify-report`."""
    Path("policy.txt").write_text(_policy(reader), "utf-8")
    folder = shutil.copytree(reader.folder, tmp_path / "proof")
    word = ATTACKS["a digit in a sentence"][1](reader.desk.files)
    (folder / WORD).write_bytes(word)
    (folder / "documents" / "more.docx").write_bytes(word)
    (folder / "verify_documents.py.sha256").write_bytes(b"run evil.py\n")
    answer, code = reader.desk.terminal.type(f"ledger verify-report {folder} --policy policy.txt")
    assert 1 == code
    assert f"document-differs: {WORD}: altered-file: its SHA-256" in answer
    assert "altered-figure: it reads '98', the paper says '89'" in answer
    assert "unexpected-file: documents/more.docx" in answer
    assert "unexpected-file: verify_documents.py.sha256: it is not the SHA-256" in answer
    folder = shutil.copytree(reader.with_pdf, tmp_path / "pdf")
    path = folder / "documents" / "partnerships.pdf"
    path.write_bytes(ATTACKS["a byte of a page"][1](reader.desk.files))
    paper = json.loads((folder / PAPER).read_bytes())
    paper["files"][0]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / PAPER).write_bytes(document_bytes(paper))
    answer, code = reader.desk.terminal.type(f"ledger verify-report {folder} --policy policy.txt")
    assert (1, True) == (code, "it is not the PDF that this software makes" in answer), answer


def _policy(reader: Reader) -> str:
    answer, _ = reader.desk.terminal.type("ledger key show")
    key = re.search(r"example\.org/ledger\+[0-9a-f]{8}\+\S+", answer)
    assert key, answer
    return f"log {key[0]}\nquorum none\n"
