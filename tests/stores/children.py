"""Code that runs in another Python process, for what cannot be done in the process of the tests."""

import os
import subprocess
import sys


def run(code: str, *arguments: str) -> str:
    """Return the output of `code`, which must exit with 0."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment, check=False
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout
