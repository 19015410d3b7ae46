"""Which parties and engagements belong together, as known at a position of the log."""

from functools import lru_cache

from ledger.application.ledger import Ledger
from ledger.application.party_lookup import records_of, survivor_of
from ledger.domain.engagement.state import Engagement
from ledger.domain.kernel import State
from ledger.domain.registry import new_state
from ledger.domain.voiding import fold

KEPT = 2_000
"""How many parties and engagements are kept: those of groups that follow each other."""


class Related:
    """Parties with those that were merged into them and with their engagements; what was last asked for is kept."""

    def __init__(self, ledger: Ledger, last: int) -> None:
        """Read `ledger` as known at position `last`."""
        self._ledger = ledger
        self._last = last
        self.streams = lru_cache(KEPT)(self._streams)
        self.records = lru_cache(KEPT)(self._records)
        self.counted_as = lru_cache(KEPT)(self._counted_as)
        self.parties = lru_cache(KEPT)(self._parties)

    def state(self, stream: str) -> State:
        """Return the state of a stream."""
        return fold(new_state(stream), self._ledger.facts(stream, self._last))

    def engagement(self, ref: str) -> Engagement:
        """Return the state of an engagement."""
        state = self.state(f"engagement/{ref}")
        assert isinstance(state, Engagement)
        return state

    def engagements(self, party: str) -> set[str]:
        """Return the engagements that ever mentioned a party."""
        streams = self.streams(party)
        return {stream.partition("/")[2] for stream in streams if stream.startswith("engagement/")}

    def takes_part(self, party: str) -> bool:
        """Return whether a party takes part in an engagement."""
        return any(party in self.parties(ref) for ref in self.engagements(party))

    def _streams(self, party: str) -> frozenset[str]:
        """Return the streams that ever mentioned a party."""
        store = self._ledger.store
        positions = [at for at in store.referrers(f"party/{party}") if at <= self._last]
        return frozenset(row.stream for at in positions for row in store.rows(at, at))

    def _records(self, party: str) -> frozenset[str]:
        """Return a party and those that were merged into it."""
        if not any(stream.startswith("party/") for stream in self.streams(party)):
            return frozenset((party,))  # as of nearly all parties: nothing can have been merged into it
        return frozenset(records_of(party, self._ledger.store, self.state))

    def _counted_as(self, party: str) -> frozenset[str]:
        """Return a party and those into which it was merged, one after the other."""
        passed = [party]

        def state_of(stream: str) -> State:
            passed.append(stream.partition("/")[2])
            return self.state(stream)

        survivor_of(party, state_of)
        return frozenset(passed)

    def _parties(self, ref: str) -> frozenset[str]:
        """Return the parties that take part in an engagement."""
        return parties_in(self.engagement(ref))


def parties_in(state: Engagement) -> frozenset[str]:
    """Return the parties that take part in an engagement: in a role, as payers, and as vendors."""
    balances = state.balances
    payers = {payer for payer, _ in balances.contributions} | {gift.by for gift in balances.in_kind.values()}
    vendors = {order.vendor for order in balances.orders.values()}
    return frozenset({role.party for role in state.roles()} | payers | vendors)
