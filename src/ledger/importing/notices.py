"""Notices for a person after an import: similar party names, and vanished rows. The import acts on neither.

Names are compared twice, in their own word order and with sorted words, both without punctuation. Names with different
numbers are different: "Region 7 Office" is not a misspelling of "Region 8 Office".
"""

import re
from collections.abc import Iterable, Iterator

from ledger.application.transaction import UnitOfWork
from ledger.domain.errors import listed
from ledger.domain.voiding import unvoided
from ledger.format.entry import read
from ledger.format.name_keys import name_key
from ledger.importing.changes.party_resolver import NewParty, PartyResolver
from ledger.importing.kinds.registry import KINDS
from ledger.importing.kinds.row_marks import is_refund
from ledger.importing.profile.model import Profile
from ledger.importing.read import Reading
from ledger.importing.rejects import is_reject_file
from ledger.importing.requests import Origin
from ledger.importing.result import Notice
from ledger.importing.source.rows import RegisterRow

MIN_SIMILARITY = 90.0
"""The similarity, in per cent, from which two names cause a notice."""
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")

Numbers = tuple[str, ...]


class SimilarNames:
    """An index of the known names, in their own and in sorted word order, by the numbers in them."""

    def __init__(self, known: Iterable[str]) -> None:
        """Start with known names or keys of names."""
        self._known: dict[Numbers, tuple[dict[str, str], dict[str, str]]] = {}
        for name in known:
            self.add(name)

    def add(self, name: str) -> None:
        """Add a name."""
        words = _words(name)
        for names, text in zip(self._alike(words), _orders(words), strict=True):
            names.setdefault(text, name)

    def like(self, name: str) -> Iterator[str]:
        """Yield up to three known names that are similar to `name` but not equal, most similar first."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only new names pay for it

        words = _words(name)
        best: dict[str, float] = {}
        for names, text in zip(self._alike(words), _orders(words), strict=True):
            for key, score, _ in process.extract(
                text, names.keys(), scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=4
            ):
                best[names[key]] = max(score, best.get(names[key], 0.0))
        similar = [known for known in best if name_key(known) != name_key(name)]
        yield from sorted(similar, key=lambda known: -best[known])[:3]

    def _alike(self, words: list[str]) -> tuple[dict[str, str], dict[str, str]]:
        return self._known.setdefault(tuple(_NUMBER.findall(" ".join(words))), ({}, {}))


def _words(name: str) -> list[str]:
    return _WORD.findall(name_key(name))


def _orders(words: list[str]) -> tuple[str, str]:
    return " ".join(words), " ".join(sorted(words))


def similar_name_notices(
    known_names: SimilarNames, parties: PartyResolver, row: RegisterRow, registered: Iterable[NewParty]
) -> Iterator[Notice]:
    """Yield a notice for each known name that is similar to that of a newly registered party; then add its name."""
    for party in registered:
        for known in known_names.like(party.command.name):
            bearers = listed(map(parties.name, parties.unit.namesakes(known)), "and")
            text = f"is new as {party.ref}, and similar to {bearers or known}: check whether it is the same"
            yield Notice(row=row.number, subject=party.command.name, text=text)
        known_names.add(party.command.name)


def vanished(unit: UnitOfWork, profile: Profile, reading: Reading) -> Iterator[str]:
    """Yield the keys of rows that earlier files of this profile recorded, that are not void and not in this file."""
    if is_reject_file(reading.table):
        return
    mark = Origin(profile.name, reading.sha256).mark
    row_key = KINDS[profile.kind].row_key
    for stream in unit.store.streams("engagement"):
        ref = stream.partition("/")[2]
        if reading.spool.has(ref):
            continue
        entries = [read(data) for _, data in unit.store.stream(stream)]
        current_versions = {fact.version for fact in unvoided([entry.fact for entry in entries])}
        given = [
            row_key(ref, entry.event)
            for entry in entries
            if entry.version in current_versions and entry.command.startswith(mark) and not is_refund(entry.command)
        ]
        yield from (key for key in dict.fromkeys(given) if key is not None and not reading.spool.has(key))
