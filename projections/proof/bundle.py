"""The report files of a proof folder, which also holds the log (docs/proofs.md).

This module writes them. They are checked by `verify_report`, with the product, and by `verify_ledger.py`, with nothing
but Python.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from projections.proof.layout import document
from projections.proof.shipped_definitions import definition_bytes, definitions, document_bytes
from projections.queries.figures import Figure, ranges, walk
from projections.reports.model import Report

REPORT, FIGURES, DEFINITIONS, TEMPLATE = "report.md", "figures.json", "definitions.json", "policy.template"
FILES = (REPORT, FIGURES, DEFINITIONS, TEMPLATE)
"""The names of the report files in the folder."""
Witnessed = Literal["enough", "too few", "not asked"]
"""Whether enough witnesses cosigned the log by the policy of the report's author; readers use their own policy."""


class Prefix(NamedTuple):
    """What the report files state about the log: its origin, and whether it was witnessed."""

    origin: str
    witnessed: Witnessed


def files(report: Report, prefix: Prefix, stated: bytes | None = None) -> dict[str, bytes]:
    """Return the files of a report by name.

    `stated` replaces the file of the figures: a check prints the documents from the figures that a folder states.
    Raises KeyError for a report that cannot be proved.
    """
    defined = definitions(report.name)
    figures = {pointer: figure for pointer, figure in walk(report.figures) if is_proved(report, pointer)}
    stated = stated_figures(report, defined, figures, prefix.witnessed) if stated is None else stated
    known = _known(report, prefix, defined, stated)
    return {
        REPORT: document(defined["document"], figures, known).encode(),
        FIGURES: stated,
        DEFINITIONS: definition_bytes(report.name),
        TEMPLATE: document(defined["policy"], figures, known).encode(),
    }


def is_proved(report: Report, pointer: str) -> bool:
    """Return whether the definitions of a report give the figure at a pointer."""
    return pointer.split("/")[1] not in report.unproved


def stated_figures(
    report: Report, defined: Mapping[str, Any], figures: Mapping[str, Figure], witnessed: Witnessed
) -> bytes:
    """Return figures.json: each figure with its value, its unit, and the ranges of the entries behind it."""
    as_of = report.as_of
    return document_bytes(
        {
            "report": report.name,
            "parameters": {name: report.parameters[name] for name in defined["asked"]},
            "as_of": {"on": as_of.on, "known_at": as_of.known_at, "root": as_of.root},
            "witnessed": witnessed,
            "figures": dict(_stated(figures)),
        }
    )


def _stated(figures: Mapping[str, Figure]) -> Iterator[tuple[str, dict[str, Any]]]:
    for pointer, cited in figures.items():
        yield pointer, {"value": cited.plain, "unit": cited.unit, "entries": ranges(cited.entries)}


def _known(report: Report, prefix: Prefix, defined: Mapping[str, Any], stated: bytes) -> dict[str, Any]:
    currency, as_of = report.parameters["currency"], report.as_of
    return {
        **{name: report.parameters[name] for name in defined["asked"]},
        "on": as_of.on,
        "known_at": as_of.known_at,
        "root": as_of.root,
        "origin": prefix.origin,
        "organization": report.organization,
        "reporting": currency,
        "money": currency.lower(),
        "witnessed": defined["witnessed"][prefix.witnessed],
        "digest": hashlib.sha256(stated).hexdigest(),
        **{name: report.settings[setting] for name, (setting, _) in defined["in_force"].items()},
    }
