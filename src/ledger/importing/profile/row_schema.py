"""The schema of each kind of row: the fields that a profile can map, and which of them are required."""

from typing import NamedTuple

from ledger.domain.facets import FACETS

TEXTS = ("title", "kind", "purpose", "objective", "unit", "basis")
"""Text fields of an engagement."""
SHARES = {"region": "regions", "priority": "priorities"}
"""Fields with lists of codes, perhaps with percentages, and the particulars that they give."""
CLASSES = ("party_types", "memberships", "countries")
"""Fields that classify each party of the row."""
ANSWERS = ("financial", "strategic")
"""Fields that answer with yes or no whether an engagement is material."""
WITHHELD = {f"withheld_{facet.replace('-', '_')}": facet for facet in FACETS}
"""Fields that answer with yes or no whether the source withholds a facet."""


class RowSchema(NamedTuple):
    """The schema of a kind of row.

    `noun` is the name of one row; the `key` fields identify it. A profile can translate the values of `coded` fields,
    and can give `defaulted` fields under [empty]. `needed` fields are required. `amounts` are fields with a currency.
    """

    noun: str
    fields: tuple[str, ...]
    key: tuple[str, ...]
    needed: tuple[str, ...]
    coded: tuple[str, ...] = ()
    defaulted: tuple[str, ...] = ()
    amounts: tuple[str, ...] = ()


_CODED = ("kind", "unit", "basis", "currency", "roles", *CLASSES, *SHARES, *ANSWERS, *WITHHELD)

ROW_SCHEMAS = {
    "agreements": RowSchema(
        noun="agreement",
        fields=(
            "reference", *TEXTS, "parties", "identifiers", "roles", *CLASSES, *SHARES,
            "signed_on", "starts_on", "ends_on", "currency", "partner_amount", "organization_amount",
            "ceiling", "status", "status_on", "outcomes", *ANSWERS, *WITHHELD, "reason",
        ),
        key=("reference",),
        needed=("title", "kind", "parties", "signed_on"),
        coded=(*_CODED, "status"),
        defaulted=(*_CODED, "title"),
        amounts=("partner_amount", "organization_amount", "ceiling"),
    ),
    "parties": RowSchema(
        noun="party",
        fields=("reference", "name", "type", "membership", "country", "identifiers", "aliases", "reason"),
        key=("reference",),
        needed=("name",),
        coded=("type", "membership", "country"),
        defaulted=("type", "membership", "country"),
    ),
    "orders": RowSchema(
        noun="service order",
        fields=(
            "engagement", "number", "subject", "vendor", "currency", "amount", "issued_on", "starts_on", "ends_on",
            "deliverables", "wind_down", "ex_post_facto", "reason",
        ),
        key=("engagement", "number"),
        needed=("engagement", "number", "subject", "amount", "issued_on"),
        coded=("engagement", "vendor", "currency"),
        defaulted=("engagement", "vendor", "currency", "subject"),
        amounts=("amount",),
    ),
    "payments": RowSchema(
        noun="payment",
        fields=(
            "engagement", "order", "payment", "currency", "amount", "paid_on", "accepted_on", "acceptance",
            "refund_of", "wind_down", "ex_post_facto", "reason",
        ),
        key=("engagement", "payment"),
        needed=("engagement", "order", "payment", "amount", "paid_on"),
        coded=("engagement", "order", "currency"),
        defaulted=("engagement", "order", "currency"),
        amounts=("amount",),
    ),
    "receipts": RowSchema(
        noun="receipt",
        fields=("engagement", "payer", "receipt", "currency", "amount", "received_on", "reason"),
        key=("engagement", "receipt"),
        needed=("engagement", "amount", "received_on"),
        coded=("engagement", "payer", "currency"),
        defaulted=("engagement", "payer", "currency"),
        amounts=("amount",),
    ),
    "rates": RowSchema(
        noun="rate",
        fields=("base", "quote", "rate", "source", "published_on", "reason"),
        key=("base", "quote", "published_on"),
        needed=("base", "quote", "rate", "source", "published_on"),
        coded=("base", "quote", "source"),
        defaulted=("base", "quote", "source"),
    ),
}  # fmt: skip
"""The schemas of all kinds of row, by the `kind` of a profile."""
