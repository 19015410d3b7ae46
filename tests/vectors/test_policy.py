"""The rules of policies (c2sp.org/tlog-policy), one by one; the specification has no published vectors."""

import base64
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.tlog.keys import COSIGNER, LOG, VerifierKey
from ledger.tlog.policy import MAX_BYTES, BadPolicy, Policy, parse
from tests.spec.signing import ORIGIN, signing_key

LOG_KEY = str(signing_key(1).verifier())


def witness(number: int, name: str = "") -> VerifierKey:
    """Return the key of a witness, derived from a number."""
    return signing_key(10 + number, name or f"witness.example/{number}").verifier(COSIGNER)


def lines(*text: str) -> bytes:
    """Return lines as in a file; `W1` and so on at the end of a line are the keys of witnesses."""
    expanded = [
        f"{line[:-2]}{witness(int(line[-1]))}" if line[-2:-1] == "W" and line[-1].isdigit() else line for line in text
    ]
    return "".join(f"{line}\n" for line in expanded).encode()


XY = lines(
    f"log {LOG_KEY}", "",
    "witness X1 W1", "witness X2 W2", "witness X3 W3", "group X-witnesses 2 X1 X2 X3", "",
    "witness Y1 W4", "witness Y2 W5", "witness Y3 W6", "group Y-witnesses any Y1 Y2 Y3", "",
    "group X-and-Y all X-witnesses Y-witnesses", "quorum X-and-Y",
)  # fmt: skip
"""A policy like the specification's example: two of the first three, and any of the other three."""


def test_two_levels_of_groups() -> None:
    """A set of the six witnesses is enough if it has two of the first three and one of the others."""
    policy = parse(XY)
    for count in range(7):
        for chosen in combinations(range(1, 7), count):
            expected = sum(number <= 3 for number in chosen) >= 2 and any(number > 3 for number in chosen)
            assert expected == policy.is_enough(witness(number) for number in chosen), chosen


def test_a_policy_is_written_as_read() -> None:
    """A policy that was read is written so that reading it gives the same."""
    assert parse(XY) == parse(str(parse(XY)).encode())


def test_no_witness_is_required() -> None:
    """With `quorum none` the log's signature is enough, even if the policy has witnesses."""
    for text in (lines("quorum none"), lines("quorum none", "witness A W1"), lines(f"log {LOG_KEY}", "quorum none")):
        assert parse(text).is_enough([])


def test_one_witness_is_required() -> None:
    """A quorum may be one witness; no other witness is enough."""
    policy = parse(lines("witness A W1", "witness B W2", "quorum A"))
    assert [False, True, False] == [policy.is_enough(keys) for keys in ([], [witness(1)], [witness(2)])]


@pytest.mark.parametrize(("threshold", "needed"), [("any", 1), ("all", 3), ("1", 1), ("2", 2), ("3", 3), ("03", 3)])
def test_thresholds(threshold: str, needed: int) -> None:
    """`any` is one, `all` is every member, a number is exactly that number."""
    policy = parse(lines("witness A W1", "witness B W2", "witness C W3", f"group G {threshold} A B C", "quorum G"))
    enough = [policy.is_enough(witness(number) for number in range(1, count + 1)) for count in range(4)]
    assert [count >= needed for count in range(4)] == enough


def test_a_key_counts_once() -> None:
    """Witnesses are counted by key: two cosignatures of one key are one witness, even under two names."""
    policy = parse(lines("witness A W1", "witness B W2", "group G all A B", "quorum G"))
    assert not policy.is_enough([witness(1), witness(1), witness(1, "witness.example/again")])
    assert policy.is_enough([witness(1), witness(2)])


def test_names_of_the_policy_are_not_names_of_keys() -> None:
    """A witness may have any name in the policy, even that of another's key: the key identifies it."""
    text = lines("witness witness.example/2 W1", "witness witness.example/1 W2", "quorum witness.example/2")
    assert [True, False] == [parse(text).is_enough([witness(number)]) for number in (1, 2)]


@pytest.mark.parametrize("kind", ["log", "witness A", "witness B"])
def test_one_key_under_two_names(kind: str) -> None:
    """A key may occur once, whatever its name and id: it would count twice."""
    again = signing_key(1 if kind == "log" else 11, "again.example")
    key = again.verifier(LOG if kind == "log" else COSIGNER)
    text = lines(f"log {LOG_KEY}", "witness A W1", "quorum none") + f"{kind} {key}\n".encode()
    with pytest.raises(BadPolicy, match="line 4"):
        parse(text)


def test_no_log_is_its_own_witness() -> None:
    """A key of a log is no witness, under its own name or another, above or below the line of the log.

    Exception: c2sp.org/tlog-policy has no such rule. A log that cosigns for itself shows nothing.
    """
    for name in ("witness.example/1", LOG_KEY.partition("+")[0]):
        key = signing_key(1, name).verifier(COSIGNER)
        for order in ((f"log {LOG_KEY}", f"witness A {key}"), (f"witness A {key}", f"log {LOG_KEY}")):
            with pytest.raises(BadPolicy, match=r"line 2: .* no log is its own witness"):
                parse(lines(*order, "quorum A"))


REFUSED = {
    "no quorum": lines("witness A W1"),
    "nothing": b"",
    "two quorums": lines("quorum none", "quorum none"),
    "quorum of nobody": lines("quorum"),
    "quorum of two": lines("witness A W1", "witness B W2", "quorum A B"),
    "quorum of a stranger": lines("quorum A"),
    "quorum above its witness": lines("quorum A", "witness A W1"),
    "group above its witness": lines("group G any A", "witness A W1", "quorum none"),
    "group of itself": lines("group G any G", "quorum none"),
    "group without members": lines("group G all", "quorum none"),
    "group without a threshold": lines("witness A W1", "group G", "quorum none"),
    "group of none": lines("group G any none", "quorum none"),
    "a member twice": lines("witness A W1", "group G 2 A A", "quorum G"),
    "a member of two groups": lines("witness A W1", "group G any A", "group H any A", "quorum none"),
    "a group in two groups": lines("witness A W1", "group G any A", "group H any G", "group I any G", "quorum none"),
    "threshold 0": lines("witness A W1", "group G 0 A", "quorum G"),
    "threshold above the members": lines("witness A W1", "group G 2 A", "quorum G"),
    "threshold with a sign": lines("witness A W1", "group G +1 A", "quorum G"),
    "threshold in other digits": lines("witness A W1", "group G \u0661 A", "quorum G"),
    "threshold without end": lines("witness A W1", f"group G {'9' * 5000} A", "quorum G"),
    "threshold in capitals": lines("witness A W1", "group G ANY A", "quorum G"),
    "two witnesses of one name": lines("witness A W1", "witness A W2", "quorum none"),
    "a group named as a witness": lines("witness A W1", "group A any A", "quorum none"),
    "a witness named as a group": lines("witness A W1", "group G any A", "witness G W2", "quorum none"),
    "a witness named none": lines("witness none W1", "quorum none"),
    "a group named none": lines("witness A W1", "group none any A", "quorum none"),
    "a log's key for a witness": lines(f"witness A {LOG_KEY}", "quorum none"),
    "a witness's key for a log": lines("log W1", "quorum none"),
    "a log without a key": lines("log", "quorum none"),
    "a witness without a key": lines("witness A", "quorum none"),
    "two addresses": lines(f"log {LOG_KEY} https://a.example https://b.example", "quorum none"),
    "an unknown word": lines("logs x", "quorum none"),
    "a word in capitals": lines("Quorum none"),
    "no end of the last line": b"quorum none",
    "ends of lines of another system": b"quorum none\r\n",
    "a NUL": b"quorum none\n\0\n",
    "a DEL": b"# \x7f\nquorum none\n",
    "a form feed between words": b"quorum\x0cnone\n",
    "a space that is not ASCII": "quorum\u00a0none\n".encode(),
    "more than a policy has": b"#" * MAX_BYTES + b"\nquorum none\n",
}


@pytest.mark.parametrize("name", REFUSED)
def test_invalid_policies(name: str) -> None:
    """A policy is read completely or refused: a misread policy would grant trust that it does not state."""
    with pytest.raises(BadPolicy):
        parse(REFUSED[name])


READ = {
    "no logs": lines("quorum none"),
    "an address": lines(f"log {LOG_KEY} https://log.example/", "witness A W1", "quorum A"),
    "space before, between and behind": lines("  \t witness\t A   W1", "\tquorum \t A \t"),
    "empty lines and comments": lines("", " \t ", "# a comment", "  # another: log, quorum none", "quorum none"),
    "a number sign within a line": lines("witness #1 W1", "quorum #1"),
    "names that are not UTF-8": b"witness \xff " + str(witness(1)).encode() + b"\nquorum \xff\n",
    "names that look alike": lines("witness K W1", "witness \u212a W2", "group G all K \u212a", "quorum G"),
    "a group that the quorum does not reach": lines("witness A W1", "group G any A", "quorum A"),
    "all that a policy must be able to have": lines(
        *(f"log {signing_key(100 + n, f'log.example/{n}').verifier()}" for n in range(32)),
        *(f"witness W-{n} {signing_key(200 + n, 'w').verifier(COSIGNER)}" for n in range(32)),
        *(f"group G{n} 1 W-{n}" for n in range(32)),
        "quorum G31",
    ),
}


@pytest.mark.parametrize("name", READ)
def test_valid_policies(name: str) -> None:
    """Every form that the specification allows is read, and written so that reading it gives the same."""
    policy = parse(READ[name])
    assert isinstance(policy, Policy)
    assert policy == parse(str(policy).encode("utf-8", "surrogateescape"))


def test_keys_that_no_policy_may_have() -> None:
    """A key of low order or with a wrong id makes the whole policy invalid."""
    low = bytes([1]) + bytes(31)
    other_name = LOG_KEY.replace("ledger", "other")
    for key in (VerifierKey(ORIGIN, LOG, low), other_name, f"{ORIGIN}+00000000+{base64.b64encode(b'x' * 33).decode()}"):
        with pytest.raises(BadPolicy, match="line 1"):
            parse(lines(f"log {key}", "quorum none"))


@given(st.binary(max_size=200))
def test_arbitrary_bytes(data: bytes) -> None:
    """Any bytes are read as a policy or refused, without another error."""
    try:
        parse(data)
    except BadPolicy:
        return
    assert b"quorum" in data


@given(st.lists(st.sampled_from(XY.decode().splitlines()), max_size=14))
def test_arbitrary_order(chosen: list[str]) -> None:
    """Lines in any order, left out or repeated, are read as a policy or refused."""
    try:
        policy = parse("".join(f"{line}\n" for line in chosen).encode())
    except BadPolicy:
        return
    assert not policy.is_enough([])
