"""Commands that write, made from the command structures of the domain: each member is an argument or an option."""

import types
from collections.abc import Callable
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import click
import msgspec

from cli.session import Session, pass_session
from ledger.domain.disclosure import Coverage
from ledger.domain.fields import Identifier, Pledge, Role, Share
from ledger.domain.kernel import Command
from ledger.domain.money import Money

PARSERS: dict[str, Callable[[str], Any]] = {
    "money": Money.parse,
    "roles": Role.parse,
    "pledges": Pledge.parse,
    "shares": Share.parse,
    "identifier": Identifier.parse,
    "identifiers": Identifier.parse,
    "coverage": Coverage.parse,
}
"""How a value is read from text; the other kinds are texts."""
METAVARS = {
    "money": "'CUR AMOUNT'", "roles": "PARTY[=ROLE]", "pledges": "'PARTY=CUR AMOUNT'", "shares": "CODE[=PERCENT]",
    "identifier": "SCHEME=ID", "identifiers": "SCHEME=ID", "coverage": "REF[=FACETS]", "date": "DATE",
    "party": "PARTY", "payer": "PARTY", "engagement": "ENGAGEMENT", "order": "NUMBER", "document": "DOCUMENT",
    "number": "NUMBER", "numbers": "POSITION",
}  # fmt: skip


class Value(click.ParamType[Any]):
    """A value that the domain reads from text, and refuses in its own words."""

    def __init__(self, kind: str) -> None:
        """Read values of this kind."""
        self.name = kind
        self._parse = PARSERS.get(kind, str)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value. Raises what the domain raises."""
        return self._parse(value) if isinstance(value, str) else value

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str | None:
        """Show what is expected."""
        return METAVARS.get(self.name, "TEXT")


class Member:
    """One member of a command structure, with what is noted about it."""

    def __init__(self, field: msgspec.structs.FieldInfo, hint: Any) -> None:
        """Read the notes from the annotation; a later note overrides an earlier one."""
        self.name = field.name
        self.required = field.required
        self.extra: dict[str, Any] = {}
        self.help = ""
        self.repeated = False
        self._read(hint)

    def _read(self, hint: Any) -> None:
        origin = get_origin(hint)
        if origin is Annotated:
            inner, *notes = get_args(hint)
            self._read(inner)
            for note in notes:
                if isinstance(note, msgspec.Meta):
                    self.extra |= note.extra or {}
                    self.help = note.description or self.help
        elif origin in (Union, types.UnionType):
            for one in get_args(hint):
                if one is not type(None):
                    self._read(one)
        elif origin is tuple:
            self.repeated = True
            if not self.extra and get_origin(get_args(hint)[0]) is Annotated:
                self._read(get_args(hint)[0])

    @property
    def kind(self) -> str:
        """How the value is taken from text."""
        return str(self.extra.get("as", "text"))

    @property
    def option(self) -> str:
        """The option's name without dashes in front."""
        return str(self.extra.get("option", self.name)).replace("_", "-")

    def parameter(self) -> click.Parameter:
        """Return the argument or option for it."""
        value: Any = click.INT if self.kind in ("number", "numbers") else Value(self.kind)
        if self.extra.get("argument"):
            nargs = -1 if self.repeated else 1
            return click.Argument([self.name], type=value, required=self.required, nargs=nargs, metavar=self._metavar())
        if self.kind == "flag":
            return click.Option([f"--{self.option}", self.name], is_flag=True, help=self._help())
        return click.Option(
            [f"--{self.option}", self.name],
            type=value,
            required=self.required and not self.repeated,
            multiple=self.repeated,
            help=self._help(),
        )

    def _metavar(self) -> str:
        text = METAVARS.get(self.kind) or self.name.upper()
        return f"{text}..." if self.repeated else text

    def _help(self) -> str:
        return f"{self.help[:1].upper()}{self.help[1:]}."


def members(cls: type[Command]) -> list[Member]:
    """Return the members of a command in their order."""
    hints = get_type_hints(cls, include_extras=True)
    return [Member(field, hints[field.name]) for field in msgspec.structs.fields(cls)]


def envelope_options(*, reason: bool = True) -> list[click.Parameter]:
    """Return the options that every writing command takes."""
    options: list[click.Parameter] = [
        click.Option(["--effective"], metavar="DATE", help="When it happened; today if not given."),
        click.Option(["--actor"], help="Who records it: a staff id, not a name (LEDGER_ACTOR)."),
        click.Option(["--reason"], help="Why, for the record."),
        click.Option(["--command-id"], help="An id of your own: the same command is never recorded twice."),
        click.Option(["--dry-run"], is_flag=True, help="Say what would be recorded, and record nothing."),
        click.Option(["--format"], type=click.Choice(["table", "json", "csv"]), help="How the receipt is shown."),
    ]
    return options if reason else [one for one in options if one.name != "reason"]


def command_for(cls: type[Command], name: str) -> click.Command:
    """Return the click command that records `cls`."""
    own = members(cls)
    has_reason = any(member.name == "reason" for member in own)

    @pass_session
    def callback(session: Session, /, **values: Any) -> None:
        taken = {member.name: values.pop(member.name) for member in own}
        given = {key: value for key, value in taken.items() if value is not None and value != ()}
        record(session, cls(**given), **values)

    return click.Command(
        name,
        params=[*(member.parameter() for member in own), *envelope_options(reason=not has_reason)],
        callback=callback,
        help=_help(cls),
        short_help=(cls.__doc__ or "").partition("\n")[0],
    )


def _help(cls: type[Command]) -> str:
    example = f"\n\n\b\nExample:\n  ledger {cls.tag()} {cls.example}" if cls.example else ""
    return f"{cls.__doc__}{example}"


def record(
    session: Session,
    command: Command,
    *,
    effective: str | None = None,
    actor: str | None = None,
    reason: str | None = None,
    command_id: str | None = None,
    dry_run: bool = False,
    format: str | None = None,  # noqa: A002 - the option's name
) -> None:
    """Record one command and show its receipt."""
    from cli.receipts import show_receipt  # noqa: PLC0415 - help does not record
    from ledger.request import tidy  # noqa: PLC0415

    session.actor = actor or session.actor
    request = request_for(session, (tidy(command),), effective=effective, reason=reason, command_id=command_id)
    with session.ledger() as ledger:
        receipt = ledger.record(request, dry_run=dry_run)
        show_receipt(receipt, format or session.format, dry_run=dry_run)


def request_for(
    session: Session,
    commands: tuple[Command, ...],
    *,
    effective: str | None = None,
    reason: str | None = None,
    command_id: str | None = None,
) -> Any:
    """Return the request of these commands, with the envelope checked. Raises BadText, BadReference, BadDate."""
    from ledger.domain.dates import checked_date  # noqa: PLC0415
    from ledger.domain.fields import checked_reference  # noqa: PLC0415
    from ledger.request import Request, tidy_text  # noqa: PLC0415

    return Request(
        commands=commands,
        actor=checked_reference(session.acting),
        effective_on=checked_date(effective) if effective else None,
        reason=tidy_text(reason, "reason", long=True) if reason is not None else None,
        id=checked_reference(command_id) if command_id is not None else None,
    )
