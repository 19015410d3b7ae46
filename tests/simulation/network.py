"""A ledger on a simulated server: the same log, and a network between it and the client that loses what is said.

The server keeps the contract of a store on a server (ledger.stores.postgres.store): a transaction whose connection is
lost before the commit is rolled back (ConnectionLost), and where the answer to a commit is lost and nobody answers when
the client asks again, it says that the outcome is unknown.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ledger.stores.errors import ConnectionLost, NoServer, OutcomeUnknown
from ledger.stores.log_writer import OptimisticConflict
from ledger.stores.sqlite.store import SQLiteStore
from tests.simulation.scheduler import Process, Scheduler


class NetworkStore(SQLiteStore):
    """A store that is reached through a network."""

    def __init__(self, url: str, process: Process, scheduler: Scheduler) -> None:
        """Connect. Raises NoServer, and what opening the log raises."""
        self._process, self._scheduler = process, scheduler
        self._asked: list[str] = []
        if self._is_lost():
            raise NoServer(url, "no answer")
        super().__init__(url)

    def _is_lost(self) -> bool:
        """Return whether what is said now is lost; it takes a moment in any case."""
        self._scheduler.step(self._process)
        self._scheduler.wait(self._process, self._process.chance.expovariate(500))
        return self._process.chance.random() < self._process.faults.losing

    @contextmanager
    def writing(self, *, optimistic: bool = False) -> Iterator[None]:
        """Hold the lock for one transaction, as far as the network lets it."""
        if self._is_lost():
            raise ConnectionLost(self.url)
        self._asked.clear()
        is_asked = False
        try:
            with super().writing():
                yield
                if optimistic and self._is_lost():
                    raise OptimisticConflict
                if self._is_lost():
                    raise ConnectionLost(self.url)
                # From here on the commit is under way, whatever the client hears.
                is_asked = True
        except OSError as error:
            raise ConnectionLost(self.url) from error
        if is_asked and self._asked and self._is_lost():
            raise OutcomeUnknown(self.url, self._asked[-1], "nobody answers")

    def remember(self, command: str, digest: bytes, first: int, count: int) -> None:
        """Record a command."""
        self._asked.append(command)
        super().remember(command, digest, first, count)

    def remember_all(self, commands: Iterable[tuple[str, bytes, int, int]]) -> None:
        """Record several commands."""
        kept = list(commands)
        self._asked += [command[0] for command in kept]
        super().remember_all(kept)
