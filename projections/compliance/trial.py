"""A trial of a draft: the verdicts that would be others if it were adopted."""

from collections.abc import Iterator
from typing import NamedTuple

from ledger.domain.guidelines.adoption import DuplicateGuidelines, text_digest
from ledger.domain.guidelines.reading import read_guidelines
from projections.compliance.verdicts import Court, Verdict
from projections.compliance.versions import Version, Versions
from projections.queries.bitemporal import Queries

NO_RULE = "no rule"
"""Stands for the verdict of a case on which no rule says anything."""


class Change(NamedTuple):
    """A verdict that would be another: what it is, and what it would be; `verdict` is the later of both."""

    verdict: Verdict
    before: str
    after: str


def trial(queries: Queries, text: str) -> Iterator[Change]:
    """Yield the verdicts that a draft would change. Raises BadGuidelines, DuplicateGuidelines."""
    draft, known = read_guidelines(text), Versions.recorded(queries)
    if any(version.symbol == draft.symbol for version in known.all()):
        raise DuplicateGuidelines(draft.symbol)
    adopted = Version(draft, text, text_digest(text), queries.as_of.known_at + 1)
    now, then = Court(queries, known), Court(queries, Versions([*known.all(), adopted]))
    for record in now.records(sorted(queries.statuses())):
        before = {verdict.key: verdict for verdict in now.of_record(record)}
        after = {verdict.key: verdict for verdict in then.of_record(record)}
        for key in dict.fromkeys((*before, *after)):
            was, becomes = before.get(key), after.get(key)
            verdict = becomes or was
            assert verdict is not None
            change = Change(verdict, was.status if was else NO_RULE, becomes.status if becomes else NO_RULE)
            if change.before != change.after:
                yield change
