"""Concurrent writers in optimistic mode: a command is decided again only if its read set has changed."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import psycopg
import pytest

from ledger.application.ledger import utc_now
from ledger.application.open import make_ledger, open_ledger
from ledger.application.receipt import Receipt
from ledger.application.request import Request, command_from
from ledger.application.transaction import ClockSetBack, UnitOfWork
from ledger.domain.errors import LedgerError
from ledger.domain.refusals import UnknownParty
from ledger.replay.procedure import replay_log
from ledger.tlog.proof import root_at
from ledger.verify.procedure import verify_log
from tests.postgres.test_migrate import OPEN
from tests.stores.integrity import check_whole
from tests.stores.rows import row


class Two:
    """Two writers of one ledger: while one decides, the other records."""

    def __init__(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Open both; `shift` is how far the clock of the other writer is ahead."""
        self.url = url
        self.decided = 0
        self.shift = timedelta(0)
        self.one = open_ledger(url)
        self.other = open_ledger(url, clock=self._later)
        self._monkeypatch = monkeypatch

    def _later(self) -> datetime:
        return utc_now() + self.shift

    def record(self, asked: Request, meanwhile: Callable[[], object]) -> Receipt:
        """Record as one writer; `meanwhile` is called once, after the decision and before it is sent."""
        perform = UnitOfWork.perform

        def interrupted(unit: UnitOfWork, request: Request) -> Receipt:
            receipt = perform(unit, request)
            if unit.store is self.one.store:
                self.decided += 1
                if self.decided == 1:
                    meanwhile()
            return receipt

        with self._monkeypatch.context() as patched:
            patched.setattr(UnitOfWork, "perform", interrupted)
            return self.one.record(asked)

    def check(self, receipt: Receipt) -> None:
        """Assert that the log is whole, and that a receipt is that of the log when its entries were the last."""
        assert [] == verify_log(self.other.store).findings
        assert [] == replay_log(self.other)
        assert receipt.first + receipt.count - 1 == receipt.size
        assert root_at(receipt.size, self.other.store) == receipt.root


@pytest.fixture
def two(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Two]:
    """Return two writers of a ledger with two parties."""
    make_ledger(postgres_url, OPEN, "staff/1")
    found = Two(postgres_url, monkeypatch)
    for ref in ("A", "B"):
        found.one.record(asked("party register", ref=ref, name=f"Name of {ref}"))
    yield found
    found.one.close()
    found.other.close()


def asked(command: str, /, *, id: str | None = None, **members: Any) -> Request:  # noqa: A002 - as requests have it
    """Return a request for one command."""
    return Request(commands=(command_from({"command": command, **members}),), actor="staff/1", id=id)


def screened(ref: str) -> Request:
    """Return the screening of a party."""
    return asked("party screen", party=ref, list="consolidated", result="clear")


def test_others_are_elsewhere(two: Two) -> None:
    """Entries of others in unrelated streams do not matter: the command is decided once; its receipt is right."""
    receipt = two.record(screened("A"), lambda: [two.other.record(screened("B")) for _ in range(3)])
    assert (1, 7, 1) == (two.decided, receipt.first, receipt.count)
    two.check(receipt)
    two.check(two.one.record(screened("B")))
    assert [1, 2, 3, 4, 5] == [fact.version for fact in two.one.facts("party/B")]


def test_others_are_in_the_same_stream(two: Two) -> None:
    """A command is decided again if a stream of its read set has changed."""
    receipt = two.record(screened("A"), lambda: two.other.record(screened("A")))
    assert (2, 5) == (two.decided, receipt.first)
    two.check(receipt)


def test_others_change_what_was_only_read(two: Two) -> None:
    """A stream that was only read belongs to the read set: here a party that is voided meanwhile."""
    signing = asked(
        "engagement sign", engagement="E", title="T", kind="memorandum", parties=[{"party": "A"}, {"party": "B"}]
    )
    with pytest.raises(UnknownParty, match="B"):
        two.record(signing, lambda: two.other.record(asked("void", positions=[3], reason="A test")))
    assert 4 == two.other.store.head().size


def test_others_take_the_name(two: Two) -> None:
    """A name that was free when it was looked up is refused after another writer used it."""
    with pytest.raises(LedgerError, match="Gamma"):
        two.record(
            asked("party register", ref="C", name="Gamma"),
            lambda: two.other.record(asked("party register", ref="D", name="GAMMA")),
        )
    assert 4 == two.other.store.head().size


def test_others_take_the_number(two: Two) -> None:
    """Concurrent commands that draw a number get different ones without another decision, and are found by them."""
    receipt = two.record(
        asked("party register", name="Gamma"),
        lambda: [two.other.record(asked("party register", name=f"Delta {n}")) for n in range(2)],
    )
    assert (1, "party/P00003") == (two.decided, two.one.entry(receipt.first).stream)
    two.check(receipt)
    two.one.record(screened("Gamma"))
    two.one.record(screened("P00001"))
    assert [[1, 2], [1], [1, 2]] == [
        [fact.version for fact in two.one.facts(f"party/{ref}")] for ref in ("P00001", "P00002", "P00003")
    ]
    two.check(two.one.record(asked("party register", name="Epsilon")))


def test_a_number_that_is_also_a_name(two: Two) -> None:
    """If the number occurs elsewhere in the entry, the command is decided again."""
    receipt = two.record(
        asked("party register", name="Not P00001"), lambda: two.other.record(asked("party register", name="Delta"))
    )
    assert (2, "party/P00002") == (two.decided, two.one.entry(receipt.first).stream)
    two.check(receipt)


def test_numbers_come_to_an_end(two: Two) -> None:
    """If the last number was drawn meanwhile, the command is decided again."""
    receipt = two.record(
        asked("party register", name="Gamma"),
        lambda: [two.other.record(asked("party register", name=ref, ref=ref)) for ref in ("P00001", "P99999")],
    )
    assert (2, "party/P100000") == (two.decided, two.one.entry(receipt.first).stream)
    two.check(receipt)


def test_others_record_later(two: Two) -> None:
    """Times never decrease: an entry gets the time of a slightly later one of others; a much later one refuses it."""
    two.shift = timedelta(seconds=0.8)
    receipt = two.record(screened("A"), lambda: two.other.record(screened("B")))
    assert 1 == two.decided
    assert two.one.entry(4).recorded_at == two.one.entry(5).recorded_at
    two.check(receipt)
    two.shift, two.decided = timedelta(hours=1), 0
    with pytest.raises(ClockSetBack):
        two.record(screened("A"), lambda: two.other.record(screened("B")))


def test_others_send_the_same_command(two: Two) -> None:
    """A command that others recorded under its id meanwhile is recorded once; so is one that was recorded before."""
    same = asked("party register", ref="C", name="Gamma", id="c-1")
    receipt = two.record(same, lambda: two.other.record(same))
    assert (4, True) == (receipt.first, receipt.repeated)
    assert (4, True) == ((again := two.one.record(same)).first, again.repeated)
    assert 4 == two.other.store.head().size
    two.check(receipt)


@pytest.mark.parametrize("is_sent", [True, False])
def test_the_answer_is_lost(two: Two, monkeypatch: pytest.MonkeyPatch, is_sent: bool) -> None:
    """If a connection is lost with the answer, the id of the command shows whether it was recorded, and where."""
    store: Any = two.one.store
    send = store.pipeline.send

    def lost(batch: Any) -> None:
        monkeypatch.setattr(store.pipeline, "send", send)
        if is_sent:
            send(batch)
        store.connection.close()
        raise psycopg.OperationalError("lost")

    monkeypatch.setattr(store.pipeline, "send", lost)
    receipt = two.record(
        asked("party register", name="Gamma", id="c-1"),
        lambda: two.other.record(asked("party register", name="Delta")),
    )
    assert (1 if is_sent else 2, 5, False) == (two.decided, receipt.first, receipt.repeated)
    assert [5] == [position for id, position, _ in store.side_rows("commands") if id == "c-1"]  # noqa: A001
    two.other.record(screened("Delta"))
    two.check(receipt)
    two.check(two.one.record(screened("Gamma")))


def test_the_size_was_asked(two: Two) -> None:
    """An entry that states a position as known at is decided again after any entry of others."""
    signing = asked("engagement sign", engagement="E", title="T", kind="memorandum", parties=[{"party": "A"}])
    two.one.record(signing)
    published = asked(
        "disclosure publish", document="D/1", body="Council", cover=[{"engagement": "E", "facets": ["parties"]}]
    )
    receipt = two.record(published, lambda: two.other.record(screened("B")))
    event: Any = two.one.entry(receipt.first).event
    assert (2, 6, 5) == (two.decided, receipt.first, event.as_of.position)
    two.check(receipt)


def test_the_server_extends_the_tree(two: Two) -> None:
    """Entries appended one by one give the same tree as a batch: leaves, head, and full tiles."""
    store = two.one.store
    for number in range(4, 600):
        with store.writing(optimistic=True):
            store.append([row(f"party/{number}", 1, recorded_at="9999-01-15T12:00:00.000000Z", command=f"c-{number}")])
        head = store.committed_head
        assert head is not None
        assert (number, head.root) == (head.size, two.other.store.head().root)
    assert [(1, n) for n in range(2)] == [(level, n) for level, n, _ in store.side_rows("tiles")]
    assert two.other.store.head().root == root_at(599, store)


def test_it_is_whole(two: Two) -> None:
    """Bytes, columns and side tables of concurrent decisions agree."""
    for number in range(6):
        two.decided = 0
        two.record(
            asked("party register", name=f"One {number}", aliases=[f"First {number}"]),
            lambda n=number: two.other.record(asked("party register", name=f"Other {n}")),  # type: ignore[misc]
        )
    assert 15 == check_whole(two.url)
