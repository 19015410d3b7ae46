"""Who records: a staff id, which names a person only to the organisation. Names and mail addresses are refused.

An entry can never be erased, so the ledger holds no personal data. The setting `actor-pattern` says what the staff ids
of the organisation look like; without it any single word with a digit is one, like staff/17.
"""

import re
from collections.abc import Sequence
from fnmatch import fnmatchcase

from ledger.domain.errors import USAGE, LedgerError, listed

PATTERN_SETTING = "actor-pattern"
"""The setting: a list of patterns with `*`, `?` and `[0-9]`, as in a shell; a staff id fits one of them."""

_WORD_WITH_DIGIT = re.compile(r"[^\s@]*[0-9][^\s@]*")


class BadActor(LedgerError):
    """The actor is no staff id: a name, a mail address, or not what the setting `actor-pattern` asks for."""

    code = "bad-actor"
    exit = USAGE

    def __init__(self, actor: str, patterns: Sequence[str]) -> None:
        """Refuse `actor`, which fits none of `patterns`."""
        super().__init__(
            f"'{actor}' is not a staff id of this organisation."
            if patterns
            else f"'{actor}' is not a staff id, and no name or mail address is recorded: no entry can be erased.",
            f"Staff ids here fit {listed(patterns)}; give yours as --actor or LEDGER_ACTOR."
            if patterns
            else "A staff id has a digit and neither space nor '@'; 'ledger whoami staff/17' keeps yours.",
        )


def check_actor(actor: str, patterns: Sequence[str] | None) -> None:
    """Check that an actor fits one of the patterns; without any, that it is one word with a digit. Raises BadActor."""
    if patterns:
        is_staff_id = any(fnmatchcase(actor, pattern) for pattern in patterns)
    else:
        is_staff_id = _WORD_WITH_DIGIT.fullmatch(actor) is not None
    if not is_staff_id:
        raise BadActor(actor, patterns or ())
