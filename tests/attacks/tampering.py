"""Ways to tamper with a ledger, from which attacks are composed. Triggers are dropped while they run."""

from collections.abc import Callable
from typing import Any

from tests.attacks.forger import Expected, Forger

Attack = Callable[[Forger], object]
Attacks = dict[str, tuple[Attack, Expected]]
"""Attacks by name, each with the exact list of its findings."""

TREE: Expected = [("frontier-differs", None), ("root-differs", None)]
"""The findings on a changed tree, besides those on the change itself."""


def bytes_changed(position: int, old: bytes, new: bytes) -> Attack:
    """Change bytes of an entry, with the leaf hash but not the tree."""
    return lambda forger: forger.write(position, forger.data(position).replace(old, new))


def members_changed(position: int, **members: object) -> Attack:
    """Change members of an entry, with its columns and all hashes; None removes a member."""
    return mended(lambda forger: forger.change(position, **members))


def rewritten(position: int, old: bytes, new: bytes) -> Attack:
    """Change bytes of an entry, with all hashes."""
    return mended(bytes_changed(position, old, new))


def mended(attack: Attack) -> Attack:
    """Compute all hashes again after an attack."""

    def both(forger: Forger) -> None:
        attack(forger)
        forger.mend_tree()

    return both


def sql(*statements: str) -> Attack:
    """Run statements."""
    return lambda forger: forger.sql(*statements)


def all_of(*attacks: Attack) -> Attack:
    """Run several attacks in order."""

    def in_order(forger: Forger) -> None:
        for attack in attacks:
            attack(forger)

    return in_order


def appended(**members: Any) -> Attack:
    """Append an entry with all hashes; members not given are those of the last entry."""
    return lambda forger: forger.append(**members)
