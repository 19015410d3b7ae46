"""Signing keys of checkpoints, and adopted report definitions."""

import pytest

from ledger.domain.organisation.report_definitions import AdoptDefinitions, BadDigest, DefinitionsAdopted
from ledger.domain.organisation.signing_keys import (
    ACTIVE,
    RETIRED,
    REVOKED,
    AddKey,
    BadLogKey,
    KeyAdded,
    KeyNotActive,
    KeyRetired,
    KeyRevoked,
    KeyRotated,
    NotSignedByBoth,
    RetireKey,
    RevokeKey,
    RotateKey,
    UnknownKey,
    short,
)
from ledger.tlog.keys import COSIGNER
from tests.spec.scenario import Scenario
from tests.spec.signing import FIRST, SECOND, THIRD, rotation, signing_key, vkey

GIVEN = AddKey(vkey=FIRST)


def keys(spec: Scenario) -> dict[str, str]:
    """Return the status of each key."""
    known: dict[str, str] = spec.state("ledger").keys
    return known


def test_a_key_is_added_once(spec: Scenario) -> None:
    """An added key is active; it cannot be added again, but a second key can."""
    spec.when(GIVEN).then(KeyAdded(vkey=FIRST))
    spec.when(GIVEN, id="again").then_refused(KeyNotActive, "known already, and active")
    spec.when(AddKey(vkey=SECOND)).then(KeyAdded(vkey=SECOND))
    assert {FIRST: ACTIVE, SECOND: ACTIVE} == keys(spec)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("key", "NAME+ID+KEY"),
        (vkey(1, "example.org/other"), "it is called example.org/other, and the ledger example.org/ledger"),
        (FIRST.replace(short(FIRST), "00000000"), "the id of the key"),
        (str(signing_key(1).verifier(COSIGNER)), "is a witness's"),
        ("example.org/ledger+5dd3b8c5+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "low order"),
    ],
)
def test_what_is_no_key_of_this_ledger(spec: Scenario, text: str, why: str) -> None:
    """A key has the ledger's name, its own id and the type of a log, and its point is not of low order."""
    spec.when(AddKey(vkey=text)).then_refused(BadLogKey, why)


def test_a_rotation_is_signed_by_both(spec: Scenario) -> None:
    """The old key is retired and the new one active; both must have signed the statement."""
    spec.given(GIVEN)
    for statement in (rotation(2, 1), rotation(1, 3), "something", rotation(1, 2).rpartition("\n")[0]):
        spec.when(RotateKey(old=FIRST, new=SECOND, statement=statement)).then_refused(NotSignedByBoth)
    spec.when(RotateKey(old=FIRST, new=SECOND, statement=rotation(1, 2)))
    spec.then(KeyRotated(old=FIRST, new=SECOND, statement=rotation(1, 2)))
    assert {FIRST: RETIRED, SECOND: ACTIVE} == keys(spec)


def test_only_an_active_key_is_rotated(spec: Scenario) -> None:
    """An unknown or retired key cannot be rotated, and a known key cannot be the new one."""
    spec.when(RotateKey(old=FIRST, new=SECOND, statement=rotation(1, 2))).then_refused(UnknownKey, "It has none")
    spec.given(GIVEN, RotateKey(old=FIRST, new=SECOND, statement=rotation(1, 2)))
    spec.when(RotateKey(old=FIRST, new=THIRD, statement=rotation(1, 3))).then_refused(KeyNotActive, "retired")
    spec.when(RotateKey(old=SECOND, new=FIRST, statement=rotation(2, 1))).then_refused(KeyNotActive, "known already")


def test_a_key_is_named_by_its_id(spec: Scenario) -> None:
    """A command may name a key by its id; the entry contains the whole key."""
    spec.given(GIVEN).when(RetireKey(vkey=short(FIRST))).then(KeyRetired(vkey=FIRST))
    spec.when(RetireKey(vkey=short(FIRST))).then_refused(KeyNotActive, "is retired")


def test_a_key_is_revoked(spec: Scenario) -> None:
    """An active or a retired key can be revoked once, permanently."""
    spec.given(GIVEN, RetireKey(vkey=FIRST)).when(RevokeKey(vkey=FIRST)).then(KeyRevoked(vkey=FIRST))
    spec.when(RevokeKey(vkey=FIRST)).then_refused(KeyNotActive, "is revoked")
    spec.when(AddKey(vkey=FIRST)).then_refused(KeyNotActive, "known already, and revoked")
    spec.when(RevokeKey(vkey=SECOND)).then_refused(UnknownKey, short(SECOND), short(FIRST))
    assert {FIRST: REVOKED} == keys(spec)


def test_definitions_are_adopted(spec: Scenario) -> None:
    """Definitions are adopted by their SHA-256; those in force are not adopted again."""
    spec.when(AdoptDefinitions(report="council", sha256="ab" * 32))
    spec.then(DefinitionsAdopted(report="council", sha256="ab" * 32))
    spec.when(AdoptDefinitions(report="council", sha256="ab" * 32)).then_nothing()
    spec.when(AdoptDefinitions(report="council", sha256="AB" * 32)).then_refused(BadDigest, "64 digits")
