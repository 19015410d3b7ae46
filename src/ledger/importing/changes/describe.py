"""What a row changes, in words: from what to what, and what a person should look at."""

from collections.abc import Mapping
from typing import Any

from ledger.domain.fields import ORGANIZATION, Role
from ledger.domain.money import from_minor
from ledger.importing.changes.diff import EngagementDiff
from ledger.importing.changes.party_resolver import PartyResolver
from ledger.importing.result import FieldChange, Notice
from ledger.importing.source.rows import RegisterRow


class DiffDescriber:
    """Words for the difference that one row makes; `new` are names of parties that the row registers."""

    def __init__(self, row: RegisterRow, parties: PartyResolver, new: Mapping[str, str]) -> None:
        """Prepare to tell of `row`."""
        self._row = row
        self._parties = parties
        self._new = new

    def changes(self, found: EngagementDiff) -> list[FieldChange]:
        """Return each field from what to what."""
        told = [
            self._change(name, self._words(found.was[name]), self._words(value)) for name, value in found.values.items()
        ]
        if found.signed_on:
            told.append(self._change("signed_on", str(found.was["signed_on"]), found.signed_on))
        for pot, total in found.totals.items():
            was, now = from_minor(pot[1], found.was[pot]), "" if total is None else str(from_minor(pot[1], total))
            told.append(self._change(f"commitment of {self._name(pot[0])}", str(was), now))
        told += [self._change("outcomes", "", summary) for summary in found.outcomes]
        told += [self._change("outcomes", summary, "") for summary in found.gone]
        if found.answers:
            now = ", ".join(f"{name} {answer}" for name, answer in found.answers.items())
            told.append(self._change("materiality", found.was["materiality"] or "", now))
        return told

    def overruled(self, found: EngagementDiff) -> list[Notice]:
        """Return which changes go over what staff changed after the last import."""
        return [
            self._notice(f"{key} was changed here after the last import, and changes again") for key in found.overruled
        ]

    def emptied(self, found: EngagementDiff) -> list[Notice]:
        """Take what a row no longer gives out of a difference, and tell of it: an empty cell amends nothing."""
        gone_values = [name for name, value in found.values.items() if value is None]
        gone_totals = [pot for pot, total in found.totals.items() if total is None]
        for name in gone_values:
            del found.values[name]
        for pot in gone_totals:
            del found.totals[pot]
        stays = [(name, self._words(found.was[name])) for name in gone_values]
        stays += [(label(pot), str(from_minor(pot[1], found.was[pot]))) for pot in gone_totals]
        stays += [("an outcome", summary) for summary in found.gone]
        found.gone.clear()
        return [
            self._notice(f"the row no longer gives {name}: {was} stays, as only a correction takes it back")
            for name, was in stays
        ]

    def _change(self, field: str, was: str, becomes: str) -> FieldChange:
        return FieldChange(row=self._row.number, subject=self._row.reference, field=field, was=was, becomes=becomes)

    def _notice(self, text: str) -> Notice:
        return Notice(row=self._row.number, subject=self._row.reference, text=text)

    def _name(self, ref: str) -> str:
        return ref if ref == ORGANIZATION else self._new.get(ref) or self._parties.name(ref)

    def _words(self, value: Any) -> str:
        if isinstance(value, tuple):
            return "; ".join(self._name(one.party) if isinstance(one, Role) else str(one) for one in value)
        return "" if value is None else str(value)


def label(key: str | tuple[str, str]) -> str:
    """Return what a field or a commitment is called."""
    return key if isinstance(key, str) else f"commitment of {key[0]}"
