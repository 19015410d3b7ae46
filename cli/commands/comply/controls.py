"""`ledger controls`: what each control looks for, and the parameters that an organisation adopts."""

from collections import Counter
from typing import Any

import click

from cli.commands.comply.faults import show_faults
from cli.nouns.show import controls_facts, controls_in
from cli.options.as_of import reading, viewing
from cli.output.files import text_of
from cli.output.presentation import shown_as
from cli.output.tables import Column, show_facts, show_rows
from cli.session import Session, pass_session
from cli.terminal import say
from ledger.domain.errors import LedgerError

CONTROLS = [Column("name", "control"), Column("looks", "looks for"), Column("findings", right=True)]


class FaultyControls(LedgerError):
    """A file of parameters of controls has faults, which were shown."""

    code = "faulty-controls"

    def __init__(self, file: str, count: int) -> None:
        """Say how many faults the file has."""
        super().__init__(
            f"{file} has {count} {'fault' if count == 1 else 'faults'}.", "docs/findings.md explains every parameter."
        )


@click.command()
@click.argument("file", metavar="FILE")
@shown_as
@pass_session
def check(session: Session, file: str, form: str | None) -> None:
    """Check a file of parameters of controls: every fault with its line, control and member.

    Of a file without faults it says what it changes, and how many controls stay as they ship.

    \b
    Example:
      ledger controls check controls.toml
    """
    from ledger.domain.controls.reading import BadControls, read_controls
    from ledger.domain.guidelines.adoption import text_digest
    from projections.findings.controls import controls
    from projections.findings.in_force import differences, with_parameters

    text, shape = text_of(file), form or session.format
    try:
        version = read_controls(text)
    except BadControls as error:
        show_faults(error.faults, "control", shape)
        raise FaultyControls(file, len(error.faults)) from None
    changed = differences(controls(), with_parameters(version))
    facts: dict[str, Any] = {
        "file": file, "parameters": f"{version.symbol}: {version.title}", "in force": f"from {version.binds_from}",
        "faults": 0, "controls that it names": len(version.settings),
        "controls that stay as they ship": len(controls().keys() - {what.partition(":")[0] for what, *_ in changed}),
        "SHA-256": text_digest(text),
    } | {what: f"{after}, not {before}" for what, before, after in changed}  # fmt: skip
    show_facts(facts, shape, None, "")


@click.command()
@click.argument("old", metavar="SYMBOL")
@click.argument("new", metavar="SYMBOL|FILE")
@reading()
@pass_session
def diff(session: Session, old: str, new: str, on: str | None, known_at: str | None, form: str | None) -> None:
    """Say how the parameters of a version differ from those of another one, or of a file.

    The symbol 'shipped' is of the parameters that ship, which count where none are adopted.

    \b
    Example:
      ledger controls diff shipped AC/2026/3
    """
    from pathlib import Path

    from ledger.domain.controls.reading import read_controls
    from projections.findings.in_force import differences, with_parameters

    with viewing(session, on, known_at, form) as view:
        before = controls_in(view, old)
        after = with_parameters(read_controls(text_of(new))) if Path(new).is_file() else controls_in(view, new)
        rows = [{"what": what, "before": was, "after": now} for what, was, now in differences(before, after)]
        columns = [Column("what"), Column("before", old), Column("after", new)]
        note = "" if rows else f"{old} and {new} have the same parameters."
        show_rows(rows, columns, view.form, view.stamp(), note=note)


@click.command()
@click.argument("symbol", metavar="SYMBOL")
@click.option("--text", "is_text", is_flag=True, help="Print the text of the file, byte for byte, and nothing else.")
@reading()
@pass_session
def show(session: Session, symbol: str, is_text: bool, on: str | None, known_at: str | None, form: str | None) -> None:
    """Show a version of parameters of controls, or the text that was adopted.

    The symbol 'shipped' is of the parameters that ship, which have no text.

    \b
    Example:
      ledger controls show AC/2026/3 --text
    """
    from cli.nouns.show import controls_text
    from ledger.domain.controls.reading import SHIPPED

    if is_text and symbol == SHIPPED:
        raise click.UsageError("The parameters that ship have no text: leave --text out.")
    with viewing(session, on, known_at, form) as view:
        if is_text:
            say(controls_text(view, symbol))
        else:
            show_facts(controls_facts(view, symbol), view.form, view.stamp(), f"controls {symbol}")


@click.command()
@reading()
@pass_session
def overview(session: Session, on: str | None, known_at: str | None, form: str | None) -> None:
    """Show what each control looks for, its parameters, and how many findings it has, or that its facts are missing.

    The last line says whose parameters these are: those of the version in force on the day, or those that ship.

    \b
    Example:
      ledger controls --on 2026-12-31
    """
    from projections.findings.assessed import OPEN, assessed
    from projections.findings.examination import Examination

    with viewing(session, on, known_at, form) as view, view.queries() as queries:
        looked = Examination(queries, view.ledger)
        counts: Counter[str] = Counter()
        opened: Counter[str] = Counter()
        for item in assessed(queries, looked.findings()):
            counts[item.finding.control.id] += 1
            opened[item.finding.control.id] += item.status == OPEN
        rows = []
        for control in looked.controls:
            missing = looked.missing(control)
            row = {
                "control": control.id, "group": control.group, "title": control.title, "severity": control.severity,
                "looks_for": control.looks_for, "parameters": dict(control.parameters), "not_recorded": missing,
                "findings": None if missing else counts[control.id], "open": None if missing else opened[control.id],
                "symbol": looked.in_force.symbol,
            }  # fmt: skip
            rows.append(row)
        shown = rows if view.form == "json" else [row | _in_words(row) for row in rows]
        unable = sum(1 for row in rows if row["not_recorded"])
        number = "1 finding" if counts.total() == 1 else f"{counts.total()} findings"
        note = f"{number}, {opened.total()} open; of {unable} of {len(rows)} controls the facts "
        note += f"are not recorded; {looked.in_force.said}"
        columns = [Column(name) for name in rows[0]] if view.form == "csv" else CONTROLS
        show_rows(shown, columns, view.form, view.stamp(), note=note)


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    from projections.findings.in_force import value_text

    parameters = "; ".join(
        f"{name.replace('_', ' ')}: {value_text(value)}" for name, value in row["parameters"].items()
    )
    looks = f"{row['title']}: {row['looks_for']}" + (f"\n{parameters}" if parameters else "")
    missing = "; ".join(row["not_recorded"])
    looks += f"\nNot recorded: {missing}." if missing else ""
    return {
        "name": f"{row['control']}\n{row['severity']}", "looks": looks, "parameters": parameters,
        "not_recorded": missing, "findings": "not recorded" if missing else row["findings"],
    }  # fmt: skip
