"""`ledger init`: make a ledger."""

import click

from cli.receipts import in_words
from cli.session import Session, is_person, pass_session
from ledger.domain.book import OpenLedger
from ledger.domain.refusals import MissingField


@click.command()
@click.option("--origin", metavar="NAME", help="Name of the ledger for ever, like example.org/ledger.")
@click.option("--currency", metavar="CODE", help="Currency that reports are in (ISO 4217).")
@click.option("--organization", metavar="NAME", help="The organisation whose engagements these are.")
@click.option("--actor", help="Who makes it: a staff id, not a name (LEDGER_ACTOR).")
@pass_session
def init(
    session: Session, origin: str | None, currency: str | None, organization: str | None, actor: str | None
) -> None:
    """Make a ledger and record its first entry.

    It stands where LEDGER_URL says, else in ledger.db in this folder. Origin and reporting currency stay for ever.

    \b
    Example:
      ledger init --origin example.org/ledger --currency USD --organization 'Example Organisation'
    """
    from ledger.domain.fields import checked_reference  # noqa: PLC0415
    from ledger.opening import make_ledger  # noqa: PLC0415 - help does not make anything

    if is_person():
        origin = origin or click.prompt("Name of the ledger, like example.org/ledger", err=True)
        currency = currency or click.prompt("Currency that reports are in, like USD", err=True)
    if not origin:
        raise MissingField("origin", "what is the ledger called")
    if not currency:
        raise MissingField("currency", "in which currency are reports")
    session.actor = actor or session.actor
    command = OpenLedger(origin=checked_reference(origin), reporting_currency=currency, organization=organization)
    receipt = make_ledger(session.ledger_url, command, checked_reference(session.acting), session.clock)
    click.echo(f"made {session.ledger_url}, the ledger {origin}, reporting in {currency}")
    click.echo(in_words(receipt))
