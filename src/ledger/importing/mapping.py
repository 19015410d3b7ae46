"""A row's cells become values, by the profile; whatever cannot be is a fault with its column, and reading goes on."""

import difflib
import re
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple, TypeVar

from ledger.canonical import text_fault
from ledger.domain.dates import FIRST, LAST, check_period
from ledger.domain.errors import LedgerError
from ledger.domain.fields import Identifier, Share, check_shares, checked_reference
from ledger.domain.money import Money, decimals
from ledger.entry import BadText
from ledger.importing.outcome import Fault
from ledger.importing.profile import CLASSES, SHARES, TEXTS, Profile
from ledger.importing.row_errors import (
    AmountOfMany,
    AmountWithoutCurrency,
    EmptyCell,
    ListsDiffer,
    NegativeAmount,
    NotADate,
    NotAnAmount,
    RaggedRow,
    UnknownSourceCode,
)
from ledger.importing.table import Record, Table
from ledger.request import tidy_text

T = TypeVar("T")
LONG = ("purpose", "objective")


class Mention(NamedTuple):
    """A party as a row names it: `classes` are what its cells say of it, `assumed` what empty cells mean when it is new."""

    name: str
    identifier: Identifier | None
    classes: dict[str, str]
    assumed: dict[str, str]


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
        """Prepare the styles of dates and amounts."""
        self.profile = profile
        self.table = table
        self._date = _date_pattern(profile.dates.style)
        self._amount = _amount_pattern(profile.amounts.decimal, profile.amounts.grouping)

    def column(self, field: str) -> str:
        """Return the name of the column that gives a field; empty if none does."""
        return self.profile.columns.get(field, "")

    def reference(self, record: Record) -> str:
        """Return the reference that a record gives, right or wrong; empty if it gives none."""
        place = self.table.columns.get("reference")
        return record.cells[place].strip() if place is not None and place < len(record.cells) else ""

    def content(self, record: Record) -> str:
        """Return all cells of a record that the profile reads, as one text."""
        return "\x1f".join(f"{field}={record.cells[place].strip()}" for field, place in sorted(self.table.columns.items()))

    def read(self, record: Record) -> tuple[Row | None, list[Fault]]:
        """Return the row that a record is, or what is wrong with it."""
        if len(record.cells) != len(self.table.header):
            error = RaggedRow(len(record.cells), len(self.table.header))
            return None, [Fault.of(error, record.number, record.line)]
        cells = _Cells(self, record)
        row = cells.row()
        return (None, cells.faults) if cells.faults else (row, [])

    def date(self, text: str) -> str:
        """Return a date of the file as the ledger writes dates. Raises NotADate."""
        found = self._date.fullmatch(text)
        if found is None:
            raise NotADate(text, self.profile.dates.style)
        try:
            day = date(int(found["Y"]), int(found["M"]), int(found["D"])).isoformat()
        except ValueError:
            raise NotADate(text, self.profile.dates.style) from None
        if not FIRST <= day <= LAST:
            raise NotADate(text, self.profile.dates.style)
        return day

    def amount(self, text: str) -> str:
        """Return an amount of the file with a point and no grouping. Raises NotAnAmount, NegativeAmount."""
        style = self.profile.amounts
        if not self._amount.fullmatch(text):
            raise NotAnAmount(text, f"1{style.grouping}250{style.decimal}00")
        if text.startswith("-"):
            raise NegativeAmount(text)
        plain = text.replace(style.grouping, "") if style.grouping else text
        return plain.replace(style.decimal, ".")

    def code(self, field: str, text: str) -> str:
        """Return what the profile says a code of the file means. Raises UnknownSourceCode."""
        table = self.profile.codes.get(field)
        if table is None:
            return text
        try:
            return table[text]
        except KeyError:
            raise UnknownSourceCode(text, field, difflib.get_close_matches(text, table, n=3)) from None


def _date_pattern(style: str) -> re.Pattern[str]:
    groups = {"YYYY": "(?P<Y>[0-9]{4})", "MM": "(?P<M>[0-9]{2})", "DD": "(?P<D>[0-9]{2})",
              "M": "(?P<M>[0-9]{1,2})", "D": "(?P<D>[0-9]{1,2})"}  # fmt: skip
    pieces = re.split(r"(YYYY|MM?|DD?)", style)
    return re.compile("".join(groups.get(piece) or re.escape(piece) for piece in pieces))


def _amount_pattern(decimal: str, grouping: str) -> re.Pattern[str]:
    whole = rf"[0-9]{{1,3}}({re.escape(grouping)}[0-9]{{3}})+|[0-9]+" if grouping else "[0-9]+"
    return re.compile(rf"-?({whole})({re.escape(decimal)}[0-9]+)?")


def _text(field: str, text: str) -> str:
    fresh = tidy_text(text, field, long=field in LONG)
    if fault := text_fault(fresh):
        raise BadText(fault)
    return fresh


class _Cells:
    """One record while it is read."""

    def __init__(self, mapping: Mapping, record: Record) -> None:
        self.mapping = mapping
        self.profile = mapping.profile
        self.record = record
        self.faults: list[Fault] = []

    def row(self) -> Row | None:
        values: dict[str, Any] = {field: self._get(field, lambda text, name=field: _text(name, text)) for field in TEXTS}
        values |= {ours: self._shares(field, ours) for field, ours in SHARES.items()}
        values |= {field: self._get(field, self.mapping.date) for field in ("starts_on", "ends_on")}
        self._attempt("ends_on", lambda: check_period(values["starts_on"], values["ends_on"]))
        signed_on = self._get("signed_on", self.mapping.date)
        reference = self._get("reference", lambda text: checked_reference(_text("reference", text)))
        parties = self._parties()
        self._need("title", values["title"])
        self._need("kind", values["kind"])
        self._need("parties", parties)
        self._need("signed_on", signed_on)
        money = self._money(len(parties)) if parties else ()
        given = {field: value for field, value in values.items() if value is not None}
        return Row(self.record.number, self.record.line, reference or "", signed_on or "", given, parties, money)

    def _cell(self, field: str) -> str:
        place = self.mapping.table.columns.get(field)
        return "" if place is None else self.record.cells[place].strip()

    def _attempt(self, field: str, make: Callable[[], T], value: str | None = None) -> T | None:
        try:
            return make()
        except LedgerError as error:
            told = self._cell(field) if value is None else value
            self.faults.append(Fault.of(error, self.record.number, self.record.line, self.mapping.column(field), told))
            return None

    def _get(self, field: str, parse: Callable[[str], T]) -> T | None:
        text = self._cell(field)
        if text:
            return self._attempt(field, lambda: parse(self.mapping.code(field, text)))
        assumed = self.profile.empty.get(field)
        return self._attempt(field, lambda: parse(assumed), assumed) if assumed else None

    def _need(self, field: str, value: object) -> None:
        if not value and not any(fault.column == self.mapping.column(field) for fault in self.faults):
            self._attempt(field, lambda: _refuse(EmptyCell(field.replace("_", " "))))

    def _items(self, field: str) -> list[str]:
        text = self._cell(field)
        return [item.strip() for item in text.split(self.profile.lists.separator)] if text else []

    def _shares(self, field: str, ours: str) -> tuple[Share, ...] | None:
        def share(text: str) -> Share:
            found = Share.parse(_text(field, text))
            return Share(self.mapping.code(field, found.code), found.percent)

        items = self._items(field)
        if not items:
            assumed = self.profile.empty.get(field)
            return (Share(assumed),) if assumed else None
        shares = self._attempt(field, lambda: tuple(share(item) for item in items if item))
        self._attempt(field, lambda: check_shares(shares, field))
        return shares or None

    def _parties(self) -> tuple[Mention, ...]:
        names = self._items("parties")
        lists = {field: self._of_each(field, len(names)) for field in ("identifiers", *CLASSES)}
        assumed = {field: self.profile.empty[field] for field in CLASSES if field in self.profile.empty}
        return tuple(
            Mention(
                self._attempt("parties", lambda name=name: _text("party", name), name) or "",
                self._identifier(lists["identifiers"][place]),
                {field: text for field in CLASSES if (text := self._class(field, lists[field][place]))},
                assumed,
            )
            for place, name in enumerate(names)
        )

    def _of_each(self, field: str, parties: int) -> list[str]:
        items = self._items(field)
        if items and parties and len(items) != parties:
            self._attempt(field, lambda: _refuse(ListsDiffer(parties, len(items), self.profile.lists.separator)))
        return (items + [""] * parties)[:parties]

    def _identifier(self, text: str) -> Identifier | None:
        return self._attempt("identifiers", lambda: Identifier.parse(_text("identifier", text)), text) if text else None

    def _class(self, field: str, text: str) -> str | None:
        return self._attempt(field, lambda: _text(field, self.mapping.code(field, text)), text) if text else None

    def _money(self, parties: int) -> tuple[tuple[int | None, Money], ...]:
        amounts = self._items("partner_amount")
        if len(amounts) > 1 or (amounts and parties > 1):
            if len(amounts) != parties:
                error = AmountOfMany(parties, len(amounts), self.profile.lists.separator)
                self._attempt("partner_amount", lambda: _refuse(error))
                return ()
        own = self._cell("organization_amount")
        places: list[tuple[str, int | None, str]] = [
            ("partner_amount", place, text) for place, text in enumerate(amounts) if text
        ]
        places += [("organization_amount", None, own)] if own else []
        if not places:
            return ()
        currency = self._get("currency", _currency)
        if currency is None:
            if not self._cell("currency"):
                self._attempt(places[0][0], lambda: _refuse(AmountWithoutCurrency()))
            return ()
        found = [
            (place, self._attempt(field, lambda text=text: Money.of(currency, self.mapping.amount(text)), text))
            for field, place, text in places
        ]
        return tuple((place, amount) for place, amount in found if amount is not None)


def _currency(text: str) -> str:
    decimals(text)
    return text


def _refuse(error: LedgerError) -> None:
    raise error
