"""Answers to conditions in three values, with the entries that give them and the facts that are missing."""

from collections.abc import Iterable
from typing import NamedTuple


class Answer(NamedTuple):
    """Whether a condition holds: True, False, or None where that is not known.

    `said` is what was found, `entries` are those that give the answer; `missing` are the facts without which it is
    not known. `parts` are the answers of the parts of a joined condition, in their order.
    """

    holds: bool | None
    said: str = ""
    entries: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    parts: tuple["Answer", ...] = ()


def all_of(answers: Iterable[Answer], *, is_thorough: bool = False) -> Answer:
    """Return the answer of conditions that must all hold. The first that does not hold is reason enough.

    Unless `is_thorough`, no other is answered after it.
    """
    return _joined(answers, decisive=False, is_thorough=is_thorough)


def any_of(answers: Iterable[Answer], *, is_thorough: bool = False) -> Answer:
    """Return the answer of conditions of which one must hold. The first that holds is reason enough.

    Unless `is_thorough`, no other is answered after it.
    """
    return _joined(answers, decisive=True, is_thorough=is_thorough)


def _joined(answers: Iterable[Answer], *, decisive: bool, is_thorough: bool) -> Answer:
    """Join answers; the first that holds or not, as is `decisive`, decides."""
    parts, deciding = [], None
    for answer in answers:
        parts.append(answer)
        if deciding is None and answer.holds is decisive:
            deciding = answer
            if not is_thorough:
                break
    if deciding is not None:
        return Answer(decisive, "", deciding.entries, (), tuple(parts))
    return _together(None if any(part.holds is None for part in parts) else not decisive, tuple(parts))


def opposite(answer: Answer) -> Answer:
    """Return the answer of the opposite condition."""
    holds = None if answer.holds is None else not answer.holds
    return Answer(holds, "", answer.entries, answer.missing, (answer,))


def _together(holds: bool | None, parts: tuple[Answer, ...]) -> Answer:
    if len(parts) == 1:
        return Answer(holds, "", parts[0].entries, parts[0].missing, parts)
    entries = {entry for part in parts for entry in part.entries}
    missing = tuple(dict.fromkeys(text for part in parts if part.holds is None for text in part.missing))
    return Answer(holds, "", tuple(sorted(entries)), missing, parts)
