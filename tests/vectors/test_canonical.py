"""The canonical form: compared with the published pairs of RFC 8785, with Python's own JSON, and case by case."""

import json
import unicodedata
from collections.abc import Iterator
from json import JSONEncoder
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.characters.assigned import is_assigned
from ledger.format.canonical import NotCanonical, check, encode, text_fault

PAIRS = Path(__file__).parents[3] / "shared" / "vectors" / "jcs" / "testdata"

BIDIRECTIONAL = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
SEPARATORS = {0x2028, 0x2029}
BYTE_ORDER_MARK = 0xFEFF


def refusal(data: bytes) -> str:
    """Return the reason why `data` is refused."""
    with pytest.raises(NotCanonical) as caught:
        check(data)
    return str(caught.value)


def pair(name: str) -> tuple[bytes, bytes]:
    """Return a published input and its output; without the files the test is skipped."""
    if not PAIRS.exists():
        pytest.skip("the folder shared is not beside the project")
    return (PAIRS / "input" / f"{name}.json").read_bytes(), (PAIRS / "output" / f"{name}.json").read_bytes()


def parts(value: Any) -> Iterator[Any]:
    """Yield a value and all values inside it."""
    yield value
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(member)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("arrays", "$[1].10: null does not occur in entries"),
        ("french", "$: the member name 'péché' is not printable ASCII"),
        ("structures", "$.1: the member name '\\n' is not printable ASCII"),
        ("unicode", "$.Unnormalized Unicode: it is not in Unicode normalization form C"),
        ("values", "$: 333333333.3333333 is not written as an integer"),
        ("weird", "$: the member name '\\n' is not printable ASCII"),
    ],
)
def test_published_outputs_outside_the_profile(name: str, why: str) -> None:
    """Each published file has a value that RFC 8785 allows and an entry may not have, and is refused for it."""
    assert why == refusal(pair(name)[1])


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("name", "least"), [("arrays", 3), ("french", 4), ("structures", 10), ("unicode", 0), ("values", 2), ("weird", 8)]
)
def test_published_parts_inside_the_profile(name: str, least: int) -> None:
    """A part of a published input that an entry may have is written as in the published output."""
    given_, published = pair(name)
    admitted = 0
    for part in parts(json.loads(given_)):
        try:
            written = encode(part)
        except NotCanonical:
            continue
        admitted += 1
        assert written in published
        assert part == check(written)
    assert admitted >= least


@pytest.mark.shared_data
def test_published_order_of_names() -> None:
    """A published object without its one member outside the profile is written in the published order."""
    given_, published = pair("structures")
    value = json.loads(given_)
    del value["1"]["\n"]
    assert encode(value) == published.replace(b'"\\n":56,', b"")
    assert check(encode(value)) == value


def admitted_texts() -> st.SearchStrategy[str]:
    """Return texts that entries may hold, by the categories of Unicode."""
    forbidden = [chr(point) for point in BIDIRECTIONAL | SEPARATORS | {BYTE_ORDER_MARK}]
    letters = st.characters(exclude_categories=["Cc", "Cs", "Cn"], exclude_characters=forbidden)
    return st.text(st.just("\n") | letters).map(lambda text: unicodedata.normalize("NFC", text))


NAMES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=8)
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
VALUES = st.recursive(
    st.booleans() | NUMBERS | admitted_texts(),
    lambda member: st.lists(member) | st.dictionaries(NAMES, member),
    max_leaves=20,
)


@given(VALUES)
def test_round_trip(value: object) -> None:
    """Values of entries are written and read back the same, and as Python's own JSON writes them sorted."""
    data = encode(value)
    assert json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == data
    assert value == check(data)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda member: st.lists(member) | st.dictionaries(st.text(max_size=4), member),
    max_leaves=12,
)


WRITERS = [
    JSONEncoder(sort_keys=True, separators=(",", ":")),
    JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False),
    JSONEncoder(separators=(",", ":"), ensure_ascii=False),
    JSONEncoder(sort_keys=True, ensure_ascii=False),
]


@given(ANYTHING, st.sampled_from(WRITERS))
@example([9007199254740992], WRITERS[0])
@example(9007199254740992, WRITERS[0])
@example([-9007199254740992], WRITERS[0])
@example(None, WRITERS[0])
@example({"a": [None]}, WRITERS[0])
@example("null 1234567890123456", WRITERS[0])
@example("\x7f", WRITERS[0])
@example({"\x7f": 1}, WRITERS[0])
@example([1.5, 1e22], WRITERS[0])
def test_check_admits_what_encode_writes(value: object, writer: JSONEncoder) -> None:
    """JSON of other writers is accepted if and only if it equals what `encode` writes for the same value.

    `check` skips what cannot be wrong in plain bytes; `encode` checks each value.
    """
    text = writer.encode(value)
    data = text.encode(errors="surrogatepass")
    try:
        expected = encode(json.loads(text)) == data
    except NotCanonical:
        expected = False
    if expected:
        assert data == encode(check(data))
    else:
        refusal(data)


@given(st.binary(max_size=60) | st.text(st.sampled_from('{}[]",:\\u00e9-1.e n\n'), max_size=30).map(str.encode))
def test_check_of_anything(data: bytes) -> None:
    """Any bytes are refused, or are the canonical form of the value they are read as."""
    try:
        value = check(data)
    except NotCanonical:
        return
    assert data == encode(value)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"a":NaN}', "JSON is malformed: invalid character (byte 5)"),
        (b'{"a":Infinity}', "JSON is malformed: invalid character (byte 5)"),
        (b'{"a":-0}', "it is not in canonical form from byte 5 on"),
        (b'{"a":-0.0}', "-0.0 is not written as an integer"),
        (b'{"a":1.0}', "1.0 is not written as an integer"),
        (b'{"a":1E+1}', "1E+1 is not written as an integer"),
        (b'{"a":1e1}', "1e1 is not written as an integer"),
        (b'{"a":01}', "JSON is malformed: invalid number (byte 6)"),
        (b'{"a":+1}', "JSON is malformed: invalid character (byte 5)"),
    ],
)
def test_numbers(data: bytes, why: str) -> None:
    """A number is an integer in canonical form."""
    assert f"$: {why}" == refusal(data)


def test_long_numbers() -> None:
    """A number of thousands of digits is refused, and the message does not repeat it."""
    assert f"$: 0.{'1' * 38} is not written as an integer" == refusal(b'{"a":0.' + b"1" * 5000 + b"}")
    assert "$: Integer value out of range - at `$[...]`" == refusal(b'{"a":1' + b"0" * 5000 + b"}")


@pytest.mark.parametrize("sign", ["", "-"])
def test_great_numbers(sign: str) -> None:
    """Integers that some readers of JSON cannot hold are refused: from 2**53 on, positive or negative."""
    assert int(f"{sign}9007199254740991") == check(f"{sign}9007199254740991".encode())
    for digits in ("9007199254740992", "18446744073709551616", "1" + "0" * 400):
        why = "a number is not between -2**53 and 2**53"
        assert f"$: {why}" == refusal(f"{sign}{digits}".encode())
        assert f"$.a[1]: {why}" == refusal(f'{{"a":[0,{sign}{digits}]}}'.encode())
        with pytest.raises(NotCanonical, match="is not between"):
            encode(int(f"{sign}{digits}"))


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (b'{"a":1,"a":2}', 5),
        (b'{"a":1,"a":1}', 6),
        (b'{"b":1,"a":2}', 2),
        (b'{"a":1,"B":2}', 2),
        (b'{"a":{"c":1,"b":2}}', 7),
        (b'{"a": 1}', 5),
        (b'{"a":1 }', 6),
        (b' {"a":1}', 0),
        (b'{"a":1}\n', 7),
        (b'{"a":[1, 2]}', 8),
        (b'{"a":"\\u0041"}', 6),
        (b'{"\\u0061":1}', 2),
        (b'{"a":"\\/"}', 6),
        (b'{"a":"\\u000a"}', 7),
        (b'{"a":"\\u0022"}', 7),
        (b'{"a":"\\u00e9"}', 6),
        (b'{"a":"\\ud83d\\ude00"}', 6),
    ],
)
def test_other_ways_to_write_it(data: bytes, at: int) -> None:
    """Duplicate or unsorted names, white space and needless escapes are refused, from the first byte that differs."""
    assert f"$: it is not in canonical form from byte {at} on" == refusal(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "Input data was truncated"),
        (b'{"a":', "Input data was truncated"),
        (b"{}{}", "JSON is malformed: trailing characters (byte 3)"),
        (b"[1,]", "JSON is malformed: trailing comma in array (byte 3)"),
        (b"[1]\x00", "JSON is malformed: trailing characters (byte 4)"),
        (b"\xef\xbb\xbf{}", "JSON is malformed: invalid character (byte 0)"),
        (b"\xff\xfe{\x00}\x00", "JSON is malformed: invalid character (byte 0)"),
        (b'{"a":"\x00"}', "JSON is malformed: invalid character (byte 6)"),
        (b'{"a":"\n"}', "JSON is malformed: invalid character (byte 6)"),
        (b'["\xc3\xa9","\xff"]', "byte 7 is not UTF-8"),
        (b'{"a":"\xed\xa0\x80"}', "byte 6 is not UTF-8"),
        (b'{"a":"\xc0\x80"}', "byte 6 is not UTF-8"),
        (b'{"a":"x\xc3"}', "byte 7 is not UTF-8"),
        (b'{"a":"\\ud800"}', "Input data was truncated"),
        (b'{"a":"\\ud800 and more"}', "JSON is malformed: unexpected end of escaped utf-16 surrogate pair (byte 12)"),
        (b'{"a":"\\udc00"}', "JSON is malformed: invalid utf-16 surrogate pair (byte 12)"),
    ],
)
def test_no_json(data: bytes, why: str) -> None:
    """Bytes that are not JSON in UTF-8 are refused: truncated, several values, byte order marks, lone surrogates."""
    assert f"$: {why}" == refusal(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"null", "$: null does not occur in entries"),
        (b'{"a":null}', "$.a: null does not occur in entries"),
        (b'{"a":[{"b":null}]}', "$.a[0].b: null does not occur in entries"),
        (b'{"\\u00e9":1}', "$: the member name 'é' is not printable ASCII"),
        (b'{"\xc3\xa9":1}', "$: the member name 'é' is not printable ASCII"),
        (b'{"a":{"b\\nc":1}}', "$.a: the member name 'b\\nc' is not printable ASCII"),
        (b'{"\x7f":1}', "$: the member name '\\x7f' is not printable ASCII"),
        (b'{"a":"e\xcc\x81"}', "$.a: it is not in Unicode normalization form C"),
        (b'{"a":"e\\u0301"}', "$.a: it is not in Unicode normalization form C"),
        (b'{"a":"\xe2\x84\xa6"}', "$.a: it is not in Unicode normalization form C"),
        (b'{"a":"\x7f"}', "$.a: character 1 is U+007F"),
        (b'{"a":"\\t"}', "$.a: character 1 is U+0009"),
        (b'{"a":"b\\r\\n"}', "$.a: character 2 is U+000D"),
        (b'{"a":"\\u001b[31m"}', "$.a: character 1 is U+001B"),
        (b'["x",{"c":"ab\xe2\x80\xae"}]', "$[1].c: character 3 is U+202E"),
        (b'["\\u2066"]', "$[0]: character 1 is U+2066"),
    ],
)
def test_values_that_entries_may_not_have(data: bytes, why: str) -> None:
    """A canonical value that entries may not have is refused with its path."""
    assert why == refusal(data)


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        "",
        {"": ""},
        True,
        0,
        "null",
        "12345678901234567890 null",
        'a line\nand "another" \\ one / more',
        "Genève, Łódź, Αθήνα, 東京, بيروت",
        "می\u200cخواهم, क्\u200dष, \u200e\u200f\u061c",
        "\U0001f600 \U0010fffd",
        {"A": 1, "a": [{"10": False, "9": -1}]},
    ],
)
def test_values_that_entries_may_have(value: object) -> None:
    """Texts of any script, with joiners, direction marks and line feeds, are written and read back the same."""
    assert value == check(encode(value))


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "$: null does not occur in entries"),
        ({"a": [1.0]}, "$.a[0]: a number that is not an integer does not occur in entries"),
        ({"a": float("nan")}, "$.a: a number that is not an integer does not occur in entries"),
        ({"a": b"bytes"}, "$.a: bytes does not occur in entries"),
        ({"a": {1, 2}}, "$.a: set does not occur in entries"),
        ({1: "a"}, "$: a member name is int instead of text"),
        ({None: "a"}, "$: a member name is NoneType instead of text"),
        ({"é": 1}, "$: the member name 'é' is not printable ASCII"),
        ({"\ud800": 1}, "$: the member name '\\ud800' is not printable ASCII"),
        ("\ud800", "$: character 1 is U+D800"),
        (["e\u0301"], "$[0]: it is not in Unicode normalization form C"),
    ],
)
def test_values_that_are_not_written(value: object, why: str) -> None:
    """A value that an entry cannot have is not written, and the error gives its path."""
    with pytest.raises(NotCanonical) as caught:
        encode(value)
    assert why == str(caught.value)


@pytest.mark.parametrize(
    "value", [pytest.param(member, id=type(member).__name__) for member in (10**5000, {10**5000: 1})]
)
def test_number_too_great_to_print(value: object) -> None:
    """A number that Python cannot print in decimal is refused like any other, as a value and as a name."""
    with pytest.raises(NotCanonical, match=r"is not between|a member name is int"):
        encode(value)


def test_size() -> None:
    """An entry has at most 65,535 bytes in canonical form."""
    assert "x" * 65_533 == check(encode("x" * 65_533))
    for text in ("x" * 65_534, "\n" * 32_767, "é" * 32_767):
        with pytest.raises(NotCanonical, match="65536 bytes are more than 65535"):
            encode(text)
    assert "$: 65536 bytes are more than 65535" == refusal(b'"' + b"x" * 65_534 + b'"')


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"[" * 30_000, id="open arrays"),
        pytest.param(b"[" * 30_000 + b"]" * 30_000, id="arrays"),
        pytest.param(b'{"a":' * 10_000 + b"1" + b"}" * 10_000, id="objects"),
    ],
)
def test_deep_nesting(data: bytes) -> None:
    """Bytes nested too deeply to be read are refused without a crash."""
    assert "$: it is nested too deep" == refusal(data)


def test_value_that_contains_itself() -> None:
    """A value that contains itself is refused."""
    value: list[object] = []
    value.append(value)
    with pytest.raises(NotCanonical, match="nested too deep"):
        encode(value)


def test_each_character() -> None:
    """Among single characters exactly the controls, surrogates, noncharacters, unassigned and listed ones are refused.

    The test covers the planes that contain text, and the ends of all planes.
    """
    points = [
        *range(0x20000),
        *range(0xE0000, 0xE1000),
        *(plane << 16 | low for plane in range(17) for low in (0, 0xFFFD)),
    ]
    points += [plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF)]
    for point in points:
        char, text = chr(point), f"1{chr(point)}2"
        listed = point in BIDIRECTIONAL | SEPARATORS or point == BYTE_ORDER_MARK
        nonchar = 0xFDD0 <= point <= 0xFDEF or point % 0x10000 >= 0xFFFE
        wrong = listed or nonchar or (unicodedata.category(char) in {"Cc", "Cs"} and char != "\n")
        expected = f"character 2 is U+{point:04X}" if wrong else None
        if not (nonchar or is_assigned(char)):
            expected = f"character 2 is U+{point:04X}, which Unicode 14.0 does not have"
        elif unicodedata.normalize("NFC", text) != text:
            expected = "it is not in Unicode normalization form C"
        assert expected == text_fault(text)
