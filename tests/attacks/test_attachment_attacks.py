"""Attacks on attached files: each attached file must exist and must be the file that was attached."""

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.files.attachments import content_of
from ledger.replay.procedure import replay_log
from ledger.verify.findings import CODES
from ledger.verify.procedure import verify_log
from tests.attacks.forger import Forger, record
from tests.transcripts.terminal import Terminal

FILES = {"first.txt": b"The first agreement\n", "second.txt": b"The other agreement\n"}
"""Two files of one size, attached by entries 14 and 15."""
FIRST, SECOND = (hashlib.sha256(data).hexdigest() for data in FILES.values())


@pytest.fixture
def folder(tmp_path: Path, recorded: Path) -> Path:
    """Return the folder of a ledger that stores two attached files."""
    shutil.copy(recorded, tmp_path / "ledger.db")
    url = f"sqlite:///{tmp_path}/ledger.db"
    ledger = open_ledger(url)
    assert ledger.attachments is not None
    attach = []
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
        content = content_of(tmp_path / name)
        ledger.attachments.keep(tmp_path / name, content)
        output = {"sha256": content.sha256, "size": content.size, "media_type": content.media_type}
        attach.append(("document attach", {"engagement": "E1", "title": name, "content": output}))
    ledger.close()
    record(url, attach, make=False)
    return tmp_path


def _findings(folder: Path) -> list[tuple[str, int | None]]:
    ledger = open_ledger(f"sqlite:///{folder}/ledger.db")
    findings = [*verify_log(ledger.store).findings, *replay_log(ledger)]
    ledger.close()
    return [(finding.code, finding.position) for finding in findings]


def _swap(first: Path) -> None:
    second = first.with_name(SECOND)
    first.rename(first.with_name("x"))
    second.rename(first)
    first.with_name("x").rename(second)


def _as_folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


def _as_link(target: str) -> Callable[[Path], None]:
    def replace(place: Path) -> None:
        place.unlink()
        place.symlink_to(target)

    return replace


def _as_pipe(place: Path) -> None:
    place.unlink()
    os.mkfifo(place)


DAMAGES: dict[str, tuple[Callable[[Path], object], list[tuple[str, int]]]] = {
    "remove it": (Path.unlink, [("attachment-missing", 14)]),
    "remove all": (lambda place: shutil.rmtree(place.parent), [("attachment-missing", n) for n in (14, 15)]),
    "rename it": (lambda place: place.rename(place.with_suffix(".old")), [("attachment-missing", 14)]),
    "cut it": (lambda place: place.write_bytes(FILES["first.txt"][:-1]), [("attachment-differs", 14)]),
    "empty it": (lambda place: place.write_bytes(b""), [("attachment-differs", 14)]),
    "lengthen it": (lambda place: place.write_bytes(FILES["first.txt"] + b"\0"), [("attachment-differs", 14)]),
    "change a bit": (lambda place: place.write_bytes(b"U" + FILES["first.txt"][1:]), [("attachment-differs", 14)]),
    "put another in its place": (
        lambda place: shutil.copy(place.with_name(SECOND), place),
        [("attachment-differs", 14)],
    ),
    "swap two": (_swap, [("attachment-differs", 14), ("attachment-differs", 15)]),
    "make it a folder": (_as_folder, [("attachment-missing", 14)]),
    "make it a link to nothing": (_as_link("nowhere"), [("attachment-missing", 14)]),
    "make it a link to itself": (_as_link(FIRST), [("attachment-missing", 14)]),
    "make it a link to another": (_as_link(SECOND), [("attachment-differs", 14)]),
    "make it a pipe that never ends": (_as_pipe, [("attachment-missing", 14)]),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_found(folder: Path, name: str) -> None:
    """A changed file is a finding at the entry that attached it, and the only one."""
    damage, expected = DAMAGES[name]
    assert [] == _findings(folder)
    damage(folder / "attachments" / FIRST)
    assert expected == _findings(folder)


def test_every_code_has_its_attack() -> None:
    """Each code of step 15 is found by an attack."""
    findings = {code for _, expected in DAMAGES.values() for code, _ in expected}
    assert {code for code, (step, _) in CODES.items() if step == 15} == findings


@pytest.mark.parametrize("sha256", ["0" * 64, SECOND])
def test_an_entry_with_another_digest(folder: Path, sha256: str) -> None:
    """A digest changed in the log, with all hashes, is found unless a file has that digest."""
    forger = Forger(folder / "ledger.db")
    content = {"sha256": sha256, "size": len(FILES["second.txt"]), "media_type": "text/plain"}
    with forger.unguarded():
        forger.change_event(14, content=content)
        forger.mend_tree()
    forger.close()
    assert ([("attachment-missing", 14)] if sha256 != SECOND else []) == _findings(folder)


@pytest.mark.parametrize(
    "name", ["../first.txt", "./../first.txt", "first.txt", "", ".", "..", "\x00", "A" * 64, "x" * 5000]
)
def test_a_path_in_place_of_a_digest(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry that names a path instead of a digest is a finding, and no file is read for it."""
    forger = Forger(folder / "ledger.db")
    with forger.unguarded():
        forger.change_event(14, content={"sha256": name, "size": 20, "media_type": "text/plain"})
        forger.mend_tree()
    forger.close()
    monkeypatch.setattr("ledger.files.attachments.content_of", lambda path: pytest.fail(f"{path} was read"))
    (folder / "attachments" / SECOND).unlink()
    codes = {code for code, position in _findings(folder) if position == 14}
    assert codes & {"impossible", "bad-value", "unknown-entry"}


def test_other_files_are_no_finding(folder: Path) -> None:
    """Other files in the folder are no finding: the log does not refer to them."""
    (folder / "attachments" / "notes.txt").write_bytes(b"x")
    (folder / "attachments" / ".half-x").write_bytes(b"x")
    (folder / "attachments" / ("0" * 64)).write_bytes(b"x")
    assert [] == _findings(folder)


def test_verify_names_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`ledger verify` names the file and the entry, and exits with 1."""
    terminal = Terminal(folder, monkeypatch)
    (folder / "attachments" / FIRST).unlink()
    (folder / "attachments" / SECOND).write_bytes(b"x")
    output, code = terminal.type("ledger verify")
    assert 1 == code
    assert f"attachments/{FIRST}: it is missing" in output.replace("\n", " ")
    assert f"attachments/{SECOND}: its SHA-256 is" in output.replace("\n", " ")
