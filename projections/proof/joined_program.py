"""verify_documents.py: the modules that read documents back and compare them with their paper, joined to one file.

The product reads documents with the same modules, so nothing is written twice. `make docs` writes the file; a test
compares it. Modules are joined as they are: without their docstrings, which become comments, and with their imports
from the standard library at the top. So a name may stand in one of them only.
"""

import ast
import hashlib
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from inspect import getsource
from textwrap import fill

PROGRAM = "verify_documents.py"
DIGEST = f"{PROGRAM}.sha256"
DIGEST_FORM = re.compile(rb"[0-9a-f]{64}  verify_documents\.py\n")
ROOMS = {
    "projections.papers.read_back": (
        "errors", "marks", "package", "drawn", "docx", "xlsx", "html", "pdf", "any_form", "alike",
    ),
    "projections.papers.against_paper": (
        "paper", "word_texts", "page_texts", "workbook_texts", "printings", "comparison", "proof_folder", "program",
    ),
}  # fmt: skip
"""The modules in their order, by their packages."""
HEAD = '''"""Compare the documents of a report with its proof, without the software that wrote them.

    python3 -I verify_documents.py DIR [FILE ...] [--policy FILE] [--format text|json]

DIR is the folder of a report with its proof, in which lie documents (Word, PDF, workbook, web page) and the paper that
they were made from; FILE is a document of it that came by another way. With --policy, verify_ledger.py, which has to
lie next to this program, checks the log and the figures first. Never use a copy of this program that lies in DIR: get
it from the source or a release, and compare its SHA-256. It needs Python 3.11 and nothing else, opens no connection,
writes no file. The exit code is 0 if nothing is wrong, 1 if there are findings, 2 if it was called wrongly or cannot
read.

It was joined from modules of the source, whose names stand over their parts; docs/proofs.md has the findings.
"""

import sys

if __name__ == "__main__":  # nothing that lies next to this file is run in place of a module of Python
    if sys.version_info < (3, 11):
        sys.stderr.write("verify_documents.py: error: it needs Python 3.11 or later\\n")
        sys.exit(2)
    if not sys.flags.safe_path:
        del sys.path[0]

'''
TAIL = """

if __name__ == "__main__":
    sys.exit(main())
"""


NOQA = {"zlib": "  # noqa: N812 - an exception"}
"""The remark that an import needs."""


class NotJoinable(ValueError):
    """The modules cannot be joined to one file as they are."""


def joined() -> str:
    """Return the program. Raises NotJoinable if a name stands in two modules, or one needs more than Python."""
    imports: dict[str, set[str]] = {}
    known: dict[str, str] = {}
    parts = []
    for name in module_names():
        source = getsource(import_module(name))
        tree = ast.parse(source)
        for own in _defined(tree):
            if known.setdefault(own, name) != name:
                raise NotJoinable(f"'{own}' stands in {known[own]} and in {name}")
        _collect(tree, imports)
        parts.append(_part(name, source, tree))
    return HEAD + _imports(imports) + "".join(parts) + TAIL


def module_names() -> Iterator[str]:
    """Yield the names of the modules in their order."""
    for package, names in ROOMS.items():
        yield from (f"{package}.{name}" for name in names)


def program() -> bytes:
    """Return the program as it is shipped. No folder of a report contains it."""
    return files("projections.proof").joinpath(PROGRAM).read_bytes()


def program_digest() -> str:
    """Return the SHA-256 of the program in hexadecimal."""
    return hashlib.sha256(program()).hexdigest()


def digest_file() -> bytes:
    """Return what a folder says of the program: its SHA-256, as `sha256sum` writes and checks it."""
    return f"{program_digest()}  {PROGRAM}\n".encode()


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))


def _collect(tree: ast.Module, imports: dict[str, set[str]]) -> None:
    """Add what a module imports from the standard library: names by module; a module as a whole has an empty name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                imports.setdefault(alias.name, set()).add("")
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            is_joined = module in module_names()
            if not is_joined and module.startswith("projections"):
                raise NotJoinable(f"{module} is not joined")
            for alias in node.names:
                if is_joined and alias.asname:
                    raise NotJoinable(f"'{alias.name}' is imported under another name")
                if not is_joined:
                    imports.setdefault(module, set()).add(alias.name + (f" as {alias.asname}" if alias.asname else ""))


def _imports(imports: dict[str, set[str]]) -> str:
    whole = [f"import {module}\n" for module in sorted(imports) if "" in imports[module] and module != "sys"]
    names = [
        f"from {module} import {', '.join(sorted(filter(None, own)))}{NOQA.get(module, '')}\n"
        for module, own in sorted(imports.items())
        if any(own)
    ]
    return "".join([*whole, *names])


def _part(name: str, source: str, tree: ast.Module) -> str:
    """Return a module without its docstring and imports, under a comment with its name and first sentence."""
    lines = source.splitlines(keepends=True)
    gone: set[int] = set()
    for node in tree.body:
        is_docstring = node is tree.body[0] and isinstance(node, ast.Expr)
        if is_docstring or isinstance(node, ast.Import | ast.ImportFrom):
            gone |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    text = "".join(line for number, line in enumerate(lines, 1) if number not in gone).strip("\n")
    path = f"{name.replace('.', '/')}.py"
    about = (ast.get_docstring(tree) or "").partition("\n\n")[0]
    comment = fill(f"{path}: {' '.join(about.split())}", 118, initial_indent="# ", subsequent_indent="# ")
    return f"\n\n{comment}\n\n{text}\n"
