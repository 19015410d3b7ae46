"""The pages of `docs/` that are made from the code: events, commands, errors, transitions.

Run `python -m cli.docs docs`.
"""

import importlib
import inspect
import pkgutil
import sys
from pathlib import Path
from typing import Any, get_type_hints

import click
import msgspec

import cli
import ledger
from cli.main import COMMANDS as TOP
from cli.main import root
from ledger.domain.catalogue import COMMANDS, EVENTS
from ledger.domain.engagement.state import TRANSITIONS
from ledger.domain.errors import LedgerError, catalogue

MADE = "<!-- Made from the code by `make docs`; do not edit. -->\n"
EXITS = {2: "usage", 3: "refused by a rule", 4: "conflict or busy", 5: "integrity"}


def pages() -> dict[str, str]:
    """Return each generated page: its path below the project's root to its text."""
    return {
        "docs/events.md": events(),
        "docs/commands.md": commands(),
        "docs/errors.md": errors(),
        "docs/transitions.md": transitions(),
    }


def _prose(text: str | None) -> str:
    return " ".join((text or "").split())


def events() -> str:
    """Return the page of events: what each says, its members, what corrects it."""
    lines = [
        "# Events",
        MADE,
        "Every change is one of these, in an envelope (docs/format.md). An entry cannot be modified and cannot be",
        "deleted; each section says how it is put right. A member marked with * is always there; the others only when",
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
        made_by = [name for name, command in COMMANDS.items() if cls.__name__ in inspect.getsource(command)]
        lines += ["", f"- Voided: {'never, because ' + cls.unvoidable if cls.unvoidable else 'yes'}."]
        lines += [f"- Put right by: {cls.corrected_by}", f"- Dated in the future: {'may be' if cls.ahead else 'no'}."]
        if made_by:
            lines.append(f"- Recorded by: {', '.join(f'`ledger {name}`' for name in made_by)}.")
        lines += [f"- Stands in `{where}`.", ""]
    return "\n".join(lines)


def _type(hint: Any) -> str:
    text = str(hint) if not inspect.isclass(hint) else hint.__name__
    for long in ("ledger.domain.fields.", "ledger.domain.money.", "ledger.domain.disclosure.", "typing."):
        text = text.replace(long, "")
    plain = {"str": "text", "int": "a whole number", "Money": "money: currency and value"}
    text = text.replace(" | None", "").replace("Union", "")
    listed = text.removeprefix("tuple[").removesuffix(", ...]")
    return f"a list of {plain.get(listed, listed)}" if listed != text else plain.get(text, text.replace("|", "or"))


def commands() -> str:
    """Return the page of commands: the help of each, as it is printed."""
    lines = [
        "# Commands",
        MADE,
        "Staff type `ledger NOUN VERB`; auditors and readers `ledger VERB`. The same commands stand in JSON Lines for",
        "`ledger record`: `command` is the noun and the verb, and each member has the name in the last column.",
        "",
    ]
    context = click.Context(root, info_name="ledger", max_content_width=100, terminal_width=100)
    for name in TOP:
        command = root.get_command(context, name)
        assert command is not None
        lines += _help_of(command, name, context)
    lines += ["# Members of commands in JSON Lines", ""]
    for tag, cls in COMMANDS.items():
        hints = get_type_hints(cls)
        told = [
            f"`{field.name}`{'*' if field.required else ''} ({_type(hints[field.name])})"
            for field in msgspec.structs.fields(cls)
        ]
        lines.append(f"- `{tag}`: {', '.join(told)}")
    return "\n".join([*lines, ""])


def _help_of(command: click.Command, path: str, parent: click.Context) -> list[str]:
    context = click.Context(command, info_name=path.rsplit(" ", maxsplit=1)[-1], parent=parent, terminal_width=100)
    if isinstance(command, click.Group):
        lines = [f"## ledger {path}", "", _prose(command.help), ""]
        for verb in command.list_commands(context):
            found = command.get_command(context, verb)
            assert found is not None
            lines += _help_of(found, f"{path} {verb}", context)
        return lines
    return [f"### ledger {path}", "", "```text", command.get_help(context), "```", ""]


def errors() -> str:
    """Return the page of errors: the code, when it occurs, and what it exits with."""
    import_all()
    lines = [
        "# Errors",
        MADE,
        "An error is a code, one sentence and a hint, on stderr. Exit codes: 0 done, 1 checked and found wanting,",
        "2 usage, 3 refused by a rule, 4 conflict or busy, 5 integrity, 70 a defect of the software, 130 interrupted.",
        "",
        "| code | exit | when |",
        "|---|---|---|",
    ]
    lines += [f"| `{cls.code}` | {cls.exit} {EXITS[cls.exit]} | {_prose(cls.__doc__)} |" for cls in known_errors()]
    return "\n".join([*lines, ""])


def import_all() -> None:
    """Import every module of ours, so that every error class is known."""
    import projections  # noqa: PLC0415 - only this page needs all of it

    for package in (ledger, projections, cli):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def known_errors() -> list[type[LedgerError]]:
    """Return the error classes of the product: those of its own modules."""
    ours = ("ledger.", "projections.", "cli.")
    return [cls for cls in catalogue() if cls.__module__.startswith(ours)]


def transitions() -> str:
    """Return the page of the life of an engagement: which step leads from which state to which."""
    states = [""]
    for between in TRANSITIONS.values():
        states += [state for state in (*between, *between.values()) if state not in states and " " not in state]
    lines = [
        "# The life of an engagement",
        MADE,
        "From the state on the left, the step leads to the state in the cell; an empty cell is refused with what is",
        "allowed.",
        "`expired` is no state of its own: a signed engagement reads so once its end has passed.",
        "",
        f"| state | {' | '.join(tag.partition('.')[2] for tag in TRANSITIONS)} |",
        f"|---|{'---|' * len(TRANSITIONS)}",
    ]
    for state in states:
        cells = [between.get(state, "") for between in TRANSITIONS.values()]
        lines.append(f"| {state or 'nothing recorded'} | {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def write(folder: Path) -> None:
    """Write the pages below the project's root."""
    for path, text in pages().items():
        (folder / path).write_text(text, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]).parent if len(sys.argv) > 1 else Path())
