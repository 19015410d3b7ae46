"""Schedule the commands of concurrent activities in the order of recording.

An activity is an iterator of commands. Only commands of current activities are in memory, so the length of a story is
unlimited.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import count

from stories.rng import Rng
from stories.timed_command import TimedCommand, working

Activity = Iterator[TimedCommand]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SITTING = 6
"""The usual number of commands in a sitting; on busy days sittings are longer."""
DUE, NEW = 0, 1
"""On each day, waiting commands come before new events, which may depend on them."""
MAX_SITTINGS = 9
"""The maximum number of sittings in a day."""


class Scheduler:
    """Runs activities in the order of recording, until the last day."""

    def __init__(self, seed: int, last: int) -> None:
        """Run until the day `last`; the seed determines ids and times of day."""
        self.seed = seed
        self.last = last
        self.size = 1
        self._rng = Rng(seed, "stage")
        self._waiting: list[tuple[int, int, int, Activity | None, TimedCommand | None]] = []
        self._turns = count()
        self.day = 0
        """The current day of the story."""
        self._numbers: dict[str, int] = {}

    def begin(self, day: int, act: Activity) -> None:
        """Start an activity on a day."""
        heappush(self._waiting, (max(day, self.day), NEW, next(self._turns), act, None))

    def next_number(self, series: str) -> int:
        """Return the next number of a series, from 1."""
        self._numbers[series] = self._numbers.get(series, 0) + 1
        return self._numbers[series]

    def lines(self) -> Iterator[TimedCommand]:
        """Yield all commands in the order of recording, with id, position and moment."""
        today: list[TimedCommand] = []
        for line in self._ready():
            if today and today[0].known != line.known:
                yield from self._sat(today)
                today = []
            today.append(line)
            self._place(line)
        yield from self._sat(today)

    def _ready(self) -> Iterator[TimedCommand]:
        while self._waiting and self._waiting[0][0] <= self.last:
            self.day, _, _, act, line = heappop(self._waiting)
            if line is not None and line.known > self.day:
                heappush(self._waiting, (line.known, DUE, next(self._turns), None, line))
                line = None
            if act is not None:
                self._advance(act)
            if line is not None:
                line.known = self.day
                yield line

    def _advance(self, act: Activity) -> None:
        line = next(act, None)
        if line is not None:
            heappush(self._waiting, (max(working(line.since), self.day), NEW, next(self._turns), act, line))

    def _place(self, line: TimedCommand) -> None:
        if line.undoes is not None:
            line.command["positions"] = [line.undoes.position]
        if line.rests_on is not None:
            line.command["entries"] = [line.rests_on.position]
        line.position = self.size + 1
        line.number = self.next_number("line")
        self.size += line.count
        if line.then is not None:
            line.then()

    def _sat(self, today: list[TimedCommand]) -> Iterator[TimedCommand]:
        # A day's lines are recorded in a few sittings between eight and six o'clock.
        if not today:
            return
        sittings = min(MAX_SITTINGS, 1 + len(today) // SITTING)
        midnight = datetime.combine(date.fromordinal(today[0].known), time(8), UTC)
        hours = 10 * 3_600_000_000 // sittings
        starts = [midnight + timedelta(microseconds=hours * n + self._rng.below(hours)) for n in range(sittings)]
        for number, line in enumerate(today):
            line.moment = starts[number * sittings // len(today)]
            line.id = self._id(line)
            yield line

    def _id(self, line: TimedCommand) -> str:
        # A UUID of version 7 (RFC 9562 §5.7) whose random bits come from the seed.
        stamp = ((line.moment - EPOCH) // timedelta(milliseconds=1)).to_bytes(6, "big")
        rest = bytearray(hashlib.sha256(f"{self.seed}/{line.number}".encode()).digest()[:10])
        rest[0] = 0x70 | rest[0] & 0x0F
        rest[2] = 0x80 | rest[2] & 0x3F
        text = (stamp + rest).hex()
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
