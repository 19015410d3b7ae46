"""The statuses of engagements, which queries read without the events that lead to them."""

PLANNED = ("proposed", "under review", "approved")
"""States before signature, in which an engagement may still come about."""
IN_FORCE = ("signed", "active")
"""States in which an engagement is carried out; after its end it is expired."""
EXPIRED = "expired"
"""Status of an engagement in force after its end; derived, never recorded."""
LIVE = (*PLANNED, *IN_FORCE, "suspended")
"""States before the engagement is completed, terminated, or came to nothing."""
UNTIL_OVER = ("", *LIVE)
"""The same, and days before the first step: an engagement may enter the ledger as signed, and was planned before."""
ABANDONED = ("rejected", "cancelled")
"""States of an engagement that never came about."""
OVER = ("completed", "terminated", "closed", EXPIRED)
"""States after which no more work is done."""
RUNNING = (*IN_FORCE, "suspended", "completed", "terminated")
"""States in which money still moves: contributions come and go, orders are cancelled, payments come back."""
SINCE_SIGNED = (*RUNNING, "closed")
"""States from signature on."""
DISCLOSABLE = (*SINCE_SIGNED, EXPIRED)
"""States in which an engagement is to be disclosed."""


def status_on(status: str, ends_on: str | None, day: str) -> str:
    """Return the status as reported on a day: an engagement in force is expired after its end."""
    return EXPIRED if status in IN_FORCE and ends_on and ends_on < day else status
