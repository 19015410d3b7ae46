"""Read the entries of a published folder (c2sp.org/tlog-tiles) and check them against its checkpoint.

The root computed from the entries must be that of the checkpoint. Tiles of the lowest level show which file is wrong if
it is not. The levels above follow from these tiles and are not read.
"""

from collections.abc import Iterator
from pathlib import Path
from stat import S_ISREG

from ledger.domain.errors import INTEGRITY, LedgerError
from ledger.tlog import checkpoint, note, trusted_checkpoint
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint
from ledger.tlog.compact import TILE_WIDTH, CompactRange
from ledger.tlog.encoding import encoded
from ledger.tlog.keys import VerifierKey
from ledger.tlog.merkle import HASH_BYTES, leaf_hash
from ledger.tlog.note import BadNote
from ledger.tlog.policy import Policy
from ledger.tlog.tiles import CHECKPOINT, MAX_BUNDLE_BYTES, BadTile, Tile, entries_of, hashes_of
from ledger.tlog.trusted_checkpoint import Untrusted


class BadPublished(LedgerError):
    """A folder does not match its checkpoint, or is not a published folder."""

    code = "bad-published"
    exit = INTEGRITY

    def __init__(self, file: Path, why: str) -> None:
        """Name the file in which it shows, and say why."""
        super().__init__(
            f"{file} cannot be used: {why}.",
            "Fetch the published folder again, from another copy if there is one; nothing was restored.",
        )


class PublishedLog:
    """A published folder and its checkpoint."""

    def __init__(self, folder: Path, policy: Policy | None = None) -> None:
        """Read the checkpoint. With a policy, it must be signed and cosigned accordingly. Raises BadPublished."""
        self.folder = folder
        self.note = self._data(CHECKPOINT, note.MAX_BYTES)
        self.signers: tuple[VerifierKey, ...] = ()
        """Keys of the policy that signed it; none where there is no policy."""
        self.checkpoint: Checkpoint = self._stated() if policy is None else self._trusted(policy)

    def _stated(self) -> Checkpoint:
        try:
            return checkpoint.parse(note.parse(self.note).text)
        except (BadNote, BadCheckpoint) as error:
            raise BadPublished(self.folder / CHECKPOINT, str(error)) from error

    def _trusted(self, policy: Policy) -> Checkpoint:
        try:
            found = trusted_checkpoint.open_checkpoint(self.note, policy)
        except Untrusted as error:
            raise BadPublished(self.folder / CHECKPOINT, str(error)) from error
        if not found.is_enough:
            raise BadPublished(self.folder / CHECKPOINT, "too few of the policy's witnesses cosigned it")
        self.signers = found.signers
        return found.checkpoint

    def entries(self) -> Iterator[bytes]:
        """Yield the entries up to the size of the checkpoint, then check their root against its root.

        Raises BadPublished, naming the first file that is not what it should be.
        """
        size, tree = self.checkpoint.size, CompactRange()
        for number in range(-(-size // TILE_WIDTH)):
            width = min(TILE_WIDTH, size - number * TILE_WIDTH)
            entries, leaves = self._bundle(number, width)
            tree.extend(leaves)
            yield from entries
        if tree.root() != self.checkpoint.root:
            why = f"it states the root {encoded(self.checkpoint.root)}, and the entries give {encoded(tree.root())}"
            raise BadPublished(self.folder / CHECKPOINT, why)

    def _bundle(self, number: int, width: int) -> tuple[list[bytes], list[bytes]]:
        # A full tile may have taken the place of the partial one that the checkpoint needs.
        bundle, tile = self._found(Tile(None, number, width)), self._found(Tile(0, number, width))
        try:
            entries = entries_of(self._data(bundle.path, MAX_BUNDLE_BYTES), bundle.width)[:width]
        except BadTile as error:
            raise BadPublished(self.folder / bundle.path, str(error)) from error
        leaves = [leaf_hash(entry) for entry in entries]
        try:
            stated = hashes_of(self._data(tile.path, TILE_WIDTH * HASH_BYTES), tile.width)[:width]
        except BadTile as error:
            raise BadPublished(self.folder / tile.path, str(error)) from error
        for index, (leaf, hashed) in enumerate(zip(leaves, stated, strict=True)):
            if leaf != hashed:
                why = f"the entry of position {number * TILE_WIDTH + index + 1} differs from the one in {tile.path}"
                raise BadPublished(self.folder / bundle.path, why)
        return entries, leaves

    def _found(self, tile: Tile) -> Tile:
        full = tile._replace(width=TILE_WIDTH)
        return full if not (self.folder / tile.path).exists() and (self.folder / full.path).exists() else tile

    def _data(self, name: str, most: int) -> bytes:
        path = self.folder / name
        try:
            if not S_ISREG(path.stat().st_mode):
                raise BadPublished(path, "it is not a file")
            with path.open("rb") as file:
                data = file.read(most + 1)
        except (OSError, ValueError) as error:
            raise BadPublished(path, getattr(error, "strerror", None) or str(error)) from error
        if len(data) > most:
            raise BadPublished(path, f"it has more than {most} bytes")
        return data
