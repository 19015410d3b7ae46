"""The columns of each noun's list, with their types: the members of its rows in JSON, in their order."""

from cli.filters.columns import Kind, ListColumn

STATUSES = (
    "proposed", "under review", "approved", "rejected", "cancelled", "signed", "active", "suspended", "expired",
    "completed", "terminated", "closed",
)  # fmt: skip
"""The states of an engagement."""
LEVELS = ("low", "medium", "high")
RISKS = ("access", "compliance", "reputational", "strategic", "financial", "operational")
CONFLICTS = ("no conflict", "mitigated", "accepted", "not acceptable", "declared, not assessed", "not declared")


def _texts(*keys: str) -> tuple[ListColumn, ...]:
    return tuple(ListColumn(key) for key in keys)


def _lists(*keys: str) -> tuple[ListColumn, ...]:
    return tuple(ListColumn(key, Kind.TEXTS) for key in keys)


def _days(*keys: str) -> tuple[ListColumn, ...]:
    return tuple(ListColumn(key, Kind.DAY) for key in keys)


def _numbers(*keys: str) -> tuple[ListColumn, ...]:
    return tuple(ListColumn(key, Kind.NUMBER) for key in keys)


def _amounts(*keys: str) -> tuple[ListColumn, ...]:
    return tuple(ListColumn(key, Kind.AMOUNT) for key in keys)


def _choice(key: str, *values: str) -> ListColumn:
    return ListColumn(key, Kind.CHOICE, values=values)


def _ref(key: str) -> ListColumn:
    return ListColumn(key, Kind.PARTY, of=key)


ENGAGEMENT = ListColumn("engagement", Kind.ENGAGEMENT)
CURRENCY = ListColumn("currency")
RECORDED = (ListColumn("recorded_on", Kind.DAY, is_on_request=True), ListColumn("actor", is_on_request=True))
"""When and by whom the entry at `position` was recorded; read from the log, so only if asked for."""

COLUMNS: dict[str, tuple[ListColumn, ...]] = {
    "party": (
        _ref("party"), *_texts("name", "type", "membership", "country"),
        *_numbers("engagements"), *_lists("aliases", "identifiers", "checks", "flags"),
        _ref("affiliates"),
    ),
    "engagement": (
        ENGAGEMENT, *_texts("title", "kind"), _choice("status", *STATUSES),
        ListColumn("parties", Kind.PARTY, of="party_refs"), ListColumn("unit"),
        *_days("signed_on", "starts_on", "ends_on"), ListColumn("signed", Kind.AMOUNT, withheld="financials"),
        *_lists("withheld"), _ref("party_refs"), ListColumn("ceiling", Kind.AMOUNT, withheld="financials"),
    ),
    "approval": (ENGAGEMENT, *_texts("authority"), *_days("on"), *_texts("document")),
    "analysis": (ENGAGEMENT, *_days("on"), *_texts("conclusion"), *_lists("options"), *_texts("document")),
    "materiality": (
        ENGAGEMENT, *_days("on"), _choice("financial", "yes", "no"), _choice("strategic", "yes", "no"), *_texts("why"),
        *_amounts("value", "threshold"),
    ),
    "risk": (
        ENGAGEMENT, _choice("risk", *RISKS), *(_choice(key, *LEVELS) for key in ("rating", "likelihood", "impact")),
        *_days("on"), *_texts("owner"), *_days("review_on"), *_texts("mitigation"),
    ),
    "conflict": (
        ENGAGEMENT, *_texts("conflict"), ListColumn("between", Kind.PARTY, of="parties"), *_texts("nature"),
        *_days("declared_on"), _choice("status", *CONFLICTS), *_days("assessed_on"), *_texts("measures"),
        _ref("parties"),
    ),
    "contribution": (
        ENGAGEMENT, ListColumn("payer", Kind.PARTY, of="payer_ref"), CURRENCY,
        *(ListColumn(key, Kind.MONEY, of="currency") for key in ("signed", "received", "refunded", "in_kind")),
        *_lists("items"), _ref("payer_ref"),
    ),
    "order": (
        ENGAGEMENT, *_texts("number", "subject"), ListColumn("vendor", Kind.PARTY, of="vendor_ref"),
        _choice("status", "issued", "cancelled", "closed")._replace(instead={"open": "open!=none"}),
        *_days("starts_on", "ends_on"), *_lists("deliverables"),
        *_amounts("ordered", "accepted", "paid", "open"), ListColumn("disclosed_in", Kind.TEXTS, withheld="*"),
        _ref("vendor_ref"), *_days("issued_on"), *_numbers("position"), *RECORDED,
    ),
    "payment": (
        ENGAGEMENT, *_texts("order", "payment"), _choice("status", "made", "reversed"), *_days("on"), CURRENCY,
        ListColumn("amount", Kind.MONEY, of="currency"), *_numbers("position"),
        ListColumn("payee", Kind.PARTY, of="payee_ref"), _ref("payee_ref"), *RECORDED,
    ),
    "outcome": (
        ENGAGEMENT, *_texts("outcome"), *_days("on"), *_texts("summary", "indicator", "actual", "evidence"),
        _choice("status", "planned", "late", "reached", "reached late"), *_texts("planned"), *_days("planned_on"),
        *_texts("target"), *_days("due_on"),
    ),
    "review": (
        ENGAGEMENT, *_texts("review"), _choice("status", "due", "overdue", "held"), *_days("due_on", "held_on"),
        *_texts("subject", "findings"),
    ),
    "action": (
        ENGAGEMENT, *_texts("action"), _choice("status", "open", "overdue", "closed"), *_texts("what", "review"),
        *_days("opened_on", "due_on", "closed_on"), *_texts("how"),
    ),
    "information": (
        ENGAGEMENT, *_texts("request"), _choice("status", "open", "overdue", "provided"), *_texts("by", "what"),
        *_days("requested_on", "due_on", "provided_on"), *_texts("document"),
    ),
    "document": (
        ENGAGEMENT, *_texts("document", "title"), *_days("on"), *_numbers("size"), *_texts("media_type", "sha256"),
    ),
    "disclosure": (
        *_texts("document", "body", "title"), *_days("published_on", "shows_on"),
        *_numbers("shows_position", "engagements", "orders"), _choice("status", "published", "in preparation"),
        *_days("planned_on"), *_lists("corrected_by"),
    ),
    "guidelines": (
        *_texts("symbol", "set", "title", "adopted_by"), *_days("adopted_on", "in_force_on"),
        _choice("status", "in force", "not yet in force", "superseded", "repealed"), *_days("repealed_on"),
        *_numbers("position"), *_texts("sha256"),
    ),
    "deviation": (
        ENGAGEMENT, *_texts("rule", "case"), *_days("on", "until"), *_texts("approved_by", "why", "conditions"),
        *_numbers("position"),
    ),
    "finding": (
        *_texts("finding", "control"), _choice("outcome", "dismissed", "confirmed", "remedied"),
        *_days("on", "until"), *_texts("why"), *_lists("entries"), *_numbers("position"), *RECORDED,
    ),
    "controls": (
        *_texts("symbol", "title", "adopted_by"), *_days("adopted_on", "in_force_on"),
        _choice("status", "in force", "not yet in force", "superseded"), *_numbers("position"), *_texts("sha256"),
    ),
    "rate": (*_texts("base", "quote"), *_numbers("rate"), *_days("on"), *_texts("source")),
    "setting": (*_texts("name"), *_lists("value"), *_numbers("since_position"), *_texts("meaning")),
}  # fmt: skip
"""By noun."""

KEYS: dict[str, tuple[str, ...]] = {
    "approval": ("engagement", "authority"),
    "conflict": ("engagement", "conflict", "parties"),
    "contribution": ("engagement", "payer_ref", "currency"),
    "deviation": ("engagement", "rule", "case", "on"),
    "finding": ("finding", "on", "position"),
    "rate": ("base", "quote", "on"),
}
"""The columns that name a row of a list, where those that name what `show` shows do not."""
