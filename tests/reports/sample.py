"""A report written by hand: the published figures of 2024, and names that could break a document.

The amounts and counts are those of the ITU document on ITU-D partnerships and resource mobilization (TDAG-25).
"""

from decimal import Decimal
from typing import Literal

from projections.papers.charts import Bar, Chart
from projections.queries.figures import Figure, FigureTree, find
from projections.reports.cells import printed
from projections.reports.model import (
    NOT_DISCLOSED,
    NOT_RECORDED,
    Cell,
    Column,
    Report,
    ReportAsOf,
    Section,
    Table,
)

SCRIPT = '<script>alert("1")</script> & Söhne'
PIPES = "Pipes | and *stars*, `ticks`, _lines_, [links](x) \\| ~~struck~~ &lt;b&gt;"
BROKEN = "First line\nsecond line | 中文"
FORMULA = "=HYPERLINK(A1)"
AUSTRALIA = (
    "Department of Infrastructure, Transport, Regional Development, Communications and the Arts, Australia, and every"
    " office, agency and successor of it that has ever been named in an exchange of letters"
)
COLOMBIA = "Ministerio de Tecnologías de la Información y las Comunicaciones, Colombia"
CHINESE = "国际电信联盟发展部门与区域信息通信技术能力建设伙伴关系联合工作组"
ARABIC = "الاتحاد الدولي للاتصالات"

PAID: tuple[tuple[str, str], ...] = (
    ("European Union represented by the European Commission", "19820000.00"),
    (AUSTRALIA, "650000.00"),
    (COLOMBIA, "430000.00"),
    (SCRIPT, "410000.00"),
    (PIPES, "370000.00"),
    (BROKEN, "1090000.00"),
    (CHINESE, "960000.00"),
    (ARABIC, "1820000.00"),
    (FORMULA, "1750000.00"),
    ("Zero", "0.00"),
)
TREND = {
    "2020": (42, "12400000.00", "3100000.00"),
    "2021": (72, "15600000.00", "3900000.00"),
    "2022": (75, "9000000.00", "1000000.00"),
    "2023": (88, "22200000.00", "2100000.00"),
    "2024": (89, "31100000.00", "2726190.48"),
}


def count(value: int, *entries: int) -> Figure:
    """Return a count."""
    return Figure(value, "count", "count", entries)


def usd(value: str, *entries: int) -> Figure:
    """Return a sum of United States dollars."""
    return Figure(Decimal(value), "USD", "sum", entries)


FIGURES: FigureTree = {
    "year": Figure(2024, "year", "parameter"),
    "agreements": count(89, *range(1, 90)),
    "total_usd": usd("33826190.48", *range(1, 54), 60, *range(70, 75)),
    "partner_usd": usd("31100000.00", *range(1, 50)),
    "organization_usd": usd("2726190.48", 50, 52, 60),
    "partner_share_percent": Figure(92, "percent", "ratio", (), ("/partner_usd", "/total_usd")),
    "organization_share_percent": Figure(8, "percent", "ratio", (), ("/organization_usd", "/total_usd")),
    "top": [[Figure(name, "text", "rank", (3, 4)), usd(amount, 3)] for name, amount in PAID],
    "regions": {"AFR / West~East": {"agreements": count(19, 5), "usd": usd("17142242.79", 5, 6)}},
    "trend": {
        year: {"agreements": count(number, 7), "partner_usd": usd(partner, 8), "organization_usd": usd(own, 9)}
        for year, (number, partner, own) in TREND.items()
    },
}


def cell(pointer: str) -> Cell:
    """Return the cell of a figure of the sample."""
    figures, value = find(FIGURES, pointer)
    return Cell(printed(value), value, figures)


def share(text: str, part: str, whole: str) -> Cell:
    """Return the cell of a share, which is not a member of the figures."""
    return Cell(f"{text} %", Figure(Decimal(text), "percent", "ratio", (), (part, whole)))


def chart(kind: Literal["bars", "columns", "share"], title: str, *bars: Bar, legend: tuple[str, ...] = ()) -> Chart:
    """Return a chart."""
    return Chart(kind, title, bars, legend, f"What {title} shows.")


def _overview() -> Section:
    rows = (
        (Cell("Agreements signed"), cell("/agreements"), Cell("")),
        (Cell("From partners, USD"), cell("/partner_usd"), cell("/partner_share_percent")),
        (Cell("From the organization, USD"), cell("/organization_usd"), cell("/organization_share_percent")),
        (Cell("Received, USD"), Cell(NOT_RECORDED), Cell("")),
        (Cell("Outsourced, USD"), Cell(NOT_DISCLOSED), Cell("")),
    )
    columns = (Column("What"), Column("Amount", right=True), Column("Share", right=True))
    total = (Cell("Total, USD"), cell("/total_usd"), Cell(""))
    money = (Decimal("31100000.00"), Decimal("2726190.48"))
    labels = ("31,100,000.00 (92 %)", "2,726,190.48 (8 %)")
    bar = Bar("", money, "33,826,190.48", labels)
    return Section(
        "overview",
        "Overview",
        ("1. In 2024, 89 agreements were signed.", f"# Named: {SCRIPT}"),
        (Table("overview", "Agreements and contributions", columns, rows, total, "Amounts are signed, not received."),),
        (chart("share", "Signed contributions by payer", bar, legend=("Partners", "The organization")),),
    )


def _top() -> Section:
    rows = tuple(
        (
            Cell(str(index + 1)),
            cell(f"/top/{index}/0"),
            cell(f"/top/{index}/1"),
            share("1.2", f"/top/{index}/1", "/partner_usd"),
        )
        for index in range(len(PAID))
    )
    columns = (
        Column("Rank", right=True),
        Column("Partner"),
        Column("Signed | USD", right=True),
        Column("Share", right=True),
    )
    bars = [Bar(row[1].text, (Decimal(str(row[2].plain)),), row[2].text) for row in rows]
    bars.append(Bar("Nobody was told", (), NOT_DISCLOSED))
    shown = chart("bars", "Financial partners", *bars, legend=("Signed",))
    return Section("top", "Financial partners", (), (Table("top", "Financial partners", columns, rows),), (shown,))


def _trend() -> Section:
    bars = [
        Bar(year, (Decimal(partner), Decimal(own)), f"{number} agreements")
        for year, (number, partner, own) in TREND.items()
    ]
    rows = tuple(
        (Cell(year), *(cell(f"/trend/{year}/{name}") for name in ("agreements", "partner_usd", "organization_usd")))
        for year in TREND
    )
    columns = (Column("Year"), *(Column(title, right=True) for title in ("Agreements", "Partners", "The organization")))
    shown = chart("columns", "Five years", *bars, legend=("Partners", "The organization"))
    return Section("trend", "Trend", (), (Table("trend", "Five years", columns, rows),), (shown,))


def _regions() -> Section:
    row = (
        Cell("AFR / West~East"),
        cell("/regions/AFR ~1 West~0East/agreements"),
        cell("/regions/AFR ~1 West~0East/usd"),
    )
    columns = (Column("Region"), Column("Agreements", right=True), Column("USD", right=True))
    return Section(
        "regions", "Regions", (), (Table("regions", "Regions", columns, (row,)),), (chart("bars", "Nothing yet"),)
    )


def _annex() -> Section:
    columns = tuple(Column(title) for title in ("Reference", "Title", "Partners", "Region", "Signed on", "Period"))
    row = tuple(map(Cell, ("-2024-001", PIPES, f"{ARABIC}; {CHINESE}", NOT_RECORDED, "2024-02-29", NOT_RECORDED)))
    empty = Table("cancelled", "Cancelled agreements", columns, ())
    return Section("agreements", "All agreements", (), (Table("agreements", "Agreements", columns, (row,)), empty))


SAMPLE = Report(
    name="partnerships",
    title="Partnerships 2024 </style><b>",
    subtitle="Agreements signed from 1 January to 31 December 2024",
    organization="International Telecommunication Union",
    parameters={"year": 2024, "currency": "USD"},
    as_of=ReportAsOf("2025-05-12", 704, "q83vEjRWeJASNFZ4kBI0VniQEjRWeJASNFZ4kBI0Vng="),
    version="0.1.0",
    figures=FIGURES,
    sections=(_overview(), _top(), _regions(), _trend()),
    annexes=(_annex(),),
    method=("An agreement counts if it was signed in the year.", "Shares are rounded half up."),
    notes=("3 commitments have no rate to USD and are not in the sums.",),
)
