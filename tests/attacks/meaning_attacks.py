"""Attacks by well-formed entries with right hashes whose meaning is impossible (steps 12 to 14)."""

from typing import Any

from ledger.domain.guidelines.adoption import text_digest
from tests.attacks.tampering import Attack, Attacks, all_of, appended, sql

USD_90 = {"currency": "USD", "value": "90.00"}
CONTENT = {"sha256": "0" * 64, "size": 1, "media_type": "text/plain"}
ENGAGEMENT = {"title": "T", "kind": "memorandum", "parties": [{"party": "A"}]}


def _event(stream: str, tag: str, /, **members: Any) -> Attack:
    """Append an event to a stream."""
    return appended(stream=stream, event={"type": tag, **members})


def _paid(amount: dict[str, str], **members: Any) -> Attack:
    return _event("engagement/E1", "payment.made", order="SO-1", payment="forged", amount=amount, **members)


def _void(stream: str, version: int) -> Attack:
    return _event(stream, "entry.voided", version=version, reason="x")


def _named(name: str) -> Attack:
    return _event("engagement/E1", "engagement.amended", title=name)


def _published(document: str, position: int) -> Attack:
    as_of = {"on": "2025-01-01", "position": position}
    return _event("disclosure/C1", "disclosure.published", document=document, body="Council", as_of=as_of)


def _covered(**members: Any) -> Attack:
    return _event("disclosure/C26/1", "disclosure.covered", engagements=[{"facets": ["parties"], **members}])


def _corrected(position: int, **members: Any) -> Attack:
    members_of = {"correction": "C26/2", "what": "x", "as_of": {"on": "2025-01-01", "position": position}}
    covers = [{"engagement": "E1", **members}]
    return _event("disclosure/C26/1", "disclosure.corrected", **members_of, engagements=covers)


def _assessed(finding: str, *positions: int) -> Attack:
    given = {"control": "expired", "finding": finding, "outcome": "dismissed", "why": "x", "entries": [*positions]}
    return _event("finding/expired/E1", "finding.assessed", **given)


TEXT = """language = 1
[controls]
symbol = "CTL/1"
title = "T"
adopted_by = "Committee"
adopted_on = 2025-01-01
in_force_on = 2025-01-01"""


def _adopted(stream: str, **members: Any) -> Attack:
    given = {"symbol": "CTL/1", "title": "T", "adopted_by": "Committee", "adopted_on": "2025-01-01", "text": TEXT,
             "in_force_on": "2025-01-01", "sha256": text_digest(TEXT), **members}  # fmt: skip
    return _event(stream, "controls.adopted", **given)


MEANING: Attacks = {
    # Step 12: known events, in canonical encoding, in their streams.
    "record an event that there is not": (_event("party/B", "party.dissolved"), [("unknown-entry", 14)]),
    "record an event with a foreign member": (
        _event("party/B", "party.alias_added", alias="B", by="x"),
        [("unknown-entry", 14)],
    ),
    "record an event without a member": (_event("party/B", "party.alias_added"), [("unknown-entry", 14)]),
    "write a default out": (
        _event("engagement/E2", "engagement.signed", **{**ENGAGEMENT, "parties": [{"party": "A", "role": "partner"}]}),
        [("unknown-entry", 14)],
    ),
    "write an amount as a number": (
        _event("engagement/E1", "payment.made", order="SO-1", payment="P", amount=20),
        [("unknown-entry", 14)],
    ),
    "change a setting in the stream of a party": (
        _event("party/B", "setting.changed", name="list.kinds", value=["memorandum"]),
        [("unknown-entry", 14)],
    ),
    "sign in the stream of a party": (_event("party/B", "engagement.signed", **ENGAGEMENT), [("unknown-entry", 14)]),
    "publish in the stream of another document": (
        _published("C2", 1),
        [("unknown-entry", 14)],
    ),
    "give a rate in the stream of another pair": (
        _event("rate/EUR-USD", "rate.recorded", base="CHF", quote="USD", rate="1.1", source="S"),
        [("unknown-entry", 14)],
    ),
    "adopt in the stream of other parameters": (_adopted("controls/CTL/2"), [("unknown-entry", 14)]),
    "assess in the stream of another finding": (_assessed("expired/E2", 13), [("unknown-entry", 14)]),
    # Step 12: values.
    "pay an amount with too few decimals": (_paid({"currency": "USD", "value": "20.0"}), [("bad-value", 14)]),
    "pay an amount with too many decimals": (_paid({"currency": "USD", "value": "20.000"}), [("bad-value", 14)]),
    "pay an amount with an exponent": (_paid({"currency": "USD", "value": "2e1"}), [("bad-value", 14)]),
    "pay negative zero": (_paid({"currency": "USD", "value": "-0.00"}), [("bad-value", 14)]),
    "pay in no currency": (_paid({"currency": "usd", "value": "20.00"}), [("bad-value", 14)]),
    "pay under no reference": (
        _event("engagement/E1", "payment.made", order="SO-1", payment="a|b", amount=USD_90),
        [("bad-value", 14)],
    ),
    "end on a day that is none": (
        _event("engagement/E1", "engagement.extended", ends_on="2030-02-30"),
        [("bad-value", 14)],
    ),
    "name nothing": (_named(""), [("bad-value", 14)]),
    "name it in two lines": (_named("A\nB"), [("bad-value", 14)]),
    "name it with a space of no width": (_named("A\u200bB"), [("bad-value", 14)]),
    "name it with a mark alone": (_named("\u0301"), [("bad-value", 14)]),
    "name it with blanks": (_named("\u2003"), [("bad-value", 14)]),
    "disclose as of a position to come": (
        _published("C1", 14),
        [("bad-value", 14)],
    ),
    "correct as of a position to come": (_corrected(14, facets=["service-orders"]), [("bad-value", 14)]),
    "assess for an entry to come": (_assessed("expired/E1", 14), [("bad-value", 14)]),
    "screen until a day that is none": (
        _event("party/B", "party.screened", list="L", result="clear", valid_until="2030-02-30"),
        [("bad-value", 14)],
    ),
    "attach in the stream of a party": (
        _event("party/B", "document.attached", document="D1", title="T", content=CONTENT),
        [("unknown-entry", 14)],
    ),
    # Step 13: the rules, given the entries before.
    "adopt a text whose SHA-256 is another": (_adopted("controls/CTL/1", sha256="0" * 64), [("impossible", 14)]),
    "adopt a text that is no file of parameters": (
        _adopted("controls/CTL/1", text="x", sha256=text_digest("x")),
        [("impossible", 14)],
    ),
    "pay more than was accepted": (_paid(USD_90), [("impossible", 14)]),
    "accept more than was ordered": (
        _event("engagement/E1", "deliverable.accepted", order="SO-1", acceptance="A", amount=USD_90),
        [("impossible", 14)],
    ),
    "reopen what is not over": (
        _event("engagement/E1", "engagement.reopened", back_to="proposed"),
        [("impossible", 14)],
    ),
    "assess a risk that there is not": (
        _event("engagement/E1", "risk.assessed", risk="weather", likelihood="low", impact="low"),
        [("impossible", 14)],
    ),
    "correct what was not told": (
        _corrected(13, facets=["parties"]),
        [("impossible", 14), ("mentions-differ", 14)],
    ),
    "pay under an order that is not there": (
        _event("engagement/E1", "payment.made", order="SO-2", payment="P", amount=USD_90),
        [("impossible", 14)],
    ),
    "commit less than nothing": (
        _event(
            "engagement/E1", "contribution.committed", by="organization", amount={"currency": "USD", "value": "-100.01"}
        ),
        [("impossible", 14)],
    ),
    "sign twice": (
        _event("engagement/E1", "engagement.signed", title="T"),
        [("impossible", 14)],
    ),
    "record what has not happened yet": (
        appended(stream="engagement/E1", event={"type": "engagement.completed"}, effective_on="2030-01-01"),
        [("impossible", 14)],
    ),
    "go back in the life of an engagement": (
        appended(stream="engagement/E1", event={"type": "engagement.completed"}, effective_on="2020-01-01"),
        [("impossible", 14)],
    ),
    "void the opening": (_void("ledger", 1), [("impossible", 14)]),
    "void what is voided": (_void("party/A", 2), [("impossible", 14)]),
    "void an order under which something was accepted": (
        _void("engagement/E1", 4),
        [("impossible", 7), ("mention-of-nothing", 10)],
    ),
    "void a signature": (
        _void("engagement/E1", 1),
        [*(("impossible", position) for position in (4, 5, 6, 7)), *[("mention-of-nothing", 10)] * 2],
    ),
    "void a party that others refer to": (
        _void("party/A", 1),
        [("mention-of-nothing", position) for position in (3, 4, 6)],
    ),
    "sign with a party that is not there": (
        _event("engagement/E2", "engagement.signed", **{**ENGAGEMENT, "parties": [{"party": "Z"}]}),
        [("mention-of-nothing", 14), ("mentions-differ", 14)],
    ),
    "cover an order that is not there": (
        _covered(engagement="E1", orders=["SO-9"]),
        [("mention-of-nothing", 14), ("mentions-differ", 14), ("mentions-differ", 14)],
    ),
    "bring back what refers to nothing": (
        all_of(
            _void("disclosure/C26/1", 2),
            _void("engagement/E1", 5),
            _void("engagement/E1", 4),
            _void("disclosure/C26/1", 3),
        ),
        [("mention-of-nothing", 10)],
    ),
    # Step 14: the keys of duplicates and references.
    "forget a name": (sql("DELETE FROM names WHERE position = 12"), [("names-differ", 12)]),
    "give a name to another": (
        sql("UPDATE names SET stream = 'party/A' WHERE position = 12"),
        [("names-differ", 12), ("names-differ", 12)],
    ),
    "invent a name": (sql("INSERT INTO names VALUES ('gamma', 'party/B', 12)"), [("names-differ", 12)]),
    "forget a reference": (
        sql("DELETE FROM mentions WHERE position = 10 AND target LIKE '%order%'"),
        [("mentions-differ", 10)],
    ),
    "invent a reference": (sql("INSERT INTO mentions VALUES ('party/B', 7)"), [("mentions-differ", 7)]),
    "drop the names": (
        sql("DROP TABLE names"),
        [*(("names-differ", position) for position in (2, 8, 12, 13)), ("unreadable", None)],
    ),
    # Several attacks: all are listed.
    "forge in many places": (
        all_of(
            _event("party/B", "party.dissolved"),
            _paid(USD_90),
            _named("A\nB"),
            _void("party/A", 2),
            sql("DELETE FROM names WHERE position = 2"),
            sql("DELETE FROM mentions WHERE position = 3"),
        ),
        [
            ("names-differ", 2),
            ("mentions-differ", 3),
            ("unknown-entry", 14),
            ("impossible", 15),
            ("bad-value", 16),
            ("impossible", 17),
        ],
    ),
}
