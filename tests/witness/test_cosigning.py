"""The requests that a witness cosigns and refuses, in the order of c2sp.org/tlog-witness."""

from datetime import timedelta
from pathlib import Path

import pytest

from ledger.tlog import note
from ledger.tlog.add_checkpoint import Submission
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.cosignature import Cosignature, cosign, cosigners
from ledger.tlog.merkle import EMPTY_ROOT
from ledger.tlog.note import Note, Signature, sign, signed
from ledger.witness.errors import (
    BadSubmissionFile,
    NeedlessProof,
    NotExtending,
    NotSigned,
    OtherRoot,
    OtherSize,
    Refusal,
    UnknownLog,
    WitnessClockSetBack,
)
from tests.spec.signing import ORIGIN, signing_key
from tests.witness.logs import NOON, Log, Witness, numbered


def test_growth_is_cosigned(log: Log, witness: Witness) -> None:
    """The answer is a cosignature of the checkpoint at the witness's time, and the growth is remembered."""
    line = witness.cosign(log.body(0))
    whole = log.note().with_signatures([Signature.parse(line.removesuffix("\n"))])
    assert (Cosignature(witness.vkey, int(NOON.timestamp())),) == cosigners(whole, [witness.vkey])
    log.grow(*numbered(5, 9))
    witness.cosign(log.body(5))
    assert 9 == witness.size()


def test_the_note_is_stored(log: Log, witness: Witness) -> None:
    """The witness stores the note: the log's text and signature, and its own cosignature."""
    line = witness.cosign(log.body(0))
    assert bytes(log.note()) + line.encode() == witness.state.path_of(ORIGIN).read_bytes()


def test_an_empty_log_is_cosigned(tmp_path: Path) -> None:
    """A log without entries has the root of the empty tree, and grows from there."""
    log = Log()
    witness = Witness(tmp_path / "witness", log)
    witness.cosign(log.body(0))
    witness.cosign(log.grow(b"one").body(0))
    assert 1 == witness.size()


def test_an_empty_log_with_another_root_is_refused(tmp_path: Path) -> None:
    """Size 0 with a root other than that of the empty tree is another history."""
    log = Log()
    witness = Witness(tmp_path / "witness", log)
    body = Submission(0, (), bytes(signed(str(Checkpoint(ORIGIN, 0, b"\1" * 32)), log.key)))
    with pytest.raises(OtherRoot):
        witness.cosign(bytes(body))


def test_the_same_checkpoint_is_cosigned_again(log: Log, witness: Witness) -> None:
    """Old size and size may be equal: the witness attests again, with a new time, that it saw nothing larger."""
    first = witness.cosign(log.body(0))
    witness.now += timedelta(hours=1)
    second = witness.cosign(log.body(5))
    assert first != second
    assert int(witness.now.timestamp()) == witness.state.last_cosigned(ORIGIN, witness.vkey).time


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body[:0],
        lambda body: body.replace(b"old 0", b"old 00"),
        lambda body: body.replace(b"old 0", b"old -1"),
        lambda body: body.replace(b"old 0\n", b"old 0\nnot Base64\n"),
        lambda body: body.replace(b"old 0\n", b"old 0\nAAAA\n"),
        lambda body: body.replace(b"old 0\n", b"old 0\n" + 64 * b"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"),
        lambda body: body.replace(b"\n", b"\r\n"),
        lambda body: body.replace(b"\n5\n", b"\n05\n"),
        lambda body: body.replace(b"\n5\n", b"\n+5\n"),
        lambda body: body.removesuffix(b"\n"),
        lambda body: body + b"\n",
        lambda body: b"\xff" + body,
        lambda body: body + b"x" * (1 << 17),
    ],
)
def test_other_forms_are_no_submission(log: Log, witness: Witness, change: "object") -> None:
    """A request that is not in canonical form is refused before anything else is checked: 400."""
    assert callable(change)
    with pytest.raises(BadSubmissionFile):
        witness.cosign(change(log.body(0)))
    assert 0 == witness.size()


def test_an_old_size_beyond_the_checkpoint_is_no_submission(log: Log, witness: Witness) -> None:
    """The old size is at most the size, even if the witness remembers the old size: 400."""
    witness.cosign(log.body(0))
    with pytest.raises(BadSubmissionFile):
        witness.cosign(log.body(5, 3))


def test_an_unknown_log(log: Log, witness: Witness) -> None:
    """A log is known by its origin, letter by letter: 404."""
    for origin in ("example.org/other", "example.org/ledger/", "Example.org/ledger", "ex\u0430mple.org/ledger"):
        other = Log(1, origin).grow(b"one")
        with pytest.raises(UnknownLog):
            witness.cosign(other.body(0))


def test_another_key_is_not_enough(log: Log, witness: Witness) -> None:
    """A checkpoint that no trusted key signed is refused, under any name: 403."""
    thief = Log(2).grow(*log.tree.entries)
    with pytest.raises(NotSigned):
        witness.cosign(thief.body(0))


def test_the_key_of_another_log_is_not_enough(tmp_path: Path, log: Log) -> None:
    """A key that is trusted for one log does not sign for another."""
    other = Log(2, "example.org/other").grow(b"one")
    witness = Witness(tmp_path / "both", log, other)
    text = str(log.checkpoint())
    body = Submission(0, (), bytes(Note(text, (sign(text, other.key),))))
    with pytest.raises(NotSigned):
        witness.cosign(bytes(body))


def test_a_signature_of_another_text(log: Log, witness: Witness) -> None:
    """A trusted key's signature of another text is refused, even if a valid one is there, too."""
    other = log.fork(3, b"other").note().signatures[0]
    for lines in ((other,), (other, log.note().signatures[0])):
        body = Submission(0, (), bytes(Note(log.note().text, lines)))
        with pytest.raises(NotSigned):
            witness.cosign(bytes(body))


def test_unknown_signatures_are_ignored_and_not_stored(log: Log, witness: Witness) -> None:
    """Signatures of unknown keys do no harm, and do not fill the witness's storage."""
    text = log.note().text
    others = [sign(text, signing_key(number, f"other.example/{number}")) for number in range(20, 147)]
    forged = cosign(text, signing_key(99, "witness.example/two"), 1)
    whole = Note(text, (*others[:98], log.note().signatures[0], forged))
    line = witness.cosign(bytes(Submission(0, (), bytes(whole))))
    assert bytes(log.note()) + line.encode() == witness.state.path_of(ORIGIN).read_bytes()


def test_several_keys_of_one_log(log: Log, witness: Witness) -> None:
    """A log may sign with any key that the witness trusts for it; if it signs with two, both signatures are stored."""
    new = Log(2).grow(*log.tree.entries)
    witness.state.trust(new.vkey)
    witness.cosign(log.body(0))
    log.grow(b"more")
    new.grow(b"more")
    both = log.note().with_signatures(new.note().signatures)
    witness.cosign(bytes(Submission(5, tuple(log.tree.proof(5, 6)), bytes(both))))
    stored = note.parse(witness.state.path_of(ORIGIN).read_bytes())
    assert (log.key.verifier(), new.key.verifier()) == note.signers(stored, [log.key.verifier(), new.key.verifier()])


@pytest.mark.parametrize(("old", "size"), [(0, 9), (3, 9), (7, 9), (0, 4), (4, 4)])
def test_the_proof_starts_from_the_remembered_size(log: Log, witness: Witness, old: int, size: int) -> None:
    """Another old size is refused with the remembered size, and with the way to make the right request: 409."""
    witness.cosign(log.body(0))
    log.grow(*numbered(5, 9))
    with pytest.raises(OtherSize) as refused:
        witness.cosign(log.body(old, size))
    assert "cosigned 5 last" in refused.value.sentence
    assert "checkpoint request --old 5" in refused.value.hint
    witness.cosign(log.body(5))


def test_a_repeated_request_names_its_cosignature(log: Log, witness: Witness) -> None:
    """If a request is repeated, the answer says where the lost cosignature is."""
    line = witness.cosign(log.body(0))
    with pytest.raises(OtherSize) as refused:
        witness.cosign(log.body(0))
    path = witness.state.path_of(ORIGIN)
    assert str(path) in refused.value.hint
    assert line == path.read_text("utf-8").splitlines(keepends=True)[-1]


def _refused(witness: Witness) -> list[tuple[bytes, bytes]]:
    folder = witness.state.folder / "refused"
    stored = sorted(folder.iterdir()) if folder.exists() else []
    return [
        ((submission / "submission").read_bytes(), (submission / "remembered").read_bytes()) for submission in stored
    ]


@pytest.mark.parametrize("old", [0, 3, 5])
def test_another_root_of_the_same_size(log: Log, witness: Witness, old: int) -> None:
    """Two roots of one size are reported, whatever the old size, and both notes are stored: 409."""
    witness.cosign(log.body(0))
    remembered = witness.state.path_of(ORIGIN).read_bytes()
    body = log.fork(4, b"other").body(old)
    with pytest.raises(OtherRoot) as refused:
        witness.cosign(body)
    assert "Both are kept in " in refused.value.sentence
    assert [(body, remembered)] == _refused(witness)
    assert remembered == witness.state.path_of(ORIGIN).read_bytes()


def test_a_rewritten_log(log: Log, witness: Witness) -> None:
    """A log with another history has no valid proof: 422, and both notes are stored."""
    witness.cosign(log.body(0))
    remembered = witness.state.path_of(ORIGIN).read_bytes()
    body = log.fork(2, *numbered(2, 9, "other")).body(5)
    with pytest.raises(NotExtending):
        witness.cosign(body)
    assert [(body, remembered)] == _refused(witness)
    assert 5 == witness.size()


@pytest.mark.parametrize("proof", [(), (b"\0" * 32,), (EMPTY_ROOT,) * 7])
def test_an_invalid_proof(log: Log, witness: Witness, proof: tuple[bytes, ...]) -> None:
    """Without its proof even honest growth is refused; with the proof it is cosigned."""
    witness.cosign(log.body(0))
    log.grow(*numbered(5, 9))
    with pytest.raises(NotExtending):
        witness.cosign(bytes(Submission(5, proof, bytes(log.note()))))
    witness.cosign(log.body(5))


def test_a_superfluous_proof(log: Log, witness: Witness) -> None:
    """From size 0, and from a size to itself, the proof must be empty: otherwise 422, without evidence."""
    with pytest.raises(NeedlessProof):
        witness.cosign(bytes(Submission(0, (b"\0" * 32,), bytes(log.note()))))
    witness.cosign(log.body(0))
    with pytest.raises(NeedlessProof):
        witness.cosign(bytes(Submission(5, (b"\0" * 32,), bytes(log.note()))))
    assert [] == _refused(witness)


def test_wrong_proofs_do_not_fill_the_disk(log: Log, witness: Witness) -> None:
    """For one checkpoint one submission is stored, however many proofs are sent for it."""
    witness.cosign(log.body(0))
    log.grow(b"more")
    for number in range(5):
        with pytest.raises(NotExtending):
            witness.cosign(bytes(Submission(5, (bytes([number]) * 32,), bytes(log.note()))))
    assert 1 == len(_refused(witness))


def test_unsigned_requests_are_not_stored(log: Log, witness: Witness) -> None:
    """Anybody can send an unsigned request: it is refused and not stored."""
    for body in (b"", Log(2).grow(b"one").body(0), Log(1, "example.org/other").body(0)):
        with pytest.raises(Refusal):
            witness.cosign(body)
    assert [] == _refused(witness)


def test_evidence_that_cannot_be_stored(log: Log, witness: Witness) -> None:
    """A full disk does not change a refusal."""
    witness.cosign(log.body(0))
    (witness.state.folder / "refused").write_text("in the way")
    with pytest.raises(OtherRoot) as refused:
        witness.cosign(log.fork(4, b"other").body(0))
    assert "They could not be kept" in refused.value.sentence


def test_the_clock_does_not_go_back(log: Log, witness: Witness) -> None:
    """A cosignature is never dated before the last one for the log; the same second is allowed."""
    witness.cosign(log.body(0))
    log.grow(b"more")
    witness.now -= timedelta(seconds=1)
    with pytest.raises(WitnessClockSetBack):
        witness.cosign(log.body(5))
    assert 5 == witness.size()
    witness.now = NOON
    witness.cosign(log.body(5))


def test_a_clock_before_1970(log: Log, witness: Witness) -> None:
    """A time that a cosignature cannot have is a clock set back."""
    witness.now = NOON.replace(year=1969)
    with pytest.raises(WitnessClockSetBack):
        witness.cosign(log.body(0))


def test_each_log_has_its_clock_and_memory(tmp_path: Path, log: Log) -> None:
    """The state of one log does not affect another."""
    other = Log(2, "example.org/other").grow(b"one")
    witness = Witness(tmp_path / "both", log, other)
    witness.cosign(log.body(0))
    witness.now -= timedelta(days=1)
    witness.cosign(other.body(0))
    assert (5, 1) == (witness.size(), witness.size("example.org/other"))


def test_extension_lines_are_cosigned_with_the_rest(log: Log, witness: Witness) -> None:
    """Other logs may have extension lines; the cosignature covers the whole text (c2sp.org/tlog-cosignature)."""
    text = str(log.checkpoint()._replace(extensions=("a line more",)))
    line = witness.cosign(bytes(Submission(0, (), bytes(signed(text, log.key)))))
    whole = signed(text, log.key).with_signatures([Signature.parse(line.removesuffix("\n"))])
    assert 1 == len(cosigners(whole, [witness.vkey]))


def test_statuses_are_those_of_the_protocol() -> None:
    """Each refusal has the status of c2sp.org/tlog-witness, and a sentence that explains it."""
    told = [
        BadSubmissionFile(""), UnknownLog(""), NotSigned("", ""), OtherSize("", 0, 1, None), OtherRoot("", 1, b"", b""),
        NeedlessProof("", 1), NotExtending("", 0, 1, ""),
    ]  # fmt: skip
    assert [400, 404, 403, 409, 409, 422, 422] == [error.status for error in told]
    assert all(f"(HTTP {error.status})" in error.sentence for error in told)
