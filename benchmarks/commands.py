"""Every reading command in every form, found from the command tree, and what one of them costs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks.histories import grow
from benchmarks.screens import follow
from cli.main import root
from cli.noun_registry import NOUNS
from cli.session import FORMATS
from ledger.application.open import open_ledger

ROOT = Path(__file__).resolve().parents[1]
DRAFT = ROOT / "demo" / "data" / "guidelines" / "model-third-parties-2.toml"
KB = 1000
FASTER, FLAT = 1.1, 0.12
"""What takes more times as long as the log has times the entries grows faster than it, but for some seconds."""
SHARE = 15 * 1024
"""How much memory a larger log may take more, in KiB."""
SHOWN_AS_LIST = "list"
"""The format that shows the same rows as a table does: it is left out."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "next": ("", "--limit 10", "--unit CAP --within 60"),
    "status": ("", "--known-at {nine_tenths}"),
    "totals": ("--by party-type --measure signed", "--by party --measure signed", "--by region --measure paid"),
    "history": ("{engagement}", "{party}", "{document}"),
    "changes": ("", "--limit 10", "--engagement {engagement}"),
    "log": (
        "", "--limit 10", "--stream engagement/{engagement}", "--party {party} --limit 10",
        "--actor {actor} --limit 10", "--type order.issued", "--text nobody-says-this",
    ),
    "show": ("{position}", "--raw {position}"),
    "sample": ("--size 20 --seed 7",),
    "disclosures": ("", "--limit 10", "--undisclosed", "--changed-since", *(
        f"{which}--engagement {{engagement}}" for which in ("", "--undisclosed ", "--changed-since ")
    )),
    "compliance list": ("", "--status met", "{engagement}"),
    "compliance explain": ("{compliance.engagement} {compliance.rule}",),
    "guidelines try": (f"{DRAFT}",),
    "guidelines diff": ("GL/1 GL/2",),
    "guidelines show": ("GL/1",),
    "findings": ("",),
    "finding show": ("{finding.finding}",),
    "controls overview": ("",),
    "controls diff": ("shipped CTL/1",),
    "report council": ("",),
    "report disclosures": ("",),
    "report engagement": ("{engagement}",),
    "report partnerships": ("--year 2024",),
    "explain": ("partnerships total_usd --year 2024", "engagement --engagement {engagement}"),
}  # fmt: skip
"""What commands are asked; `list` and `show` of a noun are asked for everything and for the first."""
ASIDE = {
    "document save": "writes one file, of one attachment",
    "disclosure check": "compares one file with what one document holds",
    "report corrigendum": "compares one file with the report that it shows, which costs what that does",
}
"""Reading commands that cost what a file has, and not what the log has."""


class Example(NamedTuple):
    """A command line, and whether it asks for one thing."""

    words: tuple[str, ...]
    is_of_one: bool

    def __str__(self) -> str:
        """Return it as it is typed."""
        return " ".join(self.words)


class Asked(NamedTuple):
    """A command to measure; with `counted`, it is run once more for its steps."""

    url: str
    words: tuple[str, ...]
    counted: bool = False


class Cost(NamedTuple):
    """What a command took: processor time in seconds, peak memory in KiB, bytes put out, and its exit code.

    `steps` are those of the database and the calls of functions, of the command alone, when all is loaded.
    """

    seconds: float
    peak: int
    size: int
    code: int
    steps: int


def leaves(group: click.Group = root, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Yield the commands that are no groups, by their words."""
    with click.Context(group) as context:
        for name in group.list_commands(context):
            command = group.get_command(context, name)
            assert command is not None
            if isinstance(command, click.Group):
                yield from leaves(command, (*path, name))
            else:
                yield " ".join((*path, name)), command


def reading_commands() -> dict[str, tuple[str, ...]]:
    """Return the commands that show the ledger as of a day, with their forms."""
    commands = {}
    for words, command in leaves():
        options = {option.name: option.type for option in command.params}
        if "known_at" in options:
            forms = options.get("form")
            choices = forms.choices if isinstance(forms, click.Choice) else FORMATS if forms else ()
            commands[words] = tuple(form for form in choices if form != SHOWN_AS_LIST)
    return commands


def templates(words: str) -> tuple[str, ...]:
    """Return what a reading command is asked, with names of things in braces. Raises KeyError for one unknown here."""
    noun, _, verb = words.partition(" ")
    if words in EXAMPLES:
        return EXAMPLES[words]
    if noun in NOUNS and verb == "list":
        return "", "--limit 10"
    if noun in NOUNS and verb == "show":
        return (" ".join(f"{{{noun}.{key}}}" for key in NOUNS[noun].keys),)
    return dict.fromkeys(ASIDE, ())[words]


def examples(url: str) -> dict[str, Example]:
    """Return all command lines in all forms, by how they read in any ledger, with the names of things of this one."""
    names = _names(url)
    asked = {}
    for words, forms in reading_commands().items():
        for template in templates(words):
            filled = template
            for name, value in names.items():
                filled = filled.replace(f"{{{name}}}", value)
            for form in forms or ("",):
                more = ("--format", form) if form else ()
                label = " ".join(filter(None, (words, template, form and f"[{form}]")))
                is_of_one = "{" in template.replace("{nine_tenths}", "")
                asked[label] = Example((*words.split(), *filled.split(), *more), is_of_one)
    return asked


def _names(url: str) -> dict[str, str]:
    with closing(open_ledger(url)) as ledger:
        size = ledger.store.head().size
        streams = {kind: next(iter(ledger.store.streams(kind))) for kind in ("engagement", "party", "disclosure")}
        names = {
            "engagement": streams["engagement"].partition("/")[2],
            "party": streams["party"].partition("/")[2],
            "document": streams["disclosure"].partition("/")[2],
            "position": str(size // 2),
            "nine_tenths": str(ledger.command_at(size * 9 // 10)[-1]),
            "actor": ledger.entry(size // 2).actor,
        }
    rows = {noun: (record.keys, _rows(url, noun, "list")) for noun, record in NOUNS.items()}
    rows["finding"] = ("finding",), _rows(url, "findings")  # of a history nothing was assessed
    rows["compliance"] = ("engagement", "rule"), _rows(url, "compliance", "list", "--status", "met")
    for noun, (keys, listed) in rows.items():
        first = next((row for row in listed if all(row[key] is not None for key in keys)), None)
        names |= {f"{noun}.{key}": str(first[key]) for key in keys} if first else {}
    return names


def _rows(url: str, *words: str) -> list[dict[str, str]]:
    done = _run("cli.start", ["--url", url, *words, "--format", "json"])
    rows: list[dict[str, str]] = json.loads(done)["rows"]
    return rows


def costs(asked: Sequence[Asked], loading: Sequence[tuple[str, tuple[str, ...]]] = ()) -> list[Cost]:
    """Run each command in a process of its own and return what it took.

    What the commands `loading` load is loaded before, and not counted.
    """
    done = _run("benchmarks.command_cost", [], json.dumps([loading, asked]))
    return [Cost(*json.loads(line)) for line in done.splitlines() if line.startswith("[")]


def _run(module: str, arguments: list[str], given: str = "") -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("LEDGER_", "PYTHONDONTWRITE"))}
    program = [sys.executable, "-c", f"from {module} import main; main()", *arguments]
    env |= {"PYTHONHASHSEED": "0", "COLUMNS": "120"}
    done = subprocess.run(  # noqa: S603
        program, cwd=ROOT, env=env, check=True, input=given, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def prepared(url: str) -> str:
    """Return the URL of a ledger, whose projections are at the end of its log."""
    follow(url)
    return url


def table(folder: Path, sizes: Sequence[int], only: str | None) -> Iterator[list[str]]:
    """Yield the lines of the table of all commands, or of those whose examples contain `only`."""
    urls = [prepared(grow(folder, size)) for size in sizes]
    every = [examples(url) for url in urls]
    yield ["command", *(f"{size:,} entries" for size in sizes), "growth", "note"]
    for label in every[0]:
        if only is None or only in label:
            # Beyond the start of the program: what `status` loads is loaded before.
            loading = [(urls[0], every[0]["status [json]"].words)]
            taken = [costs([Asked(url, own[label].words)], loading)[0] for url, own in zip(urls, every, strict=True)]
            yield [label.replace(f"{ROOT}/", ""), *map(_cell, taken), *_growth(sizes, taken)]


def _cell(cost: Cost) -> str:
    size = f"{cost.size:,} B" if cost.size < KB else f"{cost.size / KB:,.0f} kB"
    return f"{cost.seconds:.2f} s, {cost.peak / 1024:,.0f} MB, {size}"


def _growth(sizes: Sequence[int], taken: Sequence[Cost]) -> tuple[str, str]:
    before, last = taken[-2:]
    times = last.seconds / before.seconds
    is_faster = times > FASTER * sizes[-1] / sizes[-2] and last.seconds - before.seconds > FLAT
    notes = ["grows faster than the log"] if is_faster else []
    notes += [f"{(last.peak - before.peak) // 1024} MB more"] if last.peak - before.peak > SHARE else []
    notes += [f"ends with {last.code}"] if last.code else []
    return f"x {times:.1f}", "; ".join(notes)
