"""`ledger verify --bundle DIR`: the auditor's procedure on a published folder; no ledger is opened."""

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.findings import counted, findings_plain, late_plain, show_findings, show_late
from cli.progress import bar
from cli.telling import tell
from ledger.domain.errors import listed
from ledger.importing.errors import CannotRead

if TYPE_CHECKING:
    from ledger.tlog.policy import Policy
    from ledger.verify.backdated import Lateness
    from ledger.verify.bundle import BundleResult
    from ledger.verify.checkpoints import Held
    from ledger.verify.findings import Finding


def verify_folder(
    folder: str, given: "list[Held]", policy: "Policy | None", mail_days: int, lateness: "Lateness", form: str
) -> int:
    """Check a published folder and show what was found; return the exit code. Raises CannotRead."""
    from ledger.replay.procedure import replay_entries  # noqa: PLC0415 - help verifies nothing
    from ledger.verify.bundle import entries_in, verify_bundle  # noqa: PLC0415

    root = Path(folder)
    if not root.is_dir():
        raise CannotRead(folder, "it is no folder" if root.exists() else "there is none")
    try:
        shown = bar("hashing", 100)
        result = verify_bundle(root, given, policy, mail_days, lateness, shown)
        shown.end()
        shown = bar("replaying", result.size)
        findings = [*result.findings, *replay_entries(entries_in(root, result.size), shown)]
        shown.end()
    except OSError as error:
        raise CannotRead(folder, error.strerror or str(error)) from error
    if form == "json":
        click.echo(json.dumps(_plain(folder, result, findings, policy), ensure_ascii=False, indent=2))
    else:
        _show(result, findings)
        show_late(result.lateness)
    if policy is None:
        told = "signature not checked: no policy given. That a folder agrees with itself does not tell whose it is;"
        tell("note", f"{told} --policy takes keys that you have from elsewhere.")
    return 1 if findings else 0


def _show(result: "BundleResult", findings: "list[Finding]") -> None:
    show_findings(findings)
    root = base64.b64encode(result.root).decode()
    if findings:
        click.echo(f"{counted(findings)} in {result.size} entries; the root computed from the entries is {root}")
        return
    origin = result.stated.origin if result.stated else ""
    click.echo(f"verified the published folder of {origin}: {result.size} entries, root {root}, no findings")
    if result.trusted is not None:
        signers = listed([key.id.hex() for key in result.trusted.signers], "and")
        witnesses = listed([one.key.name for one in result.trusted.cosigned], "and") or "no witness"
        click.echo(f"signed by {signers}, cosigned by {witnesses}, enough for the policy")


def _plain(folder: str, result: "BundleResult", findings: "list[Finding]", policy: "Policy | None") -> dict[str, Any]:
    stated, trusted = result.stated, result.trusted
    return {
        "bundle": folder,
        "origin": stated.origin if stated else None,
        "size": result.size,
        "root": base64.b64encode(result.root).decode(),
        "checked": "the published folder",
        "signed": None if policy is None else trusted is not None,
        "cosigned_by": None if trusted is None else [one.key.name for one in trusted.cosigned],
        "quorum": None if trusted is None else trusted.is_enough,
        "findings": findings_plain(findings),
        "back_dated": late_plain(result.lateness),
    }
