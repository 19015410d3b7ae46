"""`python -m stories`: the story as JSON Lines for `ledger record`, or recorded at the times of the story."""

import argparse
import json
import sys
import time
from pathlib import Path

from stories.generate import story
from stories.recording import keep, record

ATTACHMENTS = "attachments"


def main() -> None:
    """Print or record the requested story."""
    options = _arguments().parse_args()
    first, _, last = options.years.partition("-")
    years = range(int(first), int(last or first) + 1)
    if options.record:
        began = time.perf_counter()
        result = record(options.url, options.seed, options.engagements, years)
        print(f"recorded {result.commands} commands, {result.entries} entries in {time.perf_counter() - began:.1f} s")  # noqa: T201
        print(f"root {result.root.hex()}")  # noqa: T201
        return
    for line in story(options.seed, options.engagements, years):
        if options.attachments:
            keep(line, Path(options.attachments))
        sys.stdout.write(json.dumps(line.members(), ensure_ascii=False) + "\n")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stories", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the same seed tells the same story")
    parser.add_argument("--engagements", type=int, default=400, help="how many engagements there are")
    parser.add_argument("--years", default="2021-2025", metavar="FIRST-LAST")
    parser.add_argument("--record", action="store_true", help="make a ledger and record the story in it")
    parser.add_argument("--url", default="sqlite:///story.db", help="where the ledger is made")
    parser.add_argument("--attachments", metavar="FOLDER", help="keep the files that are attached in this folder")
    return parser


if __name__ == "__main__":
    main()
