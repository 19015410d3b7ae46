"""The verb `show` of each noun: one record, folded from its own stream, without projections."""

import importlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

import click

from cli.noun_registry import NOUNS
from cli.nouns.party_names import engagement_state, find_party, party_names
from cli.nouns.show_parts import Facts, with_names
from cli.nouns.show_party import dealings
from cli.options.as_of import View, reading, viewing
from cli.output.tables import NOT_RECORDED, show_facts
from cli.session import Session, pass_session
from ledger.domain.controls.adoption import STREAM_KIND as CONTROLS
from ledger.domain.controls.adoption import ControlParameters
from ledger.domain.disclosure.disclosure import AsOf, Coverage, Covered, UnknownDisclosure
from ledger.domain.disclosure.standing import standing
from ledger.domain.engagement.state import Engagement, status_on
from ledger.domain.errors import LedgerError
from ledger.domain.guidelines.adoption import STREAM_KIND, GuidelineSet, UnknownGuidelines, read_guidelines
from ledger.domain.organisation.settings import SETTINGS, UnknownSetting
from ledger.domain.party.party import AFFILIATION
from ledger.domain.voiding import fold_as_of
from projections.history.party_names import PartyNames

if TYPE_CHECKING:
    from projections.findings.controls import Control


class UnknownRate(LedgerError):
    """No rate of exchange of this pair is recorded."""

    code = "unknown-rate"

    def __init__(self, base: str, quote: str) -> None:
        """Refuse the pair."""
        super().__init__(f"No rate from {base} to {quote} is recorded.", "See 'ledger rate list'.")


def party_facts(view: View, party: str) -> Facts:
    """Return the facts of a party, with its affiliations and dealings. Raises what finding the party raises."""
    ref = party if view.state(f"party/{party}").merged_into else find_party(view, party)
    state = view.party(ref)
    facts: Facts = {line.label: line.value for line in state.describe() if line.section != AFFILIATION}
    names = party_names(view)
    if state.merged_into:
        facts["merged into"] = ref_text(view, names, state.merged_into)
        return {"party": ref, **facts}
    if len(records := view.records(ref)) > 1:
        facts["merged with it"] = "; ".join(ref_text(view, names, record) for record in records[1:])
    own = {view.survivor(affiliate): relation for affiliate, relation in state.affiliations().items()}
    for affiliate, relation in (own | dict(_linking(view, records, ref))).items():
        facts[f"{AFFILIATION} {ref_text(view, names, affiliate)}"] = relation
    return {"party": ref, **facts, **dealings(view, ref)}


def ref_text(view: View, names: PartyNames, ref: str) -> str:
    """Return a reference with the name of its party; for JSON, the reference."""
    return ref if view.form == "json" else names.add_to(ref, {ref})


def _linking(view: View, records: Iterable[str], ref: str) -> Iterator[tuple[str, str]]:
    # An affiliation is in the stream of one of the two parties, and holds for both.
    for record in records:
        for position in view.ledger.store.referrers(f"party/{record}"):
            stream = view.ledger.entry(position).stream
            if stream.startswith("party/") and (other := view.survivor(stream.partition("/")[2])) != ref:
                relation = view.state(stream).affiliations().get(record)
                if relation is not None:
                    yield other, relation


def engagement_facts(view: View, engagement: str) -> Facts:
    """Return the facts of an engagement. Raises UnknownEngagement."""
    state = engagement_state(view, engagement)
    facts = with_names(view, state, {line.label: line.value for line in state.describe()})
    ends = state.get("ends_on")
    if (status := status_on(state.status, ends, view.on)) != state.status:
        facts["status"] = f"{status} on {ends}"
    return {"engagement": engagement, **facts}


def disclosure_facts(view: View, document: str) -> Facts:
    """Return the facts of a disclosure, with what it covers and what corrected it. Raises UnknownDisclosure."""
    state = view.state(f"disclosure/{document}")
    if not state.exists:
        raise UnknownDisclosure(document)
    covered: dict[str, list[str]] = {}
    unshown: dict[str, list[str]] = {}
    stood = cache(lambda ref: _standing(view, ref, state.as_of))
    for item in state.covered:
        (covered if item in stood(item.engagement) else unshown).setdefault(item.engagement, []).append(item.what)
    facts = {} if state.published_on else {"status": "in preparation"}
    facts |= {label: str(fact.value) for label, fact in state.facts.items()}
    facts |= {"SHA-256": ", ".join(state.files)} if state.files else {}
    facts |= {f"covers {ref}": ", ".join(what) for ref, what in covered.items()}
    facts |= {f"names, but does not show, {ref}": ", ".join(what) for ref, what in unshown.items()}
    if not state.published_on:
        facts |= {f"is to cover {item.engagement}": _planned(item) for item in state.planned.values()}
    for symbol, correction in state.corrections.items():
        facts[f"corrected by {symbol}"] = correction.what
        facts |= {f"SHA-256 of {symbol}": ", ".join(correction.files)} if correction.files else {}
    return facts


def _standing(view: View, ref: str, as_of: AsOf) -> dict[Covered, None]:
    # Logs from before documents were held to their as-of may name more than the document shows.
    engagement = fold_as_of(Engagement(), view.ledger.facts(f"engagement/{ref}", as_of.position), as_of.on)
    assert isinstance(engagement, Engagement)
    return standing(ref, engagement).items()


def _planned(coverage: Coverage) -> str:
    return ", ".join([*coverage.facets, *(f"service order {number}" for number in coverage.orders)])


def rate_facts(view: View, base: str, quote: str) -> Facts:
    """Return the rate in force for a pair of currencies. Raises UnknownRate."""
    state = view.state(f"rate/{base}-{quote}")
    if not state.exists:
        raise UnknownRate(base, quote)
    lines = {line.label: line.value for line in state.describe()}
    return {"base": base, "quote": quote, **lines, "since": state.facts["rate"].on}


def setting_facts(view: View, name: str) -> Facts:
    """Return a setting with its meaning and its value in force. Raises UnknownSetting."""
    if name not in SETTINGS:
        raise UnknownSetting(name)
    return {"name": name, "meaning": SETTINGS[name], "value": view.state("ledger").text(name) or NOT_RECORDED}


def guideline_text(view: View, symbol: str) -> str:
    """Return the text of a version of guidelines as known at the as-of. Raises UnknownGuidelines."""
    texts: dict[str, str] = {}
    for stream in view.ledger.store.streams(STREAM_KIND):
        state = view.state(stream)
        if isinstance(state, GuidelineSet):
            texts |= state.texts
    if symbol not in texts:
        import difflib

        raise UnknownGuidelines(symbol, tuple(difflib.get_close_matches(symbol, texts)))
    return texts[symbol]


def guidelines_facts(view: View, symbol: str) -> Facts:
    """Return a version of guidelines with its rules in words. Raises UnknownGuidelines."""
    from ledger.domain.guidelines.wording import rule_words

    version = read_guidelines(guideline_text(view, symbol))
    names = ("set", "symbol", "title", "adopted_by", "adopted_on", "in_force_on")
    facts = {name.replace("_", " "): getattr(version, name) for name in names}
    worth = version.materiality
    if worth.financial is not None:
        facts["financially material"] = f"from {worth.financial} on, by the greatest of {', '.join(worth.measures)}"
    if worth.strategic_kinds:
        facts["strategic weight"] = f"is assessed of {', '.join(worth.strategic_kinds)}"
    return facts | {f"rule {rule.id}": f"{rule.title}: {rule_words(rule)} [{rule.source}]" for rule in version.rules}


def controls_text(view: View, symbol: str) -> str:
    """Return the text of parameters of controls as known at the as-of. Raises UnknownControls."""
    state = view.state(f"{CONTROLS}/{symbol}")
    if isinstance(state, ControlParameters) and state.exists:
        return state.text_of_file
    from projections.findings.in_force import unknown

    raise unknown(symbol, [stream.partition("/")[2] for stream in view.ledger.store.streams(CONTROLS)])


def controls_in(view: View, symbol: str) -> "dict[str, Control]":
    """Return the controls with the parameters of a version, or as they ship. Raises UnknownControls."""
    from ledger.domain.controls.reading import SHIPPED, read_controls
    from projections.findings.controls import controls
    from projections.findings.in_force import with_parameters

    return controls() if symbol == SHIPPED else with_parameters(read_controls(controls_text(view, symbol)))


def controls_facts(view: View, symbol: str) -> Facts:
    """Return a version of parameters of controls: control by control. Raises UnknownControls."""
    from ledger.domain.controls.reading import HEAD, SHIPPED, read_controls
    from projections.findings.controls import controls
    from projections.findings.in_force import value_text

    facts: Facts = {}
    if symbol != SHIPPED:
        version = read_controls(controls_text(view, symbol))
        facts = {name.replace("_", " "): getattr(version, name) for name in HEAD}
    for name, control in controls_in(view, symbol).items():
        own = [f"{member.replace('_', ' ')} {value_text(value)}" for member, value in control.parameters.items()]
        as_shipped = "" if control != controls()[name] or symbol == SHIPPED else " (as it ships)"
        facts[name] = "; ".join([control.severity, *own]) + as_shipped
    return facts


def _show_command(noun: str) -> click.Command:
    names = NOUNS[noun].keys
    module, _, function = NOUNS[noun].facts.partition(".")
    facts_of = getattr(importlib.import_module(f"cli.nouns.{module}"), function)

    @reading()
    @pass_session
    def callback(session: Session, /, on: str | None, known_at: str | None, form: str | None, **keys: str) -> None:
        with viewing(session, on, known_at, form) as view:
            facts = facts_of(view, *(keys[name] for name in names))
            show_facts(facts, view.form, view.stamp(), f"{noun} {' '.join(keys.values())}")

    # The decorators above collect their options on the function; `click.Command` takes them from there.
    noted = list(reversed(getattr(callback, "__click_params__", [])))
    arguments: list[click.Parameter] = [click.Argument([name]) for name in names]
    return click.Command("show", params=[*arguments, *noted], callback=callback, help=NOUNS[noun].show_help)


def __getattr__(name: str) -> click.Command:
    if name in NOUNS:
        return _show_command(name)
    raise AttributeError(name)
