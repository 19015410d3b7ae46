"""A paper written by hand: every kind of run and block, and names that could break a document (illustrative)."""

from decimal import Decimal

from projections.papers.layout import Layout, Terms, laid_out
from projections.papers.model import (
    Box,
    Column,
    Grid,
    Line,
    Masthead,
    Named,
    Noted,
    Paper,
    Paragraph,
    Part,
    Picture,
    Printed,
    Referred,
    Row,
    Words,
)
from projections.papers.numbers import NumberStyle
from projections.queries.figures import Figure, figure

ENGLISH = NumberStyle(
    language="en",
    group=",",
    decimal=".",
    percent="per cent",
    percent_in_tables="%",
    million=("million", "million"),
    words=("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
)
TERMS = Terms("Table", "Figure", "Annex", "table", "figure", "annex", "section", "Total")

HOSTILE = (
    "=1+1",
    '#panic("x")',
    "<script>alert(1)</script>",
    "*x* _y_ `z` $x$ @cite // comment /* more */ \\ ~",
    "a|b",
    "x" * 200,
    "A name with & and \"quotes\" and 'apostrophes'",
    "شركة المثال للتقنية",
    "长桥市示例科技有限公司",
    "ООО «Пример»",
    "มหาวิทยาลัยตัวอย่าง",
)
"""Names that a renderer must print as they are, or refuse by name where no font has their characters."""

TYPES = (("Governmental entities", 32, "43.8"), ("UN organizations", 15, "20.5"), ("Academia", 6, "8.2"))
YEARS = ((2022, 9_000_000, 1_000_000), (2023, 22_200_000, 2_100_000), (2024, 31_140_000, 2_726_190))


def words(text: str) -> Line:
    """Return a line of words."""
    return (Words(text),)


def printed(pointer: str, text: str, value: int | Decimal | str, unit: str) -> Line:
    """Return a line of one value."""
    return (Printed(pointer, text, value, unit),)


def figures() -> dict[str, Figure]:
    """Return the figures that the paper names."""
    known = {
        "/agreements": figure(89, "count", "count", range(1, 90)),
        "/partners": figure(53, "count", "distinct", [7]),
    }
    known["/total_usd"] = figure(Decimal("33826190.48"), "USD", "sum", [3, 4, 5, 9])
    known["/share"] = Figure(92, "percent", "ratio", (), ("/partner_usd", "/total_usd"))
    known |= {f"/types/{name}": figure(count, "count", "count", [11, 12]) for name, count, _ in TYPES}
    for year, partners, own in YEARS:
        known[f"/trend/{year}/partner_usd"] = figure(Decimal(partners), "USD", "sum", [21])
        known[f"/trend/{year}/own_usd"] = figure(Decimal(own), "USD", "sum", [22])
    return known


def types_grid() -> Grid:
    """Return a table with a total, shares, and a note."""
    columns = (
        Column("type", words("Type")),
        Column("partners", words("Partners"), "count"),
        Column("share", words("Share"), "percent", "per cent"),
    )
    rows = tuple(
        Row(
            (
                words(name),
                printed(f"/types/{name}", str(count), count, "count"),
                printed("", share, Decimal(share), "percent"),
            )
        )
        for name, count, share in TYPES
    )
    total = Row((words("Total"), printed("/partners", "53", 53, "count"), ()))
    note = words("The shares are rounded one by one and add up to 72.5 per cent.")
    return Grid("types", words("Partners by type, 2024"), columns, rows, total, (note,))


def trend_grid() -> Grid:
    """Return a table of amounts by year."""
    columns = (
        Column("year", words("Year"), "reference"),
        Column("partners", words("Partners"), "money", "USD"),
        Column("own", words("The organization"), "money", "USD"),
    )
    rows = tuple(
        Row(
            (
                words(str(year)),
                printed(f"/trend/{year}/partner_usd", f"{partners:,}", Decimal(partners), "USD"),
                printed(f"/trend/{year}/own_usd", f"{own:,}", Decimal(own), "USD"),
            )
        )
        for year, partners, own in YEARS
    )
    return Grid("trend", words("Signed contributions, 2022–2024"), columns, rows)


def names_grid(count: int = 60) -> Grid:
    """Return a wide table with hostile names, days, rows that break down the one above, and absent amounts."""
    columns = (
        Column("ref", words("Reference"), "reference"),
        Column("title", words("Title")),
        Column("parties", words("Partners")),
        Column("region", words("Region")),
        Column("priority", words("Priority")),
        Column("on", words("Signed on"), "day"),
        Column("amount", words("Partners"), "money", "USD"),
        Column("own", words("The organization"), "money", "USD"),
    )
    rows = tuple(
        Row(
            (
                words(f"BDT-2024-{index:03}"),
                words(f"Partnership agreement {index}"),
                (Named(HOSTILE[index % len(HOSTILE)]), Words("; "), Named("Example Institute")),
                words("Multi regions"),
                words("Enabling policy and regulatory environment"),
                printed("", "29\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2024", "2024-01-29", "day"),
                printed("", "560,000.00", Decimal("560000.00"), "USD") if index % 3 else words("not disclosed"),
                printed("", "-1.50", Decimal("-1.50"), "USD") if index % 5 == 0 else words(".."),
            ),
            level=index % 7 == 6,
        )
        for index in range(count)
    )
    notes = (words(".. Not recorded."), words("Names are printed as recorded."))
    return Grid("agreements", words("Agreements signed in 2024"), columns, rows, None, notes, wide=True)


def _masthead() -> Masthead:
    return Masthead(
        "Example Organisation",
        "Telecommunication Development Advisory Group",
        "32nd meeting, Geneva, 12–16 May 2025",
        "TDAG-25/5-E",
        "2 May 2025",
        "Original: English",
        "General",
        "Agenda item 5",
        "Director of the Bureau",
        words("Partnerships and resource mobilization 2024"),
    )


def _trend() -> Part:
    return Part(
        "below-2",
        words("Trend"),
        (
            Paragraph("trend", words("The money rose.")),
            trend_grid(),
            Picture(
                "trend-chart",
                "trend",
                "columns",
                words("Signed contributions, 2022–2024, USD million"),
                "year",
                ("partners", "own"),
            ),
            Picture(
                "share-chart",
                "types-share",
                "share",
                words("Share"),
                "type",
                ("partners",),
                ("partners", "share"),
            ),
        ),
    )


def _hostile() -> Line:
    names = (run for name in HOSTILE for run in (Named(name), Words(", ")))
    return (Words("Names: "), *names, Words("and no more."))


def paper(*, language: str = "en", count: int = 60) -> Paper:
    """Return the paper."""
    known = figures()
    note: Line = (Words("The full list is in document TDAG25/INF/1, with "), Named("=1+1"), Words("."))
    signed: Line = (
        Words("In 2024, "),
        Printed("/agreements", "89", 89, "count"),
        Words(" agreements were signed, totalling approximately "),
        Printed("/total_usd", "USD\N{NO-BREAK SPACE}33.8\N{NO-BREAK SPACE}million", Decimal("33826190.48"), "USD"),
        Words(", with "),
        Printed("/share", "92\N{NO-BREAK SPACE}per\N{NO-BREAK SPACE}cent", 92, "percent"),
        Words(" contributed by partners."),
        Noted(note),
    )
    seen: Line = (
        Words("They are shown in "),
        Referred("types"),
        Words(" and "),
        Referred("types-chart"),
        Words(", and in "),
        Referred("all"),
        Words("."),
    )
    parts = (
        Part(
            "background", words("Background"), (Paragraph("background", words("The Conference asked for a report.")),)
        ),
        Part(
            "results",
            words("Results in 2024"),
            (
                Paragraph("signed", signed),
                Paragraph(
                    "seen", seen, (words("the first, by type;"), (Words("the second, by "), Named("a|b"), Words(".")))
                ),
                types_grid(),
                Picture(
                    "types-chart",
                    "types",
                    "bars",
                    words("Partners by type, 2024"),
                    "type",
                    ("partners",),
                    ("partners", "share"),
                ),
                Part("below-1", words("Names"), (Paragraph("hostile", _hostile()),)),
                _trend(),
            ),
        ),
    )
    boxes = (
        Box("Summary", (*signed[:4], Words("."))),
        Box("Action required", words("TDAG is invited to note this document.")),
        Box("References", words("Resolution 17 (Rev. Kigali, 2022); TDAG25/INF/1")),
    )
    annex = Part("all", words("Agreements signed in 2024"), (names_grid(count),))
    return Paper(
        "partnerships",
        language,
        "2025-05-02",
        "ltr",
        _masthead(),
        boxes,
        _with_share(parts),
        (annex,),
        "As of 31 December 2024, position 711, root b3M9fyzYe9OU…",
        known,
        {"report": "partnerships", "parameters": {"year": 2024}},
    )


def _with_share(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    # The share is drawn of a table of its own part.
    results = parts[1]
    trend = results.blocks[-1]
    assert isinstance(trend, Part)
    grid = types_grid()
    own = Grid("types-share", words("Partners, once more"), grid.columns, grid.rows, grid.total)
    blocks = (*trend.blocks[:-1], own, trend.blocks[-1])
    results = Part(results.key, results.title, (*results.blocks[:-1], Part(trend.key, trend.title, blocks)))
    return (parts[0], results)


def layout(*, count: int = 60) -> Layout:
    """Return the paper laid out in English."""
    return laid_out(paper(count=count), TERMS, ENGLISH)
