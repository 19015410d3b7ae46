"""Step 4 of the auditor's procedure: check that each member of an envelope has its form (docs/format.md).

The forms are defined here a second time, independently of the code that records entries, as a cross-check.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Any

MEMBERS = frozenset(("v", "stream", "version", "recorded_at", "effective_on", "actor", "command", "part", "event"))
OPTIONAL = frozenset(("reason", "source", "sig"))
FIRST_DAY, LAST_DAY = "1865-01-01", "2199-12-31"

_NAME = r"(?=.{1,128}\Z)[\w.\-:/()+,&#'@]+(?: [\w.\-:/()+,&#'@]+)*"
_name = re.compile(_NAME)
_stream = re.compile(rf"ledger|(?:party|engagement|disclosure|guidelines|finding|controls|rate)/{_NAME}")
_type = re.compile(r"[a-z]+\.[a-z_]+(?:\.[0-9]+)?", re.ASCII)
_time = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{6}Z", re.ASCII)
_digest = re.compile(r"[0-9a-f]{64}", re.ASCII)


def envelope_fault(entry: Any) -> str | None:
    """Return what is wrong with the envelope of an entry, or None. Of the event it checks only the type."""
    if type(entry) is not dict:
        return "it is not an object"
    names = entry.keys()
    if names != MEMBERS and (missing := MEMBERS - names):
        return f"it lacks the members {', '.join(sorted(missing))}"
    if len(names) > len(MEMBERS) and (foreign := names - MEMBERS - OPTIONAL):
        return f"it has the unknown members {', '.join(sorted(foreign))}"
    for name, value in entry.items():
        if not _FORMS[name](value):
            return f"{name} is malformed"
    return None


@lru_cache(maxsize=1024)
def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


@lru_cache(maxsize=1024)
def _is_moment(text: str) -> bool:
    match = _time.fullmatch(text)
    return match is not None and _is_day(match[1])


@lru_cache(maxsize=1024)
def is_type(text: str) -> bool:
    """Return whether a text names a type of event."""
    return _type.fullmatch(text) is not None


@lru_cache(maxsize=1024)
def is_actor(text: str) -> bool:
    """Return whether a text is a name; results are cached, since actors are few."""
    return _name.fullmatch(text) is not None


def is_date(value: Any) -> bool:
    """Return whether a value is a day that exists, from 1865 to 2199, as `YYYY-MM-DD`."""
    return type(value) is str and FIRST_DAY <= value <= LAST_DAY and _is_day(value)


def is_time(value: Any) -> bool:
    """Return whether a value is a moment that exists, as `YYYY-MM-DDThh:mm:ss.ffffffZ`."""
    return type(value) is str and _is_moment(value)


def is_name(value: Any) -> bool:
    """Return whether a value is a name: 1 to 128 of the characters that names may have."""
    return type(value) is str and _name.fullmatch(value) is not None


def is_stream(value: Any) -> bool:
    """Return whether a value names a stream."""
    return type(value) is str and _stream.fullmatch(value) is not None


def _is_known_actor(value: Any) -> bool:
    return type(value) is str and is_actor(value)


def _is_count(value: Any) -> bool:
    return type(value) is int and value > 0


def _is_part(value: Any) -> bool:
    return type(value) is list and len(value) == 2 and all(map(_is_count, value)) and bool(value[0] <= value[1])


def _is_event(value: Any) -> bool:
    return type(value) is dict and type(value.get("type")) is str and is_type(value["type"])


def _is_text(value: Any) -> bool:
    return type(value) is str and bool(value)


def is_source(value: Any) -> bool:
    """Return whether a value names a row of a file, by the file's SHA-256."""
    return (
        type(value) is dict
        and value.keys() == {"row", "sha256"}
        and _is_count(value["row"])
        and type(value["sha256"]) is str
        and _digest.fullmatch(value["sha256"]) is not None
    )


_FORMS = {
    "v": lambda value: type(value) is int and value == 1,
    "stream": is_stream,
    "version": _is_count,
    "recorded_at": is_time,
    "effective_on": is_date,
    "actor": _is_known_actor,
    "command": is_name,
    "part": _is_part,
    "event": _is_event,
    "reason": _is_text,
    "source": is_source,
    "sig": _is_text,
}
