"""The nouns of the command line: one record for each, with all that its reading verbs and its completion need.

Help and completion load this table, so it holds names of functions, not the functions.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Noun(NamedTuple):
    """A noun of the command line; its writing verbs are the commands of the domain whose tag begins with it."""

    summary: str
    """Its line in `ledger --help`."""
    help: str
    list_help: str
    show_help: str
    columns: tuple[str, ...]
    """The columns of its table; `>` marks numbers. JSON and CSV have every member."""
    rows: str
    """The function in `projections.queries` that returns the rows of `list`, as `module.function`."""
    keys: tuple[str, ...]
    """The arguments of `show`, which name one record."""
    facts: str
    """The function in `cli.nouns` that returns what `show` prints, as `module.function`; it takes view and keys."""
    spoken: tuple[str, ...] = ()
    """The members that `--list` shows line by line, if the table combines several members in a column."""
    parts: str = ""
    """Where the state of an engagement holds the records, by their last key: completion offers these."""
    candidates: str = ""
    """The method of `Candidates` with which completion finds the last key, if the record has a stream of its own."""
    reads: Mapping[str, tuple[str, str]] = MappingProxyType({})
    """Reading verbs in addition to `list` and `show`: `module:attribute` and help."""
    alone: str = ""
    """The verb that is meant by the noun alone, or with options only; empty if a verb must be given."""


NOUNS = {
    "party": Noun(
        summary="Third parties: register, screen, flag, list, show.",
        help="Third parties: the outside organisations.",
        list_help="List third parties.",
        show_help="Show a third party.",
        columns=("party", "name", "type", "membership", "country", "engagements>", "flags"),
        rows="lists.parties",
        keys=("party",),
        facts="show.party_facts",
        candidates="parties",
    ),
    "engagement": Noun(
        summary="Engagements: propose, sign, amend, extend, list, show.",
        help="Engagements with third parties.",
        list_help="List engagements.",
        show_help="Show an engagement.",
        columns=("engagement", "title", "parties", "status", "signed_on", "signed>"),
        rows="lists.engagements",
        keys=("engagement",),
        facts="show.engagement_facts",
        candidates="engagements",
    ),
    "approval": Noun(
        summary="Approvals given elsewhere: evidence, list, show.",
        help="Approvals that an authority gave outside the ledger.",
        list_help="List approvals given elsewhere.",
        show_help="Show the approvals of an engagement that were given elsewhere.",
        columns=("engagement", "authority", "on", "document"),
        rows="oversight_lists.approvals",
        keys=("engagement",),
        facts="show_parts.approval",
    ),
    "analysis": Noun(
        summary="Strategic analysis: record, list, show.",
        help="Strategic analysis: why an engagement, and not something else.",
        list_help="List strategic analyses.",
        show_help="Show the strategic analysis of an engagement.",
        columns=("engagement", "on", "conclusion", "options", "document"),
        rows="oversight_lists.analyses",
        keys=("engagement",),
        facts="show_parts.analysis",
    ),
    "materiality": Noun(
        summary="Materiality: assess, list, show.",
        help="Materiality: whether an engagement matters for its money or its strategic weight.",
        list_help="List assessments of materiality.",
        show_help="Show the materiality of an engagement, and why.",
        columns=("engagement", "on", "financial", "strategic", "weighed>", "why"),
        rows="oversight_lists.materialities",
        keys=("engagement",),
        facts="show_parts.materiality",
        spoken=("engagement", "on", "financial", "strategic", "value", "threshold", "why"),
    ),
    "risk": Noun(
        summary="Risks of engagements: assess, list, show.",
        help="Risks of engagements.",
        list_help="List risks of engagements, each as last assessed.",
        show_help="Show a risk of an engagement as last assessed.",
        columns=("engagement", "risk", "level", "owner", "review_on", "mitigation"),
        rows="oversight_lists.risks",
        keys=("engagement", "risk"),
        facts="show_parts.risk",
        spoken=("engagement", "risk", "rating", "likelihood", "impact", "owner", "review_on", "mitigation"),
    ),
    "conflict": Noun(
        summary="Conflicts of interest: declare, assess, list, show.",
        help="Conflicts of interest.",
        list_help="List conflicts of interest: those declared, and those that the records imply.",
        show_help="Show a conflict of interest.",
        columns=("engagement", "conflict", "between", "nature", "status", "measures"),
        rows="oversight_lists.conflicts",
        keys=("engagement", "conflict"),
        facts="show_parts.conflict",
        parts="conflicts",
    ),
    "contribution": Noun(
        summary="Contributions: commit, amend, receive, refund, list.",
        help="Contributions: what payers commit, pay in, get back, and give in kind.",
        list_help="List contributions by payer.",
        show_help="Show the contributions to an engagement: committed, paid in, refunded, in kind.",
        columns=("engagement", "payer", "currency", "signed>", "received>", "refunded>", "in_kind>"),
        rows="lists.contributions",
        keys=("engagement",),
        facts="show_parts.contribution",
    ),
    "order": Noun(
        summary="Service orders: issue, amend, accept, close, list.",
        help="Service orders under engagements.",
        list_help="List service orders.",
        show_help="Show a service order.",
        columns=("engagement", "number", "subject", "status", "money>", "disclosed_in"),
        rows="lists.orders",
        keys=("engagement", "number"),
        facts="show_parts.order",
        spoken=(
            "engagement",
            "number",
            "subject",
            "vendor",
            "status",
            "ordered",
            "accepted",
            "paid",
            "open",
            "disclosed_in",
        ),
        parts="balances.orders",
    ),
    "payment": Noun(
        summary="Payments under service orders: make, reverse, list.",
        help="Payments under service orders.",
        list_help="List payments.",
        show_help="Show a payment.",
        columns=("engagement", "payment", "payee", "status", "on", "paid>", "position>"),
        rows="lists.payments",
        keys=("engagement", "payment"),
        facts="show_parts.payment",
        spoken=("engagement", "order", "payment", "payee", "status", "on", "currency", "amount", "position"),
        parts="balances.payments",
    ),
    "outcome": Noun(
        summary="Outcomes: plan, record, list, show.",
        help="Outcomes of engagements: what is planned, what was reached.",
        list_help="List outcomes, planned and reached.",
        show_help="Show an outcome, planned and reached.",
        columns=("engagement", "outcome", "status", "plan", "result"),
        rows="oversight_lists.outcomes",
        keys=("engagement", "outcome"),
        facts="show_parts.outcome",
        spoken=(
            "engagement",
            "outcome",
            "status",
            "planned",
            "indicator",
            "target",
            "due_on",
            "summary",
            "on",
            "actual",
            "evidence",
        ),
        parts="outcomes",
    ),
    "review": Noun(
        summary="Reviews: schedule, hold, list, show.",
        help="Periodic reviews of engagements.",
        list_help="List reviews, due and held.",
        show_help="Show a review and what it asked for.",
        columns=("engagement", "review", "status", "due_on", "held_on", "subject", "findings"),
        rows="oversight_lists.reviews",
        keys=("engagement", "review"),
        facts="show_parts.review",
        parts="reviews",
    ),
    "action": Noun(
        summary="Actions that reviews asked for: close, list, show.",
        help="Actions that reviews asked for.",
        list_help="List actions that reviews asked for.",
        show_help="Show an action and how it was done.",
        columns=("engagement", "action", "status", "due_on", "what", "review", "how"),
        rows="oversight_lists.actions",
        keys=("engagement", "action"),
        facts="show_parts.action",
        parts="actions",
    ),
    "information": Noun(
        summary="Requests for information: request, provide, list.",
        help="Information on engagements that a body or a delegation asked for.",
        list_help="List requests for information, open and answered.",
        show_help="Show a request for information, and when it was provided.",
        columns=("engagement", "request", "status", "by", "what", "due_on"),
        rows="oversight_lists.information",
        keys=("engagement", "request"),
        facts="show_parts.information",
        spoken=(
            "engagement",
            "request",
            "status",
            "by",
            "what",
            "requested_on",
            "due_on",
            "provided_on",
            "document",
        ),
        parts="information",
    ),
    "document": Noun(
        summary="Documents: attach, save, list, show.",
        help="Documents attached to engagements, stored by their SHA-256.",
        list_help="List documents attached to engagements.",
        show_help="Show an attached document.",
        columns=("engagement", "document", "title", "on", "size>", "media_type", "sha256"),
        rows="oversight_lists.attached",
        keys=("engagement", "document"),
        facts="show_parts.document",
        spoken=("engagement", "document", "title", "on", "size", "media_type", "sha256"),
        parts="documents",
        reads={"save": ("cli.nouns.save_document:save", "Write the file of a document, checked against its SHA-256.")},
    ),
    "disclosure": Noun(
        summary="Disclosures: prepare, publish, correct, check, list.",
        help="Documents that disclose engagements to a body, published or in preparation.",
        list_help="List disclosures, published and in preparation.",
        show_help="Show a disclosure: what the document covers, and its corrections.",
        columns=("document", "body", "when", "shows", "engagements>", "orders>", "corrected_by"),
        rows="lists.documents",
        keys=("document",),
        facts="show.disclosure_facts",
        reads={
            "check": ("cli.commands.read.disclosure_check:check", "Check whether a file is one that was published.")
        },
        spoken=(
            "document",
            "body",
            "status",
            "published_on",
            "planned_on",
            "shows_on",
            "shows_position",
            "engagements",
            "orders",
            "corrected_by",
        ),
        candidates="documents",
    ),
    "guidelines": Noun(
        summary="Guidelines: check, try, adopt, repeal, diff, list, show.",
        help="Guidelines for cooperation with third parties: rules by which engagements are judged.",
        list_help="List the versions of guidelines.",
        show_help="Show a version of guidelines: its rules in words, or its text.",
        columns=("symbol", "set", "title", "status", "adopted_on", "in_force_on"),
        rows="guideline_lists.guidelines",
        keys=("symbol",),
        facts="show.guidelines_facts",
        reads={
            "check": ("cli.commands.comply.guidelines:check", "Find every fault in a file of guidelines."),
            "try": ("cli.commands.comply.guidelines:try_", "Say what a draft would change, verdict by verdict."),
            "diff": ("cli.commands.comply.guidelines:diff", "Say in words how two versions differ."),
            "show": ("cli.commands.comply.guidelines:show", "Show a version: its rules in words, or its text."),
        },
        spoken=(
            "symbol",
            "set",
            "title",
            "status",
            "adopted_by",
            "adopted_on",
            "in_force_on",
            "repealed_on",
            "position",
            "sha256",
        ),
    ),
    "deviation": Noun(
        summary="Deviations from guidelines: waive, list, show.",
        help="Deviations from guidelines that an authority allowed.",
        list_help="List waivers of rules of the guidelines.",
        show_help="Show the waiver of a rule.",
        columns=("engagement", "rule", "case", "on", "until", "approved_by", "why"),
        rows="guideline_lists.waivers",
        keys=("engagement", "rule"),
        facts="show_parts.waiver",
        spoken=("engagement", "rule", "case", "on", "until", "approved_by", "why", "conditions", "position"),
    ),
    "finding": Noun(
        summary="Findings of controls: assess, list, show.",
        help="Findings of controls, and what became of them. 'ledger findings' lists all findings.",
        list_help="List the assessments of findings.",
        show_help="Show a finding: what it rests on, and what became of it.",
        columns=("finding", "outcome", "on", "until", "why"),
        rows="guideline_lists.assessments",
        keys=("finding",),
        facts="show_parts.finding_facts",
        candidates="findings",
        spoken=("finding", "control", "outcome", "on", "until", "why", "entries", "position"),
    ),
    "controls": Noun(
        summary="What controls look for, and find; check, adopt parameters.",
        help="""Controls: what is looked for in the whole history, and the parameters that an organisation adopts.

        'ledger controls' alone shows what each control looks for, its parameters in force, and how much it finds.""",
        list_help="List the versions of parameters that were adopted.",
        show_help="Show a version of parameters, or its text.",
        columns=("symbol", "title", "status", "adopted_on", "in_force_on"),
        rows="guideline_lists.controls",
        keys=("symbol",),
        facts="show.controls_facts",
        candidates="controls",
        reads={
            "overview": (
                "cli.commands.comply.controls:overview",
                "What each control looks for, and how much it finds.",
            ),
            "check": ("cli.commands.comply.controls:check", "Find every fault in a file of parameters."),
            "diff": ("cli.commands.comply.controls:diff", "Say how two versions differ, or one and those that ship."),
            "show": ("cli.commands.comply.controls:show", "Show a version of parameters, or its text."),
        },
        alone="overview",
        spoken=("symbol", "title", "status", "adopted_by", "adopted_on", "in_force_on", "position", "sha256"),
    ),
    "rate": Noun(
        summary="Rates of exchange: record, list.",
        help="Rates of exchange.",
        list_help="List rates of exchange.",
        show_help="Show the rate in force for a pair of currencies.",
        columns=("base", "quote", "rate>", "on", "source"),
        rows="lists.rates",
        keys=("base", "quote"),
        facts="show.rate_facts",
    ),
    "setting": Noun(
        summary="Settings that change figures: change, list.",
        help="Settings that change figures or accepted values.",
        list_help="List all settings: those in force, and those that are not set.",
        show_help="Show a setting.",
        columns=("name", "value", "meaning"),
        rows="lists.settings",
        keys=("name",),
        facts="show.setting_facts",
    ),
}
"""By name, in the order of `ledger --help`."""
