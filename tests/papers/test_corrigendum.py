"""A corrigendum: what it lists, what its file says, and how the file is found again after it was published."""

import json
from pathlib import Path

import pytest

from tests.papers.test_publish import BEGINNING, COUNCIL
from tests.transcripts.terminal import Terminal

LATE = "ledger order issue E-1 SO-2 --subject More --vendor P00001 --amount 'USD 5.00' --effective 2026-05-01"
CORRECT = "ledger disclosure correct C26/47 'C26/47(Cor.1)' --what 'Figures'"


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal with a ledger whose report to the Council was published on the day that it shows."""
    made = Terminal(tmp_path, monkeypatch)
    for line in (*BEGINNING, f"{COUNCIL} --publish"):
        typed(made, line)
    return made


def typed(terminal: Terminal, line: str, code: int = 0) -> str:
    """Type a command that must end with this code, and return its output."""
    answer, found = terminal.type(line)
    assert code == found, f"{line}\n{answer}"
    return answer


def test_what_a_document_discloses_itself_is_no_correction(terminal: Terminal) -> None:
    """Given a document published on the day that it shows, then it reads as it did; it is still disclosed by others."""
    answer = typed(terminal, "ledger report corrigendum C26-47/C26-47.docx")
    assert "it still reads so, as known at position 9" in answer
    typed(terminal, "ledger void 6 --reason 'Assessed too early'")
    changes = typed(terminal, "ledger report corrigendum C26-47/C26-47.docx", 1)
    assert "Not disclosed" not in changes
    typed(terminal, f"{COUNCIL.replace('C26/47', 'C26/48')} -o next.html")
    assert "has been disclosed to the Council" in Path("next.html").read_text("utf-8")


def test_what_another_document_disclosed_is_one(terminal: Terminal) -> None:
    """Given another document of the day that is recorded later, then what it disclosed is listed."""
    typed(
        terminal,
        "ledger disclosure publish C26/40 --body Council --effective 2026-11-01 --as-of-on 2026-10-31 --cover E-1",
    )
    changes = typed(terminal, "ledger report corrigendum C26-47/C26-47.html", 1)
    assert "Service orders not disclosed, This period: reads '1', should read '0'" in changes


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "html"])
def test_its_file_says_what_it_corrects(terminal: Terminal, form: str) -> None:
    """Given a corrigendum in any form, when it is recorded by its file, then its as-of, content and digest are."""
    typed(terminal, LATE)
    answer = typed(terminal, f"ledger report corrigendum C26-47/C26-47.docx -o cor.{form}", 1)
    line = answer.strip().splitlines()[-1].removeprefix("once it is published: ")
    assert f"{CORRECT} --report cor.{form}" == line
    checked = json.loads(typed(terminal, f"ledger disclosure check cor.{form} --format json", 1))
    assert "later than what C26/47 shows" in checked["relation"]
    typed(terminal, line)
    shown = json.loads(typed(terminal, "ledger show 11 --raw").partition("leaf hash")[0])["event"]
    assert {"on": "2026-11-23", "position": 10} == shown["as_of"]
    assert [
        {"engagement": "E-1", "facets": ["parties", "financials", "service-orders"], "orders": ["SO-1", "SO-2"]}
    ] == [{**engagement, "facets": list(engagement["facets"])} for engagement in shown["engagements"]]
    checked = json.loads(typed(terminal, f"ledger disclosure check cor.{form} --format json"))
    assert (True, "C26/47(Cor.1)", shown["files"][0]) == (
        checked["is_published"], checked["document"], checked["sha256"],
    )  # fmt: skip
    assert "published as C26/47(Cor.1) on 2026-11-23" in checked["relation"]
    answer = typed(terminal, f"ledger report verify cor.{form}")
    assert "it is the file that was published as C26/47(Cor.1) on 2026-11-23" in answer
    document = json.loads(typed(terminal, "ledger disclosure show C26/47 --format json"))
    assert shown["files"] == [document["SHA-256 of C26/47(Cor.1)"]]


@pytest.mark.parametrize(
    ("late", "facet"),
    [
        ("engagement sign E-2 --title More --kind memorandum --party P00001 --effective 2026-05-02", "E-2"),
        ("outcome plan E-1 'A course' --effective 2026-05-02", "E-1 outcomes"),
    ],
)
def test_it_adds_what_was_recorded_later(terminal: Terminal, late: str, facet: str) -> None:
    """Given an engagement, or a facet of one, that is recorded late, then the corrigendum discloses it, by its file."""
    typed(terminal, f"ledger {late}")
    ref, _, what = facet.partition(" ")
    cover = f"--cover {ref}={what or 'parties'} --as-of-on 2026-11-23"
    assert f"not-covered: The document did not cover {ref}" in typed(terminal, f"{CORRECT} {cover}", 3)
    answer = typed(terminal, "ledger report corrigendum C26-47/C26-47.docx -o cor.docx", 1)
    typed(terminal, answer.strip().splitlines()[-1].removeprefix("once it is published: "))
    undisclosed = typed(terminal, "ledger disclosures --undisclosed --format csv")
    assert [] == [line for line in undisclosed.splitlines() if line.startswith(ref) and what in line]
    assert "no findings" in typed(terminal, "ledger verify")


def test_one_byte_of_a_corrigendum_is_found(terminal: Terminal) -> None:
    """Given a corrigendum that was published, when its file is altered, then it is none that was, in what it shows."""
    typed(terminal, LATE)
    typed(terminal, "ledger report corrigendum C26-47/C26-47.docx -o cor.html", 1)
    typed(terminal, f"{CORRECT} --report cor.html")
    Path("altered.html").write_text(Path("cor.html").read_text("utf-8").replace("5.00", "6.00"), "utf-8")
    answer = json.loads(typed(terminal, "ledger disclosure check altered.html --format json", 1))
    assert (False, "C26/47(Cor.1)") == (answer["is_published"], answer["document"])
    assert "is another form of it, or altered" in answer["relation"]
    assert "not-comparable" in typed(terminal, "ledger report verify altered.html", 2)


def test_a_corrigendum_corrects_its_own_document(terminal: Terminal) -> None:
    """A corrigendum is neither published as a document, nor recorded for another one; nor is its content typed."""
    typed(terminal, LATE)
    typed(terminal, "ledger report corrigendum C26-47/C26-47.docx -o cor.html", 1)
    answer = typed(terminal, "ledger disclosure publish C26/48 --body Council --report cor.html", 2)
    assert "is-corrigendum: cor.html is a corrigendum to C26/47." in answer
    assert "ledger disclosure correct C26/47 SYMBOL --what TEXT --report cor.html" in answer
    typed(terminal, f"{COUNCIL.replace('C26/47', 'C26/48')} --publish")
    other = "ledger disclosure correct C26/48 'C26/48(Cor.1)' --what Figures --report cor.html"
    assert "is-corrigendum" in typed(terminal, other, 2)
    assert "report-says" in typed(terminal, f"{CORRECT} --report cor.html --cover E-1", 2)
    assert "missing-field: 'cover' is missing" in typed(terminal, f"{CORRECT} --as-of-on 2026-11-23", 2)


def test_a_correction_has_a_symbol_of_its_own(terminal: Terminal) -> None:
    """The symbol of the document itself is refused for its correction."""
    line = CORRECT.replace("'C26/47(Cor.1)'", "C26/47")
    answer = typed(terminal, f"{line} --cover E-1=parties --as-of-on 2026-11-23", 3)
    assert "duplicate-disclosure: C26/47" in answer
