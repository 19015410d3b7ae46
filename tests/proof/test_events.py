"""verify_ledger.py knows the events of the product, with their members, and judges what they say (steps 9 and 10)."""

from typing import Any

import msgspec
import pytest

from ledger.domain.currencies import DECIMALS
from ledger.domain.organisation.settings import SETTINGS
from ledger.domain.registry import EVENTS
from ledger.replay.procedure import replay_entries
from projections.proof import verify_ledger
from projections.proof.verify_ledger import AHEAD, TYPES, UNVOIDABLE, Findings, check_event, check_meaning
from tests.proof.bundle import THE_LOG, WITNESS, Signer, canonical, entry, opening

Verdict = list[str]
DAY = {"effective_on": "2026-09-20"}
PARTY = entry("party/P1", 1, {"type": "party.registered", "name": "A"})
OTHER = entry("party/P2", 1, {"type": "party.registered", "name": "B"})
SIGNED = entry(
    "engagement/E1", 1,
    {"type": "engagement.signed", "title": "T", "kind": "consultancy", "parties": [{"party": "P1"}]},
)  # fmt: skip
USD = {"currency": "USD", "value": "10.00"}


def test_the_program_knows_every_event_with_its_members() -> None:
    """Types, members, which of them must be there, and which events may be dated ahead are those of the product."""
    assert EVENTS.keys() == TYPES.keys()
    for tag, cls in EVENTS.items():
        fields = {field.encode_name: field.required for field in msgspec.structs.fields(cls)}
        assert fields == {name: member[0] for name, member in TYPES[tag].items()}, tag
    assert {tag for tag, cls in EVENTS.items() if cls.ahead} == AHEAD
    assert {tag for tag, cls in EVENTS.items() if cls.unvoidable} == UNVOIDABLE


def test_the_program_knows_currencies_and_settings() -> None:
    """Currencies with their decimals, and the settings that exist, are those of the product."""
    assert dict(DECIMALS) == verify_ledger.DECIMALS
    assert {*SETTINGS} == {*verify_ledger.SETTINGS}


def judged(*entries: dict[str, Any]) -> tuple[Verdict, Verdict]:
    """Return what the product and what the program find in a log of these entries after its opening."""
    log = [*enumerate([opening(), *entries], start=1)]
    findings = Findings()
    sound = [one for one in log if check_event(*one, "example.org/ledger", findings)]
    check_meaning(sound, findings)
    product = replay_entries((position, canonical(each)) for position, each in log)
    return (
        sorted({f"{finding.code} {finding.position}" for finding in product}),
        sorted({f"{finding['code']} {finding['place'].removeprefix('position ')}" for finding in findings}),
    )


def engaged(*events: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the entries of one engagement with two parties registered: positions 2 and 3, and 4 on."""
    more = [entry("engagement/E1", number, event) for number, event in enumerate(events, start=2)]
    return [PARTY, OTHER, SIGNED, *more]


def committed(value: str, currency: str = "USD", by: str = "P1") -> dict[str, Any]:
    """Return a commitment."""
    return {"type": "contribution.committed", "by": by, "amount": {"currency": currency, "value": value}}


ORDER = {"type": "order.issued", "number": "SO-1", "subject": "S", "vendor": "P1", "amount": USD}
ASSESSED = {"type": "finding.assessed", "control": "expired", "finding": "expired/E1", "outcome": "dismissed",
            "why": "It goes on", "entries": [1]}  # fmt: skip
REFUSED: dict[str, tuple[list[dict[str, Any]], Verdict]] = {
    "a type that nobody knows": (engaged({"type": "engagement.noted", "signed_on": "2019-01-01"}), ["unknown-entry 5"]),
    "a member that nobody knows": (engaged({**committed("1.00"), "signed_on": "2019-01-01"}), ["unknown-entry 5"]),
    "a member left out": (engaged({"type": "contribution.committed", "by": "P1"}), ["unknown-entry 5"]),
    "a number for a text": (engaged({**committed("1.00"), "by": 1}), ["unknown-entry 5"]),
    "the usual role, written": (
        [PARTY, {**SIGNED, "event": {**SIGNED["event"], "parties": [{"party": "P1", "role": "partner"}]}}],
        ["unknown-entry 3"],
    ),
    "an empty list, written": ([{**PARTY, "event": {**PARTY["event"], "aliases": []}}], ["unknown-entry 2"]),
    "the event of another stream": ([PARTY, entry("party/P1", 2, committed("1.00"))], ["unknown-entry 3"]),
    "a document in the stream of another": (
        [entry("disclosure/A", 1, {"type": "disclosure.prepared", "document": "B", "body": "Council"})],
        ["unknown-entry 2"],
    ),
    "an amount with an exponent": (engaged(committed("1e9")), ["bad-value 5"]),
    "an amount without decimals": (engaged(committed("100")), ["bad-value 5"]),
    "minus nothing": (engaged(committed("-0.00")), ["bad-value 5"]),
    "a currency that is none": (engaged(committed("1.00", "ABC")), ["bad-value 5"]),
    "a day that is none": (engaged({"type": "engagement.extended", "ends_on": "2026-02-30"}), ["bad-value 5"]),
    "a reference with two spaces": ([entry("party/P1", 1, {**PARTY["event"], "name": ""})], ["bad-value 2"]),
    "a line feed in a name": ([entry("party/P1", 1, {**PARTY["event"], "name": "A\nB"})], ["bad-value 2"]),
    "a sum below zero": (engaged(committed("10.00"), committed("-30000000.00")), ["impossible 6"]),
    "a sum below zero at once": (engaged(committed("-30000000.00")), ["impossible 5"]),
    "an order of less than nothing": (
        engaged({**ORDER, "amount": {"currency": "USD", "value": "-5.00"}}),
        ["impossible 5"],
    ),
    "more accepted than ordered": (
        engaged(ORDER, {"type": "deliverable.accepted", "order": "SO-1", "acceptance": "A1",
                        "amount": {"currency": "USD", "value": "11.00"}}),
        ["impossible 6"],
    ),
    "a party that is not there": (
        [PARTY, entry("party/P1", 2, {"type": "party.affiliated", "party": "P9"})],
        ["mention-of-nothing 3"],
    ),
    "a role of a party that is not there": (
        [{**SIGNED, "event": {**SIGNED["event"], "parties": [{"party": "P9"}]}}],
        ["mention-of-nothing 2"],
    ),
    "a rate of nothing": (
        [entry("rate/EUR-USD", 1, {"type": "rate.recorded", "base": "EUR", "quote": "USD", "rate": "0.0",
                                   "source": "ECB"})],
        ["impossible 2"],
    ),
    "a rate of a billion digits": (
        [entry("rate/EUR-USD", 1, {"type": "rate.recorded", "base": "EUR", "quote": "USD", "rate": "1e99999999",
                                   "source": "ECB"})],
        ["impossible 2"],
    ),
    "a key of another ledger": (
        [entry("ledger", 2, {"type": "key.added", "vkey": Signer("x", "example.com/other", b"\x01").vkey})],
        ["bad-key-entry 2"],
    ),
    "the key of a witness": (
        [entry("ledger", 2, {"type": "key.added", "vkey": Signer("x", "example.org/ledger", WITNESS).vkey})],
        ["bad-key-entry 2"],
    ),
    "a rotation that the old key did not sign": (
        [
            entry("ledger", 2, {"type": "key.added", "vkey": THE_LOG.vkey}),
            entry("ledger", 3, {"type": "key.rotated", "old": THE_LOG.vkey,
                                "new": Signer("x", "example.org/ledger", b"\x01").vkey, "statement": "x"}),
        ],
        ["bad-key-entry 3"],
    ),
    "a day that has not come": (
        [PARTY, entry("party/P1", 2, {"type": "party.renamed", "name": "C"}, effective_on="2029-01-01")],
        ["impossible 3"],
    ),
    "shares of half": (
        [PARTY, {**SIGNED, "event": {**SIGNED["event"], "regions": [{"code": "AFR", "percent": "50"}]}}],
        ["impossible 3"],
    ),
    "a facet that is none": (
        [PARTY, {**SIGNED, "event": {**SIGNED["event"], "withheld": ["everything"]}}],
        ["impossible 3"],
    ),
    "a document of a position that comes later": (
        [entry("disclosure/A", 1, {"type": "disclosure.published", "document": "A", "body": "Council",
                                   "as_of": {"on": "2026-09-20", "position": 2}})],
        ["bad-value 2"],
    ),
    "an assessment for an entry that comes later": (
        [entry("finding/expired/E1", 1, {**ASSESSED, "entries": [1, 2]})],
        ["bad-value 2"],
    ),
    "an assessment of another finding": (
        [entry("finding/expired/E2", 1, ASSESSED)],
        ["unknown-entry 2"],
    ),
    "an assessment for nothing": (
        [entry("finding/expired/E1", 1, {name: value for name, value in ASSESSED.items() if name != "entries"})],
        ["unknown-entry 2"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_an_event_may_not_say(case: str) -> None:
    """The owner of a log may append anything: the program finds what the product finds, with its code and position."""
    entries, expected = REFUSED[case]
    product, program = judged(*entries)
    assert (expected, expected) == (product, program)


def test_settings_that_do_not_exist() -> None:
    """A setting that does not exist is found by the program: it could stand for a parameter of a report."""
    days, threshold = "rates.max-age-days", "materiality.threshold"
    wrong = [(days, "abc"), (days, "3661"), (days, ["5"]), (threshold, "5"), (threshold, "USD 5"), ("list.kinds", "x")]
    wrong.append(("governing-body", ["Council"]))
    for name, value in wrong:
        assert (["bad-value 2"], ["bad-value 2"]) == judged(
            entry("ledger", 2, {"type": "setting.changed", "name": name, "value": value})
        )
    for name in ("from", "to", "on", "known_at", "root", "reporting", "organization"):
        named = judged(entry("ledger", 2, {"type": "setting.changed", "name": name, "value": "2019-01-01"}))
        assert (["bad-value 2"], ["bad-value 2"]) == named


def test_the_governing_body_is_one_value() -> None:
    """Given the body that a house reports to, neither the product nor the program finds anything in the entry."""
    changed = {"type": "setting.changed", "name": "governing-body", "value": "Council"}
    assert ([], []) == judged(entry("ledger", 2, changed))


def _signed_by(*signers: Signer) -> str:
    """Return a rotation from the key of the log to another, signed by some; entries omit the last line feed."""
    text = f"example.org/ledger\nkey rotation\n{THE_LOG.vkey}\n{SECOND.vkey}\n"
    return f"{text}\n{''.join(signer.line(text) for signer in signers)}".removesuffix("\n")


SECOND = Signer("second", "example.org/ledger", b"\x01")
THIRD = Signer("third", "example.org/ledger", b"\x01")
KEY_OF_THE_LOG = {"type": "key.added", "vkey": THE_LOG.vkey}
ROTATED = {"type": "key.rotated", "old": THE_LOG.vkey, "new": SECOND.vkey}
RECEIVED = {"type": "contribution.received", "by": "P1", "amount": USD}
REFUNDED = {"type": "contribution.refunded", "by": "P1", "amount": {"currency": "USD", "value": "10.01"}}
ACCEPTED = {"type": "deliverable.accepted", "order": "SO-1", "acceptance": "A1", "amount": USD}
PAID = {"type": "payment.made", "order": "SO-1", "payment": "V1", "amount": USD}
REVERSED = {**PAID, "type": "payment.reversed"}
VALUED = {"type": "contribution.valued", "by": "P1", "item": "I1", "what": "experts", "amount": USD}
MINUS = {"currency": "USD", "value": "-10.00"}
COVER = {"type": "disclosure.covered"}


def _document(*engagements: dict[str, Any], **as_of: Any) -> list[dict[str, Any]]:
    """Return a published document that covers something."""
    shown = {"on": "2026-09-20", "position": 1} | as_of
    published = {"type": "disclosure.published", "document": "D", "body": "Council", "as_of": shown}
    return [
        *engaged(ORDER),
        entry("disclosure/D", 1, published),
        entry("disclosure/D", 2, {**COVER, "engagements": [*engagements]}),
    ]


def _particulars(**members: Any) -> list[dict[str, Any]]:
    return [PARTY, OTHER, {**SIGNED, "event": {**SIGNED["event"], **members}}]


def _ledger(*events: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry("ledger", number, event) for number, event in enumerate(events, start=2)]


OWNED: dict[str, list[dict[str, Any]]] = {
    **{f"an amount written {value!r}": engaged(committed(value)) for value in (
        "1,000.00", "+5.00", "00.10", "1.0", "\uff11.00", "NaN", " 1.00", "1000000000000000.00", "Infinity", "1_000.00",
    )},
    "yen with decimals": engaged(committed("5.00", "JPY")),
    "a refund of more than came in": engaged(committed("50.00"), RECEIVED, REFUNDED),
    "a refund before anything came in": engaged(committed("50.00"), REFUNDED, RECEIVED),
    "a receipt of less than nothing": engaged(committed("50.00"), {**RECEIVED, "amount": MINUS}),
    "a refund of less than nothing": engaged(committed("50.00"), RECEIVED, {**REFUNDED, "amount": MINUS}),
    "a payment of what nobody accepted": engaged(ORDER, PAID),
    "a payment of less than nothing": engaged(ORDER, ACCEPTED, {**PAID, "amount": MINUS}),
    "a payment twice": engaged(ORDER, ACCEPTED, PAID, {**PAID, "payment": "V2"}),
    "a reversal of no payment": engaged(ORDER, ACCEPTED, REVERSED),
    "a reversal twice": engaged(ORDER, ACCEPTED, PAID, REVERSED, REVERSED),
    "an acceptance of less than nothing": engaged(ORDER, {**ACCEPTED, "amount": MINUS}),
    "an order lowered below nothing": engaged(ORDER, {"type": "order.amended", "number": "SO-1", "difference": {
        "currency": "USD", "value": "-10.01"}}),
    "an order cancelled for more than it was": engaged(ORDER, {"type": "order.cancelled", "number": "SO-1",
        "released": {"currency": "USD", "value": "10.01"}}),
    "a gift of less than nothing": engaged({**VALUED, "amount": MINUS}),
    "a gift revalued below nothing": engaged(VALUED, {**VALUED, "amount": {"currency": "USD", "value": "-10.01"}}),
    "money of somebody who is not there": engaged(committed("5.00", by="P9")),
    "a conflict with somebody who is not there": engaged(
        {"type": "conflict.declared", "conflict": "C1", "between": ["P1", "P9"], "nature": "x"}),
    "a party exchanged for one that is not there": engaged(
        {"type": "engagement.amended", "parties": [{"party": "P9"}]}),
    "a separation from nobody": [PARTY, entry("party/P1", 2, {"type": "party.separated", "party": "P9"})],
    "a document of an engagement that is not there": _document({"engagement": "E9", "facets": ["parties"]}),
    "a document of an order that is not there": _document({"engagement": "E1", "facets": [], "orders": ["SO-9"]}),
    "a document of a facet that is none": _document({"engagement": "E1", "facets": ["all"]}),
    "a document as of position 0": _document(position=0),
    "a document as of a position below 0": _document(position=-1),
    "a document as of true": _document(position=True),
    "a document as of no day": _document(on="2026-02-30"),
    "a return to no status": engaged({"type": "engagement.resumed", "back_to": "active again"}),
    "a return to expired": engaged({"type": "engagement.reopened", "back_to": "expired"}),
    "a share above the whole": _particulars(regions=[{"code": "AFR", "percent": "150"}]),
    "a share with five decimals": _particulars(regions=[{"code": "A", "percent": "50.00001"}, {"code": "B", "percent":
        "49.99999"}]),
    "a region twice": _particulars(regions=[{"code": "A", "percent": "50"}, {"code": "A", "percent": "50"}]),
    "shares of more than the whole": _particulars(priorities=[{"code": "A", "percent": "60"}, {"code": "B", "percent":
        "60"}]),
    "the usual share, written": _particulars(regions=[{"code": "A", "percent": "100"}]),
    "parties that are names": _particulars(parties=["P1"]),
    "a kind that is a list": _particulars(kind=["consultancy"]),
    "undated that is false": _particulars(undated=False),
    "undated that is a text": _particulars(undated="true"),
    "a day with a time": _particulars(ends_on="2026-01-01T00:00"),
    "a week for a day": _particulars(ends_on="2026-W01-1"),
    "a setting that is a number": _ledger({"type": "setting.changed", "name": "rates.max-age-days", "value": 5}),
    "a setting in a setting": _ledger({"type": "setting.changed", "name": "list.kinds", "value": [["x"]]}),
    "definitions by no digest": _ledger({"type": "definitions.adopted", "report": "council", "sha256": "0" * 63}),
    "a rotation that only the old key signed": _ledger(KEY_OF_THE_LOG, {**ROTATED, "statement": _signed_by(THE_LOG)}),
    "a rotation that only the new key signed": _ledger(KEY_OF_THE_LOG, {**ROTATED, "statement": _signed_by(SECOND)}),
    "a rotation to another key": _ledger(KEY_OF_THE_LOG, {**ROTATED, "new": THIRD.vkey,
        "statement": _signed_by(THE_LOG, SECOND)}),
    "the ledger opened in another format": [
        entry("ledger", 2, {"type": "ledger.opened", "format": "1", "origin": "o", "reporting_currency": "USD"})],
    "a ledger in a currency that is none": [
        entry("ledger", 2, {"type": "ledger.opened", "format": 1, "origin": "o", "reporting_currency": "XXL"})],
}  # fmt: skip
"""What somebody with the key and the database may append, so that witnesses would cosign it."""


def test_a_rotation_that_both_signed() -> None:
    """A rotation that both keys signed is sound, for both."""
    assert ([], []) == judged(*_ledger(KEY_OF_THE_LOG, {**ROTATED, "statement": _signed_by(THE_LOG, SECOND)}))


@pytest.mark.parametrize("case", OWNED)
def test_what_the_owner_of_a_log_appended(case: str) -> None:
    """The program finds it, so that no figure is made of it; and it finds nothing that the product does not find."""
    product, program = judged(*OWNED[case])
    assert program
    assert {finding.split()[0] for finding in program} <= {finding.split()[0] for finding in product}


def test_there_are_sixty_attacks() -> None:
    """The tables above hold at least sixty attacks."""
    assert 60 <= len(OWNED) + len(REFUSED)


def test_merges_in_a_circle() -> None:
    """Parties that are merged into each other, or one into itself, are impossible for both."""
    there = entry("party/P1", 2, {"type": "party.merged", "into": "P2"})
    back = entry("party/P2", 2, {"type": "party.merged", "into": "P1"})
    itself = entry("party/P1", 2, {"type": "party.merged", "into": "P1"})
    assert (["impossible 5"], ["impossible 4", "impossible 5"]) == judged(PARTY, OTHER, there, back)
    assert (["impossible 4"], ["impossible 4"]) == judged(PARTY, OTHER, itself)
    assert ([], []) == judged(PARTY, OTHER, there)
