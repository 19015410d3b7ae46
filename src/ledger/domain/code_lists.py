"""Code lists: if a setting restricts a field to a list of codes, its values must be on that list."""

from collections.abc import Iterable

from ledger.domain.kernel import DecisionContext
from ledger.domain.refusals import UnknownCode

WHAT = {
    "list.kinds": "kinds of engagement",
    "list.party-types": "types of party",
    "list.memberships": "memberships",
    "list.regions": "regions",
    "list.priorities": "priorities",
    "list.roles": "roles",
    "list.bodies": "bodies",
}


def check_codes(context: DecisionContext, setting: str, values: Iterable[str | None]) -> None:
    """Raise UnknownCode for the first value that is not on the list of `setting`; without a list, accept all values."""
    known = context.setting(setting)
    if not known:
        return
    for value in values:
        if value is not None and value not in known:
            import difflib  # noqa: PLC0415 - only a miss pays for it

            near = difflib.get_close_matches(value, known, n=3, cutoff=0.5)
            raise UnknownCode(WHAT[setting], value, known, near)
