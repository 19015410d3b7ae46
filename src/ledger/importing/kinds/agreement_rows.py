"""Read rows of agreements: an engagement with its parties, money, outcomes and materiality."""

from collections.abc import Iterator
from typing import Any, TypedDict, cast

from ledger.domain.dates import check_period
from ledger.domain.engagement.oversight.analysis import NO, YES
from ledger.domain.fields import PARTNER, Identifier, Share, check_shares
from ledger.domain.money import Money
from ledger.importing.profile.model import texts
from ledger.importing.profile.row_schema import ANSWERS, CLASSES, SHARES, TEXTS, WITHHELD
from ledger.importing.row_errors import AmountOfMany, EmptyCell, ListsDiffer, UnknownStatus
from ledger.importing.source.row_mapper import RecordCells
from ledger.importing.source.rows import Mention, RegisterRow

LISTS = {"party_types": "list.party-types", "memberships": "list.memberships"}
"""Fields with a class of a party, and the settings with their code lists."""
STATUSES = ("signed", "active", "completed", "terminated", "closed")
"""The states that a row can give."""
OF_PARTICULAR = {ours: field for field, ours in SHARES.items()}
OF_EACH = ("identifiers", "roles", *CLASSES)
"""Fields that give an item for each party."""


class Values(TypedDict, total=False):
    """The particulars that a row gives, by their names in an engagement."""

    title: str
    kind: str
    purpose: str
    objective: str
    unit: str
    basis: str
    regions: tuple[Share, ...]
    priorities: tuple[Share, ...]
    starts_on: str
    ends_on: str
    ceiling: Money
    withheld: tuple[str, ...]


class AgreementRow(RegisterRow, frozen=True, kw_only=True, array_like=True, gc=False):
    """A row of a register of agreements.

    `money` has the index of the payer in `parties`, or None for the organisation, with each amount. `roles` are those
    of the parties, in the same order; `status` is the state that the row gives, from `status_on` on. `values` are the
    other particulars. In an `undated` row `on` is empty until the planner sets it to the date of the source.
    """

    values: Values
    roles: tuple[str, ...]
    money: tuple[tuple[int | None, Money], ...]
    outcomes: tuple[str, ...]
    answers: dict[str, str]
    undated: bool
    status: str = ""
    status_on: str | None = None

    def display_values(self) -> dict[str, Any]:
        """Return the values of the row, by field."""
        money = [(place, amount) for place, amount in self.money if place is not None]
        return {
            "reference": self.reference,
            **{OF_PARTICULAR.get(name, name): value for name, value in self.values.items() if name != "withheld"},
            **{field: YES for field, facet in WITHHELD.items() if facet in self.values.get("withheld", ())},
            "parties": self.parties,
            "roles": self.roles,
            "signed_on": "not recorded; effective on the date of the source" if self.undated else self.on,
            "partner_amount": [f"{self.parties[place].name}: {amount}" for place, amount in money],
            "organization_amount": next((amount for place, amount in self.money if place is None), None),
            "status": self.status,
            "status_on": self.status_on,
            "outcomes": self.outcomes,
            **self.answers,
            "reason": self.reason,
        }

    def coded_values(self) -> Iterator[tuple[str, str, str]]:
        """Yield the values that a code list may restrict."""
        yield "list.kinds", "kind", self.values["kind"]
        yield from (("list.roles", "roles", role) for role in self.roles)
        for field, shares in ("region", self.values.get("regions")), ("priority", self.values.get("priorities")):
            yield from ((f"list.{SHARES[field]}", field, share.code) for share in shares or ())
        for mention in self.parties:
            classes = {**mention.assumed, **mention.classes}
            yield from ((LISTS[field], field, classes[field]) for field in LISTS if field in classes)


def read_agreement(cells: RecordCells) -> AgreementRow:
    """Return the agreement that a record describes; faults are added to `cells`."""
    return _Reader(cells).row()


class _Reader:
    def __init__(self, cells: RecordCells) -> None:
        self._cells = cells

    def row(self) -> AgreementRow:
        cells = self._cells
        undated = cells.profile.dates.signed_on == "source"
        values = self._values()
        signed_on = "" if undated else cells.date("signed_on") or ""
        reference = cells.reference("reference")
        lists = {field: cells.each(field) for field in ("parties", *OF_EACH)}
        parties = self._parties(lists)
        title, kind = values.get("title"), values.get("kind")
        needed = ("title", title), ("kind", kind), ("parties", parties), ("signed_on", signed_on or undated)
        for field, value in needed:
            if not value:
                cells.need(field)
        return AgreementRow(
            number=cells.record.number,
            line=cells.record.line,
            reference=reference,
            on=signed_on,
            values=cast("Values", values),
            parties=parties,
            roles=self._roles(lists, str(kind)),
            money=self._money(len(parties)) if parties else (),
            outcomes=cells.texts("outcomes"),
            answers={field: answer for field in ANSWERS if (answer := cells.answer(field))},
            undated=undated,
            status=self._status(),
            status_on=cells.date("status_on"),
            reason=cells.text("reason"),
        )

    def _values(self) -> dict[str, Any]:
        """Return the particulars that the row gives."""
        cells = self._cells
        values: dict[str, Any] = {field: cells.text(field) for field in TEXTS}
        for field, ours in SHARES.items():
            values[ours] = self._shares(field)
        starts_on, ends_on = cells.date("starts_on"), cells.date("ends_on")
        cells.attempt("ends_on", cells.cell("ends_on"), check_period, starts_on, ends_on)
        values["starts_on"], values["ends_on"], values["withheld"] = starts_on, ends_on, self._withheld()
        if values["kind"] in texts(cells.profile.amounts.ceiling_of):
            values["ceiling"] = cells.amount("partner_amount")
            cells.filled.pop("partner_amount", None)
        else:
            values["ceiling"] = cells.amount("ceiling")
        return {name: value for name, value in values.items() if value is not None}

    def _status(self) -> str:
        status = self._cells.text("status") or ""
        if status and status not in STATUSES:
            self._cells.fault("status", self._cells.cell("status"), UnknownStatus(status, STATUSES))
        return status

    def _shares(self, field: str) -> tuple[Share, ...] | None:
        cells = self._cells
        items = cells.items(field)
        if not items:
            assumed = cells.profile.empty.get(field)
            return (Share(assumed),) if assumed else None
        parsed = [cells.attempt(field, item, cells.formats.share, field, item) for item in items]
        shares = tuple(share for share in parsed if share is not None)
        if len(shares) == len(items):
            cells.attempt(field, cells.cell(field), check_shares, shares, field)
        return shares

    def _withheld(self) -> tuple[str, ...] | None:
        """Return the facets that the source withholds; None if the row answers for no facet."""
        fields = self._cells.mapper.fields
        answers = {facet: self._cells.answer(field) for field, facet in WITHHELD.items() if field in fields}
        facets = tuple(facet for facet, answer in answers.items() if answer == YES)
        return facets if facets or NO in answers.values() else None

    def _parties(self, lists: dict[str, list[str]]) -> tuple[Mention, ...]:
        names = lists["parties"]
        for field in OF_EACH:
            items = len(lists[field])
            if items != len(names):
                self._check_each(field, items, len(names))
                lists[field] = (lists[field] + [""] * len(names))[: len(names)]
        return tuple(
            Mention(
                self._name(name),
                self._identifiers(lists["identifiers"][place]),
                {field: text for field in CLASSES if (text := self._text(field, lists[field][place]))},
                self._cells.mapper.assumed,
            )
            for place, name in enumerate(names)
        )

    def _name(self, text: str) -> str:
        cells = self._cells
        if not text:
            cells.fault("parties", cells.cell("parties"), EmptyCell("party", can_default=False))
        return text and (cells.attempt("parties", text, cells.formats.text, "party", text) or "")

    def _check_each(self, field: str, items: int, parties: int) -> None:
        if items and parties and items != parties:
            error = ListsDiffer(parties, items, self._cells.profile.lists.of_parties)
            self._cells.fault(field, self._cells.cell(field), error)

    def _identifiers(self, text: str) -> tuple[Identifier, ...]:
        identifier = self._cells.identifier(text)
        return (identifier,) if identifier else ()

    def _text(self, field: str, text: str) -> str | None:
        return self._cells.attempt(field, text, self._cells.formats.text, field, text) if text else None

    def _roles(self, lists: dict[str, list[str]], kind: str) -> tuple[str, ...]:
        """Return the role of each party: from its cell, otherwise the profile's role for this kind of agreement."""
        profile = self._cells.profile
        default = profile.roles.get(kind) or profile.empty.get("roles") or PARTNER
        return tuple(self._text("roles", text) or default for text in lists["roles"])

    def _money(self, parties: int) -> tuple[tuple[int | None, Money], ...]:
        cells = self._cells
        amounts, own_amount = cells.each("partner_amount"), cells.cell("organization_amount")
        if amounts and len(amounts) != parties:
            error = AmountOfMany(parties, len(amounts), cells.profile.lists.of_parties)
            cells.fault("partner_amount", cells.cell("partner_amount"), error)
            return ()
        places: list[tuple[str, int | None, str]] = []
        places += [("partner_amount", place, text) for place, text in enumerate(amounts) if text]
        places += [("organization_amount", None, own_amount)] if own_amount else []
        values = [(place, cells.money(field, text)) for field, place, text in places]
        return tuple((place, amount) for place, amount in values if amount is not None)
