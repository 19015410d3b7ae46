"""One engagement of the story: what it is, with whom, and how lines about it are told."""

from dataclasses import dataclass, field
from typing import Any

from stories.book import Book, Signed
from stories.cast import Party
from stories.dice import Dice
from stories.line import Line, Thread, working
from stories.money import Purse
from stories.plan import Plan
from stories.reasons import LATE
from stories.themes import Theme

AGREEMENT, KNOWLEDGE, MEMORANDUM = "partnership agreement", "knowledge partnership", "memorandum"
CONSULTANCY, OUTSOURCING = "consultancy", "outsourcing contract"
KINDS = (AGREEMENT, KNOWLEDGE, CONSULTANCY, OUTSOURCING, MEMORANDUM)
PAID = (CONSULTANCY, OUTSOURCING)
"""Kinds under which the organisation pays."""
LATELY = 6
"""How many lines of a hundred are recorded months after what they tell."""


@dataclass(slots=True, eq=False)
class Case:
    """An engagement with its plan. Lines are said in it; the plan's `floor` keeps them in an order that is possible."""

    ref: str
    kind: str
    theme: Theme
    work: int
    """Which of the theme's works it is about."""
    place: tuple[str, str]
    parties: list[tuple[Party, str]]
    purse: Purse
    plan: Plan
    dice: Dice
    book: Book
    withheld: tuple[str, ...] = ()
    agreed: dict[str, int] = field(default_factory=dict)
    """Who commits how much at signature, in minor units."""

    @property
    def unit(self) -> str:
        """The unit that is responsible."""
        return self.theme.unit

    @property
    def first(self) -> Party:
        """The party that is named first."""
        return self.parties[0][0]

    def stands(self) -> None:
        """Let it be known as signed."""
        plan = self.plan
        self.book.givers.update(self.agreed)
        self.book.signed.append(Signed(self.ref, self.kind, self.unit, plan.signed, plan.over, self.kind in PAID))

    def works(self, nth: int) -> str:
        """Return the nth of its works, from 0; there are always more."""
        phase, number = divmod(nth, len(self.theme.works))
        work = self.theme.works[(self.work + number) % len(self.theme.works)]
        return f"{work}, phase {phase + 1}" if phase else work

    def clerk(self) -> str:
        """Return the staff id of one who records for the unit."""
        return f"staff/{self.unit.lower()}-{self.dice.between(1, 4)}"

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
    ) -> Line:
        """Return a line: what happened on a day, recorded soon after, or now and then much later.

        Nothing depends on a `leaf`: what comes after it may be recorded before it.
        """
        on = working(on)
        since = on if since is None else working(since)
        late = self.dice.chance(LATELY)
        lag = self.dice.between(35, 200) if late else self.dice.below(6)
        known = working(max(since + lag, self.plan.floor(on), thread.known))
        if not leaf:
            thread.known = known
        if late and reason is None:
            reason = self.dice.pick(LATE)
        return Line(
            {"command": tag, "engagement": self.ref, **members}, on, since, known, actor or self.clerk(), reason, count
        )

    def unsay(self, thread: Thread, said: Line, reason: str) -> Line:
        """Return the line that voids another, some days after that was recorded."""
        known = working(max(said.known, thread.known) + self.dice.between(3, 40))
        thread.known = known
        return Line(
            {"command": "void", "positions": [], "reason": reason}, known, known, known, self.clerk(), undoes=said
        )
