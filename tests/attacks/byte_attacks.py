"""Attacks on the bytes of entries, with hashes that fit: the canonical form and the envelope (steps 3 to 5)."""

from tests.attacks.tampering import TREE, Attacks, appended, members_changed, mended, rewritten, sql

BYTES: Attacks = {
    # Step 3: the canonical form; all hashes match.
    "write white space": (rewritten(7, b'"v":1', b'"v": 1'), [("not-canonical", 7)]),
    "write null for a member": (rewritten(7, b'"v":1', b'"sig":null,"v":1'), [("not-canonical", 7)]),
    "write a fraction": (rewritten(7, b'"v":1', b'"v":1.0'), [("not-canonical", 7)]),
    "write an exponent": (rewritten(7, b'"v":1', b'"v":1e0'), [("not-canonical", 7)]),
    "write a number beyond 2**53": (rewritten(7, b'"v":1', b'"v":9007199254740993'), [("not-canonical", 7)]),
    "write a member twice": (rewritten(7, b'"v":1', b'"v":1,"v":1'), [("not-canonical", 7)]),
    "write members in another order": (
        rewritten(7, b'"v":1,"version":5', b'"version":5,"v":1'),
        [("not-canonical", 7)],
    ),
    "escape a letter": (rewritten(8, b"Alpha", b"\\u0041lpha"), [("not-canonical", 8)]),
    "decompose a letter": (rewritten(8, b"Alpha", b"Alphae\xcc\x81"), [("not-canonical", 8)]),
    "turn the direction of writing": (rewritten(8, b"Alpha", b"\xe2\x80\xaeAlpha"), [("not-canonical", 8)]),
    "write a control character": (rewritten(8, b"Alpha", b"\\u0007Alpha"), [("not-canonical", 8)]),
    "write half of a surrogate pair": (rewritten(8, b"Alpha", b"\\ud800"), [("not-canonical", 8)]),
    "write other than UTF-8": (rewritten(8, b"Alpha", b"Alph\xff"), [("not-canonical", 8)]),
    "write no JSON": (rewritten(7, b"}", b""), [("not-canonical", 7)]),
    "write nothing": (mended(lambda forger: forger.write(7, b"")), [("not-canonical", 7)]),
    "write brackets without end": (mended(lambda forger: forger.write(7, b"[" * 60_000)), [("not-canonical", 7)]),
    "write more than an entry holds": (
        members_changed(8, event={"type": "party.alias_added", "alias": "A" * 66_000}),
        [("not-canonical", 8)],
    ),
    # Step 4: the envelope; all hashes match.
    "write no object": (mended(lambda forger: forger.write(7, b"[]")), [("bad-envelope", 7)]),
    "leave a member out": (rewritten(7, b'"actor":"staff/1",', b""), [("bad-envelope", 7)]),
    "add a member": (members_changed(7, extra=1), [("bad-envelope", 7)]),
    "claim another format": (members_changed(7, v=2), [("bad-envelope", 7)]),
    "count the format as true": (members_changed(7, v=True), [("bad-envelope", 7)]),
    "name a stream of no kind": (members_changed(7, stream="person/1"), [("bad-envelope", 7)]),
    "name a stream with a control": (members_changed(7, stream="party/a\nb"), [("bad-envelope", 7)]),
    "name a stream too long": (members_changed(7, stream="party/" + "a" * 129), [("bad-envelope", 7)]),
    "count versions from 0": (members_changed(2, version=0), [("bad-envelope", 2), ("version-gap", 8)]),
    "shorten a time": (members_changed(7, recorded_at="2026-01-15T12:00:05Z"), [("bad-envelope", 7)]),
    "give a time another zone": (members_changed(7, recorded_at="2026-01-15T12:00:05.0+01:00"), [("bad-envelope", 7)]),
    "give a time that is none": (members_changed(7, recorded_at="2026-01-15T24:00:05.000000Z"), [("bad-envelope", 7)]),
    "give a time on no day": (members_changed(7, recorded_at="2026-02-30T12:00:05.000000Z"), [("bad-envelope", 7)]),
    "give a day that is none": (members_changed(7, effective_on="2025-02-29"), [("bad-envelope", 7)]),
    "give a day before all days": (members_changed(7, effective_on="1799-01-01"), [("bad-envelope", 7)]),
    "give an actor with a bar": (members_changed(7, actor="staff|1"), [("bad-envelope", 7)]),
    "give no actor": (members_changed(7, actor=""), [("bad-envelope", 7)]),
    "give a command of spaces": (members_changed(7, command="a  b"), [("bad-envelope", 7)]),
    "count a part beyond its whole": (members_changed(7, part=[2, 1]), [("bad-envelope", 7)]),
    "count a part in three": (members_changed(7, part=[1, 1, 1]), [("bad-envelope", 7)]),
    "give an event without a type": (members_changed(7, event={}), [("bad-envelope", 7)]),
    "give an event a type of no form": (members_changed(7, event={"type": "Payment"}), [("bad-envelope", 7)]),
    "give no reason": (members_changed(7, reason=""), [("bad-envelope", 7)]),
    "give a source without a row": (members_changed(7, source={"sha256": "0" * 64}), [("bad-envelope", 7)]),
    "give a source without a digest": (
        members_changed(7, source={"row": 1, "sha256": "0" * 63}),
        [("bad-envelope", 7)],
    ),
    "open with something else": (
        mended(lambda forger: forger.change_event(1, type="setting.changed")),
        [("not-opened", 1)],
    ),
    "open again": (
        appended(
            stream="ledger", event={"type": "ledger.opened", "format": 1, "origin": "x", "reporting_currency": "EUR"}
        ),
        [("not-opened", 14)],
    ),
    # Step 5: leaf hashes.
    "change bytes and nothing else": (
        sql("UPDATE entries SET data = CAST(replace(data, '20.00', '90.00') AS BLOB) WHERE position = 7"),
        [("leaf-differs", 7), *TREE],
    ),
    "change a leaf hash": (
        sql("UPDATE entries SET leaf = zeroblob(32) WHERE position = 7"),
        [("leaf-differs", 7)],
    ),
    "cut a leaf hash short": (sql("UPDATE entries SET leaf = x'00' WHERE position = 7"), [("leaf-differs", 7)]),
}
