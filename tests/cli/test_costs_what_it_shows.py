"""Every reading command in every form, in a log ten times as large: what it holds, and what one thing takes."""

from pathlib import Path

import pytest

from benchmarks.commands import Asked, Cost, costs, examples, prepared, reading_commands, templates
from benchmarks.histories import grow

SIZES = (3_000, 30_000)
MORE_MEMORY = 15 * 1024
"""Allowed growth of the peak memory, in KiB."""
MORE_STEPS = 1.5
"""Allowed steps of what is asked for one thing, in a log ten times as large."""
NOT_YET = {
    "next": "the verdicts of guidelines, and conflicts that nobody declared, are worked out for all engagements",
    "disclosures --changed-since": "up to 1,000 engagements are compared together",
    "log [table]": "the widths of columns are those of all rows",
    "compliance list": "the verdicts on all engagements are counted or sorted together",
    "guidelines try": "the verdicts on all engagements are compared together",
    "findings": "controls look at the whole history",
    "controls overview": "controls look at the whole history",
    "finding show": "controls look at the whole history",
    "report council": "it is made of all engagements together",
    "report partnerships --year 2024 [pdf]": "the pages of a document are laid out together",
    "report disclosures": "it is made of all engagements together",
}
"""Commands that do not hold yet, by how their examples begin, with the reason."""


def test_no_command_is_forgotten() -> None:
    """Each reading command of the command tree has examples, or a reason to have none."""
    for words in reading_commands():
        assert all(isinstance(template, str) for template in templates(words)), words


@pytest.mark.sweep
def test_each_costs_what_it_shows(tmp_path: Path) -> None:
    """Peak memory does not grow with the log, and what is asked for one thing takes as much in a large one."""
    urls = [prepared(grow(tmp_path, size, engagements=100)) for size in SIZES]
    asked = [examples(url) for url in urls]
    loading = [(urls[0], asked[0][label].words) for label in ("status [json]", "next --limit 10 [json]")]
    taken = [
        costs([Asked(url, example.words, example.is_of_one) for example in own.values()], loading)
        for url, own in zip(urls, asked, strict=True)
    ]
    faults = {
        label: fault
        for label, small, large in zip(asked[0], *taken, strict=True)
        if (fault := _fault(small, large, is_of_one=asked[0][label].is_of_one))
    }
    unknown = {label: fault for label, fault in faults.items() if not label.startswith(tuple(NOT_YET))}
    hold_now = [start for start in NOT_YET if not any(label.startswith(start) for label in faults)]
    assert ({}, []) == (unknown, hold_now)


def _fault(small: Cost, large: Cost, *, is_of_one: bool) -> str:
    if small.code or large.code:
        return f"it ends with {small.code} and {large.code}"
    if large.peak - small.peak > MORE_MEMORY:
        return f"peak memory of {small.peak} and {large.peak} KiB"
    if is_of_one and large.steps > MORE_STEPS * small.steps:
        return f"{small.steps} and {large.steps} steps"
    return ""
