"""Step 15: the content of every document that counts is kept, and what is kept is what its SHA-256 says."""

from collections.abc import Callable

from ledger.domain.engagement.parts import Content
from ledger.files.attachments import Attachments

Report = Callable[[str, int | None, str], None]


def check_attached(attached: list[tuple[int, Content, bool]], kept: Attachments | None, report: Report) -> None:
    """Note what is missing or altered; `attached` are position, content, and whether the entry counts.

    The content of a document whose entry was voided may be gone: that is how something attached by mistake is removed.
    """
    faults: dict[Content, str | None] = {}
    """One file may be attached many times: it is read once."""
    for position, content, counts in attached:
        if content not in faults:
            faults[content] = "missing" if kept is None else kept.fault(content)
        fault = faults[content]
        if fault == "missing" and not counts:
            continue
        if fault:
            code = "attachment-missing" if fault == "missing" else "attachment-differs"
            told = "is not there" if fault == "missing" else fault
            report(code, position, f"attachments/{content.sha256}: {told}")
