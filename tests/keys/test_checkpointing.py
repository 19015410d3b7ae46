"""Checkpoints: signed once, only if the log extends the last one, and stored again with cosignatures."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.domain.organisation.settings import OpenLedger
from ledger.tlog.checkpoint import parse
from ledger.tlog.cosignature import Cosignature, cosign, time_of
from ledger.tlog.keys import COSIGNER
from ledger.tlog.note import Signature
from ledger.tlog.policy import Policy
from ledger.tlog.policy import parse as policy_of
from ledger.tlog.verify_proof import verify_consistency
from ledger.transparency.checkpoints import (
    DamagedCheckpoint,
    LogRewritten,
    NoCheckpoint,
    active_keys,
    find_checkpoint,
    sign_head,
    stored_checkpoints,
)
from ledger.transparency.cosignatures import (
    BadCosignature,
    BadOldSize,
    ImpossibleTime,
    OwnWitness,
    add_cosignatures,
    cosigned_by,
    submission,
)
from tests.spec.signing import ORIGIN, signing_key

LOG, SECOND = signing_key(1), signing_key(2)
ONE, TWO = signing_key(11, "witness.example/one"), signing_key(12, "witness.example/two")


NOW = int(time.time())


def names(cosignatures: Iterable[Cosignature]) -> list[str]:
    """Return the names of the witnesses."""
    return [cosignature.key.name for cosignature in cosignatures]


def policy(*witnesses: str) -> Policy:
    """Return a policy with witnesses, each as `NAME KEY`."""
    lines = [f"log {LOG.verifier()}", *(f"witness {witness}" for witness in witnesses), "quorum none", ""]
    return policy_of("\n".join(lines).encode())


BOTH = policy(f"one {ONE.verifier(COSIGNER)}", f"two {TWO.verifier(COSIGNER)}")


def record(ledger: Ledger, count: int = 1) -> None:
    """Record `count` entries."""
    for _ in range(count):
        name = f"Party {ledger.store.head().size}"
        ledger.record(Request(commands=(command_from({"command": "party register", "name": name}),), actor="staff/1"))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Return a ledger with one entry."""
    url = f"sqlite:///{tmp_path}/ledger.db"
    make_ledger(url, OpenLedger(origin=ORIGIN, reporting_currency="USD"), "staff/1")
    found = open_ledger(url)
    yield found
    found.close()


def sent(*signatures: Signature) -> bytes:
    """Return the answer of a witness."""
    return "".join(map(str, signatures)).encode()


def test_the_head_is_signed(ledger: Ledger) -> None:
    """The text has name, size and root, and no extension lines, which nobody checks."""
    record(ledger, 4)
    note = sign_head(ledger, [LOG])
    stated = parse(note.text)
    head = ledger.store.head()
    assert (ORIGIN, 5, head.root, ()) == (stated.origin, stated.size, stated.root, stated.extensions)
    assert LOG.verifier().verify(note.text.encode(), note.signatures[0].data)
    assert [(5, bytes(note))] == list(ledger.store.checkpoints())


def test_signed_once(ledger: Ledger) -> None:
    """The same head is not signed again by the same keys; another key's signature is added."""
    ledger.record(
        Request(commands=(command_from({"command": "key add", "vkey": str(LOG.verifier())}),), actor="staff/1")
    )
    assert sign_head(ledger, [LOG]) == sign_head(ledger, [LOG])
    assert 1 == len(list(ledger.store.checkpoints()))
    assert 2 == len(sign_head(ledger, [SECOND]).signatures)
    assert 2 == len(find_checkpoint(ledger).note.signatures)
    assert 1 == len(stored_checkpoints(ledger))


def test_a_dry_run_stores_nothing(ledger: Ledger) -> None:
    """A dry run returns the signed checkpoint and stores nothing."""
    assert ORIGIN == parse(sign_head(ledger, [LOG], dry_run=True).text).origin
    assert [] == list(ledger.store.checkpoints())


@pytest.mark.parametrize("done", ["shorter", "other"])
def test_a_log_that_does_not_extend_its_checkpoint_is_not_signed(ledger: Ledger, tmp_path: Path, done: str) -> None:
    """One that was cut or rewritten: "A log MUST not sign any checkpoint which is inconsistent with" an earlier one."""
    record(ledger, 3)
    before = sqlite3.connect(tmp_path / "before.db")
    sqlite3.connect(tmp_path / "ledger.db").backup(before)
    record(ledger)
    note = sign_head(ledger, [LOG])
    before.close()
    old = open_ledger(f"sqlite:///{tmp_path}/before.db")
    with old.store.writing():
        old.store.keep_checkpoint(5, bytes(note))
    if done == "other":
        record(old, 2)
    with pytest.raises(LogRewritten, match="of 5 entries"):
        sign_head(old, [LOG])
    assert 1 == len(list(old.store.checkpoints()))
    old.close()


def test_a_malformed_stored_checkpoint(ledger: Ledger) -> None:
    """A malformed stored checkpoint is reported, and nothing is signed."""
    for data in (b"nonsense", b"a\nb\nc\n\n\xe2\x80\x94 x AAAAAAAA\n"):
        with ledger.store.writing():
            ledger.store.keep_checkpoint(1, data)
        with pytest.raises(DamagedCheckpoint):
            sign_head(ledger, [LOG])


@pytest.mark.parametrize("old", [0, 1, 2, 3, 4, 7, 8])
def test_the_request_to_a_witness(ledger: Ledger, old: int) -> None:
    """The request has the last checkpoint, and the proof of growth from the witness's size."""
    record(ledger, old - 1 if old else 0)
    root = (
        ledger.store.head().root if old else parse(f"{ORIGIN}\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").root
    )
    record(ledger, 8 - old if old else 7)
    sign_head(ledger, [LOG])
    found = submission(ledger, old)
    stated = parse(found.checkpoint.decode().rpartition("\n\n")[0] + "\n")
    verify_consistency(old, root, stated.size, stated.root, found.hashes)
    assert f"old {old}\n".encode() == bytes(found).splitlines(keepends=True)[0]


def test_nothing_to_send(ledger: Ledger) -> None:
    """Without a checkpoint, or for a witness that has a larger size, there is no request."""
    with pytest.raises(NoCheckpoint):
        submission(ledger, 0)
    sign_head(ledger, [LOG])
    with pytest.raises(BadOldSize, match="1 entries, and 2 is more"):
        submission(ledger, 2)


def test_a_cosignature_comes_back(ledger: Ledger) -> None:
    """It is added to its checkpoint although the log has grown; the next request starts from there."""
    note = sign_head(ledger, [LOG])
    record(ledger)
    later = sign_head(ledger, [LOG])
    added = add_cosignatures(ledger, sent(cosign(note.text, ONE, NOW)), BOTH)
    assert (["witness.example/one"], 0, note.text) == (names(added.added), added.unknown, added.note.text)
    assert (1, 0) == (cosigned_by(ledger, "witness.example/one"), cosigned_by(ledger, "witness.example/two"))
    assert [2, 1] == [len(stored.note.signatures) for stored in stored_checkpoints(ledger)]
    both = sent(cosign(later.text, ONE, NOW + 1), cosign(later.text, TWO, NOW + 2))
    assert ["witness.example/one", "witness.example/two"] == names(add_cosignatures(ledger, both, BOTH).added)
    assert 2 == cosigned_by(ledger, "witness.example/two")


def test_a_cosignature_is_added_once(ledger: Ledger) -> None:
    """Adding the same file twice changes nothing."""
    note = sign_head(ledger, [LOG])
    back = sent(cosign(note.text, ONE, NOW))
    add_cosignatures(ledger, back, BOTH)
    before = list(ledger.store.checkpoints())
    again = add_cosignatures(ledger, back, BOTH)
    assert ([], ["witness.example/one"]) == (names(again.added), names(again.kept))
    assert before == list(ledger.store.checkpoints())


def test_unknown_lines_are_ignored(ledger: Ledger) -> None:
    """Lines of witnesses that the policy does not have are left out, and counted."""
    note = sign_head(ledger, [LOG])
    back = sent(cosign(note.text, ONE, NOW), cosign(note.text, TWO, NOW))
    added = add_cosignatures(ledger, back, policy(f"one {ONE.verifier(COSIGNER)}"))
    assert (["witness.example/one"], 1, 2) == (names(added.added), added.unknown, len(added.note.signatures))


def test_no_valid_cosignature(ledger: Ledger) -> None:
    """A cosignature of another checkpoint, of an unknown key, or no signature at all: nothing is added."""
    note = sign_head(ledger, [LOG])
    good = cosign(note.text, ONE, NOW)
    other = cosign(note.text.replace("\n1\n", "\n2\n"), ONE, NOW)
    before = list(ledger.store.checkpoints())
    for back in (sent(other), sent(good._replace(data=good.data[:-1])), b"", b"\xff", b"hello\n", bytes(note)):
        with pytest.raises(BadCosignature):
            add_cosignatures(ledger, back, BOTH)
    with pytest.raises(BadCosignature, match="no line of a witness"):
        add_cosignatures(ledger, sent(good), policy())
    assert before == list(ledger.store.checkpoints())


def test_only_active_keys_sign(ledger: Ledger) -> None:
    """Keys that the log has retired or revoked do not sign."""
    for command in (
        {"command": "key add", "vkey": str(LOG.verifier())},
        {"command": "key add", "vkey": str(SECOND.verifier())},
        {"command": "key retire", "vkey": str(LOG.verifier())},
    ):
        ledger.record(Request(commands=(command_from(command),), actor="staff/1"))
    assert [SECOND.verifier()] == active_keys(ledger)


def test_a_line_of_an_impossible_time_is_refused(ledger: Ledger) -> None:
    """Before the log began, or in the future: nothing is added, whatever the signature is."""
    note = sign_head(ledger, [LOG])
    before = list(ledger.store.checkpoints())
    for wrong in (0, 1, NOW - 2 * 86_400, NOW + 2 * 86_400, 4_070_908_800, 1 << 62, (1 << 63) - 1):
        with pytest.raises(ImpossibleTime, match=r"witness\.example/one states the time"):
            add_cosignatures(ledger, sent(cosign(note.text, ONE, wrong)), BOTH)
    assert before == list(ledger.store.checkpoints())
    assert add_cosignatures(ledger, sent(cosign(note.text, ONE, NOW)), BOTH).added


def test_a_right_line_replaces_a_wrong_one(ledger: Ledger) -> None:
    """One that was kept with a wrong time makes room, and only then; what was done is returned."""
    note, now = sign_head(ledger, [LOG]), int(time.time())  # NOW is long ago when many tests run
    with ledger.store.writing():
        ledger.store.keep_checkpoint(1, bytes(note.with_signatures([cosign(note.text, ONE, 4_070_908_800)])))
    replaced = add_cosignatures(ledger, sent(cosign(note.text, ONE, now)), BOTH)
    assert ([], ["witness.example/one"], []) == (names(replaced.added), names(replaced.replaced), names(replaced.kept))
    (stored,) = stored_checkpoints(ledger)
    assert [now] == [time_of(line) for line in stored.note.signatures if line.name == ONE.name]
    kept = add_cosignatures(ledger, sent(cosign(note.text, ONE, now + 60)), BOTH)
    assert [now] == [cosignature.time for cosignature in kept.kept]


def test_a_time_before_the_entries_makes_room(ledger: Ledger) -> None:
    """A witness whose clock was an hour behind has not seen entries before they were recorded."""
    note, now = sign_head(ledger, [LOG]), int(time.time())  # NOW is hours ago when many tests run
    assert add_cosignatures(ledger, sent(cosign(note.text, ONE, now - 3600)), BOTH).added
    assert add_cosignatures(ledger, sent(cosign(note.text, ONE, now - 3599)), BOTH).kept
    assert add_cosignatures(ledger, sent(cosign(note.text, ONE, now + 5)), BOTH).replaced


def test_the_own_key_is_no_witness(ledger: Ledger) -> None:
    """A policy in which a key of the log, under whatever name, is a witness is refused."""
    ledger.record(
        Request(commands=(command_from({"command": "key add", "vkey": str(SECOND.verifier())}),), actor="s/1")
    )
    note = sign_head(ledger, [LOG])
    other = signing_key(2, "witness.example/other")
    with pytest.raises(OwnWitness, match="The witness other"):
        add_cosignatures(ledger, sent(cosign(note.text, other, NOW)), policy(f"other {other.verifier(COSIGNER)}"))
