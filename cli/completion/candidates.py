"""Completion candidates for references and names, read from the log itself."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.format.name_keys import name_key

if TYPE_CHECKING:
    from ledger.stores.lookup import Lookup

# The domain is imported where an entry is read: completing the names of commands and options does not need it.

MAX_CANDIDATES = 100
"""Upper bound on candidates: nobody reads more."""


class Candidate(NamedTuple):
    """A text that the command accepts, and what it means; after an `open` candidate the user types on."""

    value: str
    help: str = ""
    open: bool = False


class Candidates:
    """Finds candidates in one ledger."""

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
        """Return disclosure documents by their symbol, with the body that received them."""
        return self._streams("disclosure", text, lambda state: state.get("body"))

    def findings(self, text: str) -> list[Candidate]:
        """Return the findings that were assessed, by their keys, with what became of them."""
        return self._streams("finding", text, lambda state: state.get("assessment"))

    def controls(self, text: str) -> list[Candidate]:
        """Return the parameters of controls that were adopted, by their symbols, with their titles."""
        return self._streams("controls", text, lambda state: next((line.value for line in state.describe()), ""))

    def rates(self, text: str) -> list[Candidate]:
        """Return pairs of currencies."""
        return self._streams("rate", text, lambda state: state.get("rate"))

    def _streams(self, kind: str, text: str, about: Callable[[Any], Any]) -> list[Candidate]:
        streams = self.lookup.streams(f"{kind}/{text}", MAX_CANDIDATES) or self.lookup.streams_with(
            kind, text, MAX_CANDIDATES
        )
        states = ((stream.partition("/")[2], self.state(stream)) for stream in streams)
        return [Candidate(ref, str(about(state) or "")) for ref, state in states if state.exists]

    def parties(self, text: str) -> list[Candidate]:
        """Return parties by reference, or by a name, alias or identifier that begins with the text or contains it."""
        key = name_key(text)
        by_ref = self.lookup.streams(f"party/{text}", MAX_CANDIDATES) if text else []
        by_name = self.lookup.named(key, MAX_CANDIDATES) or self.lookup.named_with(key, MAX_CANDIDATES)
        candidates: dict[str, Candidate] = {}
        for stream in dict.fromkeys([*by_ref, *by_name]):
            state, ref = self.state(stream), stream.partition("/")[2]
            if state.exists and not state.merged_into:
                candidate = Candidate(ref, state.name) if stream in by_ref else self._by_name(state, ref, key)
                candidates.setdefault(candidate.value, candidate)
        return list(candidates.values())[:MAX_CANDIDATES]

    def _by_name(self, state: Any, ref: str, key: str) -> Candidate:
        names = sorted(state.names(), key=lambda name: not name_key(name).startswith(key))
        name = next((name for name in names if key in name_key(name)), state.name)
        if len(self.lookup.bearers(name_key(name))) > 1:
            # Another party has had this name: only the reference is unambiguous.
            return Candidate(ref, state.name)
        return Candidate(name, ref if name == state.name else f"{state.name} ({ref})")

    def payers(self, text: str) -> list[Candidate]:
        """Return parties, and the organisation itself."""
        from ledger.domain.fields import ORGANIZATION

        own = [Candidate(ORGANIZATION, "the organisation itself")] if ORGANIZATION.startswith(text) else []
        return [*own, *self.parties(text)]

    def pledges(self, text: str) -> list[Candidate]:
        """Return payers with `=`, after which the user types the amount."""
        payers = self.payers(text) if "=" not in text else []
        return [Candidate(f"{payer.value}=", payer.help, open=True) for payer in payers]

    def roles(self, text: str) -> list[Candidate]:
        """Return parties, or after `PARTY=` the roles in force."""
        party, equals, role = text.rpartition("=")
        if not equals:
            return self.parties(text)
        return [Candidate(f"{party}={code.value}") for code in self.codes("list.roles", role)]

    def coverage(self, text: str) -> list[Candidate]:
        """Return engagements, or after `REF=` the facets, separated by commas."""
        from ledger.domain.facets import FACETS

        ref, equals, facets = text.rpartition("=")
        if not equals:
            return self.engagements(text)
        chosen, comma, last = facets.rpartition(",")
        names = matching(FACETS if comma else (*FACETS, "all"), last)
        return [Candidate(f"{ref}={chosen}{comma}{name.value}") for name in names]

    def codes(self, setting: str, text: str) -> list[Candidate]:
        """Return the codes of the list that a setting holds."""
        listed = self.state("ledger").get(setting)
        return matching(listed, text) if isinstance(listed, tuple) else []

    def settings(self, text: str) -> list[Candidate]:
        """Return the names of settings with what they mean."""
        from ledger.domain.organisation.settings import SETTINGS

        return [Candidate(name.value, SETTINGS[name.value]) for name in matching(SETTINGS, text)]

    def parts(self, engagement: str, of: Callable[[Any], dict[str, Any]], text: str) -> list[Candidate]:
        """Return the keys of parts of an engagement: its orders, payments, outcomes."""
        parts = of(self.state(f"engagement/{engagement}"))
        return [Candidate(key.value, _label(parts[key.value])) for key in matching(parts, text)]


def matching(words: Iterable[str], text: str) -> list[Candidate]:
    """Return the words that begin with a text, regardless of case."""
    folded = text.casefold()
    return [Candidate(word) for word in words if word.casefold().startswith(folded)][:MAX_CANDIDATES]


def _label(part: Any) -> str:
    for name in ("subject", "summary", "nature", "title", "what", "order"):
        if isinstance(text := getattr(part, name, None), str):
            return text
    return part if isinstance(part, str) else ""
