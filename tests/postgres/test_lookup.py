"""Completion and suggestions on a server give the same answers as on a file."""

from pathlib import Path

import pytest

from cli.completion.candidates import Candidates
from cli.completion.complete import opened_lookup
from ledger.stores.open import created, open_store
from tests.cli.person import LEDGER, Person
from tests.postgres.test_commands import INIT, typed
from tests.stores.rows import row
from tests.transcripts.terminal import Terminal

LONG = "n" * 250
ROWS = [
    row("engagement/E-A", 1),
    row("engagement/E-Ab", 1),
    row("engagement/f-A", 1),
    row("party/P1", 1, names=("alpha", "the alpha fund")),
    row("party/P2", 1, names=("beta", "Ärzte")),
    row("party/P3", 1, names=("alpha", LONG)),
    row("party/P3", 2, names=(LONG + "x", "al\U0010fffe")),
]


@pytest.fixture
def urls(tmp_path: Path, postgres_url: str) -> list[str]:
    """Return a ledger in a file and one on a server, with the same entries."""
    urls = [f"sqlite:///{tmp_path / 'ledger.db'}", postgres_url]
    for url in urls:
        with created(url):
            pass
        store = open_store(url)
        with store.writing():
            store.append(ROWS)
        store.close()
    return urls


def _answers(url: str) -> list[object]:
    with opened_lookup(url) as lookup:
        assert lookup is not None
        answers: list[object] = []
        for text in ("", "a", "al", "alpha", "ALPHA", "%", "_", "ä", LONG, LONG + "x", "\U0010ffff", "e-a"):
            answers += [lookup.streams(f"engagement/{text}", 9), lookup.streams_with("engagement", text, 9)]
            answers += [lookup.named(text, 9), lookup.named(text, 1), lookup.named_with(text, 9)]
            answers += [sorted(lookup.bearers(text))]
        return [*answers, lookup.stream("party/P3"), lookup.stream("party/P9")]


def test_both_stores_answer_the_same(urls: list[str]) -> None:
    """Beginnings, parts, long keys and characters that patterns would treat as wildcards find the same."""
    file, server = map(_answers, urls)
    assert file == server
    assert ["engagement/E-A", "engagement/E-Ab"] in server


def test_an_open_store_looks_up_by_itself(urls: list[str]) -> None:
    """The lookup of an open store reads through its connection, and finds nothing for a text with a zero byte."""
    for url in urls:
        store = open_store(url)
        lookup = store.lookup()
        assert ["party/P1", "party/P3"] == lookup.named("alpha", 9)
        assert [] == lookup.named("alpha\0", 9)
        store.close()


@pytest.fixture(name="terminal")
def _terminal(tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal where LEDGER_URL names a ledger on a server with a party and an engagement."""
    at_server = Terminal(tmp_path, monkeypatch)
    monkeypatch.setenv("LEDGER_URL", postgres_url)
    typed(at_server, INIT)
    typed(at_server, "party register 'Alpha (illustrative)' --ref A")
    typed(at_server, "engagement sign E-1 --title Titled --kind memorandum --party A")
    return at_server


def _completed(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, line: str) -> list[str]:
    with monkeypatch.context() as patch:
        patch.setenv("_LEDGER_COMPLETE", "bash_complete")
        patch.setenv("COMP_LINE", line)
        return terminal.words([])[0].splitlines()


def test_completion_on_a_server(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """References and names are completed from the server."""
    assert ["plain\tE-1"] == _completed(terminal, monkeypatch, "ledger engagement show E")
    (line,) = _completed(terminal, monkeypatch, "ledger party show alp")
    assert "Alpha" in line


def test_an_unreachable_server_offers_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """If no server answers, nothing is offered and nothing is printed."""
    monkeypatch.setenv("LEDGER_URL", "postgresql://postgres@127.0.0.1:1/none")
    assert [] == _completed(terminal, monkeypatch, "ledger engagement show E")


@pytest.mark.usefixtures("terminal")
def test_names_for_suggestions_on_a_server(postgres_url: str) -> None:
    """The suggestions of an interview come from the open store."""
    store = open_store(postgres_url)
    candidates = Candidates(store.lookup())
    assert [("E-1", "Titled")] == [(candidate.value, candidate.help) for candidate in candidates.engagements("E-1")]
    assert ["Alpha (illustrative)"] == [candidate.value for candidate in candidates.parties("alpha")]
    store.close()


@pytest.mark.usefixtures("terminal")
def test_a_question_suggests_by_number_on_a_server(postgres_url: str, tmp_path: Path) -> None:
    """A reference that is not found gets numbered suggestions; a number is accepted as the answer."""
    person = Person(tmp_path, str(LEDGER), "order", "issue", LEDGER_URL=postgres_url)
    person.answers("Engagement (", "e")
    person.reads("Type it again, or enter a number:")
    person.answers("Engagement (", "1")
    person.answers("Number (", "SO-1")
    person.answers("Subject (", "Report")
    person.answers("Amount (", "USD 30")
    person.answers("Ends on (", "")
    person.answers("When did it happen (", "")
    assert "order issue E-1 SO-1" in person.reads("Record this?")
    person.at.sendintr()
    assert 130 == person.ends()[1]
