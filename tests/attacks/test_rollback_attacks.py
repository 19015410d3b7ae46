"""Attacks that set a log back, or put another in its place: what recording meets is the rollback guard.

The log itself is sound in each of these: every hash fits, and the procedure on it alone finds nothing.
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
"""What is recorded after the stale copy was taken: entry 14."""


class Desk:
    """A ledger whose guard stands in a second place, and a copy of it as it was before its last entry."""

    def __init__(self, original: Path, folder: Path) -> None:
        """Record entry 14 under the guard; keep the file as it was before."""
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
        """Put the stale copy in the ledger's place, while nobody has it open."""
        self.close()
        shutil.copy(self.stale, self.path)

    def close(self) -> None:
        """Close what is open."""
        for ledger in self.open:
            ledger.close()
        self.open.clear()

    def forger(self) -> Forger:
        """Return somebody at the file."""
        return Forger(self.path)


@pytest.fixture
def desk(recorded: Path, tmp_path: Path) -> Iterator[Desk]:
    """Return a guarded ledger of 14 entries."""
    desk = Desk(recorded, tmp_path)
    yield desk
    desk.close()


def _put_back(desk: Desk) -> None:
    desk.put_back()


def _put_back_and_written_to(desk: Desk) -> None:
    desk.put_back()
    record(desk.url, [("party register", {"ref": "D", "name": "Delta"}), *MORE], make=False)


def _put_back_and_grown_as_long(desk: Desk) -> None:
    desk.put_back()
    record(desk.url, [("party register", {"ref": "D", "name": "Delta"})], make=False)


def _tail_deleted(desk: Desk) -> None:
    forger = desk.forger()
    with forger.unguarded():
        forger.sql("DELETE FROM entries WHERE position > 13", "DELETE FROM commands WHERE first > 13")
        forger.sql("DELETE FROM names WHERE position > 13")
        forger.mend_tree()
    forger.close()


def _last_rewritten(desk: Desk) -> None:
    forger = desk.forger()
    with forger.unguarded():
        forger.write(14, forger.data(14).replace(b"Gamma Foundation", b"Gamma Fundacion!"))
        forger.sql("UPDATE names SET key = 'gamma fundacion!' WHERE position = 14")
        forger.mend_tree()
    forger.close()


def _another_ledger(desk: Desk) -> None:
    desk.path.unlink()
    record(desk.url, [("party register", {"ref": f"X{n}", "name": f"X {n}"}) for n in range(20)])


ATTACKS: dict[str, tuple[Callable[[Desk], None], str]] = {
    "stale backup restored": (_put_back, "holds 14 entries with root .*; this log has 13"),
    "stale backup restored and written to": (_put_back_and_written_to, "over as many entries this log has the root"),
    "stale backup restored and grown as long": (_put_back_and_grown_as_long, "over as many entries this log has"),
    "tail deleted": (_tail_deleted, "this log has 13"),
    "same length, last entry rewritten": (_last_rewritten, "over as many entries this log has the root"),
    "another ledger under the same name": (_another_ledger, "over as many entries this log has the root"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_is_recorded_in_a_log_that_was_set_back(desk: Desk, name: str) -> None:
    """Recording is refused, nothing is written, and the guard holds what it held; the log by itself looks sound."""
    attack, told = ATTACKS[name]
    held = desk.guard.read_bytes()
    attack(desk)
    ledger = desk.opened()
    size = ledger.store.head().size
    with pytest.raises(RolledBack, match=told) as refused:
        ledger.record(Request(commands=(RegisterParty(name="Late"),), actor="staff/1"))
    assert "ledger restore" in refused.value.hint
    assert "ledger verify" in refused.value.hint
    assert size == ledger.store.head().size
    forger = desk.forger()
    assert ([], []) == (forger.verified(), forger.replayed())
    forger.close()
    assert held == desk.guard.read_bytes()


@pytest.mark.parametrize("name", ATTACKS)
def test_verification_finds_it(desk: Desk, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`ledger verify` finds with the guard what it cannot find without: exit code 1, one finding."""
    ATTACKS[name][0](desk)
    assert 0 == run(["verify", "--log-only"], Session(url=desk.url))
    assert 1 == run(["--guard", str(desk.guard), "verify"], Session(url=desk.url))
    told = capsys.readouterr().out.splitlines()
    assert 1 == sum(line.startswith("finding: not-extending-guard: ") for line in told)
    assert told[-1].startswith("1 finding in ")


def test_reading_goes_on_and_says_it(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """What only reads shows what there is, with a warning on stderr."""
    desk.put_back()
    assert 0 == run(["--guard", str(desk.guard), "show", "2"], Session(url=desk.url))
    told = capsys.readouterr()
    assert "entry 2" in told.out
    assert told.err.startswith("warning: rolled-back: ")


def _refused(desk: Desk) -> LedgerError:
    ledger = desk.opened()
    with pytest.raises(LedgerError) as refused:
        ledger.record(Request(commands=(RegisterParty(name="Late"),), actor="staff/1"))
    assert 14 == ledger.store.head().size
    return refused.value


def test_guard_deleted(desk: Desk) -> None:
    """Taking the guard away does not help: where one is named and none is there, nothing is recorded."""
    desk.guard.unlink()
    assert isinstance(_refused(desk), GuardMissing)
    assert not desk.guard.exists()
    desk.guard.parent.rmdir()
    assert isinstance(_refused(desk), GuardMissing)


GOOD = b"example.org/attacked\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
"""What the guard of an empty log holds."""
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
def test_guard_edited(desk: Desk, name: str) -> None:
    """A guard that is not exactly three lines is none, and nothing is recorded."""
    desk.guard.write_bytes(BROKEN[name])
    assert isinstance(_refused(desk), BadGuard)
    assert BROKEN[name] == desk.guard.read_bytes()


def test_guard_that_is_a_folder(desk: Desk) -> None:
    """What is no file is no guard."""
    desk.guard.unlink()
    desk.guard.mkdir()
    assert isinstance(_refused(desk), BadGuard)


@pytest.mark.parametrize("origin", ["example.org/other", "example.org/attacked ", "exаmple.org/attacked"])
def test_guard_of_another_ledger(desk: Desk, origin: str) -> None:
    """Size and root do not help under another name, be it one that looks the same."""
    stated = parse(desk.guard.read_text("utf-8"))
    desk.guard.write_text(str(stated._replace(origin=origin)), "utf-8")
    assert isinstance(_refused(desk), RolledBack)


def test_guard_moved_forward(desk: Desk) -> None:
    """Who writes a larger size into the guard stops recording, and no more."""
    stated = parse(desk.guard.read_text("utf-8"))
    desk.guard.write_text(str(stated._replace(size=15)), "utf-8")
    assert isinstance(_refused(desk), RolledBack)


def test_checkpoint_of_a_witness_as_guard(desk: Desk) -> None:
    """A signed checkpoint is a guard that is only read: a log set back is refused, one that grows does not move it."""
    stated = parse(desk.guard.read_text("utf-8"))
    held = bytes(signed(str(stated), signing_key(1, ORIGIN)))
    desk.guard.write_bytes(held)
    ledger = desk.opened()
    ledger.record(Request(commands=(RegisterParty(name="Late"),), actor="staff/1"))
    assert ledger.guard is not None
    assert ledger.guard.lag is None
    assert held == desk.guard.read_bytes()
    desk.put_back()
    with pytest.raises(RolledBack):
        desk.opened().check_guard()


def test_guard_set_back_with_the_log(desk: Desk) -> None:
    """Who reaches both places is not found by the guard: that is what the second place and witnesses are for."""
    desk.put_back()
    ledger = open_ledger(desk.url)
    head = ledger.store.head()
    desk.guard.write_text(str(Checkpoint(ORIGIN, head.size, head.root)), "utf-8")
    ledger.close()
    desk.opened().check_guard()
