"""Every bit of what is published: a flipped bit is found, or nothing depends on its byte.

With `make sweep`, every bit is flipped of a bundle of 8 entries (all its files), of a checkpoint that a reader keeps,
of proofs with their entries, and of a policy; and one bit of every byte of a bundle of 300 entries. Otherwise a part
of these is flipped, chosen by a seed.

Signature checks are cached by key, text and bytes.
"""

import os
import random
from base64 import b64encode
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.application.request import Request, command_from
from ledger.replay.procedure import replay_entries
from ledger.tlog import policy
from ledger.tlog.keys import VerifierKey
from ledger.tlog.policy import BadPolicy
from ledger.tlog.proof_file import ProofFile
from ledger.transparency.cosignatures import submission
from ledger.transparency.proofs import prove
from ledger.transparency.publish import publish
from ledger.verify.bundle import entries_in, verify_bundle
from ledger.verify.checkpoints import UnverifiedCheckpoint
from ledger.verify.findings import Finding
from ledger.verify.procedure import verify_log
from ledger.verify.proof_files import check_entry, check_growth
from projections.proof import verify_ledger
from projections.proof.verify_ledger import Findings, Folder, read_log
from tests.attacks.forger import STORY, SteadyClock, record
from tests.attacks.notary import POLICY, POLICY_TEXT, keep, note_of
from tests.attacks.site import BOTH
from tests.transparency.logs import files_of

pytestmark = pytest.mark.slow

IS_SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
SEED = int(os.environ.get("LEDGER_SEED", "20261128"))
PARTS = range(16 if IS_SWEEP else 1)
"""Parts that run in parallel."""
SMALL, FORMER, LARGE = 8, 5, 300
Turn = tuple[int, int]
"""A byte, and a bit of it."""


def turns(data: bytes, name: str, part: int, share: int) -> Iterator[Turn]:
    """Yield each byte and bit of this part; without a sweep one in `share`, chosen by the seed."""
    every = [(at, bit) for at in range(len(data)) for bit in range(8)]
    if IS_SWEEP:
        yield from every[part :: len(PARTS)]
    else:
        yield from random.Random(f"{SEED}/{name}").sample(every, -(-len(every) // share))  # noqa: S311 - repeatable


def turned(data: bytes, turn: Turn) -> bytes:
    """Return `data` with one bit flipped."""
    at, bit = turn
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


@pytest.fixture(autouse=True)
def _remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_ledger, "is_signed", lru_cache(1 << 16)(verify_ledger.is_signed))
    monkeypatch.setattr(verify_ledger, "sound_point", lru_cache(1 << 16)(verify_ledger.sound_point))
    monkeypatch.setattr(VerifierKey, "verify", lru_cache(1 << 16)(VerifierKey.verify))


class PublishedLog:
    """A ledger of 8 entries or more, with its published folder and its proofs."""

    def __init__(self, folder: Path, size: int) -> None:
        """Record the ledger, and publish it at 5 entries and at its full size."""
        self.path, self.out = folder / "ledger.db", folder / "out"
        record(f"sqlite:///{self.path}", STORY[:5])
        self.ledger: Ledger = open_ledger(f"sqlite:///{self.path}")
        if size > SMALL:
            self.ledger.clock = SteadyClock.after(self.ledger.store.head().recorded_at)
            aliases = [{"command": "party alias", "party": "A", "alias": f"No. {n}"} for n in range(size - SMALL)]
            commands = tuple(map(command_from, aliases))
            self.ledger.record(Request(commands=commands, actor="staff/1", effective_on="2025-03-01"))
        self.notes = {at: bytes(note_of(self.path, at, witnesses=BOTH)) for at in (FORMER, size)}
        for at, note in self.notes.items():
            keep(self.path, note)
            publish(self.ledger, self.out, at)
        self.files = files_of(self.out)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedLog]:
    """Return a log of 8 entries."""
    made = PublishedLog(tmp_path_factory.mktemp("small"), SMALL)
    yield made
    made.ledger.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PublishedLog]:
    """Return a log of 300 entries: two bundles, and a tile above."""
    made = PublishedLog(tmp_path_factory.mktemp("large"), LARGE)
    yield made
    made.ledger.close()


def is_found_by_product(folder: Path, trusted: bytes) -> bool:
    """Return whether `ledger verify --bundle` refuses the policy or has a finding."""
    try:
        read = policy.parse(trusted)
    except BadPolicy:
        return True
    result = verify_bundle(folder, policy=read)
    return bool(result.findings) or bool(replay_entries(entries_in(folder, result.size)))


def is_found_by_file(folder: Path, trusted: bytes) -> bool:
    """Return whether `verify_ledger.py` has a finding."""
    findings = Findings()
    read_log(Folder(folder, findings), trusted, findings)
    return bool(findings)


def copy_of(source: PublishedLog, folder: Path) -> Path:
    """Write the published files to a folder; return it."""
    for name, data in source.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    assert not is_found_by_product(folder, POLICY_TEXT.encode())
    assert not is_found_by_file(folder, POLICY_TEXT.encode())
    return folder


@pytest.mark.parametrize("part", PARTS)
def test_every_bit_of_a_bundle_of_8_entries(small: PublishedLog, tmp_path: Path, part: int) -> None:
    """Entries, tiles, tiles of a former size, and the checkpoint: every byte matters."""
    folder, trusted = copy_of(small, tmp_path / "out"), POLICY_TEXT.encode()
    assert {"checkpoint", "tile/0/000.p/5", "tile/0/000.p/8", "tile/entries/000.p/5", "tile/entries/000.p/8"} == set(
        small.files
    )
    for name, data in small.files.items():
        for turn in turns(data, name, part, 100):
            (folder / name).write_bytes(turned(data, turn))
            assert is_found_by_product(folder, trusted), f"{name}: bit {turn[1]} of byte {turn[0]}"
            assert is_found_by_file(folder, trusted), f"{name}: bit {turn[1]} of byte {turn[0]}"
        (folder / name).write_bytes(data)


class FirstFinding(BaseException):
    """Raised at the first finding; the code under test does not catch it."""


def is_stopped(verify: Callable[[], object]) -> bool:
    """Return whether a verification reaches a finding."""
    try:
        verify()
    except FirstFinding:
        return True
    return False


@pytest.mark.parametrize("part", PARTS)
def test_a_bit_of_every_byte_of_a_bundle_of_300_entries(
    large: PublishedLog, tmp_path: Path, part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same with several bundles; each verification stops at its first finding."""
    folder, trusted = copy_of(large, tmp_path / "out"), POLICY_TEXT.encode()

    def stop(*_: object) -> None:
        raise FirstFinding

    monkeypatch.setattr(Finding, "of", stop)
    monkeypatch.setattr(Findings, "add", stop)
    chance = random.Random(f"{SEED}/{part}")  # noqa: S311 - repeatable, not secret
    for name, data in large.files.items():
        step = len(PARTS) if IS_SWEEP else 700
        for at in range(part if IS_SWEEP else chance.randrange(step), len(data), step):
            turn = at, chance.randrange(8)
            (folder / name).write_bytes(turned(data, turn))
            is_found = (
                is_stopped(lambda: is_found_by_product(folder, trusted)),
                is_stopped(lambda: is_found_by_file(folder, trusted)),
            )
            assert (True, True) == is_found, f"seed {SEED}, {name}: bit {turn[1]} of byte {at}"
        (folder / name).write_bytes(data)


@pytest.mark.parametrize("part", PARTS)
def test_every_bit_of_a_checkpoint_of_a_reader(small: PublishedLog, part: int) -> None:
    """A reader's checkpoint with a flipped bit never agrees with the ledger."""
    for size, data in small.notes.items():
        for turn in turns(data, f"checkpoint {size}", part, 50):
            checkpoint = UnverifiedCheckpoint("mine", turned(data, turn), is_given=True)
            assert verify_log(small.ledger.store, given=[checkpoint], policy=POLICY).findings, f"{size}: {turn}"


EXTRA = b"nothing vouches for this"
Free = frozenset[int]


def places(data: bytes, *parts: bytes) -> Free:
    """Return the offsets of parts of some bytes."""
    assert all(data.count(part) == 1 for part in parts)
    return frozenset(at for part in parts for at in range(data.index(part), data.index(part) + len(part)))


def entry_proof(small: PublishedLog, extra: bytes | None) -> tuple[bytes, Free, bytes, Free]:
    """Return the proof of entry 7, the entry, and the offsets of extra data, which nothing depends on."""
    made = next(iter(prove(small.ledger, [7])))
    data = bytes(ProofFile(made.file.leaf, made.file.hashes, made.file.checkpoint, extra))
    return data, places(data, *([b64encode(extra)] if extra else [])), made.entry, frozenset()


def growth_proof(small: PublishedLog) -> tuple[bytes, Free, bytes, Free]:
    """Return the proof of growth from 5 to 8, the checkpoint of 5, and offsets that nothing depends on.

    The old checkpoint needs the log's signature but no quorum: the names and key ids of its cosignatures do not matter.
    A cosignature is verified only if it names a key of the policy.
    """
    lines = small.notes[FORMER].splitlines()[-2:]
    named = [line[len("\u2014 ".encode()) : line.rindex(b" ") + 7] for line in lines]
    return (
        bytes(submission(small.ledger, FORMER)),
        frozenset(),
        small.notes[FORMER],
        places(small.notes[FORMER], *named),
    )


PROOFS = {
    "of an entry": lambda small: entry_proof(small, None),
    "of an entry, with extra data": lambda small: entry_proof(small, EXTRA),
    "of growth": growth_proof,
}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", PROOFS)
def test_every_bit_of_a_proof(small: PublishedLog, part: int, kind: str) -> None:
    """A proof does not hold after a bit is flipped in it, in its entry or in its earlier checkpoint."""
    data, free, beside, free_beside = PROOFS[kind](small)
    check = check_growth if kind == "of growth" else check_entry
    assert not check(data, beside, POLICY).wrong
    for turn in turns(data, kind, part, 30):
        is_wrong = check(turned(data, turn), beside, POLICY).wrong
        assert is_wrong or turn[0] in free, f"{kind}: bit {turn[1]} of byte {turn[0]}"
    for turn in turns(beside, f"beside {kind}", part, 30):
        is_wrong = check(data, turned(beside, turn), POLICY).wrong
        assert is_wrong or turn[0] in free_beside, f"beside {kind}: bit {turn[1]} of byte {turn[0]}"


COMMENT, ADDRESSES = "# The policy of a reader (illustrative)", ("https://log.example/", "https://two.example/")
SAID = POLICY_TEXT.replace("\nwitness one", f" {ADDRESSES[0]}\nwitness one").replace(
    "\ngroup", f" {ADDRESSES[1]}\ngroup"
)
FREE = (
    COMMENT[1:],  # a comment
    *ADDRESSES,  # nothing is fetched: an address identifies neither log nor witness
)
"""The parts of a policy that nothing depends on."""


@pytest.mark.parametrize("part", PARTS)
def test_every_bit_of_a_policy(small: PublishedLog, tmp_path: Path, part: int) -> None:
    """A policy with a flipped bit is invalid or requires other keys, except in comments and addresses."""
    folder, data = copy_of(small, tmp_path / "out"), SAID.encode()
    assert not is_found_by_product(folder, data)
    assert not is_found_by_file(folder, data)
    free = places(data, *(part.encode() for part in FREE))
    for turn in turns(data, "policy", part, 30):
        changed = turned(data, turn)
        is_found = is_found_by_product(folder, changed), is_found_by_file(folder, changed)
        assert is_found in ((True, True), (False, False)), f"bit {turn[1]} of byte {turn[0]}: {is_found}"
        assert is_found[0] or turn[0] in free, f"bit {turn[1]} of byte {turn[0]}"
