"""The auditor's procedure on the log alone: reads bytes, knows nothing of what entries mean.

  1. The store is as it was made: tables, triggers, sound pages; everything in it can be read.
  2. Positions run 1, 2, 3, … to the size that the head states; nothing stands before or beyond.
  3. Each entry is in its one written form (ledger.format.canonical), at most 65,535 bytes.
  4. Its envelope has the members of format 1, each in its form; the first entry, and no other, opens the ledger.
  5. The leaf hash that is stored is that of the bytes: they are hashed again.
  6. The tree over the leaves that were hashed again gives the head's root and frontier, and every stored tile hash.
  7. The columns say what the bytes say.
  8. The versions of each stream run 1, 2, 3, …
  9. Each command is whole: its parts stand together and in order, with one actor, one date and one time, and its id
     does not come back; the table of commands says the same.
 10. Times never decrease, and the head's is that of the last entry.
 11. A void names an earlier version of its own stream.

The steps that need to know what entries mean stand in ledger.replay.procedure: 12 (each entry is a known event, its
values in their forms), 13 (each was possible), 14 (names and mentions are what the entries say), 15 (attached files
are kept as they were), 17 (keys are this ledger's, and changed as both signed). Step 16, that the projections are
what a rebuild gives, is in projections.runner.verify. Step 18, that a published folder is what its entries give, is
in ledger.verify.bundle.

 19. The log is what each checkpoint says: of its name, that long, with that root; signed by a key that signed then; and
     its entries were recorded when its cosignatures say (ledger.verify.checkpoints).

Steps 1 to 11 first take a fast path in several processes (ledger.verify.fast_path). Only a log that it cannot confirm
is read as a whole (ledger.verify.sequential), to say what is wrong.

All findings are collected; none ends the procedure. Told beside them, and no findings: entries that were recorded long
after their effective date (ledger.verify.backdating).

Left out on purpose: the digests in the table of commands (they tell a repeated command from a reused id, and are no
evidence), and the clock (that an entry was recorded when it says so is what its writer says; docs/verification.md).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ledger.tlog.policy import Policy
from ledger.verify.backdating import Lateness
from ledger.verify.checkpoints import MAIL_DAYS, Checkpoints, Held
from ledger.verify.fast_path.parallel import Wanted, look_quickly
from ledger.verify.findings import Finding
from ledger.verify.log_source import Find, Store, readable
from ledger.verify.observations import Head, Seen
from ledger.verify.sequential import Walk
from ledger.verify.workers import cores

FIRST, LAST = -(2**63), 2**63 - 1
"""All positions that a store could hold, and not only those that a log has."""
BATCH = 1000
"""So many entries the pass takes in at a time."""
MANY = 30_000
"""From so many entries on, several processes are quicker than one, which need not be started."""

Progress = Callable[[int], None]


class Result(NamedTuple):
    """What the procedure saw: how many entries, the root over them, what is wrong, and what was recorded late."""

    size: int
    root: bytes
    findings: list[Finding]
    lateness: Lateness


def verify_log(
    store: Store,
    progress: Progress | None = None,
    given: Iterable[Held] = (),
    policy: Policy | None = None,
    mail_days: int = MAIL_DAYS,
    lateness: Lateness | None = None,
    processes: int | None = None,
) -> Result:
    """Check the whole log (steps 1 to 11, and 19) in one snapshot; `progress` is told how many entries are done.

    `given` are checkpoints that a reader holds, and `policy` whom the reader trusts; a checkpoint may have taken
    `mail_days` to its witness. `lateness` looks at the dates of sound entries as they come by. A large log is looked at
    by as many `processes` as there are cores, unless another number is given; the findings are the same.
    """
    lateness = lateness or Lateness()
    with store.reading():
        kept, faults = _kept(store)
        checkpoints = Checkpoints([*kept, *given], policy, mail_days)
        findings = [Finding.of(code, None, what) for code, what in faults]  # 19
        wanted = Wanted(frozenset(checkpoints.sizes()), checkpoints.bounds(), lateness)
        seen = _seen_quickly(store, wanted, processes, progress) if not faults else None
        if seen is None:
            seen = _seen_in_one_pass(store, wanted, progress, findings)
        checkpoints.compare(seen, lambda code, position, what: findings.append(Finding.of(code, position, what)))
    return Result(seen.size, seen.root, findings, lateness)


def _seen_quickly(store: Store, wanted: Wanted, processes: int | None, progress: Progress | None) -> Seen | None:
    head = _head(store, lambda _code, _position, _what: None)
    if head is None:
        return None
    if processes is None:
        processes = cores() if head.size >= MANY else 1
    return look_quickly(store, head, wanted, processes, progress)


def _seen_in_one_pass(store: Store, wanted: Wanted, progress: Progress | None, findings: list[Finding]) -> Seen:
    walk = Walk(wanted.sizes, wanted.bounds)
    walk.findings, walk.lateness = findings, wanted.lateness
    for code, what in readable(store, store.faults(), "the schema", walk.find):  # 1
        walk.find(code, None, what)
    walk.head = _head(store, walk.find)
    for rows in _batches(store, walk):
        walk.take_all(rows)
        if progress:
            progress(walk.position)
    walk.end()
    _check_tiles(walk, store)
    walk.compare_commands(readable(store, store.side_rows("commands"), "the table commands", walk.find))
    return walk.seen()


def _kept(store: Store) -> tuple[list[Held], list[tuple[str, str]]]:
    kept: list[Held] = []
    faults: list[tuple[str, str]] = []
    stored = store.side_rows("checkpoints")
    rows = readable(store, stored, "the checkpoints", lambda code, _, what: faults.append((code, what)))
    for expected, (number, size, data) in enumerate(rows, start=1):
        if (type(number), type(size), type(data)) != (int, int, bytes):
            faults.append(("unreadable", f"the kept checkpoint {number!r} is not its number, its size and its bytes"))
            continue
        if number != expected and not any(code == "checkpoint-missing" for code, _ in faults):
            faults.append(("checkpoint-missing", f"the kept checkpoint {expected} is not there"))
        kept.append(Held(f"the kept checkpoint {number}", data, size=size))
    return kept, faults


def _head(store: Store, find: Find) -> Head | None:
    for row in readable(store, store.side_rows("head"), "the head", find):
        if tuple(map(type, row)) == (int, str, bytes, bytes):
            return Head(*row)
    find("unreadable", None, "there is no head to state size and root")
    return None


def _batches(store: Store, walk: Walk) -> Iterator[list[Any]]:
    # An entry that cannot be read is stepped over; where the next cannot be read either, the pass ends.
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
            walk.step_over(str(error))
            first, misses = walk.position + 1, misses + 1
        else:
            yield rows
            return


def _check_tiles(walk: Walk, store: Store) -> None:
    made = {(tile.level, tile.number): tile.hash for tile in walk.tiles}  # 6
    for level, number, stored in readable(store, store.side_rows("tiles"), "the table tiles", walk.find):
        if made.pop((level, number), None) != stored:
            walk.find("tile-differs", None, f"tile hash {number} of level {level} is not that of the entries")
    for level, number in made:
        walk.find("tile-differs", None, f"tile hash {number} of level {level} is missing")
