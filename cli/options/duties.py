"""What guidelines say of what is being recorded: duties that are not met, and waivers of rules that never applied."""

import shlex
from typing import TYPE_CHECKING

from cli.messages import print_message
from cli.output.progress import following
from cli.session import Session
from ledger.domain.errors import LedgerError

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.application.receipt import Receipt
    from ledger.domain.engagement.command import EngagementCommand
    from ledger.domain.engagement.oversight.waivers import WaiveDeviation
    from projections.compliance.verdicts import Verdict

MOST = 5
"""The most duties that are listed after a command."""


class DoesNotApply(LedgerError):
    """A rule is to be waived that applies to no case of the engagement."""

    code = "does-not-apply"

    def __init__(self, rule: str, engagement: str, case: str | None) -> None:
        """Refuse the waiver of `rule`."""
        what = f"the case {case} of {engagement}" if case else f"any case of {engagement}"
        super().__init__(
            f"The rule {rule} does not apply to {what}.",
            f"See 'ledger compliance {engagement} --status \"does not apply\"'.",
        )


def check_waiver(session: Session, ledger: "Ledger", command: "WaiveDeviation") -> None:
    """Raise DoesNotApply if a rule that is to be waived applies to no case of the engagement, and it has cases."""
    verdicts = [
        verdict
        for verdict in _verdicts(session, ledger, command.engagement)
        if verdict.rule.id == command.rule and command.case in (None, verdict.case.key, verdict.case.moment)
    ]
    if verdicts and all(verdict.status == "does not apply" for verdict in verdicts):
        raise DoesNotApply(command.rule, command.engagement, command.case)


def say_unmet(session: Session, ledger: "Ledger", command: "EngagementCommand", receipt: "Receipt") -> None:
    """Print a note for each duty that is not met in a case that a command just made; nothing is refused for it."""
    engagement, made = command.engagement, range(receipt.first, receipt.first + receipt.count)
    unmet = [
        verdict
        for verdict in _verdicts(session, ledger, engagement)
        if verdict.case.entry in made and verdict.status == "not met"
    ]
    for verdict in unmet[:MOST]:
        case = f" {shlex.quote(verdict.case.key)}" if verdict.case.key else ""
        explain = f"ledger compliance explain {shlex.quote(engagement)} {shlex.quote(verdict.rule.id)}{case}"
        print_message("note", f"{verdict.version.symbol}, rule {verdict.rule.id}: not met, {verdict.said} ({explain}).")
    if len(unmet) > MOST:
        print_message("note", f"{len(unmet) - MOST} more rules are not met: ledger compliance {engagement}.")


def _verdicts(session: Session, ledger: "Ledger", engagement: str) -> list["Verdict"]:
    """Return the verdicts on an engagement as of today; none without guidelines, for which nothing is read."""
    if next(iter(ledger.store.streams("guidelines")), None) is None:
        return []
    from ledger.application.opened_log import OpenedLog
    from projections.compliance.verdicts import Court
    from projections.compliance.versions import Versions
    from projections.queries.asserted import BitemporalPoint
    from projections.queries.bitemporal import Queries

    size = ledger.store.head().size
    with following(OpenedLog.of(ledger), size) as db:
        queries = Queries(db, BitemporalPoint(session.today, size))
        return list(Court(queries, Versions.recorded(queries)).verdicts([engagement]))
