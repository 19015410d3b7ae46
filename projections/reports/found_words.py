"""What guidelines find, in the words of documents: the texts of verdicts and conditions as phrases.

`projections.compliance` writes them in English, part by part; each part is known here by its form, and one that is not
is quoted as it stands. A test shows that each part in the story of the tests is known.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from projections.reports.phrases import Number, Phrase, Quoted, joined, slug
from projections.reports.wording import FACET_LABELS, separated

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_AMOUNT = r"[A-Z]{3} -?[0-9]+(?:\.[0-9]+)?"
_SUM = f"nothing|{_AMOUNT}(?: and {_AMOUNT})*"
FIXED = frozenset((
    "strategic weight: yes", "strategic weight: no", "strategic weight: never assessed",
    "no conflict of interest is declared", "no party is of those that the rule names", "no risk was ever assessed",
    "no party is recorded", "the vendor is not recorded", "the period is not recorded",
    "a risk flag of a party is raised", "no risk flag of a party is raised",
    "the amounts, which the source withholds", "the day of signature, which is not recorded",
    "an assessment of the strategic weight", "an assessment of a risk", "the parties of the engagement",
    "strategic analysis", "materiality assessed", "approved", "approved elsewhere", "submitted for review",
    "review held", "outcome planned", "outcome reached", "document attached", "objective recorded",
    "end of the period recorded", "ceiling recorded", "no strategic analysis", "no assessment of materiality",
    "no approval", "no submission for review", "no review", "no planned outcome", "no outcome", "no attached document",
    "no basis on which the party was selected", "no objective", "no end of the period", "no ceiling",
    "no assessment of a risk", "signed", "ordered", "ceiling", "in-kind", "paid", "review", "planned outcome",
    "outcome", "end of the period", "screening", "due diligence",
))  # fmt: skip
"""Texts without anything that changes."""
FORMS = tuple((re.compile(form), message) for form, message in (
    (f"(?P<what>.+) disclosed by (?P<document>.+) on (?P<day>{_DAY})", "found-disclosed-by"),
    ("(?P<what>.+) not disclosed to (?P<to>.+)", "found-not-disclosed"),
    ("nothing of (?P<what>.+) is recorded", "found-nothing-of"),
    (f"(?P<sum>{_SUM}), worth (?P<worth>{_AMOUNT}) on (?P<day>{_DAY}), which reaches (?P<limit>{_AMOUNT})",
     "found-worth-reaches"),
    (f"(?P<sum>{_SUM}), worth (?P<worth>{_AMOUNT}) on (?P<day>{_DAY}), less than (?P<limit>{_AMOUNT})",
     "found-worth-less"),
    (f"(?P<sum>{_SUM}), which reaches (?P<limit>{_AMOUNT})", "found-reaches"),
    (f"(?P<sum>{_SUM}), less than (?P<limit>{_AMOUNT})", "found-less"),
    (f"(?P<sum>{_SUM}), not comparable with (?P<limit>{_AMOUNT}) on (?P<day>{_DAY})", "found-not-comparable"),
    (f"a rate of (?P<from_>[A-Z]{{3}}) to (?P<to>[A-Z]{{3}}) for (?P<day>{_DAY})", "found-rate"),
    (f"waived by (?P<by>.+) on (?P<day>{_DAY}), after the case: (?P<why>.+)", "found-waived-after"),
    (f"waived by (?P<by>.+) on (?P<day>{_DAY}): (?P<why>.+)", "found-waived"),
    ("missing: (?P<what>.+)", "found-missing"),
    ("kind: (?P<kind>.+)", "found-kind"),
    ("a (?P<kind>.+) counts as not strategic until it is assessed", "found-not-strategic-yet"),
    (f"(?P<number>[0-9]+) reviews? held, the last on (?P<day>{_DAY})", "found-reviews-last"),
    ("(?P<number>[0-9]+) reviews? held", "found-reviews"),
    (f"none by (?P<day>{_DAY})", "found-none-by"),
    (f"ended on (?P<day>{_DAY}), before a review was due", "found-ended-before"),
    ("(?P<what>.+): withheld by the source", "found-withheld"),
    (f"(?P<what>screening|due diligence) of (?P<party>.+) \\((?P<name>.+)\\): (?P<result>.+) on (?P<day>{_DAY})",
     "found-check"),
    ("no (?P<what>screening|due diligence) of (?P<party>.+)", "found-no-check"),
    ("(?P<what>signed|ordered|ceiling|in-kind|paid): (?P<text>.+)", "found-of"),
    ("(?P<risk>[a-z]+) risk assessed", "found-risk-assessed"),
    ("no assessment of the (?P<risk>[a-z]+) risk", "found-no-risk"),
    ("an assessment of the (?P<risk>[a-z]+) risk", "found-risk-missing"),
    ("(?P<risk>[a-z]+) risk: never assessed", "found-risk-never"),
    ("(?P<risk>[a-z]+) risk: (?P<level>low|medium|high)", "found-risk-level"),
    ("conflict (?P<key>.+) assessed", "found-conflict-assessed"),
    ("no assessment of conflict (?P<key>.+)", "found-no-conflict"),
    ("basis: (?P<basis>.+)", "found-basis"),
    ("approved by (?P<by>.+)", "found-approved-by"),
    ("submitted for review by (?P<by>.+)", "found-submitted-by"),
    ("approved elsewhere by (?P<by>.+)", "found-approved-elsewhere-by"),
    ("grown by (?P<percent>[0-9.]+) per cent", "found-grown"),
    ("a period of (?P<number>[0-9]+) days", "found-period"),
    (f"(?P<text>.+) on (?P<day>{_DAY})", "found-on"),
))  # fmt: skip
"""The forms of all other texts, the narrower before the wider, each with its message."""


def found_words(text: str) -> str:
    """Return what was found as phrases."""
    return joined(map(_part, text.split("; ")))


def _part(text: str) -> str:
    if text in FIXED:
        return Phrase(text, f"found-{slug(text)}")
    for form, message in FORMS:
        if match := form.fullmatch(text):
            given = match.groupdict()
            return Phrase(text, message, **{name.strip("_"): GIVEN.get(name, str)(own) for name, own in given.items()})
    return Quoted(text, "")


def _sum(text: str) -> str:
    if text == "nothing":
        return Phrase(text, "found-nothing")
    return joined(map(separated, text.split(" and ")), ", ")


def _facets(text: str) -> str:
    order = re.fullmatch("service order (.+)", text)
    if order:
        return Phrase(text, "facet-order", number=order[1])
    names = re.split(", | and ", text)
    if all(name in FACET_LABELS for name in names):
        return joined((FACET_LABELS[name] for name in names), ", ")
    return _part(text)


GIVEN: dict[str, Callable[[str], object]] = {
    "what": _facets, "text": _part, "sum": _sum, "worth": separated, "limit": separated, "number": int,
    "percent": lambda text: Number(Decimal(text), "percent"),
    "risk": lambda text: Phrase(text, f"risk-{text}"),
    "level": lambda text: Phrase(text, f"short-rating-{text}"),
    "result": lambda text: Phrase(text, f"result-{slug(text)}"),
}  # fmt: skip
"""What becomes of a part of a form; all else is recorded text."""
