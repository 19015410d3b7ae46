"""Publishing: the log up to a checkpoint as files that any static host can serve (c2sp.org/tlog-tiles).

What is written is made of the entries, not of stored hashes, and must give the checkpoint's root. Files that are there
already are compared and never written over; those that are missing are written, tiles before the checkpoint, each whole
or not at all. So whatever stops it, the folder has the log of its checkpoint, and publishing again completes it.
"""

import errno
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ledger.application.ledger import Ledger
from ledger.domain.errors import INTEGRITY, USAGE, LedgerError, listed
from ledger.files.atomic import make_folder
from ledger.files.lock import folder_locked
from ledger.files.safe_folder import Folder, UnsafePath
from ledger.files.unfinished import PREFIX
from ledger.stores.urls import file_of
from ledger.tlog import checkpoint, note
from ledger.tlog.checkpoint import BadCheckpoint, Checkpoint
from ledger.tlog.compact import CompactRange
from ledger.tlog.encoding import encoded
from ledger.tlog.merkle import EMPTY_ROOT, HASH_BYTES, leaf_hash
from ledger.tlog.note import BadNote
from ledger.tlog.tiles import CHECKPOINT, Tile, bundled, tiles_of
from ledger.transparency.checkpoints import (
    LogRewritten,
    NoCheckpoint,
    StoredCheckpoint,
    find_checkpoint,
    keys_of,
    stored_checkpoints,
    verified_signers,
)

Progress = Callable[[int], None]
MAX_OTHER = 1 << 16
"""The largest further file of a published folder, in bytes."""
_HALF = r"\.({names})-[0-9a-f]{{16}}"
"""Names of files that were being written (ledger.files.safe_folder) when something stopped it."""
WIDTH = re.compile(r"[1-9][0-9]{0,2}")


class PublishedDiffers(LedgerError):
    """A published file differs from the log: it is never overwritten."""

    code = "published-differs"
    exit = INTEGRITY

    def __init__(self, path: Path, why: str) -> None:
        """Name the file and say why."""
        super().__init__(
            f"{path} differs from the log: {why}; nothing was written.",
            "Run 'ledger verify', and 'ledger verify --bundle' on the folder: one of the two was altered.",
        )


class PublishedNotPrefix(LedgerError):
    """The log does not extend the published checkpoint."""

    code = "published-not-prefix"
    exit = INTEGRITY

    def __init__(self, path: Path, why: str) -> None:
        """Say why the checkpoint at `path` is none of the log's past."""
        super().__init__(
            f"The log does not extend the published checkpoint {path}: {why}; nothing was written.",
            "If it is another ledger's, name another folder; if it is this one's, run 'ledger verify --checkpoint'.",
        )


class PublishedNewer(LedgerError):
    """The published checkpoint is newer than the one to be published."""

    code = "published-newer"

    def __init__(self, path: Path, published: int, size: int) -> None:
        """Say that the checkpoint at `path` has more entries."""
        super().__init__(
            f"{path} has {published} entries, more than {size}: a published log never shrinks.",
            "Publish a newer checkpoint, or name another folder.",
        )


class NoSuchCheckpoint(LedgerError):
    """The ledger has no checkpoint of the given size."""

    code = "no-such-checkpoint"

    def __init__(self, size: int, sizes: list[int]) -> None:
        """Say that none has `size`; those of `sizes` are kept."""
        super().__init__(
            f"The ledger has no checkpoint of {size} entries.",
            f"It has those of {listed(map(str, sizes), 'and')}; 'ledger checkpoint list' shows them.",
        )


class CannotPublish(LedgerError):
    """A folder cannot be published to: its disk is full, it is not writable, or it holds the ledger itself."""

    code = "cannot-publish"
    exit = USAGE

    def __init__(self, path: Path, why: str) -> None:
        """Say why `path` cannot be written."""
        super().__init__(
            f"{path} cannot be published to: {why}.",
            "Name another folder, or free some space; publishing again completes what is there.",
        )


class Publication(NamedTuple):
    """The result of publishing: the checkpoint, the files written, and the number of files removed."""

    stored: StoredCheckpoint
    written: tuple[str, ...]
    removed: int


def checkpoint_to_publish(ledger: Ledger, size: int | None = None) -> StoredCheckpoint:
    """Return the newest stored checkpoint, or the one of a size.

    Raises NoCheckpoint, NoSuchCheckpoint, DamagedCheckpoint.
    """
    try:
        found = find_checkpoint(ledger, size)
    except NoCheckpoint:
        sizes = [stored.checkpoint.size for stored in stored_checkpoints(ledger)]
        if size is None or not sizes:
            raise NoCheckpoint from None
        raise NoSuchCheckpoint(size, sizes) from None
    verified_signers(found, keys_of(ledger), ledger.origin)
    return found


def publish(
    ledger: Ledger,
    folder: Path,
    size: int | None = None,
    *,
    also: Mapping[str, bytes] | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Publication:
    """Publish the log up to a checkpoint: that of `size`, else the newest. All is compared before anything is written.

    `also` are further files by name; where they differ they are replaced.

    Raises NoCheckpoint, NoSuchCheckpoint, DamagedCheckpoint, LogRewritten, PublishedDiffers, PublishedNotPrefix,
    PublishedNewer, CannotPublish, and what the rollback guard raises.
    """
    ledger.check_guard()
    _check_place(ledger, folder)
    held = checkpoint_to_publish(ledger, size)
    try:
        with _alone(folder, dry_run=dry_run), ledger.store.reading(), Folder(folder) as opened:
            return _Publishing(ledger, opened, held, also or {}, progress).run(dry_run=dry_run)
    except UnsafePath as error:
        raise PublishedDiffers(error.path, error.why) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        why = "there is no room left" if full else error.strerror or str(error)
        raise CannotPublish(folder, why) from error


def _check_place(ledger: Ledger, folder: Path) -> None:
    # A host that serves the folder would serve the database too.
    file = file_of(ledger.store.url)
    if file is not None and file.resolve().parent == folder.resolve():
        raise CannotPublish(folder, "it contains the ledger itself")


@contextmanager
def _alone(folder: Path, *, dry_run: bool) -> Iterator[None]:
    """Create the folder if it is missing, and lock it against other publications."""
    if dry_run:
        yield
        return
    make_folder(folder)
    with folder_locked(folder):
        yield


class _Publishing:
    """One publication: compares the files of the folder with the log, then writes the missing ones."""

    def __init__(
        self,
        ledger: Ledger,
        folder: Folder,
        held: StoredCheckpoint,
        also: Mapping[str, bytes],
        progress: Progress | None,
    ) -> None:
        self.ledger, self.folder, self.stored, self.progress = ledger, folder, held, progress
        self.also = also
        self.checkpoint = held.checkpoint
        self.levels: dict[int, bytearray] = {}
        self.missing: list[Tile] = []

    def run(self, *, dry_run: bool) -> Publication:
        published = self._published()
        since = 0 if published is None else published.size
        self._compare(since, published)
        data = bytes(self.stored.note)
        is_new = self.folder.read(CHECKPOINT, note.MAX_BYTES) != data
        others = [name for name, content in self.also.items() if self.folder.read(name, MAX_OTHER) != content]
        written = [tile.path for tile in self.missing] + others + [CHECKPOINT] * is_new
        if dry_run:
            return Publication(self.stored, tuple(written), len(list(self._outdated())))
        for name in list(self._halves()):
            with suppress(UnsafePath):  # replaced by a link meanwhile
                self.folder.remove(name)
        # Also of tiles that are there: what wrote them may have been stopped before their names were on the disk.
        newest = tiles_of(self.checkpoint.size, since) if is_new else ()
        places = sorted({Path(tile.path).parent for tile in (*self.missing, *newest)})
        for place in places:
            self.folder.make(place)
        for tile in self.missing:
            self._write(tile)
        for place in places:
            self.folder.sync(place)
        for extra in others:
            self.folder.replace(extra, self.also[extra])
        if is_new:
            self.folder.replace(CHECKPOINT, data)
        return Publication(self.stored, tuple(written), self._take_away())

    def _published(self) -> Checkpoint | None:
        """Return the checkpoint that is there. Raises PublishedNotPrefix, PublishedNewer."""
        path, data = self.folder.root / CHECKPOINT, self.folder.read(CHECKPOINT, note.MAX_BYTES)
        if data is None:
            return None
        try:
            found = checkpoint.parse(note.parse(data).text)
        except (BadNote, BadCheckpoint) as error:
            raise PublishedNotPrefix(path, f"it is not a checkpoint: {error}") from error
        if found.origin != self.checkpoint.origin:
            raise PublishedNotPrefix(path, f"it is of {found.origin}")
        size = self.ledger.store.head().size
        if found.size > size:
            raise PublishedNotPrefix(path, f"it has {found.size} entries, and the log {size}")
        if found.size > self.checkpoint.size:
            raise PublishedNewer(path, found.size, self.checkpoint.size)
        return found

    def _compare(self, since: int, published: Checkpoint | None) -> None:
        """Compare every file that is there, the root that was published, and the one to be published."""
        size, tree, root_then = self.checkpoint.size, CompactRange(), EMPTY_ROOT
        for tile in tiles_of(size):
            if tile.level is None:
                entries = self._entries(tile)
                leaves = [leaf_hash(entry) for entry in entries]
                hashes = b"".join(leaves)
                cut = since - tile.first
                if 0 < cut <= len(leaves):
                    self._grow(tree, leaves[:cut])
                    root_then, leaves = tree.root(), leaves[cut:]
                self._grow(tree, leaves)
                self._look(tile, bundled(entries))
                self._look(tile._replace(level=0), hashes)
                if self.progress:
                    self.progress(tile.first + tile.width)
            elif tile.level:
                self._look(tile, self._hashes(tile))
        self.missing.sort(key=lambda tile: (-1 if tile.level is None else tile.level, tile.number))
        if tree.size != size or tree.root() != self.checkpoint.root:
            raise LogRewritten(tree.size, size)
        if published is not None and root_then != published.root:
            why = f"its root is {encoded(published.root)}, and the first {since} entries of the log give another"
            raise PublishedNotPrefix(self.folder.root / CHECKPOINT, why)

    def _grow(self, tree: CompactRange, leaves: list[bytes]) -> None:
        for made in tree.extend(leaves):
            self.levels.setdefault(made.level, bytearray()).extend(made.hash)

    def _entries(self, tile: Tile) -> list[bytes]:
        return [data for _, data in self.ledger.store.entries(tile.first + 1, tile.first + tile.width)]

    def _hashes(self, tile: Tile) -> bytes:
        if not tile.level:  # as many as entries: they are not kept
            return b"".join(map(leaf_hash, self._entries(tile)))
        first, end = HASH_BYTES * tile.first, HASH_BYTES * (tile.first + tile.width)
        return bytes(self.levels[tile.level][first:end])

    def _look(self, tile: Tile, data: bytes) -> None:
        found = self.folder.read(tile.path, len(data))
        if found is None:
            self.missing.append(tile)
        elif found != data:
            raise PublishedDiffers(self.folder.root / tile.path, "its bytes differ")

    def _write(self, tile: Tile) -> None:
        data = bundled(self._entries(tile)) if tile.level is None else self._hashes(tile)
        self.folder.write_new(tile.path, data)

    def _halves(self) -> Iterator[Path]:
        written = "|".join(["[0-9]{1,3}", *(re.escape(name[:PREFIX]) for name in (CHECKPOINT, *self.also))])
        half = re.compile(_HALF.format(names=written))
        for place, _, names in os.walk(self.folder.root):
            yield from ((Path(place) / name).relative_to(self.folder.root) for name in names if half.fullmatch(name))

    def _outdated_folders(self) -> Iterator[str]:
        """Yield folders of partial tiles that a full tile replaces, or will replace (c2sp.org/tlog-tiles)."""
        for tile in tiles_of(self.checkpoint.size):
            if tile.is_full and self.folder.is_folder(f"{tile.path}.p"):
                yield f"{tile.path}.p"

    def _outdated(self) -> Iterator[str]:
        """Yield the partial tiles in these folders."""
        for folder in self._outdated_folders():
            yield from (f"{folder}/{name}" for name in self.folder.names(folder) if WIDTH.fullmatch(name))

    def _take_away(self) -> int:
        folders, outdated = list(self._outdated_folders()), list(self._outdated())
        for name in outdated:
            self.folder.remove(name)
        # Also one that is empty already: what removed its tiles was stopped before it removed the folder.
        for folder in folders:
            with suppress(OSError):  # something else is in it
                self.folder.remove_folder(folder)
        return len(outdated)
