"""Controls, which are data (controls.toml, as they ship), and the findings that they make."""

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

from ledger.domain.errors import USAGE, LedgerError, did_you_mean
from ledger.domain.money import Money, from_minor

LONGEST = 128
"""The greatest length of the name of a stream, in characters."""
SEVERITIES = ("high", "medium", "low")
"""How grave findings are, the gravest first."""


class UnknownControl(LedgerError):
    """There is no control with this name."""

    code = "unknown-control"
    exit = USAGE

    def __init__(self, name: str) -> None:
        """Refuse `name`."""
        within = [known for known in controls() if name and name in known]
        near = did_you_mean(within[:3] or get_close_matches(name, controls()))
        super().__init__(f"There is no control '{name}'.", near or "'ledger controls' lists them.")


class Control(NamedTuple):
    """What is looked for in the history of a ledger; `facts` are those that must be recorded for it to say anything."""

    id: str
    group: str
    title: str
    looks_for: str
    severity: str
    facts: tuple[str, ...]
    parameters: Mapping[str, Any] = {}
    pattern: str = ""
    """What is looked for, with the names of parameters in braces."""

    def adjusted(self, severity: str, parameters: Mapping[str, Any]) -> "Control":
        """Return the control with another severity, unless it is empty, and with other parameters."""
        own = {**self.parameters, **parameters}
        looks_for = self.pattern.format(**own)
        return self._replace(severity=severity or self.severity, parameters=own, looks_for=looks_for)

    def number(self, name: str) -> int:
        """Return a parameter that is a number."""
        value = self.parameters[name]
        assert isinstance(value, int)
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """Return a parameter that is a list of words."""
        return tuple(self.parameters[name])


class Finding(NamedTuple):
    """What a control found: its subjects, a sentence, the day it came about, and the entries it rests on."""

    control: Control
    subjects: tuple[str, ...]
    said: str
    on: str
    entries: tuple[int, ...]
    engagement: str = ""
    party: str = ""
    amounts: tuple[Money, ...] = ()

    @property
    def key(self) -> str:
        """Its name, which stays: the control and the subjects. A long one is shortened to the length of a name."""
        key = "/".join((self.control.id, *self.subjects))
        if len(key) <= LONGEST:
            return key
        return f"{key[: LONGEST - 17].rstrip()}/{sha256(key.encode()).hexdigest()[:16]}"


@cache
def controls() -> dict[str, Control]:
    """Return the controls by name as they ship, in the order of the file."""
    rows = tomllib.loads(files("projections.findings").joinpath("controls.toml").read_text("utf-8"))["control"]
    return {row["id"]: _read(row) for row in rows}


def _read(row: dict[str, Any]) -> Control:
    shipped = Control(**row | {"facts": tuple(row["facts"]), "pattern": row["looks_for"]})
    return shipped.adjusted("", {})


def control(name: str) -> Control:
    """Return the control of this name. Raises UnknownControl."""
    try:
        return controls()[name]
    except KeyError:
        raise UnknownControl(name) from None


def in_order(*entries: int) -> tuple[int, ...]:
    """Return positions of entries, each once, in their order."""
    return tuple(sorted({*entries} - {0}))


def amounts(pairs: Iterable[tuple[str, int]]) -> tuple[Money, ...]:
    """Return the sums of minor units by currency, without those that are nought."""
    sums: dict[str, int] = {}
    for currency, minor in pairs:
        sums[currency] = sums.get(currency, 0) + minor
    return tuple(from_minor(currency, minor) for currency, minor in sorted(sums.items()) if minor)
