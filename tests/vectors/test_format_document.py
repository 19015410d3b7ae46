"""What docs/format.md says is so: its example by hashlib and json alone, its tables by what the software has."""

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
    made = [(str(n), str(len(line.encode())), _sha256(b"\0", line.encode()).hex()) for n, line in enumerate(LINES, 1)]
    assert 3 == len(made)
    assert made == LEAVES


def test_tree() -> None:
    """The root over three leaves hashes the first two, then that and the third (RFC 6962 §2.1)."""
    first, second, third = (bytes.fromhex(leaf) for _, _, leaf in LEAVES)
    node = _sha256(b"\1", first, second)
    root = _sha256(b"\1", node, third)
    assert {"node": node.hex(), "root": root.hex()} == INNER
    assert f"In base64 the root is `{base64.b64encode(root).decode()}`" in DOCUMENT


@pytest.mark.parametrize("line", LINES)
def test_lines(line: str) -> None:
    """Each line is what a plain JSON writer with sorted members writes, and what this software reads."""
    plain = json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert line == plain == unicodedata.normalize("NFC", line)
    assert json.loads(line)["stream"] == decode(line.encode()).stream
    assert envelope_fault(json.loads(line)) is None


def test_members_of_the_envelope() -> None:
    """The table of members names those that entries are read and verified with, in this order."""
    told = re.findall(r"^\| `(\w+)` \|", _section("An entry"), re.MULTILINE)
    fields = {field.name: field.required for field in msgspec.structs.fields(Entry)}
    assert list(fields) == told
    assert {name for name, required in fields.items() if required} == MEMBERS
    assert {name for name, required in fields.items() if not required} == OPTIONAL


def test_kinds_of_stream() -> None:
    """The kinds of stream are those that there are aggregates for."""
    told = re.search(r"the kinds are (.*?) \|", DOCUMENT)
    assert told is not None
    assert set(KINDS) - {"ledger"} == set(re.findall(r"`(\w+)`", told[1]))


def test_tables() -> None:
    """The tables of the store have the columns that are told, in this order."""
    db = sqlite3.connect(":memory:")
    for text in TABLES.values():
        db.execute(text)
    made = {name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")] for name in TABLES}
    db.close()
    rows = re.findall(r"^\| `(\w+)` \| (`.*?`) \| ", _section("The store"), re.MULTILINE)
    assert made == {name: re.findall(r"`(\w+)`", columns) for name, columns in rows}


def test_marks_of_the_file() -> None:
    """The marks by which the file is known are those that it is made with."""
    assert f"`application_id` 0x{APPLICATION_ID:X} (`{APPLICATION_ID.to_bytes(4, 'big').decode()}`)" in DOCUMENT
    assert f"`user_version` {SCHEMA_VERSION}" in DOCUMENT
