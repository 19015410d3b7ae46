"""Check that the entries cited for a figure reproduce it.

The check folds the cited entries with `Fold` of verify_ledger.py (its step 15). It is the only place where the product
relies on that program's computation.
"""

import json
from typing import Any

from ledger.application.ledger import Ledger
from projections.proof.verify_ledger import Entries, Fold, are_ranges, values_of


class ProvenanceCheck:
    """Folds some of the entries of a log as of a report, and compares the result with a stated figure."""

    def __init__(self, ledger: Ledger, defined: dict[str, Any], stated: dict[str, Any]) -> None:
        """Use the definitions, and the content of figures.json (`stated`)."""
        self.ledger, self.defined, self.stated = ledger, defined, stated
        self._named_values: dict[str, Any] | None = None

    def is_reproduced(self, pointer: str, stated: dict[str, Any], *, is_ranked: bool) -> bool:
        """Return whether the entries cited for the figure at a pointer reproduce its value and unit.

        The cited entries alone may put a figure of a ranking at another place: with `is_ranked`, any place counts.
        """
        if not are_ranges(stated["entries"], self.stated["as_of"]["known_at"]):
            return False
        places = [at for first, last in stated["entries"] for at in range(first, last + 1)]
        if not places:
            return True
        figures = self._fold(places).figures(self.defined["figures"], self.named_values())
        value = stated["value"], stated["unit"]
        return value == figures.get(pointer) or (is_ranked and value in figures.values())

    def named_values(self) -> dict[str, Any]:
        """Return the values that definitions use by name: parameters, as-of and settings."""
        if self._named_values is None:
            whole = self._fold(range(1, self.stated["as_of"]["known_at"] + 1))
            self._named_values = values_of(whole, self.defined, self.stated, self.ledger.origin)
        return self._named_values

    def _fold(self, positions: Any) -> Fold:
        entries: Entries = [(at, json.loads(self.ledger.store.entry(at) or b"")) for at in positions]
        as_of = self.stated["as_of"]
        return Fold(entries, self.defined["reads"], as_of["on"], as_of["known_at"])
