"""Code that runs in another Python, for what cannot be done to the one that runs the tests."""

import os
import subprocess
import sys


def run(code: str, *arguments: str) -> str:
    """Return what `code` prints; it must end well."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment, check=False
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout
