"""How engagements come about: which kind, in which field, with whom, for how much; and everything that follows."""

from collections.abc import Callable, Iterator

from stories import actors, attachments, contributions, engagements, guidelines, orders, oversight, results, reviews
from stories.actors import Party
from stories.case import AGREEMENT, CONSULTANCY, KNOWLEDGE, MEMORANDUM, OUTSOURCING, PAID, Case
from stories.checks import party_life
from stories.money import purse
from stories.plan import planned, reference
from stories.rng import Rng
from stories.shared_state import SharedState
from stories.themes import PLACES, THEMES
from stories.timed_command import TimedCommand, year_of

KINDS = ((AGREEMENT, 34), (KNOWLEDGE, 14), (CONSULTANCY, 21), (OUTSOURCING, 18), (MEMORANDUM, 13))
SIZES = {
    AGREEMENT: (40, 2600), KNOWLEDGE: (10, 160), MEMORANDUM: (5, 40), CONSULTANCY: (12, 240),
    OUTSOURCING: (60, 1900),
}  # fmt: skip
"""About how much an engagement is worth, in thousand dollars."""
FIRST = {
    AGREEMENT: ((actors.GOVERNMENT, 5), (actors.FOUNDATION, 3), (actors.BANK, 2), (actors.UN, 2), (actors.PRIVATE, 3)),
    KNOWLEDGE: ((actors.ACADEMIA, 6), (actors.SOCIETY, 3), (actors.UN, 1)),
    CONSULTANCY: ((actors.PRIVATE, 8), (actors.ACADEMIA, 2)),
    OUTSOURCING: ((actors.PRIVATE, 1),),
    MEMORANDUM: ((actors.REGIONAL, 3), (actors.GOVERNMENT, 3), (actors.SOCIETY, 2), (actors.UN, 2)),
}
"""The type of the first party with weights, by kind of engagement."""
SECOND = ((actors.GOVERNMENT, 3), (actors.PRIVATE, 2), (actors.FOUNDATION, 2), (actors.ACADEMIA, 1), (actors.BANK, 1))
ROLES = {
    AGREEMENT: ("partner", "donor"), KNOWLEDGE: ("knowledge partner", "donor"), MEMORANDUM: ("partner", "partner"),
    CONSULTANCY: ("consultant", "beneficiary"), OUTSOURCING: ("contractor", "subcontractor"),
}  # fmt: skip
"""The roles of the first party and of the second, by kind of engagement."""
SECONDS = {AGREEMENT: 38, KNOWLEDGE: 24, MEMORANDUM: 18, CONSULTANCY: 6, OUTSOURCING: 14}
"""In how many of a hundred engagements there is a second party."""
KNOWN_PARTY = 58
"""In how many cases of a hundred a party is one with which there was an engagement before."""

Follows = Callable[[Case], Iterator[TimedCommand]]
BEFORE: tuple[Follows, ...] = (engagements.lifecycle, oversight.weighed, oversight.risks, oversight.conflicts)
"""The activities of every engagement, from its proposal on."""
AFTER: tuple[Follows, ...] = (
    engagements.amended, oversight.approvals, contributions.in_kind, results.results, reviews.reviews,
    reviews.information, attachments.attachments, guidelines.waivers,
)  # fmt: skip
"""The activities of every signed engagement, from its signature on."""


def openings(shared: SharedState, number: int, first: int, last: int, *, old: bool = False) -> Iterator[TimedCommand]:
    """Begin a number of engagements between two days, and yield the registrations of new parties."""
    rng = Rng(shared.seed, "openings", old)
    for nth in range(number):
        day = first + (last - first) * nth // number + rng.below(1 + (last - first) // number)
        case, newcomers = _opened(shared, nth, day, old=old)
        for party in newcomers:
            yield _registered(shared, party, case.plan.proposed, case)
        _begin(case)


def _opened(shared: SharedState, nth: int, day: int, *, old: bool) -> tuple[Case, list[Party]]:
    rng = Rng(shared.seed, "engagement", nth, old)
    kind, theme = rng.weighted(KINDS), rng.pick(THEMES)
    plan = planned(day, rng, nth, old=old)
    place = PLACES[-1] if theme.unit == "IDS" else rng.pick(PLACES)
    parties, newcomers = _met(shared, kind, rng)
    ref = reference(theme.unit, day, shared.scheduler.next_number(f"{theme.unit}-{year_of(day)}"))
    work, money = rng.below(len(theme.works)), purse(rng, *SIZES[kind])
    case = Case(ref, kind, theme, work, place, parties, money, plan, rng, shared)
    if old and rng.chance(55):
        case.withheld = tuple(rng.some(["financials", "service-orders", "duration"], rng.between(1, 2)))
    if plan.signed and "financials" not in case.withheld:
        case.agreed = _pledges(case)
    return case, newcomers


def _met(shared: SharedState, kind: str, rng: Rng) -> tuple[list[tuple[Party, str]], list[Party]]:
    """Return the parties with their roles, and which of them are new."""
    wanted = [rng.weighted(FIRST[kind])]
    if rng.chance(SECONDS[kind]):
        wanted.append(rng.weighted(SECOND))
    met: list[tuple[Party, str]] = []
    newcomers: list[Party] = []
    for role, type_of in zip(ROLES[kind], wanted, strict=False):
        known = shared.parties.get(type_of, [])
        party = rng.pick(known) if known and rng.chance(KNOWN_PARTY) else None
        if party is None or party in [known for known, _ in met]:
            party = shared.newcomer(type_of, rng)
            newcomers.append(party)
        met.append((party, role))
    return met, newcomers


def _registered(shared: SharedState, party: Party, day: int, case: Case) -> TimedCommand:
    def admitted() -> None:
        shared.admit(party)
        shared.scheduler.begin(day + 1, party_life(party, shared))

    party.known = day
    command = {"command": "party register", **party.registration(case.rng)}
    return TimedCommand(command, day, day, day, case.clerk(), then=admitted)


def _pledges(case: Case) -> dict[str, int]:
    rng, purse_of = case.rng, case.purse
    if case.kind in PAID or case.kind == MEMORANDUM or (case.kind == KNOWLEDGE and rng.chance(55)):
        return {}
    share = 100 // (len(case.parties) + 1)
    found = {party.ref: purse_of.part(share + rng.below(8)) for party, _ in case.parties}
    return found | ({"organization": purse_of.part(rng.between(4, 22))} if rng.chance(45) else {})


def _begin(case: Case) -> None:
    scheduler, plan = case.shared.scheduler, case.plan
    for act in BEFORE:
        scheduler.begin(plan.proposed, act(case))
    if plan.signed:
        scheduler.begin(plan.signed, _goes_on(case))


def _goes_on(case: Case) -> Iterator[TimedCommand]:
    """Start the activities after signature only then, to save memory."""
    scheduler, plan = case.shared.scheduler, case.plan
    for act in AFTER:
        scheduler.begin(plan.signed, act(case))
    for payer, minor in case.agreed.items():
        scheduler.begin(plan.signed, contributions.contribution(case, payer, minor))
    for number, (day, minor) in enumerate(orders.ordered(case)):
        scheduler.begin(day, orders.order(case, case.works(number), day, minor))
    yield from ()
