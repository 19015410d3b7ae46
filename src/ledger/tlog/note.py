"""Signed notes (c2sp.org/signed-note): a text, an empty line, and one line per signature."""

from collections.abc import Iterable
from typing import NamedTuple

from ledger.tlog.encoding import decoded, encoded, is_plain
from ledger.tlog.keys import ID_BYTES, LOG, SigningKey, VerifierKey, is_name

DASH = "\u2014 "
MAX_BYTES = 1 << 16
"""Maximum length of a note, far above that of any checkpoint with its cosignatures."""
MAX_SIGNATURES = 100
"""Maximum number of signatures of a note: what the reader of Go (golang.org/x/mod/sumdb/note) takes."""


class BadNote(Exception):
    """A note is malformed, or one of its signatures does not verify."""


class Signature(NamedTuple):
    """A signature line of a note: the signer's name, the key's id, and the signature's bytes."""

    name: str
    id: bytes
    data: bytes

    def __str__(self) -> str:
        """Return the line, with its line feed."""
        return f"{DASH}{self.name} {encoded(self.id + self.data)}\n"

    def is_by(self, key: VerifierKey) -> bool:
        """Return whether the line names this key, by name and id."""
        return self.name == key.name and self.id == key.id

    @classmethod
    def parse(cls, line: str) -> "Signature":
        """Parse a line without its line feed. Raises BadNote."""
        fields = line.removeprefix(DASH).split(" ")
        if not line.startswith(DASH) or len(fields) != 2:
            raise BadNote("a line after the text is not a signature")
        data = decoded(fields[1])
        if not is_name(fields[0]) or data is None or len(data) <= ID_BYTES:
            raise BadNote("a signature is not in its form")
        return cls(fields[0], data[:ID_BYTES], data[ID_BYTES:])


class Note(NamedTuple):
    """A text, which ends in a line feed, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """Return the note as it is stored and sent."""
        return f"{self.text}\n{''.join(map(str, self.signatures))}"

    def __bytes__(self) -> bytes:
        """Return the note in UTF-8."""
        return str(self).encode()

    def with_signatures(self, more: Iterable[Signature]) -> "Note":
        """Return the note with further signatures; duplicate lines are dropped. Raises BadNote for too many."""
        signatures = tuple(dict.fromkeys((*self.signatures, *more)))
        _check_number(len(signatures))
        return self._replace(signatures=signatures)


def parse(data: bytes) -> Note:
    """Parse a note, without verifying its signatures. Raises BadNote."""
    if len(data) > MAX_BYTES:
        raise BadNote(f"it has {len(data)} bytes; the limit is {MAX_BYTES}")
    try:
        content = data.decode()
    except UnicodeDecodeError as error:
        raise BadNote("it is not UTF-8") from error
    if not is_plain(content):
        raise BadNote("it holds a control character")
    text, separator, lines = content.rpartition("\n\n")
    if not separator or not lines.endswith("\n"):
        raise BadNote("it lacks the empty line before its signatures, a signature, or its last line feed")
    _check_number(lines.count("\n"))
    return Note(text + "\n", tuple(Signature.parse(line) for line in lines[:-1].split("\n")))


def _check_number(signatures: int) -> None:
    if signatures > MAX_SIGNATURES:
        raise BadNote(f"it has {signatures} signatures; the limit is {MAX_SIGNATURES}")


def signed(text: str, *keys: SigningKey) -> Note:
    """Return a note of the text, signed by these keys. Raises BadNote for a text that no note can have."""
    if not text.endswith("\n") or not is_plain(text):
        raise BadNote("the text does not end in a line feed, or holds a control character")
    return Note(text, tuple(sign(text, key) for key in keys))


def sign(text: str, key: SigningKey) -> Signature:
    """Return the signature of a text."""
    return Signature(key.name, key.verifier(LOG).id, key.sign(text.encode()))


def signers(note: Note, keys: Iterable[VerifierKey]) -> tuple[VerifierKey, ...]:
    """Return the keys, of those given, that signed the note; signatures of other keys are ignored.

    Raises BadNote if a signature line names one of these keys and does not verify.
    """
    verified = []
    for key in keys:
        lines = [line for line in note.signatures if line.is_by(key)]
        if any(not key.verify(note.text.encode(), line.data) for line in lines):
            raise BadNote(f"the signature of {key.name} is not of this text")
        if lines:
            verified.append(key)
    return tuple(verified)
