"""Describe an engagement as lines in reading order. `history` prints the differences between two descriptions.

The order is that of the subject, never that of recording: a correction records again what stands, and reads the same.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from ledger.domain.engagement.money.balances import Balances, Order
from ledger.domain.engagement.parts import ConflictOfInterest, Outcome
from ledger.domain.fields import Role, Share, reading_key
from ledger.domain.kernel import Dated, FactName, Line
from ledger.domain.money import from_minor

_Key = TypeVar("_Key", str, tuple[str, str])
_Part = TypeVar("_Part")

NAMES = (
    "title", "kind", "parties", "purpose", "objective", "unit", "regions", "priorities", "starts_on", "ends_on",
    "ceiling", "basis", "withheld",
)  # fmt: skip
"""Names of the particulars in reading order; other facts follow them."""


def describe_facts(facts: Mapping[FactName, Dated]) -> Iterator[Line]:
    """Yield particulars, strategic analysis, materiality and risks."""
    for name in sorted(facts, key=_place):
        label, fact = str(name).replace("_", " "), facts[name]
        yield Line(label, _value_text(fact.value), value_has_parties=name == "parties")


def describe_money(balances: Balances) -> Iterator[Line]:
    """Yield contributions in money, contributions in kind, then service orders."""
    for (payer, currency), contribution in _ordered(balances.contributions):
        for measure in ("committed", "received", "refunded"):
            if minor := getattr(contribution, measure):
                label, amount = f"{measure} by {payer} in {currency}", from_minor(currency, minor)
                yield Line(label, str(amount), "contribution", payer, label_has_parties=True)
    for item, in_kind in _ordered(balances.in_kind):
        text = f"{in_kind.what}, valued at {from_minor(in_kind.currency, in_kind.value.total)}"
        yield Line(f"in kind {item} by {in_kind.by}", text, "in kind", item, label_has_parties=True)
    for number, order in _ordered(balances.orders):
        yield from _describe_order(number, order)


def describe_parts(
    outcomes: Mapping[str, Outcome],
    conflicts: Mapping[str, ConflictOfInterest],
    others: Mapping[str, Mapping[str, Any]],
) -> Iterator[Line]:
    """Yield outcomes, conflicts of interest, and then all `others`, by section and key."""
    for key, outcome in _ordered(outcomes):
        for label, fact in ((f"outcome {key} planned", outcome.planned), (f"outcome {key}", outcome.reached)):
            if fact and (text := str(fact.value)):
                yield Line(label, text, "outcome", key)
    for key, conflict in _ordered(conflicts):
        section = "conflict of interest"
        yield Line(f"{section} {key}", str(conflict), section, key, value_has_parties=True)
    for section, parts in others.items():
        for key, part in _ordered(parts):
            yield Line(f"{section} {key}", str(part), section, key)


def _place(name: FactName) -> tuple[int, str]:
    return (NAMES.index(name) if name in NAMES else len(NAMES)), str(name)


def _ordered(parts: Mapping[_Key, _Part]) -> list[tuple[_Key, _Part]]:
    return sorted(parts.items(), key=lambda item: reading_key(item[0]))


def _value_text(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value if isinstance(item, (Role, Share, str))) or "none"
    return str(value)


def _describe_order(number: str, order: Order) -> Iterator[Line]:
    section = "service order"

    def line(name: str, value: str, *, is_party: bool = False) -> Line:
        return Line(f"{section} {number} {name}", value, section, number, value_has_parties=is_party)

    yield line("subject", order.subject)
    yield line("vendor", order.vendor, is_party=True)
    yield line("amount", str(from_minor(order.currency, order.ordered)))
    said = {"starts on": order.starts_on, "ends on": order.ends_on, "ex post facto": order.ex_post_facto}
    yield from (line(name, text) for name, text in said.items() if text)
    for name, minor in (("accepted", order.accepted), ("paid", order.paid)):
        if minor:
            yield line(name, str(from_minor(order.currency, minor)))
    if order.ended:
        yield line(order.ended, "yes")
