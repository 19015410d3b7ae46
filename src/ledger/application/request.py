"""Requests: commands that are recorded together or not at all, with actor, effective date and reason."""

import os
import time
import unicodedata
from hashlib import sha256
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

import msgspec

from ledger.characters.hidden import hidden_fault
from ledger.domain.errors import CONFLICT, USAGE, LedgerError, did_you_mean
from ledger.domain.fields import LongText, checked_reference
from ledger.domain.kernel import Command
from ledger.domain.registry import COMMANDS, AnyCommand
from ledger.format.canonical import text_fault
from ledger.format.entry import BadText, EmptyText, Source

SURROGATE = "half of a surrogate pair, or bytes that are not text"
T = TypeVar("T", bound=msgspec.Struct)
_encoder = msgspec.json.Encoder(order="sorted")


class BadCommand(LedgerError):
    """A command does not exist, or its members do not fit."""

    code = "bad-command"
    exit = USAGE

    def __init__(self, why: str, hint: str = "") -> None:
        """Refuse a command because `why`."""
        super().__init__(
            f"This is not a command: {why}.", hint or "docs/commands.md has each command with its members."
        )


class CommandReused(LedgerError):
    """A command id was used before for something else."""

    code = "command-reused"
    exit = CONFLICT

    def __init__(self, command: str, position: int) -> None:
        """Refuse the id `command`, under which the entry at `position` was recorded."""
        super().__init__(
            f"The command id {command} was used for something else, recorded at position {position}.",
            "Give another --command-id, or none; 'ledger show' shows what was recorded.",
        )


class Request(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Commands to record together: either all of their entries are appended or none."""

    commands: tuple[AnyCommand, ...]
    actor: str
    effective_on: str | None = None
    reason: str | None = None
    source: Source | None = None
    id: str | None = None

    @property
    def digest(self) -> bytes:
        """SHA-256 of commands, actor, date and reason. An id may be repeated only with the same digest."""
        content = (self.commands, self.actor, self.effective_on, self.reason)
        return sha256(_encoder.encode(content)).digest()


def tidy_envelope(request: Request) -> Request:
    """Return a request with actor, id and reason in NFC and trimmed. Raises EmptyText, BadText, BadReference."""
    changed = {}
    for name, long in (("actor", False), ("id", False), ("reason", True)):
        current = getattr(request, name)
        if current is not None:
            fresh = tidy_text(current, name, long=long)
            if name != "reason":
                checked_reference(fresh)
            if fresh is not current:
                changed[name] = fresh
    return msgspec.structs.replace(request, **changed) if changed else request


def new_id() -> str:
    """Return a UUID of version 7 (RFC 9562 §5.7): sorted by time, unique by 74 random bits."""
    stamp = (time.time_ns() // 1_000_000).to_bytes(6, "big")
    rest = bytearray(os.urandom(10))
    rest[0] = 0x70 | rest[0] & 0x0F
    rest[2] = 0x80 | rest[2] & 0x3F
    text = (stamp + rest).hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def command_from(members: dict[str, Any]) -> Command:
    """Return the command in a JSON object: `command` is its noun and verb, the rest its members.

    Raises BadCommand, BadText, EmptyText.
    """
    tag = members.get("command")
    cls = COMMANDS.get(tag) if isinstance(tag, str) else None
    if cls is None:
        import difflib  # noqa: PLC0415 - only a miss pays for it

        near = difflib.get_close_matches(str(tag), COMMANDS, n=3)
        raise BadCommand(
            f"there is no command '{tag}'" if tag else "its member 'command' is missing", did_you_mean(near)
        )
    try:
        return tidy(msgspec.convert(members, cls))
    except msgspec.ValidationError as error:
        raise BadCommand(f"{tag}: {error}") from error
    except UnicodeEncodeError as error:
        raise BadText(SURROGATE) from error


_long: dict[type, frozenset[str]] = {}


def long_members(cls: type) -> frozenset[str]:
    """Return the members of a command, or of a structure in it, whose texts may have line feeds."""
    if cls not in _long:
        mark = get_args(LongText)[1]
        hints = get_type_hints(cls, include_extras=True)
        _long[cls] = frozenset(name for name, hint in hints.items() if _has(hint, mark))
    return _long[cls]


def _has(hint: Any, mark: Any) -> bool:
    if getattr(hint, "__metadata__", None) and mark in hint.__metadata__:
        return True
    return any(_has(argument, mark) for argument in get_args(hint) if hint is not Annotated)


def tidy(value: T) -> T:
    """Return a structure with its texts in NFC and trimmed. Raises BadText, EmptyText."""
    changed = {}
    for name in value.__struct_fields__:
        current = getattr(value, name)
        fresh = _tidied(current, name, name in long_members(type(value)))
        if fresh is not current:
            changed[name] = fresh
    return msgspec.structs.replace(value, **changed) if changed else value


def _tidied(value: Any, name: str, long: bool) -> Any:
    if isinstance(value, str):
        return tidy_text(value, name, long=long)
    if isinstance(value, tuple):
        fresh = tuple(_tidied(item, name, long) for item in value)
        return fresh if any(a is not b for a, b in zip(fresh, value, strict=True)) else value
    if isinstance(value, msgspec.Struct):
        return tidy(value)
    return value


def tidy_text(text: str, name: str, *, long: bool = False) -> str:
    """Return a text in NFC, without white space around it. Raises EmptyText, BadText."""
    if text.isascii() and text.isprintable() and text[:1] > " " < text[-1:]:
        return text  # the common case
    fresh = unicodedata.normalize("NFC", text.strip().replace("\r\n", "\n"))
    if not fresh:
        raise EmptyText(name.replace("_", " "))
    if "\n" in fresh and not long:
        raise BadText(f"{name.replace('_', ' ')} has a line feed")
    if fault := text_fault(fresh) or hidden_fault(fresh):
        raise BadText(f"{name.replace('_', ' ')}: {fault}")
    return text if fresh == text else fresh
