"""`ledger report NAME --proof DIR`: writes a folder with which anyone can check a report without this software."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from cli.messages import print_message
from cli.options.as_of import View, viewing
from cli.options.documents import DocumentRequest, loading
from cli.options.report import build, dated
from cli.options.trust import read_policy, trusted_by
from cli.output.files import write_whole
from cli.output.folders import give_name, place_for
from cli.output.progress import bar
from cli.session import Session
from cli.terminal import say_line
from ledger.domain.errors import INTEGRITY, LedgerError
from projections.reports.registry import ReportRequest

if TYPE_CHECKING:
    from ledger.transparency.checkpoints import StoredCheckpoint
    from projections.proof.bundle import Witnessed
    from projections.reports.model import Report


class NotAdopted(LedgerError):
    """The log has not adopted the definitions of the report to be proved."""

    code = "definitions-not-adopted"

    def __init__(self, report: str, size: int, *, others: bool) -> None:
        """Say that the checkpoint of `size` entries has none of `report`, or others than this version has."""
        which = "other definitions of" if others else "no definitions of"
        super().__init__(
            f"The checkpoint of {size} entries has {which} '{report}': nobody could check its figures with them.",
            f"Run 'ledger definitions adopt {report}', then 'ledger checkpoint'.",
        )


class BeyondCheckpoint(LedgerError):
    """A proof is asked for at a position that no checkpoint covers yet."""

    code = "beyond-checkpoint"

    def __init__(self, position: int, size: int) -> None:
        """Say that the newest checkpoint has `size` entries, fewer than `position`."""
        super().__init__(
            f"The newest checkpoint has {size} entries: what is known at position {position} cannot be proved yet.",
            "'ledger checkpoint' signs a newer one.",
        )


CHECKED_ENTRIES = 200_000
"""Up to this size of the log, a folder is checked by verify_ledger.py before it gets its name (about a minute)."""


class NotProved(LedgerError):
    """The folder of a report does not pass the programs that its readers run, so it gets no name."""

    code = "not-proved"
    exit = INTEGRITY

    def __init__(self, program: str, report: str, finding: dict[str, str]) -> None:
        """Name the first finding of a program on the report."""
        super().__init__(
            f"{program} does not confirm the report '{report}': {finding['code']}: {finding['place']}: "
            f"{finding['what']}; nothing was written.",
            "Run 'ledger verify': the log or its projections are damaged, or the software is wrong.",
        )


class ProofRequest(NamedTuple):
    """The output folder, the policy that decides whether enough witnesses cosigned, and whether too few will do.

    With a `form`, documents of that form are written too, as `document` asks for.
    """

    folder: str
    policy: str | None
    without_quorum: bool
    form: str | None = None
    document: DocumentRequest = DocumentRequest()


def prove(
    session: Session, name: str, request: ReportRequest, given: ProofRequest, on: str | None, known_at: str | None
) -> None:
    """Write a report with its proof to a folder, atomically. Raises the errors of the report and of publishing."""
    from ledger.transparency.publish import checkpoint_to_publish, publish
    from ledger.verify.bundle import PROGRAM_DIGEST
    from projections.proof.bundle import Prefix, files
    from projections.proof.shipped_definitions import digest_file
    from projections.proof.verdicts import verdict_files

    target = Path(given.folder)
    with viewing(session, on, known_at, None) as opened:
        stored = checkpoint_to_publish(opened.ledger)
        view = dated(_prefix(opened, stored, known_at), on, request)
        _check_adopted(view, stored, name)
        witnessed = _witnessed(view, stored, given)
        with view.queries() as queries:
            report = build(view, queries, name, request)
            verdicts = verdict_files(queries, report)
            body = queries.body() or ""
            tabled = report.for_documents() if given.form else report
        proved = files(report, Prefix(view.ledger.origin, witnessed))
        documents = _documents(tabled, proved, given, body)
        with ExitStack() as stack:
            unfinished = place_for(target, stack)
            shown = bar("publishing", stored.checkpoint.size)
            also = {PROGRAM_DIGEST: digest_file()}
            publish(view.ledger, unfinished, stored.checkpoint.size, also=also, progress=shown)
            shown.end()
            for file, data in {**proved, **verdicts, **documents}.items():
                (unfinished / file).parent.mkdir(exist_ok=True)
                write_whole(unfinished / file, data)
            is_checked = _check(unfinished, view, name)
            if documents:
                _check_documents(unfinished, name)
            with session.outcome.making(f"the folder {target}", lambda: not unfinished.exists()):
                give_name(unfinished, target)
        _print_result(target, report, stored, head=view.ledger.store.head().size, witnessed=witnessed)
        if documents:
            say_line(f"its documents: python3 -I verify_documents.py {target} --policy FILE (docs/auditor.md)")
        if report.guidelines:
            symbols = ", ".join(report.guidelines)
            print_message("note", f"its figure of what is material is as assessed, not by {symbols}.")
        if verdicts:
            say_line(f"its verdicts: python3 -I verify_guidelines.py {target} --policy FILE (docs/guidelines.md)")
        if not is_checked:
            print_message(
                "note",
                f"the log has more than {CHECKED_ENTRIES:,} entries: verify_ledger.py was not run on the folder; "
                "run it before you hand the folder out.",
            )


def _documents(report: "Report", proved: dict[str, bytes], given: ProofRequest, body: str) -> dict[str, bytes]:
    """Return the files of the documents; none if none were asked for. Raises the errors of documents."""
    if given.form is None:
        return {}
    form, document = given.form, given.document

    def make() -> dict[str, bytes]:
        from projections.papers.house import read_house
        from projections.proof.documents import DocumentPlan, document_files

        house = read_house(document.folder)
        language = document.language or house.document.language
        return document_files(report, DocumentPlan(house, language, document.occasion(body), form), proved)

    made: dict[str, bytes] = loading(make)
    return made


def _check_documents(folder: Path, name: str) -> None:
    """Check the documents of a folder before it gets its name, with the program that its readers run.

    Raises NotProved.
    """
    from projections.proof.joined_program import PROGRAM
    from projections.proof.verify_documents import Documents

    documents = Documents(folder)
    documents.check()
    if documents.findings:
        raise NotProved(PROGRAM, name, documents.findings[0]._asdict())


def _check(folder: Path, view: View, name: str) -> bool:
    """Check a folder before it gets its name, with the programs that its readers run. Raises NotProved.

    Return whether that was done: a long log is not checked.
    """
    from ledger.transparency.checkpoints import keys_of
    from projections.proof import verify_guidelines
    from projections.proof.shipped_definitions import PROGRAM
    from projections.proof.verdicts import PROGRAM as GUIDELINES
    from projections.proof.verdicts import VERDICTS
    from projections.proof.verify_ledger import Findings, Folder, check_report, read_log

    if view.ledger.store.head().size > CHECKED_ENTRIES:
        return False
    findings = Findings()
    opened = Folder(folder, findings)
    policy = "".join(f"log {key}\n" for key in keys_of(view.ledger)) + "quorum none\n"
    log = read_log(opened, policy.encode(), findings)
    check_report(opened, log, findings)
    if findings:
        raise NotProved(PROGRAM, name, findings[0])
    if (folder / VERDICTS).exists():
        verify_guidelines.compare(log, json.loads((folder / VERDICTS).read_bytes()), findings)
    if findings:
        raise NotProved(GUIDELINES, name, findings[0])
    return True


def _prefix(view: View, stored: "StoredCheckpoint", known_at: str | None) -> View:
    if known_at is None:
        return replace(view, known_at=stored.checkpoint.size)
    if view.known_at > stored.checkpoint.size:
        raise BeyondCheckpoint(view.known_at, stored.checkpoint.size)
    return view


def _check_adopted(view: View, stored: "StoredCheckpoint", name: str) -> None:
    from ledger.transparency.adopted_definitions import adopted
    from projections.proof.shipped_definitions import digest

    digest_in_log = adopted(view.ledger, name, stored.checkpoint.size)
    if digest_in_log != digest(name):
        raise NotAdopted(name, stored.checkpoint.size, others=digest_in_log is not None)


def _witnessed(view: View, stored: "StoredCheckpoint", given: ProofRequest) -> "Witnessed":
    if given.policy is None:
        return "not asked"
    trusted = trusted_by(view.ledger, stored, read_policy(given.policy), without_quorum=given.without_quorum)
    if trusted.asks_nobody:
        return "not asked"
    return "enough" if trusted.is_enough else "too few"


def _print_result(target: Path, report: "Report", stored: "StoredCheckpoint", *, head: int, witnessed: str) -> None:
    as_of, size = report.as_of, stored.checkpoint.size
    say_line(
        f"wrote {target}: the report '{report.name}' as of {as_of.on}, as known at position {as_of.known_at}, with the "
        f"log of {size} entries behind it"
    )
    say_line(f"check it: ledger verify-report {target} --policy FILE")
    say_line(f"or, without this software: python3 -I verify_ledger.py {target} --policy FILE (docs/auditor.md)")
    if head > size:
        print_message(
            "note", f"entries recorded since that checkpoint: {head - size}; 'ledger checkpoint' signs a newer one."
        )
    if witnessed == "too few":
        print_message(
            "warning", "no-quorum: fewer witnesses cosigned the log than the policy asks for; the report says so."
        )
        print_message(
            "hint", "'ledger checkpoint request' asks a witness; prove the report again once it has answered."
        )
