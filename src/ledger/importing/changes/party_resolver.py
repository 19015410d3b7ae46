"""The third parties of a file: found by identifier, name or alias, or registered; what rows say of them is compared."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ledger.application.transaction import UnitOfWork
from ledger.domain.errors import LedgerError
from ledger.domain.kernel import Dated
from ledger.domain.party.party import Party, ReclassifyParty, RegisterParty
from ledger.domain.refusals import AmbiguousParty
from ledger.format.entry import read
from ledger.format.name_keys import name_key
from ledger.importing.changes import register_state
from ledger.importing.result import FieldChange, Notice
from ledger.importing.row_errors import IdentifierDiffers
from ledger.importing.source.rows import Mention, RegisterRow

LABELS = {"party_types": "type", "memberships": "membership", "countries": "country"}
"""Fields of a profile to what the party's state calls them."""
MEMBERS = {"type": "party_type", "membership": "membership", "country": "country"}
"""What the party's state calls it to the members of commands."""
_MADE = re.compile(r"P[0-9]{5}", re.ASCII)
"""References that are made where a register gives none."""


class _Statement(NamedTuple):
    value: str
    row: int


class NewParty(NamedTuple):
    """A party that is met for the first time: how it is told from others, and the command that registers it."""

    key: str
    command: RegisterParty

    @property
    def ref(self) -> str:
        """The reference that it gets."""
        return str(self.command.ref)


class Reclassification(NamedTuple):
    """What a row changes of a party: the command, from and to, and the day from which the values held count."""

    command: ReclassifyParty
    changes: list[FieldChange]
    held_since: str


class PartyResolver:
    """Finds the parties that rows mention. `unit` is the transaction in which it looks, one after the other."""

    def __init__(self, unit: UnitOfWork, rows: Iterable[RegisterRow]) -> None:
        """Look at all rows, in the order in which they are taken in: of what they say of a party the last counts."""
        self.unit = unit
        self._known: dict[str, str] = {}
        self._said: dict[str, dict[str, _Statement]] = {}
        self._words: dict[str, tuple[dict[str, str], str]] = {}
        self._last_new = 0
        self.notices: list[Notice] = []
        # Nothing is recorded meanwhile: who is new is looked for once.
        heard: dict[str, str] = {}
        for row in rows:
            for mention in row.parties:
                key = mention.key
                if key not in heard:
                    try:
                        heard[key] = self.find(mention) or key
                    except LedgerError:
                        continue  # It is told of the row when the row is taken in.
                self._hear(mention, row.number, heard[key])

    def _hear(self, mention: Mention, row: int, key: str) -> None:
        said = self._said.setdefault(key, {})
        for field, value in mention.classes.items():
            before = said.get(field)
            if before is not None and before.value != value:
                text = f"row {before.row} says {LABELS[field]} '{before.value}', row {row} '{value}', which counts"
                self.notices.append(Notice(row=row, subject=mention.name, text=text))
            said[field] = _Statement(value, row)

    def find(self, mention: Mention) -> str | None:
        """Return the reference of the party that is mentioned; None if it is new.

        Raises AmbiguousParty, IdentifierDiffers.
        """
        key = mention.key
        ref = self._known.get(key)
        if ref is None:
            ref = next(filter(None, map(self.bearer, mention.identifier_texts)), None) or self._by_name(mention)
            if ref is not None:
                self._known[key] = ref
        return ref

    def _by_name(self, mention: Mention) -> str | None:
        ref = self.bearer(mention.name)
        for given in mention.identifiers if ref is not None else ():
            state = self.unit.load(f"party/{ref}").state
            assert isinstance(state, Party)
            other = [one for one in state.identifiers if one.scheme == given.scheme]
            if other:
                held = [f"{one.scheme}={one.id}" for one in other]
                raise IdentifierDiffers(f"{state.name} ({ref})", f"{given.scheme}={given.id}", held)
            text = f"{given.scheme}={given.id} is not recorded of {ref}: 'ledger party identify' records it"
            self.notices.append(Notice(row=0, subject=mention.name, text=text))
        return ref

    def bearer(self, text: str) -> str | None:
        """Return the reference of the party that a reference, name or identifier means. Raises AmbiguousParty."""
        if self.unit.exists(f"party/{text}"):
            return text
        found = self.unit.namesakes(text)
        if len(found) > 1:
            raise AmbiguousParty(text, found)
        return found[0] if found else None

    def registration(self, mention: Mention, taken: Iterable[str]) -> NewParty:
        """Return the registration of a new party under a reference that is free and not `taken`."""
        said = {field: one.value for field, one in self._said.get(mention.key, {}).items()}
        classes = {**mention.assumed, **mention.classes, **said}
        command = RegisterParty(
            ref=mention.reference or self._free(set(taken)),
            name=mention.name,
            identifiers=mention.identifiers,
            aliases=tuple(alias for alias in mention.aliases if name_key(alias) != name_key(mention.name)),
            party_type=classes.get("party_types"),
            membership=classes.get("memberships"),
            country=classes.get("countries"),
        )
        return NewParty(mention.key, command)

    def _free(self, taken: set[str]) -> str:
        if not self._last_new:
            self._last_new = int(self.unit.new_party()[1:]) - 1
        number = self._last_new + 1
        while f"P{number:05}" in taken or self.unit.load(f"party/P{number:05}").version:
            number += 1
        return f"P{number:05}"

    def registered(self, new: NewParty) -> None:
        """Know that a party was registered."""
        self._known[new.key] = new.ref
        if _MADE.fullmatch(new.ref):
            self._last_new = max(self._last_new, int(new.ref[1:]))
        # Its registration says all that the file says of it.
        self._said.pop(new.key, None)

    def reclassification(self, ref: str, row: RegisterRow, classes: dict[str, str]) -> Reclassification | None:
        """Return what this row changes of a party's classes, if it is the row that counts."""
        said = self._said.get(ref, {})
        told = {LABELS[field]: value for field, value in classes.items() if said.get(field) == (value, row.number)}
        if not told:
            return None
        state = self.unit.load(f"party/{ref}").state
        assert isinstance(state, Party)
        word, first = self._word(ref)
        changed = {
            label: value
            for label, value in told.items()
            if value not in (state.get(label), word.get(label, state.get(label)))
        }
        if not changed:
            return None
        held: list[Dated] = [state.facts[label] for label in changed if label in state.facts]
        changes = [
            FieldChange(row=row.number, subject=ref, field=label, was=str(state.get(label) or ""), becomes=value)
            for label, value in changed.items()
        ]
        command = ReclassifyParty(party=ref, **{MEMBERS[label]: value for label, value in changed.items()})
        # What a registration says counts from the beginning of time; its own day is one that a person can read.
        return Reclassification(command, changes, max([first, *(one.on for one in held)]))

    def _word(self, ref: str) -> tuple[dict[str, str], str]:
        if ref not in self._words:
            entries = [read(data) for _, data in self.unit.store.stream(f"party/{ref}")]
            self._words[ref] = register_state.party_in_register(entries).said, entries[0].effective_on
        return self._words[ref]

    def name(self, ref: str) -> str:
        """Return the name of a party with its reference."""
        state = self.unit.load(f"party/{ref}").state
        return f"{state.name} ({ref})" if isinstance(state, Party) and state.exists else ref
