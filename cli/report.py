"""`ledger report NAME`: reports to the governing body, in every form."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.asof import View, reading, viewing
from cli.session import Session, pass_session
from ledger.domain.errors import USAGE, LedgerError

if TYPE_CHECKING:
    from projections.reports.model import Report

FORMS = ("markdown", "html", "csv", "json")
SUFFIXES = {".md": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".json": "json"}
NAMES = ("partnerships",)


class UnknownReport(LedgerError):
    """There is no report of this name."""

    code = "unknown-report"
    exit = USAGE

    def __init__(self, name: str) -> None:
        """Refuse the report `name`."""
        super().__init__(f"There is no report '{name}'.", f"There is {', '.join(NAMES)}.")


class CannotWrite(LedgerError):
    """A file cannot be written."""

    code = "cannot-write"
    exit = USAGE

    def __init__(self, path: str, why: str) -> None:
        """Say that `path` cannot be written because `why`."""
        super().__init__(f"{path} cannot be written: {why}.", "Check the folder, or give another --output.")


class BadYear(LedgerError):
    """A year is not one that a report can be about."""

    code = "bad-year"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text` as a year."""
        super().__init__(
            f"'{text}' is not a year that a report can be about.", "Give a year from 1870 to 2199, like 2024."
        )


def year_of(view: View, text: str | None) -> int:
    """Return the year that a report is about: that of the as-of if none is given. Raises BadYear."""
    if text is None:
        return date.fromisoformat(view.on).year
    if not (text.isascii() and text.isdigit() and len(text) == 4 and 1870 <= int(text) <= 2199):
        raise BadYear(text)
    return int(text)


def build(view: View, queries: Any, name: str, year: str | None) -> "Report":
    """Return a report. Raises UnknownReport, BadYear."""
    import base64  # noqa: PLC0415 - help builds nothing

    from projections.reports import partnerships  # noqa: PLC0415

    if name not in NAMES:
        raise UnknownReport(name)
    root = base64.b64encode(view.stamp().root).decode()
    return partnerships.build(queries, root, year_of(view, year))


@click.group()
def report() -> None:
    """Write a report to the governing body.

    The same log prefix, as-of and version give the same bytes.
    """


@report.command("partnerships")
@click.option("--year", metavar="YEAR", help="The year of the agreements; that of the as-of if not given.")
@click.option("--format", "form", type=click.Choice(FORMS), help="Its form; from the name of --output, else markdown.")
@click.option("--output", "-o", metavar="FILE", help="Where to write it; standard output if not given.")
@reading(form=False)
@pass_session
def partnerships(
    session: Session, year: str | None, form: str | None, output: str | None, on: str | None, known_at: str | None
) -> None:
    """Agreements, partners, contributions by payer, region and priority, five-year trend, and full lists.

    \b
    Example:
      ledger report partnerships --year 2024 -o partnerships-2024.html
    """
    from projections.reports.render import render  # noqa: PLC0415 - help renders nothing

    with viewing(session, on, known_at, None) as view, view.queries() as queries:
        model = build(view, queries, "partnerships", year)
    text = render(model, form or SUFFIXES.get(Path(output or "").suffix.lower(), "markdown"))
    if output is None or output == "-":
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    write_whole(Path(output), text)
    click.echo(f"wrote {output}", err=True)


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all. Raises CannotWrite."""
    half = path.with_name(f".{path.name}.half")
    try:
        half.write_bytes(text.encode())
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise CannotWrite(str(path), error.strerror or str(error)) from error
