"""`ledger import --check-profile`: what is wrong with a profile, and how it reads a file; nothing is recorded."""

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.import_ import fault_lines, visible
from cli.output import Column, csv_text
from ledger.importing.checking import TriedRow, try_profile
from ledger.importing.errors import BadProfile, RowsRefused
from ledger.importing.profile import Profile, examined, find_profile

if TYPE_CHECKING:
    from ledger.importing.checking import Trial
    from ledger.importing.profile_checks import Mistake

COLUMNS = [Column("row"), Column("field"), Column("column"), Column("value")]


def check_profile(name: str, file: Path | None, form: str) -> None:
    """Show every mistake in a profile, or how it reads a file. Raises BadProfile, RowsRefused, what reading does."""
    called, data = find_profile(name)
    profile, wrong = examined(called, data)
    trial = try_profile(profile, file) if profile is not None and file is not None and not wrong else None
    if form == "json":
        click.echo(json.dumps(_told(called, profile, wrong, trial), ensure_ascii=False, indent=2))
    elif form == "csv":
        click.echo(csv_text(list(_rows(profile, wrong, trial)), COLUMNS), nl=False)
    else:
        for line in _lines(called, profile, wrong, trial):
            click.echo(line)
    if wrong:
        count = f"{len(wrong)} mistakes" if len(wrong) > 1 else "a mistake"
        raise BadProfile(called, [f"it has {count}"], [near for one in wrong for near in one.near])
    if trial and trial.faulty:
        raise RowsRefused(trial.faulty, trial.rows)


def _told(name: str, profile: Profile | None, wrong: Sequence["Mistake"], trial: "Trial | None") -> dict[str, Any]:
    import msgspec  # noqa: PLC0415 - only for JSON

    told: dict[str, Any] = {"profile": name, "mistakes": [one._asdict() for one in wrong]}
    if profile is not None:
        told |= {"kind": profile.kind, "columns": profile.columns, "empty": profile.empty}
    if trial is not None:
        rows = [one._asdict() | {"faults": msgspec.to_builtins(one.faults)} for one in trial.shown]
        told |= {"rows": trial.rows, "rejected": trial.faulty, "unused": trial.unused, "first": rows}
    return told


def _rows(profile: Profile | None, wrong: Sequence["Mistake"], trial: "Trial | None") -> Iterator[dict[str, Any]]:
    """Yield a line a mistake, else a line a field: of each row that is shown, or of the profile alone."""
    if wrong or profile is None:
        yield from ({"row": "", "field": one.key, "column": "", "value": one.why} for one in wrong)
    elif trial is None:
        yield from ({"row": "", "field": field, "column": name, "value": ""} for field, name in profile.columns.items())
    else:
        for one in trial.shown:
            for field, value in one.values.items():
                yield {"row": one.row, "field": field, "column": profile.columns.get(field, ""), "value": value}


def _lines(name: str, profile: Profile | None, wrong: Sequence["Mistake"], trial: "Trial | None") -> Iterable[str]:
    for one in wrong:
        near = f"; did you mean {' or '.join(one.near)}?" if one.near else ""
        yield f"mistake: {one}{near}"
    if wrong or profile is None:
        return
    yield f"the profile {name} reads {profile.kind}; there is no mistake in it"
    yield from (f"  {visible(column)} → {field}" for field, column in profile.columns.items())
    yield from (f"  an empty cell → {field} '{visible(text)}'" for field, text in profile.empty.items())
    if trial is None:
        return
    for row in trial.shown:
        yield from _row_lines(row)
    if trial.unused:
        yield f"columns that no field uses: {', '.join(map(visible, trial.unused))}"
    yield f"{trial.rows} rows, {f'{trial.faulty} of which cannot' if trial.faulty else 'all of which can'} be read"


def _row_lines(row: TriedRow) -> Iterator[str]:
    yield f"row {row.row}, line {row.line}"
    yield from (f"  {field}: {visible(value)}" for field, value in row.values.items())
    for fault in row.faults:
        yield from (f"  {line}" for line in fault_lines(fault).splitlines())
