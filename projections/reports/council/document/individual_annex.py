"""The annex of the document to the Council: the engagements that are reported one by one, a row each.

Few are shown in full. Many are shown in short, a table for each kind: months for days, whole amounts, numbers of orders
and outcomes; the titles say what they are for. What they leave out stands in an information document, in full.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

from projections.papers.model import Column, Grid, Holds, Line, Named, Paragraph, Part, Row, Run, Words
from projections.reports.council.in_short import EngagementInShort
from projections.reports.documents.composing import Composer, ended

IN_FULL: tuple[tuple[str, Holds], ...] = (
    ("reference", "reference"),
    ("engagement-in-short", "words"),
    ("duration", "words"),
    ("financial", "words"),
    ("orders", "words"),
    ("outcomes", "words"),
    ("highest-risk", "words"),
    ("analysis-review", "words"),
    ("told", "words"),
)
"""The columns of the table in full."""
PAIRS = (("signed", "received"), ("refunded",), ("in-kind",), ("ordered", "paid"))
"""The measures that share a column of the tables in short."""
BREAK: Run = Words("; ")


def individual_annex(composer: Composer, where: Line) -> Part:
    """Return the annex; a sentence where no engagement is reported. `where` says where all stands in full."""
    title = composer.line("council-individual-title")
    engagements: tuple[EngagementInShort, ...] = tuple(composer.report.in_short())
    if not engagements:
        return Part("individual", title, (composer.say("council-none-individual"),))
    if len(engagements) <= composer.form.named:
        return Part("individual", title, (in_full(composer),))
    tables = (_InShort(composer, *of) for of in _groups(engagements, composer.form.named))
    grids = (table.grid(f"individual-{number}") for number, table in enumerate(tables, 1))
    return Part("individual", title, (_said(composer, engagements, where), *grids))


def _groups(engagements: tuple[EngagementInShort, ...], few: int) -> Iterator[tuple[str, list[EngagementInShort]]]:
    """Yield the engagements of each kind, those of the most first; then, without a kind, many that are not known."""
    unknown = [engagement for engagement in engagements if engagement.is_unknown]
    others = [engagement for engagement in engagements if len(unknown) <= few or not engagement.is_unknown]
    kinds = Counter(engagement.kind for engagement in others)
    for kind in sorted(kinds, key=lambda kind: (-kinds[kind], kind)):
        yield kind, [engagement for engagement in others if engagement.kind == kind]
    if len(others) < len(engagements):
        yield "", unknown


def _said(composer: Composer, engagements: Iterable[EngagementInShort], where: Line) -> Paragraph:
    documents = _documents(composer, engagements)
    told = (
        composer.line("council-annex-told", documents=documents) if documents else composer.line("council-annex-untold")
    )
    return composer.say("council-annex", where=where, told=told)


def _documents(composer: Composer, engagements: Iterable[EngagementInShort]) -> Line:
    first = sorted({engagement.told[0] for engagement in engagements if engagement.told})
    return _joined((Named(document), Words(" ("), composer.day(day), Words(")")) for day, document in first)


class _InShort:
    """The table of the engagements of one kind; without a kind, of those that are not known to be material."""

    def __init__(self, composer: Composer, kind: str, engagements: list[EngagementInShort]) -> None:
        self.composer = composer
        self.kind = kind
        self.engagements = engagements
        self.nothing = composer.line("nothing-known")
        roles = Counter(role for engagement in engagements for _, role in engagement.parties)
        self.role = roles.most_common(1)[0][0] if roles else ""
        measures = {measure for engagement in engagements for measure, _ in engagement.money}
        self.pairs = [pair for pair in PAIRS if measures.intersection(pair)]
        self.has_orders = any(engagement.orders or engagement.withholds_orders for engagement in engagements)

    def grid(self, key: str) -> Grid:
        """Return the table."""
        heads = ["reference", "third-parties-subject", "months", *map("-".join, self.pairs)]
        if not self.pairs:
            heads.append("financial")
        if self.has_orders and self.kind:
            heads.append("orders-undisclosed")
        heads += ["outcomes-reached", "highest-risk", "analysis-review", "told"] if self.kind else ["told"]
        columns = tuple(
            Column(head, self.composer.line(f"column-{head}"), "words" if place else "reference")
            for place, head in enumerate(heads)
        )
        title = self.composer.line("council-individual-unknown")
        if self.kind:
            title = self.composer.line("council-individual-kind", kind=tuple(self.composer.runs(self.kind)))
        rows = tuple(Row(tuple(self._cells(engagement))) for engagement in self.engagements)
        return Grid(key, title, columns, rows, notes=tuple(self._notes()), wide=True)

    def _notes(self) -> Iterator[Line]:
        if self.role:
            yield self.composer.line("council-annex-role", role=tuple(self.composer.runs(self.role)))
        if self.kind and not self.has_orders:
            yield self.composer.line("council-annex-no-orders")

    def _cells(self, engagement: EngagementInShort) -> Iterator[Line]:
        yield (Named(engagement.ref),)
        yield self._who(engagement)
        yield self._months(engagement)
        for pair in self.pairs:
            yield self._amounts(engagement, pair)
        if not self.pairs:
            yield self._withheld(withholds=engagement.withholds_amounts)
        if self.kind:
            yield from self._of_known(engagement)
        told = engagement.told[:1]
        yield (Named(told[0][1]),) if told else self.composer.line("short-untold")

    def _of_known(self, engagement: EngagementInShort) -> Iterator[Line]:
        if self.has_orders:
            yield self._orders(engagement)
        reached, planned = engagement.reached, engagement.planned
        yield (Words(f"{reached}/{planned}"),) if reached or planned else self.nothing
        yield _risk(self.composer, engagement) or self.nothing
        yield (*self._month(engagement.analysed_on), BREAK, *self._month(engagement.reviewed_on))

    def _who(self, engagement: EngagementInShort) -> Line:
        parties = (
            (Named(name), *((Words(" ("), *self.composer.runs(role), Words(")")) if role != self.role else ()))
            for name, role in engagement.parties
        )
        unit = (Words(" ("), Named(engagement.unit), Words(")")) if engagement.unit else ()
        return (*ended(_joined(parties)), Named(engagement.title), *unit)

    def _month(self, day: str) -> Line:
        return (self.composer.month(day),) if day else self.nothing

    def _months(self, engagement: EngagementInShort) -> Line:
        if not engagement.starts_on and not engagement.ends_on:
            return self.nothing
        return (*self._month(engagement.starts_on), Words("\N{EN DASH}"), *self._month(engagement.ends_on))

    def _withheld(self, *, withholds: bool) -> Line:
        return self.composer.line("not-disclosed") if withholds else self.nothing

    def _amounts(self, engagement: EngagementInShort, pair: tuple[str, ...]) -> Line:
        # The currency stands before the first amount only.
        pointers = {(measure, pointer.rpartition("/")[2]): pointer for measure, pointer in engagement.money}
        currencies = sorted({currency for measure, currency in pointers if measure in pair})
        if not currencies:
            return self._withheld(withholds=engagement.withholds_amounts)
        lines = []
        for currency in currencies:
            line = [Words(f"{currency}\N{NO-BREAK SPACE}")] if (pair[0], currency) not in pointers else []
            amounts = (
                (self.composer.amount(pointers[measure, currency], style),)
                if (measure, currency) in pointers
                else self.nothing
                for measure, style in zip(pair, ("whole", "rounded"), strict=False)
            )
            lines.append((*line, *_joined(amounts)))
        return _joined(lines, Words(self.composer.text("and-further")))

    def _orders(self, engagement: EngagementInShort) -> Line:
        if not engagement.orders:
            return self._withheld(withholds=engagement.withholds_orders)
        untold = sum(1 for _, _, documents in engagement.orders if not documents)
        return (Words(f"{len(engagement.orders)} ({untold})"),)


def in_full(composer: Composer) -> Grid:
    """Return the table of all engagements that are reported one by one, with all that is recorded of them."""
    columns = tuple(Column(key, composer.line(f"column-{key}"), holds) for key, holds in IN_FULL)
    rows = tuple(Row(tuple(_cells(composer, engagement))) for engagement in composer.report.in_short())
    return Grid("individual-engagements", composer.line("council-individual-title"), columns, rows, wide=True)


def _cells(composer: Composer, engagement: EngagementInShort) -> Iterator[Line]:
    missing = composer.line("not-recorded")
    yield (Named(engagement.ref),)
    yield _who(composer, engagement)
    yield _duration(composer, engagement) or missing
    yield _money(composer, engagement) or missing
    yield _orders(composer, engagement)
    yield _outcomes(composer, engagement) or missing
    yield _risk(composer, engagement) or missing
    yield _looked_at(composer, engagement)
    told = (_told(composer, day, document) for day, document in engagement.told[:1])
    yield _joined(told) or composer.line("short-untold")


def _who(composer: Composer, engagement: EngagementInShort) -> Line:
    parties = ((Named(name), Words(" ("), *composer.runs(role), Words(")")) for name, role in engagement.parties)
    kind = _joined([tuple(composer.runs(text)) for text in (engagement.kind, engagement.unit) if text])
    purpose: Line = (Words(". "), Named(engagement.purpose)) if engagement.purpose else ()
    return (*ended(_joined(parties)), Named(engagement.title), Words(" ("), *kind, Words(")"), *purpose)


def _duration(composer: Composer, engagement: EngagementInShort) -> Line:
    days = [composer.day(day) if day else None for day in (engagement.starts_on, engagement.ends_on)]
    if not any(days):
        return ()
    missing = Words(composer.text("not-recorded"))
    return (days[0] or missing, Words(composer.text("to-day")), days[1] or missing)


def _money(composer: Composer, engagement: EngagementInShort) -> Line:
    moved = _joined(
        (*composer.line(f"short-{measure}"), Words(" "), composer.amount(pointer))
        for measure, pointer in engagement.money
    )
    if not engagement.withholds_amounts:
        return moved
    withheld = composer.line("not-disclosed")
    return _joined((withheld, moved)) if moved else withheld


def _orders(composer: Composer, engagement: EngagementInShort) -> Line:
    if not engagement.orders:
        return composer.line("not-disclosed" if engagement.withholds_orders else "short-no-orders")
    return _joined(_order(composer, *order) for order in engagement.orders)


def _order(composer: Composer, number: str, pointer: str, documents: tuple[str, ...]) -> Line:
    amount: Line = (Words(" "), composer.amount(pointer)) if pointer in composer.figures else ()
    told: Line = () if documents else (Words(" ("), *composer.line("short-undisclosed"), Words(")"))
    return (Named(number), *amount, *told)


def _outcomes(composer: Composer, engagement: EngagementInShort) -> Line:
    planned = (Words(" ("), *composer.line("short-planned"), Words(")"))
    return _joined(
        (Named(summary), *(() if is_reached else planned)) for summary, is_reached in engagement.outcomes
    )  # fmt: skip


def _risk(composer: Composer, engagement: EngagementInShort) -> Line:
    if engagement.risk is None:
        return ()
    kind, rating = engagement.risk
    return (*composer.line(f"risk-{kind}"), Words(": "), *composer.line(f"short-rating-{rating}"))


def _looked_at(composer: Composer, engagement: EngagementInShort) -> Line:
    named = (("analysed", engagement.analysed_on), ("reviewed", engagement.reviewed_on))
    return _joined(
        composer.line(f"short-{what}", on=on) if on else composer.line(f"short-not-{what}") for what, on in named
    )


def _told(composer: Composer, day: str, document: str) -> Line:
    return (composer.day(day), Words(", "), Named(document))


def _joined(lines: Iterable[Line], between: Run = BREAK) -> Line:
    parts = [line for line in lines if line]
    return tuple(chain.from_iterable((between, *line) if place else line for place, line in enumerate(parts)))
