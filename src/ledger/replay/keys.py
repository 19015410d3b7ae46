"""Step 17: keys that entries name are keys of this ledger, and both keys signed each change from one to the other."""

from ledger.domain.kernel import Event
from ledger.domain.organisation.settings import LedgerOpened
from ledger.domain.organisation.signing_keys import KeyAdded, KeyRotated
from ledger.keys.rotation import key_fault, rotation_fault


class KeyCheck:
    """What has to be known of the ledger to judge its keys: its name."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.origin = ""

    def fault(self, event: Event) -> str | None:
        """Return what is wrong with what an event says of keys, or None."""
        match event:
            case LedgerOpened():
                self.origin = event.origin
            case KeyAdded():
                return key_fault(self.origin, event.vkey)
            case KeyRotated():
                return rotation_fault(self.origin, event.old, event.new, event.statement)
        return None
