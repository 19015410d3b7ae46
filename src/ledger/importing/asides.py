"""What an import does nothing about and a person should look at: names much alike, and rows that vanished."""

from collections.abc import Iterable, Iterator

from ledger.domain.errors import listed
from ledger.domain.voiding import standing
from ledger.entry import read
from ledger.importing.asking import Origin
from ledger.importing.kinds import KINDS
from ledger.importing.near import NearNames
from ledger.importing.outcome import Notice
from ledger.importing.parties import NewParty, Parties
from ledger.importing.profile_model import Profile
from ledger.importing.reading import Reading
from ledger.importing.rejects import is_reject_file
from ledger.importing.rows import Row
from ledger.unit import Unit


def near_names(near: NearNames, parties: Parties, row: Row, registered: Iterable[NewParty]) -> Iterator[Notice]:
    """Yield a notice for each known name that a party which a row registers is much like; know that party then."""
    for new in registered:
        for known in near.like(new.command.name):
            bearers = listed(map(parties.name, parties.unit.namesakes(known)), "and")
            text = f"is new as {new.ref}, and much like {bearers or known}: look whether it is the same"
            yield Notice(row=row.number, subject=new.command.name, text=text)
        near.add(new.command.name)


def vanished(unit: Unit, profile: Profile, reading: Reading) -> Iterator[str]:
    """Yield what files of this profile gave before, still stands, and has no row in this one."""
    if is_reject_file(reading.table):
        return
    mark = Origin(profile.name, reading.sha256).mark
    told = KINDS[profile.kind].told
    for stream in unit.store.streams("engagement"):
        ref = stream.partition("/")[2]
        if reading.spool.has(ref):
            continue
        entries = [read(data) for _, data in unit.store.stream(stream)]
        stands = {fact.version for fact in standing([entry.fact for entry in entries])}
        given = [
            told(ref, entry.event) for entry in entries if entry.version in stands and entry.command.startswith(mark)
        ]
        yield from (key for key in dict.fromkeys(given) if key is not None and not reading.spool.has(key))
