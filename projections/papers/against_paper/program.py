"""The program verify_documents.py: its command line, and what it prints."""

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from projections.papers.against_paper.proof_folder import DocumentFinding, Documents, not_judged

PROGRAM = "verify_documents.py"
OF_LEDGER = "verify_ledger.py"
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the documents of a proof; return the exit code."""
    parser = argparse.ArgumentParser(prog=PROGRAM, description="Compare documents with their paper and its proof.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="the folder of a report with its proof")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="*", help="documents that came by another way")
    parser.add_argument(
        "--policy", metavar="FILE", type=Path, help="run verify_ledger.py first, with the keys you trust"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="how findings are printed")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is no folder")
    try:
        documents = Documents(options.folder)
        facts = _log_checked(parser, documents, options.policy) if options.policy else _log_not_checked()
        documents.check(options.files)
    except OSError as error:
        parser.error(str(error))
    except MALFORMED as error:
        documents.add("bad-paper", "documents", f"they cannot be compared: {type(error).__name__} {error}")
    facts |= documents.facts | {"not judged": list(not_judged())}
    return _write(_lines(documents.findings, facts, options.format), 1 if documents.findings else 0)


def _log_not_checked() -> dict[str, Any]:
    return {"log": f"not checked: run {OF_LEDGER}, or give --policy"}


def _log_checked(parser: argparse.ArgumentParser, documents: Documents, policy: Path) -> dict[str, Any]:
    """Run verify_ledger.py, which has to lie next to this program, on log and figures."""
    path = Path(__file__).with_name(OF_LEDGER)
    if not path.is_file():
        parser.error(f"put {OF_LEDGER} next to {PROGRAM}; docs/auditor.md says where to get it")
    place: Any = importlib.util.spec_from_file_location("verify_ledger", path)
    program: Any = importlib.util.module_from_spec(place)
    sys.modules["verify_ledger"] = program
    place.loader.exec_module(program)
    findings = program.Findings()
    folder = program.Folder(documents.folder, findings)
    try:
        log = program.read_log(folder, policy.read_bytes(), findings)
        reported = program.check_report(folder, log, findings)
    except program.MALFORMED as error:
        findings.add("bad-report", "figures.json", f"it cannot be evaluated: {type(error).__name__} {error}")
        reported = {}
    for finding in findings:
        documents.add(finding["code"], str(finding["place"]), finding["what"])
    return {"log": reported.get("checked", "nothing is proved: see the findings")}


def _lines(findings: Sequence[DocumentFinding], facts: dict[str, Any], form: str) -> list[str]:
    if form == "json":
        return json.dumps({"findings": [finding._asdict() for finding in findings], **facts}, indent=2).split("\n")
    lines = [f"finding: {finding.code}: {finding.place}: {finding.what}" for finding in findings]
    for name, stated in facts.items():
        lines += [f"{name}: {text}" for text in (stated if isinstance(stated, list) else [stated])]
    return [*lines, f"findings: {len(findings)}"]


def _write(lines: Sequence[str], code: int) -> int:
    """Print lines with printable characters alone; a reader that stops reading is no error."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr] # a terminal may lack letters
    try:
        for line in lines:
            sys.stdout.write("".join(char if char.isprintable() else ascii(char)[1:-1] for char in line) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:  # what is left must not fail again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code
