"""What must not be in the repository, and what must be in it."""

import ast
import re
from pathlib import Path, PurePath

from tests.house.tree import ROOT, files, modules, name_of, parsed, texts

HOSTS = {
    "c2sp.org",
    "datatracker.ietf.org",
    "example.org",
    "keepachangelog.com",
    "projectfluent.org",
    "purl.org",
    "schemas.microsoft.com",
    "schemas.openxmlformats.org",
    "semver.org",
    "www.iso.org",
    "www.rfc-editor.org",
    "www.sqlite.org",
    "www.unicode.org",
    "www.w3.org",
}
"""Hosts that addresses may name: sources and standards, and no package index."""

INDEX_OPTION = re.compile(r"--(extra-)?index-url|--find-links|--trusted-host|^\s*-[if]\s", re.MULTILINE)
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|root|home|tmp|opt|Users)/\w[^\s`'\")]*")
VAGUE = re.compile(r"manager|helper|util|handler", re.IGNORECASE)
DATA = (".csv", ".tsv", ".jsonl", ".bin", ".otf", ".ttf")


def test_no_package_index_is_named() -> None:
    """The package index is configured on each machine: the repository names none."""
    named = {
        f"{name}: {host}"
        for name, text in texts()
        for host in re.findall(r"https?://([\w.-]+)", text)
        if host not in HOSTS and not host.endswith(".example")
    }
    assert set() == named
    pins = [(name, text) for name, text in texts() if name.startswith("requirements/") and name.endswith(".txt")]
    assert [] == [name for name, text in pins if INDEX_OPTION.search(text)]


def test_no_path_of_a_machine_is_named() -> None:
    """No file names a folder of one machine."""
    assert [] == [f"{name}: {path}" for name, text in texts() for path in MACHINE_PATH.findall(text)]


def test_texts_are_texts() -> None:
    """Every file that is not data is UTF-8 without NUL, so that no test here skips one."""
    assert [] == [name_of(path) for path in files() if not _is_data(name_of(path)) and not _is_text(path)]


def test_lines_end_the_same_everywhere() -> None:
    """Lines end with a line feed alone; data files are unchanged."""
    assert [] == [name for name, text in texts() if "\r" in text and not _is_data(name)]


def test_texts_end_with_a_line_feed() -> None:
    """A text that is not data ends with a line feed, and has no trailing white space."""
    ragged = [
        name
        for name, text in texts()
        if text and not _is_data(name) and (not text.endswith("\n") or re.search(r"[ \t]\n", text))
    ]
    assert [] == [name for name in ragged if not name.endswith(".transcript")]


def test_names_are_specific() -> None:
    """No folder, module or class is called a manager, helper, utility or handler: these names say nothing."""
    vague = [name_of(path) for path in modules() if VAGUE.search(name_of(path))]
    vague += [
        f"{name_of(path)}: {node.name}"
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef) and VAGUE.search(node.name)
    ]
    assert [] == vague


def test_changelog_has_unreleased_changes() -> None:
    """The changelog has a section for unreleased changes."""
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_documents_lead_somewhere() -> None:
    """Every link of a document to a file of the project is valid."""
    broken = [
        f"{name}: {target}"
        for name, text in texts()
        if name.endswith(".md")
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text)
        if "://" not in target and not (ROOT / PurePath(name).parent / target).exists()
    ]
    assert [] == broken


def _is_text(path: Path) -> bool:
    try:
        return "\0" not in path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return False


def _is_data(name: str) -> bool:
    return name.endswith(DATA) or "data" in PurePath(name).parts
