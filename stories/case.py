"""One engagement of the story: its kind, parties and plan, and the commands about it."""

from dataclasses import dataclass, field
from typing import Any

from stories.actors import Party
from stories.money import Purse
from stories.plan import Plan
from stories.reasons import LATE
from stories.rng import Rng
from stories.shared_state import SharedState, Signed
from stories.themes import Theme
from stories.timed_command import Thread, TimedCommand, working

AGREEMENT, KNOWLEDGE, MEMORANDUM = "partnership agreement", "knowledge partnership", "memorandum"
CONSULTANCY, OUTSOURCING = "consultancy", "outsourcing contract"
KINDS = (AGREEMENT, KNOWLEDGE, CONSULTANCY, OUTSOURCING, MEMORANDUM)
PAID = (CONSULTANCY, OUTSOURCING)
"""Kinds under which the organisation pays."""
LATELY = 6
"""The percentage of commands that are recorded months after the event."""


@dataclass(slots=True, eq=False)
class Case:
    """An engagement with its plan. It creates commands; the `floor` of the plan keeps them in a possible order."""

    ref: str
    kind: str
    theme: Theme
    work: int
    """Which of the theme's works it is about."""
    place: tuple[str, str]
    parties: list[tuple[Party, str]]
    purse: Purse
    plan: Plan
    rng: Rng
    shared: SharedState
    withheld: tuple[str, ...] = ()
    agreed: dict[str, int] = field(default_factory=dict)
    """The commitments at signature by payer, in minor units."""

    @property
    def unit(self) -> str:
        """The unit that is responsible."""
        return self.theme.unit

    @property
    def first(self) -> Party:
        """The party that is named first."""
        return self.parties[0][0]

    def mark_signed(self) -> None:
        """Make the signed engagement known to the rest of the story."""
        plan = self.plan
        self.shared.givers.update(self.agreed)
        self.shared.signed.append(Signed(self.ref, self.kind, self.unit, plan.signed, plan.over, self.kind in PAID))

    def works(self, nth: int) -> str:
        """Return the nth of its works, from 0; there are always more."""
        phase, number = divmod(nth, len(self.theme.works))
        work = self.theme.works[(self.work + number) % len(self.theme.works)]
        return f"{work}, phase {phase + 1}" if phase else work

    def clerk(self) -> str:
        """Return the id of a member of staff who records for the unit."""
        return f"staff/{self.unit.lower()}-{self.rng.between(1, 4)}"

    def say(
        self,
        thread: Thread,
        tag: str,
        on: int,
        *,
        reason: str | None = None,
        count: int = 1,
        since: int | None = None,
        leaf: bool = False,
        actor: str | None = None,
        **members: Any,
    ) -> TimedCommand:
        """Return a line: what happened on a day, recorded soon after, or now and then much later.

        Nothing depends on a `leaf`: what comes after it may be recorded before it.
        """
        on = working(on)
        since = on if since is None else working(since)
        late = self.rng.chance(LATELY)
        lag = self.rng.between(35, 200) if late else self.rng.below(6)
        known = working(max(since + lag, self.plan.floor(on), thread.known))
        if not leaf:
            thread.known = known
        if late and reason is None:
            reason = self.rng.pick(LATE)
        return TimedCommand(
            {"command": tag, "engagement": self.ref, **members}, on, since, known, actor or self.clerk(), reason, count
        )

    def unsay(self, thread: Thread, said: TimedCommand, reason: str) -> TimedCommand:
        """Return the line that voids another, some days after that was recorded."""
        known = working(max(said.known, thread.known) + self.rng.between(3, 40))
        thread.known = known
        return TimedCommand(
            {"command": "void", "positions": [], "reason": reason}, known, known, known, self.clerk(), undoes=said
        )
