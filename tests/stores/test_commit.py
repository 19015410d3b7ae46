"""A commit whose sync fails is in doubt: the next process that opens the file may find it."""

import sqlite3
from typing import Any, cast

import pytest

from ledger.stores.errors import OutcomeUnknown
from ledger.stores.sqlite.turns import commit


class _Failing:
    """A connection whose disk fails at the commit, which no real disk does when it is asked to."""

    def __init__(self, code: int) -> None:
        self.code = code

    def execute(self, _: str) -> Any:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = self.code
        raise error


def test_a_sync_that_fails_leaves_it_in_doubt() -> None:
    """The error names the command, and how to give it again; another fault is certain, and stays what it was."""
    with pytest.raises(OutcomeUnknown) as caught:
        commit(cast("sqlite3.Connection", _Failing(sqlite3.SQLITE_IOERR_FSYNC)), "sqlite:///ledger.db", "x")
    assert "It is not known whether the command x is recorded at sqlite:///ledger.db" in caught.value.sentence
    assert "--command-id x" in caught.value.hint
    with pytest.raises(sqlite3.OperationalError):
        commit(cast("sqlite3.Connection", _Failing(sqlite3.SQLITE_FULL)), "sqlite:///ledger.db", "x")
