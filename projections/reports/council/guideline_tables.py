"""Sections of the council report on guidelines: which are in force, and what they say of the engagements."""

from collections.abc import Iterator

from ledger.domain.guidelines.wording import differences
from projections.compliance.outcomes import LATE, NOT_MET, UNKNOWN, WAIVED
from projections.compliance.versions import Version
from projections.queries.figures import escaped
from projections.reports.cells import FigureCells, counted, list_cell, text_cell
from projections.reports.council.data import CouncilData
from projections.reports.council.guideline_figures import changes, in_force, repealed
from projections.reports.council.judgement import Judgement
from projections.reports.model import Cell, Column, Section, Table
from projections.reports.phrases import Quoted, capitalized
from projections.reports.verdict_words import COUNTED, case_words, member, required_by

MOST = 20
"""The most rows of a list of verdicts that the report shows without `--all`."""
GUIDELINES = (
    "Guidelines say what must be done, recorded or disclosed, and when. A case is judged by the version in force on its"
    " day; one that was recorded late binds from its day nevertheless."
)
COMPLIANCE = (
    "All engagements that the ledger has on the date of this report are judged, also those that were over before the"
    " period: what was left undone stays so. Each moment that a rule is about is a case of it. Where a rule does not"
    " apply, nothing is counted."
)
UNJUDGED = (
    "A fact that the source withholds, that was never assessed or that has no rate of exchange would decide these; they"
    " count neither as met nor as not met."
)
INFORMATION = (
    "What bodies and delegations asked for: requests that were made or answered in the period, or are open. The days"
    " run from the request to the answer, or to the date of this report."
)
Row = tuple[Cell, ...]


def guideline_sections(
    cells: FigureCells, source: CouncilData, judgement: Judgement, *, whole: bool
) -> tuple[Section, ...]:
    """Return the sections on guidelines, compliance, waivers and requests for information."""
    return (
        _guidelines(source, judgement),
        _compliance(cells, source, judgement),
        _breaches(cells, source, judgement, whole=whole),
        _unjudged(cells, source, judgement, whole=whole),
        _waivers(source, judgement),
        _information(cells, source),
    )


def _guidelines(source: CouncilData, judgement: Judgement) -> Section:
    chosen = in_force(source, judgement)
    versions = (
        Column("Guidelines"), Column("Title"), Column("Adopted by"), Column("Adopted on"), Column("In force on"),
        Column("Recorded on"), Column("On the date of this report"),
    )  # fmt: skip
    rows = tuple(
        _version(source, version, is_in_force=version in chosen)
        for version in judgement.versions.all()
        if version.guidelines.adopted_on <= source.on
    )
    columns = (Column("Guidelines"), Column("What"), Column("Before"), Column("Since then"))
    tables = (
        Table("guidelines", "Versions that were adopted", versions, rows),
        Table("guideline_changes", "What changed in the period", columns, tuple(_changed(source, judgement))),
    )
    return Section("guidelines", "Guidelines in force", (GUIDELINES,), tables)


def _version(source: CouncilData, version: Version, *, is_in_force: bool) -> Row:
    own = version.guidelines
    recorded_on = source.journal.recorded_on(version.entry)
    late = " (late: it binds from before)" if recorded_on > own.binds_from else ""
    if is_in_force:
        state = "in force"
    elif version.repealed_on:
        state = f"repealed on {version.repealed_on}"
    else:
        state = "not yet in force" if own.binds_from > source.on else "superseded"
    texts = (own.symbol, own.title, own.adopted_by, own.adopted_on, own.in_force_on, f"{recorded_on}{late}", state)
    return tuple(map(Cell, texts))


def _changed(source: CouncilData, judgement: Judgement) -> Iterator[Row]:
    for version, before in changes(source, judgement):
        label = f"{version.symbol}, from {version.guidelines.binds_from} on"
        if before is None:
            yield Cell(label), Cell(f"first version of {version.guidelines.set}"), Cell("nothing"), Cell("its rules")
            continue
        for what, old, new in differences(before.guidelines, version.guidelines):
            yield Cell(label), Cell(what), Cell(old or "nothing"), Cell(new or "nothing")
    for version in repealed(source, judgement):
        yield (
            Cell(f"{version.symbol}, from {version.repealed_on} on"),
            Cell("repealed"),
            Cell("its rules"),
            Cell("none"),
        )


def _compliance(cells: FigureCells, source: CouncilData, judgement: Judgement) -> Section:
    rules = [(version, rule) for version in judgement.shown_versions(source.on) for rule in version.guidelines.rules]
    rows = [
        (Cell(version.symbol), Cell(rule.id), Cell(Quoted(rule.title, f"rule {rule.id}")),
         *(cells.cell(f"/compliance/{escaped(version.symbol)}/{escaped(rule.id)}/{member(status)}")
           for status in COUNTED))
        for version, rule in rules
        if judgement.has_counted(version, rule)
    ]  # fmt: skip
    without = [f"{rule.id} ({version.symbol})" for version, rule in rules if not judgement.has_counted(version, rule)]
    total = (Cell("All"), Cell(""), Cell(""), *(cells.cell(f"/verdicts/{member(status)}") for status in COUNTED))
    columns = (
        Column("Guidelines"), Column("Rule"), Column("What it asks for"),
        *(Column(capitalized(status), right=True) for status in COUNTED),
    )  # fmt: skip
    note = f"Nothing to count by {'; '.join(without)}." if without else ""
    table = Table("compliance", "Verdicts by rule", columns, tuple(rows), total if rows else (), note)
    return Section("compliance", "Compliance at a glance", (COMPLIANCE,), (table,))


def _breaches(cells: FigureCells, source: CouncilData, judgement: Judgement, *, whole: bool) -> Section:
    verdicts = judgement.of(NOT_MET, LATE)
    shown = verdicts if whole else verdicts[:MOST]
    rows = tuple(
        (Cell(own.engagement), Cell(source.names(own.engagement)),
         Cell(f"{own.rule.title} ({own.rule.id}, {own.symbol})"), Cell(own.rule.severity),
         Cell(case_words(own.case)), Cell(own.status), Cell(required_by(own.status, own.due_on)),
         Cell(source.named(own.engagement, own.said)))
        for own in shown
    )  # fmt: skip
    columns = (
        Column("Engagement"), Column("Third parties"), Column("Rule"), Column("Severity"), Column("Case"),
        Column("Verdict"), Column("Required by"), Column("What was found"),
    )  # fmt: skip
    missed, late = (int(cells.number(f"/verdicts/{member(status)}")) for status in (NOT_MET, LATE))
    text = f"What was required is not there in {counted(missed, 'case')}; it came late in {counted(late, 'case')}."
    prose = (text, *_left_out(len(verdicts) - len(shown), "the gravest come first"))
    return Section(
        "breaches", "Not met and late", prose, (Table("breaches", "Verdicts, the gravest first", columns, rows),)
    )


def _left_out(number: int, order: str) -> tuple[str, ...]:
    if not number:
        return ()
    return (f"{number:,} more {'is' if number == 1 else 'are'} not listed: {order}, and --all lists all.",)


def _unjudged(cells: FigureCells, source: CouncilData, judgement: Judgement, *, whole: bool) -> Section:
    rules: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for own in sorted(judgement.of(UNKNOWN), key=lambda own: (own.engagement, own.case.on)):
        rules.setdefault((own.engagement, own.missing), []).append(f"{own.rule.id} ({own.symbol})")
    listed = list(rules.items()) if whole else list(rules.items())[:MOST]
    rows = tuple(
        (Cell(ref), Cell(source.names(ref)), list_cell(dict.fromkeys(own)),
         list_cell(source.named(ref, text) for text in missing))
        for (ref, missing), own in listed
    )  # fmt: skip
    columns = (Column("Engagement"), Column("Third parties"), Column("Rules"), Column("What is missing"))
    number = int(cells.number(f"/verdicts/{member(UNKNOWN)}"))
    text = f"{capitalized(counted(number, 'case'))} cannot be judged. {UNJUDGED}" if number else "All can be judged."
    prose = (text, *_left_out(len(rules) - len(listed), "the list is in order of engagements"))
    return Section(
        "unjudged",
        "What cannot be judged",
        prose,
        (Table("unjudged", "By engagement and missing fact", columns, rows),),
    )


def _waivers(source: CouncilData, judgement: Judgement) -> Section:
    counting: dict[int, list[str]] = {}
    for own in judgement.of(WAIVED):
        if own.waiver is not None:
            after = ", after the case" if own.waiver.afterwards else ""
            counting.setdefault(own.waiver.entry, []).append(f"{case_words(own.case)}{after}")
    rows = tuple(
        (Cell(row["engagement"]), Cell(row["rule"]), list_cell(counting.get(row["position"], ()), "none"),
         Cell(row["approved_by"]), Cell(row["on"]), Cell(row["until"] or "without end"), Cell(row["why"]),
         Cell(row["conditions"] or "none"))
        for row in source.waivers
    )  # fmt: skip
    columns = (
        Column("Engagement"), Column("Rule"), Column("Cases waived"), Column("By"), Column("Given on"),
        Column("Until"), Column("Why"), Column("Conditions"),
    )  # fmt: skip
    text = "An authority may allow that a rule is not kept. A waiver that was given after its case counts, and says so."
    return Section("waivers", "Waivers", (text,), (Table("waivers", "Waivers of rules", columns, rows),))


def _information(cells: FigureCells, source: CouncilData) -> Section:
    requests = sorted(source.requests, key=lambda request: (request.due_on, request.engagement, request.request))
    rows = tuple(
        (Cell(request.engagement), Cell(request.by), Cell(request.what), Cell(request.requested_on),
         Cell(request.due_on), Cell(request.provided_on or "open"), text_cell(request.document),
         cells.cell(f"/information/days/{escaped(request.engagement)}/{escaped(request.request)}"))
        for request in requests
    )  # fmt: skip
    columns = (
        Column("Engagement"), Column("Who asked"), Column("For what"), Column("Asked on"), Column("Due on"),
        Column("Answered on"), Column("In"), Column("Days", right=True),
    )  # fmt: skip
    if not requests:
        return Section("information", "Requests for information", (INFORMATION, "There were none."))
    asked, unanswered, late = (int(cells.number(f"/information/{name}")) for name in ("requests", "open", "late"))
    text = f"Of {counted(asked, 'request')}, {unanswered:,} {'is' if unanswered == 1 else 'are'} open."
    prose = (INFORMATION, f"{text} Of {late:,} the day by which it was due has passed, or had when the answer came.")
    return Section(
        "information", "Requests for information", prose, (Table("information", "Requests and answers", columns, rows),)
    )
