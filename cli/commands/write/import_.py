"""`ledger import`: imports a register and reports the result, or only checks a profile."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.commands.write.import_faults import MAX_SHOWN, fault_lines, fault_texts, first, say_asides, visible
from cli.outcome import repeated_line
from cli.output.progress import ProgressBar
from cli.session import Session, pass_session
from cli.terminal import say, say_line
from ledger.tlog.encoding import encoded

if TYPE_CHECKING:
    from cli.commands.write.own_list import Agreed
    from ledger.importing.preview import Preview, PreviewRow
    from ledger.importing.profile.model import Profile, Texts
    from ledger.importing.profile.validate import Mistake
    from ledger.importing.requests import Options
    from ledger.importing.result import FieldChange, ImportResult

GIVEN = ("constants", "only", "skip")
"""Further tables of a profile that `--check-profile` shows in JSON if it has them."""
CHECKED = ("row", "field", "column", "value")
"""Columns of the CSV that `--check-profile` writes."""


@click.command("import")
@click.argument("profile", required=False)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--undo", type=int, metavar="N", help="Take import N back ('ledger imports' has the numbers).")
@click.option("--new-profile", is_flag=True, help="Write a profile for the list FILE, with what is open as comments.")
@click.option("--template", is_flag=True, help="Write a workbook to fill in, as PROFILE reads it.")
@click.option("--output", "-o", metavar="FILE", help="Where to write the new profile or the workbook.")
@click.option("--check-profile", is_flag=True, help="Show the mistakes in PROFILE, and how it reads FILE if given.")
@click.option(
    "--as", "as_", type=click.Choice(["amendment", "correction"]), default="amendment", show_default=True,
    help="How to record a changed row: the agreement changed, or the record was wrong.",
)  # fmt: skip
@click.option("--keep-going", is_flag=True, help="Record the valid rows; the others go to FILE.rejects.csv.")
@click.option(
    "--effective", metavar="DATE",
    help="Effective date of amendments, today if not given; date of the source document, if its rows have none.",
)  # fmt: skip
@click.option("--actor", help="Who imports: a staff id, not a name (LEDGER_ACTOR).")
@click.option("--reason", help="Why, for the record.")
@click.option("--dry-run", is_flag=True, help="Show what would be recorded, and record nothing.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), help="How the result is shown.")
@pass_session
def import_(
    session: Session,
    /,
    profile: str | None,
    file: Path | None,
    *,
    undo: int | None,
    dry_run: bool,
    form: str | None,
    **given: Any,
) -> None:
    """Import a register from FILE, as PROFILE describes it: a name such as tdag25, or the path of a .toml file.

    FILE is a CSV file or an XLSX workbook. A row is an agreement, a party, a service order, a payment or a receipt.
    Without a PROFILE, a terminal asks what it cannot find out about FILE, and writes a profile for the next time.

    The whole file is checked first. A faulty row is reported with its column and what to do, and nothing is recorded
    unless --keep-going is given. A row is recorded once: importing the file again adds nothing, a changed row becomes
    an amendment, and an interrupted import continues where it stopped. --undo takes an import back as one act; the same
    or a mended file can then be imported.

    \b
    Examples:
      ledger import own-list.xlsx
      ledger import --new-profile own-list.xlsx -o own.toml
      ledger import --template own.toml -o to-fill-in.xlsx
      ledger import tdag25 register.csv --dry-run
      ledger import --undo 3 --reason 'The wrong file'
      ledger import --check-profile own.toml register.xlsx
    """
    from ledger.importing.errors import RowsRefused, RowsRejected
    from ledger.importing.profile.load import load_profile
    from ledger.importing.run import run_import

    form = form or session.format
    if undo is not None:
        from cli.commands.write.imports import undo_import

        undo_import(session, undo, dry_run=dry_run, form=form, **given)
        return
    if given["new_profile"] or given["template"]:
        from cli.commands.write.new_profile import write_new

        write_new(session, profile, given["output"], is_template=given["template"])
        return
    if given["check_profile"]:
        _check_profile(_named(profile), file, form)
        return
    if file is None:
        file = _own_file(session, profile)
        agreed = _agree(session, file, given, is_dry=dry_run)
        by = agreed.profile
        given["keep_going"] |= agreed.keep_going
        given["effective"] = agreed.effective or given["effective"]
    else:
        by = load_profile(_named(profile))
    options = _options(session, is_dated=by.dates.signed_on != "source", **given)
    session.outcome.again = lambda _: repeated_line(session.words, "")
    going = {"keep_going": given["keep_going"], "dry_run": dry_run}
    with session.ledger() as ledger, _bar() as tick:
        outcome = run_import(ledger, by, file, options, tick=tick, settled=session.outcome.settled, **going)
    _show(outcome, form, dry_run=dry_run)
    session.outcome.shown()
    if outcome.rejects:
        raise RowsRejected(len(outcome.faulty), outcome.rows, outcome.rejects)
    if outcome.faults:
        raise RowsRefused(len(outcome.faulty), outcome.rows)


def _named(profile: str | None) -> str:
    """Return the name of a profile. Raises UsageError without one."""
    if profile is None:
        raise click.UsageError("Missing argument 'PROFILE'.")
    return profile


def _own_file(session: Session, name: str | None) -> Path:
    """Return the file that has no profile, of which the user can be asked.

    Raises UsageError, CannotRead, NoProfile, Abort.
    """
    from cli.commands.write.new_profile import NoProfile
    from cli.nouns.interview import ask_line
    from ledger.domain.errors import listed
    from ledger.importing.errors import CannotRead
    from ledger.importing.profile.load import bundled

    if name is None:
        if not session.asks:
            raise click.UsageError("Missing argument 'PROFILE'.")
        name = ask_line("Which file (a CSV file or an XLSX workbook)")
    if name.endswith(".toml") or name in bundled():
        raise click.UsageError("Missing argument 'FILE'.")
    if not Path(name).exists():
        raise CannotRead(name, f"it is neither a file nor one of the profiles {listed(bundled(), 'and')}")
    if not session.asks:
        raise NoProfile(name, bundled())
    return Path(name)


def _agree(session: Session, file: Path, given: dict[str, Any], *, is_dry: bool) -> "Agreed":
    """Ask about a file without a profile. Raises Abort, Exit, and the errors of the file and the ledger."""
    from cli.commands.write.own_list import agree
    from ledger.importing.run import run_import

    def rehearse(by: "Profile", effective: str | None) -> "ImportResult":
        date = {"effective": effective or given["effective"]}
        options = _options(session, is_dated=by.dates.signed_on != "source", **(given | date))
        with session.ledger() as ledger:
            return run_import(ledger, by, file, options, dry_run=True)

    return agree(session, file, rehearse, is_dry=is_dry)


def _options(
    session: Session,
    *,
    is_dated: bool,
    as_: str,
    effective: str | None,
    actor: str | None,
    reason: str | None,
    **_: Any,
) -> "Options":
    from ledger.application.request import tidy_text
    from ledger.domain.dates import checked_date
    from ledger.domain.fields import checked_reference
    from ledger.importing.requests import Options

    if effective and as_ == "correction" and is_dated:
        raise click.UsageError(
            "A correction takes effect on the date of what it corrects: --effective is for amendments."
        )
    session.actor = actor or session.actor
    return Options(
        actor=checked_reference(session.acting),
        reason=tidy_text(reason, "reason") if reason is not None else None,
        effective_on=checked_date(effective) if effective else None,
        correct=as_ == "correction",
    )


@contextmanager
def _bar() -> Iterator[Any]:
    shown: list[ProgressBar] = []

    def tick(done: int, whole: int) -> None:
        if not shown:
            shown.append(ProgressBar("importing", whole))
        shown[0](done)

    try:
        yield tick
    finally:
        for bar in shown:
            bar.end()


def _counts(outcome: "ImportResult") -> dict[str, int]:
    """Return the counts that apply to the kind of the import; scripts rely on their names."""
    more = ["parties", "reclassified"] + ["accepted"] * (outcome.kind == "payments")
    return {"rows": outcome.rows, **outcome.done, **{name: getattr(outcome, name) for name in more}}


def _show(outcome: "ImportResult", form: str, *, dry_run: bool) -> None:
    if form == "json":
        say(json.dumps(_document(outcome, dry_run=dry_run), ensure_ascii=False, indent=2))
        return
    say_asides(outcome)
    if form == "csv":
        from cli.output.tables import Column, csv_text

        row = _counts(outcome) | {
            "rejected": len(outcome.faulty), "vanished": len(outcome.vanished), "positions": outcome.places,
            "size": outcome.size, "root": encoded(outcome.root), "dry_run": dry_run,
        }  # fmt: skip
        say(csv_text([row], [Column(name) for name in row]), nl=False)
        return
    for line in _lines(outcome, dry_run=dry_run):
        say_line(line)


def _document(outcome: "ImportResult", *, dry_run: bool) -> dict[str, Any]:
    import msgspec

    return {
        "profile": outcome.profile,
        "sha256": outcome.sha256,
        "kind": outcome.kind,
        **_counts(outcome),
        "rejected": len(outcome.faulty),
        "left_out": outcome.left_out,
        "faults": msgspec.to_builtins(outcome.faults),
        "changes": msgspec.to_builtins(outcome.changes),
        "notices": msgspec.to_builtins(outcome.notices),
        "vanished": outcome.vanished,
        "rejects": outcome.rejects,
        "entries": outcome.entries if dry_run or outcome.positions else 0,
        "positions": outcome.positions,
        "size": outcome.size,
        "root": encoded(outcome.root),
        "dry_run": dry_run,
    }


def _lines(outcome: "ImportResult", *, dry_run: bool) -> Iterable[str]:
    """Yield the lines of the result for people."""
    is_written = bool(outcome.positions) or dry_run or not outcome.faults
    if is_written:
        yield from first([_change(change) for change in outcome.changes], "changes")
    yield f"{outcome.rows} rows, by the profile {outcome.profile}"
    shown = 1 if is_written else 0
    yield f"{outcome.kind}: {', '.join(f'{count * shown} {what}' for what, count in outcome.done.items())}"
    if outcome.kind == "agreements":
        yield f"parties: {outcome.parties * shown} registered, {outcome.reclassified * shown} reclassified"
    if outcome.kind == "payments":
        yield f"acceptances: {outcome.accepted * shown} recorded"
    yield f"rows rejected: {len(outcome.faulty)}"
    if outcome.left_out:
        yield f"rows left out by the profile: {outcome.left_out}"
    if outcome.vanished:
        yield f"no longer in the file, and left unchanged: {len(outcome.vanished)}: {_cut(outcome.vanished)}"
    if dry_run:
        recorded = f"{outcome.entries} entries would be recorded"
    elif outcome.positions:
        recorded = f"recorded at {outcome.places}"
    else:
        recorded = "nothing recorded"
    yield f"{recorded}; log size {outcome.size}, root {encoded(outcome.root)}"


def _cut(names: list[str]) -> str:
    return ", ".join([*names[:MAX_SHOWN], *["…"][: len(names) > MAX_SHOWN]])


def _change(change: "FieldChange") -> str:
    return (
        f"row {change.row}, {change.subject}: {change.field}: {change.was or 'nothing'} → {change.becomes or 'nothing'}"
    )


def _check_profile(name: str, file: Path | None, form: str) -> None:
    """Show all mistakes in a profile, or a preview of a file. Raises BadProfile, RowsRefused, and errors of reading."""
    from cli.output.tables import Column, csv_text
    from ledger.importing.errors import BadProfile, RowsRefused
    from ledger.importing.preview import preview_profile
    from ledger.importing.profile.load import check_profile, find_profile

    called, data = find_profile(name)
    profile, wrong = check_profile(called, data)
    trial = preview_profile(profile, file) if profile is not None and file is not None and not wrong else None
    if form == "json":
        say(json.dumps(_check_document(called, profile, wrong, trial), ensure_ascii=False, indent=2))
    elif form == "csv":
        say(csv_text(list(_check_rows(profile, wrong, trial)), [Column(key) for key in CHECKED]), nl=False)
    else:
        for line in _check_lines(called, profile, wrong, trial):
            say_line(line)
    if wrong:
        count = f"{len(wrong)} mistakes" if len(wrong) > 1 else "a mistake"
        raise BadProfile(called, [f"it has {count}"], [near for mistake in wrong for near in mistake.near])
    if trial and trial.faulty:
        raise RowsRefused(trial.faulty, trial.rows)


def _check_document(
    name: str, profile: "Profile | None", wrong: Sequence["Mistake"], trial: "Preview | None"
) -> dict[str, Any]:
    import msgspec

    members: dict[str, Any] = {"profile": name, "mistakes": [mistake._asdict() for mistake in wrong]}
    if profile is not None:
        members |= {"kind": profile.kind, "columns": profile.columns, "empty": profile.empty}
        members |= {name: value for name in GIVEN if (value := getattr(profile, name))}
    if trial is not None:
        rows = [row._asdict() | {"faults": msgspec.to_builtins(row.faults)} for row in trial.shown]
        members |= {"rows": trial.rows, "rejected": trial.faulty, "unused": trial.unused, "first": rows}
        members |= {"notes": trial.notes, "faults": msgspec.to_builtins(trial.faults)}
    return members


def _check_rows(
    profile: "Profile | None", wrong: Sequence["Mistake"], trial: "Preview | None"
) -> Iterator[dict[str, Any]]:
    """Yield a CSV row for each mistake; without mistakes, for each field of the previewed rows or of the profile."""
    if wrong or profile is None:
        yield from ({"row": "", "field": mistake.key, "column": "", "value": mistake.why} for mistake in wrong)
    elif trial is None:
        yield from (
            {"row": "", "field": field, "column": name, "value": ""} for field, name in profile.column_names.items()
        )
    else:
        for row in trial.shown:
            for field, value in row.values.items():
                yield {"row": row.row, "field": field, "column": profile.column_names.get(field, ""), "value": value}


def _check_lines(
    name: str, profile: "Profile | None", wrong: Sequence["Mistake"], trial: "Preview | None"
) -> Iterable[str]:
    for mistake in wrong:
        near = f"; did you mean {' or '.join(mistake.near)}?" if mistake.near else ""
        yield f"mistake: {mistake}{near}"
    if wrong or profile is None:
        return
    yield f"the profile {name} reads {profile.kind} and has no mistakes"
    yield from (f"  {visible(column)} → {field}" for field, column in profile.column_names.items())
    yield from (f"  an empty cell → {field} '{visible(text)}'" for field, text in profile.empty.items())
    yield from (f"  each row → {field} '{visible(text)}'" for field, text in profile.constants.items())
    for section, rules in (("only", profile.only), ("skip", profile.skip)):
        yield from (f"  {section} rows with {visible(name)} {_values(values)}" for name, values in rules.items())
    if trial is None:
        return
    for row in trial.shown:
        yield from _row_lines(row)
    if trial.unused:
        yield f"columns that no field uses: {', '.join(map(visible, trial.unused))}"
    yield from (line for text in fault_texts(trial.faults) for line in text.splitlines())
    yield from (f"note: {text}" for text in trial.notes)
    yield f"{trial.rows} rows, {f'{trial.faulty} of which cannot' if trial.faulty else 'all of which can'} be read"


def _values(values: "Texts") -> str:
    from ledger.importing.profile.model import texts

    return " or ".join(f"'{visible(value)}'" for value in texts(values))


def _row_lines(row: "PreviewRow") -> Iterator[str]:
    yield f"row {row.row}, line {row.line}"
    yield from (f"  {field}: {visible(value)}" for field, value in row.values.items())
    for fault in row.faults:
        yield from (f"  {line}" for line in fault_lines(fault).splitlines())
