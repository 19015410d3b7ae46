"""Rows against the code lists in force, cell by cell, before anything is made of what they say."""

from ledger.domain.codes import check_codes
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import World
from ledger.domain.party import NO_MEMBERSHIP
from ledger.importing.row_errors import At
from ledger.importing.rows import Row

LISTS = ("list.kinds", "list.roles", "list.regions", "list.priorities", "list.party-types", "list.memberships")


class CodeLists:
    """The lists that a ledger has in force for what rows give."""

    def __init__(self, world: World) -> None:
        """Look which lists there are; where there is not `any`, all is accepted."""
        self._world = world
        self.any = any(world.setting(name) for name in LISTS)

    def check(self, row: Row) -> None:
        """Raise At for the first cell whose value a list in force does not hold."""
        if not self.any:
            return
        for setting, field, value in row.coded():
            if (setting, value) == ("list.memberships", NO_MEMBERSHIP):
                continue
            try:
                check_codes(self._world, setting, [value])
            except LedgerError as error:
                raise At(error, field, value) from error
