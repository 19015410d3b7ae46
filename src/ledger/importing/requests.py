"""The commands and requests that rows become. One row is one request, whose id names profile, file and row."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ledger.application.request import Request, tidy_envelope
from ledger.application.transaction import UnitOfWork
from ledger.domain.engagement.lifecycle_commands import AmendEngagement, SignEngagement
from ledger.domain.engagement.oversight.analysis import AssessMateriality
from ledger.domain.engagement.oversight.outcomes import RecordOutcome
from ledger.domain.engagement.particulars import NONE
from ledger.domain.fields import Pledge
from ledger.domain.kernel import Command
from ledger.domain.money import from_minor
from ledger.format.entry import Source
from ledger.importing.changes.diff import EngagementDiff, EngagementInRow
from ledger.importing.changes.register_state import Pot
from ledger.importing.source.rows import RegisterRow

AS_STATED = "as stated in the source"
"""Why an engagement is material, where a register says no more than that it is."""


class Options(NamedTuple):
    """How to take a file in. `effective_on` dates amendments, today if None; `correct` makes corrections of changes.

    `effective_on` is also the date of the source, where rows have no date of their own.
    """

    actor: str
    reason: str | None = None
    effective_on: str | None = None
    correct: bool = False


class Origin(NamedTuple):
    """Where rows come from: the name of the profile, and the SHA-256 of the file in hexadecimal."""

    profile: str
    sha256: str

    @property
    def mark(self) -> str:
        """What the ids of all requests by this profile begin with."""
        return f"import:{self.profile}:"


def request(
    unit: UnitOfWork,
    origin: Origin,
    row: RegisterRow,
    options: Options,
    commands: Iterable[Command],
    on: str | None,
    part: str,
) -> Request:
    """Return what `row` asks, effective `on`, tidy. Its id is free: `part` tells several requests of one row apart.

    The same row of the same file is taken in again when another file said otherwise in between; it is numbered then.
    """
    base = f"{origin.mark}{origin.sha256[:32]}:{row.number}{part}"
    again, free = 1, base
    while unit.store.recorded(free) is not None:
        again += 1
        free = f"{base}:{again}"
    asked = Request(
        commands=tuple(commands),
        actor=options.actor,
        effective_on=on,
        reason=_reason(options.reason, row.reason),
        source=Source(origin.sha256, row.number),
        id=free,
    )
    return tidy_envelope(asked)


def _reason(given: str | None, of_row: str | None) -> str | None:
    """Return why an entry is recorded: what the import was given, and what the row says."""
    return "\n".join(filter(None, [given, of_row])) or None


def signing(saying: EngagementInRow) -> list[Command]:
    """Return the commands that sign an engagement as a row has it; a commitment of zero is none."""
    sign = SignEngagement(
        engagement=saying.reference,
        contributions=tuple(_pledge(pot, total) for pot, total in saying.totals.items() if total),
        undated=saying.signed_on is None,
        **{name: value for name, value in saying.values.items() if value != ()},
    )
    return [sign, *_beside(saying.reference, saying.outcomes, saying.answers)]


def amending(reference: str, found: EngagementDiff) -> list[Command]:
    """Return the commands that make a difference; commitments of parties that leave are ended before they leave."""
    values = {name: value for name, value in found.values.items() if value is not None}
    if values.get("withheld") == ():
        values["withheld"] = (NONE,)
    ended = tuple(_pledge(pot, total) for pot, total in found.totals.items() if total == 0)
    going_on = tuple(_pledge(pot, total) for pot, total in found.totals.items() if total)
    commands: list[Command] = [AmendEngagement(engagement=reference, contributions=ended)] if ended else []
    if values or going_on:
        commands.append(AmendEngagement(engagement=reference, contributions=going_on, **values))
    return [*commands, *_beside(reference, found.outcomes, found.answers)]


def _beside(reference: str, outcomes: Iterable[str], answers: Mapping[str, str]) -> list[Command]:
    """Return the commands for what a register says beside particulars and money."""
    commands: list[Command] = [RecordOutcome(engagement=reference, summary=summary) for summary in outcomes]
    if answers:
        financial, strategic = answers.get("financial"), answers.get("strategic")
        commands.append(
            AssessMateriality(engagement=reference, why=AS_STATED, financial=financial, strategic=strategic)
        )
    return commands


def _pledge(pot: Pot, total: int) -> Pledge:
    payer, currency = pot
    return Pledge(payer, from_minor(currency, total))
