"""What is recorded, as one transaction of recording sees it."""

from typing import TYPE_CHECKING, Any, Protocol

from ledger.attachments import Attachments
from ledger.domain.kernel import Fact, State
from ledger.entry import Entry
from ledger.receipt import Receipt

if TYPE_CHECKING:
    from ledger.stores.contract import LogStore


class Kept(Protocol):
    """What is recorded, as a unit reads it and adds to it: the open ledger (ledger.application.Ledger)."""

    store: "LogStore"
    attachments: Attachments | None
    mapper: Any
    by_last: bool

    def entry(self, position: int) -> Entry:
        """Return the entry at a position that the log has."""

    def position(self, stream: str, version: int) -> int:
        """Return the position of a version that the stream has."""

    def facts(self, stream: str) -> list[Fact]:
        """Return the facts of a stream in order."""

    def fold(self, stream: str) -> tuple[State, int]:
        """Return the state of a stream and its last version."""

    def receipt(self, command: str, first: int, count: int, *, repeated: bool = False) -> Receipt:
        """Return the receipt of entries that stand in the log."""

    def save(self, *objs: Any) -> Any:
        """Append entries within the transaction."""
