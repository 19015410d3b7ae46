"""Any random change to what is verified ends in findings or a clean refusal, never in a traceback.

50,000 changes with `make sweep`, 2,000 otherwise: to database files, published folders, proofs, checkpoints and
policies. If a changed input gives no finding, the test checks that nothing was lost.
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
from ledger.transparency.cosignatures import submission
from ledger.transparency.proofs import prove
from ledger.transparency.publish import publish
from projections.proof import verify_ledger
from projections.runner.cache import cache_path
from projections.runner.location import open_projections
from projections.runner.place import delete_file
from tests.attacks.forger import STORY, record
from tests.attacks.mutations import of_bytes, of_database, of_folder
from tests.attacks.notary import POLICY_TEXT, keep, note_of
from tests.attacks.site import BOTH
from tests.transparency.logs import files_of

pytestmark = pytest.mark.slow

IS_SWEEP = bool(os.environ.get("LEDGER_SWEEP"))
SEED = os.environ.get("LEDGER_SEED", "20261128")
COUNTS = {"database": 500, "folder": 600, "proof": 350, "checkpoint": 300, "policy": 250}
"""Number of changes by kind: 2,000 in all, and 25 times that in a sweep, in parts that run in parallel."""
PARTS = range(25 if IS_SWEEP else 1)
SIZES = (9, 15)
ENDS = {0, 1, 2, 3, 4, 5}
"""The documented exit codes; a defect of the software would give another."""


class SoundFiles:
    """A sound ledger with all its published files, by name; each change starts from these."""

    def __init__(self, folder: Path) -> None:
        """Make a ledger with a key, an attached file, kept checkpoints and projections; publish and prove."""
        path = folder / "ledger.db"
        record(f"sqlite:///{path}", STORY)
        (folder / "a.txt").write_text("An agreement\n", "utf-8")
        content = content_of(folder / "a.txt")
        output = {"sha256": content.sha256, "size": content.size, "media_type": content.media_type}
        ledger = open_ledger(f"sqlite:///{path}")
        assert ledger.attachments is not None
        ledger.attachments.keep(folder / "a.txt", content)
        record(
            ledger.store.url,
            [
                ("document attach", {"engagement": "E1", "title": "Agreement", "content": output}),
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
        (folder / "9-15.consistency").write_bytes(bytes(submission(ledger, SIZES[0])))
        (folder / "policy").write_text(POLICY_TEXT, "utf-8")
        Guard(folder / "guard").start(ledger.origin, ledger.store)
        open_projections(ledger).dispose()
        self.projections = cache_path(ledger.store.url).read_bytes()
        ledger.close()
        self.rows = rows(path)
        self.files = dict(sorted(files_of(folder).items()))  # the same order on every machine

    def write(self, folder: Path, *kinds: str) -> None:
        """Write the files whose names start with one of `kinds`."""
        for name, data in self.files.items():
            if name.startswith(kinds):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(data)


def rows(path: Path) -> list[object]:
    """Return the content of a ledger: entries with their columns, the head, and the tables that recording reads."""
    with closing(sqlite3.connect(path)) as db:
        tables = ("entries", "head", "tiles", "names", "mentions")
        return [sorted(db.execute(f"SELECT * FROM {table}"), key=repr) for table in tables]  # noqa: S608 - constants


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> SoundFiles:
    """Return the files that tests change."""
    return SoundFiles(tmp_path_factory.mktemp("sound"))


@pytest.fixture
def at(sound: SoundFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with all the files; commands run in it."""
    # Cached for speed: the result depends only on the key, the text and the bytes.
    monkeypatch.setattr(verify_ledger, "sound_point", lru_cache(1 << 16)(verify_ledger.sound_point))
    monkeypatch.setattr(verify_ledger, "is_signed", lru_cache(1 << 16)(verify_ledger.is_signed))
    monkeypatch.setattr(keys, "check_point", lru_cache(1 << 16)(keys.check_point))
    monkeypatch.setattr(VerifierKey, "verify", lru_cache(1 << 16)(VerifierKey.verify))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    sound.write(tmp_path / "work", "")
    return tmp_path / "work"


class CommandRunner:
    """Runs commands, and asserts that each ends cleanly."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Capture output with `capsys`."""
        self.capsys = capsys
        self.seed = ""

    def ledger(self, *words: str) -> int:
        """Run `ledger` and return its exit code."""
        return self._checked(f"ledger {' '.join(words)}", run(words, Session(url="sqlite:///ledger.db")))

    def file(self, *words: str) -> int:
        """Run `verify_ledger.py` and return its exit code."""
        try:
            code = verify_ledger.main(words)
        except SystemExit as error:
            code = int(error.code or 0)
        return self._checked(f"verify_ledger.py {' '.join(words)}", code)

    def _checked(self, line: str, code: int) -> int:
        output = self.capsys.readouterr()
        assert code in ENDS, f"{self.seed}: {line} ended with {code}\n{output.out}{output.err}"
        assert "Traceback" not in output.out + output.err, f"{self.seed}: {line}\n{output.out}{output.err}"
        assert code != 1 or "finding" in output.out, f"{self.seed}: {line} shows no finding\n{output.out}{output.err}"
        assert code < 2 or "error: " in output.err, f"{self.seed}: {line} shows no error\n{output.out}{output.err}"
        return code


@pytest.fixture
def commands(capsys: pytest.CaptureFixture[str]) -> CommandRunner:
    """Return a runner of commands."""
    return CommandRunner(capsys)


def rounds(kind: str, part: int, commands: CommandRunner) -> Iterator[random.Random]:
    """Yield a seeded random generator for each change, so that any change can be repeated."""
    for number in range(part * COUNTS[kind], (part + 1) * COUNTS[kind]):
        commands.seed = f"seed {SEED}/{kind}/{number}"
        yield random.Random(f"{SEED}/{kind}/{number}")  # noqa: S311 - repeatable, not secret


VERIFIED: tuple[tuple[str, ...], ...] = (
    ("verify", "--log-only"), ("verify", "--log-only", "--policy", "policy"),
    ("verify", "--log-only", "--format", "json"),
    ("verify", "--log-only", "--policy", "policy", "--checkpoint", "9.checkpoint", "--checkpoint", "15.checkpoint"),
    ("verify", "--log-only", "--back-dated", "30"), ("--guard", "guard", "verify", "--log-only"), ("verify",),
)  # fmt: skip


@pytest.mark.parametrize("part", PARTS)
def test_database_files(sound: SoundFiles, at: Path, commands: CommandRunner, part: int) -> None:
    """Change bytes, pages, headers, journal files, or tables by SQL: no finding only if all rows are the same."""
    others = [*sound.files.values()]
    for chance in rounds("database", part, commands):
        for path in at.glob("ledger*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        sound.write(at, "ledger.db")
        projections = cache_path(f"sqlite:///{at}/ledger.db")
        delete_file(projections)
        projections.write_bytes(sound.projections)
        words = chance.choice(VERIFIED)
        of_projections = words == ("verify",) and chance.random() < 0.5
        of_database(chance, projections if of_projections else at / "ledger.db", others)
        if commands.ledger(*words) == 0:
            assert sound.rows == rows(at / "ledger.db"), commands.seed


def is_as_signed(data: bytes, before: bytes) -> bool:
    """Return whether data that end in a checkpoint have the same text and all signatures of `before`.

    The order of signatures does not matter, and lines of unknown keys may be added (c2sp.org/signed-note).
    """
    (text, separator, lines), (old_text, _, old_lines) = data.rpartition(b"\n\n"), before.rpartition(b"\n\n")
    return bool(separator) and text == old_text and set(old_lines.splitlines()) <= set(lines.splitlines())


def restore(folder: Path, published: dict[str, bytes]) -> None:
    """Restore a folder, rewriting only the files that differ: it is slow to delete the whole folder."""
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
def test_folders(sound: SoundFiles, at: Path, commands: CommandRunner, part: int) -> None:
    """Change, swap, link and rename published files: neither verifier passes unless every needed file is unchanged."""
    published = {name.removeprefix("out/"): data for name, data in sound.files.items() if name.startswith("out/")}
    needed = {name: data for name, data in published.items() if not name.endswith("/9")}
    for chance in rounds("folder", part, commands):
        restore(at / "out", published)
        for _ in range(chance.randrange(1, 4)):
            of_folder(chance, at / "out")
        ends = (
            commands.ledger("verify", "--bundle", "out", "--policy", "policy"),
            commands.file("out", "--policy", "policy"),
        )
        plain = {path for path in (at / "out").rglob("*") if path.is_file() and not path.is_symlink()}
        remaining = {path.relative_to(at / "out").as_posix(): path.read_bytes() for path in plain}
        if is_as_signed(remaining.get("checkpoint", b""), published["checkpoint"]):
            remaining["checkpoint"] = published["checkpoint"]
        is_sound = needed.items() <= remaining.items() <= published.items()
        assert ends in (((0, 0), (1, 1)) if is_sound else ((1, 1),)), f"{commands.seed}: {ends}"


def changed(chance: random.Random, sound: SoundFiles, path: Path) -> bool:
    """Change a file once or twice; return whether its bytes differ now."""
    data = before = sound.files[path.name]
    for _ in range(chance.choice((1, 1, 2))):
        data = of_bytes(chance, data, [*sound.files.values()])
    path.write_bytes(data)
    return data != before


@pytest.mark.parametrize("part", PARTS)
def test_proofs(sound: SoundFiles, at: Path, commands: CommandRunner, part: int) -> None:
    """A proof that was changed, or whose entry was changed, does not hold."""
    for chance in rounds("proof", part, commands):
        name = chance.choice(["7.tlog-proof", "7.tlog-proof", "7.json", "9-15.consistency", "9-15.consistency"])
        is_changed = changed(chance, sound, at / name)
        proof = "9-15.consistency" if name.startswith("9") else "7.tlog-proof"
        form = chance.choice(["table", "json"])
        code = commands.ledger("verify-proof", proof, "--old", "9.checkpoint", "--policy", "policy", "--format", form)
        data = (at / name).read_bytes()  # one proof may have replaced another
        is_same = not is_changed or is_as_signed(data, sound.files[name]) or data == sound.files["9-15.consistency"]
        assert is_same if code == 0 else is_changed, commands.seed
        sound.write(at, name)


@pytest.mark.parametrize("part", PARTS)
def test_checkpoints(sound: SoundFiles, at: Path, commands: CommandRunner, part: int) -> None:
    """A changed checkpoint of the reader is refused, unless only lines of unknown signatures changed."""
    for chance in rounds("checkpoint", part, commands):
        name = chance.choice(["9.checkpoint", "15.checkpoint"])
        changed(chance, sound, at / name)
        trusted = ("--policy", "policy") if chance.random() < 0.7 else ()
        match chance.randrange(3):
            case 0:
                code = commands.ledger("verify", "--log-only", "--checkpoint", name, *trusted)
            case 1:
                code = commands.ledger("verify", "--bundle", "out", "--checkpoint", name, *trusted)
            case _:
                code = commands.ledger("verify-proof", "9-15.consistency", "--old", name, "--policy", "policy")
        text = (at / name).read_bytes().partition(b"\n\n")[0]
        is_original = text in {sound.files[f"{size}.checkpoint"].partition(b"\n\n")[0] for size in SIZES}
        assert code or is_original, commands.seed
        sound.write(at, name)


@pytest.mark.parametrize("part", PARTS)
def test_policies(sound: SoundFiles, at: Path, commands: CommandRunner, part: int) -> None:
    """A changed policy is refused or still valid; both verifiers accept the same policies."""
    actions: tuple[Callable[[], int], ...] = (
        lambda: commands.ledger("verify", "--log-only", "--policy", "policy"),
        lambda: commands.ledger("verify-proof", "7.tlog-proof", "--policy", "policy"),
        lambda: commands.ledger("verify", "--bundle", "out", "--policy", "policy"),
    )
    for chance in rounds("policy", part, commands):
        changed(chance, sound, at / "policy")
        action = chance.choice(actions)
        code = action()
        if action is actions[-1]:
            assert bool(code) == bool(commands.file("out", "--policy", "policy")), commands.seed
        sound.write(at, "policy")


def test_number_of_changes() -> None:
    """There are 2,000 changes, and 50,000 in a sweep."""
    assert (50_000 if IS_SWEEP else 2_000) == sum(COUNTS.values()) * len(PARTS)
