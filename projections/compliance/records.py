"""What the projections hold of some engagements and of their parties, by day: the facts that rules are judged by."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from projections.compliance.answers import Answer
from projections.queries.asserted import batches
from projections.queries.bitemporal import Queries
from projections.tables import named as schema
from projections.tables.noted import Table, select


class Held(NamedTuple):
    """A value that holds from a day on, and the entry that records it."""

    on: str
    entry: int
    value: Any


NOTHING: tuple[()] = ()
NO_FACTS: Mapping[str, Sequence[Held]] = {}
MOST_KEPT = 1_000
"""The number of parties that are remembered from some engagements to the next."""
_MEASURE = list(schema.money.columns.keys()).index("measure")


def last_until(held: Sequence[Held], day: str) -> Held | None:
    """Return the last of what was recorded that is dated on or before a day; `held` is in order of the days."""
    item: Held
    for item in reversed(held):
        if item.on <= day:
            return item
    return None


def grouped(rows: Iterable[Any], column: int) -> dict[Any, list[Any]]:
    """Return rows by the value of a column, in their order."""
    groups: dict[Any, list[Any]] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return groups


def _history(queries: Queries) -> Sequence[tuple[str, str, str, int, str]]:
    """Return engagement, fact, day, entry and value of all that is asserted of engagements, by day."""
    table = schema.engagement_facts
    columns = (table.c.engagement, table.c.fact, table.c.effective_on, table.c.entry, table.c.value)
    asserted = select(*columns).where(queries.asserted(table))
    return queries.run(asserted.order_by(table.c.effective_on, table.c.entry, table.c.line)).plain()


class Batch:
    """The rows of at most AT_ONCE engagements, read table by table when they are asked for."""

    def __init__(self, queries: Queries, shared: "Shared") -> None:
        """Read by queries that are limited to the engagements."""
        self.queries = queries
        self.shared = shared
        self._tables: dict[str, dict[str, list[Any]]] = {}
        self._facts: dict[str, dict[str, list[Held]]] | None = None
        self._coverage: dict[str, dict[str, list[Any]]] = {}
        self._are_parties_read = False

    def rows(self, table: Table, ref: str) -> Sequence[Any]:
        """Return the rows of a table that are of an engagement, in order of their days."""
        by_engagement = self._tables.get(table.name)
        if by_engagement is None:
            place = list(table.columns.keys()).index("engagement")
            by_engagement = self._tables[table.name] = grouped(self.queries.rows(table), place)
        return by_engagement.get(ref, NOTHING)

    def facts(self, ref: str) -> Mapping[str, Sequence[Held]]:
        """Return what was recorded of each fact of an engagement, in order of the days."""
        if self._facts is None:
            self._facts = {}
            for engagement, fact, on, entry, value in _history(self.queries):
                self._facts.setdefault(engagement, {}).setdefault(fact, []).append(Held(on, entry, value))
        return self._facts.get(ref, NO_FACTS)

    def coverage(self, ref: str, facet: str) -> Sequence[Any]:
        """Return where documents disclosed a facet of an engagement, or its orders, by the day of publication."""
        by_engagement = self._coverage.get(facet)
        if by_engagement is None:
            by_engagement = self._coverage[facet] = {}
            for row in self.queries.coverage(facet):
                by_engagement.setdefault(row.engagement, []).append(row)
        return by_engagement.get(ref, NOTHING)

    def read_parties(self) -> None:
        """Read the parties of all these engagements at once, the first time that one of them is asked for."""
        if not self._are_parties_read:
            self._are_parties_read = True
            of_all = (self._facts or {}).values()
            named = {parties.value for facts in of_all for parties in facts.get("parties", NOTHING)}
            self.shared.forget_parties()
            self.shared.read_parties({party for text in named for party, _ in msgspec.json.decode(text)})

    def record(self, ref: str) -> "Record":
        """Return the record of an engagement."""
        return Record(self, ref)


class PartyRecord:
    """What is recorded of a third party, by day."""

    def __init__(self, ref: str) -> None:
        """Hold nothing yet."""
        self.ref = ref
        self.facts: dict[str, list[Held]] = {}
        self.checks: list[Any] = []
        self.flags: list[Any] = []

    def on(self, fact: str, day: str) -> Held | None:
        """Return the value of a fact of the party on a day."""
        return last_until(self.facts.get(fact, NOTHING), day)


class Shared:
    """What is read once for all engagements: parties as they are met, documents, settings, affiliations, rates."""

    def __init__(self, queries: Queries) -> None:
        """Read by queries of the whole ledger."""
        self.queries = queries
        self._parties: dict[str, PartyRecord] = {}
        self._documents: Mapping[str, Any] | None = None

    def read_parties(self, refs: Iterable[str]) -> None:
        """Read the parties that were not read before."""
        for batch in batches(sorted(set(refs) - self._parties.keys())):
            limited = self.queries.of_parties(batch)
            for ref in batch:
                self._parties[ref] = PartyRecord(ref)
            classes = schema.party_facts.c.fact.in_(("name", "type", "membership", "country"))
            for row in limited.rows(schema.party_facts, classes):
                held = Held(row.effective_on, row.entry, row.value)
                self._parties[row.party].facts.setdefault(row.fact, []).append(held)
            for row in limited.rows(schema.checks):
                self._parties[row.party].checks.append(row)
            for row in limited.rows(schema.flags):
                self._parties[row.party].flags.append(row)

    def forget_parties(self) -> None:
        """Forget parties that were met, if they are many: they are read again if they are met again."""
        if len(self._parties) > MOST_KEPT:
            self._parties.clear()

    def party(self, ref: str) -> PartyRecord:
        """Return the record of a party."""
        if ref not in self._parties:
            self.read_parties([ref])
        return self._parties[ref]

    def body_of(self, document: str) -> str:
        """Return the body to which a document was published."""
        if self._documents is None:
            self._documents = self.queries.disclosures()
        row = self._documents.get(document)
        return "" if row is None else str(row.body)


class Record:
    """What is recorded of one engagement, by day."""

    def __init__(self, batch: Batch, ref: str) -> None:
        """Take the rows of an engagement from its batch."""
        self.batch = batch
        self.ref = ref
        self._facts = batch.facts(ref)
        self._decoded: dict[str, Any] = {}
        self._movements: dict[str, list[Any]] | None = None
        self.sums: dict[str, Any] = {}
        """What a measure came to after each of its movements, once it was asked for."""
        self.answers: dict[Any, Answer] = {}
        """Answers that were found, by condition and case, for the next rule that asks the same."""

    @property
    def on(self) -> str:
        """The day of the as-of."""
        return self.batch.queries.as_of.on

    def held(self, fact: str) -> Sequence[Held]:
        """Return all that was recorded of a fact, in order of the days."""
        return self._facts.get(fact, NOTHING)

    def fact(self, name: str, day: str) -> Held | None:
        """Return the value of a fact on a day."""
        return last_until(self.held(name), day)

    def decoded(self, held: Held) -> Any:
        """Return a value that is stored as JSON: a list, an analysis, an assessment of materiality."""
        value = self._decoded.get(held.value)
        if value is None:
            value = self._decoded[held.value] = msgspec.json.decode(held.value)
        return value

    def rows(self, table: Table) -> Sequence[Any]:
        """Return the rows of a table that are of the engagement."""
        return self.batch.rows(table, self.ref)

    def movements(self, measure: str) -> Sequence[Any]:
        """Return the movements of a measure of money, in order of their days."""
        if self._movements is None:
            self._movements = grouped(self.rows(schema.money), _MEASURE)
        return self._movements.get(measure, NOTHING)

    def coverage(self, facet: str) -> Sequence[Any]:
        """Return where documents disclosed a facet of the engagement, or its service orders."""
        return self.batch.coverage(self.ref, facet)

    def withheld(self, day: str) -> tuple[frozenset[str], int]:
        """Return the facets that the source withholds on a day, and the entry that says so (0 if none does)."""
        held = self.fact("withheld", day)
        return (frozenset(), 0) if held is None else (frozenset(self.decoded(held)), held.entry)

    def parties(self, day: str) -> tuple[list[tuple[PartyRecord, str]], int]:
        """Return the parties with their roles on a day, and the entry that names them (0 if none does)."""
        held = self.fact("parties", day)
        if held is None:
            return [], 0
        self.batch.read_parties()
        return [(self.batch.shared.party(party), role) for party, role in self.decoded(held)], held.entry
