"""Write a workbook to fill in, as a profile reads it: the heads, and lists to choose from."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ledger.domain.currencies import DECIMALS
from ledger.domain.dates import FIRST, LAST
from ledger.domain.engagement.oversight.analysis import NO, YES
from ledger.importing.discovery.guess_fields import AMOUNTS, DATES
from ledger.importing.discovery.money import DIRECTIONS
from ledger.importing.discovery.questions import LISTS
from ledger.importing.profile.model import Profile, texts
from ledger.importing.profile.row_schema import ANSWERS, CLASSES, SHARES, WITHHELD
from ledger.importing.source.workbook.sheet_layout import column_letters

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 1000
"""The number of rows in which the workbook checks what is typed."""
_LISTS_SHEET = "Lists"
COUNTRIES = tuple(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
    BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
    IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK
    ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
    PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF
    TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()
)
"""Codes of countries: ISO 3166-1 alpha-2, from the IANA time zone database (iso3166.tab, public domain)."""
_FIXED: dict[str, Sequence[str]] = {
    "currency": tuple(sorted(DECIMALS)), "country": COUNTRIES, "countries": COUNTRIES,
    **dict.fromkeys((*ANSWERS, *WITHHELD), (YES, NO)),
}  # fmt: skip
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook has no time zones
"""The time of making that is written: the same profile gives the same bytes."""


def template_bytes(profile: Profile, lists: Mapping[str, Sequence[str]]) -> bytes:
    """Return a workbook with the heads of a profile; `lists` are the code lists of the ledger, by setting."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only this writes workbooks

    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(profile.file.sheet or "List")
        _write(book, sheet, profile, lists)
    return made.getvalue()


def choices(profile: Profile, field: str, lists: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return what a cell of a field may hold, in the words of the file; empty if it may hold anything."""
    codes = profile.codes.get(field)
    known = lists.get(LISTS.get(field, ""), ()) or _FIXED.get(field, ())
    if codes:
        translated = set(codes.values())
        return [*codes, *(code for code in known if code not in translated and code not in codes)]
    return known


def _write(book: "Workbook", sheet: "Worksheet", profile: Profile, lists: Mapping[str, Sequence[str]]) -> None:
    top = max(profile.file.header_row, 1) - 1
    first = top + profile.file.header_rows
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = {"day": book.add_format({"num_format": "yyyy-mm-dd"}), "text": book.add_format({"num_format": "@"})}
    offered: list[Sequence[str]] = []
    for place, (field, names) in enumerate(profile.columns.items()):
        name = texts(names)[0]
        shown = formats["day"] if field in DATES else None if field in AMOUNTS else formats["text"]
        sheet.set_column(place, place, max(14, min(len(name) + 2, 40)), shown)
        sheet.write_string(top, place, name, head)
        codes = choices(profile, field, lists)
        if codes:
            offered.append(codes)
        rule = _rule(profile, field, codes, len(offered) - 1) | _help(profile, field)
        sheet.data_validation(first, place, first + ROWS - 1, place, rule)
    sheet.freeze_panes(first, 0)
    if offered:
        _write_lists(book, offered)


def _rule(profile: Profile, field: str, codes: Sequence[str], place: int) -> dict[str, Any]:
    """Return what the workbook checks in the cells of a field; the codes are in a column of another sheet."""
    if codes:
        letters = column_letters(place)
        source = f"={_LISTS_SHEET}!${letters}$1:${letters}${len(codes)}"
        # A cell may have several codes, so that the list is an offer there and not a rule.
        may_be_other = field in SHARES or bool(profile.lists.of_parties)
        return {"validate": "list", "source": source, "error_type": "information" if may_be_other else "stop"}
    if field in DATES:
        day = {"validate": "date", "criteria": "between", "minimum": date.fromisoformat(FIRST)}
        return day | {"maximum": date.fromisoformat(LAST), "error_type": "warning"}
    if field in AMOUNTS and not profile.amounts.currency:
        return {"validate": "decimal", "criteria": ">=", "value": 0}
    return {"validate": "any"}


def _help(profile: Profile, field: str) -> dict[str, str]:
    """Return the text that the workbook shows at a cell of a field."""
    schema = profile.row_schema
    parts = ["Every row needs it." if field in schema.needed and field not in profile.empty else "May stay empty."]
    if field in DATES:
        parts.append("A date.")
    if field in AMOUNTS and profile.amounts.unit > 1:
        parts.append(f"In units of {profile.amounts.unit:,}.")
    if field in DIRECTIONS:
        parts.append(f"{DIRECTIONS[field][0].upper()}{DIRECTIONS[field][1:]}.")
    if field in ("parties", *CLASSES, "roles", "identifiers") and profile.lists.of_parties:
        parts.append(f"Several are separated by '{profile.lists.of_parties}'.")
    return {"input_title": field.replace("_", " ")[:32], "input_message": " ".join(parts)[:255]}


def _write_lists(book: "Workbook", offered: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(_LISTS_SHEET)
    for place, codes in enumerate(offered):
        for row, code in enumerate(codes):
            sheet.write_string(row, place, code)
    sheet.hide()
