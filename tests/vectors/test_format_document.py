"""docs/format.md is right: its example by hashlib and json alone, its tables by those of the software."""

import base64
import hashlib
import json
import re
import sqlite3
import unicodedata
from pathlib import Path

import msgspec
import pytest

from ledger.domain.registry import KINDS
from ledger.format.entry import Entry, decode
from ledger.stores.sqlite.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES
from ledger.verify.envelope import MEMBERS, OPTIONAL, envelope_fault

DOCUMENT = (Path(__file__).parents[2] / "docs" / "format.md").read_text("utf-8")
EXAMPLE = re.search(r"exactly as stored:\n\n```text\n(.*?)\n```", DOCUMENT, re.DOTALL)
LINES = EXAMPLE[1].splitlines() if EXAMPLE else []
LEAVES = re.findall(r"^\| (\d+) \| (\d+) \| `([0-9a-f]{64})` \|$", DOCUMENT, re.MULTILINE)
INNER = dict(re.findall(r"^\| (node|root) \| 0x01, [^|]* \| `([0-9a-f]{64})` \|$", DOCUMENT, re.MULTILINE))


def _sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _section(title: str) -> str:
    return DOCUMENT.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def test_leaf_hashes() -> None:
    """A leaf hash is SHA-256 of a zero byte and the line."""
    actual = [(str(n), str(len(line.encode())), _sha256(b"\0", line.encode()).hex()) for n, line in enumerate(LINES, 1)]
    assert 3 == len(actual)
    assert actual == LEAVES


def test_tree() -> None:
    """The root over three leaves hashes the first two, then that and the third (RFC 6962 §2.1)."""
    first, second, third = (bytes.fromhex(leaf) for _, _, leaf in LEAVES)
    node = _sha256(b"\1", first, second)
    root = _sha256(b"\1", node, third)
    assert {"node": node.hex(), "root": root.hex()} == INNER
    assert f"In base64 the root is `{base64.b64encode(root).decode()}`" in DOCUMENT


@pytest.mark.parametrize("line", LINES)
def test_lines(line: str) -> None:
    """Each line is what a plain JSON writer with sorted members writes, and the software can read it."""
    plain = json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert line == plain == unicodedata.normalize("NFC", line)
    assert json.loads(line)["stream"] == decode(line.encode()).stream
    assert envelope_fault(json.loads(line)) is None


def test_members_of_the_envelope() -> None:
    """The table lists the members that entries are read and verified with, in this order."""
    listed = re.findall(r"^\| `(\w+)` \|", _section("An entry"), re.MULTILINE)
    fields = {field.name: field.required for field in msgspec.structs.fields(Entry)}
    assert list(fields) == listed
    assert {name for name, required in fields.items() if required} == MEMBERS
    assert {name for name, required in fields.items() if not required} == OPTIONAL


def test_kinds_of_stream() -> None:
    """The kinds of stream are those that have aggregates."""
    listed = re.search(r"the kinds are (.*?) \|", DOCUMENT)
    assert listed is not None
    assert set(KINDS) - {"ledger"} == set(re.findall(r"`(\w+)`", listed[1]))


def test_tables() -> None:
    """The tables of the store have the listed columns, in this order."""
    db = sqlite3.connect(":memory:")
    for text in TABLES.values():
        db.execute(text)
    actual = {name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")] for name in TABLES}
    db.close()
    rows = re.findall(r"^\| `(\w+)` \| (`.*?`) \| ", _section("The store"), re.MULTILINE)
    assert actual == {name: re.findall(r"`(\w+)`", columns) for name, columns in rows}


def test_marks_of_the_file() -> None:
    """The listed marks of the file format are those that the store writes."""
    assert f"`application_id` 0x{APPLICATION_ID:X} (`{APPLICATION_ID.to_bytes(4, 'big').decode()}`)" in DOCUMENT
    assert f"`user_version` {SCHEMA_VERSION}" in DOCUMENT
