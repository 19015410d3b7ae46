"""What happens in the office of a simulated ledger: people who record, read, back up, publish and repair at once.

Each does with the product's own functions what a command of the ledger does, and writes down what it was told. What
they were told is checked afterwards (`promises`).
"""

import random
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cli.options.as_of import viewing
from cli.session import Session
from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.application.rollback_guard import Guard, GuardMissing
from ledger.domain.errors import INTEGRITY, LedgerError
from ledger.domain.organisation.settings import OpenLedger
from ledger.files.atomic import fsync_folder
from ledger.files.attachments import content_of
from ledger.importing.profile.load import load_profile
from ledger.importing.requests import Options
from ledger.importing.run import run_import
from ledger.maintenance.backup import back_up
from ledger.maintenance.copy import copy_ledger
from ledger.maintenance.restore import restore
from ledger.stores.errors import OutcomeUnknown
from ledger.tlog.checkpoint import Checkpoint
from ledger.tlog.note import signed
from ledger.tlog.proof import root_at
from ledger.transparency.checkpoints import active_keys
from ledger.transparency.publish import publish
from projections.queries.overview import summary
from projections.runner.cache import cache_path
from projections.runner.place import delete_file
from tests.projections.histories import BEGINNING, EPISODES, members, steps
from tests.simulation.network import NetworkStore
from tests.simulation.promises import Broken, Held, Promises, Recorded, Seen
from tests.simulation.scheduler import Killed, Process, Scheduler
from tests.spec.signing import FIRST, ORIGIN, signing_key

KEY = signing_key(1)
BEGIN = datetime(2026, 3, 1, 8, tzinfo=UTC)
PROFILE = Path(__file__).parent / "register.toml"
REGISTER = "Reference,Title,Kind,Partner,Signed\n" + "".join(
    f"R{number},Title {number},memorandum,Partner {number % 3},2024-0{1 + number % 9}-11\n" for number in range(12)
)

Work = Callable[["Office", Process, random.Random], None]


class Office:
    """A ledger with what lies beside it, and the promises that its users were given."""

    def __init__(self, root: Path, scheduler: Scheduler) -> None:
        """Use the folder `root`."""
        self.root, self.scheduler = root, scheduler
        self.promises = Promises()
        self.away: Path | None = None
        """Where the file of the ledger was moved to, until it is known what stands in its place."""
        self.number = 0
        for name in ("office", "second", "out", "cache", "desk"):
            (root / name).mkdir(exist_ok=True)

    @property
    def path(self) -> Path:
        """The file of the ledger."""
        return self.root / "office" / "ledger.db"

    @property
    def url(self) -> str:
        """The URL of the ledger."""
        return f"sqlite:///{self.path}"

    @property
    def guard(self) -> Path:
        """The file of the rollback guard."""
        return self.root / "second" / "guard"

    def clock(self, process: Process | None) -> Callable[[], datetime]:
        """Return the clock of a process."""
        skew = process.skew if process is not None else 0.0
        return lambda: BEGIN + timedelta(seconds=self.scheduler.now + skew)

    def opened(self, process: Process, *, guarded: bool = False, reads: bool = False, remote: bool = False) -> Ledger:
        """Open the ledger in a process; `remote` as on a server."""
        if remote:
            ledger = Ledger(NetworkStore(self.url, process, self.scheduler), self.clock(process))
        else:
            guard = Guard(self.guard) if guarded else None
            ledger = open_ledger(self.url, self.clock(process), guard, reads=reads)
        ledger.by_last = True
        return ledger

    def repair(self) -> None:
        """Put back the file that was moved away, if nothing was restored in its place, and start a guard anew.

        Raises Broken if what was restored is not as it was told.
        """
        folder = self.path.parent
        is_replaced = self.away is not None and self.away.exists() and self.path.exists()
        if self.promises.restored is not None and not is_replaced:
            raise Broken("a ledger was restored and is not there")
        if not self.path.exists() and (moved := sorted(folder.glob("damaged*"))):
            moved[-1].rename(self.path)
            fsync_folder(folder)
            self.promises.forget_rolled_back()  # another may have stood there until the power was lost
        elif self.away is not None and self.away.exists():
            lost = open_ledger(f"sqlite:///{self.away}", reads=True)
            with closing(lost), closing(open_ledger(self.url, reads=True)) as ledger:
                self.promises.set_back(ledger, lost)
            self.guard.unlink(missing_ok=True)
            fsync_folder(self.guard.parent)
            shutil.rmtree(self.root / "out" / "site", ignore_errors=True)
            fsync_folder(self.root / "out")
            self.away.unlink()
            fsync_folder(folder)
        self.away = self.promises.restored = None
        if self.path.exists() and not self.guard.exists():
            with suppress(LedgerError), closing(open_ledger(self.url)) as ledger:
                ledger.store.settle()
                Guard(self.guard).start(ledger.origin, ledger.store)

    def fresh(self, what: str) -> str:
        """Return a name that was not used yet."""
        self.number += 1
        return f"{what}{self.number}"


def request(name: str | None, fields: dict[str, Any]) -> Request:
    """Return a request with an id; its reason names the intent, which may be recorded once."""
    return Request(commands=(command_from(fields),), actor="staff/1", id=name, reason=name)


ADDING = request("key", {"command": "key add", "vkey": FIRST})
"""Adds the key of the checkpoints."""


def record(office: Office, process: Process, ledger: Ledger, asked: Request) -> None:
    """Record a request, and write down what was said of it."""
    if process.dead:
        raise Killed
    assert asked.id is not None
    promises = office.promises
    is_first = asked.id not in promises.tried or asked.id in promises.refused
    promises.tried[asked.id] = asked
    promises.refused.pop(asked.id, None)
    promises.under_way[asked.id] += 1
    promises.tries[asked.id] += 1
    own_try = promises.tries[asked.id]
    try:
        receipt = ledger.record(asked)
    except OutcomeUnknown:
        record(office, process, ledger, asked)  # as its hint says
        return
    except LedgerError as error:
        if not process.dead and error.exit == INTEGRITY and not isinstance(error, GuardMissing):
            promises.unread.append(error)
        # What was recorded at an earlier try stays so, and somebody else may be trying now or have tried meanwhile.
        is_only = promises.under_way[asked.id] == 1 and promises.tries[asked.id] == own_try
        if not process.dead and is_first and is_only:
            promises.refused[asked.id] = error
        return
    finally:
        promises.under_way[asked.id] -= 1
    if not process.dead and receipt.count:
        promises.recorded(asked.id, Recorded(receipt.first, receipt.count, receipt.size, receipt.root))


def init(office: Office, process: Process, _: random.Random) -> None:
    """Make the ledger, unless it is there."""
    with suppress(LedgerError):
        opening = OpenLedger(origin=ORIGIN, reporting_currency="USD")
        guard = Guard(office.guard) if not office.guard.exists() else None
        receipt = make_ledger(office.url, opening, "staff/1", office.clock(process), guard)
        if not process.dead:
            office.promises.made(receipt.size, receipt.root)
        ledger = office.opened(process)
        try:
            record(office, process, ledger, ADDING)
            for number, step in enumerate(BEGINNING[1:]):
                record(office, process, ledger, request(f"first{number}", members(step, 1)))
        finally:
            ledger.close()


def clerk(office: Office, process: Process, chance: random.Random, **how: bool) -> None:
    """Record some commands, one after the other."""
    ledger = office.opened(process, **how)
    try:
        for _ in range(chance.randint(2, 40)):
            for step in steps(chance.choice(EPISODES), *(chance.randrange(12) for _ in range(4))):
                if step[0] != "import" and not step[0].startswith("key "):
                    fields = members(step, max(1, ledger.store.head().size))
                    record(office, process, ledger, request(office.fresh("c"), fields))
    finally:
        ledger.close()


def guarded_clerk(office: Office, process: Process, chance: random.Random) -> None:
    """Record some commands under the rollback guard."""
    clerk(office, process, chance, guarded=True)


def remote_clerk(office: Office, process: Process, chance: random.Random) -> None:
    """Record some commands through a network."""
    clerk(office, process, chance, remote=True)


def repeater(office: Office, process: Process, chance: random.Random) -> None:
    """Repeat what has an unknown outcome, and some of what was tried before, whatever was said of it."""
    ledger = office.opened(process, remote=chance.random() < 0.5)
    try:
        known = office.promises
        unknown = sorted(known.tried.keys() - known.acknowledged.keys() - known.refused.keys())
        for name in unknown + chance.sample(sorted(known.tried), min(6, len(known.tried))):
            record(office, process, ledger, known.tried[name])
    finally:
        ledger.close()


def importer(office: Office, process: Process, _: random.Random) -> None:
    """Import a register."""
    path = office.root / "desk" / "register.csv"
    ledger = office.opened(process)
    try:
        result = run_import(ledger, load_profile(str(PROFILE)), path, Options(actor="staff/2"))
        if not process.dead:
            office.promises.imported(result)
    except LedgerError:
        pass
    finally:
        ledger.close()


def attacher(office: Office, process: Process, chance: random.Random) -> None:
    """Attach a document."""
    ledger = office.opened(process)
    name = office.fresh("a")
    path = office.root / "desk" / f"{name}.bin"
    try:
        path.write_bytes(chance.randbytes(chance.choice((10, 700, 5000))))
        content = content_of(path)
        assert ledger.attachments is not None
        ledger.attachments.keep(path, content)
        parts = {"sha256": content.sha256, "size": content.size, "media_type": content.media_type}
        fields = {"command": "document attach", "engagement": "E1", "content": parts, "title": name}
        record(office, process, ledger, request(name, fields))
    except (LedgerError, OSError):
        pass
    finally:
        ledger.close()


def reader(office: Office, process: Process, chance: random.Random) -> None:
    """Look at the overview, as `ledger status` does."""
    session = Session(url=office.url, clock=office.clock(process))
    for _ in range(chance.randint(1, 4)):
        try:
            with viewing(session, None, None, "json") as view, view.queries() as queries:
                facts, root = summary(queries), view.stamp().root
            if not process.dead:
                office.promises.seen.append(Seen(view.on, view.known_at, root, facts))
        except LedgerError as error:
            if not process.dead:
                office.promises.unread.append(error)


def forgetter(office: Office, process: Process, _: random.Random) -> None:
    """Delete the projections, which anybody may do at any time."""
    with suppress(FileNotFoundError, OSError):
        delete_file(cache_path(office.url))


def signer(office: Office, process: Process, _: random.Random) -> None:
    """Sign a checkpoint and publish the log."""
    ledger = office.opened(process)
    try:
        record(office, process, ledger, ADDING)
        if KEY.verifier() not in active_keys(ledger):  # somebody took it back
            return
        with ledger.store.writing():
            head = ledger.store.head()
            note = signed(str(Checkpoint(ORIGIN, head.size, root_at(head.size, ledger.store))), KEY)
            ledger.store.keep_checkpoint(head.size, bytes(note))
        done = publish(ledger, office.root / "out" / "site")
        if not process.dead:
            office.promises.published = max(office.promises.published, done.stored.checkpoint.size)
    except (LedgerError, ValueError):
        pass
    finally:
        ledger.close()


def archivist(office: Office, process: Process, _: random.Random) -> None:
    """Write a backup."""
    ledger = office.opened(process, reads=True)
    name = office.fresh("b")
    try:
        made = back_up(ledger, office.root / "out" / f"{name}.zip")
        if not process.dead:
            office.promises.backups[name] = Held(made.size, made.root)
    except LedgerError:
        pass
    finally:
        ledger.close()


def copier(office: Office, process: Process, _: random.Random) -> None:
    """Copy the ledger to another file."""
    ledger = office.opened(process, reads=True)
    name = office.fresh("k")
    try:
        made = copy_ledger(ledger, f"sqlite:///{office.root}/out/{name}.db")
        if not process.dead:
            office.promises.copies[name] = Held(made.size, made.root)
    except LedgerError:
        pass
    finally:
        ledger.close()


def restorer(office: Office, process: Process, chance: random.Random) -> None:
    """Restore a backup under another name."""
    backups = sorted((office.root / "out").glob("*.zip"))
    if backups:
        name = office.fresh("r")
        with suppress(LedgerError):
            made = restore(f"sqlite:///{office.root}/desk/{name}.db", chance.choice(backups))
            if not process.dead:
                office.promises.copies[name] = Held(made.size, made.root)


def move_away(office: Office, process: Process, chance: random.Random) -> None:
    """Move the file of the ledger away, as one does with a damaged one, and restore the newest backup under its name.

    What is recorded after the backup is lost to the ledger by intent; its users are told so by hand. Some of them may
    be at work meanwhile.
    """
    backups = sorted((office.root / "out").glob("*.zip"), key=lambda path: int(path.stem[1:]))
    if not backups or not office.path.exists():
        return
    office.away = office.path.with_name(office.fresh("damaged"))
    office.path.rename(office.away)
    with suppress(LedgerError):
        made = restore(office.url, backups[-1])
        if not process.dead:
            office.promises.replaced(Held(made.size, made.root))


JOBS: tuple[tuple[Work, int], ...] = (
    (clerk, 12), (guarded_clerk, 5), (remote_clerk, 5), (repeater, 3), (importer, 2), (attacher, 3), (reader, 3),
    (forgetter, 1), (signer, 2), (archivist, 3), (copier, 1), (restorer, 1),
)  # fmt: skip
"""What people do, and how often."""
