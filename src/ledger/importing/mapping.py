"""A row's cells become values, by the profile; whatever cannot be is a fault with its column, and reading goes on."""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from ledger.domain.dates import check_period
from ledger.domain.errors import LedgerError
from ledger.domain.fields import Identifier, Share, check_shares, checked_reference
from ledger.domain.money import Money
from ledger.importing.outcome import Fault
from ledger.importing.profile import CLASSES, NEEDED, SHARES, TEXTS, Profile
from ledger.importing.row_errors import AmountOfMany, AmountWithoutCurrency, EmptyCell, ListsDiffer, RaggedRow
from ledger.importing.style import Style
from ledger.importing.table import Record, Table
from ledger.names import name_key

T = TypeVar("T")


class Mention(NamedTuple):
    """A party as a row names it: `classes` are what cells say of it, `assumed` what empty ones mean if it is new."""

    name: str
    identifier: Identifier | None
    classes: dict[str, str]
    assumed: dict[str, str]

    @property
    def identifier_text(self) -> str:
        """The identifier as parties are found by it; empty if the row gives none."""
        return f"{self.identifier.scheme}={self.identifier.id}" if self.identifier else ""

    @property
    def key(self) -> str:
        """What tells it from other parties: its identifier, else its name."""
        return name_key(self.identifier_text or self.name)


class Row(NamedTuple):
    """A row that was read. `money` is by place in `parties`, None for the organisation; `values` are particulars."""

    number: int
    line: int
    reference: str
    signed_on: str
    values: dict[str, Any]
    parties: tuple[Mention, ...]
    money: tuple[tuple[int | None, Money], ...]


class Mapping:
    """Reads the rows of one table by one profile."""

    def __init__(self, profile: Profile, table: Table) -> None:
        """Prepare the styles of the profile."""
        self.profile = profile
        self.table = table
        self.style = Style(profile)
        self.assumed = {field: profile.empty[field] for field in CLASSES if field in profile.empty}

    def column(self, field: str) -> str:
        """Return the name of the column that gives a field; empty if none does."""
        return self.profile.columns.get(field, "")

    def cell(self, record: Record, field: str) -> str:
        """Return what a record holds for a field, right or wrong; empty if it has none."""
        place = self.table.columns.get(field)
        return record.cells[place].strip() if place is not None and place < len(record.cells) else ""

    def content(self, record: Record) -> str:
        """Return all cells of a record that the profile reads, as one text."""
        places = sorted(self.table.columns.items())
        return "\x1f".join(f"{field}={record.cells[place].strip()}" for field, place in places)

    def read(self, record: Record) -> tuple[Row | None, list[Fault]]:
        """Return the row that a record is, or what is wrong with it."""
        if len(record.cells) != len(self.table.header):
            error = RaggedRow(len(record.cells), len(self.table.header))
            return None, [Fault.of(error, record.number, record.line)]
        cells = _Cells(self, record)
        row = cells.row()
        return (None, cells.faults) if cells.faults else (row, [])


class _Cells:
    """One record while it is read."""

    def __init__(self, mapping: Mapping, record: Record) -> None:
        self._mapping = mapping
        self._style = mapping.style
        self._record = record
        self.faults: list[Fault] = []

    def row(self) -> Row:
        get, style = self._get, self._style
        values: dict[str, Any] = {field: get(field, style.text, field) for field in TEXTS}
        values |= {ours: self._shares(field) for field, ours in SHARES.items()}
        values |= {field: get(field, style.date) for field in ("starts_on", "ends_on")}
        self._try("ends_on", self._cell("ends_on"), check_period, values["starts_on"], values["ends_on"])
        signed_on = get("signed_on", style.date)
        reference = get("reference", checked_reference)
        parties = self._parties()
        for field, value in zip(NEEDED, (values["title"], values["kind"], parties, signed_on), strict=True):
            if not value and not any(fault.column == self._mapping.column(field) for fault in self.faults):
                self._fault(field, "", EmptyCell(field.replace("_", " ")))
        money = self._money(len(parties)) if parties else ()
        given = {field: value for field, value in values.items() if value is not None}
        return Row(self._record.number, self._record.line, reference or "", signed_on or "", given, parties, money)

    def _fault(self, field: str, value: str, error: LedgerError) -> None:
        column = self._mapping.column(field)
        self.faults.append(Fault.of(error, self._record.number, self._record.line, column, value))

    def _try(self, field: str, value: str, make: Callable[..., T], *given: Any) -> T | None:
        try:
            return make(*given)
        except LedgerError as error:
            self._fault(field, value, error)
            return None

    def _cell(self, field: str) -> str:
        return self._mapping.cell(self._record, field)

    def _get(self, field: str, parse: Callable[..., T], *named: str) -> T | None:
        """Return what a cell or, if it is empty, the profile gives; `named` is what `parse` takes before the text."""
        text = self._cell(field)
        if text:
            return self._try(field, text, parse, *named, text)
        return self._mapping.profile.empty.get(field)  # type: ignore[return-value]

    def _items(self, field: str) -> list[str]:
        text = self._cell(field)
        return [item.strip() for item in text.split(self._mapping.profile.lists.separator)] if text else []

    def _shares(self, field: str) -> tuple[Share, ...] | None:
        items = self._items(field)
        if not items:
            assumed = self._mapping.profile.empty.get(field)
            return (Share(assumed),) if assumed else None
        found = [self._try(field, item, self._style.share, field, item) for item in items]
        shares = tuple(share for share in found if share is not None)
        if len(shares) == len(items):
            self._try(field, self._cell(field), check_shares, shares, field)
        return shares

    def _parties(self) -> tuple[Mention, ...]:
        names = self._items("parties")
        lists = {field: self._of_each(field, len(names)) for field in ("identifiers", *CLASSES)}
        return tuple(
            Mention(
                self._name(name),
                self._identifier(lists["identifiers"][place]),
                {field: text for field in CLASSES if (text := self._class(field, lists[field][place]))},
                self._mapping.assumed,
            )
            for place, name in enumerate(names)
        )

    def _name(self, text: str) -> str:
        if not text:
            self._fault("parties", self._cell("parties"), EmptyCell("party"))
        return text and (self._try("parties", text, self._style.text, "party", text) or "")

    def _of_each(self, field: str, parties: int) -> list[str]:
        items = self._items(field)
        if items and parties and len(items) != parties:
            error = ListsDiffer(parties, len(items), self._mapping.profile.lists.separator)
            self._fault(field, self._cell(field), error)
        return (items + [""] * parties)[:parties]

    def _identifier(self, text: str) -> Identifier | None:
        return self._try("identifiers", text, Identifier.parse, text) if text else None

    def _class(self, field: str, text: str) -> str | None:
        return self._try(field, text, self._style.text, field, text) if text else None

    def _money(self, parties: int) -> tuple[tuple[int | None, Money], ...]:
        amounts, own = self._items("partner_amount"), self._cell("organization_amount")
        if amounts and len(amounts) != parties:
            error = AmountOfMany(parties, len(amounts), self._mapping.profile.lists.separator)
            self._fault("partner_amount", self._cell("partner_amount"), error)
            return ()
        places: list[tuple[str, int | None, str]] = []
        places += [("partner_amount", at, text) for at, text in enumerate(amounts) if text]
        places += [("organization_amount", None, own)] if own else []
        if not places:
            return ()
        currency = self._get("currency", self._style.currency)
        if currency is None:
            if not self._cell("currency"):
                self._fault(places[0][0], places[0][2], AmountWithoutCurrency())
            return ()
        found = [(at, self._try(field, text, self._style.amount, text, currency)) for field, at, text in places]
        return tuple((at, amount) for at, amount in found if amount is not None)
