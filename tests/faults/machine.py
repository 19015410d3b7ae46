"""Every command that writes, as a real process with a fault in one of its system calls, and the judge of what it left.

The judge knows four faults of the product: something acknowledged is **lost**; something is there **half**; what the
command said is a **lie**; and what a killed process left is still there after the next call (a **leftover**).
"""

import hashlib
import json
import random
import re
import shlex
import shutil
import signal
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from ledger.application.open import open_ledger
from ledger.domain.errors import LedgerError
from ledger.replay.procedure import replay_log
from ledger.verify.procedure import verify_log
from tests.faults.power import Call, Disk, printed
from tests.faults.power import calls as calls_of
from tests.faults.shim import APPLIES, Run, Shim, typed

DEMO = Path(__file__).parents[2] / "demo" / "data" / "register.csv"
LINES = [
    {"command": "party register", "ref": "L1", "name": "Lambda Institute"},
    {"command": "party register", "ref": "L2", "name": "Mu Foundation"},
    {"command": "engagement sign", "engagement": "F", "title": "F", "kind": "memorandum", "parties": [{"party": "L1"}]},
]
BEGINNING = """
init --origin example.org/ledger --currency USD --organization 'Example Organisation'
party register 'Alpha Institute' --ref A --membership none
engagement sign E --title T --kind 'partnership agreement' --party A --contribution 'A=USD 100.00'
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
    later: str = "$^"
    """A pattern of what a killed process leaves and only a later call that makes the same file removes."""


def _entries(root: Path) -> int:
    return _size(root / "desk" / "ledger.db") - BASE


AT_END = 0.2
"""How many losses of power come after a command has ended."""
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
         _made_with_guard, whole=2, there=("ledger-exists", "guard-exists"), is_stepwise=True),
    Case("party", "party register 'Gamma Institute' --command-id gamma", _entries, acked=RECORDED),
    Case("guarded", "--guard ../second/guard party register 'Gamma Institute' --command-id g", _entries, acked=RECORDED,
         later=r"second/\.guard-"),
    Case("record", "record ../in/lines.jsonl", _entries, whole=3),
    Case("each", "record --each ../in/lines.jsonl", _entries, whole=3, acked=RECORDED, is_stepwise=True),
    Case("import", "import tdag25 ../in/register.csv", _entries, whole=84),
    Case("attach", "document attach E ../in/terms.txt --title Terms --command-id terms", _attached, acked=RECORDED),
    Case("key", "key new --beside --command-id key", _new_key, acked=RECORDED,
         there=("command-reused",), later="key "),
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
    Case("disclosure", "disclosure publish TDAG-26/5 --title Report --body TDAG --cover E --command-id d", _entries,
         whole=2, acked=RECORDED),
)  # fmt: skip
"""The commands."""


@dataclass
class Verdict:
    """What was found, over many runs."""

    runs: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    lies: list[str] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """Return the figures."""
        kinds = ("lost", "half", "lies", "leftovers")
        return ", ".join([f"{self.runs} runs", *(f"{len(getattr(self, kind))} {kind}" for kind in kinds)])

    def problems(self) -> list[str]:
        """Return all of them."""
        return [f"{kind}: {text}" for kind in ("lost", "half", "lies", "leftovers") for text in getattr(self, kind)]


class Machine:
    """Runs commands with faults, each in a copy of one prepared folder, and judges."""

    def __init__(self, folder: Path) -> None:
        """Prepare the ledger in a folder, with what else the commands need."""
        self.shim = Shim(folder)
        self.folder = folder
        self.verdict = Verdict()
        self._number = 0
        self._calls: dict[str, list[str]] = {}
        self._trees: dict[str, dict[str, str]] = {}
        self._journals: dict[str, tuple[Disk, list[Call]]] = {}
        self._prepared = folder / "prepared"
        for name in ("desk", "in", "out", "second", "new", "home"):
            (self._prepared / name).mkdir(parents=True)
        self._prepare(self._prepared)

    def _prepare(self, root: Path) -> None:
        (root / "in" / "terms.txt").write_text("Terms (illustrative)\n" * 2000)
        (root / "in" / "lines.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES))
        (root / "in" / "register.csv").write_text("".join(DEMO.read_text().splitlines(keepends=True)[:31]))
        for line in BEGINNING.strip().splitlines():
            done = typed(shlex.split(line), root)
            assert 0 == done.code, (line, done)
        vkey = json.loads(typed(["key", "show", "--format", "json"], root).out)["rows"][0]["vkey"]
        done = typed(["witness", "trust", vkey, "--state", "../witness"], root)
        assert (0, BASE) == (done.code, _size(root / "desk" / "ledger.db")), done

    def copy(self) -> Path:
        """Return a new copy of the prepared folder."""
        self._number += 1
        root = self.folder / f"r{self._number}"
        shutil.copytree(self._prepared, root)
        return root

    def calls(self, case: Case) -> list[str]:
        """Return the names of the calls of a command that ran without a fault, in order."""
        if case.name not in self._calls:
            root = self.copy()
            self._calls[case.name] = self.shim.calls(shlex.split(case.words), root)
            assert case.whole == case.done(root), case
            self._trees[case.name] = _tree(root)
            shutil.rmtree(root)
        return self._calls[case.name]

    def places(self, fault: str) -> Iterator[tuple[Case, int]]:
        """Yield each command with each number of a call at which the fault can happen."""
        for case in CASES:
            for number, call in enumerate(self.calls(case), 1):
                if call in APPLIES[fault].split():
                    yield case, number

    def sample(self, faults: tuple[str, ...], amount: int, chance: random.Random) -> list[tuple[str, Case, int]]:
        """Return so many of all places of these faults, as evenly over the commands as possible."""
        by_case: dict[str, list[tuple[str, Case, int]]] = {case.name: [] for case in CASES}
        for fault in faults:
            for case, number in self.places(fault):
                by_case[case.name].append((fault, case, number))
        for places in by_case.values():
            chance.shuffle(places)
        rows = zip_longest(*by_case.values())
        return [place for row in rows for place in row if place is not None][:amount]

    def try_(self, fault: str, case: Case, number: int) -> None:
        """Run a command with a fault, judge it, and add what is found to the verdict."""
        root = self.copy()
        run = self.shim.run(shlex.split(case.words), root, fault, number)
        where = f"{case.name} {fault} at {number} ({self.calls(case)[number - 1]})"
        self.judge(case, root, run, where)
        shutil.rmtree(root)

    def lose_power(self, case: Case, chance: random.Random) -> None:
        """Judge a folder as a loss of power at any moment of a command may leave it."""
        self.calls(case)
        before, past = self._journal(case)
        cut = len(past) if chance.random() < AT_END else chance.randint(0, len(past))
        disk = deepcopy(before)
        disk.do(past[:cut])
        self._number += 1
        root = self.folder / f"r{self._number}"
        rules = disk.lose_power(root, chance)
        code = 0 if cut == len(past) else -signal.SIGKILL
        run = Run(code, printed(past[:cut]), "")
        self.judge(case, root, run, f"{case.name} without power after {cut} of {len(past)} calls ({rules})")
        shutil.rmtree(root)

    def _journal(self, case: Case) -> tuple[Disk, list[Call]]:
        """Return the disk before a command ran, and the calls that it made then."""
        if case.name not in self._journals:
            root = self.copy()
            journal = root.with_name(f"{root.name}-journal")
            before = Disk(root)
            run = self.shim.journal(shlex.split(case.words), root, journal)
            assert 0 == run.code, (case, run)
            self._journals[case.name] = (before, calls_of(journal))
            shutil.rmtree(root)
        return self._journals[case.name]

    def judge(self, case: Case, root: Path, run: Run, where: str) -> None:
        """Judge what a run left below a folder, then give the command again as its hint says, and judge that."""
        self.calls(case)
        self.verdict.runs += 1
        where = f"{where}; exit {run.code}, out {run.out!r}, err {run.err!r}"
        try:
            self._judge(case, root, run, where)
        except (AssertionError, LedgerError, ValueError, LookupError) as error:
            self.verdict.half.append(f"{where}: {type(error).__name__}: {error}")

    def _judge(self, case: Case, root: Path, run: Run, where: str) -> None:
        done = case.done(root)
        if done not in (0, case.whole) and not case.is_stepwise:
            self.verdict.half.append(f"{where}: {done} of {case.whole}")
        acks = len(re.findall(case.acked, run.out, re.MULTILINE)) if case.acked else 0
        if acks and (done < acks if case.is_stepwise else not done):
            self.verdict.lost.append(f"{where}: {acks} acknowledged, {done} there")
        for lie in _lies(case, run, done):
            self.verdict.lies.append(f"{where}: {lie}")
        again = typed(_again(case, run), root)
        is_there = done and any(f"error: {code}:" in again.err for code in case.there)
        _obey(again, root)
        if again.code and not is_there:
            self.verdict.lies.append(f"{where}: given again: {again}")
        if case.whole != (finally_ := case.done(root)):
            self.verdict.half.append(f"{where}: after it was given again ({again}), {finally_} of {case.whole}")
        other = sorted(_tree(root).items() ^ self._trees[case.name].items())
        if run.code == -signal.SIGKILL:
            # A key whose process was killed before it was recorded stays: nobody can tell whose it is.
            other = [(name, digest) for name, digest in other if not re.match(case.later, name)]
        if other:
            self.verdict.leftovers.append(f"{where}: then {again}: other files: {other}")


def _lies(case: Case, run: Run, done: int) -> Iterator[str]:
    """Yield what is wrong in what a run said, after which `done` steps are done."""
    says_recorded = bool(re.search("^recorded: ", run.err, re.MULTILINE))
    is_unknown = "it is not known whether" in run.err
    if run.code == 0 and done != case.whole:
        yield f"it said that all is done, and {done} of {case.whole} are"
    if says_recorded and not done:
        yield "it said that something is recorded, and nothing is"
    is_silent = run.code < 0 and not run.err
    if run.code and done and not (says_recorded or is_unknown or is_silent or (case.acked and run.out)):
        yield "it said that nothing is recorded, and something is"
    if run.code in (-2, -15) and done:
        yield "it ended without a word, and something is recorded"
    if run.code == 70 or "Traceback" in run.err or "internal:" in run.err:
        yield "a defect"
    if "from a backup" in run.err or "damaged" in run.err:
        yield "it said that something is damaged, and nothing is"


def _again(case: Case, run: Run) -> list[str]:
    """Return the words of the command to give after a run: that of its hint, else the same."""
    hint = re.search(r"^hint: .*: ledger (.*)$", run.err, re.MULTILINE)
    return shlex.split(hint[1] if hint else case.words)


def _obey(again: Run, root: Path) -> None:
    """Do what the hint of a refusal says, where the command was done in part."""
    if hint := re.search(r"'ledger ([^']* guard start)'", again.err):
        typed(shlex.split(hint[1]), root)
    if hint := re.search(r"the last line of (\S+) is the cosignature", again.err):
        last = (root / "desk" / hint[1]).read_text().splitlines(keepends=True)[-1]
        (root / "out" / "from-one.txt").write_text(last)


_VOLATILE = re.compile(r"\.db$|\.zip$|\.pem$|from-one|^witness/logs/|^out/witness/policy|guard$")
"""Files whose content differs from run to run; the judge looks at them in other ways."""


def _tree(root: Path) -> dict[str, str]:
    """Return the files and folders below a folder, without those of SQLite, and digests of their contents."""
    tree, keys = {}, 0
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        if name.endswith(("-wal", "-shm")) or name.startswith(("home", "cache")):
            continue
        if name.endswith(".pem") and not path.name.startswith("."):
            keys += 1
            name = f"key {keys}"
        is_fixed = path.is_file() and not _VOLATILE.search(str(path.relative_to(root)))
        tree[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:16] if is_fixed else ""
    return tree
