"""`ledger init`: creates a ledger."""

import click

from cli.nouns.interview import ask_line
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
@click.option("--usual-lists", is_flag=True, help="Accept only the usual kinds, types of party and roles at first.")
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
    usual_lists: bool,
    dry_run: bool,
    **envelope: str | None,
) -> None:
    """Create a ledger and record its first entry.

    The ledger is created at LEDGER_URL, or in ledger.db in the current folder. Its origin and reporting currency can
    never be changed. Without lists every kind, type and role is accepted; 'ledger setting change' gives lists.

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

    if session.asks and not (origin and currency):
        from cli.commands.write.init_questions import asked, asked_lists, valid_currency, valid_origin

        origin = origin or asked("Name of the ledger, like example.org/ledger", valid_origin)
        currency = currency or asked("Currency that reports are in, like USD", valid_currency)
        organization = organization or ask_line("The organisation, as reports name it (Enter for the ledger's name)")
        usual_lists = usual_lists or asked_lists()
    if not origin:
        raise MissingField("origin", "the permanent name of the ledger")
    if not currency:
        raise MissingField("currency", "the currency of reports")
    session.actor = actor or session.actor
    checked_origin(checked_reference(origin))
    currency = currency.upper()
    command = tidy(OpenLedger(origin=origin, reporting_currency=currency, organization=organization or None))
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
    if usual_lists:
        _record_lists(session, **envelope)
    if guard is not None:
        say_line(f"made the rollback guard {guard.path}")


def _record_lists(session: Session, **envelope: str | None) -> None:
    from cli.commands.write.init_questions import LISTS
    from ledger.domain.organisation.settings import ChangeSetting

    commands = tuple(ChangeSetting(name=name, value=items) for name, items in LISTS.items())
    with session.ledger() as ledger:
        receipt = ledger.record(request_for(session, commands, **{**envelope, "command_id": None}))
    say_line(f"{', '.join(LISTS)}: {in_words(receipt)}")
