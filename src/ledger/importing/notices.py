"""Notices for a person after an import: similar party names, and rows that vanished. Neither is acted on.

Names are compared as they are read and with their words in sorted order, without punctuation. Names with different
numbers in them are different names: "Region 7 Office" is not a slip for "Region 8 Office".
"""

import re
from collections.abc import Iterable, Iterator

from ledger.application.transaction import UnitOfWork
from ledger.domain.errors import listed
from ledger.domain.voiding import standing
from ledger.format.entry import read
from ledger.format.name_keys import name_key
from ledger.importing.changes.party_resolver import NewParty, PartyResolver
from ledger.importing.kinds.registry import KINDS
from ledger.importing.profile.model import Profile
from ledger.importing.read import Reading
from ledger.importing.rejects import is_reject_file
from ledger.importing.requests import Origin
from ledger.importing.result import Notice
from ledger.importing.source.rows import RegisterRow

MIN_SIMILARITY = 90.0
"""How alike two names must be, in per cent, to be row_key."""
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")

Numbers = tuple[str, ...]


class SimilarNames:
    """The names known so far, as they are read and in sorted order, by the numbers in them."""

    def __init__(self, known: Iterable[str]) -> None:
        """Start with names or keys of names that are known."""
        self._known: dict[Numbers, tuple[dict[str, str], dict[str, str]]] = {}
        for name in known:
            self.add(name)

    def add(self, name: str) -> None:
        """Know another name."""
        words = _words(name)
        for names, text in zip(self._alike(words), _orders(words), strict=True):
            names.setdefault(text, name)

    def like(self, name: str) -> Iterator[str]:
        """Yield up to three known names that resemble `name` and are not it, most alike first."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only new names pay for it

        words = _words(name)
        best: dict[str, float] = {}
        for names, text in zip(self._alike(words), _orders(words), strict=True):
            for key, score, _ in process.extract(
                text, names.keys(), scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=4
            ):
                best[names[key]] = max(score, best.get(names[key], 0.0))
        others = [known for known in best if name_key(known) != name_key(name)]
        yield from sorted(others, key=lambda known: -best[known])[:3]

    def _alike(self, words: list[str]) -> tuple[dict[str, str], dict[str, str]]:
        return self._known.setdefault(tuple(_NUMBER.findall(" ".join(words))), ({}, {}))


def _words(name: str) -> list[str]:
    return _WORD.findall(name_key(name))


def _orders(words: list[str]) -> tuple[str, str]:
    return " ".join(words), " ".join(sorted(words))


def similar_name_notices(
    near: SimilarNames, parties: PartyResolver, row: RegisterRow, registered: Iterable[NewParty]
) -> Iterator[Notice]:
    """Yield a notice for each known name that a party which a row registers is much like; know that party then."""
    for new in registered:
        for known in near.like(new.command.name):
            bearers = listed(map(parties.name, parties.unit.namesakes(known)), "and")
            text = f"is new as {new.ref}, and much like {bearers or known}: look whether it is the same"
            yield Notice(row=row.number, subject=new.command.name, text=text)
        near.add(new.command.name)


def vanished(unit: UnitOfWork, profile: Profile, reading: Reading) -> Iterator[str]:
    """Yield what files of this profile gave before, still stands, and has no row in this one."""
    if is_reject_file(reading.table):
        return
    mark = Origin(profile.name, reading.sha256).mark
    row_key = KINDS[profile.kind].row_key
    for stream in unit.store.streams("engagement"):
        ref = stream.partition("/")[2]
        if reading.spool.has(ref):
            continue
        entries = [read(data) for _, data in unit.store.stream(stream)]
        stands = {fact.version for fact in standing([entry.fact for entry in entries])}
        given = [
            row_key(ref, entry.event) for entry in entries if entry.version in stands and entry.command.startswith(mark)
        ]
        yield from (key for key in dict.fromkeys(given) if key is not None and not reading.spool.has(key))
