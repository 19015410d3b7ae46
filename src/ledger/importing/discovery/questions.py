"""What a list leaves open, as questions with choices: people answer them, or the profile marks them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ledger.importing.discovery import amounts
from ledger.importing.discovery.columns import BLANKS, Column
from ledger.importing.discovery.draft import (
    ASIDE,
    BLANK,
    COLUMN,
    CURRENCY,
    DAY,
    DAY_FIRST,
    DECIMAL,
    EFFECTIVE,
    HIDDEN,
    MONTH,
    OF_MONTH,
    OF_YEAR,
    ONE,
    READ,
    ROWS,
    SEPARATOR,
    SIGNED,
    SKIP,
    SOURCE,
    UNIT,
    Draft,
)
from ledger.importing.discovery.guess_fields import AMOUNTS, DATES, fits, guess_rows
from ledger.importing.discovery.money import BY_KIND, CEILING, DIRECTIONS, PARTNER, sounds_paid
from ledger.importing.kinds.agreement_rows import STATUSES
from ledger.importing.profile.style_checks import FIRST_DAY, LAST_DAY

ROW_KINDS = {
    "agreements": "agreements with partners or consultants, one a row",
    "parties": "third parties, one a row, without agreements",
    "orders": "service orders under agreements that are recorded already",
    "payments": "payments for service orders that are recorded already",
    "receipts": "money received under agreements that are recorded already",
}
"""What a row of a list can be."""
LISTS = {
    "kind": "list.kinds", "roles": "list.roles", "party_types": "list.party-types", "type": "list.party-types",
    "memberships": "list.memberships", "membership": "list.memberships", "region": "list.regions",
    "priority": "list.priorities",
}  # fmt: skip
"""The setting that lists the values of a field."""
_SEPARATORS = {";": "semicolons", "\n": "line breaks", " / ": "slashes", " & ": "the sign &", "|": "vertical bars"}
_MOST_CODES, _MOST_ODD = 30, 5
Lists = Mapping[str, Sequence[str]]
"""The code lists of a ledger, by setting."""


class Choice(NamedTuple):
    """An answer that can be chosen, and what it means."""

    value: str
    meaning: str


class Question(NamedTuple):
    """A question. `default` is the answer that is likely, empty if nothing says so; `is_free` allows other texts."""

    key: str
    text: str
    choices: tuple[Choice, ...] = ()
    default: str = ""
    is_free: bool = False
    why: str = ""
    field: str = ""
    """The field of the profile that the answer is for, if it is one."""


def next_question(draft: Draft, lists: Lists) -> Question | None:
    """Return the next question that nobody answered; None if nothing is open."""
    return next((question for question in questions(draft, lists) if question.key not in draft.answers), None)


def questions(draft: Draft, lists: Lists) -> Iterator[Question]:
    """Yield all questions about a list, answered or not, as its answers so far lead to them."""
    yield _rows(draft)
    yield from _hidden(draft)
    yield from _needed(draft, lists)
    yield from _dates(draft)
    yield from _money(draft)
    yield from _amounts(draft)
    yield from _blanks(draft)
    yield from _parties(draft)
    yield from _codes(draft, lists)
    yield from _roles(draft, lists)


def _rows(draft: Draft) -> Question:
    choices = tuple(Choice(kind, meaning) for kind, meaning in ROW_KINDS.items())
    return Question(ROWS, "What is in a row of this list?", choices, guess_rows(draft.columns))


def _hidden(draft: Draft) -> Iterator[Question]:
    rows = [row for row in draft.split.records if row.is_hidden]
    columns = [column.name or "a column without a name" for column in draft.columns if column.is_hidden]
    if not rows and not columns:
        return
    found = [f"{len(rows)} row{'s' * (len(rows) > 1)}"] * bool(rows) + [f"the column {name}" for name in columns]
    choices = (
        Choice(SKIP, "leave them out: only what the sheet shows is imported"),
        Choice(READ, "read them like the others"),
    )
    yield Question(HIDDEN, f"The sheet hides {' and '.join(found)}. What about them?", choices, SKIP)


def _needed(draft: Draft, lists: Lists) -> Iterator[Question]:
    guessed = {name for name in draft.fields if f"need:{name}" not in draft.answers}
    for name in draft.schema.needed:
        if name == "signed_on":
            if name not in guessed or SIGNED in draft.answers:
                yield from _signed(draft)
        elif name not in guessed and (question := _need(draft, name, lists)):
            yield question


def _signed(draft: Draft) -> Iterator[Question]:
    days = [column for column in draft.readable if column.is_dates]
    choices = [Choice(f"{COLUMN}{column.place}", f"the column {column.name}") for column in days]
    choices.append(Choice(SOURCE, "no column: the rows count from the date of the document they are in"))
    yield Question(
        SIGNED, "When was an agreement signed?", tuple(choices), choices[0].value if days else SOURCE, field="signed_on"
    )
    if draft.answers.get(SIGNED) == SOURCE:
        yield Question(EFFECTIVE, "What is the date of the document (30/06/2026)?", is_free=True)


def _need(draft: Draft, name: str, lists: Lists) -> Question | None:
    """Return the question which column holds a field that every row needs; None if there is nothing to choose."""
    used = {column.place for column in draft.fields.values()}
    columns = [column for column in draft.readable if fits(name, column)] or draft.readable
    columns.sort(key=lambda column: (column.place in used, column.place))
    choices = [Choice(f"{COLUMN}{column.place}", f"the column {column.name}{_sample(column)}") for column in columns]
    codes = lists.get(LISTS.get(name, ""), ())
    if name in draft.schema.defaulted:
        choices = [*(Choice(code, "the same for all rows") for code in codes), *choices]
    label = name.replace("_", " ")
    what = f"No column seems to hold the {label} of each {draft.schema.noun}. Which is it?"
    can_be_text = name in draft.schema.defaulted and not codes
    hint = "Or type a text that is the same for all rows." if can_be_text else ""
    if not choices and not can_be_text:
        return None
    return Question(f"need:{name}", what, tuple(choices), is_free=can_be_text, why=hint, field=name)


def _sample(column: Column) -> str:
    return f" ({column.sample[:30]}, …)" if column.sample else ""


def _dates(draft: Draft) -> Iterator[Question]:
    found = draft.date_styles
    if found.doubtful or DAY_FIRST in draft.answers:
        shown = found.doubtful[0] if found.doubtful else "05/06/2026"
        first, second = [part.strip() for part in shown.replace("-", "/").split("/")][:2]
        choices = (
            Choice(DAY, f"the day first: {shown} is day {first} of month {second}"),
            Choice(MONTH, f"the month first: {shown} is day {second} of month {first}"),
        )
        yield Question(DAY_FIRST, f"Is the day or the month first in dates such as {shown}?", choices, DAY)
    # A period is from the first of its days to the last.
    days = Choice(FIRST_DAY, "its first day"), Choice(LAST_DAY, "its last day")
    single = draft.date_styles_of([name for name in DATES if name not in ("starts_on", "ends_on")]).styles
    if "YYYY" in single:
        yield Question(OF_YEAR, "Some dates are years. Which day is meant?", days, FIRST_DAY)
    if any("D" not in style and "M" in style for style in single):
        yield Question(OF_MONTH, "Some dates are months. Which day is meant?", days, FIRST_DAY)


def _money(draft: Draft) -> Iterator[Question]:
    for column in draft.money:
        leaning = draft.leaning(column)
        paid = draft.paid_kinds
        why = f"'{leaning.word}' speaks for it." if leaning.word else ""
        if draft.is_mixed:
            others = [kind for kind in draft.kinds if kind not in paid]
            why = f"In {', '.join(paid)} it is usually paid, in {', '.join(others[:3])} perhaps given."
        elif paid and leaning.field == PARTNER:
            why = f"A partner in {', '.join(paid)} is usually paid by the organisation."
        default = CEILING if paid and not draft.is_mixed else leaning.field
        choices = tuple(
            Choice(name, meaning) for name, meaning in DIRECTIONS.items() if name != BY_KIND or draft.is_mixed
        )
        text = f"Which way does the money in '{column.name}'{_sample(column)} go?"
        yield Question(f"money:{column.place}", text, choices, default, why=why)
        if paid and draft.answers.get(f"money:{column.place}") == PARTNER:
            yield _paid_giver(column, paid)


def _paid_giver(column: Column, paid: list[str]) -> Question:
    """Return the question whether somebody who is usually paid gives money."""
    text = f"Parties in {', '.join(paid)} would be recorded as giving the money in '{column.name}'. Do they?"
    choices = Choice("yes", "they give it to the organisation"), Choice("no", "they are paid: it is a ceiling")
    return Question(f"sure:{column.place}", text, choices)


def _amounts(draft: Draft) -> Iterator[Question]:
    found = draft.amount_styles
    if found.doubtful or DECIMAL in draft.answers:
        shown = found.doubtful[0] if found.doubtful else "1.200"
        sign = "." if "." in shown else ","
        other = "," if sign == "." else "."
        choices = (
            Choice(other, f"{sign} parts thousands, and {other} would part decimals"),
            Choice(sign, f"{sign} parts decimals"),
        )
        yield Question(DECIMAL, f"How is {shown} to be read?", choices, other)
    if draft.named_unit > 1 and draft.amount_columns:
        choices = Choice(str(draft.named_unit), f"120 means {120 * draft.named_unit:,}"), Choice("1", "120 means 120")
        yield Question(UNIT, f"Are the amounts in units of {draft.named_unit:,}?", choices, str(draft.named_unit))
    for sign in found.money:
        if sign in amounts.DOUBTFUL_SIGNS:
            yield Question(
                f"sign:{sign}",
                f"Which currency is {sign}, by its ISO code?",
                (),
                amounts.SIGNS[sign],
                is_free=True,
                field="currency",
            )
    if draft.lacks_currency or CURRENCY in draft.answers:
        names = ", ".join(column.name for column in draft.amount_columns)
        text = f"In which currency are amounts without one ({names}), by its ISO code?"
        yield Question(CURRENCY, text, is_free=True, field="currency")


def _blanks(draft: Draft) -> Iterator[Question]:
    """Yield what texts in columns of dates and amounts mean, as long as they are few."""
    fields = draft.fields
    columns = {column.place: column for name in (*DATES, *AMOUNTS) if (column := fields.get(name))}
    found = {text: column.name for column in columns.values() for text in column.odd[:_MOST_ODD]}
    for text, name in found.items():
        choices = (
            Choice(BLANK, "nothing is known: as an empty cell, in any column"),
            Choice(ASIDE, "the row is to be corrected first"),
        )
        default = BLANK if text.casefold() in BLANKS else ASIDE
        yield Question(f"blank:{text}", f"What does '{text[:40]}' in the column {name} mean?", choices, default)


def _parties(draft: Draft) -> Iterator[Question]:
    column = draft.fields.get("parties")
    if column is None:
        return
    found = {mark: [text for text in column.texts if mark in text] for mark in _SEPARATORS}
    likely = [(mark, texts) for mark, texts in found.items() if texts]
    if not likely:
        return
    example = " ".join(likely[0][1][0].split())
    choices = [Choice(mark, f"several parties, between {_SEPARATORS[mark]}") for mark, _ in likely]
    choices.append(Choice(ONE, "one party, whose name is written so"))
    mark, texts = likely[0]
    is_list = mark in ";|" or (mark == "\n" and all(map(_begins_anew, texts)))
    default = mark if is_list else ONE
    yield Question(SEPARATOR, f"What is '{example[:60]}' in the column {column.name}?", tuple(choices), default)


def _begins_anew(text: str) -> bool:
    """Return whether each line of a cell begins with a capital, as names do; a long name goes on in small letters."""
    return all(line.strip()[:1].isupper() for line in text.splitlines() if line.strip())


def _codes(draft: Draft, lists: Lists) -> Iterator[Question]:
    for name, column in draft.fields.items():
        known = STATUSES if name == "status" else lists.get(LISTS.get(name, ""), ())
        if not known or len(column.values) > _MOST_CODES:
            continue
        for text in column.values:
            if text in known:
                continue
            same = [code for code in known if code.casefold() == text.casefold()]
            choices = tuple(Choice(code, "") for code in known)
            what = f"What is '{text}' in the column {column.name}, in the words of the ledger?"
            yield Question(f"code:{name}:{text}", what, choices, same[0] if same else "", field=name)


def _roles(draft: Draft, lists: Lists) -> Iterator[Question]:
    if draft.rows != "agreements" or "roles" in draft.fields:
        return
    for kind in {ours(draft, kind): None for kind in draft.kinds}:
        if sounds_paid(kind):
            known = lists.get("list.roles", ())
            choices = tuple(Choice(role, "") for role in known)
            likely = "consultant" if "consult" in kind.casefold() else "vendor"
            default = likely if likely in known or not known else ""
            yield Question(f"role:{kind}", f"What is a party in an agreement of kind '{kind}'?", choices, default,
                           is_free=not known, field="roles")  # fmt: skip


def ours(draft: Draft, kind: str) -> str:
    """Return a kind of the list in the words of the ledger."""
    return draft.answers.get(f"code:kind:{kind}", kind)
