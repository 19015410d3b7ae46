"""Yearly activities: settings and exchange rates."""

from collections.abc import Iterator

from stories import actors
from stories.case import KINDS
from stories.reasons import CONFIRMED
from stories.rng import Rng
from stories.themes import PRIORITIES, REGIONS
from stories.timed_command import TimedCommand, day_of, working

OFFICER, TREASURY = "staff/reg-1", "staff/fin-1"
BODIES = ("Council", "TDAG", "CWG-FHR")
"""The governing body, an advisory group, and the working group on financial and human resources."""
ROLES = (
    "partner", "donor", "knowledge partner", "beneficiary", "consultant", "contractor", "subcontractor", "vendor",
)  # fmt: skip
SETTINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("list.kinds", KINDS),
    ("list.party-types", actors.TYPES),
    ("list.memberships", actors.MEMBERSHIPS),
    ("list.regions", REGIONS),
    ("list.priorities", PRIORITIES),
    ("list.roles", ROLES),
    ("list.bodies", BODIES[:2]),
    ("conflict.roles", ("consultant", "contractor", "vendor")),
    ("materiality.threshold", ("USD", "100000.00")),
    ("rates.max-age-days", ("45",)),
)
"""The first settings."""
RATES = {"EUR": 1_105_000, "CHF": 1_082_000, "JPY": 7_900, "KWD": 3_262_000}
"""Millionths of a dollar that a unit is worth at first; from month to month it moves by up to two per cent."""
SOURCE = "Illustrative monthly rates of the organisation"


def settings(first: int) -> Iterator[TimedCommand]:
    """Yield the settings of the first day, and how they change later."""
    for name, value in SETTINGS:
        yield _set(first, name, value)
    later = first + 400
    yield _set(later, "list.bodies", BODIES, "The Council set up a working group (illustrative decision).")
    raised = _set(later + 330, "materiality.threshold", ("USD", "150000.00"), "Adjusted to the new financial rules.")
    yield raised
    wrong = _set(later + 420, "rates.max-age-days", ("450",), "Quarterly rates suffice.")
    yield wrong
    void = _void(wrong, wrong.known + 3, "A digit too many.")
    yield void
    void_of_raise = _void(raised, wrong.known + 20, "The new rules were thought to begin later.")
    yield void_of_raise
    yield _void(void_of_raise, wrong.known + 24, CONFIRMED)


def _set(day: int, name: str, value: tuple[str, ...], reason: str | None = None) -> TimedCommand:
    day = working(day)
    command = {"command": "setting change", "name": name, "value": list(value)}
    return TimedCommand(command, day, day, day, OFFICER, reason)


def _void(said: TimedCommand, day: int, reason: str) -> TimedCommand:
    day = working(day)
    return TimedCommand({"command": "void", "positions": [], "reason": reason}, day, day, day, OFFICER, undoes=said)


def rates(seed: int, years: range) -> Iterator[TimedCommand]:
    """Yield the rates of exchange of each month."""
    rng, worth = Rng(seed, "rates"), dict(RATES)
    for year in years:
        for month in range(1, 13):
            first = day_of(year, month)
            known = working(first)
            for currency, millionths in worth.items():
                rate = f"{millionths // 1_000_000}.{millionths % 1_000_000:06}"
                command = {"command": "rate record", "base": currency, "quote": "USD", "rate": rate, "source": SOURCE}
                yield TimedCommand(command, first, known, known, TREASURY)
                worth[currency] += RATES[currency] * rng.between(-20, 20) // 1000
