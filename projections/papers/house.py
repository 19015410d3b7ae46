"""The folder of a house: what a secretariat sets for its documents, in `house.toml` and the files that lie with it.

`house.toml` gives the organization, its bodies with their sessions and patterns of symbols, the wording of numbers,
colours, fonts, and for each report its title, source and limits. `texts/LANGUAGE.ftl` adds messages or replaces those
of the ledger, `fonts/` has font files, `house.typ` and `house.docx` replace the templates. Nothing of it is run.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from ledger.domain.errors import USAGE, LedgerError, did_you_mean
from projections.papers.look import (
    LEAST_CONTRAST,
    LEAST_GREY,
    PDF_FONTS,
    SERIES,
    WHITE,
    Look,
    contrast,
    grey,
    is_image,
    tints,
)  # fmt: skip
from projections.papers.messages import BadMessage, Messages
from projections.papers.numbers import MILLION, NumberStyle, UnknownLocale, cldr_separators
from projections.queries.figures import Figure

FILE = "house.toml"
OWN = Path(__file__).parent / "house"
"""The folder that is used where no other is given."""
MAX_BYTES = 1 << 18
LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""How the code of a language is written (BCP 47, without what documents do not need)."""
LANGUAGES = ("en", "fr")
"""The languages in which the ledger has all its messages."""
Form = Literal["docx", "pdf", "xlsx", "html"]
"""A form of a document."""
Localized = dict[str, str]
"""A text by language."""


class BadHouse(LedgerError):
    """The folder of a house cannot be used."""

    code = "bad-house"
    exit = USAGE

    def __init__(self, place: str, why: str) -> None:
        """Refuse the file at `place` (with its line, where that is known) because `why`."""
        super().__init__(
            f"{place} cannot be used: {why}.", "docs/documents.md lists what house.toml may say, with an example."
        )


class UnknownLanguage(LedgerError):
    """There are no messages in a language."""

    code = "unknown-language"
    exit = USAGE

    def __init__(self, language: str) -> None:
        """Refuse `language`."""
        super().__init__(
            f"There are no messages in the language '{language}'.",
            f"Languages: {', '.join(LANGUAGES)}; others with texts/{language}.ftl in the folder that --house names.",
        )


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    """A table of house.toml: a member that is not known is refused."""


class Organization(_Strict):
    """Who tables documents; `contact` is a function, never a person."""

    name: Localized = msgspec.field(default_factory=dict)
    logo: str = ""
    contact: Localized = msgspec.field(default_factory=dict)


class DocumentForm(_Strict):
    """What all documents have in common. They are published in all the `languages`, or in `language` alone.

    Without a `series`, charts are in tints of the `accent`.
    """

    language: str = "en"
    languages: list[str] = msgspec.field(default_factory=list)
    original: str = ""
    distribution: Localized = msgspec.field(default_factory=dict)
    paper: Literal["A4", "letter"] = "A4"
    accent: str = SERIES[0]
    series: list[str] = msgspec.field(default_factory=list)


class Fonts(_Strict):
    """Fonts by family name."""

    pdf: list[str] = msgspec.field(default_factory=lambda: list(PDF_FONTS))
    word: str = "Calibri"
    word_complex: str = "Arial"
    word_east_asian: str = "SimSun"


class Numbers(_Strict):
    """How one language prints numbers and days; what is None is that of CLDR."""

    group: str | None = None
    decimal: str | None = None
    percent: str | None = None
    percent_in_tables: str = "%"
    date: str = "d MMMM y"
    month: str = "MM/y"


class NumberLimits(_Strict):
    """Which numbers are words, and which amounts are in millions."""

    words_below: int = 10
    million_from: int = MILLION
    million_decimals: int = 1


class Body(_Strict):
    """A body to which documents go: patterns of symbols have {number} and {language}, which `letters` abbreviate."""

    name: Localized
    session: Localized = msgspec.field(default_factory=dict)
    symbol: str = "{number}"
    information: str = "{symbol}/INF/{n}"
    corrigendum: str = "{symbol}(Cor.{n})"
    letters: Localized = msgspec.field(default_factory=dict)
    action: Localized = msgspec.field(default_factory=dict)


class ReportForm(_Strict):
    """What a house sets for one report; 0 pages are no limit."""

    title: Localized = msgspec.field(default_factory=dict)
    source: Localized = msgspec.field(default_factory=dict)
    agenda: str = ""
    references: list[str] = msgspec.field(default_factory=list)
    information: list[str] = msgspec.field(default_factory=list)
    information_as: list[Form] = msgspec.field(default_factory=lambda: ["xlsx"])
    forms: list[Form] = msgspec.field(default_factory=lambda: ["docx", "pdf", "html"])
    named: int = 10
    words_at_most: int = 8_500
    pages_at_most: int = 0


class _File(_Strict):
    organization: Organization = msgspec.field(default_factory=Organization)
    document: DocumentForm = msgspec.field(default_factory=DocumentForm)
    fonts: Fonts = msgspec.field(default_factory=Fonts)
    numbers: dict[str, Any] = msgspec.field(default_factory=dict)
    bodies: dict[str, Body] = msgspec.field(default_factory=dict)
    reports: dict[str, ReportForm] = msgspec.field(default_factory=dict)


class House(NamedTuple):
    """The settings of a house, and the folder that they come from."""

    folder: Path
    organization: Organization
    document: DocumentForm
    fonts: Fonts
    limits: NumberLimits
    numbers: Mapping[str, Numbers]
    bodies: Mapping[str, Body]
    reports: Mapping[str, ReportForm]

    def report(self, name: str) -> ReportForm:
        """Return what the house sets for a report."""
        return self.reports.get(name) or ReportForm()

    def knows(self, body: str) -> bool:
        """Whether the house sets a body, by its key or by its name in any language."""
        return any(self.body(body) is known for known in self.bodies.values())

    def named(self, body: str, language: str) -> str:
        """Return the name of a body in a language; as it was given, if the house does not set it."""
        return localized(self.body(body).name, language, body)

    def body(self, name: str) -> Body:
        """Return a body by its key or by its name in any language; one that is not set has its name only."""
        for key, body in self.bodies.items():
            if name.casefold() in {key.casefold(), *(text.casefold() for text in body.name.values())}:
                return body
        return Body({"en": name})

    def texts(self, language: str) -> str:
        """Return the messages of the house in a language, as Fluent; empty if it has none. Raises BadHouse."""
        path = self.folder / "texts" / f"{language}.ftl"
        return _text(path) if path.is_file() else ""

    def messages(self, language: str, figures: Mapping[str, Figure]) -> Messages:
        """Return the catalogue of a language, with the numbers and messages of the house.

        Raises UnknownLanguage, BadHouse.
        """
        own = self.texts(language) if LANGUAGE.fullmatch(language) else ""
        if language not in LANGUAGES and not own:
            raise UnknownLanguage(language)
        try:
            messages = Messages(language, self._style(language), figures, own)
            messages.style = replace(
                messages.style,
                percent=messages.style.percent or messages.text("per-cent"),
                million=(messages.text("million"), messages.text("millions")),
                words=messages.number_words[: self.limits.words_below],
            )
        except (BadMessage, UnknownLocale) as error:
            raise BadHouse(str(self.folder / "texts" / f"{language}.ftl"), str(error)) from None
        return messages

    def _style(self, language: str) -> NumberStyle:
        group, decimal = cldr_separators(language)
        own = self.numbers.get(language) or Numbers()
        return NumberStyle(
            language=language,
            group=group if own.group is None else own.group,
            decimal=decimal if own.decimal is None else own.decimal,
            percent=own.percent or "",
            percent_in_tables=own.percent_in_tables,
            million=("", ""),
            words=(),
            date=own.date,
            month=own.month,
            million_from=self.limits.million_from,
            million_decimals=self.limits.million_decimals,
        )

    @property
    def look(self) -> Look:
        """How its documents look."""
        fonts, document = self.fonts, self.document
        return Look(
            accent=document.accent,
            series=tuple(document.series) or tints(document.accent),
            paper=document.paper,
            pdf_fonts=tuple(fonts.pdf),
            font_folders=tuple(folder for folder in (self.folder / "fonts",) if folder.is_dir()),
            word_font=fonts.word,
            word_complex=fonts.word_complex,
            word_east_asian=fonts.word_east_asian,
            logo=self.folder / self.organization.logo if self.organization.logo else None,
            typst=self._template("house.typ"),
            word=self._template("house.docx"),
        )

    def _template(self, name: str) -> Path | None:
        path = self.folder / name
        return path if path.is_file() else None


def localized(texts: Localized, language: str, otherwise: str = "") -> str:
    """Return a text in a language; in English, or whichever there is, if it has none of that language."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), otherwise)


def read_house(folder: Path | None = None) -> House:
    """Return the house of a folder; that of the ledger if None. Raises BadHouse."""
    folder = folder or OWN
    path = folder / FILE
    if not path.is_file():
        raise BadHouse(str(folder), f"there is no file {FILE} in it")
    text = _text(path)
    try:
        given = tomllib.loads(text)
        file = msgspec.convert(given, _File)
        limits, numbers = _numbers(file.numbers)
    except tomllib.TOMLDecodeError as error:
        raise BadHouse(str(path), f"it is not TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise BadHouse(*_explained(path, text, str(error))) from None
    house = House(
        folder, file.organization, file.document, file.fonts, limits, numbers, file.bodies, file.reports
    )  # fmt: skip
    _check(house, path, text)
    return house


def _check_contrast(document: DocumentForm, path: Path, text: str) -> None:
    # Headings are in the accent, and what a part of a chart is shows also where it is printed in grey.
    if (found := contrast(document.accent, WHITE)) < LEAST_CONTRAST:
        why = f"'{document.accent}' is too light for headings: its contrast with white is {found:.1f}, not 4.5"
        raise BadHouse(_placed(path, text, document.accent), why)
    for colour, after in pairwise(document.series):
        if abs(grey(colour) - grey(after)) < LEAST_GREY:
            why = f"'{colour}' and '{after}', which stand next to each other in charts, are one grey in print"
            raise BadHouse(_placed(path, text, after), why)


def _numbers(given: Mapping[str, Any]) -> tuple[NumberLimits, dict[str, Numbers]]:
    # `[numbers]` has limits, and a table for each language.
    limits = {name: value for name, value in given.items() if not isinstance(value, dict)}
    tables = {name: value for name, value in given.items() if isinstance(value, dict)}
    return msgspec.convert(limits, NumberLimits), msgspec.convert(tables, dict[str, Numbers])


def _check(house: House, path: Path, text: str) -> None:
    for colour in (house.document.accent, *house.document.series):
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
            raise BadHouse(_placed(path, text, colour), f"'{colour}' is not a colour like #2b4c6f")
    _check_contrast(house.document, path, text)
    logo = house.organization.logo
    if "/" in logo or "\\" in logo:
        raise BadHouse(_placed(path, text, logo), f"'{logo}' names a file outside of the folder")
    if logo and not is_image(house.folder / logo):
        raise BadHouse(_placed(path, text, logo), f"'{logo}' is no PNG, JPEG or SVG image in the folder")
    for name, body in house.bodies.items():
        for pattern in (body.symbol, body.information, body.corrigendum):
            try:
                pattern.format(number="1", language="E", symbol="S", n="1")
            except (KeyError, ValueError, IndexError):
                why = f"the pattern '{pattern}' of {name} may have {{number}}, {{language}}, {{symbol}} and {{n}} only"
                raise BadHouse(_placed(path, text, pattern), why) from None


def _explained(path: Path, text: str, error: str) -> tuple[str, str]:
    why, _, at = error.partition(" - at `$")
    keys = [key for key in re.findall(r"[\w-]+", at) if not key.isdigit()]
    if match := re.search(r"unknown field `(.*?)`", why):
        known = [name for struct in _TABLES for name in struct.__struct_fields__]
        return _placed(path, text, match[1]), f"it has '{match[1]}', which is not known{_similar(match[1], known)}"
    return _placed(path, text, keys[-1] if keys else ""), f"{why[:1].lower()}{why[1:]} ({'.'.join(keys)})"


_TABLES: tuple[type[msgspec.Struct], ...] = (
    _File, Organization, DocumentForm, Fonts, Numbers, NumberLimits, Body, ReportForm
)  # fmt: skip


def _similar(name: str, known: list[str]) -> str:
    hint = did_you_mean(get_close_matches(name, known, n=2))
    return f". {hint.rstrip('?')}" if hint else ""


def _placed(path: Path, text: str, part: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        if part and part in line.partition("#")[0] + (line if part.startswith("#") else ""):
            return f"{path}, line {number},"
    return str(path)


def _text(path: Path) -> str:
    try:
        return _read(path).decode("utf-8")
    except UnicodeDecodeError:
        raise BadHouse(str(path), "it is not UTF-8") from None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadHouse(str(path), error.strerror or str(error)) from None
    if len(data) > MAX_BYTES:
        raise BadHouse(str(path), f"it has more than {MAX_BYTES:,} bytes")
    return data
