"""Guidelines drawn by numbers: any moments, conditions and needs of the language, with the words that histories use."""

import random

from tests.compliance.world import guidelines, rule

CONDITIONS = (
    'kind = "partnership agreement"', 'unit = "IDS"', 'basis = "x"', 'region = "AFR"', 'party = { not_type = "T1" }',
    'party = { membership = "none" }', 'signed = "USD 50.00"', 'ordered = "USD 60.00"', 'paid = "EUR 10.00"',
    'value = "USD 40.00"', "strategic = true", "material = true", 'risk = { at_least = "medium" }', "lasts_days = 400",
    "flagged = true", 'withheld = "financials"', "interest = true", 'ceiling = "USD 1.00"', 'in-kind = "USD 20.00"',
)  # fmt: skip
OF_ORDERS = ('order = "USD 50.00"', 'cumulative = { from = "USD 80.00", days = 200 }')
NEEDS = (
    '{ fact = "analysis" }', '{ fact = "materiality", after_days = 90 }', '{ fact = "risk" }',
    '{ fact = "risk", kinds = ["access", "strategic"], age_days = 300 }', '{ fact = "conflict", after_days = 30 }',
    '{ fact = "diligence", of = { type = "T1" }, where = { outcome = "accepted" } }',
    '{ fact = "screening", where = { result = ["clear", "possible match"] } }', '{ fact = "approval" }',
    '{ fact = "submission", after_days = 100 }', '{ fact = "review", after_days = 200 }',
    '{ fact = "outcome-planned" }', '{ fact = "outcome", after_days = 180 }', '{ fact = "document", after_days = 30 }',
    '{ fact = "basis" }', '{ fact = "ends_on" }', '{ fact = "ceiling" }',
    '{ disclosed = ["parties", "financials"], to = "Council", within_days = 90 }',
    '{ disclosed = ["service-orders"], to = "Council", within_days = 300 }',
    '{ any = [{ fact = "objective" }, { fact = "analysis", after_days = 60 }] }',
)  # fmt: skip
MOMENTS = (
    "proposed", "submitted", "approved", "signed", "signed", "in-force", "extended", "ordered", "order-amended",
    "accepted", "paid", "ended", "completed", "terminated",
)  # fmt: skip
MATERIALITY = '[materiality]\nfinancial = "USD 45.00"\nmeasures = ["signed", "in-kind"]\nstrategic_kinds = "{}"\n'


def drawn(seed: int, symbol: str = "GL/1", adopted: str = "2024-01-01") -> str:
    """Return the text of guidelines, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    rules = []
    for number in range(chance.randint(2, 6)):
        at = chance.choice(MOMENTS)
        pool = (*CONDITIONS, *(OF_ORDERS if at in ("ordered", "order-amended", "accepted", "paid") else ()))
        when = _table(chance, pool, 2)
        needs = (*NEEDS, *(("{ at_most_percent = 10 }",) * 4 if at == "order-amended" else ()))
        need = '{ fact = "review", every_days = 200 }' if at == "in-force" else chance.choice(needs)
        rules.append(rule(need, when=when, at=at, rule_id=f"r{number}"))
    kinds = chance.choice(("partnership agreement", "consultancy"))
    return guidelines("".join(rules), symbol=symbol, adopted=adopted, more=MATERIALITY.format(kinds))


def _table(chance: random.Random, pool: tuple[str, ...], depth: int) -> str:
    """Return a table of conditions, sometimes with tables in it."""
    by_word = {text.partition(" ")[0]: text for text in chance.sample(pool, chance.randint(0, 2))}
    parts = list(by_word.values())
    if depth and chance.random() < 0.5:
        word = chance.choice(("any", "all", "not"))
        inner = [_table(chance, pool, depth - 1) for _ in range(chance.randint(1, 3))]
        parts.append(f"not = {inner[0]}" if word == "not" else f"{word} = [{', '.join(inner)}]")
    return f"{{ {', '.join(parts)} }}" if parts else "{}"


def every_word(symbol: str, adopted: str, start: int) -> str:
    """Return guidelines of the set `all`, with each need at some moments and each condition with some need.

    Another `start` combines them in another way; rules of one number are rules of one id.
    """
    moments = (
        "signed", "in-force", "extended", "ordered", "order-amended", "accepted", "paid", "ended", "completed",
        "proposed",
    )  # fmt: skip
    rules: list[tuple[str, str, str]] = []
    for number, need in enumerate(NEEDS):
        words = [CONDITIONS[(number * step + start) % len(CONDITIONS)] for step in (3, 7)]
        rules.append((need, "{}", moments[(number * 3 + start) % len(moments)]))
        when = f"{{ any = [{{ {words[0]} }}, {{ not = {{ {words[1]} }} }}] }}"
        rules.append((need, when, moments[(number * 3 + 5 + start) % len(moments)]))
    for at in ("signed", "ordered"):
        words = [*CONDITIONS, *(OF_ORDERS if at == "ordered" else ())]
        rules += [('{ fact = "objective" }', f"{{ {word} }}", at) for word in words]
    rules.append(("{ at_most_percent = 10 }", "{}", "order-amended"))
    rules.append(('{ fact = "review", every_days = 200 }', "{}", "in-force"))
    text = "".join(rule(need, when=when, at=at, rule_id=f"r{number}") for number, (need, when, at) in enumerate(rules))
    return guidelines(text, symbol=symbol, adopted=adopted, name="all", more=MATERIALITY.format("consultancy"))
