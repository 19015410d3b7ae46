"""Times of witnesses are judged by the quorum, by both verifiers alike: a minority with wrong clocks moves nothing."""

import random
from itertools import combinations
from pathlib import Path

import pytest

from ledger.tlog import policy as policies
from ledger.tlog.cosignature import Cosignature
from ledger.tlog.keys import COSIGNER, VerifierKey
from ledger.tlog.trusted_checkpoint import QuorumTimes
from ledger.verify.bundle import verify_bundle
from projections.proof import verify_ledger
from tests.proof.bundle import ALPHA, BEGAN, BETA, THE_LOG, WITNESS, Bundle, Signer, story
from tests.proof.conftest import Check

GAMMA = Signer("gamma", "gamma.example/witness", WITNESS)
THREE = (ALPHA, BETA, GAMMA)
FUTURE = 4_070_908_800
"""2099."""


def policy_of(least: int | str, witnesses: tuple[Signer, ...] = THREE) -> str:
    """Return a policy that asks for a number of the witnesses, or for none."""
    names = [f"w{number}" for number, _ in enumerate(witnesses)]
    lines = [f"witness {name} {witness.vkey}" for name, witness in zip(names, witnesses, strict=True)]
    group = [] if least == "none" else [f"group enough {least} {' '.join(names)}"]
    quorum = "quorum none" if least == "none" else "quorum enough"
    return "".join(f"{line}\n" for line in (f"log {THE_LOG.vkey}", *lines, *group, quorum))


def found(check: Check, folder: Path, policy: str) -> list[str]:
    """Return the codes of the findings, the same from both verifiers."""
    result = verify_bundle(folder, policy=policies.parse(policy.encode()))
    ours = [finding.code for finding in result.findings]
    theirs = [text.partition(" ")[0] for text in check(folder, policy)[0]]
    assert sorted(set(ours)) == sorted(set(theirs))
    return sorted(set(ours))


def cosigned(tmp_path: Path, times: dict[Signer, int], bundle: Bundle | None = None) -> Path:
    """Write a log whose checkpoint these witnesses cosigned at these times."""
    bundle = bundle or Bundle()
    text = bundle.text()
    note = bundle.checkpoint(text, (THE_LOG,)) + "".join(signer.line(text, at) for signer, at in times.items())
    return bundle.write(tmp_path / "log", checkpoint=note.encode())


@pytest.mark.parametrize("wrong", [0, 1, BEGAN - 100_000, FUTURE, 1 << 62])
@pytest.mark.parametrize("deviating", THREE, ids=lambda signer: signer.name)
def test_one_witness_does_not_undo_a_quorum(tmp_path: Path, check: Check, deviating: Signer, wrong: int) -> None:
    """Two of three are enough; whatever time the third states, there is no finding."""
    times = {signer: wrong if signer is deviating else BEGAN + 60 for signer in THREE}
    assert [] == found(check, cosigned(tmp_path, times), policy_of(2))


def test_a_quorum_is_believed(tmp_path: Path, check: Check) -> None:
    """Where enough witnesses agree on a time that cannot be, it is a finding."""
    early = {ALPHA: 1_000_000_000, BETA: 1_000_000_100, GAMMA: BEGAN}
    assert ["recorded-after-cosigned"] == found(check, cosigned(tmp_path / "early", early), policy_of(2))
    late = {ALPHA: FUTURE, BETA: FUTURE + 1, GAMMA: BEGAN}
    assert ["cosigned-in-future"] == found(check, cosigned(tmp_path / "late", late), policy_of(2))


def test_without_a_quorum_no_time_is_judged(tmp_path: Path, check: Check) -> None:
    """One of three that are asked for says nothing alone."""
    assert ["no-quorum"] == found(check, cosigned(tmp_path, {ALPHA: 0}), policy_of(2))


def test_where_no_witness_is_asked_for_all_must_agree(tmp_path: Path, check: Check) -> None:
    """With `quorum none` a single witness that cosigned is judged; of several, all of them."""
    assert ["recorded-after-cosigned"] == found(check, cosigned(tmp_path / "one", {ALPHA: 0}), policy_of("none"))
    assert [] == found(check, cosigned(tmp_path / "two", {ALPHA: 0, BETA: BEGAN}), policy_of("none"))


def test_a_log_that_is_its_own_witness(tmp_path: Path, check: Check) -> None:
    """A key that the log names is no witness, even if the policy does not have it as the log's."""
    own = Signer("second key", THE_LOG.name, b"\x01")
    witness = Signer("second key", "friend.example/witness", WITNESS)
    entries = story()
    entries[1]["event"] = {"type": "key.added", "vkey": own.vkey}
    entries[1] |= {"stream": "ledger", "version": 2, "command": "ledger:2"}
    for number, entry in enumerate(entries[2:], 1):
        entry |= {"version": number, "command": f"party/P00001:{number}"}
    bundle = Bundle(entries)
    folder = cosigned(tmp_path, {witness: BEGAN, ALPHA: BEGAN}, bundle)
    assert [] == found(check, folder, policy_of(1, (witness, ALPHA)))
    assert ["no-quorum"] == found(check, folder, policy_of(2, (witness, ALPHA)))


@pytest.mark.parametrize("wrong", ["2036-01-01T00:00:00.000000Z", "2199-12-31T00:00:00.000000Z"])
def test_entries_from_the_future(tmp_path: Path, check: Check, wrong: str) -> None:
    """The first entry that was recorded after the present is a finding, once."""
    entries = story()
    for entry in entries[5:]:
        entry["recorded_at"] = wrong
    folder = Bundle(entries).write(tmp_path / "log")
    policy = policy_of("none")
    assert {"recorded-after-cosigned", "recorded-in-future"} >= {*found(check, folder, policy)}
    result = verify_bundle(folder, policy=policies.parse(policy.encode()))
    assert [6] == [finding.position for finding in result.findings if finding.code == "recorded-in-future"]
    assert ["recorded-in-future position 6"] == [one for one in check(folder, policy)[0] if "in-future" in one]


def test_both_verifiers_compute_the_same_times() -> None:
    """Over random policies and times, and no minority moves a time beyond those of the others."""
    rng = random.Random(12)  # noqa: S311 - for made cases
    signers = [Signer(f"witness {number}", f"w{number}.example", WITNESS) for number in range(7)]
    for _ in range(300):
        some = rng.sample(signers, rng.randint(1, 7))
        least = rng.choice(["none", *range(1, len(some) + 1)])
        cosigning = {signer: rng.choice([0, 5, 6, 7, 8, 9, FUTURE]) for signer in some if rng.random() < 0.8}
        text = policy_of(least, tuple(some))
        policy, other = policies.parse(text.encode()), verify_ledger.parse_policy(text.encode())
        cosignatures = [
            Cosignature(VerifierKey(signer.name, COSIGNER, signer.public), at) for signer, at in cosigning.items()
        ]
        times = QuorumTimes.of(cosignatures, policy)
        keys = {verify_ledger.parse_key(signer.vkey, WITNESS): at for signer, at in cosigning.items()}
        assert (times or (float("inf"), 0)) == verify_ledger.quorum_times(keys, other)
        if times is None or least == "none":
            continue
        assert isinstance(least, int)
        # By definition: some quorum had cosigned by then, and some has cosigned since.
        groups = list(combinations(cosigning.values(), least))
        assert (min(map(max, groups)), max(map(min, groups))) == times
