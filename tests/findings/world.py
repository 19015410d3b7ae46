"""A ledger in which a test records commands, and what the controls find in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ledger.application.request import Request, command_from
from ledger.format.entry import read
from projections.findings.assessed import AssessedFinding, assessed
from projections.findings.controls import Finding, control
from projections.findings.examination import Examination
from tests.compliance.world import World

TODAY = "2026-01-01"


def usd(value: str) -> dict[str, str]:
    """Return an amount in dollars."""
    return {"currency": "USD", "value": value}


class History(World):
    """A ledger with the parties A, B and C, of which a test writes the history."""

    def __init__(self, folder: Path) -> None:
        """Make the ledger in a folder."""
        super().__init__(folder)
        for ref, name in (("B", "Beta (illustrative)"), ("C", "Gamma (illustrative)")):
            self.do("party register", ref=ref, name=name, party_type="Private sector")

    def wait(self, days: int) -> None:
        """Let days go by."""
        self.now += timedelta(days=days)

    def threshold(self, value: str = "100.00") -> None:
        """Set the threshold."""
        self.do("setting change", "2020-01-01", name="materiality.threshold", value=[f"USD {value}"])

    def order(self, number: str, value: str, on: str = "2024-04-01", ref: str = "E1", **members: Any) -> int:
        """Issue a service order."""
        given = {"engagement": ref, "number": number, "subject": "Report", "amount": usd(value), **members}
        return self.do("order issue", on, **given)

    def accept(self, number: str, value: str, on: str = "2024-04-01", ref: str = "E1", **members: Any) -> int:
        """Accept a deliverable."""
        return self.do("order accept", on, engagement=ref, number=number, amount=usd(value), **members)

    def pay(self, number: str, value: str, on: str = "2024-04-01", ref: str = "E1", **members: Any) -> int:
        """Accept a deliverable and pay it."""
        self.accept(number, value, on, ref)
        return self.do("payment make", on, engagement=ref, number=number, amount=usd(value), **members)

    def party(self, ref: str, name: str) -> None:
        """Register a party."""
        self.do("party register", ref=ref, name=name, party_type="Private sector")

    def void(self, position: int) -> int:
        """Void an entry."""
        return self.do("void", positions=[position], reason="A mistake")

    def void_first(self, tag: str, stream: str) -> None:
        """Void the first event of a type in a stream."""
        entries = ((position, read(data)) for position, data in self.ledger.store.stream(stream))
        self.void(next(position for position, entry in entries if entry.event.tag() == tag))

    def do_together(self, on: str, *commands: dict[str, Any]) -> None:
        """Record commands together on a day."""
        given = tuple(command_from(members) for members in commands)
        self.ledger.record(Request(commands=given, actor="staff/1", effective_on=on))

    def findings(self, name: str, on: str = TODAY, known_at: int | None = None) -> list[Finding]:
        """Return what a control finds at an as-of."""
        size = self.ledger.store.head().size
        with self.queries(on, size if known_at is None else known_at) as queries:
            return Examination(queries, self.ledger, [control(name)]).findings()

    def assessed(self, name: str, on: str = TODAY) -> list[AssessedFinding]:
        """Return what a control finds, with what became of it."""
        with self.queries(on) as queries:
            return list(assessed(queries, Examination(queries, self.ledger, [control(name)]).findings()))

    def assess(self, finding: Finding, outcome: str = "dismissed", on: str | None = None, **members: Any) -> int:
        """Assess a finding for the entries that it rests on."""
        given: dict[str, Any] = {
            "finding": finding.key,
            "outcome": outcome,
            "why": "Looked at",
            "entries": list(finding.entries),
        }
        return self.do("finding assess", on, **given, **members)

    def missing(self, name: str) -> list[str]:
        """Return the facts that a control misses."""
        with self.queries(TODAY) as queries:
            return Examination(queries, self.ledger).missing(control(name))


@contextmanager
def history() -> Iterator[History]:
    """Yield a new history, and close it."""
    with TemporaryDirectory() as folder:
        made = History(Path(folder))
        try:
            yield made
        finally:
            made.close()
