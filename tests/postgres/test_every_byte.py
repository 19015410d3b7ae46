"""The conversation of a commit is cut after each of its bytes: what is acknowledged stands once, and nothing else."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.stores.errors import ConnectionLost
from ledger.stores.log_writer import OptimisticConflict
from ledger.stores.postgres.store import PostgresStore
from ledger.verify.procedure import verify_log
from tests.faults.processes import new_ledger, request
from tests.postgres import shared
from tests.postgres.proxy import HOWS, WAYS, Cut, How, Proxy, Way, through_proxy
from tests.postgres.test_passing_faults import with_settings

STEP = {"fin": 61, "rst": 61, "silence": 401}
"""After how many further bytes the next cut is made in a sample; silence costs the time until the client gives up."""
IS_WHOLE = bool(os.environ.get("LEDGER_SWEEP"))


class Conversation:
    """A writer whose connection is cut while it commits, and somebody who sees the log by another way."""

    def __init__(self, proxy: Proxy, url: str, direct: str) -> None:
        """Connect both."""
        self.proxy = proxy
        self.writer = open_ledger(url)
        self.seen = PostgresStore(direct)
        self.outcomes: Counter[str] = Counter()
        self.acknowledged: dict[str, int] = {}

    def length(self, way: Way, *, optimistic: bool) -> int:
        """Return how many bytes go one way in a commit, at most."""
        self._perform("first", optimistic=optimistic)
        return self.proxy.bytes[way]

    def cut(self, cut: Cut, *, optimistic: bool) -> None:
        """Commit once, and check what is said of it against the log."""
        name = f"{cut.how}-{cut.way}-{cut.after}"
        try:
            self.acknowledged[name] = self._perform(name, cut, optimistic=optimistic)
            self.outcomes["acknowledged"] += 1
        except (ConnectionLost, OptimisticConflict):
            self.outcomes["lost"] += 1
        self.proxy.count()
        found = self.seen.recorded(name)
        assert self.acknowledged.get(name) == (found and found.first), (cut, self.outcomes)

    def _perform(self, name: str, cut: Cut | None = None, *, optimistic: bool) -> int:
        with self.writer.recording(optimistic=optimistic) as unit:
            unit.perform(request(name, command="party register", name=name))
            self.proxy.count(cut)
        head = self.writer.store.committed_head
        assert head is not None
        return head.size

    def check(self) -> None:
        """Check the whole log."""
        assert [] == verify_log(self.seen).findings
        recorded = {json.loads(data)["command"]: position for position, data in self.seen.entries()}
        assert self.acknowledged == {name: recorded.get(name) for name in self.acknowledged}
        self.writer.close()
        self.seen.close()


@pytest.fixture
def talk(postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Conversation]:
    """Return a conversation that goes through a proxy, and whose silence is noticed within a second."""
    new_ledger(tmp_path, postgres_url)
    monkeypatch.setattr("ledger.stores.postgres.connection.ANSWER_SECONDS", 0.1)
    monkeypatch.setattr("ledger.stores.postgres.connection.ASLEEP_SECONDS", 0.3)
    with through_proxy(postgres_url, shared.server().port) as (proxy, url):
        yield Conversation(proxy, with_settings(url, statement_timeout=400), postgres_url)


@pytest.mark.slow
@pytest.mark.parametrize("optimistic", [True, False], ids=["optimistic", "held"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("how", HOWS)
def test_a_commit_is_cut_after_every_byte(talk: Conversation, how: How, way: Way, optimistic: bool) -> None:
    """Given a commit, when its conversation ends anywhere, then it is acknowledged and stands, or is neither."""
    length = talk.length(way, optimistic=optimistic)
    assert 50 < length
    step = 1 if IS_WHOLE else STEP[how]
    for after in sorted({*range(0, length, step), length - 1}):
        talk.cut(Cut(way, after, how), optimistic=optimistic)
    assert 0 < talk.proxy.cuts
    assert way == "up" or talk.outcomes["acknowledged"] > 0, talk.outcomes
    talk.check()


def test_a_command_is_recorded_by_itself(talk: Conversation) -> None:
    """Given a cut, when a single command is recorded, then it is tried again by itself, and recorded once."""
    ledger: Ledger = talk.writer
    cuts: list[Cut] = [Cut("up", 10, "rst"), Cut("down", 3, "rst"), Cut("up", 300, "fin"), Cut("down", 60, "fin")]
    for number, cut in enumerate(cuts):
        talk.proxy.count(cut)
        assert 4 + number == ledger.record(request(f"c{number}", command="party register", name=f"C{number}")).first
    assert 4 == talk.proxy.cuts
    talk.check()
