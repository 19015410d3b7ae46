"""Check proof files with a policy alone: bytes in, a result out, and no ledger.

An entry is proved when its hash leads, by the path, to the root of a checkpoint that a log of the policy signed;
growth, when two such checkpoints are joined by the proof. Sizes and roots come from the checkpoints only.
"""

import re
from typing import NamedTuple

from ledger.format import canonical
from ledger.tlog import add_checkpoint, proof_file
from ledger.tlog.add_checkpoint import BadSubmission
from ledger.tlog.cosignature import Cosignature
from ledger.tlog.merkle import leaf_hash
from ledger.tlog.policy import Policy
from ledger.tlog.proof_file import HEADER, BadProofFile
from ledger.tlog.trusted_checkpoint import TrustedCheckpoint, Untrusted, open_checkpoint
from ledger.tlog.verify_proof import ProofError, verify_consistency, verify_inclusion

CODES = {
    "bad-proof": "the file is not a well-formed proof",
    "bad-checkpoint": "the checkpoint in the file, or the earlier one, is malformed",
    "bad-signature": "a signature of a known key does not match its checkpoint",
    "unknown-signer": "no key that the policy knows for this log signed the checkpoint",
    "no-quorum": "fewer witnesses cosigned the checkpoint than the policy requires",
    "entry-not-proved": "the path does not lead from the entry to the root of the checkpoint",
    "growth-not-proved": "the hashes do not lead from the earlier checkpoint to the later one",
    "other-checkpoint": "the earlier checkpoint is of another log, or not of the size that the proof begins with",
}
"""Every code; docs/publishing.md lists them."""


class Wrong(NamedTuple):
    """A fault of a proof: a code and a sentence."""

    code: str
    what: str

    @property
    def meaning(self) -> str:
        """What its code means."""
        return CODES[self.code]


class Proved(NamedTuple):
    """The result of checking a proof, which holds if `wrong` is empty. Positions are counted from 1."""

    trusted: TrustedCheckpoint | None
    wrong: tuple[Wrong, ...]
    position: int | None = None
    old: int | None = None
    """For a proof of growth, the size of the earlier log."""
    recorded: tuple[str, str] | None = None
    """The type and recording time that the entry states, if its bytes are an entry."""

    @property
    def cosigned(self) -> tuple[Cosignature, ...]:
        """The cosignatures of witnesses of the policy."""
        return () if self.trusted is None else self.trusted.cosigned


def is_growth(data: bytes) -> bool:
    """Return whether a file claims to prove growth, rather than an entry."""
    return data.startswith(b"old ") and not data.startswith(HEADER.encode())


def check_entry(data: bytes, entry: bytes, policy: Policy) -> Proved:
    """Check a proof file for the bytes of an entry."""
    try:
        proof = proof_file.parse(data)
    except BadProofFile as error:
        return Proved(None, (Wrong("bad-proof", str(error)),))
    trusted, wrong = _checkpoint(proof.checkpoint, policy)
    if trusted is not None:
        stated = trusted.checkpoint
        try:
            verify_inclusion(proof.leaf, stated.size, leaf_hash(entry), proof.hashes, stated.root)
        except ProofError as error:
            wrong = (*wrong, Wrong("entry-not-proved", str(error)))
    return Proved(trusted, wrong, position=proof.leaf + 1, recorded=_recorded(entry))


def check_growth(data: bytes, earlier: bytes, policy: Policy) -> Proved:
    """Check that the checkpoint in a file extends an earlier one of the reader."""
    try:
        proof = add_checkpoint.parse(data)
    except BadSubmission as error:
        return Proved(None, (Wrong("bad-proof", str(error)),))
    trusted, wrong = _checkpoint(proof.checkpoint, policy)
    try:
        old = open_checkpoint(earlier, policy).checkpoint
    except Untrusted as error:
        return Proved(trusted, (*wrong, Wrong(error.code, f"the earlier checkpoint: {error}")), old=proof.old)
    if trusted is not None:
        new = trusted.checkpoint
        if (old.origin, old.size) != (new.origin, proof.old):
            extent = f"{old.size} entries of {old.origin}"
            what = f"it begins with {proof.old} entries of {new.origin}, but the checkpoint given has {extent}"
            return Proved(trusted, (*wrong, Wrong("other-checkpoint", what)), old=proof.old)
        try:
            verify_consistency(old.size, old.root, new.size, new.root, proof.hashes)
        except ProofError as error:
            wrong = (*wrong, Wrong("growth-not-proved", str(error)))
    return Proved(trusted, wrong, old=proof.old)


def _checkpoint(data: bytes, policy: Policy) -> tuple[TrustedCheckpoint | None, tuple[Wrong, ...]]:
    try:
        trusted = open_checkpoint(data, policy)
    except Untrusted as error:
        return None, (Wrong(error.code, str(error)),)
    if not trusted.is_enough:
        what = f"too few known witnesses cosigned it: {len(trusted.cosigned)}"
        return trusted, (Wrong("no-quorum", what),)
    return trusted, ()


def _recorded(entry: bytes) -> tuple[str, str] | None:
    # Only for the sentence on the screen: the proof covers the bytes.
    try:
        document = canonical.check(entry)
        kind, moment = document["event"]["type"], document["recorded_at"]
    except (canonical.NotCanonical, KeyError, TypeError):
        return None
    is_plain = all(type(text) is str and re.fullmatch(r"[\w.:-]{1,64}", text, re.ASCII) for text in (kind, moment))
    return (kind, moment) if is_plain else None
