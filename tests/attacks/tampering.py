"""The ways to tamper with a ledger, from which attacks are made. Triggers are gone when they are used."""

from collections.abc import Callable
from typing import Any

from tests.attacks.forger import Forger, Found

Attack = Callable[[Forger], object]
Attacks = dict[str, tuple[Attack, Found]]
"""What is done to the file, by its name, and what is found of it: all of it, and nothing else."""

TREE: Found = [("frontier-differs", None), ("root-differs", None)]
"""What a changed tree shows of itself, besides what was changed in it."""


def bytes_changed(position: int, old: bytes, new: bytes) -> Attack:
    """Change bytes of an entry, with the leaf hash but not the tree."""
    return lambda forger: forger.write(position, forger.data(position).replace(old, new))


def members_changed(position: int, **members: object) -> Attack:
    """Change members of an entry, with its columns and all hashes; None takes a member out."""
    return mended(lambda forger: forger.change(position, **members))


def rewritten(position: int, old: bytes, new: bytes) -> Attack:
    """Change bytes of an entry, with all hashes."""
    return mended(bytes_changed(position, old, new))


def mended(attack: Attack) -> Attack:
    """Make all hashes fit what an attack left."""

    def both(forger: Forger) -> None:
        attack(forger)
        forger.mend_tree()

    return both


def sql(*statements: str) -> Attack:
    """Run statements."""
    return lambda forger: forger.sql(*statements)


def all_of(*attacks: Attack) -> Attack:
    """Do one after the other."""

    def one_after_the_other(forger: Forger) -> None:
        for attack in attacks:
            attack(forger)

    return one_after_the_other


def appended(**members: Any) -> Attack:
    """Append an entry with all hashes; what is not given is that of the last entry."""
    return lambda forger: forger.append(**members)
