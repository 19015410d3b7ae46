"""Describe the changes of a row: each field with its old and new value, and notices for a person."""

from collections.abc import Mapping
from typing import Any

from ledger.domain.fields import ORGANIZATION, Role
from ledger.domain.money import from_minor
from ledger.importing.changes.diff import EngagementDiff
from ledger.importing.changes.party_resolver import PartyResolver
from ledger.importing.result import FieldChange, Notice
from ledger.importing.source.rows import RegisterRow


class DiffDescriber:
    """Describes the diff of one row. `new` maps the parties that the row registers to their names."""

    def __init__(self, row: RegisterRow, parties: PartyResolver, new: Mapping[str, str]) -> None:
        """Describe diffs of `row`."""
        self._row = row
        self._parties = parties
        self._new = new

    def changes(self, diff: EngagementDiff) -> list[FieldChange]:
        """Return each changed field with its old and new value."""
        changes = [
            self._change(name, self._text(diff.was[name]), self._text(value)) for name, value in diff.values.items()
        ]
        if diff.signed_on:
            changes.append(self._change("signed_on", str(diff.was["signed_on"]), diff.signed_on))
        for key, total in diff.totals.items():
            was, now = from_minor(key[1], diff.was[key]), "" if total is None else str(from_minor(key[1], total))
            changes.append(self._change(f"commitment of {self._name(key[0])}", str(was), now))
        changes += [self._change("outcomes", "", summary) for summary in diff.outcomes]
        changes += [self._change("outcomes", summary, "") for summary in diff.gone]
        if diff.answers:
            now = ", ".join(f"{name} {answer}" for name, answer in diff.answers.items())
            changes.append(self._change("materiality", str(diff.was["materiality"] or ""), now))
        return changes

    def overruled(self, diff: EngagementDiff) -> list[Notice]:
        """Return a notice for each change that overrides a change by staff since the last import."""
        return [
            self._notice(f"{key} was changed in the ledger after the last import, and changes again")
            for key in diff.overruled
        ]

    def emptied(self, diff: EngagementDiff) -> list[Notice]:
        """Remove the fields that the row no longer gives from the diff, and return a notice for each.

        An amendment never empties a field; only a correction does.
        """
        gone_values = [name for name, value in diff.values.items() if value is None]
        gone_totals = [key for key, total in diff.totals.items() if total is None]
        for name in gone_values:
            del diff.values[name]
        for key in gone_totals:
            del diff.totals[key]
        kept = [(name, self._text(diff.was[name])) for name in gone_values]
        kept += [(diff_label(key), str(from_minor(key[1], diff.was[key]))) for key in gone_totals]
        kept += [("an outcome", summary) for summary in diff.gone]
        diff.gone.clear()
        return [
            self._notice(f"the row no longer gives {name}: {was} stays, because only a correction removes it")
            for name, was in kept
        ]

    def _change(self, field: str, was: str, becomes: str) -> FieldChange:
        return FieldChange(row=self._row.number, subject=self._row.reference, field=field, was=was, becomes=becomes)

    def _notice(self, text: str) -> Notice:
        return Notice(row=self._row.number, subject=self._row.reference, text=text)

    def _name(self, ref: str) -> str:
        return ref if ref == ORGANIZATION else self._new.get(ref) or self._parties.name(ref)

    def _text(self, value: Any) -> str:
        if isinstance(value, tuple):
            return "; ".join(self._name(item.party) if isinstance(item, Role) else str(item) for item in value)
        return "" if value is None else str(value)


def diff_label(key: str | tuple[str, str]) -> str:
    """Return the name of a field or of a commitment."""
    return key if isinstance(key, str) else f"commitment of {key[0]}"
