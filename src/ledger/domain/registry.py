"""Registry of all event types, commands and kinds of stream. A new module is added to MODULES."""

from typing import TYPE_CHECKING, Any, Union

from ledger.domain import voiding
from ledger.domain.controls import adoption as controls
from ledger.domain.disclosure import commands as disclosure_commands
from ledger.domain.disclosure import disclosure
from ledger.domain.engagement import lifecycle, lifecycle_commands, particulars
from ledger.domain.engagement.money import acceptances, contributions, in_kind, order_commands, orders, payments
from ledger.domain.engagement.oversight import (
    analysis,
    approvals,
    conflicts,
    documents,
    information,
    outcomes,
    reviews,
    risks,
    waivers,
)
from ledger.domain.engagement.state import Engagement
from ledger.domain.findings import assessment as findings
from ledger.domain.guidelines import adoption as guidelines
from ledger.domain.kernel import Command, Event, State
from ledger.domain.organisation import exchange_rate, report_definitions, settings, signing_keys
from ledger.domain.party import affiliation, due_diligence, merging, party

MODULES = (
    settings, signing_keys, report_definitions, party, due_diligence, affiliation, merging, lifecycle,
    lifecycle_commands, particulars, approvals, analysis, risks, conflicts, contributions, in_kind, orders,
    order_commands, acceptances, payments, outcomes, reviews, information, documents, waivers,
    disclosure, disclosure_commands, guidelines, findings, controls, exchange_rate,
    voiding,
)  # fmt: skip

KINDS: dict[str, type[State]] = {
    cls.kind: cls
    for cls in (
        settings.LedgerSettings, party.Party, Engagement, disclosure.Disclosure, guidelines.GuidelineSet,
        findings.AssessedFinding, controls.ControlParameters, exchange_rate.Rate,
    )
}  # fmt: skip
"""Kind of stream (the part of its name before the first slash) to the aggregate that folds it."""


def _of(base: type[Event] | type[Command]) -> dict[str, type[Any]]:
    classes = {}
    for module in MODULES:
        for cls in vars(module).values():
            if isinstance(cls, type) and issubclass(cls, base) and cls.__module__ == module.__name__:
                tag = cls.__struct_config__.tag
                if isinstance(tag, str) and (("." in tag) if base is Event else tag.islower()):
                    classes[tag] = cls
    return classes


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
    """Return the empty state of the aggregate of `stream`. Raises KeyError for an unknown kind."""
    return KINDS[stream.partition("/")[0]]()
