"""The published requests to witnesses: our witness answers with the codes and statuses of their authors."""

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from ledger.tlog.add_checkpoint import Submission, parse
from ledger.tlog.keys import COSIGNER, LOG, VerifierKey
from ledger.tlog.policy import BadPolicy
from ledger.tlog.policy import parse as parse_policy
from ledger.witness.errors import NotSigned, Refusal
from ledger.witness.state import WitnessState
from tests.witness.logs import NAME, Witness

SHARED = Path(__file__).parents[3] / "shared" / "vectors" / "witness-add-checkpoint.json"

pytestmark = pytest.mark.shared_data

EXCEPTIONS = {
    1: (
        400,
        (
            "Its signature was broken by its last letter: `x` for `o`. The bits of `x` that hold no data are not 0: the"
            " text is not Base64 in its one form. Its authors decode it all the same and find a wrong signature (403);"
            " here what would not be written again as it stands is no signed note, and that is found first. Both refuse"
            " it. `test_a_wrong_signature` has the wrong signature in the form that it should have: 403."
        ),
    ),
}
"""Requests by number that we answer differently from their authors, with the reason."""


@pytest.fixture
def vectors() -> Any:
    """Return the published requests; without them the test is skipped."""
    if not SHARED.exists():
        pytest.skip("the folder shared is not beside the project")
    return json.loads(SHARED.read_text("utf-8"))


@pytest.fixture
def witness(tmp_path: Path, vectors: Any) -> Witness:
    """Return a witness that trusts the log of the requests."""
    found = Witness(tmp_path / "witness")
    key = VerifierKey(vectors["origin"], LOG, bytes.fromhex(vectors["log_pubkey_hex"]))
    found.state.trust(str(key))
    return found


def _status(witness: Witness, body: str) -> int:
    try:
        line = witness.cosign(body.encode())
    except Refusal as refusal:
        return refusal.status
    assert line.startswith(f"\u2014 {NAME} ")
    return 200


def test_requests_in_order(witness: Witness, vectors: Any) -> None:
    """Each request is answered with its listed status."""
    expected = [EXCEPTIONS.get(number, (step["status"],))[0] for number, step in enumerate(vectors["steps"])]
    assert expected == [_status(witness, step["body"]) for step in vectors["steps"]]
    assert 3 == witness.size(vectors["origin"])


def test_exceptions_are_needed(vectors: Any) -> None:
    """Each listed exception still differs."""
    assert all(status != vectors["steps"][number]["status"] for number, (status, _) in EXCEPTIONS.items())


def test_a_wrong_signature(witness: Witness, vectors: Any) -> None:
    """The request with the wrong signature, in canonical Base64, is not signed: 403."""
    assert 200 == _status(witness, vectors["steps"][0]["body"])
    body = vectors["steps"][1]["body"]
    with pytest.raises(NotSigned):
        witness.cosign(body.replace("6gx=\n", "6gw=\n").encode())


def test_every_request_is_written_as_it_was_read(vectors: Any) -> None:
    """Reading and writing a request gives the same bytes: the old size, the proof and the checkpoint."""
    for step in vectors["steps"]:
        assert step["body"].encode() == bytes(parse(step["body"].encode()))


def test_the_monkeys(tmp_path: Path, vectors: Any) -> None:
    """The log `monkeys` grows from 5 to 8 entries by its published proof."""
    monkeys = vectors["monkeys"]
    state = WitnessState(tmp_path / "monkeys")
    witness = Witness(tmp_path / "witness")
    state.make(witness.vkey)
    witness.state = state
    state.trust(monkeys["log_vkey"])
    proof = tuple(bytes.fromhex(text) for text in monkeys["consistency_5_8_hex"])
    assert 200 == _status(witness, bytes(Submission(0, (), monkeys["size5"].encode())).decode())
    grown = bytes(Submission(5, proof, monkeys["size8"].encode())).decode()
    assert 422 == _status(witness, grown.replace(b64encode(proof[0]).decode(), b64encode(proof[1]).decode(), 1))
    assert 409 == _status(witness, grown.replace("old 5", "old 4"))
    assert 200 == _status(witness, grown)
    assert 409 == _status(witness, grown)
    assert 8 == witness.size("monkeys")


def test_the_key_of_the_witness_is_no_cosigners_key(vectors: Any) -> None:
    """The published key of the witness has the type of a log's key (0x01), which our policies refuse for a witness.

    Its authors turn it into a cosigner's key when they load it. Since then c2sp.org/tlog-cosignature requires that the
    key of a witness has type 0x04, which determines its id: with 0x01 its cosignatures would have another id.
    """
    text = vectors["monkeys"]["witness_vkey_ed25519"]
    key = VerifierKey.parse(text)
    assert LOG == key.kind
    with pytest.raises(BadPolicy):
        parse_policy(f"witness A {text}\nquorum A\n".encode())
    assert parse_policy(f"witness A {key._replace(kind=COSIGNER)}\nquorum A\n".encode())
