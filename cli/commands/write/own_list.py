"""Talks about a list that no profile describes, until it can be imported: `ledger import FILE` at a terminal.

Nothing is recorded and no file is written before the user confirms.
"""

import shlex
import textwrap
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from cli.commands.write.import_faults import MAX_SHOWN, fault_texts, note
from cli.commands.write.list_questions import ask_all, choose
from cli.nouns.interview import LEFT, confirm
from cli.output.files import write_whole
from cli.session import Session
from cli.terminal import say, say_line
from ledger.importing.discovery.draft import EFFECTIVE, Draft, draft_of
from ledger.importing.discovery.layout.encoding import encoding_samples
from ledger.importing.discovery.profile_text import profile_name, profile_text
from ledger.importing.discovery.questions import LISTS
from ledger.importing.preview import PreviewRow, preview_profile
from ledger.importing.profile.load import read_profile

if TYPE_CHECKING:
    from ledger.importing.profile.model import Profile
    from ledger.importing.result import ImportResult

SHOWN_ROWS = 10
"""How many rows are shown as they would be recorded."""
_WRAPPER = textwrap.TextWrapper(100, subsequent_indent="      ", break_long_words=False, break_on_hyphens=False)
DryRun = Callable[["Profile", str | None], "ImportResult"]
"""Rehearses the import by a profile, as of the date of the document if there is one."""


class Agreed(NamedTuple):
    """What was agreed: the profile, the date of the document if it counts, and whether faulty rows are left out."""

    profile: "Profile"
    effective: str | None
    keep_going: bool


def agree(session: Session, file: Path, dry_run: DryRun, *, is_dry: bool) -> Agreed:
    """Ask about a list, show how it would be recorded, and write its profile; with `is_dry` nothing is written.

    Raises Abort, Exit, the errors of draft_of, CannotWrite, and those of the ledger.
    """
    say_line("Ctrl-C cancels; nothing is recorded and no file is written until you confirm.", err=True)
    lists = ledger_lists(session)
    draft = _settled_reading(file)
    ask_all(draft, lists, session.today)
    path = free_path(profile_name(draft))
    data = profile_text(draft, lists).encode()
    profile = read_profile(path.stem, data)
    effective = draft.answers.get(EFFECTIVE)
    _show_rows(profile, file)
    result = dry_run(profile, effective)
    _show_doubts(result)
    for line in _reference_notes(draft):
        say_line(line, err=True)
    keep_going = bool(result.faults) and _keeps_going(result)
    words = ["import", str(path), str(file), *(["--effective", effective] if effective else [])]
    line = line_of(session, [*words, "--keep-going"] if keep_going else words)
    say(f"\nAs a single command, with the profile that is written now:\n  {line}\n", err=True)
    if is_dry:
        say_line("This is a dry run: the profile is not written.", err=True)
    else:
        confirm(f"Write the profile to {path}, and import {result.rows - len(result.faulty)} rows?")
        write_whole(path, data)
        say_line(f"wrote {path}", err=True)
    return Agreed(profile, effective, keep_going)


def line_of(session: Session, words: Iterable[str]) -> str:
    """Return a command line, quoted for a shell, for the same ledger."""
    from ledger.stores.urls import shown

    return shlex.join(["ledger", *(["--url", shown(session.url)] if session.url else []), *words])


def ledger_lists(session: Session) -> dict[str, tuple[str, ...]]:
    """Return the code lists of the ledger, by setting. Raises the errors of opening it."""
    with session.ledger(reads=True) as ledger:
        state, _ = ledger.fold("ledger")
        return {name: tuple(codes) for name in sorted(set(LISTS.values())) if (codes := state.get(name))}


def free_path(name: str) -> Path:
    """Return a path for a profile of this name at which nothing lies yet."""
    paths = (Path(f"{name}{f'-{number}' if number > 1 else ''}.toml") for number in count(1))
    return next(path for path in paths if not path.exists())


# How the file is read.


def _settled_reading(file: Path) -> Draft:
    draft = draft_of(file)
    if len(draft.grid.sheets) > 1:
        sheet = choose("Which sheet has the list?", [(name, "") for name in draft.grid.sheets], draft.grid.sheet)
        draft = draft_of(file, sheet=sheet)
    encoding = draft.grid.encoding
    if encoding is not None and not encoding.is_certain:
        samples = encoding_samples(file, encoding)
        if len(samples) > 1:
            chosen = choose("In which of these is the text of the file right?", samples, encoding.name)
            draft = draft_of(file, encoding=chosen)
    say(err=True)
    for line in found_lines(draft):
        say_line(line, err=True)
    return draft


def found_lines(draft: Draft) -> Iterable[str]:
    """Yield what was found in the file, as sentences."""
    grid, header, split = draft.grid, draft.header, draft.split
    where = f"text in {grid.encoding.name}" if grid.encoding else f"the sheet '{grid.sheet}'"
    line = "line" if grid.encoding else "row"
    heads = f"{line}s {header.row} and {grid.rows[header.lower].number}" if header.rows > 1 else f"{line} {header.row}"
    yield f"{draft.path.name}: {where}; the names of the columns are in {heads}; {len(split.records)} rows."
    left = []
    for rows, what in ((split.totals, "total"), (split.notes, "note"), (split.heads, "repeated head")):
        if rows:
            numbers = ", ".join(str(row.number) for row in rows[:5])
            left.append(f"{len(rows)} {what}{'s' if len(rows) > 1 else ''} ({line} {numbers})")
    if left:
        yield f"Left out, since they are no records: {'; '.join(left)}."
    if grid.is_cut:
        yield f"Only the first {len(grid.rows):,} rows were looked at; all are imported."


# The rows, as they would be recorded.


def _show_rows(profile: "Profile", file: Path) -> None:
    preview = preview_profile(profile, file, SHOWN_ROWS)
    shown = min(SHOWN_ROWS, preview.rows)
    say(f"\nThe first {shown} of {preview.rows} rows, as they would be recorded:", err=True)
    for row in preview.shown:
        say(_row_text(row), err=True)


def _row_text(row: PreviewRow) -> str:
    values = "; ".join(f"{field}: {' '.join(value.split())}" for field, value in row.values.items())
    faults = "; ".join(f"{fault.column or 'the row'}: {fault.reason}" for fault in row.faults)
    return _WRAPPER.fill(f"  row {row.row}, line {row.line}: {values or faults}")


def _show_doubts(result: "ImportResult") -> None:
    """Print the faults, those of one sort as one, and the notes."""
    for text in fault_texts(result.faults):
        say(text, err=True)
    for notice in result.notices[:MAX_SHOWN]:
        say_line(note(notice), err=True)


def _reference_notes(draft: Draft) -> Iterable[str]:
    """Yield what follows from rows without a reference: changed rows, and rows that are equal."""
    key = draft.schema.key[-1]
    if draft.rows != "agreements" or key in draft.fields:
        return
    yield "note: no column is the reference of a row: each gets one from its cells, and a changed row is another one."
    rows: dict[tuple[str, ...], list[str]] = {}
    for row in draft.split.records:
        rows.setdefault(tuple(cell.text.strip() for cell in row.cells), []).append(str(row.number))
    for numbers in rows.values():
        if len(numbers) > 1:
            yield f"note: lines {', '.join(numbers)} are equal, and are {len(numbers)} agreements: is one a copy?"


def _keeps_going(result: "ImportResult") -> bool:
    """Return whether the other rows are to be recorded. Raises Exit if not, and Abort."""
    good = result.rows - len(result.faulty)
    say(f"\n{len(result.faulty)} of {result.rows} rows cannot be imported as they are.", err=True)
    if not good:
        say_line("nothing recorded.", err=True)
        raise click.exceptions.Exit(LEFT)
    confirm(f"Import the other {good}, and write these to a file to correct?")
    return True
