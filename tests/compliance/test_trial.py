"""A trial of a draft names exactly the verdicts that are others after it is adopted."""

import random

import pytest

from projections.compliance.trial import NO_RULE, trial
from tests.compliance.world import World, text_of, world

BASES = ("full and open competition", "6.302-1 only one source", "6.302-2 unusual urgency", "other")
ON = "2026-01-01"


def made(own: World, seed: int) -> None:
    """Record 40 contracts around the thresholds of both versions, before and after the second is in force."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    for number in range(40):
        day = f"2025-{chance.randint(8, 11):02}-{chance.randint(1, 28):02}"
        value = chance.choice(("9999.99", "12000.00", "15000.00", "260000.00", "350000.00", "800000.00", "900000.00"))
        ref = f"C{number}"
        own.do(
            "engagement propose",
            day,
            engagement=ref,
            title=f"Contract {number}",
            kind="consultancy",
            parties=[{"party": "A"}],
            **({"basis": chance.choice(BASES)} if chance.random() < 0.8 else {}),
        )
        own.do(
            "engagement approve",
            day,
            engagement=ref,
            **({"authority": "advocate for competition"} if chance.random() < 0.5 else {}),
        )
        amount = {"currency": "USD", "value": value}
        own.do("engagement sign", day, engagement=ref, contributions=[{"by": "organization", "amount": amount}])
        if chance.random() < 0.3:
            own.do("analysis record", day, engagement=ref, conclusion="No function is inherently governmental")
        if chance.random() < 0.5:
            own.do("materiality assess", day, engagement=ref, why="Known", strategic="no")  # fmt: skip


def statuses(own: World) -> dict[tuple[str, ...], str]:
    """Return the status of each case."""
    return {(verdict.engagement, *verdict.key): verdict.status for verdict in own.verdicts(ON)}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_trial_is_what_adoption_brings(seed: int) -> None:
    """For the thresholds of the acquisition rules before and from October 2025, over a made history."""
    with world() as own:
        own.adopt(text_of("us-far-services-1"))
        made(own, seed)
        before = statuses(own)
        with own.queries(ON) as queries:
            tried = {
                (change.verdict.engagement, *change.verdict.key): (change.before, change.after)
                for change in trial(queries, text_of("us-far-services-2"))
            }
        own.adopt(text_of("us-far-services-2"))
        after = statuses(own)
        differing = {
            key: (before.get(key, NO_RULE), after.get(key, NO_RULE))
            for key in before.keys() | after.keys()
            if before.get(key) != after.get(key)
        }
        assert differing == tried
        assert len(tried) > 3
