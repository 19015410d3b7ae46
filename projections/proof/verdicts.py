"""The verdicts of a proof: verdicts.json, in the form of `ledger compliance list`, and what differs from the log.

They stand in the folder of a report that judges by guidelines. This module writes them and compares them with the
product; verify_guidelines.py makes them again with nothing but Python.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from ledger.verify.findings import Finding
from projections.compliance.listing import Row, row, sorted_rows, units
from projections.compliance.outcomes import NOT_APPLICABLE
from projections.compliance.verdicts import Court
from projections.compliance.versions import Versions
from projections.proof.shipped_definitions import document_bytes
from projections.queries.bitemporal import Queries
from projections.queries.figures import values
from projections.reports.model import Report

VERDICTS = "verdicts.json"
PROGRAM = "verify_guidelines.py"
DIGEST = f"{PROGRAM}.sha256"
_DIGEST_FORM = re.compile(rb"[0-9a-f]{64}  verify_guidelines\.py\n")
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, RecursionError)
KEY = ("engagement", "set", "symbol", "rule", "moment", "case")
"""What tells a verdict from others."""


def program_digest() -> str:
    """Return the SHA-256 of verify_guidelines.py in hexadecimal."""
    return hashlib.sha256(files("projections.proof").joinpath(PROGRAM).read_bytes()).hexdigest()


def judges(report: Report) -> bool:
    """Return whether a report judges engagements by guidelines."""
    return "compliance" in values(report.figures)


def verdict_files(queries: Queries, report: Report) -> dict[str, bytes]:
    """Return the files of the verdicts by name; none if the report judges by no guidelines."""
    if not judges(report):
        return {}
    return {
        VERDICTS: document_bytes(stated_verdicts(queries, report)),
        DIGEST: f"{program_digest()}  {PROGRAM}\n".encode(),
    }


def stated_verdicts(queries: Queries, report: Report) -> dict[str, Any]:
    """Return the content of verdicts.json: each verdict but *does not apply*, and the report's counts of them."""
    unit, on = units(queries), queries.as_of.on
    verdicts = Court(queries, Versions.recorded(queries)).verdicts(sorted(queries.statuses()))
    rows = sorted_rows(row(verdict, on, unit) for verdict in verdicts if verdict.status != NOT_APPLICABLE)
    as_of = {"on": on, "known_at": queries.as_of.known_at, "root": report.as_of.root}
    counts = {symbol: rules for symbol, rules in values(report.figures)["compliance"].items() if rules}
    return {"as_of": as_of, "rows": rows, "compliance": counts}


def differences(held: Mapping[str, bytes], due: Mapping[str, bytes]) -> Iterator[Finding]:
    """Yield what differs between the files of the verdicts in a folder and those that the log gives."""
    for name in (VERDICTS, DIGEST):
        if name in due and name not in held:
            yield Finding.of("missing-file", None, f"{name}: the report judges by guidelines")
        elif name in held and name not in due:
            yield Finding.of("unexpected-file", None, f"{name}: the report judges by no guidelines")
    if DIGEST in held and not _DIGEST_FORM.fullmatch(held[DIGEST]):
        what = f"{DIGEST}: it is not the SHA-256 of a program, as sha256sum writes it"
        yield Finding.of("unexpected-file", None, what)
    if VERDICTS in held and VERDICTS in due and held[VERDICTS] != due[VERDICTS]:
        try:
            yield from _compared(held[VERDICTS], json.loads(due[VERDICTS]))
        except MALFORMED as error:
            yield _bad(f"it cannot be read: {type(error).__name__} {error}")


def _compared(data: bytes, due: dict[str, Any]) -> Iterator[Finding]:
    stated = json.loads(data)
    if document_bytes(stated) != data:
        yield _bad("it is not in its one written form")
    elif stated.keys() != due.keys() or stated["as_of"] != due["as_of"]:
        yield _bad("it is not of the log and the as-of of the report")
    else:
        yield from _of_rows(stated["rows"], due["rows"])
        if stated["compliance"] != due["compliance"]:
            yield _differs("compliance", "the counts are not those of the verdicts")


def _bad(why: str) -> Finding:
    return Finding.of("bad-verdicts", None, f"{VERDICTS}: {why}")


def _of_rows(stated: list[Row], due: list[Row]) -> Iterator[Finding]:
    given, made = ({_key(own): own for own in rows} for rows in (stated, due))
    is_sound = True
    for key in sorted(given.keys() | made.keys()):
        what = _difference(given.get(key), made.get(key))
        if what:
            is_sound = False
            yield _differs(" ".join(filter(None, key)), what)
    if is_sound and stated != due:
        yield _differs("rows", "a verdict stands twice, or they are not in order")


def _key(own: Row) -> tuple[str, ...]:
    return tuple(str(own[name] or "") for name in KEY)


def _difference(stated: Row | None, due: Row | None) -> str:
    """Return how a stated verdict differs from what the log gives; empty if it does not."""
    if stated is None or due is None:
        return "it is missing" if stated is None else "the log gives no such verdict"
    members = [name for name in sorted(due.keys() | stated.keys()) if stated.get(name) != due.get(name)]
    return "; ".join(f"{name} is {stated.get(name)!r}, and the log gives {due.get(name)!r}" for name in members)


def _differs(place: str, what: str) -> Finding:
    return Finding.of("verdict-differs", None, f"{VERDICTS}: {place}: {what}")
