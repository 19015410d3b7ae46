"""The tables of the projections: a row is one assertion and never changes its past.

Every row says which entry made it (`entry`, `line`), when the ledger knew it (`known_from`, `known_to`, positions of
the log) and since when it holds in the world (`effective_on`). Only a void closes a row; a void of a void writes it
again.
"""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text

VERSION = 1
"""Changes whenever tables or what is written to them change: a projection of another version is rebuilt."""

metadata = MetaData()


def _assertions(name: str, *facts: "Column[object]") -> Table:
    return Table(
        name,
        metadata,
        Column("entry", Integer, primary_key=True),
        Column("line", Integer, primary_key=True),
        Column("known_from", Integer, primary_key=True),
        Column("known_to", Integer),
        Column("effective_on", Text, nullable=False),
        *facts,
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _text(name: str) -> "Column[object]":
    return Column(name, Text, nullable=False)


party_facts = _assertions("party_facts", _text("party"), _text("fact"), _text("value"))
"""What a party is: `name`, `type`, `membership`, `country`; and each `alias` and `identifier`."""

engagement_facts = _assertions("engagement_facts", _text("engagement"), _text("fact"), _text("value"))
"""What an engagement is: `status`, `signed_on` and its particulars; lists as JSON."""

money = _assertions(
    "money",
    _text("engagement"),
    _text("measure"),
    _text("party"),
    _text("order_number"),
    _text("currency"),
    Column("minor", Integer, nullable=False),
)
"""Money as differences, in minor units; `party` is who pays or is paid, `organization` for the organisation itself."""

order_facts = _assertions("order_facts", _text("engagement"), _text("number"), _text("fact"), _text("value"))
"""A service order: `status`, `subject`, `vendor`, `starts_on`, `ends_on`, `deliverables`; its amount is money."""

payments = _assertions(
    "payments", _text("engagement"), _text("payment"), _text("order_number"), _text("status"),
    _text("currency"), Column("minor", Integer, nullable=False),
)  # fmt: skip
"""Payments made and reversed, one row each."""

outcomes = _assertions(
    "outcomes", _text("engagement"), _text("outcome"), _text("summary"), _text("indicator"), _text("actual"),
    _text("evidence"),
)  # fmt: skip
"""Outcomes; of one key the later statement counts. What was not recorded is the empty text."""

disclosures = _assertions(
    "disclosures", _text("document"), _text("body"), _text("title"), _text("as_of_on"),
    Column("as_of_position", Integer, nullable=False),
)  # fmt: skip
"""Documents that disclosed; `effective_on` is when they were published."""

coverage = _assertions("coverage", _text("document"), _text("engagement"), _text("facet"), _text("number"))
"""What a document told of an engagement: one row a facet; one row a service order, with its number."""

rates = _assertions("rates", _text("base"), _text("quote"), _text("rate"), _text("source"))
"""Rates of exchange: one unit of `base` is `rate` units of `quote`."""

settings = _assertions("settings", _text("name"), _text("value"))
"""Settings, and what the ledger is; lists as JSON."""

tracking = Table(
    "tracking",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("leaf", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""How far the log was followed: the last position and the hash of its leaf, so that another log is noticed."""

ASSERTIONS: tuple[Table, ...] = (
    party_facts, engagement_facts, money, order_facts, payments, outcomes, disclosures, coverage, rates, settings,
)  # fmt: skip

for _table in ASSERTIONS:
    Index(f"{_table.name}_known_to", _table.c.known_to, sqlite_where=_table.c.known_to.isnot(None))
Index("party_facts_fact", party_facts.c.fact, party_facts.c.party)
Index("engagement_facts_fact", engagement_facts.c.fact, engagement_facts.c.engagement)
Index("engagement_facts_engagement", engagement_facts.c.engagement)
Index("money_measure", money.c.measure, money.c.engagement)
Index("order_facts_engagement", order_facts.c.engagement)
Index("coverage_engagement", coverage.c.engagement)
