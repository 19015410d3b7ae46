"""Attacks on the files of a published folder: removed, exchanged, truncated, extended, linked, or added."""

import gzip
import os
from collections.abc import Callable

from tests.attacks.site import Attack, Case, Cases, Site

TILE, BUNDLE = "tile/0/000.p/13", "tile/entries/000.p/13"
OLD_TILE, OLD_BUNDLE = "tile/0/000.p/9", "tile/entries/000.p/9"
FULL_TILE, FULL_BUNDLE, ABOVE = "tile/0/000", "tile/entries/000", "tile/1/000.p/1"
LAST_TILE, LAST_BUNDLE = "tile/0/001.p/64", "tile/entries/001.p/64"
OLDER_TILE = "tile/0/001.p/44"


def gone(name: str) -> Attack:
    """Remove a file."""
    return lambda site: site.take_away(name)


def changed(name: str, change: Callable[[bytes], bytes]) -> Attack:
    """Replace the bytes of a file."""
    return lambda site: site.write(name, change(site.data(name)))


def flipped(name: str, at: int) -> Attack:
    """Flip one bit of a byte of a file."""
    return changed(name, lambda data: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])


def added(name: str, data: bytes = b"x") -> Attack:
    """Add a file."""
    return lambda site: site.write(name, data)


def copied(source: str, target: str) -> Attack:
    """Replace the content of one file by that of another."""
    return lambda site: site.write(target, site.data(source))


def swapped(first: str, second: str) -> Attack:
    """Exchange two files."""

    def work(site: Site) -> None:
        data = site.data(first)
        site.write(first, site.data(second))
        site.write(second, data)

    return work


def linked(name: str, target: str | None = None) -> Attack:
    """Replace a file or folder by a link: to the original, which is moved out, or to something else."""

    def work(site: Site) -> None:
        place, aside = site.path(name), site.folder.parent / "moved-out"
        place.rename(aside)
        place.symlink_to(aside if target is None else target)

    return work


def led(name: str, target: str) -> Attack:
    """Add a link."""
    return lambda site: site.path(name).symlink_to(target)


def as_folder(site: Site) -> None:
    """Replace a tile by a folder."""
    site.take_away(TILE)
    (site.folder / TILE).mkdir()


def as_pipe(site: Site) -> None:
    """Replace the entries by a pipe, at which a reader would wait for ever."""
    site.take_away(BUNDLE)
    os.mkfifo(site.folder / BUNDLE)


def as_long_as(name: str, size: int) -> Attack:
    """Extend a file to this length, sparsely: the added bytes read as zeros."""

    def work(site: Site) -> None:
        with (site.folder / name).open("r+b") as file:
            file.truncate(size)

    return work


def packed(site: Site) -> None:
    """Replace the entries by a file that unpacks to 64 MiB."""
    site.write(BUNDLE, gzip.compress(bytes(64 << 20), mtime=0))


def set_back(site: Site) -> None:
    """Put the entries and tiles of size 9 under the checkpoint of size 13."""
    site.write(BUNDLE, site.data(OLD_BUNDLE))
    site.write(TILE, site.data(OLD_TILE))


def one_more(site: Site) -> None:
    """Append an entry to the bundle and to the tile."""
    last = site.entries()[-1]
    site.write(BUNDLE, site.data(BUNDLE) + len(last).to_bytes(2, "big") + last)
    site.write(TILE, site.data(TILE) + bytes(32))


def one_less(site: Site) -> None:
    """Remove the last entry from the bundle and from the tile."""
    last = site.entries()[-1]
    site.write(BUNDLE, site.data(BUNDLE)[: -2 - len(last)])
    site.write(TILE, site.data(TILE)[:-32])


FILES: Cases = {
    "checkpoint taken away": Case(gone("checkpoint"), ["missing-file checkpoint"], file=["bad-checkpoint checkpoint"]),
    "tile taken away": Case(gone(TILE), ["missing-file tile/0/000.p/13"]),
    "entries taken away": Case(gone(BUNDLE), ["missing-file tile/entries/000.p/13"]),
    "tile truncated by a byte": Case(changed(TILE, lambda data: data[:-1]), ["tile-differs tile/0/000.p/13"]),
    "tile truncated by a hash": Case(changed(TILE, lambda data: data[:-32]), ["tile-differs tile/0/000.p/13"]),
    "tile emptied": Case(changed(TILE, lambda _: b""), ["tile-differs tile/0/000.p/13"]),
    "tile with trailing bytes": Case(changed(TILE, lambda data: data + bytes(32)), ["tile-differs tile/0/000.p/13"]),
    "entries truncated": Case(changed(BUNDLE, lambda data: data[:-1]), ["bad-bundle tile/entries/000.p/13"]),
    "entries with trailing bytes": Case(
        changed(BUNDLE, lambda data: data + b"\0"), ["bad-bundle tile/entries/000.p/13"]
    ),
    "entries with one more": Case(one_more, ["bad-bundle tile/entries/000.p/13"]),
    "entries whose last is cut off, with its hash": Case(one_less, ["bad-bundle tile/entries/000.p/13"]),
    "length of an entry changed": Case(flipped(BUNDLE, 1), ["bad-bundle tile/entries/000.p/13"]),
    "tile and entries set back under a newer checkpoint": Case(set_back, ["bad-bundle tile/entries/000.p/13"]),
    "one bit of a tile": Case(flipped(TILE, 200), ["tile-differs tile/0/000.p/13"]),
    "two hashes of a tile swapped": Case(
        changed(TILE, lambda data: data[:64] + data[96:128] + data[64:96] + data[128:]),
        ["tile-differs tile/0/000.p/13"],
    ),
    "one byte of an entry edited": Case(
        lambda site: site.replace(BUNDLE, b"20.00", b"90.00"),
        [
            "root-differs checkpoint",
            "tile-differs tile/0/000.p/13",
            "tile-differs tile/0/000.p/9",
            "tile-differs tile/entries/000.p/9",
        ],
        product=["checkpoint-differs checkpoint"],
    ),
    "tile and entries swapped": Case(swapped(TILE, BUNDLE), ["bad-bundle tile/entries/000.p/13"]),
    "tile in place of the checkpoint": Case(copied(TILE, "checkpoint"), ["bad-checkpoint checkpoint"]),
    "former tile changed": Case(flipped(OLD_TILE, 40), ["tile-differs tile/0/000.p/9"]),
    "former tile truncated": Case(changed(OLD_TILE, lambda data: data[:-32]), ["tile-differs tile/0/000.p/9"]),
    "former entries edited": Case(
        lambda site: site.replace(OLD_BUNDLE, b"20.00", b"90.00"), ["tile-differs tile/entries/000.p/9"]
    ),
    "former entries are the later ones": Case(
        copied(BUNDLE, OLD_BUNDLE),
        [],
        product=["tile-differs tile/entries/000.p/9"],
        file=["bad-bundle tile/entries/000.p/9"],
    ),
    "checkpoint behind a symlink": Case(
        linked("checkpoint"), ["missing-file checkpoint"], file=["bad-checkpoint checkpoint"]
    ),
    "tile behind a symlink": Case(linked(TILE), ["missing-file tile/0/000.p/13"]),
    "entries behind a symlink to the tile": Case(
        linked(BUNDLE, "../../0/000.p/13"), ["missing-file tile/entries/000.p/13"]
    ),
    "folder behind a symlink": Case(linked("tile/entries"), ["missing-file tile/entries/000.p/13"]),
    "symlink to the folder above it": Case(led("tile/0/up", ".."), ["unexpected-file tile/0/up"]),
    "symlink to a file outside": Case(led("extra", "/etc/hostname"), ["unexpected-file extra"]),
    "symlink to itself": Case(led("loop", "loop"), ["unexpected-file loop"]),
    "folder in place of a tile": Case(as_folder, ["missing-file tile/0/000.p/13"]),
    "pipe in place of the entries": Case(as_pipe, ["missing-file tile/entries/000.p/13"]),
    "name with two dots": Case(added("tile/entries/..000"), ["unexpected-file tile/entries/..000"]),
    "name with two dots and backslashes": Case(added("..\\..\\checkpoint"), ["unexpected-file ..\\..\\checkpoint"]),
    "entries under a path that looks as if it led out": Case(
        added("tile/entries/x../000"), ["unexpected-file tile/entries/x..", "unexpected-file tile/entries/x../000"]
    ),
    "file of a tebibyte": Case(as_long_as(BUNDLE, 1 << 40), ["too-large tile/entries/000.p/13"]),
    "tile of a tebibyte": Case(as_long_as(TILE, 1 << 40), ["too-large tile/0/000.p/13"]),
    "checkpoint of a tebibyte": Case(
        as_long_as("checkpoint", 1 << 40), ["too-large checkpoint"], file=["bad-checkpoint checkpoint"]
    ),
    "decompression bomb": Case(packed, ["bad-bundle tile/entries/000.p/13"]),
    "compressed copy beside": Case(
        lambda site: site.write(f"{TILE}.gz", gzip.compress(site.data(TILE))), ["unexpected-file tile/0/000.p/13.gz"]
    ),
    "page beside the checkpoint": Case(added("index.html"), ["unexpected-file index.html"]),
    "older checkpoint beside": Case(copied("checkpoint", "checkpoint.9"), ["unexpected-file checkpoint.9"]),
    "hidden folder": Case(added(".git/config"), ["unexpected-file .git", "unexpected-file .git/config"]),
    "half of a file that was being written": Case(
        added("tile/0/.000-0123456789abcdef"), ["unexpected-file tile/0/.000-0123456789abcdef"]
    ),
    "tile of a level that there is not": Case(
        added("tile/1/000.p/1", bytes(32)),
        ["unexpected-file tile/1", "unexpected-file tile/1/000.p", "unexpected-file tile/1/000.p/1"],
    ),
    "full tile before its time": Case(copied(TILE, "tile/0/000"), ["unexpected-file tile/0/000"]),
    "tile of a size to come": Case(
        lambda site: site.write("tile/0/000.p/14", site.data(TILE) + bytes(32)), ["unexpected-file tile/0/000.p/14"]
    ),
    "width with a leading zero": Case(copied(OLD_TILE, "tile/0/000.p/09"), ["unexpected-file tile/0/000.p/09"]),
    "width in other digits": Case(copied(OLD_TILE, "tile/0/000.p/\u0669"), ["unexpected-file tile/0/000.p/٩"]),
    "number without its zeros": Case(
        copied(TILE, "tile/0/0.p/13"), ["unexpected-file tile/0/0.p", "unexpected-file tile/0/0.p/13"]
    ),
    "level in capitals": Case(
        copied(TILE, "TILE/0/000.p/13"),
        [
            "unexpected-file TILE",
            "unexpected-file TILE/0",
            "unexpected-file TILE/0/000.p",
            "unexpected-file TILE/0/000.p/13",
        ],
    ),
}

LARGE: Cases = {
    "two bundles swapped": Case(
        swapped(FULL_BUNDLE, LAST_BUNDLE), ["bad-bundle tile/entries/000", "bad-bundle tile/entries/001.p/64"]
    ),
    "two tiles swapped": Case(
        swapped(FULL_TILE, LAST_TILE), ["tile-differs tile/0/000", "tile-differs tile/0/001.p/64"]
    ),
    "tile of the level above changed": Case(flipped(ABOVE, 31), ["tile-differs tile/1/000.p/1"]),
    "tile of the level above taken away": Case(gone(ABOVE), ["missing-file tile/1/000.p/1"]),
    "tile of leaves in place of the one above": Case(
        changed(ABOVE, lambda _: bytes(32)), ["tile-differs tile/1/000.p/1"]
    ),
    "first bundle taken away": Case(gone(FULL_BUNDLE), ["missing-file tile/entries/000"]),
    "first bundle emptied": Case(changed(FULL_BUNDLE, lambda _: b""), ["bad-bundle tile/entries/000"]),
    "last bundle taken away": Case(
        gone(LAST_BUNDLE), ["missing-file tile/entries/001.p/64"], product=["broken-command position 256"]
    ),
    "full tile truncated": Case(changed(FULL_TILE, lambda data: data[: 255 * 32]), ["tile-differs tile/0/000"]),
    "full tile with a trailing byte": Case(changed(FULL_TILE, lambda data: data + b"\0"), ["too-large tile/0/000"]),
    "entry of the second bundle edited": Case(
        lambda site: site.replace(LAST_BUNDLE, b"Alias 250", b"Alias 25O"),
        [
            "root-differs checkpoint",
            "tile-differs tile/0/001.p/44",
            "tile-differs tile/0/001.p/64",
            "tile-differs tile/entries/001.p/44",
        ],
        product=["checkpoint-differs checkpoint"],
    ),
    "hash of the second tile changed": Case(flipped(LAST_TILE, 32 * 10), ["tile-differs tile/0/001.p/64"]),
    "former tile of the second changed": Case(flipped(OLDER_TILE, 32 * 43), ["tile-differs tile/0/001.p/44"]),
    "partial tile kept beside the full one, changed": Case(
        lambda site: site.write("tile/0/000.p/200", bytes(200 * 32)), ["tile-differs tile/0/000.p/200"]
    ),
    "third bundle before its time": Case(
        copied(LAST_BUNDLE, "tile/entries/002.p/64"),
        ["unexpected-file tile/entries/002.p", "unexpected-file tile/entries/002.p/64"],
    ),
}
