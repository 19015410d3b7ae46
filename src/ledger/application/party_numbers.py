"""References that the ledger gives to parties: `P` and the next number, in five digits, and in more after P99999."""

from collections.abc import Callable, Container
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.stores.log_store import LogStore  # loads the event store, which completion does without

BEGINNING = "party/P"
DIGITS = 5
LAST = 10**DIGITS - 1
"""The last number in five digits."""


class PartyNumbers:
    """The next free references of one unit of work."""

    def __init__(self, store: "LogStore", is_taken: Callable[[str], bool]) -> None:
        """Look numbers up in `store`; `is_taken` says of a stream whether the unit has entries of it."""
        self._store = store
        self._is_taken = is_taken
        self._last = 0

    def next(self, after: int = 0, used: Container[str] = ()) -> str:
        """Return the next free reference, with a number beyond `after`, and not in `used`.

        It follows the greatest number of five digits, so that gaps are not filled. The store is asked once, and beyond
        P99999 once more for each number that only the unit has taken.
        """
        # A rehearsal appends nothing, so that its parties are not found in the store.
        if self._last > after and self._is_taken(f"party/{_reference(self._last)}"):
            after = self._last
        number = self._store.last_number(BEGINNING, DIGITS, after)
        while (ref := _reference(number + 1)) in used or self._is_taken(f"party/{ref}"):
            number += 1
            if number >= LAST:
                number = self._store.last_number(BEGINNING, DIGITS, number)
        self._last = number
        return ref


def _reference(number: int) -> str:
    return f"P{number:0{DIGITS}}"
