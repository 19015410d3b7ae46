"""The tables of the projections: a row is one assertion and never changes its past.

Every row says which entry made it (`entry`, `line`), when the ledger knew it (`known_from`, `known_to`, positions of
the log) and since when it holds in the world (`effective_on`). Only a void closes a row; a void of a void writes it
again.

Of facts the latest counts. So that nobody has to look for it among all that ever held, rows of facts say until when
they count: to the day before `superseded_on`, which is known from the position `superseded_at` on (before, the row
counted for ever). Of an as-of each fact has one row that counts. Where a void or a late statement changes what follows
on a row, it is divided into rows of the same entry and line, known one after another (projections.tables.supersede).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text, literal_column, or_

VERSION = 3
"""Changes whenever tables or what is written to them change: a projection of another version is rebuilt."""

metadata = MetaData()

NUMBER = Integer().with_variant(BigInteger(), "postgresql")
"""64 bits on both: positions and minor units do not fit into PostgreSQL's INTEGER."""
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is ordered by code point on both, whatever the language of a database is."""


NEVER = "never"
"""In `superseded_on`: nothing follows. It sorts after every day."""
PLACED = ("entry", "line", "known_from", "known_to", "effective_on")
"""The columns with which every table of assertions begins."""
SUPERSEDED = ("superseded_on", "superseded_at")
"""The columns that follow where assertions supersede each other."""


def _assertions(name: str, *facts: "Column[object]") -> Table:
    return Table(
        name,
        metadata,
        Column("entry", NUMBER, primary_key=True),
        Column("line", NUMBER, primary_key=True),
        Column("known_from", NUMBER, primary_key=True),
        Column("known_to", NUMBER),
        Column("effective_on", TEXT, nullable=False),
        *facts,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _superseding(name: str, *facts: "Column[object]") -> Table:
    return _assertions(name, _text("superseded_on"), Column("superseded_at", NUMBER, nullable=False), *facts)


def _text(name: str) -> "Column[object]":
    return Column(name, TEXT, nullable=False)


party_facts = _superseding("party_facts", _text("party"), _text("fact"), _text("value"))
"""What a party is: `name`, `type`, `membership`, `country`; and each `alias` and `identifier`."""

engagement_facts = _superseding("engagement_facts", _text("engagement"), _text("fact"), _text("value"))
"""What an engagement is: `status`, `signed_on` and its particulars; lists, analysis and materiality as JSON."""

money = _assertions(
    "money",
    _text("engagement"),
    _text("measure"),
    _text("party"),
    _text("order_number"),
    _text("currency"),
    Column("minor", NUMBER, nullable=False),
)
"""Money as differences, in minor units; `party` is who pays or is paid, `organization` for the organisation itself."""

order_facts = _superseding("order_facts", _text("engagement"), _text("number"), _text("fact"), _text("value"))
"""A service order: `status`, `subject`, `vendor`, `starts_on`, `ends_on`, `deliverables`; its amount is money."""

payments = _assertions(
    "payments", _text("engagement"), _text("payment"), _text("order_number"), _text("status"),
    _text("currency"), Column("minor", NUMBER, nullable=False),
)  # fmt: skip
"""Payments made and reversed, one row each."""

acceptances = _assertions(
    "acceptances", _text("engagement"), _text("acceptance"), _text("order_number"), _text("deliverable"),
    _text("evidence"), _text("currency"), Column("minor", NUMBER, nullable=False),
)  # fmt: skip
"""Deliverables that were accepted, one row each."""

gifts = _assertions("gifts", _text("engagement"), _text("item"), _text("party"), _text("what"), _text("basis"))
"""What is given in kind; what it is valued at is money, which does not name the item."""

outcomes = _assertions(
    "outcomes", _text("engagement"), _text("outcome"), _text("status"), _text("summary"), _text("indicator"),
    _text("target"), _text("due_on"), _text("actual"), _text("evidence"),
)  # fmt: skip
"""Outcomes, `planned` or `reached`; of one key and status the later statement counts. Empty is not recorded."""

risks = _assertions(
    "risks", _text("engagement"), _text("risk"), _text("likelihood"), _text("impact"), _text("mitigation"),
    _text("owner"), _text("review_on"),
)  # fmt: skip
"""Assessments of risks; of one kind of risk the latest counts."""

conflicts = _assertions(
    "conflicts", _text("engagement"), _text("conflict"), _text("parties"), _text("nature"), _text("outcome"),
    _text("measures"),
)  # fmt: skip
"""Conflicts of interest: a row that declares (`parties` as JSON), and rows that assess (`outcome` is not empty)."""

reviews = _assertions(
    "reviews", _text("engagement"), _text("review"), _text("status"), _text("due_on"), _text("subject"),
    _text("findings"),
)  # fmt: skip
"""Reviews, `scheduled` or `held`."""

actions = _assertions(
    "actions", _text("engagement"), _text("action"), _text("status"), _text("review"), _text("what"), _text("due_on"),
    _text("how"),
)  # fmt: skip
"""What reviews asked for, `open` or `closed`."""

documents = _assertions(
    "documents", _text("engagement"), _text("document"), _text("title"), _text("sha256"),
    Column("size", NUMBER, nullable=False), _text("media_type"),
)  # fmt: skip
"""Documents attached to engagements."""

checks = _assertions(
    "checks", _text("party"), _text("kind"), _text("name"), _text("version"), _text("result"), _text("found"),
    _text("valid_until"),
)  # fmt: skip
"""What was checked of a party: `screening` against the list `name`, or `due diligence` of the level `name`."""

flags = _assertions("flags", _text("party"), _text("flag"), _text("status"), _text("what"))
"""Risk flags of parties, `raised` or `lifted`."""

affiliations = _assertions("affiliations", _text("party"), _text("other"), _text("status"), _text("relation"))
"""Parties that belong together, `affiliated` or `separated` from a date on."""

disclosures = _assertions(
    "disclosures", _text("document"), _text("body"), _text("title"), _text("as_of_on"),
    Column("as_of_position", NUMBER, nullable=False),
)  # fmt: skip
"""Documents that disclosed; `effective_on` is when they were published."""

coverage = _assertions(
    "coverage", _text("document"), _text("correction"), _text("engagement"), _text("facet"), _text("number")
)
"""What a document told of an engagement: one row a facet; one row a service order, with its number.

`correction` is the symbol of the document that corrected it, and empty where this is what the document told itself.
"""

corrections = _assertions(
    "corrections", _text("document"), _text("correction"), _text("what"), _text("as_of_on"),
    Column("as_of_position", NUMBER, nullable=False),
)  # fmt: skip
"""Documents that corrected what others had told; `effective_on` is when."""

preparations = _assertions("preparations", _text("document"), _text("body"), _text("title"), _text("planned_on"))
"""Documents in preparation; `planned_on` is empty where it is not recorded."""

facets = _superseding("facets", _text("engagement"), _text("facet"), _text("number"))
"""What gives an engagement a facet to be told of, or a service order with its number. The first row of each counts, and
that until a document covers it: what counts waits to be disclosed, if the engagement is signed.
"""

rates = _assertions("rates", _text("base"), _text("quote"), _text("rate"), _text("source"))
"""Rates of exchange: one unit of `base` is `rate` units of `quote`."""

settings = _assertions("settings", _text("name"), _text("value"))
"""Settings, and what the ledger is; lists as JSON."""

tracking = Table(
    "tracking",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=False),
    Column("version", NUMBER, nullable=False),
    Column("position", NUMBER, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""How far the log was followed: the last position and the hash of its leaf, so that another log is noticed."""

ASSERTIONS: tuple[Table, ...] = (
    party_facts, checks, flags, affiliations, engagement_facts, risks, conflicts, money, gifts, order_facts,
    acceptances, payments, outcomes, reviews, actions, documents, disclosures, coverage, corrections, preparations,
    facets, rates, settings,
)  # fmt: skip

for _table in ASSERTIONS:
    _closed = _table.c.known_to.isnot(None)
    Index(f"{_table.name}_known_to", _table.c.known_to, sqlite_where=_closed, postgresql_where=_closed)
    if SUPERSEDED[0] in _table.c:
        _first = len(PLACED + SUPERSEDED)
        Index(f"{_table.name}_of", *list(_table.columns)[_first : _first + 2])


def _counting(
    table: Table, name: str, *facts: "Column[Any]", of: "Sequence[Column[Any]]" = (), where: Any = None
) -> None:
    # What counts now is found by `known_to` and `superseded_on`; what counted then, without looking into the table.
    columns = (*of, table.c.known_to, table.c.superseded_on, *facts, table.c.effective_on, table.c.superseded_at)
    Index(f"{table.name}_{name}", *columns, table.c.known_from, sqlite_where=where, postgresql_where=where)


_counting(party_facts, "fact", party_facts.c.party, of=[party_facts.c.fact])
_counting(engagement_facts, "fact", engagement_facts.c.engagement, of=[engagement_facts.c.fact])
# Words and days are short enough to stand in an index themselves; titles and purposes are not.
# Not with IN, from which SQLite does not see that either follows.
_STATUS, _ENDS = (engagement_facts.c.fact == literal_column(f"'{name}'") for name in ("status", "ends_on"))
_SHORT = or_(_STATUS, _ENDS)
_counting(
    engagement_facts, "status", engagement_facts.c.engagement, engagement_facts.c.value, of=[engagement_facts.c.fact],
    where=_SHORT,
)  # fmt: skip
_counting(order_facts, "fact", order_facts.c.engagement, order_facts.c.number, of=[order_facts.c.fact])
_counting(facets, "waiting", facets.c.engagement, facets.c.facet, facets.c.number)
# Sums are made without looking into the table.
_ADDED = (money.c.currency, money.c.engagement, money.c.known_to, money.c.effective_on, money.c.known_from)
Index("money_measure", money.c.measure, *_ADDED, money.c.minor)
Index("coverage_engagement", coverage.c.engagement, coverage.c.facet, coverage.c.number)
