"""The auditor's procedure on the log alone: reads bytes, knows nothing of what entries mean.

  1. The store is as it was made: tables, triggers, sound pages; everything in it can be read.
  2. Positions run 1, 2, 3, … to the size that the head states; no entry is before or beyond.
  3. Each entry is in its one written form (ledger.format.canonical), at most 65,535 bytes.
  4. Its envelope has the members of format 1, each in its form; the first entry, and no other, opens the ledger.
  5. The leaf hash that is stored is that of the bytes: they are hashed again.
  6. The tree over the leaves that were hashed again gives the head's root and frontier, and every stored tile hash.
  7. The columns say what the bytes say.
  8. The versions of each stream run 1, 2, 3, …
  9. Each command is whole: its parts are adjacent and in order, with one actor, one date and one time, and its id
     does not come back; the table of commands says the same.
 10. Times never decrease, none is in the future, and the head's is that of the last entry.
 11. A void names an earlier version of its own stream.

The steps that need to know what entries mean are in ledger.replay.procedure: 12 (each entry is a known event, its
values in their forms), 13 (each was possible), 14 (names and mentions are what the entries say), 15 (attached files
are kept as they were), 17 (keys are this ledger's, and changed as both signed). Step 16, that the projections are
what a rebuild gives, is in projections.runner.verify. Step 18, that a published folder is what its entries give, is
in ledger.verify.bundle.

 19. The log is what each checkpoint says: of its name, that long, with that root; signed by a key that signed then; and
     its entries were recorded when its cosignatures say (ledger.verify.checkpoints).

Steps 1 to 11 first take a fast path in several processes (ledger.verify.fast_path). Only a log that it cannot confirm
is read as a whole (ledger.verify.sequential), to say what is wrong.

All findings are collected; none ends the procedure. Entries recorded long after their effective date are reported
separately and are not findings (ledger.verify.backdating).

Left out on purpose: the digests in the table of commands (they tell a repeated command from a reused id, and are no
evidence), and the clock, but for the future (that an entry was recorded when it says so is what its writer says;
docs/verification.md).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ledger.tlog.policy import Policy
from ledger.tlog.trusted_checkpoint import TrustedCheckpoint
from ledger.verify.backdating import BackdatingReport
from ledger.verify.checkpoints import MAIL_DAYS, Checkpoints, UnverifiedCheckpoint
from ledger.verify.fast_path.parallel import VerifyRequest, verify_fast
from ledger.verify.findings import Finding
from ledger.verify.log_source import Report, Store, readable
from ledger.verify.observations import Observations, StoredHead
from ledger.verify.sequential import SequentialScan
from ledger.verify.workers import cores

FIRST, LAST = -(2**63), 2**63 - 1
"""All positions that a store could hold, not only those that a log has."""
BATCH = 1000
"""Number of entries that the sequential pass processes at a time."""
MANY = 30_000
"""Log size from which starting further processes pays."""

Progress = Callable[[int], None]


class Result(NamedTuple):
    """The result of the procedure: number of entries, their root, findings, and back-dated entries.

    `reach` is the newest checkpoint that the reader's policy accepts: its witnesses vouch for its entries, nobody for
    later ones. None without a policy, or where it accepts none.
    """

    size: int
    root: bytes
    findings: list[Finding]
    backdating: BackdatingReport
    reach: TrustedCheckpoint | None = None


def verify_log(
    store: Store,
    progress: Progress | None = None,
    given: Iterable[UnverifiedCheckpoint] = (),
    policy: Policy | None = None,
    mail_days: int = MAIL_DAYS,
    backdating: BackdatingReport | None = None,
    processes: int | None = None,
) -> Result:
    """Check the whole log (steps 1 to 11, and 19) in one snapshot; `progress` receives the number of entries done.

    `given` are checkpoints that the reader holds, and `policy` names the keys that the reader trusts; a checkpoint may
    have taken `mail_days` to reach its witness. `backdating` collects back-dated entries. A large log uses as many
    `processes` as there are cores, unless a number is given; the findings are the same.
    """
    backdating = backdating or BackdatingReport()
    with store.reading():
        stored, faults = _stored_checkpoints(store)
        checkpoints = Checkpoints([*stored, *given], policy, mail_days)
        findings = [Finding.of(code, None, what) for code, what in faults]  # 19
        request = VerifyRequest(frozenset(checkpoints.sizes()), checkpoints.bounds(), backdating)
        seen = _verify_fast(store, request, processes, progress) if not faults else None
        if seen is None:
            seen = _verify_sequentially(store, request, progress, findings)
        checkpoints.compare(seen, lambda code, position, what: findings.append(Finding.of(code, position, what)))
    return Result(seen.size, seen.root, findings, backdating, checkpoints.reach)


def _verify_fast(
    store: Store, request: VerifyRequest, processes: int | None, progress: Progress | None
) -> Observations | None:
    head = _head(store, lambda _code, _position, _what: None)
    if head is None:
        return None
    if processes is None:
        processes = cores() if head.size >= MANY else 1
    return verify_fast(store, head, request, processes, progress)


def _verify_sequentially(
    store: Store, request: VerifyRequest, progress: Progress | None, findings: list[Finding]
) -> Observations:
    scan = SequentialScan(request.sizes, request.bounds)
    scan.findings, scan.backdating = findings, request.backdating
    for code, what in readable(store, store.faults(), "the schema", scan.report):  # 1
        scan.report(code, None, what)
    scan.head = _head(store, scan.report)
    for rows in _batches(store, scan):
        scan.process(rows)
        if progress:
            progress(scan.position)
    scan.end()
    _check_tiles(scan, store)
    scan.compare_commands(readable(store, store.side_rows("commands"), "the table commands", scan.report))
    return scan.observations()


def _stored_checkpoints(store: Store) -> tuple[list[UnverifiedCheckpoint], list[tuple[str, str]]]:
    checkpoints: list[UnverifiedCheckpoint] = []
    faults: list[tuple[str, str]] = []
    stored = store.side_rows("checkpoints")
    rows = readable(store, stored, "the checkpoints", lambda code, _, what: faults.append((code, what)))
    for expected, (number, size, data) in enumerate(rows, start=1):
        if (type(number), type(size), type(data)) != (int, int, bytes):
            faults.append(("unreadable", f"the row of the stored checkpoint {number!r} is malformed"))
            continue
        if number != expected and not any(code == "checkpoint-missing" for code, _ in faults):
            faults.append(("checkpoint-missing", f"the stored checkpoint {expected} is missing"))
        checkpoints.append(UnverifiedCheckpoint(f"the stored checkpoint {number}", data, size=size))
    return checkpoints, faults


def _head(store: Store, report: Report) -> StoredHead | None:
    for row in readable(store, store.side_rows("head"), "the head", report):
        if tuple(map(type, row)) == (int, str, bytes, bytes):
            return StoredHead(*row)
    report("unreadable", None, "there is no head to state size and root")
    return None


def _batches(store: Store, scan: SequentialScan) -> Iterator[list[Any]]:
    # An entry that cannot be read is skipped; if the next cannot be read either, the pass ends.
    first, misses = FIRST, 0
    while misses < 2:
        rows: list[Any] = []
        try:
            for row in store.rows(first, LAST):
                rows.append(row)
                misses = 0
                if len(rows) == BATCH:
                    yield rows
                    rows = []
        except store.unreadable as error:
            yield rows
            scan.skip_unreadable(str(error))
            first, misses = scan.position + 1, misses + 1
        else:
            yield rows
            return


def _check_tiles(scan: SequentialScan, store: Store) -> None:
    computed = {(tile.level, tile.number): tile.hash for tile in scan.tiles}  # 6
    for level, number, stored in readable(store, store.side_rows("tiles"), "the table tiles", scan.report):
        if computed.pop((level, number), None) != stored:
            scan.report("tile-differs", None, f"tile hash {number} of level {level} does not match the entries")
    for level, number in computed:
        scan.report("tile-differs", None, f"tile hash {number} of level {level} is missing")
