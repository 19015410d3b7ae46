"""Build the commands and requests of a row. Each row is one request, whose id names profile, file and row."""

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
from ledger.importing.changes.register_state import PayerCurrency
from ledger.importing.source.rows import RegisterRow

AS_STATED = "as stated in the source"
"""The reason of a materiality assessment: a register states the answers only."""


class Options(NamedTuple):
    """Options of an import. Amendments are effective on `effective_on`, or today if it is None.

    `effective_on` is also the date of the source, for rows that have no date of their own. With `correct`, changed
    rows become corrections instead of amendments.
    """

    actor: str
    reason: str | None = None
    effective_on: str | None = None
    correct: bool = False


class Origin(NamedTuple):
    """The origin of rows: the name of the profile, and the SHA-256 of the file in hexadecimal."""

    profile: str
    sha256: str

    @property
    def mark(self) -> str:
        """The prefix of the ids of all requests by this profile."""
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
    """Return the request for `row`, effective `on`, with a tidy envelope and an unused id.

    `part` distinguishes several requests of one row. A row that is imported again, after another file changed it in
    between, gets a number at the end of its id.
    """
    base = f"{origin.mark}{origin.sha256[:32]}:{row.number}{part}"
    count, request_id = 1, base
    while unit.store.recorded(request_id) is not None:
        count += 1
        request_id = f"{base}:{count}"
    untidy = Request(
        commands=tuple(commands),
        actor=options.actor,
        effective_on=on,
        reason=_reason(options.reason, row.reason),
        source=Source(origin.sha256, row.number),
        id=request_id,
    )
    return tidy_envelope(untidy)


def _reason(given: str | None, of_row: str | None) -> str | None:
    """Return the reason of an entry: the reason of the import, and the reason in the row, one a line."""
    return "\n".join(filter(None, [given, of_row])) or None


def signing_commands(in_row: EngagementInRow) -> list[Command]:
    """Return the commands that sign an engagement as the row states it, without commitments of zero."""
    sign = SignEngagement(
        engagement=in_row.reference,
        contributions=tuple(_pledge(key, total) for key, total in in_row.totals.items() if total),
        undated=in_row.signed_on is None,
        **{name: value for name, value in in_row.values.items() if value != ()},
    )
    return [sign, *_outcome_commands(in_row.reference, in_row.outcomes, in_row.answers)]


def amending_commands(reference: str, diff: EngagementDiff) -> list[Command]:
    """Return the commands that apply a diff. Commitments of leaving parties end before the parties leave."""
    values = {name: value for name, value in diff.values.items() if value is not None}
    if values.get("withheld") == ():
        values["withheld"] = (NONE,)
    ended = tuple(_pledge(key, total) for key, total in diff.totals.items() if total == 0)
    continued = tuple(_pledge(key, total) for key, total in diff.totals.items() if total)
    commands: list[Command] = [AmendEngagement(engagement=reference, contributions=ended)] if ended else []
    if values or continued:
        commands.append(AmendEngagement(engagement=reference, contributions=continued, **values))
    return [*commands, *_outcome_commands(reference, diff.outcomes, diff.answers)]


def _outcome_commands(reference: str, outcomes: Iterable[str], answers: Mapping[str, str]) -> list[Command]:
    """Return the commands that record outcomes and the materiality assessment."""
    commands: list[Command] = [RecordOutcome(engagement=reference, summary=summary) for summary in outcomes]
    if answers:
        financial, strategic = answers.get("financial"), answers.get("strategic")
        commands.append(
            AssessMateriality(engagement=reference, why=AS_STATED, financial=financial, strategic=strategic)
        )
    return commands


def _pledge(key: PayerCurrency, total: int) -> Pledge:
    payer, currency = key
    return Pledge(payer, from_minor(currency, total))
