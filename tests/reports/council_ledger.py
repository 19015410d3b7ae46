"""A ledger whose staff type commands, and reports on it: the setup of the tests of reports."""

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.application.open import open_ledger
from tests.reports.council_evaluator import ReportScope
from tests.transcripts.terminal import Terminal

SOURCE = "2023-12-01"
"""The date of the document about the three engagements; it does not state when they were signed."""
THREE = (
    ("CWG-2023-001", "Strategic and financial plan 2024-2027", "consultancy", "Dalberg",
     "Support the secretariat in drafting the strategic and financial plan of ITU (2024-2027)",
     "Draft of the strategic and financial plan; virtual consultation held", "yes"),
    ("CWG-2023-002", "Knowledge partner for P2C SDG Digital Day and GIGA", "knowledge partnership",
     "Boston Consulting Group", "Support the P2C pledging framework and the concept of the online platform",
     "Report: Meaningful school connectivity: An assessment of sustainable business models", "yes"),
    ("CWG-2023-003", "IT roadmap for service excellence and growth", "consultancy", "EY",
     "Evaluate the current state and develop an IT roadmap", "Report evaluating the current state; IT roadmap", None),
)  # fmt: skip
"""The engagements in the contribution to the working group, as in ../shared/data/cwg-fhr/engagements.csv.

Reference, title, kind, third party, purpose, outcome, and whether the contribution calls it strategic.
"""
ROLES = {"consultancy": "consultant", "knowledge partnership": "knowledge partner"}

Line = dict[str, Any]


def usd(value: str) -> dict[str, str]:
    """Return an amount in dollars."""
    return {"currency": "USD", "value": value}


def three() -> list[Line]:
    """Return the commands that record the three engagements: undated, with amounts and orders withheld."""
    lines: list[Line] = []
    for ref, title, kind, party, purpose, outcome, strategic in THREE:
        engagement: Line = {"command": "engagement sign", "engagement": ref, "title": title, "kind": kind,
                      "parties": [{"party": party, "role": ROLES[kind]}], "purpose": purpose, "undated": True,
                      "withheld": ["financials", "service-orders"], "unit": "ITU secretariat"}  # fmt: skip
        lines += [{"command": "party register", "name": party}, engagement,
                  {"command": "outcome record", "engagement": ref, "summary": outcome}]  # fmt: skip
        if strategic:
            weight = {"strategic": strategic, "why": "The contribution names it as strategic"}
            lines.append({"command": "materiality assess", "engagement": ref} | weight)
    return [{"effective": SOURCE, **line} for line in lines]


class ReportDocument:
    """The JSON form of a report."""

    def __init__(self, text: str) -> None:
        """Parse the JSON form."""
        self.document: dict[str, Any] = json.loads(text)
        self.figures = self.document["figures"]

    def table(self, key: str) -> list[dict[str, Any]]:
        """Return the rows of a table by column title; no rows if there is no such table."""
        for table in self.document["tables"]:
            if table["key"] == key:
                return [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
        return []

    def facts(self, ref: str) -> dict[str, str]:
        """Return the facts of an engagement in the annex, including those listed as not recorded."""
        rows = {row["What"]: row["As recorded"] for row in self.table(f"engagement {ref}")}
        return rows | dict.fromkeys(rows.pop("Not recorded", "").split("; "), "not recorded")

    def positions(self, pointer: str) -> list[int]:
        """Return the positions behind a figure."""
        ranges = self.document["provenance"][pointer].get("ranges", [])
        return [position for first, last in ranges for position in range(first, last + 1)]

    @property
    def scope(self) -> ReportScope:
        """The scope of the report."""
        given, as_of = self.document["parameters"], self.document["as_of"]
        return ReportScope(given["from"], given["to"], as_of["on"], as_of["known_at"])


class Secretariat:
    """Staff at a terminal, with a ledger in its folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Create the ledger; today is 23 November 2026."""
        self.folder = folder
        self.terminal = Terminal(folder, monkeypatch)
        self.do("init --origin example.org/ledger --currency USD --organization 'Example Organisation'")

    def do(self, line: str) -> str:
        """Type a command that must succeed, and return its output."""
        answer, code = self.terminal.type(f"ledger {line}")
        assert 0 == code, f"{line}\n{answer}"
        return answer

    def record(self, *lines: Line) -> None:
        """Record commands from JSON Lines."""
        path = self.folder / "commands.jsonl"
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
        self.do(f"record {path.name}")

    def written(self, form: str, *options: str, starts: str = "2024-01-01", ends: str = "2024-12-31") -> str:
        """Return the council report on a period in a form: json, md, html or csv."""
        path = self.folder / f"council.{form}"
        self.do(f"report council --from {starts} --to {ends} -o {path.name} {' '.join(options)}")
        return path.read_bytes().decode()

    def report(self, *options: str, starts: str = "2024-01-01", ends: str = "2024-12-31") -> ReportDocument:
        """Return the JSON form of the council report on a period."""
        return ReportDocument(self.written("json", *options, starts=starts, ends=ends))

    def entries(self) -> dict[int, Any]:
        """Return the raw entries by position."""
        ledger = open_ledger("sqlite:///ledger.db")
        entries = {position: json.loads(data) for position, data in ledger.store.entries()}
        ledger.close()
        return entries

    def last(self, tag: str) -> int:
        """Return the position of the last entry of a type."""
        return max(position for position, entry in self.entries().items() if entry["event"]["type"] == tag)
