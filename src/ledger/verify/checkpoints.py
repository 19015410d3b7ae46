"""Step 19: the log is what every checkpoint states, and was recorded when its witnesses say.

The checkpoints are those that the store keeps and those that the reader gives. Keys come from the reader's policy.
Without a policy, stored checkpoints are verified with the keys that the log itself names: that finds damage, but
proves nothing against someone who wrote both.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from ledger.tlog import note
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.cosignature import cosigners
from ledger.tlog.keys import LOG, BadKey, VerifierKey
from ledger.tlog.note import Note, Signature
from ledger.tlog.policy import NONE, Policy
from ledger.tlog.trusted_checkpoint import QuorumTimes, TrustedCheckpoint, Untrusted, judged, open_checkpoint
from ledger.verify.log_source import Report
from ledger.verify.observations import AHEAD, REVOKED, Bound, Observations, written

CLOCKS = timedelta(minutes=5)
"""Largest accepted difference between the clocks of a ledger and of a witness."""
MAIL_DAYS = 7
"""Default for the days that a checkpoint may take to reach its witness."""


class UnverifiedCheckpoint(NamedTuple):
    """A checkpoint before verification: its name in findings, its bytes, and whether the reader gave it."""

    where: str
    data: bytes
    is_given: bool = False
    size: int | None = None
    """The size under which the store keeps it."""


class Checkpoints:
    """The checkpoints that one log is compared with."""

    def __init__(
        self, given: Iterable[UnverifiedCheckpoint], policy: Policy | None, mail_days: int = MAIL_DAYS
    ) -> None:
        """Verify the checkpoints by the reader's policy; without a policy, `compare` verifies them."""
        self._given = list(given)
        self._policy = policy
        self._delay = timedelta(days=mail_days) + CLOCKS
        self._trusted: list[tuple[UnverifiedCheckpoint, TrustedCheckpoint]] = []
        self._faults: list[tuple[str, str]] = []
        self.reach: TrustedCheckpoint | None = None
        """After `compare` by a policy: the newest checkpoint that it accepts. Nobody vouches for later entries."""
        if policy is not None:
            self._open(policy)

    def _open(self, policy: Policy) -> None:
        self._trusted.clear()
        for source in self._given:
            try:
                self._trusted.append((source, open_checkpoint(source.data, policy)))
            except Untrusted as error:
                self._faults.append((error.code, f"{source.where}: {error}"))
        latest = self._latest_times(policy)
        self._trusted = [
            (source, trusted if source.is_given else trusted._replace(times=latest[str(trusted.checkpoint)]))
            for source, trusted in self._trusted
        ]

    def _latest_times(self, policy: Policy) -> dict[str, QuorumTimes | None]:
        """Return the times of stored checkpoints by text: of several lines of one witness, the last stored counts."""
        lines: dict[str, dict[tuple[str, bytes], Signature]] = {}
        for source, _ in self._trusted:
            if not source.is_given:
                stored = note.parse(source.data)
                lines.setdefault(stored.text, {}).update({(line.name, line.id): line for line in stored.signatures})
        witnesses = policy.witnesses.values()
        return {
            text: QuorumTimes.of(cosigners(Note(text, tuple(last.values())), witnesses), policy)
            for text, last in lines.items()
        }

    def sizes(self) -> set[int]:
        """Return the sizes that the checkpoints state, as far as their bytes can be read."""
        return {size for source in self._given if (size := _stated_size(source.data)) is not None}

    def bounds(self) -> list[Bound]:
        """Return upper bounds on recording times, from the time by which a quorum of witnesses had cosigned."""
        bounds = []
        for source, trusted in self._trusted:
            if trusted.times is not None and (by := _moment(trusted.times.by)) is not None:
                why = f"{source.where}: its witnesses had cosigned it by {by}"
                bounds.append(Bound(trusted.checkpoint.size, written(by + CLOCKS), why))
        return bounds

    def compare(self, seen: Observations, report: Report, *, is_whole: bool = True) -> None:
        """Report where the log differs from its checkpoints; if it is not whole, check only their signatures.

        Where a policy accepts no checkpoint of a whole log, and nothing else says why, that is reported.
        """
        reported: list[str] = []

        def noted(code: str, position: int | None, what: str) -> None:
            reported.append(code)
            report(code, position, what)

        self._compare(seen, noted, is_whole=is_whole)
        if self._policy is not None:
            self.reach = self._reach(seen)
            if self.reach is None and is_whole and not reported:
                why = f"the policy accepts none of {len(self._given)}" if self._given else "there is none"
                report("no-trusted-checkpoint", None, f"no checkpoint vouches for any entry: {why}")

    def _compare(self, seen: Observations, report: Report, *, is_whole: bool) -> None:
        if self._policy is None:
            self._open(_own_policy(seen))
        for code, what in self._faults:  # 19
            report(code, None, what)
        withdrawn = _withdrawn(self._trusted, seen)
        for source, whole in self._trusted:
            trusted = self._without_own(whole, seen)
            self._check_quorum(source, trusted, report)
            _check_future(source, trusted, report)
            if is_whole and source not in withdrawn and self._matches(source, trusted, seen, report):
                _check_keys(source, trusted, seen, report)
                self._check_recorded_after(source, trusted, seen, report)
        _check_split(self._trusted, report)

    def _reach(self, seen: Observations) -> TrustedCheckpoint | None:
        """Return the newest checkpoint that the policy accepts, and that the log is a continuation of."""
        accepted = [
            whole
            for _, checkpoint in self._trusted
            if (whole := self._without_own(checkpoint, seen)).is_enough
            and seen.origin in (None, whole.checkpoint.origin)
            and seen.roots.get(whole.checkpoint.size) == whole.checkpoint.root
        ]
        return max(accepted, key=lambda trusted: trusted.checkpoint.size, default=None)

    def _without_own(self, trusted: TrustedCheckpoint, seen: Observations) -> TrustedCheckpoint:
        """Return a checkpoint without cosignatures by a key of the log: no log is its own witness."""
        own = {key.public for key in _keys_in(seen)}
        others = [cosignature for cosignature in trusted.cosigned if cosignature.key.public not in own]
        if self._policy is None or len(others) == len(trusted.cosigned):
            return trusted
        return TrustedCheckpoint(trusted.checkpoint, trusted.signers, *judged(others, self._policy))

    def _matches(
        self, source: UnverifiedCheckpoint, trusted: TrustedCheckpoint, seen: Observations, report: Report
    ) -> bool:
        stated = trusted.checkpoint
        if seen.origin not in (None, stated.origin):  # a log without a first entry has no name, which is a finding
            report("other-origin", None, f"{source.where}: it is of {stated.origin}, and the ledger is {seen.origin}")
            return False
        if source.size not in (None, stated.size):
            what = f"{source.where} is stored as one of {source.size} entries, but states {stated.size}"
            report("bad-checkpoint", None, what)
        if stated.size > seen.size:
            what = f"{source.where} states {stated.size} entries, but the log has {seen.size}"
            report("checkpoint-beyond", seen.size + 1, what)
            return False
        if seen.roots.get(stated.size) != stated.root:
            what = f"{source.where}: the first {stated.size} entries give another root"
            report("checkpoint-differs", None, what)
            return False
        return True

    def _check_quorum(self, source: UnverifiedCheckpoint, trusted: TrustedCheckpoint, report: Report) -> None:
        if not trusted.is_enough and source.is_given and self._policy is not None:
            what = f"{source.where}: too few known witnesses cosigned it: {len(trusted.cosigned)}"
            report("no-quorum", None, what)

    def _check_recorded_after(
        self, source: UnverifiedCheckpoint, trusted: TrustedCheckpoint, seen: Observations, report: Report
    ) -> None:
        since = None if trusted.times is None else _moment(trusted.times.since)
        moment = seen.moments.get(trusted.checkpoint.size + 1)
        if since is not None and moment is not None and moment < written(since - self._delay):
            what = f"{source.where} was cosigned at {since} without this entry, which states {moment}"
            report("recorded-before-cosigned", trusted.checkpoint.size + 1, what)


def _withdrawn(
    checkpoints: Sequence[tuple[UnverifiedCheckpoint, TrustedCheckpoint]], seen: Observations
) -> set[UnverifiedCheckpoint]:
    """Return the stored checkpoints that are not true, and that the log withdrew.

    Only keys that it revoked signed them, and a key that it did not revoke signed a later one, which is true.
    """
    revoked = {statement.key for statement in seen.keys if statement.what == REVOKED}
    later = 0
    false: list[tuple[UnverifiedCheckpoint, int]] = []
    for source, (stated, signers, *_) in checkpoints:
        is_true = (seen.origin, seen.roots.get(stated.size)) == (stated.origin, stated.root)
        is_standing = any(str(key) not in revoked for key in signers)
        if is_true and is_standing:
            later = max(later, stated.size)
        elif not is_true and not is_standing and not source.is_given:
            false.append((source, stated.size))
    return {source for source, size in false if size < later}


def _stated_size(data: bytes) -> int | None:
    line = data.split(b"\n", 2)[1:2]
    return int(line[0]) if line and line[0].isdigit() and len(line[0]) < 20 else None


def _moment(seconds: int) -> datetime | None:
    # A time beyond the calendar bounds nothing, nor does one that leaves no room for tolerances.
    return datetime.fromtimestamp(seconds, UTC) if seconds < 1 << 36 else None


def _keys_in(seen: Observations) -> Iterator[VerifierKey]:
    for statement in seen.keys:
        try:
            yield VerifierKey.parse(statement.key)
        except BadKey:
            continue


def _own_policy(seen: Observations) -> Policy:
    keys: dict[bytes, VerifierKey] = {}
    for key in _keys_in(seen):
        if key.kind == LOG:
            keys.setdefault(key.public, key)
    return Policy(tuple(keys.values()), {}, {}, NONE)


def _check_future(source: UnverifiedCheckpoint, trusted: TrustedCheckpoint, report: Report) -> None:
    since = 0 if trusted.times is None else trusted.times.since
    if since > time.time() + AHEAD.total_seconds():
        what = f"{source.where}: its witnesses cosigned it {since} seconds after the start of 1970, in the future"
        report("cosigned-in-future", None, what)


def _check_keys(source: UnverifiedCheckpoint, trusted: TrustedCheckpoint, seen: Observations, report: Report) -> None:
    size = trusted.checkpoint.size
    for key in trusted.signers:
        for statement in seen.keys:
            if statement.ends and statement.key == str(key) and statement.position <= size:
                what = f"{source.where} has {size} entries and is signed by {key.id.hex()}, which {statement.what}"
                report("revoked-key", statement.position, what)


def _check_split(checkpoints: Sequence[tuple[UnverifiedCheckpoint, TrustedCheckpoint]], report: Report) -> None:
    # Two signed roots of one size are evidence even without the log: it showed different people different histories.
    firsts: dict[tuple[str, int], tuple[str, Checkpoint]] = {}
    for source, trusted in checkpoints:
        stated = trusted.checkpoint
        where, first = firsts.setdefault((stated.origin, stated.size), (source.where, stated))
        if first.root != stated.root:
            what = f"{where} and {source.where} are both signed, of {first.size} entries, with different roots"
            report("split-view", None, what)
