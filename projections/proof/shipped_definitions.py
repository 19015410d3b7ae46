"""The definitions of a provable report, as the bytes whose SHA-256 the log adopts.

verify_ledger.py, the program that checks a report by them, carries the SHA-256 of those that were released: others
that a log adopted could say anything. `make docs` writes these digests into the program, and the SHA-256 of the program
into the README.
"""

import hashlib
import json
from importlib.resources import files
from typing import Any

from projections.reports.registry import PROVABLE

PROGRAM = "verify_ledger.py"
POLICY = (
    "# A policy says whom you trust (c2sp.org/tlog-policy). Take the keys from their owners, by another way than that",
    "# by which this folder came, take the number signs away, and give the file to verify_ledger.py with --policy.",
    "#",
    "# The log, as the organization gives its key:",
    "#   log KEY-OF-THE-LOG",
    "# Witnesses, as each of them gives its key, and how many of them are enough:",
    "#   witness one KEY-OF-A-WITNESS",
    "#   witness two KEY-OF-ANOTHER",
    "#   group enough 1 one two",
    "#   quorum enough",
)
"""The template of a policy. It has no keys: a key that arrives together with the report proves nothing."""
WITNESSED = {
    "enough": "Enough witnesses cosigned the log behind this report, by the policy of those who wrote it.",
    "too few": "NO QUORUM: fewer witnesses cosigned the log than the policy of those who wrote this report asks for.",
    "not asked": "Those who wrote this report asked for no witness: whether enough cosigned the log, its reader's "
    "policy tells.",
}
"""The sentence in a report about the witnesses of its log. It is the author's statement; the program decides by the
reader's own policy (its step 3)."""


def program() -> bytes:
    """Return verify_ledger.py, which checks a report with nothing but Python. No folder of a report contains it."""
    return files("projections.proof").joinpath(PROGRAM).read_bytes()


def definitions(report: str) -> dict[str, Any]:
    """Return the definitions of a report. Raises KeyError if it cannot be proved."""
    if report not in PROVABLE:
        raise KeyError(report)
    of_report: dict[str, Any] = _data(report)
    common = {"report": report, "policy": list(POLICY), "witnessed": WITNESSED}
    return {**common, "reads": _data("reads"), **of_report}


def definition_bytes(report: str) -> bytes:
    """Return definitions.json, as it is written in the folder of a report."""
    return document_bytes(definitions(report))


def program_digest() -> str:
    """Return the SHA-256 of verify_ledger.py in hexadecimal."""
    return hashlib.sha256(program()).hexdigest()


def digest_file() -> bytes:
    """Return what a published folder says of verify_ledger.py: its SHA-256, as `sha256sum` writes and checks it."""
    return f"{program_digest()}  {PROGRAM}\n".encode()


def digest(report: str) -> str:
    """Return the SHA-256 of definitions.json in hexadecimal, which the log adopts."""
    return hashlib.sha256(definition_bytes(report)).hexdigest()


def document_bytes(document: Any) -> bytes:
    """Return a document in the JSON form of report files: indented by one space, members sorted, in UTF-8."""
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _data(name: str) -> Any:
    return json.loads(files("projections.proof.definitions").joinpath(f"{name}.json").read_text("utf-8"))
