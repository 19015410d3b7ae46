"""The files of the project, for the house tests."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CODE = ("src/ledger", "projections", "cli")
"""The folders of the product's own packages."""

GENERATED = {"__pycache__", "build", "dist", "node_modules"}


def _is_included(path: Path) -> bool:
    inside = path.relative_to(ROOT)
    hidden = any(part.startswith(".") and part not in (".ci", ".editorconfig", ".gitignore") for part in inside.parts)
    generated = GENERATED.intersection(inside.parts) or inside.parts[:2] == ("demo", "out")
    return not hidden and not generated and not any(part.endswith(".egg-info") for part in inside.parts)


@cache
def files() -> tuple[Path, ...]:
    """Return every file of the project, without generated and hidden ones."""
    return tuple(sorted(path for path in ROOT.rglob("*") if path.is_file() and _is_included(path)))


def texts() -> Iterator[tuple[str, str]]:
    """Yield the name below the root and the text of every text file, with its line ends."""
    for path in files():
        data = path.read_bytes()
        if b"\0" not in data:
            yield name_of(path), data.decode("utf-8", "replace")


def name_of(path: Path) -> str:
    """Return the name of a file below the root."""
    return path.relative_to(ROOT).as_posix()


def modules(*folders: str) -> list[Path]:
    """Return the modules of some folders, or of all."""
    chosen = [path for path in files() if path.suffix == ".py"]
    return [
        path for path in chosen if not folders or name_of(path).startswith(tuple(f"{folder}/" for folder in folders))
    ]


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> set[str]:
    """Return what a module imports anywhere: `a.b` for both `import a.b` and `from a import b`."""
    names = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: imports are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names
