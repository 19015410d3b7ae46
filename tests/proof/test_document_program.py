"""verify_documents.py as a program: joined from the product's modules, alone, and with what hostile files hold."""

import ast
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from projections.papers.against_paper.comparison import compared, drawings_of
from projections.papers.against_paper.paper import GivenPaper, given_paper
from projections.papers.look import Look
from projections.papers.paper_data import paper_data
from projections.proof.joined_program import digest_file, joined, program
from projections.proof.shipped_definitions import document_bytes
from projections.proof.verify_documents import main
from projections.reports.documents.document import rendered_document
from tests.papers.sample import layout

FORMS = ("docx", "xlsx", "html")


def paper() -> GivenPaper:
    """Return the paper of the sample, as a reader gets it."""
    return given_paper(json.loads(json.dumps(paper_data(layout()))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the sample as a Word file, its paper, and figures.json, without a log."""
    given = layout()
    as_of = {"on": "2026-01-01", "known_at": 1, "root": given.paper.foot[-12:]}
    manifest = {"report": given.paper.report, "as_of": as_of, "parameters": {}}
    given = replace(given, paper=replace(given.paper, data=manifest))
    made, data = paper_data(given), rendered_document(given, Look(), "docx")
    figures = {
        name: {key: figure[key] for key in ("value", "unit", "entries")} for name, figure in made["figures"].items()
    }
    stated = document_bytes({"report": made["data"]["report"], "as_of": as_of, "parameters": {}, "figures": figures})
    drawings = {"docx": [[said.place, said.text] for said in drawings_of(data)]}
    file = {"file": "sample.docx", "paper": 0, "sha256": hashlib.sha256(data).hexdigest()}
    whole = {"format": 1, "report": made["data"]["report"], "as_of": as_of, "files": [file]}
    whole |= {"papers": [{"paper": made, "drawings": drawings}], "figures": hashlib.sha256(stated).hexdigest()}
    (tmp_path / "proof" / "documents").mkdir(parents=True)
    (tmp_path / "proof" / "figures.json").write_bytes(stated)
    (tmp_path / "proof" / "documents" / "paper.json").write_bytes(document_bytes(whole))
    (tmp_path / "proof" / "documents" / "sample.docx").write_bytes(data)
    return tmp_path / "proof"


def test_it_is_joined_from_the_modules_of_the_product() -> None:
    """The file is what `make docs` joins, and imports nothing but modules of Python that open no connection."""
    assert joined().encode() == program()
    tree = ast.parse(program())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert set() == {module.partition(".")[0] for module in imported} - sys.stdlib_module_names
    assert set() == imported & {"socket", "ssl", "urllib.request", "http", "subprocess", "ctypes", "pickle"}
    assert digest_file().startswith(hashlib.sha256(program()).hexdigest().encode())


@pytest.mark.parametrize("form", FORMS)
def test_what_a_form_says_follows_from_the_paper(form: str) -> None:
    """Each text and figure of a sample with hostile texts, notes and charts is that which the paper gives."""
    data = rendered_document(layout(), Look(), form)
    result = compared(paper(), data, {form: drawings_of(data)})
    assert (form, ()) == (result.form, result.differences)
    assert result.figures > 10


def test_it_runs_alone(folder: Path) -> None:
    """It runs with the standard library only, with an ASCII locale, and not what lies next to it."""
    place = folder.parent / "downloads"
    place.mkdir()
    (place / "verify_documents.py").write_bytes(program())
    for name in ("json", "argparse", "hashlib", "os", "stat", "typing", "zipfile"):
        (place / f"{name}.py").write_text("raise SystemExit(0)\n", "utf-8")
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    words = [str(folder), str(folder / "documents" / "sample.docx")]
    for flags in (["-I", "-S"], []):
        done = subprocess.run(
            [sys.executable, *flags, str(place / "verify_documents.py"), *words],
            capture_output=True, text=True, check=False, env=environment, cwd=place,
        )  # fmt: skip
        assert "" == done.stderr
        assert "log: not checked: run verify_ledger.py, or give --policy" in done.stdout
        assert 2 == done.stdout.count("DOCX, 19 figures: as the paper says"), done.stdout


def _zipped(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/").replace("_", "."), data)
    return made.getvalue()


HOSTILE = {
    "nothing": b"",
    "no document": b"hello",
    "an empty package": _zipped(),
    "a bomb": _zipped(word__document_xml=b" " * 220_000_000),
    "deep elements": _zipped(word__document_xml=b"<a>" * 100_000),
    "entities": _zipped(word__document_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "a page without end": b"<html>" + b"<!-- ledger-paper {" * 20_000,
    "deep data": b"<html><!-- ledger-paper " + b"[" * 200_000 + b" --></html>",
    "tags without end": b"<html" + b"<a " * 50_000,
    "a PDF with a bomb": b"%PDF-1.7\n1 0 obj\n<</Type /EmbeddedFile /Length 9>>\nstream\n" + b"{" * 9,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_end_in_a_sentence(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever a file holds, it ends in a finding with a sentence, never in a traceback."""
    path = folder.parent / "hostile"
    path.write_bytes(HOSTILE[name])
    assert 1 == main([str(folder), str(path)])
    assert f"finding: not-readable: {path}: The " in capsys.readouterr().out


def test_called_wrongly(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If the folder or a file is not there, the exit code is 2, and a line gives the reason."""
    for words in ([], [str(folder / "absent")], [str(folder), str(folder / "absent")]):
        with pytest.raises(SystemExit) as ended:
            main(words)
        assert 2 == ended.value.code
        assert "verify_documents.py: error: " in capsys.readouterr().err
