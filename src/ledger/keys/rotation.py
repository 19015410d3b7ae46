"""Key rotation: a statement signed by both the old and the new key, as a signed note."""

from ledger.tlog.keys import LOG, BadKey, SigningKey, VerifierKey
from ledger.tlog.note import BadNote, Note, parse, signed, signers


def key_fault(origin: str, text: str) -> str | None:
    """Return why a text is not a key that can sign checkpoints of the log `origin`, or None."""
    try:
        key = VerifierKey.parse(text)
    except BadKey as error:
        return str(error)
    if key.kind != LOG:
        return f"the key of {key.name} is a witness's"
    return None if key.name == origin else f"it is called {key.name}, and the ledger {origin}"


def statement_of(origin: str, old: str, new: str) -> str:
    """Return the text that both keys sign. It cannot be a checkpoint, whose second line is a number."""
    return f"{origin}\nkey rotation\n{old}\n{new}\n"


def sign_rotation(old: SigningKey, new: SigningKey) -> Note:
    """Return the statement that `new` replaces `old`, signed by both."""
    return signed(statement_of(old.name, str(old.verifier()), str(new.verifier())), old, new)


def rotation_fault(origin: str, old: str, new: str, statement: str) -> str | None:
    """Return why a statement does not prove that both keys signed the rotation, or None."""
    try:
        keys = [VerifierKey.parse(old), VerifierKey.parse(new)]
        # The text of an entry omits the final line feed.
        note = parse(f"{statement}\n".encode())
        verified = signers(note, keys)
    except (BadKey, BadNote) as error:
        return str(error)
    if note.text != statement_of(origin, old, new):
        return "the statement is about something else"
    missing = [key.id.hex() for key in keys if key not in verified]
    return f"the key {' and '.join(missing)} did not sign it" if missing else None
