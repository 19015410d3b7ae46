"""`ledger record`: records commands from JSON Lines, in one transaction or one by one."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import click
import msgspec

from cli.nouns.attachments import attach, keep, offering, record_with_files
from cli.output.receipts import in_words, receipt_plain
from cli.session import Session, pass_session
from cli.terminal import say, say_line
from ledger.domain.errors import REFUSED, USAGE, LedgerError
from ledger.domain.fields import checked_reference
from ledger.importing.errors import CannotRead

ENVELOPE = ("effective", "actor", "reason", "id")


class BadLine(LedgerError):
    """A line is not a JSON object that states a command."""

    code = "bad-line"
    exit = USAGE

    def __init__(self, why: str) -> None:
        """Refuse a line because `why`."""
        super().__init__(
            f"The line is not a JSON object: {why}.",
            'Write one object a line: {"command": "party register", "name": "…", "effective": "2026-11-01"}.',
        )


@click.command()
@click.argument("file", metavar="FILE|-")
@click.option(
    "--each", is_flag=True, help="Record each line by itself; its receipt is printed once it is safe on disk."
)
@click.option("--actor", help="Who records: a staff id, not a name (LEDGER_ACTOR); a line may name its own.")
@click.option("--effective", metavar="DATE", help="When it happened, for lines that do not give it.")
@click.option("--reason", help="Why, for lines that do not give it.")
@click.option("--command-id", metavar="PREFIX", help="Lines without an id get PREFIX:NUMBER: none is recorded twice.")
@click.option("--dry-run", is_flag=True, help="Show what would be recorded, and record nothing.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="How receipts are shown.")
@pass_session
def record(session: Session, /, file: str, each: bool, dry_run: bool, form: str | None, **defaults: str | None) -> int:
    """Record commands from a file of JSON Lines, or from standard input.

    A line holds `command` (noun and verb), the command's members, and where they apply `effective`, `actor`, `reason`
    and `id`; a file is named as {"file": "agreement.pdf"}. Either all lines are recorded or none; with --each, every
    line is recorded by itself, and refused lines are reported with their number.

    \b
    Example:
      ledger record commands.jsonl
    """
    session.actor = defaults["actor"] or session.actor
    form = form or session.format
    with session.ledger() as ledger:
        lines = _lines(file)
        if each:
            return _record_each(session, ledger, lines, defaults, form, dry_run=dry_run)
        return _record_all(session, ledger, lines, defaults, form, dry_run=dry_run)


def _record_each(
    session: Session,
    ledger: Any,
    lines: Iterator[tuple[int, bytes]],
    defaults: dict[str, Any],
    form: str,
    *,
    dry_run: bool,
) -> int:
    worst = 0
    for number, line in lines:
        try:
            receipt = record_with_files(session, ledger, _request(session, number, line, defaults), dry_run=dry_run)
        except LedgerError as error:
            worst = max(worst, _report_refusal(number, error))
            continue
        _show(number, receipt, form, dry_run=dry_run)
    return worst


def _record_all(
    session: Session,
    ledger: Any,
    lines: Iterator[tuple[int, bytes]],
    defaults: dict[str, Any],
    form: str,
    *,
    dry_run: bool,
) -> int:
    worst, receipts = 0, []
    # A refusal undoes the whole file; the remaining lines are still checked, to report all refusals together.
    try:
        with offering(ledger, session.files), ledger.recording(dry_run=dry_run) as unit:
            for number, line in lines:
                try:
                    receipts.append((number, unit.perform(_request(session, number, line, defaults))))
                except LedgerError as error:
                    worst = max(worst, _report_refusal(number, error))
            if worst:
                raise _Nothing  # noqa: TRY301 - raising rolls the transaction back
            if not dry_run:
                keep(ledger, session.files)
    except _Nothing:
        say_line("nothing was recorded; --each records the valid lines.", err=True)
        return worst
    if form == "json":
        for number, receipt in receipts:
            _show(number, receipt, form, dry_run=dry_run)
    elif receipts:
        count = sum(receipt.count for _, receipt in receipts if not receipt.repeated)
        last = in_words(receipts[-1][1], dry_run=dry_run)
        say_line(f"commands: {len(receipts)}, entries: {count}; the last: {last}")
    else:
        say_line("nothing to record: the file has no commands.")
    return 0


class _Nothing(Exception):  # no error: it rolls the transaction back
    """Leave the transaction without a trace."""


def _lines(file: str) -> Iterator[tuple[int, bytes]]:
    try:
        stream = sys.stdin.buffer if file == "-" else open(file, "rb")  # noqa: PTH123, SIM115 - closed below
    except OSError as error:
        raise CannotRead(file, error.strerror or str(error)) from error
    with stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield number, line


def _request(session: Session, number: int, line: bytes, defaults: dict[str, Any]) -> Any:
    from ledger.application.request import Request, command_from, tidy_text
    from ledger.domain.dates import checked_date

    members = _object(line)
    _digest(session, members)
    given = {name: members.pop(name, None) for name in ENVELOPE if name != "reason" or members.get("command") != "void"}
    for name, value in given.items():
        if value is not None and not isinstance(value, str):
            raise BadLine(f"'{name}' is not a text")
    effective = given["effective"] or defaults["effective"]
    reason = given.get("reason") or (defaults["reason"] if "reason" in given else None)
    prefix = defaults["command_id"]
    own = given["id"] or (f"{prefix}:{number}" if prefix else None)
    return Request(
        commands=(command_from(members),),
        actor=checked_reference(given["actor"] or session.acting),
        effective_on=checked_date(effective) if effective else None,
        reason=tidy_text(reason, "reason", long=True) if reason else None,
        id=checked_reference(own) if own else None,
    )


def _digest(session: Session, members: dict[str, Any]) -> None:
    # Input names a file by its path; the entry records its digest.
    match members:
        case {"content": {"file": str(path), **more}} if not more:
            members["content"] = msgspec.to_builtins(attach(session, path))


def _object(line: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(line, object_pairs_hook=_members)
    except (ValueError, RecursionError) as error:
        raise BadLine(str(error)) from error
    if not isinstance(parsed, dict):
        raise BadLine("it is another kind of JSON value")
    return parsed


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is given twice")
    return members


def _report_refusal(number: int, error: LedgerError) -> int:
    # Report the error of a line with its number; an error of the store ends the command.
    from ledger.application.request import CommandReused

    if error.exit > REFUSED and not isinstance(error, CommandReused):
        raise error
    say_line(f"line {number}: error: {error.code}: {error.sentence}", err=True)
    if error.hint:
        say_line(f"line {number}: hint: {error.hint}", err=True)
    return error.exit


def _show(number: int, receipt: Any, form: str, *, dry_run: bool) -> None:
    if form == "json":
        say(json.dumps({"line": number, **receipt_plain(receipt, dry_run=dry_run)}, ensure_ascii=False))
    else:
        say_line(f"line {number}: {in_words(receipt, dry_run=dry_run)}")
