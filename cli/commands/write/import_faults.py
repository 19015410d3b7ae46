"""Show the faults and notes of an import: faults of one sort as one, with how many there are and the first of them."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from cli.terminal import say, say_line

if TYPE_CHECKING:
    from ledger.importing.result import Fault, ImportResult, Notice

MAX_SHOWN = 20
"""How many changes, notes and faults are shown at once on a terminal; JSON has them all."""
FEW = 3
"""How many faults of one sort are shown one by one; of more, at most this number of patterns and rows."""
_RUNS = (re.compile(r"[^\W\d_]+"), "A"), (re.compile(r"\d"), "9")


def say_asides(outcome: "ImportResult") -> None:
    """Print faults, then notes, on stderr."""
    for text in first([*fault_texts(outcome.faults)], "faults"):
        say(text, err=True)
    for line in first([note(notice) for notice in outcome.notices], "notes"):
        say_line(line, err=True)


def note(notice: "Notice") -> str:
    """Return a note as text."""
    return f"note: {f'row {notice.row}, ' if notice.row else ''}{notice.subject}: {notice.text}"


def first(lines: list[str], what: str) -> Iterable[str]:
    """Yield the first lines on a terminal, all elsewhere."""
    most = MAX_SHOWN if sys.stderr.isatty() else len(lines)
    yield from lines[:most]
    if len(lines) > most:
        yield f"… and {len(lines) - most} more {what}; --format json has them all."


def fault_texts(faults: Iterable["Fault"]) -> Iterator[str]:
    """Yield faults as texts; those with one column, code and hint as one, if they are more than FEW."""
    groups: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.column, fault.code, fault.hint), []).append(fault)
    texts = [(text, group) for group in groups.values() for text in _group_texts(group)]
    yield from (text for (_, text), _ in sorted(texts, key=lambda item: item[0][0]))


def _group_texts(group: Sequence["Fault"]) -> Iterator[tuple[int, str]]:
    """Yield the texts of a group, each with the number of its first row."""
    if len(group) <= FEW:
        yield from ((fault.row, fault_lines(fault)) for fault in group)
        return
    fault = group[0]
    where = f"column {fault.column}, " if fault.column else ""
    rows = len({fault.row for fault in group})
    lines = [f"{visible(where)}{rows} rows: {fault.code}: {visible(fault.reason)}", *_examples(group)]
    yield fault.row, "\n".join([*lines, f"  hint: {visible(fault.hint)}"])


def _examples(group: Sequence["Fault"]) -> Iterator[str]:
    """Yield a line for each pattern of the values, the most frequent first."""
    patterns: dict[str, list[Fault]] = {}
    for fault in group:
        patterns.setdefault(_pattern(fault.value), []).append(fault)
    frequent = sorted(patterns.values(), key=len, reverse=True)
    for alike in frequent[:FEW]:
        value = f"like '{visible(alike[0].value[:60])}'" if alike[0].value else "empty"
        rows = ", ".join(str(fault.row) for fault in alike[:FEW])
        more = ", …" if len(alike) > FEW else ""
        yield f"  {len(alike)} {value}: row{'s' if len(alike) > 1 else ''} {rows}{more}; line {alike[0].line}"
    if len(frequent) > FEW:
        yield f"  {sum(map(len, frequent[FEW:]))} of other patterns"


def _pattern(value: str) -> str:
    """Return the pattern of a value: letters as A, each digit as 9."""
    for runs, mark in _RUNS:
        value = runs.sub(mark, value)
    return value


def fault_lines(fault: "Fault") -> str:
    """Return a fault of a row as text: its place, its cause, and a remedy."""
    where = f"row {fault.row}, line {fault.line}"
    if fault.column:
        where += f", column {fault.column}"
    if fault.value:
        where += f", value '{fault.value[:60]}'"
    return f"{visible(where)}: {fault.code}: {visible(fault.reason)}\n  hint: {visible(fault.hint)}"


def visible(text: str) -> str:
    """Return the text of a cell with unprintable characters escaped."""
    # A cell may contain any character: those that move the cursor or reverse the line are shown by number.
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in text)
