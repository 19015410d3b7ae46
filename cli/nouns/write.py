"""Commands that write, made from the command structures of the domain; at a terminal they prompt for missing values."""

import shlex
from collections.abc import Callable
from functools import cache, partial
from inspect import cleandoc
from typing import Any

import click
import msgspec

from cli.nouns.parameters import Member, members
from cli.outcome import repeated_line
from cli.output.presentation import format_options, with_options
from cli.session import Session
from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.findings.assessment import AssessFinding
from ledger.domain.kernel import Command, Fact
from ledger.domain.party.merging import MergeParty


class Writing(click.Command):
    """A command that records `cls`."""

    def __init__(self, cls: type[Command], name: str) -> None:
        """Take its arguments and options from the members of the structure."""
        self.cls = cls
        self.members: list[Member] = members(cls)
        self.typed: list[str] = []
        """The words typed after the name of the command."""
        has_reason = any(member.name == "reason" for member in self.members)
        super().__init__(
            name,
            params=[
                *_distinct([member.parameter() for member in self.members]),
                *envelope_options(reason=not has_reason),
            ],
            callback=click.pass_context(_record),
            help=_help(cls, self.members),
            short_help=(cls.__doc__ or "").partition("\n")[0],
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, and keep them as they were typed."""
        self.typed = list(args)
        return super().parse_args(ctx, args)


def command_for(cls: type[Command], name: str) -> click.Command:
    """Return the click command that records `cls`."""
    return Writing(cls, name)


def _ask_nothing(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(Session).no_input = True


def envelope_options(*, reason: bool = True) -> list[click.Parameter]:
    """Return the options that every writing command takes."""
    options: list[click.Parameter] = [
        click.Option(["--effective"], metavar="DATE", help="When it happened; today if not given."),
        click.Option(["--actor"], help="Who records it: a staff id, not a name (LEDGER_ACTOR)."),
        click.Option(["--reason"], help="Why, for the record."),
        click.Option(["--command-id"], help="An id of your own: the same command is never recorded twice."),
        click.Option(["--dry-run"], is_flag=True, help="Show what would be recorded, and record nothing."),
        no_input_option(),
        *format_options("form", "receipt"),
    ]
    return options if reason else [option for option in options if option.name != "reason"]


def no_input_option() -> click.Option:
    """Return the option that turns prompts off; it is eager, so that it is read before the other parameters."""
    return click.Option(
        ["--no-input"], is_flag=True, is_eager=True, expose_value=False, callback=_ask_nothing,
        help="Never prompt: a missing value is an error (LEDGER_NO_INPUT=1).",
    )  # fmt: skip


def no_input(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add that option to a function before it becomes a command."""
    return with_options(function, no_input_option())


def _distinct(parameters: list[click.Parameter]) -> list[click.Parameter]:
    # `PARTY PARTY` is ambiguous: the second takes its own name as its metavar.
    shown: set[str | None] = set()
    for parameter in parameters:
        if isinstance(parameter, click.Argument):
            if parameter.metavar in shown:
                parameter.metavar = (parameter.name or "").upper()
            shown.add(parameter.metavar)
    return parameters


def _help(cls: type[Command], own: list[Member]) -> str:
    fixed = [member for member in own if member.extra.get("argument") and member.choices]
    choices = "".join(f"\n\n{member.name.upper()} is one of: {', '.join(member.choices)}." for member in fixed)
    example = f"\n\n\b\nExample:\n  ledger {cls.tag()} {cls.example}" if cls.example else ""
    return f"{cleandoc(cls.__doc__ or '')}{choices}{example}"


def _flat(value: Any) -> Any:
    # One word may name a file that lists several values.
    if not isinstance(value, tuple):
        return value
    return tuple(item for part in value for item in (part if type(part) is tuple else (part,)))


def _show_coverage(session: Session, ledger: Any, request: Any, *, is_confirmed: bool) -> None:
    """Show what a disclosure is about to cover; at a terminal, ask whether to record it."""
    from cli.nouns.publication import coverage_lines, rehearsed
    from cli.terminal import say_line

    events = rehearsed(ledger, request)
    state, _ = ledger.fold(request.commands[0].stream(None))
    for event in events:
        event.evolve(state, Fact(0, request.effective_on or session.today, event))
    for line in coverage_lines(events, state):
        say_line(line, err=True)
    if events and session.asks and not is_confirmed:
        from cli.nouns.interview import confirm

        confirm("Record this?")


def _show_merge(session: Session, ledger: Any, request: Any, *, is_confirmed: bool, dry_run: bool) -> None:
    """Show which party is about to count as which other one; at a terminal, ask whether to record it."""
    from cli.nouns.show_party import say_merge
    from cli.options.as_of import View
    from ledger.application.opened_log import OpenedLog

    with ledger.recording(dry_run=True) as unit:
        receipt = unit.perform(request)
        entry = ledger.entry(receipt.first)
    if receipt.repeated:
        return
    view = View(OpenedLog.of(ledger), session.today, ledger.store.head().size, "table")
    say_merge(view, entry.stream.partition("/")[2], entry.event.into, dry_run=dry_run)
    if session.asks and not is_confirmed:
        from cli.nouns.interview import confirm

        confirm("Merge them?")


def _show_before(session: Session, ledger: Any, request: Any, *, is_asked: bool, dry_run: bool, as_text: bool) -> None:
    """Show what a disclosure, a merge or a dry run is about to record; ask about the first two unless `is_asked`."""
    from cli.nouns.attachments import offering
    from cli.nouns.entry_words import say_rehearsed

    cls = type(request.commands[0])
    if cls.stream_kind == "disclosure" and "cover" in cls.__struct_fields__:
        _show_coverage(session, ledger, request, is_confirmed=dry_run or is_asked)
    elif cls is MergeParty:
        _show_merge(session, ledger, request, is_confirmed=dry_run or is_asked, dry_run=dry_run)
    elif dry_run and as_text:
        with offering(ledger, session.files):
            say_rehearsed(ledger, request)


def _record(
    context: click.Context,
    /,
    *,
    actor: str | None = None,
    dry_run: bool = False,
    form: str | None = None,
    effective: str | None = None,
    command_id: str | None = None,
    **values: Any,
) -> None:
    """Record one command and show its receipt; at a terminal, ask first for what is missing."""
    from cli.nouns.attachments import offering, record_with_files
    from cli.output.receipts import show_receipt

    writing, session = context.command, context.ensure_object(Session)
    assert isinstance(writing, Writing)
    session.actor = actor or session.actor
    names = {member.name for member in writing.members}
    envelope = {"command_id": command_id}
    envelope |= {"reason": values["reason"]} if "reason" not in names else {}
    given = {name: _flat(values[name]) for name in names if values[name] is not None and values[name] != ()}
    shape = form or session.format

    def request(command: Command, day: str | None) -> Any:
        if isinstance(command, AssessFinding):
            now = resting_on(command.finding)
            command = msgspec.structs.replace(command, entries=command.entries or now)
        return request_for(session, (tidied(command),), effective=day, **envelope)

    @cache
    def resting_on(finding: str) -> tuple[int, ...]:
        from cli.nouns.show_parts import resting_on
        from cli.options.as_of import View
        from ledger.application.opened_log import OpenedLog

        return resting_on(View(OpenedLog.of(ledger), session.today, ledger.store.head().size, "json"), finding)

    asked: dict[str, Any] = {}
    session.outcome.again = partial(repeated_line, session.words)
    with session.ledger() as ledger:
        if "files" in given:
            from cli.nouns.publication import from_reports

            given = from_reports(ledger, given, writing.cls.tag())
        if session.asks:
            from cli.nouns.interview import Interview, TypedCommand

            with offering(ledger, session.files):
                command = TypedCommand(writing.cls, writing.members, writing.typed)
                interview = Interview(context, command, ledger, request, given, effective)
                complete = interview.settled(dry_run=dry_run)
                asked = {**interview.answers}
                if interview.answers:
                    session.outcome.again = partial(repeated_line, shlex.split(interview.line())[1:])
        else:
            complete = request(writing.cls(**given), effective)
        _check_waiver(session, ledger, complete)
        _show_before(session, ledger, complete, is_asked=bool(asked), dry_run=dry_run, as_text=shape == "table")
        receipt = record_with_files(session, ledger, complete, dry_run=dry_run)
        show_receipt(receipt, shape, dry_run=dry_run)
        done = complete.commands[0]
        if isinstance(done, EngagementCommand) and not dry_run and not receipt.repeated:
            from cli.options.duties import say_unmet

            say_unmet(session, ledger, done, receipt)


def _check_waiver(session: Session, ledger: Any, request: Any) -> None:
    """Refuse a waiver of a rule that applies to no case of the engagement. Raises DoesNotApply."""
    if request.commands[0].tag() == "deviation waive":
        from cli.options.duties import check_waiver

        check_waiver(session, ledger, request.commands[0])


def tidied(command: Command) -> Command:
    """Return a command with its texts in NFC and trimmed. Raises BadText, EmptyText."""
    from ledger.application.request import tidy

    return tidy(command)


def request_for(
    session: Session,
    commands: tuple[Command, ...],
    *,
    effective: str | None = None,
    reason: str | None = None,
    command_id: str | None = None,
) -> Any:
    """Return the request of these commands, with the envelope checked. Raises BadText, BadReference, BadDate."""
    from ledger.application.request import Request, tidy_text
    from ledger.domain.dates import checked_date
    from ledger.domain.fields import checked_reference

    return Request(
        commands=commands,
        actor=checked_reference(session.acting),
        effective_on=checked_date(effective) if effective else None,
        reason=tidy_text(reason, "reason", long=True) if reason is not None else None,
        id=checked_reference(command_id) if command_id is not None else None,
    )
