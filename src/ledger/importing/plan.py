"""What a row asks of the ledger: to sign an engagement, to amend or correct it, or nothing."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ledger.domain.codes import check_codes
from ledger.domain.engagement.life import AmendEngagement, SignEngagement
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.fields import ORGANIZATION, Pledge, Role
from ledger.domain.kernel import Command
from ledger.domain.money import from_minor
from ledger.domain.party import NO_MEMBERSHIP, RegisterParty
from ledger.domain.voiding import VoidEntries
from ledger.entry import Entry, Source, read
from ledger.importing.compare import Difference, Saying, difference, says_the_same, signed_day
from ledger.importing.correction import correction
from ledger.importing.last_word import Pot, of_engagement
from ledger.importing.mapping import Mention, Row
from ledger.importing.outcome import Change, Notice
from ledger.importing.parties import Parties, Reclassification, key_of
from ledger.importing.profile import CLASSES, SHARES, TEXTS, Profile
from ledger.importing.row_errors import SigningDateDiffers, TakenBack
from ledger.request import Request
from ledger.unit import Unit

CORRECTED = "corrected by the register"


class Options(NamedTuple):
    """How to take a file in. `effective_on` dates amendments, today if None; `correct` makes corrections of changes."""

    actor: str
    reason: str | None = None
    effective_on: str | None = None
    correct: bool = False


class At(Exception):  # noqa: N818 - it carries an error to the cell that it belongs to
    """A refusal, and the field of the row that it is about."""

    def __init__(self, error: LedgerError, field: str, value: str) -> None:
        """Say that `value`, given for `field`, is refused by `error`."""
        super().__init__(error.sentence)
        self.error, self.field, self.value = error, field, value


class Step(NamedTuple):
    """What one row asks: `what` becomes of its engagement, the requests, the parties that they register, what to tell."""

    what: str
    requests: list[Request]
    registered: list[tuple[Mention, str]]
    changes: list[Change]
    notices: list[Notice]
    reclassified: int


class Planner:
    """Plans the rows of one file, one after the other, each on what the rows before it left."""

    def __init__(self, profile: Profile, sha256: str, options: Options, parties: Parties) -> None:
        """Plan for the file with this digest."""
        self.profile = profile
        self.sha256 = sha256
        self.options = options
        self.parties = parties
        mapped = profile.columns.keys() | profile.empty.keys()
        names = {*TEXTS, "starts_on", "ends_on"} & mapped
        self.fields = frozenset({*names, *(ours for field, ours in SHARES.items() if field in mapped), "parties"})

    @property
    def unit(self) -> Unit:
        """The transaction in which rows are planned."""
        return self.parties.unit

    def plan(self, row: Row) -> Step:
        """Return what a row asks. Raises At, and whatever refuses it."""
        self._check_codes(row)
        refs, new = self._parties_of(row)
        saying = self._saying(row, refs)
        stream = f"engagement/{row.reference}"
        entries = [read(data) for _, data in self.unit.store.stream(stream)]
        step = self._compared(row, saying, entries, new)
        for ref, mention in zip(refs, row.parties, strict=True):
            found = None if any(ref == one for _, one in new) else self.parties.reclassification(ref, row, mention)
            if found is not None:
                step.requests.append(self._reclassify(row, found, step.what))
                step.changes.extend(found.changes)
                step = step._replace(reclassified=step.reclassified + 1)
        return step

    def _compared(self, row: Row, saying: Saying, entries: list[Entry], new: "_New") -> Step:
        word = of_engagement(entries)
        if entries and says_the_same(saying, word):
            return Step("unchanged", [], [], [], [], 0)
        state = self.unit.load(f"engagement/{row.reference}").state
        assert isinstance(state, Engagement)
        if word.signed_on and not state.exists:
            raise TakenBack(row.reference)
        if not entries or not state.exists or signed_day(state) is None:
            command = self._signing(row, saying)
            return Step("signed", [self._request(row, new, command, on=row.signed_on)], _refs(new), [], [], 0)
        return self._changed(row, saying, entries, state, difference(saying, word, state), new)

    def _changed(
        self, row: Row, saying: Saying, entries: list[Entry], state: Engagement, found: Difference, new: "_New"
    ) -> Step:
        if self.options.correct:
            notices: list[Notice] = []
        else:
            notices = self._emptied(row, found)
            if found.signed_on:
                raise At(SigningDateDiffers(row.signed_on, found.was["signed_on"]), "signed_on", row.signed_on)
        if not found:
            return Step("unchanged", [], [], [], notices, 0)
        notices += [
            Notice(row=row.number, subject=row.reference, text=f"{name} was changed here since the last import")
            for name in found.overruled
        ]
        changes = self._told(row, found, new)
        if self.options.correct:
            return Step("corrected", [self._correcting(row, saying, entries, state, found, new)], _refs(new), changes, notices, 0)
        commands = _amending(row.reference, found)
        on = self.options.effective_on
        return Step("amended", [self._request(row, new, *commands, on=on)], _refs(new), changes, notices, 0)

    def _emptied(self, row: Row, found: Difference) -> list[Notice]:
        """Take out of a difference what cannot be amended away, and tell of it."""
        gone: list[Any] = [name for name, value in found.values.items() if value is None]
        gone += [pot for pot, total in found.totals.items() if total is None]
        notices = []
        for key in gone:
            if isinstance(key, str):
                label, was = key.replace("_", " "), self._words(found.was[key])
                del found.values[key]
            else:
                label, was = f"commitment of {key[0]}", str(from_minor(key[1], found.was[key]))
                del found.totals[key]
            text = f"the row no longer gives the {label}; {was} stays, as only a correction takes it back"
            notices.append(Notice(row=row.number, subject=row.reference, text=text))
        return notices

    def _check_codes(self, row: Row) -> None:
        self._check("list.kinds", "kind", [row.values["kind"]])
        for field, ours in SHARES.items():
            self._check(f"list.{ours}", field, [share.code for share in row.values.get(ours, ())])
        for mention in row.parties:
            said = mention.assumed | mention.classes
            self._check("list.party-types", "party_types", [said.get("party_types")])
            if said.get("memberships") != NO_MEMBERSHIP:
                self._check("list.memberships", "memberships", [said.get("memberships")])

    def _check(self, setting: str, field: str, values: Sequence[str | None]) -> None:
        for value in values:
            try:
                check_codes(self.unit, setting, [value])
            except LedgerError as error:
                raise At(error, field, value or "") from error

    def _parties_of(self, row: Row) -> tuple[list[str], "_New"]:
        refs: list[str] = []
        new: _New = []
        for mention in row.parties:
            try:
                ref = self.parties.find(mention)
            except LedgerError as error:
                raise At(error, "parties", mention.name) from error
            if ref is None:
                ref = next((one for other, one, _ in new if key_of(other) == key_of(mention)), None)
            if ref is None:
                command = self.parties.registration(mention, refs)
                ref = str(command.ref)
                new.append((mention, ref, command))
            refs.append(ref)
        return refs, new

    def _saying(self, row: Row, refs: Sequence[str]) -> Saying:
        roles = tuple(Role(ref) for ref in refs)
        totals: dict[Pot, int] = {}
        for place, amount in row.money:
            pot = (ORGANIZATION if place is None else refs[place], amount.currency)
            totals[pot] = totals.get(pot, 0) + amount.minor
        return Saying(row.reference, row.signed_on, {**row.values, "parties": roles}, totals, self.fields)

    def _signing(self, row: Row, saying: Saying) -> SignEngagement:
        pledges = tuple(
            Pledge(payer, from_minor(currency, total)) for (payer, currency), total in saying.totals.items() if total
        )
        return SignEngagement(engagement=row.reference, contributions=pledges, **saying.values)

    def _correcting(
        self, row: Row, saying: Saying, entries: list[Entry], state: Engagement, found: Difference, new: "_New"
    ) -> Request:
        right = correction(entries, state, found)
        stream = f"engagement/{row.reference}"
        commands: list[Command] = []
        if right.versions:
            positions = tuple(self.unit.ledger.position(stream, version) for version in right.versions)
            commands.append(VoidEntries(positions=positions, reason=self.options.reason or CORRECTED))
        if right.anew:
            commands.append(self._signing(row, saying))
        else:
            commands += _amending(row.reference, right.difference)
        return self._request(row, new, *commands, on=right.day)

    def _reclassify(self, row: Row, found: Reclassification, what: str) -> Request:
        on = self.options.effective_on or self.unit.today
        if what == "signed":
            on = row.signed_on
        if self.options.correct and what != "signed":
            on = found.held_since
        return self._request(row, [], found.command, on=max(on, found.held_since), part=f"/{found.command.party}")

    def _request(self, row: Row, new: "_New", *commands: Command, on: str | None, part: str = "") -> Request:
        base = f"import:{self.profile.name}:{self.sha256[:32]}:{row.number}{part}"
        # The same row of the same file can be taken in again after another file said otherwise.
        again, free = 1, base
        while self.unit.store.recorded(free) is not None:
            again += 1
            free = f"{base}:{again}"
        return Request(
            commands=(*(command for _, _, command in new), *commands),
            actor=self.options.actor,
            effective_on=on,
            reason=self.options.reason,
            source=Source(self.sha256, row.number),
            id=free,
        )

    def _told(self, row: Row, found: Difference, new: "_New") -> list[Change]:
        names = {ref: mention.name for mention, ref, _ in new}

        def change(field: str, was: str, becomes: str) -> Change:
            return Change(row=row.number, subject=row.reference, field=field, was=was, becomes=becomes)

        told = [change(name, self._words(found.was[name]), self._words(value, names)) for name, value in found.values.items()]
        if found.signed_on:
            told.append(change("signed_on", str(found.was["signed_on"]), found.signed_on))
        for pot, total in found.totals.items():
            payer = pot[0] if pot[0] == ORGANIZATION else names.get(pot[0]) or self.parties.name(pot[0])
            now = "" if total is None else str(from_minor(pot[1], total))
            told.append(change(f"commitment of {payer}", str(from_minor(pot[1], found.was[pot])), now))
        return told

    def _words(self, value: Any, names: dict[str, str] | None = None) -> str:
        if isinstance(value, tuple):
            return "; ".join(
                (names or {}).get(one.party) or self.parties.name(one.party) if isinstance(one, Role) else str(one)
                for one in value
            )
        return "" if value is None else str(value)


_New = list[tuple[Mention, str, RegisterParty]]


def _refs(new: _New) -> list[tuple[Mention, str]]:
    return [(mention, ref) for mention, ref, _ in new]


def _amending(reference: str, found: Difference) -> list[Command]:
    """Return the commands that make a difference; commitments of parties that leave are ended before they leave."""
    pledges = [
        Pledge(payer, from_minor(currency, total)) for (payer, currency), total in found.totals.items() if total is not None
    ]
    values = {name: value for name, value in found.values.items() if value is not None}
    ended = tuple(pledge for pledge in pledges if not pledge.amount.minor)
    going_on = tuple(pledge for pledge in pledges if pledge.amount.minor)
    commands: list[Command] = [AmendEngagement(engagement=reference, contributions=ended)] if ended else []
    if values or going_on:
        commands.append(AmendEngagement(engagement=reference, contributions=going_on, **values))
    return commands
