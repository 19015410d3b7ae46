"""Attacks on a published log signed by everybody: hashes and signatures are right, and an entry is wrong."""

from typing import Any

from ledger.keys.rotation import sign_rotation
from tests.attacks.notary import LOG, ORIGIN, STOLEN
from tests.attacks.rewriting import (
    appended,
    by_a_stranger,
    by_all,
    delete,
    double,
    edited,
    members,
    rewritten,
    swap,
    wrong,
)
from tests.attacks.site import Attack, Case, Cases
from tests.spec.signing import signing_key

VOID = {"type": "entry.voided", "reason": "x"}
ALIAS = {"type": "party.alias_added", "alias": "Bet"}
AFTER = "2026-01-15T12:07:00.000000Z"
"""More than five minutes after both witnesses cosigned."""


ENTRIES: Cases = {
    # The canonical form of an entry.
    "duplicate JSON key": Case(
        wrong(edited(7, b'"v":1', b'"v":1,"v":1')), ["not-canonical position 7"], product=["unknown-entry position 7"]
    ),
    "1.0 for 1": Case(
        wrong(edited(7, b'"v":1', b'"v":1.0')), ["not-canonical position 7"], product=["unknown-entry position 7"]
    ),
    "1e0 for 1": Case(
        wrong(edited(7, b'"v":1', b'"v":1e0')), ["not-canonical position 7"], product=["unknown-entry position 7"]
    ),
    "white space": Case(
        wrong(edited(7, b'"v":1', b'"v": 1')), ["not-canonical position 7"], product=["unknown-entry position 7"]
    ),
    "keys in another order": Case(
        wrong(edited(7, b'"v":1,"version":5', b'"version":5,"v":1')),
        ["not-canonical position 7"],
        product=["unknown-entry position 7"],
    ),
    "letter escaped": Case(
        wrong(edited(8, b"Alpha", b"\\u0041lpha")),
        ["not-canonical position 8"],
        product=["unknown-entry position 8", "version-gap position 11"],
    ),
    "slash escaped": Case(
        wrong(edited(7, b"engagement/E1", b"engagement\\/E1")),
        ["not-canonical position 7"],
        product=["unknown-entry position 7"],
    ),
    "letter and accent apart (NFD)": Case(
        wrong(edited(8, b"Alpha", b"Alphae\xcc\x81")),
        ["not-canonical position 8"],
        product=["unknown-entry position 8", "version-gap position 11"],
    ),
    "a character of a later Unicode": Case(
        wrong(edited(8, b"Alpha", "Alphax\u0301\U00010efd".encode())),
        ["not-canonical position 8"],
        product=["unknown-entry position 8", "version-gap position 11"],
    ),
    "right-to-left override": Case(
        wrong(edited(8, b"Alpha", b"\xe2\x80\xaeAlpha")),
        ["not-canonical position 8"],
        product=["unknown-entry position 8", "version-gap position 11"],
    ),
    "byte order mark in a text": Case(
        wrong(edited(8, b"Alpha", b"\xef\xbb\xbfAlpha")),
        ["not-canonical position 8"],
        product=["unknown-entry position 8", "version-gap position 11"],
    ),
    "control character in a text": Case(
        wrong(edited(8, b"Alpha", b"\\u0007Alpha")),
        ["not-canonical position 8"],
        product=["unknown-entry position 8", "version-gap position 11"],
    ),
    "half of a surrogate pair": Case(
        wrong(edited(8, b"Alpha", b"\\ud800")),
        ["not-canonical position 8"],
        product=["unknown-entry position 8", "version-gap position 11"],
    ),
    "overlong UTF-8": Case(
        wrong(edited(8, b"Alpha", b"\xc1\x81lpha")),
        ["not-canonical position 8"],
        product=["unknown-entry position 8", "version-gap position 11"],
    ),
    "null for a member": Case(
        wrong(edited(7, b'"v":1', b'"sig":null,"v":1')),
        ["not-canonical position 7"],
        product=["unknown-entry position 7"],
    ),
    "number that others round": Case(
        wrong(edited(7, b'"v":1', b'"v":9007199254740993')),
        ["not-canonical position 7"],
        product=["unknown-entry position 7"],
    ),
    "number of a thousand digits": Case(
        wrong(edited(7, b'"v":1', b'"v":1' + b"0" * 5000)),
        ["not-canonical position 7"],
        product=["unknown-entry position 7"],
    ),
    "NaN": Case(
        wrong(edited(7, b'"v":1', b'"v":NaN')), ["not-canonical position 7"], product=["unknown-entry position 7"]
    ),
    "brackets without end": Case(
        wrong(lambda entries: entries.__setitem__(6, b"[" * 60_000)),
        ["not-canonical position 7"],
        product=["unknown-entry position 7"],
    ),
    "entry of no bytes": Case(
        wrong(lambda entries: entries.__setitem__(6, b"")),
        ["not-canonical position 7"],
        product=["unknown-entry position 7"],
    ),
    "node presented as an entry": Case(
        wrong(lambda entries: entries.__setitem__(6, bytes(64))),
        ["not-canonical position 7"],
        product=["unknown-entry position 7"],
    ),
    # The members of an entry.
    "actor left out": Case(
        wrong(edited(7, b'"actor":"staff/1",', b"")), ["bad-envelope position 7"], product=["unknown-entry position 7"]
    ),
    "member too many": Case(
        wrong(members(7, extra=1)), ["bad-envelope position 7"], product=["unknown-entry position 7"]
    ),
    "another format": Case(wrong(members(7, v=2)), ["bad-envelope position 7"], product=["unknown-entry position 7"]),
    "true for 1": Case(wrong(members(7, v=True)), ["bad-envelope position 7"], product=["unknown-entry position 7"]),
    "stream of no kind": Case(
        wrong(members(7, stream="person/1")), ["bad-envelope position 7"], product=["unknown-entry position 7"]
    ),
    "day that there is not": Case(
        wrong(members(7, effective_on="2025-02-29")), ["bad-envelope position 7"], product=["impossible position 7"]
    ),
    "time of another zone": Case(
        wrong(members(7, recorded_at="2026-01-15T12:00:05.0+01:00")), ["bad-envelope position 7"]
    ),
    "second that there is not": Case(
        wrong(members(7, recorded_at="2026-01-15T12:00:60.000000Z")), ["bad-envelope position 7"]
    ),
    # The order of entries.
    "opened as another ledger": Case(
        wrong(edited(1, ORIGIN.encode(), b"example.org/other")),
        [],
        product=["other-origin checkpoint", "other-origin checkpoint"],
        file=["other-origin position 1"],
    ),
    "not opened": Case(
        wrong(delete(1, 1)), ["not-opened position 1"], product=["bad-value position 8", "impossible position 9"]
    ),
    "opened twice": Case(
        wrong(
            appended(
                {"type": "ledger.opened", "format": 1, "origin": ORIGIN, "reporting_currency": "EUR"}, stream="ledger"
            )
        ),
        ["not-opened position 14"],
    ),
    "version skipped": Case(wrong(members(13, version=3)), ["version-gap position 13"]),
    "middle deleted and renumbered, all sign": Case(
        wrong(delete(8, 8)), ["version-gap position 10"], product=["bad-value position 8", "impossible position 9"]
    ),
    "two entries swapped, all sign": Case(wrong(swap(7, 8)), ["time-goes-back position 8"]),
    "an entry doubled, all sign": Case(
        wrong(double(7)), ["command-again position 8", "version-gap position 8"], product=["impossible position 8"]
    ),
    "command split": Case(
        wrong(members(4, command="other")), ["broken-command position 4", "broken-command position 5"]
    ),
    "command without its end": Case(wrong(members(13, part=[1, 2])), ["broken-command position 13"]),
    "part by another actor": Case(wrong(members(5, actor="staff/2")), ["broken-command position 5"]),
    "command that comes back": Case(wrong(members(12, command="c-5")), ["command-again position 12"]),
    "back-dated entry": Case(
        wrong(members(12, recorded_at="2025-01-15T12:00:08.000000Z")),
        ["time-goes-back position 12"],
        product=["impossible position 12"],
    ),
    "recorded after it was cosigned": Case(
        wrong(members(13, recorded_at=AFTER)), ["recorded-after-cosigned position 13"]
    ),
    "void of what is not there": Case(wrong(appended({**VOID, "version": 9})), ["void-of-nothing position 14"]),
    "void of itself": Case(wrong(appended({**VOID, "version": 3})), ["void-of-nothing position 14"]),
    "void of no number": Case(
        wrong(appended({**VOID, "version": "2"})),
        ["void-of-nothing position 14"],
        product=["unknown-entry position 14"],
    ),
}

LOG_KEY = str(LOG.verifier())
NEW_KEY = str(signing_key(5, ORIGIN).verifier())
ADDED = [{"type": "key.added", "vkey": key} for key in (LOG_KEY, NEW_KEY)]
STATEMENT = str(sign_rotation(LOG, signing_key(5, ORIGIN))).removesuffix("\n")


def keyed(*events: dict[str, Any]) -> Attack:
    """Add an entry about keys, signed by everybody."""
    return wrong(appended(*events, stream="ledger"))


def revoked_and_voided(entries: list[bytes]) -> None:
    """Revoke the key, then void the revocation."""
    appended(*ADDED, {"type": "key.revoked", "vkey": LOG_KEY}, stream="ledger")(entries)
    appended({"type": "entry.voided", "version": 4, "reason": "x"}, stream="ledger")(entries)


KEYS: Cases = {
    "revoked key used": Case(keyed(*ADDED, {"type": "key.revoked", "vkey": LOG_KEY}), ["revoked-key position 16"]),
    "retired key used": Case(keyed(*ADDED, {"type": "key.retired", "vkey": LOG_KEY}), ["revoked-key position 16"]),
    "replaced key used": Case(
        keyed(ADDED[0], {"type": "key.rotated", "old": LOG_KEY, "new": NEW_KEY, "statement": STATEMENT}),
        ["revoked-key position 15"],
    ),
    "revoked key used, and the revocation voided": Case(
        rewritten(revoked_and_voided, by_all), ["revoked-key position 16"], product=["impossible position 17"]
    ),
    "key taken from the log itself": Case(
        rewritten(appended({"type": "key.added", "vkey": str(STOLEN.verifier())}, stream="ledger"), by_a_stranger),
        ["unknown-signer checkpoint"],
    ),
}
