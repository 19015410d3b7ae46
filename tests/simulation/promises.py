"""What a ledger told its users, and whether it is so."""

import json
import zipfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.application.request import Request
from ledger.application.rollback_guard import Guard, RolledBack
from ledger.domain.engagement.oversight.documents import AttachDocument
from ledger.domain.errors import LedgerError
from ledger.domain.party.party import Party
from ledger.domain.voiding import fold
from ledger.maintenance.restore import restore
from ledger.replay.procedure import replay_log
from ledger.stores.errors import Busy, DiskFull, NoLedger
from ledger.tlog.proof import root_at
from ledger.verify.bundle import verify_bundle
from ledger.verify.procedure import verify_log
from projections.runner.cache import NoProjections
from projections.runner.verify import compare
from tests.transparency.logs import POLICY


class Broken(AssertionError):
    """A promise was broken."""


class Recorded(NamedTuple):
    """A receipt."""

    first: int
    entries: int
    size: int
    root: bytes

    @property
    def last(self) -> int:
        """The last position of the command."""
        return self.first + self.entries - 1


class Held(NamedTuple):
    """What a copy, a backup or a restored ledger holds: the size and the root of its log."""

    size: int
    root: bytes


class Seen(NamedTuple):
    """What a reader saw, with the as-of and the root that stood below it."""

    on: str
    known_at: int
    root: bytes
    facts: dict[str, Any]


TREE = (1, 2, 6, 18, 19)
"""The steps of the procedure that a published folder has to pass: form, tree, checkpoint."""
HARMLESS = {
    "busy",
    "disk-full",
    "no-projections",
    "store-error",
    "read-only",
    "no-ledger",
    "cannot-read",
    "no-server",
    "connection-lost",
}
"""Codes with which a reader of a sound ledger may be refused: what is the matter is beside it, and passes."""


@dataclass
class Promises:
    """Everything that was said and still binds."""

    tried: dict[str, Request] = field(default_factory=dict)
    acknowledged: dict[str, set[Recorded]] = field(default_factory=dict)
    refused: dict[str, LedgerError] = field(default_factory=dict)
    under_way: Counter[str] = field(default_factory=Counter)
    tries: Counter[str] = field(default_factory=Counter)
    roots: dict[int, set[bytes]] = field(default_factory=dict)
    former: dict[int, set[bytes]] = field(default_factory=dict)
    """The roots that the log had at each size in its former lives, before a backup was restored in its place."""
    restored: Held | None = None
    """What was restored in place of the lost ledger in this round, if somebody was told so."""
    before: frozenset[Held] = frozenset()
    """What was told until then."""
    backups: dict[str, Held] = field(default_factory=dict)
    copies: dict[str, Held] = field(default_factory=dict)
    """Copies, and backups that were restored under another name."""
    seen: list[Seen] = field(default_factory=list)
    unread: list[LedgerError] = field(default_factory=list)
    published: int = 0
    size: int = 0
    """The highest size that anybody was told."""

    def made(self, size: int, root: bytes) -> None:
        """Note that the ledger was made."""
        self._root(size, root)

    def recorded(self, name: str, receipt: Recorded) -> None:
        """Note that a command was acknowledged."""
        self.acknowledged.setdefault(name, set()).add(receipt)
        self._root(receipt.size, receipt.root)

    def imported(self, result: Any) -> None:
        """Note that an import was acknowledged."""
        self._root(result.size, result.root)

    def _root(self, size: int, root: bytes) -> None:
        self.roots.setdefault(size, set()).add(root)
        self.size = max(self.size, size)

    def replaced(self, restored: Held) -> None:
        """Note that a ledger was restored in place of the lost one, which nobody has open since."""
        self.restored, self.before = restored, frozenset(self._told())

    def _told(self) -> list[Held]:
        return [Held(size, root) for size, roots in self.roots.items() for root in roots]

    def set_back(self, ledger: Ledger, lost: Ledger) -> None:
        """Note that a restored `ledger` stands where `lost` stood; what only that had is known to be lost.

        Copies and backups of the lost one remain what they are. Raises Broken if it was not restored from one of
        them, if somebody was told or saw what neither of the two logs has, or was told too late of the lost one.
        """
        made = self.restored
        if made is not None and not (_had(made, ledger) and self._was(made, lost)):
            raise Broken("what was restored was never the ledger")
        size, end = ledger.store.head().size, lost.store.head().size
        sizes = range(min(size, end), -1, -1)
        common = next(of for of in sizes if root_at(of, ledger.store) == root_at(of, lost.store))
        for of in range(common + 1, end + 1):
            self.former.setdefault(of, set()).add(root_at(of, lost.store))
        gone = [held for held in self._told() if not _had(held, ledger)]
        if any(not self._was(held, lost) for held in gone):
            raise Broken("a receipt told a root that neither the lost ledger nor the restored one has")
        if made is not None and not self.before.issuperset(gone):
            raise Broken("a receipt of the lost ledger was given after another was restored in its place")
        self.roots = {held.size: {held.root} for held in self._told() if held not in gone}
        for name, receipts in list(self.acknowledged.items()):
            standing = {it for it in receipts if it.last <= common or _had(Held(it.size, it.root), ledger)}
            self.acknowledged[name] = standing
            if not standing:
                del self.acknowledged[name]
        for seen in self.seen:
            _check_seen(seen, ledger if _had(Held(seen.known_at, seen.root), ledger) else lost)
        self.seen.clear()
        self.size, self.published = max(self.roots, default=0), 0
        self.refused.clear()
        self.forget_rolled_back()

    def forget_rolled_back(self) -> None:
        """Forget who was refused by the guard of the lost ledger, which does not take the restored one for it."""
        self.unread = [error for error in self.unread if not isinstance(error, RolledBack)]

    def _was(self, held: Held, ledger: Ledger) -> bool:
        """Return whether the ledger, in this life or a former one, ever was what is held."""
        return _had(held, ledger) or held.root in self.former.get(held.size, ())

    # Checks.

    def check(self, root: Path, url: str, *, whole: bool) -> None:
        """Check all promises on the ledger as it is now; `whole` compares projections and other copies too."""
        try:
            ledger = open_ledger(url, reads=True)  # which leaves a write-ahead log where it is
        except NoLedger:
            if self.size:
                raise Broken("the ledger is gone") from None
            return
        except LedgerError as error:
            raise Broken(f"the ledger cannot be opened: {error.code}: {error.sentence}") from error
        with closing(ledger):
            if not ledger.store.head().size:
                raise Broken("there is a ledger without a first entry")
            self._check_log(ledger)
            self._check_readers(ledger)
            if whole:
                self._check_meaning(ledger)
            self._check_files(root, ledger, whole=whole)
        self._check_guard(root / "second" / "guard", url)
        self._check_site(root / "out" / "site")

    def _check_log(self, ledger: Ledger) -> None:
        found = verify_log(ledger.store).findings
        if found:
            raise Broken(f"verify finds {found[0].code}: {found[0].what}")
        head = ledger.store.head()
        if head.size < self.size:
            raise Broken(f"{self.size} entries were told, and the log has {head.size}")
        for size, told in self.roots.items():
            if {root_at(size, ledger.store)} != told:
                raise Broken(f"over {size} entries the root is not the one that a receipt told")
        commands = _commands(ledger)
        for name, receipts in self.acknowledged.items():
            for receipt in receipts:
                if commands.get(name) != receipt[:2]:
                    raise Broken(f"{name} was acknowledged at {receipt.first} and is not there")
            self._check_attachment(ledger, name)
        for name, error in self.refused.items():
            if name in commands:
                raise Broken(f"{name} was refused ({error.code}: {error.sentence}), and is recorded")

    def _check_attachment(self, ledger: Ledger, name: str) -> None:
        """Check that the file of an acknowledged attachment is there, whole."""
        command = self.tried[name].commands[0]
        if isinstance(command, AttachDocument) and ledger.attachments is not None:
            fault = ledger.attachments.fault(command.content)
            if fault is not None:
                raise Broken(f"the file that {name} attached: {fault}")

    def _check_readers(self, ledger: Ledger) -> None:
        for error in self.unread:
            if error.code not in HARMLESS:
                raise Broken(f"a reader of a sound ledger was told {error.code}: {error.sentence}")
        self.unread.clear()
        for seen in self.seen:
            _check_seen(seen, ledger)
        self.seen.clear()

    def _check_meaning(self, ledger: Ledger) -> None:
        found = replay_log(ledger)
        if found:
            raise Broken(f"the replay finds {found[0].code}: {found[0].what}")
        if ledger.attachments is None:
            return
        try:
            differing = compare(ledger)
        except (NoProjections, Busy, DiskFull):
            return
        if differing:
            raise Broken(f"projections differ from a rebuild: {differing[0].what}")

    def _check_files(self, root: Path, ledger: Ledger, *, whole: bool) -> None:
        for name in self.backups:
            if not (root / "out" / f"{name}.zip").exists():
                raise Broken(f"the backup {name} was made and is not there")
        for path in sorted((root / "out").glob("*.zip")):
            _check_archive(path)
            if whole and path.stem in self.backups:
                self._check_backup(root, path, ledger)
        for path in [*(root / "out").glob("k*.db"), *(root / "desk").glob("r*.db")]:
            self._check_copy(path, ledger)

    def _check_site(self, folder: Path) -> None:
        """Check that the published folder has what was published, and verifies."""
        stated = folder / "checkpoint"
        if self.published and (not stated.exists() or int(stated.read_text("utf-8").split("\n")[1]) < self.published):
            raise Broken(f"{self.published} entries were published, and are not there")
        if stated.exists():
            found = [finding for finding in verify_bundle(folder, policy=POLICY).findings if finding.step in TREE]
            if any(finding.code != "unexpected-file" for finding in found):
                raise Broken(f"the published folder does not verify: {found[0].code}: {found[0].what}")

    def _check_guard(self, path: Path, url: str) -> None:
        """Check that the guard holds a beginning of the log."""
        if not path.exists():
            return
        with closing(open_ledger(url, guard=Guard(path), reads=True)) as ledger:
            try:
                ledger.check_guard()
            except LedgerError as error:
                raise Broken(f"the guard: {error.code}: {error.sentence}") from error

    def _check_backup(self, root: Path, path: Path, ledger: Ledger) -> None:
        target = root / "desk" / "checked.db"
        for suffix in ("", "-wal", "-shm"):
            target.with_name(target.name + suffix).unlink(missing_ok=True)
        try:
            made = restore(f"sqlite:///{target}", path)
        except LedgerError as error:
            raise Broken(f"{path.name} cannot be restored: {error.code}: {error.sentence}") from error
        finally:
            for suffix in ("", "-wal", "-shm"):
                target.with_name(target.name + suffix).unlink(missing_ok=True)
        held = Held(made.size, made.root)
        if held != self.backups[path.stem]:
            raise Broken(f"{path.name} restores {made.size} entries, which are not those that were told")
        if not self._was(held, ledger):
            raise Broken(f"the backup {path.name} is not one of the ledger")

    def _check_copy(self, path: Path, ledger: Ledger) -> None:
        """Check that a copy or a restored ledger is whole, since it has its name."""
        told = self.copies.get(path.stem)
        try:
            copy = open_ledger(f"sqlite:///{path}", reads=True)
        except LedgerError as error:
            if told is not None:
                raise Broken(f"{path.name} was made and cannot be opened: {error.code}") from error
            raise Broken(f"{path.name} is there and is no ledger: {error.code}: {error.sentence}") from error
        with closing(copy):
            head = copy.store.head()
            held = Held(head.size, head.root)
            if told is not None and told != held:
                raise Broken(f"the copy {path.name} has {held.size} entries, which are not the {told.size} told")
            if not self._was(held, ledger):
                raise Broken(f"the copy {path.name} is not one of the ledger")
            found = verify_log(copy.store).findings
            if found:
                raise Broken(f"the copy {path.name} does not verify: {found[0].code}")
            _commands(copy)


def _had(held: Held, ledger: Ledger) -> bool:
    """Return whether the log of a ledger begins with what is held."""
    return 0 < held.size <= ledger.store.head().size and root_at(held.size, ledger.store) == held.root


def _check_seen(seen: Seen, ledger: Ledger) -> None:
    if not _had(Held(seen.known_at, seen.root), ledger):
        raise Broken(f"a reader saw a root at {seen.known_at} that is not the log's")
    expected = _parties(ledger, seen.known_at)
    if seen.facts["parties"] != expected:
        raise Broken(f"a reader saw {seen.facts['parties']} parties at {seen.known_at} instead of {expected}")


def _parties(ledger: Ledger, size: int) -> int:
    """Count the parties as known at a position, by their own states; the name of a merged party is another's."""
    facts = (ledger.facts(stream, size) for stream in ledger.store.streams("party"))
    count = 0
    for known in filter(None, facts):
        party = Party()
        fold(party, known)
        count += bool(party.exists) and party.merged_into is None
    return count


def _commands(ledger: Ledger) -> dict[str, tuple[int, int]]:
    """Return the first position and the number of entries of each command. Raises Broken unless each is whole, once."""
    commands: dict[str, list[tuple[int, list[int]]]] = {}
    intents: dict[str, str] = {}
    for position, data in ledger.store.entries():
        entry = json.loads(data)
        commands.setdefault(entry["command"], []).append((position, entry["part"]))
        intent = entry.get("reason")
        if intent is not None and intents.setdefault(intent, entry["command"]) != entry["command"]:
            raise Broken(f"what {intent} intended is recorded twice")
    for name, parts in commands.items():
        first = parts[0][0]
        if parts != [(first + at, [at + 1, len(parts)]) for at in range(len(parts))]:
            raise Broken(f"the entries of {name} are not whole, or there twice")
    return {name: (parts[0][0], len(parts)) for name, parts in commands.items()}


def _check_archive(path: Path) -> None:
    """Raise Broken unless a backup is whole, since it has its name."""
    try:
        with zipfile.ZipFile(path) as archive:
            bad = archive.testzip()
    except zipfile.BadZipFile as error:
        raise Broken(f"{path.name} is no whole backup: {error}") from error
    if bad:
        raise Broken(f"{path.name} has a damaged member")
