"""The duties of an engagement under the guidelines: each rule with its verdict, by when, and what was found."""

from collections.abc import Iterable

from projections.compliance.materiality import deciding, materiality
from projections.compliance.outcomes import NOT_APPLICABLE
from projections.compliance.verdicts import Court, Verdict
from projections.compliance.versions import Versions
from projections.queries.bitemporal import Queries
from projections.queries.figures import Figure, FigureTree, figure, ranges
from projections.reports.cells import FigureCells, counted
from projections.reports.dossier.data import Dossier
from projections.reports.found_words import found_words
from projections.reports.model import Cell, Column, Section, Table
from projections.reports.phrases import Phrase, Pointer, Quoted, capitalized, joined
from projections.reports.verdict_grounds import grounds
from projections.reports.verdict_words import (
    COUNTED,
    case_words,
    gravity,
    material_reasons,
    member,
    required_by,
    verdict_word,
)

DUTIES = Phrase(
    "Each rule of the guidelines that were in force on the day of a case, facet by facet. The entries are those without"
    " which a verdict would be another; 'ledger compliance explain' says more of why.",
    "duties-what",
)


class Duties:
    """The verdicts on one engagement, and the entries with which alone they are what they are."""

    def __init__(self, queries: Queries, ref: str) -> None:
        """Judge the engagement by queries of the whole ledger; nothing is judged where no guidelines are adopted."""
        versions = Versions.recorded(queries)
        self.are_asked = any(version.guidelines.adopted_on <= queries.as_of.on for version in versions.all())
        self.verdicts: list[Verdict] = []
        self.material = ""
        """Whether it is material on the date of the report, and why; empty if no guidelines in force decide that."""
        self._grounds: set[int] = set()
        court = Court(queries, versions)
        for record in court.records([ref] if self.are_asked else []):
            self.verdicts = list(court.of_record(record))
            self._grounds = grounds(record, self.verdicts, versions)
            answer = materiality(court, record, queries.as_of.on)
            if answer is not None:
                self.material = material_reasons(deciding(versions, queries.as_of.on), answer)

    def count(self, status: str) -> Figure:
        """Return the number of cases with a verdict."""
        number = sum(1 for verdict in self.verdicts if verdict.status == status)
        return figure(number, "count", "count", self._grounds if number else ())

    def figures(self) -> dict[str, FigureTree]:
        """Return the numbers of cases by verdict; none where no guidelines are adopted."""
        return {"duties": {member(status): self.count(status) for status in COUNTED}} if self.are_asked else {}


def duties(cells: FigureCells, dossier: Dossier, judged: Duties) -> tuple[Section, ...]:
    """Return the section on duties, with a table for each facet; none where no guidelines are adopted."""
    if not judged.are_asked:
        return ()
    due = [verdict for verdict in judged.verdicts if verdict.status != NOT_APPLICABLE]
    due.sort(key=lambda verdict: (verdict.case.on, *gravity(verdict.status, verdict.rule, verdict.due_on)))
    facets = dict.fromkeys(verdict.rule.facet for verdict in due)
    verdicts = [status for status in COUNTED if judged.count(status).value]
    left_out = dict.fromkeys(verdict.rule.id for verdict in judged.verdicts if verdict.status == NOT_APPLICABLE)
    prose = [DUTIES, _counted(cells, verdicts, len(due))]
    if judged.material:
        on = dossier.queries.as_of.on
        prose.append(Phrase(f"Material on {on}: {judged.material}.", "duties-material", day=on, answer=judged.material))
    if left_out:
        rules = ", ".join(left_out)
        prose.append(Phrase(f"Rules that do not apply in a case: {rules}.", "duties-left-out", rules=rules))
    tables = (_table(dossier, facet, (own for own in due if own.rule.facet == facet)) for facet in facets)
    return (Section("duties", "Duties under the guidelines", tuple(prose), tuple(tables)),)


def _counted(cells: FigureCells, verdicts: list[str], number: int) -> str:
    if not number:
        return Phrase("No rule applies.", "duties-none")
    numbers = joined((_number(cells, f"/duties/{member(status)}", status) for status in verdicts), ", ")
    return Phrase(f"{counted(number, 'case')}: {numbers}.", "duties-counted", number=number, numbers=numbers)


def _number(cells: FigureCells, place: str, status: str) -> str:
    text = f"{cells.cell(place).text} {status}"
    return Phrase(text, "duties-number", at=Pointer(place), status=verdict_word(status))


def _table(dossier: Dossier, facet: str, verdicts: Iterable[Verdict]) -> Table:
    parties = set(dossier.party_refs())
    rows = tuple(
        (Cell(_rule(own)), Cell(own.rule.source),
         Cell(case_words(own.case)), Cell(verdict_word(own.status)), Cell(required_by(own.status, own.due_on)),
         Cell(found_words(dossier.name.add_to(own.said, parties, keep_refs=False))), Cell(_positions(own)))
        for own in verdicts
    )  # fmt: skip
    columns = (
        Column("Rule"), Column("Source"), Column("Case"), Column("Verdict"), Column("By when"),
        Column("What was found"), Column("Entries"),
    )  # fmt: skip
    return Table(f"duties {facet}", Quoted(capitalized(facet), f"facet {facet}"), columns, rows)


def _rule(verdict: Verdict) -> str:
    rule, symbol = verdict.rule, verdict.version.symbol
    return joined((Quoted(rule.title, f"rule {rule.id}"), f" ({rule.id}, {symbol})"), "")


def _positions(verdict: Verdict) -> str:
    spans = ranges(verdict.entries)
    texts = (
        f"{first}" if first == last else Phrase(f"{first} to {last}", "from-to", first=f"{first}", last=f"{last}")
        for first, last in spans
    )
    return joined(texts, ", ")
