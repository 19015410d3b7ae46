"""Proof files of a real ledger that were tampered with, and what `ledger verify-proof` says of each.

Entry 7 of 13 is proved, and growth from 9 to 13. Both checkpoints are cosigned by the witnesses that the policy names.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.application.open import open_ledger
from ledger.tlog.add_checkpoint import Submission
from ledger.tlog.merkle import leaf_hash, node_hash
from ledger.tlog.proof_file import ProofFile
from ledger.transparency.proofs import prove, prove_growth
from ledger.verify.proof_files import check_entry, check_growth
from tests.attacks.notary import LOG, ORIGIN, POLICY, STOLEN, keep, note_of, relined
from tests.attacks.site import BOTH
from tests.spec.signing import signing_key


class Held(NamedTuple):
    """What an attacker has: proofs of all 13 entries and of growth, the entries, and the checkpoint of 9."""

    proofs: list[ProofFile]
    entries: list[bytes]
    growth: Submission
    old: bytes
    path: Path


@pytest.fixture(scope="session")
def held(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> Held:
    """Return the proofs of a ledger."""
    path = tmp_path_factory.mktemp("proved") / "ledger.db"
    path.write_bytes(recorded.read_bytes())
    old = note_of(path, 9, witnesses=BOTH)
    keep(path, old, note_of(path, 13, witnesses=BOTH))
    ledger = open_ledger(f"sqlite:///{path}")
    proofs = list(prove(ledger, range(1, 14)))
    made = Held([one.file for one in proofs], [one.entry for one in proofs], prove_growth(ledger, 9), bytes(old), path)
    ledger.close()
    return made


def seventh(held: Held) -> ProofFile:
    """Return the proof of entry 7."""
    return held.proofs[6]


def text(change: Callable[[bytes], bytes]) -> Callable[[Held], tuple[bytes, bytes]]:
    """Write the proof of entry 7 in another way."""
    return lambda held: (change(bytes(seventh(held))), held.entries[6])


def with_hashes(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Held], tuple[bytes, bytes]]:
    """Give the proof of entry 7 other hashes."""
    return lambda held: (
        bytes(seventh(held)._replace(hashes=tuple(change(list(seventh(held).hashes))))),
        held.entries[6],
    )


def under(checkpoint: Callable[[Held], bytes]) -> Callable[[Held], tuple[bytes, bytes]]:
    """Put the proof of entry 7 above another checkpoint."""
    return lambda held: (bytes(seventh(held)._replace(checkpoint=checkpoint(held))), held.entries[6])


def at(leaf: int) -> Callable[[Held], tuple[bytes, bytes]]:
    """Give the proof of entry 7 another index."""
    return lambda held: (bytes(seventh(held)._replace(leaf=leaf)), held.entries[6])


def node_as_entry(held: Held) -> tuple[bytes, bytes]:
    """Present the node above entries 7 and 8 as an entry, by the bytes that it was hashed from."""
    leaves = [leaf_hash(one) for one in held.entries[6:8]]
    assert node_hash(*leaves) not in leaves
    return bytes(seventh(held)._replace(leaf=3, hashes=seventh(held).hashes[1:])), b"".join(leaves)


def by_a_stranger(held: Held) -> bytes:
    """Return the checkpoint of 13 as a key signs it that the policy does not know."""
    return bytes(note_of(held.path, 13, STOLEN, witnesses=BOTH))


TAMPERED: dict[str, tuple[Callable[[Held], tuple[bytes, bytes]], list[str]]] = {
    "index one too small": (at(5), ["entry-not-proved"]),
    "index one too large": (at(7), ["entry-not-proved"]),
    "index of the last": (at(12), ["entry-not-proved"]),
    "index beyond the log": (at(13), ["entry-not-proved"]),
    "index beyond all numbers": (at(2**63), ["bad-proof"]),
    "proof for another size": (under(lambda held: held.old), ["entry-not-proved"]),
    "proof of another entry": (
        lambda held: (bytes(seventh(held)._replace(hashes=held.proofs[7].hashes)), held.entries[6]),
        ["entry-not-proved"],
    ),
    "proof with another entry": (lambda held: (bytes(seventh(held)), held.entries[7]), ["entry-not-proved"]),
    "proof with an entry edited": (
        lambda held: (bytes(seventh(held)), held.entries[6].replace(b"20.00", b"90.00")),
        ["entry-not-proved"],
    ),
    "proof with nothing for an entry": (lambda held: (bytes(seventh(held)), b""), ["entry-not-proved"]),
    "node presented as an entry": (node_as_entry, ["entry-not-proved"]),
    "a hash left out": (with_hashes(lambda hashes: hashes[:-1]), ["entry-not-proved"]),
    "a hash too many": (with_hashes(lambda hashes: [*hashes, bytes(32)]), ["entry-not-proved"]),
    "two hashes swapped": (with_hashes(lambda hashes: [hashes[1], hashes[0], *hashes[2:]]), ["entry-not-proved"]),
    "no hashes": (with_hashes(lambda _: []), ["entry-not-proved"]),
    "64 hashes": (with_hashes(lambda hashes: [*hashes, *[bytes(32)] * 60]), ["bad-proof"]),
    "a hash of 31 bytes": (with_hashes(lambda hashes: [hashes[0][:31], *hashes[1:]]), ["bad-proof"]),
    "another header": (text(lambda data: data.replace(b"@v1", b"@v2", 1)), ["bad-proof"]),
    "index with a leading zero": (text(lambda data: data.replace(b"index 6", b"index 06", 1)), ["bad-proof"]),
    "index with a plus": (text(lambda data: data.replace(b"index 6", b"index +6", 1)), ["bad-proof"]),
    "index below nothing": (text(lambda data: data.replace(b"index 6", b"index -6", 1)), ["bad-proof"]),
    "index left out": (text(lambda data: data.replace(b"index 6\n", b"", 1)), ["bad-proof"]),
    "index twice": (text(lambda data: data.replace(b"index 6\n", b"index 6\nindex 6\n", 1)), ["bad-proof"]),
    "carriage returns": (text(lambda data: data.replace(b"\n", b"\r\n")), ["bad-proof"]),
    "extra data that are no Base64": (text(lambda data: data.replace(b"index", b"extra !\nindex", 1)), ["bad-proof"]),
    "no checkpoint": (text(lambda data: data.partition(b"\n\n")[0]), ["bad-proof"]),
    "nothing for a checkpoint": (under(lambda _: b""), ["bad-checkpoint"]),
    "checkpoint cut": (text(lambda data: data[:-1]), ["bad-checkpoint"]),
    "checkpoint with another size": (
        under(lambda held: seventh(held).checkpoint.replace(b"\n13\n", b"\n12\n", 1)),
        ["bad-signature"],
    ),
    "checkpoint signed by a stranger": (under(by_a_stranger), ["unknown-signer"]),
    "checkpoint that no witness cosigned": (under(lambda held: bytes(note_of(held.path, 13))), ["no-quorum"]),
    "checkpoint of another log": (
        under(
            lambda held: relined(note_of(held.path, 13), 0, "example.org/other", signing_key(3, "example.org/other"))
        ),
        ["unknown-signer"],
    ),
    "checkpoint of another root": (
        under(lambda held: relined(note_of(held.path, 13), 2, "A" * 43 + "=")),
        ["no-quorum", "entry-not-proved"],
    ),
    "a proof of growth in its place": (lambda held: (bytes(held.growth), held.entries[6]), ["bad-proof"]),
}


@pytest.mark.parametrize("attack", TAMPERED)
def test_found(held: Held, attack: str) -> None:
    """What was tampered with does not hold, and the code says why."""
    work, expected = TAMPERED[attack]
    data, entry = work(held)
    assert expected == [one.code for one in check_entry(data, entry, POLICY).wrong]


def test_what_was_not_tampered_with_holds(held: Held) -> None:
    """Each entry is proved, by its own proof alone, and growth by the checkpoint of then."""
    for number, proof in enumerate(held.proofs):
        for other, entry in enumerate(held.entries):
            proved = check_entry(bytes(proof), entry, POLICY)
            assert (number == other) == (not proved.wrong)
    assert not check_growth(bytes(held.growth), held.old, POLICY).wrong
    assert (ORIGIN, 13) == (LOG.name, len(held.entries))


GROWN: dict[str, tuple[Callable[[Held], tuple[bytes, bytes]], list[str]]] = {
    "growth from another size": (
        lambda held: (bytes(held.growth._replace(old=8)), held.old),
        ["other-checkpoint"],
    ),
    "growth from another root": (
        lambda held: (bytes(held.growth), relined(note_of(held.path, 9, witnesses=BOTH), 2, "A" * 43 + "=")),
        ["growth-not-proved"],
    ),
    "growth of another log": (
        lambda held: (
            bytes(held.growth),
            relined(note_of(held.path, 9), 0, "example.org/other", signing_key(3, "example.org/other")),
        ),
        ["unknown-signer"],
    ),
    "growth backwards": (
        lambda held: (bytes(held.growth._replace(checkpoint=held.old, old=13)), held.growth.checkpoint),
        ["growth-not-proved"],
    ),
    "growth without hashes": (lambda held: (bytes(held.growth._replace(hashes=())), held.old), ["growth-not-proved"]),
    "growth with a hash more": (
        lambda held: (bytes(held.growth._replace(hashes=(*held.growth.hashes, bytes(32)))), held.old),
        ["growth-not-proved"],
    ),
    "old size with a leading zero": (
        lambda held: (bytes(held.growth).replace(b"old 9", b"old 09", 1), held.old),
        ["bad-proof"],
    ),
    "old checkpoint signed by a stranger": (
        lambda held: (bytes(held.growth), bytes(note_of(held.path, 9, STOLEN, witnesses=BOTH))),
        ["unknown-signer"],
    ),
    "new checkpoint that no witness cosigned": (
        lambda held: (bytes(held.growth._replace(checkpoint=bytes(note_of(held.path, 13)))), held.old),
        ["no-quorum"],
    ),
}


@pytest.mark.parametrize("attack", GROWN)
def test_growth_found(held: Held, attack: str) -> None:
    """Nor does a proof of growth hold for anything but what it is."""
    work, expected = GROWN[attack]
    data, old = work(held)
    assert expected == [one.code for one in check_growth(data, old, POLICY).wrong]
