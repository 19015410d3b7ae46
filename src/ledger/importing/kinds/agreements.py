"""Plan the rows of a register of agreements: each signs, amends or corrects an engagement, or leaves it unchanged."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ledger.application.request import Request
from ledger.domain.engagement.lifecycle_commands import SignEngagement
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.fields import ORGANIZATION, PAID_ROLES, Role
from ledger.domain.kernel import Command
from ledger.domain.voiding import fold
from ledger.format.entry import Entry
from ledger.importing.changes.correction import plan_correction
from ledger.importing.changes.describe import DiffDescriber
from ledger.importing.changes.diff import EngagementDiff, EngagementInRow, diff_engagement, is_unchanged, signed_day
from ledger.importing.changes.party_resolver import NewParty, PartyResolver
from ledger.importing.changes.register_state import PayerCurrency, engagement_in_register
from ledger.importing.kinds.agreement_rows import AgreementRow
from ledger.importing.kinds.agreement_status import stated_status, stated_steps, status_commands, status_day
from ledger.importing.kinds.planner import Planner, RowPlan
from ledger.importing.profile.model import LIST_SEPARATOR, Profile
from ledger.importing.profile.row_schema import SHARES, TEXTS, WITHHELD
from ledger.importing.requests import Options, amending_commands, signing_commands
from ledger.importing.result import FieldChange, Notice
from ledger.importing.row_errors import At, SigningDateDiffers, StatusDiffers, TakenBack

FIELD_OF = {
    "bad-reference": "reference", "duplicate-engagement": "reference", "forbidden-transition": "reference",
    "cannot-correct": "reference", "role-twice": "parties", "duplicate-party": "parties",
    "looks-like-party": "parties", "no-name": "parties", "unknown-country": "countries",
    "wrong-check-digits": "identifiers",
    "goes-back": "signed_on", "ends-before-start": "ends_on", "below-zero": "partner_amount", "below-orders": "ceiling",
}  # fmt: skip
"""The field that a refusal is about, by its code, for refusals that do not carry the field."""


class AgreementPlanner(Planner[AgreementRow]):
    """Plans rows of agreements."""

    one_row_per_engagement = True

    def __init__(self, profile: Profile, sha256: str, options: Options, parties: PartyResolver) -> None:
        """Plan for the file with this digest."""
        super().__init__(profile, sha256, options, parties)
        mapped = profile.given
        shares = {ours for field, ours in SHARES.items() if field in mapped}
        withheld = {"withheld"} if mapped & WITHHELD.keys() else set[str]()
        plain = {*TEXTS, "starts_on", "ends_on", "ceiling", "parties", "outcomes"} & mapped
        plain |= {"ceiling"} if profile.amounts.ceiling_of else set[str]()
        self._fields = frozenset(plain | shares | withheld)

    def plan(self, row: AgreementRow) -> RowPlan:
        """Return the plan of a row. Raises At, and the LedgerError that refuses it."""
        if row.undated:
            row = msgspec.structs.replace(row, on=self.options.effective_on or "")
        self.check_not_ahead(row.on, "signed_on")
        refs, new = self._parties_of(row)
        plan = self._engagement(row, refs, new)
        for ref, mention in zip(refs, row.parties, strict=True):
            if not any(party.ref == ref for party in new):
                self._classes(row, plan, ref, mention.classes)
        if row.status:
            self._status(row, plan)
        if plan.requests:
            plan.notices.extend(self._paid_givers(row))
        if self.profile.lists.separator is None:
            plan.notices += [_one_party(row, party) for party in new if LIST_SEPARATOR in party.command.name]
        return plan

    def _paid_givers(self, row: AgreementRow) -> Iterator[Notice]:
        """Yield a note for each party that gives money in a role in which it would be paid."""
        paid = self.unit.setting("conflict.roles") or PAID_ROLES
        for place, amount in row.money:
            if place is not None and row.roles[place] in paid:
                how = f"gives {amount} as {row.roles[place]}, who is paid"
                text = f"{how}: if the organisation pays it, it is a ceiling"
                yield Notice(row=row.number, subject=row.parties[place].name, text=text)

    def _parties_of(self, row: AgreementRow) -> tuple[list[str], list[NewParty]]:
        refs: list[str] = []
        new: list[NewParty] = []
        for mention in row.parties:
            try:
                ref = self.parties.find(mention)
            except LedgerError as error:
                raise At(error, "parties", mention.name) from error
            if ref is None:
                ref = next((party.ref for party in new if party.key == mention.key), None)
            if ref is None:
                new.append(self.parties.registration(mention, refs))
                ref = new[-1].ref
            refs.append(ref)
        return refs, new

    def _in_row(self, row: AgreementRow, refs: Sequence[str]) -> EngagementInRow:
        totals: dict[PayerCurrency, int] = {}
        for place, amount in row.money:
            key = (ORGANIZATION if place is None else refs[place], amount.currency)
            totals[key] = totals.get(key, 0) + amount.minor
        values = {**row.values, "parties": tuple(map(Role, refs, row.roles))}
        signed_on = None if row.undated else row.on
        return EngagementInRow(row.reference, signed_on, values, totals, self._fields, row.outcomes, row.answers)

    def _engagement(self, row: AgreementRow, refs: Sequence[str], new: list[NewParty]) -> RowPlan:
        stream = f"engagement/{row.reference}"
        entries = self.entries(stream)
        in_register = engagement_in_register(entries)
        # A party that was merged goes on under the reference that the register had for it here.
        known = {role.party: self.unit.survivor(role.party) for role in in_register.values.get("parties", ())}
        merged = {into: ref for ref, into in known.items() if into not in known}
        in_row = self._in_row(row, [merged.get(ref, ref) for ref in refs])
        if entries and is_unchanged(in_row, in_register):
            return RowPlan("unchanged")
        state = Engagement()
        fold(state, [entry.fact for entry in entries])
        self.unit.replace(stream, state, len(entries))
        if in_register.signed_on and not state.exists:
            raise At(TakenBack(f"Engagement {row.reference}", stream), "reference", row.reference)
        if signed_day(state) is None:
            return RowPlan("signed", [self._request(row, new, signing_commands(in_row), row.on)], new)
        return self._changed(row, in_row, entries, state, diff_engagement(in_row, in_register, state), new)

    def _changed(
        self,
        row: AgreementRow,
        in_row: EngagementInRow,
        entries: list[Entry],
        state: Engagement,
        diff: EngagementDiff,
        new: list[NewParty],
    ) -> RowPlan:
        correct = self.options.correct
        describer = DiffDescriber(row, self.parties, {party.ref: party.command.name for party in new})
        notices = [] if correct else describer.emptied(diff)
        if not diff:
            return RowPlan("unchanged", notices=notices)
        if correct:
            fix = plan_correction(entries, state, diff)
            redo = signing_commands(in_row) if fix.sign_again else amending_commands(row.reference, fix.diff)
            commands, on = [*self.voids(f"engagement/{row.reference}", fix.versions), *redo], fix.day
        elif diff.signed_on:
            raise At(SigningDateDiffers(diff.signed_on, diff.was["signed_on"]), "signed_on", diff.signed_on)
        else:
            commands, on = amending_commands(row.reference, diff), self.options.effective_on
        changes, notices = describer.changes(diff), notices + describer.overruled(diff)
        request = self._request(row, new, commands, on)
        return RowPlan("corrected" if correct else "amended", [request], new, changes, notices)

    def _classes(self, row: AgreementRow, plan: RowPlan, ref: str, classes: dict[str, str]) -> None:
        """Add a request of its own for the classes that the row changes of a registered party."""
        reclassification = self.parties.reclassification(ref, row, classes)
        if reclassification is None:
            return
        since = reclassification.held_since
        on = self.options.effective_on or self.unit.today
        if plan.outcome == "signed" or self.options.correct:
            on = row.on if plan.outcome == "signed" else since
        plan.requests.append(self.request(row, [reclassification.command], max(on, since), f"/{ref}"))
        plan.changes.extend(reclassification.changes)
        plan.reclassified += 1

    def _status(self, row: AgreementRow, plan: RowPlan) -> None:
        """Add a request of its own for the steps that lead to the status that the row gives. Raises At."""
        commands = [command for request in plan.requests for command in request.commands]
        is_signed_now = any(isinstance(command, SignEngagement) for command in commands)
        stream = f"engagement/{row.reference}"
        entries = [] if is_signed_now else self.entries(stream)
        if entries and row.status == stated_status(entries):
            return
        current = self.unit.engagement(row.reference).status if entries else "signed"
        wrong = [fact.version for fact in stated_steps(entries)] if self.options.correct else []
        day = status_day(row, self.options.effective_on or self.unit.today)
        self.check_not_ahead(day, "status_on")
        try:
            steps = status_commands(row.reference, "signed" if wrong else current, row.status)
        except StatusDiffers as error:
            raise At(error, "status", row.status) from error
        if not (wrong or steps):
            return
        plan.requests.append(self.request(row, [*self.voids(stream, wrong), *steps], day, "/status"))
        if plan.outcome == "unchanged":
            plan.outcome = "corrected" if self.options.correct else "amended"
        if not is_signed_now:
            change = {"was": current, "becomes": row.status}
            plan.changes.append(FieldChange(row=row.number, subject=row.reference, field="status", **change))

    def _request(
        self, row: AgreementRow, new: Iterable[NewParty], commands: Iterable[Command], on: str | None
    ) -> Request:
        return self.request(row, [*(party.command for party in new), *commands], on)


def _one_party(row: AgreementRow, party: NewParty) -> Notice:
    text = f"is one party, {party.ref}: lists.separator in the profile would make it several"
    return Notice(row=row.number, subject=party.command.name, text=text)
