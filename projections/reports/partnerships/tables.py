"""The tables and charts of the partnerships report."""

from decimal import Decimal

from projections.papers.charts import Bar, Chart
from projections.queries.figures import Figure, FigureTree, escaped, figure, find
from projections.reports.cells import FigureCells, printed, printed_text
from projections.reports.model import NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.partnerships.data import Agreement, Agreements


class PartnershipCells(FigureCells):
    """Cells of the partnerships report, with its data, its year and its currency."""

    def __init__(self, tree: FigureTree, source: Agreements, year: int) -> None:
        """Index the figures of `tree`."""
        super().__init__(tree)
        self.source = source
        self.year = year
        self.currency = source.currency
        self.money = source.currency.lower()


def sections(tree: FigureTree, source: Agreements, year: int) -> tuple[Section, ...]:
    """Return the sections of the report in their order."""
    cells = PartnershipCells(tree, source, year)
    return (
        _overview(cells),
        _classes(cells, "partners_by_type", "Partners by type"),
        _classes(cells, "partners_by_membership", "Partners by membership"),
        _top(cells),
        _groups(cells, "regions", "Agreements and contributions by region", "Region"),
        _groups(cells, "priorities", "Agreements and contributions by priority", "Priority"),
        _trend(cells),
    )


def _overview(cells: PartnershipCells) -> Section:
    money, total = cells.money, f"/total_{cells.money}"
    rows = (
        ("Agreements signed", cells.cell("/agreements"), Cell("")),
        ("of which with financial contributions", cells.cell("/agreements_with_contribution"),
         cells.share("/agreements_with_contribution", "/agreements")),
        ("Partners", cells.cell("/partners"), Cell("")),
        ("of which with financial contributions", cells.cell("/partners_with_contribution"),
         cells.share("/partners_with_contribution", "/partners")),
        (f"Signed contributions, {cells.currency}", cells.cell(total), Cell("")),
        (f"of which from partners, {cells.currency}", cells.cell(f"/partner_{money}"),
         cells.cell("/partner_share_percent")),
        (f"of which from the organization, {cells.currency}", cells.cell(f"/organization_{money}"),
         cells.cell("/organization_share_percent")),
    )  # fmt: skip
    table = Table(
        "overview",
        f"Agreements and contributions signed in {cells.year}",
        (Column("What"), Column("Number or amount", right=True), Column("Share", right=True)),
        tuple((Cell(label, indent=label.startswith("of which")), value, share) for label, value, share in rows),
    )
    payers = rows[-2:]
    parts = tuple(Decimal(str(value.plain)) for _, value, _ in payers)
    labels = tuple(f"{value.text} ({share.text})" for _, value, share in payers)
    chart = Chart(
        "share",
        f"Signed contributions by payer, {cells.year}, {cells.currency}",
        (Bar("", parts, printed(find(cells.tree, total)[1]), labels),),
        ("Partners", "The organization"),
        f"Share of partners and of the organization itself in the contributions signed in {cells.year}.",
    )
    agreements, partners = (find(cells.tree, name)[1].value for name in ("/agreements", "/partners"))
    money_text = f"{cells.currency} {printed(find(cells.tree, total)[1])}"
    were = "agreement was" if agreements == 1 else "agreements were"
    sentence = f"In {cells.year}, {agreements} {were} signed with {partners} partner{'' if partners == 1 else 's'}."
    prose = (f"{sentence} Contributions of {money_text} were signed.",)
    return Section("overview", "Overview", prose, (table,), (chart,))


def _classes(cells: PartnershipCells, key: str, title: str) -> Section:
    names = _ordered(cells, key, "")
    rows = tuple(
        (
            Cell(_class_name(name)),
            cells.cell(f"/{key}/{escaped(name)}"),
            cells.share(f"/{key}/{escaped(name)}", "/partners"),
        )
        for name in names
    )
    table = Table(
        key,
        f"{title}, {cells.year}",
        (
            Column(title.removeprefix("Partners by ").capitalize()),
            Column("Partners", right=True),
            Column("Share", right=True),
        ),
        rows,
        (Cell("Total"), cells.cell("/partners"), Cell("")),
        rounding_note([row[2] for row in rows]),
    )
    bars = tuple(Bar(row[0].text, (Decimal(str(row[1].plain)),), f"{row[1].text} ({row[2].text})") for row in rows)
    return Section(key, title, (), (table,), (Chart("bars", f"{title}, {cells.year}", bars, ("Partners",)),))


def _class_name(name: str) -> str:
    return "No membership" if name == "none" else name


def _ordered(cells: PartnershipCells, key: str, leaf: str) -> list[str]:
    return sorted(cells.names(key), key=lambda name: (-cells.number(f"/{key}/{escaped(name)}{leaf}"), name))


def _top(cells: PartnershipCells) -> Section:
    rows = tuple(
        (Cell(str(index + 1)), cells.cell(f"/top10/{index}/0"), cells.cell(f"/top10/{index}/1"),
         cells.share(f"/top10/{index}/1", f"/partner_{cells.money}"))
        for index in range(len(cells.names("top10")))
    )  # fmt: skip
    columns = (
        Column("Rank", right=True), Column("Partner"), Column(f"Signed, {cells.currency}", right=True),
        Column("Share of partners' money", right=True),
    )  # fmt: skip
    title = "Top ten financial partners"
    table = Table("top10", f"{title}, {cells.year}", columns, rows)
    bars = tuple(Bar(row[1].text, (Decimal(str(row[2].plain)),), f"{row[2].text} ({row[3].text})") for row in rows)
    chart = Chart("bars", f"{title}, {cells.year}, {cells.currency}", bars, ("Signed",))
    return Section("top10", title, (), (table,), (chart,))


def _groups(cells: PartnershipCells, key: str, title: str, head: str) -> Section:
    rows: list[tuple[Cell, ...]] = []
    for name in _ordered(cells, key, f"/{cells.money}"):
        place = f"/{key}/{escaped(name)}"
        count, amount = f"{place}/agreements", f"{place}/{cells.money}"
        rows.append(
            (Cell(name), cells.cell(count), cells.share(count, "/agreements"), cells.cell(amount),
             cells.share(amount, f"/total_{cells.money}"))
        )  # fmt: skip
    columns = (
        Column(head), Column("Agreements", right=True), Column("Share of agreements", right=True),
        Column(f"Signed, {cells.currency}", right=True), Column("Share of money", right=True),
    )  # fmt: skip
    total = (Cell("Total"), cells.cell("/agreements"), Cell(""), cells.cell(f"/total_{cells.money}"), Cell(""))
    several = "An agreement in several counts in each, so the shares of agreements add up to more than 100 per cent."
    whole = _counted(rows) == cells.number("/agreements")
    notes = (
        rounding_note([row[2] for row in rows], "of agreements") if whole else several,
        rounding_note([row[4] for row in rows], "of money"),
    )
    table = Table(key, f"{title}, {cells.year}", columns, tuple(rows), total, " ".join(filter(None, notes)))
    money = tuple(Bar(row[0].text, (Decimal(str(row[3].plain)),), f"{row[3].text} ({row[4].text})") for row in rows)
    count_bars = tuple(
        Bar(row[0].text, (Decimal(str(row[1].plain)),), f"{row[1].text} ({row[2].text})") for row in rows
    )
    charts = (
        Chart("bars", f"Agreements by {head.lower()}, {cells.year}", count_bars, ("Agreements",)),
        Chart("bars", f"Signed contributions by {head.lower()}, {cells.year}, {cells.currency}", money, ("Signed",)),
    )
    return Section(key, title, (), (table,), charts)


def _counted(rows: list[tuple[Cell, ...]]) -> Decimal:
    return sum((Decimal(str(row[1].plain)) for row in rows), Decimal(0))


def rounding_note(shares: list[Cell], of: str = "") -> str:
    """Return the note for shares that do not add up to 100.0, or an empty text.

    There is no note for a sum of 0 either: the shares of an empty whole are all 0.0.
    """
    total = sum((Decimal(str(cell.plain)) for cell in shares), Decimal(0))
    if total in (Decimal("100.0"), Decimal(0)):
        return ""
    return f"The shares {of + ' ' if of else ''}are rounded one by one and add up to {total} per cent."


def _trend(cells: PartnershipCells) -> Section:
    rows, bars = [], []
    for year in cells.names("trend"):
        agreements, partner, own = (
            cells.cell(f"/trend/{year}/{name}")
            for name in ("agreements", f"partner_{cells.money}", f"organization_{cells.money}")
        )
        both = figure(
            Decimal(str(partner.plain)) + Decimal(str(own.plain)),
            cells.currency,
            "sum",
            _entries(partner) + _entries(own),
        )
        rows.append((Cell(year), agreements, partner, own, Cell(printed(both), both)))
        parts = (Decimal(str(partner.plain)), Decimal(str(own.plain)))
        bars.append(Bar(year, parts, f"{agreements.text} agreement{'' if agreements.plain == 1 else 's'}"))
    columns = (
        Column("Year"), Column("Agreements", right=True), Column(f"Partners, {cells.currency}", right=True),
        Column(f"The organization, {cells.currency}", right=True), Column(f"Total, {cells.currency}", right=True),
    )  # fmt: skip
    years = " to ".join([cells.names("trend")[0], cells.names("trend")[-1]])
    table = Table("trend", f"Agreements and signed contributions, {years}", columns, tuple(rows))
    chart = Chart(
        "columns", f"Signed contributions, {years}, {cells.currency}", tuple(bars), ("Partners", "The organization")
    )
    return Section("trend", "Five-year trend", (), (table,), (chart,))


def _entries(cell: Cell) -> tuple[int, ...]:
    return cell.figure.entries if cell.figure else ()


def annexes(tree: FigureTree, source: Agreements, year: int) -> tuple[Section, ...]:
    """Return the full lists of agreements and of financial partners."""
    cells = PartnershipCells(tree, source, year)
    agreements = source.of(year)
    columns = (
        Column("Reference"), Column("Title"), Column("Partners"), Column("Region"), Column("Priority"),
        Column("Signed on"), Column("Period"), Column(f"Partners, {cells.currency}", right=True),
        Column(f"The organization, {cells.currency}", right=True),
    )  # fmt: skip
    listed = Table(
        "agreements",
        f"Agreements signed in {year}",
        columns,
        tuple(_agreement_row(cells, agreement) for agreement in agreements),
    )
    payers = source.payers(agreements)
    paid = _by_payer(agreements)
    financial = Table(
        "financial_partners",
        f"Financial partners, {year}",
        (Column("Partner"), Column("Type"), Column("Membership"), Column("Agreements", right=True),
         Column(f"Signed, {cells.currency}", right=True)),
        tuple(_payer_row(cells, paid[ref], ref, signed) for ref, signed in payers.items()),
        (Cell("Total"), Cell(""), Cell(""), Cell(""), cells.cell(f"/partner_{cells.money}")),
    )  # fmt: skip
    return (
        Section("agreements", "All agreements", (), (listed,)),
        Section("financial_partners", "All financial partners", (), (financial,)),
    )


def _agreement_row(cells: PartnershipCells, agreement: Agreement) -> tuple[Cell, ...]:
    engagement, source = agreement.engagement, cells.source
    period = [engagement.get("starts_on") or NOT_RECORDED, engagement.get("ends_on") or NOT_RECORDED]
    return (
        Cell(agreement.ref),
        Cell(engagement.get("title") or NOT_RECORDED),
        Cell("; ".join(source.name(ref) for ref in agreement.partners)),
        Cell(_shares(agreement, "regions")),
        Cell(_shares(agreement, "priorities")),
        Cell(agreement.signed_on),
        Cell(NOT_RECORDED if set(period) == {NOT_RECORDED} else " to ".join(period)),
        _committed(cells, agreement, organization=False),
        _committed(cells, agreement, organization=True),
    )


def _shares(agreement: Agreement, fact: str) -> str:
    pairs = agreement.engagement.pairs(fact)
    if len(pairs) == 1:
        return str(pairs[0][0])
    return "; ".join(f"{code} {Decimal(parts) / 10_000:f} %" for code, parts in pairs) or NOT_RECORDED


def _committed(cells: PartnershipCells, agreement: Agreement, *, organization: bool) -> Cell:
    if not any((amount.payer == "organization") is organization for amount in agreement.money):
        return Cell("none")
    total = cells.source.sum([agreement], organization=organization)
    return Cell(printed(total), total)


def _by_payer(agreements: list[Agreement]) -> dict[str, list[Agreement]]:
    by_payer: dict[str, list[Agreement]] = {}
    for agreement in agreements:
        for payer in {amount.payer for amount in agreement.money}:
            by_payer.setdefault(payer, []).append(agreement)
    return by_payer


def _payer_row(cells: PartnershipCells, agreements: list[Agreement], ref: str, signed: Figure) -> tuple[Cell, ...]:
    party = cells.source.parties.get(ref)
    count = cells.source.count(agreements)
    return (
        Cell(cells.source.name(ref)),
        Cell((party.get("type") if party else None) or NOT_RECORDED),
        Cell(_class_name((party.get("membership") if party else None) or NOT_RECORDED)),
        Cell(printed_text(count.value), count),
        Cell(printed(signed), signed),
    )
