"""The partnerships report: agreements signed in a year, partners, money by payer, region and priority, and a trend."""

from collections.abc import Mapping
from decimal import Decimal

from ledger import __version__
from ledger.domain.disclosure.disclosure import Coverage
from ledger.domain.facets import FACETS
from projections.queries.bitemporal import Queries
from projections.queries.conversion import ANY_AGE
from projections.queries.figures import Figure, FigureTree, escaped, figure
from projections.queries.merges import with_merges
from projections.reports.cells import percent, whole_percent
from projections.reports.model import NOT_RECORDED, Report, ReportAsOf
from projections.reports.partnerships import tables
from projections.reports.partnerships.data import KINDS, Agreement, Agreements

NAME = "partnerships"
TOP = 10
"""The number of financial partners that the report ranks."""
YEARS = 5
"""The number of years in the trend."""


MONEY_BY_TYPE = "money_by_type"
"""The member with the amounts that partners signed, by type of partner."""


def build(queries: Queries, root: str, year: int) -> Report:
    """Build the report on the agreements signed in `year`; `root` is the root of the log in base64."""
    source = Agreements(queries, year, YEARS)
    tree = with_merges(queries, figures(source, year))
    settings = queries.settings()
    organization = settings["organization"].value
    return Report(
        name=NAME,
        title=f"Partnerships and resource mobilization {year}",
        subtitle=f"Agreements signed from 1 January to 31 December {year}",
        organization=organization,
        parameters={"year": year, "currency": source.currency},
        as_of=ReportAsOf(queries.as_of.on, queries.as_of.known_at, root),
        version=__version__,
        figures=tree,
        sections=tables.sections(tree, source, year),
        annexes=tables.annexes(tree, source, year),
        method=method(source, year),
        notes=_notes(source, year),
        left_out=_left_out(source, year),
        discloses=tuple(_discloses(agreement) for agreement in source.of(year)),
        settings=queries.settings_in_force({"partnerships.kinds": "; ".join(KINDS), "rates.max-age-days": ANY_AGE}),
        further=lambda: with_merges(queries, {MONEY_BY_TYPE: _money_by_type(source, year)}),
    )


def _money_by_type(source: Agreements, year: int) -> dict[str, FigureTree]:
    currency, agreements = source.currency.lower(), source.of(year)
    whole = f"/partner_{currency}"
    of_partners = source.sum(agreements, organization=False)
    by_type = sorted(source.by_type(agreements).items(), key=lambda row: (-Decimal(row[1].value), row[0]))
    tree: dict[str, FigureTree] = {}
    for kind, signed in by_type:
        part = f"/{MONEY_BY_TYPE}/{escaped(kind)}/{currency}"
        tree[kind] = {currency: signed, "share": percent({part: signed, whole: of_partners}, part, whole)}
    return tree


def _discloses(agreement: Agreement) -> Coverage:
    """Return what the lists of agreements tell: the partners, what was signed, and the duration."""
    duration = [agreement.engagement.get(name) for name in ("starts_on", "ends_on")]
    stands = {"parties": True, "financials": bool(agreement.money), "duration": any(duration)}
    return Coverage(agreement.ref, tuple(facet for facet in FACETS if stands.get(facet)))


def figures(source: Agreements, year: int) -> dict[str, FigureTree]:
    """Return every figure of the report, in its published shape."""
    agreements = source.of(year)
    currency = source.currency.lower()
    total, partner = source.sum(agreements), source.sum(agreements, organization=False)
    own = source.sum(agreements, organization=True)
    payers = source.payers(agreements)
    read = sorted({entry for signed in payers.values() for entry in signed.entries})
    return {
        "year": figure(year, "year", "parameter"),
        "agreements": source.count(agreements),
        "agreements_with_contribution": source.with_money(agreements),
        "partners": source.partners(agreements),
        "partners_with_contribution": figure(len(payers), "count", "distinct", read),
        f"total_{currency}": total,
        f"partner_{currency}": partner,
        f"organization_{currency}": own,
        "partner_share_percent": whole_percent(partner, total, f"/partner_{currency}", f"/total_{currency}"),
        "organization_share_percent": whole_percent(own, total, f"/organization_{currency}", f"/total_{currency}"),
        "partners_by_type": _by_class(source, agreements, "type"),
        "partners_by_membership": _by_class(source, agreements, "membership"),
        "top10": [
            [figure(source.name(ref), "text", "rank", [*read, *_names_of_equals(source, payers, signed)]), signed]
            for ref, signed in list(payers.items())[:TOP]
        ],
        "regions": {**source.groups(agreements, "regions", NOT_RECORDED)},
        "priorities": {**source.groups(agreements, "priorities", NOT_RECORDED)},
        "trend": {
            str(past_year): _trend(source, source.of(past_year), currency)
            for past_year in range(year - YEARS + 1, year + 1)
        },
    }


def _trend(source: Agreements, agreements: list[Agreement], currency: str) -> dict[str, FigureTree]:
    return {
        "agreements": source.count(agreements),
        f"partner_{currency}": source.sum(agreements, organization=False),
        f"organization_{currency}": source.sum(agreements, organization=True),
    }


def _by_class(source: Agreements, agreements: list[Agreement], fact: str) -> dict[str, FigureTree]:
    refs = {ref for agreement in agreements for ref in agreement.partners}
    values = {source.parties[ref].get(fact) if ref in source.parties else None for ref in refs}
    known = sorted(value for value in values if value is not None)
    counted: dict[str, FigureTree] = {value: source.partners(agreements, fact, value) for value in known}
    if None in values:
        counted[NOT_RECORDED] = source.partners(agreements, fact, None)
    return counted


def _names_of_equals(source: Agreements, payers: Mapping[str, Figure], signed: Figure) -> list[int]:
    """Return the entries of the names of all who signed this amount: their names decide who comes first."""
    return [
        entry for ref, amount in payers.items() if amount.value == signed.value for entry in _name_entry(source, ref)
    ]


def _name_entry(source: Agreements, ref: str) -> list[int]:
    return source.parties[ref].entry("name") if ref in source.parties else []


def method(source: Agreements, year: int) -> tuple[str, ...]:
    """Return the paragraphs that explain how the figures are computed."""
    age = source.converter.max_age_days
    counts = (
        f"An agreement counts in {year} if it was signed in that year; it counts once, with all that was committed to"
        " it up to the date of the report, amendments included."
    )
    rates = (
        "Amounts in other currencies count at the latest recorded rate on or before their own date"
        f"{f', not older than {age} days' if age is not None else ''}; an amount without a rate is left out, and said"
        " to be."
    )
    several = (
        "An agreement in several regions or priorities counts in each; its money is shared out by the recorded shares,"
        " by largest remainder, so that the parts add up."
    )
    return (
        counts,
        "Money is what was signed, not what was received. Each commitment counts once, with its payer.",
        rates,
        several,
        "A partner counts once, however many agreements it has; its type and membership are those of the report date.",
        "Shares are rounded half up. Not recorded means that the register holds nothing; it is never counted as zero.",
        "Every figure names the entries of the log that were read for it; anyone can fold them again.",
    )


def _left_out(source: Agreements, year: int) -> dict[str, int]:
    return {"no-rate": sum(agreement.left_out for agreement in source.of(year)), "undated": source.undated()}


def _notes(source: Agreements, year: int) -> tuple[str, ...]:
    left_out, undated = _left_out(source, year).values()
    notes = {
        f"{left_out} commitments have no rate to {source.currency} and are not in the sums.": left_out,
        f"The day of signature of {undated} agreements is not recorded; they count in no year.": undated,
    }
    return tuple(note for note, number in notes.items() if number)
