"""Manual pages, made from the commands themselves: roff with the macros of man(7), the same bytes for one version.

Pages carry the version and no date: the date of generation says nothing about the content.
"""

import re
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

import click

from ledger import __version__

SECTION = "1"
EXIT_STATUS = (
    ("0", "Done."),
    ("1", "Checked, with findings."),
    ("2", "Wrong usage, or a value that is not valid."),
    ("3", "Refused by a rule; nothing was recorded."),
    ("4", "In conflict with an entry recorded meanwhile, or the ledger is busy."),
    ("5", "There is no ledger, or it is damaged."),
    ("70", "A defect of the software."),
    ("74", "The output could not be written; what was recorded stands."),
    ("129, 143", "Terminated by SIGHUP or SIGTERM."),
    ("130", "Interrupted, or not confirmed."),
    ("141", "The reader of the output went away; what was recorded stands."),
)
ENVIRONMENT = (
    ("LEDGER_URL", "Where the ledger is, like sqlite:///ledger.db; --url takes precedence."),
    ("LEDGER_READ_URL", "Where reading commands connect to, like a standby server; --read-url takes precedence."),
    ("LEDGER_ATTACHMENTS", "The folder of attached files, if it is not next to the ledger; required for a server."),
    ("LEDGER_GUARD", "The rollback guard, a file in a second place; --guard takes precedence."),
    (
        "LEDGER_CLOCK",
        (
            "If it is last, a clock behind the last entry is no error: the entry's time is used; "
            "if right, the clock counts although the file system's is far behind it."
        ),
    ),
    ("LEDGER_WITNESS", "The folder of a witness; --state takes precedence."),
    ("LEDGER_ACTOR", "Who records: a staff id, not a name; --actor takes precedence."),
    ("LEDGER_FORMAT", "How results are shown: table, list, json or csv; --format takes precedence."),
    ("LEDGER_NO_INPUT", "If it is 1, nothing is prompted for: a missing value is an error."),
    ("LEDGER_PAGER, PAGER", "The program that shows output longer than the screen; empty or cat for none."),
    ("LESS", "Options of less, where it is the pager; FRX if it is not set."),
    ("LEDGER_DEBUG", "If it is set, a defect of the software prints its traceback."),
    ("NO_COLOR", "If it is set, or TERM is dumb, nothing is shown in colour."),
)
FILES = (
    ("ledger.db", "The ledger, if LEDGER_URL is not set."),
    (
        "ledger.toml",
        "In the current folder: url, read_url, guard, attachments, actor, format, where the environment has none.",
    ),
    (
        "~/.cache/engagement-ledger/",
        "The projections, built from the ledgers; the files may be deleted at any time. XDG_CACHE_HOME moves them.",
    ),
)


class Page(NamedTuple):
    """A manual page: its name, as in `man ledger-order-issue`, and its text in roff."""

    name: str
    text: str

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name}.{SECTION}"


def pages(root: click.Command) -> Iterator[Page]:
    """Yield a page for the command itself, each noun and each verb."""
    yield from _below(_top(root))


def _top(root: click.Command) -> click.Context:
    return root.make_context("ledger", [], resilient_parsing=True)


def _below(context: click.Context) -> Iterator[Page]:
    yield page(context)
    for verb in _verbs(context):
        yield from _below(_child(context, verb))


def _verbs(context: click.Context) -> list[str]:
    command = context.command
    return command.list_commands(context) if isinstance(command, click.Group) else []


def _child(context: click.Context, verb: str) -> click.Context:
    assert isinstance(context.command, click.Group)
    command = context.command.get_command(context, verb)
    assert command is not None
    return click.Context(command, info_name=verb, parent=context)


def find(root: click.Command, words: tuple[str, ...]) -> Page:
    """Return the page of the command that these words name. Raises UsageError."""
    context = _top(root)
    for word in words:
        if word not in _verbs(context):
            raise click.UsageError(f"There is no command '{' '.join(words)}', so it has no page.")
        context = _child(context, word)
    return page(context)


def page(context: click.Context) -> Page:
    """Return the page of the command of a context."""
    command, path = context.command, context.command_path
    name = path.replace(" ", "-")
    prose, examples = _parts(command.help or "")
    lines = [
        f'.TH "{name.upper()}" "{SECTION}" "" "ledger {__version__}" "Engagement ledger"',
        ".SH NAME",
        f"{_escaped(name)} \\- {_escaped(_line(command).rstrip('.'))}",
        ".SH SYNOPSIS",
        f"\\fB{_escaped(path)}\\fR",
        *_filled(" ".join(command.collect_usage_pieces(context))),
        ".SH DESCRIPTION",
        *prose,
    ]
    arguments = [parameter for parameter in command.get_params(context) if isinstance(parameter, click.Argument)]
    described = [(argument.make_metavar(context), _about(command, argument)) for argument in arguments]
    lines += _section("ARGUMENTS", [pair for pair in described if pair[1]])
    options = [
        parameter.get_help_record(context)
        for parameter in command.get_params(context)
        if isinstance(parameter, click.Option)
    ]
    lines += _section("OPTIONS", [pair for pair in options if pair])
    verbs = [(verb, _line(_child(context, verb).command)) for verb in _verbs(context)]
    lines += _section("COMMANDS", verbs)
    lines += _section("EXIT STATUS", EXIT_STATUS)
    lines += _section("ENVIRONMENT", ENVIRONMENT)
    lines += _section("FILES", FILES)
    if examples:
        lines += [".SH EXAMPLES", ".nf", *(_escaped(line) for line in examples), ".fi"]
    lines += [".SH SEE ALSO", ",\n".join(f"\\fB{_escaped(name)}\\fR({SECTION})" for name in _related(context))]
    return Page(name, "\n".join([*lines, ""]))


def _line(command: click.Command) -> str:
    return command.get_short_help_str(limit=1000)


def _about(command: click.Command, argument: click.Argument) -> str:
    members = getattr(command, "members", ())
    return next((f"{member.question}." for member in members if member.name == argument.name and member.help), "")


def _section(title: str, pairs: "list[tuple[str, str]] | tuple[tuple[str, str], ...]") -> list[str]:
    lines = [f".SH {title}"] if pairs else []
    for term, text in pairs:
        lines += [".TP", f"\\fB{_escaped(term)}\\fR", *_filled(text)]
    return lines


def _related(context: click.Context) -> list[str]:
    # The parent command, and the verbs of the command itself or, for a verb, the other verbs of its noun.
    above = context.parent
    base = above if above and above.parent else context
    names = [f"{base.command_path} {verb}" for verb in _verbs(base)]
    related = [*([above.command_path] if above else []), *names]
    return [name.replace(" ", "-") for name in related if name != context.command_path]


def _parts(text: str) -> tuple[list[str], list[str]]:
    # Paragraphs of prose, preformatted paragraphs (click marks them with a \b), and the lines of the examples.
    prose: list[str] = []
    examples: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in paragraph.splitlines()]
        if lines[0] != "\b":
            prose += [*[".PP"][: len(prose)], *_filled(" ".join(lines))]
        elif lines[1:2] == ["Example:"]:
            examples += lines[2:]
        else:
            prose += [".PP", ".nf", *(_escaped(line.rstrip()) for line in paragraph.splitlines()[1:]), ".fi"]
    return prose, examples


def _filled(text: str) -> list[str]:
    return [_escaped(line) for line in textwrap.wrap(text, 66, break_on_hyphens=False)]


def _escaped(text: str) -> str:
    # roff: a backslash begins an escape, a hyphen is not a minus, no line may begin with a point or an apostrophe.
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    text = text.replace("^", "\\(ha").replace("~", "\\(ti").replace('"', "\\(dq")
    text = "".join(char if ord(char) < 128 else f"\\[u{ord(char):04X}]" for char in text)
    return f"\\&{text}" if text.startswith(".") else text
