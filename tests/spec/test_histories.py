"""For any sequence of requests, the cached state of a transaction equals the state folded from the log."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.application.transaction import UnitOfWork
from ledger.domain.disclosure.commands import CoverMore, PublishDisclosure
from ledger.domain.disclosure.disclosure import Coverage
from ledger.domain.engagement.lifecycle_commands import AmendEngagement, ExtendEngagement
from ledger.domain.engagement.money.contributions import CommitContribution, ReceiveContribution, RefundContribution
from ledger.domain.engagement.money.order_commands import AmendOrder, CancelOrder
from ledger.domain.engagement.money.payments import ReversePayment
from ledger.domain.engagement.oversight.outcomes import RecordOutcome
from ledger.domain.errors import LedgerError
from ledger.domain.facets import FACETS
from ledger.domain.kernel import Command
from ledger.domain.organisation.settings import OpenLedger
from ledger.domain.party.party import AddAlias, RegisterParty, RenameParty
from ledger.domain.registry import new_state
from ledger.domain.voiding import VoidEntries, fold, unvoided, validated_fold
from ledger.files.attachments import Attachments
from ledger.format.entry import decode, encode
from ledger.tlog.compact import CompactRange
from ledger.tlog.merkle import leaf_hash
from tests.spec.examples import EXAMPLES
from tests.spec.scenario import Scenario, money
from tests.spec.steps import STEPS
from tests.spec.stories import acceptance, order, payment, pledge, proposal, signature

PARTY = st.sampled_from(["ALPHA", "BETA", "Alpha University", "Gamma"])
AMOUNT = st.sampled_from(["USD 10", "USD 40", "USD 100", "CHF 7"]).map(money)
NUMBER = st.sampled_from(["SO-1", "SO-2"])
EVERY = st.sampled_from(
    [
        command
        for given, last in EXAMPLES.values()
        for command in (*given, last)
        if not isinstance(command, (OpenLedger, VoidEntries))
    ]
)
"""The commands of the examples: of every type of event, about the same few references."""
STEP = st.sampled_from([command for command, _ in STEPS.values()])
MONEY = st.sampled_from([CommitContribution, ReceiveContribution, RefundContribution])
COVER = st.builds(
    Coverage, st.sampled_from(["E1", "E2"]), st.lists(st.sampled_from(FACETS), unique=True, max_size=3).map(tuple)
)


def _with(make: Callable[..., Command], **members: Any) -> st.SearchStrategy[Command]:
    return st.builds(
        make, **{name: st.just(value) if isinstance(value, str) else value for name, value in members.items()}
    )


COMMANDS: st.SearchStrategy[Command] = st.one_of(
    EVERY,
    EVERY,
    STEP,
    _with(RegisterParty, name=PARTY, ref=st.sampled_from(["ALPHA", "BETA", None])),
    _with(RenameParty, party=PARTY, name=st.sampled_from(["Alpha Institute", "Alpha University"])),
    _with(AddAlias, party=PARTY, alias=st.sampled_from(["AU", "Gamma"])),
    st.just(proposal()),
    st.just(signature(contributions=(pledge("BETA", "USD 100"),))),
    st.just(signature("E2", ceiling=money("USD 150"))),
    _with(AmendEngagement, engagement="E1", title=st.sampled_from(["One", "Two"])),
    _with(ExtendEngagement, engagement="E1", ends_on=st.sampled_from(["2026-12-31", "2027-12-31"])),
    MONEY.flatmap(lambda make: _with(make, engagement="E1", payer=PARTY, amount=AMOUNT)),
    _with(order, number=NUMBER, amount=st.sampled_from(["USD 100", "USD 40"])),
    _with(AmendOrder, engagement="E1", number=NUMBER, amount=AMOUNT),
    _with(CancelOrder, engagement="E1", number=NUMBER),
    _with(acceptance, amount=st.sampled_from(["USD 10", "USD 40"]), number=NUMBER),
    _with(payment, amount=st.sampled_from(["USD 10", "USD 40"]), number=NUMBER),
    _with(ReversePayment, engagement="E1", payment=st.sampled_from(["SO-1/1", "SO-1/2"])),
    _with(RecordOutcome, engagement="E1", summary=st.sampled_from(["One", "Two"])),
    _with(
        PublishDisclosure,
        document=st.sampled_from(["D1", "D2"]),
        body="Council",
        cover=st.lists(COVER, max_size=2).map(tuple),
    ),
    _with(CoverMore, document="D1", cover=st.lists(COVER, max_size=2).map(tuple)),
    _with(VoidEntries, positions=st.lists(st.integers(2, 25), min_size=1, max_size=3).map(tuple), reason="x"),
)
REQUESTS = st.lists(
    st.tuples(
        st.lists(COMMANDS, min_size=1, max_size=2),
        st.sampled_from(["2024-01-01", "2024-03-01", "2024-06-01", "2026-01-15"]),
    ),
    min_size=10,
    max_size=30,
)
BEGIN: list[tuple[list[Command], str]] = [
    ([RegisterParty(ref="ALPHA", name="Alpha University"), RegisterParty(ref="BETA", name="Beta")], "2024-01-01"),
    (
        [signature(contributions=(pledge("BETA", "USD 100"),)), order(), acceptance("USD 60"), payment("USD 40")],
        "2024-01-01",
    ),
    (
        [PublishDisclosure(document="D1", body="Council", as_of_on="2024-01-01", cover=(Coverage("E1", FACETS),))],
        "2024-01-01",
    ),
]


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(REQUESTS)
def test_cached_states_equal_the_log(kept: Attachments, requests: list[tuple[list[Command], str]]) -> None:
    """The states are equal after accepted and refused requests, in one transaction and in several."""
    _live(kept, requests)


@pytest.mark.sweep
@settings(max_examples=3_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(REQUESTS)
def test_cached_states_equal_the_log_at_length(kept: Attachments, requests: list[tuple[list[Command], str]]) -> None:
    """The same for many more histories."""
    _live(kept, requests)


def _live(kept: Attachments, requests: list[tuple[list[Command], str]]) -> None:
    spec = Scenario(kept)
    for commands, day in BEGIN:
        spec.ledger.record(spec.request(*commands, effective_on=day))
    for commands, day in requests[::2]:
        _ask(spec, commands, day)
    with spec.ledger.recording() as unit:
        for commands, day in requests[1::2]:
            _ask(spec, commands, day, unit)
        _check_known(spec, unit)
    _check_log(spec)
    spec.close()


def _ask(spec: Scenario, commands: list[Command], day: str, unit: UnitOfWork | None = None) -> None:
    before = spec.size
    perform = unit.perform if unit else spec.ledger.record
    try:
        receipt = perform(spec.request(*commands, effective_on=day))
    except LedgerError:
        assert before == spec.size
    else:
        assert before + receipt.count == spec.size


def _check_known(spec: Scenario, unit: UnitOfWork) -> None:
    for stream in {spec.entry(position).stream for position in range(1, spec.size + 1)}:
        state, version = spec.ledger.fold(stream)
        loaded = unit.load(stream)
        assert (version, vars(state)) == (loaded.version, vars(loaded.state))
    assert [] == unit.pending


def _check_log(spec: Scenario) -> None:
    tree = CompactRange()
    streams: dict[str, list[Any]] = {}
    for position, data in spec.store.entries():
        entry = decode(data)
        assert data == encode(entry)
        tree.append(leaf_hash(data))
        streams.setdefault(entry.stream, []).append(entry.fact)
        assert (position, len(streams[entry.stream])) == (tree.size, entry.version)
    assert (tree.size, tree.root()) == (spec.size, spec.store.head().root)
    known = {}
    for stream, facts in streams.items():
        known[stream], broken = validated_fold(new_state(stream), facts)
        assert ([], vars(known[stream])) == (broken, vars(fold(new_state(stream), facts)))
    _check_references(spec, known)


def _check_references(spec: Scenario, known: dict[str, Any]) -> None:
    for stream in known:
        for fact in unvoided(spec.ledger.facts(stream)):
            for target in fact.event.mentions():
                of, _, part = target.partition("|")
                assert known[of].exists
                assert not part or part in known[of].parts()
