"""Step 21 of the procedure: the product checks that a report in a folder agrees with the log in the folder.

Two programs check a report, and they compute figures independently:

- This module restores the log into a new ledger, rebuilds its projections, and builds the report as `ledger report`
  does.
- verify_ledger.py folds the entries by the definitions, with nothing but Python.

One check uses the fold of verify_ledger.py here, too: whether the entries cited for a figure reproduce it. The report
builder cites all entries that it read, but fewer may be enough.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from ledger.application.ledger import Ledger
from ledger.application.open import open_ledger
from ledger.domain.dates import checked_date
from ledger.domain.errors import INTEGRITY, LedgerError
from ledger.files.safe_folder import Folder, UnsafePath
from ledger.maintenance.restore import restore
from ledger.replay.procedure import replay_entries
from ledger.stores.urls import url_of
from ledger.tlog.encoding import encoded
from ledger.tlog.policy import Policy
from ledger.tlog.proof import root_at
from ledger.transparency.adopted_definitions import adopted
from ledger.verify.bundle import BundleResult, entries_in, verify_bundle
from ledger.verify.findings import Finding
from projections.history.journal import Journal
from projections.proof.bundle import DEFINITIONS, FIGURES, FILES, REPORT, TEMPLATE, Prefix, files
from projections.proof.document_check import document_findings, has_documents, names_of_documents
from projections.proof.provenance_check import ProvenanceCheck
from projections.proof.shipped_definitions import definition_bytes, document_bytes
from projections.proof.verdicts import DIGEST as GUIDELINES_DIGEST
from projections.proof.verdicts import VERDICTS, differences, verdict_files
from projections.proof.verify_ledger import are_ranges
from projections.queries.asserted import BitemporalPoint
from projections.queries.bitemporal import Queries
from projections.queries.figures import walk
from projections.reports.model import Report
from projections.reports.registry import PROVABLE, REPORTS
from projections.runner.location import open_at
from projections.runner.place import Place

Progress = Callable[[int], None]
MAX_BYTES = 1 << 28
"""The largest accepted file of a report, in bytes."""
MAX_FOLDED = 200_000
"""How many entries are folded to check what figures cite, where the report cites others than this software does."""
OF_SIGNERS = {"no-quorum", "unknown-signer", "bad-signature", "revoked-key", "recorded-after-cosigned"}
"""Findings about signers: the report is compared with its log nevertheless."""
NAMED_ENTRIES = 3
"""How many of the entries that a figure leaves out, or names too many, a finding names."""
MALFORMED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""Exceptions that reading a malformed file of a report may raise."""


class OtherVersion(LedgerError):
    """A report was proved with definitions that this version of the software does not have."""

    code = "other-version"
    exit = INTEGRITY

    def __init__(self, report: str) -> None:
        """Say so of the definitions of `report`."""
        super().__init__(
            f"The log adopted these definitions of '{report}', but this version of the software has others.",
            "Check the report with the version of the software that has them. A program in the folder of a report is "
            "not to be trusted.",
        )


class ReportResult(NamedTuple):
    """The result: that of the log in the folder, the name of the report, and all findings."""

    log: BundleResult
    report: str | None
    findings: list[Finding]


def verify_report(
    folder: Path, policy: Policy, progress: Progress | None = None, house: Path | None = None
) -> ReportResult:
    """Check the folder of a report by a policy's keys; `house` is the folder of the form of its documents.

    Raises OtherVersion, OSError, DiskFull, BadHouse; ModuleNotFoundError if it has documents, and the libraries that
    they need are not installed.
    """
    ignored = (*FILES, VERDICTS, GUIDELINES_DIGEST, *names_of_documents(folder))
    log = verify_bundle(folder, policy=policy, progress=progress, ignored=ignored)
    findings = [*log.findings, *replay_entries(entries_in(folder, log.size))]
    report_files = _read_files(folder, findings)
    is_sound = log.stated is not None and all(finding.code in OF_SIGNERS for finding in findings)
    if report_files is None or not is_sound:
        what = f"{REPORT}: the log in the folder is not sound, or a file is missing"
        findings.append(Finding.of("report-not-checked", None, what))
        return ReportResult(log, None, findings)
    name = None
    try:
        stated, name = _parse_figures(report_files)
        with TemporaryDirectory(prefix="engagement-ledger-") as place:
            url = url_of(Path(place) / "ledger.db")
            restore(url, published=folder)
            ledger = open_ledger(url)
            try:
                projections = Place(Path(place) / "projections.db")
                comparison = _Comparison(ledger, projections, report_files, stated)
                comparison.has_documents = has_documents(folder)
                findings += comparison.findings()
                if comparison.tabled is not None:
                    findings += document_findings(folder, comparison.tabled, house, report_files[FIGURES])
            finally:
                ledger.close()
    except _BadReport as error:
        findings.append(Finding.of("bad-report", None, f"{error.name}: {error.why}"))
    return ReportResult(log, name, findings)


class _BadReport(Exception):
    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name, self.why = name, why


def _read_files(folder: Path, findings: list[Finding]) -> dict[str, bytes] | None:
    """Return the files of the report, or None if one is missing; each missing file is a finding (21)."""
    contents, source = {}, Folder(folder)
    optional = [name for name in (VERDICTS, GUIDELINES_DIGEST) if os.path.lexists(folder / name)]
    for name in (*FILES, *optional):
        try:
            data, why = source.read(name, MAX_BYTES), "there is no such file, or it is empty"
        except UnsafePath as error:
            data, why = None, error.why
        if data:
            contents[name] = data
        else:
            findings.append(Finding.of("missing-file", None, f"{name}: {why}"))
    return contents if len(contents) == len(FILES) + len(optional) else None


def _parse_figures(report_files: Mapping[str, bytes]) -> tuple[dict[str, Any], str]:
    """Return the content of figures.json and the name of the report. Raises _BadReport."""
    for name in (FIGURES, DEFINITIONS):
        try:
            value = json.loads(report_files[name])
            is_canonical = document_bytes(value) == report_files[name]
        except MALFORMED as error:
            raise _BadReport(name, f"it is not JSON: {error}") from error
        if not is_canonical:
            raise _BadReport(name, "it is not in its one written form")
    stated: Any = json.loads(report_files[FIGURES])
    members = {"report", "parameters", "as_of", "witnessed", "figures"}
    if not isinstance(stated, dict) or stated.keys() != members or not isinstance(stated["report"], str):
        raise _BadReport(FIGURES, f"it has not the members {', '.join(sorted(members))}")
    figures = stated["figures"].values() if isinstance(stated["figures"], dict) else [None]
    if not all(isinstance(figure, dict) and figure.keys() == {"value", "unit", "entries"} for figure in figures):
        raise _BadReport(FIGURES, "a figure has not the members value, unit and entries")
    return stated, stated["report"]


class _Comparison:
    """Compares the files of a report with those that the product builds from the log."""

    def __init__(
        self, ledger: Ledger, projections: Place, report_files: Mapping[str, bytes], stated: dict[str, Any]
    ) -> None:
        self.ledger, self.projections, self.report_files, self.stated = ledger, projections, report_files, stated
        self.size = ledger.store.head().size
        self._found: set[str] = set()
        """The figures of which a finding names the entries."""
        self.has_documents = False
        self.tabled: Report | None = None
        """The report with what only documents have, once it was built."""

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each difference (21). Raises _BadReport, OtherVersion."""
        if (finding := self._of_definitions()) is not None:
            yield finding
            return
        name = self.stated["report"]
        if name not in PROVABLE or self.report_files[DEFINITIONS] != definition_bytes(name):
            raise OtherVersion(name)
        try:
            report, verdicts = self._built()
            prefix = Prefix(self.ledger.origin, self.stated["witnessed"])
            rebuilt = json.loads(files(report, prefix)[FIGURES])
            printed = files(report, prefix, self.report_files[FIGURES])
        except (*MALFORMED, LedgerError) as error:
            reason = error.sentence if isinstance(error, LedgerError) else f"{type(error).__name__} {error}"
            raise _BadReport(FIGURES, f"it does not say of which log it is, as known when: {reason}") from error
        if rebuilt | {"figures": self.stated["figures"]} != self.stated:
            raise _BadReport(FIGURES, "its members are not those of a report")
        yield from self._of_figures(rebuilt, report)
        yield from differences(self.report_files, verdicts)
        for document in (REPORT, TEMPLATE):
            if self.report_files[document] != printed[document]:
                # Other entries may be cited, and give the figure too; but not in a document of another figures.json.
                yield from self._of_entries(rebuilt) if document == REPORT else ()
                line = _first_differing_line(self.report_files[document], printed[document])
                yield Finding.of("report-differs", None, f"{document}: line {line} is not what is printed")

    def _of_definitions(self) -> Finding | None:
        due = adopted(self.ledger, self.stated["report"], self.size)
        if hashlib.sha256(self.report_files[DEFINITIONS]).hexdigest() != due:
            what = "its SHA-256 is not the one that the log adopted"
            return Finding.of("other-definitions", None, f"{DEFINITIONS}: {what}")
        return None

    def _built(self) -> tuple[Report, dict[str, bytes]]:
        """Return the report, and the files of its verdicts."""
        as_of, parameters = self.stated["as_of"], self.stated["parameters"]
        on, known_at = checked_date(as_of["on"]), as_of["known_at"]
        if type(known_at) is not int or not 0 < known_at <= self.size:
            raise _BadReport(FIGURES, f"the log has no position {known_at}")
        if known_at != self.ledger.command_at(known_at)[-1]:
            raise _BadReport(FIGURES, f"position {known_at} is within a command: the log was never known so")
        root = encoded(root_at(known_at, self.ledger.store))
        if as_of != {"on": on, "known_at": known_at, "root": root}:
            raise _BadReport(FIGURES, f"at position {known_at} the root of the log is {root}")
        if "year" in parameters and type(parameters["year"]) is not int:
            raise _BadReport(FIGURES, "the year is no number")
        engine = open_at(self.projections, self.ledger)
        try:
            with engine.connect() as db:
                queries = Queries(db, BitemporalPoint(on, known_at))
                definition = REPORTS[self.stated["report"]]
                report = definition.build(queries, Journal(self.ledger, known_at), root, parameters)
                if self.has_documents:
                    self.tabled = report.for_documents()
                return report, verdict_files(queries, report)
        finally:
            engine.dispose()

    def _of_figures(self, rebuilt: dict[str, Any], report: Report) -> Iterator[Finding]:
        due, given = rebuilt["figures"], self.stated["figures"]
        provenance = ProvenanceCheck(self.ledger, json.loads(self.report_files[DEFINITIONS]), self.stated)
        folded = 0
        ranked = {pointer for pointer, built in walk(report.figures) if built.kind == "rank"}
        for pointer in sorted(due.keys() | given.keys()):
            figure, expected = given.get(pointer), due.get(pointer)
            if figure is None or expected is None or _value_text(figure) != _value_text(expected):
                what = f"it states {_value_text(figure)}, and the log gives {_value_text(expected)}"
                yield Finding.of("figure-differs", None, f"{FIGURES}{pointer}: {what}")
                continue
            cited = figure["entries"]
            if cited == expected["entries"] and type(cited) is list:
                continue
            if not are_ranges(cited, self.stated["as_of"]["known_at"]):
                what = "it names no ascending ranges of the log"
                yield Finding.of("provenance-differs", None, f"{FIGURES}{pointer}: {what}")
                continue
            folded += sum(last - first + 1 for first, last in cited)
            if folded > MAX_FOLDED:
                what = f"its figures name more than {MAX_FOLDED:,} entries: not all of them were folded"
                yield Finding.of("report-not-checked", None, f"{FIGURES}{pointer}: {what}")
                return
            if not provenance.is_reproduced(pointer, figure, is_ranked=pointer in ranked):
                what = f"the entries that it names do not give it; {self._cited_otherwise(cited, expected['entries'])}"
                yield Finding.of("provenance-differs", None, f"{FIGURES}{pointer}: {what}")
                self._found.add(pointer)

    def _of_entries(self, rebuilt: dict[str, Any]) -> Iterator[Finding]:
        """Yield a finding for each figure that names other entries than the log gives, and has none yet."""
        for pointer, expected in sorted(rebuilt["figures"].items()):
            figure = self.stated["figures"].get(pointer)
            if figure is None or pointer in self._found or figure["entries"] == expected["entries"]:
                continue
            if are_ranges(figure["entries"], self.stated["as_of"]["known_at"]):
                what = self._cited_otherwise(figure["entries"], expected["entries"])
                yield Finding.of("provenance-differs", None, f"{FIGURES}{pointer}: {what}")

    def _cited_otherwise(self, cited: list[list[int]], expected: list[list[int]]) -> str:
        """Return which entries are left out, and which are named too many."""
        given, due = (_positions(ranges) for ranges in (cited, expected))
        parts = (("it leaves out", due - given), ("it names too many:", given - due))
        found = [f"{words} {self._entries(positions)}" for words, positions in parts if positions]
        return "; ".join(found) or "it names the same entries in other ranges"

    def _entries(self, positions: set[int]) -> str:
        first = sorted(positions)[:NAMED_ENTRIES]
        more = f" and {len(positions) - len(first):,} more" if len(positions) > len(first) else ""
        entries = ((position, self.ledger.entry(position)) for position in first)
        named = (f"entry {position} ({entry.event.tag()} in {entry.stream})" for position, entry in entries)
        return f"{', '.join(named)}{more}"


def _positions(ranges: list[list[int]]) -> set[int]:
    return {position for first, last in ranges for position in range(first, last + 1)}


def _value_text(figure: dict[str, Any] | None) -> str:
    if figure is None:
        return "nothing"
    value, unit = figure["value"], figure["unit"]
    if type(value) not in (int, str) or type(unit) is not str:  # of any depth
        return "no number or text"
    return f"{value!r} {unit!r}"


def _first_differing_line(text: bytes, expected: bytes) -> int:
    pairs = enumerate(zip(text.split(b"\n"), expected.split(b"\n"), strict=False), start=1)
    shorter = min(text.count(b"\n"), expected.count(b"\n")) + 2
    return next((number for number, (first, second) in pairs if first != second), shorter)
