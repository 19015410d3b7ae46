"""Attacks by someone who recomputes every hash, and even signs: found by checkpoints that a reader keeps.

The ledger is that of `forger`, with 13 entries; the reader has checkpoints of 9 and 13 from before the attack.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.tlog.cosignature import cosign
from ledger.tlog.note import Note, sign
from ledger.tlog.policy import BadPolicy, parse
from tests.attacks.forger import Expected, Forger, record
from tests.attacks.notary import (
    ALONE,
    LOG,
    NOON,
    ONE,
    ORIGIN,
    POLICY,
    POLICY_TEXT,
    STOLEN,
    TWO,
    findings_with,
    keep,
    note_of,
    relined,
)
from tests.spec.signing import rotation, signing_key, vkey

BOTH = (ONE, TWO)
WRITTEN = [("party register", {"ref": "C", "name": "Gamma"})]
Work = Callable[[Forger], object]


def rewrite(position: int, old: bytes, new: bytes) -> Work:
    """Change bytes of an entry, and recompute all hashes."""

    def work(forger: Forger) -> None:
        forger.write(position, forger.data(position).replace(old, new))
        forger.mend_tree()

    return work


def delete(*positions: int) -> Work:
    """Delete entries, renumber those that follow, and recompute all hashes."""

    def work(forger: Forger) -> None:
        for position in sorted(positions, reverse=True):
            for statement in (
                "DELETE FROM entries WHERE position = ?",
                "UPDATE entries SET position = -position WHERE position > ?",
                "UPDATE entries SET position = -position - 1 WHERE position < 0 AND ?",
                "DELETE FROM commands WHERE first = ?",
                "UPDATE commands SET first = first - 1 WHERE first > ?",
            ):
                forger.db.execute(statement, (position,))
        forger.mend_tree()

    return work


REWRITTEN: dict[str, tuple[Work, Expected]] = {
    "entry edited and everything recomputed": (
        rewrite(7, b"20.00", b"90.00"),
        [("checkpoint-differs", None), ("checkpoint-differs", None)],
    ),
    "last entry edited and everything recomputed": (rewrite(13, b"Beta", b"Zeta"), [("checkpoint-differs", None)]),
    "tail deleted": (delete(13), [("checkpoint-beyond", 13)]),
    "two of the tail deleted": (delete(12, 13), [("checkpoint-beyond", 12)]),
    "entry of the middle deleted, what follows renumbered": (
        delete(8),
        [
            ("version-gap", 10),
            ("checkpoint-beyond", 13),
            ("checkpoint-differs", None),
        ],
    ),
    "suffix of the same length rewritten": (
        lambda forger: (rewrite(12, b"Beta", b"Zeta")(forger), rewrite(13, b"Beta", b"Zeta")(forger)),
        [("checkpoint-differs", None)],
    ),
    "entry doubled at the end": (
        lambda forger: forger.append(**{**forger.entry(13), "command": "c-99"}),
        [],
    ),
}
"""Attacks with all hashes recomputed, and the findings of a reader who has checkpoints of 9 and of 13."""


@pytest.mark.parametrize("attack", REWRITTEN)
def test_found_by_the_checkpoints_of_a_reader(forger: Forger, attack: str) -> None:
    """Any change to the first 13 entries is found; entries appended in the regular way are no attack."""
    checkpoints = (note_of(forger.path, 9), note_of(forger.path, 13))
    work, expected = REWRITTEN[attack]
    with forger.unguarded():
        work(forger)
    codes = [code for code, _ in expected]
    findings = findings_with(forger.path, *checkpoints)
    assert sorted(codes) == sorted(code for code, _ in findings if code.startswith(("checkpoint", "void", "version")))
    assert {finding for finding in expected if finding[0].startswith("checkpoint")} <= set(findings)


def test_two_entries_swapped(forger: Forger) -> None:
    """With two entries swapped and all hashes recomputed, the log differs from both checkpoints."""
    checkpoints = (note_of(forger.path, 9), note_of(forger.path, 13))
    with forger.unguarded():
        forger.sql("UPDATE entries SET position = -position")
        order = [1, 2, 3, 4, 5, 6, 8, 7, 9, 10, 11, 12, 13]
        for new, old in enumerate(order, 1):
            forger.db.execute("UPDATE entries SET position = ? WHERE position = ?", (new, -old))
        forger.mend_tree()
    assert [("checkpoint-differs", None)] * 2 == [
        finding for finding in findings_with(forger.path, *checkpoints) if finding[1] is None
    ]


def test_a_rewritten_log_looks_sound_without_a_checkpoint(forger: Forger) -> None:
    """A rewritten log is sound by itself: this is why readers keep a checkpoint that their policy accepts."""
    with forger.unguarded():
        rewrite(7, b"20.00", b"90.00")(forger)
    assert [] == findings_with(forger.path, policy=None)
    assert [("no-trusted-checkpoint", None)] == findings_with(forger.path)


def test_signed_again_with_the_stolen_key(forger: Forger) -> None:
    """The forger signs the rewritten log with the ledger's key: the cosigned checkpoint proves the split view."""
    checkpoint = note_of(forger.path, 13, witnesses=BOTH)
    with forger.unguarded():
        rewrite(7, b"20.00", b"90.00")(forger)
    keep(forger.path, note_of(forger.path, 13))
    assert [("checkpoint-differs", None), ("split-view", None)] == findings_with(forger.path, checkpoint, policy=POLICY)


def test_signed_again_but_witnesses_do_not_cosign(forger: Forger) -> None:
    """The forger's checkpoint lacks the witnesses that the policy requires."""
    with forger.unguarded():
        rewrite(7, b"20.00", b"90.00")(forger)
    shown = note_of(forger.path, 13, witnesses=(ONE,))
    assert [("no-quorum", None)] == findings_with(forger.path, shown, policy=POLICY)


def test_tail_and_newer_checkpoints_deleted(forger: Forger) -> None:
    """The ledger's own checkpoints are deleted with the tail; a checkpoint kept elsewhere shows the loss."""
    keep(forger.path, note_of(forger.path, 9), note_of(forger.path, 13))
    checkpoint = note_of(forger.path, 13)
    with forger.unguarded():
        delete(12, 13)(forger)
        forger.sql("DELETE FROM checkpoints WHERE size = 13")
    assert [] == findings_with(forger.path)
    assert [("checkpoint-beyond", 12)] == findings_with(forger.path, checkpoint)


def test_tail_deleted_and_its_checkpoint_left(forger: Forger) -> None:
    """The ledger's own stored checkpoint shows the loss, with any policy and without one."""
    keys = [("key add", {"vkey": str(LOG.verifier())})]
    record(forger.url, keys, make=False)
    keep(forger.path, note_of(forger.path, 14))
    with forger.unguarded():
        forger.append(event={"type": "party.alias_added", "alias": "Beta 2"}, stream="party/B")
        keep(forger.path, note_of(forger.path, 15))
        delete(15)(forger)
    assert [("checkpoint-beyond", 15)] == findings_with(forger.path, policy=None)


def test_an_older_stored_checkpoint_deleted(forger: Forger) -> None:
    """Stored checkpoints are numbered: a deleted one leaves a gap."""
    keep(forger.path, note_of(forger.path, 5), note_of(forger.path, 9), note_of(forger.path, 13))
    with forger.unguarded():
        forger.sql("DELETE FROM checkpoints WHERE number = 2")
    assert [("checkpoint-missing", None)] == findings_with(forger.path)


def test_a_stored_checkpoint_under_another_size(forger: Forger) -> None:
    """The size column of a stored checkpoint must match its note."""
    keep(forger.path, note_of(forger.path, 9))
    with forger.unguarded():
        forger.sql("UPDATE checkpoints SET size = 8")
    assert [("bad-checkpoint", None)] == findings_with(forger.path)


@pytest.mark.parametrize("value", ["text", b"\0", b"", None])
def test_a_malformed_stored_checkpoint(forger: Forger, value: str | bytes | None) -> None:
    """Any other value in place of a stored checkpoint is found."""
    keep(forger.path, note_of(forger.path, 9))
    with forger.unguarded():
        forger.sql("DROP TABLE checkpoints", "CREATE TABLE checkpoints (number, size, note)")
        forger.db.execute("INSERT INTO checkpoints VALUES (1, 9, ?)", (value,))
    codes = {code for code, _ in findings_with(forger.path)}
    assert codes & {"bad-checkpoint", "unreadable"}


def test_a_stale_backup_restored_and_written_to(forger: Forger, tmp_path: Path) -> None:
    """A log that continued from a backup is not the log that was signed."""
    backup = tmp_path / "backup.db"
    forger.db.execute(f"VACUUM INTO '{backup}'")
    record(forger.url, WRITTEN, make=False)
    checkpoint = note_of(forger.path, 14)
    forger.close()
    shutil.copy(backup, forger.path)
    record(forger.url, [("party register", {"ref": "D", "name": "Delta"})], make=False)
    assert [("checkpoint-differs", None)] == findings_with(forger.path, checkpoint)


def crafted(forger: Forger) -> dict[str, tuple[bytes, str]]:
    """Return malformed or forged checkpoints by name, each with the code of its finding."""
    note = note_of(forger.path, 13)
    text = note.text
    foreign = signing_key(3, "example.org/other")
    confusable = ORIGIN.replace("a", "\N{CYRILLIC SMALL LETTER A}")
    good = note.signatures[0]
    spoilt = good._replace(data=bytes([good.data[0] ^ 1]) + good.data[1:])
    return {
        "size with a plus": (relined(note, 1, "+13"), "bad-checkpoint"),
        "size with a leading zero": (relined(note, 1, "013"), "bad-checkpoint"),
        "size in other digits": (relined(note, 1, "١٣"), "bad-checkpoint"),
        "size with a space": (relined(note, 1, "13 "), "bad-checkpoint"),
        "negative size": (relined(note, 1, "-13"), "bad-checkpoint"),
        "size beyond all numbers": (relined(note, 1, "9" * 30), "bad-checkpoint"),
        "carriage returns": (bytes(note).replace(b"\n", b"\r\n"), "bad-checkpoint"),
        "root cut short": (relined(note, 2, text.split("\n")[2][:-4]), "bad-checkpoint"),
        "root in other Base64": (relined(note, 2, text.split("\n")[2].replace("=", "")), "bad-checkpoint"),
        "extension lines": (
            bytes(Note(f"{text}more\n", (sign(f"{text}more\n", LOG),))),
            "bad-checkpoint",
        ),
        "other origin, signed by its own key": (relined(note, 0, "example.org/other", foreign), "unknown-signer"),
        "other origin, signed by this key": (relined(note, 0, "example.org/other"), "unknown-signer"),
        "confusable origin": (relined(note, 0, confusable, signing_key(4, confusable)), "unknown-signer"),
        "unknown signer only": (bytes(note_of(forger.path, 13, STOLEN)), "unknown-signer"),
        "no signature": (text.encode() + b"\n", "bad-checkpoint"),
        "bad signature beside a good one": (bytes(Note(text, (good, spoilt))), "bad-signature"),
        "bad signature before a good one": (bytes(Note(text, (spoilt, good))), "bad-signature"),
        "signature of another text": (bytes(Note(note_of(forger.path, 9).text, note.signatures)), "bad-signature"),
        "signature under another name": (
            bytes(Note(text, (good._replace(name="example.org/other"),))),
            "unknown-signer",
        ),
        "signature under another id": (bytes(Note(text, (good._replace(id=b"\0\0\0\0"),))), "unknown-signer"),
        "signature cut short": (bytes(Note(text, (good._replace(data=good.data[:63]),))), "bad-signature"),
        "two texts": (text.encode() + b"\n" + bytes(note), "bad-checkpoint"),
        "byte order mark": (b"\xef\xbb\xbf" + bytes(note), "unknown-signer"),
        "not UTF-8": (bytes(note).replace(b"example", b"ex\xffmple"), "bad-checkpoint"),
        "nothing": (b"", "bad-checkpoint"),
        "much too long": (bytes(note) * 1000, "bad-checkpoint"),
        "a root of another size": (relined(note, 1, "12"), "checkpoint-differs"),
        "a size beyond the log": (relined(note, 1, "14"), "checkpoint-beyond"),
        "an empty tree": (relined(note, 1, "0"), "checkpoint-differs"),
    }


CRAFTED = (
    "size with a plus", "size with a leading zero", "size in other digits", "size with a space", "negative size",
    "size beyond all numbers", "carriage returns", "root cut short", "root in other Base64", "extension lines",
    "other origin, signed by its own key", "other origin, signed by this key", "confusable origin",
    "unknown signer only", "no signature", "bad signature beside a good one", "bad signature before a good one",
    "signature of another text", "signature under another name", "signature under another id", "signature cut short",
    "two texts", "byte order mark", "not UTF-8", "nothing", "much too long", "a root of another size",
    "a size beyond the log", "an empty tree",
)  # fmt: skip


@pytest.mark.parametrize("attack", CRAFTED)
def test_a_crafted_checkpoint(forger: Forger, attack: str) -> None:
    """Each crafted checkpoint gives its own finding."""
    data, code = crafted(forger)[attack]
    assert [code] == [code for code, _ in findings_with(forger.path, data)]


def test_every_crafted_checkpoint_is_tried(forger: Forger) -> None:
    """The list of names matches the attacks."""
    assert set(CRAFTED) == set(crafted(forger))


def witnessed(forger: Forger) -> dict[str, tuple[Note, list[str]]]:
    """Return checkpoints with invalid or missing cosignatures by name, each with its findings."""
    plain = note_of(forger.path, 13)
    full = note_of(forger.path, 13, witnesses=BOTH)
    one, two = full.signatures[1:]
    other = note_of(forger.path, 9, witnesses=BOTH).signatures[1]
    later = (1_800_000_000).to_bytes(8, "big")
    return {
        "both cosigned": (full, []),
        "one is missing": (plain.with_signatures([one]), ["no-quorum"]),
        "one twice": (note_of(forger.path, 13, witnesses=(ONE,)).with_signatures(
            [cosign(plain.text, ONE, NOON + 61)]), ["no-quorum"]),
        "one under the other's name": (plain.with_signatures([one, two._replace(name=ONE.name)]), ["no-quorum"]),
        "one under the other's name and id": (
            plain.with_signatures([one, one._replace(name=two.name, id=two.id)]), ["bad-signature"]),
        "of another checkpoint": (plain.with_signatures([other, two]), ["bad-signature"]),
        "at another time than was signed": (
            plain.with_signatures([one._replace(data=later + one.data[8:]), two]), ["bad-signature"]),
        "without its time": (plain.with_signatures([one._replace(data=one.data[8:]), two]), ["bad-signature"]),
        "a plain signature of the witness": (plain.with_signatures([sign(plain.text, ONE), two]), ["no-quorum"]),
        "of unknown witnesses": (
            plain.with_signatures(cosign(plain.text, signing_key(n, f"w.example/{n}"), NOON) for n in (21, 22)),
            ["no-quorum"],
        ),
    }  # fmt: skip


WITNESSED = (
    "both cosigned", "one is missing", "one twice", "one under the other's name", "one under the other's name and id",
    "of another checkpoint", "at another time than was signed", "without its time", "a plain signature of the witness",
    "of unknown witnesses",
)  # fmt: skip


@pytest.mark.parametrize("attack", WITNESSED)
def test_cosignatures(forger: Forger, attack: str) -> None:
    """Witnesses are counted by key, and each cosignature covers this checkpoint and its time."""
    note, codes = witnessed(forger)[attack]
    assert codes == [code for code, _ in findings_with(forger.path, note, policy=POLICY)]


def test_one_key_under_two_names() -> None:
    """A policy that counts one witness twice is refused."""
    twice = POLICY_TEXT.replace("witness two", "witness three").replace(
        str(TWO.verifier(4)), str(signing_key(11, "witness.example/three").verifier(4))
    )
    with pytest.raises(BadPolicy, match="is given twice"):
        parse(twice.encode())


def test_a_key_from_the_ledger_itself_is_not_trusted(forger: Forger) -> None:
    """The forger adds his key to the log and signs with it: the reader's policy does not have it."""
    record(forger.url, [("key add", {"vkey": str(STOLEN.verifier())})], make=False)
    keep(forger.path, note_of(forger.path, 14, STOLEN))
    assert [("unknown-signer", None)] == findings_with(forger.path, policy=ALONE)


KEYS = [("key add", {"vkey": str(LOG.verifier())}), ("key add", {"vkey": str(STOLEN.verifier())})]
ENDED: dict[str, tuple[str, dict[str, str]]] = {
    "revoked": ("key revoke", {"vkey": str(LOG.verifier())}),
    "retired": ("key retire", {"vkey": str(LOG.verifier())}),
}


@pytest.mark.parametrize("how", ENDED)
def test_a_key_that_is_no_longer_active(forger: Forger, how: str) -> None:
    """Earlier signatures stay valid; a checkpoint that includes the entry that ended the key is a finding there."""
    record(forger.url, [*KEYS, ENDED[how]], make=False)
    before, after = note_of(forger.path, 15), note_of(forger.path, 16)
    assert [] == findings_with(forger.path, before)
    assert [("revoked-key", 16)] == findings_with(forger.path, after)


def test_a_key_that_was_replaced(forger: Forger) -> None:
    """After a rotation the old key must not sign."""
    new = signing_key(5, ORIGIN)
    statement = {"old": str(LOG.verifier()), "new": str(new.verifier())}
    from ledger.keys.rotation import sign_rotation  # noqa: PLC0415 - of this test only

    signed = str(sign_rotation(LOG, new)).removesuffix("\n")
    record(forger.url, [KEYS[0], ("key rotate", {**statement, "statement": signed})], make=False)
    assert [("revoked-key", 15)] == findings_with(forger.path, note_of(forger.path, 15))


def test_a_rotation_that_was_not_signed(forger: Forger) -> None:
    """The replay finds a rotation without a valid signature that was written past the rules."""
    record(forger.url, [KEYS[0]], make=False)
    event = {"type": "key.rotated", "old": str(LOG.verifier()), "new": vkey(5, ORIGIN), "statement": rotation(1, 2)}
    with forger.unguarded():
        forger.append(event=event, stream="ledger")
    assert [("bad-key-entry", 15)] == forger.replayed()


def test_a_key_of_low_order_in_the_log(forger: Forger) -> None:
    """An entry that adds a key of low order, which verifies any signature, is found."""
    event = {"type": "key.added", "vkey": f"{ORIGIN}+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}
    with forger.unguarded():
        forger.append(event=event, stream="ledger")
    assert [("bad-key-entry", 14)] == forger.replayed()


def test_recorded_after_it_was_cosigned(forger: Forger) -> None:
    """Entries dated later than the cosignature over them are found, from the first one on."""
    note = note_of(forger.path, 13, witnesses=BOTH, at=NOON + 8 - 300)
    assert [("recorded-after-cosigned", 12)] == findings_with(forger.path, note, policy=POLICY)
    assert [] == findings_with(forger.path, note_of(forger.path, 13, witnesses=BOTH, at=NOON + 20 - 300), policy=POLICY)


def test_the_clock_was_set_back(forger: Forger) -> None:
    """An entry that follows a cosigned checkpoint but is dated long before it is found."""
    checkpoint = note_of(forger.path, 9, witnesses=BOTH, at=NOON + 8 * 86_400)
    assert [("recorded-before-cosigned", 10)] == findings_with(forger.path, checkpoint, policy=POLICY)
    assert [] == findings_with(forger.path, checkpoint, policy=POLICY, mail_days=8)


def test_the_first_of_several_cosignatures_bounds(forger: Forger) -> None:
    """Each checkpoint bounds the entries up to its own size."""
    early = note_of(forger.path, 5, witnesses=BOTH, at=NOON + 2 - 300)
    late = note_of(forger.path, 13, witnesses=BOTH, at=NOON + 9 - 300)
    assert [("recorded-after-cosigned", 3), ("recorded-after-cosigned", 13)] == findings_with(
        forger.path, early, late, policy=POLICY
    )
