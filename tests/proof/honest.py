"""Honest reports in memory: a made history, its reports at random as-ofs, and what verify_ledger.py says of them.

The files of a report are those that `ledger report --proof` writes. What they are checked with is the log itself, so
that thousands of reports can be checked: tiles and signatures have tests of their own.
"""

import json
import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.application.request import Request
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Command
from ledger.domain.organisation.report_definitions import AdoptDefinitions
from ledger.domain.party.merging import MergeParty
from ledger.domain.voiding import VoidEntries
from ledger.tlog.encoding import encoded
from ledger.tlog.proof import root_at
from projections.history.journal import Journal
from projections.proof.bundle import Prefix, files
from projections.proof.shipped_definitions import digest
from projections.proof.verify_ledger import (
    MALFORMED,
    Entries,
    Findings,
    Log,
    Signed,
    check_event,
    check_meaning,
    check_report,
    standing,
)
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.reports.registry import PROVABLE, REPORTS
from projections.runner.location import open_projections
from stories.recording import record

YEARS = range(2022, 2026)


class Files:
    """Files of a report in memory, in place of a folder."""

    def __init__(self, held: dict[str, bytes]) -> None:
        """Hold the files by name."""
        self.held = held

    def read(self, name: str, most: int) -> bytes | None:
        """Return a file, as the folder of the program does."""
        return self.held.get(name)


class History:
    """A made history in a ledger that adopted the definitions of both reports."""

    def __init__(self, folder: Path, seed: int, engagements: int = 4) -> None:
        """Record the history."""
        self.folder, self.seed = folder, seed
        self.url = f"sqlite:///{folder}/story-{seed}.db"
        record(self.url, seed, engagements, YEARS)
        with closing(open_ledger(self.url)) as ledger:
            for report in PROVABLE:
                ledger.record(
                    Request(
                        commands=(AdoptDefinitions(report=report, sha256=digest(report)),), actor="staff/reg-1",
                        id=f"adopt-{report}", effective_on=f"{YEARS[-1]}-12-31",
                    )
                )  # fmt: skip

    def merge(self, count: int) -> int:
        """Merge pairs of parties at random, and void some of that again; return how often a rule let it be."""
        chance = random.Random(self.seed)  # noqa: S311 - repeatable, not secret
        with closing(open_ledger(self.url)) as ledger:
            parties = [stream.partition("/")[2] for stream in ledger.store.streams("party")]
            done: list[int] = []
            for _ in range(count):
                pair = chance.sample(parties, 2)
                command: Command = MergeParty(party=pair[0], into=pair[1])
                if done and chance.random() < 0.4:
                    command = VoidEntries(positions=(chance.choice(done),), reason="x")
                try:
                    ledger.record(Request(commands=(command,), actor="staff/reg-1", effective_on=f"{YEARS[-1]}-12-31"))
                except LedgerError:
                    continue
                done.append(ledger.store.head().size)
        return len(done)

    def log(self) -> Log:
        """Return the log as the program reads it."""
        with closing(open_ledger(self.url)) as ledger:
            return log_of(ledger)

    def reports(self, count: int) -> Iterator[tuple[str, list[dict[str, str]]]]:
        """Yield some reports at random years, days and positions: what was asked, and the findings of the program."""
        chance = random.Random(self.seed)  # noqa: S311 - repeatable, not secret
        with closing(open_ledger(self.url)) as ledger:
            log = log_of(ledger)
            ends = [at for at, one in log.entries if one["part"][0] == one["part"][1]]
            engine = open_projections(ledger)
            try:
                with engine.connect() as db:
                    for _ in range(count):
                        asked = a_question(chance, ends)
                        yield str(asked), findings_of(log, report_files(ledger, db, asked))
            finally:
                engine.dispose()


class Question(NamedTuple):
    """A report, its parameters, and its as-of."""

    report: str
    parameters: dict[str, Any]
    on: str
    known_at: int


def a_question(chance: random.Random, ends: list[int]) -> Question:
    """Return a question about any report, period, day and end of a command."""
    first = date(YEARS[0] - 1, 7, 1)
    days = sorted((first + timedelta(days=chance.randrange(366 * (len(YEARS) + 1)))).isoformat() for _ in range(3))
    on = days.pop(chance.randrange(3))
    known_at = ends[-1] if chance.random() < 0.3 else chance.choice(ends)
    if chance.random() < 0.5:
        return Question("partnerships", {"year": chance.choice([*YEARS, YEARS[-1] + 1])}, on, known_at)
    return Question("council", {"from": days[0], "to": days[1]}, on, known_at)


def log_of(ledger: Ledger) -> Log:
    """Return the log of a ledger as the program reads it; what the program finds wrong with its entries fails."""
    findings = Findings()
    entries: Entries = [(position, json.loads(data)) for position, data in ledger.store.entries()]
    judged = [one for one in entries if check_event(*one, ledger.origin, findings)]
    check_meaning(judged, findings)
    assert not findings, findings
    size, root = len(entries), encoded(root_at(len(entries), ledger.store))
    return Log(ledger.origin, size, root, entries, standing(entries), Signed({}, seen_at=0))


def report_files(ledger: Ledger, db: Any, asked: Question) -> dict[str, bytes]:
    """Return the files that the product writes."""
    root = encoded(root_at(asked.known_at, ledger.store))
    queries, journal = Queries(db, BitemporalPoint(asked.on, asked.known_at)), Journal(ledger, asked.known_at)
    report = REPORTS[asked.report].build(queries, journal, root, asked.parameters)
    return files(report, Prefix(ledger.origin, "not asked"))


def findings_of(log: Log, held: dict[str, bytes]) -> list[dict[str, str]]:
    """Return the findings of the program on the files of a report."""
    findings = Findings()
    try:
        check_report(Files(held), log, findings)  # type: ignore[arg-type]
    except MALFORMED as error:
        findings.add("bad-report", "figures.json", repr(error))
    return list(findings)
