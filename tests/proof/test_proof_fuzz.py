"""With any content of a folder or a policy, verify_ledger.py ends in findings or a clean refusal."""

import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from ledger.format import canonical as product
from ledger.tlog import policy
from ledger.tlog.policy import BadPolicy
from ledger.tlog.trusted_checkpoint import Untrusted, open_checkpoint
from ledger.verify.envelope import envelope_fault
from projections.proof.verify_ledger import (
    Findings,
    check_envelope,
    check_signatures,
    main,
    parse_checkpoint,
    parse_entry,
    parse_policy,
)
from tests.proof.bundle import POLICY, Bundle, canonical, story

SEED = int(os.environ.get("LEDGER_SEED", "20261123"))
ROUNDS = 10_000 if os.environ.get("LEDGER_SWEEP") else 400
PIECES = (
    b"\0", b"\n", b"\n\n", b"\xff", b" ", b"9" * 30, b"\xe2\x80\x94 ", b"=", b"[" * 4000, b"{", b'"', b"null", b"1e9",
    b"\xed\xa0\x80", b"\xe2\x80\xae", b"group g any g\n", b"quorum none\n", b"\xff\xff" + b"[" * 65_535,
    b"\r", b"+", b"#",
)  # fmt: skip


def _mutant(chance: random.Random, data: bytes) -> bytes:
    at, end = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    kind = chance.randrange(6)
    if kind == 0 and data:
        at = min(at, len(data) - 1)
        return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
    if kind == 1:
        return data[:at]
    if kind == 2:
        return data + chance.choice(PIECES)
    if kind == 3:
        return data[end:] + data[at:end] + data[:at]
    if kind == 4:
        return data[:at] + data[end:]
    return data[:at] + chance.choice(PIECES) + data[at:]


def _shuffle(chance: random.Random, folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    path, other = chance.choice(files), chance.choice(files)
    kind = chance.choice(["delete", "swap", "copy", "folder", "link", "move"])
    if kind == "swap":
        data = path.read_bytes()
        path.write_bytes(other.read_bytes())
        other.write_bytes(data)
    elif kind == "copy":
        path.with_name(chance.choice(["0", "000", "7", "report.md", "x" * 200, "\udcff"])).write_bytes(
            path.read_bytes()
        )
    else:
        data = path.read_bytes()
        path.unlink()
        if kind == "folder":
            path.mkdir()
        elif kind == "link":
            path.symlink_to(chance.choice([other, folder, folder.parent / "absent", path]))
        elif kind == "move":
            path.with_name("moved").write_bytes(data)
    return f"{kind} {path.relative_to(folder)} {other.relative_to(folder)}"


@pytest.mark.parametrize("size", [4, 300])
def test_any_change_of_a_folder_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str], size: int) -> None:
    """Changed bytes, and deleted, swapped, copied and linked files give findings, and never an exception."""
    chance = random.Random(SEED + size)  # noqa: S311 - repeatable, not secret
    sound, folder, path = tmp_path / "sound", tmp_path / "folder", tmp_path / "policy"
    Bundle(story(size)).write(sound)
    path.write_text(POLICY, "utf-8")
    before = {path.relative_to(sound): path.read_bytes() for path in sound.rglob("*") if path.is_file()}
    for number in range(ROUNDS // 2 if size < 10 else ROUNDS // 10):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(sound, folder)
        name = chance.choice(sorted(before))
        if chance.random() < 0.7:
            mutant = _mutant(chance, before[name])
            (folder / name).write_bytes(mutant)
            what, is_changed = f"{name}: {mutant[:200]!r}", mutant != before[name]
        else:
            what = _shuffle(chance, folder)
            is_changed = before != {
                path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
            }
        code = main([str(folder), "--policy", str(path)])
        # A signature line may no longer match a known key and be ignored: then the quorum is not met.
        assert is_changed == (code == 1), f"seed {SEED}, round {number}: {what}\n{capsys.readouterr().out}"
        capsys.readouterr()


def test_any_change_of_a_policy_ends_well(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed policy gives findings, or trusts another key, and never an exception."""
    chance = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    path = tmp_path / "policy"
    for number in range(ROUNDS):
        mutant = _mutant(chance, POLICY.encode())
        path.write_bytes(mutant)
        assert main([str(folder), "--policy", str(path)]) in (0, 1), f"seed {SEED}, round {number}: {mutant!r}"
        is_policy = "bad-policy" not in capsys.readouterr().out
        assert _is_policy_to_the_product(mutant) == is_policy, f"seed {SEED}, round {number}: {mutant!r}"


def _is_policy_to_the_product(data: bytes) -> bool:
    try:
        policy.parse(data)
    except BadPolicy:
        return False
    return True


def test_checkpoint_results_match_the_product() -> None:
    """A changed checkpoint has the first finding of the product's verification, or no finding in both."""
    chance = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    data, trusted = Bundle().checkpoint().encode(), POLICY.encode()
    for number in range(ROUNDS):
        mutant = _mutant(chance, data)
        try:
            theirs = "" if open_checkpoint(mutant, policy.parse(trusted)).is_enough else "no-quorum"
        except Untrusted as error:
            theirs = error.code
        assert theirs == _first_finding(mutant, trusted), f"seed {SEED}, round {number}: {mutant!r}"


def _first_finding(data: bytes, trusted: bytes) -> str:
    findings = Findings()
    try:
        check_signatures(parse_checkpoint(data), parse_policy(trusted), findings)
    except ValueError:
        return "bad-checkpoint"
    return next((finding["code"] for finding in findings), "")


VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**53 - 1, 2**53, 10**400, 0.5, "", "x", "a b", " ", "9999-12-31", "2024-02-30",
    "party/A", "ledger", "ledger.opened", "entry.voided", "key.revoked", "\n", "\u202e", "e\u0301", "x" * 129, [], {},
    [1, 1], [1, 2], [2, 1], {"row": 1, "sha256": "0" * 64}, {"type": "party.alias_added", "alias": "A"},
    "2026-09-21T00:00:00.000000Z",
    [[[]]], "\U0010ffff",
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, member in inside for place in _places(member, (*path, name)))]


def _changed(value: Any, place: tuple[Any, ...], fresh: Any) -> Any:
    if not place:
        return fresh
    first, *rest = place
    if isinstance(value, dict):
        return {**value, first: _changed(value[first], tuple(rest), fresh)}
    return [_changed(member, tuple(rest), fresh) if at == first else member for at, member in enumerate(value)]


def _is_taken(data: bytes) -> bool:
    try:
        check_envelope(parse_entry(data))
    except (ValueError, RecursionError):
        return False
    return True


def _is_taken_by_the_product(data: bytes) -> bool:
    try:
        return envelope_fault(product.check(data)) is None
    except product.NotCanonical:
        return False


def test_entry_results_match_the_product() -> None:
    """An entry with any value at any place, or other bytes, is valid for both verifiers or for neither."""
    chance = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    counts = {True: 0, False: 0}
    for number in range(ROUNDS * 10):
        entry = chance.choice(story())
        if chance.random() < 0.3:
            data = _mutant(chance, canonical(entry))
        else:
            data = canonical(_changed(entry, chance.choice(_places(entry)), chance.choice(VALUES)))
        data = data[: product.MAX_BYTES]
        assert _is_taken_by_the_product(data) == _is_taken(data), f"seed {SEED}, round {number}: {data[:300]!r}"
        counts[_is_taken(data)] += 1
    assert min(counts.values()) > ROUNDS // 4


def test_any_value_in_a_log_that_is_signed_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A log with any value at any place, and matching hashes and signatures, gives a result without an exception."""
    chance = random.Random(SEED)  # noqa: S311 - repeatable, not secret
    path = tmp_path / "policy"
    path.write_text(POLICY, "utf-8")
    for number in range(ROUNDS // 4):
        entries = story()
        for _ in range(2):
            at = chance.randrange(len(entries))
            entries[at] = _changed(entries[at], chance.choice(_places(entries[at])[1:]), chance.choice(VALUES))
        folder = Bundle(entries).write(tmp_path / f"{number}")
        assert main([str(folder), "--policy", str(path)]) in (0, 1), f"seed {SEED}, round {number}: {entries!r}"
        capsys.readouterr()
