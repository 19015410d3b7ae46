"""Faults in the system calls of real commands: what was acknowledged stands, once, and what was said is so.

LEDGER_SWEEP=1 takes every call of every command for the errors and for SIGTERM; LEDGER_SEED gives another sample.
"""

import os
import random

import pytest

from tests.faults.commands import CASES
from tests.faults.machine import Machine

IS_SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
SEED = int(os.environ.get("LEDGER_SEED", "20261123"))
EVERY = 1_000_000
"""More than there are calls."""
AMOUNTS = {
    ("kill", "kill-half", "kill-after"): (60, 1000),
    ("full",): (14, EVERY),
    ("EIO",): (14, EVERY),
    ("EINTR",): (8, EVERY),
    ("EMFILE",): (6, EVERY),
    ("EACCES", "short"): (8, 500),
    ("term",): (10, EVERY),
    ("term-after", "int", "int-after"): (8, 500),
}
"""How many runs in `make test` and in a sweep, for each group of faults."""
STATES = 400 if IS_SWEEP else 40


FOUND = (
    ("init", "kill-after", "link", -2),
    ("key", "term-after", "link", -1),
    ("witness", "int", "unlink", -1),
    ("witness", "EIO", "sync", -1),
    ("cosign", "term-after", "rename", -2),
    ("cosign", "EIO", "sync", -3),
    ("cosign", "EIO", "open", -3),
    ("guard", "EACCES", "unlink", -4),
    ("copy", "EIO", "unlink", -3),
    ("publish", "term-after", "rename", -1),
    ("report", "term", "truncate", -1),
    ("report", "term", "unlink", -1),
    ("proof", "int-after", "rename", -1),
)
"""Faults at which something was wrong once: command, fault, call, and which of these calls from the end."""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """Return the machine, with its prepared ledger."""
    return Machine(tmp_path_factory.mktemp("machine"))


@pytest.mark.parametrize("faults", AMOUNTS, ids="-".join)
def test_a_fault_in_a_call(machine: Machine, faults: tuple[str, ...]) -> None:
    """Whatever call fails or ends the process: nothing is lost, half, said falsely, or left behind."""
    chance = random.Random(f"{SEED}/{faults}")  # noqa: S311 - a seed that can be given again
    for fault, case, number in machine.sample(faults, AMOUNTS[faults][IS_SWEEP], chance):
        machine.try_(fault, case, number)
    _check(machine)


@pytest.mark.parametrize(("name", "fault", "call", "which"), FOUND)
def test_what_was_found(machine: Machine, name: str, fault: str, call: str, which: int) -> None:
    """What a sample may miss."""
    case = next(case for case in CASES if case.name == name)
    places = [number for number, made in enumerate(machine.calls(case), 1) if made == call]
    machine.try_(fault, case, places[which])
    _check(machine)


def test_a_loss_of_power(machine: Machine) -> None:
    """Whatever of unsynced writes and names a loss of power leaves: what was acknowledged is there."""
    chance = random.Random(f"{SEED}/power")  # noqa: S311
    for number in range(STATES):
        machine.lose_power(CASES[number % len(CASES)], chance)
    _check(machine)


def _check(machine: Machine) -> None:
    verdict, machine.verdict = machine.verdict, type(machine.verdict)()
    print(f"\nseed {SEED}: {verdict.summary()}")  # noqa: T201
    assert [] == verdict.problems()
