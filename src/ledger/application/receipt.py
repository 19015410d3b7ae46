"""The receipt of a request: the positions of its entries, and the size and root of the log that includes them."""

from collections.abc import Sequence

import msgspec

from ledger.domain.kernel import Command
from ledger.format.entry import Entry


class Receipt(msgspec.Struct, frozen=True):
    """The receipt of a request: `count` entries from position `first`; none when there was nothing to do.

    `size` and `root` are those of the log when the last of these entries had been appended: anyone who keeps them
    can later check that the log they were part of was only appended to.
    """

    command: str
    first: int
    count: int
    size: int
    root: bytes
    repeated: bool = False
    dry_run: bool = False
    reference: str | None = None
    """The reference of what was recorded, of a command that numbers what has none."""
    is_numbered: bool = False
    """Whether the ledger gave the reference."""

    def settled(self, size: int, root: bytes) -> "Receipt":
        """Return the receipt with the size and root after the commit: other writers may have appended before."""
        if self.repeated or not self.count or size == self.size:
            return self
        return msgspec.structs.replace(self, first=size - self.count + 1, size=size, root=root)

    def of(self, commands: Sequence[Command], first: Entry) -> "Receipt":
        """Return the receipt with the reference in its first entry, if its one command gives references."""
        if len(commands) != 1 or not commands[0].numbered:
            return self
        (command,) = commands
        is_numbered = getattr(command, command.numbered) is None
        reference = command.reference(first.stream, first.event)
        return msgspec.structs.replace(self, reference=reference, is_numbered=is_numbered)

    @property
    def positions(self) -> str:
        """The positions in words: `17`, `17-19`, or `none`."""
        if not self.count:
            return "none"
        last = self.first + self.count - 1
        return str(self.first) if last == self.first else f"{self.first}-{last}"
