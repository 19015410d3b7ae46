"""The columns that tables of the document to the Council take from tables of the report."""

from projections.reports.documents.composing import ColumnPlan

_FINDING = (
    ColumnPlan("finding", "reference", 0),
    ColumnPlan("severity", "words", 1),
    ColumnPlan("found", "words", 2),
    ColumnPlan("found-since", "words", 3),
)
COLUMNS: dict[str, tuple[ColumnPlan, ...]] = {
    "undisclosed_orders": (
        ColumnPlan("order", "reference", 2),
        ColumnPlan("engagement", "reference", 0),
        ColumnPlan("parties", "words", 1),
        ColumnPlan("subject", "words", 3),
        ColumnPlan("amount", "money", 4),
        ColumnPlan("issued-on", "day", 5),
        ColumnPlan("days", "days", 6),
    ),
    "undisclosed_facets": (
        ColumnPlan("facet", "words", 0),
        ColumnPlan("engagements", "count", 1),
        ColumnPlan("oldest", "words", 2),
    ),
    "changed": (
        ColumnPlan("engagement", "reference", 0),
        ColumnPlan("what", "words", 1),
        ColumnPlan("last-told", "words", 2),
        ColumnPlan("was", "words", 3),
        ColumnPlan("is", "words", 4),
    ),
    "compliance": (
        ColumnPlan("guidelines", "reference", 0),
        ColumnPlan("asks", "words", 2),
        ColumnPlan("not-met", "count", 3),
        ColumnPlan("late", "count", 4),
        ColumnPlan("cannot-be-judged", "count", 5),
        ColumnPlan("due", "count", 6),
        ColumnPlan("waived", "count", 7),
        ColumnPlan("met", "count", 8),
    ),
    "risks": (
        ColumnPlan("risk", "words", 0),
        ColumnPlan("low", "count", 1),
        ColumnPlan("medium", "count", 2),
        ColumnPlan("high", "count", 3),
    ),
    "conflicts_open": (
        ColumnPlan("engagement", "reference", 0),
        ColumnPlan("paid", "words", 1),
        ColumnPlan("gives", "words", 2),
        ColumnPlan("given", "words", 3),
    ),
    "conflicts_assessed": (
        ColumnPlan("engagement", "reference", 0),
        ColumnPlan("paid", "words", 1),
        ColumnPlan("gives", "words", 2),
        ColumnPlan("assessment", "words", 4),
        ColumnPlan("measures", "words", 5),
    ),
    "conflicts_declared": (
        ColumnPlan("engagement", "reference", 0),
        ColumnPlan("between", "words", 1),
        ColumnPlan("nature", "words", 2),
        ColumnPlan("assessment", "words", 3),
        ColumnPlan("measures", "words", 4),
    ),
    "engagements": (
        ColumnPlan("reference", "reference", 0),
        ColumnPlan("title", "words", 1),
        ColumnPlan("parties", "words", 2),
        ColumnPlan("kind", "words", 3),
        ColumnPlan("state", "words", 4),
        ColumnPlan("period", "words", 5),
        ColumnPlan("material", "words", 6),
        ColumnPlan("signed", "money", 7),
        ColumnPlan("ordered", "money", 8),
        ColumnPlan("paid-amount", "money", 9),
    ),
    "all_undisclosed": (
        ColumnPlan("engagement", "reference", 0),
        ColumnPlan("title", "words", 1),
        ColumnPlan("parties", "words", 2),
        ColumnPlan("undisclosed", "words", 3),
        ColumnPlan("since", "words", 4),
        ColumnPlan("days", "days", 5),
    ),
    "findings_open": _FINDING,
    "findings_assessed": (
        *_FINDING,
        ColumnPlan("outcome-of", "words", 4),
        ColumnPlan("assessed-by", "words", 5),
        ColumnPlan("why", "words", 6),
    ),
}
"""The columns of the tables that the document takes from the report."""
SHORTER: dict[str, tuple[ColumnPlan, ...]] = {
    "undisclosed_orders": (
        ColumnPlan("order", "reference", 2),
        ColumnPlan("engagement", "reference", 0),
        ColumnPlan("parties-subject", "words", 1, then=(3,)),
        ColumnPlan("amount", "money", 4),
        ColumnPlan("issued-on", "day", 5),
    ),
}
"""The columns of tables of the body that have fewer than the whole list: what they leave out stands there."""
