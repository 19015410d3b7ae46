"""Somebody at a published folder: what is done to its files, and what two verifiers find of it.

The folders are those that `ledger publish` makes of the ledgers of the other attacks. The attacker has all that a host
has, a SHA-256 and, where the attack says so, keys. Trees are made by the definitions of RFC 6962, not by the product.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from ledger.replay.procedure import replay_entries
from ledger.tlog.cosignature import cosign
from ledger.tlog.keys import SigningKey
from ledger.tlog.note import Note, Signature, sign
from ledger.tlog.policy import BadPolicy, parse
from ledger.verify.bundle import entries_in, verify_bundle
from ledger.verify.findings import Finding
from projections.proof.verify_ledger import Findings, Folder, read_log
from tests.attacks.notary import LOG, NOON, ONE, ORIGIN, POLICY_TEXT, TWO
from tests.proof.bundle import Bundle

Change = Callable[[list[bytes]], object]
"""What is done to the entries, in place."""
BOTH = (ONE, TWO)
COSIGNED_AT = NOON + 60


class Site:
    """A folder in the hands of who serves it."""

    def __init__(self, folder: Path) -> None:
        """Take hold of it."""
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return where a file stands; what is above it is made."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def data(self, name: str) -> bytes:
        """Return the bytes of a file."""
        return (self.folder / name).read_bytes()

    def write(self, name: str, data: bytes | str) -> None:
        """Put bytes, or a text, in a file."""
        self.path(name).write_bytes(data if isinstance(data, bytes) else data.encode())

    def replace(self, name: str, old: bytes, new: bytes) -> None:
        """Exchange bytes, which stand in a file, once."""
        data = self.data(name)
        assert old in data
        self.write(name, data.replace(old, new, 1))

    def take_away(self, name: str) -> None:
        """Remove a file."""
        (self.folder / name).unlink()

    @property
    def checkpoint(self) -> str:
        """The text of the checkpoint."""
        return self.data("checkpoint").decode().partition("\n\n")[0] + "\n"

    @property
    def size(self) -> int:
        """How many entries the checkpoint states."""
        return int(self.checkpoint.split("\n")[1])

    @property
    def signatures(self) -> list[str]:
        """The lines below the checkpoint's text, each with its end: the log's, and those of witnesses."""
        return self.data("checkpoint").decode().partition("\n\n")[2].splitlines(keepends=True)

    def entries(self) -> list[bytes]:
        """Return the bytes of the entries."""
        return [data for _, data in entries_in(self.folder, self.size)]

    def put(self, entries: Iterable[bytes], text: str | None = None) -> str:
        """Let the folder have other entries, with all tiles; return what a checkpoint of it says, which is not put."""
        bundle = Bundle([*entries])
        for name in [name for name in names(self.folder) if name != "checkpoint"]:
            self.take_away(name)
        for name, data in bundle.files().items():
            if name != "checkpoint":
                self.write(name, data)
        return bundle.text(origin=ORIGIN)

    def state(self, text: str, signatures: Iterable[str | Signature]) -> None:
        """Write a checkpoint of a text and lines of signatures."""
        self.write("checkpoint", f"{text}\n{''.join(map(str, signatures))}")

    def sign(self, text: str, *keys: SigningKey, witnesses: Iterable[SigningKey] = BOTH, at: int = COSIGNED_AT) -> None:
        """Write a checkpoint that the log's own key signed, or these did, and the witnesses."""
        signed = [sign(text, key) for key in keys or (LOG,)]
        self.state(text, (*signed, *(cosign(text, one, at) for one in witnesses)))


Attack = Callable[[Site], object]


class Case(NamedTuple):
    """An attack, and what is found of it: all of it, and by whom.

    A finding is written `code place`; the place is a file below the folder, or a position.
    """

    work: Attack
    both: Sequence[str]
    """What both verifiers find."""
    product: Sequence[str] = ()
    """What only the product finds, by other codes or because it knows what entries mean."""
    file: Sequence[str] = ()
    """What only the single file finds, by other codes."""
    policy: str = POLICY_TEXT


Cases = dict[str, Case]


def names(folder: Path) -> list[str]:
    """Return every file below a folder by its name, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def by_product(folder: Path, policy: str = POLICY_TEXT) -> list[str]:
    """Return what `ledger verify --bundle` finds, in order."""
    try:
        trusted = parse(policy.encode())
    except BadPolicy:
        return ["bad-policy policy"]
    result = verify_bundle(folder, policy=trusted)
    return sorted(map(_told, [*result.findings, *replay_entries(entries_in(folder, result.size))]))


def by_file(folder: Path, policy: str = POLICY_TEXT) -> list[str]:
    """Return what `verify_ledger.py` finds, in order."""
    findings = Findings()
    read_log(Folder(folder, findings), policy.encode(), findings)
    return sorted(f"{one['code']} {one['place']}" for one in findings)


def _told(one: Finding) -> str:
    first = one.what.split(" ")[0].removesuffix(":")
    return (
        f"{one.code} {first}"
        if one.position is None or first.startswith("tile/")
        else f"{one.code} position {one.position}"
    )


def noted(text: str, *signatures: Signature) -> bytes:
    """Return a note as it is kept."""
    return bytes(Note(text, signatures))
