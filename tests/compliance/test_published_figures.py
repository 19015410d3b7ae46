"""The register of 366 agreements and three consultancies, judged by the model guidelines: every count is counted twice.

The second count reads the CSV alone, without ledger, rules or projections.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.compliance.registers import DATA, Judged
from tests.compliance.world import judged

SECOND = "2020-10-22"
"""The first day of version 2."""
FIRST = "2019-08-30"
PUBLIC = {"Governmental entities", "UN organizations", "International and regional organizations"}
DATES = ("2021-06-30", "2023-12-31", "2024-12-31")


def counted(on: str) -> dict[tuple[str, str], Counter[str]]:
    """Count from the CSV what each rule of each version gives: nothing of what the rules ask for is in the register."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    with (DATA / "register.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for day, rule, status in judged_by_hand(row, on) if row["signed_on"] <= on else ():
                if day >= FIRST:
                    symbol = f"MODEL-GL/{2 if day >= SECOND else 1}"
                    counts.setdefault((symbol, rule), Counter())[status] += 1
    return counts


def judged_by_hand(row: dict[str, str], on: str) -> Iterator[tuple[str, str, str]]:
    """Yield the day of the case, the rule and the verdict of each rule that applies to a row of the register."""
    signed, starts, ends = row["signed_on"], row["starts_on"], row["ends_on"]
    value = Decimal(row["partner_amount"] or 0) + Decimal(row["itu_amount"] or 0)

    def is_material(day: str) -> bool:
        return value >= (200_000 if day >= SECOND else 150_000)

    def passed(day: str, days: int, until: str = on) -> bool:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat() < until

    if not all(text.strip() for text in row["memberships"].split(";")):
        yield signed, "diligence", "not met"
    if is_material(signed):
        if not PUBLIC.issuperset(text.strip() for text in row["partner_types"].split(";")):
            yield signed, "diligence-depth", "not met"
        yield signed, "risks", "not met"
        yield signed, "told", "not met" if passed(signed, 365) else "due"
    began = max(signed, starts)
    if began <= on and is_material(began):
        is_late = passed(began, 365, min(ends, on))
        yield began, "review", "not met" if is_late else "met" if ends < on else "due"
    if ends < on:
        yield ends, "outcomes", "not met" if passed(ends, 180) else "due"


@pytest.mark.parametrize("on", DATES)
def test_every_rule_counts_what_the_register_gives(register: Judged, on: str) -> None:
    """Verdict by verdict of every rule, on three dates, the counts are those of the CSV."""
    own = [verdict for verdict in register.verdicts(on) if verdict.engagement.startswith("BDT")]
    assert {key: dict(count) for key, count in counted(on).items()} == judged(own)


def test_the_figures_of_the_end_of_2024(register: Judged) -> None:
    """Risks, outcomes and analyses of both registers on 31 December 2024."""
    counts = judged(register.verdicts("2024-12-31"))
    assert (18, 142) == tuple(counts[f"MODEL-GL/{number}", "risks"]["not met"] for number in (1, 2))
    outcomes = Counter[str]()
    for (_, rule), count in counts.items():
        outcomes.update(count if rule == "outcomes" else {})
    assert {"not met": 154, "due": 35} == dict(outcomes)


def test_what_is_not_told_cannot_be_judged(register: Judged) -> None:
    """Two consultancies have no analysis; of the third it cannot be told, and both missing facts are named."""
    own = {
        verdict.engagement: verdict
        for verdict in register.verdicts("2024-12-31")
        if verdict.rule.id == "analysis" and verdict.engagement.startswith("CWG")
    }
    assert ["not met", "not met", "cannot be judged"] == [own[f"CWG-2023-00{number}"].status for number in (1, 2, 3)]
    missing = ("an assessment of the strategic weight", "the amounts, which the source withholds")
    assert missing == own["CWG-2023-003"].missing


def test_the_version_of_the_day(register: Judged) -> None:
    """What was signed on the first day of version 2 is judged by it, three days earlier by version 1."""
    for known_at, symbols in ((None, ("MODEL-GL/1", "MODEL-GL/2")), (register.sizes[3], ("MODEL-GL/1",) * 2)):
        versions = {
            verdict.engagement: verdict.version.symbol
            for verdict in register.verdicts("2024-12-31", known_at)
            if verdict.case.moment == "signed"
        }
        assert symbols == (versions["BDT-2020-013"], versions["BDT-2020-027"])


def test_a_threshold_is_reached_by_its_own_amount(register: Judged) -> None:
    """An agreement of exactly USD 200,000.00 is material by version 2."""
    own = [verdict for verdict in register.verdicts("2024-12-31") if verdict.engagement == "BDT-2024-071"]
    assert "not met" == next(verdict.status for verdict in own if verdict.rule.id == "risks")
