"""verify_ledger.py on entries: steps 5 to 7 of its procedure, and the entries that count after voids."""

import re
import sys
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ledger.format import canonical as product
from ledger.verify.envelope import envelope_fault
from projections.proof import verify_ledger
from projections.proof.verify_ledger import check_envelope, parse_entry, standing
from tests.proof.bundle import BEGAN, Bundle, canonical, entry, opening, story
from tests.proof.conftest import Check

ABSENT = object()
NAMED = {"type": "party.alias_added", "alias": "A"}

WRITTEN_OTHERWISE = {
    "nothing": b"",
    "not UTF-8": b'{"a":"\xff"}',
    "UTF-16": '{"a":1}'.encode("utf-16"),
    "byte order mark before it": b'\xef\xbb\xbf{"a":1}',
    "no JSON": b'{"a":}',
    "space": b'{"a": 1}',
    "line feed after it": b'{"a":1}\n',
    "two values": b'{"a":1}{"a":1}',
    "members in another order": b'{"b":1,"a":1}',
    "member twice": b'{"a":1,"a":1}',
    "member twice, written in two ways": b'{"a":1,"\\u0061":1}',
    "1.0 for 1": b'{"a":1.0}',
    "1e0 for 1": b'{"a":1e0}',
    "minus zero": b'{"a":-0}',
    "fraction": b'{"a":0.5}',
    "not a number": b'{"a":NaN}',
    "infinity": b'{"a":-Infinity}',
    "null": b'{"a":null}',
    "null in an array": b'{"a":[[null]]}',
    "2**53": b'{"a":9007199254740992}',
    "-2**53": b'{"a":-9007199254740992}',
    "number of thousands of digits": b'{"a":' + b"9" * 60_000 + b"}",
    "letter escaped": b'{"a":"\\u0062"}',
    "slash escaped": b'{"a":"\\/"}',
    "line feed escaped as a number": b'{"a":"\\u000a"}',
    "line feed as it is": b'{"a":"\n"}',
    "tab": b'{"a":"\\t"}',
    "null character": b'{"a":"\\u0000"}',
    "delete": b'{"a":"\x7f"}',
    "control of the second kind": '{"a":"\u0085"}'.encode(),
    "line separator": '{"a":"\u2028"}'.encode(),
    "right-to-left override": '{"a":"\u202e"}'.encode(),
    "isolate": '{"a":"\u2066"}'.encode(),
    "byte order mark in it": '{"a":"\ufeff"}'.encode(),
    "no character": '{"a":"\ufdd0"}'.encode(),
    "no character of a higher plane": '{"a":"\U0010ffff"}'.encode(),
    "half of a pair, escaped": b'{"a":"\\ud800"}',
    "half of a pair, as it is": b'{"a":"\xed\xa0\x80"}',
    "letter and accent apart": '{"a":"e\u0301"}'.encode(),
    "accent after a line feed": '{"a":"\\ne\u0301"}'.encode(),
    "name with an accent": '{"\u00e9":1}'.encode(),
    "name with a control character": b'{"\\n":1}',
    "nested too deep": b"[" * 60_000,
    "objects nested too deep": b'{"a":' * 10_000,
}


@pytest.mark.parametrize("case", WRITTEN_OTHERWISE)
def test_bytes_that_are_not_canonical(tmp_path: Path, check: Check, case: str) -> None:
    """Bytes that are not canonical, or have a value that entries may not have, are a finding for both verifiers."""
    data = WRITTEN_OTHERWISE[case]
    with pytest.raises(product.NotCanonical):
        product.check(data)
    entries: list[dict[str, Any] | bytes] = [*story()]
    entries[4] = data
    assert (["not-canonical position 5"], None) == check(Bundle(entries).write(tmp_path))


@pytest.mark.parametrize(
    "value",
    [
        {}, [], "", 0, -1, 2**53 - 1, 1 - 2**53, True, False, [[], {}], "\n", '"\\', "é", "大学", "\u200d\u200e",
        "\u0338", "\n\u0303", {"~": {"a b": [1, "x"]}}, "\U0001f310",
    ],
)  # fmt: skip
def test_canonical_values_are_read(value: Any) -> None:
    """Values in canonical form are read, by the product, too."""
    data = canonical(value)
    assert value == parse_entry(data) == product.check(data)


def test_the_same_characters_as_the_product() -> None:
    """Of all characters of Unicode, the program refuses in texts exactly those that the product refuses."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if 0xD800 <= code < 0xE000 or (char.isalnum() and char.isascii()):
            continue
        is_fine = unicodedata.is_normalized("NFC", char) and not verify_ledger.HIDDEN.search(char)
        assert is_fine == (product.text_fault(char) is None), f"U+{code:04X}"


def test_letters_and_digits_are_those_of_unicode() -> None:
    """A name has characters of the categories L and N, and the signs that docs/format.md lists."""
    name = re.compile(verify_ledger.NAME)
    for char in map(chr, range(sys.maxunicode + 1)):
        may_stand = unicodedata.category(char)[0] in "LN" or char in "_.-/:()+,&#'@"
        assert may_stand == (name.fullmatch(f'{char}"') is not None), f"U+{ord(char):04X}"


MEMBERS: list[tuple[str, Any]] = [
    *((name, ABSENT) for name in opening()),
    ("more", 1), ("v", 2), ("v", True), ("v", "1"),
    ("stream", ""), ("stream", "Ledger"), ("stream", "ledger/x"), ("stream", "person/A"), ("stream", "party/"),
    ("stream", "party/A B "), ("stream", "party/A  B"), ("stream", f"party/{'x' * 129}"), ("stream", "party/A\n"),
    ("stream", 'party/"'), ("stream", "party/a\\"), ("stream", ["ledger"]), ("stream", "ledger\nledger"),
    ("version", 0), ("version", -1), ("version", True), ("version", "1"), ("version", [1]),
    ("recorded_at", "2026-09-21T00:00:00Z"), ("recorded_at", "2026-09-21T24:00:00.000000Z"),
    ("recorded_at", "2026-09-21T00:00:60.000000Z"), ("recorded_at", "2026-02-29T00:00:00.000000Z"),
    ("recorded_at", "0000-01-01T00:00:00.000000Z"), ("recorded_at", "2026-09-21T00:00:00.000000+00:00"),
    ("recorded_at", "\u0662026-09-21T00:00:00.000000Z"), ("recorded_at", 5),
    ("recorded_at", "2026-09-21 00:00:00.000000Z"),
    ("effective_on", "1864-12-31"), ("effective_on", "2200-01-01"), ("effective_on", "2025-02-29"),
    ("effective_on", "2026-9-1"), ("effective_on", "20260901"), ("effective_on", "2026-W01-1"), ("effective_on", 1),
    ("effective_on", "2026-13-01"), ("effective_on", "0000-00-00"),
    ("actor", ""), ("actor", " a"), ("actor", "a "), ("actor", "a\u00a0b"), ("actor", "a" * 129), ("actor", "a*b"),
    ("command", ""), ("command", 1), ("command", "a|b"), ("command", "\u200d"),
    ("part", [0, 1]), ("part", [2, 1]), ("part", [1]), ("part", [1, 1, 1]), ("part", [True, 1]), ("part", "1"),
    ("part", ["1", "1"]), ("part", {"1": 1}),
    ("event", []), ("event", "x"), ("event", {}), ("event", {"type": 1}), ("event", {"type": "ledger"}),
    ("event", {"type": "Ledger.opened"}), ("event", {"type": "ledger.opened."}), ("event", {"type": "a.b.c"}),
    ("event", {"type": ["a.b"]}), ("event", {"type": 'a.b"}'}), ("event", {"type": "a.b.\u0662"}),
    ("reason", ""), ("reason", 1), ("reason", []), ("sig", ""), ("sig", {}),
    ("source", "x"), ("source", {}), ("source", {"row": 0, "sha256": "0" * 64}),
    ("source", {"row": 1, "sha256": "0" * 63}), ("source", {"row": 1}),
    ("source", {"row": 1, "sha256": "A" * 64}), ("source", {"row": 1, "sha256": "0" * 64, "x": 1}),
    ("source", {"row": True, "sha256": "0" * 64}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), MEMBERS)
def test_malformed_members(tmp_path: Path, check: Check, name: str, value: Any) -> None:
    """An entry with a missing, unknown or malformed member is a finding, for the product, too."""
    entries = story()
    entries[4] = {**entries[4], name: value}
    if value is ABSENT:
        del entries[4][name]
    assert envelope_fault(entries[4]) is not None
    assert (["bad-envelope position 5"], None) == check(Bundle(entries).write(tmp_path))


@pytest.mark.parametrize("value", [[], "x", 1, True])
def test_entries_that_are_no_objects(tmp_path: Path, check: Check, value: Any) -> None:
    """An entry that is not an object is a finding."""
    entries: list[dict[str, Any] | bytes] = [*story(), canonical(value)]
    assert (["bad-envelope position 9"], None) == check(Bundle(entries).write(tmp_path))


@pytest.mark.parametrize(
    "members",
    [
        {"reason": "A\nb"}, {"sig": "x"}, {"source": {"row": 1, "sha256": "0f" * 32}},
        {"stream": "party/O'Neill & Co. (2)"},
        {"stream": "rate/EUR-USD"}, {"stream": "engagement/a/b"}, {"actor": "大学"}, {"actor": "x" * 128},
        {"effective_on": "1865-01-01"}, {"effective_on": "2199-12-31"}, {"effective_on": "2024-02-29"},
        {"event": {"type": "engagement.signed.2", "x": {"type": 5}}}, {"part": [2, 3]},
        {"recorded_at": "9999-12-31T23:59:59.999999Z"}, {"recorded_at": "0001-01-01T00:00:00.000000Z"},
    ],
)  # fmt: skip
def test_well_formed_members(members: dict[str, Any]) -> None:
    """Everything that an entry may contain is accepted, by the product, too."""
    envelope = {**entry("party/A", 1, NAMED), **members}
    check_envelope(envelope)
    assert envelope_fault(envelope) is None


def _changed(position: int, **members: Any) -> list[dict[str, Any]]:
    entries = story()
    entries[position - 1] |= members
    return entries


def _command(*parts: tuple[int, int], **members: Any) -> list[dict[str, Any]]:
    made = [
        entry("party/P00002", number, NAMED, part=list(part), command="c") for number, part in enumerate(parts, start=1)
    ]
    made[-1] |= members
    return [*story(), *made, entry("party/P00003", 1, NAMED)]


LATER = {"recorded_at": "2026-09-21T00:00:01.000000Z"}
OUT_OF_ORDER = {
    "opened by another event": (
        [entry("ledger", 1, NAMED), *story()[1:]],
        ["not-opened position 1", "unknown-entry position 1"],
    ),
    "opened twice": ([*story(), {**opening(), "version": 2, "command": "x"}], ["not-opened position 9"]),
    "another ledger": ([opening("example.com/ledger"), *story()[1:]], ["other-origin position 1"]),
    "origin that is no text": ([opening(5), *story()[1:]], ["other-origin position 1", "unknown-entry position 1"]),  # type: ignore[arg-type]
    "version left out": (_changed(8, version=8), ["version-gap position 8"]),
    "version doubled": (_changed(3, version=1), ["version-gap position 3", "version-gap position 4"]),
    "entry doubled": (
        [*story()[:4], story()[3], *story()[4:]],
        ["version-gap position 5", "command-again position 5"],
    ),
    "entries swapped": (
        [*story()[:3], story()[4], story()[3], *story()[5:]],
        ["version-gap position 4", "version-gap position 5", "version-gap position 6"],
    ),
    "command comes back": (_changed(5, command="ledger:1"), ["command-again position 5"]),
    "parts in order": (_command((1, 3), (2, 3), (3, 3)), []),
    "part left out": (_command((1, 3), (3, 3)), ["broken-command position 10"]),
    "first part left out": (_command((2, 3), (3, 3)), ["broken-command position 9"]),
    "last part left out": (_command((1, 3), (2, 3)), ["broken-command position 11"]),
    "last part left out at the end": (_command((1, 3), (2, 3))[:-1], ["broken-command position 10"]),
    "another count of parts": (_command((1, 3), (2, 2)), ["broken-command position 10"]),
    "part of another command": (_command((1, 2), (2, 2), command="d"), ["broken-command position 10"]),
    "part of another actor": (_command((1, 2), (2, 2), actor="staff/18"), ["broken-command position 10"]),
    "part of another day": (_command((1, 2), (2, 2), effective_on="2026-09-19"), ["broken-command position 10"]),
    "part of another time": (
        _command((1, 2), (2, 2), **LATER),
        ["broken-command position 10", "time-goes-back position 11"],
    ),
    "clock set back": (_changed(4, **LATER), ["time-goes-back position 5"]),
    "void of a later version": (
        _changed(8, event={"type": "entry.voided", "version": 8, "reason": "x"}),
        ["void-of-nothing position 8"],
    ),
    "void of itself": (
        _changed(8, event={"type": "entry.voided", "version": 7, "reason": "x"}),
        ["void-of-nothing position 8"],
    ),
    "void of version 0": (
        _changed(8, event={"type": "entry.voided", "version": 0, "reason": "x"}),
        ["void-of-nothing position 8"],
    ),
    "void of true": (
        _changed(8, event={"type": "entry.voided", "version": True, "reason": "x"}),
        ["void-of-nothing position 8", "unknown-entry position 8"],
    ),
    "void of a text": (
        _changed(8, event={"type": "entry.voided", "version": "2", "reason": "x"}),
        ["void-of-nothing position 8", "unknown-entry position 8"],
    ),
    "void of a list": (
        _changed(8, event={"type": "entry.voided", "version": [2], "reason": "x"}),
        ["void-of-nothing position 8", "unknown-entry position 8"],
    ),
    "void of no version": (
        _changed(8, event={"type": "entry.voided"}),
        ["void-of-nothing position 8", "unknown-entry position 8"],
    ),
}


@pytest.mark.parametrize("case", OUT_OF_ORDER)
def test_entries_out_of_order(tmp_path: Path, check: Check, case: str) -> None:
    """An entry that does not follow from those before it is a finding at its position; the log is read nevertheless."""
    entries, expected = OUT_OF_ORDER[case]
    found, log = check(Bundle(entries).write(tmp_path))
    assert expected == found
    assert log is not None


@pytest.mark.parametrize(("late", "is_found"), [(300, False), (301, True)])
def test_entries_recorded_after_a_witness_saw_them(tmp_path: Path, check: Check, late: int, is_found: bool) -> None:
    """An entry recorded over five minutes after the first cosignature is a finding: no witness can have seen it."""
    written = datetime.fromtimestamp(BEGAN + late, UTC).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
    entries = story()
    entries[-1]["recorded_at"] = written
    assert (["recorded-after-cosigned position 8"] if is_found else []) == check(Bundle(entries).write(tmp_path))[0]


def _numbered(*targets: int | None) -> list[tuple[int, dict[str, Any]]]:
    events = [{"type": "entry.voided", "version": version} if version else NAMED for version in targets]
    return [(number, entry("party/A", number, event)) for number, event in enumerate(events, start=1)]


@pytest.mark.parametrize(
    ("targets", "left"),
    [
        ((None, None), [1, 2]),
        ((None, None, 2), [1]),
        ((None, None, 2, 3), [1, 2]),
        ((None, None, 2, 3, 4), [1]),
        ((None, None, 2, 2), [1]),
        ((None, None, 2, 2, 3), [1]),
        ((None, 1, 1, 3, 2), [1]),
    ],
)
def test_entries_that_count_after_voids(targets: tuple[int | None, ...], left: list[int]) -> None:
    """A void takes an entry away unless another void, which counts, takes that void away (docs/format.md)."""
    assert left == [position for position, _ in standing(_numbered(*targets))]


def test_voids_of_one_stream_leave_others_alone(folder: Path, check: Check) -> None:
    """A void names a version of its own stream; `standing` applies it there."""
    _, log = check(folder)
    assert log is not None
    assert [1, 2, 4, 5, 6, 7] == [position for position, _ in log.standing]
    assert [1, 2, 3, 4] == [position for position, _ in standing(log.entries[:4])]


def test_many_entries_are_read_as_written(tmp_path: Path, check: Check) -> None:
    """The program reads the entries of a log as they were written, in order."""
    entries = story(600)
    _, log = check(Bundle(entries).write(tmp_path))
    assert log is not None
    assert entries == [data for _, data in log.entries]
