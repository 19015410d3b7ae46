"""Oversight of engagements and parties: each risk, conflict, review, action, check and flag, built from its rows."""

import json
from dataclasses import dataclass, field
from typing import Any

from projections.queries.bitemporal import Queries
from projections.tables import named as schema
from projections.tables.noted import Row


@dataclass(slots=True)
class RiskRecord:
    """The latest assessment of a risk; members that are not recorded are empty."""

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
        from ledger.domain.engagement.oversight.risks import rating  # noqa: PLC0415 - it loads types of events

        return rating(self.likelihood, self.impact)


@dataclass(slots=True)
class ConflictRecord:
    """A declared conflict of interest; without an outcome it is not assessed."""

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
    """A review that is scheduled or was held; members that are not recorded are empty."""

    engagement: str
    review: str
    due_on: str = ""
    subject: str = ""
    held_on: str = ""
    findings: str = ""
    entries: list[int] = field(default_factory=list)


@dataclass(slots=True)
class ActionRecord:
    """An action that a review asked for; it is closed if `how` is not empty."""

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
class RequestRecord:
    """A request for information; it is open until `provided_on`."""

    engagement: str
    request: str
    by: str
    what: str
    due_on: str
    requested_on: str
    provided_on: str = ""
    document: str = ""
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
    """A risk flag of a party; it is lifted if `why` is not empty."""

    party: str
    flag: str
    what: str
    raised_on: str
    why: str = ""
    lifted_on: str = ""
    entries: list[int] = field(default_factory=list)


def approvals(queries: Queries) -> list[Row[Any]]:
    """Return the approvals that were given elsewhere; for each authority the last one."""
    return list({(row.engagement, row.authority): row for row in queries.assertions(schema.approvals)}.values())


def risks(queries: Queries) -> list[RiskRecord]:
    """Return the latest assessment of each risk."""
    last = {(row.engagement, row.risk): row for row in queries.assertions(schema.risks)}
    return [
        RiskRecord(
            row.engagement, row.risk, row.likelihood, row.impact, row.mitigation, row.owner, row.review_on,
            row.effective_on, row.entry,
        )
        for row in last.values()
    ]  # fmt: skip


def conflicts(queries: Queries) -> list[ConflictRecord]:
    """Return the declared conflicts of interest, with the outcomes of their assessments."""
    declared: dict[tuple[str, str], ConflictRecord] = {}
    rows = queries.assertions(schema.conflicts)
    for row in rows:
        if not row.outcome:
            key = (row.engagement, row.conflict)
            between = json.loads(row.parties)
            declared[key] = ConflictRecord(*key, between, row.nature, row.effective_on, entries=[row.entry])
    for row in rows:
        conflict = declared.get((row.engagement, row.conflict))
        if row.outcome and conflict is not None:
            conflict.outcome, conflict.measures, conflict.assessed_on = row.outcome, row.measures, row.effective_on
            conflict.entries = [conflict.entries[0], row.entry]
    return list(declared.values())


def reviews(queries: Queries) -> list[ReviewRecord]:
    """Return the reviews that are scheduled or were held."""
    by_key: dict[tuple[str, str], ReviewRecord] = {}
    for row in queries.assertions(schema.reviews):
        review = by_key.setdefault((row.engagement, row.review), ReviewRecord(row.engagement, row.review))
        if row.status == "held":
            review.held_on, review.findings = row.effective_on, row.findings
            review.entries.append(row.entry)
        else:  # of several days only the last counts
            review.entries = [row.entry, *(review.entries[-1:] if review.held_on else ())]
            review.due_on, review.subject = row.due_on, row.subject or review.subject
    return list(by_key.values())


def actions(queries: Queries) -> list[ActionRecord]:
    """Return the actions that reviews asked for, open and closed."""
    opened: dict[tuple[str, str], ActionRecord] = {}
    rows = queries.assertions(schema.actions)
    for row in rows:
        if row.status == "open":
            key = (row.engagement, row.action)
            opened[key] = ActionRecord(*key, row.review, row.what, row.due_on, row.effective_on, entries=[row.entry])
    for row in rows:
        action = opened.get((row.engagement, row.action))
        if row.status == "closed" and action is not None:
            action.how, action.closed_on = row.how, row.effective_on
            action.entries.append(row.entry)
    return list(opened.values())


def information_requests(queries: Queries) -> list[RequestRecord]:
    """Return the requests for information, open and answered."""
    requested: dict[tuple[str, str], RequestRecord] = {}
    for row in queries.assertions(schema.information_requests):  # what is provided is not dated before its request
        key = (row.engagement, row.request)
        if row.status == "requested":
            requested[key] = RequestRecord(*key, row.by, row.what, row.due_on, row.effective_on, entries=[row.entry])
        elif key in requested:
            request = requested[key]
            request.provided_on, request.document = row.effective_on, row.document
            request.entries.append(row.entry)
    return list(requested.values())


def checks(queries: Queries) -> list[CheckRecord]:
    """Return for each party the last screening against each list, and the last due diligence."""
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
    raised: dict[tuple[str, str], FlagRecord] = {}
    rows = queries.assertions(schema.flags)
    for row in rows:
        if row.status == "raised":
            key = (row.party, row.flag)
            raised[key] = FlagRecord(*key, row.what, row.effective_on, entries=[row.entry])
    for row in rows:
        flag = raised.get((row.party, row.flag))
        if row.status == "lifted" and flag is not None:
            flag.why, flag.lifted_on = row.what, row.effective_on
            flag.entries.append(row.entry)
    return list(raised.values())


def acceptances(queries: Queries) -> list[Row[Any]]:
    """Return the accepted deliverables, in order of their dates."""
    return list(queries.assertions(schema.acceptances))


def gifts(queries: Queries) -> list[Row[Any]]:
    """Return contributions in kind; for each item the last statement."""
    return list({(row.engagement, row.item): row for row in queries.assertions(schema.gifts)}.values())


def documents(queries: Queries) -> list[Row[Any]]:
    """Return the attached documents."""
    return list(queries.assertions(schema.documents))


def corrections(queries: Queries) -> list[Row[Any]]:
    """Return the documents that corrected others, each once, even if it did so in several entries."""
    return list({(row.document, row.correction): row for row in queries.corrections()}.values())


def preparations(queries: Queries) -> list[Row[Any]]:
    """Return the documents that are in preparation and not published; for each document the last statement."""
    last = {row.document: row for row in queries.assertions(schema.preparations)}
    published = queries.disclosures()
    return [row for document, row in last.items() if document not in published]


class AffiliationGroups:
    """Groups of affiliated parties: a party with those it is affiliated with, directly or through others."""

    def __init__(self, queries: Queries) -> None:
        """Read the affiliations."""
        last: dict[tuple[str, str], Row[Any]] = {}
        for row in queries.assertions(schema.affiliations):
            last[(row.party, row.other)] = row
        self.links: dict[str, dict[str, Row[Any]]] = {}
        for (party, affiliate), row in last.items():
            if row.status == "affiliated":
                self.links.setdefault(party, {})[affiliate] = row
                self.links.setdefault(affiliate, {})[party] = row

    def of(self, party: str) -> dict[str, list[int]]:
        """Return the group of a party, itself included: to each member, the entries that link it to the party."""
        members: dict[str, list[int]] = {party: []}
        waiting = [party]
        for member in waiting:  # breadth first: those that are added meanwhile come last
            for affiliate, row in self.links.get(member, {}).items():
                if affiliate not in members:
                    members[affiliate] = [*members[member], row.entry]
                    waiting.append(affiliate)
        return members
