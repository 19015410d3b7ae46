"""Rows of parties that were merged: they are written as rows of the party that stays.

The party that stays keeps its name and classes. The names of the merged one are aliases, and all else counts for the
party that stays, as if one record had been kept from the beginning. Follower writes the rows again where that changes.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Table

from ledger.domain.fields import Role
from ledger.domain.party.merging import PartyMerged, survivor
from ledger.domain.party.party import CLASSES
from ledger.format.entry import Entry
from projections.projectors.engagements import value_text
from projections.projectors.oversight import parties_text
from projections.projectors.registry import Assertion, projects, rows_of
from projections.tables.schema import (
    PLACED,
    affiliations,
    checks,
    conflicts,
    engagement_facts,
    flags,
    gifts,
    merges,
    money,
    of_merged,
    order_facts,
    party_facts,
)

Row = tuple[Any, ...]
Resolve = Callable[[str], str]
"""Returns the party as which a party counts."""

NAMED = {money: ("party",), gifts: ("party",), checks: ("party",), flags: ("party",), affiliations: ("party", "other")}
"""Tables with the columns that name a party."""


@projects(PartyMerged)
def _merged(event: PartyMerged, party: str) -> Iterator[Assertion]:
    yield Assertion(merges, {"party": party, "into": event.into})


class Merges:
    """The merges that count at a position of the log."""

    def __init__(self, into: Mapping[str, str]) -> None:
        """Start with merged parties, each with the party that it was merged into."""
        self.into = dict(into)

    def __bool__(self) -> bool:
        return bool(self.into)

    def survivor(self, party: str) -> str:
        """Return the party as which a party counts."""
        return survivor(party, self.into.get)

    def rows_of(self, entry: Entry, position: int, known_from: int) -> Iterator[tuple[Table, Row]]:
        """Yield the rows that an entry asserts, of the parties that stay; and a row for each merged party it names."""
        rows, named = list(rows_of(entry, position, known_from)), dict[str, None]()
        for table, row in rows:
            for resolved in self._resolved(table, row, named):
                yield table, resolved
        for line, party in enumerate(named, len(rows)):
            yield of_merged, (position, line, known_from, None, rows[0][1][PLACED.index("effective_on")], party)

    def _resolved(self, table: Table, row: Row, named: dict[str, None]) -> Iterator[Row]:
        """Yield the row, of the party that stays, if it has one; note the merged parties in `named`."""

        def resolve(party: str) -> str:
            stays = self.survivor(party)
            if stays != party:
                named[party] = None
            return stays

        at = _columns(table)
        if table in NAMED:
            places = [at[name] for name in NAMED[table]]
            values = [resolve(row[place]) for place in places]
            if len(set(values)) == len(values):  # nobody is affiliated with itself
                yield _replaced(row, dict(zip(places, values, strict=True)))
        elif table is party_facts and (stays := resolve(row[at["party"]])) != row[at["party"]]:
            if row[at["fact"]] not in CLASSES:
                fact = "alias" if row[at["fact"]] == "name" else row[at["fact"]]
                yield _replaced(row, {at["party"]: stays, at["fact"]: fact})
        elif table is order_facts and row[at["fact"]] == "vendor":
            yield _replaced(row, {at["value"]: resolve(row[at["value"]])})
        elif table is engagement_facts and row[at["fact"]] == "parties":
            roles = tuple(dict.fromkeys(Role(resolve(party), role) for party, role in json.loads(row[at["value"]])))
            yield _replaced(row, {at["value"]: value_text(roles)})
        elif table is conflicts:
            parties = row[at["parties"]]
            between = dict.fromkeys(map(resolve, json.loads(parties or "[]")))
            yield _replaced(row, {at["parties"]: parties and parties_text(between)})
        else:
            yield row


def _replaced(row: Row, values: Mapping[int, Any]) -> Row:
    return tuple(values.get(place, value) for place, value in enumerate(row))


@cache
def _columns(table: Table) -> dict[str, int]:
    return {name: place for place, name in enumerate(table.columns.keys())}
