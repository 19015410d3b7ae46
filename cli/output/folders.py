"""Folders that get their name once they are whole: a report with its proof, the files of a document."""

from contextlib import ExitStack
from pathlib import Path

from cli.output.files import CannotWrite
from ledger.domain.errors import USAGE, LedgerError
from ledger.files.atomic import fsync_folder
from ledger.files.unfinished import clear_leftovers, unfinished_folder


class FolderThere(LedgerError):
    """The folder to be created exists already and is not empty."""

    code = "folder-there"
    exit = USAGE

    def __init__(self, path: str) -> None:
        """Say that `path` exists."""
        super().__init__(
            f"{path} exists already and is not empty: what may have been handed out is never overwritten.",
            "Name a new folder.",
        )


def place_for(target: Path, stack: ExitStack) -> Path:
    """Return the path of a folder that does not exist yet, next to `target`; `stack` removes what is left there.

    Raises FolderThere, CannotWrite.
    """
    clear_leftovers(target.absolute())
    try:
        if (
            target.is_symlink()
            or (target.exists() and not target.is_dir())
            or (target.is_dir() and any(target.iterdir()))
        ):
            raise FolderThere(str(target))
        if not target.absolute().parent.is_dir():
            raise CannotWrite(str(target), "its parent folder does not exist")
        return stack.enter_context(unfinished_folder(target.absolute())) / "report"
    except (OSError, ValueError) as error:
        raise CannotWrite(str(target), getattr(error, "strerror", None) or str(error)) from error


def give_name(unfinished: Path, target: Path) -> None:
    """Give a folder that is whole its name. Raises CannotWrite."""
    try:
        if target.is_dir():
            target.rmdir()
        unfinished.rename(target)
        fsync_folder(target.absolute().parent)
    except OSError as error:
        raise CannotWrite(str(target), error.strerror or str(error)) from error
