"""What proves a change of keys: a statement that the old and the new key both signed, as a signed note."""

from ledger.tlog.keys import LOG, BadKey, SigningKey, VerifierKey
from ledger.tlog.note import BadNote, Note, parse, signed, signers


def key_fault(origin: str, text: str) -> str | None:
    """Return why a text is not a key that may sign checkpoints of the log `origin`, or None."""
    try:
        key = VerifierKey.parse(text)
    except BadKey as error:
        return str(error)
    if key.kind != LOG:
        return f"the key of {key.name} is a witness's"
    return None if key.name == origin else f"it is called {key.name}, and the ledger {origin}"


def statement_of(origin: str, old: str, new: str) -> str:
    """Return the text that both keys sign; it is no text of a checkpoint, whose second line is a number."""
    return f"{origin}\nkey rotation\n{old}\n{new}\n"


def sign_rotation(old: SigningKey, new: SigningKey) -> Note:
    """Return the statement that `new` takes the place of `old`, signed by both."""
    return signed(statement_of(old.name, str(old.verifier()), str(new.verifier())), old, new)


def rotation_fault(origin: str, old: str, new: str, statement: str) -> str | None:
    """Return why a statement does not prove that both keys signed the change from one to the other, or None."""
    try:
        keys = [VerifierKey.parse(old), VerifierKey.parse(new)]
        # As a text of an entry it has no line feed at its end.
        note = parse(f"{statement}\n".encode())
        found = signers(note, keys)
    except (BadKey, BadNote) as error:
        return str(error)
    if note.text != statement_of(origin, old, new):
        return "the statement is about something else"
    missing = [key.id.hex() for key in keys if key not in found]
    return f"the key {' and '.join(missing)} did not sign it" if missing else None
