"""`ledger definitions`: the definitions that compute the figures of a proved report, as data."""

from collections.abc import Callable
from functools import partial
from typing import Any

import click

from cli.lazy import LazyGroup
from cli.nouns.write import envelope_options, request_for
from cli.outcome import repeated_line
from cli.output.files import put
from cli.output.presentation import shown_as, with_options
from cli.output.receipts import show_receipt
from cli.output.tables import Column, Stamp, show_rows
from cli.session import Session, pass_session
from ledger.domain.organisation.report_definitions import AdoptDefinitions
from projections.reports.registry import PROVABLE

definitions = LazyGroup(
    "definitions",
    table={
        "adopt": (
            "cli.commands.trust.definitions:adopt",
            "Adopt this version's definitions of a report, so that it can be proved.",
        ),
        "list": (
            "cli.commands.trust.definitions:list_",
            "List the reports that can be proved, and what the log adopted.",
        ),
        "show": ("cli.commands.trust.definitions:show", "Print the definitions of a report."),
    },
    help="Definitions of proved reports, as data: what their figures read, group, count or sum, and print.",
    short_help="Definitions of proved reports: adopt, list, show.",
)


def _recording(function: Callable[..., Any]) -> Callable[..., Any]:
    return with_options(function, *envelope_options())


@click.command()
@click.argument("report", type=click.Choice(PROVABLE))
@_recording
@pass_session
def adopt(session: Session, /, *, report: str, **given: Any) -> None:
    """Record the SHA-256 of the definitions of this version, so that REPORT can be proved with them.

    The definitions also give the SHA-256 of the program that checks a report. A new version may have new definitions:
    its changelog says so, and you adopt them in the same way. Reports proved before stay proved.

    \b
    Example:
      ledger definitions adopt council
    """
    from projections.proof.shipped_definitions import digest

    session.actor = given["actor"] or session.actor
    envelope = {name: given[name] for name in ("effective", "reason", "command_id")}
    session.outcome.again = partial(repeated_line, session.words)
    with session.ledger() as ledger:
        command = AdoptDefinitions(report=report, sha256=digest(report))
        receipt = ledger.record(request_for(session, (command,), **envelope), dry_run=given["dry_run"])
    show_receipt(receipt, given["form"] or session.format, dry_run=given["dry_run"])


@click.command("list")
@shown_as
@pass_session
def list_(session: Session, form: str | None) -> None:
    """List the reports that can be proved, the SHA-256 of this version's definitions, and whether the log adopted them.

    \b
    Example:
      ledger definitions list
    """
    from ledger.transparency.adopted_definitions import adopted
    from projections.proof.shipped_definitions import digest

    with session.ledger() as ledger:
        head = ledger.store.head()
        in_log = {report: adopted(ledger, report, head.size) for report in PROVABLE}
    rows = [
        {"report": report, "sha256": digest(report), "adopted": _adopted(in_log[report], digest(report))}
        for report in PROVABLE
    ]
    columns = (Column("report"), Column("sha256"), Column("adopted"))
    show_rows(rows, columns, form or session.format, Stamp(session.today, head.size, head.root))


def _adopted(in_log: str | None, own: str) -> str:
    return "no" if in_log is None else "yes" if in_log == own else "others"


@click.command()
@click.argument("report", type=click.Choice(PROVABLE))
@click.option("--output", "-o", metavar="FILE", help="Where to write them; standard output if not given.")
def show(report: str, output: str | None) -> None:
    """Print the definitions of REPORT as this version has them: exactly the bytes whose SHA-256 is adopted.

    \b
    Example:
      ledger definitions show council -o definitions.json
    """
    from projections.proof.shipped_definitions import definition_bytes

    put(output, definition_bytes(report))
