"""`python -m benchmarks`: measure rows and print them; with `--write`, into docs/benchmarks.md as well."""

import argparse
import importlib
import os
import platform
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks import commands, growth
from benchmarks.measuring import HEADINGS, Measured, Place, Work, measure

MODULES = ("writing", "reading", "verifying", "screens", "starts", "postgres")
PACKAGES = ("eventsourcing", "msgspec", "sqlalchemy", "click", "cryptography")
DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- begin: {} -->", "<!-- end: {} -->"


def main() -> None:
    """Measure what is asked for."""
    options = _arguments().parse_args()
    place = Place(Path(options.folder).resolve(), Path(options.folder).resolve(), options.size, options.large)
    place.shared.mkdir(parents=True, exist_ok=True)
    if options.growth:
        _print("growth", iter(growth.table(place.shared, options.growth)), options)
        return
    if options.commands:
        _print("commands", commands.table(place.shared, options.commands, options.only), options)
        return
    lines = [_line(HEADINGS), _line(["---"] * len(HEADINGS))]
    _say("\n".join(lines))
    for name in ["peers"] if options.peers else MODULES:
        module = f"benchmarks.{name}"
        loaded = importlib.import_module(module)
        for reason in getattr(loaded, "ABSENT", ()):
            lines.append(_line([f"{name}: {reason}", *[""] * (len(HEADINGS) - 1)]))
            _say(lines[-1])
        for work in _chosen(loaded.WORKS, options.only):
            lines.append(_line(_measured(module, work, place, options.runs).cells()))
            _say(lines[-1])
    if options.write:
        _write("peers" if options.peers else "rows", [_machine(options), "", *lines])


def _print(part: str, cells: Iterator[list[str]], options: argparse.Namespace) -> None:
    """Print a table as its lines come, and with `--write` put it into its part of the document."""
    lines = []
    for number, line in enumerate(cells):
        lines += [_line(line)] if number else [_line(line), _line(["---"] * len(line))]
        _say(lines[-1] if number else "\n".join(lines))
    if options.write:
        _write(part, [_machine(options), "", *lines])


def _chosen(works: tuple[Work, ...], only: str | None) -> list[Work]:
    return [work for work in works if only is None or only in work.name]


def _measured(module: str, work: Work, place: Place, runs: int | None) -> Measured:
    return measure(module, work, place, runs)


def _line(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _machine(options: argparse.Namespace) -> str:
    sizes = options.growth or options.commands or [options.size, options.large]
    cores = len(os.sched_getaffinity(0))
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{datetime.now(UTC).date()}, {platform.system()} {platform.machine()}, {cores} cores, Python"
        f" {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}; logs of"
        f" {' and '.join(f'{size:,}' for size in sizes)} entries."
    )


def _write(part: str, lines: list[str]) -> None:
    """Put the lines between the marks of a part of the document. Raises ValueError where the marks are not there."""
    text = DOCUMENT.read_text("utf-8")
    begin, end = BEGIN.format(part), END.format(part)
    start, stop = text.index(begin) + len(begin), text.index(end)
    DOCUMENT.write_text(f"{text[:start]}\n{chr(10).join(lines)}\n{text[stop:]}", "utf-8")


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="entries of the log for what is given by rate")
    parser.add_argument("--large", type=int, default=1_000_000, help="entries of the log for screens and memory")
    parser.add_argument("--runs", type=int, help="how often each side runs, instead of each row's own number")
    parser.add_argument("--only", metavar="TEXT", help="only rows with this text in their name")
    parser.add_argument("--folder", default="build/benchmarks", help="where logs are made and kept for the next run")
    parser.add_argument("--peers", action="store_true", help="measure other programs on the same events instead")
    parser.add_argument("--growth", type=_sizes, metavar="SIZE,...", help="measure what grows with the log instead")
    parser.add_argument("--commands", type=_sizes, metavar="SIZE,...", help="measure every reading command instead")
    parser.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md")
    return parser


if __name__ == "__main__":
    main()
