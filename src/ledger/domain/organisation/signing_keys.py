"""The keys that sign checkpoints: added, rotated, retired and revoked.

The domain contains no cryptography: `DecisionContext` checks whether a text is a key and whether both keys signed a
rotation.
"""

from collections.abc import Iterator
from typing import Annotated

from ledger.domain.errors import USAGE, LedgerError, listed
from ledger.domain.fields import LongText, about
from ledger.domain.kernel import DecisionContext, Event, Fact
from ledger.domain.organisation.settings import LedgerCommand, LedgerSettings

ACTIVE, RETIRED, REVOKED = "active", "retired", "revoked"
WHOLE = "what a key signed stays valid, and so does its record"


class BadLogKey(LedgerError):
    """A text is not the verifier key of this ledger."""

    code = "bad-key"
    exit = USAGE

    def __init__(self, why: str) -> None:
        """Refuse a key because `why`."""
        super().__init__(f"This is not a key of this ledger: {why}.", "'ledger key show' prints the keys in use.")


class UnknownKey(LedgerError):
    """The log has no such key."""

    code = "unknown-key"

    def __init__(self, key: str, known: list[str]) -> None:
        """Refuse `key`, where `known` are known."""
        there = f"It has {listed(known, 'and')}." if known else "It has none: 'ledger key new' makes one."
        super().__init__(f"The log has no key '{key}'.", there)


class KeyNotActive(LedgerError):
    """The key is no longer active, or the ledger has it already."""

    code = "key-not-active"

    def __init__(self, key: str, status: str) -> None:
        """Refuse what only an active key can do, since `key` is `status`."""
        super().__init__(f"The key {key} is {status}.", "'ledger key show' prints the keys and their status.")


class NotSignedByBoth(LedgerError):
    """A key rotation is not signed by both the old and the new key."""

    code = "rotation-not-signed"

    def __init__(self, why: str) -> None:
        """Refuse a change of keys because `why`."""
        super().__init__(f"The key rotation is not valid: {why}.", "'ledger key rotate' signs with both.")


def short(key: str) -> str:
    """Return the id of a verifier key `NAME+ID+KEY`."""
    return key.split("+", 2)[1] if key.count("+") > 1 else key


class _KeyEvent(Event, frozen=True):
    """A change in the status of a key; it cannot be voided."""

    unvoidable = WHOLE
    corrected_by = "It cannot be: record what happened to the key since."


class KeyAdded(_KeyEvent, tag="key.added", frozen=True):
    """A key signs checkpoints of this ledger from now on: the first, or an additional one."""

    vkey: str

    def validate(self, state: LedgerSettings, fact: Fact) -> None:
        """Check that the key is new. Raises KeyNotActive."""
        _check_new(state, self.vkey)

    def evolve(self, state: LedgerSettings, fact: Fact) -> None:
        """Add the key as active."""
        state.keys[self.vkey] = ACTIVE


class KeyRotated(_KeyEvent, tag="key.rotated", frozen=True):
    """A new key replaces an old one; both signed a statement that says so, as a signed note."""

    old: str
    new: str
    statement: str

    def validate(self, state: LedgerSettings, fact: Fact) -> None:
        """Check that the old key is active and the new one is new. Raises UnknownKey, KeyNotActive."""
        _check_active(state, self.old)
        _check_new(state, self.new)

    def evolve(self, state: LedgerSettings, fact: Fact) -> None:
        """Retire the old key and add the new one as active."""
        state.keys |= {self.old: RETIRED, self.new: ACTIVE}


class KeyRetired(_KeyEvent, tag="key.retired", frozen=True):
    """A key was retired: it no longer signs; what it signed stays valid."""

    vkey: str

    def validate(self, state: LedgerSettings, fact: Fact) -> None:
        """Check that the key is active. Raises UnknownKey, KeyNotActive."""
        _check_active(state, self.vkey)

    def evolve(self, state: LedgerSettings, fact: Fact) -> None:
        """Retire the key."""
        state.keys[self.vkey] = RETIRED


class KeyRevoked(_KeyEvent, tag="key.revoked", frozen=True):
    """A key was revoked, because someone else may have it: what it signs from now on is not the ledger's."""

    vkey: str

    def validate(self, state: LedgerSettings, fact: Fact) -> None:
        """Check that the key is known and not revoked. Raises UnknownKey, KeyNotActive."""
        if state.keys.get(self.vkey) in (None, REVOKED):
            _check_active(state, self.vkey)

    def evolve(self, state: LedgerSettings, fact: Fact) -> None:
        """Revoke the key."""
        state.keys[self.vkey] = REVOKED


def _check_new(state: LedgerSettings, key: str) -> None:
    if key in state.keys:
        raise KeyNotActive(short(key), f"known already, and {state.keys[key]}")


def _check_active(state: LedgerSettings, key: str) -> None:
    if key not in state.keys:
        raise UnknownKey(short(key), [short(stored_key) for stored_key in state.keys])
    if state.keys[key] != ACTIVE:
        raise KeyNotActive(short(key), state.keys[key])


def _known(state: LedgerSettings, key: str) -> str:
    # A key is named whole, or by its id.
    return next((stored_key for stored_key in state.keys if key in (stored_key, short(stored_key))), key)


def _check_key(context: DecisionContext, key: str) -> None:
    if fault := context.key_fault(key):
        raise BadLogKey(fault)


class AddKey(LedgerCommand, tag="key add", frozen=True):
    """Let a key sign checkpoints of this ledger."""

    vkey: Annotated[str, about("the verifier key, NAME+ID+KEY", argument=True)]

    def decide(self, state: LedgerSettings, context: DecisionContext) -> Iterator[Event]:
        """Yield the new key. Raises BadLogKey."""
        _check_key(context, self.vkey)
        yield KeyAdded(vkey=self.vkey)


class RotateKey(LedgerCommand, tag="key rotate", frozen=True):
    """Let a new key take the place of an old one, with the statement that both signed."""

    old: Annotated[str, about("the present key", argument=True)]
    new: Annotated[str, about("the new key", argument=True)]
    statement: Annotated[LongText, about("the statement of the rotation, a note signed by both keys")]

    def decide(self, state: LedgerSettings, context: DecisionContext) -> Iterator[Event]:
        """Yield the rotation. Raises BadLogKey, and NotSignedByBoth unless both keys signed the statement."""
        _check_key(context, self.new)
        if fault := context.rotation_fault(self.old, self.new, self.statement):
            raise NotSignedByBoth(fault)
        yield KeyRotated(old=self.old, new=self.new, statement=self.statement)


class RetireKey(LedgerCommand, tag="key retire", frozen=True):
    """Let a key sign no more."""

    vkey: Annotated[str, about("the key, or its id", argument=True)]

    def decide(self, state: LedgerSettings, context: DecisionContext) -> Iterator[Event]:
        """Yield the retirement."""
        yield KeyRetired(vkey=_known(state, self.vkey))


class RevokeKey(LedgerCommand, tag="key revoke", frozen=True):
    """Say that a key may be in other hands."""

    vkey: Annotated[str, about("the key, or its id", argument=True)]

    def decide(self, state: LedgerSettings, context: DecisionContext) -> Iterator[Event]:
        """Yield the revocation."""
        yield KeyRevoked(vkey=_known(state, self.vkey))
