"""What the entries that a figure names give by themselves, as the program beside a report folds them (its step 13)."""

import json
from typing import Any

from ledger.application.ledger import Ledger
from projections.proof.verify_ledger import Entries, Fold


class ProvenanceCheck:
    """The entries of a log, to be folded in part, as of a report."""

    def __init__(self, ledger: Ledger, defined: dict[str, Any], stated: dict[str, Any]) -> None:
        """Take the definitions, and what the file of the figures states."""
        self.ledger, self.defined, self.stated = ledger, defined, stated
        self._named_values: dict[str, Any] | None = None

    def is_reproduced(self, pointer: str, stated: dict[str, Any], *, is_ranked: bool) -> bool:
        """Return whether the entries that a figure names give it; the place of a rank is given by the others, too."""
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
        """Return what the definitions know by name: parameters, as-of and settings."""
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
