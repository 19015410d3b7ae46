"""A paper as an HTML page: what is printed is in it, as it is; every figure leads to its entries, and is read back."""

import hashlib
import re
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from projections.papers import printed
from projections.papers.look import Look
from projections.papers.read_back import html as back
from projections.papers.read_back.errors import NotReadable
from projections.papers.render.html import rendered
from tests.papers import sample
from tests.papers.printable import bare, elsewhere, layout, texts
from tests.reports.pages import browser

PROGRAM = """
import hashlib, json
from projections.papers.look import Look
from projections.papers.render.html import rendered
from tests.papers.printable import layout
print(json.dumps([hashlib.sha256(rendered(layout(), Look()).encode()).hexdigest()]))
"""
FRAME = """<body style="margin:0">
<iframe id="frame" src="page.html" style="width:{width}px;height:900px;border:0"></iframe>
<script>
document.getElementById("frame").onload = () => {{
  const page = document.getElementById("frame").contentDocument;
  const over = [...page.querySelectorAll("body *")].filter(
    part => part.getBoundingClientRect().right > {width} + 1 && !part.closest(".table, figure"));
  const out = document.createElement("pre");
  out.id = "seen";
  out.textContent = page.documentElement.scrollWidth + " " + over.length;
  document.body.append(out);
}};
</script></body>"""


class Reader(HTMLParser):
    """Collects the text of a page, its tags with attributes, and the text of each element with an id."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.text = ""
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data

    def of(self, *names: str) -> list[tuple[str, dict[str, str]]]:
        """Return the tags of these names."""
        return [tag for tag in self.tags if tag[0] in names]


@pytest.fixture(scope="module")
def page() -> str:
    """Return the sample as a page, with the name in Thai: a browser finds its glyphs."""
    return rendered(sample.layout(), Look())


@pytest.fixture(scope="module")
def read(page: str) -> Reader:
    """Return the page as a parser reads it."""
    return Reader(page)


def test_each_text_is_in_the_page(read: Reader) -> None:
    """Every line of the layout is in the page, names that look like markup among them, and the masthead."""
    text = bare(read.text)
    # The indicator of a note stands where the note does in the layout.
    lines = [line for line in texts(sample.layout()) if "TDAG25/INF/1, with" not in line]
    assert [] == [line for line in lines if bare(line) not in text]
    assert bare("The full list is in document TDAG25/INF/1, with =1+1.") in text
    head = sample.paper().masthead
    for part in (head.organization, head.body, head.session, head.symbol, head.agenda, head.source):
        assert bare(part) in text


def test_nothing_in_a_name_is_markup(page: str, read: Reader) -> None:
    """There is no script, no link out of the page, and nothing is loaded."""
    assert [] == read.of("script", "iframe", "object", "link", "b")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert all(given["href"].startswith("#") for _, given in read.of("a"))
    assert [] == [given for _, given in read.tags if any(name.startswith("on") or name == "src" for name in given)]
    assert "content=\"default-src 'none'" in page


def test_each_figure_leads_to_its_entries(page: str, read: Reader) -> None:
    """A figure is a link to the row with its pointer, exact value, and entries as ranges."""
    links = [given for _, given in read.of("a") if "data-pointer" in given]
    runs = printed.figures(sample.layout())
    assert [(run.pointer, str(run.value)) for run in runs] == [
        (given["data-pointer"], given["data-value"]) for given in links
    ]
    rows = {given["id"] for _, given in read.of("tr") if "id" in given}
    assert {given["href"].removeprefix("#") for given in links} == rows - _of_ratios(page)
    assert re.search(r"/total_usd</th><td[^>]*><bdi>USD\xa033,826,190\.48</bdi></td><td[^>]*>3–5, 9</td>", page)
    assert re.search(r'/share</th><td[^>]*><bdi>92\xa0%</bdi></td><td[^>]*>/partner_usd / <a href="#figure-', page)


def _of_ratios(page: str) -> set[str]:
    return set(re.findall(r'<tr id="(figure-\d+)"', page)) - set(
        re.findall(r'class="figure" href="#(figure-\d+)"', page)
    )


def test_every_link_has_its_target_and_ids_are_unique(read: Reader) -> None:
    """References, notes and figures lead somewhere within the page."""
    idents = [given["id"] for _, given in read.tags if "id" in given]
    assert len(idents) == len(set(idents))
    assert set() == {given["href"].removeprefix("#") for _, given in read.of("a")} - set(idents)


def test_it_can_be_read_aloud(read: Reader) -> None:
    """Language, landmarks, headings without a gap, heads of tables with their scope, charts with their text."""
    assert ("html", {"lang": "en", "dir": "ltr"}) in read.tags
    assert ["header", "nav", "main", "footer"] == [name for name, _ in read.of("header", "nav", "main", "footer")]
    levels = [int(name[1]) for name, _ in read.of("h1", "h2", "h3", "h4")]
    assert (1, 1) == (levels[0], levels.count(1))
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert all(given.get("scope") in ("col", "row") for _, given in read.of("th"))
    assert all(given["role"] == "img" and given["aria-labelledby"] for _, given in read.of("svg"))
    assert all("tabindex" in given for _, given in read.tags if given.get("role") == "region")


def test_figures_are_read_back(page: str) -> None:
    """What stands in the page is what was stated; a figure that was changed or taken out is seen."""
    expected = [(run.pointer, run.text, run.text) for run in printed.figures(sample.layout())]
    found = back.read_page(page.encode())
    assert expected == [(mark.pointer, mark.stated, mark.now) for mark in found.marks]
    assert {"report": "partnerships", "parameters": {"year": 2024}} == found.data["manifest"]
    assert "paragraph-2" in {mark.place for mark in found.marks}
    changed = re.sub(r'(id="f2"[^>]*>)[^<]*<', r"\1USD 99<", re.sub(r'<a [^>]*id="f3"[^>]*>[^<]*</a>', "", page))
    marks = back.read_page(changed.encode()).marks
    assert ("USD 99", "") == (marks[1].now, marks[2].now)
    assert expected[1][1:2] + expected[2][1:2] == (marks[1].stated, marks[2].stated)


@pytest.mark.parametrize(
    "data", [b"", b"<p>", b"\xff\xfe", b"<!-- ledger-paper {} -->", b"<!-- ledger-paper [1] -->", b"PK\x03\x04\x00"]
)
def test_other_files_are_refused(data: bytes) -> None:
    """A file that is no page of a paper ends in a sentence."""
    with pytest.raises(NotReadable):
        back.read_page(data)


def test_broken_pages_end_in_a_sentence(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is cut, doubled, too large or deeply nested is refused, and no traceback comes of it."""
    data = page.encode()
    for broken in (data[: len(data) // 2], data + data, b"<!-- ledger-paper " + b"[" * 100_000 + b" -->"):
        with pytest.raises(NotReadable):
            back.read_page(broken)
    monkeypatch.setattr(back, "LARGEST_PAGE", 1000)
    with pytest.raises(NotReadable, match="more than 1,000 bytes"):
        back.read_page(data)


def test_a_name_cannot_end_the_data() -> None:
    """A text that looks like the end of a comment stays within the data of the page."""
    hostile = "--> <script>alert(1)</script> <!-- ledger-paper {}"
    paper = replace(sample.paper(), data={"title": hostile}, foot=hostile)
    given = replace(sample.layout(), paper=paper)
    found = rendered(given, Look())
    assert [] == Reader(found).of("script")
    assert {"title": hostile} == back.read_page(found.encode()).data["manifest"]


@pytest.mark.slow
def test_equal_papers_are_equal_pages() -> None:
    """The page depends on no time, zone, language or order of hashes."""
    (digest,) = elsewhere(PROGRAM, zone="Pacific/Kiritimati", language="ar_EG.UTF-8", seed="7")
    assert hashlib.sha256(rendered(layout(), Look()).encode()).hexdigest() == digest


def test_a_page_from_right_to_left() -> None:
    """The page says its direction; numbers and names are isolated, and charts are mirrored."""
    found = rendered(layout(language="ar", direction="rtl"), Look())
    assert ("html", {"lang": "ar", "dir": "rtl"}) in Reader(found).tags
    assert "<bdi>31,140,000</bdi></a>" in found
    assert "<bdi>ООО «Пример»</bdi>" in found
    runs = printed.figures(layout())
    assert [run.text for run in runs] == [mark.now for mark in back.read_page(found.encode()).marks]


def test_what_the_caller_and_the_house_give() -> None:
    """The closing markup of the caller stands at the end of the body, as it is; colour and paper are of the house."""
    found = rendered(layout(count=1), Look(accent="#123456", paper="letter"), "<!-- ledger-report {} -->")
    assert found.rstrip().endswith("<!-- ledger-report {} -->\n</body>\n</html>")
    assert "--accent: #123456" in found
    assert "size: letter landscape" in found


def test_a_figure_without_entries_is_no_link() -> None:
    """A printed value whose figure is not listed keeps its pointer, and leads nowhere."""
    paper = replace(sample.paper(count=1), figures={})
    found = rendered(replace(sample.layout(count=1), paper=paper), Look())
    assert '<span id="f1" data-pointer="/agreements" data-value="89">89</span>' in found


@pytest.mark.slow
@pytest.mark.skipif(browser() is None, reason="no browser is installed")
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_screen(page: str, width: int, tmp_path: Path) -> None:
    """On a wide and on a narrow screen the page does not scroll to the side; tables scroll within themselves."""
    (tmp_path / "page.html").write_text(re.sub("<meta http-equiv[^>]*>", "", page), "utf-8")
    (tmp_path / "frame.html").write_text(FRAME.format(width=width), "utf-8")
    command = [
        browser() or "", "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
        "--window-size=1400,1000", "--virtual-time-budget=5000", "--dump-dom", (tmp_path / "frame.html").as_uri(),
    ]  # fmt: skip
    shown = subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()
    seen = re.search('<pre id="seen">([0-9]+) ([0-9]+)</pre>', shown)
    assert seen is not None, shown[-500:]
    assert (True, 0) == (int(seen[1]) <= width, int(seen[2]))
