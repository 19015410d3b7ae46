"""Modules and functions stay small, and have docstrings."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.house.tree import CODE, modules, name_of, parsed

MODULE_LINES = 400
FUNCTION_LINES = 70

LONGER = {
    "projections/proof/verify_ledger.py": (1200, "it is one file, so that who distrusts us has one file to read"),
    "projections/proof/verify_guidelines.py": (782, "the same; it makes every verdict again"),
    "projections/proof/verify_documents.py": (2600, "it is joined from modules, each of which is short"),
}
"""Modules that may be longer: the maximum, and the reason."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def _limit(name: str) -> int:
    return LONGER[name][0] if name in LONGER else MODULE_LINES


def _functions(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(parsed(path)) if isinstance(node, Function))


def _public(node: ast.AST, above: str = "") -> Iterator[tuple[str, ast.ClassDef | Function]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | Function) and not child.name.startswith("_"):
            yield f"{above}{child.name}", child
            if isinstance(child, ast.ClassDef):
                yield from _public(child, f"{child.name}.")


def test_modules_are_short() -> None:
    """No module is longer than 400 lines, except those that are listed with a reason."""
    lengths = {name_of(path): _lines(path) for path in modules()}
    assert {} == {name: lines for name, lines in lengths.items() if lines > _limit(name)}


@pytest.mark.parametrize("name", LONGER)
def test_exceptions_are_needed(name: str) -> None:
    """A module is listed only as long as it is longer."""
    assert name in [name_of(path) for path in modules() if _lines(path) > MODULE_LINES]


def test_half_of_the_modules_is_shorter_than_a_few_screens() -> None:
    """The median module of the product has at most 160 lines."""
    assert median(map(_lines, modules(*CODE))) <= 160


def test_functions_are_short() -> None:
    """No function is longer than 70 lines."""
    lengths = {
        f"{name_of(path)}: {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in modules()
        for node in _functions(path)
    }
    assert {} == {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES}


def test_every_module_has_a_docstring() -> None:
    """Every module opens with a docstring."""
    assert [] == [name_of(path) for path in modules() if not ast.get_docstring(parsed(path))]


def test_everything_public_has_a_docstring() -> None:
    """Every public class, function and method has a docstring, and every test, except in the frozen program."""
    undocumented = [
        f"{name_of(path)}: {name}"
        for path in modules()
        if name_of(path) not in LONGER  # where a name says it, a line would be one too many
        for name, node in _public(parsed(path))
        if not ast.get_docstring(node)
    ]
    assert [] == undocumented
