"""The screens and lists whose statements are kept as text, and the ledgers on which all of them are made.

`python -m tests.projections.statements` writes the file.
"""

import contextlib
import io
import json
import os
import random
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from cli.commands.read.totals import DIMENSIONS
from cli.main import run
from cli.noun_registry import NOUNS
from ledger.application.open import open_ledger
from projections.tables import kept, schema
from stories import record as record_story
from tests.compliance.drawn import every_word
from tests.projections.histories import EPISODES, play, steps
from tests.projections.small_ledger import record

TOTALS = [f"totals --by {dimension} --measure {measure}" for dimension in DIMENSIONS for measure in ("signed", "paid")]
LISTS = [f"{noun} list" for noun, record_of in NOUNS.items() if record_of.rows]
SCREENS = ("status", *TOTALS, *LISTS, "next", "disclosures", "disclosures --undisclosed", "disclosures --changed-since")
"""What is read without SQLAlchemy from projections that are at the end of the log."""
HISTORIES = 4
"""How many random histories are played."""
ONE_BY_ONE = 4
"""How many engagements of a ledger are judged one by one."""
AS_OFS = ("", "--on 2022-06-30", "--known-at {middle}", "--on 2022-06-30 --known-at {middle}")


def ledgers(folder: Path) -> Iterator[str]:
    """Yield the URLs of ledgers that together have every type of event, with and without a governing body."""
    url = f"sqlite:///{folder}/story.db"
    record_story(url, 1, 40, range(2021, 2024))
    yield url
    chance = random.Random("statements")  # noqa: S311 - the same histories each time
    for number in range(HISTORIES):
        episodes = [steps(chance.choice(EPISODES), *(chance.randrange(12) for _ in range(4))) for _ in range(60)]
        own = folder / str(number)
        own.mkdir()
        ledger = play([step for episode in episodes for step in episode], own)
        if number % 2:
            record(ledger, "setting change", "2024-01-01", name="governing-body", value=["Council"])
        record(ledger, "guidelines adopt", "2024-01-01", text=every_word("ALL/1", "2021-01-01", number))
        ledger.close()
        yield f"sqlite:///{own}/ledger.db"


def answer(url: str, words: str) -> str:
    """Return what a command prints; it ends without an error."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()) as err:
        code = run(["--url", url, *words.split()])
    assert code == 0, (words, code, err.getvalue())
    return out.getvalue()


def asked(url: str) -> Iterator[str]:
    """Yield every screen and list at every kind of as-of, as JSON."""
    with closing(open_ledger(url, reads=True)) as ledger:
        middle = ledger.command_at(ledger.store.head().size // 2)[-1]
    for screen in SCREENS:
        for as_of in AS_OFS:
            yield f"{screen} {as_of.format(middle=middle)} --format json"
    for as_of in AS_OFS[:2]:  # guidelines are adopted last
        rows = json.loads(answer(url, f"engagement list {as_of} --format json"))["rows"]
        refs = [row["engagement"] for row in rows[:: len(rows) // ONE_BY_ONE + 1]]
        for words in ("", "--status met", *refs):
            yield f"compliance {words} {as_of} --format json"


def make(folder: Path) -> str:
    """Return the content of the file, with everything in it made again."""
    tables = {table.name: list(table.columns.keys()) for table in schema.metadata.tables.values()}
    kept.kept.cache_clear()
    statements = kept.kept().statements
    statements.clear()
    for url in ledgers(folder):
        for words in asked(url):
            answer(url, words)
    return kept.written(tables, statements)


def main() -> None:
    """Write the file."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        kept.FILE.write_text(make(Path(folder)), "utf-8")


if __name__ == "__main__":
    main()
