"""The event of a corrected entry: its members are read from text, and checked as a command checks them."""

from collections.abc import Callable, Mapping, Sequence
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from ledger.application.request import tidy_text
from ledger.domain.code_lists import check_codes
from ledger.domain.dates import checked_date
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import USAGE, LedgerError, did_you_mean
from ledger.domain.fields import Identifier, Role, Share, checked_reference
from ledger.domain.kernel import DecisionContext, Event
from ledger.domain.money import Money
from ledger.domain.party.names import DuplicateParty, LooksLikeParty

if TYPE_CHECKING:
    from ledger.application.transaction import UnitOfWork

PARTIES = ("vendor", "by", "party", "other")
"""Members that name a party, if the event mentions it."""
OWN = ("vendor", "by")
"""Members that name the party of the engagement whose order or money it is."""
REFERENCES = ("number", "order", "payment", "acceptance", "item")
"""Members that are references."""
CODES = {"kind": "list.kinds", "party_type": "list.party-types", "membership": "list.memberships"}
"""Members whose texts are of a list, by the setting that holds it."""
SHARES = {"regions": "list.regions", "priorities": "list.priorities"}
DERIVED = ("released", "back_to", "version", "into")
"""Members that follow from other entries, or whose rules look at other streams."""


class UnknownMember(LedgerError):
    """An entry has no member of this name that could be set."""

    code = "unknown-member"
    exit = USAGE

    def __init__(self, tag: str, name: str, known: Sequence[str], near: Sequence[str]) -> None:
        """Refuse to set `name` in an entry of type `tag`, which has the members `known`."""
        super().__init__(
            f"An entry {tag} has no member '{name}' that can be set.",
            did_you_mean(near) or f"It has {', '.join(known)}." if known else "It has none; --effective sets its date.",
        )


class BadMember(LedgerError):
    """A value does not fit the member of an entry."""

    code = "bad-member"
    exit = USAGE

    def __init__(self, name: str, why: str) -> None:
        """Refuse the value for `name` because `why`."""
        super().__init__(
            f"The value for '{name}' does not fit: {why}.", "Write it as in the command that recorded the entry."
        )


def corrected_event(context: "UnitOfWork", stream: str, event: Event, values: Mapping[str, Sequence[str]]) -> Event:
    """Return an event of a stream with members set from texts; an empty text takes a member away that may be missing.

    Raises UnknownMember, BadMember, and the errors of what the texts should be.
    """
    hints = get_type_hints(type(event))
    settable = [name for name in event.__struct_fields__ if name not in DERIVED]
    changed: dict[str, Any] = {}
    for option, texts in values.items():
        name = _member(option, settable)
        if name is None:
            near = [member for member in settable if member.startswith(option[:3])]
            raise UnknownMember(event.tag(), option, settable, near)
        changed[name] = _value(name, hints[name], [tidy_text(text, name, long=True) if text else "" for text in texts])
    state = context.load(stream).state
    known = state.party_refs() if isinstance(state, Engagement) else []
    mentioned = set(msgspec.structs.replace(event, **changed).mentions())
    named = {name: _named(context, name, value, known, mentioned) for name, value in changed.items()}
    fresh = msgspec.structs.replace(event, **named)
    try:
        fresh = msgspec.convert(msgspec.to_builtins(fresh), type(event))
    except msgspec.ValidationError as error:
        raise BadMember(", ".join(changed), str(error)) from error
    _check_lists(context, changed)
    _check_names(context, event, fresh)
    return fresh


def replaced_party(event: Event, fresh: Event) -> tuple[str, str] | None:
    """Return the party that a correction takes out of an engagement, and the one in its place; None if not one each."""
    before, after = ({role.party for role in getattr(statement, "parties", None) or ()} for statement in (event, fresh))
    gone, come = before - after, after - before
    return (*gone, *come) if len(gone) == len(come) == 1 else None


def with_party(event: Event, gone: str, come: str) -> Event:
    """Return an event of an engagement as that of the party `come`, if it is one of the party `gone`."""
    if f"party/{gone}" not in event.mentions():
        return event
    changed: dict[str, Any] = {name: come for name in OWN if getattr(event, name, None) == gone}
    if roles := getattr(event, "parties", None):
        changed["parties"] = tuple(Role(come, role.role) if role.party == gone else role for role in roles)
    return msgspec.structs.replace(event, **changed)


def _member(option: str, known: Sequence[str]) -> str | None:
    name = option.replace("-", "_")
    plural = {"party": "parties", "region": "regions", "priority": "priorities", "type": "party_type"}.get(name, name)
    return next((member for member in (name, plural, f"{name}s") if member in known), None)


def _value(name: str, hint: Any, texts: Sequence[str]) -> Any:
    kinds = {part for part in get_args(hint) if part is not type(None)} if _is_union(hint) else {hint}
    if list(texts) == [""] and get_origin(hint) is tuple:
        return ()
    if list(texts) == [""]:
        if not _is_union(hint) or type(None) not in get_args(hint):
            raise BadMember(name, "it must be there")
        return None
    kind = kinds.pop() if len(kinds) == 1 else str
    if get_origin(kind) is tuple:
        return tuple(_parsed(name, get_args(kind)[0], text) for text in texts)
    if len(texts) != 1:
        raise BadMember(name, "it is one value")
    return _parsed(name, kind, texts[0])


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, UnionType)


def _parsed(name: str, kind: Any, text: str) -> Any:
    parsers: dict[Any, Callable[[str], Any]] = {
        Money: lambda given: Money.parse(given).checked(), Role: Role.parse, Share: Share.parse,
        Identifier: Identifier.parse,
    }  # fmt: skip
    if kind in parsers:
        return parsers[kind](text)
    if kind is bool:
        if text not in ("yes", "no"):
            raise BadMember(name, "it is yes or no")
        return text == "yes"
    if kind is int:
        if not text.isdecimal():
            raise BadMember(name, "it is a number")
        return int(text)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        raise BadMember(name, "it cannot be written on one line; void the entry and record it again")
    if name.endswith("_on"):
        return checked_date(text)
    return checked_reference(text) if name in REFERENCES else text


def _named(context: DecisionContext, name: str, value: Any, known: list[str], mentioned: set[str]) -> Any:
    """Return a value with references in place of the names of parties, as they are `known` to the engagement."""
    if name == "parties" and value:
        return tuple(Role(context.as_known(role.party, known)[0], role.role) for role in value)
    if name in PARTIES and f"party/{value}" in mentioned:
        return context.as_known(value, known)[0]
    return value


def _check_lists(context: DecisionContext, changed: Mapping[str, Any]) -> None:
    for name, value in changed.items():
        if name in CODES and value != "none":
            check_codes(context, CODES[name], [value])
        elif name in SHARES:
            check_codes(context, SHARES[name], [share.code for share in value or ()])
        elif name == "parties":
            check_codes(context, "list.roles", [role.role for role in value or ()])


def _check_names(context: "UnitOfWork", event: Event, fresh: Event) -> None:
    """Refuse a name that another party has, or that looks like one. Raises DuplicateParty, LooksLikeParty."""
    own = set(event.names())
    for name in fresh.names():
        if name in own:
            continue
        for ref in context.namesakes(name):
            raise DuplicateParty(name, ref)
        for ref, known in context.lookalikes(name):
            if known not in own:
                raise LooksLikeParty(name, ref, known)
