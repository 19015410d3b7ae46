"""Check that a ledger is whole, from its bytes with `hashlib` and `json` alone."""

import hashlib
import json

from ledger.application.open import open_ledger


def _root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + _root(leaves[:split]) + _root(leaves[split:])).digest()


def check_whole(url: str) -> int:
    """Assert that positions, versions, commands, leaf hashes, head and side tables agree; return the size."""
    ledger = open_ledger(url)
    store = ledger.store
    assert [] == list(store.faults())
    rows = list(store.rows())
    head = store.head()
    assert list(range(1, head.size + 1)) == [row.position for row in rows]
    leaves = [hashlib.sha256(b"\x00" + row.data).digest() for row in rows]
    assert (leaves, head.root) == ([row.leaf for row in rows], _root(leaves))
    versions: dict[str, int] = {}
    parts: dict[str, list[list[int]]] = {}
    for row in rows:
        entry = json.loads(row.data)
        versions[row.stream] = versions.get(row.stream, 0) + 1
        assert (row.stream, row.version) == (entry["stream"], versions[row.stream])
        parts.setdefault(entry["command"], []).append(entry["part"])
    assert all(numbers == [[n, len(numbers)] for n in range(1, len(numbers) + 1)] for numbers in parts.values())
    recorded = {str(command): count for command, _, count in store.side_rows("commands")}
    assert recorded == {command: len(numbers) for command, numbers in parts.items()}
    assert head.size // 256 == len(list(store.side_rows("tiles")))
    ledger.close()
    return head.size
