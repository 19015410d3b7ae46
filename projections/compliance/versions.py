"""Versions of guidelines, and which of a set was in force on a day."""

from difflib import get_close_matches
from typing import NamedTuple

from ledger.domain.engagement.oversight.waivers import UnknownRule
from ledger.domain.errors import USAGE, LedgerError, did_you_mean, listed
from ledger.domain.guidelines.adoption import UnknownGuidelines
from ledger.domain.guidelines.language import Guidelines
from ledger.domain.guidelines.reading import read_guidelines
from projections.queries.bitemporal import Queries
from projections.tables import named as schema


class UnknownRuleFacet(LedgerError):
    """No rule of the guidelines is of this facet."""

    code = "unknown-rule-facet"
    exit = USAGE

    def __init__(self, facet: str, known: list[str]) -> None:
        """Refuse the facet; rules have the facets `known`."""
        near = did_you_mean(get_close_matches(facet, known))
        super().__init__(f"No rule is of the facet '{facet}'.", near or f"Rules are of {listed(known, 'and')}.")


class NoGuidelines(LedgerError):
    """Nothing can be judged: the ledger holds no guidelines."""

    code = "no-guidelines"

    def __init__(self) -> None:
        """Say how they are adopted."""
        super().__init__("No guidelines are adopted.", "'ledger guidelines adopt FILE' adopts a version.")


class Version(NamedTuple):
    """A version of guidelines, with the entry that adopted it and, if it was repealed, the day and entry of that."""

    guidelines: Guidelines
    text: str
    sha256: str
    entry: int
    repealed_on: str = ""
    repealed_at: int = 0

    @property
    def symbol(self) -> str:
        """Its symbol."""
        return self.guidelines.symbol

    @property
    def entries(self) -> tuple[int, ...]:
        """The entries by which it is in force or not."""
        return (self.entry, self.repealed_at) if self.repealed_at else (self.entry,)


class Versions:
    """The versions of every set, as known and in the order in which they bind."""

    def __init__(self, versions: list[Version]) -> None:
        """Order versions by set and by the day from which they bind; of one day, the one recorded last counts."""
        self.by_set: dict[str, list[Version]] = {}
        for version in sorted(versions, key=lambda version: (version.guidelines.binds_from, version.entry)):
            self.by_set.setdefault(version.guidelines.set, []).append(version)
        self._in_force: dict[tuple[str, str], Version | None] = {}

    @classmethod
    def recorded(cls, queries: Queries) -> "Versions":
        """Read the versions that are known at the as-of, and their repeals up to its day."""
        repealed = {(row.series, row.symbol): row for row in queries.rows(schema.repeals)}
        versions = []
        for row in queries.rows(schema.guidelines):
            end = repealed.get((row.series, row.symbol))
            until = ("", 0) if end is None else (end.effective_on, end.entry)
            versions.append(Version(read_guidelines(row.text), row.text, row.sha256, row.entry, *until))
        return cls(versions)

    def __bool__(self) -> bool:
        return bool(self.by_set)

    def all(self) -> list[Version]:
        """Return all versions, set by set."""
        return [version for versions in self.by_set.values() for version in versions]

    def check_known(self, rule_id: str | None, facet: str | None = None) -> None:
        """Check that some version has a rule, and a rule of a facet. Raises UnknownRule, UnknownRuleFacet."""
        rules = [rule for version in self.all() for rule in version.guidelines.rules]
        if rule_id is not None and rule_id not in {rule.id for rule in rules}:
            raise UnknownRule(rule_id, sorted({rule.id for rule in rules}))
        if facet is not None and facet not in {rule.facet for rule in rules}:
            raise UnknownRuleFacet(facet, sorted({rule.facet for rule in rules}))

    def in_force(self, name: str, day: str) -> Version | None:
        """Return the version of a set that was in force on a day; None if there was none.

        Where it was repealed, no earlier version takes its place.
        """
        key = (name, day)
        if key not in self._in_force:
            begun = (version for version in reversed(self.by_set[name]) if version.guidelines.binds_from <= day)
            version = next(begun, None)
            is_repealed = version is not None and version.repealed_on and version.repealed_on <= day
            self._in_force[key] = None if is_repealed else version
        return self._in_force[key]

    def of(self, symbol: str) -> Version:
        """Return the version with a symbol. Raises NoGuidelines, UnknownGuidelines."""
        for version in self.all():
            if version.symbol == symbol:
                return version
        if not self:
            raise NoGuidelines
        raise UnknownGuidelines(symbol, tuple(version.symbol for version in self.all()))
