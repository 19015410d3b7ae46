"""What `party show` and `party merge` say of a party's dealings: its engagements, its money and its service orders.

They are folded from the streams of the engagements that mention the party: showing one party costs what that party has.
"""

from collections import Counter
from collections.abc import Iterator

from cli.nouns.party_names import party_names, party_refs
from cli.nouns.show_parts import Facts
from cli.options.as_of import View
from cli.terminal import say_line
from ledger.domain.engagement.state import LIVE, Engagement, status_on
from ledger.domain.money import from_minor

MOST_LISTED = 10
"""The number of engagements and of orders that are listed one by one; all of them are counted."""

Amounts = Counter[tuple[str, str]]
"""Minor units by measure and currency."""


def dealings(view: View, ref: str) -> Facts:
    """Return what a party is to the organisation at the as-of: counts, sums, and the engagements and orders."""
    engagements: list[tuple[bool, str, str, str]] = []
    orders: list[tuple[str, str]] = []
    statuses: Counter[str] = Counter()
    sums: Amounts = Counter()
    for key, state in _engagements(view, ref):
        status = status_on(state.status, state.get("ends_on"), view.on)
        roles = ", ".join(role.role for role in state.roles() if role.party == ref and role.role)
        if any(role.party == ref for role in state.roles()):
            ends = f"until {state.get('ends_on')}" if state.get("ends_on") else ""
            text = "; ".join(filter(None, (status, roles, str(state.get("title") or ""), ends)))
            engagements.append((status not in LIVE, key, text, status))
            statuses[status] += 1
        orders += _add_money(state, ref, key, sums)
    facts: Facts = {"engagements": _counted(statuses)}
    for measure in dict.fromkeys(measure for measure, _ in sums):
        amounts = [from_minor(currency, minor) for (of, currency), minor in sorted(sums.items()) if of == measure]
        facts[measure] = "; ".join(map(str, amounts))
    for _, key, text, _ in sorted(engagements)[:MOST_LISTED]:
        facts[f"engagement {key}"] = text
    if orders:
        facts["service orders"] = len(orders)
        facts |= {f"order {key}": text for key, text in orders[:MOST_LISTED]}
    if max(len(engagements), len(orders)) > MOST_LISTED:
        facts["all of them"] = f"'ledger engagement list --where party={ref}', 'ledger order list --where party={ref}'"
    return facts


def _engagements(view: View, ref: str) -> Iterator[tuple[str, Engagement]]:
    positions = [at for record in view.records(ref) for at in view.ledger.store.referrers(f"party/{record}")]
    streams = {view.ledger.entry(position).stream for position in positions}
    for stream in sorted(stream for stream in streams if stream.startswith("engagement/")):
        state = view.state(stream)
        if state.exists:
            yield stream.partition("/")[2], state


def _add_money(state: Engagement, ref: str, key: str, sums: Amounts) -> Iterator[tuple[str, str]]:
    """Add the money of the party to `sums`; yield its service orders."""
    balances = state.balances
    for (payer, currency), given in balances.contributions.items():
        if payer == ref:
            _add(sums, currency, signed=given.committed, received=given.received, refunded=given.refunded)
    for number, order in balances.orders.items():
        if order.vendor == ref:
            _add(sums, order.currency, ordered=order.ordered, accepted=order.accepted, paid=order.paid)
            amount = from_minor(order.currency, order.ordered)
            yield f"{key} {number}", f"{order.ended or 'issued'} {order.issued_on}; {order.subject}; {amount}"


def _add(sums: Amounts, currency: str, **measures: int) -> None:
    for measure, minor in measures.items():
        if minor:
            sums[(measure, currency)] += minor


def _counted(statuses: Counter[str]) -> str:
    if not statuses:
        return "none"
    return f"{statuses.total()}: {', '.join(f'{count} {status}' for status, count in sorted(statuses.items()))}"


def say_merge(view: View, going: str, into: str, *, dry_run: bool) -> None:
    """Print on stderr which party is about to count as which other one, with the number of engagements of each."""
    name = party_names(view)
    say_line("would merge these two parties:" if dry_run else "merging these two parties:", err=True)
    for ref, what in ((going, "goes away"), (into, "stays")):
        count = sum(ref in party_refs(state) for _, state in _engagements(view, ref))
        say_line(f"  {what}: {ref} {name(ref)}, {count} engagement{'' if count == 1 else 's'}", err=True)
