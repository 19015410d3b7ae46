"""The document on partnerships: background, results of the year, partners, contributions, trend, way forward."""

from decimal import Decimal

from projections.papers.model import Block, Line, Paper, Paragraph, Part, Picture
from projections.queries.figures import escaped
from projections.reports.documents.composing import ColumnPlan, Composer, reference

FULL_LISTS = {"agreements": "partnerships-agreements-title", "financial_partners": "partnerships-financial-title"}
"""The long lists of the report, with the message of their titles: annexes, or information documents."""


class PartnershipsPaper:
    """The parts of the document, made by one composer."""

    def __init__(self, composer: Composer) -> None:
        """Take the year and the currency of the report."""
        self.composer = composer
        self.say = composer.say
        self.line = composer.line
        parameters = composer.report.parameters
        self.year = int(parameters["year"])
        self.currency = str(parameters["currency"])
        money = self.currency.lower()
        self.total = f"/total_{money}"
        self.partner_money = f"/partner_{money}"
        self.agreements = int(composer.figures["/agreements"].value)

    def paper(self, where: dict[str, Line], annexed: tuple[str, ...]) -> Paper:
        """Return the document; `where` says where each long list stands, `annexed` are those that it has itself."""
        title = self.title()
        summary = self.line(
            "partnerships-summary",
            partners=self.line("partnerships-partners"),
            money=self.line("partnerships-contributions", total=self.total),
        )
        parts = [self._background()]
        if self.agreements:
            parts += [self._results(where), self._membership(), self._money(where), *self._groups()]
        else:
            parts.append(self._part("results", "partnerships-results-title", self._signed(where)))
        if any(self._trend_years()):
            parts.append(self._trend())
        if way := self.composer.written("way-forward"):
            parts.append(self._part("way-forward", "partnerships-way-forward-title", *way))
        parts.append(self.composer.check("partnerships-check-title"))
        return self.composer.paper(title, summary, parts, [self.listed(key) for key in annexed])

    def title(self) -> Line:
        """Return the title: that of the house, if it has one."""
        own = self.composer.own_title(year=self.year)
        return own or self.line("partnerships-title", year=str(self.year))

    def information(self, key: str) -> Paper:
        """Return the information document with a long list."""
        listed = self.listed(key)
        return self.composer.paper(listed.title, (), [listed])

    def listed(self, key: str) -> Part:
        """Return the part with a long list."""
        currency = self.currency
        plans = {
            "agreements": (
                ColumnPlan("reference", "reference", 0),
                ColumnPlan("title", "words", 1),
                ColumnPlan("partners", "words", 2),
                ColumnPlan("region", "words", 3),
                ColumnPlan("priority", "words", 4),
                ColumnPlan("signed-on", "day", 5),
                ColumnPlan("period", "words", 6),
                ColumnPlan("money-partners", "money", 7, currency),
                ColumnPlan("money-organization", "money", 8, currency),
            ),
            "financial_partners": (
                ColumnPlan("partner", "words", 0),
                ColumnPlan("type", "words", 1),
                ColumnPlan("membership", "words", 2),
                ColumnPlan("agreements", "count", 3),
                ColumnPlan("signed", "money", 4, currency),
            ),
        }
        title = self.line(FULL_LISTS[key], year=str(self.year))
        if not self.composer.tables[key].rows:
            return Part(f"list-{key}", title, (self.say("nothing-there"),))
        grid = self.composer.grid(key, title, plans[key], wide=key == "agreements")
        return Part(f"list-{key}", title, (grid,))

    def _part(self, key: str, title: str, *blocks: Paragraph | Part) -> Part:
        return Part(key, self.line(title, year=str(self.year)), blocks)

    def _background(self) -> Part:
        written = self.composer.written("background")
        return self._part(
            "background", "partnerships-background-title", *(written or (self.say("partnerships-background"),))
        )

    def _signed(self, where: dict[str, Line]) -> Paragraph:
        message = "partnerships-one-of-which" if self.agreements == 1 else "partnerships-of-which"
        note = self.line("partnerships-full-list", where=where["agreements"]) if self.agreements else ()
        return self.say("partnerships-signed", money=self.line(message, total=self.total), note=note)

    def _results(self, where: dict[str, Line]) -> Part:
        key, title = "partners_by_type", self.line("partnerships-by-type", year=str(self.year))
        columns = (
            ColumnPlan("type", "words", 0),
            ColumnPlan("partners", "count", 1),
            ColumnPlan("share", "percent", 2, self.composer.percent),
        )
        grid = self.composer.grid(key, title, columns, notes=self.composer.shares_note(key, 2))
        chart = Picture(f"{key}-chart", key, "bars", title, "type", ("partners",), ("partners", "share"))
        notes = tuple(Paragraph("note", line) for line in self._notes())
        return Part(
            "results",
            self.line("partnerships-results-title", year=str(self.year)),
            (self._signed(where), *notes, self.say("partnerships-types"), grid, chart),
        )

    def _notes(self) -> tuple[Line, ...]:
        left_out, undated = (self.composer.report.left_out.get(name, 0) for name in ("no-rate", "undated"))
        lines = []
        if left_out:
            lines.append(self.line("partnerships-left-out", number=left_out, currency=self.currency))
        if undated:
            lines.append(self.line("partnerships-undated", number=undated))
        return tuple(lines)

    def _membership(self) -> Part:
        key, title = "partners_by_membership", self.line("partnerships-by-membership", year=str(self.year))
        columns = (
            ColumnPlan("membership", "words", 0),
            ColumnPlan("partners", "count", 1),
            ColumnPlan("share", "percent", 2, self.composer.percent),
        )
        grid = self.composer.grid(key, title, columns, notes=self.composer.shares_note(key, 2))
        chart = Picture(f"{key}-chart", key, "bars", title, "membership", ("partners",), ("partners", "share"))
        heading = self.line("partnerships-membership-title")
        return Part("membership", heading, (self.say("partnerships-membership"), grid, chart))

    def _money(self, where: dict[str, Line]) -> Part:
        heading = self.line("partnerships-money-title")
        several = self.line(
            "partnerships-top-several", partner_money=self.partner_money, where=where["financial_partners"]
        )
        top = self.say("partnerships-top", partner_money=self.partner_money, several=several)
        if not self.composer.tables["top10"].rows:
            return Part("money", heading, (top,))
        columns = (
            ColumnPlan("rank", "count", 0),
            ColumnPlan("partner", "words", 1),
            ColumnPlan("signed", "money", 2, self.currency),
            ColumnPlan("share", "percent", 3, self.composer.percent),
        )
        title = self.line("partnerships-top-title", year=str(self.year))
        grid = self.composer.grid("top10", title, columns)
        chart = Picture("top10-chart", "top10", "bars", title, "partner", ("signed",), ("signed", "share"))
        return Part("money", heading, (top, grid, chart, *self._money_by_type()))

    def _money_by_type(self) -> tuple[Block, ...]:
        key, title = "money_by_type", self.line("partnerships-money-by-type", year=str(self.year))
        columns = (
            ColumnPlan("type", "words", 0),
            ColumnPlan("signed", "money", 1, self.currency),
            ColumnPlan("share", "percent", 2, self.composer.percent),
        )
        places = {kind: f"/{key}/{escaped(kind)}" for kind in self.composer.members(key)}
        rows = [
            (
                tuple(self.composer.runs(kind)),
                self.composer.figure(f"{place}/{self.currency.lower()}"),
                self.composer.figure(f"{place}/share"),
            )
            for kind, place in places.items()
        ]
        whole = sum(Decimal(self.composer.figures[f"{place}/share"].value) for place in places.values())
        printed = self.composer.messages.style.plain(whole)
        notes = () if whole == Decimal("100.0") else (self.line("rounding", sum=printed),)
        return (self.say("partnerships-money-types"), self.composer.figures_grid(key, title, columns, rows, notes))

    def _groups(self) -> list[Part]:
        parts = []
        for key, column in (("regions", "region"), ("priorities", "priority")):
            if not self.composer.tables[key].rows:
                continue
            columns = (
                ColumnPlan(column, "words", 0),
                ColumnPlan("agreements", "count", 1),
                ColumnPlan("share-of-agreements", "percent", 2, self.composer.percent),
                ColumnPlan("signed", "money", 3, self.currency),
                ColumnPlan("share-of-money", "percent", 4, self.composer.percent),
            )
            title = self.line(f"partnerships-by-{column}", year=str(self.year))
            grid = self.composer.grid(key, title, columns, notes=self._group_notes(key))
            drawn = self.line(f"partnerships-{column}-chart", year=str(self.year), currency=self.currency)
            chart = Picture(f"{key}-chart", key, "bars", drawn, column, ("signed",), ("signed", "share-of-money"))
            heading = self.line(f"partnerships-{key}-title")
            parts.append(Part(key, heading, (self.say(f"partnerships-{key}"), grid, chart)))
        return parts

    def _group_notes(self, key: str) -> tuple[Line, ...]:
        rows = self.composer.tables[key].rows
        whole = sum(int(row[1].plain) for row in rows) == self.agreements
        what = [self.composer.text(f"{name}-in-note") for name in ("agreements", "money")]
        first = self.composer.shares_note(key, 2, what[0]) if whole else (self.line("partnerships-several"),)
        return (*first, *self.composer.shares_note(key, 4, what[1]))

    def _trend_years(self) -> list[int]:
        figures = self.composer.figures
        return [int(figures[f"/trend/{year}/agreements"].value) for year in self.composer.members("trend")]

    def _trend(self) -> Part:
        years = self.composer.members("trend")
        columns = (
            ColumnPlan("year", "reference", 0),
            ColumnPlan("agreements", "count", 1),
            ColumnPlan("money-partners", "money", 2, self.currency),
            ColumnPlan("money-organization", "money", 3, self.currency),
            ColumnPlan("money-total", "money", 4, self.currency),
        )
        grid = self.composer.grid("trend", self.line("partnerships-by-year", since=years[0], until=years[-1]), columns)
        drawn = self.line("partnerships-trend-chart", since=years[0], until=years[-1], currency=self.currency)
        chart = Picture("trend-chart", "trend", "columns", drawn, "year", ("money-partners", "money-organization"))
        first, last = (f"/trend/{year}/agreements" for year in (years[0], years[-1]))
        said = self.say("partnerships-trend", first=first, last=last, since=years[0])
        return Part("trend", self.line("partnerships-trend-title"), (said, grid, chart))


def papers(composer: Composer) -> tuple[Paper, ...]:
    """Return the document, and an information document for each long list that the house puts apart."""
    made = PartnershipsPaper(composer)
    apart = composer.lists_apart(FULL_LISTS)
    where = {key: reference(f"list-{key}") for key in FULL_LISTS}
    where |= {key: composer.apart(number) for number, key in enumerate(apart, 1)}
    main = made.paper(where, tuple(key for key in FULL_LISTS if key not in apart))
    return (main, *(composer.as_information(made.information(key), number) for number, key in enumerate(apart, 1)))
