"""All that there is: every type of event, every command, every kind of stream. One line here admits a module."""

from typing import TYPE_CHECKING, Any, Union

from ledger.domain import voiding
from ledger.domain.disclosure import commands as disclosing
from ledger.domain.disclosure import disclosure
from ledger.domain.engagement import lifecycle as life
from ledger.domain.engagement import lifecycle_commands as living
from ledger.domain.engagement import particulars
from ledger.domain.engagement.money import acceptances, contributions, in_kind, orders, payments
from ledger.domain.engagement.money import order_commands as ordering
from ledger.domain.engagement.oversight import analysis, conflicts, documents, outcomes, reviews, risks
from ledger.domain.engagement.state import Engagement
from ledger.domain.kernel import Command, Event, State
from ledger.domain.organisation import exchange_rate as rate
from ledger.domain.organisation import report_definitions, signing_keys
from ledger.domain.organisation import settings as book
from ledger.domain.party import affiliation, party
from ledger.domain.party import due_diligence as checks

MODULES = (
    book, signing_keys, report_definitions, party, checks, affiliation, life, living, particulars, analysis, risks,
    conflicts, contributions, in_kind, orders, ordering, acceptances, payments, outcomes, reviews, documents,
    disclosure, disclosing, rate, voiding,
)  # fmt: skip

KINDS: dict[str, type[State]] = {
    cls.kind: cls for cls in (book.Book, party.Party, Engagement, disclosure.Disclosure, rate.Rate)
}
"""Kind of stream (what stands before the first slash) to the aggregate that folds it."""


def _of(base: type[Event] | type[Command]) -> dict[str, type[Any]]:
    found = {}
    for module in MODULES:
        for cls in vars(module).values():
            if isinstance(cls, type) and issubclass(cls, base) and cls.__module__ == module.__name__:
                tag = cls.__struct_config__.tag
                if isinstance(tag, str) and (("." in tag) if base is Event else tag.islower()):
                    found[tag] = cls
    return found


EVENTS: dict[str, type[Event]] = _of(Event)
"""Tag to type of event, in the order of the documents."""

COMMANDS: dict[str, type[Command]] = _of(Command)
"""Noun and verb to command."""

if TYPE_CHECKING:
    AnyEvent = Event
    AnyCommand = Command
else:
    AnyEvent = Union[tuple(EVENTS.values())]  # noqa: UP007 - of as many as there are
    AnyCommand = Union[tuple(COMMANDS.values())]  # noqa: UP007 - the same


def new_state(stream: str) -> State:
    """Return the empty state of the aggregate of `stream`. Raises KeyError for a kind that there is not."""
    return KINDS[stream.partition("/")[0]]()
