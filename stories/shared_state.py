"""The state that all activities of a story share: the scheduler, the registered parties, the signed engagements."""

from dataclasses import dataclass, field
from typing import NamedTuple

from stories.actors import Party, invent
from stories.rng import Rng
from stories.scheduler import Scheduler


class Signed(NamedTuple):
    """An engagement that was signed, as far as disclosures need to know it. Days are ordinals."""

    ref: str
    kind: str
    unit: str
    signed: int
    over: int
    with_orders: bool


@dataclass(slots=True)
class SharedState:
    """The state of the story so far."""

    seed: int
    scheduler: Scheduler
    parties: dict[str, list[Party]] = field(default_factory=dict)
    everybody: list[Party] = field(default_factory=list)
    signed: list[Signed] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    givers: set[str] = field(default_factory=set)
    """The parties with commitments."""
    kin: dict[str, list[str]] = field(default_factory=dict)
    """The recorded affiliations of each party."""

    def newcomer(self, kind: str, rng: Rng) -> Party:
        """Return a new party to be registered."""
        return invent(self.scheduler.next_number("party"), kind, rng, self.names)

    def admit(self, party: Party) -> None:
        """Add a registered party."""
        self.parties.setdefault(party.type, []).append(party)
        self.everybody.append(party)

    def relate(self, first: str, second: str) -> None:
        """Note that two parties are affiliated."""
        self.kin.setdefault(first, []).append(second)
        self.kin.setdefault(second, []).append(first)

    def giver(self, party: str) -> str | None:
        """Return the contributor: the party itself, or one affiliated with it; None if neither contributes."""
        return next((ref for ref in (party, *self.kin.get(party, ())) if ref in self.givers), None)
