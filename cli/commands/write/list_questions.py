"""The questions about a list that has no profile: choices by number, texts that are checked, and the columns."""

from collections.abc import Callable, Mapping, Sequence

from cli.filters.days import typed_day
from cli.messages import print_error, print_message
from cli.nouns.interview import ask_line
from cli.output.tables import Column as TableColumn
from cli.output.tables import table_text
from cli.terminal import say, say_line
from ledger.application.request import tidy_text
from ledger.domain.errors import LedgerError
from ledger.domain.money import decimals
from ledger.importing.discovery.columns import Column
from ledger.importing.discovery.draft import COLUMN, EFFECTIVE, HIDDEN, ROWS, Draft
from ledger.importing.discovery.money import NOTHING
from ledger.importing.discovery.names import NOT_READ
from ledger.importing.discovery.questions import Question, next_question

COLUMNS_RIGHT = (
    "Enter if this is right; else NUMBER=FIELD, or NUMBER=- for a column that is not read; ? lists the fields"
)
NONE = "-"
"""What is typed for no field."""
_COLUMNS = (
    TableColumn("number", "no", right=True), TableColumn("column"), TableColumn("field"),
    TableColumn("sample", "such as"), TableColumn("note"),
)  # fmt: skip


def ask_all(draft: Draft, lists: Mapping[str, Sequence[str]], today: str) -> None:
    """Ask all that is open about a list: what its rows are, then what its columns are, then the rest. Raises Abort."""
    while (question := next_question(draft, lists)) is not None and question.key in (ROWS, HIDDEN):
        draft.answers[question.key] = _answer(question, today)
    _settle_columns(draft)
    while (question := next_question(draft, lists)) is not None:
        draft.answers[question.key] = _answer(question, today)


def _answer(question: Question, today: str) -> str:
    say(err=True)
    choices = [(choice.value, choice.meaning) for choice in question.choices]
    check = _check_of(question, today)
    text = f"{question.text} {question.why}".strip()
    if choices:
        return choose(text, choices, question.default, check=check if question.is_free else None)
    while True:
        answer = _prompt(text, question.default) or question.default
        try:
            return check(answer)
        except LedgerError as error:
            print_error(error)


def _check_of(question: Question, today: str) -> Callable[[str], str]:
    """Return what checks a free text as the answer to a question."""
    if question.key == EFFECTIVE:
        return lambda text: typed_day(text, today)
    return _currency if question.field == "currency" else _some_text


def _currency(text: str) -> str:
    decimals(text.upper())
    return text.upper()


def _some_text(text: str) -> str:
    return tidy_text(text, "answer")


def _prompt(question: str, default: str) -> str:
    return ask_line(f"{question} [{default}]" if default else question)


def choose(
    question: str, choices: Sequence[tuple[str, str]], default: str, check: Callable[[str], str] | None = None
) -> str:
    """Return the value of a choice, typed as its number or the beginning of its line; with `check` also another text.

    Choices are values with their meanings. Raises Abort.
    """
    say_line(question, err=True)
    labels = [_label(value, meaning) for value, meaning in choices]
    for number, label in enumerate(labels, 1):
        say_line(f"  {number:>2}  {label}", err=True)
    values = [value for value, _ in choices]
    usual = str(values.index(default) + 1) if default in values else ""
    while True:
        text = _prompt("Number" if check is None else "Number, or another text", usual) or usual
        if text.isdecimal() and 0 < int(text[:9]) <= len(values):
            return values[int(text) - 1]
        folded = text.casefold()
        begun = [value for value, label in zip(values, labels, strict=True) if label.casefold().startswith(folded)]
        if text and len(begun) == 1:
            return begun[0]
        if check is None or not text:
            print_message("error", f"Give a number from 1 to {len(values)}.")
            continue
        try:
            return check(text)
        except LedgerError as error:
            print_error(error)


def _label(value: str, meaning: str) -> str:
    if value.startswith(COLUMN) or not value.strip():
        return meaning
    return f"{value}: {meaning}" if meaning else value


# The columns.


def _settle_columns(draft: Draft) -> None:
    while True:
        _show_columns(draft)
        text = ask_line(COLUMNS_RIGHT)
        if not text:
            return
        if text == "?":
            say_line(f"The fields of {draft.rows}: {', '.join(draft.schema.fields)}.", err=True)
            continue
        for change in text.replace(",", " ").split():
            _change_column(draft, change)


def _show_columns(draft: Draft) -> None:
    used = {column.place: name for name, column in draft.fields.items()}
    asked = {column.place for column in draft.money}
    say(f"\nThe columns, and the fields of {draft.rows} that they are read as:", err=True)
    rows = []
    for number, column in enumerate(draft.columns, 1):
        field = "asked below" if column.place in asked else used.get(column.place, "")
        rows.append({
            "number": number, "column": column.name or "no name", "field": field or NONE,
            "sample": column.sample[:30] or NONE, "note": "" if field else _note(draft, column),
        })  # fmt: skip
    say(table_text(rows, _COLUMNS), err=True)


def _note(draft: Draft, column: Column) -> str:
    """Return why a column is not read; empty if nothing tells."""
    if column not in draft.readable:
        return "hidden" if column.is_hidden else "its name is missing, or another column has it too"
    return next((NOT_READ[name] for name in column.meanings if name in NOT_READ), "")


def _change_column(draft: Draft, text: str) -> None:
    number, _, field = text.partition("=")
    if not number.isdecimal() or not 0 < int(number[:9]) <= len(draft.columns):
        print_message("error", f"'{text}' names no column: write NUMBER=FIELD, as 3=unit.")
        return
    column = draft.columns[int(number) - 1]
    if field != NONE and field not in draft.schema.fields:
        print_message("error", f"'{field}' is not a field of {draft.rows}: {', '.join(draft.schema.fields)}.")
        return
    if column not in draft.readable:
        print_message("error", f"Column {number} cannot be read: {_note(draft, column)}.")
        return
    for name, holder in list(draft.fields.items()):
        if holder is column:
            draft.given[name] = None
    if field == NONE:
        draft.answers[f"money:{column.place}"] = NOTHING
    else:
        draft.given[field] = column
