"""What a row asks of the ledger: to sign an engagement, to amend or correct it, or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ledger.domain.dates import day_after
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.fields import ORGANIZATION, Role
from ledger.domain.kernel import Command
from ledger.domain.voiding import VoidEntries, fold
from ledger.entry import Entry, read
from ledger.importing.asking import Options, Origin, amending, request, signing
from ledger.importing.compare import Difference, Saying, difference, says_the_same, signed_day
from ledger.importing.correction import correction
from ledger.importing.last_word import Pot, of_engagement
from ledger.importing.mapping import Row
from ledger.importing.outcome import Change, Notice
from ledger.importing.parties import NewParty, Parties
from ledger.importing.profile import SHARES, TEXTS, Profile
from ledger.importing.row_errors import At, NotSignedYet, SigningDateDiffers, TakenBack
from ledger.importing.wording import Wording
from ledger.request import Request
from ledger.unit import Unit

CORRECTED = "corrected by the register"
"""The reason of voids, if the import was given none."""


@dataclass(slots=True)
class Step:
    """What one row asks: `what` becomes of its engagement, the requests, the parties that they register, and words."""

    what: str
    requests: list[Request] = field(default_factory=list)
    registered: list[NewParty] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    reclassified: int = 0


class Planner:
    """Plans the rows of one file, one after the other, each on what the rows before it left."""

    def __init__(self, profile: Profile, sha256: str, options: Options, parties: Parties) -> None:
        """Plan for the file with this digest."""
        self.origin = Origin(profile.name, sha256)
        self.options = options
        self.parties = parties
        mapped = profile.columns.keys() | profile.empty.keys()
        shares = {ours for field, ours in SHARES.items() if field in mapped}
        self._fields = frozenset({*TEXTS, "starts_on", "ends_on", "parties"} & mapped | shares)

    @property
    def unit(self) -> Unit:
        """The transaction in which rows are planned."""
        return self.parties.unit

    def plan(self, row: Row) -> Step:
        """Return what a row asks. Raises At, and whatever refuses it."""
        if row.signed_on > day_after(self.unit.today):
            raise At(NotSignedYet(row.signed_on, self.unit.today), "signed_on", row.signed_on)
        refs, new = self._parties_of(row)
        step = self._engagement(row, self._saying(row, refs), new)
        for ref, mention in zip(refs, row.parties, strict=True):
            if not any(one.ref == ref for one in new):
                self._classes(row, step, ref, mention.classes)
        return step

    def _parties_of(self, row: Row) -> tuple[list[str], list[NewParty]]:
        refs: list[str] = []
        new: list[NewParty] = []
        for mention in row.parties:
            try:
                ref = self.parties.find(mention)
            except LedgerError as error:
                raise At(error, "parties", mention.name) from error
            if ref is None:
                ref = next((one.ref for one in new if one.key == mention.key), None)
            if ref is None:
                new.append(self.parties.registration(mention, refs))
                ref = new[-1].ref
            refs.append(ref)
        return refs, new

    def _saying(self, row: Row, refs: Sequence[str]) -> Saying:
        totals: dict[Pot, int] = {}
        for place, amount in row.money:
            pot = (ORGANIZATION if place is None else refs[place], amount.currency)
            totals[pot] = totals.get(pot, 0) + amount.minor
        values = {**row.values, "parties": tuple(map(Role, refs))}
        return Saying(row.reference, row.signed_on, values, totals, self._fields)

    def _engagement(self, row: Row, saying: Saying, new: list[NewParty]) -> Step:
        stream = f"engagement/{row.reference}"
        entries = [read(data) for _, data in self.unit.store.stream(stream)]
        word = of_engagement(entries)
        if entries and says_the_same(saying, word):
            return Step("unchanged")
        state = Engagement()
        fold(state, [entry.fact for entry in entries])
        self.unit.replace(stream, state, len(entries))
        if word.signed_on and not state.exists:
            raise At(TakenBack(row.reference), "reference", row.reference)
        if signed_day(state) is None:
            return Step("signed", [self._request(row, new, [signing(saying)], row.signed_on)], new)
        return self._changed(row, saying, entries, state, difference(saying, word, state), new)

    def _changed(
        self, row: Row, saying: Saying, entries: list[Entry], state: Engagement, found: Difference, new: list[NewParty]
    ) -> Step:
        correct = self.options.correct
        wording = Wording(row, self.parties, {one.ref: one.command.name for one in new})
        notices = [] if correct else wording.emptied(found)
        if not found:
            return Step("unchanged", notices=notices)
        if correct:
            right = correction(entries, state, found)
            again = [signing(saying)] if right.anew else amending(row.reference, right.difference)
            commands, on = [*self._voids(f"engagement/{row.reference}", right.versions), *again], right.day
        elif found.signed_on:
            raise At(SigningDateDiffers(row.signed_on, found.was["signed_on"]), "signed_on", row.signed_on)
        else:
            commands, on = amending(row.reference, found), self.options.effective_on
        changes, notices = wording.changes(found), notices + wording.overruled(found)
        asked = self._request(row, new, commands, on)
        return Step("corrected" if correct else "amended", [asked], new, changes, notices)

    def _voids(self, stream: str, versions: Sequence[int]) -> list[Command]:
        if not versions:
            return []
        positions = tuple(self.unit.ledger.position(stream, version) for version in versions)
        return [VoidEntries(positions=positions, reason=self.options.reason or CORRECTED)]

    def _classes(self, row: Row, step: Step, ref: str, classes: dict[str, str]) -> None:
        """Add what the row changes of a party that was registered before, as a request of its own."""
        found = self.parties.reclassification(ref, row, classes)
        if found is None:
            return
        on = self.options.effective_on or self.unit.today
        if step.what == "signed" or self.options.correct:
            on = row.signed_on if step.what == "signed" else found.held_since
        on = max(on, found.held_since)
        step.requests.append(request(self.unit, self.origin, row.number, self.options, [found.command], on, f"/{ref}"))
        step.changes.extend(found.changes)
        step.reclassified += 1

    def _request(self, row: Row, new: Iterable[NewParty], commands: Iterable[Command], on: str | None) -> Request:
        registrations = [one.command for one in new]
        return request(self.unit, self.origin, row.number, self.options, [*registrations, *commands], on)
