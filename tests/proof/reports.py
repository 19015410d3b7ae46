"""A small ledger with at least one of everything that reports count, its proof folders, and both verifiers.

`ledger report --proof` writes every report. The product and verify_ledger.py check every folder, and must agree. A
`Forgery` changes the statements of a report like a forger of whole reports: it prints the document again to match.
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple, Self

from ledger.tlog.keys import COSIGNER
from ledger.tlog.policy import Policy
from ledger.tlog.policy import parse as parse_policy
from projections.proof.layout import document
from projections.proof.shipped_definitions import document_bytes
from projections.proof.verify_ledger import MALFORMED, Findings, Folder, check_report, read_log
from projections.proof.verify_report import verify_report
from projections.queries.figures import Figure
from tests.spec.signing import signing_key, vkey
from tests.transcripts.terminal import Terminal

HISTORY = """
ledger init --origin example.org/ledger --currency USD --organization "Example Organisation (illustrative)"
ledger rate record EUR USD 1.10 --source ECB --effective 2026-01-02
ledger party register "Alpha University (illustrative)" --type Academia --membership none --effective 2026-01-03
ledger party register "Beta Advisers (illustrative)" --type "Private sector" --effective 2026-01-03
ledger party register "Gamma Foundation (illustrative)" --type Foundation --effective 2026-01-03
ledger engagement sign E-1 --title "Digital skills" --kind "partnership agreement" --party P00001 --region AFR=60 \
--region ASP=40 --effective 2026-02-01 --contribution "P00001=USD 1000.01"
ledger engagement sign E-2 --title "Rural access" --kind "partnership agreement" --party P00003 --region AFR \
--effective 2026-03-01 --contribution "P00003=EUR 500.00"
ledger engagement sign E-3 --title "Advice" --kind consultancy --party P00002=consultant --effective 2026-03-05 \
--ends-on 2026-12-31
ledger order issue E-3 SO-1 --subject "Assessment" --amount "USD 300.00" --effective 2026-04-01
ledger order issue E-3 SO-2 --subject "Training" --amount "USD 200.00" --effective 2026-04-02
ledger disclosure publish C26/5 --body Council --title "Consultants" --effective 2026-05-01 --as-of-on 2026-05-01 \
--cover E-3=parties,service-orders
ledger contribution receive E-1 P00001 "USD 400.00" --effective 2026-05-02
ledger contribution receive E-1 P00001 "USD 44.00" --effective 2026-05-03
ledger void 16 --reason "Credited to another agreement"
ledger contribution amend E-1 P00001 "USD 900.01" --effective 2026-06-01 --reason "Smaller scope"
ledger order accept E-3 SO-1 "USD 100.00" --effective 2026-06-02
ledger payment make E-3 SO-1 "USD 100.00" --effective 2026-06-03
ledger outcome plan E-1 "Trainers trained" --target 40 --due-on 2026-09-01 --effective 2026-06-04
ledger risk assess E-3 strategic --likelihood high --impact medium --effective 2026-06-05 --reason "One adviser"
ledger party affiliate P00002 P00003 --relation "members of one network" --effective 2026-06-06
ledger key new
ledger definitions adopt partnerships
ledger definitions adopt council
ledger checkpoint
ledger contribution receive E-2 P00003 "EUR 10.00" --effective 2026-06-07
ledger checkpoint
"""
"""The typed commands. Entry 16 is the voided receipt."""
POLICY = f"log {vkey(1)}\nquorum none\n"
WITNESSED = f"log {vkey(1)}\nwitness one {signing_key(2, 'witness.example/one').verifier(COSIGNER)}\nquorum one\n"
REPORTS = {"partnerships": "--year 2026", "council": "--from 2026-01-01 --to 2026-12-31"}


def typed(terminal: Terminal, line: str) -> str:
    """Type a command that must succeed, and return its output."""
    answer, code = terminal.type(line)
    assert 0 == code, f"{line}\n{answer}"
    return answer


class Verdicts(NamedTuple):
    """The findings of the product and those of verify_ledger.py: a code and a place each."""

    product: list[str]
    program: list[str]


def by_program(folder: Path, policy: str = POLICY) -> list[str]:
    """Return the findings of verify_ledger.py: a code and a place each."""
    findings = Findings()
    opened = Folder(folder, findings)
    try:
        check_report(opened, read_log(opened, policy.encode(), findings), findings)
    except MALFORMED:
        findings.add("bad-report", "figures.json", "it cannot be evaluated")
    return [f"{finding['code']} {finding['place']}" for finding in findings]


def by_product(folder: Path, policy: Policy | None = None) -> list[str]:
    """Return the findings of the product: a code and a place each."""
    result = verify_report(folder, policy or parse_policy(POLICY.encode()))
    return [f"{finding.code} {finding.what.partition(': ')[0]}" for finding in result.findings]


def check_both(folder: Path, policy: str = POLICY) -> Verdicts:
    """Return the findings of both verifiers, which must agree on whether there are any."""
    verdicts = Verdicts(by_product(folder, parse_policy(policy.encode())), by_program(folder, policy))
    assert bool(verdicts.product) == bool(verdicts.program), verdicts
    return verdicts


class Forgery:
    """A copy of a proof folder in which a test changes statements; the document can be printed again to match."""

    def __init__(self, source: Path, target: Path) -> None:
        """Copy the folder."""
        shutil.copytree(source, target)
        self.folder = target
        self.stated: dict[str, Any] = json.loads(self.read("figures.json"))
        self.defined: dict[str, Any] = json.loads(self.read("definitions.json"))

    def read(self, name: str) -> str:
        """Return a file's text."""
        return (self.folder / name).read_text("utf-8")

    def write(self, name: str, data: str | bytes) -> Self:
        """Write a file."""
        (self.folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
        return self

    def change(self, name: str, old: str, new: str) -> Self:
        """Replace the first occurrence of a text in a file, which must contain it."""
        assert old in self.read(name), f"{old} does not stand in {name}"
        return self.write(name, self.read(name).replace(old, new, 1))

    @property
    def figures(self) -> dict[str, Any]:
        """The stated figures by pointer."""
        found: dict[str, Any] = self.stated["figures"]
        return found

    def printed(self, data: bytes | None = None, **known: str) -> Self:
        """Write the stated figures, or `data`, and a document that prints them."""
        data = document_bytes(self.stated) if data is None else data
        self.write("figures.json", data)
        figures = {at: Figure(_value(figure), figure["unit"], "sum") for at, figure in self.figures.items()}
        as_of, currency = self.stated["as_of"], "USD"
        names = {**self.stated["parameters"], **as_of, "origin": "example.org/ledger", "reporting": currency}
        names |= {"organization": "Example Organisation (illustrative)", "money": currency.lower()}
        names |= {"witnessed": self.defined["witnessed"].get(self.stated["witnessed"])}
        names |= {name: unset for name, (_, unset) in self.defined["in_force"].items()}
        names |= {"digest": hashlib.sha256(data).hexdigest(), **known}
        return self.write("report.md", document(self.defined["document"], figures, names))


def _value(figure: dict[str, Any]) -> Any:
    is_money = isinstance(figure["value"], str) and figure["unit"] not in ("text", "year", "percent", "count")
    return Decimal(figure["value"]) if is_money else figure["value"]


@contextmanager
def proved(terminal: Terminal) -> Iterator[dict[str, Path]]:
    """Type the history, and yield the proof folders of both reports."""
    for line in HISTORY.strip().splitlines():
        typed(terminal, line)
    Path("../policy").write_text(POLICY, "utf-8")
    for report, words in REPORTS.items():
        typed(terminal, f"ledger report {report} {words} --on 2026-12-31 --proof ../{report}")
    yield {report: Path("..").resolve() / report for report in REPORTS}
