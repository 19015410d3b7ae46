"""The entries with which alone verdicts are what they are: anyone who folds only these finds the same."""

from collections.abc import Iterable, Iterator

from ledger.domain.guidelines.language import Need
from projections.compliance.records import Record
from projections.compliance.verdicts import Verdict
from projections.compliance.versions import Versions
from projections.tables import schema

_LIFE = ("status", "signed_on", "starts_on", "ends_on", "parties", "withheld")
"""Facts that decide which cases there are, and what of them can be known."""


def grounds(record: Record, verdicts: Iterable[Verdict], versions: Versions) -> set[int]:
    """Return the entries with which alone the verdicts of one rule on an engagement are what they are.

    A verdict names the entries without which it would be another. Where they are read alone, others belong to them:
    the steps of the engagement, the issue of an order that is amended, what there was to disclose, and the other
    versions of the set, any of which could have been in force. The verdicts are all those of the rule: a case whose own
    entries are not read could become another.
    """
    entries = {value.entry for fact in _LIFE for value in record.held(fact)}
    for verdict in verdicts:
        entries.update(verdict.entries)
        entries.update(entry for own in versions.by_set[verdict.version.guidelines.set] for entry in own.entries)
        if verdict.case.order:
            entries.update(_issue(record, verdict.case.order))
        facets = set(_facets(verdict.rule.need))
        entries.update(row.entry for row in (record.rows(schema.facets) if facets else ()) if row.facet in facets)
    return entries


def _issue(record: Record, number: str) -> Iterator[int]:
    return (row.entry for row in record.rows(schema.order_facts) if row.number == number and row.fact == "vendor")


def _facets(need: Need) -> Iterator[str]:
    yield from need.facets
    for part in need.parts:
        yield from _facets(part)
