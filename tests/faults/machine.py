"""Every command that writes, as a real process with a fault in one of its system calls, and the judge of what it left.

The judge knows four faults of the product: something acknowledged is **lost**; something is there **half**; what the
command said is a **lie**; and what a killed process left is still there after the next call (a **leftover**).
"""

import hashlib
import random
import re
import shlex
import shutil
import signal
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from ledger.domain.errors import LedgerError
from tests.faults.commands import CASES, Case, prepare
from tests.faults.power import Call, Disk, printed
from tests.faults.power import calls as calls_of
from tests.faults.shim import APPLIES, Run, Shim, load_everything, typed

AT_END = 0.2
"""How many losses of power come after a command has ended."""
WITHOUT_POWER = "without power"


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
        load_everything()
        self.shim = Shim(folder)
        self.folder = folder
        self.verdict = Verdict()
        self._number = 0
        self._calls: dict[str, list[str]] = {}
        self._trees: dict[str, dict[str, str]] = {}
        self._journals: dict[str, tuple[Disk, list[Call]]] = {}
        self._prepared = folder / "prepared"
        prepare(self._prepared)

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
        self.judge(case, root, run, f"{case.name} {WITHOUT_POWER} after {cut} of {len(past)} calls ({rules})")
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
        if not case.repeats and done and "it is not known" not in run.err:
            return
        again = typed(_again(case, run), root)
        is_there = done and any(f"error: {code}:" in again.err for code in case.there)
        _obey(again, root)
        if again.code and not is_there:
            self.verdict.lies.append(f"{where}: given again: {again}")
        if case.whole != (finally_ := case.done(root)):
            self.verdict.half.append(f"{where}: after it was given again ({again}), {finally_} of {case.whole}")
        other = sorted(_tree(root).items() ^ self._trees[case.name].items())
        if run.code == -signal.SIGKILL or WITHOUT_POWER in where:
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
    # What is about to be voided is printed first; a process that is killed then has said nothing of what was done.
    is_silent = run.code < 0 and "error: " not in run.err
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
