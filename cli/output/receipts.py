"""Receipts: the positions recorded, and the size and root of the log that includes them."""

import json
from typing import TYPE_CHECKING, Any

from cli.session import current
from cli.terminal import say
from ledger.tlog.encoding import encoded

if TYPE_CHECKING:
    from ledger.application.receipt import Receipt


def receipt_plain(receipt: "Receipt", *, dry_run: bool = False) -> dict[str, Any]:
    """Return a receipt as plain values, the root in base64 as in a checkpoint."""
    return {
        "positions": list(range(receipt.first, receipt.first + receipt.count)),
        "size": receipt.size,
        "root": encoded(receipt.root),
        "command": receipt.command,
        "reference": receipt.reference,
        "repeated": receipt.repeated,
        "dry_run": dry_run,
    }


def in_words(receipt: "Receipt", *, dry_run: bool = False) -> str:
    """Return a receipt as one line for people."""
    root = encoded(receipt.root)
    return f"{_done(receipt, dry_run=dry_run)}; log size {receipt.size}, root {root}"


def _done(receipt: "Receipt", *, dry_run: bool) -> str:
    if not receipt.count:
        return "nothing to record: it would change nothing"
    verb = "recorded before" if receipt.repeated else "would be recorded" if dry_run else "recorded"
    given = f" as {receipt.reference}" if receipt.is_numbered else ""
    return f"{verb} at {receipt.positions}{given}"


def show_receipt(receipt: "Receipt", form: str, *, dry_run: bool = False) -> None:
    """Print a receipt."""
    if form == "json":
        say(json.dumps(receipt_plain(receipt, dry_run=dry_run), ensure_ascii=False))
    elif form == "csv":
        import csv
        import io

        text = io.StringIO()
        fields = receipt_plain(receipt, dry_run=dry_run) | {"positions": receipt.positions}
        writer = csv.DictWriter(text, fields)
        writer.writeheader()
        writer.writerow(fields)
        say(text.getvalue(), nl=False)
    elif current().listing:
        root = encoded(receipt.root)
        say(f"{_done(receipt, dry_run=dry_run)}\nlog size: {receipt.size}\nroot: {root}")
    else:
        say(in_words(receipt, dry_run=dry_run))
