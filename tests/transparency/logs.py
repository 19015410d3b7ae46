"""Logs of any length that are quick to make: the first entry opens the ledger, all others are a few bytes."""

from pathlib import Path

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.domain.organisation.settings import OpenLedger
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.note import Note, signed
from ledger.tlog.policy import Policy, parse
from ledger.tlog.proof import root_at
from tests.attacks.forger import SteadyClock
from tests.spec.signing import ORIGIN, signing_key
from tests.stores.rows import row

KEY = signing_key(1)
POLICY: Policy = parse(f"log {KEY.verifier()}\nquorum none\n".encode())
"""A policy of a reader that names the log, and requires no witness."""
Snapshot = dict[str, tuple[int, int, bytes]]


def new_log(path: Path, size: int = 1, origin: str = ORIGIN) -> Ledger:
    """Create a ledger at `path` and append to `size` entries; those after the first are not events."""
    url = f"sqlite:///{path}"
    make_ledger(url, OpenLedger(origin=origin, reporting_currency="USD"), "staff/1", SteadyClock())
    ledger = open_ledger(url)
    grow(ledger, size)
    return ledger


def grow(ledger: Ledger, size: int, text: str = "") -> None:
    """Append small entries up to `size`."""
    with ledger.store.writing():
        head = ledger.store.head()
        columns = {"recorded_at": head.recorded_at, "command": "c-1"}
        ledger.store.append([row("party/A", number, text, **columns) for number in range(head.size, size)])


def sign(ledger: Ledger, size: int | None = None, origin: str = ORIGIN) -> Note:
    """Sign a checkpoint of the present size, or of an earlier one, and store it; return it."""
    wanted = ledger.store.head().size if size is None else size
    note = signed(str(Checkpoint(origin, wanted, root_at(wanted, ledger.store))), KEY)
    keep(ledger, note)
    return note


def keep(ledger: Ledger, note: Note) -> None:
    """Store a checkpoint, whatever it states."""
    with ledger.store.writing():
        ledger.store.keep_checkpoint(int(note.text.split("\n")[1]), bytes(note))


def entries_of(ledger: Ledger, size: int | None = None) -> list[bytes]:
    """Return the bytes of the entries."""
    return [data for _, data in ledger.store.entries(last=size)]


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by name, with links and hidden files; an empty folder ends with a slash."""
    files = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if not path.is_dir():
            files[name] = path.read_bytes()
        elif not any(path.iterdir()):
            files[f"{name}/"] = b""
    return files


def snapshot(folder: Path) -> Snapshot:
    """Return every file with its inode and modification time, to detect files that were rewritten."""
    return {
        name: ((folder / name).stat().st_ino, (folder / name).stat().st_mtime_ns, data)
        for name, data in files_of(folder).items()
    }
