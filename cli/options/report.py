"""The options of reports, and building a report from the view of a reading command."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from cli.options.as_of import View
from ledger.domain.dates import checked_date
from ledger.tlog.encoding import encoded
from projections.reports import registry
from projections.reports.registry import OPTIONS, REPORTS, ReportRequest, of_year

if TYPE_CHECKING:
    from projections.queries.bitemporal import Queries
    from projections.reports.model import Report


def option(member: str) -> click.Option:
    """Return the option that fills a member of the request for a report."""
    name, metavar, text = OPTIONS[member]
    return click.Option([f"--{name}", member], **_value(metavar), help=text)


def report_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of all reports, as `ReportRequest` has them."""
    for member in reversed(OPTIONS):
        name, metavar, text = OPTIONS[member]
        function = click.option(f"--{name}", member, **_value(metavar), help=text)(function)
    return function


def _value(metavar: str) -> dict[str, Any]:
    return {"metavar": metavar} if metavar else {"is_flag": True}


def build(view: View, queries: "Queries", name: str, request: ReportRequest) -> "Report":
    """Build a report. Raises UnknownReport, NotForReport, and the errors of the report."""
    from projections.history.journal import Journal

    return registry.build(queries, Journal(view.ledger, view.known_at), encoded(view.stamp().root), name, request)


def requested(name: str, **given: Any) -> ReportRequest:
    """Return the request for a report; where it has a period, a year is one. Raises BadYear, UsageError."""
    request = ReportRequest(**given)
    if request.year is None or name not in REPORTS or "ends" not in REPORTS[name].takes:
        return request
    if request.starts or request.ends:
        raise click.UsageError("--year does not go with --from and --to.")
    return of_year(request)


def dated(view: View, on: str | None, request: ReportRequest) -> View:
    """Return the view of a report: without `on`, as of the last day of its period at the latest."""
    if on is not None or request.ends is None:
        return view
    return replace(view, on=min(view.on, checked_date(request.ends)))
