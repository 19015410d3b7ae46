"""A witness cosigns any honest growth and refuses any rewritten log: checked on random histories."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.errors import LedgerError
from ledger.tlog.encoding import encoded
from ledger.witness.errors import BadWitnessState, Misbehaviour, Refusal
from tests.witness.logs import Log, Witness, numbered

RUNS = 1000 if os.environ.get("LEDGER_SWEEP") else 60

steps = st.lists(st.integers(0, 40), min_size=1, max_size=8)


@settings(max_examples=RUNS, deadline=None)
@given(steps)
def test_honest_growth_is_always_cosigned(growths: list[int]) -> None:
    """Each checkpoint of any growth, even by no entries, is cosigned and remembered."""
    with tempfile.TemporaryDirectory() as folder:
        log = Log()
        witness = Witness(Path(folder) / "witness", log)
        for growth in growths:
            old = log.size
            log.grow(*numbered(old, old + growth))
            witness.cosign(log.body(old))
            assert log.size == witness.size()


@settings(max_examples=RUNS, deadline=None)
@given(steps, st.data())
def test_a_fork_is_never_cosigned(growths: list[int], data: st.DataObject) -> None:
    """A log with another cosigned entry is refused at any size, from any old size; the true log still grows."""
    with tempfile.TemporaryDirectory() as folder:
        log = Log().grow(b"first")
        witness = Witness(Path(folder) / "witness", log)
        witness.cosign(log.body(0))
        for growth in growths:
            old = log.size
            log.grow(*numbered(old, old + growth))
            witness.cosign(log.body(old))
        cosigned = log.size
        place = data.draw(st.integers(0, cosigned - 1), "first entry that differs")
        fork = log.fork(place, *numbered(place, cosigned + data.draw(st.integers(0, 20), "beyond"), "other"))
        size = data.draw(st.integers(place + 1, fork.size), "size")
        old = data.draw(st.integers(0, size), "old size")
        before = witness.state.path_of(log.key.name).read_bytes()
        with pytest.raises(Refusal) as refused:
            witness.cosign(fork.body(old, size))
        seen = size == cosigned or (size > cosigned and old == cosigned)
        assert seen == isinstance(refused.value, Misbehaviour)
        assert before == witness.state.path_of(log.key.name).read_bytes()
        witness.cosign(log.grow(b"more").body(cosigned))


@settings(max_examples=RUNS, deadline=None)
@given(st.data())
def test_a_changed_submission_is_refused(data: st.DataObject) -> None:
    """A submission with a flipped bit or a cut end is refused: only what the log sent is cosigned."""
    with tempfile.TemporaryDirectory() as folder:
        log = Log().grow(*numbered(0, 5))
        witness = Witness(Path(folder) / "witness", log)
        witness.cosign(log.body(0))
        body = log.grow(*numbered(5, 12)).body(5)
        place = data.draw(st.integers(0, 8 * len(body) - 1), "bit")
        flipped = bytearray(body)
        flipped[place // 8] ^= 1 << place % 8
        for changed in (bytes(flipped), body[: place // 8]):
            with pytest.raises(Refusal):
                witness.cosign(changed)
        witness.cosign(body)


@settings(max_examples=RUNS, deadline=None)
@given(st.data())
def test_arbitrary_submissions(data: st.DataObject) -> None:
    """Any bytes, and any lines of a submission in any order, are refused or cosigned, without another error."""
    with tempfile.TemporaryDirectory() as folder:
        log = Log().grow(*numbered(0, 5))
        witness = Witness(Path(folder) / "witness", log)
        pool = ["old 0", "old 5", "", *log.body(0).decode().splitlines(), encoded(b"\0" * 32), "\u2014 x AAAAAAAA"]
        chosen = data.draw(st.lists(st.sampled_from(pool), max_size=12), "lines")
        for body in (data.draw(st.binary(max_size=300), "bytes"), "".join(f"{line}\n" for line in chosen).encode()):
            try:
                witness.cosign(body)
            except Refusal:
                continue
            assert 5 == witness.size()


@settings(max_examples=RUNS, deadline=None)
@given(st.data())
def test_arbitrary_changes_of_the_folder(data: st.DataObject) -> None:
    """With a byte of its files changed, removed or added, it reports damage, refuses, or remembers the same."""
    with tempfile.TemporaryDirectory() as folder:
        log = Log().grow(*numbered(0, 5))
        witness = Witness(Path(folder) / "witness", log)
        witness.cosign(log.body(0))
        chosen = data.draw(st.sampled_from([witness.state.folder / "policy", witness.state.path_of(log.key.name)]))
        whole = chosen.read_bytes()
        place = data.draw(st.integers(0, len(whole) - 1), "place")
        part = data.draw(st.binary(max_size=2), "what stands there then")
        chosen.write_bytes(whole[:place] + part + whole[place + data.draw(st.integers(0, 2), "how many go") :])
        with suppress(BadWitnessState):
            assert log.checkpoint() == witness.state.last_cosigned(log.key.name, witness.state.keys().key).checkpoint
        for sent in (log.fork(3, b"other", b"another").body(0), log.fork(3, *numbered(3, 9, "other")).body(5)):
            with pytest.raises(LedgerError):
                witness.cosign(sent)
