"""Which definitions of a report the log adopted."""

from ledger.application.ledger import Ledger
from ledger.domain.organisation.report_definitions import DefinitionsAdopted
from ledger.domain.organisation.settings import STREAM
from ledger.domain.voiding import unvoided


def adopted(ledger: Ledger, report: str, size: int) -> str | None:
    """Return the SHA-256 of the definitions that the log of `size` entries adopted last for a report, or None.

    The order of the log decides, not the effective dates: definitions hold for reports that are written from then on.
    """
    found = [
        fact.event.sha256
        for fact in unvoided(ledger.facts(STREAM, size))
        if isinstance(fact.event, DefinitionsAdopted) and fact.event.report == report
    ]
    return found[-1] if found else None
