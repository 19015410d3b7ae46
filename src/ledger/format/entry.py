"""An entry: an event in its envelope, and its canonical bytes, which are the leaf of the log (docs/format.md)."""

from datetime import UTC, datetime

import msgspec

from ledger.characters.hidden import hidden_fault
from ledger.domain.errors import INTEGRITY, USAGE, LedgerError
from ledger.domain.kernel import Fact
from ledger.domain.registry import AnyEvent
from ledger.format import canonical

VERSION = 1
"""The version of the envelope, its member `v`."""
MAX_BYTES = 65_535


class BadText(LedgerError):
    """A text has characters that entries cannot have: controls, bidirectional overrides, lone surrogates."""

    code = "bad-text"
    exit = USAGE

    def __init__(self, what: str) -> None:
        """Refuse the text in which `what` was found."""
        super().__init__(
            f"A text cannot be recorded: {what}.", "Take the character out; a line feed is for long texts only."
        )


class EmptyText(LedgerError):
    """A text is empty."""

    code = "empty-text"
    exit = USAGE

    def __init__(self, name: str) -> None:
        """Refuse the empty text given as `name`."""
        super().__init__(f"{name[:1].upper()}{name[1:]} is empty.", "Give a text, or leave it out if it is optional.")


class EntryTooLarge(LedgerError):
    """An entry would be larger than the limit."""

    code = "entry-too-large"

    def __init__(self, size: int) -> None:
        """Refuse an entry of `size` bytes."""
        super().__init__(
            f"The entry would take {size} bytes; the limit is {MAX_BYTES}.", "Shorten the texts, or attach a document."
        )


class BadEntry(LedgerError):
    """The bytes of an entry cannot be decoded."""

    code = "bad-entry"
    exit = INTEGRITY

    def __init__(self, why: str) -> None:
        """Refuse bytes because `why`."""
        super().__init__(f"The bytes are not an entry of format {VERSION}: {why}.", "Run 'ledger verify'.")


class Source(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Which row (1 is the first below the header) of which file an entry came from."""

    sha256: str
    row: int


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """An event in its envelope, as recorded. It has no reference cycles, so it is not garbage-collected (`gc`)."""

    v: int
    stream: str
    version: int
    recorded_at: str
    effective_on: str
    actor: str
    command: str
    part: tuple[int, int]
    event: AnyEvent
    reason: str | None = None
    source: Source | None = None
    sig: str | None = None

    @property
    def originator_id(self) -> str:
        """The stream, as the event sourcing library calls it."""
        return self.stream

    @property
    def originator_version(self) -> int:
        """The version, as the event sourcing library calls it."""
        return self.version

    @property
    def fact(self) -> Fact:
        """The event with its version and effective date, for a fold."""
        return Fact(self.version, self.effective_on, self.event)


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(Entry)
_RECORDED_AT = b'"recorded_at":"'


def encode(entry: Entry) -> bytes:
    """Return the canonical bytes of an entry. Raises BadText, EntryTooLarge."""
    try:
        data = _encoder.encode(entry)
    except UnicodeEncodeError as error:
        raise BadText("half of a surrogate pair") from error
    if len(data) > MAX_BYTES:
        raise EntryTooLarge(len(data))
    try:
        _check_texts(data)
    except canonical.NotCanonical as error:
        raise BadText(str(error)) from error
    if not data.isascii() and (fault := hidden_fault(data.decode())):
        raise BadText(f"of its entry, {fault}")
    return data


def _check_texts(data: bytes) -> None:
    # The encoder's output is canonical except for its texts, and plain ASCII without escapes has no fault.
    if not data.isascii() or b"\\" in data or b"\x7f" in data:
        canonical.check(data)


def at_moment(data: bytes, moment: str) -> bytes:
    """Return the canonical bytes of an entry with another time of recording."""
    # A text that looks like this member has its quotes escaped, and no member after this one has such a name.
    before, name, after = data.rpartition(_RECORDED_AT)
    return b"".join((before, name, moment.encode(), after[len(moment) :]))


def decode(data: bytes) -> Entry:
    """Decode an entry. Raises BadEntry unless the bytes are its canonical encoding."""
    entry = read(data)
    if entry.v != VERSION or _encoder.encode(entry) != data:
        raise BadEntry("it is not in its canonical encoding")
    try:
        _check_texts(data)
    except canonical.NotCanonical as error:
        raise BadEntry(str(error)) from error
    return entry


def read(data: bytes) -> Entry:
    """Decode an entry that was checked when it was recorded: faster than `decode`. Raises BadEntry."""
    try:
        return _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, TypeError) as error:
        raise BadEntry(str(error)) from error  # TypeError: a damaged store may have a text or a number in place of it


def read_in(stream: str, data: bytes) -> Entry:
    """Decode an entry that the index of the store has in `stream`. Raises BadEntry, also if its bytes name another."""
    entry = read(data)
    if entry.stream != stream:
        raise BadEntry(f"the index has it in {stream}, and its bytes name {entry.stream}")
    return entry


def written_time(moment: datetime) -> str:
    """Return a moment in the form of entries: UTC with microseconds, always 27 characters."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
