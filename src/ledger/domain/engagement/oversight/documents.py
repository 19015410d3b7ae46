"""Documents attached to an engagement. The log has digest and size; the content is stored under its SHA-256."""

import re
from collections.abc import Iterator
from typing import Annotated

import msgspec

from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.parts import AttachedDocument, Content
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.fields import Text, about, checked_reference, next_number
from ledger.domain.kernel import DecisionContext, Event, Fact

_DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)


class BadDigest(LedgerError):
    """The content of a file is given as something other than a SHA-256 with a size."""

    code = "bad-digest"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text`."""
        super().__init__(
            f"'{text}' is not a SHA-256 with a size.", "Give the file: 'ledger document attach' digests it."
        )


class NotKept(LedgerError):
    """The ledger stores no file with the digest and size of the document."""

    code = "not-kept"

    def __init__(self, sha256: str) -> None:
        """Refuse to attach the content with this digest."""
        super().__init__(
            f"No file of this size with SHA-256 {sha256} is kept with this ledger.",
            "'ledger document attach ENGAGEMENT FILE' keeps the file and attaches it.",
        )


class DuplicateDocument(LedgerError):
    """The engagement has a document with this key already."""

    code = "duplicate-document"

    def __init__(self, key: str) -> None:
        """Refuse the key."""
        super().__init__(f"There is a document {key} already.", "Give another --document, or none to have one made.")


class DocumentAttached(Event, tag="document.attached", frozen=True):
    """A document was attached to the engagement; its content is stored under its SHA-256."""

    document: str
    title: str
    content: Content

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement exists, that the key is free, and that digest and size are well-formed.

        Raises ForbiddenTransition, DuplicateDocument, BadDigest.
        """
        state.check_exists(fact)
        if self.document in state.documents:
            raise DuplicateDocument(self.document)
        if not _DIGEST.fullmatch(self.content.sha256) or self.content.size < 0:
            raise BadDigest(self.content.sha256)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Add the document."""
        state.documents[self.document] = AttachedDocument(self.title, self.content)


class AttachDocument(EngagementCommand, tag="document attach", frozen=True):
    """Attach a file to an engagement: its content is kept with the ledger, and its SHA-256 is recorded."""

    example = "IDS-2026-001 agreement.pdf --title 'Signed agreement'"
    numbered = "document"

    content: Annotated[Content, msgspec.Meta(description="the file", extra={"as": "file", "argument": True})]
    title: Annotated[Text, msgspec.Meta(description="its title")]
    document: Annotated[str, about("its key; the next D number if not given")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the attachment. Raises UnknownEngagement, BadReference, NotKept."""
        context.engagement(self.engagement)
        if not context.has_file(self.content.sha256, self.content.size):
            raise NotKept(self.content.sha256)
        document = checked_reference(self.document or next_number("D", state.documents))
        yield DocumentAttached(document=document, title=self.title, content=self.content)
