"""The verb `show` of each noun: one record, folded from its own stream, without projections."""

from collections.abc import Callable, Iterator

import click

from cli.nouns import show_parts
from cli.nouns.group import SHOWS
from cli.nouns.party_names import find_party, party_names
from cli.nouns.show_parts import Facts, engagement_state, named
from cli.options.as_of import View, reading, viewing
from cli.output.tables import NOT_RECORDED, show_facts
from cli.session import Session, pass_session
from ledger.domain.disclosure.disclosure import Coverage, UnknownDisclosure
from ledger.domain.engagement.state import status_on
from ledger.domain.errors import LedgerError
from ledger.domain.organisation.settings import SETTINGS, UnknownSetting
from ledger.domain.party.party import AFFILIATION


class UnknownRate(LedgerError):
    """No rate of exchange of this pair is recorded."""

    code = "unknown-rate"

    def __init__(self, base: str, quote: str) -> None:
        """Refuse the pair."""
        super().__init__(f"No rate from {base} to {quote} is recorded.", "See 'ledger rate list'.")


def _party(view: View, party: str) -> Facts:
    ref = find_party(view, party)
    state = view.state(f"party/{ref}")
    facts: Facts = {line.label: line.value for line in state.describe() if line.section != AFFILIATION}
    names = party_names(view)
    for affiliate, relation in (state.affiliations() | dict(_linking(view, ref))).items():
        text = affiliate if view.form == "json" else names.add_to(affiliate, {affiliate})
        facts[f"{AFFILIATION} {text}"] = relation
    return {"party": ref, **facts}


def _linking(view: View, ref: str) -> Iterator[tuple[str, str]]:
    # An affiliation is in the stream of one of the two parties, and holds for both.
    for position in view.ledger.store.referrers(f"party/{ref}"):
        stream = view.ledger.entry(position).stream
        if stream.startswith("party/"):
            relation = view.state(stream).affiliations().get(ref)
            if relation is not None:
                yield stream.partition("/")[2], relation


def _engagement(view: View, engagement: str) -> Facts:
    state = engagement_state(view, engagement)
    facts = named(view, state, {line.label: line.value for line in state.describe()})
    ends = state.get("ends_on")
    if (status := status_on(state.status, ends, view.on)) != state.status:
        facts["status"] = f"{status} on {ends}"
    return {"engagement": engagement, **facts}


def _disclosure(view: View, document: str) -> Facts:
    state = view.state(f"disclosure/{document}")
    if not state.exists:
        raise UnknownDisclosure(document)
    covered: dict[str, list[str]] = {}
    for item in state.covered:
        covered.setdefault(item.engagement, []).append(item.what)
    facts = {} if state.published_on else {"status": "in preparation"}
    facts |= {label: str(fact.value) for label, fact in state.facts.items()}
    facts |= {f"covers {ref}": ", ".join(what) for ref, what in covered.items()}
    if not state.published_on:
        facts |= {f"is to cover {item.engagement}": _planned(item) for item in state.planned.values()}
    return facts | {f"corrected by {symbol}": what for symbol, what in state.corrections.items()}


def _planned(coverage: Coverage) -> str:
    return ", ".join([*coverage.facets, *(f"service order {number}" for number in coverage.orders)])


def _rate(view: View, base: str, quote: str) -> Facts:
    state = view.state(f"rate/{base}-{quote}")
    if not state.exists:
        raise UnknownRate(base, quote)
    lines = {line.label: line.value for line in state.describe()}
    return {"base": base, "quote": quote, **lines, "since": state.facts["rate"].on}


def _setting(view: View, name: str) -> Facts:
    if name not in SETTINGS:
        raise UnknownSetting(name)
    return {"name": name, "meaning": SETTINGS[name], "value": view.state("ledger").text(name) or NOT_RECORDED}


SHOWN: dict[str, tuple[Callable[..., Facts], tuple[str, ...]]] = {
    "party": (_party, ("party",)),
    "engagement": (_engagement, ("engagement",)),
    "analysis": (show_parts.analysis, ("engagement",)),
    "materiality": (show_parts.materiality, ("engagement",)),
    "risk": (show_parts.risk, ("engagement", "risk")),
    "conflict": (show_parts.conflict, ("engagement", "conflict")),
    "contribution": (show_parts.contribution, ("engagement",)),
    "order": (show_parts.order, ("engagement", "number")),
    "payment": (show_parts.payment, ("engagement", "payment")),
    "outcome": (show_parts.outcome, ("engagement", "outcome")),
    "review": (show_parts.review, ("engagement", "review")),
    "action": (show_parts.action, ("engagement", "action")),
    "document": (show_parts.document, ("engagement", "document")),
    "disclosure": (_disclosure, ("document",)),
    "rate": (_rate, ("base", "quote")),
    "setting": (_setting, ("name",)),
}
"""The function that returns the facts of each noun, and the arguments that name the record."""


def _show_command(noun: str) -> click.Command:
    function, names = SHOWN[noun]

    @reading()
    @pass_session
    def callback(session: Session, /, on: str | None, known_at: str | None, form: str | None, **keys: str) -> None:
        with viewing(session, on, known_at, form) as view:
            facts = function(view, *(keys[name] for name in names))
            show_facts(facts, view.form, view.stamp(), f"{noun} {' '.join(keys.values())}")

    # The decorators above collect their options on the function; `click.Command` takes them from there.
    noted = list(reversed(getattr(callback, "__click_params__", [])))
    arguments: list[click.Parameter] = [click.Argument([name]) for name in names]
    return click.Command("show", params=[*arguments, *noted], callback=callback, help=SHOWS[noun])


def __getattr__(name: str) -> click.Command:
    if name in SHOWN:
        return _show_command(name)
    raise AttributeError(name)
