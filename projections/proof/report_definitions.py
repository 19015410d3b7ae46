"""The definitions that a report is proved with, as the bytes whose SHA-256 the log adopts.

They name the program that checks them by its SHA-256: who changes the program adopts new definitions.
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
"""The template of a policy: it has no key, since a key that came with what it is to check proves nothing."""
WITNESSED = {
    "enough": "Enough witnesses cosigned the log behind this report, by the policy of those who wrote it.",
    "too few": "NO QUORUM: fewer witnesses cosigned the log than the policy of those who wrote this report asks for.",
    "not asked": "Those who wrote this report named no policy: whether enough witnesses cosigned the log, its reader's "
    "policy tells.",
}
"""What a report says of the witnesses of its log; a reader's own policy decides (step 3 of the program)."""


def program() -> bytes:
    """Return the program that checks a report with nothing but Python."""
    return files("projections.proof").joinpath(PROGRAM).read_bytes()


def definitions(report: str) -> dict[str, Any]:
    """Return the definitions of a report. Raises KeyError if it has none."""
    if report not in PROVABLE:
        raise KeyError(report)
    of_report: dict[str, Any] = _data(report)
    digest = hashlib.sha256(program()).hexdigest()
    common = {"report": report, "program": digest, "policy": list(POLICY), "witnessed": WITNESSED}
    return {**common, "reads": _data("reads"), **of_report}


def definition_bytes(report: str) -> bytes:
    """Return the definitions as they stand in the folder of a report."""
    return plain(definitions(report))


def digest(report: str) -> str:
    """Return the SHA-256 of the definitions, which the log adopts."""
    return hashlib.sha256(definition_bytes(report)).hexdigest()


def plain(document: Any) -> bytes:
    """Return a document in the one form that files of a report have."""
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _data(name: str) -> Any:
    return json.loads(files("projections.proof.definitions").joinpath(f"{name}.json").read_text("utf-8"))
