"""`ledger report NAME --publish`: checks a document, writes its files to a folder, and records the disclosure."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from cli.commands.report.document import ReportRun, checked
from cli.nouns.publication import coverage_lines, rehearsed
from cli.nouns.write import request_for, tidied
from cli.options.documents import loading
from cli.output.files import write_whole
from cli.output.folders import give_name, place_for
from cli.output.receipts import show_receipt
from cli.terminal import say_line
from ledger.domain.disclosure.commands import PublishDisclosure
from ledger.domain.disclosure.disclosure import Disclosure
from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.kernel import Fact

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.application.request import Request
    from projections.reports.documents.edition import Edition


class NotReady(LedgerError):
    """A document cannot be published as it is."""

    code = "not-ready"
    exit = USAGE

    def __init__(self, codes: list[str]) -> None:
        """Name what has to be mended first."""
        super().__init__(
            f"The document cannot be published as it is: {', '.join(codes)}; nothing was written or recorded.",
            "Mend what is listed above; 'ledger report NAME --check' lists it again.",
        )


def publish_document(run: ReportRun) -> None:
    """Check a document, write its files to a new folder, and record that it was published.

    Raises NotReady, FolderThere, the errors of the report, and those of recording.
    """
    loading(lambda: _publish(run))


def _publish(run: ReportRun) -> None:
    from projections.reports.documents.edition import edition_of

    session = run.session
    with run.built() as (view, report, house, occasion):
        documents, blocking = checked(run, view, report, house, occasion)
        if blocking:
            raise NotReady(blocking)
        edition = edition_of(report, house, documents)
    target = Path(run.output or edition.stem)
    command = PublishDisclosure(
        document=edition.symbol,
        body=occasion.body,
        title=edition.title,
        cover=report.discloses,
        as_of_on=view.on,
        as_of_position=view.known_at,
        files=edition.digests,
    )
    with session.ledger() as ledger, ExitStack() as stack:
        request = request_for(session, (tidied(command),), effective=occasion.date)
        _show_coverage(ledger, request, edition.symbol, occasion.date)
        unfinished = place_for(target, stack)
        unfinished.mkdir()
        for name, data in edition.files.items():
            write_whole(unfinished / name, data)
        with session.outcome.making(f"the folder {target}", lambda: not unfinished.exists()):
            give_name(unfinished, target)
        _say_files(target, edition)
        receipt = ledger.record(request)
        show_receipt(receipt, session.format)


def _show_coverage(ledger: "Ledger", request: "Request", document: str, day: str) -> None:
    """Show what is about to be covered. Raises the error of the rule that refuses it, before a file is written."""
    events = rehearsed(ledger, request)
    state, _ = ledger.fold(f"disclosure/{document}")
    assert isinstance(state, Disclosure)
    for event in events:
        event.evolve(state, Fact(0, day, event))
    for line in coverage_lines(events, state):
        say_line(line, err=True)


def _say_files(target: Path, edition: "Edition") -> None:
    for name in edition.files:
        say_line(f"wrote {target / name}", err=True)
