"""An attacker with the file, SQL, SHA-256 and unlimited time; and the ledger that the attacks change."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.domain.organisation.settings import OpenLedger
from ledger.replay.procedure import replay_log
from ledger.stores.sqlite.schema import TRIGGERS
from ledger.verify.findings import Finding
from ledger.verify.procedure import verify_log

Expected = list[tuple[str, int | None]]
"""Findings as a test expects them: code and position, in order of position, those without one last."""

COLUMNS = ("stream", "version", "recorded_at", "effective_on", "actor", "command")

USD_100 = {"currency": "USD", "value": "100.00"}
STORY: list[tuple[str, dict[str, Any]]] = [
    ("party register", {"ref": "A", "name": "Alpha University"}),
    (
        "engagement sign",
        {
            "engagement": "E1",
            "title": "Data platform",
            "kind": "memorandum",
            "parties": [{"party": "A"}],
            "contributions": [{"by": by, "amount": USD_100} for by in ("A", "organization")],
        },
    ),
    ("order issue", {"engagement": "E1", "number": "SO-1", "subject": "Report", "amount": USD_100}),
    ("order accept", {"engagement": "E1", "number": "SO-1", "amount": {"currency": "USD", "value": "20.00"}}),
    ("party alias", {"party": "A", "alias": "Alpha"}),
    (
        "disclosure publish",
        {
            "document": "C26/1",
            "body": "Council",
            "as_of_on": "2026-12-31",
            "cover": [{"engagement": "E1", "facets": ["service-orders"]}],
        },
    ),
    ("void", {"positions": [8], "reason": "Never used"}),
    ("party register", {"ref": "B", "name": "Beta Institute"}),
    ("party alias", {"party": "B", "alias": "Beta"}),
]
"""The commands after the opening: entries 2, 3 to 5, 6, 7, 8, 9 and 10, 11, 12, 13."""


class SteadyClock:
    """A clock that starts at noon and advances a second with each call."""

    def __init__(self) -> None:
        """Start at noon."""
        self.now = datetime(2026, 1, 15, 12, tzinfo=UTC)

    @classmethod
    def after(cls, moment: str) -> Self:
        """Return a clock that continues from the time of an entry."""
        clock = cls()
        clock.now = datetime.fromisoformat(moment)
        return clock

    def __call__(self) -> datetime:
        """Return the next time."""
        self.now += timedelta(seconds=1)
        return self.now


def record(url: str, story: list[tuple[str, dict[str, Any]]], *, make: bool = True) -> None:
    """Create a ledger at `url` (or, without `make`, open it) and record commands, with ids by their positions."""
    if make:
        opening = OpenLedger(origin="example.org/attacked", reporting_currency="USD")
        make_ledger(url, opening, "staff/1", SteadyClock())
    ledger = open_ledger(url)
    ledger.clock = SteadyClock.after(ledger.store.head().recorded_at)
    first = ledger.store.head().size + 1
    for number, (name, members) in enumerate(story, first):
        command = command_from({"command": name, **members})
        ledger.record(Request(commands=(command,), actor="staff/1", effective_on="2025-03-01", id=f"c-{number}"))
    ledger.close()


class Forger:
    """Changes the file without its triggers, and restores these afterwards."""

    def __init__(self, path: Path) -> None:
        """Open the file."""
        self.path = path
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA synchronous = OFF")

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @property
    def url(self) -> str:
        """The URL of the ledger."""
        return f"sqlite:///{self.path}"

    @contextmanager
    def unguarded(self) -> Iterator[Self]:
        """Work without triggers."""
        for name in TRIGGERS:
            self.db.execute(f"DROP TRIGGER IF EXISTS {name}")
        yield self
        for text in TRIGGERS.values():
            self.db.execute(text)

    def sql(self, *statements: str) -> None:
        """Run statements."""
        for statement in statements:
            self.db.execute(statement)

    def entry(self, position: int) -> dict[str, Any]:
        """Return an entry as data."""
        entry: dict[str, Any] = json.loads(self.data(position))
        return entry

    def data(self, position: int) -> bytes:
        """Return the bytes of an entry."""
        data: bytes = self.db.execute("SELECT data FROM entries WHERE position = ?", (position,)).fetchone()[0]
        return data

    def write(self, position: int, data: bytes) -> None:
        """Replace the bytes at a position, and their leaf hash."""
        self.db.execute("UPDATE entries SET data = ?, leaf = ? WHERE position = ?", (data, leaf(data), position))

    def change(self, position: int, **members: Any) -> None:
        """Change members of an entry, with matching columns and leaf hash; None removes a member."""
        entry = {name: value for name, value in {**self.entry(position), **members}.items() if value is not None}
        self.write(position, canonical(entry))
        for column in set(COLUMNS) & set(members):
            statement = f"UPDATE entries SET {column} = ? WHERE position = ?"  # noqa: S608 - one of COLUMNS
            self.db.execute(statement, (members[column], position))

    def change_event(self, position: int, **members: Any) -> None:
        """Change members of an event, with matching columns and leaf hash."""
        event = {**self.entry(position)["event"], **members}
        self.change(position, event=event)
        self.db.execute("UPDATE entries SET type = ? WHERE position = ?", (event["type"], position))

    def append(self, **members: Any) -> int:
        """Append an entry as the ledger would, with right hashes; members not given are those of the last entry."""
        (last,) = self.db.execute("SELECT max(position) FROM entries").fetchone()
        entry = {**self.entry(last), "command": f"forged-{last + 1}", "part": [1, 1], **members}
        highest = "SELECT coalesce(max(version), 0) FROM entries WHERE stream = ?"
        entry["version"] = self.db.execute(highest, (entry["stream"],)).fetchone()[0] + 1
        self.insert(last + 1, entry)
        commands = (entry["command"], b"", last + 1, entry["part"][1])
        if entry["part"][0] == 1:
            self.db.execute("INSERT INTO commands VALUES (?, ?, ?, ?)", commands)
        self.mend_tree()
        return int(last) + 1

    def insert(self, position: int, entry: dict[str, Any]) -> None:
        """Insert an entry at a position, with matching columns and leaf hash."""
        data = canonical(entry)
        columns = [entry[name] for name in ("stream", "version")]
        columns += [entry["event"]["type"], *(entry[name] for name in COLUMNS[2:])]
        statement = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        self.db.execute(statement, (position, *columns, leaf(data), data))

    def renumber(self, *positions: int) -> None:
        """Move the entries at the first, second, … of these positions to the next of them, the last to the first."""
        self.db.execute("UPDATE entries SET position = -position")
        for old, new in zip(positions, [*positions[1:], positions[0]], strict=True):
            self.db.execute("UPDATE entries SET position = ? WHERE position = ?", (new, -old))
        self.db.execute("UPDATE entries SET position = -position WHERE position < 0")

    def mend_tree(self) -> None:
        """Compute leaf hashes, head and tiles again from the entries."""
        rows = self.db.execute(
            "SELECT position, data, recorded_at FROM entries WHERE position > 0 ORDER BY 1"
        ).fetchall()
        leaves = [leaf(data) for _, data, _ in rows]
        self.db.executemany(
            "UPDATE entries SET leaf = ? WHERE position = ?", zip(leaves, (row[0] for row in rows), strict=True)
        )
        hashes, start = [], 0
        for bit in reversed(range(len(leaves).bit_length())):
            if len(leaves) >> bit & 1:
                hashes.append(root(leaves[start : start + (1 << bit)]))
                start += 1 << bit
        head = (len(leaves), rows[-1][2], b"".join(hashes), root(leaves))
        self.db.execute("UPDATE head SET size = ?, recorded_at = ?, hashes = ?, root = ?", head)
        tiles = [(1, i, root(leaves[256 * i : 256 * (i + 1)])) for i in range(len(leaves) // 256)]
        self.db.execute("DELETE FROM tiles")
        self.db.executemany("INSERT INTO tiles VALUES (?, ?, ?)", tiles)

    def verified(self) -> Expected:
        """Return the findings of `verify_log`."""
        ledger = open_ledger(self.url)
        try:
            return _placed(verify_log(ledger.store).findings)
        finally:
            ledger.close()

    def replayed(self) -> Expected:
        """Return the findings of `replay_log`."""
        ledger = open_ledger(self.url)
        try:
            return _placed(replay_log(ledger))
        finally:
            ledger.close()


def _placed(findings: Iterable[Finding]) -> Expected:
    return in_order([(finding.code, finding.position) for finding in findings])


def in_order(findings: Expected) -> Expected:
    """Return findings in order of position and code, those without a position last."""
    return sorted(findings, key=lambda finding: (finding[1] is None, finding[1], finding[0]))


def canonical(entry: Any) -> bytes:
    """Return the bytes of an entry, by the standard library alone."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def leaf(data: bytes) -> bytes:
    """Return the hash of a leaf (RFC 6962 §2.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def root(leaves: list[bytes]) -> bytes:
    """Return the root over leaves (RFC 6962 §2.1)."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root(leaves[:split]) + root(leaves[split:])).digest()
