"""What a recorder sends to the server with raw SQL: an entry of now, in its one form, or it is refused."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from ledger.application.open import open_ledger
from ledger.application.request import Request
from ledger.domain.errors import LedgerError
from ledger.domain.party.party import RegisterParty
from ledger.format.entry import written_time
from ledger.stores.errors import ClockDiffers, EntryRefused
from ledger.stores.postgres.faults import in_words
from tests.postgres.logins import MANY, Logins, append_one, entry, logins, root


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logins]:
    """Return four logins on a ledger that no test changes."""
    with logins(tmp_path_factory.mktemp("desks")) as given:
        yield given


def _ago(**given: float) -> str:
    return written_time(datetime.now(UTC) - timedelta(**given))


ENTRIES: dict[str, dict[str, Any]] = {
    "a time far ahead": {"recorded_at": "2199-01-01T00:00:00.000000Z"},
    "a time ten minutes ahead": {"recorded_at": lambda: _ago(minutes=-10)},
    "a time yesterday": {"recorded_at": lambda: _ago(days=1)},
    "a time that is none": {"recorded_at": "zzzz"},
    "infinity": {"recorded_at": "infinity"},
    "a time in another form": {"recorded_at": lambda: _ago().replace("T", " ")},
    "a time without microseconds": {"recorded_at": lambda: f"{_ago()[:19]}Z"},
    "a day that is none": {"effective_on": "2024-02-30"},
    "a day before all": {"effective_on": "1700-01-01"},
    "members in the day": {"effective_on": '2024-01-01","x":"'},
    "an event that is no JSON": {"event": "{"},
    "an event that is a text": {"event": '"party.registered"'},
    "an event that is a list": {"event": "[]"},
    "two events": {"event": '{"type":"party.registered"},"x":{}'},
    "an event with white space": {"event": '{"name": "Z","type":"party.registered"}'},
    "an event with null": {"event": '{"name":null,"type":"party.registered"}'},
    "an escape that none needs": {"event": '{"name":"\\u0041","type":"party.registered"}'},
    "an event of another type": {"event": '{"type":"party.renamed"}'},
    "an event without type": {"event": "{}"},
    "a type that is none": {"event": '{"type":"x"}', "type": "x"},
    "a second opening": {"event": '{"type":"ledger.opened"}', "type": "ledger.opened"},
    "part 2 of 1": {"part": "[2,1]"},
    "part 0": {"part": "[0,1]"},
    "members in the part": {"part": '[1,1],"reason":"x","sig":"y"'},
    "a reason that is empty": {"part": '[1,1],"reason":""'},
    "a part with white space": {"part": "[1, 1]"},
    "a source that is none": {"source": ',"source":{}'},
    "members in the source": {"source": ',"stream":"party/A"'},
    "a nameless actor": {"actor": ""},
    "a long actor": {"actor": "x" * 129},
    "no actor": {"actor": None},
    "a nameless stream": {"stream": ""},
    "a version that does not follow": {"version": 3},
    "version 0": {"version": 0},
    "version 1 again": {"stream": "party/A"},
    "more than 65,535 bytes": {"event": '{"name":"' + "x" * 65_500 + '","type":"party.registered"}'},
    "the id of another's command": {"command": "c-other", "digest": b"x"},
}


@pytest.mark.parametrize("given", ENTRIES.values(), ids=ENTRIES)
def test_a_recorder_appends_entries_only(four: Logins, given: dict[str, Any]) -> None:
    """Given a recorder with raw SQL, when it sends what is no entry of now, then the server stores nothing."""
    values = {name: value() if callable(value) else value for name, value in given.items()}
    before = root(four)
    with psycopg.connect(four.url("recorder")) as db:
        append_one(db)
        db.rollback()
        if "digest" in values:
            append_one(db, stream="party/Y", command="c-other", digest=b"y")
        with pytest.raises(psycopg.Error):
            append_one(db, **values)
    commands = [("c-other", b"x", 4, 1)] * 2 if "digest" in values else []
    with psycopg.connect(four.url("recorder")) as db, pytest.raises(psycopg.Error):
        append_many(db, [values], commands=commands)
    assert before == root(four)


def append_many(db: "psycopg.Connection[Any]", given: list[dict[str, Any]], **sides: Any) -> None:
    """Append entries by the function for many; `root`, `commands`, `names` and `mentions` as for the function."""
    head = db.execute("SELECT size, root FROM ledger.head").fetchone()
    assert head is not None
    entries = [entry(**{name: value for name, value in values.items() if name != "digest"}) for values in given]
    columns = [[row[name] for row in entries] for name in entry()]
    commands = [list(column) for column in zip(*sides.get("commands", ()), strict=True)] or [[], [], [], []]
    names, mentions = sides.get("names", ([], [])), sides.get("mentions", ([], []))
    db.execute(MANY, [*head, sides.get("root", b""), *columns, *commands, *names, *mentions])


@pytest.mark.parametrize(
    "sides",
    [
        {"root": b"x" * 32},
        {"commands": [("c-9", b"", 1, 1)]},
        {"commands": [("c-9", b"", 4, 2)]},
        {"commands": [("c-x", b"", 4, 1)]},
        {"names": (["alpha"], [1])},
        {"names": (["alpha"], [9])},
        {"mentions": (["party/A"], [2])},
    ],
)
def test_a_recorder_gives_no_tree_and_no_index(four: Logins, sides: dict[str, Any]) -> None:
    """Given a recorder with raw SQL, when root, command or index are not of its entries, then nothing is stored."""
    before = root(four)
    with psycopg.connect(four.url("recorder")) as db:
        if "root" not in sides:
            moment = entry()["recorded_at"]
            append_one(db, recorded_at=moment)
            ((right,),) = db.execute("SELECT root FROM ledger.head").fetchall()
            db.rollback()
            append_many(db, [{"recorded_at": moment}], root=right)
            db.rollback()
            with pytest.raises(psycopg.Error, match="does not belong"):
                append_many(db, [{"recorded_at": moment}], root=right, **sides)
        else:
            with pytest.raises(psycopg.Error, match="do not give the root"):
                append_many(db, [{}], **sides)
    assert before == root(four)


@pytest.mark.parametrize("minutes", [-7 * 60, -6, 6, 60 * 24 * 365])
def test_a_wrong_clock_is_reported(four: Logins, minutes: int) -> None:
    """Given a recorder whose clock differs from the server's, when it records, then a sentence has both times."""
    before = root(four)
    ledger = open_ledger(four.url("recorder"), lambda: datetime.now(UTC) + timedelta(minutes=minutes))
    with pytest.raises(LedgerError) as caught:
        ledger.record(Request(commands=(RegisterParty(name="Beta"),), actor="staff/1"))
    ledger.close()
    # The last entry is of now: a clock that is behind is refused for that already.
    assert ("clock-differs" if minutes > 0 else "clock-set-back") == caught.value.code
    assert before == root(four)


def test_refusals_are_sentences(four: Logins) -> None:
    """Given a refusal of the server, when the product meets it, then it is an error with a code, and no damage."""
    for given, kind in (({"recorded_at": _ago(days=1)}, ClockDiffers), ({"event": "[]"}, EntryRefused)):
        with psycopg.connect(four.url("recorder")) as db, pytest.raises(psycopg.Error) as caught:
            append_one(db, **given)
        assert kind is type(in_words(four.url("recorder"), caught.value))
    assert "entry-refused" == EntryRefused.code


def test_a_last_entry_ahead_of_the_clock_stops_nobody(tmp_path: Path) -> None:
    """Given a last entry of tomorrow, which the owner copied, when a recorder takes its time, then it is stored."""
    tomorrow, later = _ago(days=-1), _ago(days=-2)
    with logins(tmp_path) as four:
        with psycopg.connect(four.url("owner")) as db:
            append_one(db, recorded_at=tomorrow, command="c-1")
        with psycopg.connect(four.url("recorder")) as db:
            append_one(db, recorded_at=tomorrow, stream="party/Y", command="c-2")
        for moment in (later, _ago()):
            with psycopg.connect(four.url("recorder")) as db, pytest.raises(psycopg.Error):
                append_one(db, recorded_at=moment, stream="party/X", command="c-3")
