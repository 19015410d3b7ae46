"""Lists of oversight fit a terminal of 80 columns, with values of any length; filters, JSON and CSV."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from wcwidth import wcswidth

from cli.noun_registry import NOUNS
from cli.nouns.list_columns import COLUMNS
from cli.output.tables import Column, table_text
from tests.compliance.world import guidelines, rule
from tests.findings.test_parameters import parameters
from tests.transcripts.terminal import Terminal

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
WIDE = "国际电信联盟（说明性名称）与世界气象组织联合数字技能发展伙伴关系办公室"
REF = "BDT-CYB-2026-000123"


@pytest.fixture
def long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal with a ledger in which every text is long."""
    terminal = Terminal(tmp_path, monkeypatch)
    (tmp_path / "agreement.pdf").write_bytes(b"an agreement\n")
    (tmp_path / "guidelines.toml").write_text(guidelines(rule('{ fact = "analysis" }')), "utf-8")
    (tmp_path / "controls.toml").write_text(parameters(""), "utf-8")
    for words in (
        ["init", "--origin", "example.org/ledger", "--currency", "USD"],
        ["setting", "change", "materiality.threshold", "USD 1000000.00"],
        ["party", "register", LONG, "--ref", "P1", "--type", "Private sector", "--membership", "Sector Member"],
        ["party", "register", WIDE, "--ref", "P2", "--type", LONG],
        ["engagement", "sign", REF, "--title", LONG, "--kind", "consultancy", "--party", "P1=consultant",
         "--party", "P2=funder", "--unit", WIDE, "--effective", "2026-01-01", "--ends-on", "2026-11-30",
         "--contribution", "P2=USD 123456789.00"],
        ["guidelines", "adopt", "guidelines.toml"],
        ["controls", "adopt", "controls.toml"],
        ["deviation", "waive", REF, "r", "--why", LONG, "--approved-by", WIDE, "--conditions", LONG],
        ["party", "affiliate", "P1", "P2", "--relation", WIDE, "--effective", "2026-01-01"],
        ["party", "screen", "P1", LONG, "possible match", "--valid-until", "2026-11-01", "--effective", "2026-01-01"],
        ["party", "flag", "P1", WIDE, "--effective", "2026-01-01"],
        ["information", "request", REF, LONG, "--by", "Council", "--due-on", "2026-11-30"],
        ["approval", "evidence", REF, LONG, "--document", "C26/INF/1234(Rev.1)"],
        ["analysis", "record", REF, LONG, "--option", WIDE, "--option", LONG, "--document", "C26/INF/1234(Rev.1)"],
        ["materiality", "assess", REF, "--value", "USD 123456789.00", "--strategic", "yes", "--why", LONG],
        ["risk", "assess", REF, "reputational", "--likelihood", "medium", "--impact", "high", "--mitigation", LONG,
         "--owner", WIDE, "--review-on", "2026-11-30"],
        ["conflict", "declare", REF, LONG, "--between", "P2", "--effective", "2026-02-01"],
        ["conflict", "assess", REF, "C1", "not acceptable", "--measures", WIDE],
        ["contribution", "value", REF, "P2", "USD 123456789.00", "--what", LONG],
        ["order", "issue", REF, "SO-2026-0001", "--subject", LONG, "--vendor", "P1", "--amount", "USD 123456789.00",
         "--effective", "2026-02-01"],
        ["order", "accept", REF, "SO-2026-0001", "USD 23456789.00", "--effective", "2026-03-01"],
        ["outcome", "plan", REF, LONG, "--indicator", WIDE, "--target", "1234567", "--due-on", "2026-06-30"],
        ["outcome", "record", REF, WIDE, "--outcome", "O1", "--evidence", LONG],
        ["review", "hold", REF, LONG, "--action", f"{WIDE}=2026-11-01", "--next-on", "2026-12-01"],
        ["document", "attach", REF, "agreement.pdf", "--title", WIDE],
        ["finding", "assess", f"recorded-late/{REF}", "--outcome", "dismissed", "--why", LONG, "--until", "2027-01-31"],
        ["disclosure", "prepare", "C27/INF/1234(Rev.1)", "--body", "Council", "--title", LONG, "--cover", REF,
         "--planned-on", "2026-12-01"],
    ):  # fmt: skip
        answer, code = terminal.words(words)
        assert 0 == code, answer
    return terminal


def _lists() -> list[str]:
    return [noun for noun in NOUNS if noun not in ("payment", "rate", "setting")]


BROKEN_DAY = re.compile(r"(?<![\w-])\d{4}-(\d?|\d\d-?\d?)(?=\s|$)")
"""The beginning of a day that goes on in another line."""


def test_eighty_columns(long: Terminal) -> None:
    """No row of a table is wider than the terminal, and no reference that fits is broken; also in `next` and `show`."""
    shown = [f"{noun} list" for noun in _lists()]
    shown += ["next", f"risk show {REF} reputational", f"review show {REF} R1", f"order show {REF} SO-2026-0001"]
    shown += [
        "disclosures",
        "disclosures --undisclosed",
        "party show P1",
        f"outcome show {REF} O1",
        f"document show {REF} D1",
        f"engagement show {REF}",
    ]
    for line in shown:
        answer, code = long.type(f"ledger {line}")
        assert 0 == code, answer
        rows = [row for row in answer.splitlines() if not row.startswith("as of ")]
        assert [] == [row for row in rows if wcswidth(row) > 80], line
        assert [] == [row for row in rows if BROKEN_DAY.search(row)], line


def test_lists_in_each_form(long: Terminal) -> None:
    """JSON and CSV have the same members; a list for screen readers has no column that summarises others."""
    for noun in _lists():
        rows = json.loads(long.type(f"ledger {noun} list --format json")[0])["rows"]
        assert rows, noun
        text = long.type(f"ledger {noun} list --format csv")[0]
        assert list(rows[0]) == [head for head in next(csv.reader(io.StringIO(text))) if not head.endswith("_currency")]
        spoken = long.type(f"ledger {noun} list --list")[0]
        told_of = NOUNS[noun].spoken or NOUNS[noun].columns
        assert all(f"\n{column.rstrip('>').replace('_', ' ')}: " in spoken for column in told_of)


def test_every_column_filters(long: Terminal) -> None:
    """Every column of every list can be filtered; the text for an absent value is accepted as well."""
    for noun, columns in COLUMNS.items():
        for column in columns:
            answer, code = long.words([noun, "list", "--where", f"not {column.key}=not recorded", "--columns", "all"])
            assert 0 == code, answer
    for text in ("disclosed_in=not disclosed", "paid=none", "accepted>=23456789 USD"):
        answer, _ = long.words(["order", "list", "--where", text, "--format", "json"])
        assert 1 == len(json.loads(answer)["rows"]), text


def test_a_terminal_shows_the_first_rows(long: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table on a terminal is bounded, and says how to see the rest; a number asked for, CSV and pipes are whole."""
    piped, _ = long.words(["party", "list"])
    monkeypatch.setattr("cli.options.listing.MOST_SHOWN", 1)
    monkeypatch.setattr("cli.options.listing.is_terminal", lambda _: True)
    bounded, _ = long.words(["party", "list"])
    assert "note: 1 more row is not shown; --after P1 goes on, --limit 2 shows all." in " ".join(bounded.split())
    assert piped == long.words(["party", "list", "--limit", "2"])[0].replace("; at most 2 rows", "")
    assert "not shown" not in long.words(["party", "list", "--format", "csv"])[0]
    rest, _ = long.words(["party", "list", "--after", "P1", "--format", "csv"])
    assert ["P2"] == [line.split(",")[0] for line in rest.splitlines() if line.startswith("P") and "," in line]
    assert "--limit 2" in long.words(["party", "list", "--sort", "name"])[0]


@pytest.mark.parametrize(("limit", "words"), [(1, "; at most 1 row\n"), (2, "; at most 2 rows\n")])
def test_a_limit_in_words(long: Terminal, limit: int, words: str) -> None:
    """The line below a table counts the rows that were asked for as people do."""
    assert words in long.words(["party", "list", "--limit", str(limit)])[0]


def test_what_is_not_disclosed_is_bounded_on_a_terminal(long: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of the last row that is shown goes on, and all pages together are the whole."""
    words = ["disclosures", "--undisclosed"]
    whole = json.loads(long.words([*words, "--format", "json"])[0])["rows"]
    key = f"{whole[0]['engagement']} {whole[0]['facet']}"
    rest = json.loads(long.words([*words, "--after", key, "--format", "json"])[0])["rows"]
    assert whole[1:] == rest
    monkeypatch.setattr("cli.options.listing.MOST_SHOWN", 1)
    monkeypatch.setattr("cli.options.listing.is_terminal", lambda _: True)
    assert f"{len(rest)} more rows are not shown; --after '{key}' goes on" in " ".join(long.words(words)[0].split())


def test_what_is_open_of_orders(terminal: Terminal) -> None:
    """What was ordered and not accepted is a column; `status=open` is answered with a filter of it."""
    terminal.type("ledger order accept E-1 SO-1 --effective 2026-03-02")
    terminal.type("ledger order accept E-1 SO-2 'USD 5.00' --effective 2026-03-02")
    rows = json.loads(terminal.type("ledger order list --where open!=none --format json")[0])["rows"]
    assert [("SO-2", ["USD 15.00"])] == [(row["number"], row["open"]) for row in rows]
    assert "open USD 15.00" in terminal.type("ledger order list --sort=-open")[0]
    assert "Write 'open!=none'." in terminal.type("ledger order list --where status=open")[0]
    terminal.type("ledger order cancel E-1 SO-2 --effective 2026-03-03")
    assert "no results" in terminal.type("ledger order list --where open!=none")[0]


def test_what_must_not_be_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a table is too wide, words for missing numbers wrap before references do, and days are never broken."""
    monkeypatch.setattr("cli.output.tables.terminal_width", lambda: 80)
    columns = [
        Column("on"),
        Column("document"),
        Column("ref"),
        Column("facet"),
        Column("happened"),
        Column("days", right=True),
    ]
    row = {"on": "2025-05-20", "document": "C25/50(Cor.1)", "ref": "CWG-2023-0010", "facet": "service-orders"}
    row["happened"] = "2023-12-01"
    rows: list[dict[str, Any]] = [row | {"days": None}, row | {"days": 108}]
    shown = table_text(rows, columns)
    assert 2 == shown.count("CWG-2023-0010") == shown.count("service-orders")
    rows = [{**row, "document": "CWG-FHR-20/12(Add.2)", "days": 108} for row in rows]
    monkeypatch.setattr("cli.output.tables.terminal_width", lambda: 60)
    shown = table_text(rows, columns)
    assert (2, 2) == (shown.count("2025-05-20"), shown.count("2023-12-01"))
    assert all(wcswidth(line) <= 60 for line in shown.splitlines())
