"""How engagements come about: which kind, in which field, with whom, for how much; and everything that follows."""

from collections.abc import Callable, Iterator

from stories import cast, contributions, engagements, orders, oversight, papers, results, reviews
from stories.book import Book
from stories.case import AGREEMENT, CONSULTANCY, KNOWLEDGE, MEMORANDUM, OUTSOURCING, PAID, Case
from stories.cast import Party
from stories.checks import party_life
from stories.dice import Dice
from stories.line import Line, year_of
from stories.money import purse
from stories.plan import planned, reference
from stories.themes import PLACES, THEMES

KINDS = ((AGREEMENT, 34), (KNOWLEDGE, 14), (CONSULTANCY, 21), (OUTSOURCING, 18), (MEMORANDUM, 13))
SIZES = {
    AGREEMENT: (40, 2600), KNOWLEDGE: (10, 160), MEMORANDUM: (5, 40), CONSULTANCY: (12, 240),
    OUTSOURCING: (60, 1900),
}  # fmt: skip
"""About how much an engagement is worth, in thousand dollars."""
FIRST = {
    AGREEMENT: ((cast.GOVERNMENT, 5), (cast.FOUNDATION, 3), (cast.BANK, 2), (cast.UN, 2), (cast.PRIVATE, 3)),
    KNOWLEDGE: ((cast.ACADEMIA, 6), (cast.SOCIETY, 3), (cast.UN, 1)),
    CONSULTANCY: ((cast.PRIVATE, 8), (cast.ACADEMIA, 2)),
    OUTSOURCING: ((cast.PRIVATE, 1),),
    MEMORANDUM: ((cast.REGIONAL, 3), (cast.GOVERNMENT, 3), (cast.SOCIETY, 2), (cast.UN, 2)),
}
"""What the first party is, by kind of engagement."""
SECOND = ((cast.GOVERNMENT, 3), (cast.PRIVATE, 2), (cast.FOUNDATION, 2), (cast.ACADEMIA, 1), (cast.BANK, 1))
ROLES = {
    AGREEMENT: ("partner", "donor"), KNOWLEDGE: ("knowledge partner", "donor"), MEMORANDUM: ("partner", "partner"),
    CONSULTANCY: ("consultant", "beneficiary"), OUTSOURCING: ("contractor", "subcontractor"),
}  # fmt: skip
"""The roles of the first party and of the second, by kind of engagement."""
SECONDS = {AGREEMENT: 38, KNOWLEDGE: 24, MEMORANDUM: 18, CONSULTANCY: 6, OUTSOURCING: 14}
"""In how many of a hundred engagements there is a second party."""
KNOWN_PARTY = 58
"""In how many cases of a hundred a party is one with which there was an engagement before."""

Follows = Callable[[Case], Iterator[Line]]
BEFORE: tuple[Follows, ...] = (engagements.told, oversight.weighed, oversight.risks, oversight.conflicts)
"""What is told of every engagement, from its proposal on."""
AFTER: tuple[Follows, ...] = (
    engagements.amended, contributions.in_kind, results.results, reviews.reviews, papers.papers,
)  # fmt: skip
"""What is told of every engagement that is signed, from then on."""


def openings(book: Book, number: int, first: int, last: int, *, old: bool = False) -> Iterator[Line]:
    """Begin so many engagements between two days, and yield the registrations of the parties that are new."""
    dice = Dice(book.seed, "openings", old)
    for nth in range(number):
        day = first + (last - first) * nth // number + dice.below(1 + (last - first) // number)
        case, newcomers = _opened(book, nth, day, old=old)
        for party in newcomers:
            yield _registered(book, party, case.plan.proposed, case)
        _begin(case)


def _opened(book: Book, nth: int, day: int, *, old: bool) -> tuple[Case, list[Party]]:
    dice = Dice(book.seed, "engagement", nth, old)
    kind, theme = dice.weighted(KINDS), dice.pick(THEMES)
    plan = planned(day, dice, nth, old=old)
    place = PLACES[-1] if theme.unit == "IDS" else dice.pick(PLACES)
    parties, newcomers = _met(book, kind, dice)
    ref = reference(theme.unit, day, book.stage.next_number(f"{theme.unit}-{year_of(day)}"))
    work, money = dice.below(len(theme.works)), purse(dice, *SIZES[kind])
    case = Case(ref, kind, theme, work, place, parties, money, plan, dice, book)
    if old and dice.chance(55):
        case.withheld = tuple(dice.some(["financials", "service-orders", "duration"], dice.between(1, 2)))
    if plan.signed and "financials" not in case.withheld:
        case.agreed = _pledges(case)
    return case, newcomers


def _met(book: Book, kind: str, dice: Dice) -> tuple[list[tuple[Party, str]], list[Party]]:
    """Return the parties with their roles, and which of them are new."""
    wanted = [dice.weighted(FIRST[kind])]
    if dice.chance(SECONDS[kind]):
        wanted.append(dice.weighted(SECOND))
    met: list[tuple[Party, str]] = []
    newcomers: list[Party] = []
    for role, type_of in zip(ROLES[kind], wanted, strict=False):
        known = book.parties.get(type_of, [])
        party = dice.pick(known) if known and dice.chance(KNOWN_PARTY) else None
        if party is None or party in [other for other, _ in met]:
            party = book.newcomer(type_of, dice)
            newcomers.append(party)
        met.append((party, role))
    return met, newcomers


def _registered(book: Book, party: Party, day: int, case: Case) -> Line:
    def admitted() -> None:
        book.admit(party)
        book.stage.begin(day + 1, party_life(party, book))

    party.known = day
    command = {"command": "party register", **party.registration(case.dice)}
    return Line(command, day, day, day, case.clerk(), then=admitted)


def _pledges(case: Case) -> dict[str, int]:
    dice, purse_of = case.dice, case.purse
    if case.kind in PAID or case.kind == MEMORANDUM or (case.kind == KNOWLEDGE and dice.chance(55)):
        return {}
    share = 100 // (len(case.parties) + 1)
    found = {party.ref: purse_of.part(share + dice.below(8)) for party, _ in case.parties}
    return found | ({"organization": purse_of.part(dice.between(4, 22))} if dice.chance(45) else {})


def _begin(case: Case) -> None:
    stage, plan = case.book.stage, case.plan
    for act in BEFORE:
        stage.begin(plan.proposed, act(case))
    if plan.signed:
        stage.begin(plan.signed, _goes_on(case))


def _goes_on(case: Case) -> Iterator[Line]:
    """Begin what follows signature, only then: what has not begun takes no room."""
    stage, plan = case.book.stage, case.plan
    for act in AFTER:
        stage.begin(plan.signed, act(case))
    for payer, minor in case.agreed.items():
        stage.begin(plan.signed, contributions.contribution(case, payer, minor))
    for number, (day, minor) in enumerate(orders.ordered(case)):
        stage.begin(day, orders.order(case, case.works(number), day, minor))
    yield from ()
