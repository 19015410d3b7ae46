"""The reports on disclosures and of an engagement are said in English and in French: nothing of one is in the other."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.domain.engagement.statuses import EXPIRED, LIVE, OVER
from ledger.domain.guidelines.vocabulary import FACTS, MOMENTS
from ledger.domain.registry import EVENTS
from projections.compliance.outcomes import STATUSES
from projections.papers.house import LANGUAGES, read_house
from projections.papers.layout import Layout, TableItem, plain
from projections.papers.messages import Messages
from projections.papers.printed import lines
from projections.reports.documents.phrasing import Phrasing
from projections.reports.dossier.history import LABELS
from projections.reports.found_words import FIXED, FORMS
from projections.reports.model import Report, Section
from projections.reports.phrases import Phrase, Quoted, joined, slug, title
from projections.reports.wording import FACET_LABELS
from tests.papers.every_report import FEW, MANY, REPORTS, layout_of, reported

LONG = ("STA-2021-012", "NET-2021-006", "CAP-2022-002", "DHE-2022-009")
"""Engagements of which much is recorded, of each kind."""
DATES = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
OF_EVERY_NAME = re.compile(r"(?:SO-[^ ]+|.+): .+")
"""The title of the section of a service order is recorded text."""


def _messages(language: str) -> Messages:
    return read_house().messages(language, {})


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the titles and heads of a report as `own`, all its other texts as `text`."""
    for section in (*report.sections, *report.annexes):
        yield from _of_section(section)
    yield from (("text", text) for text in (*report.method, *report.notes))


def _of_section(section: Section) -> Iterator[tuple[str, str]]:
    yield "own", section.title
    yield from (("text", text) for text in section.prose)
    for table in section.tables:
        yield "own", table.title
        yield from (("own", column.title) for column in table.columns)
        yield "text", table.note
        yield from (("cell", cell.text) for row in (*table.rows, table.total) for cell in row)
    for below in section.below:
        yield from _of_section(below)


def _phrases(text: Any) -> Iterator[Phrase]:
    if isinstance(text, Phrase):
        yield text
        for part in (*text.parts, *text.given.values()):
            yield from _phrases(part)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "engagement"),
    [("disclosures", ""), *(("engagement", ref) for ref in LONG)],
)
def test_every_text_has_a_message(name: str, engagement: str) -> None:
    """Each title, head and sentence of the report has a message in each language, and so has each phrase of a cell."""
    with reported(name, MANY, engagement) as report:
        texts = [(kind, text) for kind, text in _texts(report) if text]
    missing = set()
    for language in LANGUAGES:
        messages = _messages(language)
        for kind, text in texts:
            own = title(text) if kind == "own" and not isinstance(text, Phrase | Quoted) else text
            if kind == "text":
                assert isinstance(text, Phrase), text
            if kind == "own" and OF_EVERY_NAME.fullmatch(text) and not messages.has(f"head-{slug(text)}"):
                continue
            phrases = _phrases(own)
            missing |= {(language, part.message) for part in phrases if part.message and not messages.has(part.message)}
    assert set() == missing


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", REPORTS)
@pytest.mark.parametrize("engagements", [FEW, MANY])
def test_each_report_is_a_document_in_each_language(name: str, language: str, engagements: int) -> None:
    """Nothing is refused, and no day is printed as in data, but within names of lists and of documents."""
    layout = layout_of(name, engagements, language)
    assert language == layout.paper.language
    texts = [plain(line) for line in lines(layout)]
    assert [] == [text for text in texts if DATES.search(text) and "version" not in text]
    assert layout.boxes


def _heads(layout: Layout) -> list[str]:
    items = [item for flow in layout.flows for item in flow.items if isinstance(item, TableItem)]
    return [plain(column.head) for item in items for column in item.grid.columns]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["disclosures", "engagement"])
def test_the_two_languages_have_the_same_figures(name: str) -> None:
    """Tables have the same rows and figures in French, and their heads are not those of English."""
    english, french = (layout_of(name, FEW, language) for language in ("en", "fr"))
    assert english.paper.figures == french.paper.figures
    assert len(_heads(english)) == len(_heads(french))
    assert len({*_heads(english)} & {*_heads(french)}) < len({*_heads(english)}) / 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_are_chosen_by_what_is_recorded(language: str) -> None:
    """Each event of an engagement, each state, moment, verdict, facet, label and finding has its message."""
    messages = _messages(language)
    names = {f"event-{re.sub('[._]', '-', tag)}" for tag in EVENTS if tag.split(".")[0] not in NOT_OF_ENGAGEMENTS}
    names |= {f"state-{slug(state)}" for state in (*LIVE, *OVER, EXPIRED, "issued", "rejected", "cancelled")}
    names |= {f"moment-{moment}" for moment in MOMENTS}
    names |= {f"verdict-{slug(status)}" for status in STATUSES if status != "does not apply"}
    names |= {message for _, message in (*LABELS, *FORMS)} | {f"found-{slug(text)}" for text in FIXED}
    names |= {label.message for label in FACET_LABELS.values() if isinstance(label, Phrase)}
    assert [] == sorted(name for name in names if not messages.has(name))
    of_engagements = {name for name in FACTS if not FACTS[name].of_parties and name not in ("risk", "conflict")}
    wanted = {f"no {re.sub('^(an?|the) ', '', FACTS[name].means)}" for name in of_engagements}
    assert set() == wanted - FIXED


NOT_OF_ENGAGEMENTS = (
    "controls", "disclosure", "finding", "guidelines", "key", "ledger", "party", "rate", "setting", "definitions",
    "entry",
)  # fmt: skip


def test_what_is_recorded_in_another_language_is_quoted(tmp_path: Path) -> None:
    """The title of a rule stands as it was adopted, in marks, unless the house has its text in the language."""
    rule = Quoted("Reviewed once a year by 2025-01-31", "rule GL-review")
    english, french = (Phrasing(_messages(language), "en") for language in ("en", "fr"))
    assert "Reviewed once a year by 31\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2025" == plain(english.line(rule))
    quoted = plain(french.line(joined((rule, " (GL-review)"), "")))
    assert quoted.startswith("«\N{NO-BREAK SPACE}Reviewed once a year by 31\N{NO-BREAK SPACE}janvier")
    assert quoted.endswith("\N{NO-BREAK SPACE}» (GL-review)")
    (tmp_path / "house.toml").write_text("", "utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "fr.ftl").write_text("word-rule-gl-review = Examen annuel\n", "utf-8")
    own = read_house(tmp_path).messages("fr", {})
    assert "Examen annuel" == plain(Phrasing(own, "en").line(rule))
