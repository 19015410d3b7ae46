"""`ledger verify-report DIR`: recomputes a report from the entries in its folder, without opening a ledger."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options.documents import loading
from cli.options.trust import cosigned, read_policy
from cli.output.findings import counted, findings_plain, show_findings
from cli.output.progress import bar
from cli.session import Session, pass_session
from cli.terminal import say, say_line
from ledger.domain.errors import listed
from ledger.importing.errors import CannotRead
from ledger.tlog.encoding import encoded

if TYPE_CHECKING:
    from projections.proof.verify_report import ReportResult


@click.command("verify-report")
@click.argument("folder", metavar="DIR")
@click.option("--policy", metavar="FILE", required=True, help="The keys you trust, of the log and of witnesses.")
@click.option("--house", metavar="DIR", help="The form of the house, if it has documents made with one.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="How the result is shown.")
@pass_session
def verify_report(session: Session, folder: str, policy: str, house: str | None, form: str | None) -> int:
    """Check a report with its proof: verify the log in its folder, and compute every figure again from its entries.

    Documents in the folder are made again, too, and compared. The programs verify_ledger.py and verify_documents.py do
    the same with nothing but Python, for those who do not have this software or do not trust it; docs/auditor.md says
    where to get them. The exit code is 1 if anything is wrong.

    \b
    Example:
      ledger verify-report council-2026 --policy policy.txt
    """
    from projections.proof.verify_report import verify_report

    trusted, root = read_policy(policy), Path(folder)
    if not root.is_dir():
        is_file = "it is not a folder; 'ledger report verify' compares a single file with the ledger"
        raise CannotRead(folder, is_file if root.exists() else "there is no such folder")
    shown = bar("hashing", 100)
    try:
        result = loading(lambda: verify_report(root, trusted, shown, Path(house) if house else None))
    except OSError as error:
        raise CannotRead(folder, error.strerror or str(error)) from error
    finally:
        shown.end()
    if (form or session.format) == "json":
        say(json.dumps(_document(folder, result), ensure_ascii=False, indent=2))
    else:
        _show(result)
    return 1 if result.findings else 0


def _show(result: "ReportResult") -> None:
    log = result.log
    show_findings(result.findings)
    root = encoded(log.root)
    if result.findings:
        say_line(f"{counted(result.findings)}; the log has {log.size} entries, their root is {root}")
        return
    origin = log.stated.origin if log.stated else ""
    say_line(
        f"verified the report '{result.report}' and the log of {origin}: {log.size} entries, root {root}, no findings"
    )
    if log.trusted is not None:
        signers = listed([key.id.hex() for key in log.trusted.signers], "and")
        say_line(f"signed by {signers}, {cosigned(log.trusted)}")


def _document(folder: str, result: "ReportResult") -> dict[str, Any]:
    log = result.log
    return {
        "folder": folder,
        "report": result.report,
        "origin": log.stated.origin if log.stated else None,
        "size": log.size,
        "root": encoded(log.root),
        "cosigned_by": None if log.trusted is None else [cosignature.key.name for cosignature in log.trusted.cosigned],
        "quorum": None if log.trusted is None else log.trusted.quorum,
        "findings": findings_plain(result.findings),
    }
