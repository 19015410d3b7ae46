#!/bin/sh
# Make the project's environment in .venv, from nothing but a Python of 3.11 or newer; when it is up to date, do nothing.
# `make` runs this before everything else. PYTHON=/path/to/python chooses the Python.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONPATH PYTHONHOME VIRTUAL_ENV || true
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_USER=0

VENV=.venv
STAMP=$VENV/.complete

say() {
    printf '%s\n' "$*" >&2
}

# What the environment was made from. It holds absolute paths, so that a tree that was moved needs a new one; the tables
# of tools, which are last in pyproject.toml, do not matter to it.
made_from() {
    pwd
    cat requirements/dev.txt requirements/pages.txt | cksum
    sed '/^\[tool\.mypy\]/,$d' pyproject.toml | cksum
}

fits() {
    "$1" -c 'import sys, sqlite3, venv; sys.exit(sys.version_info < (3, 11) or sqlite3.sqlite_version_info < (3, 37))' \
        >/dev/null 2>&1
}

find_python() {
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if fits "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    say "No Python of 3.11 or newer, with the modules sqlite3 (SQLite 3.37 or newer) and venv, was found."
    say "Install one (on Debian and Ubuntu: apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python"
    exit 1
}

# A pip that can install into another environment (pip 22.3 or newer): for a Python that came without its own.
find_pip() {
    for candidate in "$1" python3 python3.14 python3.13 python3.12 python3.11 python; do
        if "$candidate" -m pip --python "$VENV/bin/python" --version >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    say "$1 has no ensurepip, and no other pip of 22.3 or newer was found to install packages with."
    say "Install what is missing (on Debian and Ubuntu: apt-get install python3-venv), then run this again."
    exit 1
}

install() {
    "$@" install --quiet --quiet --require-hashes --requirement requirements/dev.txt || {
        say "The packages could not be installed; pip says why above. It needs a package index that it can reach."
        exit 1
    }
    # The checker of pages ships with a browser's driver that no test needs.
    "$@" install --quiet --quiet --require-hashes --no-deps --requirement requirements/pages.txt || {
        say "The checker of pages could not be installed; its tests are skipped."
    }
    "$@" install --quiet --quiet --no-deps --no-build-isolation --editable .
}

if [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$(made_from)" ] && "$VENV/bin/python" -c '' 2>/dev/null; then
    exit 0
fi

PYTHON_FOUND=$(find_python)
say "Making the environment in $VENV with $("$PYTHON_FOUND" --version); this takes a minute, once."
rm -rf "$VENV"
if "$PYTHON_FOUND" -m venv "$VENV" >/dev/null 2>&1; then
    install "$VENV/bin/python" -m pip
else
    # Debian and Ubuntu split ensurepip off into python3-venv; another pip does as well.
    rm -rf "$VENV"
    "$PYTHON_FOUND" -m venv --without-pip "$VENV"
    PIP_FOUND=$(find_pip "$PYTHON_FOUND")
    install "$PIP_FOUND" -m pip --python "$VENV/bin/python"
fi
made_from >"$STAMP"
