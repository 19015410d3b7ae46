"""The forms of values: recording and verification define them separately, and agree."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.characters.hidden import hidden_fault
from ledger.characters.lookalikes import script_fault
from ledger.domain.dates import FIRST, LAST, BadDate, checked_date
from ledger.domain.fields import BadReference, Role, Share, checked_reference
from ledger.domain.registry import KINDS
from ledger.format.entry import written_time
from ledger.verify.envelope import is_date, is_name, is_stream, is_time

pieces = st.sampled_from([*"aZ09_.-:/()+,&#'@ é大٣Ⅷ²|;=\"\\\n\t\u0301\u200d\ud7ff", "  ", "a" * 63, "b" * 64])
texts = st.one_of(st.text(max_size=130), st.lists(pieces, max_size=6).map("".join))
digits = st.text("0123456789-T:.Z /", max_size=28)


def _is(check: object, text: str, refusal: type[Exception]) -> bool:
    assert callable(check)
    try:
        check(text)
    except refusal:
        return False
    return True


@given(texts)
def test_names(text: str) -> None:
    """A text is a valid reference when recorded if and only if it is a valid name when verified.

    That a reader can see its characters, and tell its letters from others, is not a matter of its form.
    """
    expected = _is(checked_reference, text, BadReference)
    if expected or (hidden_fault(text) or script_fault(text)) is None:
        assert expected == is_name(text)
    for kind in KINDS:
        assert (is_name(text) and kind != "ledger") == is_stream(f"{kind}/{text}")


@pytest.mark.parametrize("text", ["a" * 128, "BDT-2024-089", "O'Neill & Co. (2)", "a b", "日本", "٣", "_"])
def test_a_name(text: str) -> None:
    """Letters and digits of any script, some signs, single spaces inside, at most 128 characters."""
    assert is_name(text)


@pytest.mark.parametrize(
    "text", ["", " a", "a ", "a  b", "a" * 129, "a|b", "a=b", "a\n", "a\tb", "e\u0301", "a\u200db", 7]
)
def test_no_name(text: object) -> None:
    """Empty, spaces at an end or two together, more than 128 characters, other signs, marks, controls, numbers."""
    assert not is_name(text)


@given(st.one_of(st.dates().map(str), digits))
def test_dates(text: str) -> None:
    """A text is a valid date when recorded if and only if it is one when verified."""
    assert _is(checked_date, text, BadDate) == is_date(text)


@pytest.mark.parametrize("text", [FIRST, LAST, "2024-02-29", "2000-02-29"])
def test_a_date(text: str) -> None:
    """The first and the last day, and leap days."""
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "1864-12-31",
        "2200-01-01",
        "2023-02-29",
        "1900-02-29",
        "2024-3-1",
        "20240301",
        "2024-W10-5",
        "２０２４-01-01",
        None,
    ],
)
def test_no_date(text: str) -> None:
    """Days beyond the first and last, days that do not exist, other date formats."""
    assert not is_date(text)


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1900, 1, 1)))  # noqa: DTZ001 - hypothesis adds the zone
def test_times(moment: datetime) -> None:
    """A moment as the ledger writes it has 27 characters and is a time."""
    assert 27 == len(written_time(moment))
    assert is_time(written_time(moment))


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23T09:00:00Z",
        "2026-11-23T09:00:00.000000",
        "2026-11-23T09:00:00.00000Z",
        "2026-11-23T09:00:00.000000+00:00",
        "2026-11-23t09:00:00.000000z",
        "2026-11-23 09:00:00.000000Z",
        "2026-11-23T24:00:00.000000Z",
        "2026-11-23T09:60:00.000000Z",
        "2026-11-23T09:00:60.000000Z",
        "2026-02-29T09:00:00.000000Z",
        "2026-11-23T09:00:00.000000Z\n",
        "",
        0,
    ],
)
def test_no_time(text: object) -> None:
    """Moments without six decimals or the Z, with another zone, that do not exist, or with trailing text."""
    assert not is_time(text)


@given(st.one_of(digits, st.datetimes().map(str)))
def test_only_canonical_times(text: str) -> None:
    """A text is a time if reading and writing it gives the same text."""
    try:
        again = written_time(datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC))
    except ValueError:
        again = ""
    assert (text == again and len(text) == 27) == is_time(text)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        (Role.parse("A=partner"), b'{"party":"A"}'),
        (Role.parse("A"), b'{"party":"A"}'),
        (Role.parse("A=donor"), b'{"party":"A","role":"donor"}'),
        (Share.parse("AFR=100"), b'{"code":"AFR"}'),
        (Share.parse("AFR=60"), b'{"code":"AFR","percent":"60"}'),
        (msgspec.json.decode(b'{"party":"A","role":"partner"}', type=Role), b'{"party":"A"}'),
        (msgspec.json.decode(b'{"code":"AFR","percent":"100"}', type=Share), b'{"code":"AFR"}'),
    ],
)
def test_a_default_is_left_out(given: msgspec.Struct, written: bytes) -> None:
    """A value has one form: a default that was given explicitly is not in the bytes."""
    assert written == msgspec.json.encode(given, order="sorted")
