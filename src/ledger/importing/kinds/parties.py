"""Read and plan rows of a register of third parties.

A row registers a party; or it renames or reclassifies a known party, adds aliases and identifiers, or changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.domain.fields import Identifier
from ledger.domain.kernel import Command
from ledger.domain.party.party import AddAlias, AddIdentifier, Party, ReclassifyParty, RenameParty
from ledger.domain.refusals import AmbiguousParty
from ledger.domain.voiding import unvoided
from ledger.format.entry import Entry
from ledger.format.name_keys import name_key
from ledger.importing.changes.party_resolver import LABELS, MEMBERS, PartyResolver
from ledger.importing.changes.provenance import is_undone
from ledger.importing.changes.register_state import PartyInRegister, party_in_register
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.profile.model import Profile
from ledger.importing.requests import Options
from ledger.importing.result import FieldChange, Notice
from ledger.importing.row_errors import At, IdentifierDiffers, RepeatedReference, TakenBack
from ledger.importing.source.row_mapper import RecordCells
from ledger.importing.source.rows import Mention, RegisterRow

FIELDS = {label: field for field, label in LABELS.items()}
"""The fields of these rows, with their names in rows of agreements."""
SETTINGS = {"type": "list.party-types", "membership": "list.memberships"}


class PartyRow(RegisterRow, frozen=True, kw_only=True, array_like=True, gc=False):
    """A row of a register of third parties; `reference` is the name where the register gives no reference."""

    mention: Mention

    @property
    def values(self) -> dict[str, str]:
        """The name, type, membership and country that the row states, by their names in `Party`."""
        return {"name": self.mention.name, **{LABELS[name]: text for name, text in self.mention.classes.items()}}

    def display_values(self) -> dict[str, Any]:
        """Return the values of the row, by field."""
        mention = self.mention
        return {
            "reference": mention.reference,
            **self.values,
            "identifiers": mention.identifier_texts,
            "aliases": mention.aliases,
            "reason": self.reason,
        }

    def coded_values(self) -> Iterator[tuple[str, str, str]]:
        """Yield the values that a code list may restrict."""
        classes = {**self.mention.assumed, **self.mention.classes}
        for label, setting in SETTINGS.items():
            if FIELDS[label] in classes:
                yield setting, label, classes[FIELDS[label]]


def read_party(cells: RecordCells) -> PartyRow:
    """Return the party that a record describes; faults are added to `cells`."""
    name = cells.text("name")
    if not name:
        cells.need("name")
    reference = cells.reference("reference")
    identifiers: list[Identifier | None] = [cells.identifier(text) for text in cells.items("identifiers")]
    classes = {ours: cells.cell(label) and cells.text(label) for label, ours in FIELDS.items()}
    mention = Mention(
        name or "",
        tuple(dict.fromkeys(identifier for identifier in identifiers if identifier)),
        {ours: text for ours, text in classes.items() if text},
        {ours: assumed for label, ours in FIELDS.items() if (assumed := cells.profile.empty.get(label))},
        reference,
        cells.texts("aliases"),
    )
    return PartyRow(
        number=cells.record.number,
        line=cells.record.line,
        reference=reference or name or "",
        reason=cells.text("reason"),
        mention=mention,
    )


@dataclass(slots=True)
class _PartyDiff:
    """The changes of a row to a party: other values, and new aliases and identifiers."""

    values: dict[str, str]
    aliases: list[str]
    identifiers: list[Identifier]
    was: dict[str, Any] = field(default_factory=dict)


FIELD_OF = {
    "bad-reference": "reference", "duplicate-party": "name", "ambiguous-party": "name", "not-registered": "name",
    "looks-like-party": "name", "no-name": "name", "unknown-country": "country", "wrong-check-digits": "identifiers",
}  # fmt: skip
"""The field that a refusal is about, by its code, for refusals that do not carry the field."""


class PartyPlanner(Planner[PartyRow]):
    """Plans rows of third parties."""

    def __init__(self, profile: Profile, sha256: str, options: Options, parties: PartyResolver) -> None:
        """Plan for the file with this digest."""
        super().__init__(profile, sha256, options, parties)
        self._rows: dict[str, int] = {}

    def plan(self, row: PartyRow) -> RowPlan:
        """Return the plan of a row. Raises At, and the LedgerError that refuses it."""
        ref = self._find(row)
        if ref is None:
            plan = self._plan_voided(row)
            if plan is not None:
                return plan
            new = self.parties.registration(row.mention, ())
            self._rows[new.ref] = row.number
            return RowPlan("registered", [self.request(row, [new.command], self.options.effective_on)], [new])
        first = self._rows.setdefault(ref, row.number)
        if first != row.number:
            raise At(RepeatedReference(ref, first, self.profile.row_schema.noun), "name", row.mention.name)
        return self._plan_known(row, ref)

    def _find(self, row: PartyRow) -> str | None:
        mention = row.mention
        if mention.reference:
            return mention.reference if self.unit.exists(f"party/{mention.reference}") else None
        refs = [self.parties.find_by_text(text) for text in (*mention.identifier_texts, mention.name, *mention.aliases)]
        known = list(dict.fromkeys(ref for ref in refs if ref))
        if len(known) > 1:
            raise At(AmbiguousParty(mention.name, known), "name", mention.name)
        return known[0] if known else None

    def _plan_voided(self, row: PartyRow) -> RowPlan | None:
        """Return a plan that changes nothing if the party was imported before and voided since. Raises At."""
        mention = row.mention
        streams = [f"party/{mention.reference}"] if mention.reference else self.unit.store.named(name_key(mention.name))
        for stream in streams:
            entries = self.entries(stream)
            if any(entry.source for entry in entries) and not self.unit.exists(stream) and not is_undone(entries):
                in_register = party_in_register(entries)
                if any(value != in_register.values.get(label) for label, value in row.values.items()):
                    raise At(TakenBack(f"Party {stream.partition('/')[2]}", stream), "name", mention.name)
                return RowPlan("unchanged")
        return None

    def _plan_known(self, row: PartyRow, ref: str) -> RowPlan:
        state = self.unit.load(f"party/{ref}").state
        assert isinstance(state, Party)
        entries = self.entries(f"party/{ref}")
        in_register = party_in_register(entries)
        self._check_identifiers(row, ref, state)
        diff = _diff(row, in_register, state)
        notices = self._omission_notices(row, ref, in_register, state)
        commands = list(_commands(ref, diff))
        if not commands:
            return RowPlan("unchanged", notices=notices)
        on = self._since(entries, state, diff) if self.options.correct else self.options.effective_on
        outcome = "corrected" if self.options.correct else "amended"
        return RowPlan(outcome, [self.request(row, commands, on)], changes=_changes(row, ref, diff), notices=notices)

    def _check_identifiers(self, row: PartyRow, ref: str, state: Party) -> None:
        given = row.mention.identifiers
        for identifier in given:
            current = [known for known in state.identifiers if known.scheme == identifier.scheme]
            if current and not set(current) & set(given):
                error = IdentifierDiffers(f"{state.name} ({ref})", _text(identifier), map(_text, current))
                raise At(error, "identifiers", _text(identifier))

    def _omission_notices(self, row: PartyRow, ref: str, in_register: PartyInRegister, state: Party) -> list[Notice]:
        """Return a notice for each alias and identifier that the register no longer gives; the party keeps them."""
        omitted: list[str] = []
        if "aliases" in self.profile.columns:
            aliases = [alias for alias in in_register.aliases if alias in state.aliases]
            omitted += [alias for alias in aliases if alias not in row.mention.aliases]
        if "identifiers" in self.profile.columns:
            identifiers = [identifier for identifier in in_register.identifiers if identifier in state.identifiers]
            omitted += [_text(identifier) for identifier in identifiers if identifier not in row.mention.identifiers]
        return [
            Notice(row=row.number, subject=ref, text=f"the row no longer gives {text}: it stays") for text in omitted
        ]

    def _since(self, entries: Sequence[Entry], state: Party, diff: _PartyDiff) -> str:
        """Return the effective date of a correction: that of the current values, or of the registration if later."""
        days = [state.facts[label].on for label in diff.values if label in state.facts]
        return max([unvoided([entry.fact for entry in entries])[0].effective_on, *days])


def _diff(row: PartyRow, in_register: PartyInRegister, state: Party) -> _PartyDiff:
    known = {name_key(name) for name in state.names()}
    diff = _PartyDiff(
        {},
        [alias for alias in row.mention.aliases if name_key(alias) not in known and alias not in in_register.aliases],
        [
            identifier
            for identifier in row.mention.identifiers
            if identifier not in state.identifiers and identifier not in in_register.identifiers
        ],
    )
    for label, given in row.values.items():
        current = state.get(label)
        # A row may name a party by an alias if no row has stated its name before.
        is_alias = label == "name" and label not in in_register.values and name_key(given) in known
        if given not in (in_register.values.get(label, current), current) and not is_alias:
            diff.values[label], diff.was[label] = given, current
    return diff


def _commands(ref: str, diff: _PartyDiff) -> Iterator[Command]:
    if "name" in diff.values:
        yield RenameParty(party=ref, name=diff.values["name"])
    classes = {MEMBERS[label]: text for label, text in diff.values.items() if label != "name"}
    if classes:
        yield ReclassifyParty(party=ref, **classes)
    yield from (AddAlias(party=ref, alias=alias) for alias in diff.aliases)
    yield from (AddIdentifier(party=ref, identifier=identifier) for identifier in diff.identifiers)


def _changes(row: PartyRow, ref: str, diff: _PartyDiff) -> list[FieldChange]:
    changes = [(label, str(diff.was[label] or ""), text) for label, text in diff.values.items()]
    changes += [("aliases", "", alias) for alias in diff.aliases]
    changes += [("identifiers", "", _text(identifier)) for identifier in diff.identifiers]
    return [FieldChange(row=row.number, subject=ref, field=label, was=was, becomes=now) for label, was, now in changes]


def _text(identifier: Identifier) -> str:
    return f"{identifier.scheme}={identifier.id}"
