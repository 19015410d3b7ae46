"""verify_ledger.py on the files of a folder and the tree over them: steps 2 and 4 of its procedure."""

import os
import re
from pathlib import Path
from typing import Any

import pytest

from projections.proof import verify_ledger
from tests.proof.bundle import BETA, POLICY, Bundle, Signer, b64, story
from tests.proof.conftest import Check

SHARED = Path(__file__).parents[3] / "shared" / "vectors"
TESSERA = SHARED / "tessera-log" / "testdata" / "log"
TESSERA_KEY = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx"
"""The verifier key of that log, from the script of its source (testdata/build_log.sh)."""


@pytest.mark.parametrize("size", [4, 255, 256, 257, 511, 512, 700])
def test_sound_logs_have_no_findings(tmp_path: Path, check: Check, size: int) -> None:
    """A log of any size whose tree was built by the definition of RFC 6962 is sound."""
    bundle = Bundle(story(size))
    findings, log = check(bundle.write(tmp_path))
    assert [] == findings
    assert log is not None
    assert (size, b64(bundle.root())) == (log.size, log.root)
    assert list(range(1, size + 1)) == [position for position, _ in log.entries]


def test_names_of_tiles() -> None:
    """Tile numbers are in groups of three digits, and partial tiles state their width (the source's example)."""
    names = [name for name, _, _ in verify_ledger.tiles_of("entries", 1234068 * 256)]
    assert "tile/entries/x001/x234/067" == names[-1]
    assert [("tile/0/000", 0, 256), ("tile/0/001.p/1", 256, 257)] == list(verify_ledger.tiles_of(0, 257))


def test_files_that_a_log_has() -> None:
    """A log of 70,000 entries has the files that c2sp.org/tlog-tiles lists for it."""
    counts = [70_000 >> 8 * level for level in range(8)]
    names = [[name for name, _, _ in verify_ledger.tiles_of(level, count)] for level, count in enumerate(counts)]
    assert [274, 2, 1, 0, 0, 0, 0, 0] == [len(level) for level in names]
    assert ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"] == [level[-1] for level in names[:3]]


@pytest.mark.parametrize("name", ["checkpoint", "tile/entries/000.p/8", "tile/0/000.p/8"])
def test_a_missing_file_is_named(folder: Path, check: Check, name: str) -> None:
    """A file of the log that is missing in the folder is a finding."""
    (folder / name).unlink()
    findings, _ = check(folder)
    assert f"missing-file {name}" in findings


def test_an_impossible_size_is_refused(tmp_path: Path, check: Check) -> None:
    """A checkpoint that states more entries than the folder can contain is a finding at once."""
    bundle = Bundle()
    for size in (10_000, 2**63 - 1):
        checkpoint = bundle.checkpoint(bundle.text(size=str(size))).encode()
        findings, log = check(bundle.write(tmp_path, checkpoint=checkpoint))
        assert (["missing-file tile"], None) == (findings, log)


def test_partial_tiles_of_former_sizes(tmp_path: Path, check: Check) -> None:
    """Partial tiles may remain next to the full one, as in a folder that is published repeatedly; they are compared."""
    Bundle(story(300)).write(tmp_path)
    for size in (9, 280):
        for name, data in Bundle(story(300)[:size]).files().items():
            if name != "checkpoint" and not (tmp_path / name).exists():
                (tmp_path / name).parent.mkdir(exist_ok=True)
                (tmp_path / name).write_bytes(data)
    assert [] == check(tmp_path)[0]
    for name in ("tile/0/000.p/9", "tile/0/001.p/24"):
        data = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
        assert [f"tile-differs {name}"] == check(tmp_path)[0]
        (tmp_path / name).write_bytes(data)
    for name in ("tile/entries/000.p/9", "tile/entries/001.p/24"):
        data = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(data.replace(b"staff/17", b"staff/18", 1))
        assert [f"tile-differs {name}"] == check(tmp_path)[0]
        (tmp_path / name).write_bytes(data[:-1])
        assert [f"bad-bundle {name}"] == check(tmp_path)[0]
        (tmp_path / name).write_bytes(data)


def test_entries_after_a_lost_bundle(tmp_path: Path, check: Check) -> None:
    """Entries after an unreadable bundle are not checked: their positions would be wrong."""
    entries: list[Any] = [*story(300)]
    entries[280] = b"{}"
    Bundle(entries).write(tmp_path)
    assert (["bad-envelope position 281"], None) == check(tmp_path)
    (tmp_path / "tile/entries/000").write_bytes(b"")
    assert (["bad-bundle tile/entries/000"], None) == check(tmp_path)


@pytest.mark.parametrize("name", ["notes.txt", "tile/0/000", "tile/0/000.p/9", "tile/entries/x000/000.p/8", "tile/9/x"])
def test_a_surplus_file_is_named(folder: Path, check: Check, name: str) -> None:
    """A file that a log of that size does not have is a finding."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(b"x")
    findings, log = check(folder)
    assert f"unexpected-file {name}" in findings
    assert log is not None


def test_a_surplus_folder_is_named(folder: Path, check: Check) -> None:
    """A folder that does not belong to the log is a finding, even if it is empty."""
    (folder / "tile/1").mkdir()
    assert ["unexpected-file tile/1"] == check(folder)[0]


def test_links_are_not_followed(folder: Path, check: Check) -> None:
    """A link in place of a file or a folder is a finding, even if its target is right."""
    (folder / "tile").rename(folder.parent / "tile")
    (folder / "tile").symlink_to(folder.parent / "tile")
    assert (["missing-file tile/entries/000.p/8"], None) == check(folder)
    (folder / "tile").unlink()
    (folder.parent / "tile").rename(folder / "tile")
    name = "tile/0/000.p/8"
    (folder / name).rename(folder.parent / "8")
    (folder / name).symlink_to(folder.parent / "8")
    assert [f"missing-file {name}"] == check(folder)[0]
    (folder / name).unlink()
    os.mkfifo(folder / name)
    assert [f"missing-file {name}"] == check(folder)[0]


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("checkpoint", verify_ledger.MOST_CHECKPOINT),
        ("tile/entries/000.p/8", verify_ledger.MOST_BUNDLE),
        ("tile/0/000.p/8", verify_ledger.MOST_TILE),
    ],
)
def test_a_file_too_large_is_not_read(folder: Path, check: Check, name: str, most: int) -> None:
    """A file that exceeds the greatest possible size is a finding, and is not read to its end."""
    with (folder / name).open("ab") as file:
        file.truncate(most + 1)
    assert f"too-large {name}" in check(folder)[0]


@pytest.mark.parametrize("change", [b"", b"\x00", b"\x00\x00", b"\x00\x02x", b"\x00\x01x"])
def test_a_bundle_of_other_entries(folder: Path, check: Check, change: bytes) -> None:
    """A bundle that is truncated, or has surplus bytes or entries, is a finding."""
    path = folder / "tile/entries/000.p/8"
    data = path.read_bytes()
    path.write_bytes(data + change if change else data[:-1])
    assert (["bad-bundle tile/entries/000.p/8"], None) == check(folder)


@pytest.mark.parametrize("level", [0, 1])
@pytest.mark.parametrize("change", ["flip", "cut", "more", "empty"])
def test_a_tile_that_differs_is_named(tmp_path: Path, check: Check, level: int, change: str) -> None:
    """A tile of any level that does not match the entries is a finding."""
    Bundle(story(300)).write(tmp_path)
    name = f"tile/{level}/000" + (".p/1" if level else "")
    path = tmp_path / name
    data = path.read_bytes()
    flipped = bytes([data[0] ^ 1]) + data[1:]
    # A file with one byte more than a full tile is too large to be read.
    path.write_bytes({"flip": flipped, "cut": data[:-1], "more": data + b"x", "empty": b""}[change])
    code = "too-large" if (change, level) == ("more", 0) else "tile-differs"
    assert [f"{code} {name}"] == check(tmp_path)[0]


def test_an_entry_that_was_edited(folder: Path, check: Check) -> None:
    """An entry other than the one that was hashed gives another root and another tile."""
    path = folder / "tile/entries/000.p/8"
    path.write_bytes(path.read_bytes().replace(b"staff/17", b"staff/18", 1))
    assert ["root-differs checkpoint", "tile-differs tile/0/000.p/8"] == check(folder)[0]


def test_matching_hashes_do_not_help(folder: Path, check: Check) -> None:
    """If an entry and its tiles are replaced together, the root still differs from the checkpoint's."""
    forged = story()
    forged[3]["event"]["what"] = "another"
    files = Bundle(forged).files()
    for name in ("tile/entries/000.p/8", "tile/0/000.p/8"):
        (folder / name).write_bytes(files[name])
    assert ["root-differs checkpoint"] == check(folder)[0]


@pytest.mark.shared_data
@pytest.mark.skipif(not TESSERA.is_dir(), reason="the published log in ../shared is absent")
@pytest.mark.parametrize("size", range(16))
def test_a_log_of_another_implementation(tmp_path: Path, check: Check, size: int) -> None:
    """Checkpoint, signature, tiles and root of Tessera's log are right; only its entries are not those of a ledger."""
    (tmp_path / "checkpoint").write_bytes((TESSERA / f"checkpoint.{size}").read_bytes())
    for kind in ("entries", "0") if size else ():
        (tmp_path / f"tile/{kind}/000.p").mkdir(parents=True)
        name = f"tile/{kind}/000.p/{size}"
        (tmp_path / name).write_bytes((TESSERA / name).read_bytes())
    findings, _ = check(tmp_path, f"log {TESSERA_KEY}\nquorum none\n")
    assert [f"not-canonical position {position}" for position in range(1, size + 1)] == findings


@pytest.mark.shared_data
@pytest.mark.skipif(not TESSERA.is_dir(), reason="the published log in ../shared is absent")
def test_a_folder_with_tiles_of_every_size(check: Check) -> None:
    """Tessera's own housekeeping and test files are findings in its folder; tiles of all sizes are right."""
    findings, _ = check(TESSERA, f"log {TESSERA_KEY}\nquorum none\n")
    codes = [finding.partition(" ")[0] for finding in findings]
    assert {"unexpected-file", "not-canonical"} == set(codes)
    assert 15 == codes.count("not-canonical")
    assert [] == [finding for finding in findings if finding.startswith("unexpected-file tile")]


def test_every_code_is_in_the_procedure() -> None:
    """The comment that lists the procedure names every code, and no other."""
    source = Path(verify_ledger.__file__).read_text("utf-8")
    listed = re.search(r"# The procedure.*?\n\n", source, re.DOTALL)
    assert listed is not None
    code = r"[a-z]+(?:-[a-z]+)+"
    used = set(re.findall(rf'(?:add\(|code, place = |code = |append\(\(|return \[\()"({code})"[,:\n]', source))
    named = set(re.findall(rf"(?<=  ){code}(?=  |\n)", listed[0]))
    assert used - {"report-not-checked"} <= named
    assert [] == [each for each in named if f'"{each}"' not in source]
    assert 29 <= len(named)


def test_a_policy_is_needed_for_any_trust(folder: Path, check: Check) -> None:
    """Another key under the name of the log, and a missing witness, are findings although everything else is right."""
    other = Signer("another", "example.org/ledger", b"\x01")
    policy = POLICY.replace(POLICY.split()[1], other.vkey).replace(f"witness beta {BETA.vkey}\n", "")
    findings, _ = check(folder, policy.replace("group both all alpha beta\nquorum both", "quorum alpha"))
    assert ["unknown-signer checkpoint"] == findings
