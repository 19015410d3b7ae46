"""Reports that are built from some entries alone: the projections keep only their rows."""

from collections.abc import Iterable
from itertools import pairwise

from sqlalchemy import Connection, Engine, Table, delete, select, update

from ledger.application.ledger import Ledger
from projections.history.journal import Journal
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.figures import Figure, walk
from projections.reports.model import Report
from projections.reports.registry import REPORTS, Parameters
from projections.tables.schema import ASSERTIONS, NEVER, settings
from projections.tables.supersede import SUBJECTS, update_intervals


def keep(db: Connection, entries: list[int]) -> None:
    """Keep only the rows of these entries, as if the log had no others but settings; a transaction takes it back."""
    for table in ASSERTIONS:
        if table is not settings:
            db.execute(delete(table).where(table.c.entry.not_in(entries)))
    touched: dict[Table, set[str]] = {}
    for table, columns, *_ in SUBJECTS:
        _join(db, table)
        db.execute(update(table).values(superseded_on=NEVER, superseded_at=0))
        touched[table] = set(db.execute(select(table.c[columns[0]])).scalars())
    update_intervals(db, touched)


def _join(db: Connection, table: Table) -> None:
    """Join rows that were split where a row superseded them."""
    key = [table.c.entry, table.c.line, table.c.known_from, table.c.known_to]
    rows = db.execute(select(*key).order_by(*key[:3])).all()
    begins: dict[tuple[int, int, int], int] = {}
    for row, later in pairwise(rows):
        if row[:2] == later[:2] and row.known_to == later.known_from:
            first = begins.pop(row[:3], row.known_from)
            begins[later[:3]] = first
            db.execute(delete(table).where(*(column == value for column, value in zip(key, row[:3], strict=False))))
    for (entry, line, known_from), first in begins.items():
        same = (table.c.entry == entry, table.c.line == line, table.c.known_from == known_from)
        db.execute(update(table).where(*same).values(known_from=first))


class Tables:
    """The projections of a ledger, from which a report is built as of a day: from all entries, or from some alone."""

    def __init__(self, ledger: Ledger, engine: Engine, on: str, name: str, parameters: Parameters) -> None:
        """Build the report `name` with `parameters`."""
        self.ledger, self.engine = ledger, engine
        self.as_of = BitemporalPoint(on, ledger.store.head().size)
        self.name, self.parameters = name, parameters

    def report(self, entries: Iterable[int] | None = None) -> Report:
        """Return the report; settings, which it prints at its head, are in force also where only `entries` are kept."""
        with self.engine.connect() as db:
            if entries is not None:
                keep(db, sorted(entries))
            queries = Queries(db, self.as_of)
            journal = Journal(self.ledger, self.as_of.known_at)
            report = REPORTS[self.name].build(queries, journal, "root", self.parameters)
            db.rollback()
        return report

    def figures(self, entries: Iterable[int] | None = None) -> dict[str, Figure]:
        """Return the figures of the report by pointer."""
        return dict(walk(self.report(entries).figures))

    def unfounded(self, *members: str, also: Iterable[int] = ()) -> list[tuple[str, object, object]]:
        """Return the figures of these members that their entries alone do not give: pointer, value, and what is given.

        A figure without entries is nought, and nothing else. The entries `also` are kept for all.
        """
        wrong: list[tuple[str, object, object]] = []
        for pointer, figure in self.figures().items():
            if pointer.split("/")[1] in members:
                alone = self.figures({*figure.entries, *also}).get(pointer) if figure.entries else None
                given = alone.plain if alone is not None else 0
                if given != figure.plain:
                    wrong.append((pointer, figure.plain, given))
        return wrong
