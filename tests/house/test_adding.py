"""The pages on adding an event, a command, a report, … name files, tables and classes that exist."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.house.tree import ROOT, name_of

PAGES = sorted((ROOT / "docs").glob("adding-*.md"))
ROW = re.compile(r"^\| `([\w./-]+)` \| (.*) \|$", re.MULTILINE)
NAME = re.compile(r"`(_?[A-Z][A-Z_]{3,}|[A-Z][a-z]+[A-Za-z]*)`")


def _rows() -> list[tuple[Path, str, str]]:
    return [(page, file, text) for page in PAGES for file, text in ROW.findall(page.read_text("utf-8")) if "/" in file]


def _imports() -> list[tuple[Path, str, str]]:
    snippets = [
        (page, snippet) for page in PAGES for snippet in re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL)
    ]
    return [
        (page, node.module, alias.name)
        for page, snippet in snippets
        for node in ast.walk(ast.parse(snippet))
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    ]


def test_there_are_pages() -> None:
    """Each page has tables of files; otherwise these tests would compare nothing."""
    assert {page.name for page in PAGES} == {page.name for page, _, _ in _rows()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_files_and_tables_exist(page: Path) -> None:
    """A file in the first column exists; a constant or class in the second occurs in it."""
    missing = [
        f"{file}: {name}"
        for listed, file, text in _rows()
        if listed == page and "." in file.rpartition("/")[2]
        for name in ["", *NAME.findall(text)]
        if not (ROOT / file).exists() or name not in (ROOT / file).read_text("utf-8")
    ]
    assert [] == missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_import_what_exists(page: Path) -> None:
    """The imports of examples exist, except the module that the page on events adds."""
    missing = [
        f"{name_of(page)}: {module}.{name}"
        for listed, module, name in _imports()
        if listed == page and not module.endswith(".visits") and not _has(module, name)
    ]
    assert [] == missing


def _has(module: str, name: str) -> bool:
    try:
        imported = import_module(module)
        return hasattr(imported, name) or bool(import_module(f"{module}.{name}"))
    except ImportError:
        return False
