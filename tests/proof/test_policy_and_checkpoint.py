"""verify_ledger.py on policies and checkpoints: steps 1, 3 and 8 of its procedure."""

import base64
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from projections.proof import verify_ledger
from projections.proof.verify_ledger import parse_policy
from tests.proof.bundle import (
    ALPHA,
    BEGAN,
    BETA,
    LOG,
    ORIGIN,
    POLICY,
    THE_LOG,
    WITNESS,
    Bundle,
    Signer,
    b64,
    entry,
    story,
)
from tests.proof.conftest import Check

GAMMA = Signer("gamma", "gamma.example/witness", WITNESS)
IDENTITY = b"\x01" + bytes(31)
SECOND_FORM = ((1 << 255) - 19 + 3).to_bytes(32, "little")
"""A key of low order; and y = 3 encoded as the prime plus 3."""


def _vkey(public: bytes, name: str = ORIGIN, kind: bytes = LOG) -> str:
    identity = sha256(name.encode() + b"\n" + kind + public).digest()[:4]
    return f"{name}+{identity.hex()}+{b64(kind + public)}"


SPACED = "example.org\u2003ledger"
NAME, IDENTITY_OF, KEY = THE_LOG.vkey.split("+", 2)
BAD_POLICIES = {
    "empty": "",
    "no quorum": f"log {THE_LOG.vkey}\n",
    "two quorums": "quorum none\nquorum none\n",
    "quorum of nobody known": "quorum alpha\n",
    "quorum above its witness": f"quorum alpha\nwitness alpha {ALPHA.vkey}\n",
    "last line has no end": "quorum none",
    "carriage return": "quorum none\r\n",
    "null byte": "quorum none\n# \x00\n",
    "delete": "quorum none\n# \x7f\n",
    "unknown word": "quorum none\nlogs x\n",
    "no-break space": f"log\u00a0{THE_LOG.vkey}\nquorum none\n",
    "word too many": f"log {THE_LOG.vkey} https://example.org x\nquorum none\n",
    "witness without a name": f"witness {ALPHA.vkey}\nquorum none\n",
    "witness named none": f"witness none {ALPHA.vkey}\nquorum none\n",
    "group named none": f"witness a {ALPHA.vkey}\ngroup none any a\nquorum none\n",
    "name taken": f"witness a {ALPHA.vkey}\nwitness a {BETA.vkey}\nquorum none\n",
    "name taken by a group": f"witness a {ALPHA.vkey}\ngroup a any a\nquorum none\n",
    "group of none": f"witness a {ALPHA.vkey}\ngroup g any none\nquorum none\n",
    "group without members": "group g all\nquorum none\n",
    "member above its group": f"group g any a\nwitness a {ALPHA.vkey}\nquorum none\n",
    "member twice": f"witness a {ALPHA.vkey}\ngroup g any a a\nquorum none\n",
    "member of two groups": f"witness a {ALPHA.vkey}\ngroup g any a\ngroup h any a\nquorum none\n",
    "group of itself": f"witness a {ALPHA.vkey}\ngroup g any a g\nquorum none\n",
    "zero of a group": f"witness a {ALPHA.vkey}\ngroup g 0 a\nquorum none\n",
    "more than the group": f"witness a {ALPHA.vkey}\ngroup g 2 a\nquorum none\n",
    "signed number": f"witness a {ALPHA.vkey}\ngroup g +1 a\nquorum none\n",
    "other digits": f"witness a {ALPHA.vkey}\ngroup g \u0661 a\nquorum none\n",
    "number of thousands of digits": f"witness a {ALPHA.vkey}\ngroup g {'1' * 5000} a\nquorum none\n",
    "witness key as a log": f"log {ALPHA.vkey}\nquorum none\n",
    "log key as a witness": f"witness a {THE_LOG.vkey}\nquorum none\n",
    "two logs of one key": f"log {THE_LOG.vkey}\nlog {THE_LOG.vkey}\nquorum none\n",
    "two names of one log key": f"log {THE_LOG.vkey}\nlog {Signer('log', 'other.example', LOG).vkey}\nquorum none\n",
    "two names of one witness key": (
        f"witness a {ALPHA.vkey}\nwitness b {Signer('alpha', 'other.example', WITNESS).vkey}\nquorum none\n"
    ),
    "key without an id": f"log {NAME}+{KEY}\nquorum none\n",
    "id of another key": f"log {NAME}+{ALPHA.id.hex()}+{KEY}\nquorum none\n",
    "id in capitals": f"log {NAME}+{IDENTITY_OF.upper()}+{KEY}\nquorum none\n",
    "key without a name": f"log +{IDENTITY_OF}+{KEY}\nquorum none\n",
    "name with a space of Unicode": f"log {_vkey(THE_LOG.public, SPACED)}\nquorum none\n",
    "not Base64": f"log {NAME}+{IDENTITY_OF}+{KEY[:-1]}!\nquorum none\n",
    "Base64 with padding too much": f"log {NAME}+{IDENTITY_OF}+{KEY}=\nquorum none\n",
    "Base64 that is cut": f"log {NAME}+{IDENTITY_OF}+{KEY[:-1]}\nquorum none\n",
    "Base64 with a Greek letter": f"log {NAME}+{IDENTITY_OF}+\u0391{KEY[1:]}\nquorum none\n",
    "key too short": f"log {_vkey(THE_LOG.public[:31])}\nquorum none\n",
    "key too long": f"log {_vkey(THE_LOG.public + b'x')}\nquorum none\n",
    "key of low order": f"log {_vkey(IDENTITY)}\nquorum none\n",
    "key in its second form": f"log {_vkey(SECOND_FORM)}\nquorum none\n",
    "key that is no point": f"log {_vkey((2).to_bytes(32, 'little'))}\nquorum none\n",
}


@pytest.mark.parametrize("case", BAD_POLICIES)
def test_a_malformed_policy(folder: Path, check: Check, case: str) -> None:
    """A malformed policy is a finding, and nothing else is checked."""
    assert (["bad-policy policy"], None) == check(folder, BAD_POLICIES[case])


def test_a_policy_of_a_mebibyte(folder: Path, check: Check) -> None:
    """A policy may have one mebibyte, and not a byte more; a policy of many groups is read quickly."""
    comment = b"#" * (verify_ledger.MOST_POLICY - len(POLICY) - 1) + b"\n"
    assert [] == check(folder, POLICY.encode() + comment)[0]
    assert ["bad-policy policy"] == check(folder, POLICY.encode() + b"#" + comment)[0]
    chain = [f"group g{number} any {f'g{number - 1}' if number else 'alpha'}\n" for number in range(30_000)]
    lines = f"log {THE_LOG.vkey}\nwitness alpha {ALPHA.vkey}\n{''.join(chain)}quorum g29999\n"
    assert [] == check(folder, lines)[0]


def test_what_a_policy_may_have(folder: Path, check: Check) -> None:
    """A policy may have addresses, comments, tabs, blank lines, text in any script, and keys of other logs."""
    other = Signer("other", "other.example/log", LOG)
    policy = (
        f"\t# a comment \u00e9\n\n log\t {THE_LOG.vkey} https://example.org/\nlog {other.vkey}\n"
        f"witness \u5927 {ALPHA.vkey} https://alpha.example/\nwitness b {BETA.vkey}\n"
        "group \xff 02 b \u5927 \nquorum \xff\n"
    )
    assert [] == check(folder, policy)[0]
    assert [] == check(folder, policy.encode().replace("\u5927".encode(), b"\xfe"))[0]


@pytest.mark.parametrize(
    ("signers", "is_met"),
    [
        ((ALPHA,), False), ((ALPHA, BETA), False), ((ALPHA, GAMMA), True), ((GAMMA, BETA), True), ((GAMMA,), False),
        ((), False),
    ],
)  # fmt: skip
def test_quorums_of_groups(tmp_path: Path, check: Check, signers: tuple[Signer, ...], is_met: bool) -> None:
    """A quorum of groups follows its groups; each witness counts in its own group."""
    names = zip("abc", (ALPHA, BETA, GAMMA), strict=True)
    witnesses = "".join(f"witness {name} {witness.vkey}\n" for name, witness in names)
    policy = f"log {THE_LOG.vkey}\n{witnesses}group one any a b\ngroup all all one c\nquorum all\n"
    bundle = Bundle()
    folder = bundle.write(tmp_path, checkpoint=bundle.checkpoint(signers=(THE_LOG, *signers)).encode())
    assert ([] if is_met else ["no-quorum checkpoint"]) == check(folder, policy)[0]
    assert [] == check(folder, policy.replace("quorum all", "quorum none"))[0]


def test_a_witness_counts_once(tmp_path: Path, check: Check) -> None:
    """A witness that cosigned twice counts once, with its earlier time."""
    bundle = Bundle()
    text = bundle.text()
    lines = bundle.checkpoint(signers=(THE_LOG, ALPHA)) + ALPHA.line(text, BEGAN - 500) + ALPHA.line(text, BEGAN - 500)
    folder = bundle.write(tmp_path, checkpoint=lines.encode())
    late = [f"recorded-after-cosigned position {position}" for position in range(1, 9)]
    assert ["no-quorum checkpoint"] == [finding for finding in check(folder)[0] if finding not in late]
    bundle = Bundle([{**recorded, "recorded_at": "2026-09-21T14:00:00.000000Z"} for recorded in story()])
    assert [] == check(bundle.write(tmp_path))[0]


def _note(change: Callable[[str], str]) -> str:
    return change(Bundle().checkpoint())


ROOT = b64(Bundle().root())
BAD_CHECKPOINTS = {
    "empty": _note(lambda _: ""),
    "size with a sign": Bundle().checkpoint(Bundle().text(size="+8")),
    "size with a zero before it": Bundle().checkpoint(Bundle().text(size="08")),
    "size in other digits": Bundle().checkpoint(Bundle().text(size="\u0668")),
    "size too large": Bundle().checkpoint(Bundle().text(size=str(2**63))),
    "size of thousands of digits": Bundle().checkpoint(Bundle().text(size="9" * 5000)),
    "no size": Bundle().checkpoint(f"{ORIGIN}\n{ROOT}\n"),
    "no origin": Bundle().checkpoint(f"\n8\n{ROOT}\n"),
    "root too short": Bundle().checkpoint(Bundle().text(root=b64(b"x" * 31))),
    "root without padding": Bundle().checkpoint(Bundle().text(root=ROOT.rstrip("="))),
    "root with bits left over": Bundle().checkpoint(Bundle().text(root=f"{ROOT[:-2]}{chr(ord(ROOT[-2]) + 1)}=")),
    "root in the alphabet for addresses": Bundle().checkpoint(Bundle().text(root=b64(b"\xff" * 32).replace("/", "_"))),
    "carriage returns": _note(lambda note: note.replace("\n", "\r\n")),
    "tab": Bundle().checkpoint(Bundle().text(origin=f"{ORIGIN}\t")),
    "no signature": _note(lambda note: note.partition("\u2014")[0]),
    "no end": _note(lambda note: note[:-1]),
    "line too many": _note(lambda note: note + "\n"),
    "text below": _note(lambda note: f"{note}more\n"),
    "hyphen for a dash": _note(lambda note: note.replace("\u2014", "-")),
    "two spaces": _note(lambda note: note.replace("\u2014 ", "\u2014  ")),
    "signature without padding": _note(lambda note: note.replace("=\n\u2014", "\n\u2014", 1)),
    "signature of an id alone": _note(lambda note: f"{note}\u2014 other {b64(bytes(4))}\n"),
    "name with a plus": _note(lambda note: f"{note}\u2014 an+other {b64(bytes(68))}\n"),
    "30,000 lines": _note(lambda note: "a\n" * 30_000 + note),
    "line of 60,000 characters": _note(lambda note: f"{'a ' * 30_000}{note}\u2014"),
    "129 signatures": _note(lambda note: note + f"\u2014 other {b64(bytes(68))}\n" * 126),
    "half of a surrogate pair": None,
}


@pytest.mark.parametrize("case", BAD_CHECKPOINTS)
def test_a_malformed_checkpoint(folder: Path, check: Check, case: str) -> None:
    """A malformed checkpoint is a finding, and the log is not read."""
    written = BAD_CHECKPOINTS[case]
    data = b"\xed\xa0\x80" if written is None else written.encode()
    (folder / "checkpoint").write_bytes(data)
    assert (["bad-checkpoint checkpoint"], None) == check(folder)


def test_extension_lines(tmp_path: Path, check: Check) -> None:
    """Lines below the root are a finding, even if they are signed."""
    bundle = Bundle()
    checkpoint = bundle.checkpoint(bundle.text(more="anything")).encode()
    assert ["extension-lines checkpoint"] == check(bundle.write(tmp_path, checkpoint=checkpoint))[0]


def test_unknown_signatures_are_ignored(folder: Path, check: Check) -> None:
    """Signatures of unknown keys are ignored, even if the name or the ID is that of a known key."""
    path = folder / "checkpoint"
    text = path.read_text("utf-8")
    lines = f"\u2014 {ORIGIN} {b64(bytes(68))}\n\u2014 other {b64(THE_LOG.id + bytes(64))}\n"
    path.write_text(text + lines, "utf-8")
    assert [] == check(folder)[0]


@pytest.mark.parametrize("signer", [THE_LOG, ALPHA])
@pytest.mark.parametrize("length", [1, 63, 64, 65, 71, 72, 73, 40_000])
def test_a_bad_signature_next_to_a_good_one(folder: Path, check: Check, signer: Signer, length: int) -> None:
    """A bad signature under the name and ID of a known key makes the note bad, even if there is a good one, too."""
    path = folder / "checkpoint"
    line = f"\u2014 {signer.name} {b64(signer.id + bytes(length))}\n"
    path.write_text(path.read_text("utf-8") + line, "utf-8")
    assert ["bad-signature checkpoint"] == check(folder)[0]


def test_a_signature_of_another_text(folder: Path, check: Check) -> None:
    """Each signature under a changed text is a finding."""
    path = folder / "checkpoint"
    path.write_text(path.read_text("utf-8").replace(ORIGIN, "example.com/ledger", 1), "utf-8")
    expected = ["bad-signature checkpoint"] * 2 + ["unknown-signer checkpoint", "no-quorum checkpoint"]
    assert (expected, None) == check(folder)


def test_a_time_of_another_signature(tmp_path: Path, check: Check) -> None:
    """A cosignature's time is part of what is signed."""
    bundle = Bundle()
    *others, line = bundle.checkpoint().splitlines(keepends=True)
    data = base64.b64decode(line.split(" ")[2])
    forged = f"\u2014 {BETA.name} {b64(data[:4] + (BEGAN - 1).to_bytes(8, 'big') + data[12:])}\n"
    folder = bundle.write(tmp_path, checkpoint="".join([*others, forged]).encode())
    assert ["bad-signature checkpoint", "no-quorum checkpoint"] == check(folder)[0]


@pytest.mark.parametrize("origin", ["example.com/ledger", "example.org/ledgеr", "EXAMPLE.org/ledger", "example.org"])
def test_an_origin_that_the_policy_does_not_have(tmp_path: Path, check: Check, origin: str) -> None:
    """A key signs for the log of its own name: a similar name is an unknown signer."""
    bundle = Bundle()
    text = bundle.text(origin=origin)
    signer = Signer("log", origin, LOG)
    checkpoint = f"{text}\n{signer.line(text)}{THE_LOG.line(text)}{ALPHA.line(text)}{BETA.line(text)}".encode()
    folder = bundle.write(tmp_path, checkpoint=checkpoint)
    assert (["unknown-signer checkpoint"], None) == check(folder)


def test_a_log_of_the_policy_under_the_name_of_another(tmp_path: Path, check: Check) -> None:
    """A signature of another log of the same policy does not count for this log."""
    other = Signer("other", "other.example/log", LOG)
    bundle = Bundle()
    folder = bundle.write(tmp_path, checkpoint=bundle.checkpoint(signers=(other, ALPHA, BETA)).encode())
    assert ["unknown-signer checkpoint"] == check(folder, f"log {other.vkey}\n{POLICY}")[0]


def test_a_cosignature_from_the_future(tmp_path: Path, check: Check) -> None:
    """A cosignature with a time in the future is a finding: it bounds nothing."""
    bundle = Bundle()
    text, day = bundle.text(), int(time.time()) + 2 * 86_400
    for at in (day, 2**63 - 1):
        note = f"{text}\n{THE_LOG.line(text)}{ALPHA.line(text, at)}{BETA.line(text, at)}"
        found, _ = check(bundle.write(tmp_path, checkpoint=note.encode()))
        assert ["cosigned-in-future checkpoint"] == found
    note = f"{text}\n{THE_LOG.line(text)}{ALPHA.line(text, 2**63)}{BETA.line(text)}"
    found, _ = check(bundle.write(tmp_path, checkpoint=note.encode()))
    assert ["bad-signature checkpoint", "no-quorum checkpoint"] == found


@pytest.mark.parametrize("kind", ["key.retired", "key.revoked", "key.rotated"])
@pytest.mark.parametrize("name", [ORIGIN, "example.org/renamed"])
def test_a_key_that_is_no_longer_active(tmp_path: Path, check: Check, kind: str, name: str) -> None:
    """A checkpoint signed by a key that the log replaced, retired or revoked is a finding, even if that was voided."""
    vkey = Signer("log", name, LOG).vkey
    event = {"type": kind, "old": vkey, "new": GAMMA.vkey} if kind == "key.rotated" else {"type": kind, "vkey": vkey}
    entries = [
        *story(),
        entry("ledger", 2, event),
        entry("ledger", 3, {"type": "entry.voided", "version": 2, "reason": "x"}),
    ]
    findings, _ = check(Bundle(entries).write(tmp_path))
    assert {"revoked-key position 9", "impossible position 10"} <= {*findings}


def test_keys_that_others_signed_with(tmp_path: Path, check: Check) -> None:
    """The revocation of another key, or a recorded key that is malformed, affects no signature."""
    said: list[object] = [GAMMA.vkey, "x", "", 5, [], {}, True, THE_LOG.vkey[:-2]]
    events = [{"type": "key.revoked", "vkey": vkey} for vkey in said]
    entries = [*story(), *(entry("ledger", number, event) for number, event in enumerate(events, start=2))]
    findings, _ = check(Bundle(entries).write(tmp_path))
    assert [] == [finding for finding in findings if finding.startswith("revoked-key")]
    assert [f"unknown-entry position {position}" for position in (12, 13, 14, 15)] == [
        finding for finding in findings if finding.startswith("unknown-entry")
    ]


def test_parsed_policies() -> None:
    """A parsed policy has its logs, witnesses, groups and quorum."""
    policy = parse_policy(POLICY.encode())
    assert [THE_LOG.public] == [key.public for key in policy.logs]
    assert {"alpha": ALPHA.id, "beta": BETA.id} == {name: key.id for name, key in policy.witnesses.items()}
    assert ({"none": (0, []), "both": (2, ["alpha", "beta"])}, "both") == (policy.groups, policy.quorum)
