"""Words that stand in the tables: projectors write them, and queries look for them without loading the projectors."""

MEASURES = ("signed", "received", "refunded", "in-kind", "ordered", "accepted", "paid")
"""The measures of money, which are never mixed."""
UNDATED = "undated"
"""The value of `signed_on` where the source does not date a signature."""
APPROVED_BY, SUBMITTED_TO = "approved_by", "submitted_to"
"""The authority of an approval or a submission, from its day on."""
