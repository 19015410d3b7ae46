"""`ledger verify-proof`: checks proofs with a policy alone, without opening a ledger."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options.trust import read_policy
from cli.output.files import bytes_of
from cli.session import Session, pass_session
from cli.terminal import say, say_line
from ledger.domain.errors import listed
from ledger.tlog.encoding import encoded

if TYPE_CHECKING:
    from ledger.tlog.cosignature import Cosignature
    from ledger.tlog.policy import Policy
    from ledger.verify.proof_files import Proved

MAX_ENTRY = 65_535
"""Bytes that an entry has at most (ledger.format.canonical)."""


@click.command("verify-proof")
@click.argument("files", metavar="PROOF...", nargs=-1, required=True)
@click.option("--policy", metavar="FILE", required=True, help="The keys you trust, of the log and of witnesses.")
@click.option("--entry", metavar="FILE", help="The bytes of the entry; by default the .json file next to the proof.")
@click.option("--old", metavar="FILE", help="The earlier checkpoint that you hold, for a proof of growth.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="How the result is shown.")
@pass_session
def verify_proof(
    session: Session, files: tuple[str, ...], policy: str, entry: str | None, old: str | None, form: str | None
) -> int:
    """Check proofs that 'ledger prove' or other software wrote, with nothing but the keys of your policy.

    The exit code is 1 if one of them is not valid.

    \b
    Examples:
      ledger verify-proof 17.tlog-proof --policy policy.txt
      ledger verify-proof 700-731.consistency --old 2026-10.checkpoint --policy policy.txt
    """
    if entry is not None and len(files) > 1:
        raise click.UsageError("--entry is for one proof.")
    trusted = read_policy(policy)
    checked = [(file, _checked(file, entry, old, trusted)) for file in files]
    if (form or session.format) == "json":
        document = {"proofs": [_document(file, proved) for file, proved in checked]}
        say(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for file, proved in checked:
            _print_result(file, proved)
    return 1 if any(proved.wrong for _, proved in checked) else 0


def _checked(file: str, entry: str | None, old: str | None, policy: "Policy") -> "Proved":
    from ledger.tlog.note import MAX_BYTES as MAX_NOTE_BYTES
    from ledger.tlog.proof_file import MAX_BYTES
    from ledger.verify.proof_files import check_entry, check_growth, is_growth

    data = bytes_of(file, MAX_BYTES)
    if is_growth(data):
        if old is None:
            raise click.UsageError(f"{file} proves growth: name the checkpoint that you hold with --old.")
        return check_growth(data, bytes_of(old, MAX_NOTE_BYTES), policy)
    return check_entry(data, bytes_of(entry or str(Path(file).with_suffix(".json")), MAX_ENTRY), policy)


def _print_result(file: str, proved: "Proved") -> None:
    for finding in proved.wrong:
        say_line(_printable(f"finding: {finding.code}: {file}: {finding.what}"))
    if proved.trusted is None:
        return
    stated = proved.trusted.checkpoint
    log = f"the log {stated.origin} of {stated.size} entries"
    is_proved = not {finding.code for finding in proved.wrong} - {"no-quorum"}
    if is_proved and proved.position is not None:
        kind = "the entry {}, recorded {},".format(*proved.recorded) if proved.recorded else "the entry"
        say_line(_printable(f"{file}: {kind} is at position {proved.position} of {log}"))
    elif is_proved:
        say_line(_printable(f"{file}: {log} extends what it was with {proved.old} entries"))
    signers = listed([key.id.hex() for key in proved.trusted.signers], "and")
    witnesses = (
        listed([f"{cosignature.key.name} at {_when(cosignature)}" for cosignature in proved.cosigned], "and")
        or "no known witness"
    )
    reached = "quorum reached" if proved.trusted.is_enough else "quorum NOT reached"
    if proved.trusted.asks_nobody:
        reached = "the policy asks for no witness"
    say_line(_printable(f"  its checkpoint is signed by {signers}, cosigned by {witnesses}: {reached}"))


def _printable(text: str) -> str:
    return text if text.isprintable() else "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _when(cosignature: "Cosignature") -> str:
    seconds = cosignature.time
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M UTC") if seconds < 1 << 36 else f"{seconds} s"


def _document(file: str, proved: "Proved") -> dict[str, Any]:
    trusted = proved.trusted
    kind, moment = proved.recorded or (None, None)
    members: dict[str, Any] = {"file": file, "proves": "growth" if proved.old is not None else "entry"}
    if trusted is not None:
        stated = trusted.checkpoint
        members |= {"origin": stated.origin, "size": stated.size, "root": encoded(stated.root)}
        members |= {"signed_by": [key.id.hex() for key in trusted.signers]}
        members |= {
            "cosigned_by": [
                {"name": cosignature.key.name, "time": cosignature.time} for cosignature in trusted.cosigned
            ]
        }
        members |= {"quorum": trusted.quorum}
    members |= {"position": proved.position, "type": kind, "recorded_at": moment, "old": proved.old}
    return members | {"findings": [{**finding._asdict(), "meaning": finding.meaning} for finding in proved.wrong]}
