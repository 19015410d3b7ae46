"""Sentences of the register, composed from a theme, a place and a party."""

from stories.case import AGREEMENT, CONSULTANCY, KNOWLEDGE, MEMORANDUM, OUTSOURCING, Case
from stories.rng import Rng
from stories.themes import Result, Theme
from stories.timed_command import year_of

TITLES = {
    AGREEMENT: ("{Topic} {place}", "Partnership for {topic} {place}", "{Topic} {place}: {work}"),
    KNOWLEDGE: ("Knowledge partnership on {topic}", "Joint research on {topic} {place}", "Expert exchange on {topic}"),
    MEMORANDUM: ("Memorandum of understanding on {topic}", "Cooperation on {topic} {place}"),
    CONSULTANCY: ("Advice on {topic}: {work}", "{Work}", "Design of {work} {place}"),
    OUTSOURCING: ("Delivery of {work} {place}", "{Work}, with support {place}", "Services for {topic} {place}"),
}
PURPOSES = {
    AGREEMENT: "The partners finance and carry out {topic} {place} together. The aim is to {aim} by {means}.",
    KNOWLEDGE: "The parties share methods, data and experts on {topic}. What they learn is to {aim}.",
    MEMORANDUM: "The memorandum sets out how the parties cooperate on {topic}. It creates no financial obligation.",
    CONSULTANCY: "The consultant advises the organisation on {topic} and prepares {work}. The skill is needed for a "
    "limited time and is not available among staff.",
    OUTSOURCING: "The contractor provides {work} for {users}. It is to {aim} by {means}.",
}
OBJECTIVES = (
    "By the end of {year}, {users} {place} use {work} in their daily work.",
    "By the end of {year}, {work} and {other} are in use {place} and run without outside support.",
    "{Users} {place} have tested {work}, and the lessons are published by the end of {year}.",
)
BASES = {
    AGREEMENT: ("Resolution on partnerships, section 3", "Donor agreement under the resource mobilization policy",
                "Exchange of letters under the host country agreement"),
    KNOWLEDGE: ("Call for expressions of interest", "Framework for cooperation with academia"),
    MEMORANDUM: ("Decision of the Secretary-General", "Framework for cooperation, annex 2"),
    CONSULTANCY: ("Selection from the roster of consultants", "Competitive selection, three offers",
                  "Direct selection: sole holder of the method"),
    OUTSOURCING: ("International tender, five offers", "Framework contract, call-off",
                  "Competitive selection, three offers", "Direct contract: continuity of the service"),
}  # fmt: skip


def upper(text: str) -> str:
    """Return a text that begins a sentence."""
    return text[:1].upper() + text[1:]


def _parts(theme: Theme, place: str, work: str) -> dict[str, str]:
    given = {"topic": theme.topic, "aim": theme.aim, "means": theme.means, "users": theme.users, "work": work}
    return given | {name.capitalize(): upper(text) for name, text in given.items()} | {"place": place}


def title(case: Case) -> str:
    """Return a title."""
    return upper(case.rng.pick(TITLES[case.kind]).format_map(_parts(case.theme, case.place[1], case.works(0))))


def purpose(case: Case) -> str:
    """Return the purpose of an engagement."""
    return upper(PURPOSES[case.kind].format_map(_parts(case.theme, case.place[1], case.works(0))))


def objective(case: Case, ends: int) -> str:
    """Return the objective of an engagement."""
    parts = _parts(case.theme, case.place[1], case.works(0)) | {"year": str(year_of(ends)), "other": case.works(1)}
    return upper(case.rng.pick(OBJECTIVES).format_map(parts))


def deliverables(work: str, rng: Rng) -> list[str]:
    """Return the deliverables of a service order, in order."""
    forms = ("Inception report", f"Draft of {work}", f"Final version of {work}", "Handover and training of staff")
    return rng.some(forms, rng.between(1, 3))


def reached(result: Result, actual: int, target: int) -> str:
    """Return the result of an outcome."""
    if actual >= target:
        return f"{result.summary}: reached in full."
    share = actual * 100 // target
    return f"{result.summary}: reached in part ({share} per cent of the target)."
