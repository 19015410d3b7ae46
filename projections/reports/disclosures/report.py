"""The disclosures report: what each document disclosed to which body, and the days until each disclosure."""

from ledger import __version__
from projections.history.journal import Journal
from projections.queries import oversight
from projections.queries.bitemporal import ANY_BODY, Queries, names_of
from projections.queries.disclosure.timeline import DisclosureTimeline, documents
from projections.queries.merges import with_merges
from projections.reports.cells import FigureCells
from projections.reports.disclosures.figures import DETAILS, figures
from projections.reports.disclosures.tables import annexes, sections
from projections.reports.model import Report, ReportAsOf
from projections.reports.phrases import Phrase, paragraphs

NAME = "disclosures"


def build(queries: Queries, journal: Journal, root: str) -> Report:
    """Build the report on all disclosures as of the queries; `root` is the root of the log in base64."""
    source = DisclosureTimeline(queries, journal)
    corrections, prepared = oversight.corrections(queries), oversight.preparations(queries)
    published = documents(queries, journal, corrections)
    tree = with_merges(queries, figures(source, published, [row.entry for row in prepared]))
    cells = FigureCells(tree)
    return Report(
        name=NAME,
        title="Disclosures",
        subtitle=Phrase(
            "What the governing bodies were told of engagements with third parties, and when", "disclosures-subtitle"
        ),
        organization=queries.settings()["organization"].value,
        parameters={},
        as_of=ReportAsOf(queries.as_of.on, queries.as_of.known_at, root),
        version=__version__,
        figures=tree,
        sections=sections(cells, source, published, prepared),
        annexes=annexes(cells, source, names_of(queries.parties())),
        method=paragraphs(METHOD, NAME, queries.body() or ANY_BODY),
        unprinted=(DETAILS,),
    )


METHOD = """
What is to be disclosed of an engagement are its facets (parties, financial implication, service orders, duration,
outcomes), from its signature on, and each service order from its issue on. A facet is there once something of it is
recorded, or once it is recorded that the source withholds it.

A facet or service order is disclosed once a recorded document that covers it shows it: it stood on the day, and at the
position of the log, of which the document is. What happened later, or was recorded later, it does not disclose. Of
several documents, or corrections of documents, the one that was published first counts, to {body}. What a document
covers is what is recorded of it, also where that was recorded later than the document was published.

Happened is the day of signature for parties, duration and what is withheld, the day of issue for a service order, and
the day of the first movement of money or the first statement for financial implication and outcomes. Where the day of
signature is not recorded, neither are the days that depend on it: they are in no minimum, median or share.

Recorded is the day (UTC) on which that entry was written to the log. Days from recording are negative where the
document was published before the register learned of what it told.

A document may show a day after that of its publication, and so a facet of which nothing had happened by then: its days
are negative, and they are in no minimum, median or share. What has happened since stands in the council report as
changed since disclosed.

Of what is not yet disclosed, the days run to the date of this report.

The median is the middle one of the days in their order, of an even number the mean of the two in the middle. Shares by
year of publication are of what was disclosed in that year and whose days are known; shares by year of happening are of
all that happened in that year, disclosed or not.

Not recorded means that the register holds nothing; it is never counted as zero.

Every figure names the entries of the log that were read for it; anyone can fold them again.
"""
"""How the figures are computed; an empty line separates paragraphs."""
