"""Whatever chance does to what is verified, verification ends in findings or a clean refusal, never in a traceback.

50,000 changes with `make sweep`: of database files, of published folders, of proofs, of checkpoints and of policies;
2,000 otherwise. Of what ends without a finding it is shown that nothing was lost.
"""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path, PurePosixPath

import pytest

from cli.main import run
from cli.session import Session
from ledger.application.open import open_ledger
from ledger.application.rollback_guard import Guard
from ledger.files.attachments import content_of
from ledger.tlog import keys
from ledger.tlog.keys import VerifierKey
from ledger.transparency.proofs import prove, prove_growth
from ledger.transparency.publish import publish
from projections.proof import verify_ledger
from projections.runner.location import open_projections
from tests.attacks.forger import STORY, record
from tests.attacks.mutations import of_bytes, of_database, of_folder
from tests.attacks.notary import POLICY_TEXT, keep, note_of
from tests.attacks.site import BOTH
from tests.transparency.logs import files_of

pytestmark = pytest.mark.slow

IS_SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
SEED = os.environ.get("LEDGER_SEED", "20261128")
COUNTS = {"database": 500, "folder": 600, "proof": 350, "checkpoint": 300, "policy": 250}
"""How many changes of each kind: 2,000, and 25 times as many in a sweep, in parts that processes share."""
PARTS = range(25 if IS_SWEEP else 1)
SIZES = (9, 15)
ENDS = {0, 1, 2, 3, 4, 5}
"""Exit codes that the documents have; a defect of the software would be another."""


class Sound:
    """Everything that can be verified, with nothing wrong in it, by name; written anew for each change."""

    def __init__(self, folder: Path) -> None:
        """Make a ledger with a key, an attached file, kept checkpoints and projections; publish and prove."""
        path = folder / "ledger.db"
        record(f"sqlite:///{path}", STORY)
        (folder / "a.txt").write_text("An agreement\n", "utf-8")
        content = content_of(folder / "a.txt")
        told = {"sha256": content.sha256, "size": content.size, "media_type": content.media_type}
        ledger = open_ledger(f"sqlite:///{path}")
        assert ledger.attachments is not None
        ledger.attachments.keep(folder / "a.txt", content)
        record(
            ledger.store.url,
            [
                ("document attach", {"engagement": "E1", "title": "Agreement", "content": told}),
                ("key add", {"vkey": POLICY_TEXT.split()[POLICY_TEXT.split().index("log") + 1]}),
            ],
            make=False,
        )
        keep(path, *(note_of(path, size, witnesses=BOTH) for size in SIZES))
        for size in SIZES:
            publish(ledger, folder / "out", size)
            (folder / f"{size}.checkpoint").write_bytes(bytes(note_of(path, size, witnesses=BOTH)))
        proof = next(iter(prove(ledger, [7])))
        (folder / "7.tlog-proof").write_bytes(bytes(proof.file))
        (folder / "7.json").write_bytes(proof.entry)
        (folder / "9-15.consistency").write_bytes(bytes(prove_growth(ledger, SIZES[0])))
        (folder / "policy").write_text(POLICY_TEXT, "utf-8")
        Guard(folder / "guard").start(ledger.origin, ledger.store)
        open_projections(ledger)[0].dispose()
        ledger.close()
        self.rows = rows(path)
        self.files = dict(sorted(files_of(folder).items()))  # the same order on every machine

    def write(self, folder: Path, *kinds: str) -> None:
        """Write those of its files anew whose names begin so."""
        for name, data in self.files.items():
            if name.startswith(kinds):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)


def rows(path: Path) -> list[object]:
    """Return what a ledger says: its entries with their columns, its head, and the tables that recording reads."""
    with closing(sqlite3.connect(path)) as db:
        tables = ("entries", "head", "tiles", "names", "mentions")
        return [sorted(db.execute(f"SELECT * FROM {table}"), key=repr) for table in tables]  # noqa: S608 - constants


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """Return what is changed."""
    return Sound(tmp_path_factory.mktemp("sound"))


@pytest.fixture
def at(sound: Sound, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with all of it, in which the commands are given."""
    # Of the same key, text and bytes the answer is the same: it is remembered.
    monkeypatch.setattr(verify_ledger, "sound_point", lru_cache(1 << 16)(verify_ledger.sound_point))
    monkeypatch.setattr(verify_ledger, "is_signed", lru_cache(1 << 16)(verify_ledger.is_signed))
    monkeypatch.setattr(keys, "check_point", lru_cache(1 << 16)(keys.check_point))
    monkeypatch.setattr(VerifierKey, "verify", lru_cache(1 << 16)(VerifierKey.verify))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    sound.write(tmp_path / "work", "")
    return tmp_path / "work"


class Judge:
    """Runs commands, and holds their ends to be clean."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Read what is printed."""
        self.capsys = capsys
        self.what = ""

    def ledger(self, *words: str) -> int:
        """Return the exit code of `ledger`."""
        return self._ended(f"ledger {' '.join(words)}", run(words, Session(url="sqlite:///ledger.db")))

    def file(self, *words: str) -> int:
        """Return the exit code of `verify_ledger.py`."""
        try:
            code = verify_ledger.main(words)
        except SystemExit as error:
            code = int(error.code or 0)
        return self._ended(f"verify_ledger.py {' '.join(words)}", code)

    def _ended(self, line: str, code: int) -> int:
        told = self.capsys.readouterr()
        assert code in ENDS, f"{self.what}: {line} ended with {code}\n{told.out}{told.err}"
        assert "Traceback" not in told.out + told.err, f"{self.what}: {line}\n{told.out}{told.err}"
        assert code != 1 or "finding" in told.out, f"{self.what}: {line} tells no finding\n{told.out}{told.err}"
        assert code < 2 or "error: " in told.err, f"{self.what}: {line} tells no error\n{told.out}{told.err}"
        return code


@pytest.fixture
def validate(capsys: pytest.CaptureFixture[str]) -> Judge:
    """Return what runs commands."""
    return Judge(capsys)


def rounds(kind: str, part: int, judge: Judge) -> Iterator[random.Random]:
    """Yield what chooses the changes, one after the other; each can be made again by its seed."""
    for number in range(part * COUNTS[kind], (part + 1) * COUNTS[kind]):
        judge.what = f"seed {SEED}/{kind}/{number}"
        yield random.Random(f"{SEED}/{kind}/{number}")  # noqa: S311 - repeatable, not secret


VERIFIED: tuple[tuple[str, ...], ...] = (
    ("verify", "--log-only"), ("verify", "--log-only", "--policy", "policy"),
    ("verify", "--log-only", "--format", "json"),
    ("verify", "--log-only", "--policy", "policy", "--checkpoint", "9.checkpoint", "--checkpoint", "15.checkpoint"),
    ("verify", "--log-only", "--back-dated", "30"), ("--guard", "guard", "verify", "--log-only"), ("verify",),
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_database_files(sound: Sound, at: Path, judge: Judge, part: int) -> None:
    """Bytes, pages, headers, what stands beside, and rows and tables by SQL; what has no finding says what it said."""
    others = [*sound.files.values()]
    for chance in rounds("database", part, judge):
        for path in at.glob("ledger*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        sound.write(at, "ledger.db", "ledger.projections.db")
        words = chance.choice(VERIFIED)
        of_projections = words == ("verify",) and chance.random() < 0.5
        of_database(chance, at / ("ledger.projections.db" if of_projections else "ledger.db"), others)
        if judge.ledger(*words) == 0:
            assert sound.rows == rows(at / "ledger.db"), judge.what


def is_as_signed(data: bytes, before: bytes) -> bool:
    """Return whether what ends in a checkpoint says what it said, and has all of its signatures.

    Their order says nothing, and signatures of keys that nobody knows may stand beside them (c2sp.org/signed-note).
    """
    (text, found, lines), (old_text, _, old_lines) = data.rpartition(b"\n\n"), before.rpartition(b"\n\n")
    return bool(found) and text == old_text and set(old_lines.splitlines()) <= set(lines.splitlines())


def restore(folder: Path, published: dict[str, bytes]) -> None:
    """Make a folder what it was, by what differs: folders are slow to take away."""
    above = {str(place) for name in published for place in PurePosixPath(name).parents}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or (path.is_file() and name not in published):
            path.unlink()
        elif path.is_dir() and name not in above:
            shutil.rmtree(path)
    for name, data in published.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


@pytest.mark.parametrize("part", PARTS)
def test_folders(sound: Sound, at: Path, judge: Judge, part: int) -> None:
    """Files of a published folder changed, swapped, linked, renamed: no finding for both only if all is there."""
    published = {name.removeprefix("out/"): data for name, data in sound.files.items() if name.startswith("out/")}
    needed = {name: data for name, data in published.items() if not name.endswith("/9")}
    for chance in rounds("folder", part, judge):
        restore(at / "out", published)
        for _ in range(chance.randrange(1, 4)):
            of_folder(chance, at / "out")
        ends = judge.ledger("verify", "--bundle", "out", "--policy", "policy"), judge.file("out", "--policy", "policy")
        plain = {path for path in (at / "out").rglob("*") if path.is_file() and not path.is_symlink()}
        left = {path.relative_to(at / "out").as_posix(): path.read_bytes() for path in plain}
        if is_as_signed(left.get("checkpoint", b""), published["checkpoint"]):
            left["checkpoint"] = published["checkpoint"]
        is_sound = needed.items() <= left.items() <= published.items()
        assert ends in (((0, 0), (1, 1)) if is_sound else ((1, 1),)), f"{judge.what}: {ends}"


def changed(chance: random.Random, sound: Sound, path: Path) -> bool:
    """Change a file once or twice; return whether it is another now."""
    data = before = sound.files[path.name]
    for _ in range(chance.choice((1, 1, 2))):
        data = of_bytes(chance, data, [*sound.files.values()])
    path.write_bytes(data)
    return data != before


@pytest.mark.parametrize("part", PARTS)
def test_proofs(sound: Sound, at: Path, judge: Judge, part: int) -> None:
    """Proofs and the entries beside them: what is another does not hold."""
    for chance in rounds("proof", part, judge):
        name = chance.choice(["7.tlog-proof", "7.tlog-proof", "7.json", "9-15.consistency", "9-15.consistency"])
        is_changed = changed(chance, sound, at / name)
        proof = "9-15.consistency" if name.startswith("9") else "7.tlog-proof"
        form = chance.choice(["table", "json"])
        code = judge.ledger("verify-proof", proof, "--old", "9.checkpoint", "--policy", "policy", "--format", form)
        data = (at / name).read_bytes()  # one proof may stand in the place of another
        is_same = not is_changed or is_as_signed(data, sound.files[name]) or data == sound.files["9-15.consistency"]
        assert is_same if code == 0 else is_changed, judge.what
        sound.write(at, name)


@pytest.mark.parametrize("part", PARTS)
def test_checkpoints(sound: Sound, at: Path, judge: Judge, part: int) -> None:
    """A checkpoint that a reader gives is found wanting when it is another, but for lines of unknown signatures."""
    for chance in rounds("checkpoint", part, judge):
        name = chance.choice(["9.checkpoint", "15.checkpoint"])
        changed(chance, sound, at / name)
        trusted = ("--policy", "policy") if chance.random() < 0.7 else ()
        match chance.randrange(3):
            case 0:
                code = judge.ledger("verify", "--log-only", "--checkpoint", name, *trusted)
            case 1:
                code = judge.ledger("verify", "--bundle", "out", "--checkpoint", name, *trusted)
            case _:
                code = judge.ledger("verify-proof", "9-15.consistency", "--old", name, "--policy", "policy")
        text = (at / name).read_bytes().partition(b"\n\n")[0]
        is_told = text in {sound.files[f"{size}.checkpoint"].partition(b"\n\n")[0] for size in SIZES}
        assert code or is_told, judge.what
        sound.write(at, name)


@pytest.mark.parametrize("part", PARTS)
def test_policies(sound: Sound, at: Path, judge: Judge, part: int) -> None:
    """A policy that is another is refused, or trusts somebody: both verifiers take the same for policies."""
    actions: tuple[Callable[[], int], ...] = (
        lambda: judge.ledger("verify", "--log-only", "--policy", "policy"),
        lambda: judge.ledger("verify-proof", "7.tlog-proof", "--policy", "policy"),
        lambda: judge.ledger("verify", "--bundle", "out", "--policy", "policy"),
    )
    for chance in rounds("policy", part, judge):
        changed(chance, sound, at / "policy")
        action = chance.choice(actions)
        code = action()
        if action is actions[-1]:
            assert bool(code) == bool(judge.file("out", "--policy", "policy")), judge.what
        sound.write(at, "policy")


def test_how_many_changes_there_are() -> None:
    """2,000, and 50,000 in a sweep."""
    assert (50_000 if IS_SWEEP else 2_000) == sum(COUNTS.values()) * len(PARTS)
