"""The catalogue of attacks: how many there are, and which tests show those that an auditor names.

Attacks on reports (a digit, a unit, a date or a label edited; a contributing event omitted, a voided one counted, later
knowledge used) are in test_report_attacks.py.
"""

import importlib
from collections.abc import Container

import pytest

from tests.attacks.byte_attacks import BYTES
from tests.attacks.checkpoint_attacks import CHECKPOINTS, COSIGNATURES, POLICIES
from tests.attacks.entry_attacks import ENTRIES, KEYS
from tests.attacks.folder_attacks import FILES, LARGE
from tests.attacks.meaning_attacks import MEANING
from tests.attacks.order_attacks import ORDER
from tests.attacks.rewrite_attacks import REWRITTEN
from tests.attacks.test_attachment_attacks import DAMAGES
from tests.attacks.test_checkpoint_attacks import CRAFTED, WITNESSED
from tests.attacks.test_checkpoint_attacks import REWRITTEN as MADE_TO_FIT
from tests.attacks.test_projection_attacks import EDITS
from tests.attacks.test_proof_file_attacks import GROWN, TAMPERED
from tests.attacks.test_rollback_attacks import ATTACKS as ROLLBACKS
from tests.attacks.test_store_attacks import ATTACKS as STATEMENTS
from tests.attacks.test_verify_log import SCHEMAS, TOGETHER
from tests.attacks.tree_attacks import KEPT, TILES

ON_FOLDERS = [*FILES, *LARGE, *CHECKPOINTS, *COSIGNATURES, *POLICIES, *REWRITTEN, *ENTRIES, *KEYS]
"""Each is found by `ledger verify --bundle` and by `verify_ledger.py`."""
ON_BYTES = [*ORDER, *BYTES, *KEPT, *TOGETHER, *TILES, *SCHEMAS]
ON_CHECKPOINTS = [*MADE_TO_FIT, *CRAFTED, *WITNESSED]
ON_LEDGERS = [*ON_BYTES, *MEANING, *ON_CHECKPOINTS, *ROLLBACKS, *STATEMENTS, *DAMAGES, *EDITS]
"""Each is found by `ledger verify`, or refused by the file itself (STATEMENTS)."""
ON_PROOFS = [*TAMPERED, *GROWN]
"""Each is found by `ledger verify-proof`."""

NAMED: dict[str, tuple[str, ...]] = {
    "one byte edited": (
        "test_folder_attacks: one byte of an entry edited",
        "test_verify_log: change bytes and nothing else",
    ),
    "entry and stored hash edited": (
        "test_folder_attacks: entry and its hash edited",
        "test_verify_log: change bytes with their leaf hash",
    ),
    "everything recomputed but an old checkpoint is held": (
        "test_folder_attacks: entry edited, everything recomputed, the old checkpoint left",
        "test_checkpoint_attacks: entry edited and everything recomputed",
    ),
    "re-signed with the stolen key but a witness is held": (
        "test_folder_attacks: entry edited, signed again with the stolen key",
        "test_folder_attacks: entry edited, signed again above the old cosignatures",
        "test_checkpoint_attacks.test_signed_again_with_the_stolen_key",
    ),
    "INSERT OR REPLACE": (
        "test_verify_log: INSERT OR REPLACE an entry",
        "test_store_attacks: replace at a position that is taken",
    ),
    "triggers dropped": ("test_verify_log: drop a trigger", "test_verify_log: loosen a trigger"),
    "tail deleted": (
        "test_folder_attacks: tail deleted, the old checkpoint left",
        "test_folder_attacks: tail deleted and signed again",
        "test_checkpoint_attacks: tail deleted",
        "test_verify_log: delete the last entry and its command",
    ),
    "tail and newer checkpoints deleted": ("test_checkpoint_attacks.test_tail_and_newer_checkpoints_deleted",),
    "same-length suffix rewritten and re-signed": (
        "test_folder_attacks: suffix of the same length rewritten and signed again",
        "test_checkpoint_attacks: suffix of the same length rewritten",
    ),
    "middle deleted and renumbered": (
        "test_folder_attacks: middle deleted and renumbered, signed again",
        "test_folder_attacks: middle deleted and renumbered, all sign",
        "test_checkpoint_attacks: entry of the middle deleted, what follows renumbered",
    ),
    "two entries swapped": (
        "test_folder_attacks: two entries swapped, all sign",
        "test_verify_log: swap two entries, with all hashes",
    ),
    "one doubled": (
        "test_folder_attacks: an entry doubled, all sign",
        "test_verify_log: copy an entry over another",
    ),
    "stale backup restored and written to": (
        "test_rollback_attacks: stale backup restored and written to",
        "test_checkpoint_attacks.test_a_stale_backup_restored_and_written_to",
    ),
    "column changed while the entry is not": ("test_verify_log: change the column effective_on",),
    "projection table edited": ("test_projection_attacks: an amount edited",),
    "proof for another size": ("test_proof_file_attacks: proof for another size",),
    "index off by one": (
        "test_proof_file_attacks: index one too small",
        "test_proof_file_attacks: index one too large",
    ),
    "node presented as leaf": (
        "test_proof_file_attacks: node presented as an entry",
        "test_folder_attacks: node presented as an entry",
        "test_folder_attacks: tile of leaves in place of the one above",
    ),
    "checkpoint with +700": ("test_folder_attacks: size with a plus", "test_checkpoint_attacks: size with a plus"),
    "checkpoint with 0700": (
        "test_folder_attacks: size with a leading zero",
        "test_checkpoint_attacks: size with a leading zero",
    ),
    "checkpoint with CRLF": ("test_folder_attacks: carriage returns", "test_checkpoint_attacks: carriage returns"),
    "checkpoint with other origin": (
        "test_folder_attacks: origin of another, signed by its own key",
        "test_checkpoint_attacks: other origin, signed by its own key",
    ),
    "checkpoint with confusable origin": (
        "test_folder_attacks: origin that looks the same",
        "test_checkpoint_attacks: confusable origin",
    ),
    "unknown signer only": (
        "test_folder_attacks: signed by an unknown key of the same name",
        "test_checkpoint_attacks: unknown signer only",
    ),
    "bad signature beside a good one": (
        "test_folder_attacks: bad signature beside a good one",
        "test_checkpoint_attacks: bad signature beside a good one",
    ),
    "witness line under another name": (
        "test_folder_attacks: witness line under the name of the other",
        "test_folder_attacks: witness line under the name and id of the other",
    ),
    "one key under two names": (
        "test_folder_attacks: one key under two names",
        "test_checkpoint_attacks.test_one_key_under_two_names",
    ),
    "key taken from the bundle": (
        "test_folder_attacks: key taken from the log itself",
        "test_checkpoint_attacks.test_a_key_from_the_ledger_itself_is_not_trusted",
    ),
    "revoked key used": (
        "test_folder_attacks: revoked key used",
        "test_folder_attacks: revoked key used, and the revocation voided",
        "test_checkpoint_attacks.test_a_key_that_is_no_longer_active",
    ),
    "tile truncated": ("test_folder_attacks: tile truncated by a hash", "test_folder_attacks: full tile truncated"),
    "tile with trailing bytes": ("test_folder_attacks: tile with trailing bytes",),
    "path with ..": (
        "test_folder_attacks: name with two dots",
        "test_folder_attacks: symlink to the folder above it",
        "test_attachment_attacks.test_a_path_in_place_of_a_digest",
    ),
    "symlink": ("test_folder_attacks: entries behind a symlink to the tile", "test_folder_attacks: symlink to itself"),
    "decompression bomb": (
        "test_folder_attacks: decompression bomb",
        "test_folder_attacks: file of a tebibyte",
        "test_folder_attacks: brackets without end",
        "test_folder_attacks: size of 2**63 - 1",
    ),
    "duplicate JSON keys": ("test_folder_attacks: duplicate JSON key", "test_verify_log: write a member twice"),
    "1.0 for 1": ("test_folder_attacks: 1.0 for 1", "test_verify_log: write a fraction"),
    "NFC against NFD": (
        "test_folder_attacks: letter and accent apart (NFD)",
        "test_verify_log: decompose a letter",
    ),
    "right-to-left override": (
        "test_folder_attacks: right-to-left override",
        "test_verify_log: turn the direction of writing",
    ),
    "attachment changed": ("test_attachment_attacks: change a bit", "test_attachment_attacks: swap two"),
    "clock rolled back": (
        "test_checkpoint_attacks.test_the_clock_was_set_back",
        "test_folder_attacks: back-dated entry",
        "test_verify_log: backdate an entry",
    ),
}
"""Attacks by an auditor's name, and the tests that show them: `module: attack` in a table, or `module.test`."""
TABLES: dict[str, Container[str]] = {
    "test_folder_attacks": ON_FOLDERS,
    "test_proof_file_attacks": ON_PROOFS,
    "test_verify_log": ON_BYTES,
    "test_checkpoint_attacks": ON_CHECKPOINTS,
    "test_rollback_attacks": ROLLBACKS,
    "test_store_attacks": STATEMENTS,
    "test_attachment_attacks": DAMAGES,
    "test_projection_attacks": EDITS,
}


def test_how_many_there_are() -> None:
    """The catalogue has at least 200 attacks on published folders, each with a unique name."""
    assert len(set(ON_FOLDERS)) == len(ON_FOLDERS)
    assert len(ON_FOLDERS) >= 200
    assert len(ON_LEDGERS) >= 250
    assert len(ON_PROOFS) >= 40


@pytest.mark.parametrize("name", NAMED)
def test_each_named_attack_has_a_test(name: str) -> None:
    """Each named attack is in a table, or has a test of its own."""
    assert NAMED[name]
    for reference in NAMED[name]:
        module, is_in_table, attack = reference.partition(": ")
        if is_in_table:
            assert attack in TABLES[module], reference
        else:
            module, _, test = reference.partition(".")
            assert callable(getattr(importlib.import_module(f"tests.attacks.{module}"), test)), reference
