"""Report definitions that the log adopted: the SHA-256 of those that prove the figures of a report."""

from collections.abc import Iterator
from typing import Annotated

from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.fields import about
from ledger.domain.kernel import DecisionContext, Event, Fact
from ledger.domain.organisation.settings import LedgerCommand, LedgerSettings


class BadDigest(LedgerError):
    """A digest is not 64 hexadecimal digits."""

    code = "bad-sha256"
    exit = USAGE

    def __init__(self, text: str) -> None:
        """Refuse `text` as a digest."""
        super().__init__(f"'{text}' is not a SHA-256.", "Write it as 64 digits from 0 to 9 and a to f.")


def checked_digest(text: str) -> str:
    """Return `text` if it is a SHA-256 in hexadecimal. Raises BadDigest."""
    if len(text) != 64 or set(text) - set("0123456789abcdef"):
        raise BadDigest(text)
    return text


class DefinitionsAdopted(Event, tag="definitions.adopted", frozen=True):
    """From now on the figures of a report are proved with definitions that have this SHA-256."""

    report: str
    sha256: str

    def validate(self, state: LedgerSettings, fact: Fact) -> None:
        """Check that the digest is well-formed. Raises BadDigest."""
        checked_digest(self.sha256)

    def evolve(self, state: LedgerSettings, fact: Fact) -> None:
        """Set the digest of the report."""
        state.put(f"definitions of {self.report}", self.sha256, fact)


class AdoptDefinitions(LedgerCommand, tag="definitions adopt", frozen=True):
    """Let the figures of a report be proved with these definitions."""

    report: Annotated[str, about("name of the report", argument=True)]
    sha256: Annotated[str, about("SHA-256 of the definitions")]

    def decide(self, state: LedgerSettings, context: DecisionContext) -> Iterator[Event]:
        """Yield the adoption, unless these definitions are in force. Raises BadDigest."""
        checked_digest(self.sha256)
        if state.get(f"definitions of {self.report}") != self.sha256:
            yield DefinitionsAdopted(report=self.report, sha256=self.sha256)
