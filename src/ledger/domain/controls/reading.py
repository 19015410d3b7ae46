"""Reads the text of parameters of controls, a TOML file, and finds every fault in it with its line and member.

The vocabulary is closed: a file names controls, and of each its severity and the parameters that it has. What it does
not name stays as the controls ship.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from ledger.domain.errors import LedgerError
from ledger.domain.guidelines import vocabulary
from ledger.domain.guidelines.file import FileReader
from ledger.domain.guidelines.language import Words
from ledger.domain.guidelines.values import Fault
from ledger.domain.party.due_diligence import RESULTS

SHIPPED = "shipped"
"""What the parameters that ship are called where a symbol is asked for."""
HEAD = ("symbol", "title", "adopted_by", "adopted_on", "in_force_on")

Value = int | Words


class Number(NamedTuple):
    """A parameter that is a whole number, at least and at most this."""

    least: int
    most: int
    of: str = ""
    """What is counted, in words: `of days`; empty if it is only a number."""


class Names(NamedTuple):
    """A parameter that is a list of words, of those known if any are."""

    known: Words = ()


DAYS = Number(0, vocabulary.MOST_DAYS, " of days")
PERCENT = Number(0, 100, " of per cent")

PARAMETERS: dict[str, dict[str, Number | Names]] = {
    "signed-without-approval": {},
    "before-signature": {},
    "after-end": {"ordered_days": DAYS, "accepted_days": DAYS, "paid_days": DAYS},
    "extended-after-end": {},
    "recorded-late": {"days": DAYS},
    "recorded-after-disclosure": {},
    "split-orders": {"days": DAYS},
    "just-below": {"percent": PERCENT},
    "sharp-increase": {"percent": Number(0, 1000, " of per cent")},
    "many-increases": {"times": Number(1, 1000)},
    "no-competition": {"days": DAYS, "competitive": Names()},
    "proposed-and-approved": {},
    "same-hand": {},
    "voided-late": {"days": DAYS},
    "paid-and-giving": {},
    "screening": {"matches": Names(RESULTS)},
    "flagged": {},
    "concentration": {"percent": PERCENT},
    "same-amount": {"days": DAYS},
    "similar-names": {"percent": Number(50, 100, " of per cent"), "words_percent": PERCENT},
    "paid-without-outcome": {},
    "outcome-missing": {},
    "receipts": {"days": DAYS},
    "expired": {"days": DAYS},
    "open-orders": {},
}
"""The controls by name, with the parameters that each has."""


class Setting(NamedTuple):
    """What a version says of a control: its severity, empty if it stays, and parameters."""

    severity: str
    parameters: Mapping[str, Value]


class ControlsVersion(NamedTuple):
    """A version of the parameters of controls; `settings` are by control, in the order of the text."""

    symbol: str
    title: str
    adopted_by: str
    adopted_on: str
    in_force_on: str
    settings: Mapping[str, Setting]

    @property
    def binds_from(self) -> str:
        """The first day on which it is in force: never before the day on which it was adopted."""
        return max(self.adopted_on, self.in_force_on)


class BadControls(LedgerError):
    """A text of parameters of controls has faults."""

    code = "bad-controls"

    def __init__(self, faults: list[Fault]) -> None:
        """Refuse a text with these faults."""
        self.faults = faults
        more = f" There are {len(faults) - 1} more faults." if len(faults) > 1 else ""
        hint = faults[0].hint or "'ledger controls check FILE' names every fault."
        super().__init__(f"These are no parameters of controls: {faults[0]}.{more}", hint)


@lru_cache(maxsize=64)
def read_controls(text: str) -> ControlsVersion:
    """Return the parameters of controls in a text. Raises BadControls."""
    reader = _Reader(text)
    version = reader.read()
    if version is None or reader.faults:
        raise BadControls(sorted(reader.faults, key=lambda fault: fault.line))
    return version


class _Reader(FileReader):
    """Reads the tables of one text."""

    part, words_are = "control", "a word or a list of words"

    def read(self) -> ControlsVersion | None:
        """Return the version, or None if the text has faults that leave none."""
        tables = self.tables(("language", "controls", "control"), "Shorten its comments.", "docs/findings.md")
        if tables is None:
            return None
        self.table = "controls"
        head = self.head(self.members("controls", tables), HEAD, ("symbol",))
        if head is not None and head["symbol"] == SHIPPED:
            self.fault("symbol", f"'{SHIPPED}' is what the parameters are called that ship", "Use another symbol.")
        self.table = "control"
        settings = dict(self.settings(tables.get("control", [])))
        return None if head is None else ControlsVersion(**head, settings=settings)

    def settings(self, given: Any) -> Iterator[tuple[str, Setting]]:
        if not isinstance(given, list) or not all(isinstance(control, dict) for control in given):
            self.fault("", "controls are written as [[control]]")
            return
        seen: dict[str, int] = {}
        for place, members in enumerate(given):
            self.place, self.rule = place, ""
            name = self.tried("id", self.choice, "id", members.get("id"), tuple(PARAMETERS))
            if name is None:
                continue
            self.rule = name
            if name in seen:
                self.fault("id", f"{name} is there twice; the other is on line {seen[name]}")
                continue
            seen[name] = self.lines.of("control", place, "")
            yield name, self.setting(name, members)
        self.place, self.rule = 0, ""

    def setting(self, name: str, given: dict[str, Any]) -> Setting:
        known = PARAMETERS[name]
        self.unknown("", given, ("id", "severity", *known))
        if given.keys() == {"id"}:
            self.fault("", "it says nothing of the control", f"Known here: {', '.join(('severity', *known))}.")
        severity = ""
        if "severity" in given:
            severity = self.tried("severity", self.choice, "severity", given["severity"], vocabulary.SEVERITIES) or ""
        values = {
            member: self.tried(member, self.value, member, given[member], form)
            for member, form in known.items() if member in given
        }  # fmt: skip
        return Setting(severity, values)

    def resolved(self, member: str, given: Any, named: Mapping[str, Any], table: str) -> Any:
        """Return the value itself: nothing has a name here."""
        return given

    def value(self, member: str, given: Any, form: Number | Names) -> Value:
        """Return a parameter in its form."""
        if isinstance(form, Names):
            return self.words_of(member, given, form.known) if form.known else self.plain_words(member, given)
        if type(given) is not int or not form.least <= given <= form.most:
            raise self.refuse(member, f"not a whole number{form.of} from {form.least} to {form.most}")
        return given
