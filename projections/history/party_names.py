"""Names of parties: the name for a reference, and texts with the names next to the references in them."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ledger.domain.kernel import Event
    from projections.history.changes import StateDifference


KEPT = 20_000
"""How many names are kept; then they are looked up again, so that a list of any length needs no more memory."""
_START = re.compile(r"(?<![\w-])(?:[\w-]+|[^\w-])")
"""A place where a reference may begin, with the word that begins there, or the sign."""
_WITHIN = re.compile(r"[\w-]")
"""What a reference that ends before it is only a part of."""


class References(Protocol):
    """References of parties that are looked for in texts."""

    def at(self, text: str, start: int, head: str) -> Iterator[str]:
        """Yield the references that stand in `text` at `start`, the longest first; they begin with `head`."""


class KnownReferences:
    """A set of references, by the words with which they begin: each text is read once, however many there are."""

    def __init__(self, refs: Iterable[str]) -> None:
        """Sort `refs`."""
        self._refs = {ref for ref in refs if ref}
        lengths: dict[str, set[int]] = {}
        for ref in self._refs:
            lengths.setdefault(_START.match(ref)[0], set()).add(len(ref))  # type: ignore[index]  # it matches any text
        self._lengths = {head: sorted(of_head, reverse=True) for head, of_head in lengths.items()}

    def at(self, text: str, start: int, head: str) -> Iterator[str]:
        """Yield those that stand in `text` at `start`."""
        for length in self._lengths.get(head, ()):
            if (ref := text[start : start + length]) in self._refs and not _WITHIN.match(text, start + length):
                yield ref


class PartyNames:
    """The names of parties at one as-of.

    `look_up` returns the name for a reference, or None if the party has no name. Names that it returned are kept, up to
    KEPT of them.
    """

    def __init__(self, look_up: Callable[[str], str | None]) -> None:
        """Look names up with `look_up`."""
        self._look_up = look_up
        self._names: dict[str, str] = {}

    def __call__(self, ref: str) -> str:
        """Return the name of a party, or its reference if it has no name."""
        name = self._names.get(ref)
        if name is None:
            if len(self._names) >= KEPT:
                self._names.clear()
            name = self._names[ref] = self._look_up(ref) or ref
        return name

    def add_to(self, text: str, refs: References | Iterable[str], *, keep_refs: bool = True) -> str:
        """Return a text with the name of each party behind its reference, or in place of it.

        A reference counts where it stands as whole words; of several at one place the longest that has a name.
        """
        known = _references(refs)
        parts, end = [], 0
        for place in _START.finditer(text):
            # A name that was inserted may contain a reference itself: only what the text has is looked at.
            if place.start() < end:
                continue
            for ref in known.at(text, place.start(), place[0]):
                if (name := self(ref)) != ref:
                    parts += [text[end : place.start()], f"{ref} {name}" if keep_refs else name]
                    end = place.start() + len(ref)
                    break
        return "".join([*parts, text[end:]]) if parts else text

    def add_to_difference(
        self, difference: "StateDifference", refs: References | Iterable[str], *, keep_refs: bool = True
    ) -> "StateDifference":
        """Return a difference with the names of parties where its label or values contain references."""
        if not (difference.label_has_parties or difference.value_has_parties):
            return difference
        known = _references(refs)
        if difference.label_has_parties:
            difference = difference._replace(what=self.add_to(difference.what, known, keep_refs=keep_refs))
        if difference.value_has_parties:
            texts = difference.before, difference.after
            before, after = (self.add_to(text, known, keep_refs=keep_refs) for text in texts)
            difference = difference._replace(before=before, after=after)
        return difference


def _references(refs: References | Iterable[str]) -> References:
    return KnownReferences(refs) if isinstance(refs, Iterable) else refs


def mentioned_parties(events: "Iterable[Event]") -> set[str]:
    """Return the references of the parties that events mention."""
    return {
        target.removeprefix("party/") for event in events for target in event.mentions() if target.startswith("party/")
    }
