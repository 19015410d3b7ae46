"""Tables as a reader sees them: of Markdown as CommonMark renders it, of a page as a parser or a browser reads it."""

import html
import json
import os
import re
import shutil
import signal
import subprocess
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

Rows = list[tuple[str, ...]]

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
_LOOK = """
<script>
const seen = [...document.querySelectorAll('tr')].map(row => [...row.children].map(cell => {
  const styles = ['', '::before', '::after'].map(part => getComputedStyle(cell, part || null));
  const added = styles.slice(1).map(style => style.content).filter(text => text != 'none' && text != 'normal');
  const hidden = styles[0].visibility != 'visible' || parseFloat(styles[0].fontSize) < 4 || styles[0].opacity < 0.5;
  return added.join('') + (hidden ? 'HIDDEN' : '') + cell.innerText;
}));
const out = document.createElement('pre');
out.id = 'seen';
out.textContent = JSON.stringify(seen);
document.documentElement.appendChild(out);
</script>
"""


def markdown_page(text: str) -> str:
    """Return Markdown as a page, with raw HTML let through, as renderers do that trust what they are given."""
    body = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{body}</body></html>"


def markup(text: str) -> set[str]:
    """Return the types of inline markup and of raw HTML in Markdown."""
    found = set()
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text):
        found |= {token.type} & {"html_block", "blockquote_open", "ordered_list_open", "code_block"}
        found |= {child.type for child in token.children or ()}
    return found - {"text", "strong_open", "strong_close", "softbreak"}


class _Tables(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.in_cell = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self.in_cell = self.in_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            self.rows[-1][-1] += data


def parsed(page: str) -> Rows:
    """Return the rows of all tables of a page, as a parser reads them."""
    return [_tidy(row) for row in _Tables(page).rows]


def browser() -> str | None:
    """Return the browser of this machine, or None."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def displayed(page: str, folder: Path) -> Rows:
    """Return the rows of all tables of a page as a browser displays them, with what styles add or hide."""
    path = folder / "page.html"
    path.write_text(re.sub("<meta http-equiv[^>]*>", "", page).replace("</body>", f"{_LOOK}</body>"), "utf-8")
    command = [browser() or "", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", path.as_uri()]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
    ) as running:
        try:
            shown = running.communicate(timeout=120)[0].decode()
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)  # with the processes that the browser started
            raise
    seen = re.search('<pre id="seen">(.*)</pre>', shown, re.DOTALL)
    assert seen is not None, shown[-500:]
    return [_tidy(row) for row in json.loads(html.unescape(seen[1]))]


def _tidy(row: list[str]) -> tuple[str, ...]:
    return tuple(" ".join(re.sub("[\u2066-\u2069\u200b]", "", cell).split()) for cell in row)
