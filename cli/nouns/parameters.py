"""Members of the domain's command structures as arguments and options of the command line."""

import types
from collections.abc import Callable
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import click
import msgspec

from cli.session import Session
from ledger.domain.engagement.oversight.reviews import Task
from ledger.domain.fields import Identifier, Pledge, Role, Share
from ledger.domain.kernel import Command
from ledger.domain.money import Money


def _coverage(text: str) -> Any:
    """Return a coverage, or a tuple of those that a file lists. Raises CannotRead."""
    from cli.nouns.publication import coverage_in

    found = tuple(coverage_in(text))
    return found[0] if len(found) == 1 else found


PARSERS: dict[str, Callable[[str], Any]] = {
    "money": Money.parse,
    "roles": Role.parse,
    "pledges": Pledge.parse,
    "shares": Share.parse,
    "identifier": Identifier.parse,
    "identifiers": Identifier.parse,
    "coverage": _coverage,
    "tasks": Task.parse,
}
"""The parser of each kind of value; other kinds are plain text."""
METAVARS = {
    "money": "'CUR AMOUNT'", "roles": "PARTY[=ROLE]", "pledges": "'PARTY=CUR AMOUNT'", "shares": "CODE[=PERCENT]",
    "identifier": "SCHEME=ID", "identifiers": "SCHEME=ID", "coverage": "REF[=FACETS]|all|@FILE", "date": "DATE",
    "party": "PARTY", "payer": "PARTY", "engagement": "ENGAGEMENT", "order": "NUMBER", "document": "DOCUMENT",
    "number": "NUMBER", "numbers": "POSITION", "file": "FILE", "report": "FILE", "tasks": "WHAT[=DATE]",
    "text-file": "FILE",
}  # fmt: skip


class Value(click.ParamType[Any]):
    """A value that the domain parses from text; its errors are the domain's."""

    def __init__(self, kind: str) -> None:
        """Read values of this kind."""
        self.name = kind
        self._parse = PARSERS.get(kind, str)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value. Raises LedgerError."""
        if self.name == "file" and isinstance(value, str) and ctx is not None and not ctx.resilient_parsing:
            from cli.nouns.attachments import attach

            return attach(ctx.ensure_object(Session), value)
        if self.name == "report" and isinstance(value, str) and ctx is not None and not ctx.resilient_parsing:
            from cli.nouns.publication import report_file

            return report_file(value)
        if self.name == "text-file" and isinstance(value, str) and ctx is not None and not ctx.resilient_parsing:
            from cli.output.files import text_of

            return text_of(value)
        return self._parse(value) if isinstance(value, str) else value

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str | None:
        """Show what is expected."""
        return METAVARS.get(self.name, "TEXT")


class _Prompted(click.Parameter):
    """A parameter that may be missing at a terminal: the command prompts for it when it runs."""

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """Return the value, or None if the command will prompt for it. Raises MissingParameter if it cannot prompt."""
        try:
            return super().process_value(ctx, value)
        except click.MissingParameter:
            if not ctx.ensure_object(Session).asks:
                raise
            return None


class Given(_Prompted, click.Argument):
    """An argument that the command can prompt for."""

    def get_error_hint(self, ctx: click.Context | None) -> str:
        """Return its name for an error; a metavar that has quotes gets no others."""
        name = self.make_metavar(ctx) if ctx is not None else (self.name or "").upper()
        return name if name.startswith("'") else f"'{name}'"


class GivenAs(_Prompted, click.Option):
    """An option that the command can prompt for."""


class Member:
    """One member of a command structure, with the notes in its annotation."""

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
            for part in get_args(hint):
                if part is not type(None):
                    self._read(part)
        elif origin is tuple:
            self.repeated = True
            if not self.extra and get_origin(get_args(hint)[0]) is Annotated:
                self._read(get_args(hint)[0])

    @property
    def kind(self) -> str:
        """How the value is parsed from text."""
        return str(self.extra.get("as", "text"))

    @property
    def choices(self) -> tuple[str, ...]:
        """The texts that it can be, where they are fixed."""
        return tuple(self.extra.get("choices", ()))

    @property
    def codes(self) -> str:
        """The setting whose list it is taken from, if any."""
        return str(self.extra.get("codes", ""))

    @property
    def option(self) -> str:
        """The option's name without dashes in front."""
        return str(self.extra.get("option", self.name)).replace("_", "-")

    def parameter(self) -> click.Parameter:
        """Return the argument or option for it."""
        value: Any = click.INT if self.kind in ("number", "numbers") else Value(self.kind)
        if self.extra.get("argument"):
            nargs = -1 if self.repeated else 1
            return Given([self.name], type=value, required=self.required, nargs=nargs, metavar=self._metavar())
        if self.kind == "flag":
            return click.Option([f"--{self.option}", self.name], is_flag=True, help=self._help())
        return GivenAs(
            [f"--{self.option}", self.name],
            type=value,
            required=self.required,
            multiple=self.repeated,
            help=self._help(),
            metavar="|".join(self.choices) or None,
        )

    def _metavar(self) -> str:
        text = METAVARS.get(self.kind) or self.name.upper()
        return f"{text}..." if self.repeated else text

    def _help(self) -> str:
        return self.question if self.question.endswith("?") else f"{self.question}."

    @property
    def question(self) -> str:
        """Its description, as a sentence without the final period."""
        return f"{self.help[:1].upper()}{self.help[1:]}"


def members(cls: type[Command]) -> list[Member]:
    """Return the members of a command in their order."""
    hints = get_type_hints(cls, include_extras=True)
    return [Member(field, hints[field.name]) for field in msgspec.structs.fields(cls)]
