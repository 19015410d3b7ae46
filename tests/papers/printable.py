"""The sample without the names for which the ledger has no font, and what a reader finds in a file, without spaces."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from projections.papers import printed
from projections.papers.layout import Layout, laid_out
from projections.papers.model import Named
from tests.papers.sample import ENGLISH, HOSTILE, TERMS, paper

THAI = HOSTILE[-1]
INVISIBLE = re.compile("[\\s\u00ad\u200b\u200e\u200f\u2010\u202a-\u202e\u2066-\u2069-]")


def layout(*, count: int = 60, **members: Any) -> Layout:
    """Return the sample laid out, with a name in Greek for that in Thai, and other members of the paper."""
    told = with_names(paper(count=count), lambda name: name.replace(THAI, "Παράδειγμα"))
    return laid_out(replace(told, **members), TERMS, ENGLISH)


def with_names(value: Any, change: Callable[[str], str]) -> Any:
    """Return a part of a paper in which each name is changed."""
    if isinstance(value, Named):
        return Named(change(value.text))
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(with_names(item, change) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{part.name: with_names(getattr(value, part.name), change) for part in fields(value)})
    return value


def texts(given: Layout) -> list[str]:
    """Return the text of each line and of its notes, in the order of reading."""
    return ["".join(run.text for run in line if hasattr(run, "text")) for line in printed.lines(given)]


def bare(text: str) -> str:
    """Return a text without spaces, hyphens and marks of direction: lines break where a file wants."""
    return INVISIBLE.sub("", text)


def elsewhere(program: str, *, zone: str, language: str, seed: str) -> list[Any]:
    """Return what a program prints, as JSON, in a process with another zone, language and order of hashes."""
    members = {"TZ": zone, "LANG": language, "LC_ALL": language, "PYTHONHASHSEED": seed}
    run = [sys.executable, "-c", program]
    answer = subprocess.run(run, env=os.environ | members, capture_output=True, check=True, timeout=120)
    found: list[Any] = json.loads(answer.stdout)
    return found
