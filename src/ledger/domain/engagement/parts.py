"""Conflicts of interest, outcomes, reviews, actions, requests for information and documents of an engagement.

Events create and change them; the state of the engagement holds them.
"""

import msgspec

from ledger.domain.errors import listed
from ledger.domain.kernel import Dated


class ConflictOfInterest(msgspec.Struct):
    """A declared conflict of interest; `outcome` is empty until it is assessed."""

    between: tuple[str, ...]
    nature: str
    declared_on: str
    outcome: str = ""
    measures: str = ""

    def __str__(self) -> str:
        text = f"between {listed(self.between, 'and')}: {self.nature}; {self.outcome or 'not assessed'}"
        return f"{text}, {self.measures}" if self.measures else text


class Outcome(msgspec.Struct):
    """The latest plan of an outcome and its latest result, each with the event that states it; or None."""

    planned: Dated | None = None
    reached: Dated | None = None


class Review(msgspec.Struct):
    """A review: due date and subject; once held, also date and findings."""

    due_on: str = ""
    subject: str = ""
    held_on: str = ""
    findings: str = ""

    def __str__(self) -> str:
        text = f"held on {self.held_on}: {self.findings}" if self.held_on else f"due on {self.due_on}"
        return f"{self.subject}, {text}" if self.subject else text


class Action(msgspec.Struct):
    """An action that a review requested; `how` says how it was closed, and is empty until then."""

    what: str
    due_on: str | None
    asked_on: str
    review: str
    how: str = ""

    def __str__(self) -> str:
        due = f", due on {self.due_on}" if self.due_on else ""
        return f"{self.what}{due}; closed: {self.how}" if self.how else f"{self.what}{due}"


class InformationRequest(msgspec.Struct):
    """A request for information; `provided_on` is empty until it was provided, and then `document` says where."""

    by: str
    what: str
    due_on: str
    requested_on: str
    provided_on: str = ""
    document: str = ""

    def __str__(self) -> str:
        text = f"{self.what} ({self.by}), due on {self.due_on}"
        document = f", {self.document}" if self.document else ""
        return f"{text}; provided on {self.provided_on}{document}" if self.provided_on else text


class Content(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """The content of a file: SHA-256 (hexadecimal), size in bytes, and media type (RFC 6838)."""

    sha256: str
    size: int
    media_type: str


class AttachedDocument(msgspec.Struct):
    """A document attached to an engagement."""

    title: str
    content: Content

    def __str__(self) -> str:
        return f"{self.title} ({self.content.size} bytes, SHA-256 {self.content.sha256[:16]}…)"
