"""Messages of documents: complete in both languages, right for every number, and clean of what prose must not have."""

import re
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from fluent.syntax import FluentParser, ast

from projections.papers.house import LANGUAGES, read_house
from projections.papers.messages import TEXTS, BadMessage, Messages
from projections.papers.model import Noted, Printed, Referred, Words
from projections.queries.figures import Figure, figure
from tests.papers.sample import ENGLISH

NUMBERS = (0, 1, 2, 3, 11, 21, 100)


class EveryFigure(dict[str, Figure]):
    """Figures of which each pointer is known: counts, a sum of money where its name says so."""

    def __init__(self, number: int) -> None:
        """Give every count the same number."""
        super().__init__()
        self.number = number

    def __contains__(self, pointer: object) -> bool:
        """Any pointer is known."""
        return True

    def __getitem__(self, pointer: str) -> Figure:
        """Return a count, or what the pointer asks for."""
        if pointer.endswith("year"):
            return figure(2024, "year", "parameter")
        if "total" in pointer or "partner_usd" in pointer:
            return figure(Decimal(self.number) * 1_234_567, "USD", "sum", [1])
        if "percent" in pointer:
            return Figure(self.number, "percent", "ratio")
        return figure(self.number, "count", "count", [1])


GIVEN = {
    "total": "/total_usd", "partner_money": "/partner_usd", "first": "/first", "last": "/last", "table": "a-table",
    "on": "2025-05-02", "since": "2024-01-01", "until": "2024-12-31", "number": 3, "body": "Council",
    "at": "/count", "hidden": "/hidden", "text": "certain words",
}  # fmt: skip
"""What messages are given; every other variable is a line of words."""


@cache
def _messages(language: str) -> dict[str, ast.Message]:
    parsed = FluentParser().parse(_source(language))
    return {entry.id.name: entry for entry in parsed.body if isinstance(entry, ast.Message)}


@cache
def _source(language: str) -> str:
    return (TEXTS / f"{language}.ftl").read_text("utf-8")


@cache
def _catalogue(language: str, number: int) -> Messages:
    return read_house().messages(language, EveryFigure(number))


def _variables(message: ast.Message, language: str) -> set[str]:
    text = _source(language)
    assert message.span is not None
    return set(re.findall(r"\$([a-z-]+)", text[message.span.start : message.span.end]))


def _formatted(language: str, name: str, number: int) -> str:
    messages, message = _catalogue(language, number), _messages(language)[name]
    given: dict[str, Any] = {
        variable.replace("-", "_"): GIVEN.get(variable.replace("-", "_"), (Words("certain words"),))
        for variable in _variables(message, language)
    }
    if "number" in given:
        given["number"] = number
    if name in ("partnerships-trend-chart", "partnerships-by-year"):
        given |= {"since": "2020", "until": "2024"}
    if name == "partnerships-trend":
        given |= {"since": "2020"}
    line = messages.line(name, **given)
    return "".join(
        "table 1" if isinstance(run, Referred) else "" if isinstance(run, Noted) else run.text for run in line
    )


def test_both_languages_have_the_same_messages() -> None:
    """Every message has English and French, with the same variables."""
    english, french = _messages("en"), _messages("fr")
    assert english.keys() == french.keys()
    names = {name: (_variables(english[name], "en"), _variables(french[name], "fr")) for name in english}
    assert {} == {name: pair for name, pair in names.items() if pair[1] - pair[0]}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", NUMBERS)
def test_every_message_of_every_number(language: str, number: int) -> None:
    """Each message can be formatted with each number; no sentence begins with a figure or has two spaces."""
    for name in _messages(language):
        text = _formatted(language, name, number)
        plain = text.replace("\N{NO-BREAK SPACE}", " ")
        assert "  " not in plain.strip(), (name, text)
        starts = re.search(r"(^|[.!?] )[0-9]", plain) if plain.endswith(".") else re.search(r"[.!?] [0-9]", plain)
        assert not starts or name in STARTS_WITH_A_NUMBER, (name, text)
        assert not re.search(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b", text), (name, text)
        assert "%" not in text, (name, text)


STARTS_WITH_A_NUMBER = {"short-outcomes"}
"""Messages that stand in a cell."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_is_not_several(language: str) -> None:
    """A message with a plural form differs between one and two."""
    differing = (
        "partnerships-signed",
        "partnerships-partners",
        "council-in-force",
        "council-orders",
        "council-changed",
    )
    for name in differing:
        assert _formatted(language, name, 1) != _formatted(language, name, 2).replace("two", "one")


def test_figures_keep_their_pointers() -> None:
    """What a message prints of a figure is a run with its pointer, in the form of words that its value chooses."""
    figures = {
        "/agreements": figure(1, "count", "count", [3]),
        "/agreements_with_contribution": figure(0, "count", "count"),
    }
    figures["/year"] = figure(2024, "year", "parameter")
    messages = read_house().messages("en", figures)
    line = messages.line("partnerships-signed", money=messages.line("partnerships-one-of-which", total="/total_usd"))
    assert [("/year", "2024")] == [(run.pointer, run.text) for run in line if isinstance(run, Printed)]
    text = "".join(run.text for run in line if isinstance(run, Words | Printed))
    assert "In 2024, one partnership agreement was signed. It included no financial contribution." == text


def test_what_a_catalogue_may_not_have() -> None:
    """An unknown figure, an unknown message and a text that Fluent cannot read are named."""
    with pytest.raises(BadMessage, match="/nowhere"):
        Messages("en", ENGLISH, {}, 'own = { FIG("/nowhere") }').line("own")
    with pytest.raises(BadMessage, match="no message 'missing'"):
        Messages("en", ENGLISH, {}).line("missing")
    with pytest.raises(BadMessage, match="line 2"):
        Messages("en", ENGLISH, {}, "good = yes\nbad = { FIG( }\n")


def test_a_house_replaces_a_message() -> None:
    """Messages of a house stand in the place of those of the ledger."""
    assert "Bref" == Messages("en", ENGLISH, {}, "summary = Bref").text("summary")
