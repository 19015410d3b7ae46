"""Asks for missing values at a terminal, shows the complete command line, and asks for confirmation.

Nothing is recorded and no lock is held between questions: each set of answers is tried as a dry run, and a value that
the domain reports as missing or wrong is asked for again.
"""

import difflib
import re
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cli.completion.candidates import Candidate, Candidates
from cli.filters.days import typed_day
from cli.messages import print_error, print_message
from cli.nouns.parameters import Member
from cli.session import Session
from cli.terminal import say, say_line
from ledger.application.request import tidy_text
from ledger.application.transaction import UnitOfWork
from ledger.domain.code_lists import WHAT
from ledger.domain.disclosure.disclosure import EVERY
from ledger.domain.errors import LedgerError
from ledger.domain.fields import ORGANIZATION
from ledger.domain.kernel import Command
from ledger.domain.party.names import DuplicateParty, LooksLikeParty, NearParty
from ledger.domain.refusals import AmbiguousParty, MissingField, UnknownCode, UnknownEngagement, UnknownParty
from ledger.format.name_keys import near_names

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.application.request import Request

LEFT = 130
"""Exit code when the user declines to record, the same as for an interrupt."""
SUGGESTED = 9


class Answer(NamedTuple):
    """An answer: as text for the command line, and as a value of the domain."""

    text: str
    value: Any


class TypedCommand(NamedTuple):
    """The command that the user typed: its class, its members, and the words after its name."""

    cls: type[Command]
    members: list[Member]
    words: list[str]


class Interview:
    """One conversation about one command."""

    def __init__(
        self,
        context: click.Context,
        command: TypedCommand,
        ledger: "Ledger",
        request: "Callable[[Command, str | None], Request]",
        given: dict[str, Any],
        effective: str | None = None,
    ) -> None:
        """Begin with the values `given` on the command line; `request` makes one from a command and its day."""
        self.context = context
        self.session = context.ensure_object(Session)
        self.command = command
        self.ledger = ledger
        self.request = request
        self.given = given
        self.effective = effective
        self._day = ""
        """The day that was answered, if it was asked for."""
        self.answers: dict[str, list[Answer]] = {}

    def settled(self, *, dry_run: bool) -> "Request":
        """Return a request that can be recorded; if there were questions, the user has confirmed it.

        Raises Abort, Exit, and any error of the domain that no answer corrects.
        """
        for member in self.command.members:
            if member.required and member.name not in self.given:
                self._ask(member)
        request = self._rehearsed()
        if self.answers:
            if any(self.answers.values()):  # a question was answered, not only whether a party is another one
                self._offer()
                request = self._rehearsed()
            self._show(request)
            if not dry_run:
                confirm("Record this?")
        return request

    def _rehearsed(self) -> "Request":
        while True:
            try:
                request = self.request(self.command.cls(**self.given), self.effective)
                self.ledger.record(request, dry_run=True)
            except LedgerError as error:
                if self._day and self._day in error.sentence:
                    print_error(error)
                    self._ask_day()
                    continue
                if self._is_another(error):
                    continue
                member = self._member_at_fault(error)
                if member is None:
                    if self.answers:
                        say(f"\nThe command was:\n  {self.line()}", err=True)
                    raise
                if not isinstance(error, MissingField):
                    print_error(error)
                self._ask(member, is_optional=self._is_offered(member))
            else:
                return request

    def _is_another(self, error: LedgerError) -> bool:
        """Ask whether a party with such a name is another one; if it is, add --namesake to the command."""
        words, names = self.command.words, [member.name for member in self.command.members]
        doubts = isinstance(error, (DuplicateParty, LooksLikeParty, NearParty))
        if not doubts or "namesake" not in names or self.given.get("namesake"):
            return False
        say_line(error.sentence, err=True)
        with _leaving():
            if not click.confirm("Is it another organisation?", default=False, err=True):
                return False
        cut = words.index("--") if "--" in words else len(words)
        self.command = self.command._replace(words=[*words[:cut], "--namesake", *words[cut:]])
        self.given["namesake"] = True
        self.answers.setdefault("namesake", [])
        return True

    def _member_at_fault(self, error: LedgerError) -> Member | None:
        # The missing member, or the one whose answer the sentence quotes.
        for member in self.command.members:
            if isinstance(error, MissingField):
                if error.field == member.option and member.name not in self.given:
                    return member
            elif any(_quotes(error.sentence, answer) for answer in self.answers.get(member.name, ())):
                return member
        return None

    # Asking.

    def _ask(self, member: Member, *, is_optional: bool = False) -> None:
        if not self.answers:
            say_line("Ctrl-C cancels; nothing is recorded until you confirm.", err=True)
        choices = self._choices(member)
        for number, choice in enumerate(choices, 1):
            say_line(f"  {number:>2}  {choice}", err=True)
        answers = [self._answer(member, choices, may_end=is_optional)]
        while answers[0] and member.repeated and (more := self._answer(member, choices, may_end=True, another=True)):
            answers.append(more)
        self.answers[member.name] = [answer for answer in answers if answer]
        if not self.answers[member.name]:
            self.given.pop(member.name, None)
            return
        values: tuple[Any, ...] = ()
        for answer in self.answers[member.name]:
            values += answer.value if type(answer.value) is tuple else (answer.value,)
        self.given[member.name] = values if member.repeated else values[0]

    def _is_offered(self, member: Member) -> bool:
        return member.name in self.command.cls.offered and not member.required

    def _offer(self) -> None:
        """Ask for what may be left out and matters to the record, then for the day."""
        command, unit = self.command.cls(**self.given), UnitOfWork(self.ledger, self.ledger.clock())
        state, _ = self.ledger.fold(command.stream(unit))
        for member in self.command.members:
            if self._is_offered(member) and not self.given.get(member.name) and not state.get(member.name):
                self._ask(member, is_optional=True)
        if self.effective is None:
            self._ask_day()

    def _ask_day(self) -> None:
        while True:
            text = ask_line("When did it happen (Enter for today; yesterday, 30/06/2026)")
            try:
                day = typed_day(text or "today", self.session.today)
            except LedgerError as error:
                print_error(error)
                continue
            self._day = day if text else ""
            self.effective = self._day or None
            return

    def _choices(self, member: Member) -> tuple[str, ...]:
        if member.choices or not member.codes:
            return member.choices
        state, _ = self.ledger.fold("ledger")
        listed = state.get(member.codes)
        return listed if isinstance(listed, tuple) else ()

    def _answer(
        self, member: Member, choices: tuple[str, ...], *, may_end: bool = False, another: bool = False
    ) -> Answer | None:
        label = member.option.replace("-", " ").capitalize()
        left_out = ", or Enter to leave it out" if may_end else ""
        question = "Another one, or Enter to continue" if another else f"{label} ({member.help}{left_out})"
        suggested: list[str] = []
        while True:
            text = ask_line(question)
            if may_end and not text:
                return None
            if text.isdecimal() and 0 < int(text[:9]) <= len(suggested):
                text = suggested[int(text) - 1]
            try:
                return self._understood(member, text, choices)
            except LedgerError as error:
                suggested = self._suggested(error, text)
                if not suggested:
                    print_error(error)
            except click.ClickException as error:
                print_message("error", error.message)

    def _understood(self, member: Member, text: str, choices: tuple[str, ...]) -> Answer:
        text = tidy_text(text, member.option, long=True)
        if choices:
            code, equals, rest = text.partition("=") if member.kind == "shares" else (text, "", "")
            text = _chosen(code.strip(), choices, WHAT.get(member.codes, "choices")) + equals + rest
        if member.kind == "date":
            text = typed_day(text, self.session.today)
        value = member.parameter().type.convert(text, None, self.context)
        self._check_reference(member, value)
        return Answer(text, value)

    def _check_reference(self, member: Member, value: Any) -> None:
        # A command whose key may be new overrides `stream`; every other command names an existing stream.
        cls, unit = self.command.cls, UnitOfWork(self.ledger, self.ledger.clock())
        if member.kind == "engagement" and (member.name != cls.key or cls.stream is Command.stream):
            unit.engagement(value)
        elif member.kind == "coverage":
            for coverage in value if type(value) is tuple else (value,):
                if coverage.engagement != EVERY:
                    unit.engagement(coverage.engagement)
        elif member.kind in ("party", "payer", "roles", "pledges"):
            party = {"roles": "party", "pledges": "by"}.get(member.kind)
            named = getattr(value, party) if party else value
            if named != ORGANIZATION or member.kind == "party":
                unit.party(named)

    def _suggested(self, error: LedgerError, text: str) -> list[str]:
        """List near matches of an unknown reference or name with numbers; return the texts in that order."""
        if not isinstance(error, UnknownParty | AmbiguousParty | UnknownEngagement):
            return []
        named, equals, rest = text.partition("=")
        near = self._near(named, parties=not isinstance(error, UnknownEngagement))[:SUGGESTED]
        if near:
            print_message("error", f"{error.sentence} Type it again, or enter a number:")
        for number, candidate in enumerate(near, 1):
            say_line(f"  {number:>2}  {candidate.value}{f'  ({candidate.help})' if candidate.help else ''}", err=True)
        return [candidate.value + equals + rest for candidate in near]

    def _near(self, text: str, *, parties: bool) -> list[Candidate]:
        store = self.ledger.store
        known = store.names() if parties else (stream.partition("/")[2] for stream in store.streams("engagement"))
        candidates = Candidates(store.lookup())
        find = candidates.parties if parties else candidates.engagements
        near = find(text) or [candidate for name in near_names(text, known) for candidate in find(name)]
        return list(dict.fromkeys(near))

    # The result.

    def line(self) -> str:
        """Return the command line with everything typed and answered."""
        arguments = [text for member, text in self._answered() if member.extra.get("argument")]
        options = [(member.option, text) for member, text in self._answered() if not member.extra.get("argument")]
        options += [("effective", self._day)] if self._day else []
        return command_line(self.context, self.command.words, arguments, options)

    def _answered(self) -> Iterator[tuple[Member, str]]:
        for member in self.command.members:
            for answer in self.answers.get(member.name, ()):
                yield member, answer.text

    def _show(self, request: "Request") -> None:
        when = request.effective_on or f"today, {self.session.today}"
        say(f"\nAs a single command:\n  {self.line()}\n", err=True)
        say_line(f"effective {when}; recorded by {request.actor}", err=True)
        for text in self.ledger.notes:
            print_message("note", text)


def _quotes(sentence: str, answer: Answer) -> bool:
    parts = {answer.text, *answer.text.split("=")}
    return any(f"'{part.strip()}'" in sentence for part in parts) or f"{answer.value} is" in sentence


@contextmanager
def _leaving() -> Iterator[None]:
    # On Ctrl-C or Ctrl-D the line of the question is not ended yet.
    try:
        yield
    except click.Abort:
        say(err=True)
        raise


def confirm(question: str) -> None:
    """Ask whether to go on. Raises Exit if not, and Abort."""
    with _leaving():
        wanted = click.confirm(question, default=True, err=True)
    if not wanted:
        say_line("nothing recorded.", err=True)
        raise click.exceptions.Exit(LEFT)


def ask_line(question: str) -> str:
    """Ask for a line of text; runs of white space are single spaces. Raises Abort."""
    while True:
        with _leaving():
            try:
                text = click.prompt(question, default="", show_default=False, err=True)
            except UnicodeDecodeError:
                print_message("error", "the input is not valid text.")
                continue
        return re.sub(r"\s+", " ", text).strip()


def _chosen(text: str, choices: tuple[str, ...], what: str) -> str:
    """Return the choice given by its text, its number or its beginning. Raises UnknownCode."""
    folded = text.casefold()
    for choice in choices:
        if choice.casefold() == folded:
            return choice
    if text.isdecimal() and 0 < int(text[:9]) <= len(choices):
        return choices[int(text) - 1]
    begun = [choice for choice in choices if choice.casefold().startswith(folded)]
    if len(begun) == 1:
        return begun[0]
    near = begun or difflib.get_close_matches(text, choices, n=3, cutoff=0.5)
    raise UnknownCode(what, text, choices, near)


def command_line(context: click.Context, typed: list[str], arguments: list[str], options: list[tuple[str, str]]) -> str:
    """Return the line, quoted for a shell: the words `typed` after the command's name, then the answers.

    `options` are names without dashes, with their values. A value that begins with a dash is never read as an option.
    """
    named = [word for name, text in options for word in _option(name, text)]
    cut = typed.index("--") if "--" in typed else len(typed)
    before, after = typed[:cut], typed[cut:]
    if not after and any(text.startswith("-") for text in arguments):
        after = ["--"]
    words = [*before, *named, *after, *arguments] if after else [*before, *arguments, *named]
    name, *path = context.command_path.split()
    url = context.find_root().params.get("url")
    return shlex.join([name, *(["--url", url] if url else []), *path, *words])


def _option(name: str, text: str) -> list[str]:
    return [f"--{name}={text}"] if text.startswith("-") else [f"--{name}", text]
