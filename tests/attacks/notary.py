"""The signers of the attacked ledger: its key and two witnesses, and the policies of readers."""

import base64
from collections.abc import Iterable
from pathlib import Path

from ledger.application.open import open_ledger
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.cosignature import cosign
from ledger.tlog.keys import COSIGNER, SigningKey
from ledger.tlog.note import Note, sign, signed
from ledger.tlog.policy import Policy, parse
from ledger.tlog.proof import root_at
from ledger.verify.checkpoints import UnverifiedCheckpoint
from ledger.verify.procedure import verify_log
from tests.attacks.forger import Expected, in_order
from tests.spec.signing import signing_key

ORIGIN = "example.org/attacked"
LOG = signing_key(1, ORIGIN)
STOLEN = signing_key(2, ORIGIN)
"""Another key of the ledger's name, which the reader does not know."""
ONE, TWO = signing_key(11, "witness.example/one"), signing_key(12, "witness.example/two")
NOON = 1_768_478_400
"""Noon of 15 January 2026, when the attacked ledger begins to be recorded; all of it takes a quarter of a minute."""

POLICY_TEXT = f"""# The policy of a reader (illustrative)
log {LOG.verifier()}
witness one {ONE.verifier(COSIGNER)}
witness two {TWO.verifier(COSIGNER)}
group both all one two
quorum both
"""
POLICY = parse(POLICY_TEXT.encode())
ALONE = parse(f"log {LOG.verifier()}\nquorum none\n".encode())
"""A policy without witnesses."""


def stated(path: Path, size: int, origin: str = ORIGIN) -> Checkpoint:
    """Return the checkpoint of the ledger at `path` when it had `size` entries."""
    ledger = open_ledger(f"sqlite:///{path}")
    try:
        return Checkpoint(origin, size, root_at(size, ledger.store))
    finally:
        ledger.close()


def note_of(
    path: Path, size: int, *keys: SigningKey, witnesses: Iterable[SigningKey] = (), at: int = NOON + 60
) -> Note:
    """Return a checkpoint of the ledger, signed by `keys` (by default its own) and cosigned by witnesses."""
    text = str(stated(path, size))
    return signed(text, *(keys or (LOG,))).with_signatures(cosign(text, witness, at) for witness in witnesses)


def keep(path: Path, *notes: Note | bytes) -> None:
    """Store checkpoints in the ledger, as `ledger checkpoint` does."""
    ledger = open_ledger(f"sqlite:///{path}")
    with ledger.store.writing():
        for note in notes:
            data = bytes(note)
            ledger.store.keep_checkpoint(int(data.split(b"\n")[1]), data)
    ledger.close()


def findings_with(path: Path, *given: Note | bytes, policy: Policy | None = ALONE, mail_days: int = 7) -> Expected:
    """Return the findings when the reader gives these checkpoints."""
    ledger = open_ledger(f"sqlite:///{path}")
    checkpoints = [
        UnverifiedCheckpoint(f"held-{number}", bytes(note), is_given=True) for number, note in enumerate(given, 1)
    ]
    try:
        findings = verify_log(ledger.store, given=checkpoints, policy=policy, mail_days=mail_days).findings
    finally:
        ledger.close()
    return in_order([(finding.code, finding.position) for finding in findings])


def relined(note: Note, number: int, text: str, *keys: SigningKey) -> bytes:
    """Return a checkpoint with line `number` (from 0) replaced, signed again."""
    lines = note.text.split("\n")
    lines[number] = text
    changed = "\n".join(lines)
    return bytes(Note(changed, tuple(sign(changed, key) for key in keys or (LOG,))))


def root_line(hashed: bytes) -> str:
    """Return a root as checkpoints write it."""
    return base64.b64encode(hashed).decode()
