"""Manual pages are complete and reproducible, and groff and mandoc accept them without a warning."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cli.main import root
from cli.output.man_pages import Page, pages
from tests.cli.person import LEDGER, Person, environment
from tests.transcripts.terminal import Terminal

PAGES = {page.name: page for page in pages(root)}
PARTS = (
    "NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "ENVIRONMENT", "FILES", "SEE ALSO",
)  # fmt: skip
CHECKERS = (("groff", "-man", "-Tutf8", "-ww", "-z"), ("mandoc", "-man", "-Tlint", "-Wwarning"))


def test_every_command_has_a_page() -> None:
    """The command, its nouns and its verbs have a page each."""
    assert {"ledger", "ledger-order", "ledger-order-issue", "ledger-void", "ledger-man"} <= set(PAGES)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_page_has_its_parts(page: Page) -> None:
    """Each page has the usual sections in the usual order; the pages that it refers to exist."""
    heads = [line.removeprefix(".SH ") for line in page.text.splitlines() if line.startswith(".SH ")]
    assert list(PARTS) == [head for head in heads if head in PARTS]
    related = page.text.partition(".SH SEE ALSO\n")[2].replace("\\-", "-")
    assert [] == [name for name in re.findall(r"\\fB(.*?)\\fR\(1\)", related) if name not in PAGES]


def test_pages_are_the_same_each_time() -> None:
    """A page that is generated twice has the same bytes: no date, nothing of this machine."""
    assert PAGES == {page.name: page for page in pages(root)}
    assert [] == [page.name for page in PAGES.values() if os.fspath(Path.home()) in page.text]


def test_examples_can_be_copied() -> None:
    """The example of a command is on its page, ready to be copied."""
    assert "ledger order issue IDS\\-2026\\-001 SO\\-1" in PAGES["ledger-order-issue"].text


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker[0])
def test_pages_are_well_formed(tmp_path: Path, checker: tuple[str, ...]) -> None:
    """The programs groff and mandoc have no warning for any page, except that pages have no date."""
    program = shutil.which(checker[0])
    if program is None:
        pytest.skip(f"{checker[0]} is not installed here")
    files = []
    for page in PAGES.values():
        files.append(tmp_path / page.file)
        files[-1].write_text(page.text, "utf-8")
    done = subprocess.run([program, *checker[1:], *files], capture_output=True, text=True, check=False)
    lines = (done.stdout + done.stderr).splitlines()
    assert [] == [line for line in lines if "missing date" not in line]


def test_pages_are_installed_where_man_finds_them(tmp_path: Path) -> None:
    """`--install` writes to the manual of the user, and `man` finds the page there."""
    environ = environment(tmp_path, XDG_DATA_HOME=str(tmp_path / "share"))
    done = subprocess.run([LEDGER, "man", "--install"], env=environ, capture_output=True, text=True, check=True)
    assert f"wrote the manual to {tmp_path / 'share' / 'man' / 'man1'}\n" == done.stdout
    file = tmp_path / "share" / "man" / "man1" / "ledger-order.1"
    assert PAGES["ledger-order"].text == file.read_text("utf-8")
    if shutil.which("man") is None:
        pytest.skip("man is not installed here")
    shown = subprocess.run(
        ["man", "-M", str(tmp_path / "share" / "man"), "ledger-order-issue"],  # noqa: S607
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Record that a service order was issued" in shown.stdout, shown.stderr


def test_a_manual_that_cannot_be_written(terminal: Terminal, tmp_path: Path) -> None:
    """If the folder of the manual is not a folder, one sentence states it and what to do."""
    (tmp_path / ".local").write_text("taken", "utf-8")
    answer, code = terminal.type("ledger man --install")
    assert (2, True) == (code, answer.startswith("error: cannot-write: "))
    assert answer.endswith("set XDG_DATA_HOME to another.\n")


def test_a_page_is_shown_at_a_terminal(folder: Path) -> None:
    """At a terminal, `ledger man` shows the page as man shows pages."""
    if shutil.which("man") is None:
        pytest.skip("man is not installed here")
    shown, code = Person(folder, str(LEDGER), "man", "order", "issue", PAGER="cat", MANPAGER="cat").ends()
    assert (0, True) == (code, "SYNOPSIS" in re.sub(".\b", "", shown))
    assert ".SH" not in shown


def test_an_unknown_word_has_no_page(terminal: Terminal) -> None:
    """An unknown word is refused; so is a request for all pages and one page."""
    assert 2 == terminal.type("ledger man paty")[1]
    assert 2 == terminal.type("ledger man order --install")[1]
