"""The commands that write, what they need, and how much of each is done below a folder."""

import hashlib
import json
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ledger.application.open import open_ledger
from ledger.replay.procedure import replay_log
from ledger.verify.procedure import verify_log
from tests.faults.shim import typed

DEMO = Path(__file__).parents[2] / "demo" / "data" / "register.csv"
LINES = [
    {"command": "party register", "ref": "L1", "name": "Lambda Institute"},
    {"command": "party register", "ref": "L2", "name": "Mu Foundation"},
    {"command": "engagement sign", "engagement": "F", "title": "F", "kind": "memorandum", "parties": [{"party": "L1"}]},
]
BEGINNING = """
init --origin example.org/ledger --currency USD --organization 'Example Organisation'
party register 'Alpha Institute' --ref A --membership none
engagement sign E --title T --kind 'partnership agreement' --party A --contribution 'A=USD 9.00' --effective 2024-02-01
key new
definitions adopt partnerships
checkpoint -o ../in/first.checkpoint
publish ../published
--guard ../second/guard guard start
--guard ../second/guard party register 'Beta Institute' --ref B
checkpoint -o ../in/second.checkpoint
witness init --name witness.example/one --state ../witness
checkpoint request --witness witness.example/one -o ../in/to-one.txt
--guard ../second/guard party register 'Delta Institute' --ref D
backup ../in/monday.zip
"""


@dataclass(frozen=True)
class Case:
    """A command that writes."""

    name: str
    words: str
    """The command line after `ledger`, in the folder `desk`."""
    done: Callable[[Path], int]
    """Returns how many steps of it are done below a folder; raises AssertionError where something is there half."""
    whole: int = 1
    """How many steps it has; those between are not half (lines of `record --each`)."""
    acked: str | None = None
    """A pattern of a receipt on standard output, one for each step."""
    there: tuple[str, ...] = ()
    """Codes of the refusal if it is done already."""
    is_stepwise: bool = False
    repeats: bool = True
    """Whether the same command can be given again; without an id, only what the command said tells whether to."""
    later: str = "$^"
    """A pattern of what a killed process leaves and only a later call that makes the same file removes."""


def _entries(root: Path) -> int:
    return _size(root / "desk" / "ledger.db") - BASE


BASE, SIGNED = 8, 7
"""The number of entries of the ledger at the beginning, and that of its last checkpoint."""


def _size(path: Path) -> int:
    """Return the size of a ledger in which nothing is wrong, 0 if there is none."""
    if not path.exists():
        return 0
    ledger = open_ledger(f"sqlite:///{path}", reads=True)
    try:
        findings = [*verify_log(ledger.store).findings, *replay_log(ledger)]
        assert [] == findings, (path, findings)
        return ledger.store.head().size
    finally:
        ledger.close()


def _attached(root: Path) -> int:
    done, kept = _entries(root), root / "desk" / "attachments"
    files = [path for path in kept.glob("*") if not path.name.startswith(".")]
    for path in files:
        assert path.name == hashlib.sha256(path.read_bytes()).hexdigest(), path
    assert done <= len(files), "the file of a recorded document is not there"
    return done


def _new_key(root: Path) -> int:
    done = _entries(root)
    shown = json.loads(typed(["key", "show", "--format", "json"], root).out)
    assert {"yes"} == {key["at_hand"] for key in shown["rows"]}, shown
    return done


def _made(*names: str) -> Callable[[Path], int]:
    """Return the number of these files that are there; none may be there in part."""

    def done(root: Path) -> int:
        return sum((root / name).exists() for name in names)

    return done


def _checkpoint(root: Path) -> int:
    shown = json.loads(typed(["checkpoint", "list", "--format", "json"], root).out)
    stored = any(row["size"] == BASE for row in shown["rows"])
    return stored + (root / "out" / "c.txt").exists()


def _backup(root: Path) -> int:
    path = root / "out" / "tuesday.zip"
    if path.exists():
        tried = typed(["restore", str(path), "--dry-run", "--url", f"sqlite:///{root}/out/tried.db"], root)
        assert 0 == tried.code, tried
    return path.exists()


def _ledger_made(size: int) -> Callable[[Path], int]:
    def done(root: Path) -> int:
        found = _size(root / "new" / "ledger.db")
        assert found in (0, size), found
        return found == size

    return done


def _made_with_guard(root: Path) -> int:
    return _ledger_made(1)(root) + (root / "new-guard").exists()


def _published(root: Path) -> int:
    shown = (root / "published" / "checkpoint").read_text().splitlines()
    return shown[1] == str(SIGNED)


def _witness(root: Path) -> int:
    shown = typed(["witness", "show", "--state", "../out/witness"], root)
    assert shown.code == 0 or "no-witness" in shown.err, shown
    return shown.code == 0


def _cosigned(root: Path) -> int:
    shown = json.loads(typed(["witness", "show", "--state", "../witness", "--format", "json"], root).out)
    return any(row["size"] == SIGNED for row in shown["logs"]) + (root / "out" / "from-one.txt").exists()


RECORDED = r"^recorded at"
CASES = (
    Case("init", "--url sqlite:///../new/ledger.db --guard ../new-guard init --origin example.org/new --currency USD",
         _made_with_guard, whole=2, there=("ledger-exists", "guard-exists"), is_stepwise=True,
         later=r"new/\.ledger\.db-"),
    Case("party", "party register 'Gamma Institute' --command-id gamma", _entries, acked=RECORDED),
    Case("guarded", "--guard ../second/guard party register 'Gamma Institute' --command-id g", _entries, acked=RECORDED,
         later=r"second/\.guard-"),
    Case("money", "contribution receive E A 'USD 10.00'", _entries, acked=RECORDED, repeats=False),
    Case("record", "record ../in/lines.jsonl", _entries, whole=3),
    Case("each", "record --each ../in/lines.jsonl", _entries, whole=3, acked=RECORDED, is_stepwise=True),
    Case("import", "import tdag25 ../in/register.csv", _entries, whole=84),
    Case("attach", "document attach E ../in/terms.txt --title Terms --command-id terms", _attached, acked=RECORDED),
    Case("key", "key new --beside --command-id key", _new_key, acked=RECORDED,
         there=("command-reused",), later="key "),
    Case("rotate", "key rotate --command-id rotate", _new_key, acked=RECORDED, there=("command-reused",),
         later="key "),
    Case("adopt", "definitions adopt council --command-id adopt", _entries, acked=RECORDED),
    Case("void", "void 8 --reason Mistake --command-id void", _entries, acked=RECORDED),
    Case("checkpoint", "checkpoint -o ../out/c.txt", _checkpoint, whole=2, is_stepwise=True),
    Case("guard", "--guard ../out/guard guard start", _made("out/guard"), there=("guard-exists",)),
    Case("backup", "backup ../out/tuesday.zip", _backup, there=("backup-exists",)),
    Case("restore", "restore ../in/monday.zip --url sqlite:///../new/ledger.db", _ledger_made(BASE),
         there=("ledger-exists",)),
    Case("copy", "copy sqlite:///ledger.db sqlite:///../new/ledger.db", _ledger_made(BASE), there=("ledger-exists",)),
    Case("publish", "publish ../published", _published),
    Case("report", "report partnerships -o ../out/report.md", _made("out/report.md")),
    Case("proof", "report partnerships --proof ../out/report", _made("out/report"), there=("folder-there",)),
    Case("witness", "witness init --name witness.example/two --state ../out/witness", _witness,
         there=("witness-there",), later="key "),
    Case("cosign", "witness cosign ../in/to-one.txt -o ../out/from-one.txt --state ../witness", _cosigned, whole=2,
         there=("other-size",), is_stepwise=True, later=r"out/\.from-one\.txt-"),
    Case("disclosure", "disclosure publish TDAG-26/5 --title Report --body TDAG --as-of-on 2024-12-31 --cover E "
         "--command-id d", _entries, whole=2, acked=RECORDED),
)  # fmt: skip
"""The commands."""


def prepare(root: Path) -> None:
    """Make the ledger that commands begin with in a new folder, and what else they need."""
    for name in ("desk", "in", "out", "second", "new", "home"):
        (root / name).mkdir(parents=True)
    (root / "in" / "terms.txt").write_text("Terms (illustrative)\n" * 2000)
    (root / "in" / "lines.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES))
    (root / "in" / "register.csv").write_text("".join(DEMO.read_text().splitlines(keepends=True)[:31]))
    for line in BEGINNING.strip().splitlines():
        done = typed(shlex.split(line), root)
        assert 0 == done.code, (line, done)
    vkey = json.loads(typed(["key", "show", "--format", "json"], root).out)["rows"][0]["vkey"]
    done = typed(["witness", "trust", vkey, "--state", "../witness"], root)
    assert (0, BASE) == (done.code, _size(root / "desk" / "ledger.db")), done
