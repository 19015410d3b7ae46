"""The wheel works in an empty environment with the pinned packages, and no other distribution has its names."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from ledger import __version__
from tests.house.tree import CODE, ROOT, files, imported, modules, name_of

PACKAGES = ("ledger", "projections", "cli")

UNREACHABLE = re.compile(r"\(from versions: none\)|ConnectionError|Temporary failure in name resolution|timed out")
"""Messages of pip if it can reach no index."""


def _pins(name: str) -> dict[str, list[str]]:
    pins: dict[str, list[str]] = {}
    pin = ""
    for line in (ROOT / "requirements" / f"{name}.txt").read_text("utf-8").splitlines():
        if match := re.match(r"([a-z0-9-]+==\S+) \\$", line):
            pin = match[1]
            pins[pin] = []
        elif match := re.match(r"    --hash=(sha256:[0-9a-f]{64})", line):
            pins[pin].append(match[1])
        else:
            assert line.startswith("    # via "), line
    return pins


def _run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("LEDGER_", "PYTHON"))}
    return subprocess.run(words, cwd=cwd, env=environ, capture_output=True, text=True, check=False)


def _dependencies(kind: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    dependencies = {"runtime": project["dependencies"], **project["optional-dependencies"]}
    return [Requirement(requirement) for requirement in dependencies[kind]]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from the project's files, tests and documents among them."""
    place = tmp_path_factory.mktemp("a tree")
    for path in files():
        copy = place / "tree" / name_of(path)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    building = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", place)
    done = _run(*building, place / "tree", cwd=place)
    assert 0 == done.returncode, done.stdout + done.stderr
    (built,) = place.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def empty(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs of an environment with the pinned packages and the wheel only."""
    place = tmp_path_factory.mktemp("a wheel")
    venv.create(place / "env", with_pip=False)
    python = place / "env" / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    pinned = ("install", "--quiet", "--retries", "1", "--require-hashes", "-r", ROOT / "requirements" / "runtime.txt")
    done = _run(*pip, *pinned, cwd=place)
    if done.returncode and UNREACHABLE.search(done.stderr):
        pytest.skip("pip reaches no index of packages from here")
    assert 0 == done.returncode, done.stderr
    done = _run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=place)
    assert 0 == done.returncode, done.stderr
    done = _run(*pip, "check", cwd=place)
    assert 0 == done.returncode, done.stdout
    return python.parent


def test_every_package_is_pinned_with_hashes() -> None:
    """Every requirement has one version, and the hashes of its files."""
    assert [] == [pin for name in ("runtime", "dev", "build") for pin, hashes in _pins(name).items() if not hashes]


def test_development_uses_the_pinned_packages() -> None:
    """The packages of the product and of the build are the same, file by file, in the development requirements."""
    developed = _pins("dev")
    for name in ("runtime", "build"):
        pins = _pins(name)
        assert pins == {pin: hashes for pin, hashes in developed.items() if pin in pins}


def test_every_dependency_is_pinned() -> None:
    """Each dependency of the project is pinned in a version that it accepts."""
    for kind in ("runtime", "dev"):
        pinned = dict(pin.split("==") for pin in _pins(kind))
        assert [] == [
            str(requirement)
            for requirement in _dependencies(kind)
            if not requirement.specifier.contains(pinned.get(requirement.name, "0"))
        ]


def test_imported_packages_are_dependencies() -> None:
    """Each package that the code imports is a dependency, so that the wheel works without the pins too.

    Those of the extra `documents` are imported by papers alone.
    """
    runtime = {requirement.name.replace("-", "_") for requirement in _dependencies("runtime")}
    documents = {requirement.name.partition("-")[0] for requirement in _dependencies("documents")}
    for path in modules(*CODE):
        known = runtime | documents if name_of(path).startswith("projections/papers/") else runtime
        tops = {name.partition(".")[0].lower() for name in imported(path)}  # fontTools is of fonttools
        assert set() == tops - sys.stdlib_module_names - {*PACKAGES} - known, name_of(path)


@pytest.mark.slow
def test_installed_command_answers(empty: Path, tmp_path: Path) -> None:
    """The command runs in any folder with its version and its help."""
    done = _run(empty / "ledger", "--version", cwd=tmp_path)
    assert (0, f"ledger {__version__}\n") == (done.returncode, done.stdout)
    done = _run(empty / "ledger", "--help", cwd=tmp_path)
    assert 0 == done.returncode
    assert "Usage: ledger" in done.stdout


@pytest.mark.slow
def test_installed_command_does_its_job(empty: Path, tmp_path: Path) -> None:
    """The wheel has the data that imports and reports need: a register is imported, reported, and verifies."""
    ledger = empty / "ledger"
    for words in (
        ("init", "--origin", "example.org/ledger", "--currency", "USD", "--actor", "staff/17"),
        ("import", "tdag25", ROOT / "demo" / "data" / "register.csv", "--actor", "staff/17"),
        ("report", "partnerships", "--year", "2024", "--output", "report.html"),
        ("verify",),
    ):
        done = _run(ledger, *words, cwd=tmp_path)
        assert 0 == done.returncode, done.stderr
    assert "</html>" in (tmp_path / "report.html").read_text("utf-8")


@pytest.mark.slow
def test_names_of_packages_are_ours_alone(empty: Path, tmp_path: Path) -> None:
    """No other distribution in the environment provides `ledger`, `projections` or `cli`."""
    code = "import importlib.metadata as m, json; print(json.dumps(m.packages_distributions()))"
    done = _run(empty / "python", "-c", code, cwd=tmp_path)
    providers = json.loads(done.stdout)
    assert {name: ["engagement-ledger"] for name in PACKAGES} == {name: providers.get(name) for name in PACKAGES}


@pytest.mark.slow
def test_wheel_brings_its_packages_whole_and_nothing_else(wheel: Path) -> None:
    """The wheel holds every file of the three packages, and no tests, documents or data of the demo."""
    ours = {name_of(path).removeprefix("src/") for path in files() if name_of(path).startswith(tuple(CODE))}
    with zipfile.ZipFile(wheel) as archive:
        assert ours == {name for name in archive.namelist() if ".dist-info/" not in name}
