"""The tables and charts of the disclosures report, made from its figures."""

from collections.abc import Sequence
from typing import Any

from projections.history.party_names import PartyNames
from projections.queries.disclosure_timeline import FACETS, ORDERS, DisclosureTimeline, Document, TimelineItem
from projections.queries.figures import escaped
from projections.reports.cells import Cells, counted, said, saying
from projections.reports.disclosures.figures import DETAILS, SPREAD, WITHIN
from projections.reports.model import NOT_RECORDED, Bar, Cell, Chart, Column, Section, Table
from projections.reports.wording import FACET_WORDS, begun, since

NOT_TOLD = "not yet disclosed"
"""Said of what no document has covered."""
YEARS = 10
"""How many years a chart shows."""
LONGEST = 10
"""How many of those that wait longest are named."""
SOON = 90
"""Within how many days something is disclosed soon, in the charts."""
WORDS = {ORDERS: "service order", FACETS: "facet"}

Rows = tuple[tuple[Cell, ...], ...]


def sections(
    cells: Cells, source: DisclosureTimeline, documents: Sequence[Document], prepared: Sequence[Any]
) -> tuple[Section, ...]:
    """Return the sections of the report in their order."""
    return (
        _overview(cells, source),
        _documents(cells, documents, prepared),
        _days(cells, source, ORDERS, "Service orders: days to disclosure"),
        _days(cells, source, FACETS, "Facets of engagements: days to disclosure"),
        _waiting(cells, source),
    )


def _overview(cells: Cells, source: DisclosureTimeline) -> Section:
    rows = [("Documents that disclosed", "/documents", False), ("Documents in preparation", "/prepared", False),
            ("Engagements to disclose", "/engagements", False)]  # fmt: skip
    for kind, label in ((ORDERS, "Service orders to disclose"), (FACETS, "Facets of engagements to disclose")):
        rows += [(label, f"/{kind}/all", False), ("disclosed", f"/{kind}/disclosed", True),
                 ("disclosed by a document from before they happened", f"/{kind}/ahead", True),
                 ("not yet disclosed", f"/{kind}/undisclosed", True),
                 ("whose day is not recorded", f"/{kind}/not_dated", True)]  # fmt: skip
    table = Table(
        "overview",
        "Disclosures in figures",
        (Column("What"), Column("Number", right=True)),
        tuple((Cell(label, indent=indent), cells.cell(pointer)) for label, pointer, indent in rows),
    )
    documents = counted(int(cells.number("/documents")), "document")
    bodies = counted(len(cells.names("bodies")), "body", "bodies")
    prose = (f"{documents} told {bodies} of engagements with third parties.", _told(cells, source))
    if not int(cells.number("/documents")):
        prose = ("No document is recorded that told any body of engagements with third parties.", _told(cells, source))
    return Section("overview", "Overview", prose, (table,))


def _told(cells: Cells, source: DisclosureTimeline) -> str:
    if not source.all:
        return "There is nothing to disclose: no engagement was signed."
    told = []
    for kind in (ORDERS, FACETS):
        whole, part = int(cells.number(f"/{kind}/all")), int(cells.number(f"/{kind}/disclosed"))
        if not whole:
            told.append(f"No {WORDS[kind]} is recorded.")
            continue
        were = "was" if part == 1 else "were"
        middle = f", after a median of {cells.cell(f'/{kind}/median').text} days" if _has_days(cells, kind) else ""
        told.append(f"Of {counted(whole, WORDS[kind])}, {part:,} {were} disclosed{middle}.")
    return " ".join(told)


def _has_days(cells: Cells, kind: str) -> bool:
    return f"/{kind}/median" in cells.known


def _documents(cells: Cells, documents: Sequence[Document], prepared: Sequence[Any]) -> Section:
    bodies = tuple(
        (Cell(body), *(cells.cell(f"/bodies/{escaped(body)}/{name}") for name in _COVERED))
        for body in cells.names("bodies")
    )
    counts = (Column("Engagements", right=True), Column("Facets", right=True), Column("Service orders", right=True))
    tables = (
        Table("bodies", "What each body was told", (Column("Body"), Column("Documents", right=True), *counts), bodies),
        Table(
            "documents",
            "Documents that disclosed",
            (Column("Body"), Column("Document"), Column("Published on"), Column("Shows"), *counts),
            tuple(_document(cells, one) for one in documents),
            note="What a document shows is the state on a date, as known at a position of the log.",
        ),
        Table(
            "corrected",
            "Documents that were corrected",
            (Column("Corrected on"), Column("Document"), Column("By"), Column("What was wrong"), Column("Shows")),
            tuple(
                (Cell(row.effective_on), Cell(one.symbol), Cell(row.correction), Cell(row.what), _shows(row))
                for one in documents
                for row in one.corrected
            ),
        ),
        Table(
            "prepared",
            "Documents in preparation",
            (Column("Body"), Column("Document"), Column("Title"), Column("Planned for")),
            tuple((Cell(row.body), Cell(row.document), said(row.title), said(row.planned_on)) for row in prepared),
        ),
    )  # fmt: skip
    return Section("documents", "Bodies and documents", (), tables)


_COVERED = ("documents", "engagements", FACETS, ORDERS)


def _document(cells: Cells, one: Document) -> tuple[Cell, ...]:
    place = f"/covered/{escaped(one.symbol)}"
    return (
        Cell(one.row.body),
        Cell(f"{one.symbol}: {one.row.title}" if one.row.title else one.symbol),
        Cell(one.row.effective_on),
        _shows(one.row),
        *(cells.cell(f"{place}/{name}") for name in _COVERED[1:]),
    )


def _shows(row: Any) -> Cell:
    return Cell(f"{row.as_of_on}, position {row.as_of_position:,}")


def _days(cells: Cells, source: DisclosureTimeline, kind: str, title: str) -> Section:
    found = source.of(kind)
    word = WORDS[kind]
    if not found:
        return Section(kind, title, (f"No {word} is recorded.",))
    happened = Table(
        f"{kind}_by_year_of_happening",
        f"By the year in which the {word} happened",
        (Column("Year"), Column("Number", right=True), Column("Not disclosed", right=True), *_SPREAD),
        tuple(_happened(cells, kind, year) for year in _years(cells, kind, "by_year_of_happening")),
        note=" ".join(
            filter(None, ("Days are of those that are disclosed; shares are of all.", _undated(cells, kind)))
        ),
    )
    published = Table(
        f"{kind}_by_year_of_publication",
        "By the year in which the document was published",
        (Column("Year"), Column("Number", right=True), Column("Days counted", right=True), *_SPREAD),
        tuple(_published(cells, kind, year) for year in _years(cells, kind, "by_year_of_publication")),
    )
    return Section(kind, title, (), (happened, published), (_chart(cells, kind),))


_SPREAD = (
    *(Column(f"{begun(name)} days", right=True) for name in SPREAD),
    *(Column(f"Within {most} days", right=True) for most in WITHIN),
)


def _undated(cells: Cells, kind: str) -> str:
    place = f"/{kind}/by_year_of_happening/{NOT_RECORDED}"
    if f"{place}/number" not in cells.known:
        return ""
    number, hidden = (cells.cell(f"{place}/{name}").text for name in ("number", "undisclosed"))
    return f"Of {number} more the day is {NOT_RECORDED}; {hidden} of them are not disclosed."


def _years(cells: Cells, kind: str, name: str) -> list[str]:
    """Return the years of a distribution, in their order."""
    start = f"/{kind}/{name}/"
    found = (pointer.removeprefix(start).split("/")[0] for pointer in cells.known if pointer.startswith(start))
    return [year for year in dict.fromkeys(found) if year != NOT_RECORDED]


def _happened(cells: Cells, kind: str, year: str) -> tuple[Cell, ...]:
    place = f"/{kind}/by_year_of_happening/{year}"
    shares = [cells.share(f"{place}/within_{most}", f"{place}/number") for most in WITHIN]
    return (Cell(year), cells.cell(f"{place}/number"), cells.cell(f"{place}/undisclosed"),
            *_spread(cells, place, NOT_TOLD), *shares)  # fmt: skip


def _published(cells: Cells, kind: str, year: str) -> tuple[Cell, ...]:
    place = f"/{kind}/by_year_of_publication/{year}"
    has_days = bool(cells.number(f"{place}/counted"))
    shares = [
        cells.share(f"{place}/within_{most}", f"{place}/counted") if has_days else Cell(NOT_RECORDED) for most in WITHIN
    ]
    return (Cell(year), cells.cell(f"{place}/number"), cells.cell(f"{place}/counted"),
            *_spread(cells, place, NOT_RECORDED), *shares)  # fmt: skip


def _spread(cells: Cells, place: str, otherwise: str) -> list[Cell]:
    return [cells.cell(f"{place}/{name}") if f"{place}/{name}" in cells.known else Cell(otherwise) for name in SPREAD]


def _chart(cells: Cells, kind: str) -> Chart:
    years = _years(cells, kind, "by_year_of_happening")[-YEARS:]
    bars = []
    for year in years:
        place = f"/{kind}/by_year_of_happening/{year}"
        names = ("number", "undisclosed", "ahead", f"within_{SOON}")
        whole, hidden, ahead, soon = (cells.number(f"{place}/{name}") for name in names)
        bars.append(Bar(year, (soon, whole - hidden - ahead - soon, hidden, ahead), ""))
    legend = (f"Disclosed within {SOON} days", "Disclosed later", "Not yet disclosed", "Covered before")
    told = f"How many {WORDS[kind]}s of each year were disclosed within {SOON} days, later, or not yet."
    title = f"{begun(WORDS[kind])}s by year in which they happened and by disclosure"
    return Chart("columns", title, tuple(bars), legend, told)


def _waiting(cells: Cells, source: DisclosureTimeline) -> Section:
    waiting = [one for one in source.all if one.disclosure is None and one.days is not None]
    waiting.sort(key=lambda one: (one.kind != ORDERS, one.facet.since, one.engagement, one.key))
    tables = []
    for kind in (ORDERS, FACETS):
        rows = tuple(
            (Cell(one.engagement), said(one.title), Cell(_what(one)), Cell(one.facet.since), Cell(one.recorded_on),
             cells.cell(_place(one, "since_happened")))
            for one in [one for one in waiting if one.kind == kind][:LONGEST]
        )  # fmt: skip
        columns = (
            Column("Engagement"), Column("Title"), Column("Not yet disclosed"), Column("Happened on"),
            Column("Recorded on"), Column("Days", right=True),
        )  # fmt: skip
        tables.append(Table(f"{kind}_waiting", f"{begun(WORDS[kind])}s that wait longest", columns, rows))
    prose = f"At the most {LONGEST} of each are named here, of those whose day is recorded; the annexes name all."
    return Section("waiting", "Not yet disclosed", (prose,), tuple(tables))


def _what(one: TimelineItem) -> str:
    return one.facet.number or FACET_WORDS[one.facet.facet]


def _place(one: TimelineItem, name: str) -> str:
    return f"/{DETAILS}/{escaped(one.engagement)}/{escaped(one.key)}/{name}"


def annexes(cells: Cells, source: DisclosureTimeline, name: PartyNames) -> tuple[Section, ...]:
    """Return the full lists: each service order, and each engagement with its facets."""
    orders = tuple(
        (Cell(one.engagement), Cell(one.facet.number), Cell(_subject(source, one, name)), *_when(cells, one))
        for one in source.of(ORDERS)
    )
    columns = (
        Column("Happened on"), Column("Recorded on"), Column("First disclosed on"), Column("In"),
        Column("Days", right=True), Column("Days since recorded", right=True),
    )  # fmt: skip
    facets: Rows = tuple(
        (Cell(alike[0].engagement), said(alike[0].title), saying(FACET_WORDS[one.facet.facet] for one in alike),
         *_when(cells, alike[0]))
        for alike in _alike(source.of(FACETS))
    )  # fmt: skip
    return (
        Section("every_order", "Every service order", (), (
            Table("every_order", "", (Column("Engagement"), Column("Order"), Column("Subject and vendor"), *columns),
                  orders),
        )),
        Section("every_facet", "Every engagement and its facets", (), (
            Table("every_facet", "", (Column("Engagement"), Column("Title"), Column("Facets"), *columns), facets),
        )),
    )  # fmt: skip


def _subject(source: DisclosureTimeline, one: TimelineItem, name: PartyNames) -> str:
    order = dict(source.content.orders_of[one.engagement])[one.facet.number]
    return f"{order.get('subject')} ({name(order.get('vendor') or '')})"


def _alike(tellings: Sequence[TimelineItem]) -> list[list[TimelineItem]]:
    """Return facets of one engagement that happened, were recorded and disclosed together as one."""
    found: dict[tuple[Any, ...], list[TimelineItem]] = {}
    for one in tellings:
        told = (one.disclosure.document, one.disclosure.disclosed_on) if one.disclosure else ()
        key = (one.engagement, one.facet.since, one.facet.dated, one.recorded_on, told)
        found.setdefault(key, []).append(one)
    return list(found.values())


def _when(cells: Cells, one: TimelineItem) -> tuple[Cell, ...]:
    told = one.disclosure
    return (
        since(one.facet.since, one.days),
        Cell(one.recorded_on),
        Cell(told.disclosed_on if told else NOT_TOLD),
        Cell(f"{told.document} ({told.body})" if told else "no document"),
        cells.cell(_place(one, "since_happened")) if one.days is not None else Cell(NOT_RECORDED),
        cells.cell(_place(one, "since_recorded")),
    )
