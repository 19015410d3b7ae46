"""Attacks on the entries of a published folder, with right tiles, by someone without a key or with a stolen one."""

from tests.attacks.rewriting import (
    appended,
    by_a_stranger,
    by_a_thief,
    delete,
    double,
    edited,
    kept,
    rewritten,
    swap,
    with_old_cosignatures,
    with_old_signatures,
)
from tests.attacks.site import Case, Cases, Site
from tests.proof.bundle import Bundle


def suffix(entries: list[bytes]) -> None:
    """Rewrite the last two entries."""
    for position in (12, 13):
        edited(position, b"Beta", b"Zeta")(entries)


def tile_too(site: Site) -> None:
    """Edit an entry and its hash in the tile, and in the partial tiles of the former size."""
    entries = site.entries()
    edited(7, b"20.00", b"90.00")(entries)
    for name, data in {**Bundle(entries).files(), **Bundle(entries[:9]).files()}.items():
        if name != "checkpoint":
            site.write(name, data)


PAID = edited(7, b"20.00", b"90.00")
REWRITTEN: Cases = {
    "entry and its hash edited": Case(tile_too, ["root-differs checkpoint"], product=["checkpoint-differs checkpoint"]),
    "entry edited, everything recomputed, the old checkpoint left": Case(
        rewritten(PAID, kept), ["root-differs checkpoint"], product=["checkpoint-differs checkpoint"]
    ),
    "entry edited, everything recomputed, above the old signatures": Case(
        rewritten(PAID, with_old_signatures),
        ["bad-signature checkpoint"],
        file=[
            "bad-signature checkpoint",
            "bad-signature checkpoint",
            "no-quorum checkpoint",
            "unknown-signer checkpoint",
        ],
    ),
    "entry edited, signed by a stranger": Case(rewritten(PAID, by_a_stranger), ["unknown-signer checkpoint"]),
    "entry edited, signed again with the stolen key": Case(rewritten(PAID, by_a_thief), ["no-quorum checkpoint"]),
    "entry edited, signed again above the old cosignatures": Case(
        rewritten(PAID, with_old_cosignatures),
        ["bad-signature checkpoint"],
        file=["bad-signature checkpoint", "no-quorum checkpoint"],
    ),
    "suffix of the same length rewritten and signed again": Case(
        rewritten(suffix, by_a_thief), ["no-quorum checkpoint"]
    ),
    "suffix rewritten, above the old cosignatures": Case(
        rewritten(suffix, with_old_cosignatures),
        ["bad-signature checkpoint"],
        file=["bad-signature checkpoint", "no-quorum checkpoint"],
    ),
    "tail deleted, the old checkpoint left": Case(
        rewritten(delete(12, 13), kept), ["missing-file tile/entries/000.p/13"]
    ),
    "tail deleted and signed again": Case(rewritten(delete(12, 13), by_a_thief), ["no-quorum checkpoint"]),
    "tail deleted, above the old signatures": Case(
        rewritten(delete(12, 13), with_old_signatures),
        ["bad-signature checkpoint"],
        file=[
            "bad-signature checkpoint",
            "bad-signature checkpoint",
            "no-quorum checkpoint",
            "unknown-signer checkpoint",
        ],
    ),
    "middle deleted and renumbered, the old checkpoint left": Case(
        rewritten(delete(8, 8), kept), ["missing-file tile/entries/000.p/13"]
    ),
    "middle deleted and renumbered, signed again": Case(
        rewritten(delete(8, 8), by_a_thief),
        ["no-quorum checkpoint", "version-gap position 10"],
        product=["bad-value position 8", "impossible position 9"],
    ),
    "two entries swapped, the old checkpoint left": Case(
        rewritten(swap(7, 8), kept),
        ["root-differs checkpoint", "time-goes-back position 8"],
        product=["checkpoint-differs checkpoint"],
    ),
    "two entries swapped and signed again": Case(
        rewritten(swap(7, 8), by_a_thief), ["no-quorum checkpoint", "time-goes-back position 8"]
    ),
    "an entry doubled, the old checkpoint left": Case(
        rewritten(double(7), kept),
        [
            "missing-file tile/entries/000.p/13",
            "unexpected-file tile/0/000.p/14",
            "unexpected-file tile/entries/000.p/14",
        ],
    ),
    "an entry doubled and signed again": Case(
        rewritten(double(7), by_a_thief),
        ["command-again position 8", "no-quorum checkpoint", "version-gap position 8"],
        product=["impossible position 8"],
    ),
    "an entry inserted and signed again": Case(
        rewritten(lambda entries: entries.insert(7, entries[12]), by_a_thief),
        [
            "command-again position 14",
            "no-quorum checkpoint",
            "time-goes-back position 9",
            "version-gap position 13",
            "version-gap position 8",
        ],
        product=["impossible position 8"],
    ),
    "all entries taken away and signed again": Case(
        rewritten(delete(1, 13), by_a_thief),
        [
            "no-quorum checkpoint",
            "unexpected-file tile",
            "unexpected-file tile/0",
            "unexpected-file tile/0/000.p",
            "unexpected-file tile/entries",
            "unexpected-file tile/entries/000.p",
        ],
    ),
    "an entry appended and signed by a stranger": Case(
        rewritten(appended({"type": "party.alias_added", "alias": "Bet"}), by_a_stranger), ["unknown-signer checkpoint"]
    ),
}
