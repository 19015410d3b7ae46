"""`ledger verify`: runs the verification procedure on a ledger or a published folder and prints its findings."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.messages import print_message
from cli.options.trust import cosigned, given_checkpoint, read_policy
from cli.output.findings import counted, entries, findings_plain, late_plain, show_findings, show_late
from cli.output.progress import bar
from cli.session import Session, pass_session
from cli.terminal import say, say_line
from ledger.domain.errors import LedgerError, listed
from ledger.importing.errors import CannotRead
from ledger.tlog.encoding import encoded

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger
    from ledger.stores.log_store import LogStore
    from ledger.tlog.policy import Policy
    from ledger.verify.backdating import BackdatingReport
    from ledger.verify.bundle import BundleResult
    from ledger.verify.checkpoints import UnverifiedCheckpoint
    from ledger.verify.findings import Finding
    from ledger.verify.procedure import Result


@click.command()
@click.option("--policy", metavar="FILE", help="The keys you trust, of the log and of witnesses, and the quorum.")
@click.option("--checkpoint", "checkpoints", metavar="FILE", multiple=True, help="A checkpoint that you hold.")
@click.option(
    "--mail-days",
    type=click.IntRange(0, 3660),
    default=7,
    show_default=True,
    help="How many days a checkpoint may take to reach a witness.",
)
@click.option(
    "--back-dated",
    metavar="DAYS",
    type=click.IntRange(0, 99999),
    help="List entries recorded more than DAYS days after their effective date; they are not findings.",
)
@click.option("--bundle", metavar="DIR", help="Check a published folder instead; no ledger is needed.")
@click.option("--log-only", is_flag=True, help="Do not check the projections (step 16).")
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="How the findings are shown.")
@pass_session
def verify(
    session: Session,
    policy: str | None,
    checkpoints: tuple[str, ...],
    mail_days: int,
    back_dated: int | None,
    bundle: str | None,
    log_only: bool,
    form: str | None,
) -> int:
    """Check the whole log, and that the projections match it.

    Every entry is hashed again from its bytes and the tree is rebuilt; docs/verification.md has the steps. All findings
    are listed; the exit code is 1 if there are any. A log that was rewritten by someone who can sign is only detected
    with checkpoints that you hold and a policy of your own (docs/auditor.md).

    \b
    Examples:
      ledger verify
      ledger verify --policy policy.txt --checkpoint 2026-10.checkpoint --checkpoint 2026-11.checkpoint
      ledger verify --bundle /srv/www/ledger --policy policy.txt
    """
    from ledger.replay.procedure import replay_log
    from ledger.stores.errors import EmptyLog
    from ledger.verify.backdating import BackdatingReport
    from ledger.verify.procedure import verify_log

    trusted = None if policy is None else read_policy(policy)
    given = [given_checkpoint(path) for path in checkpoints]
    backdating = BackdatingReport() if back_dated is None else BackdatingReport(back_dated, listed=True)
    if bundle is not None:
        return _verify_folder(bundle, given, trusted, mail_days, backdating, form or session.format)
    with session.ledger(reads=True, audits=True) as ledger:
        guarded = _guard_findings(ledger)
        with ledger.store.reading():
            size = _stated_size(ledger.store)
            shown = bar("hashing", size)
            result = verify_log(ledger.store, shown, given, trusted, mail_days, backdating)
            shown.end()
            shown = bar("replaying", size)
            findings = [*result.findings, *replay_log(ledger, shown), *guarded]
            shown.end()
        if not findings and not result.size:
            raise EmptyLog
        checked = "the log"
        if not log_only and not findings:
            from projections.runner.verify import compare

            shown = bar("rebuilding", size)
            findings += compare(ledger, shown)
            shown.end()
            checked = "the log and its projections"
        if not findings:
            from projections.runner.verified import remember

            remember(ledger, result.size, result.root, session.today)
    shape = form or session.format
    _show(result, findings, checked, shape, trusted)
    if given and trusted is None:
        print_message(
            "note", "without --policy, checkpoints are checked with the keys in the log itself: give your own keys."
        )
    if shape != "json":
        show_late(result.backdating)
    return 1 if findings else 0


def _guard_findings(ledger: "Ledger") -> list["Finding"]:
    from ledger.verify.findings import Finding

    # Step 20 runs before the snapshot that the other steps read: other processes may record and advance the guard.
    try:
        ledger.check_guard()
    except LedgerError as error:
        return [Finding.of("not-extending-guard", None, error.sentence)]
    return []


def _stated_size(store: "LogStore") -> int:
    # Only the progress bar needs this: the procedure reports an unreadable head.
    try:
        return store.head().size
    except store.unreadable:
        return 0


def _show(result: "Result", findings: list["Finding"], checked: str, form: str, policy: "Policy | None") -> None:
    root, size = encoded(result.root), result.size
    if form == "json":
        document = {"size": size, "root": root, "checked": checked, "findings": findings_plain(findings)}
        document["back_dated"] = late_plain(result.backdating)
        document["trust"] = None if policy is None else _trust_plain(result)
        say(json.dumps(document, ensure_ascii=False, indent=2))
        return
    show_findings(findings)
    if findings:
        say_line(f"{counted(findings)} in {entries(size)}; the root computed from the entries is {root}")
    else:
        say_line(f"verified {checked}: {entries(size)}, root {root}, no findings")
    if policy is not None:
        say_line(_trust(result))


def _trust(result: "Result") -> str:
    """Return a sentence: how far checkpoints that the policy accepts vouch for the entries."""
    if result.reach is None:
        return f"trust: the policy accepts no checkpoint; nobody vouches for any of {entries(result.size)}"
    size = result.reach.checkpoint.size
    return (
        f"trust: the newest checkpoint that the policy accepts has {entries(size)}, {cosigned(result.reach)}; "
        f"{result.size - size} of {result.size} lie beyond it"
    )


def _trust_plain(result: "Result") -> dict[str, Any]:
    if result.reach is None:
        return {"size": 0, "root": None, "cosigned_by": [], "quorum": None, "beyond": result.size}
    stated = result.reach.checkpoint
    return {
        "size": stated.size,
        "root": encoded(stated.root),
        "cosigned_by": [cosignature.key.name for cosignature in result.reach.cosigned],
        "quorum": result.reach.quorum,
        "beyond": result.size - stated.size,
    }


def _verify_folder(
    folder: str,
    given: "list[UnverifiedCheckpoint]",
    policy: "Policy | None",
    mail_days: int,
    backdating: "BackdatingReport",
    form: str,
) -> int:
    """Verify a published folder, print the findings, and return the exit code. Raises CannotRead."""
    from ledger.replay.procedure import replay_entries
    from ledger.verify.bundle import entries_in, verify_bundle

    root = Path(folder)
    if not root.is_dir():
        raise CannotRead(folder, "it is not a folder" if root.exists() else "there is no such folder")
    try:
        shown = bar("hashing", 100)
        result = verify_bundle(root, given, policy, mail_days, backdating, shown)
        shown.end()
        shown = bar("replaying", result.size)
        findings = [*result.findings, *replay_entries(entries_in(root, result.size), shown)]
        shown.end()
    except OSError as error:
        raise CannotRead(folder, error.strerror or str(error)) from error
    if form == "json":
        say(json.dumps(_bundle_plain(folder, result, findings, policy), ensure_ascii=False, indent=2))
    else:
        _show_bundle(result, findings)
        show_late(result.backdating)
    if policy is None:
        text = "signature not checked: no policy given. A folder that is consistent may still be somebody else's;"
        print_message("note", f"{text} give keys that you obtained elsewhere with --policy.")
    return 1 if findings else 0


def _show_bundle(result: "BundleResult", findings: "list[Finding]") -> None:
    show_findings(findings)
    root = encoded(result.root)
    if findings:
        say_line(f"{counted(findings)} in {entries(result.size)}; the root computed from the entries is {root}")
        return
    origin = result.stated.origin if result.stated else ""
    say_line(f"verified the published folder of {origin}: {entries(result.size)}, root {root}, no findings")
    if result.trusted is not None:
        signers = listed([key.id.hex() for key in result.trusted.signers], "and")
        say_line(f"signed by {signers}, {cosigned(result.trusted)}")


def _bundle_plain(
    folder: str, result: "BundleResult", findings: "list[Finding]", policy: "Policy | None"
) -> dict[str, Any]:
    stated, trusted = result.stated, result.trusted
    return {
        "bundle": folder,
        "origin": stated.origin if stated else None,
        "size": result.size,
        "root": encoded(result.root),
        "checked": "the published folder",
        "signed": None if policy is None else trusted is not None,
        "cosigned_by": None if trusted is None else [cosignature.key.name for cosignature in trusted.cosigned],
        "quorum": None if trusted is None else trusted.quorum,
        "findings": findings_plain(findings),
        "back_dated": late_plain(result.backdating),
    }
