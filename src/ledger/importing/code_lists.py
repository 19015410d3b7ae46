"""Rows against the code lists in force, cell by cell, before anything is made of what they say."""

from collections.abc import Iterator

from ledger.domain.codes import check_codes
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import World
from ledger.domain.party import NO_MEMBERSHIP
from ledger.importing.mapping import Row
from ledger.importing.profile import SHARES
from ledger.importing.row_errors import At

LISTS = ("list.kinds", "list.regions", "list.priorities", "list.party-types", "list.memberships")


class CodeLists:
    """The lists that a ledger has in force for what rows give."""

    def __init__(self, world: World) -> None:
        """Look which lists there are."""
        self._world = world
        self._any = any(world.setting(name) for name in LISTS)

    def check(self, row: Row) -> None:
        """Raise At for the first cell whose value a list in force does not hold."""
        if not self._any:
            return
        for setting, field, value in _coded(row):
            try:
                check_codes(self._world, setting, [value])
            except LedgerError as error:
                raise At(error, field, value) from error


def _coded(row: Row) -> Iterator[tuple[str, str, str]]:
    yield "list.kinds", "kind", row.values["kind"]
    for field, ours in SHARES.items():
        for share in row.values.get(ours, ()):
            yield f"list.{ours}", field, share.code
    for mention in row.parties:
        said = {**mention.assumed, **mention.classes}
        if "party_types" in said:
            yield "list.party-types", "party_types", said["party_types"]
        if said.get("memberships", NO_MEMBERSHIP) != NO_MEMBERSHIP:
            yield "list.memberships", "memberships", said["memberships"]
