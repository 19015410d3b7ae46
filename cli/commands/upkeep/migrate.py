"""`ledger migrate`: creates or updates the schema on a PostgreSQL server and grants privileges to roles."""

import click

from cli.session import Session, pass_session
from cli.terminal import say_line
from ledger.domain.errors import USAGE, LedgerError


class NotOnServer(LedgerError):
    """A ledger in a file has no schema to migrate, and no roles."""

    code = "not-on-server"
    exit = USAGE

    def __init__(self, url: str) -> None:
        """Say so of `url`."""
        super().__init__(
            f"{url} is not on a PostgreSQL server: there is nothing to migrate.",
            "Name the server with LEDGER_URL=postgresql://owner@host/database.",
        )


@click.command()
@click.option("--recorder", "recorders", multiple=True, metavar="ROLE", help="Let this role record; may be repeated.")
@click.option("--signer", "signers", multiple=True, metavar="ROLE", help="Let this role record and store checkpoints.")
@click.option("--reader", "readers", multiple=True, metavar="ROLE", help="Let this role read; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and do nothing.")
@pass_session
def migrate(
    session: Session, *, signers: tuple[str, ...], recorders: tuple[str, ...], readers: tuple[str, ...], dry_run: bool
) -> None:
    """Create or update the schema on a PostgreSQL server, and grant roles their privileges.

    Run it as the role that will own the ledger, before 'ledger init' or after an update of this software; it does
    everything or nothing. PostgreSQL's createuser makes roles. A reader may read; a recorder may read, and append by
    calling functions; a signer may store signed checkpoints as well.

    \b
    Example:
      ledger --url postgresql://ledger_owner@db.example.org/ledger migrate --recorder clerks --reader auditors
    """
    from ledger.stores.urls import is_on_server, shown

    url = session.ledger_url
    if not is_on_server(url):
        raise NotOnServer(shown(url))
    from ledger.stores.postgres.migrate import migrate as brought_up

    before, version = brought_up(url, recorders, readers, signers, dry_run=dry_run)
    done = "would make" if dry_run else "made"
    if before == version:
        say_line(f"{shown(url)} has version {version} of the schema")
    else:
        say_line(f"{done} version {version} of the schema at {shown(url)}; before: {before or 'none'}")
    for may, roles in (("record and store checkpoints", signers), ("record", recorders), ("read", readers)):
        for role in roles:
            say_line(f"{role} {'would be let' if dry_run else 'may'} {may}")
