"""One story, recorded in a file and on a server: the logs and all answers are equal byte for byte."""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime

import click
import pytest

from cli.main import root, run
from cli.noun_registry import NOUNS
from cli.session import Session
from ledger.application.open import open_ledger
from stories import record
from tests.attacks.verify_paths import replayed_fast, verified_fast
from tests.postgres.shared import drop_database, new_database

SEED, YEARS = 7, range(2022, 2025)
ENGAGEMENTS = 12
TABLES, PAGES = ("table", "list", "json", "csv"), ("markdown", "html", "csv", "json")
ON, EARLIER = "2024-06-30", "300"
"""A day in the story, and a position in the first half of the log."""
Urls = tuple[str, str]


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Urls]:
    """Return the URLs of a file and of a database with the recorded story."""
    folder = tmp_path_factory.mktemp("stores")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("LEDGER_ATTACHMENTS", str(folder / "attachments"))
        patched.setenv("COLUMNS", "100")
        both = f"sqlite:///{folder}/ledger.db", new_database("story")
        for url in both:
            record(url, SEED, ENGAGEMENTS, YEARS, folder / "attachments")
        yield both
    drop_database(both[1])


def _answer(url: str, words: str) -> tuple[str, str, int]:
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline=""), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run(words.split(), Session(url=url, clock=lambda: datetime(2025, 1, 2, 9, tzinfo=UTC)))
        out.flush()
    return out.buffer.getvalue().decode(), err.getvalue(), code


LOGIN = re.compile(r',\n    "login": "\w+"|(?m:,(login|postgres)(?=\r$))')


def _same(urls: Urls, lines: Iterable[str]) -> None:
    for words in lines:
        in_file, (shown, *rest) = (_answer(url, words) for url in urls)
        on_server = (re.sub(LOGIN, "", shown), *rest)  # only a server knows who was logged in
        assert in_file == on_server, words
        assert (0, False, True) == (in_file[2], "error: " in in_file[1], bool(in_file[0])), words


@pytest.mark.parametrize("processes", [1, 2])
def test_both_verify_quickly(urls: Urls, processes: int) -> None:
    """The fast paths of verification confirm both, and see the same log."""
    roots = set()
    for url in urls:
        ledger = open_ledger(url)
        found = verified_fast(ledger.store, processes)
        assert found is not None
        roots.add(found.root)
        assert replayed_fast(ledger, processes) is not None
        ledger.close()
    assert 1 == len(roots)


def _refs(url: str, noun: str) -> list[str]:
    ledger = open_ledger(url)
    found = [stream.partition("/")[2] for stream in ledger.store.streams(noun)]
    ledger.close()
    return found


def test_the_logs_are_one(urls: Urls) -> None:
    """Both have the same entries, byte for byte, and so the same root; `verify` answers the same for both."""
    in_file, on_server = (open_ledger(url) for url in urls)
    assert list(in_file.store.rows()) == list(on_server.store.rows())
    assert in_file.store.head().root == on_server.store.head().root == in_file.store.head().stored_root
    in_file.close()
    on_server.close()
    answers = [_answer(url, "verify") for url in urls]
    assert answers[0] == answers[1]
    assert answers[0][0].startswith("verified the log and its projections: ")


SCREENS = (
    "status", "totals --by party --measure signed", "next --within 400", "disclosures", "disclosures --undisclosed",
    "disclosures --changed-since", f"changes --since {EARLIER}", "changes --body Council", "log --limit 60",
    "sample --size 20 --seed 7", "compliance list", "compliance list --status met",
    "guidelines diff GL/1 GL/2", "findings", "controls overview", "controls show CTL/1",
    "controls diff shipped CTL/1",
)  # fmt: skip
TOTALS = ("party-type", "membership", "region", "priority", "kind", "year", "currency")


@pytest.mark.parametrize("screen", SCREENS)
def test_screens(urls: Urls, screen: str) -> None:
    """The answer of a command, in every form; and as of an earlier day, as known at an earlier position."""
    _same(urls, [f"{screen} --format {form}" for form in TABLES])
    _same(urls, [f"{screen} --format json --on {ON}"])
    if EARLIER not in screen:
        _same(urls, [f"{screen} --format json --known-at {EARLIER}"])


def test_totals(urls: Urls) -> None:
    """Totals by every dimension, of every measure."""
    _same(urls, [f"totals --by {by} --measure signed --format json" for by in TOTALS])
    measures = ("received", "refunded", "in-kind", "ordered", "accepted", "paid")
    _same(urls, [f"totals --measure {measure} --by party --year 2023 --format csv" for measure in measures])


@pytest.mark.parametrize("noun", NOUNS)
def test_lists(urls: Urls, noun: str) -> None:
    """The list of each noun, in every form, and as known earlier."""
    _same(urls, [f"{noun} list --format {form}" for form in TABLES])
    _same(urls, [f"{noun} list --format csv --known-at {EARLIER} --on {ON}"])


def test_one_thing(urls: Urls) -> None:
    """One engagement, party, disclosure or entry, and its history."""
    engagements, parties, documents = (_refs(urls[0], noun) for noun in ("engagement", "party", "disclosure"))
    for ref in engagements[::8]:
        _same(urls, (f"{verb} {ref} --format {form}" for verb in ("engagement show", "history") for form in TABLES))
        _same(urls, [f"compliance list {ref} --format json", f"history {ref} --format json"])
    _same(urls, (f"history {ref} --format {form}" for ref in (parties[3], documents[0]) for form in TABLES))
    _same(urls, (f"party show {ref} --format json" for ref in parties[::6]))
    _same(urls, (f"disclosure show {documents[0]} --format {form}" for form in TABLES))
    _same(urls, (f"show {position} --format json" for position in range(1, 400, 61)))


REPORTS = ("council", "partnerships", "disclosures", "engagement")


@pytest.mark.parametrize("report", REPORTS)
def test_reports(urls: Urls, report: str) -> None:
    """Every report, in every form, and as of an earlier day as known at an earlier position."""
    refs = _refs(urls[0], "engagement")[::9] if report == "engagement" else [""]
    _same(urls, (f"report {report} {ref} --format {form} --on {ON}" for ref in refs[:1] for form in PAGES))
    _same(urls, (f"report {report} {ref} --format json" for ref in refs))
    _same(urls, [f"report {report} {refs[0]} --format html --on {ON} --known-at {EARLIER}"])


FIGURES = ("council /engagements", "council /parties", "partnerships /agreements", "disclosures /documents")


@pytest.mark.parametrize("figure", FIGURES)
def test_where_figures_come_from(urls: Urls, figure: str) -> None:
    """The entries behind a figure."""
    _same(urls, [f"explain {figure} --on {ON} --format {form}" for form in TABLES])


def _reading(group: click.Group, path: str = "") -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from _reading(command, f"{path}{name} ")
        elif command is not None and any(one.name == "known_at" for one in command.params):
            yield f"{path}{name}"


def test_no_reading_command_is_left_out() -> None:
    """All commands with `--known-at` are compared here; `show` of every noun folds a stream, as that of engagements."""
    tried = {screen.split()[0] for screen in SCREENS} | {f"report {name}" for name in REPORTS}
    tried |= {" ".join(screen.split()[:2]) for screen in SCREENS} | {"compliance explain"}  # below, with its cases
    tried |= {f"{noun} list" for noun in NOUNS} | {"history", "show", "explain"}
    left = {path for path in _reading(root) if not path.endswith(" show")} - tried
    assert {"document save", "disclosure check", "guidelines try", "report corrigendum"} == left, (
        "they write or read a file, which no store holds"
    )
