"""Notices for a person after an import: similar party names, and vanished rows. The import acts on neither.

Names are compared twice, in their own word order and with sorted words, both without punctuation. Names with different
numbers are different: "Region 7 Office" is not a misspelling of "Region 8 Office". Those that differ in marks, in "and"
or in a legal form only are similar too: typed, the second of them is refused.
"""

import re
from collections.abc import Iterable, Iterator

from ledger.application.transaction import UnitOfWork
from ledger.characters.plain_names import plain_names
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
    """An index of the known names, in their own and in sorted word order, by the numbers in them and their length.

    Names whose lengths differ by too much cannot be similar, and are not compared.
    """

    def __init__(self, known: Iterable[str]) -> None:
        """Start with known names or keys of names."""
        self._known: dict[Numbers, dict[int, tuple[dict[str, str], dict[str, str]]]] = {}
        self._plain: dict[str, dict[str, None]] = {}
        names = list(known)
        forms = plain_names("\n".join(map(name_key, names))).split("\n")  # of all at once, which takes less time
        for name, form in zip(names, forms, strict=True) if names else ():
            self._add(name, form)

    def add(self, name: str) -> None:
        """Add a name."""
        self._add(name, plain_names(name_key(name)))

    def _add(self, name: str, form: str) -> None:
        self._plain.setdefault(form, {})[name] = None
        words = _words(name)
        own, ordered = _orders(words)
        names = self._known.setdefault(_numbers(words), {}).setdefault(len(own), ({}, {}))
        names[0].setdefault(own, name)
        names[1].setdefault(ordered, name)

    def like(self, name: str) -> Iterator[str]:
        """Yield up to three known names that are similar to `name` but not equal, most similar first."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only new names pay for it

        words = _words(name)
        orders = _orders(words)
        form = plain_names(name_key(name))
        best: dict[str, float] = dict.fromkeys(self._plain.get(form, ()) if form else (), 100.0)
        for length, known_names in self._known.get(_numbers(words), {}).items():
            # The similarity is twice what both have in common, at most the shorter one, in per cent of both lengths.
            if 200 * min(length, len(orders[0])) < MIN_SIMILARITY * (length + len(orders[0])):
                continue
            for names, text in zip(known_names, orders, strict=True):
                for key, score, _ in process.extract(
                    text, names.keys(), scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=4
                ):
                    best[names[key]] = max(score, best.get(names[key], 0.0))
        similar = [known for known in best if name_key(known) != name_key(name)]
        yield from sorted(similar, key=lambda known: -best[known])[:3]


def _words(name: str) -> list[str]:
    return _WORD.findall(name_key(name))


def _numbers(words: list[str]) -> Numbers:
    return tuple(_NUMBER.findall(" ".join(words)))


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
    """Yield the keys of rows that earlier files of this profile recorded, that are not void and not in this file.

    A file that holds only what is new, and one of rejected rows, says nothing of other rows.
    """
    row_key = KINDS[profile.kind].row_key
    if row_key is None or profile.file.covers == "increment" or is_reject_file(reading.table):
        return
    mark = Origin(profile.name, reading.sha256).mark
    mark_bytes = b'"command":"' + mark.encode()
    for stream in unit.store.streams("engagement"):
        ref = stream.partition("/")[2]
        if reading.spool.has(ref):
            continue
        stored = [data for _, data in unit.store.stream(stream)]
        if not any(mark_bytes in data for data in stored):
            continue
        entries = [read(data) for data in stored]
        current_versions = {fact.version for fact in unvoided([entry.fact for entry in entries])}
        given = [
            row_key(ref, entry.event)
            for entry in entries
            if entry.version in current_versions and entry.command.startswith(mark) and not is_refund(entry.command)
        ]
        yield from (key for key in dict.fromkeys(given) if key is not None and not reading.spool.has(key))
