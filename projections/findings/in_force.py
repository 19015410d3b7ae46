"""Which parameters the controls have: those of the version in force on the day of the as-of, or those that ship."""

from difflib import get_close_matches
from typing import NamedTuple

from ledger.domain.controls.adoption import UnknownControls
from ledger.domain.controls.reading import SHIPPED, ControlsVersion, read_controls
from projections.findings.controls import Control, controls
from projections.queries.bitemporal import Queries
from projections.tables import named as schema


class Adopted(NamedTuple):
    """A version of the parameters of controls, and the entry that adopted it."""

    version: ControlsVersion
    entry: int


class InForce(NamedTuple):
    """The controls by name with their parameters, and the version that sets these; None if they are as they ship."""

    controls: dict[str, Control]
    adopted: Adopted | None = None

    @property
    def symbol(self) -> str:
        """The symbol of the version."""
        return SHIPPED if self.adopted is None else self.adopted.version.symbol

    @property
    def said(self) -> str:
        """Return in words by which parameters the controls look."""
        if self.adopted is None:
            return "parameters as they ship: no others are in force"
        version = self.adopted.version
        return f"parameters {version.symbol}, in force from {version.binds_from}"


def in_force(queries: Queries) -> InForce:
    """Return the controls as they are in force on the day of the as-of.

    Of several versions the one counts that binds last, and of one day the one recorded last.
    """
    table, on = schema.control_versions, queries.as_of.on
    rows = queries.rows(table, table.c.binds_from <= on)
    if not rows:
        return InForce(controls())
    last = max(rows, key=lambda row: (row.binds_from, row.entry))
    version = read_controls(last.text)
    return InForce(with_parameters(version), Adopted(version, last.entry))


def with_parameters(version: ControlsVersion) -> dict[str, Control]:
    """Return the controls with the severities and parameters of a version; what it does not name is as it ships."""
    return {
        name: control if (setting := version.settings.get(name)) is None
        else control.adjusted(setting.severity, setting.parameters)
        for name, control in controls().items()
    }  # fmt: skip


def differences(old: dict[str, Control], new: dict[str, Control]) -> list[tuple[str, str, str]]:
    """Return what differs between controls, as (what, before, after)."""
    found = []
    for name, was in old.items():
        pairs = [("severity", was.severity, new[name].severity)]
        pairs += [
            (member.replace("_", " "), value_text(value), value_text(new[name].parameters[member]))
            for member, value in was.parameters.items()
        ]
        found += [(f"{name}: {what}", before, after) for what, before, after in pairs if before != after]
    return found


def value_text(value: object) -> str:
    """Return a parameter as a text."""
    return (", ".join(value) or "none") if isinstance(value, list | tuple) else str(value)


def unknown(symbol: str, known: list[str]) -> UnknownControls:
    """Return the refusal of a symbol that is not among those known."""
    return UnknownControls(symbol, tuple(get_close_matches(symbol, [*known, SHIPPED])))
