"""A whole file as rows: each with a reference of its own, in the order of their dates; and the faults of the others."""

import hashlib
from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from ledger.importing.kinds import KINDS
from ledger.importing.mapping import Mapping
from ledger.importing.outcome import Fault
from ledger.importing.profile import Profile
from ledger.importing.row_errors import RepeatedReference
from ledger.importing.rows import Row
from ledger.importing.table import Record, Table, read_table


class Reading(NamedTuple):
    """A file that was read. `references` are all that it gives, those of faulty rows too."""

    sha256: str
    table: Table
    mapping: Mapping
    rows: list[Row]
    faults: list[Fault]
    references: set[str]


def read_file(data: bytes, profile: Profile, suffix: str = "") -> Reading:
    """Return what a file holds, whose name ends in `suffix`; raises what ledger.importing.table.read_table raises.

    Rows come in the order of their dates, so that a party is registered on the first day that the file knows it.
    """
    table = read_table(data, profile, suffix)
    mapping = Mapping(profile, table, KINDS[profile.kind].read)
    rows: list[Row] = []
    faults: list[Fault] = []
    first: dict[str, int] = {}
    copies: Counter[str] = Counter()
    for record in table.records:
        row, wrong = mapping.read(record)
        if row is not None and not row.reference:
            row = replace(row, reference=_made_reference(profile, mapping.content(record), copies))
        reference = row.reference if row is not None else mapping.key(record)
        if reference in first:
            wrong = [*wrong, _repeated(mapping, record, reference, first[reference])]
        elif reference:
            first[reference] = record.number
        if row is not None and not wrong:
            rows.append(row)
        faults.extend(wrong)
    rows.sort(key=lambda row: (row.on, row.number))
    return Reading(hashlib.sha256(data).hexdigest(), table, mapping, rows, faults, set(first))


def _made_reference(profile: Profile, content: str, copies: Counter[str]) -> str:
    """Return a reference made of the row's content: two equal rows are two agreements, told apart by their number."""
    digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    copies[digest] += 1
    return f"{profile.name}-{digest}-{copies[digest]}"


def _repeated(mapping: Mapping, record: Record, reference: str, first: int) -> Fault:
    form = mapping.profile.form
    error = RepeatedReference(reference, first, form.what)
    return Fault.of(error, record.number, record.line, mapping.column(form.key[-1]), reference)
