"""At a terminal, and only there, the command asks for missing values."""

import shlex
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli.nouns.interview import command_line
from tests.cli.person import LEDGER, Person, environment
from tests.transcripts.terminal import Terminal


def _person(folder: Path, line: str, **environ: str) -> Person:
    return Person(folder, str(LEDGER), *shlex.split(line), **environ)


def _script(folder: Path, line: str, **environ: str) -> tuple[str, int]:
    done = subprocess.run(
        [LEDGER, *shlex.split(line)], cwd=folder, env=environment(folder, **environ), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr, done.returncode


def test_every_missing_value_is_asked_for(folder: Path) -> None:
    """Each missing argument and option is asked for; the complete command line is shown, and it does the same."""
    person = _person(folder, "order issue")
    person.answers("Engagement (", "E-1")
    person.answers("Number (", "SO-3")
    person.answers("Subject (", "Mr. O'Hara's report")
    person.answers("Amount (", "USD 30")
    person.answers("Ends on (last day of its period, or Enter to leave it out)", "")
    person.answers("When did it happen (", "")
    person.reads("As a single command:")
    line = person.reads("\neffective today,").strip()
    assert ["ledger", "order", "issue", "E-1", "SO-3", "--subject", "Mr. O'Hara's report"] == shlex.split(line)[:7]
    person.answers("Record this? [Y/n]", "")
    rest, code = person.ends()
    assert (0, True) == (code, "recorded at 9;" in rest)
    answer, code = _script(folder, line.replace("SO-3", "SO-4").removeprefix("ledger "))
    assert (0, True) == (code, answer.startswith("recorded at 10;"))


def test_fields_that_the_domain_requires_are_asked_for(folder: Path) -> None:
    """A first proposal needs title, kind and party, as the domain reports: each is asked for, then it is recorded."""
    person = _person(folder, "engagement propose E-2")
    person.answers("Title (", "Pilot")
    listed = person.answers("Kind (", "2")
    assert "   1  consultancy\n   2  knowledge partnership\n" in listed
    person.answers("Party (", "EY=consultant")
    person.answers("Another one, or Enter to continue", "")
    _offered(person, "Studies", "1/7/2026", "31.12.26", "USD 50000")
    person.answers("When did it happen (", "3/6/2026")
    shown = person.reads("Record this?")
    assert "--kind 'knowledge partnership' --party EY=consultant" in shown
    assert "--starts-on 2026-07-01 --ends-on 2026-12-31 --ceiling 'USD 50000' --effective 2026-06-03" in shown
    person.at.sendline("y")
    assert 0 == person.ends()[1]
    shown = _script(folder, "engagement show E-2")[0]
    assert all(text in shown for text in ("knowledge partnership", "Studies", "2026-12-31"))
    assert "2026-06-03" in _script(folder, "history E-2")[0]


def _offered(person: Person, *answers: str) -> None:
    for question, answer in zip(("Unit", "Starts on", "Ends on", "Ceiling"), answers or ("",) * 4, strict=True):
        person.answers(f"{question} (", answer)


def test_what_is_recorded_or_given_is_not_asked_for(folder: Path) -> None:
    """What the command line gives, or the ledger has, is no question; nor is the day, if --effective is given."""
    person = _person(folder, "engagement propose E-2 --title Pilot --party EY --unit IDS --effective 2026-06-30")
    person.answers("Kind (", "part")
    for question in ("Starts on (", "Ends on (", "Ceiling ("):
        person.answers(question, "")
    assert "effective 2026-06-30" in person.reads("Record this?")
    person.at.sendline("y")
    assert 0 == person.ends()[1]


@pytest.mark.parametrize(("typed", "day"), [("yesterday", -1), ("today", 0), ("-7d", -7)])
def test_days_in_words(folder: Path, typed: str, day: int) -> None:
    """The day of an act is answered in words, too, and shown as it is recorded."""
    person = _person(folder, "party flag EY")
    person.answers("What (", "Court case")
    person.answers("When did it happen (", typed)
    expected = (datetime.now(UTC).date() + timedelta(days=day)).isoformat()
    assert f"--effective {expected}" in person.reads("recorded by")
    person.leaves("Record this?", "c")
    assert 130 == person.ends()[1]


def test_a_day_that_is_none_is_asked_for_again(folder: Path) -> None:
    """A day that does not exist, or a month, is refused, and the question is repeated."""
    person = _person(folder, "order issue E-1 SO-3 --subject x --ends-on 2027-01-01")
    person.answers("Amount (", "USD 30")
    for wrong in ("31/02/2026", "2026-05", "soon"):
        person.answers("When did it happen (", wrong)
        assert f"'{wrong}' is not a date." in person.reads("hint:")
    person.leaves("When did it happen (", "c")
    assert 130 == person.ends()[1]


@pytest.mark.parametrize("typed", ["3", "PARTNERSHIP AGREEMENT", "part"])
def test_a_choice_is_its_number_its_text_or_its_beginning(folder: Path, typed: str) -> None:
    """A choice is selected by its number, by its text in any case, or by the beginning of its text."""
    person = _person(folder, "engagement propose E-2 --title Pilot --party EY --dry-run")
    person.answers("Kind (", typed)
    _offered(person)
    person.answers("When did it happen (", "")
    assert "--kind 'partnership agreement'" in person.reads("effective")
    rest, code = person.ends()
    assert (0, True) == (code, "would be recorded" in rest)


def test_an_unknown_choice_is_asked_for_again(folder: Path) -> None:
    """An answer that is not a choice is refused with the sentence of the domain, and the question is repeated."""
    person = _person(folder, "engagement propose E-2 --title Pilot --party EY")
    person.answers("Kind (", "friendship")
    person.reads("'friendship' is not one of the kinds of engagement in force.")
    person.leaves("Kind (", "c")
    assert 130 == person.ends()[1]


@pytest.mark.parametrize(
    ("question", "wrong", "sentence", "before"),
    [
        ("Amount (", "12", "'12' is not an amount of money.", "order issue E-1 SO-3 --subject x"),
        ("Amount (", "USD 1.234", "USD has 2 decimals, but '1.234' has more.", "order issue E-1 SO-3 --subject x"),
        ("Ends on (", "31.13.2027", "'31.13.2027' is not a date.", "engagement extend E-1"),
        ("Positions (", "last", "'last' is neither a position nor a range", "void --reason x"),
        ("Subject (", "", "Subject is empty.", "order issue E-1 SO-3 --amount 'USD 1.00'"),
        ("Number (", "SO-9", "has no service order 'SO-9'.", "order cancel E-1"),
    ],
)
def test_a_wrong_answer_is_asked_for_again(folder: Path, question: str, wrong: str, sentence: str, before: str) -> None:
    """A wrong amount, date, number, text or order is refused in the domain's words; the question is repeated."""
    person = _person(folder, before)
    person.answers(question, wrong)
    assert sentence in person.reads(question).replace("\n", " ")
    person.at.sendcontrol("d")
    rest, code = person.ends()
    assert (130, True) == (code, "interrupted: nothing was recorded." in rest)


def test_an_unknown_reference_brings_suggestions(folder: Path) -> None:
    """For an unknown name, similar names are listed with numbers, and a number is accepted as the answer."""
    person = _person(folder, "party alias")
    person.answers("Party (", "eyg")
    listed = person.answers("Party (", "1")
    assert "No party is known as 'eyg'." in listed
    assert "1  EYGS LLP  (P00002)" in listed
    person.answers("Alias (", "Global")
    person.answers("When did it happen (", "")
    assert "ledger party alias 'EYGS LLP' Global" in person.reads("Record this?")
    person.at.sendline("n")
    rest, code = person.ends()
    assert (130, True) == (code, "nothing recorded." in rest)


def test_an_amount_that_is_left_out_is_said(folder: Path) -> None:
    """What is accepted without an amount, all that is open, is asked for and shown before it is recorded."""
    assert 0 == _script(folder, "order issue E-1 SO-9 --subject Report --amount 'USD 70'")[1]
    person = _person(folder, "order accept E-1")
    person.answers("Number (", "SO-9")
    person.answers("Amount (its value; all that is open if not given, or Enter to leave it out)", "")
    person.answers("Deliverable (", "The report")
    person.answers("When did it happen (", "")
    assert "all that is open of SO-9 is accepted, USD 70.00." in person.reads("Record this?").replace("\n", " ")
    person.at.sendline("y")
    assert 0 == person.ends()[1]
    answer, code = _script(folder, "order accept E-1 SO-9")
    assert (3, True) == (code, answer.startswith("error: over-order: Nothing of service order SO-9 is left to accept"))


def test_what_may_be_left_out_may_be_after_a_wrong_answer_too(folder: Path) -> None:
    """A value that is optional is asked for again after a wrong one, and Enter leaves it out."""
    person = _person(folder, "party register")
    for question, text in (("Name (", "Delta"), ("Type (", ""), ("Membership (", ""), ("Country (", "ZZ")):
        person.answers(question, text)
    person.answers("When did it happen (", "")
    assert "'ZZ' is not the code of a country." in person.answers("Country (", "")
    assert "ledger party register Delta\n" in person.reads("Record this?")
    person.at.sendline("y")
    assert 0 == person.ends()[1]


@pytest.mark.parametrize("key", ["c", "d"])
def test_leaving_records_nothing(folder: Path, terminal: Terminal, key: str) -> None:
    """Ctrl-C and Ctrl-D end the command at any question, and nothing is recorded."""
    for question, given in (("Name (", "party register"), ("Record this?", "")):
        person = _person(folder, given or "party register")
        if not given:
            person.answers("Name (", "Delta")
            for offered in ("Type (", "Membership (", "Country (", "When did it happen ("):
                person.answers(offered, "")
        person.leaves(question, key)
        rest, code = person.ends()
        assert (130, True) == (code, "interrupted: nothing was recorded." in rest)
    assert "position 8," in terminal.type("ledger party list")[0].replace("\n", " ")


def test_a_final_refusal_shows_the_command_line(folder: Path) -> None:
    """If a rule refuses the command, it ends with the exit code of the rule, and shows the line to correct."""
    person = _person(folder, "order issue E-1 SO-1 --subject x")
    person.answers("Amount (", "USD 1.00")
    rest, code = person.ends()
    assert 3 == code
    assert "ledger order issue E-1 SO-1 --subject x --amount 'USD 1.00'" in rest


@pytest.mark.parametrize("environ", [{}, {"LEDGER_NO_INPUT": "1"}])
def test_no_input_asks_nothing(folder: Path, environ: dict[str, str]) -> None:
    """With --no-input or LEDGER_NO_INPUT=1 a terminal is treated as a script: a missing value is an error."""
    option = "" if environ else " --no-input"
    rest, code = _person(folder, f"order issue E-1{option}", **environ).ends()
    assert (2, True) == (code, "error: usage: Missing argument 'NUMBER'." in rest)
    rest, code = _person(folder, f"engagement propose E-2{option}", **environ).ends()
    assert (2, True) == (code, "error: missing-field: 'title' is missing" in rest)


@pytest.mark.parametrize("line", ["order issue E-1", "party register", "void", "init"])
def test_a_script_is_never_asked(folder: Path, line: str) -> None:
    """If standard input is not a terminal, nothing is asked, so that no script waits."""
    answer, code = _script(folder, line)
    assert (2, True) == (code, answer.startswith("error: "))


def test_closed_standard_input_asks_nothing(folder: Path) -> None:
    """A complete command is recorded even if standard input is closed."""
    done = subprocess.run(
        ["sh", "-c", f"exec {shlex.quote(str(LEDGER))} party register Delta <&-"],  # noqa: S607
        cwd=folder, env=environment(folder), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (0, "") == (done.returncode, done.stderr)


def test_a_whole_command_is_recorded_without_questions(folder: Path) -> None:
    """At a terminal, a complete command is recorded without a question."""
    rest, code = _person(folder, "party register Delta").ends()
    assert (0, True) == (code, rest.startswith("recorded at 9 as P"))


def test_a_noun_alone_shows_help(folder: Path) -> None:
    """A noun without a verb asks nothing and prints its help."""
    rest, code = _person(folder, "party").ends()
    assert (2, True) == (code, "Usage: ledger party" in rest)


def test_values_that_begin_with_a_dash() -> None:
    """Values that begin with a dash follow `--`, or their option and `=`."""
    import click  # noqa: PLC0415 - only for the context

    context = click.Context(click.Command("x"), info_name="ledger x")
    assert "ledger x --a=-1 -- -2" == command_line(context, [], ["-2"], [("a", "-1")])
    assert "ledger x 2 --a 1" == command_line(context, [], ["2"], [("a", "1")])
    assert "ledger x --a 1 -- -3 2" == command_line(context, ["--", "-3"], ["2"], [("a", "1")])


def test_a_ledger_is_made_by_answers(tmp_path: Path) -> None:
    """`init` asks again where an answer is wrong, takes a currency in small letters, and offers the usual lists."""
    person = _person(tmp_path, "init")
    person.answers("Name of the ledger", "our ledger")
    assert "bad-origin" in person.reads("Name of the ledger")
    person.at.sendline("example.org/ledger")
    person.answers("Currency that reports are in", "dollars")
    assert "unknown-currency" in person.reads("Currency that reports are in")
    person.at.sendline("usd")
    person.answers("The organisation", "Example Organisation")
    assert "list.kinds: partnership agreement, consultancy" in person.answers("Accept only these", "y")
    rest, code = person.ends()
    assert (0, True) == (code, "recorded at 2-4" in rest)
    settings = _script(tmp_path, "setting list --format csv")[0]
    assert all(text in settings for text in ("Example Organisation", "USD", "service contract", "Civil society"))


def test_lists_are_accepted_only_where_they_are_wanted(tmp_path: Path) -> None:
    """With Enter at the last questions of `init` any kind is accepted, and the organisation is the ledger's name."""
    person = _person(tmp_path, "init --origin example.org/ledger")
    person.answers("Currency that reports are in", "CHF")
    person.answers("The organisation", "")
    person.answers("Accept only these", "")
    assert 0 == person.ends()[1]
    assert "service contract" not in _script(tmp_path, "setting list")[0]


def test_a_name_that_another_party_nearly_has(folder: Path) -> None:
    """A near-duplicate is questioned: with no it is refused, with yes the command is shown with --namesake."""
    assert 0 == _script(folder, "party register 'Ernst & Young Example'")[1]
    line = "party register 'Ernst and Young Example'"
    person = _person(folder, line)
    assert "is nearly 'Ernst & Young Example'" in person.reads("Is it another organisation? [y/N]")
    person.at.sendline("")
    rest, code = person.ends()
    assert (3, True) == (code, "near-party" in rest)
    person = _person(folder, line)
    person.answers("Is it another organisation? [y/N]", "y")
    assert "ledger party register 'Ernst and Young Example' --namesake" in person.reads("Record this?")
    person.at.sendline("y")
    assert 0 == person.ends()[1]


def test_a_merge_is_shown_and_confirmed(folder: Path) -> None:
    """Both parties and their engagements are shown before they are merged; no is an answer."""
    person = Person(folder, str(LEDGER), "party", "merge", "EY", "P00002")
    shown = person.answers("Merge them? [Y/n]", "n")
    assert "goes away: P00001 EY, 1 engagement" in shown
    assert "stays: P00002 EYGS LLP, 0 engagements" in shown
    assert (130, True) == ((ended := person.ends())[1], "nothing recorded." in ended[0])
