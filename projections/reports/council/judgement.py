"""What the guidelines say of the engagements: each is read and judged once, and only what is shown is kept."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from ledger.domain.guidelines.language import Rule
from projections.compliance.answers import Answer
from projections.compliance.cases import Case
from projections.compliance.materiality import deciding, materiality
from projections.compliance.outcomes import LATE, NOT_APPLICABLE, NOT_MET, UNKNOWN, WAIVED
from projections.compliance.records import Record
from projections.compliance.verdicts import Court, Verdict, Waiver
from projections.compliance.versions import Version, Versions
from projections.queries.bitemporal import Queries
from projections.reports.verdict_grounds import grounds
from projections.reports.verdict_words import gravity

_LISTED = (NOT_MET, LATE, UNKNOWN, WAIVED)


class ListedVerdict(NamedTuple):
    """A verdict that the report lists: on which engagement, by which rule of which version, and what was found."""

    engagement: str
    symbol: str
    rule: Rule
    case: Case
    status: str
    due_on: str
    said: str
    missing: tuple[str, ...]
    waiver: Waiver | None


class Count:
    """A number of verdicts, and the entries that give it."""

    def __init__(self) -> None:
        """Count nothing yet."""
        self.number = 0
        self.entries: set[int] = set()

    def add(self, number: int, entries: set[int]) -> None:
        """Count more, with the entries that give them."""
        self.number += number
        self.entries |= entries


class Judgement:
    """The verdicts on all engagements at an as-of, counted, and which engagements of a report are material."""

    def __init__(
        self,
        queries: Queries,
        versions: Versions,
        refs: Iterable[str],
        shown: Collection[str],
        *,
        verdicts: bool = True,
    ) -> None:
        """Judge the engagements `refs`; whether they are material is asked of those that are `shown`.

        Without `verdicts`, nothing else is asked.
        """
        on = queries.as_of.on
        self.versions = versions
        self.deciding: list[Version] = deciding(versions, on)
        self.counts: dict[tuple[str, str, str], Count] = defaultdict(Count)
        """The verdicts by symbol, rule and status."""
        self.totals: dict[str, Count] = defaultdict(Count)
        """The verdicts by status."""
        self.listed: list[ListedVerdict] = []
        self.materiality: dict[str, Answer] = {}
        """Whether engagements are material; of none, if no guidelines in force say what is."""
        court = Court(queries, versions)
        for record in court.records(refs):
            answer = materiality(court, record, on) if record.ref in shown else None
            if answer is not None:
                self.materiality[record.ref] = answer
            if verdicts:
                self._add(record, list(court.of_record(record)))
        self.listed.sort(key=lambda own: (*gravity(own.status, own.rule, own.due_on), own.engagement, own.rule.id))

    def _add(self, record: Record, verdicts: list[Verdict]) -> None:
        everything: set[int] = set()
        counts: dict[str, int] = defaultdict(int)
        for of_rule in _by_rule(verdicts):
            entries = grounds(record, of_rule, self.versions)
            everything |= entries
            for verdict in of_rule:
                if verdict.status != NOT_APPLICABLE:
                    counts[verdict.status] += 1
                    self.counts[verdict.version.symbol, verdict.rule.id, verdict.status].add(1, entries)
                if verdict.status in _LISTED:
                    self.listed.append(_listed(verdict))
        for status, number in counts.items():
            # By its entries alone another rule must not count an engagement that it does not count here.
            self.totals[status].add(number, everything)

    def of(self, *statuses: str) -> list[ListedVerdict]:
        """Return the listed verdicts of these statuses, the gravest first."""
        return [own for own in self.listed if own.status in statuses]

    def has_counted(self, version: Version, rule: Rule) -> bool:
        """Return whether a rule of a version applied to any case."""
        return any(key[:2] == (version.symbol, rule.id) for key in self.counts)

    def shown_versions(self, on: str) -> list[Version]:
        """Return the versions that judged something, or are in force on a day."""
        judged = {symbol for symbol, _, _ in self.counts}
        in_force = [self.versions.in_force(name, on) for name in self.versions.by_set]
        return [version for version in self.versions.all() if version.symbol in judged or version in in_force]


def judged(queries: Queries, refs: Iterable[str], shown: Collection[str], *, verdicts: bool = True) -> Judgement | None:
    """Return the judgement of all engagements, or None if no guidelines were adopted by the day of the as-of."""
    versions = Versions.recorded(queries)
    if not any(version.guidelines.adopted_on <= queries.as_of.on for version in versions.all()):
        return None
    return Judgement(queries, versions, refs, shown, verdicts=verdicts)


def _by_rule(verdicts: Iterable[Verdict]) -> Iterator[list[Verdict]]:
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault((verdict.version.guidelines.set, verdict.rule.id), []).append(verdict)
    yield from groups.values()


def _listed(verdict: Verdict) -> ListedVerdict:
    return ListedVerdict(
        verdict.engagement, verdict.version.symbol, verdict.rule, verdict.case, verdict.status, verdict.due_on,
        verdict.said, verdict.missing, verdict.waiver,
    )  # fmt: skip
