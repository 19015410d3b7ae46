"""The annex of the document to the Council: the engagements that are reported one by one, a row each."""

from collections.abc import Iterable, Iterator

from projections.papers.model import Column, Grid, Holds, Line, Named, Part, Row, Run, Words
from projections.reports.council.in_short import EngagementInShort
from projections.reports.documents.composing import Composer

COLUMNS: tuple[tuple[str, Holds], ...] = (
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
BREAK: Run = Words("; ")


def individual_annex(composer: Composer) -> Part:
    """Return the annex; a sentence where no engagement is reported individually."""
    title = composer.line("council-individual-title")
    engagements: tuple[EngagementInShort, ...] = tuple(composer.report.in_short())
    if not engagements:
        return Part("individual", title, (composer.say("council-none-individual"),))
    columns = tuple(Column(key, composer.line(f"column-{key}"), holds) for key, holds in COLUMNS)
    rows = tuple(Row(tuple(_cells(composer, engagement))) for engagement in engagements)
    return Part("individual", title, (Grid("individual-engagements", title, columns, rows, wide=True),))


def _cells(composer: Composer, engagement: EngagementInShort) -> Iterator[Line]:
    missing = composer.line("not-recorded")
    yield (Named(engagement.ref),)
    yield _who(composer, engagement)
    yield _duration(composer, engagement) or missing
    yield _money(composer, engagement) or missing
    yield _orders(composer, engagement)
    yield _outcomes(composer, engagement)
    yield _risk(composer, engagement) or missing
    yield _looked_at(composer, engagement)
    told = (_told(composer, day, document) for day, document in engagement.told[:1])
    yield _joined(told) or composer.line("short-undisclosed")


def _who(composer: Composer, engagement: EngagementInShort) -> Line:
    parties = ((Named(name), Words(" ("), *composer.runs(role), Words(")")) for name, role in engagement.parties)
    kind = _joined([tuple(composer.runs(text)) for text in (engagement.kind, engagement.unit) if text])
    return (*_joined(parties), Words(". "), Named(engagement.title), Words(" ("), *kind, Words(")"))


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
        return composer.line("short-no-orders")
    return _joined(_order(composer, *order) for order in engagement.orders)


def _order(composer: Composer, number: str, pointer: str, documents: tuple[str, ...]) -> Line:
    amount: Line = (Words(" "), composer.amount(pointer)) if pointer in composer.figures else ()
    told: Line = () if documents else (Words(" ("), *composer.line("short-undisclosed"), Words(")"))
    return (Named(number), *amount, *told)


def _outcomes(composer: Composer, engagement: EngagementInShort) -> Line:
    if not engagement.planned and not engagement.reached:
        return composer.line("short-no-outcomes")
    style = composer.messages.style
    return composer.line(
        "short-outcomes", reached=style.plain(engagement.reached), planned=style.plain(engagement.planned)
    )


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


def _joined(lines: Iterable[Line]) -> Line:
    line: list[Run] = []
    for part in lines:
        if part:
            line += [BREAK, *part] if line else part
    return tuple(line)
