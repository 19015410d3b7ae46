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
PAIRS = (("signed", "received"), ("ordered", "paid"))
"""The measures of which one pair has no names in the tables in short: that of most engagements of the kind."""
SHOWN = ("signed", "received", "refunded", "in-kind", "ordered", "paid")
"""The measures of the tables in short."""
MANY = 100
"""Of more engagements, those of which it is not known whether they are material are named only, if they are not few."""
BREAK: Run = Words("; ")


def individual_annex(composer: Composer, where: Line) -> Part:
    """Return the annex; a sentence where no engagement is reported. `where` says where all stands in full."""
    title = composer.line("council-individual-title")
    engagements: tuple[EngagementInShort, ...] = tuple(composer.report.in_short())
    if not engagements:
        return Part("individual", title, (composer.say("council-none-individual"),))
    if len(engagements) <= composer.form.named:
        return Part("individual", title, (in_full(composer),))
    unknown = [engagement for engagement in engagements if engagement.is_unknown]
    if len(unknown) <= composer.form.named:
        unknown = []
    shown = [engagement for engagement in engagements if engagement not in unknown]
    kinds = Counter(engagement.kind for engagement in shown)
    tables = [
        _InShort(composer, kind, [engagement for engagement in shown if engagement.kind == kind])
        for kind in sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    ]
    said = [_said(composer, engagements, where)]
    if len(engagements) > MANY and unknown:
        named = _joined([(Named(engagement.ref),) for engagement in unknown], Words(", "))
        said.append(composer.say("council-annex-named", engagements=named))
    elif unknown:
        tables.append(_InShort(composer, "", unknown))
    grids = (table.grid(f"individual-{number}") for number, table in enumerate(tables, 1))
    return Part("individual", title, (*said, *grids))


def _said(composer: Composer, engagements: Iterable[EngagementInShort], where: Line) -> Paragraph:
    documents = _documents(composer, engagements)
    told = (
        composer.line("council-annex-told", documents=documents) if documents else composer.line("council-annex-untold")
    )
    return composer.say("council-annex", where=where, told=told)


def _documents(composer: Composer, engagements: Iterable[EngagementInShort]) -> Line:
    first = sorted({engagement.told[0] for engagement in engagements if engagement.told})
    return _joined((Named(document), Words(" ("), composer.month(day), Words(")")) for day, document in first)


class _InShort:
    """The table of the engagements of one kind; without a kind, of those that are not known to be material."""

    def __init__(self, composer: Composer, kind: str, engagements: list[EngagementInShort]) -> None:
        self.composer = composer
        self.kind = kind
        self.engagements = engagements
        self.nothing = composer.line("nothing-known")
        roles = Counter(role for engagement in engagements for _, role in engagement.parties)
        self.role = roles.most_common(1)[0][0] if roles else ""
        self.currency = str(composer.report.parameters["currency"])
        measures = Counter(measure for engagement in engagements for measure, _ in engagement.money)
        self.pair = max(PAIRS, key=lambda pair: measures[pair[0]])
        with_orders = [own for own in engagements if own.orders or own.withholds_orders]
        self.has_orders = bool(kind) and 2 * len(with_orders) > len(engagements)

    def grid(self, key: str) -> Grid:
        """Return the table."""
        money = "-".join(self.pair)
        heads = ["reference", "third-parties-subject", "months", money]
        heads += ["orders-undisclosed"] if self.has_orders else []
        heads += ["outcomes-reached", "highest-risk", "analysis-review", "told"] if self.kind else ["told"]
        columns = tuple(
            Column(
                head,
                self.composer.line(f"column-{head}"),
                "words" if place else "reference",
                self.currency if head == money else "",
            )
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

    def _cells(self, engagement: EngagementInShort) -> Iterator[Line]:
        yield (Named(engagement.ref),)
        yield self._who(engagement)
        yield self._months(engagement)
        yield self._money(engagement)
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
        days = (engagement.analysed_on, engagement.reviewed_on)
        yield self._two(*((self.composer.month(day),) if day else () for day in days)) or self.nothing

    def _who(self, engagement: EngagementInShort) -> Line:
        parties = (
            (Named(name), *((Words(" ("), *self.composer.runs(role), Words(")")) if role != self.role else ()))
            for name, role in engagement.parties
        )
        is_named = engagement.ref.startswith(engagement.unit)
        unit: Line = () if is_named else (Words(" ("), Named(engagement.unit), Words(")"))
        return (*ended(_joined(parties)), Named(engagement.title), *unit)

    def _two(self, first: Line, second: Line) -> Line:
        return (*(first or self.nothing), BREAK, *second) if second else first

    def _month(self, day: str) -> Line:
        return (self.composer.month(day),) if day else self.nothing

    def _months(self, engagement: EngagementInShort) -> Line:
        if not engagement.starts_on and not engagement.ends_on:
            return self.nothing
        return (*self._month(engagement.starts_on), Words("\N{EN DASH}"), *self._month(engagement.ends_on))

    def _money(self, engagement: EngagementInShort) -> Line:
        # One currency is named once; not at all, if the head names it.
        amounts: dict[str, list[Line]] = {measure: [] for measure in SHOWN}
        shown = [(measure, pointer) for measure, pointer in engagement.money if measure in SHOWN]
        shown.sort(key=lambda row: row[0] not in self.pair)
        currencies = {pointer.rpartition("/")[2] for _, pointer in shown}
        for place, (measure, pointer) in enumerate(shown):
            is_named = currencies != {self.currency} and (place == 0 or len(currencies) > 1)
            amounts[measure].append((self.composer.amount(pointer, "whole" if is_named else "rounded"),))
        further = Words(self.composer.text("and-further"))
        moved = {measure: _joined(lines, further) for measure, lines in amounts.items()}
        first, second = (moved.pop(measure) for measure in self.pair)
        pair = self._two(first, second)
        withheld = self.composer.line("not-disclosed") if engagement.withholds_amounts else ()
        others = (
            (*self.composer.line(f"short-{measure}"), Words(" "), *line) for measure, line in moved.items() if line
        )
        orders = () if self.has_orders or not engagement.orders else self._counted(engagement)
        return _joined((withheld, pair, *others, orders)) or self.nothing

    def _counted(self, engagement: EngagementInShort) -> Line:
        return (*self.composer.line("short-orders"), Words(" "), *self._orders(engagement))

    def _orders(self, engagement: EngagementInShort) -> Line:
        if not engagement.orders:
            return self.composer.line("not-disclosed") if engagement.withholds_orders else self.nothing
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
