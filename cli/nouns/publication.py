"""Publishing a report: what its files say of themselves becomes the disclosure, and is shown before it is recorded."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from shlex import quote
from typing import TYPE_CHECKING, Any

from cli.output.files import bytes_of
from ledger.domain.disclosure.commands import CorrectDisclosure
from ledger.domain.disclosure.disclosure import AsOf, Coverage, DisclosureCorrected, DisclosureCovered
from ledger.domain.errors import USAGE, LedgerError
from ledger.domain.facets import FACETS
from ledger.tlog.encoding import encoded
from ledger.tlog.proof import root_at

if TYPE_CHECKING:
    from cli.options.as_of import View
    from ledger.application.ledger import Ledger
    from ledger.application.request import Request
    from ledger.domain.disclosure.disclosure import Disclosure
    from ledger.domain.kernel import Event
    from projections.reports.manifest import Manifest, ReportFile

MAX_REPORT = 1 << 28
"""Maximum size of a report in bytes."""
TAKEN = {"as_of_on": "--as-of-on", "as_of_position": "--as-of-position", "cover": "--cover"}
"""What a report says itself, by member of the command."""


class ReportSays(LedgerError):
    """An option says what the report says itself."""

    code = "report-says"
    exit = USAGE

    def __init__(self, option: str) -> None:
        """Refuse `option` together with a report."""
        super().__init__(f"The report says itself what {option} is to say.", f"Leave {option} out, or --report.")


class ReportsDiffer(LedgerError):
    """Several files are not forms of one report."""

    code = "reports-differ"
    exit = USAGE

    def __init__(self, one: str, other: str) -> None:
        """Refuse two files."""
        super().__init__(
            f"{one} and {other} do not disclose the same, as of the same date and position.",
            "Give the forms of one report, made by one version of the ledger as of one date and position.",
        )


class OtherLog(LedgerError):
    """A report was not made from this log: it has another root at the position that the report shows."""

    code = "other-log"

    def __init__(self, path: str, position: int) -> None:
        """Refuse the report at `path`."""
        super().__init__(
            f"{path} was not made from this ledger: the root of the log at position {position} is another one.",
            "Make the report again from this ledger, with 'ledger report'.",
        )


class IsCorrigendum(LedgerError):
    """A file is a corrigendum, and not what a command takes: a document, or the corrigendum to another one."""

    code = "is-corrigendum"
    exit = USAGE

    def __init__(self, path: str, corrects: str) -> None:
        """Refuse the file at `path`, which corrects the document `corrects`."""
        super().__init__(
            f"{path} is a corrigendum to {corrects}.",
            f"Record it with: ledger disclosure correct {quote(corrects)} SYMBOL --what TEXT --report {quote(path)}",
        )


def report_file(path: str) -> "ReportFile":
    """Return the report in a file. Raises CannotRead, NoManifest."""
    from projections.reports.manifest import read_report

    return read_report(path, bytes_of(path, MAX_REPORT))


def is_of_log(ledger: "Ledger", manifest: "Manifest") -> bool:
    """Return whether the log has the root that a report states, at its position."""
    position = manifest.as_of.known_at
    if not 0 < position <= ledger.store.head().size:
        return False
    return encoded(root_at(position, ledger.store)) == manifest.as_of.root


def published_documents(view: "View") -> "dict[str, Disclosure]":
    """Return the documents that were published, by symbol, as the view knows them."""
    streams = sorted(view.ledger.store.streams("disclosure"))
    states = {stream.partition("/")[2]: view.state(stream) for stream in streams}
    return {symbol: state for symbol, state in states.items() if state.published_on}


def published_as(documents: "Mapping[str, Disclosure]", sha256: str) -> tuple[str, str] | None:
    """Return the symbol as which a file was published, and a sentence on it; None if no document has the file.

    The symbol may be that of a correction.
    """
    for symbol, on, files in _editions(documents):
        if sha256 in files:
            of = f"file {files.index(sha256) + 1} of {len(files)}" if len(files) > 1 else "the file"
            return symbol, f"it is {of} that was published as {symbol} on {on}"
    return None


def _editions(documents: "Mapping[str, Disclosure]") -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield symbol, day and files of each document, and of each correction."""
    for symbol, document in documents.items():
        yield symbol, document.published_on, document.files
        for correction in document.corrections.values():
            yield correction.symbol, correction.on, correction.files


def from_reports(ledger: "Ledger", given: dict[str, Any], tag: str) -> dict[str, Any]:
    """Return the members of the command `tag`, those that reports say taken from the reports.

    What it covers may only be given where the reports cover nothing.
    Raises ReportSays, ReportsDiffer, OtherLog, IsCorrigendum.
    """
    files: tuple[ReportFile, ...] = given.get("files", ())
    if not files:
        return given
    first = files[0]
    for name, option in TAKEN.items():
        if name in given and (name != "cover" or first.manifest.discloses):
            raise ReportSays(option)
    corrects = given.get("document", "") if tag == CorrectDisclosure.tag() else ""
    for file in files:
        if file.manifest.corrects not in ("", corrects):
            raise IsCorrigendum(file.path, file.manifest.corrects)
        if (file.manifest.as_of, file.manifest.discloses) != (first.manifest.as_of, first.manifest.discloses):
            raise ReportsDiffer(first.path, file.path)
        if not is_of_log(ledger, file.manifest):
            raise OtherLog(file.path, file.manifest.as_of.known_at)
    as_of = first.manifest.shown
    taken: dict[str, Any] = {"as_of_on": as_of.on, "as_of_position": as_of.position}
    taken |= {"cover": first.manifest.discloses} if first.manifest.discloses else {}
    return given | taken | {"files": tuple(dict.fromkeys(file.sha256 for file in files))}


def rehearsed(ledger: "Ledger", request: "Request") -> "list[Event]":
    """Return the events that a request would record. Raises the error of the rule that refuses it."""
    events: list[Event] = []
    with ledger.recording(dry_run=True) as unit:
        receipt = unit.perform(request)
        if not receipt.repeated:
            events = [ledger.entry(receipt.first + number).event for number in range(receipt.count)]
    return events


def coverage_lines(events: "Iterable[Event]", state: "Disclosure") -> list[str]:
    """Return what events cover, counted, as lines for people; none if they cover nothing.

    `state` is that of the document after them.
    """
    engagements: dict[str, None] = {}
    facets: Counter[str] = Counter()
    orders: list[str] = []
    as_of: AsOf | None = state.as_of
    for event in events:
        if isinstance(event, (DisclosureCovered, DisclosureCorrected)):
            as_of = event.as_of if isinstance(event, DisclosureCorrected) else as_of
            for coverage in event.engagements:
                engagements[coverage.engagement] = None
                facets.update(coverage.facets)
                orders += [f"{coverage.engagement} {number}" for number in coverage.orders]
    if not engagements or as_of is None:
        return []
    head = f"it covers {_counted(len(engagements), 'engagement')} as of {as_of.on}, position {as_of.position}"
    lines = [f"{head}: {_some(engagements)}"]
    lines += [f"  {facet}: {_counted(facets[facet], 'engagement')}" for facet in FACETS if facets[facet]]
    return [*lines, *([f"  {_counted(len(orders), 'service order')}: {_some(orders)}"] if orders else [])]


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _some(names: Iterable[str], most: int = 6) -> str:
    """Return the first of the names, and how many more there are."""
    every = list(names)
    rest = f" and {len(every) - most:,} more" if len(every) > most else ""
    return ", ".join(every[:most]) + rest


def coverage_in(text: str) -> Iterator[Coverage]:
    """Yield the coverage that one word names; `@FILE` names a file with one in each line. Raises CannotRead."""
    if not text.startswith("@"):
        yield Coverage.parse(text)
        return
    for line in bytes_of(text[1:], MAX_REPORT).decode("utf-8-sig", "replace").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield Coverage.parse(line)
