"""Concurrent writers in optimistic mode: a command is decided again only if its read set has changed."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from ledger.application.open import make_ledger, open_ledger
from ledger.application.receipt import Receipt
from ledger.application.recording_time import ClockSetBack
from ledger.application.request import Request, command_from
from ledger.application.transaction import UnitOfWork
from ledger.domain.errors import LedgerError
from ledger.domain.refusals import UnknownParty
from ledger.replay.procedure import replay_log
from ledger.tlog.proof import root_at
from ledger.verify.procedure import verify_log
from tests.postgres.test_migrate import OPEN
from tests.stores.integrity import check_whole
from tests.stores.rows import row


class TwoWriters:
    """Two writers of one ledger: while one decides, the other records."""

    def __init__(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Open both; `shift` is how far the clock of the other writer is ahead."""
        self.url = url
        self.decided = 0
        self.shift = timedelta(0)
        self.writer = open_ledger(url)
        self.other_writer = open_ledger(url, clock=self._later)
        self._monkeypatch = monkeypatch

    def _later(self) -> datetime:
        return datetime.now(UTC) + self.shift

    def record(self, request: Request, meanwhile: Callable[[], object]) -> Receipt:
        """Record as one writer; `meanwhile` is called once, after the decision and before it is sent."""
        perform = UnitOfWork.perform

        def interrupted(unit: UnitOfWork, request: Request) -> Receipt:
            receipt = perform(unit, request)
            if unit.store is self.writer.store:
                self.decided += 1
                if self.decided == 1:
                    meanwhile()
            return receipt

        with self._monkeypatch.context() as patched:
            patched.setattr(UnitOfWork, "perform", interrupted)
            return self.writer.record(request)

    def check(self, receipt: Receipt) -> None:
        """Assert that the log is whole, and that a receipt is that of the log when its entries were the last."""
        assert [] == verify_log(self.other_writer.store).findings
        assert [] == replay_log(self.other_writer)
        assert receipt.first + receipt.count - 1 == receipt.size
        assert root_at(receipt.size, self.other_writer.store) == receipt.root


@pytest.fixture
def two(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[TwoWriters]:
    """Return two writers of a ledger with two parties."""
    make_ledger(postgres_url, OPEN, "staff/1")
    writers = TwoWriters(postgres_url, monkeypatch)
    for ref in ("A", "B"):
        writers.writer.record(request("party register", ref=ref, name=f"Name of {ref}"))
    yield writers
    writers.writer.close()
    writers.other_writer.close()


def request(command: str, /, *, id: str | None = None, **members: Any) -> Request:  # noqa: A002 - as requests have it
    """Return a request for one command."""
    return Request(commands=(command_from({"command": command, **members}),), actor="staff/1", id=id)


def screened(ref: str) -> Request:
    """Return the screening of a party."""
    return request("party screen", party=ref, list="consolidated", result="clear")


def test_others_are_elsewhere(two: TwoWriters) -> None:
    """Entries of others in unrelated streams do not matter: the command is decided once; its receipt is right."""
    receipt = two.record(screened("A"), lambda: [two.other_writer.record(screened("B")) for _ in range(3)])
    assert (1, 7, 1) == (two.decided, receipt.first, receipt.count)
    two.check(receipt)
    two.check(two.writer.record(screened("B")))
    assert [1, 2, 3, 4, 5] == [fact.version for fact in two.writer.facts("party/B")]


def test_others_are_in_the_same_stream(two: TwoWriters) -> None:
    """A command is decided again if a stream of its read set has changed."""
    receipt = two.record(screened("A"), lambda: two.other_writer.record(screened("A")))
    assert (2, 5) == (two.decided, receipt.first)
    two.check(receipt)


def test_the_lock_comes_first_while_others_record(two: TwoWriters, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who was too late once asks for the lock first, until nobody else recorded between two of its commands."""
    tried: list[bool] = []
    writing = two.writer.store.writing

    def watched(*, optimistic: bool = False) -> Any:
        tried.append(optimistic)
        return writing(optimistic=optimistic)

    monkeypatch.setattr(two.writer.store, "writing", watched)
    two.record(screened("A"), lambda: two.other_writer.record(screened("A")))
    assert [True, False] == tried
    two.other_writer.record(screened("A"))
    for _ in range(3):
        two.check(two.writer.record(screened("A")))
    assert [True, False, False, False, True] == tried


def test_a_stream_that_was_only_read(two: TwoWriters) -> None:
    """A stream that was only read belongs to the read set: here a party that is voided meanwhile."""
    signing = request(
        "engagement sign", engagement="E", title="T", kind="memorandum", parties=[{"party": "A"}, {"party": "B"}]
    )
    with pytest.raises(UnknownParty, match="B"):
        two.record(signing, lambda: two.other_writer.record(request("void", positions=[3], reason="A test")))
    assert 4 == two.other_writer.store.head().size


def test_others_take_the_name(two: TwoWriters) -> None:
    """A name that was free when it was looked up is refused after another writer used it."""
    with pytest.raises(LedgerError, match="Gamma"):
        two.record(
            request("party register", ref="C", name="Gamma"),
            lambda: two.other_writer.record(request("party register", ref="D", name="GAMMA")),
        )
    assert 4 == two.other_writer.store.head().size


def test_others_take_the_number(two: TwoWriters) -> None:
    """Concurrent commands that draw a number get different ones, and are found by them.

    A party is decided again if others were registered meanwhile: its name may look like one of theirs.
    """
    receipt = two.record(
        request("party register", name="Gamma"),
        lambda: [two.other_writer.record(request("party register", name=f"Delta {n}")) for n in range(2)],
    )
    assert (2, "party/P00003") == (two.decided, two.writer.entry(receipt.first).stream)
    two.check(receipt)
    two.writer.record(screened("Gamma"))
    two.writer.record(screened("P00001"))
    assert [[1, 2], [1], [1, 2]] == [
        [fact.version for fact in two.writer.facts(f"party/{ref}")] for ref in ("P00001", "P00002", "P00003")
    ]
    two.check(two.writer.record(request("party register", name="Epsilon")))


def test_a_number_that_is_also_a_name(two: TwoWriters) -> None:
    """If the number occurs elsewhere in the entry, the command is decided again."""
    receipt = two.record(
        request("party register", name="Not P00001"),
        lambda: two.other_writer.record(request("party register", name="Delta")),
    )
    assert (2, "party/P00002") == (two.decided, two.writer.entry(receipt.first).stream)
    two.check(receipt)


def test_numbers_come_to_an_end(two: TwoWriters) -> None:
    """If the last number was drawn meanwhile, the command is decided again."""
    receipt = two.record(
        request("party register", name="Gamma"),
        lambda: [
            two.other_writer.record(request("party register", name=f"Party of {ref}", ref=ref))
            for ref in ("P00001", "P99999")
        ],
    )
    assert (2, "party/P100000") == (two.decided, two.writer.entry(receipt.first).stream)
    two.check(receipt)


def test_others_record_later(two: TwoWriters) -> None:
    """Times never decrease: an entry gets the time of a slightly later one of others; a much later one refuses it."""
    two.shift = timedelta(seconds=0.8)
    receipt = two.record(screened("A"), lambda: two.other_writer.record(screened("B")))
    assert 1 == two.decided
    assert two.writer.entry(4).recorded_at == two.writer.entry(5).recorded_at
    two.check(receipt)
    two.shift, two.decided = timedelta(hours=1), 0
    with pytest.raises(ClockSetBack):
        two.record(screened("A"), lambda: two.other_writer.record(screened("B")))


def test_others_send_the_same_command(two: TwoWriters) -> None:
    """A command that others recorded under its id meanwhile is recorded once; so is one that was recorded before."""
    same = request("party register", ref="C", name="Gamma", id="c-1")
    receipt = two.record(same, lambda: two.other_writer.record(same))
    assert (4, True) == (receipt.first, receipt.repeated)
    assert (4, True) == ((again := two.writer.record(same)).first, again.repeated)
    assert 4 == two.other_writer.store.head().size
    two.check(receipt)


@pytest.mark.parametrize("is_sent", [True, False])
def test_the_answer_is_lost(two: TwoWriters, monkeypatch: pytest.MonkeyPatch, is_sent: bool) -> None:
    """If a connection is lost with the answer, the id of the command shows whether it was recorded, and where."""
    store: Any = two.writer.store
    send = store.pipeline.send

    def lost(batch: Any) -> None:
        monkeypatch.setattr(store.pipeline, "send", send)
        if is_sent:
            send(batch)
        store.connection.close()
        raise psycopg.OperationalError("lost")

    monkeypatch.setattr(store.pipeline, "send", lost)
    receipt = two.record(
        request("party register", name="Gamma", id="c-1"),
        lambda: two.other_writer.record(request("party register", name="Delta")),
    )
    assert (2, 5, False) == (two.decided, receipt.first, receipt.repeated)
    assert [5] == [position for id, position, _ in store.side_rows("commands") if id == "c-1"]  # noqa: A001
    two.other_writer.record(screened("Delta"))
    two.check(receipt)
    two.check(two.writer.record(screened("Gamma")))


def test_a_stated_position(two: TwoWriters) -> None:
    """An entry that states a position as known at is decided again after any entry of others."""
    signing = request("engagement sign", engagement="E", title="T", kind="memorandum", parties=[{"party": "A"}])
    two.writer.record(signing)
    published = request(
        "disclosure publish",
        document="D/1",
        body="Council",
        as_of_on="2026-12-31",
        cover=[{"engagement": "E", "facets": ["parties"]}],
    )
    receipt = two.record(published, lambda: two.other_writer.record(screened("B")))
    event: Any = two.writer.entry(receipt.first).event
    assert (2, 6, 5) == (two.decided, receipt.first, event.as_of.position)
    two.check(receipt)


def test_the_server_extends_the_tree(two: TwoWriters) -> None:
    """Entries appended one by one give the same tree as a batch: leaves, head, and full tiles."""
    store = two.writer.store
    for number in range(4, 600):
        with store.writing(optimistic=True):
            store.append([row(f"party/{number}", 1, recorded_at="9999-01-15T12:00:00.000000Z", command=f"c-{number}")])
        head = store.committed_head
        assert head is not None
        assert (number, head.root) == (head.size, two.other_writer.store.head().root)
    assert [(1, n) for n in range(2)] == [(level, n) for level, n, _ in store.side_rows("tiles")]
    assert two.other_writer.store.head().root == root_at(599, store)


def test_the_log_is_whole(two: TwoWriters) -> None:
    """Bytes, columns and side tables of concurrent decisions agree."""
    for number in range(6):
        two.decided = 0
        two.record(
            request("party register", name=f"One {number}", aliases=[f"First {number}"]),
            lambda n=number: two.other_writer.record(request("party register", name=f"Other {n}")),  # type: ignore[misc]
        )
    assert 15 == check_whole(two.url)
