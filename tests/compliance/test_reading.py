"""Files of guidelines: every fault is named with its line, rule and member; what is read does not depend on order."""

import os
import random
import re
from contextlib import suppress
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.domain.guidelines.reading import BadGuidelines, read_guidelines, unused_words
from tests.compliance.world import FILES, guidelines, rule, text_of

NAMES = sorted(path.stem for path in FILES.glob("*.toml"))
GOOD = guidelines(rule('{ fact = "analysis" }'))


def faults(text: str) -> list[tuple[int, str, str, str]]:
    """Return the faults of a text: line, rule, member, and what is wrong."""
    with pytest.raises(BadGuidelines) as caught:
        read_guidelines(text)
    return [fault[:4] for fault in caught.value.faults]


@pytest.mark.parametrize("name", NAMES)
def test_guidelines_drawn_from_public_texts_are_read(name: str) -> None:
    """The five files have no fault, and use every word and amount that they define."""
    assert read_guidelines(text_of(name)).rules
    assert [] == unused_words(text_of(name))


BAD = {
    "not TOML": ("language = 1\n[guidelines", "", "", "not TOML"),
    "language": (GOOD.replace("language = 1", "language = 2"), "", "language", "this version reads language = 1"),
    "no symbol": (GOOD.replace('symbol = "GL/1"\n', ""), "", "symbol", "[guidelines] has no symbol"),
    "a day in quotes": (GOOD.replace("in_force_on = 2020-01-01", 'in_force_on = "2020-01-01"'), "", "in_force_on",
                        "not a date"),
    "in force before adopted": (GOOD.replace("in_force_on = 2020-01-01", "in_force_on = 2019-12-31"), "",
                                "in_force_on", "before it was adopted"),
    "unknown table": (f"{GOOD}\n[more]\n", "", "more", "there is no 'more'"),
    "no rule": (guidelines(""), "", "", "there is no rule"),
    "two rules of one id": (guidelines(rule('{ fact = "analysis" }') * 2), "r", "id", "two rules are called r"),
    "unknown moment": (guidelines(rule('{ fact = "analysis" }', at="signd")), "r", "at", "'signd' is none"),
    "unknown condition": (guidelines(rule('{ fact = "analysis" }', when="{ kin = 'x' }")), "r", "when.kin",
                          "there is no 'kin'"),
    "unknown fact": (guidelines(rule('{ fact = "analyse" }')), "r", "need.fact", "'analyse' is none"),
    "nothing needed": (GOOD.replace('need = { fact = "analysis" }', "need = {}"), "r", "need", "a need is one of"),
    "amount without currency": (guidelines(rule('{ fact = "analysis" }', when='{ value = "1000.00" }')), "r",
                                "when.value", "not an amount of money"),
    "amount of nothing": (guidelines(rule('{ fact = "analysis" }', when='{ value = "USD 0.00" }')), "r",
                          "when.value", "not more than zero"),
    "undefined name": (guidelines(rule('{ fact = "analysis" }', when='{ kind = "@all" }')), "r", "when.kind",
                       "'@all' is not defined under [words]"),
    "a word twice": (guidelines(rule('{ fact = "analysis" }', when='{ kind = ["a", "a"] }')), "r", "when.kind",
                     "names a word twice"),
    "unknown facet": (guidelines(rule('{ disclosed = ["party"], to = "C", within_days = 1 }')), "r",
                      "need.disclosed", "'party' is none"),
    "half a day": (guidelines(rule('{ fact = "outcome", after_days = 0.5 }')), "r", "need.after_days",
                   "not a whole number of days"),
    "order word elsewhere": (guidelines(rule('{ fact = "analysis" }', when='{ order = "USD 1.00" }')), "r",
                             "when.order", "cannot be asked at 'signed'"),
    "kinds of another fact": (guidelines(rule('{ fact = "analysis", kinds = ["access"] }')), "r", "need.kinds",
                              "'kinds' is of risk"),
    "a review on signature": (guidelines(rule('{ fact = "review", every_days = 30 }')), "r", "need.every_days",
                              "only a review is needed again and again"),
    "unknown severity": (GOOD + '\nseverity = "grave"', "r", "severity", "'grave' is none"),
    "a tab": (GOOD.replace("symbol =", "symbol\t="), "", "", "a tab character"),
    "too long": (GOOD + "\n#" + "x" * 48_000, "", "", "more than 48,000"),
    "too deep": (guidelines(rule('{ fact = "analysis" }', when="{ not = " * 14 + "{}" + " }" * 14)), "r",
                 "when" + ".not" * 9, "too deep"),
    "amount and no measures": (guidelines(rule('{ fact = "analysis" }'),
                                          more='[materiality]\nfinancial = "USD 1.00"'), "", "measures", "no measures"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_fault_is_named(case: str) -> None:
    """A fault is named with its rule and member, on the line where the member stands."""
    text, in_rule, member, what = BAD[case]
    line, found_rule, found_member, said = faults(text)[0]
    assert (in_rule, member) == (found_rule, found_member)
    assert what in said
    if in_rule:
        own = text.split("\n")[line - 1]
        assert own.startswith(member.partition(".")[0]) or own == "[[rule]]"


def test_every_fault_is_named_at_once() -> None:
    """A file with faults in two rules and in its head names all of them, in the order of the lines."""
    text = guidelines(
        rule('{ fact = "x" }', rule_id="a", at="never") + rule('{ fact = "y" }', rule_id="b"), binds="2019-01-01"
    )
    found = faults(text)
    assert [("", "in_force_on"), ("a", "at"), ("a", "need.fact"), ("b", "need.fact")] == [fault[1:3] for fault in found]
    assert sorted(found) == found


def test_the_order_of_words_does_not_matter() -> None:
    """Conditions read the same in any order of their words and parts."""
    words = ('kind = ["a", "b"]', "strategic = true", 'any = [{ unit = "U" }, { value = "USD 1.00" }]')
    swapped = ('kind = ["b", "a"]', "strategic = true", 'any = [{ value = "USD 1.00" }, { unit = "U" }]')
    read = {
        read_guidelines(guidelines(rule('{ fact = "analysis" }', when=f"{{ {', '.join(order)} }}"))).rules[0].when
        for some in (words, swapped)
        for order in permutations(some)
    }
    assert 1 == len(read)


@settings(
    max_examples=5000 if os.environ.get("LEDGER_SWEEP") else 300, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(data=st.data(), name=st.sampled_from(NAMES), seed=st.integers(0, 10**9))
def test_a_changed_file_is_read_or_refused(data: st.DataObject, name: str, seed: int) -> None:
    """A file with lines left out, doubled or swapped, or words changed, is read or ends in faults; nothing else."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    lines = text_of(name).split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        place = chance.randrange(len(lines))
        match chance.randrange(5):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, lines[chance.randrange(len(lines))])
            case 2:
                lines[place] = re.sub(r"\w+", lambda found: chance.choice((found[0], "x", "0", "true")), lines[place])
            case 3:
                lines[place] = lines[place].replace(chance.choice('"={}[]@,'), "", 1)
            case _:
                cut = chance.randrange(len(lines[place]) + 1)
                lines[place] = lines[place][:cut] + data.draw(st.text(max_size=3)) + lines[place][cut:]
        if not lines:
            return
    with suppress(BadGuidelines):
        read_guidelines("\n".join(lines))
