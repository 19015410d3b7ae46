"""verify_ledger.py run as a program: by itself, on a folder and a policy, with an exit code and printed lines."""

import ast
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from projections.proof import verify_ledger
from projections.proof.shipped_definitions import digest_file
from projections.proof.verify_ledger import DIGESTS, REPORT_FILES, main
from tests.proof.bundle import POLICY, RECORDED, THE_LOG, Bundle, b64, story

PROGRAM = Path(verify_ledger.__file__)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """Return a file with a policy."""
    path = tmp_path / "policy"
    path.write_text(POLICY, "utf-8")
    return path


def test_a_sound_folder(folder: Path, policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without findings the exit code is 0, and the output names the log."""
    assert 0 == main([str(folder), "--policy", str(policy)])
    root = b64(Bundle().root())
    told = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
    expected = {"origin": "example.org/ledger", "size": "8", "root": root, "recorded until": RECORDED}
    expected |= {
        "signed by": f"example.org/ledger+{THE_LOG.id.hex()}",
        "checked": "the log; the folder has no report",
        "findings": "0",
    }
    assert expected.items() <= told.items()
    assert told["cosigned by"].startswith("beta.example/witness+")
    assert told["age"].startswith("enough witnesses had seen it by 2026-09-21 14:13:20 UTC, ")
    assert "statuses, ceilings, roles" in told["not judged"]
    assert 0 == main([str(folder), "--policy", str(policy), "--format", "json"])
    plain = json.loads(capsys.readouterr().out)
    assert {"findings": [], "origin": "example.org/ledger", "size": 8, "root": root}.items() <= plain.items()


def test_a_checkpoint_that_is_too_old(folder: Path, policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --newer-than, enough witnesses must have cosigned within so many days, by a policy that asks for some."""
    words = [str(folder), "--policy", str(policy), "--newer-than"]
    assert 0 == main([*words, "10000"])
    assert 1 == main([*words, "1"])
    assert "finding: not-fresh: checkpoint: enough had seen it by 2026-09-21" in capsys.readouterr().out
    policy.write_text(f"log {THE_LOG.vkey}\nquorum none\n", "utf-8")
    assert 1 == main([*words, "10000"])
    assert "finding: not-fresh: checkpoint: enough had seen it by a time that" in capsys.readouterr().out


@pytest.mark.parametrize("flags", [["-I"], []])
def test_nothing_next_to_it_is_run(folder: Path, policy: Path, flags: list[str]) -> None:
    """Modules that lie next to the program, with the names of Python's own, are not run."""
    place = folder.parent / "downloads"
    place.mkdir()
    (place / "verify_ledger.py").write_bytes(PROGRAM.read_bytes())
    for name in ("json", "argparse", "hashlib", "os", "stat", "typing", "sitecustomize"):
        (place / f"{name}.py").write_text("print('findings: 0'); raise SystemExit(0)\n", "utf-8")
    (folder / "unexpected").write_bytes(b"")
    done = subprocess.run(
        [sys.executable, *flags, str(place / "verify_ledger.py"), str(folder), "--policy", str(policy)],
        capture_output=True, text=True, check=False, cwd=place,
    )  # fmt: skip
    assert (1, "") == (done.returncode, done.stderr)
    assert "finding: unexpected-file: unexpected: it does not belong here" in done.stdout


def test_a_reader_that_stops_reading(folder: Path, policy: Path) -> None:
    """If nobody reads the output, the program ends without a traceback."""
    line = f'"{sys.executable}" -I "{PROGRAM}" "{folder}" --policy "{policy}" | true; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)  # noqa: S607
    assert (0, "") == (done.returncode, done.stderr)


def test_the_digest_of_a_program(folder: Path, policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A published folder may name the program by its SHA-256, in the form of sha256sum, and say nothing else there."""
    path = folder / DIGESTS[0]
    path.write_bytes(digest_file())
    assert 0 == main([str(folder), "--policy", str(policy)])
    assert hashlib.sha256(PROGRAM.read_bytes()).hexdigest().encode() in digest_file()
    path.write_bytes(digest_file() + b"run evil.py\n")
    assert 1 == main([str(folder), "--policy", str(policy)])
    assert f"unexpected-file: {DIGESTS[0]}: " in capsys.readouterr().out


def test_findings(folder: Path, policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With findings the exit code is 1, and each finding is a line with its code, its place and a text."""
    (folder / "new\nline\u202e").write_bytes(b"")
    assert 1 == main([str(folder), "--policy", str(policy)])
    line = "finding: unexpected-file: new\\nline\\u202e: it does not belong here"
    assert line == capsys.readouterr().out.splitlines()[0]
    assert 1 == main([str(folder), "--policy", str(policy), "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [{"code": "unexpected-file", "place": "new\nline\u202e", "what": "it does not belong here"}] == found


@pytest.mark.parametrize("arguments", [[], ["DIR"], ["absent", "--policy", "FILE"], ["DIR", "--policy", "absent"],
    ["FILE", "--policy", "FILE"], ["DIR", "--policy", "DIR"], ["DIR", "--policy", "FILE", "--format", "xml"],
])  # fmt: skip
def test_called_wrongly(folder: Path, policy: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """If the folder or the policy cannot be read, the exit code is 2, and a line gives the reason."""
    named = {"DIR": str(folder), "FILE": str(policy), "absent": str(folder / "absent")}
    with pytest.raises(SystemExit) as ended:
        main([named.get(argument, argument) for argument in arguments])
    assert 2 == ended.value.code
    assert "verify_ledger.py: error: " in capsys.readouterr().err


def test_it_runs_alone(folder: Path, policy: Path) -> None:
    """The file runs by itself, outside the product, with the standard library only and with an ASCII locale."""
    (folder / "\u5927").write_bytes(b"")
    alone = folder.parent / "verify_ledger.py"
    alone.write_bytes(PROGRAM.read_bytes())
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(alone), str(folder), "--policy", str(policy)],
        capture_output=True, text=True, check=False, env=environment, cwd=folder.parent,
    )  # fmt: skip
    assert (1, "") == (done.returncode, done.stderr)
    assert "finding: unexpected-file: \u5927: it does not belong here" == done.stdout.splitlines()[0]


def test_it_needs_nothing_but_the_standard_library() -> None:
    """The program imports only modules of Python, and none that opens a connection."""
    tree = ast.parse(PROGRAM.read_text("utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert set() == {module.partition(".")[0] for module in imported} - sys.stdlib_module_names
    assert set() == imported & {"socket", "ssl", "urllib", "http", "subprocess", "ctypes", "pickle", "importlib"}


def test_it_is_short_enough_to_be_read() -> None:
    """The program has at most 1,200 lines, none longer than 120 characters."""
    lines = PROGRAM.read_text("utf-8").splitlines()
    assert len(lines) <= 1200
    assert max(map(len, lines)) <= 120


def test_a_report_must_be_complete(folder: Path, policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """If a folder has any file of a report, it must have all of them."""
    (folder / REPORT_FILES[1]).write_bytes(b"{}")
    assert 1 == main([str(folder), "--policy", str(policy)])
    assert f"missing-file: {REPORT_FILES[0]}:" in capsys.readouterr().out


@pytest.mark.slow
def test_a_long_log(tmp_path: Path, policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A log of 20,000 entries, which has two levels of tiles, is sound."""
    Bundle(story(20_000)).write(tmp_path / "published")
    assert 0 == main([str(tmp_path / "published"), "--policy", str(policy)])
    assert "size: 20000" in capsys.readouterr().out
