"""Check that the entries cited for a figure reproduce it.

The check folds the cited entries with `Fold` of verify_ledger.py, the program in the report's folder (its step 13). It
is the only place where the product relies on that program's computation.
"""

import json
from typing import Any

from ledger.application.ledger import Ledger
from projections.proof.verify_ledger import Entries, Fold


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
        positions = [at for first, last in stated["entries"] for at in range(first, last + 1)]
        places = sorted({*positions})
        if not places:
            return not stated["entries"]
        if len(places) < len(positions) or places[0] < 1 or places[-1] > self.stated["as_of"]["known_at"]:
            return False
        figures = self._fold(places).figures(self.defined["figures"], self.named_values())
        value = stated["value"], stated["unit"]
        return value == figures.get(pointer) or (is_ranked and value in figures.values())

    def named_values(self) -> dict[str, Any]:
        """Return the values that definitions use by name: parameters, as-of and settings."""
        if self._named_values is None:
            as_of, settings = self.stated["as_of"], self._fold(range(1, self.stated["as_of"]["known_at"] + 1)).settings
            self._named_values = {**self.stated["parameters"], **as_of, **settings}
            self._named_values |= {"money": settings["reporting"].lower(), "origin": self.ledger.origin}
            self._named_values |= {name: settings.get(name, given) for name, given in self.defined["settings"].items()}
        return self._named_values

    def _fold(self, positions: Any) -> Fold:
        entries: Entries = [(at, json.loads(self.ledger.store.entry(at) or b"")) for at in positions]
        as_of = self.stated["as_of"]
        return Fold(entries, self.defined["reads"], as_of["on"], as_of["known_at"])
