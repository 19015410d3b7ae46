"""Random histories: commands that draw from small pools, so that they interact; refused commands are skipped."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ledger.application.ledger import Ledger
from ledger.application.open import make_ledger, open_ledger
from ledger.application.request import Request, command_from
from ledger.domain.errors import LedgerError
from ledger.domain.facets import FACETS
from ledger.domain.organisation.settings import OpenLedger
from ledger.files.attachments import content_of
from tests.projections.registers import import_one
from tests.projections.supervised import AGREEMENT, SUPERVISED, supervised

DATES = ("2024-01-10", "2024-03-01", "2024-05-05", "2024-07-01", "2024-11-30", "2025-02-02", "2025-12-31")
ENGAGEMENTS = ("E1", "E2", "E3", "E4", "E5", "E1")
RUNNING = ("E1", "E2", "E1", "E2", "E1", "E3")
PARTIES = ("A", "B", "C")
ORDERS = ("S1", "S2")
BODIES = ("Council", "Council", "TDAG")
CURRENCIES = ("USD", "USD", "USD", "EUR")
LIFE = (
    "propose", "submit", "return", "approve", "reject", "cancel", "sign", "activate", "suspend", "resume", "terminate",
    "complete", "close", "reopen",
)  # fmt: skip

Step = tuple[str, int, int, int, int]

VERBS = (
    "party register", "party rename", "party reclassify", "party alias", "party identify", "engagement propose",
    "engagement sign", "engagement sign", "engagement amend", "engagement approve", "engagement reject",
    "engagement extend", "engagement suspend", "engagement resume", "engagement terminate", "engagement complete",
    "contribution receive", "contribution receive", "engagement close", "contribution commit",
    "contribution amend", "contribution receive", "contribution refund",
    "order issue", "order amend", "order cancel", "payment make", "payment make", "payment make",
    "payment reverse", "payment reverse", "outcome record",
    "disclosure publish", "disclosure cover", "rate record", "setting change", "import", "import",
    "void", "void", "void", "void", "void", "void",
    "engagement submit", "engagement return", "engagement cancel", "engagement activate", "engagement reopen",
    "engagement reopen", "order accept", "order accept", "order accept", "order close", "order close", *SUPERVISED,
)  # fmt: skip

CHAINS = (
    ("engagement propose", "engagement submit", "engagement return"),
    ("engagement propose", "engagement submit", "engagement approve", "engagement sign", "engagement activate"),
    ("engagement propose", "engagement reject", "engagement reopen"),
    ("engagement propose", "engagement cancel", "engagement reopen"),
    ("engagement suspend", "engagement resume"),
    ("engagement complete", "engagement close", "engagement reopen", "engagement reopen"),
    ("order issue", "order accept", "payment make", "order close"),
    ("order accept", "order accept", "payment make", "payment make", "payment reverse"),
    ("order issue", "order amend", "order cancel"),
    ("contribution receive", "contribution refund"),
    ("party flag", "party unflag"),
    ("party affiliate", "party separate"),
    ("conflict declare", "conflict assess"),
    ("review hold", "action close"),
    ("information request", "information provide"),
    ("disclosure prepare", "disclosure publish", "disclosure correct"),
    ("key add", "key rotate", "key retire", "key revoke"),
)
"""Sequences of verbs that act on the same entities."""
EPISODES = (*((verb,) for verb in VERBS), *CHAINS, *CHAINS)
"""The parts of a story: single verbs, and chains of them."""

numbers = st.integers(0, 11)
episodes = st.tuples(st.sampled_from(EPISODES), numbers, numbers, numbers, numbers)
histories = st.lists(episodes, min_size=5, max_size=40).map(
    lambda drawn: [step for episode in drawn for step in steps(*episode)]
)
"""Lists of steps; `play` records a list in a new ledger."""


def steps(verbs: tuple[str, ...], a: int, b: int, c: int, d: int) -> list[Step]:
    """Return the steps of an episode; they share their numbers, and so the entities they act on."""
    return [(verb, a, b, c, d) for verb in verbs]


def _early(number: int) -> dict[str, str]:
    return {"ex_post_facto": "Urgent"} if number % 3 else {}


def members(step: Step, size: int) -> dict[str, Any]:
    """Return the command of a step as a line of JSON Lines; voids need the `size` of the log."""
    verb, a, b, c, d = step
    pool = ENGAGEMENTS if verb.startswith("engagement") else RUNNING
    engagement, party, other = pool[a % 6], PARTIES[b % 3], PARTIES[c % 3]
    currency, order = CURRENCIES[c % 4], ORDERS[b % 2]
    amount = {"currency": currency, "value": str(10 * d + 1)}
    day = DATES[c % len(DATES)]
    roles = [{"party": ref} for ref in dict.fromkeys((party, other))]
    shares = [{"code": "AFR"}] if d % 2 else [{"code": "AFR", "percent": "33.3"}, {"code": "ASP", "percent": "66.7"}]
    own: dict[str, dict[str, Any]] = {
        "party register": {"ref": party, "name": f"Party {party}", "party_type": f"T{c % 2}", "membership": "none"},
        "party rename": {"party": party, "name": f"Party {party}{c}"},
        "party reclassify": {"party": party, "party_type": f"T{c % 3}"},
        "party alias": {"party": party, "alias": f"Alias {party}{c}"},
        "party identify": {"party": party, "identifier": {"scheme": "X", "id": f"{b}{c}"}},
        "engagement propose": {"engagement": engagement, "title": f"T{d}", "kind": "partnership agreement",
                               "parties": roles},
        "engagement sign": {"engagement": engagement, "title": f"T{d}", "kind": "partnership agreement",
                            "parties": roles, "regions": shares, "ends_on": DATES[-1 - d % 2],
                            "contributions": [{"by": party, "amount": amount}]},
        "engagement amend": {"engagement": engagement, "title": f"T{c}", "regions": shares},
        "engagement extend": {"engagement": engagement, "ends_on": f"2026-0{1 + d % 9}-15"},
        "contribution commit": {"engagement": engagement, "amount": amount,
                                "payer": party if d % 3 else "organization"},
        "contribution amend": {"engagement": engagement, "payer": party, "amount": amount},
        "contribution receive": {"engagement": engagement, "payer": party, "amount": amount},
        "contribution refund": {"engagement": engagement, "payer": party, "amount": {**amount, "value": "1"}},
        "order issue": {"engagement": engagement, "number": order, "subject": f"S{c}", "vendor": party,
                        "amount": amount} | _early(a + d),
        "order amend": {"engagement": engagement, "number": order, "amount": amount, "subject": f"S{d}"},
        "order cancel": {"engagement": engagement, "number": order},
        "order close": {"engagement": engagement, "number": order},
        "order accept": {"engagement": engagement, "number": order}
                        | ({"amount": {**amount, "value": str(3 * d + 3)}} if c % 2 else {}) | _early(a + d),
        "payment make": {"engagement": engagement, "number": order,
                         "amount": {**amount, "value": str((3 if c % 2 else 1) * (d + 1))}} | _early(a + d),
        "payment reverse": {"engagement": engagement, "payment": f"{order}/{1 + d % 2}"},
        "outcome record": {"engagement": engagement, "summary": f"Reached {d}", "outcome": f"O{c % 2}"},
        "disclosure publish": {"document": f"D/{d % 3}", "body": BODIES[d % 3], "as_of_on": day,
                               "cover": [{"engagement": engagement, "facets": list(FACETS[: 1 + d % 5])}]}
                              | ({"as_of_position": size - (a + b) % min(size, 5)} if d % 2 else {}),
        "disclosure cover": {"document": f"D/{d % 3}",
                             "cover": [{"engagement": engagement, "facets": list(FACETS[1 + d % 4 :])}]},
        "rate record": {"base": "EUR", "quote": "USD", "rate": f"1.0{d}", "source": "example"},
        "setting change": {"name": "rates.max-age-days", "value": [str(100 * d)]} if d % 3 else
                          {"name": "governing-body", "value": [BODIES[c % 3]]},
        "void": {"positions": [1 + (a + 12 * b) % size], "reason": "tried"},
    }  # fmt: skip
    own |= supervised(engagement, party, other, amount, step)
    return {"command": verb, **own.get(verb, {"engagement": engagement})}


BEGINNING: tuple[Step, ...] = (
    ("party register", 0, 0, 0, 1), ("party register", 0, 1, 1, 1), ("party register", 0, 2, 0, 1),
    ("engagement sign", 0, 0, 1, 11), ("engagement propose", 1, 1, 2, 1), ("engagement approve", 1, 0, 0, 0),
    ("engagement sign", 1, 1, 2, 9), ("order issue", 0, 0, 4, 11), ("order issue", 1, 1, 4, 11),
    ("contribution commit", 0, 1, 0, 1), ("order accept", 0, 0, 5, 10), ("order accept", 1, 1, 5, 10),
)  # fmt: skip
"""The first steps of every story: two signed engagements with money and an order each, mostly accepted."""


class Clock:
    """A clock that advances by a minute with each call."""

    def __init__(self) -> None:
        """Begin in 2026."""
        self.now = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the next moment."""
        self.now += timedelta(minutes=1)
        return self.now


def play(story: list[Step], folder: Path) -> Ledger:
    """Return a ledger with the first steps and the steps of a story, except those that a rule refuses."""
    url = f"sqlite:///{folder}/ledger.db"
    clock = Clock()
    make_ledger(url, OpenLedger(origin="example.org/ledger", reporting_currency="USD"), "staff/1", clock)
    ledger = open_ledger(url, clock)
    file = folder / "agreement.txt"
    file.write_bytes(AGREEMENT)
    assert ledger.attachments is not None
    ledger.attachments.keep(file, content_of(file))
    for step in (*BEGINNING, *story) if story else ():
        record_step(ledger, step)
    return ledger


def record_step(ledger: Ledger, step: Step) -> bool:
    """Record one step; return whether the rules accept it."""
    if step[0] == "import":
        return import_one(ledger, step[1:], DATES[step[4] % len(DATES)])
    command = command_from(members(step, ledger.store.head().size))
    # Steps of the lifecycle are in order of date, or most would be refused; other steps may be back-dated.
    noun, _, verb = step[0].partition(" ")
    moves = noun == "engagement" and verb in LIFE
    day = (
        DATES[min(len(DATES) - 1, ledger.store.head().size // 8)] if moves else DATES[(step[4] + step[3]) % len(DATES)]
    )
    try:
        ledger.record(Request(commands=(command,), actor="staff/1", effective_on=day))
    except LedgerError:
        return False
    return True
