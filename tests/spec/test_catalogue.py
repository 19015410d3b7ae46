"""The format, frozen: entries of every type as they were first written must be read, and written, the same for ever.

`data/entries.jsonl` is the whole log of a ledger that recorded every type of event, with few and with all members, on
a steady clock under given command ids. It was recorded once, and again when types were added, each time at its end; it
is data, and is never made again. `data/hashes.json`
holds the leaf hashes and the root, computed by a script of `hashlib` and `json` alone that imported nothing of ours;
the same computation stands below, after RFC 6962 §2.1.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ledger.domain.kernel import Fact
from ledger.domain.registry import EVENTS, new_state
from ledger.domain.voiding import validated_fold
from ledger.format.canonical import check
from ledger.format.entry import Entry, decode, encode
from ledger.tlog.compact import CompactRange
from ledger.tlog.merkle import leaf_hash

DATA = Path(__file__).parent / "data"
LINES = (DATA / "entries.jsonl").read_bytes().split(b"\n")[:-1]
HASHES: dict[str, Any] = json.loads((DATA / "hashes.json").read_text("ascii"))


def _root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + _root(leaves[:split]) + _root(leaves[split:])).digest()


@pytest.mark.parametrize("line", LINES, ids=[f"entry {number}" for number in range(1, len(LINES) + 1)])
def test_a_stored_entry_is_read_and_written_the_same(line: bytes) -> None:
    """Decoding and encoding returns the same bytes, which are also the canonical JSON of another encoder."""
    entry = decode(line)
    assert line == encode(entry)
    plain = json.loads(line)
    assert plain == check(line)
    assert line == json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert plain["event"]["type"] == entry.event.tag()


def test_every_type_of_event_is_frozen() -> None:
    """Every event type occurs in the file; a new type adds a line at its end."""
    assert set(EVENTS) == {json.loads(line)["event"]["type"] for line in LINES}


@pytest.mark.parametrize("tag", EVENTS)
def test_every_member_is_frozen(tag: str) -> None:
    """Every member of the event type occurs in one of the lines."""
    members = {name for line in LINES if (event := json.loads(line)["event"])["type"] == tag for name in event}
    assert {field.encode_name for field in msgspec.structs.fields(EVENTS[tag])} == members - {"type"}


def test_every_member_of_the_envelope_is_frozen() -> None:
    """Every member of the envelope occurs, except `sig`, which is reserved."""
    members = {name for line in LINES for name in json.loads(line)}
    assert {"sig"} == {field.encode_name for field in msgspec.structs.fields(Entry)} - members


def test_the_hashes_are_those_that_were_computed_elsewhere() -> None:
    """Leaf hashes and root equal the stored ones, by our code and by hashlib alone."""
    leaves = [hashlib.sha256(b"\x00" + line).digest() for line in LINES]
    assert HASHES["leaves"] == [leaf.hex() for leaf in leaves]
    assert leaves == [leaf_hash(line) for line in LINES]
    tree = CompactRange()
    tree.extend(leaves)
    assert (HASHES["size"], HASHES["root"]) == (tree.size, tree.root().hex())
    assert HASHES["root"] == _root(leaves).hex()


UNACCEPTED = {("engagement/E2", 16), ("engagement/E2", 17), ("engagement/E2", 18)}
"""Two payments, and the reversal of one, from before the rule that only what was accepted is paid.

The rule came before the first release, so that no ledger but this file has such payments.
"""


def test_the_stored_log_is_still_valid() -> None:
    """Streams are continuous, and today's rules accept all unvoided facts except the listed ones."""
    streams: dict[str, list[Fact]] = {}
    for line in LINES:
        entry = decode(line)
        facts = streams.setdefault(entry.stream, [])
        facts.append(entry.fact)
        assert len(facts) == entry.version
    broken = {
        (stream, fact.version)
        for stream, facts in streams.items()
        for fact, _ in validated_fold(new_state(stream), facts)[1]
    }
    assert broken == UNACCEPTED


def test_a_new_optional_member_changes_no_bytes() -> None:
    """A new optional member does not change the bytes of existing entries, since absent members are omitted."""
    line = next(line for line in LINES if b'"party.renamed"' in line)
    event = decode(line).event
    grown = msgspec.defstruct(
        "PartyRenamed",
        [("authority", str | None, None)],
        bases=(type(event),),
        tag=event.tag(),
        frozen=True,
        kw_only=True,
    )
    members = msgspec.structs.asdict(event)
    assert msgspec.json.encode(event, order="sorted") == msgspec.json.encode(grown(**members), order="sorted")
    with_it = msgspec.json.encode(grown(**members, authority="Registrar"), order="sorted")
    assert b'"authority":"Registrar"' in with_it
