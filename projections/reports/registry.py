"""The registry of reports: their options, parameters, builders and output forms, and which of them can be proved.

`ledger report`, `ledger explain` and the proofs read it. Importing it loads no builder and no renderer.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ledger.domain.dates import check_period, checked_date
from ledger.domain.errors import USAGE, LedgerError

if TYPE_CHECKING:
    from projections.history.journal import Journal
    from projections.queries.bitemporal import Queries
    from projections.reports.model import Report


class UnknownReport(LedgerError):
    """There is no report with this name."""

    code = "unknown-report"
    exit = USAGE

    def __init__(self, name: str) -> None:
        """Refuse the report `name`."""
        super().__init__(f"There is no report '{name}'.", f"Reports: {', '.join(REPORTS)}.")


class BadYear(LedgerError):
    """The year is out of the range of reports."""

    code = "bad-year"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text` as a year."""
        super().__init__(
            f"'{text}' is not a year that a report can cover.", "Give a year from 1870 to 2199, like 2024."
        )


class NotForReport(LedgerError):
    """An option does not apply to the report, or an option that the report needs is missing."""

    code = "not-for-report"
    exit = USAGE

    def __init__(self, report: str, option: str, *, missing: bool = False) -> None:
        """Refuse `option` for `report`, or its absence."""
        sentence = (
            f"The report '{report}' needs --{option}."
            if missing
            else f"The report '{report}' does not take --{option}."
        )
        super().__init__(sentence, f"'ledger report {report} --help' shows what it takes.")


class Option(NamedTuple):
    """An option of reports: its name, the placeholder of its value (empty for a flag), and its help."""

    name: str
    metavar: str
    help: str


OPTIONS = {
    "year": Option("year", "YEAR", "The year that it reports on; that of the as-of if not given."),
    "starts": Option("from", "DATE", "First day of the period; 1 January of the year of its last day if not given."),
    "ends": Option("to", "DATE", "Last day of the period; the as-of if not given. Without --on it is the as-of too."),
    "engagement": Option("engagement", "ENGAGEMENT", "The engagement that the report is about."),
    "whole": Option("all", "", "Show every engagement and verdict in full, also what is not material."),
}
"""The options of reports, by the member of `ReportRequest` that each sets."""


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """The options as the user typed them. Each report accepts some of them."""

    year: str | None = None
    starts: str | None = None
    ends: str | None = None
    engagement: str | None = None
    whole: bool = False


Parameters = Mapping[str, Any]
"""The parameters of a report, as in its JSON form: `{"year": 2024}`."""


class ReportDefinition(NamedTuple):
    """A report: the request members that it accepts (`takes`), its parameters, its builder, and its command's help.

    `parameters` fills in the defaults of a request from the date of the as-of. A report with `is_provable` has
    definitions in `projections.proof`. `paper` is the module that composes its document, if it has one of its own.
    """

    takes: tuple[str, ...]
    parameters: Callable[[ReportRequest, str], Parameters]
    build: Callable[["Queries", "Journal", str, Parameters], "Report"]
    help: str
    is_provable: bool = False
    paper: str = ""


def checked_year(text: str) -> int:
    """Return a year that figures can be of. Raises BadYear."""
    if not (text.isascii() and text.isdigit() and len(text) == 4 and 1870 <= int(text) <= 2199):
        raise BadYear(text)
    return int(text)


def _year(request: ReportRequest, on: str) -> Parameters:
    """Return the year of the report; the default is the year of the as-of. Raises BadYear."""
    text = request.year
    if text is None:
        return {"year": date.fromisoformat(on).year}
    return {"year": checked_year(text)}


def of_year(request: ReportRequest) -> ReportRequest:
    """Return a request for the period that its year is, if it has one. Raises BadYear."""
    if request.year is None:
        return request
    year = checked_year(request.year)
    return replace(request, year=None, starts=f"{year}-01-01", ends=f"{year}-12-31")


def _period(request: ReportRequest, on: str) -> Parameters:
    """Return the first and the last day of the period; the default ends at the as-of. Raises BadDate."""
    request = of_year(request)
    ends = checked_date(request.ends) if request.ends else on
    return {"from": request.starts or f"{ends[:4]}-01-01", "to": ends, "all": request.whole}


def _nothing(_: ReportRequest, __: str) -> Parameters:
    return {}


def _engagement(request: ReportRequest, _: str) -> Parameters:
    if request.engagement is None:
        raise NotForReport("engagement", "engagement", missing=True)
    return {"engagement": request.engagement}


def _build_partnerships(queries: "Queries", _: "Journal", root: str, given: Parameters) -> "Report":
    from projections.reports.partnerships import report as partnerships  # noqa: PLC0415 - help builds nothing

    return partnerships.build(queries, root, given["year"])


def _build_council(queries: "Queries", journal: "Journal", root: str, given: Parameters) -> "Report":
    from projections.reports.council import report as council  # noqa: PLC0415

    starts, ends = checked_date(given["from"]), checked_date(given["to"])
    check_period(starts, ends)
    return council.build(queries, journal, root, (starts, ends), whole=bool(given.get("all")))


def _build_disclosures(queries: "Queries", journal: "Journal", root: str, _: Parameters) -> "Report":
    from projections.reports.disclosures import report as disclosures  # noqa: PLC0415

    return disclosures.build(queries, journal, root)


def _build_dossier(queries: "Queries", journal: "Journal", root: str, given: Parameters) -> "Report":
    from projections.reports.dossier import report as dossier  # noqa: PLC0415

    return dossier.build(queries, journal, root, given["engagement"])


REPORTS = {
    "partnerships": ReportDefinition(
        ("year",),
        _year,
        _build_partnerships,
        """Agreements, partners, contributions by payer, region and priority, five-year trend, and full lists.

        \b
        Example:
          ledger report partnerships --year 2024 -o partnerships-2024.html
          ledger report partnerships --year 2024 --language fr -o partnerships-2024.docx
        """,
        is_provable=True,
        paper="projections.reports.partnerships.paper",
    ),
    "council": ReportDefinition(
        ("year", "starts", "ends", "whole"),
        _period,
        _build_council,
        """Engagements in force in a period: who, for how much, under which orders, for how long, with what result, and
        whether they were disclosed to the Council; what is not disclosed, what changed, what is overdue, what was
        corrected.

        Where guidelines are adopted, engagements that are material by them are shown in full, the others in one table;
        and what the guidelines ask for: what is not met or late, waived, or cannot be judged.

        \b
        Example:
          ledger report council --year 2026 -o council-2026.html
          ledger report council --from 2026-01-01 --to 2026-12-31 -o council-2026.docx
        """,
        is_provable=True,
        paper="projections.reports.council.document.paper",
    ),
    "disclosures": ReportDefinition(
        (),
        _nothing,
        _build_disclosures,
        """What each document disclosed to which body; for each engagement, when events happened, were recorded and were
        disclosed.

        \b
        Example:
          ledger report disclosures -o disclosures.html
        """,
    ),
    "engagement": ReportDefinition(
        ("engagement",),
        _engagement,
        _build_dossier,
        """The dossier of one engagement, with its whole history in words.

        \b
        Example:
          ledger report engagement IDS-2026-001 -o IDS-2026-001.html
        """,
    ),
}

PROVABLE = tuple(name for name, definition in REPORTS.items() if definition.is_provable)
"""The reports that can be proved."""


def build(queries: "Queries", journal: "Journal", root: str, name: str, request: ReportRequest) -> "Report":
    """Build a report. Raises UnknownReport, NotForReport, and the errors of the report's builder."""
    definition = REPORTS.get(name)
    if definition is None:
        raise UnknownReport(name)
    for member, option in OPTIONS.items():
        if getattr(request, member) not in (None, False) and member not in definition.takes:
            raise NotForReport(name, option.name)
    return definition.build(queries, journal, root, definition.parameters(request, queries.as_of.on))


FORMS = {
    "markdown": "projections.reports.render.markdown",
    "html": "projections.reports.render.html",
    "csv": "projections.reports.render.csv",
    "json": "projections.reports.render.json",
}
"""The output forms, each with the module that renders it; `render` loads only the one it needs."""


DOCUMENT_FORMS = {
    "docx": "projections.papers.render.docx",
    "pdf": "projections.papers.render.pdf",
    "xlsx": "projections.papers.render.xlsx",
}
"""The forms of documents to be tabled, each with the module that renders it; they need the extra `documents`."""


def render(report: "Report", form: str) -> str:
    """Render a report in one of FORMS. Equal reports give equal bytes. Raises KeyError."""
    rendered = cast("Callable[[Report], str]", import_module(FORMS[form]).rendered)
    return rendered(report)
