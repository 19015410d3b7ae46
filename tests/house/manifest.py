"""The golden manifest: SHA-256 of everything that users and files see, over a seeded story on both kinds of store.

    python -m tests.house.manifest               # compare with manifest.json, and name what differs
    python -m tests.house.manifest --write       # write manifest.json
    python -m tests.house.manifest --keep DIR    # also write every answer to a file, so that two runs can be compared

A change of the code that changes nothing for users leaves it as it is; one that changes something shows here what.
"""

import argparse
import hashlib
import json
import shlex
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from cli.main import COMMANDS, root
from cli.noun_registry import NOUNS
from cli.output.man_pages import pages as man_pages
from cli.reference import digests, import_all, known_errors, pages
from ledger.application.open import open_ledger
from ledger.verify.findings import CODES
from projections.runner.cache import cache_path
from stories import record
from tests.postgres import shared
from tests.spec.signing import signing_key, vkey
from tests.transcripts.terminal import Terminal

FILE = Path(__file__).with_name("manifest.json")
SEED, ENGAGEMENTS, YEARS = 11, 14, range(2022, 2025)
ON, EARLIER = "2024-06-30", "310"
"""A day in the story, and a position before its middle."""
TABLES, PAGES = ("table", "list", "json", "csv"), ("markdown", "html", "csv", "json")
AS_OF = ("", f" --on {ON}", f" --on {ON} --known-at {EARLIER}")
KEYS: dict[str, tuple[str, ...]] = {
    "party": ("party",), "engagement": ("engagement",), "approval": ("engagement",), "analysis": ("engagement",),
    "materiality": ("engagement",), "risk": ("engagement", "risk"), "conflict": ("engagement", "conflict"),
    "contribution": ("engagement",), "order": ("engagement", "number"), "payment": ("engagement", "payment"),
    "outcome": ("engagement", "outcome"), "review": ("engagement", "review"), "action": ("engagement", "action"),
    "information": ("engagement", "request"),
    "document": ("engagement", "document"), "disclosure": ("document",), "rate": ("base", "quote"),
    "setting": ("name",),
}  # fmt: skip
"""The members of a list's rows that `show` of the noun takes as arguments."""
MAX_SHOWN = 9
"""The maximum number of rows of each list to show."""
BREAKS = " \t\n\"'@><=;|&(:"
TYPED = (
    "", "par", "engagement ", "party register --", "report ", "report co", "engagement show ", "party show ",
    "changes --since C", "log --party=", "import ", "setting show ", "totals --by ", "engagement list --where ",
    "engagement propose E-2 --kind ", "engagement propose E-2 --withheld ", "disclosure show ",
    "history ", "explain ",
)  # fmt: skip
"""Command lines for completion."""

Answers = Iterator[tuple[str, bytes]]
"""The name of an answer, and its bytes."""


class RecordedStory(NamedTuple):
    """A story recorded in a file or on a server, and a terminal that runs the commands that read it."""

    store: str
    url: str
    terminal: Terminal

    def answer(self, words: str) -> bytes:
        """Return the exit code of a command and its output."""
        text, code = self.terminal.words(["--url", self.url, *shlex.split(words)])
        text = text.replace(self.url, "URL").replace(str(Path.cwd()), "FOLDER")
        assert "defect of the software" not in text, f"{words}\n{text}"
        return f"{code}\n{text}".encode()

    def rows(self, noun: str) -> list[dict[str, str]]:
        """Return the rows of a noun's list."""
        text, code = self.terminal.words(["--url", self.url, noun, "list", "--format", "json"])
        assert 0 == code, text
        rows: list[dict[str, str]] = next(value for value in json.loads(text).values() if isinstance(value, list))
        return rows


def manifest(keep: Path | None = None) -> dict[str, str]:
    """Return the digests by name, and write the answers to the folder `keep`. Needs `shared.begin()`."""
    digests = {}
    for name, data in _answers():
        digests[name] = data.decode() if name.startswith("codes: ") else hashlib.sha256(data).hexdigest()
        if keep is not None:
            (keep / name.replace("/", "_")).write_bytes(data)
    return digests


def _answers() -> Answers:
    yield from _code()
    with tempfile.TemporaryDirectory() as folder:
        for store in ("sqlite", "postgresql"):
            with _recorded(Path(folder), store) as story:
                for part in (_log, _screens, _of_entities, _reports, _completion, _projections):
                    yield from ((f"{store}: {name}", data) for name, data in part(story))
                if store == "sqlite":
                    yield from _files(story)


@contextmanager
def _recorded(folder: Path, store: str) -> Iterator[RecordedStory]:
    place = folder / store
    place.mkdir()
    url = f"sqlite:///{place}/ledger.db" if store == "sqlite" else shared.new_database("manifest")
    with pytest.MonkeyPatch.context() as patched:
        terminal = Terminal(place, patched)
        terminal.clock.now = terminal.clock.now.replace(year=2025, month=1, day=2)
        patched.setenv("LEDGER_ATTACHMENTS", str(place / "attachments"))
        patched.setenv("COLUMNS", "100")
        record(url, SEED, ENGAGEMENTS, YEARS, place / "attachments")
        yield RecordedStory(store, url, terminal)
    if store != "sqlite":
        shared.drop_database(url)


def _log(story: RecordedStory) -> Answers:
    ledger = open_ledger(story.url)
    yield "log", b"\n".join(data for _, data in ledger.store.entries())
    yield "root", ledger.store.head().root
    ledger.close()


def _screens(story: RecordedStory) -> Answers:
    screens = [
        "status", "next --within 400", "disclosures", "disclosures --undisclosed", "disclosures --changed-since",
        "changes --body Council", f"changes --since {EARLIER}", "log --limit 80", "log --actor staff/reg-1",
        *(f"totals --by {by} --measure signed" for by in ("party", "party-type", "membership", "year")),
        *(f"totals --by party --measure {measure}" for measure in ("received", "in-kind", "ordered", "paid")),
        "findings", "controls", *(f"{noun} list" for noun in NOUNS),
    ]  # fmt: skip
    for screen in screens:
        for form in TABLES:
            yield f"{screen} {form}", story.answer(f"{screen} --format {form}")
        for as_of in AS_OF[1:]:
            if EARLIER not in screen and not screen.startswith("log"):
                yield f"{screen} json{as_of}", story.answer(f"{screen} --format json{as_of}")
    yield "verify", story.answer("verify")
    yield "verify json", story.answer("verify --format json")


def _of_entities(story: RecordedStory) -> Answers:
    for noun, keys in KEYS.items():
        rows = story.rows(noun)
        rows = [row for row in rows if all(row[key] for key in keys)]
        for row in rows[:: max(1, len(rows) // MAX_SHOWN)]:
            ref = " ".join(shlex.quote(str(row[key])) for key in keys)
            for form in ("table", "json"):
                yield f"{noun} show {ref} {form}", story.answer(f"{noun} show {ref} --format {form}")
            if noun in ("party", "engagement", "disclosure"):
                for form in TABLES:
                    yield f"history {ref} {form}", story.answer(f"history {ref} --format {form}")
    for position in range(1, 400, 57):
        for form in ("table", "json"):
            yield f"show {position} {form}", story.answer(f"show {position} --format {form}")


def _reports(story: RecordedStory) -> Answers:
    refs = [row["engagement"] for row in story.rows("engagement")][::6]
    for report in ("council", "partnerships", "disclosures", *(f"engagement {ref}" for ref in refs)):
        for as_of in AS_OF:
            for form in PAGES:
                yield f"report {report} {form}{as_of}", story.answer(f"report {report} --format {form}{as_of}")
    for figure in ("council /engagements", "council /parties", "partnerships /agreements", "disclosures /documents"):
        for form in TABLES:
            yield f"explain {figure} {form}", story.answer(f"explain {figure} --on {ON} --format {form}")


def _completion(story: RecordedStory) -> Answers:
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LEDGER_URL", story.url)
        for typed in (f"ledger {words}" for words in TYPED):
            last = "" if typed.endswith(" ") else typed.rpartition(" ")[2]
            patched.setenv("COMP_WORDBREAKS", BREAKS)
            patched.setenv("COMP_TYPE", "9")
            for name, value in {"COMP_LINE": typed, "COMP_WORDS": typed, "COMP_WORD": last}.items():
                patched.setenv(name, value)
            for shell in ("bash", "zsh"):
                patched.setenv("_LEDGER_COMPLETE", f"{shell}_complete")
                yield f"completion {shell} '{typed}'", story.terminal.words([])[0].encode()


def _projections(story: RecordedStory) -> Answers:
    if story.store == "sqlite":
        with closing(sqlite3.connect(cache_path(f"sqlite:///{Path.cwd()}/ledger.db"))) as db:
            for name, statement in db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name"):
                rows = sorted(map(repr, db.execute(f"SELECT * FROM {name}")))  # noqa: S608 - a name of the database's own
                yield f"projection {name}", "\n".join([statement, *rows]).encode()


def _files(story: RecordedStory) -> Answers:
    # Signed by a key that everybody can make again, at the times of the clock of tests.
    numbers = iter(range(1, 10))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("ledger.keys.keyring.new_secret", lambda: signing_key(next(numbers)).secret)
        for words in ("key new --beside", "definitions adopt partnerships", "definitions adopt council", "checkpoint"):
            yield f"files: {words}", story.answer(words)
    Path("policy").write_text(f"log {vkey(1)}\nquorum none\n", "utf-8")
    yield "files: publish", story.answer("publish published --policy policy")
    for report in ("partnerships", "council"):
        yield f"files: {report} --proof", story.answer(f"report {report} --on {ON} --proof {report}")
        yield f"files: verify-report {report}", story.answer(f"verify-report {report} --policy policy")
    yield "files: backup", story.answer("backup kept.backup")
    for name in ("published", "partnerships", "council"):
        for path in sorted(path for path in Path(name).rglob("*") if path.is_file()):
            yield f"files: {path.as_posix()}", path.read_bytes()


def _code() -> Answers:
    # README, guide and program only carry digests, which the files of a proof have as well.
    made = {path: text for path, text in pages().items() if path not in digests()}
    yield from ((f"page: {path}", text.encode()) for path, text in made.items())
    yield from ((f"man: {page.name}", page.text.encode()) for page in man_pages(root))
    for path, text in _helps(root, ["ledger"], None):
        yield f"help: {path}", text.encode()
    import_all()
    yield "codes: errors", " ".join(sorted({f"{error.code}:{error.exit}" for error in known_errors()})).encode()
    yield "codes: findings", " ".join(f"{code}:{of.step}" for code, of in CODES.items()).encode()
    yield "codes: commands", " ".join(COMMANDS).encode()
    scripts = entry_points(group="console_scripts")
    yield (
        "codes: programs",
        " ".join(f"{script.name}={script.value}" for script in scripts if script.name == "ledger").encode(),
    )


def _helps(command: click.Command, path: list[str], parent: click.Context | None) -> Iterator[tuple[str, str]]:
    settings = {**command.context_settings, "max_content_width": 80}
    context = click.Context(command, info_name=path[-1], parent=parent, terminal_width=80, **settings)
    yield " ".join(path), command.get_help(context)
    if isinstance(command, click.Group):
        for verb in command.list_commands(context):
            subcommand = command.get_command(context, verb)
            assert subcommand is not None
            yield from _helps(subcommand, [*path, verb], context)


def differences(old: dict[str, str], new: dict[str, str]) -> Iterable[str]:
    """Yield the names that differ between two manifests."""
    for name in [*old, *(name for name in new if name not in old)]:
        if old.get(name) != new.get(name):
            yield name


def main() -> int:
    """Write the manifest, or compare with the recorded one."""
    parser = argparse.ArgumentParser(prog="python -m tests.house.manifest", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write manifest.json")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write every answer to a file in this folder")
    options = parser.parse_args()
    if options.keep is not None:
        options.keep.mkdir(parents=True, exist_ok=True)
    shared.begin()
    try:
        digests = manifest(options.keep and options.keep.absolute())
    finally:
        shared.end()
    if options.write:
        FILE.write_text(json.dumps(digests, indent=0, ensure_ascii=False) + "\n", "utf-8")
    different = list(differences(json.loads(FILE.read_text("utf-8")), digests))
    print("\n".join([*different, f"{len(digests)} digests, {len(different)} differ"]))  # noqa: T201
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
