"""The steps of the auditor's procedure that need to know what entries mean (12 to 14; the others: ledger.verify)."""

from collections.abc import Callable, Iterator
from typing import Any

from ledger.application import EntryMapper, Ledger
from ledger.domain.catalogue import new_state
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Fact, State
from ledger.domain.voiding import EntryVoided, judged_fold, standing
from ledger.entry import Entry, decode
from ledger.verify import Finding

CODES = {
    "unknown-entry": (12, "an entry is no event that this software knows, or not the one encoding of it"),
    "impossible": (13, "an entry is not possible in the state that the entries before it give"),
    "names-differ": (14, "the index of names is not what the entries say"),
    "mentions-differ": (14, "the index of references is not what the entries say"),
    "mention-of-nothing": (14, "an entry that counts refers to something that does not stand"),
}
"""Every code with its step and what it means."""


class _Replay:
    """One pass over the log with every stream's facts."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.mapper = EntryMapper()
        self.findings: list[Finding] = []
        self.states: dict[str, State] = {}
        self.facts: dict[str, list[tuple[int, Fact]]] = {}
        self.names: set[tuple[str, str, int]] = set()
        self.mentions: set[tuple[str, int]] = set()

    def take(self, position: int, data: bytes) -> None:
        """Take in one entry: steps 12 and 13."""
        try:
            entry = decode(data)  # 12
            state = self.states.setdefault(entry.stream, new_state(entry.stream))
        except (LedgerError, KeyError) as error:
            self.findings.append(Finding("unknown-entry", position, str(error)))
            return
        self._note(position, entry)
        placed = self.facts.setdefault(entry.stream, [])
        placed.append((position, entry.fact))
        if isinstance(entry.event, EntryVoided):
            self._void(position, entry.stream)
            return
        try:
            entry.event.judge(state, entry.fact)  # 13
            entry.event.evolve(state, entry.fact)
        except (LedgerError, LookupError) as error:
            self.findings.append(Finding("impossible", position, f"{entry.event.tag()}: {error}"))

    def _void(self, position: int, stream: str) -> None:
        facts = [fact for _, fact in self.facts[stream]]
        state, broken = judged_fold(new_state(stream), facts)
        self.states[stream] = state
        for fact, error in broken:
            what = f"without what it voids, version {fact.version} of {stream} could not stand: {error}"
            self.findings.append(Finding("impossible", position, what))

    def _note(self, position: int, entry: Entry) -> None:
        stored = self.mapper.to_stored_event(entry)
        self.names.update((key, entry.stream, position) for key in stored.names)
        self.mentions.update((target, position) for target in stored.mentions)

    def end(self) -> None:
        """Compare the side tables with what the entries say, and references with what stands: step 14."""
        self._compare("names-differ", "names", self.names)
        self._compare("mentions-differ", "mentions", self.mentions)
        counted = {position for placed in self.facts.values() for position in _standing(placed)}
        for target, position in sorted(self.mentions, key=lambda mention: (mention[1], mention[0])):
            if position in counted and not self._stands(target):
                self.findings.append(Finding("mention-of-nothing", position, f"it refers to {target}"))

    def _compare(self, code: str, table: str, made: set[Any]) -> None:
        stored = set(self.ledger.store.side_rows(table))
        for row in sorted(stored ^ made, key=lambda row: (row[-1], row)):
            missing = "lacks" if row in made else "has besides"
            self.findings.append(Finding(code, row[-1], f"the index {missing} {row[0]!r}"))

    def _stands(self, target: str) -> bool:
        stream, _, part = target.partition("|")
        state = self.states.get(stream)
        return state is not None and state.exists and (not part or part in state.parts())


def _standing(placed: list[tuple[int, Fact]]) -> Iterator[int]:
    counted = {fact.version for fact in standing([fact for _, fact in placed])}
    return (position for position, fact in placed if fact.version in counted)


def replay_log(ledger: Ledger, progress: Callable[[int], None] | None = None) -> list[Finding]:
    """Check that every entry was possible, and that the indexes say what entries say; return all findings."""
    replay = _Replay(ledger)
    for position, data in ledger.store.entries():
        replay.take(position, data)
        if progress and not position % 1000:
            progress(position)
    replay.end()
    return replay.findings
