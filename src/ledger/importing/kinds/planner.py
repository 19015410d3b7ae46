"""The plan of a row: its outcome and requests; and the base class of the planners."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Generic, TypeVar

from ledger.application.request import Request
from ledger.application.transaction import UnitOfWork
from ledger.domain.dates import day_after
from ledger.domain.kernel import Command
from ledger.domain.voiding import VoidEntries
from ledger.format.entry import Entry, read
from ledger.importing.changes.party_resolver import NewParty, PartyResolver
from ledger.importing.kinds.row_marks import MarkedFacts
from ledger.importing.profile.model import Profile
from ledger.importing.requests import Options, Origin, request
from ledger.importing.result import FieldChange, Notice, Tally
from ledger.importing.row_errors import At, NotYet
from ledger.importing.source.rows import RegisterRow

CORRECTED = "corrected by the register"
"""The default reason of voids."""

R = TypeVar("R", bound=RegisterRow)


@dataclass(slots=True)
class RowPlan:
    """The plan of one row: its `outcome`, one of `ROW_OUTCOMES`, and the requests that lead to it.

    `registered` are the parties that the requests register.
    """

    outcome: str
    requests: list[Request] = field(default_factory=list)
    registered: list[NewParty] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    reclassified: int = 0
    accepted: int = 0

    @property
    def tally(self) -> Tally:
        """The counts of the row."""
        return Tally(self.outcome, len(self.registered), self.reclassified, self.accepted)


class Planner(Generic[R]):
    """Plans the rows of one file in order. Each row is planned on the state that the rows before it leave."""

    one_row_per_engagement: ClassVar[bool] = False
    """Whether each row writes to an engagement of its own."""

    def __init__(self, profile: Profile, sha256: str, options: Options, parties: PartyResolver) -> None:
        """Plan for the file with this digest."""
        self.profile = profile
        self.origin = Origin(profile.name, sha256)
        self.options = options
        self.parties = parties
        self.marked = MarkedFacts()
        """What rows recorded earlier that has no reference of its own."""

    @property
    def unit(self) -> UnitOfWork:
        """The unit of work in which rows are planned."""
        return self.parties.unit

    def plan(self, row: R) -> RowPlan:
        """Return the plan of a row. Raises At, and the LedgerError that refuses it."""
        raise NotImplementedError

    def entries(self, stream: str) -> list[Entry]:
        """Return the recorded entries of a stream."""
        return [read(data) for _, data in self.unit.store.stream(stream)]

    def check_not_ahead(self, day: str, field: str) -> None:
        """Raise At if a day of the row is in the future. Tomorrow is allowed: in some time zones it has begun."""
        if day > day_after(self.unit.today):
            raise At(NotYet(field, day, self.unit.today), field, day)

    def request(self, row: R, commands: Iterable[Command], on: str | None, part: str = "") -> Request:
        """Return a request of a row; `part` distinguishes several requests of one row."""
        return request(self.unit, self.origin, row, self.options, commands, on, part)

    def voids(self, stream: str, versions: Sequence[int]) -> Iterator[Command]:
        """Yield the command that voids these versions of a stream; nothing if there are none."""
        if versions:
            positions = tuple(self.unit.ledger.position(stream, version) for version in versions)
            yield VoidEntries(positions=positions, reason=self.options.reason or CORRECTED)
