"""Thresholds: orders that stay below them one by one, what grew after it was agreed, and years without competition."""

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from ledger.domain.dates import days_after
from ledger.domain.money import Money, from_minor
from projections.compliance.conditions import percent_text
from projections.findings.controls import Control, Finding, amounts, in_order
from projections.findings.dealings import Dealing, Dealings
from projections.findings.orders import Examined
from projections.findings.threshold import Threshold
from projections.tables import named as schema


def just_below(own: Examined, control: Control) -> Iterator[Finding]:
    """Find orders that are below the threshold by a few per cent of it at most."""
    for order in own.orders.values():
        compared = own.sources.threshold.compared(order.currency, order.issued, order.on)
        if compared is None:
            continue
        minor, least, limit = compared
        if minor < least and (least - minor) * 100 <= least * control.number("percent"):
            amount = from_minor(order.currency, order.issued)
            said = f"Service order {order.number}, {amount}, is just below the threshold of {limit.amount}"
            entries = in_order(order.entry, limit.entry)
            yield Finding(control, (own.ref, order.number), said, order.on, entries, own.ref, order.vendor, (amount,))


class _Step(NamedTuple):
    on: str
    entry: int
    minor: int
    """The amount by which it changes."""


class _Course(NamedTuple):
    """How an amount that was agreed changed: what it is, in words and as a subject, and its steps by day."""

    what: str
    subject: tuple[str, ...]
    currency: str
    steps: list[_Step]
    party: str = ""


def _courses(own: Examined) -> Iterator[_Course]:
    """Yield the courses of orders, of the ceiling and of commitments that changed."""
    for number, order in own.orders.items():
        steps = [_Step(row.effective_on, row.entry, row.minor) for row in order.changes]
        if steps:
            first = _Step(order.on, order.entry, order.issued)
            yield _Course(f"service order {number}", ("order", number), order.currency, [first, *steps], order.vendor)
    ceilings: dict[str, list[_Step]] = {}
    for change in own.record.held("ceiling"):
        ceiling = Money.parse(change.value)
        steps = ceilings.setdefault(ceiling.currency, [])
        steps.append(_Step(change.on, change.entry, ceiling.minor - sum(step.minor for step in steps)))
    for currency, steps in ceilings.items():
        yield _Course("the ceiling", ("ceiling", currency), currency, steps)
    pledges: dict[tuple[str, str], list[_Step]] = {}
    for row in own.record.rows(schema.money):
        if row.measure == "signed":
            pledges.setdefault((row.party, row.currency), []).append(_Step(row.effective_on, row.entry, row.minor))
    for (party, currency), steps in pledges.items():
        what = f"the commitment of {party}"
        yield _Course(what, ("commitment", party, currency), currency, steps, party)


def sharp_increase(own: Examined, control: Control) -> Iterator[Finding]:
    """Find what grew by a greater part of what it was at first than the control allows."""
    for course in _courses(own):
        first, totals = course.steps[0].minor, list(accumulate(step.minor for step in course.steps))
        most = max(totals)
        if first > 0 and (most - first) * 100 > first * control.number("percent"):
            was, became = from_minor(course.currency, first), from_minor(course.currency, most)
            said = f"{_capital(course.what)} grew by {percent_text(first, most)}, from {was} to {became}"
            yield _risen(own, control, course, said, most - first, course.steps)


def many_increases(own: Examined, control: Control) -> Iterator[Finding]:
    """Find what was raised again and again."""
    for course in _courses(own):
        rises = [step for step in course.steps[1:] if step.minor > 0]
        if len(rises) >= control.number("times"):
            said = f"{_capital(course.what)} was raised {len(rises)} times"
            risen = sum(step.minor for step in rises)
            yield _risen(own, control, course, said, risen, [course.steps[0], *rises])


def _risen(own: Examined, control: Control, course: _Course, said: str, minor: int, steps: list[_Step]) -> Finding:
    entries = in_order(*(step.entry for step in steps))
    subjects = (own.ref, *course.subject)
    by = amounts([(course.currency, minor)])
    return Finding(control, subjects, said, steps[-1].on, entries, own.ref, course.party, by)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def split_orders(dealings: Dealings, control: Control) -> Iterator[Finding]:
    """Find orders to a party that stay below the threshold and reach it together."""

    def is_below(order: Dealing) -> bool:
        compared = dealings.sources.threshold.compared(order.currency, order.minor, order.on)
        return compared is not None and compared[0] < compared[1]

    yield from _gathered(dealings, control, is_below, "all below the threshold", least=2)


def no_competition(dealings: Dealings, control: Control) -> Iterator[Finding]:
    """Find orders to a party that reach the threshold within a year without competition."""
    yield from _gathered(dealings, control, lambda order: not order.is_competitive, "without competition", least=1)


def _gathered(
    dealings: Dealings, control: Control, counts: Callable[[Dealing], bool], what: str, least: int
) -> Iterator[Finding]:
    days = control.number("days")
    for vendor, every in sorted(dealings.orders.items()):
        orders = sorted((order for order in every if counts(order)), key=lambda order: (order.on, order.entry))
        if len(orders) >= least:
            together = _together(orders, days, dealings.sources.threshold, least)
            if together:
                limits = [limit.entry for order in together if (limit := dealings.sources.threshold.on(order.on))]
                sums = amounts((order.currency, order.minor) for order in together)
                amount = " and ".join(map(str, sums))
                number = "1 service order" if len(together) == 1 else f"{len(together)} service orders"
                said = f"{number} to {vendor} from {together[0].on} to {together[-1].on} come to {amount}, {what}"
                entries = in_order(*(order.entry for order in together), *limits, *(_bases(together, control)))
                engagements = {order.engagement for order in together}
                only = engagements.pop() if len(engagements) == 1 else ""
                yield Finding(control, (vendor,), said, together[-1].on, entries, only, vendor, sums)


def _bases(orders: list[Dealing], control: Control) -> Iterator[int]:
    """Yield the entries of the bases of selection, for the control that rests on them."""
    if "competitive" in control.parameters:
        yield from (order.basis for order in orders)


def _together(orders: list[Dealing], days: int, threshold: Threshold, least: int) -> list[Dealing]:
    """Return the orders, in order of their days, that with others of some days reach the threshold of the last day.

    Amounts are added up in their own currency if all orders and the threshold have it, else in the reporting currency.
    """
    limits = [threshold.on(order.on) for order in orders]
    currency = threshold.common_currency(
        [*(order.currency for order in orders), *(limit.amount.currency for limit in limits if limit)]
    )
    worth = [
        threshold.in_currency(currency, from_minor(order.currency, order.minor), order.on) or 0 for order in orders
    ]
    together: list[Dealing] = []
    first = marked = total = 0
    for place, order in enumerate(orders):
        total += worth[place]
        since = days_after(order.on, -days)
        while orders[first].on < since:
            total -= worth[first]
            first += 1
        limit = limits[place]
        reached = threshold.in_currency(currency, limit.amount, order.on) if limit else None
        if reached is not None and total >= reached and place - first + 1 >= least:
            together += orders[max(first, marked) : place + 1]
            marked = place + 1
    return together


OF_ENGAGEMENT = {"just-below": just_below, "sharp-increase": sharp_increase, "many-increases": many_increases}
OF_LEDGER = {"split-orders": split_orders, "no-competition": no_competition}
