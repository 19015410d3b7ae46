"""Parties: who is paid and gives, who was not screened or was flagged, who has much, and who may be paid twice."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from ledger.domain.dates import days_after
from ledger.domain.errors import listed
from ledger.domain.money import from_minor
from ledger.format.name_keys import name_key
from projections.findings.controls import Control, Finding, amounts, in_order
from projections.findings.dealings import MEASURES, Dealing, Dealings
from projections.findings.orders import Examined
from projections.queries.implied_conflicts import implied_between

NEIGHBOURS = 8
"""With how many names after it a name is compared, in each of the orders in which names are sorted."""


def paid_and_giving(dealings: Dealings, control: Control) -> Iterator[Finding]:
    """Find parties that are paid and give, between which no conflict of interest is assessed."""
    for implied in implied_between(dealings.queries, dealings.paid):
        if implied.is_open:
            subjects = tuple(dict.fromkeys((implied.engagement, implied.paid, implied.giver)))
            giver = "also" if implied.giver == implied.paid else f"{implied.giver}, affiliated with it,"
            gives = f"gives {' and '.join(implied.given)}: {implied.status}"
            said = f"{implied.paid} is paid, and {giver} {gives}"
            entries = in_order(*implied.entries)
            yield Finding(control, subjects, said, "", entries, implied.engagement, implied.paid)


def screening(own: Examined, control: Control) -> Iterator[Finding]:
    """Find orders and payments of days on which the vendor was not validly screened."""
    faults: dict[str, list[tuple[str, str, str, tuple[int, ...], Any]]] = {}
    matches = control.words("matches")
    for number, order in own.orders.items():
        moved = [(f"order {number}", order.on, order.entry, (order.currency, order.issued))]
        moved += [
            (f"payment {row.payment}", row.effective_on, row.entry, (row.currency, row.minor)) for row in order.made
        ]
        for what, on, entry, amount in moved:
            fault, check = _screening_fault(own, order.vendor, on, matches)
            if fault:
                faults.setdefault(order.vendor, []).append((f"{what} of {on}", fault, on, (entry, check), amount))
    for vendor, items in faults.items():
        kinds = listed(dict.fromkeys(fault for _, fault, *_ in items), "and")
        more = f" and {len(items) - 1} more" if len(items) > 1 else ""
        said = f"Screening of {vendor} {kinds} at {items[0][0]}{more}"
        entries = in_order(*(entry for item in items for entry in item[3]))
        sums = amounts(amount for what, *_, amount in items if what.startswith("payment"))
        on = max(item[2] for item in items)
        yield Finding(control, (own.ref, vendor), said, on, entries, own.ref, vendor, sums)


def _screening_fault(own: Examined, vendor: str, day: str, matches: Sequence[str]) -> tuple[str, int]:
    """Return what is wrong with the screening of a party on a day, and its entry; empty if nothing is."""
    last = {
        row.name: row
        for row in own.record.batch.shared.party(vendor).checks
        if row.kind == "screening" and row.effective_on <= day
    }
    if not last:
        return "missing", 0
    matched = next((row for row in last.values() if row.result in matches), None)
    if matched is not None:
        return f"showed a {matched.result}", matched.entry
    if all(row.valid_until and row.valid_until < day for row in last.values()):
        return "run out", max(last.values(), key=lambda row: str(row.valid_until)).entry
    return "", 0


def flagged(own: Examined, control: Control) -> Iterator[Finding]:
    """Find signatures and orders of days on which a party was flagged."""
    moved: list[tuple[str, str, str, int, tuple[str, int] | None]] = []
    if own.signed is not None and own.signed.is_dated:
        for party, _ in own.record.parties(own.signed.on)[0]:
            moved.append((party.ref, "signed", own.signed.on, own.signed.entry, None))
    for number, order in own.orders.items():
        moved.append((order.vendor, f"order {number}", order.on, order.entry, (order.currency, order.issued)))
    by_party: dict[str, list[tuple[str, str, set[int], tuple[str, int] | None]]] = {}
    for party_ref, what, on, entry, amount in moved:
        raised = _raised(own, party_ref, on)
        if raised:
            by_party.setdefault(party_ref, []).append((what, on, {entry, *raised}, amount))
    for party_ref, items in by_party.items():
        acts = listed(dict.fromkeys(f"{what} on {on}" for what, on, *_ in items), "and")
        said = f"{party_ref} was flagged: {acts}"
        entries = in_order(*(entry for item in items for entry in item[2]))
        sums = amounts(amount for *_, amount in items if amount is not None)
        last = max(on for _, on, *_ in items)
        yield Finding(control, (own.ref, party_ref), said, last, entries, own.ref, party_ref, sums)


def _raised(own: Examined, party: str, day: str) -> list[int]:
    """Return the entries of the flags of a party that were raised on a day and not lifted by then."""
    raised: dict[str, int] = {}
    for row in own.record.batch.shared.party(party).flags:
        if row.effective_on <= day:
            if row.status == "raised":
                raised[row.flag] = row.entry
            else:
                raised.pop(row.flag, None)
    return list(raised.values())


def concentration(dealings: Dealings, control: Control) -> Iterator[Finding]:
    """Find parties with the greater part of a measure in a year."""
    currency = dealings.sources.threshold.converter.currency.value
    for (measure, year), shares in sorted(dealings.shares.items()):
        parts = {party: share for party, share in shares.items() if share.minor > 0}
        total = sum(share.minor for share in parts.values())
        for party, share in sorted(parts.items()):
            if len(parts) > 1 and share.minor * 100 > total * control.number("percent"):
                amount, whole = from_minor(currency, share.minor), from_minor(currency, total)
                said = f"{party} has {share.minor * 100 // total} % of what was {MEASURES[measure]} in {year}: "
                said += f"{amount} of {whole}"
                entries = in_order(*share.entries)
                on = min(f"{year}-12-31", dealings.queries.as_of.on)
                yield Finding(control, (party, MEASURES[measure], year), said, on, entries, "", party, (amount,))


def same_amount(dealings: Dealings, control: Control) -> Iterator[Finding]:
    """Find payments of the same amount to a party within a few days."""

    def amount_of(payment: Dealing) -> tuple[str, int]:
        return payment.currency, payment.minor

    for vendor, payments in sorted(dealings.payments.items()):
        in_turn = sorted(payments, key=lambda payment: (*amount_of(payment), payment.on, payment.entry))
        for (currency, minor), alike in groupby(in_turn, key=amount_of):
            near = _near(list(alike), control.number("days"))
            if near:
                amount = from_minor(currency, minor)
                refs = [f"{payment.engagement} {payment.ref} on {payment.on}" for payment in near[:3]]
                more = [f"{len(near) - 3} more"] if len(near) > 3 else []
                said = f"{amount} was paid to {vendor} {len(near)} times: {listed([*refs, *more], 'and')}"
                engagements = {payment.engagement for payment in near}
                only = engagements.pop() if len(engagements) == 1 else ""
                entries, subjects = (
                    in_order(*(payment.entry for payment in near)),
                    (vendor, str(amount).replace(" ", ":")),
                )
                yield Finding(control, subjects, said, near[-1].on, entries, only, vendor, (amount,))


def _near(payments: list[Dealing], days: int) -> list[Dealing]:
    """Return the payments, in order of their days, that are at most some days after or before another."""
    near: dict[int, Dealing] = {}
    for before, after in pairwise(payments):
        if after.on <= days_after(before.on, days):
            near |= {before.entry: before, after.entry: after}
    return list(near.values())


def similar_names(dealings: Dealings, control: Control) -> Iterator[Finding]:
    """Find parties of nearly the same name that were both paid.

    Names are compared with their neighbours where they are sorted: as they are, from behind, and by their words.
    """
    by_ref = dealings.queries.parties()
    keys = {ref: name_key(by_ref[ref].get("name") or "") for ref in dealings.payments if ref in by_ref}
    for first, second in sorted(_alike(keys, control.number("percent"), control.number("words_percent"))):
        names = [by_ref[ref].facts["name"] for ref in (first, second)]
        paid = [dealings.payments[ref][0] for ref in (first, second)]
        said = f"{first} and {second} are both paid, and have nearly the same name"
        entries = in_order(*(name.entry for name in names), *(payment.entry for payment in paid))
        on = max(payment.on for payment in paid)
        yield Finding(control, (first, second), said, on, entries, "", first)


def _alike(keys: dict[str, str], percent: int, words_percent: int) -> set[tuple[str, str]]:
    """Return the pairs of references whose names are alike by some per cent, as they are or by their words.

    The words that are not in both must be alike by `words_percent`: else names are alike only by what many have, such
    as a legal form. Names of which one has all the words of the other are alike in that.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 - loaded only where names are compared

    sorted_words = {ref: _by_words(key) for ref, key in keys.items()}
    alike: set[tuple[str, str]] = set()
    for sorting in (str, _reversed, _by_words):
        refs = sorted(keys, key=lambda ref: (sorting(keys[ref]), ref))
        for place, ref in enumerate(refs):
            for near in refs[place + 1 : place + 1 + NEIGHBOURS]:
                if any(fuzz.ratio(of[ref], of[near], score_cutoff=percent) for of in (keys, sorted_words)):
                    own, other = _differing(keys[ref], keys[near])
                    if not (own and other) or fuzz.ratio(own, other) >= words_percent:
                        alike.add((min(ref, near), max(ref, near)))
    return alike


def _differing(first: str, second: str) -> tuple[str, str]:
    """Return the words of each of two names that are not in the other, sorted."""
    of_first, of_second = Counter(first.split()), Counter(second.split())
    only_first, only_second = of_first - of_second, of_second - of_first
    return " ".join(sorted(only_first.elements())), " ".join(sorted(only_second.elements()))


def _reversed(key: str) -> str:
    return key[::-1]


def _by_words(key: str) -> str:
    return " ".join(sorted(key.split()))


OF_ENGAGEMENT = {"screening": screening, "flagged": flagged}
OF_LEDGER = {
    "paid-and-giving": paid_and_giving, "concentration": concentration, "same-amount": same_amount,
    "similar-names": similar_names,
}  # fmt: skip
