"""`ledger totals`: sums one measure of money by one dimension."""

from typing import Any

import click

from cli.options.as_of import reading, say_verified, viewing
from cli.output.tables import Column, show_rows
from cli.session import Session, pass_session
from ledger.domain.money import from_minor

DIMENSIONS = ("party", "party-type", "membership", "region", "priority", "kind", "year", "currency")
MEASURES = ("signed", "received", "refunded", "in-kind", "ordered", "accepted", "paid")


@click.command()
@click.option("--by", "dimension", type=click.Choice(DIMENSIONS), required=True, help="What the rows are grouped by.")
@click.option("--measure", type=click.Choice(MEASURES), required=True, help="Which money; measures are never mixed.")
@click.option("--year", metavar="YEAR", help="Only money effective in this year.")
@reading()
@pass_session
def totals(
    session: Session,
    dimension: str,
    measure: str,
    year: str | None,
    on: str | None,
    known_at: str | None,
    form: str | None,
) -> None:
    """Add up one measure of money by party, class, region, priority, kind, year or currency.

    Shares by region or priority are split by largest remainder, so that the parts add up to the cent. Amounts without a
    rate to the reporting currency are left out of that column, and the total says how many they are.

    \b
    Example:
      ledger totals --by party-type --measure signed
    """
    from projections.queries.totals import Totals

    with viewing(session, on, known_at, form) as view, view.queries() as queries:
        adding = Totals(queries, measure, year)
        currency = adding.converter.currency.value
        groups = adding.by(dimension)
        rows = [_row(total, dimension, currency) for total in groups]
        left_out = sum(total.left_out for total in groups)
        total: dict[str, Any] = {
            dimension: "total",
            "engagements": len(set().union(*(group.engagements for group in groups))),
            "amounts": _amounts(_summed([group.by_currency for group in groups])),
            currency: from_minor(currency, sum(group.reported for group in groups)).value,
        }
        note = _without_rate(left_out, currency) if left_out else ""
        columns = [
            Column(dimension), Column("engagements", right=True), Column("amounts", right=True),
            Column(currency, f"in {currency}", right=True),
        ]  # fmt: skip
        stamp = view.stamp(f"measure {measure}" + (f", year {year}" if year else ""))
        show_rows(rows, columns, view.form, stamp, total=(total | {"left_out": left_out}) if rows else None, note=note)
        say_verified(view)


def _without_rate(count: int, currency: str) -> str:
    what = "1 amount has no rate" if count == 1 else f"{count} amounts have no rate"
    return f"{what} to {currency}; the column in {currency} leaves {'it' if count == 1 else 'them'} out"


def _row(total: Any, dimension: str, currency: str) -> dict[str, Any]:
    return {
        dimension: total.group,
        "engagements": len(total.engagements),
        "amounts": _amounts(total.by_currency),
        currency: from_minor(currency, total.reported).value if total.left_out < total.count else None,
    }


def _summed(parts: list[dict[str, int]]) -> dict[str, int]:
    summed: dict[str, int] = {}
    for part in parts:
        for currency, minor in part.items():
            summed[currency] = summed.get(currency, 0) + minor
    return summed


def _amounts(by_currency: dict[str, int]) -> list[str]:
    return [str(from_minor(currency, minor)) for currency, minor in sorted(by_currency.items())]
