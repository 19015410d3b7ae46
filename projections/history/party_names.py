"""Names of parties for their references, where the words for what is known of an engagement or party hold those."""

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from ledger.domain.kernel import Event

if TYPE_CHECKING:
    from projections.history.changes import StateDifference

Naming = Callable[[str], str]
"""Returns the name of a party, or its reference where it has none."""

LABELS = ("committed by ", "received by ", "refunded by ", "in kind ", "belongs together with ")
"""How labels begin that hold a reference."""
VALUES = ("parties", "conflict of interest ")
"""How labels begin whose values hold references; so do those that end in `vendor`."""


def mentioned(events: Iterable[Event]) -> set[str]:
    """Return the references of the parties that events mention."""
    return {
        target.removeprefix("party/") for event in events for target in event.mentions() if target.startswith("party/")
    }


def told(text: str, refs: Iterable[str], name: Naming, *, beside: bool = True) -> str:
    """Return a text with the name of each of the parties beside its reference, or in its place."""
    named = {ref: name(ref) for ref in refs if ref in text}
    named = {ref: found for ref, found in named.items() if found != ref}
    if not named:
        return text
    # The longest first, all at once: a name that is put in may hold a reference itself.
    longest = "|".join(map(re.escape, sorted(named, key=len, reverse=True)))
    whole = re.compile(rf"(?<![\w-])(?:{longest})(?![\w-])")
    return whole.sub(lambda found: f"{found[0]} {named[found[0]]}" if beside else named[found[0]], text)


def name_parties(
    one: "StateDifference", refs: Iterable[str], name: Naming, *, beside: bool = True
) -> "StateDifference":
    """Return a difference with the names of parties where it holds their references, and nowhere else."""
    known = list(refs)
    what, before, after = one
    if what.startswith(LABELS):
        what = told(what, known, name, beside=beside)
    if what.startswith(VALUES) or what.endswith(" vendor"):
        before, after = (told(text, known, name, beside=beside) for text in (before, after))
    return one._replace(what=what, before=before, after=after)
