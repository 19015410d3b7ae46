"""Files that a reader brings: a policy of whom to trust, and checkpoints that the reader holds."""

from pathlib import Path
from typing import TYPE_CHECKING

from ledger.domain.errors import USAGE, LedgerError
from ledger.importing.errors import CannotRead

if TYPE_CHECKING:
    from ledger.tlog.policy import Policy
    from ledger.verify.checkpoints import Held


class UnusablePolicy(LedgerError):
    """A policy file is not in its form."""

    code = "bad-policy"
    exit = USAGE

    def __init__(self, path: str, why: str) -> None:
        """Say why the policy at `path` cannot be used."""
        super().__init__(
            f"The policy {path} cannot be used: {why}.",
            "A policy has lines 'log KEY', 'witness NAME KEY' and 'quorum NAME'; docs/auditor.md shows one.",
        )


def bytes_of(path: str, most: int) -> bytes:
    """Return the content of a file, or one byte more than `most` of it. Raises CannotRead."""
    try:
        if not Path(path).is_file():
            raise CannotRead(path, "it is no file" if Path(path).exists() else "there is none")
        with Path(path).open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        raise CannotRead(path, getattr(error, "strerror", None) or str(error)) from error


def read_policy(path: str) -> "Policy":
    """Return the policy in a file. Raises CannotRead, UnusablePolicy."""
    from ledger.tlog.policy import MOST_BYTES, BadPolicy, parse  # noqa: PLC0415 - help trusts nobody

    try:
        return parse(bytes_of(path, MOST_BYTES))
    except BadPolicy as error:
        raise UnusablePolicy(path, str(error)) from error


def held(path: str) -> "Held":
    """Return a checkpoint that the reader holds; whether it is one, verification finds. Raises CannotRead."""
    from ledger.tlog.note import MOST_BYTES  # noqa: PLC0415
    from ledger.verify.checkpoints import Held  # noqa: PLC0415

    return Held(path, bytes_of(path, MOST_BYTES), is_given=True)
