"""What a dossier says of the third parties: what they are, what was checked of them, and who belongs together."""

from projections.queries import oversight
from projections.reports.cells import said, saying
from projections.reports.dossier.data import Case
from projections.reports.model import NOT_RECORDED, Cell, Column, Section, Table
from projections.reports.wording import begun


def parties(case: Case) -> Section:
    """Return the third parties: what they are, what was checked, and who belongs together with them."""
    roles: dict[str, list[str]] = {ref: [] for ref in case.others()}
    for party, role in case.roles:
        roles[party].append(role)
    rows = []
    for ref, held in roles.items():
        known = case.parties.get(ref)
        classes = [known.get(fact) if known else None for fact in ("type", "membership", "country")]
        rows.append((Cell(case.name(ref)), saying(held, "vendor"), *map(said, classes)))
    columns = (Column("Third party"), Column("Role"), Column("Type"), Column("Membership"), Column("Country"))
    tables = (Table("parties", "Third parties", columns, tuple(rows)), _checks(case), _flags(case), _affiliates(case))
    return Section("parties", "Third parties", (), tuple(table for table in tables if table.rows))


def _checks(case: Case) -> Table:
    found: list[oversight.CheckRecord] = case.watch(oversight.checks)
    rows: list[tuple[Cell, ...]] = [
        (Cell(case.name(one.party)), Cell(_check(one)), Cell(one.on),
         Cell(f"{one.result}: {one.found}" if one.found else one.result), said(one.valid_until))
        for one in found
    ]  # fmt: skip
    for ref in case.others():
        kinds = {one.kind for one in found if one.party == ref}
        rows += [
            (Cell(case.name(ref)), Cell(begun(kind)), *([Cell(NOT_RECORDED)] * 3))
            for kind in ("screening", "due diligence")
            if kind not in kinds
        ]
    columns = (Column("Third party"), Column("Check"), Column("On"), Column("Result"), Column("Valid until"))
    return Table("checks", "Screening and due diligence", columns, tuple(rows))


def _check(one: oversight.CheckRecord) -> str:
    if one.kind == "screening":
        return f"Screening against {one.name}" + (f", version {one.version}" if one.version else "")
    return f"Due diligence, {one.name}"


def _flags(case: Case) -> Table:
    rows = tuple(
        (Cell(case.name(one.party)), Cell(one.what), Cell(one.raised_on),
         Cell(f"{one.lifted_on}: {one.why}" if one.lifted_on else "not lifted"))
        for one in case.watch(oversight.flags)
    )  # fmt: skip
    columns = (Column("Third party"), Column("Risk flag"), Column("Raised on"), Column("Lifted"))
    return Table("flags", "Risk flags", columns, rows)


def _affiliates(case: Case) -> Table:
    links = oversight.AffiliationGroups(case.queries).links
    rows = tuple(
        (Cell(case.name(ref)), Cell(case.name(other)), said(row.relation), Cell(row.effective_on))
        for ref in case.others()
        for other, row in sorted(links.get(ref, {}).items())
    )
    columns = (Column("Third party"), Column("Belongs together with"), Column("How"), Column("Since"))
    return Table("affiliates", "Parties that belong together", columns, rows)
