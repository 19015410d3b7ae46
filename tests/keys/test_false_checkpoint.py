"""The way back of a ledger that keeps a false checkpoint: its key is revoked, and another key signs what is true."""

from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.keys.keyring import Keyring
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.note import signed
from ledger.transparency.checkpoints import CheckpointStands, active_keys
from tests.transcripts.terminal import Terminal

FALSE = 3
"""The size of the false checkpoint."""


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal on a ledger whose key once signed a root that the entries do not give."""
    (tmp_path / "ledger").mkdir()
    terminal = Terminal(tmp_path / "ledger", monkeypatch)
    monkeypatch.setenv("LEDGER_KEYS", str(tmp_path / "keys"))
    for line in (
        "ledger init --origin example.org/ledger --currency USD", "ledger key new", "ledger checkpoint",
        'ledger party register "Alpha"',
    ):  # fmt: skip
        assert 0 == terminal.type(line)[1], line
    ledger = open_ledger("sqlite:///ledger.db")
    key = Keyring(tmp_path / "keys").load(active_keys(ledger)[0])
    with ledger.store.writing():
        ledger.store.keep_checkpoint(FALSE, bytes(signed(str(Checkpoint(ledger.origin, FALSE, bytes(32))), key)))
    ledger.close()
    return terminal


def test_a_false_checkpoint_stops_signing(terminal: Terminal) -> None:
    """The log does not extend it, whatever is recorded later; nothing is signed, published or proved."""
    for line in ("checkpoint", "checkpoint request", "publish ../site", "prove 2", "key rotate"):
        answer, code = terminal.type(f"ledger {line}")
        assert (5, True) == (code, answer.startswith("error: log-rewritten: ")), line
    assert 0 == terminal.type('ledger party register "Beta"')[1]
    assert 5 == terminal.type("ledger checkpoint")[1]


def test_a_checkpoint_of_a_key_in_force_is_not_passed_over(terminal: Terminal) -> None:
    """As long as its key is not revoked, readers would find two histories."""
    answer, code = terminal.type(f"ledger checkpoint --pass-over {FALSE}")
    sentence = f"error: {CheckpointStands.code}: The checkpoint of 3 entries cannot be passed over"
    assert (3, True) == (code, answer.startswith(sentence))


def test_the_way_back(terminal: Terminal) -> None:
    """After the steps of docs/keys.md the log is signed, verified, published and proved again."""
    revoked = terminal.type("ledger key show --format csv")[0].splitlines()[1].split(",")[0]
    steps = (
        'ledger key new --beside --reason "The other signed what is not so"',
        f'ledger key revoke {revoked} --reason "It signed a false checkpoint of 3 entries"',
    )
    for line in steps:
        assert 0 == terminal.type(line)[1], line
    answer, code = terminal.type("ledger checkpoint")
    assert (5, True) == (code, answer.startswith("error: log-rewritten: ")), "not without naming it"
    assert 1 == terminal.type("ledger verify")[1]
    lines = (
        f"ledger checkpoint --pass-over {FALSE}", "ledger verify", "ledger checkpoint", "ledger publish ../site",
        "ledger prove 2 -o ../proofs", "ledger checkpoint request", 'ledger party register "Beta"', "ledger checkpoint",
        "ledger publish ../site", "ledger verify --bundle ../site", "ledger verify",
    )  # fmt: skip
    for line in lines:
        answer, code = terminal.type(line)
        assert 0 == code, (line, answer)


def test_a_revoked_key_alone_withdraws_nothing(terminal: Terminal) -> None:
    """A revocation is an entry, which needs no key: the finding stays until a key in force signs what is true."""
    revoked = terminal.type("ledger key show --format csv")[0].splitlines()[1].split(",")[0]
    assert 0 == terminal.type(f'ledger key revoke {revoked} --reason "Not by its owner"')[1]
    assert "checkpoint-differs" in terminal.type("ledger verify")[0]
