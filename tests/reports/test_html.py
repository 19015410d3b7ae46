"""The report as HTML: one file that loads and runs nothing, escapes names, and links figures to their entries."""

import re
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from projections.papers.render.css import css_text
from projections.queries.figures import figure, walk
from projections.reports.render.html import rendered
from projections.reports.render.provenance import hint
from tests.reports import sample

TEXT = rendered(sample.SAMPLE)
EMPTY = {"meta", "wbr", "rect", "line"}


class Page(HTMLParser):
    """A parsed page: its elements with attributes, its texts, and whether all elements are closed."""

    def __init__(self) -> None:
        """Parse the page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(TEXT)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element without content."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close the last open element."""
        assert tag == self.open.pop(), self.getpos()

    def handle_data(self, data: str) -> None:
        """Record a text."""
        self.texts.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def page() -> Page:
    """Return the page, parsed."""
    return Page()


def test_what_opens_is_closed(page: Page) -> None:
    """The page is well formed."""
    assert [] == page.open


def test_nothing_runs(page: Page) -> None:
    """There are no scripts, event attributes, embedded objects or forms."""
    tags = {tag for tag, _ in page.elements}
    assert set() == tags & {"script", "iframe", "object", "embed", "form", "img", "link", "base"}
    assert [] == [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_nothing_is_fetched(page: Page) -> None:
    """Neither the page nor its style has an external address, and its policy forbids loading any."""
    assert [] == re.findall(r"https?:|//|url\(|@import", TEXT)
    linked = [value for _, attributes in page.elements for name, value in attributes.items() if name in {"href", "src"}]
    assert linked
    assert [] == [value for value in linked if not (value or "").startswith("#")]
    policies = [attributes for tag, attributes in page.elements if tag == "meta" and "http-equiv" in attributes]
    assert ["default-src 'none'; style-src 'unsafe-inline'"] == [policy["content"] for policy in policies]


def test_ids_are_unique_and_links_lead_somewhere(page: Page) -> None:
    """Each link within the page has exactly one target."""
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {(attributes["href"] or "")[1:] for tag, attributes in page.elements if tag == "a"}
    assert set() == links - set(ids)


@pytest.mark.parametrize(
    "name", [sample.SCRIPT, sample.PIPES, sample.CHINESE, sample.ARABIC, sample.COLOMBIA, sample.AUSTRALIA]
)
def test_names_are_text(page: Page, name: str) -> None:
    """Names with markup, and names in any script, are shown as recorded."""
    assert name in page.texts


def test_names_from_right_to_left_do_not_move_their_neighbours() -> None:
    """In a list with a right-to-left name, every name is isolated."""
    assert f"<bdi>{sample.ARABIC}</bdi>; <bdi>{sample.CHINESE}</bdi>" in TEXT


def test_a_figure_says_where_it_comes_from(page: Page) -> None:
    """A cell with a figure has a hint with kind, number and positions of entries, and links to their row."""
    assert 'title="sum of 59 entries: 1–53, 60, 70–74"><a href="#figure-3">33,826,190.48</a>' in TEXT
    assert 'title="ratio of /partner_usd and /total_usd"' in TEXT
    rows = [attributes["id"] for tag, attributes in page.elements if tag == "tr" and "id" in attributes]
    assert len(list(walk(sample.FIGURES))) == len(rows)


def test_pointers_break_where_they_may() -> None:
    """A pointer may break before a slash or after an underscore, but not before its first character."""
    assert "/trend<wbr>/2024<wbr>/partner_<wbr>usd" in TEXT
    assert "<wbr>/trend" not in TEXT


def test_a_hint_is_short() -> None:
    """The hint of a figure has its first three ranges of entries, and a mark if there are more."""
    assert "sum of 6 entries: 1–2, 4, 6–7 …" == hint(figure(Decimal(1), "USD", "sum", [1, 2, 4, 6, 7, 9]))
    assert "parameter, as asked for" == hint(figure(2024, "year", "parameter"))


def test_what_is_absent_is_said() -> None:
    """Texts for values that are not recorded or withheld have a style of their own."""
    assert 'class="n absent">not recorded<' in TEXT
    assert 'class="n absent">not disclosed<' in TEXT


def test_a_title_cannot_leave_the_style() -> None:
    """The page footer is a CSS string: no character of the title ends the string or the style element."""
    assert '"Partnerships 2024 \\00003c\\00002fstyle\\00003e\\00003cb\\00003e. As of 2025-05-12' in TEXT
    assert '"\\000022\\00005c\\00000a\\004e2d"' == css_text('"\\\n中')


def test_wide_annexes_are_printed_across() -> None:
    """A table of many columns is printed in landscape."""
    assert '<section id="agreements" class="annex across">' in TEXT
