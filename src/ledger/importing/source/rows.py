"""Rows as they were read: what each kind has in common, and the parties that rows name."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from ledger.domain.fields import Identifier
from ledger.format.name_keys import name_key


class Mention(NamedTuple):
    """A party as a row names it: `classes` are what cells say of it, `assumed` what empty ones mean if it is new.

    `reference` is the one that the register gives it, and `aliases` are its other names, where rows are of parties.
    """

    name: str
    identifiers: tuple[Identifier, ...]
    classes: dict[str, str]
    assumed: dict[str, str]
    reference: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def identifier_texts(self) -> list[str]:
        """The identifiers as parties are found by them."""
        return [f"{one.scheme}={one.id}" for one in self.identifiers]

    def __str__(self) -> str:
        said = [*self.identifier_texts, *{**self.assumed, **self.classes}.values()]
        return f"{self.name} ({', '.join(said)})" if said else self.name

    @property
    def key(self) -> str:
        """What tells it from other parties: its reference, else its first identifier, else its name."""
        return name_key(self.reference or next(iter(self.identifier_texts), self.name))


class RegisterRow(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What every row has: its place in the file, what tells it from others, its day (empty if it has none), why.

    `reference` is empty where the register gives none, and one is made for it.
    """

    number: int
    line: int
    reference: str
    on: str = ""
    parties: tuple[Mention, ...] = ()
    reason: str | None = None

    def display_values(self) -> dict[str, Any]:
        """Return what the row gives, by field, for a person to look at."""
        raise NotImplementedError

    def coded_values(self) -> Iterable[tuple[str, str, str]]:
        """Return what must be of a list in force: the setting, the field of the row and its value."""
        return ()
