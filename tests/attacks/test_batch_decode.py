"""Batch decoding of entries agrees with the slow checks of steps 3 and 4."""

import random

import pytest

from ledger.format import canonical
from ledger.verify.envelope import envelope_fault
from ledger.verify.fast_path.batch_decode import decode_batch
from tests.attacks.forger import Forger
from tests.attacks.mutations import of_bytes

SEED = 20261128
GOOD = (
    b'"alias":"Alpha"', b'"alias":"\xc3\x84lpha"', b'"alias":"Al\\"pha"', b'"alias":"Al\\\\npha"', b'"alias":"A\\nb"',
    b'"alias":[[[["deep"]]]]', b'"alias":{"a":{"b":{"c":{"d":1}}}}', b'"alias":"null"', b'"alias":-7', b'"alias":true',
    b'"\\"":"Alpha"', b'"alias":[]', b'"alias":9007199254740991',
)  # fmt: skip
BAD = (
    b'"alias":"A\\u0007"', b'"alias":"A\\tb"', b'"alias":"\\u00c4"', b'"alias":"A\x7f"', b'"alias":"\xe2\x80\xaeA"',
    b'"alias":"Ae\xcc\x81"', b'"alias":null', b'"alias":1.0', b'"alias":9007199254740992', b'"alias": 1',
    b'"alias":"\\/"', b'"\\n":"Alpha"', b'"\xc3\x84":"Alpha"', b'"b":1,"a":1', b'"a":1,"a":1',
    b'"alias":"A\nb"', b'"alias":[[[[null]]]]', b'"alias":"A\\\\\\u0007"', b'"alias":1}\n{"alias":1', b"",
)  # fmt: skip


def _is_right(data: bytes) -> bool:
    try:
        return envelope_fault(canonical.check(data)) is None
    except canonical.NotCanonical:
        return False


def _with(forger: Forger, member: bytes) -> bytes:
    return forger.data(8).replace(b'"alias":"Alpha"', member)


@pytest.mark.parametrize("member", [*GOOD, *BAD])
def test_one_among_others(forger: Forger, member: bytes) -> None:
    """Each entry of a batch is accepted or not, whatever its neighbours are."""
    neighbors = [forger.data(position) for position in range(1, 14)]
    data = _with(forger, member)
    assert (member in GOOD) == _is_right(data)
    decoded = decode_batch([*neighbors[:5], data, *neighbors[5:]])
    assert [member in GOOD if place == 5 else True for place in range(14)] == [entry is not None for entry in decoded]


def test_entries_that_are_whole_only_together(forger: Forger) -> None:
    """Two fragments that form entries when joined are not accepted."""
    data, neighbor = forger.data(8), forger.data(9)
    for joined in (data + b"\n" + neighbor, data + neighbor):
        for at in range(1, len(joined), 7):
            decoded = decode_batch([joined[:at], joined[at:]])
            assert [_is_right(joined[:at]), _is_right(joined[at:])] == [entry is not None for entry in decoded]


def test_any_bytes(forger: Forger) -> None:
    """In a batch with random changes, the same entries are accepted as one by one."""
    chance = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    whole = [forger.data(position) for position in range(1, 14)]
    for number in range(200):
        datas = [of_bytes(chance, data, whole) if chance.random() < 0.1 else data for data in whole]
        decoded = [entry is not None for entry in decode_batch(datas)]
        assert [_is_right(data) for data in datas] == decoded, f"seed {SEED}, round {number}"


def test_of_nothing() -> None:
    """An empty batch gives an empty result."""
    assert [] == decode_batch([])
