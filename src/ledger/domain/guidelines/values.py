"""Reads the values in a text of guidelines: words, amounts, days, and descriptions of parties and risks."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple

from ledger.domain.errors import LedgerError, did_you_mean
from ledger.domain.guidelines import vocabulary
from ledger.domain.guidelines.language import Cumulative, PartyFilter, RiskCondition, Words
from ledger.domain.guidelines.vocabulary import LEVELS, PARTY_WORDS
from ledger.domain.money import Money

_TABLE = re.compile(r"\s*\[\[?\s*([A-Za-z_-]+)\s*\]?\]")
_MEMBER = re.compile(r"\s*[\"']?([A-Za-z0-9_-]+)[\"']?\s*=")


class Lines:
    """The lines of a text where tables and their members begin, which the TOML parser does not give."""

    def __init__(self, text: str) -> None:
        """Read the text; members before the first table belong to the table ''."""
        self._lines: dict[tuple[str, int, str], int] = {}
        table, count = "", dict[str, int]()
        for number, line in enumerate(text.split("\n"), 1):
            if head := _TABLE.match(line):
                table = head[1]
                count[table] = count.get(table, -1) + 1
                self._lines.setdefault((table, count[table], ""), number)
            elif member := _MEMBER.match(line):
                self._lines.setdefault((table, count.get(table, 0), member[1]), number)

    def of(self, table: str, place: int, member: str) -> int:
        """Return the line of a member of the table, of several of one name that at this place; else of the table.

        It is 0 if there is no such line.
        """
        line = self._lines.get((table, place, member))
        return line if line is not None else self._lines.get((table, place, ""), 0)


class Fault(NamedTuple):
    """What is wrong in a text: its line (0 for the whole file), rule (or control) and member, and what to do."""

    line: int
    rule: str
    member: str
    what: str
    hint: str = ""
    part: str = "rule"
    """What `rule` is the name of."""

    def __str__(self) -> str:
        where = [f"line {self.line}"] if self.line else []
        where += [f"{self.part} {self.rule}"] if self.rule else []
        where += [self.member] if self.member else []
        return f"{', '.join(where)}: {self.what}" if where else self.what


class Refused(Exception):
    """A value was refused, and its fault is noted."""


class ValueReader:
    """Reads values of one text; `faults` are those met so far.

    A method that reads a value takes the path of its member and what the parser of TOML gave. It notes a fault and
    raises Refused if that is no such value.
    """

    part = "rule"
    """What the tables are called of which a text has several."""
    words_are = "a word, a list of words or @name"
    """How words are written."""

    def __init__(self, text: str) -> None:
        """Read a text."""
        self.text = text
        self.faults: list[Fault] = []
        self.lines = Lines(text)
        self.amounts: dict[str, Any] = {}
        self.words: dict[str, Any] = {}
        self.used: set[str] = set()
        self.table = ""
        self.place = 0
        self.rule = ""

    def fault(self, member: str, what: str, hint: str = "") -> None:
        """Note a fault of a member."""
        line = self.lines.of(self.table, self.place, member.partition(".")[0])
        self.faults.append(Fault(line, self.rule, member, what, hint, self.part))

    def refuse(self, member: str, what: str, hint: str = "") -> Refused:
        """Note a fault of a member, and return what to raise."""
        self.fault(member, what, hint)
        return Refused()

    def unknown(self, member: str, given: Mapping[str, Any], known: tuple[str, ...]) -> None:
        """Note a fault for each member that is not known."""
        for name in given:
            if name not in known:
                near = did_you_mean(get_close_matches(name, known, n=2)) or f"Known here: {', '.join(known)}."
                self.fault(path_of(member, name), f"there is no '{name}'", near)

    def tried(self, member: str, function: Callable[..., Any], *given: Any) -> Any:
        """Return what a function returns; None if it refused its value."""
        try:
            return function(*given)
        except Refused:
            return None

    def levels(self, member: str, given: Any) -> Words:
        """Return levels of a due diligence: words, or `>= LEVEL` for this and all above it."""
        if isinstance(given, str) and given.startswith(">="):
            least = self.choice(member, given[2:].strip(), LEVELS)
            return LEVELS[LEVELS.index(least) :]
        return self.words_of(member, given, LEVELS)

    def line_of_text(self, member: str, given: Any) -> str:
        """Return a line of text."""
        if not isinstance(given, str) or not given.strip() or "\n" in given:
            raise self.refuse(member, "it is missing" if given is None else "not a line of text")
        return given

    def choice(self, member: str, given: Any, known: tuple[str, ...]) -> str:
        """Return a word that is one of those known."""
        if given not in known:
            near = get_close_matches(str(given), known, n=2)
            what = "it is missing" if given is None else f"'{given}' is none of the words here"
            raise self.refuse(member, what, did_you_mean(near) or f"Known here: {', '.join(known)}.")
        return str(given)

    def resolved(self, member: str, given: Any, named: Mapping[str, Any], table: str) -> Any:
        """Return the value that `@name` stands for, or the value itself."""
        if not isinstance(given, str) or not given.startswith("@"):
            return given
        name = given[1:]
        if name not in named:
            near = did_you_mean(get_close_matches(name, named, n=2)) or f"Define it under [{table}]."
            raise self.refuse(member, f"'{given}' is not defined under [{table}]", near)
        self.used.add(name)
        if named[name] is None:
            raise Refused  # its own fault is noted
        return named[name]

    def money(self, member: str, given: Any) -> Money:
        """Return an amount above nought, or what `@name` stands for."""
        if member == "financial" and isinstance(given, str) and given in self.amounts:
            given = f"@{given}"
        value = self.resolved(member, given, self.amounts, "amounts")
        if isinstance(value, Money):
            return value
        try:
            amount = Money.parse(value if isinstance(value, str) else str(value))
        except LedgerError as error:
            raise self.refuse(member, error.sentence.rstrip("."), error.hint) from None
        if amount.minor <= 0:
            raise self.refuse(member, f"{amount} is not more than zero")
        return amount

    def plain_words(self, member: str, given: Any) -> Words:
        """Return words in order: one word, a list, or what `@name` stands for."""
        value = self.resolved(member, given, self.words, "words")
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list | tuple) or not all(isinstance(word, str) and word.strip() for word in words):
            raise self.refuse(member, f"not {self.words_are}")
        if len(set(words)) < len(words):
            raise self.refuse(member, "it names a word twice")
        return tuple(sorted(words))

    def words_given(self, member: str, given: Any) -> Words:
        """Return at least one word."""
        words = self.plain_words(member, given)
        if not words:
            raise self.refuse(member, "it names no word")
        return words

    def words_of(self, member: str, given: Any, known: tuple[str, ...]) -> Words:
        """Return words that are all known."""
        words = self.plain_words(member, given)
        for word in words:
            self.choice(member, word, known)
        return words

    def facets(self, member: str, given: Any) -> Words:
        """Return facets of an engagement."""
        return self.words_of(member, given, vocabulary.ALL_FACETS)

    def flag(self, member: str, given: Any) -> bool:
        """Return true or false."""
        if not isinstance(given, bool):
            raise self.refuse(member, "not true or false")
        return given

    def days(self, member: str, given: Any, least: int = 0) -> int:
        """Return a number of calendar days."""
        if type(given) is not int or not least <= given <= vocabulary.MOST_DAYS:
            raise self.refuse(member, f"not a whole number of days from {least} to {vocabulary.MOST_DAYS}")
        return given

    def percent(self, member: str, given: Any) -> int:
        """Return a whole number of per cent."""
        if type(given) is not int or not 0 <= given <= 1000:
            raise self.refuse(member, "not a whole number of per cent from 0 to 1000")
        return given

    def party(self, member: str, given: Any) -> PartyFilter:
        """Return what a party must fit."""
        known = (*PARTY_WORDS, *(f"not_{word}" for word in PARTY_WORDS))
        if not isinstance(given, dict) or not given:
            raise self.refuse(member, "it says nothing of the party", f"Known here: {', '.join(known)}.")
        self.unknown(member, given, known)
        words = [(name, self.words_given(f"{member}.{name}", given[name])) for name in known if name in given]
        return PartyFilter(tuple(words))

    def risk(self, member: str, given: Any) -> RiskCondition:
        """Return which risks of which level are asked for."""
        if not isinstance(given, dict) or "at_least" not in given:
            raise self.refuse(member, 'written like { kinds = ["access"], at_least = "high" }')
        self.unknown(member, given, ("kinds", "at_least"))
        kinds = self.words_of(f"{member}.kinds", given["kinds"], vocabulary.RISK_KINDS) if "kinds" in given else ()
        return RiskCondition(kinds, self.choice(f"{member}.at_least", given["at_least"], vocabulary.SEVERITIES))

    def cumulative(self, member: str, given: Any) -> Cumulative:
        """Return an amount and the days within which it is reached."""
        if not isinstance(given, dict) or {"from", "days"} - given.keys():
            raise self.refuse(member, 'written like { from = "USD 100000.00", days = 365 }')
        self.unknown(member, given, ("from", "days"))
        return Cumulative(self.money(f"{member}.from", given["from"]), self.days(f"{member}.days", given["days"], 1))


def path_of(member: str, name: str) -> str:
    """Return the path of a member within another."""
    return f"{member}.{name}" if member else name
