"""`ledger disclosure publish --report`: what a report shows is what is disclosed, in every form that can say it."""

import hashlib
import json
from pathlib import Path
from shlex import quote
from typing import Any

import pytest

from tests.transcripts.terminal import Terminal

DEMO = Path(__file__).parents[2] / "demo" / "data"
REPORT = "ledger report council --from 2024-01-01 --to 2024-12-31"
SMALL = """
ledger init --origin example.org/ledger --currency USD
ledger party register "Alpha (illustrative) -->" --effective 2026-01-02
ledger engagement sign E-1 --title "a--b --> <!-- c" --kind memorandum --party P00001 --effective 2026-01-03
ledger engagement sign E--2 --title "Two" --kind memorandum --party P00001 --effective 2026-01-03 \
--contribution "P00001=USD 10.00"
ledger order issue E-1 SO-1 --subject One --amount "USD 1.00" --effective 2026-02-01
"""
SMALL_REPORT = "ledger report council --from 2026-01-01 --to 2026-06-30"


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in an empty folder."""
    return Terminal(tmp_path, monkeypatch)


def typed(terminal: Terminal, line: str, code: int = 0) -> str:
    """Type a command that must end with this code, and return its output."""
    answer, found = terminal.type(line)
    assert code == found, f"{line}\n{answer}"
    return answer


def small(terminal: Terminal) -> None:
    """Record a small history."""
    for line in SMALL.strip().splitlines():
        typed(terminal, line)


def shown(terminal: Terminal, line: str) -> Any:
    """Return the JSON of a reading command."""
    return json.loads(typed(terminal, f"{line} --format json"))


def waiting(terminal: Terminal) -> set[tuple[str, str, str]]:
    """Return what is not disclosed: engagement, facet and number."""
    rows = shown(terminal, "ledger disclosures --undisclosed")["rows"]
    return {(row["engagement"], row["facet"], row["number"]) for row in rows}


@pytest.mark.slow
def test_the_councils_report_of_the_demo(terminal: Terminal) -> None:
    """It covers exactly what it shows; one more order is not disclosed, and is the one that is reported as changed."""
    typed(terminal, "ledger init --origin example.org/ledger --currency USD")
    typed(terminal, f"ledger import tdag25 {quote(str(DEMO / 'register.csv'))}")
    typed(terminal, f"ledger import cwg-fhr {quote(str(DEMO / 'engagements.csv'))} --effective 2023-12-01")
    typed(terminal, f"{REPORT} -o council.html")
    typed(terminal, f"{REPORT} -o council.json")
    report = json.loads(Path("council.json").read_text("utf-8"))
    dossiers = {table["key"].removeprefix("engagement ") for table in report["tables"]
                if table["key"].startswith("engagement ")}  # fmt: skip
    answer = typed(terminal, "ledger disclosure publish C25/50 --body Council --report council.html")
    assert f"it covers {report['figures']['engagements']} engagements as of 2024-12-31" in answer
    document = shown(terminal, "ledger disclosure show C25/50")
    covered = {name.removeprefix("covers ") for name in document if name.startswith("covers ")}
    assert covered == {one["engagement"] for one in report["discloses"]} == dossiers
    assert len(covered) == report["figures"]["engagements"]
    before = waiting(terminal)
    assert not covered & {ref for ref, _, _ in before}
    typed(terminal, 'ledger order issue CWG-2023-003 SO-1 --subject X --amount "USD 600000.00" --effective 2025-02-01')
    assert {("CWG-2023-003", "service-orders", "SO-1")} == waiting(terminal) - before
    changed = shown(terminal, "ledger changes --since C25/50")["engagements"]
    assert ["CWG-2023-003"] == [group["engagement"] for group in changed]
    assert [] == shown(terminal, "ledger disclosures --changed-since")["rows"]


@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_each_form_says_what_it_discloses(terminal: Terminal, form: str) -> None:
    """HTML, Markdown and JSON give the same disclosure, whatever references and titles are made of."""
    small(terminal)
    typed(terminal, f"{SMALL_REPORT} -o report.{form}")
    typed(terminal, f"ledger disclosure publish C26/1 --body Council --effective 2026-07-01 --report report.{form}")
    document = shown(terminal, "ledger disclosure show C26/1")
    assert "2026-06-30, position 6" == document["as of"]
    assert "parties, service-orders, service order SO-1" == document["covers E-1"]
    assert "parties, financials" == document["covers E--2"]
    assert hashlib.sha256(Path(f"report.{form}").read_bytes()).hexdigest() == document["SHA-256"]
    assert set() == waiting(terminal)


def test_forms_of_one_report_are_published_together(terminal: Terminal) -> None:
    """Each is found again by its SHA-256; forms of different reports are refused."""
    small(terminal)
    for form in ("html", "json"):
        typed(terminal, f"{SMALL_REPORT} -o report.{form}")
    typed(terminal, "ledger report engagement E-1 -o other.html")
    publish = "ledger disclosure publish C26/1 --body Council --report report.html --report"
    assert "reports-differ" in typed(terminal, f"{publish} other.html", 2)
    typed(terminal, f"{publish} report.json")
    for number, form in enumerate(("html", "json"), 1):
        answer = shown(terminal, f"ledger disclosure check report.{form}")
        assert (True, "C26/1") == (answer["is_published"], answer["document"])
        assert f"file {number} of 2" in answer["relation"]


def test_what_a_report_says_is_not_said_again(terminal: Terminal) -> None:
    """An as-of or a coverage beside a report is refused, and so are files that say nothing, and other ledgers'."""
    small(terminal)
    typed(terminal, f"{SMALL_REPORT} -o report.html")
    typed(terminal, f"{SMALL_REPORT} -o report.csv")
    publish = "ledger disclosure publish C26/1 --body Council --report"
    for option in ("--as-of-on 2026-06-30", "--as-of-position 6", "--cover E-1"):
        assert f"report-says: The report says itself what {option.split()[0]}" in typed(
            terminal, f"{publish} report.html {option}", 2
        )
    assert "no-manifest: report.csv" in typed(terminal, f"{publish} report.csv", 2)
    assert "cannot-read" in typed(terminal, f"{publish} missing.html", 2)
    text = Path("report.html").read_text("utf-8")
    Path("twice.html").write_text(f"{text}\n{text}", "utf-8")
    assert "several manifests" in typed(terminal, f"{publish} twice.html", 2)
    root = json.loads(text.partition("ledger-report ")[2].partition(" -->")[0])["as_of"]["root"]
    Path("other.html").write_text(text.replace(root, root[::-1]), "utf-8")
    assert "other-log: other.html was not made from this ledger" in typed(terminal, f"{publish} other.html", 3)
    assert 6 == shown(terminal, "ledger status")["as_of"]["known_at"]


def test_how_a_file_is_related(terminal: Terminal) -> None:
    """A file that was not published ends with 1, and says what it is beside what was published."""
    small(terminal)
    typed(terminal, f"{SMALL_REPORT} -o report.html")
    typed(terminal, "ledger disclosure publish C26/1 --body Council --report report.html")
    typed(terminal, f"{SMALL_REPORT} --known-at 6 --on 2026-06-30 -o same.md")
    typed(terminal, f"{SMALL_REPORT} -o later.html")
    Path("note.txt").write_text("a note", "utf-8")
    text = Path("report.html").read_text("utf-8")
    Path("altered.html").write_text(text.replace("Two", "Three"), "utf-8")
    Path("less.html").write_text(text.replace(',"financials"', "", 1), "utf-8")
    for file, words in (
        ("same.md", "discloses what C26/1 does, but is another form of it, or altered"),
        ("altered.html", "discloses what C26/1 does, but is another form of it, or altered"),
        ("less.html", "discloses 0 more, and 1 less"),
        ("later.html", "later than what C26/1 shows"),
        ("note.txt", "it does not say what it shows"),
    ):
        answer = json.loads(typed(terminal, f"ledger disclosure check {file} --format json", 1))
        assert (False, True) == (answer["is_published"], words in answer["relation"]), answer


def test_covering_every_engagement(terminal: Terminal) -> None:
    """`all` and a file cover what stands at the as-of, shown and counted before it is recorded."""
    small(terminal)
    publish = "ledger disclosure publish C26/1 --body Council --as-of-on 2026-01-31"
    answer = typed(terminal, f"{publish} --cover all --dry-run")
    assert "it covers 2 engagements as of 2026-01-31, position 6: E--2, E-1" in answer
    assert "  parties: 2 engagements" in answer
    assert "service order" not in answer
    Path("list.txt").write_text("# the agreements\nE-1\n\nE--2=financials\n", "utf-8")
    typed(terminal, f"{publish} --cover @list.txt")
    document = shown(terminal, "ledger disclosure show C26/1")
    assert ("parties", "financials") == (document["covers E-1"], document["covers E--2"])
    assert "cannot-read" in typed(terminal, "ledger disclosure cover C26/1 @missing.txt", 2)
