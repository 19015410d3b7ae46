"""The verb `show` of each noun: one thing, folded from its own stream, so that it needs no projections."""

from collections.abc import Callable
from typing import Any

import click

from cli.asof import View, reading, viewing
from cli.nouns import SHOWS
from cli.output import show_facts
from cli.reading.naming import Namer, find_party, party_refs
from cli.session import Session, pass_session
from ledger.domain.book import SETTINGS, UnknownSetting
from ledger.domain.disclosure import UnknownDisclosure
from ledger.domain.engagement.payments import UnknownPayment
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError, listed
from ledger.domain.money import from_minor
from ledger.domain.refusals import UnknownEngagement
from ledger.names import near_names

Facts = dict[str, Any]


class UnknownOutcome(LedgerError):
    """The engagement has no outcome with this key."""

    code = "unknown-outcome"

    def __init__(self, key: str, known: list[str]) -> None:
        """Refuse `key`; the outcomes there are, are `known`."""
        super().__init__(
            f"There is no outcome '{key}'.", f"There is {listed(known, 'and')}." if known else "There is none."
        )


class UnknownRate(LedgerError):
    """No rate of exchange of this pair is recorded."""

    code = "unknown-rate"

    def __init__(self, base: str, quote: str) -> None:
        """Refuse the pair."""
        super().__init__(f"No rate from {base} to {quote} is recorded.", "See 'ledger rate list'.")


def engagement_state(view: View, ref: str) -> Engagement:
    """Return the engagement at the as-of. Raises UnknownEngagement."""
    state = view.state(f"engagement/{ref}")
    if not state.exists:
        refs = (stream.partition("/")[2] for stream in view.ledger.store.streams("engagement"))
        raise UnknownEngagement(ref, (near for near in near_names(ref, refs, least=85) if near != ref))
    assert isinstance(state, Engagement)
    return state


def _told(view: View, state: Any, facts: Facts) -> Facts:
    if view.form == "json":
        # Programs know parties by their references, which never change; names are for people.
        return facts
    namer, refs = Namer(view), party_refs(state)
    return {namer.told(label, refs): namer.told(str(value), refs) for label, value in facts.items()}


def _party(view: View, party: str) -> Facts:
    ref = find_party(view, party)
    return {"party": ref, **view.state(f"party/{ref}").describe()}


def _engagement(view: View, engagement: str) -> Facts:
    state = engagement_state(view, engagement)
    facts = _told(view, state, state.describe())
    ends = state.get("ends_on")
    if state.status == "signed" and ends and ends < view.on:
        facts["status"] = f"expired on {ends}"
    return {"engagement": engagement, **facts}


def _contribution(view: View, engagement: str) -> Facts:
    state = engagement_state(view, engagement)
    told = {
        key: text
        for key, text in state.describe().items()
        if key.partition(" ")[0] in ("committed", "received", "refunded")
    }
    return {"engagement": engagement, **_told(view, state, told)}


def _order(view: View, engagement: str, number: str) -> Facts:
    state = engagement_state(view, engagement)
    order = state.order(number, engagement)
    told = state.describe()
    prefix = f"service order {number} "
    own = {key.removeprefix(prefix): text for key, text in told.items() if key.startswith(prefix)}
    own |= {"deliverables": "; ".join(order.deliverables)} if order.deliverables else {}
    return {"engagement": engagement, "number": number, **_told(view, state, own)}


def _payment(view: View, engagement: str, payment: str) -> Facts:
    state = engagement_state(view, engagement)
    held = state.accounts.payments.get(payment)
    if held is None:
        raise UnknownPayment(payment, list(state.accounts.payments))
    amount = from_minor(state.accounts.orders[held.order].currency, held.minor)
    told = {"payment": payment, "order": held.order, "amount": str(amount)}
    return {"engagement": engagement, **told, "status": "reversed" if held.reversed else "made"}


def _outcome(view: View, engagement: str, outcome: str) -> Facts:
    state = engagement_state(view, engagement)
    if outcome not in state.outcomes:
        raise UnknownOutcome(outcome, list(state.outcomes))
    last = [
        fact.event for fact in view.facts(f"engagement/{engagement}") if getattr(fact.event, "outcome", None) == outcome
    ][-1]
    told = {name: value for name in last.__struct_fields__ if (value := getattr(last, name))}
    return {"engagement": engagement, **told}


def _disclosure(view: View, document: str) -> Facts:
    state = view.state(f"disclosure/{document}")
    if not state.exists:
        raise UnknownDisclosure(document)
    covered: dict[str, list[str]] = {}
    for text in state.covered:
        ref, _, what = text.partition(" ")
        covered.setdefault(ref, []).append(what)
    facts = {label: str(held.value) for label, held in state.facts.items()}
    return facts | {f"covers {ref}": ", ".join(what) for ref, what in covered.items()}


def _rate(view: View, base: str, quote: str) -> Facts:
    state = view.state(f"rate/{base}-{quote}")
    if not state.exists:
        raise UnknownRate(base, quote)
    return {"base": base, "quote": quote, **state.describe(), "since": state.facts["rate"].on}


def _setting(view: View, name: str) -> Facts:
    if name not in SETTINGS:
        raise UnknownSetting(name)
    value = view.state("ledger").describe().get(name)
    return {"name": name, "meaning": SETTINGS[name], "value": value or "not recorded"}


SHOWN: dict[str, tuple[Callable[..., Facts], tuple[str, ...]]] = {
    "party": (_party, ("party",)),
    "engagement": (_engagement, ("engagement",)),
    "contribution": (_contribution, ("engagement",)),
    "order": (_order, ("engagement", "number")),
    "payment": (_payment, ("engagement", "payment")),
    "outcome": (_outcome, ("engagement", "outcome")),
    "disclosure": (_disclosure, ("document",)),
    "rate": (_rate, ("base", "quote")),
    "setting": (_setting, ("name",)),
}


def _show_command(noun: str) -> click.Command:
    function, names = SHOWN[noun]

    @reading()
    @pass_session
    def callback(session: Session, /, on: str | None, known_at: str | None, form: str | None, **keys: str) -> None:
        with viewing(session, on, known_at, form) as view:
            facts = function(view, **keys)
            show_facts(facts, view.form, view.stamp(), f"{noun} {' '.join(keys.values())}")

    # The decorators above note their options on the function; a command made by hand takes them from there.
    noted = list(reversed(getattr(callback, "__click_params__", [])))
    arguments: list[click.Parameter] = [click.Argument([name]) for name in names]
    return click.Command("show", params=[*arguments, *noted], callback=callback, help=SHOWS[noun])


def __getattr__(name: str) -> click.Command:
    if name in SHOWN:
        return _show_command(name)
    raise AttributeError(name)
