"""The example in docs/format.md is right, by hashlib and json alone."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from ledger.entry import decode

DOCUMENT = (Path(__file__).parents[2] / "docs" / "format.md").read_text("utf-8")
EXAMPLE = re.search(r"exactly as stored:\n\n```text\n(.*?)\n```", DOCUMENT, re.DOTALL)
LINES = EXAMPLE[1].splitlines() if EXAMPLE else []
LEAVES = re.findall(r"^\| \d+ \| `([0-9a-f]{64})` \|$", DOCUMENT, re.MULTILINE)
ROOT = re.search(r"Root over the three, in hex: `([0-9a-f]{64})`", DOCUMENT)


def test_leaf_hashes() -> None:
    """A leaf hash is SHA-256 of a zero byte and the line."""
    assert 3 == len(LINES)
    assert [hashlib.sha256(b"\0" + line.encode()).hexdigest() for line in LINES] == LEAVES


def test_root() -> None:
    """The root over three leaves hashes the first two, then that and the third (RFC 6962 §2.1)."""
    first, second, third = map(bytes.fromhex, LEAVES)
    both = hashlib.sha256(b"\1" + first + second).digest()
    assert ROOT is not None
    assert hashlib.sha256(b"\1" + both + third).hexdigest() == ROOT[1]


@pytest.mark.parametrize("line", LINES)
def test_lines(line: str) -> None:
    """Each line is what a plain JSON writer with sorted members writes, and what this software reads."""
    plain = json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert line == plain
    assert json.loads(line)["stream"] == decode(line.encode()).stream
