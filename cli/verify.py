"""`ledger verify`: the auditor's procedure, with all that it finds."""

import base64
import json
from typing import TYPE_CHECKING

import click

from cli.progress import bar
from cli.session import Session, pass_session

if TYPE_CHECKING:
    from ledger.stores.contract import LogStore
    from ledger.verify.findings import Finding


@click.command()
@click.option("--log-only", is_flag=True, help="Leave out the projections (step 15).")
@click.option("--format", "form", type=click.Choice(["table", "json"]), help="How the findings are shown.")
@pass_session
def verify(session: Session, log_only: bool, form: str | None) -> int:
    """Check the whole log, and that the projections are what it gives.

    Every entry is hashed again from its bytes and the tree is rebuilt; docs/verification.md has the steps. All findings
    are listed; the exit code is 1 if there are any.

    \b
    Example:
      ledger verify
    """
    from ledger.replay import replay_log  # noqa: PLC0415 - help verifies nothing
    from ledger.verify import verify_log  # noqa: PLC0415

    with session.ledger() as ledger:
        with ledger.store.reading():
            size = _stated_size(ledger.store)
            shown = bar("hashing", size)
            result = verify_log(ledger.store, shown)
            shown.end()
            shown = bar("replaying", size)
            findings = [*result.findings, *replay_log(ledger, shown)]
            shown.end()
        checked = "the log"
        if not log_only and not findings:
            from projections.compare import compare  # noqa: PLC0415 - SQLAlchemy is loaded here and no sooner

            shown = bar("rebuilding", size)
            findings += compare(ledger, shown)
            shown.end()
            checked = "the log and its projections"
    _show(result.size, result.root, findings, checked, form or session.format)
    return 1 if findings else 0


def _stated_size(store: "LogStore") -> int:
    # For the bar only: a head that cannot be read is for the procedure to find.
    try:
        return store.head().size
    except store.unreadable:
        return 0


def _show(size: int, root: bytes, findings: list["Finding"], checked: str, form: str) -> None:
    told = base64.b64encode(root).decode()
    if form == "json":
        plain = [{**one._asdict(), "step": one.step, "meaning": one.meaning} for one in findings]
        document = {"size": size, "root": told, "checked": checked, "findings": plain}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for one in findings:
        where = f"position {one.position}: " if one.position is not None else ""
        click.echo(f"finding: {one.code}: {where}{one.what}")
    if findings:
        found = "1 finding" if len(findings) == 1 else f"{len(findings)} findings"
        click.echo(f"{found} in {size} entries; the root computed from the entries is {told}")
    else:
        click.echo(f"verified {checked}: {size} entries, root {told}, no findings")
