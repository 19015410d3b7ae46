"""Imports have one direction, and some packages import nothing else of the product."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, imported, modules, name_of

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

INDEPENDENT = {
    "src/ledger/domain": ("ledger.domain", "ledger.characters", "msgspec"),
    "src/ledger/tlog": ("ledger.tlog", "cryptography"),
    "src/ledger/verify": ("ledger.verify", "ledger.tlog", "ledger.format.canonical", "msgspec"),
    "src/ledger/format/canonical.py": ("ledger.characters.assigned", "msgspec"),
    "src/ledger/characters": ("ledger.characters",),
}
"""Packages that are independent, and what they may import besides the standard library."""


def _inside(place: str) -> list[Path]:
    return [path for path in modules("src/ledger") if name_of(path).startswith((f"{place}/", place))]


def _allowed(name: str, allowed: tuple[str, ...]) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names or f"{name}.".startswith(
        tuple(f"{package}." for package in allowed)
    )


def test_contracts_hold() -> None:
    """The contracts of import-linter hold: cli on projections on ledger, and the layers within the ledger."""
    done = subprocess.run(
        [LINT_IMPORTS, "--no-logo", "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("place", [place for place in INDEPENDENT if _inside(place)])
def test_imports_nothing_else(place: str) -> None:
    """An independent package imports the standard library, itself, and what is listed; also for types, and late."""
    forbidden = {
        f"{name_of(path)}: {name}"
        for path in _inside(place)
        for name in imported(path)
        if not _allowed(name, INDEPENDENT[place])
    }
    assert set() == forbidden


def test_domain_and_tree_are_there() -> None:
    """The independent packages exist under their names."""
    assert [] == [
        place for place in ("src/ledger/domain", "src/ledger/tlog", "src/ledger/verify") if not _inside(place)
    ]
