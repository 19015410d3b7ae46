"""`ledger guard start|show`: the rollback guard, a file in a second place that the log must extend."""

from typing import TYPE_CHECKING

import click

from cli.lazy import LazyGroup
from cli.output.presentation import shown_as
from cli.output.tables import Stamp, show_facts
from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.domain.errors import USAGE, LedgerError
from ledger.tlog.encoding import encoded

if TYPE_CHECKING:
    from ledger.application.rollback_guard import Guard

guard = LazyGroup(
    "guard",
    table={
        "start": ("cli.commands.trust.guard:start", "Create the guard, with the present size and root."),
        "show": ("cli.commands.trust.guard:show", "Show its size and root, and whether the log extends it."),
    },
    help="The rollback guard: a file in a second place that holds the last size and root, which the log must extend.",
    short_help="The rollback guard, in a second place: start, show.",
)


class NoGuard(LedgerError):
    """A command needs the rollback guard, but none is named."""

    code = "no-guard"
    exit = USAGE

    def __init__(self) -> None:
        """Ask for its path."""
        super().__init__(
            "No rollback guard is named.",
            "Name its file: 'ledger --guard PATH guard start', LEDGER_GUARD, or guard in ledger.toml.",
        )


def _named(session: Session) -> "Guard":
    guard_file = session.guard
    if guard_file is None:
        raise NoGuard
    return guard_file


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what it would contain, and create nothing.")
@pass_session
def start(session: Session, *, dry_run: bool) -> None:
    """Create the rollback guard of a ledger, with its current size and root.

    It belongs in a second place: on another disk, or a share that another office keeps, out of reach of whatever could
    roll the log back. From then on, every recording needs the guard and updates it.

    \b
    Example:
      ledger --guard /mnt/registry/ledger.guard guard start
    """
    chosen = _named(session)
    chosen.check_free()
    with session.ledger() as ledger:
        chosen.is_checked = True  # a new guard has no earlier state to check the log against
        with ledger.store.reading():
            head = ledger.store.head()
            if not dry_run:
                ledger.store.settle()  # a guard must not outlive a ledger whose maker was killed
                with session.outcome.making(f"the rollback guard {chosen.path}", chosen.path.exists):
                    chosen.start(ledger.origin, ledger.store)
    done = "would make" if dry_run else "made"
    root = encoded(head.root)
    say_line(f"{done} the rollback guard {chosen.path}; log size {head.size}, root {root}")


@click.command()
@shown_as
@pass_session
def show(session: Session, form: str | None) -> int:
    """Show what the rollback guard holds, and whether the log extends it; exit code 1 if not.

    \b
    Example:
      ledger guard show
    """
    from ledger.application.rollback_guard import RolledBack

    chosen = _named(session)
    with session.ledger() as ledger:
        last, fault = chosen.stored(), None
        try:
            ledger.check_guard()
        except RolledBack as error:
            fault = error
        head = ledger.store.head()
    stated = last.checkpoint
    members = {
        "path": str(chosen.path),
        "origin": stated.origin,
        "size": stated.size,
        "root": encoded(stated.root),
        "signed": last.is_signed,
        "extended": fault is None,
    }
    if (shape := form or session.format) != "json":
        members |= {name: "yes" if members[name] else "no" for name in ("signed", "extended")}
    show_facts(members, shape, Stamp(session.today, head.size, head.root), "the rollback guard")
    if fault is not None:
        session.warn(fault)
        return 1
    return 0
