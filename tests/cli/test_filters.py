"""Filters of lists agree with an independent evaluator; what does not exist is refused with a hint."""

import json
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.filters.columns import Kind, standing
from cli.filters.expression import parse
from cli.nouns.list_columns import COLUMNS, STATUSES
from ledger.domain.engagement.state import EXPIRED, TRANSITIONS
from ledger.domain.errors import LedgerError
from ledger.domain.registry import EVENTS
from tests.cli.filter_ledger import recorded
from tests.transcripts.terminal import Terminal

Row = dict[str, Any]
TODAY = date(2026, 11, 23)  # the day of the terminal's clock
PARTIES = {  # references, and what people write for them
    "P1": ["EY", "ey", "P1", "Ernst & Young (illustrative)"], "P2": ["université de genève (ILLUSTRATIVE)", "P2"],
    "P3": ["Salt and Sand = Co (illustrative)"], "P4": ["电信学院"],
}  # fmt: skip
TEXT, PARTY, DAY, AMOUNT, MONEY, NUMBER = "text", "party", "day", "amount", "money", "number"
LISTS: dict[str, dict[str, tuple[str, str]]] = {
    "engagement": {
        "title": (TEXT, "title"), "kind": (TEXT, "kind"), "unit": (TEXT, "unit"), "party": (PARTY, "party_refs"),
        "parties": (PARTY, "party_refs"), "signed": (AMOUNT, "signed"), "ends": (DAY, "ends_on"),
        "signed-on": (DAY, "signed_on"), "Starts_On": (DAY, "starts_on"),
    },
    "order": {
        "subject": (TEXT, "subject"), "vendor": (PARTY, "vendor_ref"), "party": (PARTY, "vendor_ref"),
        "ordered": (AMOUNT, "ordered"), "accepted": (AMOUNT, "accepted"), "issued": (DAY, "issued_on"),
        "ends_on": (DAY, "ends_on"), "position": (NUMBER, "position"),
    },
    "payment": {
        "order": (TEXT, "order"), "payee": (PARTY, "payee_ref"), "on": (DAY, "on"), "amount": (MONEY, "amount"),
        "position": (NUMBER, "position"),
    },
    "contribution": {
        "payer": (PARTY, "payer_ref"), "signed": (MONEY, "signed"), "received": (MONEY, "received"),
        "currency": (TEXT, "currency"),
    },
    "party": {"name": (TEXT, "name"), "type": (TEXT, "type"), "party": (PARTY, "party"), "country": (TEXT, "country")},
}  # fmt: skip
"""What is filtered: by list and column as written, the type and the member of JSON."""
WORDS = [
    "school", "SCHOOL", "etude", "Étude", "consultancy", "and", "Training, and more", "IDS", "CHF", "Academia", "GB",
    "geneve", "a", "SO-1", "Inception report", "电信",
]  # fmt: skip
NUMBERS = ["0", "1", "99999.99", "100000", "100000.00", "1500.50", "60000", "40000", "5000000"]
OPERATORS = ["=", "!=", "<", "<=", ">", ">="]


def _compare(operator: str, value: Any, low: Any, high: Any) -> bool:
    """Return what an operator says of a value and an interval; the caller negates `!=`."""
    below, above = value < low, value > high
    return bool({"<": below, "<=": not above, ">": above, ">=": not below}.get(operator, not below and not above))


class Expected(NamedTuple):
    """A filter as it is typed, and what it must say of a row."""

    text: str
    holds: Callable[[Row], bool]


def _folded(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(each))


def _listed(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


@st.composite
def _days(draw: st.DrawFn) -> tuple[str, str, str]:
    """Draw a day, month, year, relative day or period, with its first and last day."""
    day = TODAY + timedelta(days=draw(st.integers(-400, 400)))
    form = draw(st.sampled_from(["day", "month", "year", "relative", "weeks", "period"]))
    if form == "month":
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return f"{day:%Y-%m}", f"{day:%Y-%m}-01", str(after - timedelta(days=1))
    if form == "year":
        return f"{day:%Y}", f"{day:%Y}-01-01", f"{day:%Y}-12-31"
    if form == "relative":
        return ("today" if day == TODAY else f"{(day - TODAY).days:+d}d"), str(day), str(day)
    if form == "weeks":
        weeks = draw(st.integers(-60, 60))
        return f"{weeks:+d}w", *(str(TODAY + timedelta(days=7 * weeks)),) * 2
    if form == "period":
        last = day + timedelta(days=draw(st.integers(0, 300)))
        return f"{day}..{last}", str(day), str(last)
    return str(day), str(day), str(day)


@st.composite
def _conditions(draw: st.DrawFn, noun: str) -> Expected:
    column = draw(st.sampled_from(sorted(LISTS[noun])))
    kind, member = LISTS[noun][column]
    space = draw(st.sampled_from(["", " "]))
    if kind in (TEXT, PARTY):
        operator = draw(st.sampled_from(["=", "!=", "~", "!~"]))
        if kind == PARTY and operator in ("=", "!="):
            ref = draw(st.sampled_from(sorted(PARTIES)))
            value = draw(st.sampled_from(PARTIES[ref]))

            def found(row: Row) -> bool:
                return ref in _listed(row[member])
        else:
            value = draw(st.sampled_from(WORDS))
            shown = column if column in ("vendor", "payee", "payer") else {"party": ""}.get(column, member)
            names = {"engagement": "parties", "order": "vendor", "party": "party"}
            shown = names[noun] if kind == PARTY and noun in names else shown

            def found(row: Row) -> bool:
                own = [*_listed(row[shown]), *(_listed(row[member]) if kind == PARTY else [])]
                if "~" in operator:
                    return any(_folded(value) in _folded(text) for text in own)
                return any(value.casefold() == text.casefold() for text in own)

        quote = '"' if "=" in value else draw(st.sampled_from(["", '"']))
        text = f"{column}{space}{operator}{space}{quote}{value}{quote}"
        return Expected(text, _negated(found) if operator.startswith("!") else found)
    operator = draw(st.sampled_from(OPERATORS))
    value, low, high, currency = draw(_ordered(kind))

    def compared(row: Row) -> bool:
        own = _comparable(kind, row, member, currency)
        return any(_compare(operator, each, low, high) for each in own) is not (operator == "!=")

    return Expected(f"{column}{space}{operator}{space}{value}", compared)


@st.composite
def _ordered(draw: st.DrawFn, kind: str) -> tuple[str, Any, Any, str]:
    if kind == DAY:
        return *draw(_days()), ""
    number = draw(st.sampled_from(NUMBERS))
    if kind == NUMBER:
        return number, Decimal(number), Decimal(number), ""
    currency = draw(st.sampled_from(["USD", "CHF", "JPY"]))
    number = number.partition(".")[0] if currency == "JPY" else number
    written = "100k" if number == "100000" and draw(st.booleans()) else number
    text = draw(st.sampled_from([f"{written} {currency}", f"{currency} {written}", f"{written} {currency.lower()}"]))
    return text, Decimal(number), Decimal(number), currency


def _comparable(kind: str, row: Row, member: str, currency: str) -> list[Any]:
    value = row[member]
    if kind == AMOUNT:
        return [Decimal(text.split()[1]) for text in value if text.startswith(currency)]
    if kind == MONEY:
        return [Decimal(value)] if row["currency"] == currency else []
    return [Decimal(value) if kind == NUMBER else value] if value is not None else []


def _negated(holds: Callable[[Row], bool]) -> Callable[[Row], bool]:
    return lambda row: not holds(row)


@st.composite
def _filters(draw: st.DrawFn, noun: str) -> Expected:
    """Draw conditions joined by `and` and `or`, some negated."""
    parts = draw(
        st.lists(st.tuples(st.booleans(), _conditions(noun), st.sampled_from(["and", "or"])), min_size=1, max_size=4)
    )
    text = ""
    alternatives: list[list[Callable[[Row], bool]]] = [[]]
    for is_negated, condition, joint in parts:
        if text:
            text += f" {joint} "
            if joint == "or":
                alternatives.append([])
        text += f"not {condition.text}" if is_negated else condition.text
        alternatives[-1].append(_negated(condition.holds) if is_negated else condition.holds)
    return Expected(text, lambda row: any(all(each(row) for each in every) for every in alternatives))


@pytest.fixture
def finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal in a folder with that ledger."""
    return recorded(Terminal(tmp_path, monkeypatch))


def _rows(terminal: Terminal, noun: str, *options: str) -> list[Row]:
    answer, code = terminal.words([noun, "list", "--format", "json", *options])
    assert 0 == code, answer
    rows: list[Row] = json.loads(answer[answer.index("{") :])["rows"]
    return rows


@pytest.mark.slow
def test_random_filters_agree(finding: Terminal) -> None:
    """Two hundred random filters, given once or twice, select the rows that an independent evaluator selects."""
    whole = {noun: _rows(finding, noun) for noun in LISTS}
    assert all(whole.values())

    @settings(max_examples=200, deadline=None)
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        noun = data.draw(st.sampled_from(sorted(LISTS)))
        filters = data.draw(st.lists(_filters(noun), min_size=1, max_size=2))
        expected = [row for row in whole[noun] if all(each.holds(row) for each in filters)]
        given_words = [word for each in filters for word in ("--where", each.text)]
        assert expected == _rows(finding, noun, *given_words), given_words

    agree()


WRONG_OPERATORS = ["=>", "=<", "==", "<>", "=~", "><", "!!", "~~", "<<", "===", "!"]


@pytest.mark.slow
def test_wrong_filters_are_refused(finding: Terminal) -> None:
    """A filter with one thing wrong is refused as wrong usage, with a hint: no list is ever empty because of a slip."""

    @settings(max_examples=100, deadline=None)
    @given(st.data())
    def refused(data: st.DataObject) -> None:
        noun = data.draw(st.sampled_from(sorted(LISTS)))
        column = data.draw(st.sampled_from(sorted(LISTS[noun])))
        kind = LISTS[noun][column][0]
        right = data.draw(_conditions(noun)).text
        wrong = [f"{column}{data.draw(st.sampled_from(WRONG_OPERATORS))}1", f"{column}x=1", "", column, f"{column}="]
        if kind in (TEXT, PARTY):
            wrong += [f"{column}>5", f"{column}<=x"]
        if kind == PARTY:
            wrong += [f"{column}=EEY", f"{column}!=nobody"]
        if kind in (DAY, NUMBER, AMOUNT, MONEY):
            wrong += [f"{column}~5", f"{column}=soon", f"{column}<2026-13-45", f"{column}=5 XXX", f"{column}>3 USD USD"]
        if kind == DAY:
            wrong += [f"{column}=30/06/2026", f"{column}<+90", f"{column}>2026-02-30", f"{column}=2026-03..2026-01"]
        if kind in (AMOUNT, MONEY):
            wrong += [
                f"{column}>100000",
                f"{column}>1'000 USD",
                f"{column}>1.234 USD",
                f"{column}>100 US",
                f"{column}>k USD",
            ]
        text = data.draw(st.sampled_from(wrong))
        # A last word without an operator belongs to the value before it.
        shapes = ["{0}", "{0} and {1}", *(["{1} or not {0}"] if text != column else [])]
        joined = data.draw(st.sampled_from(shapes)).format(text, right)
        answer, code = finding.words([noun, "list", "--where", joined])
        # An unknown party is refused by the rule that every command has for it.
        assert code == (3 if "unknown-party" in answer else 2), (joined, answer)
        assert "\nhint: " in answer, (joined, answer)

    refused()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--where ttle~x", "Did you mean title?"),
        ("--where 'signed=>1 USD'", "Did you mean >=?"),
        ("--where signed>100000", "signed>100000 USD"),
        ("--where status=activ", "Did you mean active?"),
        ("--where party=EYY", "Did you mean"),
        ("--where engagement=E-11", "unknown-engagement"),
        ("--sort endson", "Did you mean ends_on?"),
        ("--columns title,sgned", "Did you mean signed"),
        ("--output list.xlx", "Did you mean .xlsx?"),
        ("--output list.docx", ".csv, .xlsx or .json"),
        ("--format json --output list.csv", "the file's name says its form"),
        ("--limit 0", "'--limit'"),
    ],
)
def test_slips_are_named(finding: Terminal, options: str, said: str) -> None:
    """A name that does not exist is an error that says what was perhaps meant."""
    answer, code = finding.type(f"ledger engagement list {options}")
    assert code in (2, 3), answer
    assert said in answer


def test_a_text_that_no_row_has(finding: Terminal) -> None:
    """An exact text that no row has may be a slip: a note says so, below "no results"."""
    answer, code = finding.type("ledger engagement list --where unit=IDDS")
    assert 0 == code
    assert "note: no row has unit 'IDDS'. Did you mean IDS?" in answer
    assert "note:" not in finding.type("ledger engagement list --where unit=IDS --where ends<2000")[0]


def test_absent_values(finding: Terminal) -> None:
    """A value that is not there is written as tables show it; no comparison holds of it."""

    def refs(noun: str, text: str, key: str = "engagement") -> list[str]:
        return [row[key] for row in _rows(finding, noun, "--where", text)]

    assert ["E-4"] == refs("engagement", "signed=none")
    assert ["E-5"] == refs("engagement", "signed=not disclosed")
    assert ["E-4", "E-5"] == refs("engagement", "ends=not recorded")
    assert ["E-1", "E-2", "E-3"] == refs("engagement", "not ends=none")
    assert ["SO-2", "SO-4"] == refs("order", "accepted=none", "number")
    assert ["SO-1", "SO-2", "SO-4", "SO-3"] == refs("order", "disclosed_in=not disclosed", "number")
    assert [] == refs("engagement", "ends<+99y and ends=none")


def test_values_with_words_of_the_language(finding: Terminal) -> None:
    """A name with `and` in it needs no quotes; in quotes, a value may even have what looks like a condition."""
    for text in ('party = "Salt and Sand = Co (illustrative)"', "name~salt and s", 'name~"and sand ="'):
        assert ["P3"] == [row["party"] for row in _rows(finding, "party", "--where", text)]
    both = "title=Training, and more and kind=consultancy"
    assert ["E-3"] == [row["engagement"] for row in _rows(finding, "engagement", "--where", both)]


def test_order_and_number_of_rows(finding: Terminal) -> None:
    """Rows are sorted by days, numbers, amounts within a currency, and texts; what has no value comes last."""

    def sorted_by(*by: str, noun: str = "engagement", key: str = "engagement") -> list[str]:
        return [row[key] for row in _rows(finding, noun, *(word for one in by for word in ("--sort", one)))]

    assert ["E-3", "E-1", "E-2", "E-4", "E-5"] == sorted_by("ends")
    assert ["E-2", "E-1", "E-3", "E-4", "E-5"] == sorted_by("-ends")
    assert ["SO-4", "SO-3", "SO-1", "SO-2"] == sorted_by("-ordered", noun="order", key="number")
    assert ["SO-4", "SO-3", "SO-2", "SO-1"] == sorted_by("ordered", noun="order", key="number")
    assert ["E-2", "E-1", "E-3", "E-4", "E-5"] == sorted_by("-kind,-unit,title")
    limited = _rows(finding, "engagement", "--sort", "-ends", "--limit", "2", "--columns", "engagement,ends")
    assert [{"engagement": "E-2", "ends_on": "2027-02-21"}, {"engagement": "E-1", "ends_on": "2026-12-31"}] == limited


def test_columns_are_the_members(finding: Terminal) -> None:
    """The columns of a list are the members of its rows, in their order, and values are of the column's type."""
    for noun, columns in COLUMNS.items():
        for row in _rows(finding, noun):
            assert [column.key for column in standing(columns)] == list(row), noun
            for column in standing(columns):
                for value in _listed(row[column.key]):
                    _check(column.kind, value, row.get(column.of), column.values)


def _check(kind: Kind, value: Any, of: Any, choices: tuple[str, ...]) -> None:
    if kind is Kind.DAY:
        assert str(date.fromisoformat(value)) == value
    elif kind is Kind.NUMBER:
        assert Decimal(value).is_finite()
    elif kind is Kind.AMOUNT:
        assert Decimal(value.split()[1]).is_finite()
    elif kind is Kind.MONEY:
        assert (len(of), Decimal(value).is_finite()) == (3, True)
    elif kind is Kind.CHOICE:
        assert value in choices
    else:
        assert isinstance(value, str)


def test_statuses_of_engagements() -> None:
    """The states that a filter takes are those of the lifecycle, and `expired`, which is derived."""
    assert "engagement.signed" in EVENTS, "the events fill the table of transitions"
    reached = {to for steps in TRANSITIONS.values() for to in steps.values() if not to.startswith("where it was ")}
    assert {*STATUSES} == {*reached, EXPIRED}


def test_the_questions_of_the_document(finding: Terminal) -> None:
    """The commands of docs/finding.md answer what they are said to answer."""
    over = _rows(finding, "engagement", "--where", "signed>100k USD")
    assert ["E-1"] == [row["engagement"] for row in over]
    paid, code = finding.type("ledger payment list --where party=EY --where on=2026")
    assert (0, True) == (code, "1 row, amount USD 60000.00" in paid)
    ends = _rows(finding, "engagement", "--where", "ends=today..+90d", "--sort", "ends")
    assert ["E-1", "E-2"] == [row["engagement"] for row in ends]
    reversed_, _ = finding.type("ledger payment list --where order=SO-3")
    assert "3 rows, amount JPY 40000" in reversed_


class _Nobody:
    """A ledger in which every name is known."""

    def party(self, text: str) -> str:
        return text

    def engagement(self, text: str) -> str:
        return text


NEARLY = st.tuples(
    st.sampled_from(["signed", "ends", "title", "x"]), st.sampled_from(["=", "<", ">=", "~", "=>"]),
    st.text("0123456789.-+dwmykUSD/ e_\u0660", max_size=14),
)  # fmt: skip
"""What looks like a filter."""


@given(st.one_of(st.text(max_size=40), NEARLY.map("".join)))
@settings(deadline=None)
def test_any_text_is_a_filter_or_is_refused(text: str) -> None:
    """Whatever is typed is parsed, or refused with an error that has a hint."""
    hint = "none is needed"
    try:
        parse(text, COLUMNS["engagement"], "2026-11-23", _Nobody())
    except LedgerError as error:
        hint = error.hint
    assert hint
