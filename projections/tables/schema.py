"""The tables of the projections: each row is one assertion of an entry.

Every row has the entry that made it (`entry`, `line`), the positions of the log between which it is known
(`known_from`, `known_to`) and the day from which it is effective (`effective_on`). Only a void closes a row; a void of
a void writes it again.

The latest value of a fact is the current one. So that a query finds it without reading earlier values, rows of facts
also store the interval in which they are current: up to the day before `superseded_on`. That day is known from the
position `superseded_at` on; before that position the interval had no end. At any as-of, each fact has one current row.
If a void or a late entry changes when a row is superseded, the row is split into rows of the same entry and line, each
known from where the previous one ends (projections.tables.supersede).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text, literal_column, or_

metadata = MetaData()

NUMBER = Integer()
"""Positions and minor units: 64 bits in SQLite."""
TEXT = Text()
"""Text in code point order."""


NEVER = "never"
"""The value of `superseded_on` for a row that nothing supersedes. It sorts after every date."""
PLACED = ("entry", "line", "known_from", "known_to", "effective_on")
"""The first columns of every table of assertions."""
SUPERSEDED = ("superseded_on", "superseded_at")
"""The next columns of tables in which assertions supersede each other."""


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
"""Facts of parties: `name`, `type`, `membership`, `country`, and each `alias` and `identifier`."""

engagement_facts = _superseding("engagement_facts", _text("engagement"), _text("fact"), _text("value"))
"""Facts of engagements: `status`, `signed_on` and particulars; lists, analysis and materiality are JSON."""

money = _assertions(
    "money",
    _text("engagement"),
    _text("measure"),
    _text("party"),
    _text("order_number"),
    _text("currency"),
    Column("minor", NUMBER, nullable=False),
)
"""Movements of money in minor units; `party` pays or is paid, and is `organization` for the organisation itself."""

order_facts = _superseding("order_facts", _text("engagement"), _text("number"), _text("fact"), _text("value"))
"""Facts of service orders: `status`, `subject`, `vendor`, `starts_on`, `ends_on`, `deliverables`. Amounts are money."""

payments = _assertions(
    "payments", _text("engagement"), _text("payment"), _text("order_number"), _text("status"),
    _text("currency"), Column("minor", NUMBER, nullable=False),
)  # fmt: skip
"""Payments and reversals, one row each."""

acceptances = _assertions(
    "acceptances", _text("engagement"), _text("acceptance"), _text("order_number"), _text("deliverable"),
    _text("evidence"), _text("currency"), Column("minor", NUMBER, nullable=False),
)  # fmt: skip
"""Accepted deliverables, one row each."""

gifts = _assertions("gifts", _text("engagement"), _text("item"), _text("party"), _text("what"), _text("basis"))
"""Contributions in kind, by item; their value is money, which does not name the item."""

outcomes = _assertions(
    "outcomes", _text("engagement"), _text("outcome"), _text("status"), _text("summary"), _text("indicator"),
    _text("target"), _text("due_on"), _text("actual"), _text("evidence"),
)  # fmt: skip
"""Outcomes, `planned` or `reached`; for each key and status the latest row is current. Empty means not recorded."""

approvals = _assertions("approvals", _text("engagement"), _text("authority"), _text("document"))
"""Approvals that were given elsewhere; for each authority the latest row is current."""

risks = _assertions(
    "risks", _text("engagement"), _text("risk"), _text("likelihood"), _text("impact"), _text("mitigation"),
    _text("owner"), _text("review_on"),
)  # fmt: skip
"""Assessments of risks; for each kind of risk the latest row is current."""

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
"""Actions of reviews, `open` or `closed`."""

information_requests = _assertions(
    "information_requests", _text("engagement"), _text("request"), _text("status"), _text("by"), _text("what"),
    _text("due_on"), _text("document"),
)  # fmt: skip
"""Requests for information, `requested` or `provided`."""

documents = _assertions(
    "documents", _text("engagement"), _text("document"), _text("title"), _text("sha256"),
    Column("size", NUMBER, nullable=False), _text("media_type"),
)  # fmt: skip
"""Documents attached to engagements."""

checks = _assertions(
    "checks", _text("party"), _text("kind"), _text("name"), _text("version"), _text("result"), _text("found"),
    _text("valid_until"),
)  # fmt: skip
"""Checks of parties: `screening` against the list `name`, or `due diligence` of the level `name`."""

flags = _assertions("flags", _text("party"), _text("flag"), _text("status"), _text("what"))
"""Risk flags of parties, `raised` or `lifted`."""

affiliations = _assertions("affiliations", _text("party"), _text("other"), _text("status"), _text("relation"))
"""Affiliations of parties, `affiliated` or `separated` from a date on."""

merges = _assertions("merges", _text("party"), _text("into"))
"""Merged parties, each with the party that it was merged into. Rows of all other tables are of the one that stays."""

of_merged = _assertions("of_merged", _text("party"))
"""Entries that name a party that is merged, which count for the party that stays."""

disclosures = _assertions(
    "disclosures", _text("document"), _text("body"), _text("title"), _text("as_of_on"),
    Column("as_of_position", NUMBER, nullable=False),
)  # fmt: skip
"""Published documents; `effective_on` is the date of publication."""

coverage = _assertions(
    "coverage", _text("document"), _text("correction"), _text("engagement"), _text("facet"), _text("number")
)
"""What a document covered of an engagement: one row for each facet, and for each service order with its number.

`correction` is the symbol of the correcting document, or empty for what the document itself covered.
"""

corrections = _assertions(
    "corrections", _text("document"), _text("correction"), _text("what"), _text("as_of_on"),
    Column("as_of_position", NUMBER, nullable=False),
)  # fmt: skip
"""Documents that corrected others; `effective_on` is the date of the correction."""

preparations = _assertions("preparations", _text("document"), _text("body"), _text("title"), _text("planned_on"))
"""Documents in preparation; `planned_on` is empty if it is not recorded."""

guidelines = _assertions(
    "guidelines", _text("series"), _text("symbol"), _text("binds_from"), _text("title"), _text("adopted_by"),
    _text("adopted_on"), _text("in_force_on"), _text("text"), _text("sha256"),
)  # fmt: skip
"""Versions of guidelines; `series` is the name of their set."""

control_versions = _assertions(
    "control_versions", _text("symbol"), _text("binds_from"), _text("title"), _text("adopted_by"), _text("adopted_on"),
    _text("in_force_on"), _text("text"), _text("sha256"),
)  # fmt: skip
"""Parameters of the controls, version by version."""

repeals = _assertions("repeals", _text("series"), _text("symbol"))
"""Versions of guidelines that are in force no more."""

waivers = _assertions(
    "waivers", _text("engagement"), _text("rule"), _text("of_case"), _text("why"), _text("approved_by"),
    _text("until"), _text("conditions"),
)  # fmt: skip
"""Waivers of rules; `of_case` is empty if a waiver is of every case. Empty means not recorded."""

assessments = _assertions(
    "assessments", _text("finding"), _text("control"), _text("outcome"), _text("why"), _text("entries"), _text("until")
)
"""Assessments of findings by key, with the entries they count for as JSON; the latest row is current."""

facets = _superseding("facets", _text("engagement"), _text("facet"), _text("number"))
"""Assertions that give an engagement a facet, or a service order with its number.

The first row of each is current until a document discloses it (projections.tables.shown). A current row waits for
disclosure if its engagement is signed.
"""

rates = _assertions("rates", _text("base"), _text("quote"), _text("rate"), _text("source"))
"""Exchange rates: one unit of `base` is `rate` units of `quote`."""

settings = _assertions("settings", _text("name"), _text("value"))
"""Settings and the identity of the ledger; lists are JSON."""

tracking = Table(
    "tracking",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=False),
    Column("version", NUMBER, nullable=False),
    Column("position", NUMBER, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
    sqlite_strict=True,
)
"""The last position of the log that the tables include, and the tree over the entries up to it (`CompactRange`).

Its root tells this log from another, and the entries that were folded from those that are stored now.
"""

ASSERTIONS: tuple[Table, ...] = (
    party_facts, merges, of_merged, checks, flags, affiliations, engagement_facts, approvals, risks, conflicts, money,
    gifts, order_facts, acceptances, payments, outcomes, reviews, actions, information_requests,
    documents, disclosures, coverage, corrections, preparations, guidelines,
    control_versions, repeals, waivers, assessments, facets, rates, settings,
)  # fmt: skip

for _table in ASSERTIONS:
    _closed = _table.c.known_to.isnot(None)
    Index(f"{_table.name}_known_to", _table.c.known_to, sqlite_where=_closed)
    if SUPERSEDED[0] in _table.c:
        _first = len(PLACED + SUPERSEDED)
        Index(f"{_table.name}_of", *list(_table.columns)[_first : _first + 2])
    elif "engagement" in _table.c and _table is not coverage:
        Index(f"{_table.name}_engagement", _table.c.engagement)
    elif _table in (checks, flags):
        Index(f"{_table.name}_party", _table.c.party)


def _index_current(
    table: Table, name: str, *facts: "Column[Any]", of: "Sequence[Column[Any]]" = (), where: Any = None
) -> None:
    # Covering indexes: the first columns find what is current now, the others answer for earlier as-ofs.
    columns = (*of, table.c.known_to, table.c.superseded_on, *facts, table.c.effective_on, table.c.superseded_at)
    Index(f"{table.name}_{name}", *columns, table.c.known_from, sqlite_where=where)


_index_current(party_facts, "fact", party_facts.c.party, of=[party_facts.c.fact])
_index_current(engagement_facts, "fact", engagement_facts.c.engagement, of=[engagement_facts.c.fact])
# Statuses and dates are short enough for a covering index; titles and purposes are not.
# OR, not IN: SQLite cannot derive the condition of a query from an IN list.
_STATUS, _ENDS = (engagement_facts.c.fact == literal_column(f"'{name}'") for name in ("status", "ends_on"))
_SHORT = or_(_STATUS, _ENDS)
_index_current(
    engagement_facts, "status", engagement_facts.c.engagement, engagement_facts.c.value, of=[engagement_facts.c.fact],
    where=_SHORT,
)  # fmt: skip
# The last step of any engagement tells whether all exist at an as-of. Its condition is one that no other index has.
IS_STEP = engagement_facts.c.fact.concat(literal_column("''")) == literal_column("'status'")
Index("engagement_facts_step", engagement_facts.c.effective_on, sqlite_where=IS_STEP)
_index_current(order_facts, "fact", order_facts.c.engagement, order_facts.c.number, of=[order_facts.c.fact])
_index_current(facets, "waiting", facets.c.engagement, facets.c.facet, facets.c.number)
# A covering index for sums.
_ADDED = (money.c.currency, money.c.engagement, money.c.known_to, money.c.effective_on, money.c.known_from)
Index("money_measure", money.c.measure, *_ADDED, money.c.minor)
# For each row of coverage its document is looked up.
Index("coverage_engagement", coverage.c.engagement, coverage.c.facet, coverage.c.number)
Index("disclosures_document", disclosures.c.document)
