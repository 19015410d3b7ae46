"""Folds raw entries of the log into state, with JSON and dates only, and nothing of the product.

It follows docs/events.md, independently of the projections. The evaluator of the council report uses it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

Entry = dict[str, Any]

SIGNED = ("signed", "active", "suspended", "completed", "terminated", "closed", "expired")
OVER = ("completed", "terminated", "closed", "expired")
LEADS_TO = {
    "proposed": "proposed", "submitted": "under review", "returned": "proposed", "approved": "approved",
    "rejected": "rejected", "cancelled": "cancelled", "signed": "signed", "activated": "active",
    "suspended": "suspended", "terminated": "terminated", "completed": "completed", "closed": "closed",
}  # fmt: skip
MONEY = {
    "contribution.committed": ("signed", "amount", 1), "contribution.received": ("received", "amount", 1),
    "contribution.refunded": ("refunded", "amount", 1), "contribution.valued": ("in-kind", "amount", 1),
    "order.issued": ("ordered", "amount", 1), "order.amended": ("ordered", "difference", 1),
    "order.cancelled": ("ordered", "released", -1), "order.closed": ("ordered", "released", -1),
    "deliverable.accepted": ("accepted", "amount", 1), "payment.made": ("paid", "amount", 1),
    "payment.reversed": ("paid", "amount", -1),
}  # fmt: skip
"""Event type to its measure, the member with the amount, and its sign."""


class Movement(NamedTuple):
    """A movement of money."""

    on: str
    measure: str
    by: str
    order: str
    currency: str
    value: Decimal


@dataclass
class Engagement:
    """The state of one engagement by its entries."""

    status: str = ""
    since: str = ""
    over_since: str = ""
    signed_on: str = ""
    undated: bool = False
    facts: dict[str, Any] = field(default_factory=dict)
    material: bool = False
    money: list[Movement] = field(default_factory=list)
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    planned: dict[str, Entry] = field(default_factory=dict)
    reached: dict[str, Entry] = field(default_factory=dict)
    risks: dict[str, tuple[str, str]] = field(default_factory=dict)
    reviews: dict[str, dict[str, str]] = field(default_factory=dict)
    actions: dict[str, str] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)


def standing(entries: Mapping[int, Entry], known_at: int) -> dict[int, Entry]:
    """Return the entries that count as known at a position: neither voids, nor voided by a void that counts."""
    gone: set[tuple[str, int]] = set()
    counting: dict[int, Entry] = {}
    for position in sorted((position for position in entries if position <= known_at), reverse=True):
        entry = entries[position]
        if (entry["stream"], entry["version"]) in gone:
            continue
        if entry["event"]["type"] == "entry.voided":
            gone.add((entry["stream"], entry["event"]["version"]))
        else:
            counting[position] = entry
    return counting


def merged(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the merged parties, each with the one that it counts for."""
    into = {
        entry["stream"].partition("/")[2]: str(entry["event"]["into"])
        for entry in entries
        if entry["event"]["type"] == "party.merged"
    }
    while any(stays in into for stays in into.values()):  # no merge leads back to itself
        into = {ref: into.get(stays, stays) for ref, stays in into.items()}
    return into


def of_one(event: Entry, into: dict[str, str]) -> Entry:
    """Return an event in which merged parties are those that stay."""
    fresh: Entry = {name: into.get(event[name], event[name]) for name in ("by", "vendor", "party") if name in event}
    if "between" in event:
        fresh["between"] = [into.get(ref, ref) for ref in event["between"]]
    if "parties" in event:
        roles = [{**role, "party": into.get(role["party"], role["party"])} for role in event["parties"]]
        fresh["parties"] = [role for place, role in enumerate(roles) if role not in roles[:place]]
    return {**event, **fresh}


class Folded:
    """The state by the entries that count, as of a day and as known at a position."""

    def __init__(self, entries: Mapping[int, Entry], on: str, known_at: int) -> None:
        """Fold raw entries by position."""
        self.on = on
        self.engagements: dict[str, Engagement] = {}
        self.names: dict[str, str] = {}
        self.related: dict[tuple[str, str], bool] = {}
        self.checks: dict[tuple[str, str], str] = {}
        self.conflicts: dict[tuple[str, str], set[str]] = {}
        self.assessed: set[tuple[str, str]] = set()
        self.documents: dict[str, dict[str, Any]] = {}
        self.covered: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
        self.settings: dict[str, Any] = {}
        self.rates: list[tuple[str, str, str, Fraction]] = []
        counting = standing(entries, known_at)
        self.into = merged(counting.values())
        dated = [(self._day(entry), position, entry) for position, entry in counting.items()]
        for day, _, entry in sorted(dated, key=lambda item: item[:2]):
            if day <= on:
                self._take(entry["stream"], day, of_one(entry["event"], self.into))
        self.movements = [(ref, row) for ref, engagement in self.engagements.items() for row in engagement.money]
        self.engagements = {ref: engagement for ref, engagement in self.engagements.items() if engagement.status}
        for engagement in self.engagements.values():
            ends = engagement.facts.get("ends_on")
            if ends and engagement.status in ("signed", "active") and ends < on:
                engagement.status, engagement.since, engagement.over_since = "expired", ends, ends

    @staticmethod
    def _day(entry: Entry) -> str:
        timeless = entry["event"]["type"] in ("ledger.opened", "party.registered")
        return "0000-00-00" if timeless else str(entry["effective_on"])

    def _take(self, stream: str, day: str, event: Entry) -> None:
        kind, _, ref = stream.partition("/")
        if kind == "engagement":
            engagement = self.engagements.setdefault(ref, Engagement())
            self._live(engagement, day, event)
            self._move(engagement, day, event)
            self._watch(ref, engagement, event)
        elif kind == "party":
            self._know(ref, event)
        elif kind == "disclosure":
            self._disclose(ref, day, event)
        elif event["type"] == "rate.recorded":
            self.rates.append((day, event["base"], event["quote"], Fraction(event["rate"])))
        elif event["type"] == "setting.changed":
            self.settings[event["name"]] = event["value"]
        elif event["type"] == "ledger.opened":
            self.settings["currency"] = event["reporting_currency"]

    @staticmethod
    def _live(engagement: Engagement, day: str, event: Entry) -> None:
        noun, _, verb = event["type"].partition(".")
        if noun != "engagement":
            return
        status = event.get("back_to") or LEADS_TO.get(verb)
        if status:
            engagement.over_since = (engagement.over_since or day) if status in OVER else ""
            engagement.status, engagement.since = status, day
        if verb == "signed":
            engagement.signed_on, engagement.undated = day, event.get("undated", False)
        engagement.facts |= {name: value for name, value in event.items() if name not in ("type", "undated", "back_to")}
        if "parties" in event:
            engagement.facts["parties"] = [(role["party"], role.get("role", "partner")) for role in event["parties"]]

    @staticmethod
    def _move(engagement: Engagement, day: str, event: Entry) -> None:
        movement = MONEY.get(event["type"])
        number = event.get("order") or (event.get("number") if event["type"].startswith("order.") else None) or ""
        if movement is not None and movement[1] in event:
            amount = event[movement[1]]
            value = movement[2] * Decimal(amount["value"])
            engagement.money.append(Movement(day, movement[0], event.get("by", ""), number, amount["currency"], value))
        if event["type"].startswith("order."):
            order = engagement.orders.setdefault(number, {})
            order |= {name: event[name] for name in ("subject", "vendor", "starts_on", "ends_on") if name in event}
            verb = event["type"].partition(".")[2]
            if verb != "amended":
                order["status"] = verb

    def _watch(self, ref: str, engagement: Engagement, event: Entry) -> None:
        match event["type"]:
            case "materiality.assessed":
                engagement.material = "yes" in (event.get("financial"), event.get("strategic"))
            case "outcome.planned":
                engagement.planned[event["outcome"]] = event
            case "outcome.recorded":
                engagement.reached[event["outcome"]] = event
            case "risk.assessed":
                engagement.risks[event["risk"]] = (event["likelihood"], event["impact"])
            case "review.scheduled":
                engagement.reviews.setdefault(event["review"], {})["due"] = event["due_on"]
            case "review.held":
                engagement.reviews.setdefault(event["review"], {})["held"] = "yes"
                engagement.actions |= {
                    action["action"]: action.get("due_on", "") for action in event.get("actions", [])
                }
            case "action.closed":
                engagement.closed.add(event["action"])
            case "conflict.declared":
                self.conflicts[(ref, event["conflict"])] = set(event["between"])
            case "conflict.assessed":
                self.assessed.add((ref, event["conflict"]))

    def _know(self, ref: str, event: Entry) -> None:
        is_merged, ref = ref in self.into, self.into.get(ref, ref)
        match event["type"]:
            case "party.registered" | "party.renamed" if not is_merged:
                self.names[ref] = event["name"]
            case "party.affiliated" | "party.separated":
                self.related[(ref, event["party"])] = event["type"] == "party.affiliated"
            case "party.screened":
                self.checks[(ref, "screening " + event["list"])] = event.get("valid_until", "")
            case "party.due_diligence_completed":
                self.checks[(ref, "due diligence")] = event.get("valid_until", "")

    def _disclose(self, ref: str, day: str, event: Entry) -> None:
        if event["type"] == "disclosure.published":
            self.documents[ref] = {**event["as_of"], "body": event["body"]}
        elif event["type"] in ("disclosure.covered", "disclosure.corrected"):
            if ref not in self.documents:
                return
            shown = {**self.documents[ref], **event.get("as_of", {})}
            for covered in event["engagements"]:
                facets = [(covered["engagement"], facet, "") for facet in covered["facets"]]
                orders = [(covered["engagement"], "service-orders", number) for number in covered.get("orders", [])]
                for key in (*facets, *orders):
                    self.covered.setdefault(key, []).append(shown)

    def facets(self, ref: str) -> dict[tuple[str, str], Any]:
        """Return the content to disclose of an engagement, by facet and order number."""
        engagement = self.engagements[ref]
        withheld = engagement.facts.get("withheld", [])
        parties = sorted((self.names.get(party, party), role) for party, role in engagement.facts.get("parties", []))
        facets: dict[tuple[str, str], Any] = {("parties", ""): parties}
        if sums := self._sums(engagement, ""):
            facets[("financials", "")] = sums
        elif "financials" in withheld:
            facets[("financials", "")] = "withheld"
        if duration := [engagement.facts.get(name) for name in ("starts_on", "ends_on") if name in engagement.facts]:
            facets[("duration", "")] = duration
        for number, order in engagement.orders.items():
            if "vendor" in order:
                facets[("service-orders", number)] = (order, self._sums(engagement, number))
        if "service-orders" in withheld and not any(number for _, number in facets):
            facets[("service-orders", "")] = "withheld"
        if engagement.planned or engagement.reached:
            plans = {
                key: [plan.get(of) for of in ("summary", "target", "due_on")]
                for key, plan in engagement.planned.items()
            }
            results = {
                key: [of.get(it) for it in ("summary", "actual", "evidence")] for key, of in engagement.reached.items()
            }
            facets[("outcomes", "")] = (plans, results)
        return facets

    @staticmethod
    def _sums(engagement: Engagement, number: str) -> dict[tuple[str, str], Decimal]:
        sums: dict[tuple[str, str], Decimal] = {}
        for row in engagement.money:
            if row.order == number:
                sums[(row.measure, row.currency)] = sums.get((row.measure, row.currency), Decimal(0)) + row.value
        return sums
