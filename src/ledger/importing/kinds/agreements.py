"""What a row of a register of agreements asks: to sign an engagement, to amend or correct it, or nothing."""

from collections.abc import Iterable, Sequence

import msgspec

from ledger.application.request import Request
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.fields import ORGANIZATION, Role
from ledger.domain.kernel import Command
from ledger.domain.voiding import fold
from ledger.format.entry import Entry
from ledger.importing.changes.correction import correction
from ledger.importing.changes.describe import DiffDescriber
from ledger.importing.changes.diff import EngagementDiff, EngagementInRow, difference, is_unchanged, signed_day
from ledger.importing.changes.party_resolver import NewParty, PartyResolver
from ledger.importing.changes.register_state import Pot, engagement_in_register
from ledger.importing.kinds.agreement_rows import AgreementRow
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.profile.model import Profile
from ledger.importing.profile.row_schema import SHARES, TEXTS, WITHHELD
from ledger.importing.requests import Options, amending, signing
from ledger.importing.row_errors import At, SigningDateDiffers, TakenBack

FIELD_OF = {
    "bad-reference": "reference", "duplicate-engagement": "reference", "forbidden-transition": "reference",
    "cannot-correct": "reference", "role-twice": "parties", "duplicate-party": "parties",
    "goes-back": "signed_on", "ends-before-start": "ends_on", "below-zero": "partner_amount",
}  # fmt: skip
"""Code of a refusal to the field of the row that it is about, where the refusal itself does not know."""


class AgreementPlanner(Planner[AgreementRow]):
    """Plans rows of agreements."""

    one_row_per_engagement = True

    def __init__(self, profile: Profile, sha256: str, options: Options, parties: PartyResolver) -> None:
        """Plan for the file with this digest."""
        super().__init__(profile, sha256, options, parties)
        mapped = profile.columns.keys() | profile.empty.keys()
        shares = {ours for field, ours in SHARES.items() if field in mapped}
        withheld = {"withheld"} if mapped & WITHHELD.keys() else set[str]()
        plain = {*TEXTS, "starts_on", "ends_on", "parties", "outcomes"} & mapped
        self._fields = frozenset(plain | shares | withheld)

    def plan(self, row: AgreementRow) -> RowPlan:
        """Return what a row asks. Raises At, and whatever refuses it."""
        if row.undated:
            row = msgspec.structs.replace(row, on=self.options.effective_on or "")
        self.check_not_ahead(row.on, "signed_on")
        refs, new = self._parties_of(row)
        step = self._engagement(row, self._saying(row, refs), new)
        for ref, mention in zip(refs, row.parties, strict=True):
            if not any(one.ref == ref for one in new):
                self._classes(row, step, ref, mention.classes)
        return step

    def _parties_of(self, row: AgreementRow) -> tuple[list[str], list[NewParty]]:
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

    def _saying(self, row: AgreementRow, refs: Sequence[str]) -> EngagementInRow:
        totals: dict[Pot, int] = {}
        for place, amount in row.money:
            pot = (ORGANIZATION if place is None else refs[place], amount.currency)
            totals[pot] = totals.get(pot, 0) + amount.minor
        values = {**row.values, "parties": tuple(map(Role, refs, row.roles))}
        signed_on = None if row.undated else row.on
        return EngagementInRow(row.reference, signed_on, values, totals, self._fields, row.outcomes, row.answers)

    def _engagement(self, row: AgreementRow, saying: EngagementInRow, new: list[NewParty]) -> RowPlan:
        stream = f"engagement/{row.reference}"
        entries = self.entries(stream)
        word = engagement_in_register(entries)
        if entries and is_unchanged(saying, word):
            return RowPlan("unchanged")
        state = Engagement()
        fold(state, [entry.fact for entry in entries])
        self.unit.replace(stream, state, len(entries))
        if word.signed_on and not state.exists:
            raise At(TakenBack(f"Engagement {row.reference}", stream), "reference", row.reference)
        if signed_day(state) is None:
            return RowPlan("signed", [self._request(row, new, signing(saying), row.on)], new)
        return self._changed(row, saying, entries, state, difference(saying, word, state), new)

    def _changed(
        self,
        row: AgreementRow,
        saying: EngagementInRow,
        entries: list[Entry],
        state: Engagement,
        found: EngagementDiff,
        new: list[NewParty],
    ) -> RowPlan:
        correct = self.options.correct
        wording = DiffDescriber(row, self.parties, {one.ref: one.command.name for one in new})
        notices = [] if correct else wording.emptied(found)
        if not found:
            return RowPlan("unchanged", notices=notices)
        if correct:
            right = correction(entries, state, found)
            again = signing(saying) if right.anew else amending(row.reference, right.difference)
            commands, on = [*self.voids(f"engagement/{row.reference}", right.versions), *again], right.day
        elif found.signed_on:
            raise At(SigningDateDiffers(found.signed_on, found.was["signed_on"]), "signed_on", found.signed_on)
        else:
            commands, on = amending(row.reference, found), self.options.effective_on
        changes, notices = wording.changes(found), notices + wording.overruled(found)
        asked = self._request(row, new, commands, on)
        return RowPlan("corrected" if correct else "amended", [asked], new, changes, notices)

    def _classes(self, row: AgreementRow, step: RowPlan, ref: str, classes: dict[str, str]) -> None:
        """Add what the row changes of a party that was registered before, as a request of its own."""
        found = self.parties.reclassification(ref, row, classes)
        if found is None:
            return
        on = self.options.effective_on or self.unit.today
        if step.outcome == "signed" or self.options.correct:
            on = row.on if step.outcome == "signed" else found.held_since
        step.requests.append(self.request(row, [found.command], max(on, found.held_since), f"/{ref}"))
        step.changes.extend(found.changes)
        step.reclassified += 1

    def _request(
        self, row: AgreementRow, new: Iterable[NewParty], commands: Iterable[Command], on: str | None
    ) -> Request:
        return self.request(row, [*(one.command for one in new), *commands], on)
