"""Step 18: a published folder holds the files of its checkpoint, and they match its entries.

The folder may also hold partial tiles of former sizes, as c2sp.org/tlog-tiles asks; each must be a prefix of the
present tile. The entries take the same pass as those of a store (steps 3, 4, 6 and 8 to 11), and the checkpoint takes
step 19. If a file of entries is missing, the pass ends before it; nothing is guessed.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ledger.tlog import checkpoint, note
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint
from ledger.tlog.compact import TILE_WIDTH
from ledger.tlog.encoding import encoded
from ledger.tlog.merkle import EMPTY_ROOT, HASH_BYTES, leaf_hash
from ledger.tlog.note import BadNote
from ledger.tlog.policy import Policy
from ledger.tlog.tiles import CHECKPOINT, MAX_BUNDLE_BYTES, Tile, bundled, tiles_of
from ledger.tlog.trusted_checkpoint import TrustedCheckpoint, Untrusted, open_checkpoint
from ledger.verify.backdating import BackdatingReport
from ledger.verify.bundle_files import Files
from ledger.verify.checkpoints import MAIL_DAYS, Checkpoints, UnverifiedCheckpoint
from ledger.verify.findings import Finding
from ledger.verify.sequential import SequentialScan

Progress = Callable[[int], None]
PROGRAM_DIGEST = "verify_ledger.py.sha256"
"""The file in which a published folder names the program that can check it without this software."""
_PROGRAM_DIGEST_FORM = re.compile(rb"[0-9a-f]{64}  verify_ledger\.py\n")
_MAX_DIGEST_BYTES = 1 << 10


class BundleEntry(NamedTuple):
    """An entry of a published folder, which has no columns."""

    position: int
    leaf: bytes
    data: bytes
    stream: None = None
    version: None = None


class BundleResult(NamedTuple):
    """The result: the checkpoint as stated, the size and root of the entries, verified signatures, and findings."""

    stated: Checkpoint | None
    size: int
    root: bytes
    trusted: TrustedCheckpoint | None
    """The checkpoint with its verified signatures; None without a policy, or if no log of the policy signed it."""
    findings: list[Finding]
    backdating: BackdatingReport


def verify_bundle(
    folder: Path,
    given: Iterable[UnverifiedCheckpoint] = (),
    policy: Policy | None = None,
    mail_days: int = MAIL_DAYS,
    backdating: BackdatingReport | None = None,
    progress: Progress | None = None,
    ignored: Collection[str] = (),
) -> BundleResult:
    """Check a published folder from its files alone; without a policy, signatures are not verified.

    `given` are further checkpoints that the reader holds; `progress` receives the percentage done; `ignored` names
    files that the folder may also hold. Raises OSError if the folder cannot be listed.
    """
    early: list[Finding] = []
    files = Files(folder, lambda code, position, what: early.append(Finding.of(code, position, what)))
    data = files.read(CHECKPOINT, note.MAX_BYTES)
    own = [] if data is None or policy is None else [UnverifiedCheckpoint(CHECKPOINT, data, is_given=True)]
    compared = [*own, *given]
    checkpoints = Checkpoints(compared, policy, mail_days)
    scan = SequentialScan(checkpoints.sizes(), checkpoints.bounds())
    scan.findings, scan.has_columns, files.report = early, False, scan.report
    scan.backdating = backdating or scan.backdating
    stated = None if data is None else _stated(data, scan)
    is_whole = stated is not None and _Bundle(files, stated, scan, progress, ignored).check()
    if compared:
        checkpoints.compare(scan.observations(), scan.report, is_whole=is_whole)
    findings = [*dict.fromkeys(scan.findings)]  # the checkpoint is checked twice: as a file, and as a checkpoint
    return BundleResult(stated, scan.tree.size, scan.tree.root(), _trusted(data, policy), findings, scan.backdating)


def entries_in(folder: Path, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield position and bytes of the entries of a published folder, up to the first missing file of entries."""
    files = Files(folder, lambda _code, _position, _what: None)
    for bundle in _bundles(size):
        entries = files.entries(bundle, MAX_BUNDLE_BYTES)
        if entries is None:
            return
        yield from enumerate(entries, bundle.first + 1)


def _bundles(size: int) -> Iterator[Tile]:
    for number in range(-(-size // TILE_WIDTH)):
        yield Tile(None, number, min(TILE_WIDTH, size - number * TILE_WIDTH))


def _stated(data: bytes, scan: SequentialScan) -> Checkpoint | None:
    try:
        return checkpoint.parse(note.parse(data).text)
    except (BadNote, BadCheckpoint) as error:
        scan.report("bad-checkpoint", None, f"{CHECKPOINT}: {error}")
        return None


def _trusted(data: bytes | None, policy: Policy | None) -> TrustedCheckpoint | None:
    if data is None or policy is None:
        return None
    try:
        return open_checkpoint(data, policy)
    except Untrusted:
        return None


class _Bundle:
    """The comparison of a folder's files with what its entries give."""

    def __init__(
        self,
        files: Files,
        stated: Checkpoint,
        scan: SequentialScan,
        progress: Progress | None,
        ignored: Collection[str],
    ) -> None:
        self.files, self.stated, self.scan, self.progress = files, stated, scan, progress
        self.ignored = ignored
        self.former: dict[tuple[int | None, int], list[Tile]] = {}
        self.is_whole = True

    def check(self) -> bool:
        """Check all files; return whether all entries are present."""
        size = self.stated.size
        if -(-size // TILE_WIDTH) > len(self.files):  # anyone can state a huge size: do not list its files
            self.scan.report(
                "missing-file", None, f"tile/entries: a log of {size} entries has more files than the folder"
            )
            return False
        self._check_names()
        for bundle in _bundles(size):
            self._check_bundle(bundle)
            if self.progress:
                self.progress(100 * (bundle.first + bundle.width) // size)
        self.scan.end()
        origin = self.scan.origin
        if origin not in (None, self.stated.origin):
            what = f"{CHECKPOINT}: it is of {self.stated.origin}, and the first entry opens {origin}"
            self.scan.report("other-origin", None, what)
        if self.is_whole:
            self._check_root()
            self._check_upper_tiles()
        return self.is_whole

    def _check_names(self) -> None:
        expected = {(tile.level, tile.number): tile for tile in tiles_of(self.stated.size)}
        self.former = self.files.former({key: tile.width for key, tile in expected.items()})
        known = {CHECKPOINT, PROGRAM_DIGEST, *self.ignored, *(tile.path for tile in expected.values())}
        known.update(tile.path for tiles in self.former.values() for tile in tiles)
        known.update(str(above) for name in tuple(known) for above in PurePosixPath(name).parents)
        for name in sorted(self.files.modes.keys() - known):  # 18
            self.scan.report(
                "unexpected-file", None, f"{name}: it does not belong to a log of {self.stated.size} entries"
            )
        if PROGRAM_DIGEST in self.files.modes:
            digest = self.files.read(PROGRAM_DIGEST, _MAX_DIGEST_BYTES)
            if digest is not None and not _PROGRAM_DIGEST_FORM.fullmatch(digest):
                what = f"{PROGRAM_DIGEST}: it is not the SHA-256 of a program, as sha256sum writes it"
                self.scan.report("unexpected-file", None, what)

    def _check_bundle(self, bundle: Tile) -> None:
        """Compare the files of up to 256 entries, then pass these to the scan."""
        entries = self.files.entries(bundle, MAX_BUNDLE_BYTES)  # 18
        if entries is None:
            self.is_whole = False
            for tile in self.former.get((None, bundle.number), ()):
                self.files.read(tile.path, MAX_BUNDLE_BYTES)
            return
        leaves = [leaf_hash(entry) for entry in entries]
        self._compare(bundle._replace(level=0), leaves, bundle.first + 1)
        for tile in self.former.get((None, bundle.number), ()):
            data = self.files.read(tile.path, MAX_BUNDLE_BYTES)
            if data not in (None, bundled(entries[: tile.width])):
                self._differs(tile, f"it is not the beginning of {bundle.path}; it has {len(data or b'')} bytes")
        if self.is_whole:
            rows = enumerate(zip(leaves, entries, strict=True), bundle.first + 1)
            self.scan.process([BundleEntry(position, leaf, data) for position, (leaf, data) in rows])

    def _check_root(self) -> None:
        root = self.scan.tree.root() if self.stated.size else EMPTY_ROOT
        if root != self.stated.root:  # 6
            what = f"{CHECKPOINT}: it states {encoded(self.stated.root)}, and the entries give {encoded(root)}"
            self.scan.report("root-differs", None, what)

    def _check_upper_tiles(self) -> None:
        levels: dict[int, list[bytes]] = {}
        for computed in self.scan.tiles:
            levels.setdefault(computed.level, []).append(computed.hash)
        for tile in tiles_of(self.stated.size):
            if tile.level:
                self._compare(tile, levels[tile.level][tile.first : tile.first + tile.width])

    def _compare(self, tile: Tile, hashes: list[bytes], first: int | None = None) -> None:
        """Compare a tile, and its partial tiles of former sizes, with the hashes of the entries (step 6)."""
        for stored in (tile, *self.former.get((tile.level, tile.number), ())):
            data = self.files.read(stored.path, TILE_WIDTH * HASH_BYTES)
            expected = b"".join(hashes[: stored.width])
            if data in (None, expected):
                continue
            if len(data or b"") != len(expected):
                what = f"it has {len(data or b'')} bytes, and {stored.width} hashes have {len(expected)}"
                self._differs(stored, what)
            else:
                self._differs(stored, "it does not match the entries", _first_wrong(data or b"", expected, first))

    def _differs(self, tile: Tile, what: str, position: int | None = None) -> None:
        self.scan.report("tile-differs", position, f"{tile.path}: {what}")


def _first_wrong(data: bytes, expected: bytes, first: int | None) -> int | None:
    if first is None:
        return None
    pairs = enumerate(zip(data, expected, strict=True))
    return first + next(index for index, (stored, right) in pairs if stored != right) // HASH_BYTES
