"""With any value in place of an entry, the procedure ends and finds it."""

import os
import random
from typing import Any

from tests.attacks.forger import Forger, canonical

ROUNDS = 5000 if os.environ.get("LEDGER_SWEEP") else 150
SEED = int(os.environ.get("LEDGER_SEED", "20261123"))
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**53, 10**400, 0.5, "", "x", "a|b", "9999-12-31", "2024-02-30T25:00:00.000000Z",
    "entry.voided", "ledger.opened", "party/A", "person/A", "\n", "\u202e", "e\u0301", "x" * 70_000, [], {}, [1, 1],
    {"currency": "USD", "value": "1e5"}, {"currency": "ABC", "value": "-0.00"}, [[[]]], {"type": "payment.made"},
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, member in inner for place in _places(member, (*path, name)))]


def _changed(entry: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    entry[place[0]] = _changed(entry[place[0]], place[1:], new)
    return entry


def _mutant(forger: Forger, chance: random.Random, position: int) -> bytes:
    data = forger.data(position)
    if chance.random() < 0.3:
        at = chance.randrange(len(data))
        return data[:at] + chance.randbytes(chance.randrange(3)) + data[at + chance.randrange(3) :]
    entry = forger.entry(position)
    return canonical(_changed(entry, chance.choice(_places(entry)), chance.choice(VALUES)))


def test_any_value_anywhere(forger: Forger) -> None:
    """An entry with a value or bytes replaced, hashes matching or not, gives findings and never an exception."""
    chance = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    for number in range(ROUNDS):
        position = chance.randrange(1, 14)
        before, mutant = forger.data(position), _mutant(forger, chance, position)
        mends = chance.random() < 0.5
        _write(forger, position, mutant, mends=mends)
        findings = [*forger.verified(), *forger.replayed()]
        # If all hashes match, another text or date may be valid, too.
        assert findings or mends or before == mutant, f"seed {SEED}, round {number}: {position} {mutant[:300]!r}"
        _write(forger, position, before, mends=True)
    assert ([], []) == (forger.verified(), forger.replayed())


def _write(forger: Forger, position: int, data: bytes, *, mends: bool) -> None:
    with forger.unguarded():
        forger.write(position, data)
        if mends:
            forger.mend_tree()


def test_parts_of_a_command_without_bounds(forger: Forger) -> None:
    """A void that claims to be any part of a command of any length gives findings: no database counts so far."""
    position = next(place for place in range(1, 14) if forger.entry(place)["event"]["type"] == "entry.voided")
    before = forger.data(position)
    for part in ([10**400, 1], [1, 10**400], [-(10**400), 1], [1, 2**63 - 1], [0, 0], [5, 2]):
        _write(forger, position, canonical({**forger.entry(position), "part": part}), mends=True)
        assert [*forger.verified(), *forger.replayed()], part
        _write(forger, position, before, mends=True)
