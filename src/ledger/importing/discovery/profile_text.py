"""Write the draft of a profile as TOML with comments: what was found, what was answered, and what is still open.

The text is written line by line: a library would add a package, and comments are half of what is written.
"""

import json
import re
from collections.abc import Iterable, Iterator

from ledger.importing.discovery import amounts
from ledger.importing.discovery.columns import Column
from ledger.importing.discovery.draft import (
    BLANK,
    COLUMN,
    DECIMAL,
    HIDDEN,
    OF_MONTH,
    OF_YEAR,
    ONE,
    READ,
    SEPARATOR,
    SIGNED,
    SOURCE,
    Draft,
)
from ledger.importing.discovery.money import CEILING, DIRECTIONS
from ledger.importing.discovery.names import NOT_READ
from ledger.importing.discovery.questions import Lists, Question, ours, questions
from ledger.importing.profile.style_checks import ANY, FIRST_DAY
from ledger.importing.source.header import folded

_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_ONE_LINE = ("title", "kind", "unit", "basis", "parties", "name", "subject", "roles")
OPEN = "# QUESTION: "
"""The beginning of a line with a question that nobody answered."""


def profile_text(draft: Draft, lists: Lists) -> str:
    """Return the profile of a draft as TOML. Questions without an answer are comments above the likely answer."""
    sections = [
        _head(draft, lists), _file(draft), _dates(draft), _amounts(draft), _lists(draft), _columns(draft),
        _constants(draft), _codes(draft), _roles(draft), _skipped(draft),
    ]  # fmt: skip
    return "\n".join("".join(f"{line}\n" for line in lines) for section in sections if (lines := list(section)))


def quoted(text: str) -> str:
    """Return a text as a string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(text: str) -> str:
    return text if _BARE.fullmatch(text) else quoted(text)


def _value(texts: Iterable[str]) -> str:
    values = [quoted(text) for text in dict.fromkeys(texts)]
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"


def open_questions(draft: Draft, lists: Lists) -> list[Question]:
    """Return the questions that nobody answered and that have no likely answer, or one that somebody must confirm."""
    return [question for question in questions(draft, lists) if question.key not in draft.answers]


def _head(draft: Draft, lists: Lists) -> Iterator[str]:
    yield f"# How 'ledger import' reads {_comment(draft.path.name)}. docs/importing.md describes every key."
    for question in open_questions(draft, lists):
        yield from _question(draft, question)
    yield f"kind = {quoted(draft.rows)}"
    yield f"about = {quoted(f'The list {draft.path.name}')}"


def _question(draft: Draft, question: Question) -> Iterator[str]:
    yield f"{OPEN}{_comment(question.text)}"
    for choice in question.choices:
        shown = _shown_choice(draft, choice.value)
        meaning = choice.meaning if not choice.meaning.startswith(shown) else ""
        yield f"#   {_comment(': '.join(filter(None, [shown, meaning])))}"
    if question.why:
        yield f"#   {_comment(question.why)}"
    if question.default:
        yield f"#   Now: {_comment(_shown_choice(draft, question.default))}"


def _shown_choice(draft: Draft, value: str) -> str:
    if value.startswith(COLUMN):
        return f"the column {draft.column(int(value.removeprefix(COLUMN))).name}"
    return value.strip() or repr(value)


def _comment(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in folded(text))


def _file(draft: Draft) -> Iterator[str]:
    grid, header = draft.grid, draft.header
    yield "[file]"
    if grid.encoding is not None:
        yield f"encoding = {quoted(grid.encoding.name)}{'' if grid.encoding.is_certain else '  # guessed'}"
        yield f"delimiter = {quoted(grid.delimiter)}"
    elif len(grid.sheets) > 1:
        others = ", ".join(name for name in grid.sheets if name != grid.sheet)
        yield f"sheet = {quoted(grid.sheet)}  # the others: {_comment(others)}"
    yield f"header_row = {header.row}"
    if header.rows > 1:
        yield f"header_rows = {header.rows}"
    if _is_merged(draft):
        yield 'merged = "repeat"'
    hides = grid.hidden_columns or any(row.is_hidden for row in grid.rows)
    if hides and draft.answers.get(HIDDEN) != READ:
        yield 'hidden = "skip"'


def _is_merged(draft: Draft) -> bool:
    """Return whether cells of the head or of records are merged."""
    first = draft.header.row
    return any(
        merge.last_row >= first and (merge.first_row > first or draft.header.rows > 1) for merge in draft.grid.merges
    )


def _dates(draft: Draft) -> Iterator[str]:
    styles = [style for style in draft.date_styles.styles if style != "YYYY-MM-DD"]
    if "YYYY-MM-DD" in draft.date_styles.styles:
        styles.append("YYYY-MM-DD")
    from_source = draft.answers.get(SIGNED) == SOURCE or (
        draft.rows == "agreements" and "signed_on" not in draft.fields
    )
    if not styles and not from_source:
        return
    yield "[dates]"
    if styles:
        yield f"style = {_value(styles)}"
    if "YYYY" in styles:
        yield f"of_year = {quoted(draft.answers.get(OF_YEAR, FIRST_DAY))}"
    if any("D" not in style and "M" in style for style in styles):
        yield f"of_month = {quoted(draft.answers.get(OF_MONTH, FIRST_DAY))}"
    if from_source:
        yield 'signed_on = "source"  # the date of the document is given with --effective'


def decimal_sign(draft: Draft) -> str:
    """Return the decimal sign of the amounts, or `any` if several are used."""
    found = draft.amount_styles
    if len(found.decimals) > 1 or len(found.groupings) > 1 or set(found.decimals) & set(found.groupings):
        return ANY
    answer = draft.answers.get(DECIMAL, "")
    if found.decimals:
        return found.decimals[0]
    if found.doubtful and not answer:
        return "," if "." in found.doubtful[0] else "."
    return answer or ("," if "." in found.groupings else ".")


def currency_of(draft: Draft, sign: str) -> str:
    """Return the currency of a sign or code of the list."""
    return draft.answers.get(f"sign:{sign}", amounts.SIGNS.get(sign, sign.upper()))


def _amounts(draft: Draft) -> Iterator[str]:
    if not draft.amount_columns:
        return
    found, decimal = draft.amount_styles, decimal_sign(draft)
    lines = [f"decimal = {quoted(decimal)}"] if decimal != "." else []
    unclear = [sign for sign in found.unclear if sign not in (decimal, draft.answers.get(DECIMAL))]
    grouping = [*unclear, *(() if decimal == ANY else found.groupings)]
    if grouping:
        lines.append(f"grouping = {quoted(grouping[0])}")
    if draft.unit > 1:
        lines.append(f"unit = {draft.unit}")
    if found.money:
        lines.append('currency = "in cell"')
    if draft.ceiling_kinds:
        lines.append(f"ceiling_of = {_value(draft.ceiling_kinds)}  # {DIRECTIONS[CEILING]}")
    if lines:
        yield "[amounts]"
        yield from lines
    signs = [sign for sign in found.money if sign in amounts.SIGNS]
    if signs:
        yield "\n[amounts.signs]"
        yield from (f"{_key(sign)} = {quoted(currency_of(draft, sign))}" for sign in signs)
    if found.multiples:
        yield "\n[amounts.multiples]"
        yield from (f"{_key(mark)} = {amounts.MULTIPLES[mark]}" for mark in found.multiples)


def _lists(draft: Draft) -> Iterator[str]:
    separator = draft.answers.get(SEPARATOR, "")
    if separator and separator != ONE:
        yield "[lists]"
        yield f"separator = {quoted(separator)}"
    columns = [column for name, column in draft.fields.items() if name in _ONE_LINE]
    answers = draft.answers.items()
    blank = [key.removeprefix("blank:") for key, answer in answers if key.startswith("blank:") and answer == BLANK]
    has_lines = separator != "\n" and any("\n" in text for column in columns for text in column.texts)
    if blank or has_lines:
        yield "[text]"
    if has_lines:
        yield 'line_feeds = "space"'
    if blank:
        yield f"blank = {_value(blank)}"


def _columns(draft: Draft) -> Iterator[str]:
    fields = draft.fields
    yield "[columns]"
    for name in draft.schema.fields:
        if column := fields.get(name):
            note = f"  # {DIRECTIONS[name]}" if name in DIRECTIONS else ""
            yield f"{name} = {quoted(column.name)}{note}"
    used = {column.place for column in fields.values()}
    left = [column for column in draft.columns if column.place not in used]
    if left:
        yield "# These columns are not read:"
        yield from (f"#   {_comment(column.name or 'without a name')}{_why(draft, column)}" for column in left)


def _why(draft: Draft, column: Column) -> str:
    if column.name in draft.doubled:
        return ": several columns have this name"
    reason = next((NOT_READ[concept] for concept in column.meanings if concept in NOT_READ), "")
    return f": {reason}" if reason else f" (such as {_comment(column.sample[:40])})" if column.sample else ""


def constants(draft: Draft) -> dict[str, str]:
    """Return the fields that have one text for all rows."""
    found = {
        name: answer
        for name in draft.schema.needed
        if (answer := draft.answers.get(f"need:{name}", "")) and not answer.startswith(COLUMN)
    }
    if draft.currency and draft.amount_columns and "currency" not in draft.fields:
        found["currency"] = draft.currency
    return found


def _constants(draft: Draft) -> Iterator[str]:
    found = constants(draft)
    section = "empty" if draft.amount_styles.money else "constants"
    for name, keys in (("constants", found.keys() - {"currency"}), (section, found.keys() & {"currency"})):
        for place, key in enumerate(sorted(keys)):
            if not place and not (name == section == "constants" and key == "currency" and len(found) > 1):
                yield f"[{name}]"
            yield f"{key} = {quoted(found[key])}"


def _codes(draft: Draft) -> Iterator[str]:
    tables: dict[str, dict[str, str]] = {}
    for key, answer in draft.answers.items():
        if key.startswith("code:"):
            _, name, text = key.split(":", 2)
            tables.setdefault(name, {})[text] = answer
    for name, table in tables.items():
        # A table has all values of its column: those that are the ledger's own words already stand for themselves.
        for text in draft.fields[name].values if name in draft.fields else ():
            if text not in table and text not in table.values():
                table[text] = text
    currency = draft.fields.get("currency")
    if currency is not None:
        signs = {text: currency_of(draft, text) for text in currency.values}
        tables["currency"] = {text: code for text, code in signs.items() if text != code}
    for name, table in tables.items():
        if table:
            yield f"[codes.{name}]"
            yield from (f"{_key(text)} = {quoted(code)}" for text, code in table.items())


def _roles(draft: Draft) -> Iterator[str]:
    found = {key.removeprefix("role:"): role for key, role in draft.answers.items() if key.startswith("role:")}
    if found:
        yield "# What a party is in an agreement, by the kind of agreement."
        yield "[roles]"
        yield from (f"{_key(ours(draft, kind))} = {quoted(role)}" for kind, role in found.items())


def _skipped(draft: Draft) -> Iterator[str]:
    skip: dict[str, list[str]] = {}
    for row in draft.split.none:
        for column in draft.readable:
            text = folded(row.cells[column.place].text)
            # A value that records have as well would leave them out, and an asterisk stands for any text.
            if text.strip("*") and not any(text.casefold() == folded(value).casefold() for value in column.values):
                skip.setdefault(column.name, []).append(text)
                break
    if skip:
        yield "# Rows that are no records: totals, notes, repeated heads."
        yield "[skip]"
        yield from (f"{_key(name)} = {_value(texts)}" for name, texts in skip.items())


def profile_name(draft: Draft) -> str:
    """Return a name for the profile, from that of the file: small letters, digits and hyphens."""
    name = re.sub(r"[^a-z0-9]+", "-", draft.path.stem.lower()).strip("-")[:32].strip("-")
    return name or "own-list"
