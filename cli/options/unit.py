"""`--unit`: selects engagements by the responsible unit of the organisation."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cli.output.tables import NOT_RECORDED
from ledger.domain.errors import USAGE, LedgerError, listed

if TYPE_CHECKING:
    from projections.queries.bitemporal import Queries

NO_UNIT = NOT_RECORDED
"""Shown as the unit of an engagement that has none."""


class UnknownUnit(LedgerError):
    """No engagement has this unit."""

    code = "unknown-unit"
    exit = USAGE

    def __init__(self, text: str, known: list[str]) -> None:
        """Refuse the unit `text`, since engagements have `known`."""
        hint = f"Units: {listed(known, 'and')}." if known else "Engagements name their unit with --unit."
        super().__init__(f"No engagement belongs to the unit '{text}'.", hint)


def is_of_unit(unit: str | None, wanted: Iterable[str]) -> bool:
    """Return whether the unit of an engagement is among those wanted, ignoring case; None matches NO_UNIT."""
    return (unit or NO_UNIT).casefold() in {name.casefold() for name in wanted}


def check_units(queries: "Queries", units: Iterable[str]) -> None:
    """Raise UnknownUnit unless every unit has an engagement."""
    wanted = list(units)
    if not wanted:
        return
    known = sorted({engagement.get("unit") or NO_UNIT for engagement in queries.engagements().values()})
    for unit in wanted:
        if not is_of_unit(unit, known):
            raise UnknownUnit(unit, known)
