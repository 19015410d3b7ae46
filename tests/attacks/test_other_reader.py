"""A reader that others wrote, Go's checksum database, judges published folders as both verifiers here do.

It knows notes, trees, tiles and proofs, and nothing of events, of witnesses, or of files that do not belong to a log.
Needs Go and golang.org/x/mod (Debian's golang-go and golang-golang-x-mod-dev).
"""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.attacks.folder_attacks import LARGE
from tests.attacks.notary import LOG
from tests.attacks.site import Case, Site, by_file, by_product, names
from tests.attacks.test_folder_attacks import SMALL, large, small
from tests.house.tree import ROOT

__all__ = ["large", "small"]
SEED = os.environ.get("LEDGER_SEED", "20261201")
ROUNDS = 2000 if os.environ.get("LEDGER_SWEEP") else 60
SOURCES = Path("/usr/share/gocode")
"""Where Debian puts the sources of libraries."""
NOT_JUDGED = frozenset((
    "bad-envelope", "bad-value", "broken-command", "command-again", "cosigned-in-future", "impossible", "no-quorum",
    "not-canonical", "not-opened", "recorded-after-cosigned", "revoked-key", "time-goes-back", "unexpected-file",
    "unknown-entry", "version-gap", "void-of-nothing", "bad-policy",
))  # fmt: skip
"""Codes of what it does not know: events, witnesses and their times, policies, and files that belong to no log."""
STRICTER = {
    "it reads no tiles of former sizes": (
        "former tile changed", "former tile truncated", "former entries edited", "former entries are the later ones",
        "former tile of the second changed", "partial tile kept beside the full one, changed",
    ),
    "it follows links": ("checkpoint behind a symlink", "tile behind a symlink", "folder behind a symlink"),
    "it takes other ways to write numbers and Base64, and further lines": (
        "size with a plus", "size with a leading zero", "root with bits that hold no data", "extension line",
        "empty line within the text",
    ),
    "a note is open with one good signature, whatever the others are": (
        "bad signature beside a good one", "witness line under the name and id of the other",
        "cosignature of another checkpoint", "cosignature at another time than was signed",
        "cosignature without its time", "cosigned at a time beyond all clocks",
        "entry edited, signed again above the old cosignatures", "suffix rewritten, above the old cosignatures",
    ),
    "it was given the key of the log, not the policy": ("key of the log under another name", "key of the log left out"),
    "it knows no event": ("opened as another ledger",),
}  # fmt: skip
"""Attacks on notes and trees that it accepts, by reason: where both verifiers ask for more."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("go") and (SOURCES / "src/golang.org/x/mod/sumdb/tlog").is_dir()),
        reason="needs Go and golang.org/x/mod: Debian's golang-go, golang-golang-x-mod-dev",
    ),
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program, built from reader/main.go."""
    folder = tmp_path_factory.mktemp("go")
    env = {**os.environ, "GO111MODULE": "off", "GOPATH": str(SOURCES), "GOCACHE": str(folder / "cache")}
    source = ROOT / "tests" / "attacks" / "reader" / "main.go"
    go = shutil.which("go")
    assert go
    subprocess.run([go, "build", "-o", str(folder / "reader"), str(source)], check=True, env=env)
    return folder / "reader"


def _by_reader(reader: Path, folder: Path) -> str:
    """Return what is wrong, as the reader says it; empty if nothing is."""
    done = subprocess.run([str(reader), str(folder), str(LOG.verifier())], capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout if done.returncode else ""


def test_untampered_folders_are_accepted(reader: Path, small: Path, large: Path) -> None:
    """Checkpoints, entries, tiles and all proofs of published folders are right for it."""
    for folder in (small, large):
        assert "" == _by_reader(reader, folder)


@pytest.mark.parametrize("attack", [*SMALL, *LARGE])
def test_it_agrees(reader: Path, small: Path, large: Path, tmp_path: Path, attack: str) -> None:
    """What it refuses, both verifiers find; what it accepts differs in nothing that it judges."""
    case: Case = {**SMALL, **LARGE}[attack]
    shutil.copytree(large if attack in LARGE else small, tmp_path / "out")
    case.work(Site(tmp_path / "out"))
    refusal = _by_reader(reader, tmp_path / "out")
    verdicts = by_product(tmp_path / "out", case.policy), by_file(tmp_path / "out", case.policy)
    findings = {finding.partition(" ")[0] for verdict in verdicts for finding in verdict}
    assert (not refusal and findings - NOT_JUDGED != set()) == any(attack in some for some in STRICTER.values())
    if refusal:
        assert all(verdicts), refusal


def test_it_agrees_on_random_damage(reader: Path, large: Path, tmp_path: Path) -> None:
    """Where files are changed, cut, exchanged or removed at random, both verifiers refuse what it refuses."""
    chance = random.Random(f"{SEED}/damage")  # noqa: S311 - repeatable, not secret
    refused = 0
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        shutil.copytree(large, folder)
        what = _damage(Site(folder), chance)
        if refusal := _by_reader(reader, folder):
            refused += 1
            assert by_product(folder), (what, refusal)
            assert by_file(folder), (what, refusal)
        shutil.rmtree(folder)
    assert ROUNDS / 2 < refused


def _damage(site: Site, chance: random.Random) -> str:
    """Damage one file of a folder; return what was done."""
    name, other = chance.sample(names(site.folder), 2)
    data = site.data(name)
    at = chance.randrange(len(data))
    match chance.randrange(4):
        case 0:
            site.write(name, data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        case 1:
            site.write(name, data[:at] + data[at + chance.randrange(1, 40) :])
        case 2:
            site.write(name, site.data(other))
        case _:
            site.take_away(name)
    return f"{name} at {at}, {other}"
