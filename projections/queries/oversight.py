"""What watches over engagements and parties, as of the queries: rows of several events put together to one thing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from ledger.domain.engagement.oversight.risks import rating
from projections.queries.queries import Queries
from projections.tables import schema


@dataclass(slots=True)
class RiskRecord:
    """The assessment of a risk that counts; what was not recorded is the empty text."""

    engagement: str
    risk: str
    likelihood: str
    impact: str
    mitigation: str
    owner: str
    review_on: str
    on: str
    entry: int

    @property
    def rating(self) -> str:
        """The level of the risk: low, medium or high."""
        return rating(self.likelihood, self.impact)


@dataclass(slots=True)
class ConflictRecord:
    """A conflict of interest that was declared; without an outcome it is not assessed."""

    engagement: str
    conflict: str
    between: list[str]
    nature: str
    declared_on: str
    outcome: str = ""
    measures: str = ""
    assessed_on: str = ""
    entries: list[int] = field(default_factory=list)


@dataclass(slots=True)
class ReviewRecord:
    """A review: due on a day, or held on one; empty texts where that is not recorded."""

    engagement: str
    review: str
    due_on: str = ""
    subject: str = ""
    held_on: str = ""
    findings: str = ""
    entries: list[int] = field(default_factory=list)


@dataclass(slots=True)
class ActionRecord:
    """What a review asked for; closed once `how` is told."""

    engagement: str
    action: str
    review: str
    what: str
    due_on: str
    opened_on: str
    how: str = ""
    closed_on: str = ""
    entries: list[int] = field(default_factory=list)


@dataclass(slots=True)
class CheckRecord:
    """The last screening of a party against a list, or its last due diligence."""

    party: str
    kind: str
    name: str
    version: str
    result: str
    found: str
    valid_until: str
    on: str
    entry: int


@dataclass(slots=True)
class FlagRecord:
    """A risk flag of a party; lifted once `why` is told."""

    party: str
    flag: str
    what: str
    raised_on: str
    why: str = ""
    lifted_on: str = ""
    entries: list[int] = field(default_factory=list)


def risks(queries: Queries) -> list[RiskRecord]:
    """Return the assessment of each risk that counts."""
    last = {(row.engagement, row.risk): row for row in queries.assertions(schema.risks)}
    return [
        RiskRecord(
            row.engagement, row.risk, row.likelihood, row.impact, row.mitigation, row.owner, row.review_on,
            row.effective_on, row.entry,
        )
        for row in last.values()
    ]  # fmt: skip


def conflicts(queries: Queries) -> list[ConflictRecord]:
    """Return the conflicts of interest that were declared, with what their assessment came to."""
    found: dict[tuple[str, str], ConflictRecord] = {}
    rows = queries.assertions(schema.conflicts)
    for row in rows:
        if not row.outcome:
            key = (row.engagement, row.conflict)
            between = json.loads(row.parties)
            found[key] = ConflictRecord(*key, between, row.nature, row.effective_on, entries=[row.entry])
    for row in rows:
        held = found.get((row.engagement, row.conflict))
        if row.outcome and held is not None:
            held.outcome, held.measures, held.assessed_on = row.outcome, row.measures, row.effective_on
            held.entries = [held.entries[0], row.entry]
    return list(found.values())


def reviews(queries: Queries) -> list[ReviewRecord]:
    """Return the reviews that are due or were held."""
    found: dict[tuple[str, str], ReviewRecord] = {}
    for row in queries.assertions(schema.reviews):
        held = found.setdefault((row.engagement, row.review), ReviewRecord(row.engagement, row.review))
        held.entries.append(row.entry)
        if row.status == "held":
            held.held_on, held.findings = row.effective_on, row.findings
        else:
            held.due_on, held.subject = row.due_on, row.subject or held.subject
    return list(found.values())


def actions(queries: Queries) -> list[ActionRecord]:
    """Return what reviews asked for, open and closed."""
    found: dict[tuple[str, str], ActionRecord] = {}
    rows = queries.assertions(schema.actions)
    for row in rows:
        if row.status == "open":
            key = (row.engagement, row.action)
            found[key] = ActionRecord(*key, row.review, row.what, row.due_on, row.effective_on, entries=[row.entry])
    for row in rows:
        held = found.get((row.engagement, row.action))
        if row.status == "closed" and held is not None:
            held.how, held.closed_on = row.how, row.effective_on
            held.entries.append(row.entry)
    return list(found.values())


def checks(queries: Queries) -> list[CheckRecord]:
    """Return of each party the last screening against each list, and the last due diligence."""
    last: dict[tuple[str, str, str], Row[Any]] = {}
    for row in queries.assertions(schema.checks):
        last[(row.party, row.kind, row.name if row.kind == "screening" else "")] = row
    return [
        CheckRecord(
            row.party, row.kind, row.name, row.version, row.result, row.found, row.valid_until, row.effective_on,
            row.entry,
        )
        for row in last.values()
    ]  # fmt: skip


def flags(queries: Queries) -> list[FlagRecord]:
    """Return the risk flags of parties, raised and lifted."""
    found: dict[tuple[str, str], FlagRecord] = {}
    rows = queries.assertions(schema.flags)
    for row in rows:
        if row.status == "raised":
            key = (row.party, row.flag)
            found[key] = FlagRecord(*key, row.what, row.effective_on, entries=[row.entry])
    for row in rows:
        held = found.get((row.party, row.flag))
        if row.status == "lifted" and held is not None:
            held.why, held.lifted_on = row.what, row.effective_on
            held.entries.append(row.entry)
    return list(found.values())


def acceptances(queries: Queries) -> list[Row[Any]]:
    """Return the deliverables that were accepted, in order of their dates."""
    return list(queries.assertions(schema.acceptances))


def gifts(queries: Queries) -> list[Row[Any]]:
    """Return what is given in kind; of one item the last statement."""
    return list({(row.engagement, row.item): row for row in queries.assertions(schema.gifts)}.values())


def documents(queries: Queries) -> list[Row[Any]]:
    """Return the documents that were attached."""
    return list(queries.assertions(schema.documents))


def corrections(queries: Queries) -> list[Row[Any]]:
    """Return the documents that corrected others; one that did so in several entries once."""
    return list({(row.document, row.correction): row for row in queries.assertions(schema.corrections)}.values())


def preparations(queries: Queries) -> list[Row[Any]]:
    """Return the documents in preparation: those that are not published; of one document the last statement."""
    last = {row.document: row for row in queries.assertions(schema.preparations)}
    published = queries.disclosures()
    return [row for document, row in last.items() if document not in published]


class AffiliationGroups:
    """Parties that belong together: each with those it is affiliated with, directly or through others."""

    def __init__(self, queries: Queries) -> None:
        """Read who belongs together."""
        last: dict[tuple[str, str], Row[Any]] = {}
        for row in queries.assertions(schema.affiliations):
            last[(row.party, row.other)] = row
        self.links: dict[str, dict[str, Row[Any]]] = {}
        for (party, other), row in last.items():
            if row.status == "affiliated":
                self.links.setdefault(party, {})[other] = row
                self.links.setdefault(other, {})[party] = row

    def of(self, party: str) -> dict[str, list[int]]:
        """Return the parties that belong together with a party, itself included, with the entries that say so."""
        found: dict[str, list[int]] = {party: []}
        for one in self._walk(found):
            for other, row in self.links.get(one, {}).items():
                found.setdefault(other, [*found[one], row.entry])
        return found

    @staticmethod
    def _walk(found: dict[str, list[int]]) -> Iterator[str]:
        seen: set[str] = set()
        while len(seen) < len(found):
            for one in [one for one in found if one not in seen]:
                seen.add(one)
                yield one
