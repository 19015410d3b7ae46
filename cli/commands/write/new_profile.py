"""Writes what is made without a conversation: the profile of a list, and the workbook to fill in for a profile."""

from collections.abc import Iterable
from pathlib import Path
from shlex import quote

import click

from cli.output.files import CannotWrite, put
from cli.session import Session
from cli.terminal import say_line
from ledger.domain.errors import USAGE, LedgerError, listed


class NoProfile(LedgerError):
    """A file is to be imported, and nothing says how to read it."""

    code = "no-profile"
    exit = USAGE

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Refuse to import the file `name`; `known` are the profiles that come with the ledger."""
        super().__init__(
            f"No profile says how to read {name}.",
            f"Run this at a terminal, which asks; or 'ledger import --new-profile {quote(name)} -o own.toml' writes a "
            f"profile to complete. Profiles that come with the ledger: {listed(known, 'and')}.",
        )


def write_new(session: Session, name: str | None, output: str | None, *, is_template: bool) -> None:
    """Write the new profile of the list `name`, or the workbook for the profile `name`.

    Nothing is overwritten: somebody may have completed what lies there. Raises UsageError, CannotWrite, and the errors
    of the file, the profile and the ledger.
    """
    if name is None:
        raise click.UsageError(f"Missing argument '{'PROFILE' if is_template else 'FILE'}'.")
    if is_template:
        _write_template(session, name, output)
    else:
        _write_profile(session, name, output)


def _write_profile(session: Session, name: str, output: str | None) -> None:
    from cli.commands.write.own_list import found_lines
    from ledger.importing.discovery.draft import draft_of
    from ledger.importing.discovery.profile_text import OPEN, profile_text

    draft = draft_of(Path(name))
    text = profile_text(draft, _lists(session))
    for line in found_lines(draft):
        say_line(line, err=True)
    _put_new(output, text.encode())
    if count := text.count(OPEN):
        say_line(f"{count} questions are open: they are the comments that begin with '{OPEN.strip()}'.", err=True)


def _write_template(session: Session, name: str, output: str | None) -> None:
    from ledger.importing.discovery.template import template_bytes
    from ledger.importing.profile.load import load_profile

    profile = load_profile(name)
    _put_new(output or f"{profile.name}.xlsx", template_bytes(profile, _lists(session)))


def _put_new(output: str | None, data: bytes) -> None:
    """Write bytes to a file that is not there yet, or to standard output. Raises CannotWrite."""
    if output not in (None, "-") and Path(output).is_file():
        raise CannotWrite(output, "there is such a file already")
    put(output, data)


def _lists(session: Session) -> dict[str, tuple[str, ...]]:
    """Return the code lists of the ledger; none if there is no ledger to ask."""
    from cli.commands.write.own_list import ledger_lists

    try:
        return ledger_lists(session)
    except LedgerError:
        return {}
