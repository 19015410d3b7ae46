"""Auditing by hand: what entries say, samples that anybody can draw again, how far trust reaches."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.cli.filter_ledger import recorded
from tests.transcripts.terminal import Terminal

Row = dict[str, Any]


@pytest.fixture
def audited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Return a terminal with a ledger in which a payment was voided, and the void of another was voided."""
    terminal = recorded(Terminal(tmp_path, monkeypatch))
    first, second = (row["position"] for row in _log(terminal, "--type", "payment.made")[:2])
    for position in (first, second):
        assert 0 == terminal.type(f"ledger void {position} --reason 'Paid twice'")[1]
    last = _log(terminal)[-1]["position"]
    assert 0 == terminal.type(f"ledger void {last} --reason 'Was right'")[1]
    return terminal


def _log(terminal: Terminal, *options: str) -> list[Row]:
    answer, code = terminal.words(["log", "--format", "json", *options])
    assert 0 == code, answer
    rows: list[Row] = json.loads(answer[answer.index("[") :])
    return rows


def test_what_entries_say(audited: Terminal) -> None:
    """Each entry says in words what it states, with names and amounts, and whether and by what it was taken back."""
    screen, _ = audited.type("ledger log --type order.issued --no-pager")
    assert "vendor P1 Ernst & Young" in " ".join(screen.split())
    made, void, other = _log(audited, "--type", "payment.made")[0], *_log(audited, "--type", "entry.voided")[:2]
    assert ("no", void["position"]) == (made["stands"], made["voided_by"])
    assert f"takes back entry {made['position']}: Paid twice" == void["says"]
    assert ("no", "yes") == (other["stands"], _log(audited, "--type", "payment.made")[1]["stands"])
    assert f"taken back by entry {void['position']}" in audited.type("ledger log --type payment.made")[0]


def test_filters_of_the_log(audited: Terminal) -> None:
    """Entries are found by party, engagement, amount, lateness and import, as the entries themselves have them."""
    whole = _log(audited)

    def found(*filters: str) -> list[int]:
        return [row["position"] for row in _log(audited, *(word for text in filters for word in ("--where", text)))]

    def having(holds: Any) -> list[int]:
        return [row["position"] for row in whole if holds(row)]

    assert having(lambda row: row["stream"] == "engagement/E-3") == found("engagement=E-3")
    assert having(lambda row: "P1" in json.dumps(row) or row["stream"] == "party/P1") == found("party=EY")
    big = having(lambda row: row["event"].get("amount", {}).get("currency") == "JPY")
    assert big == found("amount>0 JPY")
    assert having(lambda row: row["days_late"] > 30) == found("days_late>30")
    assert having(lambda row: row["stands"] == "no") == found("stands=no") != []
    assert having(lambda row: row["actor"] == "staff/2") == found("actor=staff/2", "imported=no")
    assert [] == found("imported=yes")
    assert 2 == len(_log(audited, "--limit", "2"))
    assert whole[-2:] == _log(audited, "--limit", "2")


@pytest.mark.parametrize(
    "options",
    [
        [], ["--actor", "staff/1"], ["--party", "EY"], ["--text", "étude"], ["--stream", "engagement/E-1"],
        ["--where", "type=order.issued"], ["--where", "stands=no"],
        ["--type", "order.issued", "--type", "payment.made"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_last_and_the_next_entries(audited: Terminal, options: list[str]) -> None:
    """`--limit` shows the last of what is shown without it; with `--after` the next, with `--sort` the first."""
    whole = _log(audited, *options)
    assert len(whole) > 1
    for limit in ("1", "2", "100"):
        assert whole[-int(limit) :] == _log(audited, *options, "--limit", limit)
        assert whole[::-1][: int(limit)] == _log(audited, *options, "--sort=-position", "--limit", limit)
        after = whole[0]["position"]
        assert whole[1 : int(limit) + 1] == _log(audited, *options, "--limit", limit, "--after", str(after))
        assert whole[: int(limit)] == _log(audited, *options, "--limit", limit, "--after", "0")
    assert f"after {after}, limit 100" in audited.words(["log", *options, "--after", str(after), "--limit", "100"])[0]


def test_voids_of_few_and_of_many_entries(audited: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    """What took entries back is found stream by stream, and at once for all: with the same result in any order."""
    whole, answers = _log(audited), []
    expected = [(row["stands"], row["voided_by"]) for row in whole]
    assert 2 == sum(stands == "no" for stands, _ in expected)
    for few in (0, 1, 3, 10**9):
        monkeypatch.setattr("projections.history.entry_rows.FEW_STREAMS", few)
        assert expected == [(row["stands"], row["voided_by"]) for row in _log(audited)]
        answers.append([row["position"] for row in _log(audited, "--where", "stands=no", "--limit", "9")])
    assert [[row["position"] for row in whole if row["stands"] == "no"]] * 4 == answers


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--type payment", "Did you mean payment.made or payment.reversed?"),
        ("--type payments.made", "Did you mean payment.made"),
        ("--where type=payment.mad", "Did you mean payment.made"),
        ("--actor 17", "'17' recorded nothing."),
        ("--stream engagement/E1", "Did you mean engagement/E-1"),
        ("--party EYY", "unknown-party"),
        ("--where late>3", "There is no column 'late'."),
    ],
)
def test_what_the_log_does_not_have(audited: Terminal, options: str, said: str) -> None:
    """A type, actor, stream or party that does not exist is an error, never "no results"."""
    answer, code = audited.type(f"ledger log {options}")
    assert code in (2, 3), answer
    assert said in answer


def test_show_takes_many(audited: Terminal) -> None:
    """Several positions and ranges are shown; an entry that was voided says by which entry, when, by whom and why."""
    rows = json.loads(audited.type("ledger show 2 4-6 --format json")[0])["rows"]
    assert [2, 4, 5, 6] == [row["position"] for row in rows]
    made = _log(audited, "--type", "payment.made")[0]
    text = " ".join(audited.type(f"ledger show {made['position']}")[0].split())
    assert f"no: it is voided by entry {made['voided_by']}, 2026-11-23, staff/1: Paid twice" in text
    for wrong, expected in (
        ("IDS-2026-001", "bad-position"), ("9-2", "bad-position"), ("x", "bad-position"), ("1-5000", "beyond-head"),
    ):  # fmt: skip
        answer, code = audited.type(f"ledger show {wrong}")
        assert (2, True) == (code, expected in answer)
    assert 2 == audited.type("ledger show 1 2 --raw")[1]


def _sample(terminal: Terminal, *options: str) -> list[int]:
    answer, code = terminal.words(["sample", "--format", "json", *options])
    assert 0 == code, answer
    return [row["position"] for row in json.loads(answer)]


def test_samples_are_drawn_again(audited: Terminal) -> None:
    """A sample is those of the lowest SHA-256 of seed and position, on any machine; another seed draws others."""
    size = len(_log(audited))
    ranked = sorted(range(1, size + 1), key=lambda position: sha256(f"audit 2026:{position}".encode()).hexdigest())
    assert sorted(ranked[:7]) == _sample(audited, "--size", "7", "--seed", "audit 2026")
    assert sorted(ranked[:7]) != _sample(audited, "--size", "7", "--seed", "audit 2027")
    assert [*range(1, size + 1)] == _sample(audited, "--size", "9999", "--seed", "x")
    paid = [row["position"] for row in _log(audited, "--type", "payment.made")]
    assert sorted(paid, key=ranked.index)[:1] == _sample(
        audited, "--size", "1", "--seed", "audit 2026", "--where", "type=payment.made"
    )


def test_samples_by_amount(audited: Terminal) -> None:
    """Stratified by amount, each order of magnitude in each currency gives one entry at least."""
    with_amount = {row["position"]: row["amount"] for row in _log(audited, "--columns", "position,amount")}

    def stratum(position: int) -> tuple[str, int]:
        return max((len(text[4:].partition(".")[0]), text[:3]) for text in with_amount[position])[::-1]

    strata = {stratum(position) for position, own in with_amount.items() if own}
    drawn = _sample(audited, "--size", str(len(strata) + 2), "--seed", "1", "--by-amount")
    assert strata == set(map(stratum, drawn))
    assert len(strata) + 2 == len(drawn)
    answer, code = audited.type("ledger sample --size 1 --seed 1 --by-amount")
    assert (2, True) == (code, "sample-too-small" in answer)


def test_how_far_trust_reaches(audited: Terminal, tmp_path: Path) -> None:
    """With a policy, verification ends with the newest checkpoint it accepts; accepting none is a finding."""
    made, code = audited.type("ledger key new")
    assert 0 == code, made
    vkey = next(word for word in made.split() if word.startswith("example.org/ledger+"))
    (tmp_path / "policy.txt").write_text(f"log {vkey}\nquorum none\n")
    none, code = audited.type("ledger verify --policy policy.txt")
    assert (1, True) == (code, "no-trusted-checkpoint" in none), none
    assert "trust: the policy accepts no checkpoint; nobody vouches for any of" in none
    assert 0 == audited.type("ledger checkpoint")[1]
    audited.type("ledger party register 'Later (illustrative)'")
    some, code = audited.type("ledger verify --policy policy.txt")
    assert 0 == code, some
    size = len(_log(audited))
    assert f"trust: the newest checkpoint that the policy accepts has {size - 1} entries" in some
    assert f"1 of {size} lie beyond it" in some
    trust = json.loads(audited.type("ledger verify --policy policy.txt --format json")[0])["trust"]
    assert (size - 1, 1) == (trust["size"], trust["beyond"])
    assert "trust" not in audited.type("ledger verify")[0]


def test_since_a_day_is_since_its_beginning(audited: Terminal) -> None:
    """`log` and `changes` since the day on which all was recorded show all."""
    whole = _log(audited)
    day = whole[0]["recorded_at"][:10]
    assert whole == _log(audited, "--since", day)
    answer, code = audited.type(f"ledger changes --since {day} --format json")
    assert (0, 0) == (code, json.loads(answer[answer.index("{") :])["since"]["position"])
