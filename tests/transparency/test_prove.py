"""Inclusion and consistency proofs: made from a ledger, checked with a policy alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.application.ledger import Ledger
from ledger.tlog import add_checkpoint, proof_file
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.cosignature import cosign
from ledger.tlog.keys import COSIGNER
from ledger.tlog.note import signed
from ledger.tlog.policy import parse
from ledger.tlog.proof_file import ProofFile
from ledger.transparency.checkpoints import LogRewritten, NoCheckpoint
from ledger.transparency.cosignatures import BadOldSize, submission
from ledger.transparency.proofs import NothingToProve, NotYetCheckpointed, positions_of, prove
from ledger.verify.proof_files import CODES, Proved, check_entry, check_growth, is_growth
from tests.proof.bundle import Bundle
from tests.spec.signing import ORIGIN, signing_key
from tests.transparency.logs import KEY, POLICY, grow, keep, new_log, sign

ROOT = Path(__file__).parents[2]
SIZE = 600
STRANGER = signing_key(2)
WITNESS = signing_key(11, "witness.example/one")
WITNESSED = parse(f"log {KEY.verifier()}\nwitness one {WITNESS.verifier(COSIGNER)}\nquorum one\n".encode())


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Return a ledger of 600 entries with a checkpoint of its full size; tests only read it."""
    log = new_log(tmp_path_factory.mktemp("log") / "ledger.db", SIZE)
    sign(log)
    yield log
    log.close()


def codes(proved: Proved) -> list[str]:
    """Return the codes of the findings."""
    return [finding.code for finding in proved.wrong]


def note_at(ledger: Ledger, size: int) -> bytes:
    """Return a checkpoint of an earlier size as a reader has it, with its root by the definition."""
    root = Bundle([data for _, data in ledger.store.entries(last=size)]).root()
    return bytes(signed(str(Checkpoint(ORIGIN, size, root)), KEY))


@given(st.integers(1, SIZE))
def test_every_entry(ledger: Ledger, position: int) -> None:
    """The proof of an entry, written and read again, holds for its bytes and no others."""
    proof = next(iter(prove(ledger, [position])))
    data = bytes(proof.file)
    assert proof_file.parse(data) == proof.file
    assert not is_growth(data)
    proved = check_entry(data, proof.entry, POLICY)
    assert ([], position) == (codes(proved), proved.position)
    assert ["entry-not-proved"] == codes(check_entry(data, proof.entry + b" ", POLICY))


@given(st.integers(1, SIZE), st.integers(1, SIZE))
def test_an_entry_of_another_place(ledger: Ledger, position: int, other: int) -> None:
    """A proof with another index, even by one, does not hold, nor one with the path of another entry."""
    proof, wrong = (next(iter(prove(ledger, [number]))) for number in (position, other))
    if position == other:
        return
    for altered in (
        proof.file._replace(leaf=other - 1),
        ProofFile(proof.file.leaf, wrong.file.hashes, proof.file.checkpoint),
    ):
        if altered != proof.file:
            assert ["entry-not-proved"] == codes(check_entry(bytes(altered), proof.entry, POLICY))


@given(st.integers(0, SIZE))
def test_growth(ledger: Ledger, old: int) -> None:
    """The proof from any earlier size, written and read again, holds for the checkpoint of that size."""
    proof = submission(ledger, old)
    data = bytes(proof)
    assert add_checkpoint.parse(data) == proof
    assert is_growth(data)
    proved = check_growth(data, note_at(ledger, old), POLICY)
    assert ([], old) == (codes(proved), proved.old)


@given(st.integers(2, SIZE - 1))
def test_growth_of_another_log(ledger: Ledger, old: int) -> None:
    """A consistency proof does not hold for another root of that size, nor for another size."""
    data = bytes(submission(ledger, old))
    forged = bytes(signed(str(Checkpoint(ORIGIN, old, bytes(32))), KEY))
    assert ["growth-not-proved"] == codes(check_growth(data, forged, POLICY))
    assert ["other-checkpoint"] == codes(check_growth(data, note_at(ledger, old - 1), POLICY))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_flipped_bit(ledger: Ledger, data: st.DataObject) -> None:
    """Any flipped bit of a proof file is found."""
    proof = next(iter(prove(ledger, [data.draw(st.integers(1, SIZE))])))
    flipped = bytearray(bytes(proof.file))
    bit = data.draw(st.integers(0, 8 * len(flipped) - 1))
    flipped[bit // 8] ^= 1 << bit % 8
    assert check_entry(bytes(flipped), proof.entry, POLICY).wrong


def test_positions_of_texts(ledger: Ledger) -> None:
    """A number up to the size is a position; other texts are ids of commands or references of engagements."""
    assert [17] == positions_of(ledger, "17")
    for name in ("", "0", "601", "017", "-1", "E1", "１", "9" * 30):
        with pytest.raises(NothingToProve):
            positions_of(ledger, name)
    assert [1] == positions_of(ledger, ledger.entry(1).command)


def test_newer_than_every_checkpoint(tmp_path: Path) -> None:
    """An entry that no signed checkpoint covers has no proof."""
    log = new_log(tmp_path / "ledger.db", 3)
    with pytest.raises(NoCheckpoint):
        list(prove(log, [1]))
    sign(log, 2)
    with pytest.raises(NotYetCheckpointed):
        list(prove(log, [1, 3]))
    with pytest.raises(BadOldSize):
        submission(log, 3)
    grow(log, 4)
    sign(log)
    assert [1, 3] == [proof.position for proof in prove(log, [3, 1])]
    log.close()


def test_a_log_that_is_not_what_it_signed(tmp_path: Path) -> None:
    """A proof that would not hold is not made."""
    log = new_log(tmp_path / "ledger.db", 3)
    keep(log, signed(str(Checkpoint(ORIGIN, 3, bytes(32))), KEY))
    with pytest.raises(LogRewritten):
        list(prove(log, [1]))
    with pytest.raises(LogRewritten):
        submission(log, 1)
    log.close()


def test_signers_and_quorum(ledger: Ledger) -> None:
    """A checkpoint counts if a log of the policy signed it; a missing quorum is reported."""
    proof = next(iter(prove(ledger, [17])))
    text = proof.file.checkpoint.decode().partition("\n\n")[0] + "\n"
    note = signed(text, KEY)
    cases = {
        "unknown-signer": signed(text, STRANGER),
        "bad-signature": note._replace(text=text.replace("600", "599")),
        "bad-checkpoint": signed("nothing\n", KEY),
    }
    for code, checkpoint in cases.items():
        assert [code] == codes(
            check_entry(bytes(proof.file._replace(checkpoint=bytes(checkpoint))), proof.entry, POLICY)
        )
        grown = submission(ledger, 5)._replace(checkpoint=bytes(checkpoint))
        assert [code] == codes(check_growth(bytes(grown), note_at(ledger, 5), POLICY))
        assert [code] == codes(check_growth(bytes(submission(ledger, 5)), bytes(checkpoint), POLICY))
    assert ["no-quorum"] == codes(check_entry(bytes(proof.file), proof.entry, WITNESSED))
    cosigned = note.with_signatures([cosign(text, WITNESS, 1_790_000_000)])
    proved = check_entry(bytes(proof.file._replace(checkpoint=bytes(cosigned))), proof.entry, WITNESSED)
    assert ([], [1_790_000_000]) == (codes(proved), [cosignature.time for cosignature in proved.cosigned])


@pytest.mark.parametrize("data", [b"", b"old", b"old 5\n", b"c2sp.org/tlog-proof@v1\n", b"\xff\xfe", b"old -1\n\n"])
def test_no_proof_in_its_form(data: bytes) -> None:
    """A file that is not a proof is a finding."""
    assert ["bad-proof"] == codes(check_entry(data, b"", POLICY))
    assert ["bad-proof"] == codes(check_growth(data, b"", POLICY))


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes(data: bytes, other: bytes) -> None:
    """Any content of the files gives findings, and no exception."""
    assert check_entry(data, other, POLICY).wrong
    assert check_growth(data, other, POLICY).wrong


def test_the_document_lists_the_codes() -> None:
    """docs/publishing.md lists each code of a proof with its meaning."""
    text = (ROOT / "docs" / "publishing.md").read_text("utf-8")
    assert [] == [code for code, meaning in CODES.items() if f"| `{code}` | {meaning} |" not in text]
