"""Verdicts: what each rule says of each case of an engagement, by the version that was in force on its day."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ledger.domain.guidelines.language import Rule
from projections.compliance.answers import Answer
from projections.compliance.cases import Case, cases
from projections.compliance.conditions import Judge
from projections.compliance.needs import outcome_of
from projections.compliance.network import Network
from projections.compliance.outcomes import MET, NOT_APPLICABLE, UNKNOWN, WAIVED, Outcome
from projections.compliance.records import Batch, Record, Shared
from projections.compliance.versions import Version, Versions
from projections.queries.bitemporal import Queries
from projections.queries.conversion import Converter
from projections.tables import named as schema


class Waiver(NamedTuple):
    """A waiver that counts in a case; it is `afterwards` if it was given after the day of the case."""

    why: str
    approved_by: str
    until: str
    conditions: str
    on: str
    entry: int
    afterwards: bool


class Verdict(NamedTuple):
    """What a rule says of a case. `entries` are those that say so; without them it would be another."""

    engagement: str
    version: Version
    rule: Rule
    case: Case
    status: str
    answer: Answer
    outcome: Outcome | None = None
    waiver: Waiver | None = None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from other verdicts on the engagement: set, rule, moment and case."""
        return self.version.guidelines.set, self.rule.id, self.case.moment, self.case.key

    @property
    def due_on(self) -> str:
        """The day by which something is required; empty if there is none."""
        return "" if self.outcome is None else self.outcome.due_on

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts without which it cannot be judged."""
        if self.status != UNKNOWN:
            return ()
        return self.answer.missing or (self.outcome.missing if self.outcome else ())

    @property
    def said(self) -> str:
        """What was found, in a line."""
        if self.waiver is not None:
            when = f" on {self.waiver.on}, after the case" if self.waiver.afterwards else ""
            return f"waived by {self.waiver.approved_by}{when}: {self.waiver.why}"
        if self.status == UNKNOWN:
            return f"missing: {'; '.join(self.missing)}"
        return self.outcome.said if self.outcome is not None else "; ".join(leaves(self.answer))

    @property
    def entries(self) -> tuple[int, ...]:
        """The entries that give it: of the version, the case, the conditions, what was required, the waiver.

        That the version was repealed later is none of them: without the repeal the verdict would be the same.
        """
        entries = {self.version.entry, self.case.entry, *self.answer.entries}
        if self.outcome is not None:
            entries.update(self.outcome.entries)
        if self.waiver is not None:
            entries.add(self.waiver.entry)
        return tuple(sorted(entries - {0}))


def leaves(answer: Answer) -> list[str]:
    """Return what was found for the conditions that decide an answer."""
    if not answer.parts:
        return [answer.said] if answer.said else []
    deciding = [part for part in answer.parts if part.holds is answer.holds] or list(answer.parts)
    return [text for part in deciding for text in leaves(part)]


class Court:
    """Judges engagements by the versions of guidelines that are known at the as-of of its queries."""

    def __init__(self, queries: Queries, versions: Versions, *, is_thorough: bool = False) -> None:
        """Judge by these versions, which are the recorded ones or those of a draft.

        With `is_thorough`, verdicts have the answers to all conditions, not only to those that decide.
        """
        self._is_thorough = is_thorough
        self.queries = queries
        self.versions = versions
        self._shared = Shared(queries)
        self._judges: dict[int, Judge] = {}
        self._moments = {name: _moments(own) for name, own in versions.by_set.items()}
        self._rules = {
            (version.entry, rule.id, rule.at): rule for version in versions.all() for rule in version.guidelines.rules
        }
        self._converter: Converter | None = None
        self._network = Network(queries)

    def judge(self, version: Version) -> Judge:
        """Return what answers the conditions of a version."""
        judge = self._judges.get(version.entry)
        if judge is None:
            if self._converter is None:
                self._converter = Converter(self.queries)
            worth = version.guidelines.materiality
            judge = Judge(worth, self._converter, self._network, is_thorough=self._is_thorough)
            self._judges[version.entry] = judge
        return judge

    def records(self, refs: Iterable[str]) -> Iterator[Record]:
        """Yield the records of engagements."""
        for limited in self.queries.in_batches(refs):
            batch = Batch(limited, self._shared)
            for ref in limited.limits["engagement"]:
                record = batch.record(ref)
                if record.held("status"):
                    yield record

    def verdicts(self, refs: Iterable[str], *, rule_id: str | None = None) -> Iterator[Verdict]:
        """Yield the verdicts on engagements, in the order of the engagements, sets, cases and rules."""
        for record in self.records(refs):
            yield from self.of_record(record, rule_id)

    def of_record(self, record: Record, rule_id: str | None = None) -> Iterator[Verdict]:
        """Yield the verdicts on one engagement."""
        by_moment: dict[str, list[Case]] = {}
        for name, moments in self._moments.items():
            judged: dict[str, list[tuple[Case, Version]]] = {}
            for rule, moment in moments:
                if rule_id not in (None, rule):
                    continue
                if moment not in by_moment:
                    by_moment[moment] = cases(record, moment)
                if moment not in judged:
                    judged[moment] = [*self._judged(name, by_moment[moment])]
                for case, version in judged[moment]:
                    own = self._rules.get((version.entry, rule, moment))
                    if own is not None:
                        yield self.verdict(record, version, own, case)

    def _judged(self, name: str, cases: Iterable[Case]) -> Iterator[tuple[Case, Version]]:
        """Yield the cases that some version of a set judges, each with that version."""
        for case in cases:
            version = self.versions.in_force(name, case.on)
            if version is not None:
                yield case, version

    def verdict(self, record: Record, version: Version, rule: Rule, case: Case) -> Verdict:
        """Return what a rule of a version says of a case."""
        answer = self.judge(version).answer(record, case, rule.when)
        outcome = None
        if answer.holds is False:
            status = NOT_APPLICABLE
        elif answer.holds is None:
            status = UNKNOWN
        else:
            outcome = outcome_of(record, case, rule.need)
            status = outcome.status
        waiver = None if status in (MET, NOT_APPLICABLE) else _waiver(record, rule, case)
        return Verdict(record.ref, version, rule, case, WAIVED if waiver else status, answer, outcome, waiver)


def _moments(versions: list[Version]) -> list[tuple[str, str]]:
    """Return the rules of all versions of a set with the moments that they are of, each once."""
    return list(dict.fromkeys((rule.id, rule.at) for version in versions for rule in version.guidelines.rules))


def _waiver(record: Record, rule: Rule, case: Case) -> Waiver | None:
    """Return the last waiver that counts in a case, or None."""
    found: Any = None
    for row in record.rows(schema.waivers):
        is_of_case = row.of_case in ("", case.key or case.moment)
        if row.rule == rule.id and is_of_case and (not row.until or case.on <= row.until):
            found = row
    if found is None:
        return None
    return Waiver(
        found.why, found.approved_by, found.until, found.conditions, found.effective_on, found.entry,
        found.effective_on > case.on,
    )  # fmt: skip
