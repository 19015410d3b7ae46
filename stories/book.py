"""What the tellers of a story share: the stage, the parties that are registered, the engagements that were signed."""

from dataclasses import dataclass, field
from typing import NamedTuple

from stories.cast import Party, invent
from stories.dice import Dice
from stories.stage import Stage


class Signed(NamedTuple):
    """An engagement that was signed, as far as disclosures need to know it. Days are ordinals."""

    ref: str
    kind: str
    unit: str
    signed: int
    over: int
    with_orders: bool


@dataclass(slots=True)
class Book:
    """What is known in the story so far."""

    seed: int
    stage: Stage
    parties: dict[str, list[Party]] = field(default_factory=dict)
    everybody: list[Party] = field(default_factory=list)
    signed: list[Signed] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    givers: set[str] = field(default_factory=set)
    """The parties that have committed something."""
    kin: dict[str, list[str]] = field(default_factory=dict)
    """Who belongs together with whom, as far as it is recorded."""

    def newcomer(self, kind: str, dice: Dice) -> Party:
        """Return a party that nobody knows yet, to be registered."""
        return invent(self.stage.next_number("party"), kind, dice, self.names)

    def admit(self, party: Party) -> None:
        """Know a party that is registered."""
        self.parties.setdefault(party.type, []).append(party)
        self.everybody.append(party)

    def relate(self, one: str, other: str) -> None:
        """Know that two parties belong together."""
        self.kin.setdefault(one, []).append(other)
        self.kin.setdefault(other, []).append(one)

    def giver(self, party: str) -> str | None:
        """Return who gives: the party itself, or one that it belongs together with; None if neither does."""
        return next((one for one in (party, *self.kin.get(party, ())) if one in self.givers), None)
