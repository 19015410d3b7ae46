"""The entries of verdicts over random histories and guidelines: each moves its verdict, there and back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.application.ledger import Ledger
from ledger.domain.errors import LedgerError
from projections.compliance.answers import Answer
from projections.compliance.verdicts import Court, Verdict
from projections.compliance.versions import Versions
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.runner.follow import catch_up
from projections.runner.place import engine_at
from tests.compliance.drawn import drawn, every_word
from tests.compliance.world import guidelines, rule, world
from tests.projections.histories import histories, play
from tests.projections.small_ledger import record
from tests.projections.test_equal import SWEEP, examples

ON = "2026-06-30"
MOST = 400 if SWEEP else 12
"""How many entries of a history are voided."""
INTEREST = "a party is paid, and it or an affiliated party gives"
Verdicts = dict[tuple[str, ...], Verdict]


def _words(answer: Answer) -> tuple[Any, ...]:
    """Return what was found for each condition."""
    return answer.holds, answer.said, tuple(map(_words, answer.parts))


def _said(verdict: Verdict) -> tuple[Any, ...]:
    """Return all that a verdict says, without its entries: its status, its case, and what was found."""
    case = (verdict.case.on, verdict.case.entry)
    return verdict.status, verdict.due_on, verdict.said, verdict.missing, case, _words(verdict.answer)


def _all(verdicts: Verdicts) -> dict[tuple[str, ...], tuple[Any, ...]]:
    return {key: (*_said(verdict), verdict.entries) for key, verdict in verdicts.items()}


def why_it_stays(verdict: Verdict, after: Verdict | None, entry: int) -> str | None:
    """Return why a verdict says the same without one of its entries; empty if it is another, None if for no reason."""
    if after is None or _said(after) != _said(verdict):
        return ""
    if {*after.entries} - {*verdict.entries}:
        return "another entry says it"
    if entry in after.entries:
        return "a document showed it at its as-of" if "disclosed by" in verdict.said else None
    if any(entry in leaf.entries and INTEREST in leaf.said for leaf in _leaves(verdict.answer)):
        return "other entries show that the party is paid, or gives"
    return None


def _leaves(answer: Answer) -> Iterator[Answer]:
    if not answer.parts:
        yield answer
    for part in answer.parts:
        yield from _leaves(part)


@contextmanager
def _judged(story: Any, seed: int) -> Iterator[tuple[Ledger, Callable[[int], Verdicts]]]:
    """Yield a ledger with a history and guidelines, and what returns the verdicts as known at a position."""
    with TemporaryDirectory() as name:
        ledger = play(story, Path(name))
        texts = [
            drawn(seed + number, f"X/{number}", f"2024-0{number}-01").replace('set = "test"', 'set = "drawn"')
            for number in (1, 2)
        ]
        for text in (*texts, every_word("X/3", "2024-01-01", seed % 19)):
            record(ledger, "guidelines adopt", "2026-01-01", text=text)
        if seed % 4 == 0:
            record(ledger, "guidelines repeal", "2025-06-01", symbol="X/3")
        engine = engine_at(Path(name) / "tables.db")

        def verdicts(known_at: int) -> Verdicts:
            catch_up(ledger, engine)
            with engine.connect() as db:
                queries = Queries(db, BitemporalPoint(ON, known_at))
                found = Court(queries, Versions.recorded(queries)).verdicts(sorted(queries.statuses()))
                return {(verdict.engagement, *verdict.key): verdict for verdict in found}

        yield ledger, verdicts
        engine.dispose()
        ledger.close()


@examples(150, 5)
@given(story=histories, seed=st.integers(0, 10**6))
def test_every_entry_moves_its_verdict(story: Any, seed: int) -> None:
    """Without an entry a verdict is another, or there is a reason; with it, it is back; what was known then stays."""
    with _judged(story, seed) as (ledger, verdicts):
        size = ledger.store.head().size
        first = verdicts(size)
        entries = sorted({entry for verdict in first.values() for entry in verdict.entries})
        for entry in entries[:: len(entries) // MOST + 1]:
            try:
                void = record(ledger, "void", ON, positions=[entry], reason="To see what rests on it")
            except LedgerError:
                continue  # what stands on it keeps it
            without = verdicts(void)
            for key, verdict in first.items():
                if entry in verdict.entries:
                    after = without.get(key)
                    assert why_it_stays(verdict, after, entry) is not None, (entry, key, verdict.entries, after)
            back = record(ledger, "void", ON, positions=[void], reason="It was right")
            assert _all(first) == _all(verdicts(back))
            assert _all(first) == _all(verdicts(size))


REVIEWED = rule('{ fact = "review", every_days = 200 }', at="in-force")


def test_the_end_shows_reviews_where_it_matters() -> None:
    """The end is among the entries only if without it reviews would be missing, or later ones would count."""
    for days, is_shown, status in (
        (("2024-08-01", "2025-01-10"), True, "met"),  # after the extended end more would be due
        ((), False, "not met"),  # without the extension it would be missing, too
        (("2025-11-01",), True, "not met"),  # a review after the end, which would count
    ):
        with world() as own:
            own.adopt(guidelines(REVIEWED))
            own.sign(ends_on="2024-06-30")
            extended = own.do("engagement extend", "2024-06-01", engagement="E1", ends_on="2025-03-31")
            for day in days:
                own.do("review hold", day, engagement="E1", findings="On track")
            (verdict,) = own.verdicts()
            assert (status, is_shown) == (verdict.status, extended in verdict.entries), days


def test_a_repeal_is_no_entry_of_what_it_left() -> None:
    """A verdict on a case before the repeal would be the same without it."""
    with world() as own:
        own.adopt(guidelines(rule('{ fact = "analysis" }')))
        own.sign()
        (before,) = own.verdicts()
        own.do("guidelines repeal", "2025-01-01", symbol="GL/1")
        (after,) = own.verdicts()
        assert before.entries == after.entries


def test_an_assessment_does_not_show_an_interest() -> None:
    """That a party is paid and gives is the same whether or not the conflict of interest is assessed."""
    with world() as own:
        own.adopt(guidelines(rule('{ fact = "analysis" }', when="{ interest = true }", at="ordered")))
        own.sign(contributions=[{"by": "A", "amount": {"currency": "USD", "value": "1.00"}}])
        amount = {"currency": "USD", "value": "60.00"}
        own.do("order issue", "2024-03-02", engagement="E1", number="S1", subject="Report", amount=amount)
        (before,) = own.verdicts()
        own.do("conflict declare", "2024-03-01", engagement="E1", nature="A donor", between=["A"])
        own.do("conflict assess", "2024-03-01", engagement="E1", conflict="C1", outcome="accepted")
        (after,) = own.verdicts()
        assert ("not met", before.entries) == (after.status, after.entries)


def test_one_flag_is_enough() -> None:
    """A raised flag shows that one is raised; another that is raised too says it without the first."""
    with world() as own:
        own.adopt(guidelines(rule('{ fact = "analysis" }', when="{ flagged = true }")))
        first, second = (own.do("party flag", "2024-02-01", party="A", what=what) for what in ("A case", "A tender"))
        own.sign()
        (both,) = own.verdicts()
        own.do("void", "2024-06-01", positions=[first], reason="Another party")
        (one,) = own.verdicts()
        assert ("not met", True, False) == (both.status, first in both.entries, second in both.entries)
        assert ("not met", False, True) == (one.status, first in one.entries, second in one.entries)


def test_what_was_lifted_shows_that_no_flag_is_raised() -> None:
    """Each flag that was lifted would be raised without the entry that lifted it."""
    with world() as own:
        own.adopt(guidelines(rule('{ fact = "analysis" }', when="{ flagged = true }")))
        for what in ("A case", "A tender"):
            own.do("party flag", "2024-02-01", party="A", what=what)
        lifts = [own.do("party unflag", "2024-02-02", party="A", flag=flag, why="Dismissed") for flag in ("F1", "F2")]
        own.sign()
        (before,) = own.verdicts()
        assert ("does not apply", {*lifts}) == (before.status, {*lifts} & {*before.entries})
        for lift in lifts:
            void = own.do("void", "2024-06-01", positions=[lift], reason="Not dismissed")
            (raised,) = own.verdicts()
            assert "not met" == raised.status
            own.do("void", "2024-06-01", positions=[void], reason="It was")
