"""Nothing that a party is called changes how a page reads: each report has a twin with plain names.

Two ledgers differ in names alone: one has plain ones, the other those of an attacker. In every form the rows of both
must be the same once the names are exchanged: as CommonMark renders Markdown, as a parser reads a page, and as a
browser displays it.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.proof.reports import POLICY, check_both
from tests.reports.pages import Rows, browser, displayed, markdown_page, markup, parsed
from tests.transcripts.terminal import Terminal

HOSTILE = (
    "Acme <style>td:nth-child(2){font-size:0}td:nth-child(2)::before{content:'1,000.00';font-size:16px}</style>",
    "<script>document.body.innerHTML='0.00'</script> Ltd", "</td><td>0.01</td></tr><tr><td>Total", "a | 0.01 | b",
    "[total](https://evil.example/)", "![seen](https://evil.example/t.png)", "<img src=x onerror=alert(1)>", "`code`",
    "&lt;b&gt; &#60;i&#62; Co", "https://evil.example/x", "www.evil.example", "pay@evil.example", "note[^1]", "*b* _i_",
    "~~gone~~ Inc", "# Heading", "- item", "1. first", "> quote", "$x^2$ and \\(y\\)", "back\\slash\\", "=1+1 Ltd",
    "+cmd|' /C calc'!A0", "@SUM(1,2)", "{agreements} {year}", "[/agreements]", "<!-- Ltd", "]]> Ltd", '"><b on=x>',
    "```text Ltd", "====", "2024", "<a href='javascript:x'>A</a>", "<https://evil.example/y>", "a~1b~0c", "x" * 300,
    "\\<b> Ltd", "&amp;lt; Ltd", "{{7*7}} {% x %}", "--- Ltd", "<plaintext> Ltd", "<table><tr><td>5,000,000.00",
)  # fmt: skip
PLAIN = tuple(f"Plainname{number:02}x" for number in range(len(HOSTILE)))
FORMS = {"md": "markdown", "html": "html", "csv": "csv", "json": "json"}
REPORTS = {
    "partnerships": ["partnerships", "--year", "2026"],
    "council": ["council", "--from", "2026-01-01", "--to", "2026-12-31"],
    "disclosures": ["disclosures"],
    "engagement": ["engagement", "E-1"],
}


def _history(names: tuple[str, ...]) -> Iterator[list[str] | dict[str, Any]]:
    yield ["init", "--origin", "example.org/ledger", "--currency", "USD", "--organization", names[0]]
    for number, name in enumerate(names, 1):
        party, ref, other = f"P{number:05}", f"E-{number}", names[number % len(names)]
        yield {
            "command": "party register", "name": f"{name} Co", "party_type": other, "membership": name,
            "effective": "2026-01-02",
        }  # fmt: skip
        yield {
            "command": "engagement sign", "engagement": ref, "title": f"{name} T", "kind": "partnership agreement",
            "parties": [{"party": party, "role": name}], "regions": [{"code": f"{name} R"}], "unit": f"{name} U",
            "priorities": [{"code": f"{other} P"}], "effective": "2026-02-01",
            "contributions": [{"by": party, "amount": {"currency": "USD", "value": f"{number}.25"}}],
        }  # fmt: skip
    name, other = names[2], names[1]
    yield [
        "order",
        "issue",
        "E-1",
        "SO-1",
        "--subject",
        f"{names[0]} S",
        "--amount",
        "USD 7.00",
        "--effective",
        "2026-03-01",
    ]
    yield ["outcome", "plan", "E-1", f"{other} O", "--effective", "2026-03-02", "--reason", f"{name} why"]
    yield ["conflict", "declare", "E-1", f"{name} N", "--between", "P00001", "--between", "P00002"]
    yield [
        "risk",
        "assess",
        "E-1",
        "strategic",
        "--likelihood",
        "high",
        "--impact",
        "high",
        "--reason",
        f"{name} because",
    ]
    yield [
        "disclosure",
        "publish",
        "C26/5",
        "--body",
        names[3],
        "--title",
        f"{name} D",
        "--as-of-on",
        "2026-12-31",
        "--cover",
        "E-1=parties",
    ]
    yield ["setting", "change", "conflict.roles", names[0], names[4]]
    yield from (["key", "new"], ["definitions", "adopt", "partnerships"], ["definitions", "adopt", "council"])
    yield ["checkpoint"]


@contextmanager
def _made(folder: Path, names: tuple[str, ...]) -> Iterator[Path]:
    """Record the history with these names in a folder, and write every form of every report there."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        folder.mkdir()
        terminal = Terminal(folder, monkeypatch)
        for words in _history(names):
            _typed(terminal, words)
        for report, words in REPORTS.items():
            for suffix in FORMS:
                _typed(terminal, ["report", *words, "--on", "2026-12-31", "-o", f"{report}.{suffix}"])
        for report in ("partnerships", "council"):
            _typed(terminal, ["report", *REPORTS[report], "--on", "2026-12-31", "--proof", f"{report}-proof"])
        for command in (
            "party list",
            "engagement list",
            "engagement show E-1",
            "history E-1",
            "totals --by party --measure signed",
            "log",
        ):
            answer = _typed(terminal, [*command.split(), "--format", "csv"])
            (folder / f"{command.replace(' ', '-')}.screen").write_text(answer, "utf-8", newline="")
        yield folder


def _typed(terminal: Terminal, words: list[str] | dict[str, Any]) -> str:
    if isinstance(words, dict):
        answer, code = terminal.words(["record", "-"], json.dumps(words))
    else:
        answer, code = terminal.words(words)
    assert 0 == code, f"{words}\n{answer}"
    return answer


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Return the folders of the ledger with plain names and of that with hostile ones."""
    place = tmp_path_factory.mktemp("twins")
    with _made(place / "plain", PLAIN) as plain, _made(place / "hostile", HOSTILE) as hostile:
        yield plain, hostile


def _exchanged(rows: Rows) -> Rows:
    hostile = dict(zip(PLAIN, (" ".join(name.split()) for name in HOSTILE), strict=True))
    pattern = re.compile("|".join(PLAIN))
    return sorted(tuple(pattern.sub(lambda match: hostile[match[0]], cell) for cell in row) for row in rows)


def _figures(rows: Rows) -> Rows:
    # What an attack changes: the cells, by row. Roots and digests differ with every name, and have tables of their own.
    return [row for row in rows if not any(re.search("[A-Za-z0-9+/]{43}=|[0-9a-f]{64}", cell) for cell in row)]


def _compare(both: tuple[Path, Path], name: str, read: Callable[[str], Rows]) -> None:
    plain, hostile = ((folder / name).read_bytes().decode() for folder in both)
    expected = _exchanged([tuple(map(_pointed, row)) for row in _figures(read(plain))])
    assert len(expected) > 3
    assert expected == sorted(tuple(map(_pointed, row)) for row in _figures(read(hostile)))


def _pointed(cell: str) -> str:
    # A JSON Pointer has its own escapes.
    return cell.replace("~1", "/").replace("~0", "~") if cell.startswith("/") else cell


DOCUMENTS = [f"{report}.md" for report in REPORTS] + ["partnerships-proof/report.md", "council-proof/report.md"]
PAGES = [f"{report}.html" for report in REPORTS]


def _without_manifest(text: str) -> str:
    """Return a report without the comment in its last line, which is one line of ASCII and ends nowhere else."""
    *lines, last = text.rstrip("\n").split("\n")
    if not last.startswith("<!-- ledger-report {"):
        return text
    assert last.isascii()
    assert last.endswith("} -->")
    assert not set("<>") & set(last[4:-3])
    assert "--" not in last[4:-3]
    return "\n".join(lines)


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_markdown(both: tuple[Path, Path], name: str) -> None:
    """Rendered Markdown has the rows of the twin, and no markup that the twin has not."""
    _compare(both, name, lambda text: parsed(markdown_page(text)))
    plain, hostile = (markup(_without_manifest((folder / name).read_text("utf-8"))) for folder in both)
    assert plain == hostile
    assert plain <= {"text"}


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_pages(both: tuple[Path, Path], name: str) -> None:
    """A page has the rows of its twin, as a parser reads them, and the same elements."""
    _compare(both, name, parsed)
    pages = [(folder / name).read_text("utf-8") for folder in both]
    plain, hostile = (Counter(re.findall("<([a-z][a-z0-9]*)", page)) for page in pages)
    assert hostile.keys() - {"wbr", "tspan"} <= plain.keys()
    for element in ("table", "tr", "td", "th", "a", "script", "style", "img", "section", "p"):
        assert plain[element] == hostile[element], element


@pytest.mark.slow
@pytest.mark.skipif(browser() is None, reason="there is no browser on this machine")
@pytest.mark.parametrize("name", [*PAGES, *DOCUMENTS])
def test_what_a_browser_shows(both: tuple[Path, Path], name: str, tmp_path: Path) -> None:
    """A browser displays the rows of the twin: no script ran, and no style added, hid or moved a figure."""
    as_page = markdown_page if name.endswith(".md") else str
    _compare(both, name, lambda text: displayed(as_page(text), tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [f"{report}.csv" for report in REPORTS] + ["party-list.screen", "engagement-list.screen"]
)
def test_tables_for_spreadsheets(both: tuple[Path, Path], name: str) -> None:
    """CSV has the rows of the twin; a text that a spreadsheet would calculate has an apostrophe before it.

    The numbers of rows are left out: rows are sorted by names.
    """

    def read(text: str) -> Rows:
        rows = list(csv.reader(io.StringIO(text.partition("\nas of ")[0])))
        assert [] == [cell for row in rows for cell in row if re.match(r"[=+@]|-[^0-9]", cell) and cell != "-"]
        kept = [[cell for place, cell in enumerate(row) if place != 1 or rows[0][1] != "row"] for row in rows]
        return [tuple(re.sub(r"^'+(?=[=+@-])", "", " ".join(cell.split())) for cell in row) for row in kept]

    _compare(both, name, read)


@pytest.mark.slow
@pytest.mark.parametrize("report", REPORTS)
def test_json(both: tuple[Path, Path], report: str) -> None:
    """JSON has the rows of the twin in its tables."""

    def read(text: str) -> Rows:
        tables = json.loads(text)["tables"]
        return [tuple(" ".join(str(cell).split()) for cell in row) for table in tables for row in table["rows"]]

    _compare(both, f"{report}.json", read)


@pytest.mark.slow
def test_both_programs_find_the_hostile_report_sound(both: tuple[Path, Path]) -> None:
    """The proved document of hostile names is what product and program print, and states the figures of the twin."""
    for report in ("partnerships", "council"):
        stated = []
        for folder in both:
            (folder / "policy").write_text(POLICY, "utf-8")
            verdicts = check_both(folder / f"{report}-proof")
            assert ([], []) == (verdicts.product, verdicts.program)
            figures = json.loads((folder / f"{report}-proof" / "figures.json").read_bytes())["figures"]
            stated.append(sorted(str(figure["value"]) for figure in figures.values() if figure["unit"] != "text"))
        assert stated[0] == stated[1]
