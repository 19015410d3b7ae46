"""The product and verify_ledger.py judge thousands of made logs and reports, and must agree.

- Honest reports of made histories, at random years, days and positions: neither calls one false.
- Logs whose owner changed what events say, in any member, with hashes and signatures that match: both find the same
  entries, with the same codes. What only the product judges is `impossible`, and what follows from it.

LEDGER_SEED gives other cases, and LEDGER_SWEEP more of them.
"""

import copy
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.replay.procedure import replay_entries
from projections.proof.verify_ledger import (
    Entries,
    Findings,
    check_envelope,
    check_event,
    check_meaning,
    parse_entry,
)
from tests.proof.bundle import canonical
from tests.proof.honest import History

SEED = int(os.environ.get("LEDGER_SEED", "20261130"))
IS_SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
HISTORIES, REPORTS = (10_000, 1) if IS_SWEEP else (30, 12)
MERGED, REPORTS_OF_MERGED = (700, 5) if IS_SWEEP else (10, 12)
CHANGES = 10_000 if IS_SWEEP else 4_700
PARTS = 20 if IS_SWEEP else 1
"""Parts of each test, which several processes can share."""
JUDGED_BY_BOTH = {"unknown-entry", "bad-value", "bad-key-entry"}
"""Codes that both programs find at the same positions. The others follow from the life of an engagement."""


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_honest_reports(tmp_path: Path, part: int) -> None:
    """No report that the product writes is called false, whatever was asked, and whenever."""
    count = 0
    for number in range(part, HISTORIES, PARTS):
        history = History(tmp_path, SEED + number, 3)
        for asked, findings in history.reports(REPORTS):
            assert [] == findings, f"seed {SEED + number}: {asked}"
            count += 1
        for path in tmp_path.iterdir():
            path.unlink() if path.is_file() else None
    assert HISTORIES * REPORTS == count * PARTS


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_honest_reports_of_merged_parties(tmp_path: Path, part: int) -> None:
    """No report is called false either where parties were merged, in chains, parted, and merged again."""
    merged = 0
    for number in range(part, MERGED, PARTS):
        history = History(tmp_path, SEED + 50_000 + number, 4)
        merged += history.merge(12)
        for asked, findings in history.reports(REPORTS_OF_MERGED):
            assert [] == findings, f"seed {SEED + 50_000 + number}: {asked}"
        for path in tmp_path.iterdir():
            path.unlink() if path.is_file() else None
    assert 3 * MERGED < merged * PARTS


VALUES: tuple[Any, ...] = (
    True, False, 0, -1, 1, 7, 2**53 - 1, "", "x", "A B", "line\nfeed", "2024-02-30", "2026-01-01", "1800-01-01", "0",
    "0.00", "-0.00", "100", "-1.00", "1e9", "10.5", "999999999999999999.00", "USD", "ABC", "usd", "organization",
    "P00001", "P99999", "E-9", "all", "parties", "signed", "closed", "from", "on", "rates.max-age-days", "list.kinds",
    [], {}, ["x"], [[]], {"x": 1}, {"currency": "USD", "value": "-30000000.00"}, {"currency": "EUR", "value": "5.00"},
    {"on": "2024-01-01", "position": 10**6}, {"party": "P99999"}, [{"party": "P99999"}], "e" * 200, "0" * 64,
)  # fmt: skip
Change = Callable[[random.Random, list[dict[str, Any]]], int]


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, member in inside for place in _places(member, (*path, name)))]


def _any_entry(chance: random.Random, entries: list[dict[str, Any]]) -> dict[str, Any]:
    return entries[chance.randrange(1, len(entries))]


def _other_value(chance: random.Random, entries: list[dict[str, Any]]) -> None:
    event = _any_entry(chance, entries)["event"]
    *above, last = chance.choice([place for place in _places(event)[1:] if place != ("type",)] or [("x",)])
    for name in above:
        event = event[name]
    event[last] = copy.deepcopy(chance.choice(VALUES))


def _value_of_another(chance: random.Random, entries: list[dict[str, Any]]) -> None:
    event, other = _any_entry(chance, entries)["event"], _any_entry(chance, entries)["event"]
    shared = [name for name in event if name in other and name != "type"]
    if shared:
        name = chance.choice(shared)
        event[name] = copy.deepcopy(other[name])


def _member_less(chance: random.Random, entries: list[dict[str, Any]]) -> None:
    event = _any_entry(chance, entries)["event"]
    names = [name for name in event if name != "type"]
    if names:
        del event[chance.choice(names)]


def _member_more(chance: random.Random, entries: list[dict[str, Any]]) -> None:
    event, other = _any_entry(chance, entries)["event"], _any_entry(chance, entries)["event"]
    name = chance.choice([*other, "note"])
    event.setdefault(name, copy.deepcopy(other.get(name, "x")))


def _other_event(chance: random.Random, entries: list[dict[str, Any]]) -> None:
    _any_entry(chance, entries)["event"] = copy.deepcopy(_any_entry(chance, entries)["event"])


def _other_type(chance: random.Random, entries: list[dict[str, Any]]) -> None:
    entry, other = _any_entry(chance, entries), _any_entry(chance, entries)
    entry["event"]["type"] = chance.choice([other["event"]["type"], "engagement.noted", "party.described"])


def _other_stream(chance: random.Random, entries: list[dict[str, Any]]) -> None:
    _any_entry(chance, entries)["stream"] = _any_entry(chance, entries)["stream"]


def _other_day(chance: random.Random, entries: list[dict[str, Any]]) -> None:
    _any_entry(chance, entries)["effective_on"] = chance.choice(["1865-01-01", "2199-12-31", "2024-02-29"])


CHANGE = (
    _other_value, _other_value, _other_value, _value_of_another, _member_less, _member_more, _other_event, _other_type,
    _other_stream, _other_day,
)  # fmt: skip


def judged(entries: list[dict[str, Any]], origin: str) -> tuple[set[tuple[str, int]], set[tuple[str, int]]]:
    """Return what the product and what the program find in entries: codes and positions."""
    log: Entries = [*enumerate(entries, start=1)]
    findings = Findings()
    check_meaning([one for one in log if check_event(*one, origin, findings)], findings)
    product = replay_entries((position, canonical(entry)) for position, entry in log)
    return (
        {(finding.code, finding.position or 0) for finding in product},
        {(finding["code"], int(finding["place"].removeprefix("position "))) for finding in findings},
    )


def _is_well_formed(entry: dict[str, Any]) -> bool:
    try:
        check_envelope(parse_entry(canonical(entry)))
    except ValueError:
        return False
    return True


def _only(findings: set[tuple[str, int]], codes: set[str]) -> set[tuple[str, int]]:
    return {finding for finding in findings if finding[0] in codes}


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_logs_that_their_owner_changed(tmp_path: Path, part: int) -> None:
    """Both find the same entries of a changed log, with the same codes, but for rules that only the product has."""
    seed, changes = SEED + part, CHANGES // PARTS
    log = History(tmp_path, seed, 1).log()
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    assert (set(), set()) == judged([entry for _, entry in log.entries], log.origin)
    counts = {"found by both": 0, "by the product only": 0, "sound": 0}
    for number in range(changes):
        entries = [copy.deepcopy(entry) for _, entry in log.entries]
        change = chance.choice(CHANGE)
        change(chance, entries)
        if not all(
            _is_well_formed(entry) for entry, (_, before) in zip(entries, log.entries, strict=True) if entry != before
        ):
            continue  # steps 1 to 8 find it, and have tests of their own
        product, program = judged(entries, log.origin)
        case = f"seed {seed}, case {number}, {change.__name__}: {product} {program}"
        assert _only(product, JUDGED_BY_BOTH) == _only(program, JUDGED_BY_BOTH), case
        assert product or not program, case
        if not program:
            assert {code for code, _ in product} <= {"impossible", "mention-of-nothing"}, case
        counts["found by both" if program else "by the product only" if product else "sound"] += 1
    assert counts["found by both"] > changes // 3, counts
