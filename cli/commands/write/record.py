"""`ledger record`: records commands from JSON Lines, in one transaction or one by one."""

import json
from typing import TYPE_CHECKING, Any

import click

from cli.commands.write.command_lines import CommandLines
from cli.messages import print_message
from cli.nouns.attachments import keep, offering, record_with_files
from cli.outcome import repeated_line
from cli.output.receipts import in_words, receipt_plain
from cli.session import Session, pass_session
from cli.terminal import say, say_line
from ledger.domain.errors import REFUSED, LedgerError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.application.ledger import Judged, Ledger
    from ledger.application.receipt import Receipt
    from ledger.application.request import Request


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
    line is recorded by itself, and refused lines are reported with their number. The same file is recorded once,
    however often it is given; for standard input, --command-id does that.

    \b
    Example:
      ledger record commands.jsonl
    """
    session.actor = defaults["actor"] or session.actor
    form = form or session.format
    with session.ledger() as ledger:
        lines = CommandLines(session, file, defaults)
        session.outcome.again = lambda _: _repeated(session, lines)
        if each:
            return _record_each(session, ledger, lines, form, dry_run=dry_run)
        return _record_all(session, ledger, lines, form, dry_run=dry_run)


def _repeated(session: Session, lines: CommandLines) -> str:
    """Return the command line that records the same lines once, whatever was recorded of them."""
    line = repeated_line(session.words, "" if lines.is_file else lines.prefix)
    return line if lines.is_file else f"{line} (with the same input)"


def _record_each(session: Session, ledger: "Ledger", lines: CommandLines, form: str, *, dry_run: bool) -> int:
    worst, recorded = 0, 0
    for group in lines.as_they_come():
        for number, (result, notes) in _judged(session, ledger, lines, group, dry_run=dry_run):
            for text in notes:
                print_message("note", text)
            if isinstance(result, LedgerError):
                worst = max(worst, _report_refusal(session, number, result))
            else:
                _show(number, result, form, dry_run=dry_run)
                recorded += 1
        session.outcome.shown()
    if worst and recorded and not dry_run:
        again = repeated_line(session.words, lines.prefix)
        where = "where they stand" if lines.is_file else "in the same input"
        print_message("hint", f"correct the refused lines {where}; then this records them alone: {again}")
    return worst


def _judged(
    session: Session, ledger: "Ledger", lines: CommandLines, group: list[tuple[int, bytes]], *, dry_run: bool
) -> "Iterator[tuple[int, Judged]]":
    """Yield what became of each line; lines with files, and those that are only tried, are not recorded together."""
    from ledger.application.ledger import Judged

    waiting: dict[int, Request | LedgerError] = {}
    for number, line in group:
        try:
            waiting[number] = request = lines.request(number, line)
        except LedgerError as error:
            waiting[number] = error
            continue
        if dry_run or session.files:
            del waiting[number]
            yield from _together(ledger, waiting)
            waiting = {}
            try:
                receipt = record_with_files(session, ledger, request, dry_run=dry_run)
            except LedgerError as error:
                yield number, Judged(error, [])
            else:
                yield number, Judged(receipt, [])
    yield from _together(ledger, waiting)


def _together(ledger: "Ledger", waiting: "dict[int, Request | LedgerError]") -> "Iterator[tuple[int, Judged]]":
    from ledger.application.ledger import Judged

    judged = iter(ledger.record_each([item for item in waiting.values() if not isinstance(item, LedgerError)]))
    for number, item in waiting.items():
        yield number, Judged(item, []) if isinstance(item, LedgerError) else next(judged)


def _record_all(session: Session, ledger: "Ledger", lines: CommandLines, form: str, *, dry_run: bool) -> int:
    """Read and check everything, decide it, and only then hold the lock: input may take for ever to come."""
    from ledger.importing.batch import Batch, Refusals

    requests: dict[int, Request] = {}
    refused: dict[int, LedgerError] = {}
    receipts: list[Receipt] = []
    for number, line in lines:
        try:
            requests[number] = lines.request(number, line)
        except LedgerError as error:
            refused[number] = error
    with offering(ledger, session.files):
        try:
            batch = Batch(ledger, list(requests.values()))
            if not refused:
                if not dry_run:
                    keep(ledger, session.files)
                receipts = batch.record(dry_run=dry_run)
        except Refusals as error:
            numbers = list(requests)
            refused |= {numbers[place]: refusal for place, refusal in error.refused}
    if refused:
        worst = max([_report_refusal(session, number, refusal) for number, refusal in sorted(refused.items())])
        say_line("nothing was recorded; --each records the valid lines.", err=True)
        return worst
    _show_all(dict(zip(requests, receipts, strict=True)), form, dry_run=dry_run)
    return 0


def _show_all(receipts: "dict[int, Receipt]", form: str, *, dry_run: bool) -> None:
    if form == "json":
        for number, receipt in receipts.items():
            _show(number, receipt, form, dry_run=dry_run)
    elif receipts:
        *_, last = receipts.values()
        count = sum(receipt.count for receipt in receipts.values() if not receipt.repeated)
        shown = in_words(last, dry_run=dry_run)
        say_line(f"commands: {len(receipts)}, entries: {count}; the last: {shown}")
    else:
        say_line("nothing to record: the file has no commands.")


def _report_refusal(session: Session, number: int, error: LedgerError) -> int:
    # Report the error of a line with its number; an error of the store ends the command.
    from ledger.application.request import CommandReused

    if error.exit > REFUSED and not isinstance(error, CommandReused):
        raise error
    say_line(f"line {number}: error: {error.code}: {error.sentence}", err=True)
    if error.hint:
        say_line(f"line {number}: hint: {session.pasteable(error.hint)}", err=True)
    return error.exit


def _show(number: int, receipt: Any, form: str, *, dry_run: bool) -> None:
    if form == "json":
        say(json.dumps({"line": number, **receipt_plain(receipt, dry_run=dry_run)}, ensure_ascii=False))
    else:
        say_line(f"line {number}: {in_words(receipt, dry_run=dry_run)}")
