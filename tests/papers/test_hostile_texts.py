"""Hostile texts of a real ledger, in every form of every report: printed as they are, or refused by name."""

import re
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import pytest

from projections.papers.read_back import any_form
from tests.papers import office
from tests.papers.printable import THAI, bare
from tests.papers.test_pdf import needs_reader, read_text
from tests.papers.test_published_document import visible
from tests.transcripts.terminal import Terminal

TEXTS = (
    "=1+1",
    '#panic("x")',
    "<script>alert(1)</script>",
    "*x* _y_ `z` $x$ @cite // comment /* more */ \\ ~",
    "a|b",
    "{/agreements} {$name} { NUMBER(1) }",
    "A name with & and \"quotes\" and 'apostrophes'",
    "wide " * 39 + "words",
    "ООО «Пример»",
)
"""Names, titles, subjects and purposes that a renderer could read as something else."""
RIGHT_TO_LEFT = ("شركة المثال للتقنية", "مؤسسة النموذج الثانية")
"""Two names that stand in one cell, from right to left."""
FORMS = ("docx", "xlsx", "html", "pdf")
REPORTS = {
    "partnerships": "partnerships --year 2026",
    "council": "council --from 2026-01-01 --to 2026-12-31",
    "disclosures": "disclosures",
    "dossier": "engagement E-0",
}
OPTIONS = "--on 2026-11-23 --symbol 'C26/1' --dated 2026-11-23"


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """Return a terminal with a ledger in which each text is the name of a party, a title, a purpose and a subject."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        place = tmp_path_factory.mktemp("hostile") / "desk"
        place.mkdir()
        made = Terminal(place, monkeypatch)
        _typed(made, "ledger init --origin example.org/ledger --currency USD --organization 'Example Organisation'")
        _typed(made, "ledger setting change governing-body Council")
        for number, name in enumerate((*TEXTS, *RIGHT_TO_LEFT)):
            _typed(made, f"ledger party register {quote(name)} --ref P{number} --membership none --type Academia")
        for number, text in enumerate(TEXTS):
            _sign(made, f"E-{number}", text, f"P{number}")
        _sign(made, "E-RTL", "Two names from right to left", f"P{len(TEXTS)} --party P{len(TEXTS) + 1}")
        yield made


def _sign(terminal: Terminal, engagement: str, text: str, party: str) -> None:
    payer, said = party.partition(" ")[0], quote(text)
    signed = f"--party {party} --contribution '{payer}=USD 1200000.00' --effective 2026-02-01"
    ordered = f"--vendor {payer} --amount 'USD 40000.00' --effective 2026-03-01"
    for line in (
        f"engagement sign {engagement} --title {said} --kind 'partnership agreement' --purpose {said} {signed}",
        f"materiality assess {engagement} --financial yes --strategic no --why {said} --effective 2026-02-01",
        f"order issue {engagement} SO-1 --subject {said} {ordered}",
    ):
        _typed(terminal, f"ledger {line}")


def _typed(terminal: Terminal, line: str) -> str:
    answer, code = terminal.type(line)
    assert 0 == code, f"{line}\n{answer}"
    return answer


def _shown(report: str) -> tuple[str, ...]:
    """Return the texts that a report shows: the dossier is of one engagement, and orders have one vendor."""
    if report == "dossier":
        return TEXTS[:1]
    return (*TEXTS, *RIGHT_TO_LEFT[: 1 if report == "disclosures" else 2])


def _is_there(name: str, texts: tuple[str, str]) -> bool:
    # A reader of PDF gives words from right to left in their order by lines, and a name in a narrow cell has several.
    raw, in_lines = map(bare, texts)
    return bare(name) in raw or (name in RIGHT_TO_LEFT and all(bare(word) in in_lines for word in name.split()))


@pytest.mark.slow
@needs_reader
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("report", REPORTS)
def test_each_text_is_printed_as_it_is(report: str, form: str, terminal: Terminal, tmp_path: Path) -> None:
    """Given hostile texts in a ledger, then each form shows them, and what it carries for programs is intact."""
    path = Path(f"{report}.{form}")
    _typed(terminal, f"ledger report {REPORTS[report]} {OPTIONS} -o {path}")
    data = path.read_bytes()
    if form == "pdf":
        texts = read_text(data, tmp_path), read_text(data, tmp_path, "-layout")
    else:
        texts = visible(form, data, tmp_path).replace("_x005F_", "_"), ""
    assert [] == [name for name in _shown(report) if not _is_there(name, texts)]
    back = any_form.read_document(data)[1]
    assert back.data["manifest"]["parameters"] is not None
    assert all(mark.now for mark in back.marks)
    answer = _typed(terminal, f"ledger report verify {path} --words")
    assert "byte for byte" in answer


@pytest.mark.slow
def test_nothing_of_a_text_is_run(terminal: Terminal) -> None:
    """A page has no script, a workbook no formula, and a Word file no field but those of its pages."""
    for form in ("html", "xlsx", "docx"):
        _typed(terminal, f"ledger report {REPORTS['council']} {OPTIONS} -o run.{form}")
    assert "<script" not in Path("run.html").read_text("utf-8").lower()
    for name, pattern in (("run.xlsx", "<f[ >]"), ("run.docx", 'w:instr="(?! (NUM)?PAGE)|instrText')):
        for part, data in office.parts(Path(name).read_bytes()).items():
            if part.endswith(".xml") and "chart" not in part:
                assert not re.search(pattern, data.decode()), (name, part)


@pytest.mark.slow
def test_a_character_that_no_font_has_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a name in Thai, then the PDF is refused with the name, and the other forms print it."""
    (tmp_path / "desk").mkdir()
    terminal = Terminal(tmp_path / "desk", monkeypatch)
    _typed(terminal, "ledger init --origin example.org/ledger --currency USD --organization 'Example Organisation'")
    _typed(terminal, "ledger setting change governing-body Council")
    _typed(terminal, f"ledger party register {THAI} --ref P0 --membership none --type Academia")
    _sign(terminal, "E-0", "Skills", "P0")
    for report, asked in REPORTS.items():
        answer, code = terminal.type(f"ledger report {asked} {OPTIONS} -o {report}.pdf")
        assert (3, True) == (code, "missing-glyphs" in answer and THAI in answer), answer
        assert not Path(f"{report}.pdf").exists()
        for form in ("docx", "xlsx", "html"):
            _typed(terminal, f"ledger report {asked} {OPTIONS} -o {report}.{form}")
            assert bare(THAI) in bare(visible(form, Path(f"{report}.{form}").read_bytes(), tmp_path))
