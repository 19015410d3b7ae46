"""Random command lines, JSON Lines and registers, generated from a seed."""

import json
import random
from typing import Any

import click

from cli.main import COMMANDS as TOP
from cli.main import root
from ledger.domain.registry import COMMANDS
from tests.projections.histories import VERBS, members

NASTY = [
    "",
    " ",
    "-",
    "--",
    "-1",
    "0",
    "1",
    "2",
    "99999999999999999999",
    "P00001",
    "P99999",
    "E-1",
    "E-2",
    "SO-1",
    "PV-1",
    "USD 1.00",
    "USD 1e5",
    "USD -0.00",
    "EUR 5",
    "JPY 1.5",
    "1.00 USD",
    "USD",
    "P00001=USD 5.00",
    "organization=CHF 1.00",
    "P00001=partner",
    "AFR=50",
    "AFR=100",
    "AFR=1e2",
    "LEI=1",
    "=",
    "==",
    "a=b=c",
    "2026-01-01",
    "2026-02-30",
    "9999-12-31",
    "0000-00-00",
    "2026-11-23T10:00:00Z",
    "2026-W01-1",
    "2026-01-01T00:00:00+25:00",
    "C26/1",
    "all",
    "C26/1=all",
    "E-1=parties,financials",
    "EUR",
    "1.0850",
    "ledger.db",
    "sqlite:///ledger.db",
    "sqlite://",
    "/",
    ".",
    "..",
    "*",
    "%s",
    "\\",
    "'",
    '"',
    "`id`",
    "$(id)",
    "<script>",
    "Ünïcödé",
    "国际电信联盟",
    "العربية",
    "a\u0301",
    "\u202e",
    "\ufeff",
    "\x7f",
    "\n",
    "\t",
    "\r",
    "\x1b[31m",
    "😀",
    "\udcff",
    "x" * 5000,
    "agreements",
    "tdag25",
    "partnerships",
    "total_usd",
    "2024",
    "-5",
    "not recorded",
    "none",
    "true",
    "null",
    "NaN",
    "signed",
    "party",
    "yes",
    "access",
    "high",
    "clear",
    "mitigated",
    "accepted",
    "A1",
    "C1",
    "F1",
    "R1",
    "SO-1/A1",
    "Renegotiate=2026-06-30",
    "agreement.pdf",
    "json",
    "csv",
    "table",
    "/regions/AFR/usd",
    "٣",
]
"""Values that have broken programs before, and values that are nearly valid."""


def leaves() -> list[tuple[list[str], click.Command]]:
    """Return every command that needs no interactive input, with the words that call it."""
    context = click.Context(root, info_name="ledger")
    found = []
    for name in TOP:
        command = root.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            for verb in command.list_commands(context):
                inner = command.get_command(context, verb)
                assert inner is not None
                found.append(([name, verb], inner))
        else:
            found.append(([name], command))
    return found


def command_line(chance: random.Random, known: list[tuple[list[str], click.Command]]) -> list[str]:
    """Return a command line: mostly an existing command, with arguments and options of the wrong kind."""
    if chance.random() < 0.05:
        return [chance.choice(NASTY) for _ in range(chance.randrange(4))]
    words, command = chance.choice(known)
    line = list(words)
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            wanted = parameter.required or chance.random() < 0.5
            line += [chance.choice(NASTY) for _ in range(int(wanted and chance.random() < 0.95))]
        elif parameter.required or chance.random() < 0.25:
            option = chance.choice(parameter.opts)
            takes = not getattr(parameter, "is_flag", False)
            line += [option, chance.choice(_fitting(parameter, chance))] if takes else [option]
    if chance.random() < 0.05:
        line.insert(chance.randrange(len(line) + 1), chance.choice(NASTY))
    return line


def _fitting(parameter: click.Parameter, chance: random.Random) -> list[str]:
    choices = getattr(parameter.type, "choices", None)
    return list(choices) if choices and chance.random() < 0.8 else NASTY


def json_line(chance: random.Random) -> bytes:
    """Return a line for `ledger record`: a command with valid or invalid members, or sometimes broken bytes."""
    line = json.dumps(_fit(chance) if chance.random() < 0.5 else _unfit(chance)).encode()
    if chance.random() < 0.15:
        at = chance.randrange(len(line))
        line = line[:at] + bytes([chance.randrange(256)]) + line[at + chance.randrange(3) :]
    return line.replace(b"\n", b" ")


def _fit(chance: random.Random) -> dict[str, Any]:
    """Return a valid command of any type, mostly with one member made invalid."""
    verb = chance.choice([verb for verb in VERBS if verb != "import"])
    command = members((verb, *(chance.randrange(12) for _ in range(4))), 20)  # type: ignore[arg-type]
    if chance.random() < 0.7:
        command[chance.choice([*command, *COMMANDS[verb].__struct_fields__])] = _value(chance, 0)
    return command


def _unfit(chance: random.Random) -> dict[str, Any]:
    command: dict[str, Any] = {"command": chance.choice([*COMMANDS, "ledger open", "", "party"])}
    cls = COMMANDS.get(command["command"])
    names = list(cls.__struct_fields__) if cls else ["x"]
    for name in [*names, *chance.sample(["effective", "actor", "reason", "id", "colour"], chance.randrange(3))]:
        if chance.random() < 0.85:
            command[name] = _value(chance, 0)
    return command


def _value(chance: random.Random, depth: int) -> Any:
    kind = chance.randrange(10 if depth < 3 else 6)
    if kind < 5:
        return chance.choice(NASTY)
    if kind == 5:
        return chance.choice([0, 1, -1, 2**63, 1.5, True, None, [], {}])
    if kind < 8:
        pool: list[Any] = [
            {"currency": "USD", "value": "10.00"}, {"currency": "USD", "value": 10}, {"party": "P00001"},
            {"by": "P00001", "amount": {"currency": "USD", "value": "1"}}, {"code": "AFR", "percent": "40"},
            {"engagement": "E-1", "facets": ["parties"]}, {"scheme": "LEI", "id": "1"},
            {"sha256": "0" * 64, "size": 1, "media_type": "text/plain"}, {"what": "Act", "due_on": "2026-06-30"},
        ]  # fmt: skip
        return chance.choice([chance.choice(pool), [chance.choice(pool)]])
    if kind == 8:
        return [_value(chance, depth + 1) for _ in range(chance.randrange(3))]
    return {
        chance.choice(["party", "by", "amount", "code", "x"]): _value(chance, depth + 1)
        for _ in range(chance.randrange(3))
    }


def register(chance: random.Random, good: bytes) -> bytes:
    """Return a register with some of its bytes, cells or lines changed."""
    lines = good.splitlines(keepends=True)
    lines = [lines[0], *chance.sample(lines[1:], chance.randrange(1, 8))]
    for _ in range(chance.randrange(1, 5)):
        number = chance.randrange(len(lines))
        how = chance.randrange(6)
        cells = lines[number].split(b",")
        if how < 3:
            cells[chance.randrange(len(cells))] = chance.choice(NASTY).encode("utf-8", "surrogateescape")
            lines[number] = b",".join(cells)
        elif how == 3 and lines[number]:
            at = chance.randrange(len(lines[number]))
            lines[number] = lines[number][:at] + bytes([chance.randrange(256)]) + lines[number][at + 1 :]
        elif how == 4:
            lines.insert(number, chance.choice(lines))
        else:
            lines[number] = lines[number][: chance.randrange(len(lines[number]) + 1)]
    return b"".join(lines)
