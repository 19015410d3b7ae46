"""Cosignatures of witnesses (c2sp.org/tlog-cosignature, `cosignature/v1`): up to a time, the log only grew."""

from collections.abc import Iterable
from typing import NamedTuple

from ledger.tlog.encoding import MAX_NUMBER
from ledger.tlog.keys import COSIGNER, SIGNATURE_BYTES, SigningKey, VerifierKey
from ledger.tlog.note import BadNote, Note, Signature

_TIME_BYTES = 8


class Cosignature(NamedTuple):
    """The witness's key, and the time of cosigning in seconds since 1970."""

    key: VerifierKey
    time: int


def cosign(text: str, key: SigningKey, time: int) -> Signature:
    """Return a witness's signature of a checkpoint's text at a time, in seconds since 1970."""
    signature = key.sign(_message(text, time))
    return Signature(key.name, key.verifier(COSIGNER).id, time.to_bytes(_TIME_BYTES, "big") + signature)


def cosigners(note: Note, keys: Iterable[VerifierKey]) -> tuple[Cosignature, ...]:
    """Return the cosignatures by these witnesses; of two by one witness, the earlier counts.

    Raises BadNote if a signature line names one of these keys and does not verify.
    """
    cosignatures = []
    for key in keys:
        times = [_time(note, key, line) for line in note.signatures if line.is_by(key)]
        if times:
            cosignatures.append(Cosignature(key, min(times)))
    return tuple(cosignatures)


def time_of(line: Signature) -> int:
    """Return the time that a cosignature states, in seconds since 1970; nothing is verified."""
    return int.from_bytes(line.data[:_TIME_BYTES], "big")


def _time(note: Note, key: VerifierKey, line: Signature) -> int:
    time = time_of(line)
    is_whole = len(line.data) == _TIME_BYTES + SIGNATURE_BYTES and time <= MAX_NUMBER
    if not is_whole or not key.verify(_message(note.text, time), line.data[_TIME_BYTES:]):
        raise BadNote(f"the cosignature of {key.name} is not of this checkpoint")
    return time


def _message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()
