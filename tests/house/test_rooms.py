"""Folders stay easy to survey: no import cycles, few modules in a folder, no small module with one importer."""

from collections import Counter
from graphlib import CycleError, TopologicalSorter

from tests.house.tree import CODE, imported, modules, name_of

MAX_MODULES = 15
"""The maximum number of modules in a folder, without `__init__`."""
MIN_LINES = 40
"""A module with fewer lines belongs to the one module that imports it."""


def _module(name: str) -> str:
    return name.removeprefix("src/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")


PATHS = {_module(name_of(path)): path for path in modules(*CODE)}


def _imports() -> dict[str, set[str]]:
    """Return the modules of the product that each of them imports: at the top, for types, or late."""
    imports: dict[str, set[str]] = {}
    for name, path in PATHS.items():
        targets = imported(path)
        # `from a import b` names the module a.b if there is one, else a.
        inside = {target if target in PATHS else target.rpartition(".")[0] for target in targets}
        imports[name] = {target for target in inside if target in PATHS and target != name}
    return imports


def _circle() -> list[str]:
    try:
        TopologicalSorter(_imports()).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_module_imports_itself_in_a_circle() -> None:
    """Each module can be read after those that it imports; in a cycle none can be read first."""
    assert [] == _circle()


def test_imports_are_found() -> None:
    """The imports of a module are found: at the top, within a function, and for types."""
    imports = _imports()
    assert "ledger.tlog.merkle" in imports["ledger.tlog.compact"]
    assert "ledger.application.open" in imports["cli.session"]
    assert "ledger.application.ledger" in imports["cli.session"]


def test_no_folder_has_many_modules() -> None:
    """A folder has at most 15 modules: more of them are several subjects."""
    counts = Counter(path.parent for path in PATHS.values() if path.name != "__init__.py")
    assert {} == {name_of(folder): count for folder, count in counts.items() if count > MAX_MODULES}


def test_no_small_module_serves_one_other() -> None:
    """A module under 40 lines has several importers, or none if it is a command; with one it belongs in that one."""
    importers = Counter(target for targets in _imports().values() for target in targets)
    small = {name: len(path.read_text("utf-8").splitlines()) for name, path in PATHS.items() if importers[name] == 1}
    assert {} == {name: lines for name, lines in small.items() if lines < MIN_LINES and not _is_package(name)}


def _is_package(name: str) -> bool:
    return PATHS[name].name == "__init__.py"
