"""Findings of the auditor's procedure: values, each with a code that belongs to one step."""

from typing import NamedTuple, Self

LONGEST = 400
"""Maximum length of a finding's sentence in characters: the data that it quotes may be of any length."""


class Code(NamedTuple):
    """The meaning of a code, and the step of the procedure that reports it."""

    step: int
    meaning: str


CODES = {
    "foreign-schema": Code(1, "the file holds a table, index, trigger or view that does not belong to a ledger"),
    "changed-schema": Code(1, "a table or trigger was changed"),
    "missing-table": Code(1, "a table is missing"),
    "missing-trigger": Code(1, "a trigger that refuses changes is missing"),
    "missing-function": Code(1, "a function of the database that appends is missing"),
    "missing-column": Code(1, "a column is missing"),
    "missing-index": Code(1, "an index is missing"),
    "missing-constraint": Code(1, "a constraint of a table is missing"),
    "foreign-right": Code(1, "a role of the database has a right that the owner's migration does not grant"),
    "foreign-owner": Code(1, "a table or function does not belong to the owner of the ledger"),
    "foreign-setting": Code(1, "the database or a role has a setting that may change what is stored or what runs"),
    "damaged-file": Code(1, "the file's own structure is damaged"),
    "unreadable": Code(1, "something cannot be read: the head, an entry, or a table"),
    "gap": Code(2, "one or more positions are missing"),
    "position-again": Code(2, "two entries have the same position"),
    "before-the-first": Code(2, "an entry is before position 1"),
    "beyond-the-head": Code(2, "one or more entries are beyond the size that the head states"),
    "short-log": Code(2, "the log ends before the size that the head states"),
    "not-canonical": Code(3, "the bytes are not in canonical form"),
    "bad-envelope": Code(4, "a member of the envelope is missing, unknown or malformed"),
    "not-opened": Code(4, "the first entry does not open the ledger, or a later one opens it again"),
    "leaf-differs": Code(5, "the stored leaf hash does not match the bytes"),
    "root-differs": Code(6, "the entries do not give the root stated by the head or a published checkpoint"),
    "frontier-differs": Code(6, "the hashes from which the tree grows do not match the entries"),
    "tile-differs": Code(6, "a stored hash of the tree does not match the entries, is missing, or is superfluous"),
    "column-differs": Code(7, "a column that indexes the entry does not match its bytes"),
    "version-gap": Code(8, "a version of a stream is missing, doubled or out of order"),
    "broken-command": Code(9, "the parts of a command are not consecutive, or do not agree"),
    "command-again": Code(9, "the id of a command is used again"),
    "command-differs": Code(9, "the table of commands does not match the entries"),
    "time-goes-back": Code(10, "an entry was recorded before the one that precedes it"),
    "recorded-in-future": Code(10, "an entry says that it was recorded more than a day after the present time"),
    "head-time-differs": Code(10, "the head's time does not match the last entry"),
    "void-of-nothing": Code(11, "a void names no earlier version of its stream"),
    "unknown-entry": Code(12, "an entry is not a known event in its canonical encoding and stream"),
    "bad-value": Code(
        12,
        "an event has a malformed value: money, a date, a reference, a text with a character that a reader cannot see",
    ),
    "impossible": Code(13, "an entry is not possible in the state that the entries before it give"),
    "mention-of-nothing": Code(13, "an entry in force refers to something that does not exist or was voided"),
    "names-differ": Code(14, "the index of names does not match the entries"),
    "mentions-differ": Code(14, "the index of references does not match the entries"),
    "attachment-missing": Code(15, "the file of an attached document is missing"),
    "attachment-differs": Code(15, "the file of an attached document does not match its SHA-256"),
    "projection-broken": Code(16, "the projections cannot be read; nothing is lost, they can be rebuilt"),
    "projection-differs": Code(16, "a row of the projections does not match the log, or a table was changed"),
    "bad-key-entry": Code(17, "an entry names a key of another ledger, or a rotation is not signed by both keys"),
    "missing-file": Code(18, "a file that the published checkpoint needs is missing, or is not a regular file"),
    "unexpected-file": Code(18, "the published folder holds something that does not belong to its log"),
    "too-large": Code(18, "a published file is longer than the limit of its kind"),
    "bad-bundle": Code(18, "a published file of entries does not hold the expected entries, each after its length"),
    "checkpoint-missing": Code(19, "a stored checkpoint is missing"),
    "bad-checkpoint": Code(19, "a checkpoint is malformed"),
    "bad-signature": Code(19, "a signature of a known key does not match its checkpoint"),
    "unknown-signer": Code(19, "no key that the reader knows for this log signed the checkpoint"),
    "other-origin": Code(19, "the checkpoint is of another log"),
    "no-trusted-checkpoint": Code(19, "the reader's policy accepts no checkpoint of this log"),
    "no-quorum": Code(19, "fewer witnesses cosigned the checkpoint than the reader's policy requires"),
    "cosigned-in-future": Code(19, "enough witnesses cosigned the checkpoint at a time in the future"),
    "checkpoint-beyond": Code(19, "the log has fewer entries than the checkpoint states"),
    "checkpoint-differs": Code(19, "the log had another root at the checkpoint's size"),
    "split-view": Code(19, "two signed checkpoints of one size have different roots"),
    "revoked-key": Code(19, "the checkpoint is signed by a key that, according to the log, was no longer active"),
    "recorded-after-cosigned": Code(19, "an entry says that it was recorded after enough witnesses had cosigned it"),
    "recorded-before-cosigned": Code(
        19, "an entry says that it was recorded long before the log was cosigned without it"
    ),
    "not-extending-guard": Code(20, "the log does not extend what the rollback guard holds, or the guard is missing"),
    "bad-report": Code(21, "a file of a report is malformed, or not of this log at that position"),
    "other-definitions": Code(21, "the definitions or the program of a report are not those that the log adopted"),
    "figure-differs": Code(21, "a figure does not match the log, in value or unit"),
    "provenance-differs": Code(21, "the entries that a figure names do not give it, or are not those of the log"),
    "bad-verdicts": Code(21, "the file of verdicts is malformed, or not of the log and the as-of of its report"),
    "verdict-differs": Code(21, "a verdict, or a count of verdicts, does not match the log and its guidelines"),
    "report-differs": Code(21, "a document of the report does not match its figures and layout"),
    "bad-paper": Code(21, "the paper of the documents of a report is malformed, or not of its figures and its as-of"),
    "paper-differs": Code(21, "the paper of the documents of a report does not say what the log gives"),
    "document-differs": Code(21, "a document of the report does not say what its paper says"),
    "report-not-checked": Code(21, "the log of the report, or a file of it, is missing, so it cannot be checked"),
}
"""Every code of every step; docs/verification.md lists them."""


class Finding(NamedTuple):
    """A fault: its code, its position (None: the log as a whole), and a sentence about it."""

    code: str
    position: int | None
    what: str

    @property
    def step(self) -> int:
        """The step of the procedure that reports it."""
        return CODES[self.code].step

    @property
    def meaning(self) -> str:
        """The meaning of its code."""
        return CODES[self.code].meaning

    @classmethod
    def of(cls, code: str, position: int | None, what: str) -> Self:
        """Return a finding; characters of its sentence that cannot be printed are escaped."""
        what = what if len(what) <= LONGEST else f"{what[:LONGEST]}…"
        if not what.isprintable():
            what = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in what)
        return cls(code, position, what)
