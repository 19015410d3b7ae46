"""Commands of oversight, keys and disclosures for random histories; they draw from small pools as well."""

import hashlib
from typing import Any

from ledger.domain.engagement.oversight.conflicts import OUTCOMES
from ledger.domain.engagement.oversight.risks import LEVELS, RISKS
from ledger.domain.findings.assessment import OUTCOMES as ASSESSED
from ledger.domain.party.due_diligence import CONCLUSIONS, DILIGENCE, RESULTS
from tests.compliance.drawn import drawn
from tests.spec.signing import rotation, vkey

Step = tuple[str, int, int, int, int]

AGREEMENT = b"An agreement\n"
"""The attachment in the ledger of every story."""
CONTENT = {"sha256": hashlib.sha256(AGREEMENT).hexdigest(), "size": len(AGREEMENT), "media_type": "text/plain"}

SUPERVISED = (
    "party screen", "party diligence", "party flag", "party unflag", "party affiliate", "party separate", "party merge",
    "approval evidence", "analysis record", "materiality assess", "risk assess", "risk assess", "conflict declare",
    "conflict assess",
    "contribution value", "contribution value", "outcome plan", "review schedule", "review hold", "review hold",
    "action close", "action close", "information request", "information request", "information provide",
    "information provide", "document attach", "key add", "key rotate", "key retire", "key revoke",
    "definitions adopt", "disclosure prepare", "disclosure correct", "disclosure correct",
    "guidelines adopt", "guidelines adopt", "guidelines repeal", "deviation waive",
    "finding assess", "finding assess", "controls adopt",
)  # fmt: skip


def _of_parties(party: str, other: str, c: int, d: int) -> dict[str, dict[str, Any]]:
    until = f"202{5 + d % 3}-06-30"
    return {
        "party screen": {"party": party, "list": f"List {c % 2}", "result": RESULTS[d % 3], "valid_until": until},
        "party diligence": {"party": party, "outcome": CONCLUSIONS[c % 3], "level": DILIGENCE[d % 3],
                            "exclusions": ["Tobacco"] * (d % 2), "valid_until": until},
        "party flag": {"party": party, "what": f"Case {d}", "flag": f"F{c % 3}"},
        "party unflag": {"party": party, "why": "Dismissed", "flag": f"F{c % 3}"},
        "party affiliate": {"party": party, "other": other} | ({"relation": f"Network {d}"} if d % 2 else {}),
        "party separate": {"party": party, "other": other},
        "party merge": {"party": other, "into": party},
    }  # fmt: skip


def _of_keys(b: int, c: int, d: int) -> dict[str, dict[str, Any]]:
    old, new = 1 + b % 4, 1 + c % 4
    return {
        "key add": {"vkey": vkey(old)},
        "key rotate": {"old": vkey(old), "new": vkey(new), "statement": rotation(old, new)},
        "key retire": {"vkey": vkey(new)},
        "key revoke": {"vkey": vkey(new)},
        "definitions adopt": {"report": ("council", "partnerships")[b % 2], "sha256": f"{d % 3:064x}"},
    }


DAYS = ("2024-06-01", "2025-01-01", "2025-12-31")
"""Days that corrections show."""


def _of_disclosures(engagement: str, c: int, d: int) -> dict[str, dict[str, Any]]:
    document = f"D/{d % 3}"
    facets = (["parties"], ["service-orders"], ["financials", "duration"])[c % 3]
    return {
        "disclosure prepare": {"document": f"D/{d % 3}", "body": "Council", "planned_on": "2026-03-31",
                               "cover": [{"engagement": engagement, "facets": facets}]},
        "disclosure correct": {"document": document, "correction": f"{document}(Cor.{1 + c % 2})", "what": "A name",
                               "as_of_on": DAYS[(c + d) % len(DAYS)],
                               "cover": [{"engagement": engagement, "facets": facets}]},
    }  # fmt: skip


FOUND = ("recorded-late", "before-signature", "signed-without-approval")
"""Controls whose findings histories assess."""
GUIDELINES = [drawn(seed, f"GL/{seed}", day) for seed, day in enumerate(("2024-01-01", "2024-02-01", "2025-01-01"), 1)]
"""Versions of one set that histories adopt."""
PARAMETERS = [
    f"""language = 1
[controls]
symbol = "CTL/{days}"
title = "Parameters that allow {days} days"
adopted_by = "Audit Committee"
adopted_on = 2024-01-01
in_force_on = {day}
[[control]]
id = "recorded-late"
days = {days}
[[control]]
id = "split-orders"
severity = "{severity}"
days = {days}"""
    for days, day, severity in ((5, "2024-01-01", "high"), (60, "2024-06-01", "low"), (400, "2025-06-01", "medium"))
]
"""Parameters of the controls that histories adopt."""


def _of_guidelines(engagement: str, c: int, d: int) -> dict[str, dict[str, Any]]:
    rule = {"engagement": engagement, "rule": f"r{c % 3}", "why": f"Reason {d}", "approved_by": "Director"}
    finding = {
        "finding": f"{FOUND[c % len(FOUND)]}/{engagement}", "outcome": ASSESSED[d % 3], "why": f"Reason {d}",
        "entries": [1 + c, 2 + d],
    }  # fmt: skip
    return {
        "guidelines adopt": {"text": GUIDELINES[c % 3]},
        "controls adopt": {"text": PARAMETERS[c % 3]},
        "guidelines repeal": {"symbol": f"GL/{1 + c % 3}"},
        "deviation waive": rule | ({"until": "2025-06-30"} if d % 2 else {}),
        "finding assess": finding | ({"until": "2026-06-30"} if d % 2 else {}),
    }


def supervised(
    engagement: str, party: str, other: str, amount: dict[str, str], step: Step
) -> dict[str, dict[str, Any]]:
    """Return the members of each of these commands, chosen by the numbers of a step."""
    _, a, b, c, d = step
    due = f"202{5 + c % 3}-0{1 + d % 9}-15"
    own: dict[str, dict[str, Any]] = {
        "approval evidence": {"authority": f"Committee {c % 2}"} | ({"document": f"CC/{d}"} if d % 2 else {}),
        "analysis record": {"conclusion": f"Outsource {d}", "options": ["Own staff", "Outsource"][: d % 3]},
        "materiality assess": {"why": "Large", "strategic": "yes" if d % 2 else "no"}
                              | ({"value": amount} if c % 2 else {}),
        "risk assess": {"risk": RISKS[c % 6], "likelihood": LEVELS[d % 3], "impact": LEVELS[b % 3], "review_on": due},
        "conflict declare": {"nature": f"Donor {d}", "between": [party, other], "conflict": f"C{d % 2}"},
        "conflict assess": {"conflict": f"C{d % 2}", "outcome": OUTCOMES[c % 4]},
        "contribution value": {"payer": party, "amount": amount, "what": "Experts", "item": f"K{d % 2}"},
        "outcome plan": {"summary": f"Aim {d}", "outcome": f"O{c % 2}", "due_on": due},
        "review schedule": {"due_on": due} | ({"review": f"R{b % 3}"} if d % 2 else {}),
        "review hold": {"findings": f"Found {d}", "actions": [{"what": "Act", "due_on": due}, {"what": "It"}][: c % 3]}
                       | ({"next_on": due} if d % 2 else {}),
        "action close": {"action": f"A{1 + d % 3}", "how": "Done"},
        "information request": {"what": f"Spending {d}", "by": ("Council", "A")[b % 2], "due_on": due}
                               | ({"request": f"Q{c % 3}"} if d % 2 else {}),
        "information provide": {"request": f"Q{c % 3}"} | ({"document": f"C26/{d}"} if d % 2 else {}),
        "document attach": {"content": CONTENT, "title": f"Title {d}"} | ({"document": f"D{c % 3}"} if a % 2 else {}),
    }  # fmt: skip
    of_engagement = {name: {"engagement": engagement, **members} for name, members in own.items()}
    return (
        of_engagement
        | _of_parties(party, other, c, d)
        | _of_keys(b, c, d)
        | _of_disclosures(engagement, c, d)
        | _of_guidelines(engagement, c, d)
    )
