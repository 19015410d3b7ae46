"""Rows of a register of third parties: to register one, rename, reclassify or identify it, add an alias, or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ledger.domain.fields import Identifier
from ledger.domain.kernel import Command
from ledger.domain.party.party import AddAlias, AddIdentifier, Party, ReclassifyParty, RenameParty
from ledger.domain.refusals import AmbiguousParty
from ledger.format.entry import Entry
from ledger.format.name_keys import name_key
from ledger.importing.changes.party_resolver import LABELS, MEMBERS, PartyResolver
from ledger.importing.changes.register_state import PartyInRegister, party_in_register
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.profile.model import Profile
from ledger.importing.requests import Options
from ledger.importing.result import FieldChange, Notice
from ledger.importing.row_errors import At, IdentifierDiffers, RepeatedReference, TakenBack
from ledger.importing.source.row_mapper import RecordCells
from ledger.importing.source.rows import Mention, RegisterRow

FIELDS = {label: field for field, label in LABELS.items()}
"""What a row says of a party, by its field here, to what rows of agreements call it."""
SETTINGS = {"type": "list.party-types", "membership": "list.memberships"}


class PartyRow(RegisterRow, frozen=True, kw_only=True, array_like=True, gc=False):
    """A row of a register of third parties; `reference` is the name where the register gives no reference."""

    mention: Mention

    @property
    def said(self) -> dict[str, str]:
        """What it says: name, type, membership and country, as the party's state calls them."""
        return {"name": self.mention.name, **{LABELS[name]: text for name, text in self.mention.classes.items()}}

    def display_values(self) -> dict[str, Any]:
        """Return what the row gives, by field."""
        mention = self.mention
        return {
            "reference": mention.reference,
            **self.said,
            "identifiers": mention.identifier_texts,
            "aliases": mention.aliases,
            "reason": self.reason,
        }

    def coded_values(self) -> Iterator[tuple[str, str, str]]:
        """Yield what must be of a list."""
        said = {**self.mention.assumed, **self.mention.classes}
        for label, setting in SETTINGS.items():
            if FIELDS[label] in said:
                yield setting, label, said[FIELDS[label]]


def read_party(cells: RecordCells) -> PartyRow:
    """Return the party that a record is; what is wrong with it is noted in `cells`."""
    name = cells.text("name")
    if not name:
        cells.need("name")
    reference = cells.reference("reference")
    identifiers: list[Identifier | None] = [cells.identifier(text) for text in cells.items("identifiers")]
    classes = {ours: cells.cell(label) and cells.text(label) for label, ours in FIELDS.items()}
    mention = Mention(
        name or "",
        tuple(dict.fromkeys(one for one in identifiers if one)),
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
    """What a row changes of a party: what is said otherwise, and aliases and identifiers that are new."""

    said: dict[str, str]
    aliases: list[str]
    identifiers: list[Identifier]
    was: dict[str, Any] = field(default_factory=dict)


FIELD_OF = {
    "bad-reference": "reference", "duplicate-party": "name", "ambiguous-party": "name", "not-registered": "name",
}  # fmt: skip
"""Code of a refusal to the field of the row that it is about, where the refusal itself does not know."""


class PartyPlanner(Planner[PartyRow]):
    """Plans rows of third parties."""

    def __init__(self, profile: Profile, sha256: str, options: Options, parties: PartyResolver) -> None:
        """Plan for the file with this digest."""
        super().__init__(profile, sha256, options, parties)
        self._rows: dict[str, int] = {}

    def plan(self, row: PartyRow) -> RowPlan:
        """Return what a row asks. Raises At, and whatever refuses it."""
        ref = self._find(row)
        if ref is None:
            gone = self._taken_back(row)
            if gone is not None:
                return gone
            new = self.parties.registration(row.mention, ())
            self._rows[new.ref] = row.number
            return RowPlan("registered", [self.request(row, [new.command], self.options.effective_on)], [new])
        first = self._rows.setdefault(ref, row.number)
        if first != row.number:
            raise At(RepeatedReference(ref, first, self.profile.row_schema.noun), "name", row.mention.name)
        return self._known(row, ref)

    def _find(self, row: PartyRow) -> str | None:
        mention = row.mention
        if mention.reference:
            return mention.reference if self.unit.exists(f"party/{mention.reference}") else None
        found = [self.parties.bearer(text) for text in (*mention.identifier_texts, mention.name, *mention.aliases)]
        known = list(dict.fromkeys(ref for ref in found if ref))
        if len(known) > 1:
            raise At(AmbiguousParty(mention.name, known), "name", mention.name)
        return known[0] if known else None

    def _taken_back(self, row: PartyRow) -> RowPlan | None:
        """Return a step that leaves a party as it is which was imported before, and voided since."""
        mention = row.mention
        named = [f"party/{mention.reference}"] if mention.reference else self.unit.store.named(name_key(mention.name))
        for stream in named:
            entries = self.entries(stream)
            if any(entry.source for entry in entries) and not self.unit.exists(stream):
                word = party_in_register(entries)
                if any(value != word.said.get(label) for label, value in row.said.items()):
                    raise At(TakenBack(f"Party {stream.partition('/')[2]}", stream), "name", mention.name)
                return RowPlan("unchanged")
        return None

    def _known(self, row: PartyRow, ref: str) -> RowPlan:
        state = self.unit.load(f"party/{ref}").state
        assert isinstance(state, Party)
        entries = self.entries(f"party/{ref}")
        word = party_in_register(entries)
        self._check_identifiers(row, ref, state)
        found = _difference(row, word, state)
        notices = self._stays(row, ref, word, state)
        commands = list(_commands(ref, found))
        if not commands:
            return RowPlan("unchanged", notices=notices)
        on = self._since(entries, state, found) if self.options.correct else self.options.effective_on
        what = "corrected" if self.options.correct else "amended"
        return RowPlan(what, [self.request(row, commands, on)], changes=_changes(row, ref, found), notices=notices)

    def _check_identifiers(self, row: PartyRow, ref: str, state: Party) -> None:
        given = row.mention.identifiers
        for one in given:
            held = [other for other in state.identifiers if other.scheme == one.scheme]
            if held and not set(held) & set(given):
                error = IdentifierDiffers(f"{state.name} ({ref})", f"{one.scheme}={one.id}", map(_text, held))
                raise At(error, "identifiers", _text(one))

    def _stays(self, row: PartyRow, ref: str, word: PartyInRegister, state: Party) -> list[Notice]:
        """Tell of aliases and identifiers that the register no longer gives: they stay."""
        gone: Sequence[str] = ()
        if "aliases" in self.profile.columns:
            gone = [alias for alias in word.aliases if alias in state.aliases and alias not in row.mention.aliases]
        if "identifiers" in self.profile.columns:
            left = [one for one in word.identifiers if one in state.identifiers and one not in row.mention.identifiers]
            gone = [*gone, *map(_text, left)]
        return [Notice(row=row.number, subject=ref, text=f"the row no longer gives {one}: it stays") for one in gone]

    def _since(self, entries: Sequence[Entry], state: Party, found: _PartyDiff) -> str:
        """Return since when a correction counts: since the party was registered, or since what is held now counts."""
        held = [state.facts[label].on for label in found.said if label in state.facts]
        return max([entries[0].effective_on, *held])


def _difference(row: PartyRow, word: PartyInRegister, state: Party) -> _PartyDiff:
    known = {name_key(name) for name in state.names()}
    found = _PartyDiff(
        {},
        [one for one in row.mention.aliases if name_key(one) not in known and one not in word.aliases],
        [one for one in row.mention.identifiers if one not in state.identifiers and one not in word.identifiers],
    )
    for label, given in row.said.items():
        held = state.get(label)
        # A party that no row ever named may be known by another of its names.
        is_alias = label == "name" and label not in word.said and name_key(given) in known
        if given not in (word.said.get(label, held), held) and not is_alias:
            found.said[label], found.was[label] = given, held
    return found


def _commands(ref: str, found: _PartyDiff) -> Iterator[Command]:
    if "name" in found.said:
        yield RenameParty(party=ref, name=found.said["name"])
    classes = {MEMBERS[label]: text for label, text in found.said.items() if label != "name"}
    if classes:
        yield ReclassifyParty(party=ref, **classes)
    yield from (AddAlias(party=ref, alias=alias) for alias in found.aliases)
    yield from (AddIdentifier(party=ref, identifier=one) for one in found.identifiers)


def _changes(row: PartyRow, ref: str, found: _PartyDiff) -> list[FieldChange]:
    told = [(label, str(found.was[label] or ""), text) for label, text in found.said.items()]
    told += [("aliases", "", alias) for alias in found.aliases]
    told += [("identifiers", "", _text(one)) for one in found.identifiers]
    return [FieldChange(row=row.number, subject=ref, field=label, was=was, becomes=now) for label, was, now in told]


def _text(one: Identifier) -> str:
    return f"{one.scheme}={one.id}"
