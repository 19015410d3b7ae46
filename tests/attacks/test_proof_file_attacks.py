"""Tampered proof files of a real ledger, and the findings of `ledger verify-proof` for each.

The files prove entry 7 of 13, and growth from 9 to 13. The witnesses of the policy cosigned both checkpoints.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ledger.application.open import open_ledger
from ledger.tlog.add_checkpoint import Submission
from ledger.tlog.merkle import leaf_hash, node_hash
from ledger.tlog.proof_file import ProofFile
from ledger.transparency.cosignatures import submission
from ledger.transparency.proofs import prove
from ledger.verify.proof_files import check_entry, check_growth
from tests.attacks.notary import LOG, ORIGIN, POLICY, STOLEN, keep, note_of, relined
from tests.attacks.site import BOTH
from tests.spec.signing import signing_key


class ProvedLog(NamedTuple):
    """The files an attacker has: proofs of all 13 entries and of growth, the entries, and the checkpoint of 9."""

    proofs: list[ProofFile]
    entries: list[bytes]
    growth: Submission
    old: bytes
    path: Path


@pytest.fixture(scope="session")
def proved(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> ProvedLog:
    """Return the proofs of a ledger."""
    path = tmp_path_factory.mktemp("proved") / "ledger.db"
    path.write_bytes(recorded.read_bytes())
    old = note_of(path, 9, witnesses=BOTH)
    keep(path, old, note_of(path, 13, witnesses=BOTH))
    ledger = open_ledger(f"sqlite:///{path}")
    proofs = list(prove(ledger, range(1, 14)))
    result = ProvedLog(
        [proof.file for proof in proofs], [proof.entry for proof in proofs], submission(ledger, 9), bytes(old), path
    )
    ledger.close()
    return result


def seventh(proved: ProvedLog) -> ProofFile:
    """Return the proof of entry 7."""
    return proved.proofs[6]


def text(change: Callable[[bytes], bytes]) -> Callable[[ProvedLog], tuple[bytes, bytes]]:
    """Change the bytes of the proof of entry 7."""
    return lambda proved: (change(bytes(seventh(proved))), proved.entries[6])


def with_hashes(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[ProvedLog], tuple[bytes, bytes]]:
    """Change the hashes of the proof of entry 7."""
    return lambda proved: (
        bytes(seventh(proved)._replace(hashes=tuple(change(list(seventh(proved).hashes))))),
        proved.entries[6],
    )


def under(checkpoint: Callable[[ProvedLog], bytes]) -> Callable[[ProvedLog], tuple[bytes, bytes]]:
    """Combine the proof of entry 7 with another checkpoint."""
    return lambda proved: (bytes(seventh(proved)._replace(checkpoint=checkpoint(proved))), proved.entries[6])


def at(leaf: int) -> Callable[[ProvedLog], tuple[bytes, bytes]]:
    """Change the index of the proof of entry 7."""
    return lambda proved: (bytes(seventh(proved)._replace(leaf=leaf)), proved.entries[6])


def node_as_entry(proved: ProvedLog) -> tuple[bytes, bytes]:
    """Present the node above entries 7 and 8 as an entry, by the bytes that it was hashed from."""
    leaves = [leaf_hash(entry) for entry in proved.entries[6:8]]
    assert node_hash(*leaves) not in leaves
    return bytes(seventh(proved)._replace(leaf=3, hashes=seventh(proved).hashes[1:])), b"".join(leaves)


def by_a_stranger(proved: ProvedLog) -> bytes:
    """Return the checkpoint of 13, signed by a key that is not in the policy."""
    return bytes(note_of(proved.path, 13, STOLEN, witnesses=BOTH))


TAMPERED: dict[str, tuple[Callable[[ProvedLog], tuple[bytes, bytes]], list[str]]] = {
    "index one too small": (at(5), ["entry-not-proved"]),
    "index one too large": (at(7), ["entry-not-proved"]),
    "index of the last": (at(12), ["entry-not-proved"]),
    "index beyond the log": (at(13), ["entry-not-proved"]),
    "index beyond all numbers": (at(2**63), ["bad-proof"]),
    "proof for another size": (under(lambda proved: proved.old), ["entry-not-proved"]),
    "proof of another entry": (
        lambda proved: (bytes(seventh(proved)._replace(hashes=proved.proofs[7].hashes)), proved.entries[6]),
        ["entry-not-proved"],
    ),
    "proof with another entry": (lambda proved: (bytes(seventh(proved)), proved.entries[7]), ["entry-not-proved"]),
    "proof with an entry edited": (
        lambda proved: (bytes(seventh(proved)), proved.entries[6].replace(b"20.00", b"90.00")),
        ["entry-not-proved"],
    ),
    "proof with nothing for an entry": (lambda proved: (bytes(seventh(proved)), b""), ["entry-not-proved"]),
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
        under(lambda proved: seventh(proved).checkpoint.replace(b"\n13\n", b"\n12\n", 1)),
        ["bad-signature"],
    ),
    "checkpoint signed by a stranger": (under(by_a_stranger), ["unknown-signer"]),
    "checkpoint that no witness cosigned": (under(lambda proved: bytes(note_of(proved.path, 13))), ["no-quorum"]),
    "checkpoint of another log": (
        under(
            lambda proved: relined(
                note_of(proved.path, 13), 0, "example.org/other", signing_key(3, "example.org/other")
            )
        ),
        ["unknown-signer"],
    ),
    "checkpoint of another root": (
        under(lambda proved: relined(note_of(proved.path, 13), 2, "A" * 43 + "=")),
        ["no-quorum", "entry-not-proved"],
    ),
    "a proof of growth in its place": (lambda proved: (bytes(proved.growth), proved.entries[6]), ["bad-proof"]),
}


@pytest.mark.parametrize("attack", TAMPERED)
def test_found(proved: ProvedLog, attack: str) -> None:
    """A tampered proof does not hold, and the code gives the reason."""
    work, expected = TAMPERED[attack]
    data, entry = work(proved)
    assert expected == [finding.code for finding in check_entry(data, entry, POLICY).wrong]


def test_untampered_proofs_hold(proved: ProvedLog) -> None:
    """Each entry is proved by its own proof alone, and growth from the old checkpoint is proved."""
    for number, proof in enumerate(proved.proofs):
        for index, entry in enumerate(proved.entries):
            result = check_entry(bytes(proof), entry, POLICY)
            assert (number == index) == (not result.wrong)
    assert not check_growth(bytes(proved.growth), proved.old, POLICY).wrong
    assert (ORIGIN, 13) == (LOG.name, len(proved.entries))


GROWN: dict[str, tuple[Callable[[ProvedLog], tuple[bytes, bytes]], list[str]]] = {
    "growth from another size": (
        lambda proved: (bytes(proved.growth._replace(old=8)), proved.old),
        ["other-checkpoint"],
    ),
    "growth from another root": (
        lambda proved: (bytes(proved.growth), relined(note_of(proved.path, 9, witnesses=BOTH), 2, "A" * 43 + "=")),
        ["growth-not-proved"],
    ),
    "growth of another log": (
        lambda proved: (
            bytes(proved.growth),
            relined(note_of(proved.path, 9), 0, "example.org/other", signing_key(3, "example.org/other")),
        ),
        ["unknown-signer"],
    ),
    "growth backwards": (
        lambda proved: (bytes(proved.growth._replace(checkpoint=proved.old, old=13)), proved.growth.checkpoint),
        ["growth-not-proved"],
    ),
    "growth without hashes": (
        lambda proved: (bytes(proved.growth._replace(hashes=())), proved.old),
        ["growth-not-proved"],
    ),
    "growth with a hash more": (
        lambda proved: (bytes(proved.growth._replace(hashes=(*proved.growth.hashes, bytes(32)))), proved.old),
        ["growth-not-proved"],
    ),
    "old size with a leading zero": (
        lambda proved: (bytes(proved.growth).replace(b"old 9", b"old 09", 1), proved.old),
        ["bad-proof"],
    ),
    "old checkpoint signed by a stranger": (
        lambda proved: (bytes(proved.growth), bytes(note_of(proved.path, 9, STOLEN, witnesses=BOTH))),
        ["unknown-signer"],
    ),
    "new checkpoint that no witness cosigned": (
        lambda proved: (bytes(proved.growth._replace(checkpoint=bytes(note_of(proved.path, 13)))), proved.old),
        ["no-quorum"],
    ),
}


@pytest.mark.parametrize("attack", GROWN)
def test_growth_found(proved: ProvedLog, attack: str) -> None:
    """A tampered proof of growth, or one for another checkpoint, does not hold."""
    work, expected = GROWN[attack]
    data, old = work(proved)
    assert expected == [finding.code for finding in check_growth(data, old, POLICY).wrong]
