"""Every word of the language is documented with an example, and the examples are read and judged."""

import re
from pathlib import Path

import pytest

from ledger.domain.guidelines.reading import read_guidelines
from ledger.domain.guidelines.vocabulary import CONDITIONS, FACTS, JOINS, MOMENTS
from ledger.domain.guidelines.wording import rule_words
from tests.compliance.world import guidelines, rule, world

PAGE = (Path(__file__).parents[2] / "docs" / "guidelines.md").read_text("utf-8")
AMOUNTS = '[amounts]\nformal = "USD 200000.00"\n[materiality]\nfinancial = "formal"\nmeasures = ["signed", "ordered"]\n'


def _section(title: str) -> list[list[str]]:
    """Return the cells of the rows of the table under a heading."""
    own = PAGE.partition(f"### {title}\n")[2].partition("\n##")[0]
    return [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in own.split("\n") if line.startswith("| ")
    ]


CONDITION_ROWS = _section("Conditions")[1:]
EXAMPLES = [example for row in _section("Needs")[1:] for example in re.findall(r"`(\{.*?\})`", row[1])]


def test_every_word_is_documented() -> None:
    """The tables have every moment, condition and join; the needs use every fact."""
    assert list(MOMENTS) == [row[0].strip("`") for row in _section("Moments")[1:]]
    assert [*CONDITIONS, *JOINS] == [row[0].strip("`") for row in CONDITION_ROWS]
    assert {word.asks for word in CONDITIONS.values()} <= {row[1] for row in CONDITION_ROWS}
    assert set(FACTS) == set(re.findall(r'fact = "([a-z_-]+)"', " ".join(EXAMPLES)))


@pytest.mark.parametrize("row", CONDITION_ROWS, ids=[row[0] for row in CONDITION_ROWS])
def test_a_documented_condition_is_judged(row: list[str]) -> None:
    """The example of each condition is read, put into words, and answered."""
    word, example = row[0].strip("`"), row[2].strip("`")
    known = CONDITIONS.get(word)
    at = known.moments[0] if known and known.moments else "signed"
    text = guidelines(rule('{ fact = "analysis" }', when=example, at=at), more=AMOUNTS)
    assert rule_words(read_guidelines(text).rules[0])
    _judge(text)


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_documented_need_is_judged(example: str) -> None:
    """The example of each need is read, put into words, and judged."""
    at = "in-force" if "every_days" in example else "order-amended" if "percent" in example else "ended"
    text = guidelines(rule(example, at=at), more=AMOUNTS)
    assert rule_words(read_guidelines(text).rules[0])
    _judge(text)


def _judge(text: str) -> None:
    with world() as own:
        own.sign(ends_on="2025-03-01", contributions=[{"by": "A", "amount": {"currency": "USD", "value": "1.00"}}])
        usd = {"currency": "USD", "value": "60.00"}
        own.do("order issue", "2024-03-02", engagement="E1", number="S1", subject="Report", amount=usd)
        own.do("order amend", "2024-03-03", engagement="E1", number="S1", amount={**usd, "value": "90.00"})
        own.adopt(text)
        assert 1 == len(own.verdicts())


def test_the_set_of_the_page_is_read() -> None:
    """The file that the page begins with has no fault."""
    text = PAGE.partition("```toml\n")[2].partition("```")[0].rstrip("\n")
    assert "C24/99" == read_guidelines(text).symbol
