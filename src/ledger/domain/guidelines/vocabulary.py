"""The words of the language of guidelines, version 1: moments, conditions and needs. The list is closed.

`docs/guidelines.md` explains each word with an example. A new word needs a new version of the language.
"""

from typing import NamedTuple

from ledger.domain.engagement.oversight.conflicts import OUTCOMES
from ledger.domain.engagement.oversight.risks import RISKS
from ledger.domain.facets import FACETS
from ledger.domain.party.due_diligence import CONCLUSIONS, DILIGENCE, RESULTS

LANGUAGE = 1
"""The version of the language that this software reads."""
LONGEST = 48_000
"""The greatest size of a file of guidelines, in bytes."""
MOST_DAYS = 36_500
"""The greatest number of days that a rule may name."""
SEVERITIES = ("low", "medium", "high")
MEDIUM = SEVERITIES[1]
"""The severity of a rule that gives none."""
REPORT = "report"
"""What becomes of an engagement of which it is not known whether it is material: it is reported."""

MOMENTS = {
    "proposed": "the engagement was proposed",
    "submitted": "it was submitted for review",
    "approved": "it was approved",
    "signed": "it was signed",
    "in-force": "it came into force: it was signed and its period had begun",
    "extended": "its end was moved; each extension makes a case",
    "ordered": "a service order was issued; each order makes a case",
    "order-amended": "the amount of a service order was changed; each change makes a case",
    "accepted": "a deliverable was accepted; each acceptance makes a case",
    "paid": "a payment was made; each payment makes a case",
    "ended": "its period was over, or it was completed or terminated before",
    "completed": "it was completed",
    "terminated": "it was terminated",
}
"""The moments that make a case, with what happened."""
OF_ORDERS = ("ordered", "order-amended", "accepted", "paid")
"""Moments of which each case belongs to a service order."""

MEASURES = ("signed", "ordered", "ceiling", "in-kind", "paid")
"""Amounts of an engagement that a rule can compare."""


class Word(NamedTuple):
    """A word of a condition: how its value is written, what it asks, and the moments at which it can be asked."""

    kind: str
    asks: str
    moments: tuple[str, ...] = ()
    setting: str = ""
    """The setting whose list has the words that its value may name."""


CONDITIONS = {
    "kind": Word("words", "the engagement is of one of these kinds", setting="list.kinds"),
    "unit": Word("words", "one of these units is responsible"),
    "basis": Word("words", "its basis is one of these"),
    "region": Word("words", "one of these regions has a share in it", setting="list.regions"),
    "priority": Word("words", "one of these priorities has a share in it", setting="list.priorities"),
    "party": Word("party", "one of its parties fits all of the words"),
    "signed": Word("amount", "what was committed reaches the amount"),
    "ordered": Word("amount", "what was ordered reaches the amount"),
    "ceiling": Word("amount", "its ceiling reaches the amount"),
    "in-kind": Word("amount", "what was given in kind reaches the amount"),
    "paid": Word("amount", "what was paid reaches the amount"),
    "value": Word("amount", "the greatest of the measures that [materiality] names reaches the amount"),
    "order": Word("amount", "the service order of the case reaches the amount", OF_ORDERS),
    "cumulative": Word(
        "cumulative", "what was ordered within the days, from the vendor and parties affiliated with it, reaches the "
        "amount", OF_ORDERS,
    ),
    "strategic": Word("flag", "it is of strategic weight"),
    "material": Word("flag", "it is material: financially, by [materiality], or strategically"),
    "risk": Word("risk", "one of these risks is at least of this level"),
    "lasts_days": Word("days", "its period has at least this number of days"),
    "rise_percent": Word("percent", "the order has grown by more than this per cent", ("order-amended",)),
    "flagged": Word("flag", "a risk flag of one of its parties is raised"),
    "withheld": Word("facets", "the source withholds one of these facets"),
    "interest": Word("flag", "a party is paid, and it or an affiliated party gives"),
}  # fmt: skip
"""The words of conditions. They are joined by `all`, `any` and `not`."""
JOINS = ("all", "any", "not")

PARTY_WORDS = {"type": "list.party-types", "membership": "list.memberships", "role": "list.roles", "country": ""}
"""What can be said of a party, with the setting that lists its values; each also as `not_…`."""
NO_VALUE = "none"
"""Stands for a membership or country that is not recorded."""


class FactWord(NamedTuple):
    """A fact that a rule can need: what it is, what may be asked of it, and whether it is a fact of parties."""

    means: str
    where: tuple[str, ...] = ()
    of_parties: bool = False


FACTS = {
    "analysis": FactWord("a strategic analysis"),
    "materiality": FactWord("an assessment of materiality"),
    "risk": FactWord("an assessment of each of the risks in `kinds`, or of any"),
    "diligence": FactWord("a due diligence of the parties in `of`", ("outcome", "level"), of_parties=True),
    "screening": FactWord("a screening of the parties in `of`", ("result", "list"), of_parties=True),
    "conflict": FactWord("an assessment of every conflict of interest that is declared", ("outcome",)),
    "approval": FactWord("an approval", ("authority",)),
    "submission": FactWord("a submission for review", ("authority",)),
    "review": FactWord("a review"),
    "outcome-planned": FactWord("a planned outcome"),
    "outcome": FactWord("an outcome"),
    "document": FactWord("an attached document"),
    "basis": FactWord("the basis on which the party was selected", ("in",)),
    "objective": FactWord("the objective"),
    "ends_on": FactWord("the end of the period"),
    "ceiling": FactWord("a ceiling"),
}
"""The facts that a rule can need."""
WHERE: dict[str, dict[str, tuple[str, ...]]] = {
    "outcome": {"diligence": CONCLUSIONS, "conflict": OUTCOMES},
    "result": {"screening": RESULTS},
}
"""The values that a word of `where` can have, by fact, where they are fixed."""
LEVELS = DILIGENCE
"""Levels of a due diligence in ascending order; a rule can ask for `>= standard`."""

RISK_KINDS = RISKS
ALL_FACETS = FACETS
