"""A published folder is checked from its files alone: each has the content that the entries give; no other is there."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.replay.procedure import replay_entries
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.note import signed
from ledger.tlog.policy import Policy, parse
from ledger.transparency.publish import publish
from ledger.verify.bundle import entries_in, verify_bundle
from ledger.verify.checkpoints import UnverifiedCheckpoint
from tests.attacks.forger import STORY, record
from tests.proof.bundle import Bundle, entry, story
from tests.spec.signing import signing_key
from tests.transparency.logs import KEY, POLICY, files_of, keep

ORIGIN = "example.org/attacked"
LOG = signing_key(1, ORIGIN)
KNOWN: Policy = parse(f"log {LOG.verifier()}\nquorum none\n".encode())
SIZES = (9, 13, 330)
Findings = list[tuple[str, int | None]]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a ledger of 330 entries that was published at 9, 13 and 330; tests only read it."""
    folder = tmp_path_factory.mktemp("source")
    url = f"sqlite:///{folder}/ledger.db"
    record(url, STORY)
    _sign(url, 9, 13)
    aliases = [("party alias", {"party": "A", "alias": f"Alias {number}"}) for number in range(317)]
    record(url, aliases, make=False)
    _sign(url, 330)
    ledger = open_ledger(url)
    for size in SIZES:
        publish(ledger, folder / "out", size)
    ledger.close()
    return folder / "out"


def _sign(url: str, *sizes: int) -> None:
    ledger = open_ledger(url)
    for size in sizes:
        keep(ledger, signed(str(Checkpoint(ORIGIN, size, _root(ledger, size))), LOG))
    ledger.close()


def _root(ledger: Ledger, size: int) -> bytes:
    bundle = Bundle([data for _, data in ledger.store.entries(last=size)])
    return bundle.root()


@pytest.fixture
def folder(source: Path, tmp_path: Path) -> Path:
    """Return a copy that tests may damage."""
    return Path(shutil.copytree(source, tmp_path / "out"))


def findings(folder: Path, policy: Policy | None = KNOWN, *given: UnverifiedCheckpoint) -> Findings:
    """Return code and position of each finding."""
    result = verify_bundle(folder, given, policy)
    present = [*result.findings, *replay_entries(entries_in(folder, result.size))]
    assert all(finding.what.isprintable() for finding in present)
    return [(finding.code, finding.position) for finding in present]


def names(folder: Path) -> list[str]:
    """Return the file or position that each finding names."""
    return [finding.what.partition(":")[0] for finding in verify_bundle(folder, policy=KNOWN).findings]


def test_sound(folder: Path) -> None:
    """A sound folder has no findings, with a policy or without; its entries replay."""
    for policy in (KNOWN, None):
        assert [] == findings(folder, policy)
    result = verify_bundle(folder, policy=KNOWN)
    assert (330, ORIGIN) == (result.size, result.stated.origin if result.stated else "")
    assert (LOG.verifier(),) == (result.trusted.signers if result.trusted else ())
    assert 330 == len(list(entries_in(folder, 330)))


def test_partial_tiles_of_former_sizes(folder: Path) -> None:
    """Partial tiles of former sizes are allowed next to the full one or without it, if they agree with it."""
    data = (folder / "tile/0/000").read_bytes()
    for name, width in (("tile/0/000.p/9", 9), ("tile/0/000.p/13", 13)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data[: 32 * width])
    (folder / "tile/0/001.p/7").write_bytes((folder / "tile/0/001.p/74").read_bytes()[: 32 * 7])
    (folder / "tile/entries/001.p/1").write_bytes(_first_of(folder / "tile/entries/001.p/74"))
    assert [] == findings(folder)
    (folder / "tile/0/000.p/9").write_bytes(data[: 32 * 8] + data[:32])
    (folder / "tile/entries/001.p/1").write_bytes(_first_of(folder / "tile/entries/000"))
    assert [("tile-differs", 9), ("tile-differs", None)] == findings(folder)
    assert ["tile/0/000.p/9", "tile/entries/001.p/1"] == names(folder)


def _first_of(path: Path) -> bytes:
    data = path.read_bytes()
    return data[: 2 + int.from_bytes(data[:2], "big")]


FILES = ("checkpoint", "tile/0/000", "tile/0/001.p/74", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/74")


def test_these_are_the_files(folder: Path) -> None:
    """The tests below damage each kind of file."""
    assert set(FILES) == set(files_of(folder))


@pytest.mark.parametrize("name", FILES)
def test_missing(folder: Path, name: str) -> None:
    """A missing file is named."""
    (folder / name).unlink()
    assert ("missing-file", None) == findings(folder)[0]
    assert name in names(folder)


def _linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("work", [_linked, _a_folder, _a_pipe])
def test_no_plain_file(folder: Path, name: str, work: Callable[[Path], None]) -> None:
    """A link, a folder or a pipe in place of a file is not read, and is named."""
    work(folder / name)
    assert ("missing-file", None) in findings(folder)
    assert name in names(folder)


@pytest.mark.parametrize("place", ["tile", "tile/entries", "tile/0"])
def test_a_linked_folder(folder: Path, place: str) -> None:
    """A link to a folder is not followed either."""
    _linked(folder / place)
    codes = {code for code, _ in findings(folder)}
    assert "missing-file" in codes
    assert place in names(folder) or "unexpected-file" in codes


@pytest.mark.parametrize("name", FILES[1:])
@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\0", lambda _: b""])
def test_another_length(folder: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """A truncated, longer or empty file is named."""
    (folder / name).write_bytes(change((folder / name).read_bytes()))
    codes = {code for code, _ in findings(folder)}
    assert codes & {"bad-bundle", "tile-differs", "too-large"}
    assert name in names(folder)


@pytest.mark.parametrize("name", FILES)
def test_oversized(folder: Path, name: str) -> None:
    """A file that is too long is read only up to the greatest size of its kind."""
    with (folder / name).open("r+b") as file:
        file.truncate(1 << 40)
    assert ("too-large", None) in findings(folder)
    assert name in names(folder)


UNEXPECTED = (
    "index.html",
    "checkpoint.9",
    ".checkpoint-0123456789abcdef",
    "tile/0/002.p/1",
    "tile/0/001.p/75",
    "tile/0/001.p/074",
    "tile/0/1",
    "tile/0/x000/001.p/7",
    "tile/2/000.p/1",
    "tile/00/000",
    "tile/entries/002",
    "tile/entries/001",
    "tile/1/000",
    "tile/1/000.p/256",
    "tile/9/000.p/1",
    "TILE/0/000",
    "verify_ledger.py",
    "a\nb",
)


@pytest.mark.parametrize("name", UNEXPECTED)
def test_unexpected(folder: Path, name: str) -> None:
    """A file that the log of this size does not have is named, whatever its name."""
    (folder / name).parent.mkdir(exist_ok=True, parents=True)
    (folder / name).write_bytes(b"")
    assert ("unexpected-file", None) in findings(folder)
    assert name.replace("\n", "\\n") in names(folder)


def test_unexpected_folders(folder: Path) -> None:
    """A folder that the log does not have is named, empty or not."""
    (folder / "tile" / "8").mkdir()
    (folder / ".git").mkdir()
    assert [".git", "tile/8"] == names(folder)


def test_a_byte_of_an_entry(folder: Path) -> None:
    """The position of a changed entry is named: its hash differs from the tile, and the root differs."""
    path = folder / "tile/entries/001.p/74"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Alias 300", b"Alias 3O0"))
    present = findings(folder)
    position = next(position for position, data in entries_in(folder, 330) if b"Alias 3O0" in data)
    assert ("tile-differs", position) in present
    assert ("root-differs", None) in present
    assert ("checkpoint-differs", None) in present


@pytest.mark.parametrize(("name", "position"), [("tile/0/000", 5), ("tile/0/001.p/74", 261), ("tile/1/000.p/1", None)])
def test_a_byte_of_a_tile(folder: Path, name: str, position: int | None) -> None:
    """A tile that differs is named, in level 0 with the first position that differs; there is no other finding."""
    data = bytearray((folder / name).read_bytes())
    data[130 if position else 3] ^= 1
    (folder / name).write_bytes(data)
    assert [("tile-differs", position)] == findings(folder)
    assert [name] == names(folder)


def test_a_size_that_anyone_can_state(folder: Path) -> None:
    """For an impossible size no list of missing files is made."""
    text = str(Checkpoint(ORIGIN, 2**63 - 1, bytes(32)))
    (folder / "checkpoint").write_bytes(bytes(signed(text, LOG)))
    assert ("missing-file", None) in findings(folder, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (str(Checkpoint("example.org/another", 330, bytes(32))), "unknown-signer"),
        ("no checkpoint\n", "bad-checkpoint"),
    ],
)
def test_another_checkpoint(folder: Path, text: str, code: str) -> None:
    """The finding for a checkpoint that the log did not sign, or for none, has its code."""
    (folder / "checkpoint").write_bytes(bytes(signed(text, LOG)))
    assert code in [present for present, _ in findings(folder)]


def test_of_another_name_without_a_policy(folder: Path) -> None:
    """Without a policy, too, the checkpoint must be of the ledger that the first entry opens."""
    root = verify_bundle(folder).root
    text = str(Checkpoint("example.org/another", 330, root))
    (folder / "checkpoint").write_bytes(bytes(signed(text, KEY)))
    assert [("other-origin", None)] == findings(folder, None)


def test_signed_by_nobody_known(folder: Path) -> None:
    """The keys are those of the reader's policy: a sound folder of another log is a finding."""
    assert ("unknown-signer", None) in findings(folder, POLICY)
    assert verify_bundle(folder, policy=POLICY).trusted is None


def test_too_few_witnesses(folder: Path) -> None:
    """A policy that requires a witness does not accept a checkpoint without its cosignature."""
    witness = signing_key(11, "witness.example/one").verifier(4)
    policy = parse(f"log {LOG.verifier()}\nwitness one {witness}\nquorum one\n".encode())
    assert [("no-quorum", None)] == findings(folder, policy)


def test_other_checkpoints_of_the_reader(folder: Path) -> None:
    """The published log is compared with other checkpoints of the reader."""
    sound = signed(str(Checkpoint(ORIGIN, 13, Bundle([d for _, d in entries_in(folder, 330)][:13]).root())), LOG)
    assert [] == findings(folder, KNOWN, UnverifiedCheckpoint("mine", bytes(sound), is_given=True))
    fork = signed(str(Checkpoint(ORIGIN, 13, bytes(32))), LOG)
    known_checkpoint = UnverifiedCheckpoint("mine", bytes(fork), is_given=True)
    assert [("checkpoint-differs", None)] == findings(folder, KNOWN, known_checkpoint)


def test_entries_that_were_not_possible(tmp_path: Path) -> None:
    """The meaning of entries is verified as well: hashes may agree while the history is impossible."""
    unknown = entry("party/P00001", 8, {"type": "party.described", "note": "x"})
    folder = Bundle([*story(), unknown]).write(tmp_path / "out")  # an event that no version of this software knows
    codes = {code for code, _ in findings(folder, None)}
    assert {"unknown-entry"} <= codes
    assert not codes & {"root-differs", "tile-differs", "unexpected-file", "missing-file"}


def test_a_missing_folder(tmp_path: Path) -> None:
    """A folder that cannot be listed raises the error of the system."""
    with pytest.raises(OSError, match="No such file"):
        verify_bundle(tmp_path / "nowhere")


def test_an_empty_folder(tmp_path: Path) -> None:
    """An empty folder lacks its checkpoint."""
    assert [("missing-file", None)] == findings(tmp_path)
