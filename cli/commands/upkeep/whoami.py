"""`ledger whoami`: the staff id under which this user records, and where it is kept."""

import json

import click

from cli.actor import NoActor
from cli.output.presentation import shown_as
from cli.session import Session, pass_session
from cli.settings import keep, shown
from cli.terminal import say, say_line


@click.command()
@click.argument("actor", required=False)
@click.option("--folder", is_flag=True, help="Keep it in ledger.toml of the current folder, not in your own.")
@shown_as
@pass_session
def whoami(session: Session, /, actor: str | None, *, folder: bool, form: str | None) -> None:
    """Show your staff id, and which file or variable names it; with ACTOR, keep that one as yours.

    A staff id is a word with a digit, like staff/17, unless the ledger's setting actor-pattern says otherwise. A name
    or a mail address is refused: no entry can be erased.

    \b
    Examples:
      ledger whoami
      ledger whoami staff/17
    """
    if actor is not None:
        actor = session.staff_id(actor)
        say_line(f"kept {actor} in {shown(keep('actor', actor, in_folder=folder))}")
        return
    found = session.named_actor
    if found is None:
        raise NoActor
    session.staff_id(found.name)
    if (form or session.format) == "json":
        say(json.dumps({"actor": found.name, "source": found.source}, ensure_ascii=False))
    else:
        say_line(f"{found.name}, from {found.source}")
