"""A report in the form that is asked for; each form's module is loaded only when it is."""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from projections.reports.model import Report

FORMS = {
    "markdown": "projections.reports.render_markdown",
    "html": "projections.reports.render_html",
    "csv": "projections.reports.render_csv",
    "json": "projections.reports.render_json",
}


def render(report: Report, form: str) -> str:
    """Return a report as text in one of FORMS; the same report gives the same bytes. Raises KeyError."""
    made = cast("Callable[[Report], str]", import_module(FORMS[form]).rendered)
    return made(report)
