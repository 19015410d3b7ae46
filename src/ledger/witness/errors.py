"""Refusals of a witness, and faults of its own folder; `status` is the HTTP status of the protocol."""

from pathlib import Path
from typing import ClassVar

from ledger.domain.errors import CONFLICT, INTEGRITY, REFUSED, USAGE, LedgerError
from ledger.tlog.encoding import encoded


def entries(size: int) -> str:
    """Return a number of entries, as a phrase."""
    return f"{size} entr{'y' if size == 1 else 'ies'}"


class Refusal(LedgerError):
    """A submission is not cosigned; `status` is the answer of HTTP that c2sp.org/tlog-witness names for it."""

    status: ClassVar[int]


class BadSubmissionFile(Refusal):
    """A file is not a request for a cosignature, or its old size exceeds its checkpoint."""

    code = "bad-submission"
    exit = USAGE
    status = 400

    def __init__(self, why: str) -> None:
        """Say why it is none."""
        super().__init__(
            f"This is not a request for a cosignature: {why} (HTTP 400).",
            "'ledger checkpoint request' writes it; send it as an attachment, since mail changes line endings.",
        )


class UnknownLog(Refusal):
    """A witness was sent a checkpoint of a log that it does not know."""

    code = "unknown-log"
    exit = REFUSED
    status = 404

    def __init__(self, origin: str) -> None:
        """Refuse the log `origin`."""
        super().__init__(
            f"This witness knows no log {origin!r} (HTTP 404).",
            "'ledger witness trust KEY' adds it; compare its key over another channel first.",
        )


class NotSigned(Refusal):
    """No key that the witness trusts for the log signed the checkpoint, or a signature is not valid."""

    code = "not-signed"
    exit = REFUSED
    status = 403

    def __init__(self, origin: str, why: str) -> None:
        """Say what is wrong with the signatures."""
        super().__init__(
            f"No trusted key of {origin!r} signed the checkpoint: {why} (HTTP 403).",
            "If the log has a new key, compare it over another channel, then 'ledger witness trust KEY'.",
        )


class OtherSize(Refusal):
    """The proof does not start from the checkpoint that the witness cosigned last."""

    code = "other-size"
    exit = CONFLICT
    status = 409

    def __init__(self, origin: str, old: int, last: int, again: Path | None) -> None:
        """State the size cosigned last; `again` is the file with the cosignature if this checkpoint has one."""
        hint = f"Ask the log for a new request: 'ledger checkpoint request --old {last}'."
        if again is not None:
            hint = f"This checkpoint was cosigned already: the last line of {again} is the cosignature."
        super().__init__(
            f"The proof starts from {entries(old)} of {origin!r}, and this witness cosigned {last} last (HTTP 409).",
            hint,
        )


class NeedlessProof(Refusal):
    """A proof is given where none is needed: before the first cosignature, or for the checkpoint cosigned."""

    code = "needless-proof"
    exit = USAGE
    status = 422

    def __init__(self, origin: str, last: int) -> None:
        """Say that no proof from `last` entries on is needed."""
        super().__init__(
            f"No proof of {origin!r} from {entries(last)} on is needed, but one is given (HTTP 422).",
            f"Ask the log for a new request: 'ledger checkpoint request --old {last}'.",
        )


class Misbehaviour(Refusal):
    """What a log signed speaks against it; it is kept, with what the witness had cosigned."""

    def add_evidence(self, folder: Path | None) -> None:
        """Add the folder of the evidence to the sentence; None if storing failed."""
        note = f"Both are kept in {folder}" if folder else "They could not be kept: keep the submission yourself"
        self.sentence = f"{self.sentence} {note}."


class OtherRoot(Misbehaviour):
    """A log signed two checkpoints of one size with different roots: it was rewritten, or shows two histories."""

    code = "other-root"
    exit = INTEGRITY
    status = 409

    def __init__(self, origin: str, size: int, cosigned: bytes, submitted: bytes) -> None:
        """State both roots over the same number of entries."""
        super().__init__(
            f"For {entries(size)} of {origin!r}, this witness has the root {encoded(cosigned)}, and this checkpoint "
            f"has {encoded(submitted)} (HTTP 409).",
            "The log signed two histories. Warn everyone who relies on it, and give them both files.",
        )


class NotExtending(Misbehaviour):
    """The proof does not show that the log extends the last cosigned checkpoint."""

    code = "not-extending"
    exit = INTEGRITY
    status = 422

    def __init__(self, origin: str, last: int, size: int, why: str) -> None:
        """Say why the proof from `last` entries to `size` is not valid."""
        super().__init__(
            f"It is not proved that {entries(size)} of {origin!r} extend the {last} cosigned last: {why} (HTTP 422).",
            f"Ask for 'ledger checkpoint request --old {last}' once more. A log that has no valid proof was "
            "rewritten: warn everyone who relies on it, and give them both files.",
        )


class WitnessClockSetBack(LedgerError):
    """The witness's clock reads earlier than the time of the last cosignature that it gave for the log."""

    code = "witness-clock-set-back"
    exit = CONFLICT

    def __init__(self, now: str, last: str) -> None:
        """Say what the clock reads, and when it cosigned `last`."""
        super().__init__(
            f"The clock reads {now}, and this witness cosigned the log at {last}: it was set back, or had been ahead.",
            "Set the clock right. If it is right, cosign once that time has passed, and tell the log what happened.",
        )


class BadWitnessState(LedgerError):
    """The state of the witness is damaged, was changed, or is missing; the witness never starts over by itself."""

    code = "bad-witness-state"
    exit = INTEGRITY

    def __init__(self, path: Path, why: str) -> None:
        """Say what is wrong with the file at `path`."""
        super().__init__(
            f"The witness cannot use {path}: {why}.",
            "Nothing is cosigned until it is repaired: docs/witness.md says how, and what must not be done.",
        )


class NoWitness(LedgerError):
    """There is no witness in the folder."""

    code = "no-witness"
    exit = USAGE

    def __init__(self, folder: Path) -> None:
        """Say where it was looked for."""
        super().__init__(
            f"There is no witness in {folder}.",
            "Name its folder with --state or LEDGER_WITNESS; 'ledger witness init' makes one.",
        )


class WitnessThere(LedgerError):
    """The folder of a new witness is not empty."""

    code = "witness-there"
    exit = REFUSED

    def __init__(self, folder: Path) -> None:
        """Refuse to write into `folder`."""
        super().__init__(f"{folder} is not empty.", "Name another folder with --state.")


class CannotKeepState(LedgerError):
    """The witness's folder cannot be written; nothing was cosigned."""

    code = "cannot-keep-state"
    exit = USAGE

    def __init__(self, folder: Path, why: str) -> None:
        """Say why `folder` cannot be written."""
        super().__init__(
            f"The witness cannot write in {folder}: {why}.",
            "Check the folder, its permissions and the free space; nothing was cosigned.",
        )


class WitnessBusy(LedgerError):
    """Another run of the witness did not end in time."""

    code = "witness-busy"
    exit = CONFLICT

    def __init__(self, folder: Path, seconds: float) -> None:
        """Say how long it was waited for."""
        super().__init__(f"The witness in {folder} was busy for {seconds:g} seconds.", "Try again.")


class BadWitnessName(LedgerError):
    """A text cannot be the name of a witness."""

    code = "bad-witness-name"
    exit = USAGE

    def __init__(self, name: str) -> None:
        """Refuse `name`."""
        super().__init__(
            f"{name!r} cannot be the name of a witness.",
            "A name has no spaces and no plus, and is not 'none': an address without its scheme, like "
            "witness.example/one.",
        )


class BadLogKey(LedgerError):
    """A text is not a key of a log that a witness can trust."""

    code = "bad-log-key"
    exit = USAGE

    def __init__(self, why: str) -> None:
        """Say why it is none."""
        super().__init__(
            f"This is not a key of a log that a witness can trust: {why}.",
            "'ledger key show' prints a log's keys as 'log KEY'.",
        )


class NotTrusted(LedgerError):
    """The witness does not trust the key that is to be removed."""

    code = "not-trusted"

    def __init__(self, text: str) -> None:
        """Say that `text` is none of its keys."""
        super().__init__(
            f"This witness trusts no key {text!r}.",
            "'ledger witness show --format json' lists the keys that it trusts.",
        )
