"""`ledger init`: creates a ledger."""

import click

from cli.nouns.write import no_input, request_for
from cli.output.receipts import in_words
from cli.session import Session, pass_session
from cli.terminal import say, say_line
from ledger.domain.organisation.settings import OpenLedger, checked_origin
from ledger.domain.refusals import MissingField


@click.command()
@click.option("--origin", metavar="NAME", help="Permanent name of the ledger, like example.org/ledger.")
@click.option("--currency", metavar="CODE", help="Currency that reports are in (ISO 4217).")
@click.option("--organization", metavar="NAME", help="The organisation whose engagements it records.")
@click.option("--effective", metavar="DATE", help="Effective date of its first entry; today if not given.")
@click.option("--actor", help="Who creates it: a staff id, not a name (LEDGER_ACTOR).")
@click.option("--reason", help="Why, for the record.")
@click.option("--command-id", help="An id of your own for this command.")
@click.option("--dry-run", is_flag=True, help="Check the options, and create nothing.")
@no_input
@pass_session
def init(
    session: Session,
    /,
    origin: str | None,
    currency: str | None,
    organization: str | None,
    actor: str | None,
    *,
    dry_run: bool,
    **envelope: str | None,
) -> None:
    """Create a ledger and record its first entry.

    The ledger is created at LEDGER_URL, or in ledger.db in the current folder. Its origin and reporting currency can
    never be changed.

    \b
    Example:
      ledger init --origin example.org/ledger --currency USD --organization 'Example Organisation'
    """
    from ledger.application.open import make_ledger
    from ledger.application.request import tidy
    from ledger.domain.fields import checked_reference
    from ledger.domain.money import decimals
    from ledger.stores.open import check_free
    from ledger.stores.urls import shown

    if session.asks:
        origin = origin or click.prompt("Name of the ledger, like example.org/ledger", err=True)
        currency = currency or click.prompt("Currency that reports are in, like USD", err=True)
    if not origin:
        raise MissingField("origin", "the permanent name of the ledger")
    if not currency:
        raise MissingField("currency", "the currency of reports")
    session.actor = actor or session.actor
    checked_origin(checked_reference(origin))
    command = tidy(OpenLedger(origin=origin, reporting_currency=currency, organization=organization))
    request = request_for(session, (command,), **envelope)
    if dry_run:
        decimals(currency)
        check_free(session.ledger_url)
        if session.guard is not None:
            session.guard.check_free()
        say_line(f"would make {shown(session.ledger_url)}, the ledger {origin}, reporting in {currency}")
        return
    given = {"effective_on": request.effective_on, "reason": request.reason, "id": request.id}
    guard = session.guard
    with session.outcome.making_ledger(session.ledger_url):
        receipt = make_ledger(session.ledger_url, command, request.actor, session.recording_clock, guard, **given)
    say_line(f"made {shown(session.ledger_url)}, the ledger {origin}, reporting in {currency}")
    say(in_words(receipt))
    if guard is not None:
        say_line(f"made the rollback guard {guard.path}")
