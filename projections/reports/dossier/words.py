"""Texts that sections of a dossier share: what is absent, parties in roles, states, and what happened on a day."""

from projections.reports.dossier.data import Dossier
from projections.reports.model import NOT_DISCLOSED, NOT_RECORDED
from projections.reports.phrases import Phrase

NOT_YET_DISCLOSED = Phrase("not yet disclosed", "not-yet-disclosed")
NO_DOCUMENT = Phrase("no document", "no-document")


def absent(dossier: Dossier, facet: str, text: str, message: str) -> str:
    """Return the sentence that something is not recorded, or not disclosed where the source withholds the facet."""
    if facet in dossier.withheld:
        return Phrase(f"{text} {NOT_DISCLOSED}.", f"{message}-disclosed")
    return Phrase(f"{text} {NOT_RECORDED}.", f"{message}-recorded")


def in_role(name: str, role: str) -> str:
    """Return a name with what is to be known of it in parentheses, such as a role."""
    return Phrase(f"{name} ({role})", "in-role", name=name, role=role)


def in_state(state: str) -> str:
    """Return the state of an engagement or of a service order."""
    return Phrase(state, f"state-{state.replace(' ', '-')}")


def on_day(day: str, text: str) -> str:
    """Return a text with the day that it is of."""
    return Phrase(f"{day}: {text}", "on-day", day=day, text=text)
