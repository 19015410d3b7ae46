"""Names of parties: the name for a reference, and texts with the names next to the references in them."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ledger.domain.kernel import Event

if TYPE_CHECKING:
    from projections.history.changes import StateDifference


class PartyNames:
    """The names of parties at one as-of.

    `look_up` returns the name for a reference, or None if the party has no name. It is called once for each party.
    """

    def __init__(self, look_up: Callable[[str], str | None]) -> None:
        """Look names up with `look_up`."""
        self._look_up = look_up
        self._names: dict[str, str] = {}

    def __call__(self, ref: str) -> str:
        """Return the name of a party, or its reference if it has no name."""
        name = self._names.get(ref)
        if name is None:
            name = self._names[ref] = self._look_up(ref) or ref
        return name

    def add_to(self, text: str, refs: Iterable[str], *, keep_refs: bool = True) -> str:
        """Return a text with the name of each party behind its reference, or in place of it."""
        names = {ref: name for ref in refs if ref in text and (name := self(ref)) != ref}
        if not names:
            return text
        # The longest first, and all in one pass: a name that is inserted may contain a reference itself.
        longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        whole = re.compile(rf"(?<![\w-])(?:{longest_first})(?![\w-])")
        return whole.sub(lambda match: f"{match[0]} {names[match[0]]}" if keep_refs else names[match[0]], text)

    def add_to_difference(
        self, difference: "StateDifference", refs: Iterable[str], *, keep_refs: bool = True
    ) -> "StateDifference":
        """Return a difference with the names of parties where its label or values contain references."""
        known = list(refs)
        if difference.label_has_parties:
            difference = difference._replace(what=self.add_to(difference.what, known, keep_refs=keep_refs))
        if difference.value_has_parties:
            texts = difference.before, difference.after
            before, after = (self.add_to(text, known, keep_refs=keep_refs) for text in texts)
            difference = difference._replace(before=before, after=after)
        return difference


def mentioned_parties(events: Iterable[Event]) -> set[str]:
    """Return the references of the parties that events mention."""
    return {
        target.removeprefix("party/") for event in events for target in event.mentions() if target.startswith("party/")
    }
