"""Equal papers give equal bytes: in another process, time zone, language and order of hashes."""

import hashlib
import os
import subprocess
import sys

import pytest

from projections.papers.look import Look
from projections.papers.render import docx, xlsx
from tests.papers.sample import layout

PROGRAM = """
import hashlib, sys
from importlib import import_module
from projections.papers.look import Look
from tests.papers.sample import layout
module = import_module(f"projections.papers.render.{sys.argv[1]}")
print(hashlib.sha256(module.rendered(layout(count=int(sys.argv[2])), Look())).hexdigest())
"""


@pytest.mark.parametrize(("form", "count"), [("docx", 60), ("xlsx", 60), ("xlsx", 2_001)])
def test_another_process_writes_the_same_bytes(form: str, count: int) -> None:
    """Neither the clock nor the surroundings leave a trace, also where rows are not held."""
    module = {"docx": docx, "xlsx": xlsx}[form]
    here = hashlib.sha256(module.rendered(layout(count=count), Look())).hexdigest()
    elsewhere = {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "4242"}
    command = [sys.executable, "-c", PROGRAM, form, str(count)]
    there = subprocess.run(command, env=os.environ | elsewhere, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here
