"""Projections in memory, of a whole log or of its first entries."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, StaticPool, create_engine, event, update

from ledger.application.ledger import Ledger
from projections.runner.follow import Follower, create_tables
from projections.tables.schema import tracking
from tests.projections.places import MakePlace, in_file


@pytest.fixture
def projected() -> Iterator[Callable[..., Engine]]:
    """Return a function that projects the entries of a log up to a position into tables in memory."""
    engines: list[Engine] = []

    def project(ledger: Ledger, last: int | None = None) -> Engine:
        engine = create_engine("sqlite://", poolclass=StaticPool)
        event.listen(engine, "connect", lambda connection, _: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        engines.append(engine)
        with engine.begin() as db:
            create_tables(db)
            follower = Follower(ledger, db)
            for position, data in list(ledger.store.entries(1, last)):
                follower.apply(position, data)
            follower.flush()
            db.execute(update(tracking).values(position=ledger.store.head().size if last is None else last))
        return engine

    yield project
    for engine in engines:
        engine.dispose()


@pytest.fixture
def file_place() -> MakePlace:
    """Return a factory of places in a file."""
    return in_file
