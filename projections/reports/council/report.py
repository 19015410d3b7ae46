"""The council report: all engagements in force in a period, and whether they were disclosed to the governing body."""

from ledger import __version__
from ledger.domain.disclosure.disclosure import Coverage
from ledger.domain.fields import PAID_ROLES
from projections.history.journal import Journal
from projections.queries.bitemporal import ANY_BODY, Queries
from projections.queries.conversion import ANY_AGE
from projections.queries.merges import with_merges
from projections.reports.cells import FigureCells, counted
from projections.reports.council.annexes import annexes
from projections.reports.council.data import CouncilData, Period
from projections.reports.council.document.earlier import earlier
from projections.reports.council.figures import BY_MEASURE, DETAILS, figures, left_out
from projections.reports.council.found import MEMBER as FINDINGS
from projections.reports.council.guideline_figures import MEMBERS
from projections.reports.council.in_short import INDIVIDUALLY, in_short, individual_figures
from projections.reports.council.tables import sections
from projections.reports.manifest import everything
from projections.reports.model import Report, ReportAsOf

NAME = "council"
UNPROVED = (*MEMBERS, FINDINGS, INDIVIDUALLY, BY_MEASURE)
"""The members of the figures that no definitions give."""


def build(queries: Queries, journal: Journal, root: str, period: tuple[str, str], *, whole: bool = False) -> Report:
    """Build the report on the engagements in force in `period` (first and last day).

    `root` is the root of the log in base64. A `whole` report shows in full also what is not material by guidelines.
    """
    source = CouncilData(queries, journal, Period(*period))
    in_full = source.in_full(whole=whole)
    members = figures(source)
    details = members.pop(DETAILS)
    members |= {INDIVIDUALLY: individual_figures(source), DETAILS: details}
    tree = with_merges(queries, members)
    settings = queries.settings()
    return Report(
        name=NAME,
        title="Engagements with third parties",
        subtitle=f"Report to the Council on the period from {period[0]} to {period[1]}",
        organization=settings["organization"].value,
        parameters={
            "from": period[0],
            "to": period[1],
            "currency": source.converter.currency.value,
            **({"all": "yes"} if whole and source.judgement else {}),
        },
        as_of=ReportAsOf(queries.as_of.on, queries.as_of.known_at, root),
        version=__version__,
        figures=tree,
        sections=sections(tree, source, whole=whole),
        annexes=annexes(FigureCells(tree), source, in_full),
        method=_method(source),
        notes=_notes(source),
        discloses=_discloses(source, in_full),
        unprinted=(DETAILS,),
        unproved=UNPROVED,
        left_out={"no-rate": left_out(source)},
        guidelines=tuple(version.symbol for version in source.judgement.deciding) if source.judgement else (),
        in_short=lambda: in_short(source),
        further=lambda: with_merges(queries, earlier(source)),
        settings=queries.settings_in_force({"conflict.roles": "; ".join(PAID_ROLES), "rates.max-age-days": ANY_AGE})
        | {"governing-body": queries.body() or ANY_BODY},
    )


METHOD = """
An engagement is in force in the period if it was signed on or before its last day and was not over before its first;
one that was over also counts if money moved under it in the period. It is over once it is completed, terminated or
expired; closing its books later is no new end. What is shown of it is its state on the date of the report.

Measures are never added up. What payers signed, what was received, refunded and valued in kind, what was ordered,
accepted and paid stand each for themselves, in the currency in which they were recorded.

Amounts in other currencies are converted at the latest recorded rate on or before their own date{older}; an amount
without a rate is left out of the converted sums, and said to be.

A facet or service order is disclosed once a recorded document that covers it shows it to {body}: it stood on the day,
and at the position of the log, of which the document is. What happened later, or was recorded later, it does not
disclose. Days run from the day on which it happened to the day on which the document was published; where the day is
not recorded, neither are the days.

Changed since disclosed compares what the last document that covered something showed, on its date and as known at its
position of the log, with what is known now.

A conflict of interest is shown where a party with a service order or in a role that is paid, or one that it is
recorded to belong together with, has signed a contribution or given in kind. It is open until an assessment names both.

Not recorded means that the register holds nothing; not disclosed, that the source withholds it. Neither is ever
counted as zero.

Every figure names the entries of the log that were read for it; anyone can fold them again. That something was not
disclosed, held or assessed no entry can show: a figure of such things names the entries of what waits for it, and the
whole log shows that nothing came.
"""
"""How the figures are computed; an empty line separates paragraphs."""
BY_GUIDELINES = """
An engagement is material on the date of this report if a version of guidelines in force then says so; of several sets,
any. Where its facts do not decide, that is not known, and the engagement is shown like those that are material. The
others are added up by kind.

A rule is applied to each moment that it is about, as things stood on that day. It is not met if what it needs is not
recorded and the time for it has passed; late, if it came after its time; due, while there is time; waived, if an
authority allowed the deviation. Where a fact is missing that would decide, it cannot be judged. A count of verdicts
names what was read for them: the versions, the steps of the engagements, the facts that rules asked for.
"""
"""How verdicts are made, where guidelines are adopted."""
BY_CONTROLS = """
A number of findings names the entries that they rest on, and those of their assessments. That something is missing no
entry shows: the controls make every finding again from the whole log.
"""
"""How findings are counted, where the report has them."""


def _method(source: CouncilData) -> tuple[str, ...]:
    age = source.converter.max_age_days
    older = f", not older than {age} days" if age is not None else ""
    text = METHOD.format(older=older, body=source.queries.body() or ANY_BODY)
    text = text.rstrip() + "\n" + (BY_GUIDELINES if source.judgement else "") + (BY_CONTROLS if source.found else "")
    return tuple(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def _discloses(source: CouncilData, in_full: list[str]) -> tuple[Coverage, ...]:
    # All that stands of the engagements in full; of others only orders are named, which no document disclosed yet.
    orders: dict[str, list[str]] = {}
    shown = set(in_full)
    for item in source.undisclosed:
        if item.number and item.engagement not in shown:
            orders.setdefault(item.engagement, []).append(item.number)
    others = (Coverage(ref, (), tuple(numbers)) for ref, numbers in orders.items())
    return (*everything(source.content, in_full), *others)


def _notes(source: CouncilData) -> tuple[str, ...]:
    number = left_out(source)
    if not number:
        return ()
    currency = source.converter.currency.value
    has, are = ("has", "is") if number == 1 else ("have", "are")
    moved = counted(number, "movement of money", "movements of money")
    return (f"{moved} {has} no rate to {currency} and {are} not in the converted sums.",)
