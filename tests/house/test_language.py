"""Plain English, and the field's names: the words that made this code hard to read do not come back.

Docstrings, comments and documents say who does what; a loop variable is a noun. The lists are short on purpose: what
they refuse was once the habit here, and each word has a plainer one.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import CODE, modules, name_of, parsed, texts

FROZEN = tuple(f"projections/proof/verify_{what}.py" for what in ("ledger", "guidelines", "documents"))
"""The programs that check proofs: readers compare their SHA-256, so that they change only for reasons of their own."""
WORDS = {
    "told": "reported, described, shown",
    "anew": "again",
    "beside": "next to, alongside, apart from",
    "so many": "the number, at most N",
    "thing": "the noun itself",
    "things": "the noun itself",
    "is said": "states, reports",
    "whoever": "the reader, the writer, …",
}
"""Words that prose does not use, and what it says instead."""
VARIABLES = {"one", "other", "found", "thing", "held", "told", "said"}
"""Names that a loop variable does not have: they say nothing of what it holds."""
REFUSED = re.compile(r"(?<![-`\w])(" + "|".join(WORDS) + r")(?![-`\w])", re.IGNORECASE)


def _prose(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the docstrings and comments of a module, each with its first line."""
    text = path.read_text("utf-8")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(parsed(path)):
        # A string that stands as a statement is the docstring of what it follows or opens.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.lineno, node.value.value


def _product() -> list[Path]:
    return [path for path in modules(*CODE) if name_of(path) not in FROZEN]


def test_docstrings_and_comments_are_plain_english() -> None:
    """No docstring and no comment of the product uses a word of the list."""
    refused = [
        f"{name_of(path)}:{line}: {match}"
        for path in _product()
        for line, prose in _prose(path)
        for match in REFUSED.findall(prose)
    ]
    assert [] == refused


@pytest.mark.parametrize("name", [name for name, _ in texts() if name.endswith(".md")])
def test_documents_are_plain_english(name: str) -> None:
    """No document uses a word of the list."""
    text = dict(texts())[name]
    assert [] == [f"{line}: {match}" for line, row in enumerate(text.splitlines(), 1) for match in REFUSED.findall(row)]


def _targets(tree: ast.Module) -> Iterator[ast.Name]:
    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.comprehension):
            yield from (name for name in ast.walk(node.target) if isinstance(name, ast.Name))


def test_loop_variables_are_nouns() -> None:
    """A loop variable of the product names what it holds."""
    refused = [
        f"{name_of(path)}:{name.lineno}: {name.id}"
        for path in _product()
        for name in _targets(parsed(path))
        if name.id in VARIABLES
    ]
    assert [] == refused
