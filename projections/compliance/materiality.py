"""Whether an engagement is material on a day, by the guidelines that are in force on it."""

from ledger.domain.guidelines.language import Condition, Materiality
from projections.compliance.answers import Answer, any_of
from projections.compliance.cases import Case
from projections.compliance.records import Record
from projections.compliance.verdicts import Court
from projections.compliance.versions import Version, Versions

_MATERIAL = Condition("material", value=True)
_NOTHING = Materiality()
"""What a set without [materiality] says."""


def deciding(versions: Versions, day: str) -> list[Version]:
    """Return the versions in force on a day that say what is material, one of each set at most."""
    binding = [versions.in_force(name, day) for name in versions.by_set]
    return [version for version in binding if version is not None and version.guidelines.materiality != _NOTHING]


def materiality(court: Court, record: Record, day: str) -> Answer | None:
    """Return whether an engagement is material on a day: by any set, if several say so.

    Its entries are those without which it could be another. None stands for no set that says anything.
    """
    case = Case("", "", day, 0)
    versions = deciding(court.versions, day)
    if not versions:
        return None
    answer = any_of(court.judge(version).answer(record, case, _MATERIAL) for version in versions)
    entries = {entry for version in versions for entry in version.entries}
    # An amount that was withheld once and is no more: without the later entry it would not be known.
    entries.update(statement.entry for statement in record.held("withheld"))
    return answer._replace(entries=tuple(sorted({*answer.entries, *entries})))
