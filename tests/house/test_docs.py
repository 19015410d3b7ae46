"""The generated pages are up to date."""

import pytest

from cli.reference import pages
from tests.house.tree import ROOT

PAGES = pages()


@pytest.mark.parametrize("path", PAGES)
def test_page_is_up_to_date(path: str) -> None:
    """A generated page equals what `make docs` writes."""
    assert PAGES[path] == (ROOT / path).read_text("utf-8"), f"{path} is out of date: run 'make docs'"


def test_the_readme_links_to_the_generated_pages() -> None:
    """Events, commands and errors have a page each, and the README links to all of them."""
    assert {"docs/events.md", "docs/commands.md", "docs/errors.md"} <= set(PAGES)
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [] == [path for path in PAGES if path != "README.md" and f"({path})" not in readme]
