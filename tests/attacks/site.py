"""An attacker on a published folder, and the findings of both verifiers.

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
"""Changes the entries, in place."""
BOTH = (ONE, TWO)
COSIGNED_AT = NOON + 60


class Site:
    """A published folder that its host can change."""

    def __init__(self, folder: Path) -> None:
        """Use this folder."""
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return the path of a file, whose folders are created."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def data(self, name: str) -> bytes:
        """Return the bytes of a file."""
        return (self.folder / name).read_bytes()

    def write(self, name: str, data: bytes | str) -> None:
        """Write bytes, or a text, to a file."""
        self.path(name).write_bytes(data if isinstance(data, bytes) else data.encode())

    def replace(self, name: str, old: bytes, new: bytes) -> None:
        """Replace bytes that occur once in a file."""
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
        """The size that the checkpoint states."""
        return int(self.checkpoint.split("\n")[1])

    @property
    def signatures(self) -> list[str]:
        """The lines below the checkpoint's text, each with its end: the log's, and those of witnesses."""
        return self.data("checkpoint").decode().partition("\n\n")[2].splitlines(keepends=True)

    def entries(self) -> list[bytes]:
        """Return the bytes of the entries."""
        return [data for _, data in entries_in(self.folder, self.size)]

    def put(self, entries: Iterable[bytes], text: str | None = None) -> str:
        """Write other entries with all tiles; return the text of a checkpoint for them, without writing it."""
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
        """Write a checkpoint signed by these keys (by default the log's) and by the witnesses."""
        signed = [sign(text, key) for key in keys or (LOG,)]
        self.state(text, (*signed, *(cosign(text, witness, at) for witness in witnesses)))


Attack = Callable[[Site], object]


class Case(NamedTuple):
    """An attack, and all of its findings, by verifier.

    A finding is written `code place`; the place is a file below the folder, or a position.
    """

    work: Attack
    both: Sequence[str]
    """Findings of both verifiers."""
    product: Sequence[str] = ()
    """Findings of the product only, which has other codes or knows what entries mean."""
    file: Sequence[str] = ()
    """Findings of the single file only, which has other codes."""
    policy: str = POLICY_TEXT


Cases = dict[str, Case]


def names(folder: Path) -> list[str]:
    """Return every file below a folder by its name, in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def by_product(folder: Path, policy: str = POLICY_TEXT) -> list[str]:
    """Return the sorted findings of `ledger verify --bundle`."""
    try:
        trusted = parse(policy.encode())
    except BadPolicy:
        return ["bad-policy policy"]
    result = verify_bundle(folder, policy=trusted)
    return sorted(map(_summary, [*result.findings, *replay_entries(entries_in(folder, result.size))]))


def by_file(folder: Path, policy: str = POLICY_TEXT) -> list[str]:
    """Return the sorted findings of `verify_ledger.py`."""
    findings = Findings()
    read_log(Folder(folder, findings), policy.encode(), findings)
    return sorted(f"{finding['code']} {finding['place']}" for finding in findings)


def _summary(finding: Finding) -> str:
    first = finding.what.split(" ")[0].removesuffix(":")
    if finding.position is None or first.startswith("tile/"):
        return f"{finding.code} {first}"
    return f"{finding.code} position {finding.position}"


def noted(text: str, *signatures: Signature) -> bytes:
    """Return the bytes of a note."""
    return bytes(Note(text, signatures))
