"""Rows about the proof of the log: full verification, and the proof of one entry."""

from hashlib import sha256

from benchmarks.floors import raw_read
from benchmarks.histories import grow
from benchmarks.measuring import Place, Watch, Work
from ledger.application.open import open_ledger
from ledger.tlog.proof import inclusion_proof
from ledger.verify.procedure import verify_log

PROOFS = 200


def _verify(place: Place, watch: Watch) -> None:
    """Check the whole log: read, hash again, canonical form, envelope, tree, columns, order."""
    ledger = open_ledger(grow(place.shared, place.size))
    with watch:
        result = verify_log(ledger.store)
    assert not result.findings
    watch.count = result.size
    ledger.close()


def _verify_floor(place: Place, watch: Watch) -> None:
    """Hash the same bytes, already read, into a tree."""
    leaves = [row[0] for row in raw_read(grow(place.shared, place.size)).execute("SELECT data FROM entries")]
    with watch:
        hashes = [sha256(b"\0" + data).digest() for data in leaves]
        while len(hashes) > 1:
            odd = hashes[-1:] if len(hashes) % 2 else []
            pairs = zip(hashes[::2], hashes[1::2], strict=False)
            hashes = [sha256(b"\1" + left + right).digest() for left, right in pairs] + odd
    watch.count = len(leaves)


class _Counted:
    """A store that counts its range reads."""

    def __init__(self, place: Place) -> None:
        self.ledger = open_ledger(grow(place.shared, place.large))
        self.size = self.ledger.store.head().size
        self.reads = 0

    def read(self, level: int, start: int, count: int) -> list[bytes]:
        """Return hashes, and count the read."""
        self.reads += 1
        return self.ledger.store.read(level, start, count)


def _positions(size: int) -> list[int]:
    return [0, size - 1, *(number * 7919 * 104729 % size for number in range(PROOFS - 2))]


def _prove(place: Place, watch: Watch) -> None:
    """Prove entries one by one: the average in milliseconds."""
    store = _Counted(place)
    with watch:
        for index in _positions(store.size):
            inclusion_proof(index, store.size, store)
    watch.figure = watch.seconds / PROOFS * 1000


def _reads(place: Place, watch: Watch) -> None:
    """Count the range reads of each proof: the maximum."""
    store = _Counted(place)
    most = 0
    for index in _positions(store.size):
        store.reads = 0
        inclusion_proof(index, store.size, store)
        most = max(most, store.reads)
    watch.figure = float(most)


def _prepare(place: Place) -> None:
    grow(place.shared, place.size)


def _prepare_large(place: Place) -> None:
    grow(place.shared, place.large)


WORKS = (
    Work("verify the log", "hashlib, leaves and tree", 0.25, _verify, _verify_floor, prepare=_prepare),
    Work("prove an entry: time", "", 20, _prove, kind="below", unit="ms", runs=3, prepare=_prepare_large),
    Work("prove an entry: range reads", "", 64, _reads, kind="below", unit="", runs=1, prepare=_prepare_large),
)
