"""The folder of a house: a second secretariat has its form by configuration alone; what is wrong is named by line."""

import re
import zipfile
from pathlib import Path

import pytest

from projections.papers.house import BadHouse, UnknownLanguage, read_house
from projections.papers.read_back import any_form
from tests.transcripts.terminal import Terminal

ASSEMBLY = """
[organization]
name = { en = "Illustrative Assembly", fr = "Assemblée illustrative" }

[document]
language = "fr"
original = "fr"
accent = "#7a1f3d"
series = ["#7a1f3d", "#e3c9d1", "#af7a8c", "#f3e9ec"]
distribution = { fr = "Distribution générale" }

[fonts]
word = "Georgia"

[numbers.fr]
group = "."

[bodies.assembly]
name = { en = "General Assembly", fr = "Assemblée générale" }
session = { fr = "Quatre-vingtième session" }
symbol = "A/80/{number}"
information = "A/80/INF/{number}"
corrigendum = "{symbol}/Corr.{n}"
action = { fr = "L’Assemblée est invitée à prendre acte du présent document." }

[reports.council]
title = { fr = "Coopération avec des tiers" }
agenda = "12"
references = ["Résolution 79/1 (illustrative)"]
information = ["register"]
"""
BEGINNING = (
    "ledger init --origin example.org/ledger --currency USD",
    "ledger setting change governing-body 'General Assembly'",
    "ledger party register 'Alpha University (illustrative)' --type Academia --membership none",
    "ledger engagement sign E-1 --title Skills --kind 'partnership agreement' --party P00001 --effective 2026-02-01",
    "ledger contribution commit E-1 P00001 'USD 12345.67' --effective 2026-02-01",
    "ledger materiality assess E-1 --financial yes --strategic no --why Large --effective 2026-02-01",
)
COUNCIL = "ledger report council --from 2026-01-01 --to 2026-11-23 --house house --symbol 47 --dated 2026-11-23"


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal with a ledger and the folder of the second secretariat."""
    made = Terminal(tmp_path, monkeypatch)
    for line in BEGINNING:
        assert 0 == made.type(line)[1]
    folder(ASSEMBLY)
    return made


def folder(text: str, **files: str) -> Path:
    """Write the folder of a house with its house.toml, and texts by language."""
    Path("house/texts").mkdir(parents=True, exist_ok=True)
    Path("house/house.toml").write_text(text, "utf-8")
    for language, messages in files.items():
        Path(f"house/texts/{language}.ftl").write_text(messages, "utf-8")
    return Path("house")


def test_a_second_secretariat(terminal: Terminal) -> None:
    """Its names, symbols, colour, font, numbers and language are in the document, without any code."""
    answer, code = terminal.type(f"{COUNCIL} -o document.docx")
    assert 0 == code, answer
    with zipfile.ZipFile("document.docx") as package:
        document, styles = package.read("word/document.xml").decode(), package.read("word/styles.xml").decode()
        everything = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
    text = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", document).replace("\N{NO-BREAK SPACE}", " "))
    for expected in ("Assemblée illustrative", "Assemblée générale", "Quatre-vingtième session", "A/80/47",
                     "Coopération avec des tiers", "Distribution générale", "Résolution 79/1", "12.345,67",
                     "L’Assemblée est invitée à prendre acte", "23 novembre 2026"):  # fmt: skip
        assert expected in text, expected
    assert "7a1f3d" in everything.lower()
    assert "Georgia" in styles
    assert "2b4c6f" not in everything.lower()  # the colour of the ledger's own form
    assert "Council" not in text
    for form in ("pdf", "html"):
        assert 0 == terminal.type(f"{COUNCIL} -o document.{form}")[1]
        answer, code = terminal.type(f"ledger report verify document.{form} --house house")
        assert (0, True) == (code, "byte for byte" in answer), answer


def test_published_with_an_information_document(terminal: Terminal) -> None:
    """A list that the house puts apart is a document of its own, with a symbol of its own, as a workbook."""
    answer, code = terminal.type(f"{COUNCIL} --publish")
    assert 0 == code, answer
    names = sorted(path.name for path in Path("A-80-47").iterdir())
    assert ["A-80-47.docx", "A-80-47.html", "A-80-47.pdf", "A-80-INF-47.1.xlsx", "edition.json"] == names
    form, read = any_form.read_document(Path("A-80-47/A-80-INF-47.1.xlsx").read_bytes())
    assert ("xlsx", "A/80/INF/47.1") == (form, read.data["symbol"])


def test_messages_of_the_house_replace_those_of_the_ledger(terminal: Terminal) -> None:
    """A message in texts/ stands in the place of the ledger's; a whole catalogue makes another language."""
    folder(ASSEMBLY, fr="summary = En bref\n")
    assert 0 == terminal.type(f"{COUNCIL} -o document.html")[1]
    assert "En bref" in Path("document.html").read_text("utf-8")
    with pytest.raises(UnknownLanguage):
        read_house(Path("house")).messages("ru", {})
    folder(ASSEMBLY, ru="summary = Резюме\n")
    with pytest.raises(BadHouse, match=r"ru\.ftl"):  # a catalogue that is not whole is refused
        read_house(Path("house")).messages("ru", {})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[document\n", "line 1"),
        ("[document]\nlanguage = 5\n", "line 2"),
        ("[document]\npaper = 'A5'\n", "line 2"),
        ("[documents]\nlanguage = 'en'\n", "documents"),
        ("\n\n[document]\naccent = 'red'\n", "line 4"),
        ("[organization]\nlogo = '../logo.png'\n", "line 2"),
        ("[bodies.council]\nname = { en = 'Council' }\nsymbol = '{nummer}'\n", "line 3"),
        ("[bodies.council]\nsymbol = '{number}'\n", "name"),
        ("[numbers]\nwords_below = 'ten'\n", "line 2"),
        ("[reports.council]\nforms = ['odt']\n", "line 2"),
    ],
)
def test_a_bad_folder_is_refused_by_its_line(text: str, named: str, tmp_path: Path) -> None:
    """What is wrong in house.toml is named, with its line where there is one."""
    (tmp_path / "house.toml").write_text(text, "utf-8")
    with pytest.raises(BadHouse) as caught:
        read_house(tmp_path)
    assert named in caught.value.sentence
    assert "docs/documents.md" in caught.value.hint


def test_files_that_are_no_settings(tmp_path: Path) -> None:
    """A folder without house.toml, a file that is not UTF-8, and one that is too large are refused."""
    with pytest.raises(BadHouse, match=r"no file house\.toml"):
        read_house(tmp_path)
    for content, why in ((b"\xff\xfe", "not UTF-8"), (b"#" * (1 << 18) + b"\n\n", "more than")):
        (tmp_path / "house.toml").write_bytes(content)
        with pytest.raises(BadHouse, match=why):
            read_house(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("texts/en.ftl", b"\xff\xfe", "docx"),
        ("texts/en.ftl", b"summary = { FIG( }\n", "pdf"),
        ("texts/zz.ftl", b"summary = x\n", "docx"),
        ("house.docx", b"garbage", "docx"),
        ("house.typ", b'#panic("x")', "pdf"),
        ("logo.png", b"garbage", "html"),
        ("", b"", "docx"),
    ],
)
def test_a_bad_file_of_the_folder_is_named(name: str, content: bytes, form: str, terminal: Terminal) -> None:
    """A file that cannot be used is named with the reason, in each form; nothing is written, and nothing breaks."""
    logo = {"logo.png": "logo.png", "": "not-there.png"}.get(name)
    folder(f'[organization]\nlogo = "{logo}"\n' if logo else "")
    if name:
        (Path("house") / name).write_bytes(content)
    language = Path(name).stem if "ftl" in name else "en"
    answer, code = terminal.type(f"{COUNCIL} --language {language} -o out.{form}")
    assert (2, True) == (code, answer.startswith("error: bad-house: ")), answer
    assert (name or "not-there.png") in answer
    assert not Path(f"out.{form}").exists()


@pytest.mark.parametrize("language", ["../en", "e", "EN", "en/fr", "en\u0301"])
def test_a_language_is_a_code(language: str, terminal: Terminal) -> None:
    """What is no code of a language names no file either."""
    answer, code = terminal.type(f"{COUNCIL} --language '{language}' -o out.docx")
    assert (2, True) == (code, answer.startswith("error: unknown-language: ")), answer
