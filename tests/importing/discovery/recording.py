"""Recordings of the terminal: what a person types into `ledger import FILE`, and what the program prints.

A recording is a text file. `$ ` begins the command; lines with `|` are printed; a line with `>` has a question and,
behind the arrow, the answer that is typed; `Ctrl-C` is pressed, also when there are no more answers. `? 3` is the
exit code if it is not 0. `LEDGER_ACCEPT=1 pytest` records
the present output: review the difference.
"""

import re
import shlex
from pathlib import Path

import pexpect

from tests.cli.person import LEDGER, PLAIN, Person

ARROW = " →"
INTERRUPT = "Ctrl-C"
_QUESTION = r"[^\r\n]*: $"
_ROOT = re.compile(r"root \S+")
"""The root of the log depends on the time at which the test runs."""


def play(text: str, folder: Path) -> str:
    """Type the command and the answers of a recording in a folder; return the recording with the present output."""
    lines = text.splitlines()
    command = next(line for line in lines if line.startswith("$ "))
    answers = [line.rpartition(ARROW)[2].strip() for line in lines if line.startswith("> ")]
    shown = [line for line in lines if not line.startswith(("|", ">", "?"))]
    shown = shown[: shown.index(command) + 1]
    person = Person(folder, str(LEDGER), *shlex.split(command)[2:])
    while True:
        answer = answers.pop(0) if answers else INTERRUPT
        if person.at.expect([_QUESTION, pexpect.EOF]) == 1:
            break
        shown += _printed(str(person.at.before))
        shown.append(f"> {PLAIN.sub('', str(person.at.after)).removesuffix(': ')}{ARROW} {answer}".rstrip())
        if answer == INTERRUPT:
            person.at.sendcontrol("c")
        else:
            person.at.sendline(answer)
    rest, code = str(person.at.before), person.code()
    return "\n".join([*shown, *_printed(rest), *([f"? {code}"] if code else []), ""])


def _printed(text: str) -> list[str]:
    plain = PLAIN.sub("", text).replace("\r\n", "\n")
    return [_ROOT.sub("root …", f"| {line}").rstrip() for line in plain.splitlines()]
