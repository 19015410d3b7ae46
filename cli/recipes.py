"""How each report is made of what was asked for: the same for `ledger report` and `ledger explain`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from msgspec.structs import replace

from cli.asof import View
from ledger.domain.dates import check_period, checked_date
from ledger.domain.errors import USAGE, LedgerError

if TYPE_CHECKING:
    from projections.reports.model import Report


class UnknownReport(LedgerError):
    """There is no report of this name."""

    code = "unknown-report"
    exit = USAGE

    def __init__(self, name: str) -> None:
        """Refuse the report `name`."""
        super().__init__(f"There is no report '{name}'.", f"There is {', '.join(RECIPES)}.")


class BadYear(LedgerError):
    """A year is not one that a report can be about."""

    code = "bad-year"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text` as a year."""
        super().__init__(
            f"'{text}' is not a year that a report can be about.", "Give a year from 1870 to 2199, like 2024."
        )


class NotForReport(LedgerError):
    """An option does not belong to the report that is asked for, or one that it needs is missing."""

    code = "not-for-report"
    exit = USAGE

    def __init__(self, report: str, option: str, *, missing: bool = False) -> None:
        """Refuse `option` for `report`, or its absence."""
        told = f"The report '{report}' needs --{option}." if missing else f"--{option} is not for '{report}'."
        super().__init__(told, f"'ledger report {report} --help' shows what it takes.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for; the report says which of it it takes."""

    year: str | None = None
    starts: str | None = None
    ends: str | None = None
    engagement: str | None = None


OPTIONS = {
    "year": ("year", "YEAR", "The year of the agreements; that of the as-of if not given."),
    "starts": ("from", "DATE", "First day of the period; 1 January of the year of its last day if not given."),
    "ends": ("to", "DATE", "Last day of the period; the as-of if not given. Without --on it is the as-of too."),
    "engagement": ("engagement", "ENGAGEMENT", "The engagement that the report is about."),
}
"""What a report can be asked for: member to option, what it takes, and help."""


def year_of(view: View, text: str | None) -> int:
    """Return the year that a report is about: that of the as-of if none is given. Raises BadYear."""
    if text is None:
        return date.fromisoformat(view.on).year
    if not (text.isascii() and text.isdigit() and len(text) == 4 and 1870 <= int(text) <= 2199):
        raise BadYear(text)
    return int(text)


def period_of(view: View, asked: Asked) -> tuple[str, str]:
    """Return the first and the last day of the period. Raises BadDate, EndsBeforeStart."""
    ends = checked_date(asked.ends) if asked.ends else view.on
    starts = checked_date(asked.starts) if asked.starts else f"{ends[:4]}-01-01"
    check_period(starts, ends)
    return starts, ends


def _partnerships(view: View, queries: Any, root: str, asked: Asked) -> "Report":
    from projections.reports import partnerships  # noqa: PLC0415 - help builds nothing

    return partnerships.build(queries, root, year_of(view, asked.year))


def _council(view: View, queries: Any, root: str, asked: Asked) -> "Report":
    from projections.journal import Journal  # noqa: PLC0415
    from projections.reports import council  # noqa: PLC0415

    return council.build(queries, Journal(view.ledger, view.known_at), root, period_of(view, asked))


def _disclosures(view: View, queries: Any, root: str, _: Asked) -> "Report":
    from projections.journal import Journal  # noqa: PLC0415
    from projections.reports import disclosures  # noqa: PLC0415

    return disclosures.build(queries, Journal(view.ledger, view.known_at), root)


def _engagement(view: View, queries: Any, root: str, asked: Asked) -> "Report":
    from projections.journal import Journal  # noqa: PLC0415
    from projections.reports import dossier  # noqa: PLC0415

    if asked.engagement is None:
        raise NotForReport("engagement", "engagement", missing=True)
    return dossier.build(queries, Journal(view.ledger, view.known_at), root, asked.engagement)


class Recipe(NamedTuple):
    """A report: what it can be asked for, how it is built, and what its command says."""

    takes: tuple[str, ...]
    build: Callable[[View, Any, str, Asked], "Report"]
    help: str


RECIPES = {
    "partnerships": Recipe(
        ("year",),
        _partnerships,
        """Agreements, partners, contributions by payer, region and priority, five-year trend, and full lists.

        \\b
        Example:
          ledger report partnerships --year 2024 -o partnerships-2024.html
        """,
    ),
    "council": Recipe(
        ("starts", "ends"),
        _council,
        """Engagements in force in a period: who, for how much, under which orders, for how long, with what result, and
        whether the Council was told; what is not disclosed, what changed, what is overdue, what was corrected.

        \\b
        Example:
          ledger report council --from 2026-01-01 --to 2026-12-31 -o council-2026.html
        """,
    ),
    "disclosures": Recipe(
        (),
        _disclosures,
        """What each document told which body; of each engagement when things happened, were recorded and disclosed.

        \\b
        Example:
          ledger report disclosures -o disclosures.html
        """,
    ),
    "engagement": Recipe(
        ("engagement",),
        _engagement,
        """The dossier of one engagement, with its whole history in words.

        \\b
        Example:
          ledger report engagement IDS-2026-001 -o IDS-2026-001.html
        """,
    ),
}

PROVED = ("partnerships", "council")
"""The reports that can be proved: those of projections.proof.defined, which help does not load."""


def build(view: View, queries: Any, name: str, asked: Asked) -> "Report":
    """Return a report. Raises UnknownReport, NotForReport, and what the report itself raises."""
    import base64  # noqa: PLC0415 - help builds nothing

    recipe = RECIPES.get(name)
    if recipe is None:
        raise UnknownReport(name)
    for member, (option, _, _) in OPTIONS.items():
        if getattr(asked, member) is not None and member not in recipe.takes:
            raise NotForReport(name, option)
    return recipe.build(view, queries, base64.b64encode(view.stamp().root).decode(), asked)


def dated(view: View, on: str | None, asked: Asked) -> View:
    """Return the ledger as a report shows it: of the last day of its period at the latest, unless `on` is given."""
    if on is not None or asked.ends is None:
        return view
    return replace(view, on=min(view.on, checked_date(asked.ends)))


def option(member: str) -> click.Option:
    """Return the option by which a report is asked for something."""
    name, metavar, text = OPTIONS[member]
    return click.Option([f"--{name}", member], metavar=metavar, help=text)
