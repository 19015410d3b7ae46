"""What the system says of a file: too many open files, a failing disk, no room. Each is told apart; none is damage."""

import json
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from ledger.application.open import open_ledger
from ledger.stores.errors import Damaged, DiskFull, StoreError
from ledger.stores.sqlite.translation import translated
from ledger.verify.procedure import verify_log
from tests.faults.processes import new_ledger
from tests.stores.children import run

_TOO_MANY = """
import os, sys
from ledger.application.open import open_ledger
from ledger.domain.errors import LedgerError
from ledger.verify.procedure import verify_log
import ledger.stores.sqlite.store, tempfile, random
open_ledger(sys.argv[1]).close()
taken = []
try:
    while True:
        taken.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    pass
for _ in range(int(sys.argv[2])):
    os.close(taken.pop())
try:
    open_ledger(sys.argv[1]).store.head()
    print("opened")
except LedgerError as error:
    print(error.code, error.exit, error.sentence)
"""


@pytest.mark.parametrize("free", [0, 1, 2])
def test_too_many_open_files(tmp_path: Path, free: int) -> None:
    """Given a process with few files left to open, when it opens a ledger, then it says so, and nothing of rights."""
    url = new_ledger(tmp_path)
    said = run(f"import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))\n{_TOO_MANY}", url, str(free))
    assert ("Too many open files" in said) or (free and said.strip() == "opened"), said
    assert "opened" in said or said.startswith(("store-error 4 ", "not-a-ledger")), said


_SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>
static int failing(void) {
  const char *at = getenv("FAIL");
  return at && access(at, F_OK) == 0;
}
ssize_t pwrite64(int fd, const void *data, size_t size, off_t at) {
  static ssize_t (*real)(int, const void *, size_t, off_t);
  if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
  if (failing()) { errno = atoi(getenv("ERRNO")); return -1; }
  return real(fd, data, size, at);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }
"""

_WRITES = """
import os, sys
from ledger.application.open import open_ledger
from ledger.domain.errors import LedgerError
from tests.faults.processes import request
ledger = open_ledger(sys.argv[1])
open(os.environ["FAIL"], "w").close()
try:
    ledger.record(request("x", command="party register", name="X"))
    print("recorded")
except LedgerError as error:
    print(error.code, error.exit, error.sentence)
os.unlink(os.environ["FAIL"])
print(ledger.record(request("x", command="party register", name="X")).first)
"""


@pytest.mark.parametrize(("number", "code"), [(5, "store-error 4"), (28, "disk-full 4")])
def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    """Given EIO or ENOSPC at writing, then it is told as what it is, and the same process goes on after it."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        pytest.skip("no C compiler is installed here, to let system calls fail")
    url = new_ledger(tmp_path)
    (tmp_path / "shim.c").write_text(_SHIM)
    shim = tmp_path / "shim.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", shim, tmp_path / "shim.c", "-ldl"], check=True)
    for name, value in {"LD_PRELOAD": shim, "FAIL": tmp_path / "failing", "ERRNO": number}.items():
        monkeypatch.setenv(name, str(value))
    said, after = run(_WRITES, url).splitlines()
    assert said.startswith(code), said
    assert "4" == after
    monkeypatch.delenv("LD_PRELOAD")
    ledger = open_ledger(url)
    assert [] == verify_log(ledger.store).findings
    assert json.loads(ledger.store.entry(4) or b"")["command"] == "x"
    ledger.close()


@pytest.mark.parametrize(("code", "kind"), [
    (sqlite3.SQLITE_CORRUPT, Damaged),
    (sqlite3.SQLITE_IOERR_READ, StoreError),
    (sqlite3.SQLITE_IOERR_FSYNC, StoreError),
    (sqlite3.SQLITE_IOERR_WRITE, StoreError),
    (sqlite3.SQLITE_NOMEM, StoreError),
    (sqlite3.SQLITE_PROTOCOL, StoreError),
    (sqlite3.SQLITE_FULL, DiskFull),
])  # fmt: skip
def test_what_codes_mean(tmp_path: Path, code: int, kind: type[Exception]) -> None:
    """Only a corrupt file is damaged; an error of the system is one of the store, and passes."""
    error = sqlite3.OperationalError("it failed")
    error.sqlite_errorcode = code
    with pytest.raises(kind), translated(f"sqlite:///{tmp_path}/ledger.db"):
        raise error
