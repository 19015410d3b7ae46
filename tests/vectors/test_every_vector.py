"""Every published vector in ../shared is read by a test or has a reason; verify_ledger.py agrees with the product."""

import json
import os
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from ledger.tlog import policy
from ledger.tlog.keys import LOG, VerifierKey
from ledger.tlog.trusted_checkpoint import Untrusted, open_checkpoint
from projections.proof.verify_ledger import (
    LOG_KEY,
    Findings,
    check_signatures,
    parse_checkpoint,
    parse_key,
    parse_policy,
    tree_root,
)
from tests.vectors.rfc6962 import Reference, entries_of
from tests.vectors.test_note_vectors import REKOR, VERDICTS

SHARED = Path(__file__).parents[3] / "shared" / "vectors"
LARGE = 2_000
IS_SWEEP = bool(os.environ.get("LEDGER_SWEEP"))

READ = {
    "rfc6962-tree-constants.json": "vectors/test_merkle_vectors.py",
    "transparency-dev-merkle/testdata/inclusion/": "vectors/test_merkle_vectors.py",
    "transparency-dev-merkle/testdata/consistency/": "vectors/test_merkle_vectors.py",
    "signed-note.json": "vectors/test_note_vectors.py",
    "checkpoint.json": "vectors/test_note_vectors.py",
    "tlog-proof.json": "vectors/test_note_vectors.py",
    "sigsum/": "vectors/test_note_vectors.py",
    "sigstore-conformance/": "vectors/test_note_vectors.py",
    "witness-add-checkpoint.json": "vectors/test_witness_vectors.py",
    "tessera-log/": "vectors/test_tessera.py",
    "cctv-ed25519/": "proof/test_ed25519.py",
    "jcs/": "vectors/test_canonical.py",
}
"""Sets of vectors, and the test that reads each; other tests may read them, too."""
NOT_READ = {
    "transparency-dev-merkle/testdata/subtreeinclusion/": "no proof of a range of entries is made or checked here",
    "transparency-dev-merkle/testdata/subtreeconsistency/": "the same (draft-ietf-plants-merkle-tree-certs)",
    "sd-jwt-disclosures.json": "no entry withholds a member from some of its readers (RFC 9901)",
    "sshsig/": "actors are asserted: no entry bears an SSH signature",
    "README.md": "it says what there is",
    "SOURCES.md": "it says where that comes from",
}
"""Sets that no test reads, with the reason."""

pytestmark = pytest.mark.shared_data


@pytest.fixture
def shared() -> Path:
    """Return the folder of the vectors; without it the test is skipped."""
    if not SHARED.exists():
        pytest.skip("the folder shared is not beside the project")
    return SHARED


def test_every_file_is_read_or_has_a_reason(shared: Path) -> None:
    """Each file belongs to a set that a test reads, or to one that is listed with a reason."""
    names = sorted(path.relative_to(shared).as_posix() for path in shared.rglob("*") if path.is_file())
    for name in names:
        sets = [prefix for prefix in (*READ, *NOT_READ) if name.startswith(prefix)]
        assert len(sets) == 1, name
    for prefix, test in READ.items():
        text = (Path(__file__).parents[1] / test).read_text("utf-8")
        assert prefix.partition("/")[0].removesuffix(".json") in text, prefix
    assert len(names) > 600


def test_every_checkpoint_of_the_public_log_has_a_verdict(shared: Path) -> None:
    """All checkpoints of Rekor have an expected result."""
    found = {path.name.split("--")[0] for path in (shared / "sigstore-conformance").iterdir()}
    assert {f"rekor2-checkpoint-{name}" for name in VERDICTS} == found


def checkpoints(shared: Path) -> Iterator[tuple[str, bytes, str]]:
    """Yield published checkpoints, each with a policy that has their log, and a witness if one is known."""
    sigsum = json.loads((shared / "sigsum/sigsum-proof-4.json").read_text())
    trusted = f"log {sigsum['log_vkey']}\nwitness one {sigsum['witness_vkey']}\nquorum one\n"
    yield "sigsum", (shared / "sigsum/sigsum-proof-4.checkpoint").read_bytes(), trusted
    for name in VERDICTS:
        told, roots = (
            json.loads((shared / REKOR.format(name, kind)).read_text()) for kind in ("bundle.sigstore", "trusted_root")
        )
        log = next(entry for entry in roots["tlogs"] if "2025" in entry["baseUrl"])
        public = b64decode(log["publicKey"]["rawBytes"])[-32:]
        key = VerifierKey(log["baseUrl"].removeprefix("https://"), LOG, public)
        entry = told["verificationMaterial"]["tlogEntries"][0]
        yield name, entry["inclusionProof"]["checkpoint"]["envelope"].encode(), f"log {key}\nquorum none\n"
    steps = json.loads((shared / "witness-add-checkpoint.json").read_text())
    key = VerifierKey(steps["origin"], LOG, bytes.fromhex(steps["log_pubkey_hex"]))
    for number, step in enumerate(steps["steps"]):
        yield f"step {number}", step["body"].partition("\n\n")[2].encode(), f"log {key}\nquorum none\n"
    for size in ("size5", "size8"):
        monkeys = steps["monkeys"]
        yield f"monkeys, {size}", monkeys[size].encode(), f"log {monkeys['log_vkey']}\nquorum none\n"
    notes: Any = json.loads((shared / "signed-note.json").read_text())
    for number, data in enumerate(notes["malformed_must_reject"]):
        yield f"malformed {number}", data.encode(), trusted
    for number, text in enumerate(json.loads((shared / "checkpoint.json").read_text())["must_reject"]):
        yield f"rejected {number}", f"{text}\n\u2014 example.org/log AAAAAAA=\n".encode(), trusted


def test_the_program_and_the_product_agree_on_checkpoints(shared: Path) -> None:
    """Both trust a checkpoint that others signed, or both refuse it for the same reason."""
    verdicts = {}
    for name, data, trusted in checkpoints(shared):
        try:
            theirs = "" if open_checkpoint(data, policy.parse(trusted.encode())).is_enough else "no-quorum"
        except Untrusted as error:
            theirs = error.code
        findings = Findings()
        try:
            check_signatures(parse_checkpoint(data), parse_policy(trusted.encode()), findings)
        except ValueError:
            findings.add("bad-checkpoint", "checkpoint", "")
        ours = next((finding["code"] for finding in findings), "")
        verdicts[name] = ours
        assert theirs == ours, name
    assert {name: verdict or "" for name, verdict in VERDICTS.items()}.items() <= verdicts.items()
    assert "" == verdicts["sigsum"] == verdicts["monkeys, size5"] == verdicts["monkeys, size8"]
    assert {"", "bad-checkpoint", "unknown-signer"} <= set(verdicts.values())


def test_the_program_reads_the_published_keys(shared: Path) -> None:
    """Well-formed keys of logs are read, with their id; all others are refused."""
    vectors = json.loads((shared / "signed-note.json").read_text())
    logs = [key for key in vectors["good_vkeys"] if b64decode(key.split("+", 2)[2])[:1] == LOG_KEY]
    assert logs
    for written in logs:
        name, identity, _ = written.split("+", 2)
        key = parse_key(written, LOG_KEY)
        assert (name, identity) == (key.name, key.id.hex())
    for written in (*vectors["bad_vkeys"], *vectors["inconsistent_vkeys_type06"]["vkeys"]):
        with pytest.raises(ValueError, match=r"key|ase64|id|point|order"):
            parse_key(written, LOG_KEY)


def test_the_program_has_the_root_of_the_definition() -> None:
    """Its own way to pair hashes gives the root of RFC 6962 §2.1, for sizes from 0 to 2,000."""
    entries = entries_of(LARGE)
    reference = Reference(entries)
    leaves = [sha256(b"\0" + entry).digest() for entry in entries]
    for size in range(0, LARGE + 1, 1 if IS_SWEEP else 7):
        assert reference.mth(0, size) == tree_root(leaves[:size])
