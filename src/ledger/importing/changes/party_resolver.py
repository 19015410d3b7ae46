"""Resolve the third parties of a file by identifier, name or alias; plan their registration and reclassification."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.application.party_numbers import LAST
from ledger.application.transaction import UnitOfWork
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Dated
from ledger.domain.party.party import Party, ReclassifyParty, RegisterParty
from ledger.domain.refusals import AmbiguousParty
from ledger.domain.voiding import unvoided
from ledger.format.entry import read
from ledger.format.name_keys import name_key
from ledger.importing.changes import register_state
from ledger.importing.changes.provenance import is_undone
from ledger.importing.result import FieldChange, Notice
from ledger.importing.row_errors import IdentifierDiffers
from ledger.importing.source.rows import Mention, RegisterRow

LABELS = {"party_types": "type", "memberships": "membership", "countries": "country"}
"""The fields of a profile, with their names in the state of a party."""
MEMBERS = {"type": "party_type", "membership": "membership", "country": "country"}
"""The names in the state of a party, with the members of commands that set them."""
_GENERATED = re.compile(r"P[0-9]{5}", re.ASCII)
"""A generated reference: parties get one if the register gives none."""


class _Statement(NamedTuple):
    """The value that a row states for a class of a party."""

    value: str
    row: int


class NewParty(NamedTuple):
    """A party that is not registered yet: the key that identifies it in the file, and the command that registers it."""

    key: str
    command: RegisterParty

    @property
    def ref(self) -> str:
        """The reference that the party gets."""
        return str(self.command.ref)


class Reclassification(NamedTuple):
    """The change of a party's classes by a row. `held_since` is the day on which the current values took effect."""

    command: ReclassifyParty
    changes: list[FieldChange]
    held_since: str


class PartyResolver:
    """Finds the parties that rows mention. `unit` is the current unit of work; recording replaces it part by part."""

    def __init__(self, unit: UnitOfWork, rows: Iterable[RegisterRow]) -> None:
        """Collect what all rows state of each party; `rows` come in import order, and the last statement counts."""
        self.unit = unit
        self._known: dict[str, str] = {}
        self._statements: dict[str, dict[str, _Statement]] = {}
        self._register_values: dict[str, tuple[dict[str, str], str]] = {}
        self._last_new = 0
        self.notices: list[Notice] = []
        # Nothing is recorded during this loop, so each new party is searched once.
        keys: dict[str, str] = {}
        for row in rows:
            for mention in row.parties:
                key = mention.key
                if key not in keys:
                    try:
                        keys[key] = self.find(mention) or key
                    except LedgerError:
                        continue  # The import reports this error when it applies the row.
                self._note_statements(mention, row.number, keys[key])

    def _note_statements(self, mention: Mention, row: int, key: str) -> None:
        statements = self._statements.setdefault(key, {})
        for field, value in mention.classes.items():
            before = statements.get(field)
            if before is not None and before.value != value:
                text = f"row {before.row} says {LABELS[field]} '{before.value}', row {row} '{value}', which is used"
                self.notices.append(Notice(row=row, subject=mention.name, text=text))
            statements[field] = _Statement(value, row)

    def find(self, mention: Mention) -> str | None:
        """Return the reference of the mentioned party; None if it is new.

        Raises AmbiguousParty, IdentifierDiffers.
        """
        key = mention.key
        ref = self._known.get(key)
        if ref is None:
            ref = next(filter(None, map(self.find_by_text, mention.identifier_texts)), None) or self._by_name(mention)
            if ref is not None:
                self._known[key] = ref
        return ref

    def _by_name(self, mention: Mention) -> str | None:
        ref = self.find_by_text(mention.name)
        for given in mention.identifiers if ref is not None else ():
            state = self.unit.load(f"party/{ref}").state
            assert isinstance(state, Party)
            current = [
                f"{identifier.scheme}={identifier.id}"
                for identifier in state.identifiers
                if identifier.scheme == given.scheme
            ]
            if current:
                raise IdentifierDiffers(f"{state.name} ({ref})", f"{given.scheme}={given.id}", current)
            text = f"{given.scheme}={given.id} is not recorded of {ref}: 'ledger party identify' records it"
            self.notices.append(Notice(row=0, subject=mention.name, text=text))
        return ref

    def find_by_text(self, text: str) -> str | None:
        """Return the party with this reference, name or identifier; None if there is none. Raises AmbiguousParty.

        Of a party that was merged into another one, it is the reference of that one.
        """
        if self.unit.exists(f"party/{text}"):
            return self.unit.survivor(text)
        refs = self.unit.namesakes(text)
        if len(refs) > 1:
            raise AmbiguousParty(text, refs)
        return refs[0] if refs else None

    def registration(self, mention: Mention, used: Sequence[str]) -> NewParty:
        """Return the registration of a new party. Its reference is unused, also in `used`."""
        stated = {field: statement.value for field, statement in self._statements.get(mention.key, {}).items()}
        classes = {**mention.assumed, **mention.classes, **stated}
        command = RegisterParty(
            ref=mention.reference or self._former_reference(mention, used) or self._unused_reference(set(used)),
            name=mention.name,
            identifiers=mention.identifiers,
            aliases=tuple(alias for alias in mention.aliases if name_key(alias) != name_key(mention.name)),
            party_type=classes.get("party_types"),
            membership=classes.get("memberships"),
            country=classes.get("countries"),
        )
        return NewParty(mention.key, command)

    def _former_reference(self, mention: Mention, used: Sequence[str]) -> str | None:
        """Return the reference that a party of this name had in an import that was undone; None if there was none."""
        for stream in self.unit.store.named(name_key(mention.name)):
            ref = stream.partition("/")[2]
            if ref not in used and not self.unit.exists(stream):
                entries = [read(data) for _, data in self.unit.store.stream(stream)]
                if entries[0].source and is_undone(entries):
                    return ref
        return None

    def _unused_reference(self, used: set[str]) -> str:
        if not self._last_new:
            self._last_new = int(self.unit.new_party()[1:]) - 1
        number = self._last_new + 1
        while number <= LAST and (f"P{number:05}" in used or self.unit.load(f"party/P{number:05}").version):
            number += 1
        return f"P{number:05}" if number <= LAST else self.unit.new_party(LAST, used)

    def registered(self, new: NewParty) -> None:
        """Note that a party was registered."""
        self._known[new.key] = new.ref
        if _GENERATED.fullmatch(new.ref):
            self._last_new = max(self._last_new, int(new.ref[1:]))
        # The registration already includes everything that the file states of the party.
        self._statements.pop(new.key, None)

    def reclassification(self, ref: str, row: RegisterRow, classes: dict[str, str]) -> Reclassification | None:
        """Return what this row changes in a party's classes; None if a later row decides or nothing changes."""
        statements = self._statements.get(ref, {})
        decisive = {
            LABELS[field]: value for field, value in classes.items() if statements.get(field) == (value, row.number)
        }
        if not decisive:
            return None
        state = self.unit.load(f"party/{ref}").state
        assert isinstance(state, Party)
        _, registered_on = self._in_register(ref)
        # What the register said of a record that was merged into this one is no news either.
        registers = [self._in_register(record)[0] for record in self.unit.records(ref)]
        changed = {
            label: value
            for label, value in decisive.items()
            if value not in (state.get(label), *(values.get(label, state.get(label)) for values in registers))
        }
        if not changed:
            return None
        current: list[Dated] = [state.facts[label] for label in changed if label in state.facts]
        changes = [
            FieldChange(row=row.number, subject=ref, field=label, was=str(state.get(label) or ""), becomes=value)
            for label, value in changed.items()
        ]
        command = ReclassifyParty(party=ref, **{MEMBERS[label]: value for label, value in changed.items()})
        # Values of a registration have no first day, so the day of the registration is used.
        return Reclassification(command, changes, max([registered_on, *(dated.on for dated in current)]))

    def _in_register(self, ref: str) -> tuple[dict[str, str], str]:
        """Return the values that rows last stated for a party, and the day from which it is registered."""
        if ref not in self._register_values:
            entries = [read(data) for _, data in self.unit.store.stream(f"party/{ref}")]
            registered_on = unvoided([entry.fact for entry in entries])[0].effective_on
            self._register_values[ref] = register_state.party_in_register(entries).values, registered_on
        return self._register_values[ref]

    def name(self, ref: str) -> str:
        """Return the name of a party with its reference."""
        state = self.unit.load(f"party/{ref}").state
        return f"{state.name} ({ref})" if isinstance(state, Party) and state.exists else ref
