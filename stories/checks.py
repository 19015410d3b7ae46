"""The activities about a third party: screening, due diligence, risk flags, new names, affiliations."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from stories import actors
from stories.actors import Party
from stories.reasons import ANOTHER, SCREENED_AGAIN
from stories.rng import Rng
from stories.shared_state import SharedState
from stories.timed_command import Thread, TimedCommand, working, written

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
TWICE = "The party was registered twice."
OFFICE = "staff/dd-{}"


def party_life(party: Party, shared: SharedState) -> Iterator[TimedCommand]:
    """Begin the acts of a party."""
    rng = Rng(shared.seed, "party", party.number)
    turn = shared.scheduler.next_number(f"life {party.type}")
    scrutinised = party.type in (actors.PRIVATE, actors.FOUNDATION, actors.SOCIETY, actors.ACADEMIA)
    acts = [_named(party, rng, turn)]
    if rng.chance(92 if scrutinised else 25):
        acts += [_screened(party, rng), _examined(party, rng)]
    if turn % (8 if scrutinised else 30) == 2:
        acts.append(_flagged(party, rng, turn))
    if party.type in (actors.PRIVATE, actors.FOUNDATION) and turn % 6 == 4:
        acts.append(_related(party, shared, rng, turn))
    if turn % 9 == 5:
        acts.append(_doubled(party, Rng(shared.seed, "double", party.number)))
    for act in acts:
        shared.scheduler.begin(party.known + 1, act)
    yield from ()


def _say(
    party: Party, rng: Rng, tag: str, day: int, thread: Thread, reason: str | None = None, **more: Any
) -> TimedCommand:
    day = working(day)
    thread.known = working(max(day + rng.below(5), thread.known))
    command = {"command": tag, "party": party.ref, **more}
    return TimedCommand(command, day, day, thread.known, OFFICE.format(rng.between(1, 3)), reason)


def _screened(party: Party, rng: Rng) -> Iterator[TimedCommand]:
    # Once a year, until somebody forgets it: screenings run out.
    day, thread, reason = party.known + rng.between(1, 12), Thread(), None
    while True:
        for name in LISTS if rng.chance(30) else LISTS[:1]:
            result = "possible match" if rng.chance(3) else "clear"
            version, until = written(day - rng.below(20)), written(day + 365)
            given: dict[str, Any] = {"list": name, "result": result, "list_version": version, "valid_until": until}
            yield _say(party, rng, "party screen", day, thread, reason, **given)
        if rng.chance(12):
            return
        day, reason = day + rng.between(335, 380), SCREENED_AGAIN


def _doubled(party: Party, rng: Rng) -> Iterator[TimedCommand]:
    """Yield a second registration under the same name, and the merge of the two when that is noticed."""
    day, thread = party.known + rng.between(30, 300), Thread()
    double = replace(party, ref=f"D{party.number:05}")
    double.known = day = working(day)
    thread.known = day
    command = {"command": "party register", "name": party.name.upper(), "ref": double.ref, "namesake": True}
    yield TimedCommand(command, day, day, day, OFFICE.format(rng.between(1, 3)))
    yield _say(double, rng, "party screen", day + 5, thread, list=LISTS[0], result="clear")
    yield _say(double, rng, "party merge", day + rng.between(20, 90), thread, TWICE, into=party.ref)


def _examined(party: Party, rng: Rng) -> Iterator[TimedCommand]:
    day, thread = party.known + rng.between(5, 40), Thread()
    while rng.chance(78):
        level = rng.weighted([("basic", 3), ("standard", 5), ("enhanced", 2)])
        outcome = rng.weighted([("accepted", 14), ("accepted with conditions", 4), ("refused", 1)])
        found = [rng.pick(GROUNDS)] if outcome != "accepted" else []
        years = rng.between(2, 3)
        given: dict[str, Any] = {
            "level": level,
            "outcome": outcome,
            "exclusions": found,
            "valid_until": written(day + 365 * years),
        }
        yield _say(party, rng, "party diligence", day, thread, **given)
        day += 365 * years - rng.between(0, 40)


def _flagged(party: Party, rng: Rng, turn: int) -> Iterator[TimedCommand]:
    day, thread = party.known + rng.between(60, 700), Thread()
    raised = _say(party, rng, "party flag", day, thread, what=rng.pick(FLAGS), flag="F1")
    yield raised
    if turn % 5 == 0:
        thread.known = working(thread.known + 9)
        void = {"command": "void", "positions": [], "reason": rng.pick(ANOTHER)}
        yield TimedCommand(void, thread.known, thread.known, thread.known, raised.actor, undoes=raised)
    elif turn % 3:
        day = raised.on + rng.between(30, 240)
        yield _say(party, rng, "party unflag", day, thread, flag="F1", why=rng.pick(LIFTED))


def _named(party: Party, rng: Rng, turn: int) -> Iterator[TimedCommand]:
    """Yield new aliases, identifiers and classes."""
    day, thread = party.known + rng.between(3, 200), Thread()
    if rng.chance(22):
        yield _say(party, rng, "party alias", day, thread, alias=f"{party.acronym} {party.country}")
    if rng.chance(32):
        number = {"scheme": "UNGM", "id": str(700_000 + party.number)}
        yield _say(party, rng, "party identify", day + 10, thread, identifier=number)
    day += rng.between(150, 700)
    if turn % 20 == 3:
        reason = "The party told of its new name."
        name = f"{party.name} ({'Group' if party.type == actors.PRIVATE else 'reorganised'})"
        yield _say(party, rng, "party rename", day, thread, reason, name=name)
    if turn % 12 == 1 and party.type == actors.PRIVATE:
        joined = "Associate" if party.membership != "Associate" else "Sector Member"
        yield _say(party, rng, "party reclassify", day + 30, thread, "It joined the sector.", membership=joined)


def _related(party: Party, shared: SharedState, rng: Rng, turn: int) -> Iterator[TimedCommand]:
    day, thread = party.known + rng.between(20, 400), Thread()
    kind = actors.FOUNDATION if party.type == actors.PRIVATE and rng.chance(60) else actors.PRIVATE
    known = shared.parties.get(kind, shared.parties[party.type])[-200:]
    others = [other for other in known if other is not party]
    if not others:
        return
    other = rng.pick(others)
    relation = rng.pick(RELATIONS)
    joined = _say(party, rng, "party affiliate", day, thread, other=other.ref, relation=relation)
    joined.then = lambda: shared.relate(party.ref, other.ref)
    yield joined
    if turn % 4 == 0:
        reason = "The share was sold."
        yield _say(party, rng, "party separate", day + rng.between(200, 600), thread, reason, other=other.ref)
