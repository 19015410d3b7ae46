"""Step 19: the log is what every checkpoint says that it was, and was recorded when its witnesses say.

Those that the store keeps are looked at, and those that a reader gives. Keys come from the reader's policy. Without
one, what the store keeps is read with the keys that the log names itself: that finds damage, but proves nothing against
one who wrote them both.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.keys import LOG, BadKey, VerifierKey
from ledger.tlog.policy import NONE, Policy
from ledger.tlog.trusted_checkpoint import Trusted, Untrusted, opened
from ledger.verify.log_source import Find
from ledger.verify.observations import Bound, Seen

CLOCKS = timedelta(minutes=5)
"""How far the clocks of a ledger and of a witness may lie apart."""
AHEAD = timedelta(days=1)
"""How far a cosignature may lie ahead of the reader's own clock."""
MAIL_DAYS = 7
"""How many days a checkpoint may take to its witness, if the reader does not say another number."""


class Held(NamedTuple):
    """A checkpoint: what it is called in findings, its bytes, and whether a reader gave it."""

    where: str
    data: bytes
    is_given: bool = False
    size: int | None = None
    """The size under which the store keeps it."""


class Checkpoints:
    """The checkpoints to be compared with one log."""

    def __init__(self, held: Iterable[Held], policy: Policy | None, mail_days: int = MAIL_DAYS) -> None:
        """Take checkpoints and whom the reader trusts."""
        self._held = list(held)
        self._policy = policy
        self._delay = timedelta(days=mail_days) + CLOCKS
        self._read: list[tuple[Held, Trusted]] = []
        self._faults: list[tuple[str, str]] = []
        if policy is not None:
            self._open(policy)

    def _open(self, policy: Policy) -> None:
        self._read.clear()
        for one in self._held:
            try:
                self._read.append((one, opened(one.data, policy)))
            except Untrusted as error:
                self._faults.append((error.code, f"{one.where}: {error}"))

    def sizes(self) -> set[int]:
        """Return the sizes at which the log is to be compared, as far as the bytes state any."""
        return {size for one in self._held if (size := _stated_size(one.data)) is not None}

    def bounds(self) -> list[Bound]:
        """Return until when entries up to a size were recorded, by the witnesses of the policy."""
        return [
            Bound(held.checkpoint.size, _written(first + CLOCKS), f"{one.where}: its first cosignature is of {first}")
            for one, held in self._read
            if (first := _first_time(held)) is not None
        ]

    def compare(self, seen: Seen, find: Find, *, is_whole: bool = True) -> None:
        """Note where the log that was walked is not what a checkpoint says; unless it is whole, only who signed."""
        if self._policy is None:
            self._open(_own_policy(seen))
        for code, what in self._faults:  # 19
            find(code, None, what)
        for one, held in self._read:
            self._check_quorum(one, held, find)
            _check_future(one, held, find)
            if is_whole and self._is_of(one, held, seen, find):
                _check_keys(one, held, seen, find)
                self._check_recorded_after(one, held, seen, find)
        _check_split(self._read, find)

    def _is_of(self, one: Held, held: Trusted, seen: Seen, find: Find) -> bool:
        stated = held.checkpoint
        if seen.origin not in (None, stated.origin):  # without a first entry there is none, and that is found
            find("other-origin", None, f"{one.where}: it is of {stated.origin}, and the ledger is {seen.origin}")
            return False
        if one.size not in (None, stated.size):
            find("bad-checkpoint", None, f"{one.where} is kept as one of {one.size} entries, and states {stated.size}")
        if stated.size > seen.size:
            what = f"{one.where} states {stated.size} entries, and the log has {seen.size}"
            find("checkpoint-beyond", seen.size + 1, what)
            return False
        if seen.roots.get(stated.size) != stated.root:
            find("checkpoint-differs", None, f"{one.where}: the first {stated.size} entries give another root")
            return False
        return True

    def _check_quorum(self, one: Held, held: Trusted, find: Find) -> None:
        if not held.is_enough and one.is_given and self._policy is not None:
            find("no-quorum", None, f"{one.where}: {len(held.cosigned)} known witnesses cosigned it, too few")

    def _check_recorded_after(self, one: Held, held: Trusted, seen: Seen, find: Find) -> None:
        first, moment = _first_time(held), seen.moments.get(held.checkpoint.size + 1)
        if first is not None and moment is not None and moment < _written(first - self._delay):
            what = f"{one.where} was cosigned at {first}; this came later, and says that it was recorded at {moment}"
            find("recorded-before-cosigned", held.checkpoint.size + 1, what)


def _stated_size(data: bytes) -> int | None:
    line = data.split(b"\n", 2)[1:2]
    return int(line[0]) if line and line[0].isdigit() and len(line[0]) < 20 else None


def _first_time(held: Trusted) -> datetime | None:
    times = [one.time for one in held.cosigned]
    # A time that no calendar has bounds nothing.
    return datetime.fromtimestamp(min(times), UTC) if times and min(times) < 1 << 36 else None


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _own_policy(seen: Seen) -> Policy:
    keys: dict[bytes, VerifierKey] = {}
    for said in seen.keys:
        try:
            key = VerifierKey.parse(said.key)
        except BadKey:
            continue
        if key.kind == LOG:
            keys.setdefault(key.public, key)
    return Policy(tuple(keys.values()), {}, {}, NONE)


def _check_future(one: Held, held: Trusted, find: Find) -> None:
    latest = max((cosigned.time for cosigned in held.cosigned), default=0)
    if latest > time.time() + AHEAD.total_seconds():
        find("cosigned-in-future", None, f"{one.where}: a witness cosigned it {latest} seconds after 1970 began")


def _check_keys(one: Held, held: Trusted, seen: Seen, find: Find) -> None:
    for key in held.signers:
        for said in seen.keys:
            if said.ends and said.key == str(key) and said.position <= held.checkpoint.size:
                what = (
                    f"{one.where} has {held.checkpoint.size} entries and is signed by {key.id.hex()}, which {said.what}"
                )
                find("revoked-key", said.position, what)


def _check_split(read: Sequence[tuple[Held, Trusted]], find: Find) -> None:
    # Two roots of one size, both signed, need no log to be seen: the log showed different things to different people.
    seen: dict[tuple[str, int], tuple[str, Checkpoint]] = {}
    for one, held in read:
        where, first = seen.setdefault((held.checkpoint.origin, held.checkpoint.size), (one.where, held.checkpoint))
        if first.root != held.checkpoint.root:
            what = f"{where} and {one.where} are both signed, of {first.size} entries, with different roots"
            find("split-view", None, what)
