"""An evaluator of the partnerships report: it folds raw entries into a figure, by JSON and arithmetic alone."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Entry = dict[str, Any]
KIND = "partnership agreement"


class Folded:
    """The state by the entries cited for one figure, of agreements signed in one year."""

    def __init__(self, entries: Iterable[Entry], year: str) -> None:
        """Fold stored entries."""
        self.currency: str | None = None
        self.signed: dict[str, Entry] = {}
        self.parties: dict[str, Entry] = {}
        self.committed: list[tuple[str, str, str, Decimal]] = []
        for entry in entries:
            event = entry["event"]
            if event["type"] == "ledger.opened":
                self.currency = event["reporting_currency"]
            elif event["type"] == "engagement.signed":
                if event["kind"] == KIND and entry["effective_on"].startswith(year):
                    self.signed[entry["stream"]] = event
            elif event["type"] == "party.registered":
                self.parties[entry["stream"].removeprefix("party/")] = event
            elif event["type"] == "contribution.committed":
                amount = event["amount"]
                money = (amount["currency"], Decimal(amount["value"]))
                self.committed.append((entry["stream"], event["by"], *money))

    def money(self, *, organization: bool | None = None, dimension: str = "", code: str = "") -> dict[str, Decimal]:
        """Return the amount that each payer committed, in the reporting currency, or the part for one code."""
        amounts: dict[str, Decimal] = {}
        for stream, by, currency, value in self.committed:
            if stream not in self.signed or currency != self.currency:
                continue
            if organization is not None and (by == "organization") is not organization:
                continue
            share = Decimal(1)
            if dimension:
                shares = {
                    part["code"]: Decimal(part.get("percent", "100")) for part in self.signed[stream].get(dimension, [])
                }
                share = shares.get(code, Decimal(0)) / 100
            amounts[by] = amounts.get(by, Decimal("0.00")) + value * share
        return amounts

    def refs(self) -> set[str]:
        """Return the parties of the agreements."""
        return {role["party"] for event in self.signed.values() for role in event["parties"]}

    def refs_where(self, member: str, value: str) -> set[str]:
        """Return the parties of the agreements that were registered with this value of a member."""
        return {ref for ref in self.refs() if ref in self.parties and self.parties[ref].get(member) == value}

    def streams_with_money(self) -> set[str]:
        """Return the agreements with a commitment."""
        return {
            stream
            for stream, _, currency, value in self.committed
            if stream in self.signed and currency == self.currency and value > 0
        }


def _sum(amounts: dict[str, Decimal]) -> str:
    return str(sum(amounts.values(), Decimal("0.00")).quantize(Decimal("0.01")))


def evaluate(pointer: str, entries: Iterable[Entry], year: str) -> Any:  # noqa: C901, PLR0911, PLR0912 - a table of figures
    """Return the figure at a JSON Pointer of the partnerships report, from these entries alone."""
    words = [word.replace("~1", "/").replace("~0", "~") for word in pointer.split("/")[1:]]
    if words[0] == "trend":
        year, words = words[1], words[2:]
    folded = Folded(entries, year)
    match words:
        case ["year"]:
            return int(year)
        case ["agreements"]:
            return len(folded.signed)
        case ["agreements_with_contribution"]:
            return len(folded.streams_with_money())
        case ["partners"]:
            return len(folded.refs())
        case ["partners_with_contribution"]:
            return len([value for value in folded.money(organization=False).values() if value > 0])
        case [name] if re.fullmatch(r"(total|partner|organization)_[a-z]{3}", name):
            own = {"total": None, "partner": False, "organization": True}[name.partition("_")[0]]
            return _sum(folded.money(organization=own))
        case ["partners_by_type", value]:
            return len(folded.refs_where("party_type", value))
        case ["partners_by_membership", value]:
            return len(folded.refs_where("membership", value))
        case ["top10", place, "0"]:
            ranked = sorted(folded.money(organization=False).items(), key=lambda item: -item[1])
            ref = ranked[int(place)][0] if int(place) < len(ranked) else None
            return folded.parties.get(ref or "", {}).get("name")
        case ["top10", _, "1"]:
            return _sum(folded.money(organization=False))
        case [("regions" | "priorities") as dimension, code, "agreements"]:
            return sum(
                1 for event in folded.signed.values() if code in {part["code"] for part in event.get(dimension, [])}
            )
        case [("regions" | "priorities") as dimension, code, _]:
            return _sum(folded.money(dimension=dimension, code=code))
    raise AssertionError(f"the evaluator does not know {pointer}")


def ratio(part: str | int, whole: str | int) -> int:
    """Return a share as a whole per cent, rounded half up."""
    return int((100 * Decimal(part) / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP))
