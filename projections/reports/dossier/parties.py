"""Third parties in a dossier: their classes, checks, risk flags and affiliations."""

from projections.queries import oversight
from projections.reports.cells import list_cell, text_cell
from projections.reports.dossier.data import Dossier
from projections.reports.dossier.words import on_day
from projections.reports.model import NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.phrases import Phrase, joined


def parties(dossier: Dossier) -> Section:
    """Return the section on the third parties: classes, checks, risk flags and affiliations."""
    roles: dict[str, list[str]] = {ref: [] for ref in dossier.party_refs()}
    for party, role in dossier.roles:
        roles[party].append(role)
    rows = []
    for ref, names in roles.items():
        known = dossier.party(ref)
        classes = [known.get(fact) if known else None for fact in ("type", "membership", "country")]
        rows.append(
            (Cell(dossier.name(ref)), list_cell(names, Phrase("vendor", "role-vendor")), *map(text_cell, classes))
        )
    columns = (Column("Third party"), Column("Role"), Column("Type"), Column("Membership"), Column("Country"))
    tables = (
        Table("parties", "Third parties", columns, tuple(rows)),
        _checks(dossier),
        _flags(dossier),
        _affiliates(dossier),
    )
    return Section("parties", "Third parties", (), tuple(table for table in tables if table.rows))


def _checks(dossier: Dossier) -> Table:
    checks: list[oversight.CheckRecord] = dossier.of_parties(oversight.checks)
    rows: list[tuple[Cell, ...]] = [
        (Cell(dossier.name(check.party)), Cell(_check(check)), Cell(check.on),
         Cell(_result(check)), text_cell(check.valid_until))
        for check in checks
    ]  # fmt: skip
    for ref in dossier.party_refs():
        kinds = {check.kind for check in checks if check.party == ref}
        rows += [
            (
                Cell(dossier.name(ref)),
                Cell(Phrase(kind.capitalize(), f"check-{kind.replace(' ', '-')}")),
                *([Cell(NOT_RECORDED)] * 3),
            )
            for kind in ("screening", "due diligence")
            if kind not in kinds
        ]
    columns = (Column("Third party"), Column("Check"), Column("On"), Column("Result"), Column("Valid until"))
    return Table("checks", "Screening and due diligence", columns, tuple(rows))


def _check(check: oversight.CheckRecord) -> str:
    if check.kind != "screening":
        return Phrase(f"Due diligence, {check.name}", "check-diligence", level=check.name)
    text = Phrase(f"Screening against {check.name}", "check-against", list=check.name)
    if not check.version:
        return text
    return joined((text, Phrase(f", version {check.version}", "check-version", version=check.version)), "")


def _result(check: oversight.CheckRecord) -> str:
    result = Phrase(check.result, f"result-{check.result.replace(' ', '-')}")
    return joined((result, check.found), ": ") if check.found else result


def _flags(dossier: Dossier) -> Table:
    rows = tuple(
        (Cell(dossier.name(flag.party)), Cell(flag.what), Cell(flag.raised_on),
         Cell(on_day(flag.lifted_on, flag.why) if flag.lifted_on else Phrase("not lifted", "flag-not-lifted")))
        for flag in dossier.of_parties(oversight.flags)
    )  # fmt: skip
    columns = (Column("Third party"), Column("Risk flag"), Column("Raised on"), Column("Lifted"))
    return Table("flags", "Risk flags", columns, rows)


def _affiliates(dossier: Dossier) -> Table:
    links = oversight.AffiliationGroups(dossier.queries).links
    rows = tuple(
        (Cell(dossier.name(ref)), Cell(dossier.name(affiliate)), text_cell(row.relation), Cell(row.effective_on))
        for ref in dossier.party_refs()
        for affiliate, row in sorted(links.get(ref, {}).items())
    )
    columns = (Column("Third party"), Column("Belongs together with"), Column("How"), Column("Since"))
    return Table("affiliates", "Parties that belong together", columns, rows)
