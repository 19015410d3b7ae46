"""Each attack on a published folder is found by `ledger verify --bundle` and by `verify_ledger.py`, with its place.

The tables are in folder_attacks.py (files), checkpoint_attacks.py (checkpoints, cosignatures, policies),
rewrite_attacks.py and entry_attacks.py (entries, with all hashes recomputed). The entries of the small folder are
listed in test_verify_log.py.
"""

import shutil
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.application.request import Request, command_from
from ledger.transparency.publish import publish
from tests.attacks.checkpoint_attacks import CHECKPOINTS, COSIGNATURES, POLICIES
from tests.attacks.entry_attacks import ENTRIES, KEYS
from tests.attacks.folder_attacks import FILES, LARGE
from tests.attacks.forger import STORY, SteadyClock, record
from tests.attacks.notary import keep, note_of
from tests.attacks.rewrite_attacks import REWRITTEN
from tests.attacks.site import BOTH, Case, Cases, Site, by_file, by_product

SMALL: Cases = {**FILES, **CHECKPOINTS, **COSIGNATURES, **POLICIES, **REWRITTEN, **ENTRIES, **KEYS}
FORMER, FULL = 300, 320


def published(folder: Path, *sizes: int) -> Path:
    """Publish the ledger in a folder at each of these sizes, cosigned by both witnesses."""
    keep(folder / "ledger.db", *(note_of(folder / "ledger.db", size, witnesses=BOTH) for size in sizes))
    ledger = open_ledger(f"sqlite:///{folder}/ledger.db")
    for size in sizes:
        publish(ledger, folder / "out", size)
    ledger.close()
    return folder / "out"


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a log of 13 entries; it also has the partial tiles of 9 entries."""
    folder = tmp_path_factory.mktemp("small")
    record(f"sqlite:///{folder}/ledger.db", STORY)
    return published(folder, 9, 13)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a log of 320 entries, of which a single command recorded the last 307."""
    folder = tmp_path_factory.mktemp("large")
    record(f"sqlite:///{folder}/ledger.db", STORY)
    ledger = open_ledger(f"sqlite:///{folder}/ledger.db")
    ledger.clock = SteadyClock.after(ledger.store.head().recorded_at)
    aliases = [{"command": "party alias", "party": "A", "alias": f"Alias {number}"} for number in range(FULL - 13)]
    ledger.record(Request(commands=tuple(map(command_from, aliases)), actor="staff/1", effective_on="2025-03-01"))
    ledger.close()
    return published(folder, FORMER, FULL)


def check(source: Path, folder: Path, case: Case) -> None:
    """Attack a copy of a folder, and compare the findings of both verifiers with the case."""
    shutil.copytree(source, folder)
    case.work(Site(folder))
    assert sorted([*case.both, *case.product]) == by_product(folder, case.policy)
    program = by_file(folder, case.policy)
    assert expected_of_program(case, program) == [each for each in program if not each.startswith("impossible")]
    assert {each for each in program if each.startswith("impossible")} <= {*case.product, *case.both}
    assert case.both or (case.product and case.file)


def expected_of_program(case: Case, program: list[str]) -> list[str]:
    """Return what `verify_ledger.py` has to find.

    It reads no more of what nobody signed whom the policy has, and judges the form of events as the product does.
    """
    if "unknown-signer checkpoint" in program:
        return sorted(each for each in (*case.both, *case.file) if each.endswith(" checkpoint"))
    unread = {each.partition(" ")[2] for each in case.both if each.startswith(("not-canonical", "bad-envelope"))}
    judged = [each for each in case.product if each.startswith(("unknown-entry", "bad-value", "bad-key-entry"))]
    events = [each for each in judged if each.partition(" ")[2] not in unread]
    return sorted(each for each in (*case.both, *case.file, *events) if not each.startswith("impossible"))


def test_untampered_folders_have_no_findings(small: Path, large: Path) -> None:
    """Published folders have no findings, even with partial tiles of former sizes."""
    assert (small / "tile/0/000.p/9").is_file()
    assert (large / "tile/entries/001.p/44").is_file()
    for folder in (small, large):
        assert ([], []) == (by_product(folder), by_file(folder))


@pytest.mark.parametrize("attack", SMALL)
def test_found(small: Path, tmp_path: Path, attack: str) -> None:
    """Both verifiers report the change at its place, and nothing else."""
    check(small, tmp_path / "out", SMALL[attack])


@pytest.mark.parametrize("attack", LARGE)
def test_found_in_a_folder_of_several_bundles(large: Path, tmp_path: Path, attack: str) -> None:
    """The same with full tiles, a second level, and partial tiles."""
    check(large, tmp_path / "out", LARGE[attack])
