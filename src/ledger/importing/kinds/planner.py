"""What a row asks of the ledger, whatever its kind: a step, and what planning one needs."""

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
from ledger.importing.profile.model import Profile
from ledger.importing.requests import Options, Origin, request
from ledger.importing.result import FieldChange, Notice, Tally
from ledger.importing.row_errors import At, NotYet
from ledger.importing.source.rows import RegisterRow

CORRECTED = "corrected by the register"
"""The reason of voids, if the import was given none."""

R = TypeVar("R", bound=RegisterRow)


@dataclass(slots=True)
class RowPlan:
    """What one row asks: `outcome` becomes of it, the requests, the parties that they register, and words."""

    outcome: str
    requests: list[Request] = field(default_factory=list)
    registered: list[NewParty] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    reclassified: int = 0
    accepted: int = 0

    @property
    def tally(self) -> Tally:
        """What is counted of the row."""
        return Tally(self.outcome, len(self.registered), self.reclassified, self.accepted)


class Planner(Generic[R]):
    """Plans the rows of one file, one after the other, each on what the rows before it left."""

    one_row_per_engagement: ClassVar[bool] = False
    """Whether a row writes to an engagement that no other row of the file writes to."""

    def __init__(self, profile: Profile, sha256: str, options: Options, parties: PartyResolver) -> None:
        """Plan for the file with this digest."""
        self.profile = profile
        self.origin = Origin(profile.name, sha256)
        self.options = options
        self.parties = parties

    @property
    def unit(self) -> UnitOfWork:
        """The transaction in which rows are planned."""
        return self.parties.unit

    def plan(self, row: R) -> RowPlan:
        """Return what a row asks. Raises At, and whatever refuses it."""
        raise NotImplementedError

    def entries(self, stream: str) -> list[Entry]:
        """Return what is recorded in a stream."""
        return [read(data) for _, data in self.unit.store.stream(stream)]

    def check_not_ahead(self, day: str, field: str) -> None:
        """Raise At unless what a row tells of has happened; somewhere it is tomorrow already."""
        if day > day_after(self.unit.today):
            raise At(NotYet(field, day, self.unit.today), field, day)

    def request(self, row: R, commands: Iterable[Command], on: str | None, part: str = "") -> Request:
        """Return the request that a row makes; `part` tells several of one row apart."""
        return request(self.unit, self.origin, row, self.options, commands, on, part)

    def voids(self, stream: str, versions: Sequence[int]) -> Iterator[Command]:
        """Yield the command that takes these versions of a stream back, if there are any."""
        if versions:
            positions = tuple(self.unit.ledger.position(stream, version) for version in versions)
            yield VoidEntries(positions=positions, reason=self.options.reason or CORRECTED)
