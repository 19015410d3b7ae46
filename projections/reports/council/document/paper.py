"""The document to the Council: the findings of the report in sentences, and in an annex engagements one by one."""

from collections.abc import Sequence

from projections.papers.model import Block, Line, Paper, Paragraph, Part, Picture, Words
from projections.queries.figures import escaped
from projections.reports.council.document.columns import COLUMNS, SHORTER
from projections.reports.council.document.individual_annex import in_full, individual_annex
from projections.reports.documents.composing import ColumnPlan, Composer
from projections.reports.model import NOT_RECORDED, Cell
from projections.reports.wording import FACET_LABELS

LISTS = {
    "register": ("council-register-title", ("engagements",)),
    "individual": ("council-individual-list-title", ()),
    "disclosure": ("council-disclosure-list-title", ("undisclosed_orders", "all_undisclosed")),
    "changes": ("council-changes-list-title", ("changed",)),
    "findings": ("council-findings-list-title", ("findings_open", "findings_assessed")),
}
"""The long lists that a house may put into information documents: their title, and the tables of the report."""
TOLD_FIRST = tuple(FACET_LABELS[facet] for facet in ("parties", "duration", "financials"))
"""The changes that the body names: of parties, ends and amounts."""
COMPARED = ("engagements", "individually", "orders", "undisclosed")
"""What is compared with an earlier period."""
END = "end"
"""What stands for a duration of which the end alone has changed."""
FEW = 5
"""More conflicts that were settled or declared are counted here, and listed elsewhere."""
ITSELF = "itself"
"""What stands for the name of a party that is in the column before, too."""
OVERDUE = ("review", "outcome", "action", "screening")


class CouncilPaper:
    """The parts of the document, made by one composer."""

    def __init__(self, composer: Composer, apart: Sequence[str]) -> None:
        """Take the period; `apart` are the lists that have information documents, in their order."""
        self.composer = composer
        self.say = composer.say
        self.line = composer.line
        parameters = composer.report.parameters
        self.since, self.until = str(parameters["from"]), str(parameters["to"])
        self.currency = str(parameters["currency"])
        self.apart = {key: composer.apart(number) for number, key in enumerate(apart, 1)}
        setting = composer.report.settings.get("governing-body", "")
        is_any = setting == "any body" or not setting
        body = composer.house.named(setting, composer.language)
        self.told = self.line("told-any") if is_any else self.line("told-body", body=body)
        self.untold = self.line("untold-any") if is_any else self.told
        self.has_guidelines = "/guidelines/in_force" in composer.figures

    def paper(self) -> Paper:
        """Return the document."""
        title = self.composer.own_title(period=self._period_text()) or self.line(
            "council-title", since=self.since, until=self.until
        )
        parts = [self._introduction(), self._findings(), self._compared()]
        if int(self.composer.figures["/engagements"].value):
            parts.append(self._kinds())
        parts += [self._disclosure(), self._changes()]
        if self.has_guidelines:
            parts.append(self._compliance())
        parts += [self._outcomes(), self._conflicts()]
        if way := self.composer.written("way-forward"):
            parts.append(Part("way-forward", self.line("council-way-forward-title"), way))
        parts.append(self.composer.check("council-check-title"))
        annex = individual_annex(self.composer, self._where("individual"))
        return self.composer.paper(title, self._summary(), parts, (annex,))

    def _where(self, key: str) -> Line:
        return self.apart.get(key) or self.line("in-page")

    def _period_text(self) -> str:
        style = self.composer.messages.style
        return f"{style.day(self.since)}{self.composer.text('to-day')}{style.day(self.until)}"

    def _summary(self) -> Line:
        return self.line(
            "council-summary",
            engagements=self.line("council-summary-engagements"),
            individual=self.line("council-summary-individual"),
            orders=self._orders(),
            since=self.since,
            until=self.until,
        )

    def _orders(self) -> Line:
        return self.line("council-orders", told=self.told, untold=self.untold)

    def _introduction(self) -> Part:
        asked = self.say(
            "council-introduction",
            on=self.composer.report.as_of.on,
            told=self.told,
            body=self.composer.body_name,
            since=self.since,
            until=self.until,
        )
        symbols = self._symbols()
        chosen = self.say("council-by-guidelines", symbols=symbols) if symbols else self.say("council-as-assessed")
        title = self.line("council-introduction-title")
        return Part("introduction", title, (asked, *self.composer.written("background"), chosen))

    def _symbols(self) -> str:
        return ", ".join(self.composer.report.guidelines)

    def _findings(self) -> Part:
        parties, signed = self.line("council-parties"), self.line("council-signed")
        items: list[Block] = [self.say("council-in-force", parties=parties, signed=signed)]
        basis = self.line("council-basis-guidelines" if self._symbols() else "council-basis-assessed")
        items.append(self.say("council-individual", basis=basis, recorded=self._recorded()))
        if self._symbols():
            items.append(self.say("council-assessed"))
        items.append(Paragraph("council-orders", self._orders()))
        columns = (
            ColumnPlan("measure", "words", 0),
            ColumnPlan("in-period", "money", 1, self.currency),
            ColumnPlan("to-date", "money", 2, self.currency),
        )
        rows = [
            (self.line(f"measure-{measure}"), *(self._moved(measure, name) for name in ("in_period", "to_date")))
            for measure in self.composer.members("money_by_measure")
        ]
        if rows:
            title = self.line("council-money-title")
            items.append(self.say("council-money", currency=self.currency))
            items.append(self.composer.figures_grid("money_by_measure", title, columns, rows, self._money_notes()))
        else:
            items.append(self.say("council-no-money", currency=self.currency))
        return Part("findings", self.line("council-findings-title"), tuple(items))

    def _recorded(self) -> Line:
        recorded = self.line("council-recorded")
        missing = self.line("council-not-known") if "/materiality/not_known" in self.composer.figures else ()
        return (*recorded, Words(" "), *missing) if missing else recorded

    def _moved(self, measure: str, name: str) -> Line:
        return self.composer.figure(f"/money_by_measure/{measure}/{name}")

    def _money_notes(self) -> tuple[Line, ...]:
        number = self.composer.report.left_out.get("no-rate", 0)
        left = (self.line("council-left-out", number=number, currency=self.currency),) if number else ()
        return (self.line("council-money-note"), *left)

    def _compared(self) -> Part:
        """Return the part that says how it stood a period before, and in the last document of the body."""
        periods = self.composer.members("compared")
        columns = (ColumnPlan("measure", "words", 0), *(ColumnPlan(f"compared-{name}", "count", 1) for name in periods))
        rows = [
            (
                self.line(f"compared-{measure}"),
                *(self.composer.figure(f"/compared/{name}/{measure}") for name in periods),
            )
            for measure in COMPARED
        ]
        since, until = (str(self.composer.figures[f"/compared/before/{name}"].value) for name in ("from", "to"))
        last = self.line("council-no-last")
        if "last" in periods:
            last = self.line("council-last", on=str(self.composer.figures["/compared/last/on"].value))
        said = self.say("council-compared", since=since, until=until, last=last)
        grid = self.composer.figures_grid("compared", self.line("council-compared-title"), columns, rows)
        return Part("compared", self.line("council-compared-title"), (said, grid))

    def _kinds(self) -> Part:
        columns = (
            ColumnPlan("kind", "words", 0),
            ColumnPlan("in-force", "count", 1),
            ColumnPlan("individually", "count", 2),
        )
        rows = [
            (
                tuple(self.composer.runs(kind)),
                self.composer.figure(f"/by_kind/{escaped(kind)}"),
                self._individually(kind),
            )
            for kind in self.composer.members("by_kind")
        ]
        title = self.line("council-kinds-table")
        grid = self.composer.figures_grid("by_kind", title, columns, rows)
        chart = Picture("by_kind-chart", "by_kind", "bars", title, "kind", ("in-force",), ("in-force",))
        return Part("kinds", self.line("council-kinds-title"), (self.say("council-kinds"), grid, chart))

    def _individually(self, kind: str) -> Line:
        pointer = f"/individually/by_kind/{escaped(kind)}"
        return self.composer.figure(pointer) if pointer in self.composer.figures else self.line("none")

    def _first(
        self, table: str, title: str, where: str, given: Sequence[Sequence[Cell]] | None = None
    ) -> tuple[Line, tuple[Block, ...]]:
        """Return the sentence that says where the rows of a table stand, and the table with the first of them."""
        rows = len(self.composer.tables[table].rows)
        if not rows:
            return (), ()
        named = self.composer.form.named
        columns = SHORTER.get(table) or COLUMNS[table]
        grid = self.composer.grid(table, self.line(title), columns, first=named if rows > named else None, rows=given)
        if rows <= named:
            return self.line("council-shown", table=table), (grid,)
        return self.line("council-first-shown", number=named, table=table, where=self._where(where)), (grid,)

    def _disclosure(self) -> Part:
        shown, orders = self._first("undisclosed_orders", "council-orders-table", "disclosure")
        blocks: list[Block] = [self.say("council-undisclosed", shown=shown), *orders]
        if withheld := len(self.composer.tables["withheld"].rows):
            blocks.append(self.say("council-withheld", number=withheld))
        if self.composer.tables["undisclosed_facets"].rows:
            blocks.append(self.say("council-facets"))
            title = self.line("council-facets-table")
            blocks.append(self.composer.grid("undisclosed_facets", title, COLUMNS["undisclosed_facets"]))
        return Part("disclosure", self.line("council-disclosure-title"), tuple(blocks))

    def _changes(self) -> Part:
        shown, changes = self._first("changed", "council-changes-table", "changes")
        chosen = self._changes_told_first()
        named = self.composer.form.named
        if chosen and len(self.composer.tables["changed"].rows) > named:
            columns, title = COLUMNS["changed"], self.line("council-changes-first-table")
            chosen = [_shorter(row) for row in chosen]
            changes = (self.composer.grid("changed", title, columns, first=named, rows=chosen),)
            given = {"number": min(named, len(chosen)), "where": self._where("changes")}
            shown = self.line("council-changes-first", table="changed", **given)
        said = self.line("council-changed")
        paragraph = Paragraph("council-changed", (*said, Words(" "), *shown) if shown else said)
        return Part("changes", self.line("council-changes-title"), (paragraph, *changes))

    def _changes_told_first(self) -> list[Sequence[Cell]]:
        refs = {engagement.ref for engagement in self.composer.report.in_short()}
        rows = self.composer.tables["changed"].rows
        chosen = [row for row in rows if row[0].text in refs and row[1].text in TOLD_FIRST]
        return sorted(chosen, key=lambda row: TOLD_FIRST.index(row[1].text))

    def _compliance(self) -> Part:
        late = self.line("council-late")
        verdicts = self.line("council-verdicts", late=late)
        blocks: list[Block] = [self.say("council-guidelines", symbols=self._symbols(), verdicts=verdicts)]
        blocks.append(self.say("council-waivers", several=self.line("council-waivers-several")))
        if self.composer.tables["compliance"].rows:
            title = self.line("council-compliance-table")
            blocks.append(self.composer.grid("compliance", title, COLUMNS["compliance"]))
        return Part("compliance", self.line("council-compliance-title"), tuple(blocks))

    def _outcomes(self) -> Part:
        columns = (ColumnPlan("what", "words", 0), ColumnPlan("number", "count", 1))
        rows = [(self.line(f"overdue-{kind}"), self.composer.figure(f"/overdue/{kind}")) for kind in OVERDUE]
        is_late = any(int(self.composer.figures[f"/overdue/{kind}"].value) for kind in OVERDUE)
        late = self.line("council-late-shown" if is_late else "council-nothing-late")
        blocks: list[Block] = [self.say("council-outcomes", late=late)]
        if is_late:
            title = self.line("council-overdue-table")
            blocks.append(self.composer.figures_grid("overdue-counts", title, columns, rows))
        if self.composer.tables["risks"].rows:
            blocks.append(self.say("council-risks"))
            blocks.append(self.composer.grid("risks", self.line("council-risks-table"), COLUMNS["risks"]))
        return Part("outcomes", self.line("council-outcomes-title"), tuple(blocks))

    def _conflicts(self) -> Part:
        shown, listed = self._first("conflicts_open", "council-conflicts-table", "conflicts", self._pairs("open"))
        blocks: list[Block] = [self.say("council-conflicts", shown=shown), *listed]
        if assessed := self._pairs("assessed"):
            rows = [(*row[:4], *_outcome(row[4])) for row in assessed]
            shown, listed = self._few("conflicts_assessed", "council-conflicts-assessed-table", rows)
            blocks += [self.say("council-conflicts-assessed", shown=shown), *listed]
        if "conflicts_declared" in self.composer.tables:
            declared = self.composer.tables["conflicts_declared"].rows
            shown, listed = self._few("conflicts_declared", "council-conflicts-declared-table", declared)
            blocks += [self.say("council-conflicts-declared", number=len(declared), shown=shown), *listed]
        if "/findings/all/open" in self.composer.figures:
            where = self.apart.get("findings")
            elsewhere = self.line("council-controls-listed", where=where) if where else ()
            blocks.append(self.say("council-controls", listed=elsewhere))
        return Part("conflicts", self.line("council-conflicts-title"), (*blocks, self.say("council-corrections")))

    def _few(self, table: str, title: str, rows: Sequence[Sequence[Cell]]) -> tuple[Line, tuple[Block, ...]]:
        """Return the sentence that says where settled conflicts stand, and their table if they are few."""
        if len(rows) > FEW:
            return self.line("council-all-elsewhere", where=self._where("conflicts")), ()
        return self._first(table, title, "conflicts", rows)

    def _pairs(self, state: str) -> list[Sequence[Cell]]:
        """Return the conflicts of a state; a party that gives to who pays it is named once."""
        rows = self.composer.tables[f"conflicts_{state}"].rows
        return [(row[0], row[1], Cell(ITSELF) if row[1] == row[2] else row[2], *row[3:]) for row in rows]

    def information(self, key: str) -> Paper:
        """Return the information document with a long list."""
        title, tables = LISTS[key]
        heading = self.line(title)
        if key == "individual" and self.composer.report.in_short():
            return self.composer.paper(heading, (), [Part(f"list-{key}", heading, (in_full(self.composer),))])
        blocks = tuple(
            self.composer.grid(table, heading, self._columns(table), wide=len(COLUMNS[table]) > 5)
            for table in tables
            if table in self.composer.tables and self.composer.tables[table].rows
        )
        part = Part(f"list-{key}", heading, blocks or (self.say("nothing-there"),))
        return self.composer.paper(heading, (), [part])

    def _columns(self, table: str) -> tuple[ColumnPlan, ...]:
        """Return the columns of a table; that of what is substantial names the guidelines if they decide."""
        by = "material-by-guidelines" if self._symbols() else "material"
        return tuple(plan._replace(key=by) if plan.key == "material" else plan for plan in COLUMNS[table])


def _outcome(cell: Cell) -> tuple[Cell, Cell]:
    """Return the outcome of an assessment, and the measures taken, which the report has in one cell."""
    outcome, _, measures = cell.text.partition(": ")
    return Cell(outcome), Cell(measures or NOT_RECORDED)


def _shorter(row: Sequence[Cell]) -> Sequence[Cell]:
    """Return a change with the symbol of the document only, and of a duration that begins as before only its end."""
    ref, what, told, was, now = row
    symbol = Cell(told.text.partition(", ")[0])
    (began, _, ended), (begins, to, ends) = (cell.text.partition(" to ") for cell in (was, now))
    if to and began == begins and what.text == FACET_LABELS["duration"]:
        return ref, Cell(END), symbol, Cell(ended), Cell(ends)
    return ref, what, symbol, was, now


def papers(composer: Composer) -> tuple[Paper, ...]:
    """Return the document, and an information document for each long list that the house puts apart."""
    apart = composer.lists_apart(LISTS)
    made = CouncilPaper(composer, apart)
    lists = (composer.as_information(made.information(key), number) for number, key in enumerate(apart, 1))
    return (made.paper(), *lists)
