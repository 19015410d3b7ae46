"""OpenSSL alone can verify keys, checkpoints and cosignatures, by the commands of the auditor's guide."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ledger.keys.keyring import Keyring
from ledger.tlog.keys import COSIGNER
from tests.spec.signing import ORIGIN, signing_key
from tests.transcripts.terminal import Terminal

GUIDE = Path(__file__).parents[2] / "docs" / "auditor.md"
OPENSSL = shutil.which("openssl")
pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")


def commands() -> list[str]:
    """Return the commands in the section of the guide."""
    section = GUIDE.read_text("utf-8").partition("## With openssl alone")[2].partition("\n## ")[0]
    return re.findall(r"^\$ (.*)$", section, re.MULTILINE)


def openssl(*words: str) -> "subprocess.CompletedProcess[bytes]":
    """Run openssl."""
    assert OPENSSL is not None
    return subprocess.run([OPENSSL, *words], capture_output=True, check=False)


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal with a ledger, in which the guide's commands were run."""
    made = Terminal(tmp_path, monkeypatch)
    for line in ("ledger init --origin example.org/ledger --currency USD", *commands()):
        answer, code = made.type(line)
        assert 0 == code, f"{line}\n{answer}"
    return made


def again(terminal: Terminal) -> list[bool]:
    """Run the commands that read key and checkpoint again; return whether each call of openssl verified."""
    start = next(number for number, line in enumerate(commands()) if line.startswith("grep "))
    results = [(line, *terminal.type(line)) for line in commands()[start:]]
    return [
        code == 0 and "Verified Successfully" in output for line, output, code in results if line.startswith("openssl ")
    ]


def test_both_signatures_verify(terminal: Terminal) -> None:
    """The section verifies the log's signature and the witness's."""
    assert [True, True] == again(terminal)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("example.org/ledger\n2\n", "example.org/ledger\n3\n"),
        ("\n2\n", "\n02\n"),
        ("\n2\n", "\n2\r\n"),
        ("example.org/ledger\n2", "example.org/1edger\n2"),
        ("=\n\n", "=\nmore\n\n"),
    ],
)
def test_another_text_does_not_verify(terminal: Terminal, old: str, new: str) -> None:
    """With another size, form of the size, line end or name neither signature is valid.

    These commands pass only the first three lines to openssl: as the guide says, `ledger verify` refuses further ones.
    """
    path = Path("cosigned.checkpoint")
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())
    assert [new.endswith("more\n\n")] * 2 == again(terminal)


def test_another_time_does_not_verify(terminal: Terminal) -> None:
    """With a flipped bit in the witness's time its signature is invalid; the log's stays valid."""
    path = Path("cosigned.checkpoint")
    head, dash, line = path.read_text("utf-8").rpartition("— witness.example/one ")
    changed = line[:14] + ("A" if line[14] != "A" else "B") + line[15:]
    path.write_text(head + dash + changed, "utf-8")
    assert [True, False] == again(terminal)


def test_another_key_does_not_verify(terminal: Terminal) -> None:
    """The keys of the reader's policy decide, whatever key signed the checkpoint."""
    other, witness = signing_key(3).verifier(), signing_key(3, "witness.example/one").verifier(COSIGNER)
    Path("policy.txt").write_text(f"log {other}\nwitness one {witness}\nquorum one\n", "utf-8")
    assert [False, False] == again(terminal)


def test_keys_with_all_base64_characters(terminal: Terminal) -> None:
    """Keys may contain '+' and '/': the commands from a policy to PEM handle them."""
    make = [line for line in commands() if "log.key" in line or "log.pem" in line][:2]
    seen = set()
    for number in range(10, 26):
        key = signing_key(number).verifier()
        seen |= set(str(key).rsplit("+", key.name.count("+") or 1)[-1]) | set(str(key).split("+", 2)[2])
        Path("policy.txt").write_text(f"log {key} https://example.org/log\nquorum none\n", "utf-8")
        for line in make:
            assert ("", 0) == terminal.type(line)
        read = openssl("pkey", "-pubin", "-in", "log.pem", "-pubout", "-outform", "DER")
        assert key.public == read.stdout[-32:]
    assert {"+", "/"} <= seen


@pytest.mark.parametrize("passphrase", [None, b"correct horse battery"])
def test_the_file_of_a_key(tmp_path: Path, passphrase: bytes | None) -> None:
    """It is PKCS#8: openssl reads it, with the passphrase if it has one, and signs with it as the ledger does."""
    ring = Keyring(tmp_path, lambda: passphrase)
    made = ring.make(ORIGIN, passphrase=passphrase)
    path = ring.path(made.verifier())
    (tmp_path / "text").write_bytes(b"text\n")
    opened = ["-passin", f"pass:{(passphrase or b'').decode()}"]
    read = openssl("pkey", "-in", str(path), *opened, "-pubout", "-outform", "DER")
    assert made.verifier().public == read.stdout[-32:]
    signed = openssl("pkeyutl", "-sign", "-inkey", str(path), *opened, "-rawin", "-in", str(tmp_path / "text"))
    assert made.sign(b"text\n") == signed.stdout
    assert (b"ENCRYPTED" in path.read_bytes()) == bool(passphrase)


def test_a_key_that_openssl_made(tmp_path: Path) -> None:
    """A key from `openssl genpkey` signs, too, if its file has the name of its id."""
    held = openssl("genpkey", "-algorithm", "ed25519").stdout
    der = openssl("pkey", "-in", _private(tmp_path / "any.pem", held), "-pubout", "-outform", "DER").stdout
    key = signing_key(1).verifier()._replace(public=der[-32:])
    ring = Keyring(tmp_path)
    _private(ring.path(key), held)
    assert key.verify(b"text", ring.load(key).sign(b"text"))


def _private(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    path.chmod(0o600)
    return str(path)
