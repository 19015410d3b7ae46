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
    "changed-schema": Code(1, "a table or trigger is not as it was made"),
    "missing-table": Code(1, "a table is gone"),
    "missing-trigger": Code(1, "a trigger that refuses changes is gone"),
    "damaged-file": Code(1, "the file's own structure is damaged"),
    "unreadable": Code(1, "something cannot be read: the head, an entry, or a table"),
    "gap": Code(2, "a position, or several from it on, are missing"),
    "position-again": Code(2, "a position is taken twice"),
    "before-the-first": Code(2, "an entry stands before position 1"),
    "beyond-the-head": Code(2, "an entry, or several from it on, stand beyond the size that the head states"),
    "short-log": Code(2, "the log ends before the size that the head states"),
    "not-canonical": Code(3, "the bytes are not in their one written form"),
    "bad-envelope": Code(4, "a member of the envelope is missing, foreign, or not in its form"),
    "not-opened": Code(4, "the first entry does not open the ledger, or a later one opens it again"),
    "leaf-differs": Code(5, "the stored leaf hash is not that of the bytes"),
    "root-differs": Code(6, "the entries do not give the root that the head, or a published checkpoint, states"),
    "frontier-differs": Code(6, "the hashes from which the tree grows are not those of the entries"),
    "tile-differs": Code(6, "a stored hash of the tree is not that of the entries, missing, or too many"),
    "column-differs": Code(7, "a column that indexes the entry does not say what its bytes say"),
    "version-gap": Code(8, "a version of a stream is missing, doubled or out of order"),
    "broken-command": Code(9, "the parts of a command do not stand together, or do not agree"),
    "command-again": Code(9, "the id of a command comes back"),
    "command-differs": Code(9, "the table of commands does not say what the entries say"),
    "time-goes-back": Code(10, "an entry was recorded before the one that precedes it"),
    "head-time-differs": Code(10, "the head's time is not that of the last entry"),
    "void-of-nothing": Code(11, "a void names no earlier version of its stream"),
    "unknown-entry": Code(12, "an entry is no event that this software knows, in its one encoding and place"),
    "bad-value": Code(12, "an event holds a value that is not in its form: money, a date, a reference, a text"),
    "impossible": Code(13, "an entry is not possible in the state that the entries before it give"),
    "mention-of-nothing": Code(13, "an entry that counts refers to something that does not stand"),
    "names-differ": Code(14, "the index of names is not what the entries say"),
    "mentions-differ": Code(14, "the index of references is not what the entries say"),
    "attachment-missing": Code(15, "the file of a document that was attached is not kept"),
    "attachment-differs": Code(15, "the file of a document that was attached is not what its SHA-256 says"),
    "projection-broken": Code(16, "the projections cannot be read; nothing is lost, they are made anew"),
    "projection-differs": Code(16, "a row of the projections is not what the log gives"),
    "bad-key-entry": Code(17, "a key that an entry names is not one of this ledger, or a change is not signed by both"),
    "missing-file": Code(18, "a file that the published checkpoint needs is not there, or is no plain file"),
    "unexpected-file": Code(18, "something stands in the published folder that does not belong to its log"),
    "too-large": Code(18, "a published file is longer than any of its kind can be"),
    "bad-bundle": Code(18, "a published file of entries is not so many entries, each with its length before it"),
    "checkpoint-missing": Code(19, "of the checkpoints that the ledger keeps, one is gone"),
    "bad-checkpoint": Code(19, "a checkpoint is not in its form"),
    "bad-signature": Code(19, "a signature of a known key is not of the checkpoint that it stands under"),
    "unknown-signer": Code(19, "no key that the reader knows for this log signed the checkpoint"),
    "other-origin": Code(19, "the checkpoint is of another log"),
    "no-quorum": Code(19, "fewer witnesses than the reader's policy asks for cosigned the checkpoint"),
    "cosigned-in-future": Code(19, "a witness cosigned the checkpoint at a time that is yet to come"),
    "checkpoint-beyond": Code(19, "the log has fewer entries than the checkpoint states"),
    "checkpoint-differs": Code(19, "the log, when it had the checkpoint's size, had another root"),
    "split-view": Code(19, "two signed checkpoints of one size have different roots"),
    "revoked-key": Code(19, "the checkpoint is signed by a key that, as the log says, signed no more"),
    "recorded-after-cosigned": Code(19, "an entry says that it was recorded after a witness had cosigned it"),
    "recorded-before-cosigned": Code(
        19, "an entry says that it was recorded long before the log was cosigned without it"
    ),
    "not-extending-guard": Code(20, "the log does not extend what the rollback guard holds, or the guard is gone"),
    "bad-report": Code(21, "a file of a report is not in its form, or not of this log, as known then"),
    "other-definitions": Code(
        21, "the definitions, or the program beside a report, are not those that the log adopted"
    ),
    "figure-differs": Code(21, "a figure is not the one that the log gives, by value or by unit"),
    "provenance-differs": Code(21, "the entries that a figure names do not give it"),
    "report-differs": Code(21, "a document of the report is not what its layout prints of the figures"),
    "report-not-checked": Code(21, "the log behind the report, or a file of it, is not there to check it with"),
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
