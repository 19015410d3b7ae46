"""What becomes of a third party: it is screened and examined, flagged, renamed, and found to belong to another."""

from collections.abc import Iterator
from typing import Any

from stories import cast
from stories.book import Book
from stories.cast import Party
from stories.dice import Dice
from stories.line import Line, Thread, working, written
from stories.reasons import ANOTHER, SCREENED_AGAIN

LISTS = ("UN Security Council consolidated list", "List of excluded vendors")
GROUNDS = ("Conviction of a former director", "Open tax claim", "Ownership not fully documented")
FLAGS = (
    "Court case about a public tender.",
    "Change of ownership that is not yet explained.",
    "Reports in the press about late payment of subcontractors.",
    "Sanctioned shareholder named in a commercial register.",
)
LIFTED = (
    "The case was dismissed.",
    "The register shows that the share was sold.",
    "The new owner was screened, and nothing was found.",
)
RELATIONS = ("members of one network", "company and its foundation", "parent and subsidiary", "common owner")
OFFICE = "staff/dd-{}"


def party_life(party: Party, book: Book) -> Iterator[Line]:
    """Begin the acts of a party."""
    dice = Dice(book.seed, "party", party.number)
    turn = book.stage.next_number(f"life {party.type}")
    scrutinised = party.type in (cast.PRIVATE, cast.FOUNDATION, cast.SOCIETY, cast.ACADEMIA)
    acts = [_named(party, dice, turn)]
    if dice.chance(92 if scrutinised else 25):
        acts += [_screened(party, dice), _examined(party, dice)]
    if turn % (8 if scrutinised else 30) == 2:
        acts.append(_flagged(party, dice, turn))
    if party.type in (cast.PRIVATE, cast.FOUNDATION) and turn % 6 == 4:
        acts.append(_related(party, book, dice, turn))
    for act in acts:
        book.stage.begin(party.known + 1, act)
    yield from ()


def _say(party: Party, dice: Dice, tag: str, day: int, thread: Thread, reason: str | None = None, **more: Any) -> Line:
    day = working(day)
    thread.known = working(max(day + dice.below(5), thread.known))
    command = {"command": tag, "party": party.ref, **more}
    return Line(command, day, day, thread.known, OFFICE.format(dice.between(1, 3)), reason)


def _screened(party: Party, dice: Dice) -> Iterator[Line]:
    # Once a year, until somebody forgets it: screenings run out.
    day, thread, reason = party.known + dice.between(1, 12), Thread(), None
    while True:
        for name in LISTS if dice.chance(30) else LISTS[:1]:
            result = "possible match" if dice.chance(3) else "clear"
            version, until = written(day - dice.below(20)), written(day + 365)
            given: dict[str, Any] = {"list": name, "result": result, "list_version": version, "valid_until": until}
            yield _say(party, dice, "party screen", day, thread, reason, **given)
        if dice.chance(12):
            return
        day, reason = day + dice.between(335, 380), SCREENED_AGAIN


def _examined(party: Party, dice: Dice) -> Iterator[Line]:
    day, thread = party.known + dice.between(5, 40), Thread()
    while dice.chance(78):
        level = dice.weighted([("basic", 3), ("standard", 5), ("enhanced", 2)])
        outcome = dice.weighted([("accepted", 14), ("accepted with conditions", 4), ("refused", 1)])
        found = [dice.pick(GROUNDS)] if outcome != "accepted" else []
        years = dice.between(2, 3)
        given: dict[str, Any] = {
            "level": level,
            "outcome": outcome,
            "exclusions": found,
            "valid_until": written(day + 365 * years),
        }
        yield _say(party, dice, "party diligence", day, thread, **given)
        day += 365 * years - dice.between(0, 40)


def _flagged(party: Party, dice: Dice, turn: int) -> Iterator[Line]:
    day, thread = party.known + dice.between(60, 700), Thread()
    raised = _say(party, dice, "party flag", day, thread, what=dice.pick(FLAGS), flag="F1")
    yield raised
    if turn % 5 == 0:
        thread.known = working(thread.known + 9)
        void = {"command": "void", "positions": [], "reason": dice.pick(ANOTHER)}
        yield Line(void, thread.known, thread.known, thread.known, raised.actor, undoes=raised)
    elif turn % 3:
        day = raised.on + dice.between(30, 240)
        yield _say(party, dice, "party unflag", day, thread, flag="F1", why=dice.pick(LIFTED))


def _named(party: Party, dice: Dice, turn: int) -> Iterator[Line]:
    """Yield what the register learns of names, numbers and classes."""
    day, thread = party.known + dice.between(3, 200), Thread()
    if dice.chance(22):
        yield _say(party, dice, "party alias", day, thread, alias=f"{party.acronym} {party.country}")
    if dice.chance(32):
        number = {"scheme": "UNGM", "id": str(700_000 + party.number)}
        yield _say(party, dice, "party identify", day + 10, thread, identifier=number)
    day += dice.between(150, 700)
    if turn % 20 == 3:
        reason = "The party told of its new name."
        name = f"{party.name} ({'Group' if party.type == cast.PRIVATE else 'reorganised'})"
        yield _say(party, dice, "party rename", day, thread, reason, name=name)
    if turn % 12 == 1 and party.type == cast.PRIVATE:
        joined = "Associate" if party.membership != "Associate" else "Sector Member"
        yield _say(party, dice, "party reclassify", day + 30, thread, "It joined the sector.", membership=joined)


def _related(party: Party, book: Book, dice: Dice, turn: int) -> Iterator[Line]:
    day, thread = party.known + dice.between(20, 400), Thread()
    kind = cast.FOUNDATION if party.type == cast.PRIVATE and dice.chance(60) else cast.PRIVATE
    known = book.parties.get(kind, book.parties[party.type])[-200:]
    others = [other for other in known if other is not party]
    if not others:
        return
    other = dice.pick(others)
    relation = dice.pick(RELATIONS)
    joined = _say(party, dice, "party affiliate", day, thread, other=other.ref, relation=relation)
    joined.then = lambda: book.relate(party.ref, other.ref)
    yield joined
    if turn % 4 == 0:
        reason = "The share was sold."
        yield _say(party, dice, "party separate", day + dice.between(200, 600), thread, reason, other=other.ref)
