"""What a reference or name that somebody begins to type may become, read from the log itself."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.format.name_keys import name_key

if TYPE_CHECKING:
    from ledger.stores.lookup import Lookup

# What entries mean is loaded where an entry is read: the names of commands and options need none of it.

MOST = 100
"""How many candidates are given at the most: nobody reads more."""


class Candidate(NamedTuple):
    """A text that would be accepted, and what it means; after an `open` one more is to be typed."""

    value: str
    help: str = ""
    open: bool = False


class Candidates:
    """Finds what can be meant, in one ledger."""

    def __init__(self, lookup: "Lookup") -> None:
        """Read from `lookup`."""
        self.lookup = lookup

    def state(self, stream: str) -> Any:
        """Return the state of a stream."""
        from ledger.domain.registry import new_state
        from ledger.domain.voiding import fold
        from ledger.format.entry import read

        return fold(new_state(stream), [read(data).fact for data in self.lookup.stream(stream)])

    def engagements(self, text: str) -> list[Candidate]:
        """Return engagements by their reference, with their titles."""
        return self._streams("engagement", text, lambda state: state.get("title"))

    def documents(self, text: str) -> list[Candidate]:
        """Return documents that disclosed by their symbol, with the body that was told."""
        return self._streams("disclosure", text, lambda state: state.get("body"))

    def rates(self, text: str) -> list[Candidate]:
        """Return pairs of currencies."""
        return self._streams("rate", text, lambda state: state.get("rate"))

    def _streams(self, kind: str, text: str, about: Callable[[Any], Any]) -> list[Candidate]:
        streams = self.lookup.streams(f"{kind}/{text}", MOST) or self.lookup.streams_with(kind, text, MOST)
        states = ((stream.partition("/")[2], self.state(stream)) for stream in streams)
        return [Candidate(ref, str(about(state) or "")) for ref, state in states if state.exists]

    def parties(self, text: str) -> list[Candidate]:
        """Return parties by a name, alias or identifier that begins so (or at least holds it), or by reference."""
        key = name_key(text)
        by_ref = self.lookup.streams(f"party/{text}", MOST) if text else []
        by_name = self.lookup.named(key, MOST) or self.lookup.named_with(key, MOST)
        found: dict[str, Candidate] = {}
        for stream in dict.fromkeys([*by_ref, *by_name]):
            state, ref = self.state(stream), stream.partition("/")[2]
            if state.exists:
                one = Candidate(ref, state.name) if stream in by_ref else self._by_name(state, ref, key)
                found.setdefault(one.value, one)
        return list(found.values())[:MOST]

    def _by_name(self, state: Any, ref: str, key: str) -> Candidate:
        names = sorted(state.names(), key=lambda name: not name_key(name).startswith(key))
        name = next((name for name in names if key in name_key(name)), state.name)
        if len(self.lookup.bearers(name_key(name))) > 1:
            # Another party bore this name: only the reference says which one is meant.
            return Candidate(ref, state.name)
        return Candidate(name, ref if name == state.name else f"{state.name} ({ref})")

    def payers(self, text: str) -> list[Candidate]:
        """Return parties, and the organisation itself."""
        from ledger.domain.fields import ORGANIZATION

        own = [Candidate(ORGANIZATION, "the organisation itself")] if ORGANIZATION.startswith(text) else []
        return [*own, *self.parties(text)]

    def pledges(self, text: str) -> list[Candidate]:
        """Return payers, with the sign after which the amount is typed."""
        found = self.payers(text) if "=" not in text else []
        return [Candidate(f"{one.value}=", one.help, open=True) for one in found]

    def roles(self, text: str) -> list[Candidate]:
        """Return parties, or behind `PARTY=` the roles in force."""
        party, found, role = text.rpartition("=")
        if not found:
            return self.parties(text)
        return [Candidate(f"{party}={one.value}") for one in self.codes("list.roles", role)]

    def coverage(self, text: str) -> list[Candidate]:
        """Return engagements, or behind `REF=` the facets, several with commas between them."""
        from ledger.domain.facets import FACETS

        ref, found, facets = text.rpartition("=")
        if not found:
            return self.engagements(text)
        held, comma, last = facets.rpartition(",")
        words = matching(FACETS if comma else (*FACETS, "all"), last)
        return [Candidate(f"{ref}={held}{comma}{one.value}") for one in words]

    def codes(self, setting: str, text: str) -> list[Candidate]:
        """Return the words of the list that a setting gives."""
        listed = self.state("ledger").get(setting)
        return matching(listed, text) if isinstance(listed, tuple) else []

    def settings(self, text: str) -> list[Candidate]:
        """Return the names of settings with what they mean."""
        from ledger.domain.organisation.settings import SETTINGS

        return [Candidate(one.value, SETTINGS[one.value]) for one in matching(SETTINGS, text)]

    def parts(self, engagement: str, of: Callable[[Any], dict[str, Any]], text: str) -> list[Candidate]:
        """Return keys of what an engagement holds: its orders, payments, outcomes."""
        held = of(self.state(f"engagement/{engagement}"))
        return [Candidate(one.value, _told(held[one.value])) for one in matching(held, text)]


def matching(words: Iterable[str], text: str) -> list[Candidate]:
    """Return the words that begin with a text, in whatever case."""
    folded = text.casefold()
    return [Candidate(word) for word in words if word.casefold().startswith(folded)][:MOST]


def _told(held: Any) -> str:
    for name in ("subject", "summary", "nature", "title", "what", "order"):
        if isinstance(told := getattr(held, name, None), str):
            return told
    return held if isinstance(held, str) else ""
