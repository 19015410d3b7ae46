"""Step 15: the content of every document that counts is stored, and matches its SHA-256."""

from collections.abc import Callable

from ledger.domain.engagement.parts import Content
from ledger.files.attachments import Attachments

Report = Callable[[str, int | None, str], None]


def check_attached(attached: list[tuple[int, Content, bool]], stored: Attachments | None, report: Report) -> None:
    """Report missing or altered files; `attached` are position, content, and whether the entry counts.

    The content of a voided document may be missing: that is how a file attached by mistake is removed.
    """
    faults: dict[Content, str | None] = {}
    """The fault of each file, which is read once however often it is attached."""
    for position, content, counts in attached:
        if content not in faults:
            faults[content] = "missing" if stored is None else stored.fault(content)
        fault = faults[content]
        if fault == "missing" and not counts:
            continue
        if fault:
            code = "attachment-missing" if fault == "missing" else "attachment-differs"
            why = "it is missing" if fault == "missing" else fault
            report(code, position, f"attachments/{content.sha256}: {why}")
