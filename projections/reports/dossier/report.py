"""The dossier of one engagement: everything recorded about it, with its full history in words."""

from ledger import __version__
from projections.history.journal import Journal
from projections.queries.bitemporal import ANY_BODY, Queries
from projections.queries.merges import with_merges
from projections.reports.cells import FigureCells
from projections.reports.dossier.data import Dossier
from projections.reports.dossier.duties import Duties, duties
from projections.reports.dossier.figures import figures
from projections.reports.dossier.history import history
from projections.reports.dossier.money import money, orders
from projections.reports.dossier.parties import parties
from projections.reports.dossier.tables import (
    disclosed,
    documents,
    duration,
    matter,
    outcomes,
    overview,
    reviews,
    risks,
)
from projections.reports.manifest import everything
from projections.reports.model import Report, ReportAsOf
from projections.reports.phrases import Phrase, paragraphs

NAME = "engagement"


def build(queries: Queries, journal: Journal, root: str, engagement: str) -> Report:
    """Build the dossier of an engagement; `root` is the root of the log in base64. Raises UnknownEngagement."""
    dossier = Dossier(queries, journal, engagement)
    judged = Duties(queries, engagement)
    tree = with_merges(queries, figures(dossier) | judged.figures())
    cells = FigureCells(tree)
    return Report(
        name=NAME,
        title=f"Engagement {engagement}",
        subtitle=f"{dossier.engagement.get('title')}",
        organization=dossier.organization,
        parameters={"engagement": engagement},
        as_of=ReportAsOf(queries.as_of.on, queries.as_of.known_at, root),
        version=__version__,
        figures=tree,
        sections=(
            overview(dossier),
            parties(dossier),
            matter(dossier),
            money(cells, dossier),
            orders(cells, dossier),
            duration(dossier),
            outcomes(dossier),
            risks(dossier),
            reviews(dossier),
            documents(dossier),
            disclosed(cells, dossier),
            *duties(cells, dossier, judged),
        ),
        annexes=(history(dossier),),
        method=_method(queries),
        notes=_notes(dossier),
        discloses=everything(dossier.content, [engagement]),
    )


METHOD = """
The dossier shows the state of the engagement on the date of the report, as known at the position of the log. What is
said of its third parties is what is recorded of them then, whichever engagement it was recorded for.

Money is shown by measure, payer and currency, and never added up across them. What was signed is not what was received;
what was ordered is not what was accepted or paid.

The duration names each day on which the engagement was to end, from its signature on, with the entry that moved it.

A facet or service order is disclosed once a recorded document that covers it shows it to {body}: it stood on the day,
and at the position of the log, of which the document is. What happened later, or was recorded later, it does not
disclose. Days run from the day on which it happened to the day on which the first document was published, or to the
date of the report; where the day is not recorded, neither are the days. Changed since disclosed compares what the last
document showed with what is known now.

The history has every entry of the log that is about the engagement, in the order in which they were recorded, also
those that were taken back later. What an entry changed is the difference between what was known before and after it.

Not recorded means that the register holds nothing; not disclosed, that the source withholds it. Neither is ever
counted as zero.

Every figure names the entries of the log that were read for it; anyone can fold them again.
"""
"""How the dossier is compiled; an empty line separates paragraphs."""


def _method(queries: Queries) -> tuple[str, ...]:
    return paragraphs(METHOD, NAME, queries.body() or ANY_BODY)


def _notes(dossier: Dossier) -> tuple[str, ...]:
    if not dossier.later:
        return ()
    number, on = "1 entry is" if dossier.later == 1 else f"{dossier.later:,} entries are", dossier.queries.as_of.on
    text = f"{number} known that take effect after {on}; this dossier does not show them."
    return (Phrase(text, "dossier-later", number=dossier.later, day=on),)
