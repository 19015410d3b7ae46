"""What becomes of a need in a case: met, late, due, not met, or not to be judged; and how several are joined."""

from collections.abc import Iterable
from typing import NamedTuple

MET, LATE, DUE, NOT_MET = "met", "late", "due", "not met"
UNKNOWN, WAIVED, NOT_APPLICABLE = "cannot be judged", "waived", "does not apply"
STATUSES = (NOT_MET, LATE, UNKNOWN, DUE, WAIVED, MET, NOT_APPLICABLE)
"""All verdicts, the gravest first."""


class Outcome(NamedTuple):
    """What becomes of a need: its status, the day by which it is due, what was found, and the entries that show it.

    `missing` are facts without which it cannot be judged; `searched` says where nothing was found.
    """

    status: str
    due_on: str = ""
    said: str = ""
    entries: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()


_BOTH = (NOT_MET, UNKNOWN, DUE, LATE, MET)
_EITHER = (MET, DUE, LATE, UNKNOWN, NOT_MET)


def every(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcome of needs that must all be met: that of the worst.

    Unless it is not met, the entries of the better ones count too: without them it would not be met.
    """
    return _joined(list(outcomes), _BOTH)


def either(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcome of needs of which one suffices: that of the best."""
    return _joined(list(outcomes), _EITHER)


def _joined(outcomes: list[Outcome], order: tuple[str, ...]) -> Outcome:
    status = min((outcome.status for outcome in outcomes), key=order.index)
    alike = [outcome for outcome in outcomes if outcome.status == status]
    if order is _EITHER and status in (MET, LATE):
        return alike[0]
    cited = outcomes if order is _BOTH and status != NOT_MET else alike
    dues = [outcome.due_on for outcome in alike if outcome.due_on]
    return Outcome(
        status,
        min(dues, default=""),
        "; ".join(dict.fromkeys(outcome.said for outcome in alike if outcome.said)),
        tuple(sorted({entry for outcome in cited for entry in outcome.entries})),
        tuple(dict.fromkeys(text for outcome in alike for text in outcome.missing)),
        tuple(dict.fromkeys(text for outcome in alike for text in outcome.searched)),
    )
