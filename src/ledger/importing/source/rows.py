"""The base class of all rows of registers, and the parties that rows mention."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from ledger.domain.fields import Identifier
from ledger.format.name_keys import name_key


class Mention(NamedTuple):
    """A party as a row mentions it. `classes` are stated by cells; `assumed` are the defaults for a new party.

    Rows of parties also give the `reference` in the register and `aliases`.
    """

    name: str
    identifiers: tuple[Identifier, ...]
    classes: dict[str, str]
    assumed: dict[str, str]
    reference: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def identifier_texts(self) -> list[str]:
        """The identifiers as texts, by which parties are found."""
        return [f"{identifier.scheme}={identifier.id}" for identifier in self.identifiers]

    def __str__(self) -> str:
        details = [*self.identifier_texts, *{**self.assumed, **self.classes}.values()]
        return f"{self.name} ({', '.join(details)})" if details else self.name

    @property
    def key(self) -> str:
        """The key that identifies the party: its reference, else its first identifier, else its name."""
        return name_key(self.reference or next(iter(self.identifier_texts), self.name))


class RegisterRow(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A row of a register: its number and line in the file, its reference, its day (empty if none), and its reason.

    If the register gives no `reference`, it is empty until `read` generates one.
    """

    number: int
    line: int
    reference: str
    on: str = ""
    parties: tuple[Mention, ...] = ()
    reason: str | None = None

    def display_values(self) -> dict[str, Any]:
        """Return the values of the row, by field, for display."""
        raise NotImplementedError

    def coded_values(self) -> Iterable[tuple[str, str, str]]:
        """Return the values that a code list may restrict: the setting with the list, the field, and its value."""
        return ()
