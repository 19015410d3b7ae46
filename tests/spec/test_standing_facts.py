"""What counts, kept up to date fact by fact, is what the definition gives; each void costs what it changes."""

import random

import pytest

from ledger.domain.kernel import Fact
from ledger.domain.party.party import Party, PartyAliasAdded, PartyRegistered
from ledger.domain.voiding import EntryVoided, StandingFacts, unvoided, voided
from ledger.replay.refold import Refolds

SEEDS = 200


def alias(version: int) -> Fact:
    """Return a fact that is no void."""
    return Fact(version, "2026-01-01", PartyAliasAdded(alias=f"Alias {version}"))


def void(version: int, target: int) -> Fact:
    """Return the void of a version."""
    return Fact(version, "2026-01-01", EntryVoided(version=target, reason="Wrong"))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_it_is_what_the_definition_gives(seed: int) -> None:
    """After every fact of a random stream, with voids of voids, also of what is voided already."""
    rng = random.Random(seed)  # noqa: S311 - for made cases
    facts: list[Fact] = []
    standing = StandingFacts()
    for version in range(1, rng.randint(2, 60)):
        before = {fact.version for fact in unvoided(facts)}
        fact = void(version, rng.randint(1, version - 1)) if facts and rng.random() < 0.6 else alias(version)
        facts.append(fact)
        gone, back = standing.add(fact)
        after = {each.version for each in unvoided(facts)}
        assert (before - after, after - before - {version}) == (set(gone), set(back))
        assert unvoided(facts) == standing.facts()
        assert voided(facts) == {each.version for each in facts if standing.is_voided(each.version)}
        assert after == {each.version for each in facts if each.version in standing}


def test_a_void_of_what_is_not_there() -> None:
    """A malformed stream, in which a void names itself or a later version, ends; what it names does not count."""
    standing = StandingFacts([alias(1), void(2, 2), void(3, 4), alias(4)])
    assert [1] == [fact.version for fact in standing.facts()]


def test_voids_back_and_forth_fold_once() -> None:
    """The void of a void, a hundred times: the two states between which the stream changes are folded once."""
    facts = [Fact(1, "2026-01-01", PartyRegistered(name="Alpha")), *map(alias, range(2, 102))]
    standing, refolds = StandingFacts(facts), Refolds()
    for version in range(102, 202):
        standing.add(void(version, 2 if version == 102 else version - 1))
        state, broken = refolds.state(standing, Party())
        assert [] == broken
        assert isinstance(state, Party)
        assert (99 if version % 2 == 0 else 100) == len(state.aliases)
    assert refolds.folded == 100 + 101
