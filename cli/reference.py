"""The pages of `docs/` generated from the code: events, commands, errors, transitions, and the digests of the proofs.

Run `python -m cli.reference docs`.
"""

import hashlib
import importlib
import inspect
import pkgutil
import re
import sys
import types
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import click
import msgspec

import cli
import ledger
from cli.main import COMMANDS as TOP
from cli.main import root
from ledger.domain.engagement.state import BACK, TRANSITIONS
from ledger.domain.errors import LedgerError, catalogue
from ledger.domain.registry import COMMANDS, EVENTS
from projections.proof.joined_program import PROGRAM as OF_DOCUMENTS
from projections.proof.joined_program import joined
from projections.proof.shipped_definitions import PROGRAM, digest
from projections.proof.verdicts import PROGRAM as GUIDELINES
from projections.proof.verdicts import program_digest
from projections.reports.registry import PROVABLE

PROGRAM_PATH = "projections/proof/verify_ledger.py"
MADE = "<!-- Made from the code by `make docs`; do not edit. -->\n"
EXITS = {
    0: "done, with a warning",
    2: "usage",
    3: "refused by a rule",
    4: "conflict or busy",
    5: "integrity",
    74: "output",
}


def pages() -> dict[str, str]:
    """Return the generated pages: path relative to the project's root to text."""
    return {
        "docs/events.md": events(),
        "docs/commands.md": commands(),
        "docs/errors.md": errors(),
        "docs/transitions.md": transitions(),
        **digests(),
    }


def digests() -> dict[str, str]:
    """Return verify_ledger.py with the digests of the definitions, verify_documents.py, and pages with the digests."""
    root = Path(ledger.__file__).parents[2]
    program = (root / PROGRAM_PATH).read_text("utf-8")
    for report in PROVABLE:
        program = re.sub(rf'"[0-9a-f]{{64}}": "{report}, ', f'"{digest(report)}": "{report}, ', program)
    of_documents = joined()
    made = {PROGRAM_PATH: program, f"projections/proof/{OF_DOCUMENTS}": of_documents}
    shipped = {
        PROGRAM: hashlib.sha256(program.encode()).hexdigest(),
        GUIDELINES: program_digest(),
        OF_DOCUMENTS: hashlib.sha256(of_documents.encode()).hexdigest(),
    }
    for path in ("README.md", "docs/auditor.md"):
        page = (root / path).read_text("utf-8")
        for name, own in shipped.items():
            page = re.sub(rf"(?m)^    [0-9a-f]{{64}}  {re.escape(name)}$", f"    {own}  {name}", page)
        made[path] = page
    return made


def _prose(text: str | None) -> str:
    return " ".join((text or "").split())


def events() -> str:
    """Return the page of events: description, members and correction of each."""
    lines = [
        "# Events",
        MADE,
        "Every change is one of these, in an envelope (docs/format.md). An entry cannot be modified and cannot be",
        "deleted; each section says how to correct it. A member marked with * is always there; the others only when",
        "they are known.",
        "",
    ]
    for tag, cls in EVENTS.items():
        hints = get_type_hints(cls, include_extras=True)
        lines += [f"## {tag}", "", _prose(cls.__doc__), "", "| member | holds |", "|---|---|"]
        for field in msgspec.structs.fields(cls):
            lines.append(f"| `{field.encode_name}`{'*' if field.required else ''} | {_type(hints[field.name])} |")
        if not msgspec.structs.fields(cls):
            lines.append("| none | |")
        where = Path(inspect.getfile(cls)).name
        made_by = list(cls.recorded_by) or [
            {"ledger open": "init"}.get(name, name)
            for name, command in COMMANDS.items()
            if re.search(rf"\b{cls.__name__}\b", inspect.getsource(command))
        ]
        lines += ["", f"- Voided: {'never, because ' + cls.unvoidable if cls.unvoidable else 'yes'}."]
        lines += [f"- Corrected by: {cls.corrected_by}", f"- Dated in the future: {'may be' if cls.ahead else 'no'}."]
        if made_by:
            lines.append(f"- Recorded by: {', '.join(f'`ledger {name}`' for name in made_by)}.")
        lines += [f"- Defined in `{where}`.", ""]
    return "\n".join(lines)


NAMES = {
    "str": "text",
    "int": "a whole number",
    "bool": "true or false",
    "Money": "money: `currency` and `value`",
    "Role": "parties: `party` and `role`",
    "Pledge": "pledges: `by` and `amount`",
    "Share": "shares: `code` and `percent`",
    "Identifier": "an identifier: `scheme` and `id`",
    "AsOf": "`on` and `position`",
    "Coverage": "coverage: `engagement`, `facets` and `orders`",
    "Task": "actions: `what`, perhaps `due_on` and a key, `action`",
    "ReviewAction": "actions: `action`, `what`, perhaps `due_on`",
    "Content": "the content of a file: `sha256`, `size` and `media_type`",
}


def _type(hint: Any) -> str:
    origin, args = get_origin(hint), [arg for arg in get_args(hint) if arg is not type(None)]
    if origin is Annotated:
        return _type(args[0])
    if origin is tuple:
        inner = _type(args[0])
        return f"a list of {inner.removeprefix('an ').removeprefix('a ')}"
    if origin in (Union, types.UnionType):
        return " or ".join(_type(arg) for arg in args)
    name = getattr(hint, "__name__", str(hint))
    return NAMES.get(name, name)


def commands() -> str:
    """Return the page of commands: the help text of each, as printed."""
    lines = [
        "# Commands",
        MADE,
        "Staff type `ledger NOUN VERB`; auditors and readers `ledger VERB`. The same commands are lines of JSON for",
        "`ledger record`: `command` is the noun and the verb, and each member has the name in the last column. The",
        'content of a file may be given by its path: `{"file": "agreement.pdf"}`.',
        "",
    ]
    context = click.Context(root, info_name="ledger", terminal_width=100, **root.context_settings)
    for name in TOP:
        command = root.get_command(context, name)
        assert command is not None
        lines += _help_of(command, name, context)
    lines += ["# Members of commands in JSON Lines", ""]
    for tag, cls in COMMANDS.items():
        hints = get_type_hints(cls)
        members = [
            f"`{field.name}`{'*' if field.required else ''} ({_type(hints[field.name])})"
            for field in msgspec.structs.fields(cls)
        ]
        lines.append(f"- `{tag}`: {', '.join(members)}")
    return "\n".join([*lines, ""])


def _help_of(command: click.Command, path: str, parent: click.Context) -> list[str]:
    context = click.Context(command, info_name=path.rsplit(" ", maxsplit=1)[-1], parent=parent, terminal_width=100)
    if isinstance(command, click.Group):
        lines = [f"## ledger {path}", "", _prose(command.help), ""]
        for verb in command.list_commands(context):
            subcommand = command.get_command(context, verb)
            assert subcommand is not None
            lines += _help_of(subcommand, f"{path} {verb}", context)
        return lines
    return [f"### ledger {path}", "", "```text", command.get_help(context), "```", ""]


def errors() -> str:
    """Return the page of errors: code, cause and exit code of each."""
    import_all()
    lines = [
        "# Errors",
        MADE,
        "An error is a code, one sentence and a hint, on stderr. Exit codes: 0 done, 1 checked with findings,",
        "2 usage, 3 refused by a rule, 4 conflict or busy, 5 integrity, 70 a defect of the software, 74 output cut",
        "off, 130 interrupted, 141 a closed pipe. [The command line](command-line.md) tells what was recorded.",
        "",
        "| code | exit | when |",
        "|---|---|---|",
    ]
    lines += [f"| `{cls.code}` | {cls.exit} {EXITS[cls.exit]} | {_prose(cls.__doc__)} |" for cls in known_errors()]
    return "\n".join([*lines, ""])


def import_all() -> None:
    """Import every module of the product, which registers every error class."""
    import projections

    for package in (ledger, projections, cli):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def known_errors() -> list[type[LedgerError]]:
    """Return the error classes defined in modules of the product."""
    ours = ("ledger.", "projections.", "cli.")
    return [cls for cls in catalogue() if cls.__module__.startswith(ours)]


def transitions() -> str:
    """Return the page of transitions: the states of an engagement and the events between them."""
    states = [""]
    for between in TRANSITIONS.values():
        states += [*between, *(state for state in between.values() if not state.startswith(BACK))]
    states = list(dict.fromkeys(states))
    lines = [
        "# The life of an engagement",
        MADE,
        "From the state on the left, the step leads to the state in the cell; an empty cell is refused with what is",
        f"allowed. A cell `{BACK}…` leads back to the state before the step that it names.",
        "`expired` is not a state of its own: a signed or active engagement is shown as expired once its end has",
        "passed.",
        "",
        f"| state | {' | '.join(tag.partition('.')[2] for tag in TRANSITIONS)} |",
        f"|---|{'---|' * len(TRANSITIONS)}",
    ]
    for state in states:
        cells = [between.get(state, "") for between in TRANSITIONS.values()]
        lines.append(f"| {state or 'nothing recorded'} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def write(folder: Path) -> None:
    """Write the generated pages under the project's root."""
    for path, text in pages().items():
        (folder / path).write_text(text, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]).parent if len(sys.argv) > 1 else Path())
