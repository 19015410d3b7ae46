"""An entry has exactly one encoding; every other encoding is refused."""

import json
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from ledger.format.entry import BadEntry, BadText, at_moment, decode, encode, read, written_time

LINE = (
    b'{"actor":"staff/1","command":"c","effective_on":"2024-01-03","event":{"name":"Alpha","type":"party.registered"},'
    b'"part":[1,1],"recorded_at":"2026-01-15T12:00:04.000000Z","stream":"party/ALPHA","v":1,"version":1}'
)


def test_the_one_encoding() -> None:
    """Both decoders read it, and encoding returns the same bytes."""
    assert decode(LINE) == read(LINE)
    assert LINE == encode(decode(LINE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"v":1', b'"v": 1'),
        (b'"v":1', b'"v":2'),
        (b'"v":1', b'"v":1.0'),
        (b'"v":1', b'"v":1e0'),
        (b'"v":1', b'"v":true'),
        (b'"v":1', b'"v":"1"'),
        (b'"v":1,"version":1}', b'"version":1,"v":1}'),
        (b'"v":1,"version":1}', b'"v":1,"version":1}\n'),
        (b'"v":1,"version":1}', b'"v":1,"version":1,"version":1}'),
        (b'"v":1,"version":1}', b'"v":1,"version":1,"wide":1}'),
        (b'"v":1,"version":1}', b'"v":1}'),
        (b'"part":[1,1],', b'"part":[1,1],"reason":null,'),
        (b'"part":[1,1]', b'"part":[1]'),
        (b'"part":[1,1]', b'"part":[1,1,1]'),
        (b'"name":"Alpha"', b'"name":"\\u0041lpha"'),
        (b'"name":"Alpha"', b'"name":"Al\\/pha"'),
        (b'"name":"Alpha"', b'"name":"A\xcc\x81lpha"'),
        (b'"name":"Alpha"', b'"name":"A\xe2\x80\xaelpha"'),
        (b'"name":"Alpha"', b'"name":"A\x7flpha"'),
        (b'"name":"Alpha"', b'"name":"A\\u0000lpha"'),
        (b'"name":"Alpha"', b'"name":"\xff"'),
        (b'"name":"Alpha"', b'"name":"\\ud800"'),
        (b'"name":"Alpha"', b'"name":null'),
        (b'"name":"Alpha"', b'"name":"Alpha","party_type":null'),
        (b'{"name":"Alpha"', b'{"aliases":[],"name":"Alpha"'),
        (b'{"name":"Alpha"', b'{"colour":"red","name":"Alpha"'),
        (b"party.registered", b"party.registred"),
        (b'{"actor"', b'\xef\xbb\xbf{"actor"'),
        (LINE, b""),
        (LINE, b"[]"),
        (LINE, b"[" * 100_000),
    ],
)
def test_other_encodings(old: bytes, new: bytes) -> None:
    """Spaces, other orders, defaults, nulls, unknown and repeated members, other escapes and texts are refused."""
    assert old in LINE
    with pytest.raises(BadEntry, match="not an entry of format 1"):
        decode(LINE.replace(old, new))


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 100_000, b'{"v":1}'])
def test_the_fast_decoder_refuses_other_bytes(data: bytes) -> None:
    """Bytes that are no entry raise the same error, not that of the JSON decoder."""
    with pytest.raises(BadEntry):
        read(data)


@pytest.mark.parametrize("text", ["A\u0301", "a\u202eb", "a\x7fb", "a\x00b", "a\tb", "a\ud800b", "a\ufeffb"])
def test_texts_that_an_entry_cannot_hold(text: str) -> None:
    """Encoding refuses every text that decoding refuses, whatever was checked before."""
    with pytest.raises(BadText):
        encode(msgspec.structs.replace(decode(LINE), actor=text))


def test_times_are_written_in_27_characters() -> None:
    """Times are in UTC with microseconds and Z, also at midnight and from another time zone."""
    assert "2026-01-15T00:00:00.000000Z" == written_time(datetime(2026, 1, 15, tzinfo=UTC))
    far = datetime(2026, 1, 15, 1, 2, 3, 45, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    assert "2026-01-14T19:17:03.000045Z" == written_time(far)


def test_every_envelope_member_has_a_name() -> None:
    """Every member of the envelope has its own name in the JSON."""
    assert sorted(json.loads(LINE)) == list(json.loads(LINE))


@pytest.mark.parametrize(
    "reason", [None, '"recorded_at":"2026-01-15T12:00:04.000000Z"', 'recorded_at":"', "\\", 'Zür\nich \\"recorded_at":']
)
def test_at_another_moment(reason: str | None) -> None:
    """Rewriting the recording time in the bytes equals encoding the entry with that time, for any texts."""
    moment = "2027-02-03T04:05:06.000007Z"
    entry = msgspec.structs.replace(decode(LINE), reason=reason)
    assert encode(msgspec.structs.replace(entry, recorded_at=moment)) == at_moment(encode(entry), moment)
