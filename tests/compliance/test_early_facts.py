"""What precedes signature is recorded with its own day, also of an agreement that an import brought in as signed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.application.open import open_ledger
from ledger.domain.engagement.state import Engagement
from ledger.domain.guidelines.adoption import read_guidelines
from projections.findings.controls import control
from projections.findings.examination import Examination
from tests.compliance.registers import Judged
from tests.compliance.world import World, guidelines, rule, usd, world

REF, EARLY = "BDT-2024-089", "2023-06-01"
"""An imported agreement, and a day before its signature and within a year of it."""
FACTS: dict[str, tuple[str, list[str]]] = {
    "analysis": ('{ fact = "analysis" }', ["analysis", "record", REF, "Own staff cannot do it"]),
    "materiality": (
        '{ fact = "materiality" }', ["materiality", "assess", REF, "--strategic", "yes", "--why", "It sets the terms"],
    ),
    "risk": ('{ fact = "risk" }', ["risk", "assess", REF, "access", "--likelihood", "low", "--impact", "low"]),
    "conflict": ('{ fact = "conflict" }', ["conflict", "assess", REF, "C1", "mitigated"]),
    "approval": ('{ fact = "approval" }', ["approval", "evidence", REF, "Contracts Committee"]),
    "planned outcome": ('{ fact = "outcome-planned" }', ["outcome", "plan", REF, "Countries with a plan"]),
    "document": ('{ fact = "document" }', ["document", "attach", REF, "FILE", "--title", "Draft agreement"]),
    "due diligence": ('{ fact = "diligence" }', ["party", "diligence", "PARTY", "accepted", "--level", "standard"]),
    "screening": ('{ fact = "screening" }', ["party", "screen", "PARTY", "A list", "clear"]),
}  # fmt: skip
"""Each kind of fact that precedes signature: a rule that needs it, and the command that records it."""


@pytest.mark.parametrize("name", FACTS)
def test_an_imported_agreement_can_meet_a_rule(name: str, register: Judged, tmp_path: Path) -> None:
    """A rule that needs the fact by signature is not met; recorded with its earlier day, it turns to met."""
    need, words = FACTS[name]
    text = guidelines(rule(need), name=f"early-{name.replace(' ', '-')}", symbol=f"EARLY/{name.replace(' ', '-')}")
    file = tmp_path / "guidelines.toml"
    file.write_text(text, "utf-8")
    register.run("guidelines", "adopt", str(file))
    (tmp_path / "draft.txt").write_text("A draft\n", "utf-8")
    with open_ledger(register.url) as ledger:
        engagement, _ = ledger.fold(f"engagement/{REF}")
    assert isinstance(engagement, Engagement)
    party = engagement.party_refs()[0]
    if name == "conflict":
        register.run("conflict", "declare", REF, "A donor", "--between", party, "--effective", EARLY)
    assert "not met" == _status(register, text)
    given = [{"FILE": str(tmp_path / "draft.txt"), "PARTY": party}.get(word, word) for word in words]
    register.run(*given, "--effective", EARLY)
    assert "met" == _status(register, text)


def _status(register: Judged, text: str) -> str:
    """Return the verdict on the agreement by the one rule of a version."""
    symbol = read_guidelines(text).symbol
    rows = json.loads(register.run("compliance", "list", REF, "--format", "json", "--on", "2024-12-31"))["rows"]
    return next(str(row["status"]) for row in rows if row["symbol"] == symbol)


def _order(own: World) -> None:
    own.do("order issue", "2024-02-29", engagement="E1", number="S1", subject="Report", amount=usd("5.00"),
           ex_post_facto="Work had to begin")  # fmt: skip


def _acceptance(own: World) -> None:
    _order(own)
    own.do("order accept", "2024-02-29", engagement="E1", number="S1", amount=usd("5.00"), ex_post_facto="Delivered")


COURSES: dict[str, Callable[[World], Any]] = {"an order": _order, "an acceptance": _acceptance}


@pytest.mark.parametrize("name", COURSES)
def test_what_came_before_signature_is_a_finding(name: str) -> None:
    """An order of the day before signature stands with `ex_post_facto`, and among the findings."""
    with world() as own:
        own.sign("E1", "2024-03-01")
        COURSES[name](own)
        with own.queries() as queries:
            found = Examination(queries, own.ledger, [control("before-signature")]).findings()
        assert ["E1"] == [finding.engagement for finding in found]
