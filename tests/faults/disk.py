"""A small file system for tests that fill it. Only root can mount one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

MOUNT, UNMOUNT = shutil.which("mount"), shutil.which("umount")


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a file system of `size`, such as 400k, in a new folder; skip the test if that is not possible."""
    if os.geteuid() != 0 or MOUNT is None or UNMOUNT is None:
        pytest.skip("needs root to mount a small file system")
    folder.mkdir()
    mounted = subprocess.run(
        [MOUNT, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small file system: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run([UNMOUNT, "-l", folder], check=True)
