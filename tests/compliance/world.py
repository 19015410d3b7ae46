"""A ledger in which a test records commands, and the verdicts on its engagements."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.domain.organisation.settings import OpenLedger
from projections.compliance.verdicts import Court, Verdict
from projections.compliance.versions import Versions
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.runner.follow import catch_up
from projections.runner.place import engine_at

FILES = Path(__file__).parents[2] / "demo" / "data" / "guidelines"
"""Guidelines made from public texts; their sources stand in them."""
HEAD = """language = 1
[guidelines]
set = "{name}"
symbol = "{symbol}"
title = "A version for a test"
adopted_by = "Council"
adopted_on = {adopted}
in_force_on = {binds}
"""


def text_of(name: str) -> str:
    """Return the text of one of the files of guidelines."""
    return (FILES / f"{name}.toml").read_text("utf-8").rstrip("\n")


def guidelines(
    rules: str,
    *,
    symbol: str = "GL/1",
    name: str = "test",
    adopted: str = "2020-01-01",
    binds: str = "",
    more: str = "",
) -> str:
    """Return the text of a version with these rules."""
    head = HEAD.format(name=name, symbol=symbol, adopted=adopted, binds=binds or adopted)
    return f"{head}{more}\n{rules}".rstrip("\n")


def usd(value: str) -> dict[str, str]:
    """Return an amount in dollars."""
    return {"currency": "USD", "value": value}


def rule(need: str, *, when: str = "{}", at: str = "signed", rule_id: str = "r", facet: str = "test") -> str:
    """Return the text of a rule."""
    return (
        f'[[rule]]\nid = "{rule_id}"\ntitle = "A rule"\nfacet = "{facet}"\nsource = "a test"\nat = "{at}"\n'
        f"when = {when}\nneed = {need}\n"
    )


class World:
    """A ledger with a party A, in which a test records what it is about."""

    def __init__(self, folder: Path) -> None:
        """Make the ledger in a folder."""
        url = f"sqlite:///{folder / 'ledger.db'}"
        self.now = datetime(2026, 1, 1, 12, tzinfo=UTC)
        opening = OpenLedger(origin="example.org/test", reporting_currency="USD")
        make_ledger(url, opening, "staff/1", clock=self.tick)
        self.ledger: Ledger = open_ledger(url, clock=self.tick)
        self.engine = engine_at(folder / "tables.db")
        self.do("party register", ref="A", name="Alpha (illustrative)", party_type="Private sector")

    def tick(self) -> datetime:
        """Return the time, a second later each time."""
        self.now += timedelta(seconds=1)
        return self.now

    def do(self, command: str, on: str | None = None, *, actor: str = "staff/1", **members: Any) -> int:
        """Record a command on a day; return the position of its first entry."""
        size = self.ledger.store.head().size
        given = command_from({"command": command, **members})
        self.ledger.record(Request(commands=(given,), actor=actor, effective_on=on))
        return size + 1

    def adopt(self, text: str) -> int:
        """Adopt guidelines."""
        return self.do("guidelines adopt", text=text)

    def sign(self, ref: str = "E1", on: str = "2024-03-01", **members: Any) -> int:
        """Sign an engagement with party A."""
        given = {"title": "Data platform", "kind": "consultancy", "parties": [{"party": "A"}], **members}
        return self.do("engagement sign", on, engagement=ref, **given)

    def close(self) -> None:
        """Close the ledger and its tables."""
        self.engine.dispose()
        self.ledger.close()

    @contextmanager
    def queries(self, on: str = "2026-01-01", known_at: int | None = None) -> Iterator[Queries]:
        """Yield queries at an as-of."""
        catch_up(self.ledger, self.engine)
        with self.engine.connect() as db:
            yield queries_at(db, on, self.ledger.store.head().size if known_at is None else known_at)

    def verdicts(self, on: str = "2026-01-01", known_at: int | None = None) -> list[Verdict]:
        """Return all verdicts at an as-of."""
        with self.queries(on, known_at) as queries:
            return list(Court(queries, Versions.recorded(queries)).verdicts(sorted(queries.statuses())))

    def statuses(self, on: str = "2026-01-01", known_at: int | None = None) -> list[str]:
        """Return the statuses of all verdicts at an as-of."""
        return [verdict.status for verdict in self.verdicts(on, known_at)]


def queries_at(db: Connection, on: str, known_at: int) -> Queries:
    """Return queries at an as-of."""
    return Queries(db, BitemporalPoint(on, known_at))


@contextmanager
def world() -> Iterator[World]:
    """Yield a new world, and close it."""
    with TemporaryDirectory() as folder:
        made = World(Path(folder))
        try:
            yield made
        finally:
            made.close()


def judged(verdicts: Iterable[Verdict]) -> dict[tuple[str, str], dict[str, int]]:
    """Return how many verdicts of each status each rule of each version has; not where it does not apply."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for verdict in verdicts:
        if verdict.status != "does not apply":
            own = counts.setdefault((verdict.version.symbol, verdict.rule.id), {})
            own[verdict.status] = own.get(verdict.status, 0) + 1
    return counts
