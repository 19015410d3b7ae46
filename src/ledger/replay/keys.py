"""Step 17: keys in entries belong to this ledger, and each rotation is signed by the old and the new key."""

from ledger.domain.kernel import Event
from ledger.domain.organisation.settings import LedgerOpened
from ledger.domain.organisation.signing_keys import KeyAdded, KeyRotated
from ledger.keys.rotation import key_fault, rotation_fault


class KeyCheck:
    """Checks the keys that events name; it needs only the ledger's origin, from the opening event."""

    def __init__(self) -> None:
        """Start without an origin."""
        self.origin = ""

    def fault(self, event: Event) -> str | None:
        """Return what is wrong with the keys in an event, or None."""
        match event:
            case LedgerOpened():
                self.origin = event.origin
            case KeyAdded():
                return key_fault(self.origin, event.vkey)
            case KeyRotated():
                return rotation_fault(self.origin, event.old, event.new, event.statement)
        return None
