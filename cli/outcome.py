"""What a run did that stands, however the run ends: what it recorded, what it made, and what is in doubt.

It is noted at the commit, not at the receipt, because a run can end between the two: standard output is full or closed,
somebody presses Ctrl-C, a later step fails. `cli.ending` says it then.
"""

import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from cli.signals import SignalHold
from ledger.domain.errors import LedgerError

if TYPE_CHECKING:
    from ledger.stores.log_writer import Recorded


class Outcome:
    """The outcome of one run so far. It is the CommitWatcher of every ledger that the run opens to write."""

    def __init__(self) -> None:
        """Start with nothing done."""
        self.signals = SignalHold()
        self.writes = False
        """Whether the run opened a ledger to write."""
        self.is_shown = True
        """Whether everything that was recorded and made has its receipt on standard output."""
        self.rows: int | None = None
        """The number of rows that an import recorded."""
        self.again: Callable[[str], str] | None = None
        """Returns the command line that repeats the run, given the id of its last command: nothing is doubled."""
        self.doubtful: str | None = None
        """What is being committed; it stays if the commit gets no answer."""
        self._doubtful_id = ""
        self._made: list[str] = []
        self._commands = 0
        self._last = ""
        self._places: list[tuple[int, int]] = []

    # The CommitWatcher of stores.

    def begins(self, commands: "Sequence[Recorded]", checkpoint: int | None) -> None:
        """Hold signals, and note that the outcome of these commands, or of a checkpoint, is in doubt."""
        self.signals.hold()
        self._doubtful_id = commands[-1].command if commands else ""
        self.doubtful = f"the command {self._doubtful_id}" if commands else _checkpoint(checkpoint)

    def stands(self, commands: "Sequence[Recorded]", checkpoint: int | None) -> None:
        """Note that they are recorded."""
        self.doubtful = None
        self.is_shown = False
        for command in commands:
            self._commands += 1
            self._last = command.command
            if command.entries:
                self._add(command.first, command.first + command.entries - 1)
        if checkpoint is not None:
            self._made.append(f"{_checkpoint(checkpoint)} ('ledger checkpoint show {checkpoint}' prints it)")

    def fell(self) -> None:
        """Note that nothing of them was recorded."""
        self.doubtful = None

    def _add(self, first: int, last: int) -> None:
        if self._places and self._places[-1][1] == first - 1:
            self._places[-1] = (self._places[-1][0], last)
        else:
            self._places.append((first, last))

    # Commands say the rest.

    @contextmanager
    def making(self, what: str, stands: Callable[[], bool]) -> Iterator[None]:
        """Note that the block made a file or folder, `what`, if it did; `stands` looks whether it is there.

        It is there whole or not at all, so a look decides when an interruption, or a fault of the system, left the
        block in between. Where a rule refuses, what is there was made by another.
        """
        was_there = stands()
        try:
            yield
        except BaseException as error:
            if not was_there and not _is_refusal(error) and stands():
                self.made(what)
            raise
        self.made(what)

    def making_ledger(self, url: str) -> AbstractContextManager[None]:
        """Note that the block made the ledger at `url`, if it did. Raises BadUrl."""
        from ledger.stores.urls import file_of, shown

        path = file_of(url)
        # On a server only the end of the block tells.
        return self.making(f"the ledger {shown(url)}", path.exists if path is not None else lambda: False)

    def made(self, what: str) -> None:
        """Note that a file or folder was made."""
        self._made.append(what)
        self.is_shown = False
        self.signals.hold()

    def shown(self) -> None:
        """Note that the receipts of everything so far are out, and let signals through."""
        self.is_shown = True
        self.signals.release()

    def settled(self, rows: int) -> None:
        """Note how many rows an import has recorded so far, and let signals through: the rest can be done later."""
        self.rows = rows
        self.signals.release()

    # What it comes to.

    def recorded(self) -> str:
        """Return what was recorded and made, in words; empty if nothing was."""
        parts = [self._entries()] if self._commands else []
        return "; ".join([*parts, *self._made])

    def _entries(self) -> str:
        places = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in self._places)
        at = f"at position{'s' if ',' in places or '-' in places else ''} {places}"
        if self.rows is not None:
            return f"{self.rows} rows, {at}"
        if self._commands == 1:
            return f"the command {self._last}, {at}"
        return f"{self._commands} commands, {at}, the last {self._last}"

    def repeated(self) -> str:
        """Return the hint on how to find out what is in doubt: the command line to give once more."""
        if self.again is None:
            return "'ledger log' shows the last entries, and 'ledger checkpoint list' the checkpoints."
        return f"Give it once more, and it is recorded once: {self.again(self._doubtful_id)}"


def _is_refusal(error: BaseException) -> bool:
    return isinstance(error, LedgerError) and not isinstance(error.__cause__, OSError)


def _checkpoint(size: int | None) -> str:
    return f"the checkpoint of {size} entries"


def repeated_line(words: Sequence[str], command_id: str) -> str:
    """Return the command line of `words` (those after `ledger`), with an id that makes it the same command again.

    An id that was given stays. Passwords in URLs are left out.
    """
    from ledger.stores.urls import shown

    words = [shown(word) if "://" in word else word for word in words]
    if command_id and not any(word.partition("=")[0] == "--command-id" for word in words):
        cut = words.index("--") if "--" in words else len(words)
        words[cut:cut] = ["--command-id", command_id]
    return shlex.join(["ledger", *words])
