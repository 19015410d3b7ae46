"""The tables and charts of the disclosures report."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from projections.history.party_names import PartyNames
from projections.papers.charts import Bar, Chart
from projections.queries.disclosure.timeline import FACETS, ORDERS, DisclosureTimeline, Document, TimelineItem
from projections.queries.figures import escaped
from projections.reports.cells import FigureCells, counted, list_cell, text_cell
from projections.reports.disclosures.figures import DETAILS, SPREAD, WITHIN
from projections.reports.model import NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.phrases import Number, Phrase, Pointer, capitalized, joined, title
from projections.reports.wording import FACET_LABELS, since

NOT_YET_DISCLOSED = Phrase("not yet disclosed", "not-yet-disclosed")
"""Printed for an item that no document covers."""
DAYS_OF = Phrase("Days are of those that are disclosed; shares are of all.", "disclosures-days-of")
DOCUMENT_SHOWS = Phrase(
    "What a document shows is the state on a date, as known at a position of the log.", "disclosures-document-shows"
)
YEARS = 10
"""The number of years in a chart."""
LONGEST = 10
"""The number of items in each list of the longest waiting."""
SOON = 90
"""The limit in days for the first part of the bars in the charts."""
KIND_LABELS = {ORDERS: "service order", FACETS: "facet"}

Rows = tuple[tuple[Cell, ...], ...]


def sections(
    cells: FigureCells, source: DisclosureTimeline, documents: Sequence[Document], prepared: Sequence[Any]
) -> tuple[Section, ...]:
    """Return the sections of the report in their order."""
    return (
        _overview(cells, source),
        _documents(cells, documents, prepared),
        _days(cells, source, ORDERS, "Service orders: days to disclosure"),
        _days(cells, source, FACETS, "Facets of engagements: days to disclosure"),
        _waiting(cells, source),
    )


def _overview(cells: FigureCells, source: DisclosureTimeline) -> Section:
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
        tuple((Cell(title(label), indent=indent), cells.cell(pointer)) for label, pointer, indent in rows),
    )
    documents = counted(int(cells.number("/documents")), "document")
    bodies = counted(len(cells.names("bodies")), "body", "bodies")
    told = Phrase(
        f"{documents} told {bodies} of engagements with third parties.",
        "disclosures-told", number=len(cells.names("bodies")),
    )  # fmt: skip
    if not int(cells.number("/documents")):
        told = Phrase("No document is recorded that told any body of engagements with third parties.",
                      "disclosures-told-none")  # fmt: skip
    return Section("overview", "Overview", (told, _summary(cells, source)), (table,))


def _summary(cells: FigureCells, source: DisclosureTimeline) -> str:
    if not source.all:
        return Phrase("There is nothing to disclose: no engagement was signed.", "disclosures-nothing")
    sentences: list[str] = []
    for kind in (ORDERS, FACETS):
        whole, part = int(cells.number(f"/{kind}/all")), int(cells.number(f"/{kind}/disclosed"))
        if not whole:
            sentences.append(Phrase(f"No {KIND_LABELS[kind]} is recorded.", f"disclosures-no-{kind}"))
            continue
        were = "was" if part == 1 else "were"
        middle = f", after a median of {cells.cell(f'/{kind}/median').text} days" if _has_days(cells, kind) else ""
        median = Phrase(middle, "disclosures-median", at=Pointer(f"/{kind}/median")) if middle else ""
        text = f"Of {counted(whole, KIND_LABELS[kind])}, {part:,} {were} disclosed{middle}."
        sentences.append(Phrase(text, f"disclosures-of-{kind}", median=median))
    return joined(sentences, " ")


def _has_days(cells: FigureCells, kind: str) -> bool:
    return f"/{kind}/median" in cells.known


def _documents(cells: FigureCells, documents: Sequence[Document], prepared: Sequence[Any]) -> Section:
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
            tuple(_document(cells, document) for document in documents),
            note=DOCUMENT_SHOWS,
        ),
        Table(
            "corrected",
            "Documents that were corrected",
            (Column("Corrected on"), Column("Document"), Column("By"), Column("What was wrong"), Column("Shows")),
            tuple(
                (Cell(row.effective_on), Cell(document.symbol), Cell(row.correction), Cell(row.what), _shows(row))
                for document in documents
                for row in document.corrected
            ),
        ),
        Table(
            "prepared",
            "Documents in preparation",
            (Column("Body"), Column("Document"), Column("Title"), Column("Planned for")),
            tuple(
                (Cell(row.body), Cell(row.document), text_cell(row.title), text_cell(row.planned_on))
                for row in prepared
            ),
        ),
    )  # fmt: skip
    return Section("documents", "Bodies and documents", (), tables)


_COVERED = ("documents", "engagements", FACETS, ORDERS)


def _document(cells: FigureCells, document: Document) -> tuple[Cell, ...]:
    place = f"/covered/{escaped(document.symbol)}"
    return (
        Cell(document.row.body),
        Cell(f"{document.symbol}: {document.row.title}" if document.row.title else document.symbol),
        Cell(document.row.effective_on),
        _shows(document.row),
        *(cells.cell(f"{place}/{name}") for name in _COVERED[1:]),
    )


def _shows(row: Any) -> Cell:
    on, position = row.as_of_on, row.as_of_position
    return Cell(Phrase(f"{on}, position {position:,}", "shows-at", day=on, position=Number(Decimal(position), "count")))


def _days(cells: FigureCells, source: DisclosureTimeline, kind: str, heading: str) -> Section:
    items = source.of(kind)
    label = KIND_LABELS[kind]
    if not items:
        return Section(kind, heading, (Phrase(f"No {label} is recorded.", f"disclosures-no-{kind}"),))
    happened = Table(
        f"{kind}_by_year_of_happening",
        f"By the year in which the {label} happened",
        (Column("Year"), Column("Number", right=True), Column("Not disclosed", right=True), *_SPREAD),
        tuple(_happened(cells, kind, year) for year in _years(cells, kind, "by_year_of_happening")),
        note=joined(filter(None, (DAYS_OF, _undated(cells, kind))), " "),
    )
    published = Table(
        f"{kind}_by_year_of_publication",
        "By the year in which the document was published",
        (Column("Year"), Column("Number", right=True), Column("Days counted", right=True), *_SPREAD),
        tuple(_published(cells, kind, year) for year in _years(cells, kind, "by_year_of_publication")),
    )
    return Section(kind, heading, (), (happened, published), (_chart(cells, kind),))


_SPREAD = (
    *(Column(f"{capitalized(name)} days", right=True) for name in SPREAD),
    *(Column(f"Within {most} days", right=True) for most in WITHIN),
)


def _undated(cells: FigureCells, kind: str) -> str:
    place = f"/{kind}/by_year_of_happening/{NOT_RECORDED}"
    if f"{place}/number" not in cells.known:
        return ""
    number, undisclosed = (cells.cell(f"{place}/{name}").text for name in ("number", "undisclosed"))
    text = f"Of {number} more the day is {NOT_RECORDED}; {undisclosed} of them are not disclosed."
    at, hidden = Pointer(f"{place}/number"), Pointer(f"{place}/undisclosed")
    return Phrase(text, "disclosures-undated", at=at, hidden=hidden)


def _years(cells: FigureCells, kind: str, name: str) -> list[str]:
    """Return the years of a distribution, in order; `not recorded` is left out."""
    start = f"/{kind}/{name}/"
    years = (pointer.removeprefix(start).split("/")[0] for pointer in cells.known if pointer.startswith(start))
    return [year for year in dict.fromkeys(years) if year != NOT_RECORDED]


def _happened(cells: FigureCells, kind: str, year: str) -> tuple[Cell, ...]:
    place = f"/{kind}/by_year_of_happening/{year}"
    shares = [cells.share(f"{place}/within_{most}", f"{place}/number") for most in WITHIN]
    return (Cell(year), cells.cell(f"{place}/number"), cells.cell(f"{place}/undisclosed"),
            *_spread(cells, place, NOT_YET_DISCLOSED), *shares)  # fmt: skip


def _published(cells: FigureCells, kind: str, year: str) -> tuple[Cell, ...]:
    place = f"/{kind}/by_year_of_publication/{year}"
    has_days = bool(cells.number(f"{place}/counted"))
    shares = [
        cells.share(f"{place}/within_{most}", f"{place}/counted") if has_days else Cell(NOT_RECORDED) for most in WITHIN
    ]
    return (Cell(year), cells.cell(f"{place}/number"), cells.cell(f"{place}/counted"),
            *_spread(cells, place, NOT_RECORDED), *shares)  # fmt: skip


def _spread(cells: FigureCells, place: str, otherwise: str) -> list[Cell]:
    return [cells.cell(f"{place}/{name}") if f"{place}/{name}" in cells.known else Cell(otherwise) for name in SPREAD]


def _chart(cells: FigureCells, kind: str) -> Chart:
    years = _years(cells, kind, "by_year_of_happening")[-YEARS:]
    bars = []
    for year in years:
        place = f"/{kind}/by_year_of_happening/{year}"
        names = ("number", "undisclosed", "ahead", f"within_{SOON}")
        whole, hidden, ahead, soon = (cells.number(f"{place}/{name}") for name in names)
        bars.append(Bar(year, (soon, whole - hidden - ahead - soon, hidden, ahead), ""))
    legend = (f"Disclosed within {SOON} days", "Disclosed later", "Not yet disclosed", "Covered before")
    description = f"How many {KIND_LABELS[kind]}s of each year were disclosed within {SOON} days, later, or not yet."
    heading = f"{capitalized(KIND_LABELS[kind])}s by year in which they happened and by disclosure"
    return Chart("columns", heading, tuple(bars), legend, description)


def _waiting(cells: FigureCells, source: DisclosureTimeline) -> Section:
    waiting = [item for item in source.all if item.disclosure is None and item.days is not None]
    waiting.sort(key=lambda item: (item.kind != ORDERS, item.facet.since, item.engagement, item.key))
    tables = []
    for kind in (ORDERS, FACETS):
        rows = tuple(
            (Cell(item.engagement), text_cell(item.title), Cell(_what(item)), Cell(item.facet.since),
             Cell(item.recorded_on), cells.cell(_place(item, "since_happened")))
            for item in [item for item in waiting if item.kind == kind][:LONGEST]
        )  # fmt: skip
        columns = (
            Column("Engagement"), Column("Title"), Column("Not yet disclosed"), Column("Happened on"),
            Column("Recorded on"), Column("Days", right=True),
        )  # fmt: skip
        tables.append(Table(f"{kind}_waiting", f"{capitalized(KIND_LABELS[kind])}s that wait longest", columns, rows))
    text = f"At the most {LONGEST} of each are named here, of those whose day is recorded; the annexes name all."
    prose = Phrase(text, "disclosures-waiting", number=LONGEST)
    return Section("waiting", "Not yet disclosed", (prose,), tuple(tables))


def _what(item: TimelineItem) -> str:
    return item.facet.number or FACET_LABELS[item.facet.facet]


def _place(item: TimelineItem, name: str) -> str:
    return f"/{DETAILS}/{escaped(item.engagement)}/{escaped(item.key)}/{name}"


def annexes(cells: FigureCells, source: DisclosureTimeline, name: PartyNames) -> tuple[Section, ...]:
    """Return the full lists: every service order, and every engagement with its facets."""
    orders = tuple(
        (Cell(item.engagement), Cell(item.facet.number), Cell(_subject(source, item, name)), *_when(cells, item))
        for item in source.of(ORDERS)
    )
    columns = (
        Column("Happened on"), Column("Recorded on"), Column("First disclosed on"), Column("In"),
        Column("Days", right=True), Column("Days since recorded", right=True),
    )  # fmt: skip
    facets: Rows = tuple(
        (Cell(alike[0].engagement), text_cell(alike[0].title),
         list_cell(FACET_LABELS[item.facet.facet] for item in alike),
         *_when(cells, alike[0]))
        for alike in _grouped_facets(source.of(FACETS))
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


def _subject(source: DisclosureTimeline, item: TimelineItem, name: PartyNames) -> str:
    order = dict(source.content.orders_of[item.engagement])[item.facet.number]
    return f"{order.get('subject')} ({name(order.get('vendor') or '')})"


def _grouped_facets(items: Sequence[TimelineItem]) -> list[list[TimelineItem]]:
    """Group the facets of an engagement that have the same day, day of recording and disclosure."""
    groups: dict[tuple[Any, ...], list[TimelineItem]] = {}
    for item in items:
        disclosed = (item.disclosure.document, item.disclosure.disclosed_on) if item.disclosure else ()
        key = (item.engagement, item.facet.since, item.facet.dated, item.recorded_on, disclosed)
        groups.setdefault(key, []).append(item)
    return list(groups.values())


def _when(cells: FigureCells, item: TimelineItem) -> tuple[Cell, ...]:
    disclosed = item.disclosure
    return (
        since(item.facet.since, item.days),
        Cell(item.recorded_on),
        Cell(disclosed.disclosed_on if disclosed else NOT_YET_DISCLOSED),
        Cell(f"{disclosed.document} ({disclosed.body})" if disclosed else Phrase("no document", "no-document")),
        cells.cell(_place(item, "since_happened")) if item.days is not None else Cell(NOT_RECORDED),
        cells.cell(_place(item, "since_recorded")),
    )
