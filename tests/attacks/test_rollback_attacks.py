"""Attacks that set a log back, or replace it: the rollback guard stops recording.

In each of these the log itself is sound: every hash matches, and verification of it alone finds nothing.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.main import run
from cli.session import Session
from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.application.request import Request
from ledger.application.rollback_guard import BadGuard, Guard, GuardMissing, RolledBack
from ledger.domain.errors import LedgerError
from ledger.domain.party.party import RegisterParty
from ledger.tlog.checkpoint import Checkpoint, parse
from ledger.tlog.note import signed
from tests.attacks.forger import Forger, record
from tests.spec.signing import signing_key

ORIGIN = "example.org/attacked"
MORE = [("party register", {"ref": "C", "name": "Gamma Foundation"})]
"""Recorded after the stale copy was taken: entry 14."""


class GuardedLedger:
    """A ledger with a guard in a second place, and a copy from before its last entry."""

    def __init__(self, original: Path, folder: Path) -> None:
        """Record entry 14 under the guard; keep a copy of the file from before."""
        self.path, self.stale = folder / "ledger.db", folder / "stale.db"
        self.guard = folder / "second" / "ledger.guard"
        self.guard.parent.mkdir()
        shutil.copy(original, self.path)
        shutil.copy(original, self.stale)
        self.url = f"sqlite:///{self.path}"
        self.open: list[Ledger] = []
        record(self.url, MORE, make=False)
        ledger = open_ledger(self.url)
        Guard(self.guard).start(ledger.origin, ledger.store)
        ledger.close()

    def opened(self) -> Ledger:
        """Return the ledger with its guard."""
        self.open.append(open_ledger(self.url, guard=Guard(self.guard)))
        return self.open[-1]

    def put_back(self) -> None:
        """Replace the ledger by the stale copy, while nobody has it open."""
        self.close()
        shutil.copy(self.stale, self.path)

    def close(self) -> None:
        """Close all open ledgers."""
        for ledger in self.open:
            ledger.close()
        self.open.clear()

    def forger(self) -> Forger:
        """Return a forger of the file."""
        return Forger(self.path)


@pytest.fixture
def guarded(recorded: Path, tmp_path: Path) -> Iterator[GuardedLedger]:
    """Return a guarded ledger of 14 entries."""
    guarded = GuardedLedger(recorded, tmp_path)
    yield guarded
    guarded.close()


def _put_back(guarded: GuardedLedger) -> None:
    guarded.put_back()


def _put_back_and_written_to(guarded: GuardedLedger) -> None:
    guarded.put_back()
    record(guarded.url, [("party register", {"ref": "D", "name": "Delta"}), *MORE], make=False)


def _put_back_and_grown_as_long(guarded: GuardedLedger) -> None:
    guarded.put_back()
    record(guarded.url, [("party register", {"ref": "D", "name": "Delta"})], make=False)


def _tail_deleted(guarded: GuardedLedger) -> None:
    forger = guarded.forger()
    with forger.unguarded():
        forger.sql("DELETE FROM entries WHERE position > 13", "DELETE FROM commands WHERE first > 13")
        forger.sql("DELETE FROM names WHERE position > 13")
        forger.mend_tree()
    forger.close()


def _last_rewritten(guarded: GuardedLedger) -> None:
    forger = guarded.forger()
    with forger.unguarded():
        forger.write(14, forger.data(14).replace(b"Gamma Foundation", b"Gamma Fundacion!"))
        forger.sql("UPDATE names SET key = 'gamma fundacion!' WHERE position = 14")
        forger.mend_tree()
    forger.close()


def _another_ledger(guarded: GuardedLedger) -> None:
    guarded.path.unlink()
    record(guarded.url, [("party register", {"ref": f"X{n}", "name": f"X {n}"}) for n in range(20)])


ATTACKS: dict[str, tuple[Callable[[GuardedLedger], None], str]] = {
    "stale backup restored": (_put_back, "holds 14 entries with root .*; this log has 13"),
    "stale backup restored and written to": (_put_back_and_written_to, "over the same entries this log has the root"),
    "stale backup restored and grown as long": (_put_back_and_grown_as_long, "over the same entries"),
    "tail deleted": (_tail_deleted, "this log has 13"),
    "same length, last entry rewritten": (_last_rewritten, "over the same entries this log has the root"),
    "another ledger under the same name": (_another_ledger, "over the same entries this log has the root"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_is_recorded_in_a_log_that_was_set_back(guarded: GuardedLedger, name: str) -> None:
    """Recording is refused, and neither log nor guard is written; the log alone looks sound."""
    attack, told = ATTACKS[name]
    before = guarded.guard.read_bytes()
    attack(guarded)
    ledger = guarded.opened()
    size = ledger.store.head().size
    with pytest.raises(RolledBack, match=told) as refused:
        ledger.record(Request(commands=(RegisterParty(name="Late"),), actor="staff/1"))
    assert "ledger restore" in refused.value.hint
    assert "ledger verify" in refused.value.hint
    assert size == ledger.store.head().size
    forger = guarded.forger()
    assert ([], []) == (forger.verified(), forger.replayed())
    forger.close()
    assert before == guarded.guard.read_bytes()


@pytest.mark.parametrize("name", ATTACKS)
def test_verification_finds_it(guarded: GuardedLedger, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With the guard `ledger verify` has one finding and exits with 1; without it there is none."""
    ATTACKS[name][0](guarded)
    assert 0 == run(["verify", "--log-only"], Session(url=guarded.url))
    assert 1 == run(["--guard", str(guarded.guard), "verify"], Session(url=guarded.url))
    told = capsys.readouterr().out.splitlines()
    assert 1 == sum(line.startswith("finding: not-extending-guard: ") for line in told)
    assert told[-1].startswith("1 finding in ")


def test_reading_continues_with_a_warning(guarded: GuardedLedger, capsys: pytest.CaptureFixture[str]) -> None:
    """Commands that only read show the log, with a warning on stderr."""
    guarded.put_back()
    assert 0 == run(["--guard", str(guarded.guard), "show", "2"], Session(url=guarded.url))
    told = capsys.readouterr()
    assert "entry 2" in told.out
    assert told.err.startswith("warning: rolled-back: ")


def _refused(guarded: GuardedLedger) -> LedgerError:
    ledger = guarded.opened()
    with pytest.raises(LedgerError) as refused:
        ledger.record(Request(commands=(RegisterParty(name="Late"),), actor="staff/1"))
    assert 14 == ledger.store.head().size
    return refused.value


def test_guard_deleted(guarded: GuardedLedger) -> None:
    """Deleting the guard does not help: if a guard is configured and missing, nothing is recorded."""
    guarded.guard.unlink()
    assert isinstance(_refused(guarded), GuardMissing)
    assert not guarded.guard.exists()
    guarded.guard.parent.rmdir()
    assert isinstance(_refused(guarded), GuardMissing)


GOOD = b"example.org/attacked\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
"""The guard of an empty log."""
BROKEN = {
    "emptied": b"",
    "cut": GOOD[:-9],
    "without its last line feed": GOOD[:-1],
    "with a line more": GOOD + b"extension\n",
    "with an empty line more": GOOD + b"\n",
    "with carriage returns": GOOD.replace(b"\n", b"\r\n"),
    "with a sign": GOOD.replace(b"\n0\n", b"\n+0\n"),
    "with a leading zero": GOOD.replace(b"\n0\n", b"\n00\n"),
    "with a negative size": GOOD.replace(b"\n0\n", b"\n-1\n"),
    "with a size beyond all": GOOD.replace(b"\n0\n", b"\n9223372036854775808\n"),
    "with a root that is no Base64": GOOD.replace(b"47DEQ", b"47D!Q"),
    "with a root in another written form": GOOD.replace(b"FU=", b"FV="),
    "with a root that is too short": GOOD.replace(b"47DE", b""),
    "without an origin": GOOD.removeprefix(b"example.org/attacked"),
    "that is not UTF-8": b"\xff" + GOOD,
    "of a megabyte": GOOD.replace(b"example", b"e" * 1_000_000),
    "signed by nobody": GOOD + b"\nno signature\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_guard_edited(guarded: GuardedLedger, name: str) -> None:
    """A guard that is not exactly three lines is invalid, and nothing is recorded."""
    guarded.guard.write_bytes(BROKEN[name])
    assert isinstance(_refused(guarded), BadGuard)
    assert BROKEN[name] == guarded.guard.read_bytes()


def test_guard_that_is_a_folder(guarded: GuardedLedger) -> None:
    """A folder in place of the guard is invalid."""
    guarded.guard.unlink()
    guarded.guard.mkdir()
    assert isinstance(_refused(guarded), BadGuard)


@pytest.mark.parametrize("origin", ["example.org/other", "example.org/attacked ", "exаmple.org/attacked"])
def test_guard_of_another_ledger(guarded: GuardedLedger, origin: str) -> None:
    """Size and root do not help under another origin, even if it looks the same."""
    stated = parse(guarded.guard.read_text("utf-8"))
    guarded.guard.write_text(str(stated._replace(origin=origin)), "utf-8")
    assert isinstance(_refused(guarded), RolledBack)


def test_guard_moved_forward(guarded: GuardedLedger) -> None:
    """A larger size written to the guard stops recording, and does no more harm."""
    stated = parse(guarded.guard.read_text("utf-8"))
    guarded.guard.write_text(str(stated._replace(size=15)), "utf-8")
    assert isinstance(_refused(guarded), RolledBack)


def test_checkpoint_of_a_witness_as_guard(guarded: GuardedLedger) -> None:
    """A signed checkpoint is a read-only guard: it stops a log that was set back, and growth does not change it."""
    stated = parse(guarded.guard.read_text("utf-8"))
    before = bytes(signed(str(stated), signing_key(1, ORIGIN)))
    guarded.guard.write_bytes(before)
    ledger = guarded.opened()
    ledger.record(Request(commands=(RegisterParty(name="Late"),), actor="staff/1"))
    assert ledger.guard is not None
    assert ledger.guard.lag is None
    assert before == guarded.guard.read_bytes()
    guarded.put_back()
    with pytest.raises(RolledBack):
        guarded.opened().check_guard()


def test_guard_set_back_with_the_log(guarded: GuardedLedger) -> None:
    """The guard does not find an attacker who controls both places: the second place and witnesses are for that."""
    guarded.put_back()
    ledger = open_ledger(guarded.url)
    head = ledger.store.head()
    guarded.guard.write_text(str(Checkpoint(ORIGIN, head.size, head.root)), "utf-8")
    ledger.close()
    guarded.opened().check_guard()
